// SPDX-License-Identifier: GPL-2.0
/*
 * What BPF programs of XDP and tc may ask: the state of a session. A program that does
 * holds a reference to this module. No lock: each question is one look-up.
 *
 * Without BTF there is no BPF that could ask: neither a kernel nor a build that lacks it
 * keeps the module from doing all else.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <bfd/export.h>
#include <linux/bpf.h>
#include <linux/btf.h>
#include <linux/btf_ids.h>
#include <linux/filter.h>
#include <linux/module.h>
#include <net/xdp.h>
#include "compat.h"
#include "bfd.h"

/**
 * bfd_xdp_session_state() - for XDP: the state that a session's listeners were told
 * @xdp_ctx: the program's context; its device says in which network namespace to look
 * @discr: bfd.LocalDiscr
 *
 * Context: a BPF program.
 * Return: enum bfd_state, or -ENOENT.
 */
__bpf_kfunc int bfd_xdp_session_state(struct xdp_md *xdp_ctx, u32 discr)
{
	struct xdp_buff *xdp = (struct xdp_buff *)xdp_ctx;

	return bfd_session_reported_state(dev_net(xdp->rxq->dev), discr);
}

/**
 * bfd_skb_session_state() - for tc: the state that a session's listeners were told
 * @skb_ctx: the program's context; its device says in which network namespace to look
 * @discr: bfd.LocalDiscr
 *
 * Context: a BPF program.
 * Return: enum bfd_state, or -ENOENT.
 */
__bpf_kfunc int bfd_skb_session_state(struct __sk_buff *skb_ctx, u32 discr)
{
	struct sk_buff *skb = (struct sk_buff *)skb_ctx;

	return bfd_session_reported_state(dev_net(skb->dev), discr);
}

/* A set for each context: to a program of the other sort the argument would not be a
 * context, but any memory of that size, and what is read here a pointer of its making.
 */
BTF_KFUNCS_START(bfd_xdp_kfuncs)
BTF_ID_FLAGS(func, bfd_xdp_session_state)
BTF_KFUNCS_END(bfd_xdp_kfuncs)

BTF_KFUNCS_START(bfd_skb_kfuncs)
BTF_ID_FLAGS(func, bfd_skb_session_state)
BTF_KFUNCS_END(bfd_skb_kfuncs)

static const struct btf_kfunc_id_set xdp_set = {
	.owner = THIS_MODULE,
	.set = &bfd_xdp_kfuncs,
};

static const struct btf_kfunc_id_set skb_set = {
	.owner = THIS_MODULE,
	.set = &bfd_skb_kfuncs,
};

/* The kernel would warn of each set that it has no BTF for */
static bool have_btf(void)
{
#ifdef CONFIG_DEBUG_INFO_BTF_MODULES
	return THIS_MODULE->btf_data_size;
#else
	return false;
#endif
}

/**
 * bfd_kfunc_init() - let BPF programs ask
 *
 * The kernel forgets it with the module, whose programs are gone by then.
 *
 * Context: the module's init.
 */
void __init bfd_kfunc_init(void)
{
	int err;

	if (!have_btf())
		return;
	err = register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &xdp_set);
	err = err ?: register_btf_kfunc_id_set(BPF_PROG_TYPE_SCHED_CLS, &skb_set);
#ifdef COMPAT_SCHED_ACT_KFUNCS
	err = err ?: register_btf_kfunc_id_set(BPF_PROG_TYPE_SCHED_ACT, &skb_set);
#endif
	if (err)
		pr_warn("BPF programs cannot ask for sessions: error %d\n", err);
}
