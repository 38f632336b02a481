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

/* 6.3 marks what BPF may call, 6.9 the sets of it. For those who have read the kernel's
 * headers, of which the stable ones may have it earlier
 */
#if defined(_LINUX_BTF_H) && !defined(__bpf_kfunc)
#define __bpf_kfunc __used noinline
#endif
#if defined(_LINUX_BTF_IDS_H) && !defined(BTF_KFUNCS_START)
#define BTF_KFUNCS_START(name) BTF_SET8_START(name)
#define BTF_KFUNCS_END(name) BTF_SET8_END(name)
#endif

/* 6.4 lets actions of tc call, too; before, to register for them takes away all others */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define COMPAT_SCHED_ACT_KFUNCS
#endif

#endif /* _KMOD_COMPAT_H */
