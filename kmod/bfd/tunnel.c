// SPDX-License-Identifier: GPL-2.0
/*
 * Sessions between VTEPs, RFC 8971: what VNI and port their device has, and packets in.
 *
 * Packets neither leave nor come through the device. It would send what has the RFC's
 * MAC address, which is in no forwarding table, to all its remotes; and what it has
 * received says no more who sent it. So output.c puts the encapsulation on, and here,
 * before the device's socket and so before any bridge, it is looked under it: outer
 * source, port and VNI are all there, the device learns no address from it, and no
 * tenant sees it. The hooks are there only while a session of the kind is.
 *
 * VNI and port of a device never change. They are written before the index that says
 * there is a device, under bfd_net.lock, and read without a lock. Here everything else
 * runs in softirq inside an RCU read-side section.
 */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <linux/udp.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ipv6.h>
#include <net/netlink.h>
#include <net/vxlan.h>
#include "bfd.h"
#include "encap.h"

/* One with a VNI of its own, whose packets pass in this namespace, with Ethernet inside */
static bool is_fit(const struct net *net, const struct net_device *dev)
{
	const struct vxlan_dev *vxlan;

	if (!netif_is_vxlan(dev))
		return false;
	vxlan = netdev_priv(dev);
	return net_eq(vxlan->net, net) &&
	       !(vxlan->cfg.flags & (VXLAN_F_COLLECT_METADATA | VXLAN_F_GPE));
}

/**
 * bfd_tunnel_unfit() - is there a device of this name, but no session can be between it
 *	and another VTEP?
 * @net: the namespace
 * @name: of the device
 *
 * Context: process.
 */
bool bfd_tunnel_unfit(struct net *net, const char *name)
{
	struct net_device *dev;
	bool unfit;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(net, name);
	unfit = dev && !is_fit(net, dev);
	rcu_read_unlock();
	return unfit;
}

/**
 * bfd_tunnel_bind() - find a session's device, its VNI and port
 * @s: of this type
 *
 * Context: process, bfd_net.lock held.
 * Return: its index, or -1: there is none that is fit.
 */
int bfd_tunnel_bind(struct bfd_session *s)
{
	struct net *net = s->bn->net;
	const struct vxlan_dev *vxlan;
	struct net_device *dev;
	int ifindex = -1;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(net, s->key.ifname);
	if (dev && is_fit(net, dev)) {
		vxlan = netdev_priv(dev);
		WRITE_ONCE(s->vni, be32_to_cpu(vxlan->cfg.vni));
		WRITE_ONCE(s->tunnel_port, ntohs(vxlan->cfg.dst_port));
		ifindex = dev->ifindex;
	}
	rcu_read_unlock();
	return ifindex;
}

static struct net_device *running(const struct bfd_session *s)
{
	struct net_device *dev = dev_get_by_index_rcu(s->bn->net, READ_ONCE(s->ifindex));

	return dev && (dev->flags & IFF_UP) ? dev : NULL;
}

/**
 * bfd_tunnel_is_of() - did a packet come in the session's VNI?
 * @s: of this type
 * @rx: the packet
 *
 * Context: RCU read side.
 * Return: false also while the device is down: it would take nothing either.
 */
bool bfd_tunnel_is_of(const struct bfd_session *s, const struct bfd_rx *rx)
{
	return running(s) && READ_ONCE(s->vni) == rx->vni && READ_ONCE(s->tunnel_port) == rx->sport;
}

/**
 * bfd_tunnel_push() - put the headers from outer UDP to inner Ethernet on
 * @s: of this type
 * @skb: with its inner IP header, complete
 *
 * Context: BH disabled, RCU read side.
 * Return: 0, -ENODEV: the device is gone or down, or -ENOMEM.
 */
