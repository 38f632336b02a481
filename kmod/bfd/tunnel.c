// SPDX-License-Identifier: GPL-2.0
/*
 * Sessions between the endpoints of a VXLAN (RFC 8971) or Geneve (RFC 9521) tunnel: what
 * VNI and port their device has, and packets in.
 *
 * Packets neither leave nor come through the device. VXLAN's would send what has the RFC's
 * MAC address, which is in no forwarding table, to all its remotes; Geneve's knows nothing
 * of the O bit, so would neither set it nor keep what has it from tenants; and what either
 * has received says no more who sent it. So output.c puts the encapsulation on, and here,
 * before the device's socket and so before any bridge, it is looked under it: outer
 * source, port and VNI are all there, the device learns no address from it, and no
 * tenant sees it. The hooks are there only while a session of the kind is.
 *
 * VNI and port of a device never change. They are written before the index that says
 * there is a device, under bfd_net.lock, and read without a lock. Here everything else
 * runs in softirq inside an RCU read-side section.
 */
#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <linux/udp.h>
#include <net/geneve.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ipv6.h>
#include <net/netlink.h>
#include <net/rtnetlink.h>
#include <net/vxlan.h>
#include "bfd.h"
#include "encap.h"

/* What packets of a device have */
struct ids {
	u32 vni;
	u16 port;
};

/* One with a VNI of its own, whose packets pass in this namespace, with Ethernet inside */
static int read_vxlan(const struct net *net, const struct net_device *dev, struct ids *ids)
{
	const struct vxlan_dev *vxlan = netdev_priv(dev);

	if (!netif_is_vxlan(dev) || !net_eq(vxlan->net, net) ||
	    vxlan->cfg.flags & (VXLAN_F_COLLECT_METADATA | VXLAN_F_GPE))
		return -EINVAL;
	ids->vni = be32_to_cpu(vxlan->cfg.vni);
	ids->port = ntohs(vxlan->cfg.dst_port);
	return 0;
}

/* Only geneve.c knows its devices' struct, but they tell what they are. RTNL would keep
 * from being changed what is not looked at here. In which namespace their packets pass
 * they do not tell.
 */
static int read_geneve(const struct net_device *dev, struct ids *ids)
{
	const struct rtnl_link_ops *ops = dev->rtnl_link_ops;
	struct nlattr *tb[IFLA_GENEVE_MAX + 1];
	struct sk_buff *skb;
	int err;

	if (!netif_is_geneve(dev))
		return -EINVAL;
	skb = alloc_skb(ops->get_size(dev), GFP_ATOMIC | __GFP_NOWARN);
	if (!skb)
		return -ENOMEM;
	err = ops->fill_info(skb, dev) ?:
	      nla_parse(tb, IFLA_GENEVE_MAX, (void *)skb->data, skb->len, NULL, NULL);
	if (err)
		goto out;
	err = -EINVAL;
	if (!tb[IFLA_GENEVE_ID] || !tb[IFLA_GENEVE_PORT] || tb[IFLA_GENEVE_COLLECT_METADATA] ||
	    tb[IFLA_GENEVE_INNER_PROTO_INHERIT])
		goto out;
	ids->vni = nla_get_u32(tb[IFLA_GENEVE_ID]);
	ids->port = ntohs(nla_get_be16(tb[IFLA_GENEVE_PORT]));
	err = 0;
out:
	kfree_skb(skb);
	return err;
}

static int read_device(const struct net *net, const struct net_device *dev, u8 type,
		       struct ids *ids)
{
	return type == BFD_TYPE_GENEVE ? read_geneve(dev, ids) : read_vxlan(net, dev, ids);
}

/**
 * bfd_tunnel_fit() - can a session be between this device and another endpoint?
 * @net: the namespace
 * @key: of a session; nothing is refused for another type
 * @extack: says why not
 *
 * Context: process.
 * Return: 0, also if there is no device of this name yet, -EINVAL or -ENOMEM.
 */
int bfd_tunnel_fit(struct net *net, const struct bfd_key *key, struct netlink_ext_ack *extack)
{
	struct net_device *dev;
	struct ids ids;
	int err;

	if (!bfd_type_is_tunnel(key->type))
		return 0;
	rcu_read_lock();
	dev = dev_get_by_name_rcu(net, key->ifname);
	err = dev ? read_device(net, dev, key->type, &ids) : 0;
	rcu_read_unlock();
	if (err == -EINVAL)
		return bfd_attr_refuse(extack, NULL, key->type == BFD_TYPE_GENEVE ?
				       "not a Geneve device with a VNI of its own, for Ethernet" :
				       "not a VXLAN device with a VNI of its own");
	return err;
}

