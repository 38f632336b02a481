// SPDX-License-Identifier: GPL-2.0
/*
 * Packets out: the ready frame, its route, sending it. The UDP part is ready
 * made, with a checksum that lacks only the addresses; the IP header is written
 * when the route, and with it the source address, is known.
 *
 * bfd_output_send() runs with BH disabled inside an RCU read-side section and
 * without the session's lock: a route lookup may be slow.
 */
#include <linux/inetdevice.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netfilter.h>
#include <linux/pkt_sched.h>
#include <linux/udp.h>
#include <net/addrconf.h>
#include <net/dsfield.h>
#include <net/dst_metadata.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/l3mdev.h>
#include <net/netfilter/nf_conntrack.h>
#include <net/route.h>
#include "bfd.h"
#include "encap.h"
#include "trace.h"

#define BFD_TTL		255	/* RFC 5881 5: GTSM; RFC 7881; RFC 5883 leaves it open */
#define BFD_TOS		0xc0	/* CS6: network control, RFC 4594 */

/* What a packet without authentication has of struct bfd_frame's bytes */
#define PLAIN_LEN	(sizeof(struct udphdr) + BFD_PACKET_LEN)

static unsigned int frame_size(const struct bfd_frame *frame)
{
	return max_t(unsigned int, frame->len, frame->pad_to);
}

static void write_ports(struct bfd_frame *frame, u16 sport, u16 dport)
{
	struct udphdr *uh = (struct udphdr *)frame->udp;

	uh->source = htons(sport);
	uh->dest = htons(dport);
	uh->check = 0;
}

/**
 * bfd_frame_build() - make a frame ready
 * @frame: to be written
 * @pkt: what it says
 * @pad_to: bytes that the UDP datagram is to have at least
 * @sport: source port, host order
 * @dport: destination port, likewise
 *
 * Context: any.
 */
void bfd_frame_build(struct bfd_frame *frame, const struct bfd_packet *pkt, u16 pad_to,
		     u16 sport, u16 dport)
{
	write_ports(frame, sport, dport);
	bfd_packet_build(frame->udp + sizeof(struct udphdr), pkt);
	frame->pad_to = pad_to;
	bfd_frame_resize(frame, pkt->length);
}

/**
 * bfd_frame_build_echo() - make an echo of ours
 * @frame: zeroed; an unaffiliated session's has its control packet
 * @pkt: what it says
 * @sport: source port, host order
 *
 * Context: any.
 */
void bfd_frame_build_echo(struct bfd_frame *frame, const struct bfd_echo_packet *pkt, u16 sport)
{
	unsigned int off = pkt->unaffiliated ? BFD_PACKET_LEN : 0;

	BUILD_BUG_ON(sizeof(struct udphdr) + BFD_ECHO_MAX > sizeof(frame->udp));
	write_ports(frame, sport, BFD_PORT_ECHO);
	bfd_echo_build(frame->udp + sizeof(struct udphdr) + off, pkt);
	bfd_frame_resize(frame, off + BFD_ECHO_LEN);
}

/**
 * bfd_frame_resize() - a frame's packet was written anew
 * @frame: the frame
 * @len: bytes of the packet
 *
 * RFC 9764: zeros follow the packet, whose own Length knows nothing of them.
 *
 * Context: any.
 */
void bfd_frame_resize(struct bfd_frame *frame, unsigned int len)
{
	struct udphdr *uh = (struct udphdr *)frame->udp;

	frame->len = sizeof(*uh) + len;
	uh->len = htons(frame_size(frame));
	frame->csum = csum_add(csum_partial(frame->udp, frame->len, 0),
			       (__force __wsum)htonl(frame_size(frame) + IPPROTO_UDP));
}

/**
 * bfd_frame_copy() - a packet of a ready frame, without its IP header
 * @frame: the frame
 *
 * The partial checksum travels in skb->csum.
 *
 * Context: any.
 * Return: the packet, or NULL if there is no memory.
 */
struct sk_buff *bfd_frame_copy(const struct bfd_frame *frame)
{
	struct sk_buff *skb;

