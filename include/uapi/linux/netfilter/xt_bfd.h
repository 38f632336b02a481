/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The match "bfd" of x_tables: is a BFD session Up?
 */
#ifndef _UAPI_LINUX_NETFILTER_XT_BFD_H
#define _UAPI_LINUX_NETFILTER_XT_BFD_H

#include <linux/types.h>

#define XT_BFD_INVERT	0x01
#define XT_BFD_FLAGS	XT_BFD_INVERT

/**
 * struct xt_bfd_mtinfo - the match, revision 0
 * @discriminator: bfd.LocalDiscr of a session in the rule's network namespace,
 *	1..2^32-1. It need not exist: then it is not Up
 * @flags: XT_BFD_INVERT: match while it is not Up
 */
struct xt_bfd_mtinfo {
	__u32 discriminator;
	__u32 flags;
};

#endif /* _UAPI_LINUX_NETFILTER_XT_BFD_H */
