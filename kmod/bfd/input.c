// SPDX-License-Identifier: GPL-2.0
/*
 * Packets in: netfilter hooks at PRE_ROUTING, before conntrack and after the
 * raw table, so that an administrator's raw rules see BFD like anything else.
 * The device is still the one the packet came in by, also in a VRF.
 *
 * Only packets for our own sessions are touched. Whatever else comes to the BFD
 * ports (another daemon's sessions, transit) goes on up the stack.
 *
 * Everything here runs in softirq inside an RCU read-side section and takes no
 * lock until bfd_session_receive().
 */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <linux/udp.h>
#include <net/addrconf.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ipv6.h>
#include <net/l3mdev.h>
#include "bfd.h"
#include "compat.h"
#include "trace.h"

/* RFC 7881 3: requests go to a reflector's port, answers come from there */
static void read_ports(struct bfd_rx *rx, const struct udphdr *uh)
{
	rx->from.type = BFD_TYPE_SBFD;
	rx->sport = ntohs(uh->source);
	rx->dport = ntohs(uh->dest);
}

/* Is it UDP to one of our ports? Then read what demultiplexing needs. */
static bool rx_read(struct bfd_rx *rx)
{
	const struct udphdr *uh;
	struct udphdr _uh;

	uh = skb_header_pointer(rx->skb, rx->udp_off, sizeof(_uh), &_uh);
	if (!uh)
		return false;
	if (uh->dest == htons(BFD_PORT_SINGLE_HOP))
		rx->from.type = BFD_TYPE_SINGLE_HOP;
	else if (uh->dest == htons(BFD_PORT_MULTIHOP))
		rx->from.type = BFD_TYPE_MULTIHOP;
	else if (uh->dest == htons(BFD_PORT_ECHO))
		rx->dport = BFD_PORT_ECHO;
	else if (uh->dest == htons(BFD_PORT_SBFD) || uh->source == htons(BFD_PORT_SBFD))
		read_ports(rx, uh);
	else
		return false;
	return bfd_input_payload(rx, uh);
}

/**
 * bfd_input_payload() - read what demultiplexing needs of a control packet
 * @rx: the packet, with @rx->udp_off
 * @uh: its UDP header
 *
 * Context: RCU read side.
 * Return: false: it cannot be read.
 */
bool bfd_input_payload(struct bfd_rx *rx, const struct udphdr *uh)
{
	/* A UDP length that lies leaves nothing to read; checked_ok() says so */
	rx->len = rx->skb->len - rx->udp_off;
	if (ntohs(uh->len) < sizeof(*uh) || ntohs(uh->len) > rx->len)
		rx->len = 0;
	else
		rx->len = ntohs(uh->len) - sizeof(*uh);
	if (skb_copy_bits(rx->skb, rx->udp_off + sizeof(*uh), rx->raw,
			  min_t(unsigned int, rx->len, BFD_PACKET_LEN)))
		return false;
	rx->your_discr = rx->len >= 12 ? get_unaligned_be32(rx->raw + 8) : 0;
	return true;
}

/**
 * bfd_input_is_local() - is a packet's destination an address of ours?
 * @bn: the namespace
 * @rx: the packet
 *
 * Context: RCU read side.
 */
bool bfd_input_is_local(const struct bfd_net *bn, const struct bfd_rx *rx)
{
	if (rx->from.family == AF_INET)
		return inet_addr_type_dev_table(bn->net, rx->dev, rx->to.v4) == RTN_LOCAL;
#if IS_ENABLED(CONFIG_IPV6)
	return ipv6_chk_addr(bn->net, &rx->to.v6, rx->dev, 0);
#else
	return false;
#endif
}

/**
 * bfd_input_source_ok() - may a packet's source be anybody's but ours?
 * @bn: the namespace
 * @rx: the packet
 *
 * The stack has not looked at it yet. Only by a loopback device we may hear ourselves.
 *
 * Context: RCU read side.
 */