	skb = alloc_skb(LL_MAX_HEADER + sizeof(struct ipv6hdr) +
			max_t(unsigned int, sizeof(frame->udp), frame->pad_to),
			GFP_ATOMIC | __GFP_NOWARN);
	if (unlikely(!skb))
		return NULL;
	skb_reserve(skb, LL_MAX_HEADER + sizeof(struct ipv6hdr));
	skb_put_data(skb, frame->udp, PLAIN_LEN);
	if (unlikely(frame->len > PLAIN_LEN))
		skb_put_data(skb, frame->udp + PLAIN_LEN, frame->len - PLAIN_LEN);
	if (unlikely(frame->pad_to > frame->len))
		skb_put_zero(skb, frame->pad_to - frame->len);
	skb_reset_transport_header(skb);
	skb->csum = frame->csum;
	return skb;
}

/* The device that bounds the route lookup */
static int route_oif(const struct bfd_session *s)
{
	/* The tunnel's device is not the one that leads to its other end */
	if (unlikely(bfd_type_is_tunnel(s->addr_key.type)))
		return READ_ONCE(s->vrf_ifindex);
	return READ_ONCE(s->ifindex) ?: READ_ONCE(s->vrf_ifindex);
}

/* What routing chose is shown to the user and told from other addresses by
 * input.
 */
static void note_source(struct bfd_session *s, const union bfd_addr *source)
{
	spin_lock(&s->lock);
	s->source = *source;
	spin_unlock(&s->lock);
}

static void count_failure(struct bfd_session *s, enum bfd_counter why)
{
	bfd_count(s->bn, why);
	atomic64_inc(&s->stats.tx_failed);
}

/* The one whose addresses are of no link */
static struct net_device *own_device(struct net_device *link)
{
	return l3mdev_master_dev_rcu(link) ?: dev_net(link)->loopback_dev;
}

static struct dst_entry *route_v4(struct bfd_session *s, __be32 *saddr)
{
	struct flowi4 fl4 = {
		.daddr = s->addr_key.peer.v4,
		.saddr = s->local.v4,
		.flowi4_oif = route_oif(s),
		.flowi4_proto = IPPROTO_UDP,
	};
	union bfd_addr source = {};
	struct rtable *rt;

	rt = ip_route_output_flow(s->bn->net, &fl4, NULL);
	if (IS_ERR(rt))
		return NULL;
	dst_cache_set_ip4(&s->dst_cache, &rt->dst, fl4.saddr);
	*saddr = fl4.saddr;
	source.v4 = fl4.saddr;
	note_source(s, &source);
	return &rt->dst;
}

static void header_v4(struct sk_buff *skb, __be32 saddr, __be32 daddr)
{
	struct udphdr *uh = udp_hdr(skb);
	struct iphdr *iph;

	skb_push(skb, sizeof(*iph));
	skb_reset_network_header(skb);
	iph = ip_hdr(skb);
	iph->version = 4;
	iph->ihl = sizeof(*iph) / 4;
	iph->tos = BFD_TOS;
	/* RFC 6864: a datagram that cannot be fragmented needs no ID */
	iph->id = 0;
	iph->frag_off = htons(IP_DF);
	iph->ttl = BFD_TTL;
	iph->protocol = IPPROTO_UDP;
	iph->saddr = saddr;
	iph->daddr = daddr;
	uh->check = csum_tcpudp_magic(saddr, daddr, 0, 0, skb->csum) ?: CSUM_MANGLED_0;
}

/* From the endpoint to loopback, and no stack is to complete it on its way */
static noinline int encapsulate_v4(struct bfd_session *s, struct sk_buff *skb, __be32 saddr)
{
	header_v4(skb, saddr, htonl(INADDR_LOOPBACK));
	ip_hdr(skb)->tot_len = htons(skb->len);
	ip_send_check(ip_hdr(skb));
	return bfd_tunnel_push(s, skb);
}

/* RFC 5881 4: from an address that is none of the link, so that no peer thinks that
 * there is a shorter way: one of the loopback device or the VRF. Where that has none,
 * a peer may be told by other means to send no Redirects.
 */
static __be32 echo_source_v4(const struct net_device *from, const struct net_device *link,
			     __be32 local)
{
	const struct in_device *idev = __in_dev_get_rcu(from);
	const struct in_device *link_idev = __in_dev_get_rcu(link);
	const struct in_ifaddr *ifa, *link_ifa;
	bool on_link;

	if (!idev || !link_idev)
		return local;
	in_dev_for_each_ifa_rcu(ifa, idev) {
		if (ifa->ifa_scope != RT_SCOPE_UNIVERSE || ifa->ifa_local == local)
			continue;
		on_link = false;
		in_dev_for_each_ifa_rcu(link_ifa, link_idev)
			on_link |= inet_ifa_match(ifa->ifa_local, link_ifa);
		if (!on_link)
			return ifa->ifa_local;
	}
	return local;
}

