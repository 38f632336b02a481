// SPDX-License-Identifier: GPL-2.0
/*
 * The gate: two netfilter hooks of the device, first of all hooks in order, so
 * that no flowtable takes frames past it. EAPOL for us aside, then yes or no;
 * nothing else. What is noticed on the way (a stranger, a lost link) is left to
 * work that is woken.
 *
 * Ingress runs before VLAN devices, bridges and protocols, egress is where
 * everything the stack or a bridge sends begins. Both are inside an RCU
 * read-side section with BH disabled, and take no lock.
 */
#include <linux/etherdevice.h>
#include <linux/limits.h>
#include <linux/netfilter_netdev.h>
#include "dot1x.h"
#include "trace.h"

#define GATE_PRIORITY	(INT_MIN + 1)

static void passed(atomic64_t *frames, atomic64_t *bytes, unsigned int len)
{
	atomic64_inc(frames);
	atomic64_add(len, bytes);
}

static void drop(struct dot1x_port *port, const struct sk_buff *skb, const struct ethhdr *eth,
		 enum dot1x_counter why)
{
	dot1x_count(port, why);
	trace_dot1x_drop(port, skb, eth, why);
}

static void count_drop(struct dot1x_client *c)
{
	atomic64_inc(&c->drops);
}

/* The frame has not passed: why, and what is to be done about it */
static noinline unsigned int refuse_in(struct dot1x_port *port, struct sk_buff *skb,
				       const struct ethhdr *eth)
{
	struct dot1x_client *c;

	/* Our own multicast, looped back by the stack: it never was outside */
	if (skb->pkt_type == PACKET_LOOPBACK)
		return NF_ACCEPT;
	if (READ_ONCE(port->gate) != DOT1X_GATE_CLOSED && dot1x_link_lost(port)) {
		drop(port, skb, eth, DOT1X_COUNTER_DROP_CARRIER);
		dot1x_port_kick(port);
		return NF_DROP;
	}
	drop(port, skb, eth, DOT1X_COUNTER_DROP_IN);
	c = dot1x_client_lookup(port, eth->h_source);
	if (c)
		count_drop(c);
	else
		dot1x_stranger_note(port, eth->h_source);
	return NF_DROP;
}

static noinline unsigned int refuse_out(struct dot1x_port *port, struct sk_buff *skb)
{
	const struct ethhdr *eth = (const struct ethhdr *)skb->data;
	struct dot1x_client *c;
	bool lost, out_open;

	if (dot1x_output_ours(port, skb))
		return NF_ACCEPT;
	if (unlikely(skb_headlen(skb) < ETH_HLEN)) {
		dot1x_count(port, DOT1X_COUNTER_DROP_OUT);
		return NF_DROP;
	}
	lost = dot1x_link_lost(port);
	out_open = READ_ONCE(port->out_open);
	if (out_open && !lost)
		return NF_ACCEPT;
	if (lost && (out_open || READ_ONCE(port->gate) != DOT1X_GATE_CLOSED)) {
		drop(port, skb, eth, DOT1X_COUNTER_DROP_CARRIER);
		dot1x_port_kick(port);
		return NF_DROP;
	}
	drop(port, skb, eth, DOT1X_COUNTER_DROP_OUT);
	c = dot1x_client_lookup(port, eth->h_dest);
	if (c)
		count_drop(c);
	return NF_DROP;
}

static struct dot1x_client *lookup_single(struct dot1x_port *port, const u8 *mac)
{
	struct dot1x_client *c = rcu_dereference(port->single);

	return c && ether_addr_equal(c->key.mac, mac) ? c : NULL;
}

static struct dot1x_client *lookup_multi(struct dot1x_port *port, const u8 *mac)
{
	struct dot1x_client *c = dot1x_client_lookup(port, mac);

	return c && READ_ONCE(c->open) ? c : NULL;
}