bool bfd_input_source_ok(const struct bfd_net *bn, const struct bfd_rx *rx)
{
	bool loopback = rx->dev->flags & IFF_LOOPBACK;
	__be32 v4 = rx->from.peer.v4;

	if (rx->from.family == AF_INET) {
		if (ipv4_is_zeronet(v4) || ipv4_is_multicast(v4) || ipv4_is_lbcast(v4))
			return false;
		return loopback ||
		       (!ipv4_is_loopback(v4) &&
			inet_addr_type_dev_table(bn->net, rx->dev, v4) == RTN_UNICAST);
	}
#if IS_ENABLED(CONFIG_IPV6)
	if (!(ipv6_addr_type(&rx->from.peer.v6) & IPV6_ADDR_UNICAST))
		return false;
	return loopback ||
	       (!ipv6_addr_loopback(&rx->from.peer.v6) &&
		!ipv6_chk_addr(bn->net, &rx->from.peer.v6, rx->dev, 0));
#else
	return false;
#endif
}

/**
 * bfd_input_to_local_end() - is the destination our end of the session?
 * @s: the session
 * @rx: the packet
 *
 * A router also forwards the BFD of strangers, whose discriminators mean nothing here.
 *
 * Context: RCU read side.
 */
bool bfd_input_to_local_end(const struct bfd_session *s, const struct bfd_rx *rx)
{
	if (!bfd_addr_none(&s->local))
		return bfd_addr_equal(&s->local, &rx->to);
	/* Unlocked: a torn source only costs the lookup below */
	if (data_race(bfd_addr_equal(&s->source, &rx->to)))
		return true;
	return bfd_input_is_local(s->bn, rx);
}

/**
 * bfd_input_by_right_device() - did it come in where the session lives?
 * @s: the session
 * @rx: the packet
 *
 * Context: RCU read side.
 */
bool bfd_input_by_right_device(const struct bfd_session *s, const struct bfd_rx *rx)
{
	int ifindex = READ_ONCE(s->ifindex);
	int vrf_ifindex = READ_ONCE(s->vrf_ifindex);

	/* Bound to the tunnel's device, it comes in by another, in the underlay's VRF */
	if (unlikely(bfd_type_is_tunnel(s->addr_key.type)))
		return vrf_ifindex == l3mdev_master_ifindex_rcu(rx->dev) &&
		       bfd_tunnel_is_of(s, rx);
	if (ifindex && ifindex != rx->dev->ifindex)
		return false;
	/* Bound to a device alone, it lives in whatever VRF the device does */
	if (ifindex && !vrf_ifindex)
		return true;
	return vrf_ifindex == l3mdev_master_ifindex_rcu(rx->dev);
}

/* Of two that would both take a packet: what is bound to this very device or address
 * knows best, and what nobody asked for comes last
 */
static bool is_better(const struct bfd_session *s, const struct bfd_session *best)
{
	if (!best || !s->made_by != !best->made_by)
		return !best || best->made_by;
	return READ_ONCE(s->ifindex) || !bfd_addr_none(&s->local);
}

/**
 * bfd_input_find() - the session of a peer that does not know us yet, RFC 5880 6.3
 * @bn: the namespace
 * @rx: of a packet of it the device, where from and where to
 *
 * Context: RCU read side.
 * Return: the session or NULL.
 */
struct bfd_session *bfd_input_find(struct bfd_net *bn, const struct bfd_rx *rx)
{
	struct bfd_session *s, *best = NULL;
	struct rhlist_head *list, *pos;

	list = bfd_session_lookup_addr_rcu(bn, &rx->from);
	rhl_for_each_entry_rcu(s, pos, list, addr_node) {
		if (!bfd_input_by_right_device(s, rx) || !bfd_input_to_local_end(s, rx))
			continue;
		if (is_better(s, best))
			best = s;
	}
	return best;
}

/* RFC 5880 6.8.6: the session, or NULL for what is not ours. *@drop is why a
 * packet for the session must be discarded, 0 if nothing is known against it.
 */