/* An echo goes the peer's way, to ourselves */
static int push_v4(struct bfd_session *s, struct sk_buff *skb, bool echo)
{
	struct dst_entry *dst;
	struct rtable *rt;
	__be32 saddr;
	int err;

	rt = dst_cache_get_ip4(&s->dst_cache, &saddr);
	dst = rt ? &rt->dst : route_v4(s, &saddr);
	if (!dst)
		return -EHOSTUNREACH;
	skb_dst_set(skb, dst);
	if (unlikely(bfd_type_is_tunnel(s->addr_key.type))) {
		err = encapsulate_v4(s, skb, saddr);
		if (err)
			return err;
	}
	if (unlikely(echo))
		header_v4(skb, echo_source_v4(own_device(dst->dev), dst->dev, saddr), saddr);
	else
		header_v4(skb, saddr, s->addr_key.peer.v4);
	/* RFC 7348 5: zero; the inner packet has its own */
	if (unlikely(s->addr_key.type == BFD_TYPE_VXLAN))
		udp_hdr(skb)->check = 0;
	return 0;
}

/* Back to where @rx came from */
static struct dst_entry *route_back_v4(struct net *net, const struct bfd_rx *rx, int oif)
{
	struct flowi4 fl4 = {
		.daddr = rx->from.peer.v4,
		.saddr = rx->to.v4,
		.flowi4_oif = oif,
		.flowi4_proto = IPPROTO_UDP,
	};
	struct rtable *rt;

	rt = ip_route_output_flow(net, &fl4, NULL);
	return IS_ERR(rt) ? NULL : &rt->dst;
}

#if IS_ENABLED(CONFIG_IPV6)
static struct dst_entry *route_v6(struct bfd_session *s, struct in6_addr *saddr)
{
	struct net *net = s->bn->net;
	struct flowi6 fl6 = {
		.daddr = s->addr_key.peer.v6,
		.saddr = s->local.v6,
		.flowi6_oif = route_oif(s),
		.flowi6_proto = IPPROTO_UDP,
		.flowlabel = htonl(BFD_TOS << 20),
	};
	union bfd_addr source = {};
	struct dst_entry *dst;

	/* Unlike IPv4's, this lookup takes any source for granted */
	if (!bfd_addr_none(&s->local) &&
	    !ipv6_chk_addr(net, &s->local.v6, dev_get_by_index_rcu(net, fl6.flowi6_oif), 0))
		return NULL;
	dst = ip6_dst_lookup_flow(net, NULL, &fl6, NULL);
	if (IS_ERR(dst))
		return NULL;
	dst_cache_set_ip6(&s->dst_cache, dst, &fl6.saddr);
	*saddr = fl6.saddr;
	source.v6 = fl6.saddr;
	note_source(s, &source);
	return dst;
}

static void header_v6(struct sk_buff *skb, const struct in6_addr *saddr,
		      const struct in6_addr *daddr)
{
	struct udphdr *uh = udp_hdr(skb);
	struct ipv6hdr *ip6h;

	skb_push(skb, sizeof(*ip6h));
	skb_reset_network_header(skb);
	ip6h = ipv6_hdr(skb);
	ip6_flow_hdr(ip6h, BFD_TOS, 0);
	ip6h->payload_len = htons(skb->len - sizeof(*ip6h));
	ip6h->nexthdr = IPPROTO_UDP;
	ip6h->hop_limit = BFD_TTL;
	ip6h->saddr = *saddr;
	ip6h->daddr = *daddr;
	uh->check = csum_ipv6_magic(saddr, daddr, 0, 0, skb->csum) ?: CSUM_MANGLED_0;
}

static noinline int encapsulate_v6(struct bfd_session *s, struct sk_buff *skb,
				   const struct in6_addr *saddr)
{
	struct in6_addr loopback = IN6ADDR_LOOPBACK_INIT;

	/* RFC 8971: out of ::ffff:127.0.0.0/104 */
	if (s->addr_key.type == BFD_TYPE_VXLAN)
		ipv6_addr_set_v4mapped(htonl(INADDR_LOOPBACK), &loopback);
	header_v6(skb, saddr, &loopback);
	return bfd_tunnel_push(s, skb);
}