/**
 * bfd_tunnel_bind() - find a session's device, its VNI and port
 * @s: of such a type
 *
 * Context: process, bfd_net.lock held.
 * Return: its index, or -1: there is none that is fit.
 */
int bfd_tunnel_bind(struct bfd_session *s)
{
	struct net *net = s->bn->net;
	struct net_device *dev;
	struct ids ids;
	int err, ifindex = -1;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(net, s->key.ifname);
	if (dev && dev->ifindex == s->ifindex) {
		/* What it has never changes */
		rcu_read_unlock();
		return s->ifindex;
	}
	err = dev ? read_device(net, dev, s->key.type, &ids) : -ENODEV;
	if (!err) {
		WRITE_ONCE(s->tunnel_mac, 0);
		WRITE_ONCE(s->vni, ids.vni);
		WRITE_ONCE(s->tunnel_port, ids.port);
		ifindex = dev->ifindex;
	}
	rcu_read_unlock();
	if (err == -ENOMEM)
		net_warn_ratelimited("bfd: no memory to ask for the VNI of %s\n", s->key.ifname);
	return ifindex;
}

static struct net_device *running(const struct bfd_session *s)
{
	struct net_device *dev = dev_get_by_index_rcu(s->bn->net, READ_ONCE(s->ifindex));

	return dev && (dev->flags & IFF_UP) ? dev : NULL;
}

/* Offset of the inner IP header, which stands before the inner UDP header */
static unsigned int inner_off(const struct bfd_rx *rx)
{
	return rx->udp_off - (rx->from.family == AF_INET ? BFD_ENCAP_V4 : BFD_ENCAP_V6);
}

/* To the device's MAC address, or to the one that says no more than that it is BFD */
static bool is_to(const struct net_device *dev, const struct bfd_rx *rx)
{
	u8 mac[ETH_ALEN];

	return !skb_copy_bits(rx->skb, inner_off(rx) - BFD_ENCAP_ETH, mac, ETH_ALEN) &&
	       (ether_addr_equal_unaligned(mac, dev->dev_addr) ||
		ether_addr_equal_unaligned(mac, bfd_encap_mac));
}

/**
 * bfd_tunnel_is_of() - did a packet come in the session's VNI, to its endpoint?
 * @s: of such a type
 * @rx: the packet
 *
 * Context: RCU read side.
 * Return: false also while the device is down: it would take nothing either.
 */
bool bfd_tunnel_is_of(const struct bfd_session *s, const struct bfd_rx *rx)
{
	const struct net_device *dev = running(s);

	return dev && READ_ONCE(s->vni) == rx->vni && READ_ONCE(s->tunnel_port) == rx->sport &&
	       (rx->from.type == BFD_TYPE_VXLAN || is_to(dev, rx));
}

/**
 * bfd_tunnel_heard() - a valid packet tells the other endpoint's MAC address
 * @s: of type Geneve
 * @rx: the packet
 *
 * RFC 8971 has one for all; an endpoint of Geneve may want its own in what it receives,
 * and nobody else tells it to us. Until then it is that one, and again when the peer is
 * forgotten: for its next life it may have drawn another.
 *
 * Context: RCU read side.
 */
void bfd_tunnel_heard(struct bfd_session *s, const struct bfd_rx *rx)
{
	u8 mac[ETH_ALEN] __aligned(2);

	if (skb_copy_bits(rx->skb, inner_off(rx) - BFD_ENCAP_ETH + ETH_ALEN, mac, ETH_ALEN) ||
	    !is_valid_ether_addr(mac))
		return;
	if (READ_ONCE(s->tunnel_mac) != ether_addr_to_u64(mac))
		WRITE_ONCE(s->tunnel_mac, ether_addr_to_u64(mac));
}

/**
 * bfd_tunnel_push() - put the headers from outer UDP to inner Ethernet on
 * @s: of such a type
 * @skb: with its inner IP header, complete
 *
 * Context: BH disabled, RCU read side.
 * Return: 0, -ENODEV: the device is gone or down, or -ENOMEM.
 */