static struct bfd_session *find_session(struct bfd_net *bn, const struct bfd_rx *rx, int *drop)
{
	struct bfd_session *s;

	*drop = 0;
	if (!rx->your_discr)
		return bfd_input_find(bn, rx);

	s = bfd_session_find_discr(bn, rx->your_discr);
	if (s && s->addr_key.type == rx->from.type && s->addr_key.family == rx->from.family &&
	    bfd_input_to_local_end(s, rx)) {
		if (!bfd_addr_equal(&s->addr_key.peer, &rx->from.peer))
			*drop = BFD_COUNTER_DROP_WRONG_PEER;
		else if (!bfd_input_by_right_device(s, rx))
			*drop = BFD_COUNTER_DROP_WRONG_DEVICE;
		return s;
	}
	/* A peer of ours that remembers an earlier life of the session is told
	 * nothing, least of all by ICMP that its port is closed.
	 */
	*drop = BFD_COUNTER_DROP_UNKNOWN_DISCR;
	return bfd_input_find(bn, rx);
}

/* An S-BFD initiator has a port of its own: what goes to another is somebody else's,
 * who may well ask the same reflector.
 */
static bool to_initiator(const struct bfd_session *s, const struct bfd_rx *rx)
{
	return s->addr_key.type == BFD_TYPE_SBFD && s->addr_key.family == rx->from.family &&
	       s->source_port == rx->dport && bfd_input_to_local_end(s, rx);
}

/* As find_session(), of an answer by a reflector */
static noinline struct bfd_session *find_initiator(struct bfd_net *bn,
						   const struct bfd_rx *rx, int *drop)
{
	struct bfd_session *s = bfd_session_find_discr(bn, rx->your_discr);
	struct rhlist_head *list, *pos;

	*drop = 0;
	if (s && to_initiator(s, rx)) {
		if (!bfd_addr_equal(&s->addr_key.peer, &rx->from.peer))
			*drop = BFD_COUNTER_DROP_WRONG_PEER;
		else if (!bfd_input_by_right_device(s, rx))
			*drop = BFD_COUNTER_DROP_WRONG_DEVICE;
		return s;
	}
	*drop = BFD_COUNTER_DROP_UNKNOWN_DISCR;
	list = bfd_session_lookup_addr_rcu(bn, &rx->from);
	rhl_for_each_entry_rcu(s, pos, list, addr_node)
		if (bfd_input_by_right_device(s, rx) && to_initiator(s, rx))
			return s;
	return NULL;
}

/**
 * bfd_input_sum_ok() - is a UDP checksum right?
 * @rx: the packet, which has one
 * @len: bytes of the datagram
 * @csum: their sum
 *
 * Context: any.
 */
bool bfd_input_sum_ok(const struct bfd_rx *rx, unsigned int len, __wsum csum)
{
	if (rx->from.family == AF_INET)
		return !csum_tcpudp_magic(rx->from.peer.v4, rx->to.v4, len, IPPROTO_UDP, csum);
	return !csum_ipv6_magic(&rx->from.peer.v6, &rx->to.v6, len, IPPROTO_UDP, csum);
}

/* Netfilter's take what comes; but nearly all comes in one piece, and no device has
 * looked at it. Then it is a sum and no more.
 */
static bool udp_checksum_ok(const struct bfd_rx *rx, const struct udphdr *uh,
			    const struct nf_hook_state *state)
{
	unsigned int len = rx->len + sizeof(*uh);
	struct sk_buff *skb = rx->skb;

	if (likely(skb->ip_summed == CHECKSUM_NONE && skb_headlen(skb) >= rx->udp_off + len))
		return bfd_input_sum_ok(rx, len, csum_partial(uh, len, 0));
	return rx->from.family == AF_INET ?
	       !nf_ip_checksum(skb, state->hook, rx->udp_off, IPPROTO_UDP) :
	       !nf_ip6_checksum(skb, state->hook, rx->udp_off, IPPROTO_UDP);
}