/* See echo_source_v4() */
static void echo_source_v6(struct net_device *from, struct net_device *link,
			   const struct in6_addr *local, struct in6_addr *source)
{
	struct inet6_dev *idev = __in6_dev_get(from);
	const struct inet6_ifaddr *ifa;

	*source = *local;
	if (!idev)
		return;
	list_for_each_entry_rcu(ifa, &idev->addr_list, if_list) {
		if (ipv6_addr_src_scope(&ifa->addr) != IPV6_ADDR_SCOPE_GLOBAL ||
		    (ifa->flags & (IFA_F_TENTATIVE | IFA_F_DADFAILED)) ||
		    ipv6_addr_equal(&ifa->addr, local) || ipv6_chk_prefix(&ifa->addr, link))
			continue;
		*source = ifa->addr;
		return;
	}
}

static int push_v6(struct bfd_session *s, struct sk_buff *skb, bool echo)
{
	struct in6_addr saddr, source;
	struct dst_entry *dst;
	int err;

	dst = dst_cache_get_ip6(&s->dst_cache, &saddr) ?: route_v6(s, &saddr);
	if (!dst)
		return -EHOSTUNREACH;
	skb_dst_set(skb, dst);
	if (unlikely(bfd_type_is_tunnel(s->addr_key.type))) {
		err = encapsulate_v6(s, skb, &saddr);
		if (err)
			return err;
	}
	if (unlikely(echo)) {
		echo_source_v6(own_device(dst->dev), dst->dev, &saddr, &source);
		header_v6(skb, &source, &saddr);
	} else {
		header_v6(skb, &saddr, &s->addr_key.peer.v6);
	}
	return 0;
}

static struct dst_entry *route_back_v6(struct net *net, const struct bfd_rx *rx, int oif)
{
	struct flowi6 fl6 = {
		.daddr = rx->from.peer.v6,
		.saddr = rx->to.v6,
		.flowi6_oif = oif,
		.flowi6_proto = IPPROTO_UDP,
		.flowlabel = htonl(BFD_TOS << 20),
	};
	struct dst_entry *dst;

	/* Several links may have this address */
	if (ipv6_addr_type(&fl6.daddr) & IPV6_ADDR_LINKLOCAL)
		fl6.flowi6_oif = rx->dev->ifindex;
	dst = ip6_dst_lookup_flow(net, NULL, &fl6, NULL);
	return IS_ERR(dst) ? NULL : dst;
}

static int send_v6(struct net *net, struct sk_buff *skb)
{
	memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
	return ip6_local_out(net, NULL, skb);
}
#else
static void header_v6(struct sk_buff *skb, const struct in6_addr *saddr,
		      const struct in6_addr *daddr)
{
}

static struct dst_entry *route_back_v6(struct net *net, const struct bfd_rx *rx, int oif)
{
	return NULL;
}

static int push_v6(struct bfd_session *s, struct sk_buff *skb, bool echo)
{
	return -EAFNOSUPPORT;
}

static int send_v6(struct net *net, struct sk_buff *skb)
{
	return -EAFNOSUPPORT;
}
#endif

/* As it is to be on the wire: no stack completes it on its way */
static int push_micro(struct bfd_session *s, struct sk_buff *skb)
{
	if (s->addr_key.family == AF_INET) {
		header_v4(skb, s->local.v4, s->addr_key.peer.v4);
		ip_hdr(skb)->tot_len = htons(skb->len);
		ip_send_check(ip_hdr(skb));
	} else {
		header_v6(skb, &s->local.v6, &s->addr_key.peer.v6);
	}
	return 0;
}

static int push(struct bfd_session *s, struct sk_buff *skb, bool echo)
{
	if (unlikely(s->addr_key.type == BFD_TYPE_MICRO))
		return push_micro(s, skb);
	return s->addr_key.family == AF_INET ? push_v4(s, skb, echo) : push_v6(s, skb, echo);
}

static int send_v4(struct net *net, struct sk_buff *skb)
{
	memset(IPCB(skb), 0, sizeof(*IPCB(skb)));
	return ip_local_out(net, NULL, skb);
}

/* Is the device the neighbour's, and the packet to leave by it as it is? */
static bool leaves_as_is(const struct bfd_session *s, const struct sk_buff *skb)
{
	const struct dst_entry *dst = skb_dst(skb);

	return dst->dev->ifindex == READ_ONCE(s->ifindex) && !dst->lwtstate && !dst_xfrm(dst);
}