int bfd_tunnel_push(const struct bfd_session *s, struct sk_buff *skb)
{
	bool v4 = s->addr_key.family == AF_INET;
	struct net_device *dev = running(s);
	u8 to[ETH_ALEN];
	struct udphdr *uh;
	u64 mac = 0;

	if (!dev)
		return -ENODEV;
	/* Seldom anything to do: bfd_frame_copy() leaves room for the link's header */
	if (skb_cow_head(skb, BFD_ENCAP_LEN + sizeof(*uh) + sizeof(struct ipv6hdr) +
			 LL_RESERVED_SPACE(skb_dst(skb)->dev)))
		return -ENOMEM;
	/* Whom we do not remember may have another one now; a packet late, if torn */
	if (data_race(s->fsm.remote_discr))
		mac = READ_ONCE(s->tunnel_mac);
	if (mac)
		u64_to_ether_addr(mac, to);
	else
		memcpy(to, bfd_encap_mac, ETH_ALEN);
	bfd_encap_build(skb_push(skb, BFD_ENCAP_LEN), s->addr_key.type, READ_ONCE(s->vni), to,
			dev->dev_addr, v4);
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
		iph = skb_header_pointer(rx->skb, inner_off(rx), sizeof(_iph), &_iph);
		return iph && !ip_fast_csum(iph, iph->ihl) &&
		       (!uh->check ||
			!csum_tcpudp_magic(iph->saddr, iph->daddr, len, IPPROTO_UDP, csum));
	}
	ip6h = skb_header_pointer(rx->skb, inner_off(rx), sizeof(_ip6h), &_ip6h);
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
	unsigned int outer = skb_network_offset(rx->skb) +
			     (rx->from.family == AF_INET ? ip_hdrlen(rx->skb) :
							   sizeof(struct ipv6hdr));
	struct udphdr _uh, *uh = skb_header_pointer(rx->skb, rx->udp_off, sizeof(_uh), &_uh);

	return uh && ntohs(uh->len) == rx->len + sizeof(*uh) &&
	       outer_checksum_ok(rx, state, outer) && inner_checksum_ok(rx, uh);
}

/* @off is that of the outer UDP header, @end the outer destination */
static unsigned int input(struct bfd_rx *rx, unsigned int off, const void *end,
			  const struct nf_hook_state *state)
{
	u8 head[sizeof(struct udphdr) + BFD_ENCAP_TUNNEL], buf[BFD_ENCAP_FRAME_MAX];
	bool v4 = rx->from.family == AF_INET;
	struct bfd_encap encap;
	const struct udphdr *uh;
	unsigned int len;
	const u8 *frame;

	uh = skb_header_pointer(rx->skb, off, sizeof(head), head);
	len = uh ? bfd_encap_tunnel(&encap, uh + 1) : 0;
	if (!len)
		return NF_ACCEPT;
	rx->sport = ntohs(uh->dest);
	off += sizeof(*uh) + len;
	frame = skb_header_pointer(rx->skb, off, BFD_ENCAP_FRAME(v4), buf);
	if (!frame || likely(!bfd_encap_frame(&encap, frame, v4, end)))
		return NF_ACCEPT;
	len = BFD_ENCAP_FRAME(v4) - BFD_ENCAP_UDP;
	rx->from.type = encap.type;
	rx->vni = encap.vni;
	rx->ttl = encap.ttl;
	rx->udp_off = off + len;
	if (!bfd_input_payload(rx, (const void *)(frame + len)))
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
 * bfd_tunnel_check() - may a session of such a type have these attributes?
 * @key: its key; nothing is refused for another type
 * @attrs: of the command
 * @extack: says why not
 *
 * Return: 0 or -EINVAL.
 */
int bfd_tunnel_check(const struct bfd_key *key, struct nlattr **attrs,
		     struct netlink_ext_ack *extack)
{
	if (!bfd_type_is_tunnel(key->type))
		return 0;
	if (!key->ifname[0]) {
		NL_SET_ERR_MSG(extack, "a session through a tunnel needs the tunnel's device");
		return -EINVAL;
	}
	if (key->family == AF_INET6 &&
	    (ipv6_addr_type(&key->peer.v6) & IPV6_ADDR_LINKLOCAL)) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[BFD_A_PEER],
				    "no tunnel endpoint has a link-local address");
		return -EINVAL;
	}
	if (attrs[BFD_A_MIN_TTL]) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[BFD_A_MIN_TTL],
				    "a tunnel always requires 255: only multihop may choose");
		return -EINVAL;
	}
	if (attrs[BFD_A_REROUTE]) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[BFD_A_REROUTE],
				    "the other end of a tunnel is no neighbour");
		return -EINVAL;
	}
	return 0;
}