int bfd_tunnel_push(const struct bfd_session *s, struct sk_buff *skb)
{
	bool v4 = s->addr_key.family == AF_INET;
	struct net_device *dev = running(s);
	struct udphdr *uh;

	if (!dev)
		return -ENODEV;
	/* Seldom anything to do: bfd_frame_copy() leaves room for the link's header */
	if (skb_cow_head(skb, BFD_ENCAP_LEN + sizeof(*uh) + sizeof(struct ipv6hdr) +
			 LL_RESERVED_SPACE(skb_dst(skb)->dev)))
		return -ENOMEM;
	bfd_encap_build(skb_push(skb, BFD_ENCAP_LEN), READ_ONCE(s->vni), dev->dev_addr, v4);
	uh = skb_push(skb, sizeof(*uh));
	skb_reset_transport_header(skb);
	uh->source = htons(s->source_port);
	uh->dest = htons(READ_ONCE(s->tunnel_port));
	uh->len = htons(skb->len);
	uh->check = 0;
	skb->csum = csum_add(csum_partial(uh, skb->len, 0),
			     (__force __wsum)htonl(skb->len + IPPROTO_UDP));
	return 0;
}

static bool outer_checksum_ok(const struct bfd_rx *rx, const struct nf_hook_state *state,
			      unsigned int off)
{
	struct udphdr _uh, *uh = skb_header_pointer(rx->skb, off, sizeof(_uh), &_uh);

	/* RFC 7348 5, RFC 6935: a tunnel may go without */
	if (!uh || !uh->check)
		return uh;
	return rx->from.family == AF_INET ?
	       !nf_ip_checksum(rx->skb, state->hook, off, IPPROTO_UDP) :
	       !nf_ip6_checksum(rx->skb, state->hook, off, IPPROTO_UDP);
}

static bool inner_checksum_ok(const struct bfd_rx *rx, const struct udphdr *uh)
{
	unsigned int len = ntohs(uh->len);
	__wsum csum = skb_checksum(rx->skb, rx->udp_off, len, 0);
	struct ipv6hdr _ip6h, *ip6h;
	struct iphdr _iph, *iph;

	if (rx->from.family == AF_INET) {
		iph = skb_header_pointer(rx->skb, rx->udp_off - sizeof(_iph), sizeof(_iph), &_iph);
		return iph && !ip_fast_csum(iph, iph->ihl) &&
		       (!uh->check ||
			!csum_tcpudp_magic(iph->saddr, iph->daddr, len, IPPROTO_UDP, csum));
	}
	ip6h = skb_header_pointer(rx->skb, rx->udp_off - sizeof(_ip6h), sizeof(_ip6h), &_ip6h);
	return ip6h && uh->check &&
	       !csum_ipv6_magic(&ip6h->saddr, &ip6h->daddr, len, IPPROTO_UDP, csum);
}

/**
 * bfd_tunnel_checksum_ok() - are lengths and checksums right, outside and inside?
 * @rx: the packet
 * @state: of the hook
 *
 * Context: RCU read side.
 */
bool bfd_tunnel_checksum_ok(const struct bfd_rx *rx, const struct nf_hook_state *state)
{
	bool v4 = rx->from.family == AF_INET;
	unsigned int outer = rx->udp_off - (BFD_ENCAP_HEAD(v4) - BFD_ENCAP_UDP) -
			     sizeof(struct udphdr);
	struct udphdr _uh, *uh = skb_header_pointer(rx->skb, rx->udp_off, sizeof(_uh), &_uh);

	return uh && ntohs(uh->len) == rx->len + sizeof(*uh) &&
	       outer_checksum_ok(rx, state, outer) && inner_checksum_ok(rx, uh);
}