/**
 * bfd_input_checksum_ok() - are UDP length and checksum right?
 * @rx: the packet
 * @state: of the hook
 *
 * Context: RCU read side.
 */
bool bfd_input_checksum_ok(const struct bfd_rx *rx, const struct nf_hook_state *state)
{
	struct udphdr _uh, *uh;

	uh = skb_header_pointer(rx->skb, rx->udp_off, sizeof(_uh), &_uh);
	if (!uh || ntohs(uh->len) != rx->len + sizeof(*uh))
		return false;
	/* RFC 8200 8.1: over IPv6, UDP must have one */
	if (!uh->check)
		return rx->from.family == AF_INET;
	return udp_checksum_ok(rx, uh, state);
}

/* Header prediction: a packet that says what the last one said only stamps the
 * time, whatever it is padded with (RFC 9764). See predict() in engine.c for the
 * other side.
 */
static bool predicted(const struct bfd_session *s, const struct bfd_rx *rx)
{
	const unsigned long *raw = (const unsigned long *)rx->raw;
	unsigned int i;

	if (rx->len < BFD_PACKET_LEN || READ_ONCE(s->cpu) != smp_processor_id())
		return false;
	/* Pairs with predict() in engine.c: the rest is no older. 0 is nothing
	 * predicted, and no valid packet either.
	 */
	if (!raw[0] || raw[0] != smp_load_acquire(&s->predicted[0]))
		return false;
	for (i = 1; i < ARRAY_SIZE(s->predicted); i++)
		if (raw[i] != READ_ONCE(s->predicted[i]))
			return false;
	return true;
}

/* The whole of it, which few packets need: not on the stack of all others */
static noinline int rx_authenticated(struct bfd_session *s, const struct bfd_rx *rx,
				     const struct bfd_packet *pkt, u64 now)
{
	u8 raw[BFD_PACKET_MAX] = {};

	if (skb_copy_bits(rx->skb, rx->udp_off + sizeof(struct udphdr), raw,
			  min_t(unsigned int, pkt->length, BFD_PACKET_MAX)))
		return BFD_COUNTER_DROP_TOO_SHORT;
	return bfd_session_receive(s, pkt, raw, now);
}

static int rx_session(struct bfd_session *s, const struct bfd_rx *rx)
{
	u64 now = bfd_now_ns(), last = atomic64_read(&s->last_rx_ns);
	/* The deadline that it renews, which it may also change */
	u64 expect_ns = READ_ONCE(s->expect_ns);
	struct bfd_packet pkt;
	int drop;

	if (likely(predicted(s, rx))) {
		if (now > last)
			atomic64_set(&s->last_rx_ns, now);
		bfd_count(s->bn, BFD_COUNTER_RX_PREDICTED);
		drop = 0;
	} else {
		drop = bfd_packet_parse(&pkt, rx->raw, rx->len);
		if (drop)
			return drop;
		drop = unlikely(pkt.flags & BFD_FLAG_AUTH) ? rx_authenticated(s, rx, &pkt, now) :
		       bfd_session_receive(s, &pkt, rx->raw, now);
	}
	if (unlikely(rx->from.type == BFD_TYPE_GENEVE) && !drop)
		bfd_tunnel_heard(s, rx);
	if (!drop && expect_ns && now > last)
		bfd_seen_received(&s->stats.seen, now, last, expect_ns);
	return drop;
}

/* RFC 5881 5, 5883 5: GTSM, before anything of the packet is believed */
static int rx_check(const struct bfd_session *s, const struct bfd_rx *rx,
		    const struct nf_hook_state *state)
{
	bool ok;

	if (rx->ttl < READ_ONCE(s->min_ttl))
		return BFD_COUNTER_DROP_TTL;
	/* From hooks of their own */
	if (unlikely(rx->from.type >= BFD_TYPE_VXLAN))
		ok = rx->from.type == BFD_TYPE_MICRO ? bfd_micro_checksum_ok(rx) :
						       bfd_tunnel_checksum_ok(rx, state);
	else
		ok = bfd_input_checksum_ok(rx, state);
	return ok ? 0 : BFD_COUNTER_DROP_CHECKSUM;
}

