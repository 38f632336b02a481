/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Descriptors that a service manager keeps for us while we are not there
 * (FDSTORE of sd_notify(3), sd_listen_fds(3), without the library).
 */
#ifndef BFD_FRRD_FDSTORE_H
#define BFD_FRRD_FDSTORE_H

/* Hands over a copy of @fd under a name; without a service manager nothing happens. */
void fdstore_put(const char *name, int fd);
void fdstore_remove(const char *name);

/* What was kept: called once, before anything is started that inherits the environment. */
void fdstore_take(void (*each)(void *arg, const char *name, int fd), void *arg);

#endif /* BFD_FRRD_FDSTORE_H */