/* 802.1X-2004 7.8: to the group, or to ourselves; any other is data */
static bool is_eapol(const struct dot1x_port *port, const struct ethhdr *eth)
{
	return ether_addr_equal(eth->h_dest, dot1x_group_address) ||
	       ether_addr_equal(eth->h_dest, port->dev->dev_addr);
}

static unsigned int gate_in(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	const struct ethhdr *eth = eth_hdr(skb);
	struct dot1x_port *port = priv;
	struct dot1x_client *c = NULL;

	if (unlikely(skb->protocol == htons(ETH_P_PAE)) && is_eapol(port, eth)) {
		dot1x_input(port, skb);
		return NF_STOLEN;
	}
	/* Before the gate is read: see the top of dot1x.h */
	if (unlikely(dot1x_link_lost(port)))
		return refuse_in(port, skb, eth);
	switch (READ_ONCE(port->gate)) {
	case DOT1X_GATE_OPEN:
		return NF_ACCEPT;
	case DOT1X_GATE_SINGLE:
		c = lookup_single(port, eth->h_source);
		break;
	case DOT1X_GATE_MULTI:
		c = lookup_multi(port, eth->h_source);
		break;
	}
	if (unlikely(!c))
		return refuse_in(port, skb, eth);
	passed(&c->rx_frames, &c->rx_bytes, skb->len + ETH_HLEN);
	return NF_ACCEPT;
}

static unsigned int gate_out(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	const struct ethhdr *eth = (const struct ethhdr *)skb->data;
	struct dot1x_port *port = priv;
	struct dot1x_client *c = NULL;
	u8 gate;

	if (unlikely(dot1x_link_lost(port) || skb_headlen(skb) < ETH_HLEN))
		return refuse_out(port, skb);
	gate = READ_ONCE(port->gate);
	if (likely(gate == DOT1X_GATE_OPEN))
		return NF_ACCEPT;
	if (gate != DOT1X_GATE_CLOSED) {
		/* A group cannot be told apart by host: its members share the wire */
		if (is_multicast_ether_addr(eth->h_dest))
			return NF_ACCEPT;
		c = gate == DOT1X_GATE_SINGLE ? lookup_single(port, eth->h_dest) :
						lookup_multi(port, eth->h_dest);
	}
	if (unlikely(!c))
		return refuse_out(port, skb);
	passed(&c->tx_frames, &c->tx_bytes, skb->len);
	return NF_ACCEPT;
}

/**
 * dot1x_gate_register() - from now on frames pass by the gate only
 * @port: closed
 *
 * Frames that are on their way are past it: the caller waits for them.
 *
 * Context: process, RTNL held.
 * Return: 0 or -errno.
 */
int dot1x_gate_register(struct dot1x_port *port)
{
	static const struct nf_hook_ops ops[] = {
		{
			.hook = gate_in,
			.pf = NFPROTO_NETDEV,
			.hooknum = NF_NETDEV_INGRESS,
			.priority = GATE_PRIORITY,
		}, {
			.hook = gate_out,
			.pf = NFPROTO_NETDEV,
			.hooknum = NF_NETDEV_EGRESS,
			.priority = GATE_PRIORITY,
		},
	};
	unsigned int i;

	BUILD_BUG_ON(ARRAY_SIZE(ops) != ARRAY_SIZE(port->ops));
	for (i = 0; i < ARRAY_SIZE(ops); i++) {
		port->ops[i] = ops[i];
		port->ops[i].dev = port->dev;
		port->ops[i].priv = port;
	}
	return nf_register_net_hooks(dev_net(port->dev), port->ops, ARRAY_SIZE(port->ops));
}

/**
 * dot1x_gate_unregister() - take the gate away; frames may still be in it
 * @port: about to be freed, a grace period from now at the earliest
 *
 * Context: process, RTNL held.
 */
void dot1x_gate_unregister(struct dot1x_port *port)
{
	nf_unregister_net_hooks(dev_net(port->dev), port->ops, ARRAY_SIZE(port->ops));
}