static unsigned int rx_not_ours(struct bfd_net *bn, const struct bfd_rx *rx)
{
	/* A VRF shows what came in by its devices once more */
	if (!netif_is_l3_master(rx->dev))
		bfd_count(bn, BFD_COUNTER_NOT_OURS);
	return NF_ACCEPT;
}

/* RFC 9468: an initial packet may be reason enough for a session */
static noinline unsigned int rx_unclaimed(struct bfd_net *bn, const struct bfd_rx *rx,
					  const struct nf_hook_state *state)
{
	if (rx->from.type != BFD_TYPE_SINGLE_HOP || rx->your_discr ||
	    list_empty(&bn->passives) || !bfd_passive_receive(bn, rx, state))
		return rx_not_ours(bn, rx);
	consume_skb(rx->skb);
	return NF_STOLEN;
}

static noinline unsigned int rx_request(struct bfd_net *bn, const struct bfd_rx *rx,
					const struct nf_hook_state *state)
{
	if (!bfd_reflector_request(bn, rx, state))
		return rx_not_ours(bn, rx);
	consume_skb(rx->skb);
	return NF_STOLEN;
}

static noinline unsigned int rx_echo(struct bfd_net *bn, const struct bfd_rx *rx)
{
	return bfd_loop_input(bn, rx) ? NF_STOLEN : rx_not_ours(bn, rx);
}

/**
 * bfd_input_account() - count what has become of a packet
 * @s: its session
 * @raw: its mandatory section
 * @len: bytes after the UDP header
 * @drop: 0, or the enum bfd_counter that says why it was discarded
 *
 * Context: BH disabled, RCU read side.
 */
void bfd_input_account(struct bfd_session *s, const u8 *raw, unsigned int len, int drop)
{
	if (likely(!drop)) {
		bfd_count(s->bn, BFD_COUNTER_RX);
		atomic64_inc(&s->stats.rx);
	} else {
		bfd_count(s->bn, drop);
		atomic64_inc(&s->stats.rx_invalid);
	}
	trace_bfd_rx(s, raw, len, drop);
}

/**
 * bfd_input_packet() - demultiplex and receive a packet
 * @rx: the packet
 * @state: of the hook
 *
 * Context: BH disabled, RCU read side.
 * Return: what the hook is to return: NF_STOLEN if it was for a session or reflector.
 */
unsigned int bfd_input_packet(struct bfd_rx *rx, const struct nf_hook_state *state)
{
	struct bfd_net *bn = bfd_net(state->net);
	struct bfd_session *s;
	int drop;

	/* RFC 7880 7.1: requests are looked up among reflectors, answers among sessions */
	if (unlikely(rx->dport)) {
		if (rx->dport == BFD_PORT_ECHO)
			return rx_echo(bn, rx);
		if (rx->dport == BFD_PORT_SBFD)
			return rx_request(bn, rx, state);
		s = find_initiator(bn, rx, &drop);
	} else {
		s = find_session(bn, rx, &drop);
	}
	if (!s)
		return rx_unclaimed(bn, rx, state);
	if (!drop)
		drop = rx_check(s, rx, state);
	if (!drop)
		drop = rx_session(s, rx);
	bfd_input_account(s, rx->raw, rx->len, drop);
	consume_skb(rx->skb);
	return NF_STOLEN;
}

