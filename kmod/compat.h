/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between the kernels we build on, in the spelling of the newest:
 * the only place that asks for a version.
 */
#ifndef _KMOD_COMPAT_H
#define _KMOD_COMPAT_H

#include <linux/version.h>

/* Moved in 6.12 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

/* 6.7 gave dumps the struct genl_info that commands have */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
#define compat_genl_dump_attrs(cb) (genl_info_dump(cb)->attrs)
#else
#define compat_genl_dump_attrs(cb) (genl_dumpit_info(cb)->attrs)
#endif

#endif /* _KMOD_COMPAT_H */