/* As ip_local_out() begins; 1: @skb is still ours, and whole */
static int pass_local_out(struct bfd_session *s, struct sk_buff *skb,
			  int (*okfn)(struct net *net, struct sock *sk, struct sk_buff *skb))
{
	if (s->addr_key.family == AF_INET) {
		ip_hdr(skb)->tot_len = htons(skb->len);
		ip_send_check(ip_hdr(skb));
	}
	return nf_hook(s->addr_key.family, NF_INET_LOCAL_OUT, s->bn->net, NULL, skb, NULL,
		       skb_dst(skb)->dev, okfn);
}

/* As it goes on, with room for the link's header in the end. What a hook keeps for
 * later must not come back to a module that may be gone: it goes nowhere.
 */
static int pass_post_routing(struct bfd_session *s, struct sk_buff *skb)
{
	int err;

	skb->dev = skb_dst(skb)->dev;
	err = nf_hook(s->addr_key.family, NF_INET_POST_ROUTING, s->bn->net, NULL, skb, NULL,
		      skb->dev, dst_discard_out);
	if (err == 1 && skb_cow_head(skb, LL_RESERVED_SPACE(skb->dev))) {
		kfree_skb(skb);
		return -ENOMEM;
	}
	return err;
}

/* As ip_local_out() and what it calls, but to the address that the neighbour had,
 * for we have failed its entry. What LOCAL_OUT keeps for later goes to the neighbour.
 */
static int send_past(struct bfd_session *s, struct sk_buff *skb, const unsigned char *lladdr)
{
	int err;

	err = pass_local_out(s, skb, skb_dst(skb)->output);
	if (err != 1)
		return err;
	/* A hook may have found another route */
	if (!leaves_as_is(s, skb))
		return dst_output(s->bn->net, NULL, skb);
	/* DF, and IPv6 has no fragments but of sockets */
	if (skb->len > dst_mtu(skb_dst(skb))) {
		kfree_skb(skb);
		return -EMSGSIZE;
	}
	err = pass_post_routing(s, skb);
	if (err != 1)
		return err;
	if (dev_hard_header(skb, skb->dev, ntohs(skb->protocol), lladdr, NULL, skb->len) < 0) {
		kfree_skb(skb);
		return -EINVAL;
	}
	return dev_queue_xmit(skb);
}

/* Likewise to the peer, who is not the destination. Nothing that transforms packets
 * leaves them such; and a hook that has the route looked up anew finds the shortest way
 * to ourselves, which proves nothing.
 */
static int send_echo(struct bfd_session *s, struct sk_buff *skb)
{
	const struct dst_entry *dst = skb_dst(skb);
	struct neighbour *neigh;
	int err;

	err = pass_local_out(s, skb, dst_discard_out);
	if (err != 1)
		return err;
	if (skb_dst(skb) != dst || dst->lwtstate || dst_xfrm(dst)) {
		kfree_skb(skb);
		return -EOPNOTSUPP;
	}
	/* RFC 9764 of an unaffiliated session's; DF, as for others */
	if (skb->len > dst_mtu(dst)) {
		kfree_skb(skb);
		return -EMSGSIZE;
	}
	err = pass_post_routing(s, skb);
	if (err != 1)
		return err;
	neigh = s->addr_key.family == AF_INET ?
		ip_neigh_gw4(skb->dev, s->addr_key.peer.v4) :
		ip_neigh_gw6(skb->dev, &s->addr_key.peer.v6);
	if (IS_ERR(neigh)) {
		kfree_skb(skb);
		return PTR_ERR(neigh);
	}
	/* Once queued, it would go to the neighbour of its destination: to ourselves */
	if (!(READ_ONCE(neigh->nud_state) & NUD_VALID)) {
		neigh_event_send(neigh, NULL);
		kfree_skb(skb);
		return -EHOSTUNREACH;
	}
	return neigh_output(neigh, skb, false);
}

static int send(struct bfd_session *s, struct sk_buff *skb)
{
	unsigned char lladdr[MAX_ADDR_LEN];

	if (unlikely(s->addr_key.type == BFD_TYPE_MICRO))
		return bfd_micro_send(s, skb);
	if (unlikely(READ_ONCE(s->rerouted)) && leaves_as_is(s, skb) &&
	    bfd_reroute_lladdr(s, lladdr))
		return send_past(s, skb, lladdr);
	return s->addr_key.family == AF_INET ? send_v4(s->bn->net, skb) :
					       send_v6(s->bn->net, skb);
}

