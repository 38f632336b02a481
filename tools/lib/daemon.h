/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Being a daemon: going to the background once all is well, and telling the
 * service manager (sd_notify(3), without its library).
 */
#ifndef TOOLS_LIB_DAEMON_H
#define TOOLS_LIB_DAEMON_H

/*
 * Forks. In the child, returns STATUS_OK; the parent waits until the child is
 * ready or has failed, and ends with its status: it does not return. An error
 * of fork() is said and returned.
 */
int daemon_fork(void);

/* Ready: lets the parent go, and the terminal, if there was a daemon_fork(). */
void daemon_ready(void);

/* Sends @state, lines of NAME=VALUE, to whom $NOTIFY_SOCKET names. */
void daemon_notify(const char *state);

/* The same, and hands it a descriptor; -1: none. */
void daemon_notify_fd(const char *state, int fd);

#endif /* TOOLS_LIB_DAEMON_H */
