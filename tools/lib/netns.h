/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Named network namespaces, where ip-netns(8) keeps them.
 */
#ifndef TOOLS_LIB_NETNS_H
#define TOOLS_LIB_NETNS_H

/* Moves this process into the namespace; every socket opened later is there. */
int netns_enter(const char *name);

#endif /* TOOLS_LIB_NETNS_H */