/* What the stack is to know of a packet beside its bytes */
static void dress(struct sk_buff *skb, bool v4)
{
	skb->protocol = v4 ? htons(ETH_P_IP) : htons(ETH_P_IPV6);
	skb->priority = TC_PRIO_CONTROL;
	skb->ip_summed = CHECKSUM_NONE;
	skb->csum = 0;
#if IS_ENABLED(CONFIG_NF_CONNTRACK)
	nf_ct_set(skb, NULL, IP_CT_UNTRACKED);
#endif
}

/* Route it, and write its IP header. False: it is gone, and counted */
static bool make_ready(struct bfd_session *s, struct sk_buff *skb, bool echo)
{
	bool v4 = s->addr_key.family == AF_INET;
	int err;

	if (unlikely(READ_ONCE(s->ifindex) < 0 || READ_ONCE(s->vrf_ifindex) < 0)) {
		kfree_skb(skb);
		count_failure(s, BFD_COUNTER_TX_NO_DEVICE);
		return false;
	}
	err = push(s, skb, echo);
	if (unlikely(err)) {
		kfree_skb(skb);
		count_failure(s, err == -ENODEV ? BFD_COUNTER_TX_NO_DEVICE :
				 err == -ENOMEM ? BFD_COUNTER_TX_NO_MEMORY :
						  BFD_COUNTER_TX_NO_ROUTE);
		return false;
	}
	dress(skb, v4);
	return true;
}

/**
 * bfd_output_send() - route and send a packet
 * @s: whose
 * @skb: from bfd_frame_copy(); taken. NULL counts as want of memory
 *
 * Context: BH disabled, RCU read side, @s->lock not held.
 */
void bfd_output_send(struct bfd_session *s, struct sk_buff *skb)
{
	bool v4 = s->addr_key.family == AF_INET;
	int err;

	if (unlikely(!skb)) {
		count_failure(s, BFD_COUNTER_TX_NO_MEMORY);
		return;
	}
	if (!make_ready(s, skb, false))
		return;
	trace_bfd_tx(s, skb_transport_header(skb) + sizeof(struct udphdr) +
			(bfd_type_is_tunnel(s->addr_key.type) ? BFD_ENCAP_HEAD(v4) : 0));
	err = send(s, skb);
	if (unlikely(net_xmit_eval(err))) {
		count_failure(s, BFD_COUNTER_TX_REFUSED);
		return;
	}
	bfd_count(s->bn, BFD_COUNTER_TX);
	atomic64_inc(&s->stats.tx);
}

/**
 * bfd_output_echo() - send an echo to ourselves by way of the peer
 * @s: whose
 * @skb: from bfd_frame_copy(); taken
 *
 * Context: as bfd_output_send().
 */
void bfd_output_echo(struct bfd_session *s, struct sk_buff *skb)
{
	int err;

	if (!make_ready(s, skb, true))
		return;
	err = send_echo(s, skb);
	if (unlikely(net_xmit_eval(err))) {
		count_failure(s, BFD_COUNTER_TX_REFUSED);
		return;
	}
	bfd_count(s->bn, BFD_COUNTER_ECHO_TX);
}

/**
 * bfd_output_answer() - send a packet back to where another came from
 * @bn: the namespace
 * @rx: the other one; from its destination, in its VRF
 * @skb: from bfd_frame_copy(); taken. NULL counts as want of memory
 *
 * Context: BH disabled, RCU read side.
 * Return: 0, or the enum bfd_counter that says why it was not sent.
 */
int bfd_output_answer(struct bfd_net *bn, const struct bfd_rx *rx, struct sk_buff *skb)
{
	int oif = l3mdev_master_ifindex_rcu(rx->dev), err;
	bool v4 = rx->from.family == AF_INET;
	struct dst_entry *dst;

	if (unlikely(!skb))
		return BFD_COUNTER_TX_NO_MEMORY;
	dst = v4 ? route_back_v4(bn->net, rx, oif) : route_back_v6(bn->net, rx, oif);
	if (unlikely(!dst)) {
		kfree_skb(skb);
		return BFD_COUNTER_TX_NO_ROUTE;
	}
	skb_dst_set(skb, dst);
	if (v4)
		header_v4(skb, rx->to.v4, rx->from.peer.v4);
	else
		header_v6(skb, &rx->to.v6, &rx->from.peer.v6);
	dress(skb, v4);
	err = v4 ? send_v4(bn->net, skb) : send_v6(bn->net, skb);
	return unlikely(net_xmit_eval(err)) ? BFD_COUNTER_TX_REFUSED : 0;
}