static unsigned int input_v4(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	const struct iphdr *iph = ip_hdr(skb);
	struct bfd_rx rx = {};

	if (likely(iph->protocol != IPPROTO_UDP) || ip_is_fragment(iph))
		return NF_ACCEPT;
	rx.skb = skb;
	rx.dev = skb->dev;
	rx.udp_off = skb_network_offset(skb) + iph->ihl * 4;
	rx.from.family = AF_INET;
	rx.from.peer.v4 = iph->saddr;
	rx.to.v4 = iph->daddr;
	rx.ttl = iph->ttl;
	if (likely(!rx_read(&rx)))
		return NF_ACCEPT;
	return bfd_input_packet(&rx, state);
}

#if IS_ENABLED(CONFIG_IPV6)
static unsigned int input_v6(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	const struct ipv6hdr *ip6h = ipv6_hdr(skb);
	u8 nexthdr = ip6h->nexthdr;
	struct bfd_rx rx = {};
	__be16 frag_off = 0;
	int off;

	off = skb_network_offset(skb) + sizeof(*ip6h);
	if (unlikely(ipv6_ext_hdr(nexthdr))) {
		off = ipv6_skip_exthdr(skb, off, &nexthdr, &frag_off);
		if (off < 0 || frag_off)
			return NF_ACCEPT;
	}
	if (likely(nexthdr != IPPROTO_UDP))
		return NF_ACCEPT;
	rx.skb = skb;
	rx.dev = skb->dev;
	rx.udp_off = off;
	rx.from.family = AF_INET6;
	rx.from.peer.v6 = ip6h->saddr;
	rx.to.v6 = ip6h->daddr;
	rx.ttl = ip6h->hop_limit;
	if (likely(!rx_read(&rx)))
		return NF_ACCEPT;
	return bfd_input_packet(&rx, state);
}
#endif

static const struct nf_hook_ops input_ops[] = {
	{
		.hook = input_v4,
		.pf = NFPROTO_IPV4,
		.hooknum = NF_INET_PRE_ROUTING,
		.priority = NF_IP_PRI_CONNTRACK - 1,
	},
#if IS_ENABLED(CONFIG_IPV6)
	{
		.hook = input_v6,
		.pf = NFPROTO_IPV6,
		.hooknum = NF_INET_PRE_ROUTING,
		.priority = NF_IP6_PRI_CONNTRACK - 1,
	},
#endif
};

/**
 * bfd_hooks_get() - receive hooks of a namespace have one user more
 * @bn: the namespace
 * @count: their users; the first one brings them
 * @ops: the hooks
 * @n: how many
 *
 * Context: process, @bn->lock held.
 * Return: 0 or -errno.
 */
int bfd_hooks_get(struct bfd_net *bn, unsigned int *count, const struct nf_hook_ops *ops,
		  unsigned int n)
{
	int err;

	lockdep_assert_held(&bn->lock);
	if (!*count) {
		err = nf_register_net_hooks(bn->net, ops, n);
		if (err)
			return err;
	}
	++*count;
	return 0;
}

/**
 * bfd_hooks_put() - one less; packets may still be on their way
 * @bn: the namespace
 * @count: their users; the last one takes them away
 * @ops: the hooks
 * @n: how many
 *
 * Context: process, @bn->lock held.
 */
void bfd_hooks_put(struct bfd_net *bn, unsigned int *count, const struct nf_hook_ops *ops,
		   unsigned int n)
{
	lockdep_assert_held(&bn->lock);
	if (!--*count)
		nf_unregister_net_hooks(bn->net, ops, n);
}

/**
 * bfd_input_get() - a namespace has one session, reflector or policy more
 * @bn: the namespace
 *
 * Context: process, @bn->lock held.
 * Return: 0 or -errno.
 */
int bfd_input_get(struct bfd_net *bn)
{
	return bfd_hooks_get(bn, &bn->count, input_ops, ARRAY_SIZE(input_ops));
}

/**
 * bfd_input_put() - one less; packets may still be on their way
 * @bn: the namespace
 *
 * Context: process, @bn->lock held.
 */
void bfd_input_put(struct bfd_net *bn)
{
	bfd_hooks_put(bn, &bn->count, input_ops, ARRAY_SIZE(input_ops));
}
