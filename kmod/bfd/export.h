/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What bfd.ko offers other modules.
 */
#ifndef _BFD_EXPORT_H
#define _BFD_EXPORT_H

#include <linux/types.h>

struct net;

int bfd_session_reported_state(const struct net *net, u32 discr);

#endif /* _BFD_EXPORT_H */
