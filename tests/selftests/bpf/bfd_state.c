// SPDX-License-Identifier: GPL-2.0
/*
 * Programs for XDP, for filters and for actions of tc that ask for the session with
 * discriminator 77. A packet of ICMP says in its TOS what it wants to hear, four times a
 * state or four times NO_SESSION, and passes if that is the answer. All else passes.
 *
 * What a loader of programs reads is spelt out, so that no library's header is needed.
 */
#include <linux/bfd.h>
#include <linux/bpf.h>
#include <linux/errno.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>

#define DISCRIMINATOR	77
#define NO_SESSION	8

#define SEC(name)	__attribute__((section(name), used))
#define __ksym		__attribute__((section(".ksyms")))
/* Big-endian, as the wire has it */
#define BE16(x)		((__be16)((x) >> 8 | (x) << 8))

int bfd_xdp_session_state(struct xdp_md *ctx, __u32 discr) __ksym;
int bfd_skb_session_state(struct __sk_buff *ctx, __u32 discr) __ksym;

/* -1: not ICMP over IPv4 */
static int wanted(__u32 start, __u32 end)
{
	const struct ethhdr *eth = (void *)(long)start;
	const struct iphdr *ip = (void *)(eth + 1);

	if ((void *)(ip + 1) > (void *)(long)end || eth->h_proto != BE16(ETH_P_IP) ||
	    ip->protocol != IPPROTO_ICMP)
		return -1;
	return ip->tos >> 2;
}

static int heard(int state, int want)
{
	return want == NO_SESSION ? state == -ENOENT : state == want;
}

SEC("xdp")
int xdp_ask(struct xdp_md *ctx)
{
	int want = wanted(ctx->data, ctx->data_end);

	if (want < 0 || heard(bfd_xdp_session_state(ctx, DISCRIMINATOR), want))
		return XDP_PASS;
	return XDP_DROP;
}

static int verdict(struct __sk_buff *ctx)
{
	int want = wanted(ctx->data, ctx->data_end);

	if (want < 0 || heard(bfd_skb_session_state(ctx, DISCRIMINATOR), want))
		return TC_ACT_OK;
	return TC_ACT_SHOT;
}

SEC("tc")
int tc_ask(struct __sk_buff *ctx)
{
	return verdict(ctx);
}

SEC("action")
int action_ask(struct __sk_buff *ctx)
{
	return verdict(ctx);
}

/* To be refused: each calls what is for the other sort, with a context of its own making */
SEC("forged/tc")
int forged_tc(struct __sk_buff *ctx)
{
	struct xdp_md made_up = {};

	return bfd_xdp_session_state(&made_up, DISCRIMINATOR);
}

SEC("forged/xdp")
int forged_xdp(struct xdp_md *ctx)
{
	struct __sk_buff made_up = {};

	return bfd_skb_session_state(&made_up, DISCRIMINATOR);
}

char LICENSE[] SEC("license") = "GPL";