/* @off is that of the outer UDP header, @vtep the outer destination */
static unsigned int input(struct bfd_rx *rx, unsigned int off, const void *vtep,
			  const struct nf_hook_state *state)
{
	u8 buf[sizeof(struct udphdr) + BFD_ENCAP_HEAD_MAX];
	bool v4 = rx->from.family == AF_INET;
	unsigned int head = sizeof(struct udphdr) + BFD_ENCAP_HEAD(v4);
	const struct udphdr *uh, *inner;
	struct bfd_encap encap;

	uh = skb_header_pointer(rx->skb, off, head, buf);
	if (!uh || likely(!bfd_encap_parse(&encap, uh + 1, v4, vtep)))
		return NF_ACCEPT;
	inner = (const void *)uh + head - sizeof(*inner);
	rx->from.type = BFD_TYPE_VXLAN;
	rx->sport = ntohs(uh->dest);
	rx->vni = encap.vni;
	rx->ttl = encap.ttl;
	rx->udp_off = off + head - sizeof(*inner);
	if (!bfd_input_payload(rx, inner))
		return NF_ACCEPT;
	return bfd_input_packet(rx, state);
}

static unsigned int input_v4(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	const struct iphdr *iph = ip_hdr(skb);
	struct bfd_rx rx = { .skb = skb, .dev = skb->dev, .from.family = AF_INET };

	if (iph->protocol != IPPROTO_UDP || ip_is_fragment(iph))
		return NF_ACCEPT;
	rx.from.peer.v4 = iph->saddr;
	rx.to.v4 = iph->daddr;
	return input(&rx, skb_network_offset(skb) + iph->ihl * 4, &rx.to.v4, state);
}

#if IS_ENABLED(CONFIG_IPV6)
static unsigned int input_v6(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	const struct ipv6hdr *ip6h = ipv6_hdr(skb);
	struct bfd_rx rx = { .skb = skb, .dev = skb->dev, .from.family = AF_INET6 };

	if (ip6h->nexthdr != IPPROTO_UDP)
		return NF_ACCEPT;
	rx.from.peer.v6 = ip6h->saddr;
	rx.to.v6 = ip6h->daddr;
	return input(&rx, skb_network_offset(skb) + sizeof(*ip6h), &rx.to.v6, state);
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
 * bfd_tunnel_get() - a namespace has one session of the type more
 * @bn: the namespace
 *
 * Context: process, @bn->lock held.
 * Return: 0 or -errno.
 */
int bfd_tunnel_get(struct bfd_net *bn)
{
	return bfd_hooks_get(bn, &bn->tunnel_count, input_ops, ARRAY_SIZE(input_ops));
}

/**
 * bfd_tunnel_put() - one less; packets may still be on their way
 * @bn: the namespace
 *
 * Context: process, @bn->lock held.
 */
void bfd_tunnel_put(struct bfd_net *bn)
{
	bfd_hooks_put(bn, &bn->tunnel_count, input_ops, ARRAY_SIZE(input_ops));
}

/**
 * bfd_tunnel_check() - may a session of this type have these attributes?
 * @key: its key; nothing is refused for another type
 * @attrs: of the command
 * @extack: says why not
 *
 * Return: 0 or -EINVAL.
 */
int bfd_tunnel_check(const struct bfd_key *key, struct nlattr **attrs,
		    struct netlink_ext_ack *extack)
{
	if (key->type != BFD_TYPE_VXLAN)
		return 0;
	if (!key->ifname[0]) {
		NL_SET_ERR_MSG(extack, "a session between VTEPs needs the VXLAN device");
		return -EINVAL;
	}
	if (key->family == AF_INET6 &&
	    (ipv6_addr_type(&key->peer.v6) & IPV6_ADDR_LINKLOCAL)) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[BFD_A_PEER], "no VTEP has a link-local address");
		return -EINVAL;
	}
	if (attrs[BFD_A_MIN_TTL]) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[BFD_A_MIN_TTL],
				    "VXLAN always requires 255: only multihop may choose");
		return -EINVAL;
	}
	if (attrs[BFD_A_REROUTE]) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[BFD_A_REROUTE],
				    "the other end of a tunnel is no neighbour");
		return -EINVAL;
	}
	return 0;
}
