// SPDX-License-Identifier: GPL-2.0
/*
 * Micro sessions, RFC 7130: one on each member of a LAG, whose packets are by that
 * member and no other.
 *
 * A bond's or team's receive handler gives what its member has received to itself, and
 * drops what an inactive one has; only a device's ingress hook comes before it. So each
 * device that a session is bound to has one, and the RFC's MAC address among those that
 * it listens to, while there is such a session. A packet is sent by the member itself,
 * past routing, neighbours and the LAG, which may not even use it: to that MAC address
 * always, as the RFC allows, whatever the peer's own is. Sessions are bound to the
 * device, not to its being a member: they go on when it is taken out.
 *
 * struct micro_dev is under bfd_net.lock, and holds its device; netdev.c gives it up
 * when the device goes. Packets do not read it: they are demultiplexed as ever. What
 * lists hooks may, under RCU.
 */
#include <linux/if_arp.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netdevice.h>
#include <linux/netfilter_netdev.h>
#include <linux/slab.h>
#include <linux/udp.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/netlink.h>
#include "bfd.h"

/* After an administrator's filters, which see BFD like anything else */
#define HOOK_PRIORITY	1

/* RFC 7130 2.3 */
static const u8 micro_mac[ETH_ALEN] = { 0x01, 0x00, 0x5e, 0x90, 0x00, 0x01 };

/**
 * struct micro_dev - a device that listens
 * @list: in bfd_net.micro_devs
 * @dev: the device
 * @tracker: of the reference to it
 * @sessions: how many are bound to it
 * @ops: its hook
 * @rcu: frees it
 */
struct micro_dev {
	struct list_head list;
	struct net_device *dev;
	netdevice_tracker tracker;
	unsigned int sessions;
	struct nf_hook_ops ops;
	struct rcu_head rcu;
};

/* Ethernet, and no LAG itself */
static bool is_fit(const struct net_device *dev)
{
	return dev->type == ARPHRD_ETHER && !netif_is_lag_master(dev);
}

/**
 * bfd_micro_unfit() - is there a device of this name that can be no LAG's member?
 * @net: the namespace
 * @name: of the device
 *
 * Context: process.
 */
bool bfd_micro_unfit(struct net *net, const char *name)
{
	struct net_device *dev;
	bool unfit;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(net, name);
	unfit = dev && !is_fit(dev);
	rcu_read_unlock();
	return unfit;
}

/* Returns false for what is not UDP to our port, or not to be read */
static bool read_udp(struct bfd_rx *rx)
{
	struct udphdr _uh, *uh;

	uh = skb_header_pointer(rx->skb, rx->udp_off, sizeof(_uh), &_uh);
	if (!uh || uh->dest != htons(BFD_PORT_MICRO))
		return false;
	rx->from.type = BFD_TYPE_MICRO;
	return bfd_input_payload(rx, uh);
}

static bool read_v4(struct bfd_rx *rx)
{
	unsigned int off = skb_network_offset(rx->skb);
	struct iphdr _iph, *iph;

	iph = skb_header_pointer(rx->skb, off, sizeof(_iph), &_iph);
	if (!iph || iph->version != 4 || iph->ihl < 5 || iph->protocol != IPPROTO_UDP ||
	    ip_is_fragment(iph))
		return false;
	rx->from.family = AF_INET;
	rx->from.peer.v4 = iph->saddr;
	rx->to.v4 = iph->daddr;
	rx->ttl = iph->ttl;
	rx->udp_off = off + iph->ihl * 4;
	return read_udp(rx);
}

#if IS_ENABLED(CONFIG_IPV6)
static bool read_v6(struct bfd_rx *rx)
{
	unsigned int off = skb_network_offset(rx->skb);
	struct ipv6hdr _ip6h, *ip6h;

	ip6h = skb_header_pointer(rx->skb, off, sizeof(_ip6h), &_ip6h);
	if (!ip6h || ip6h->version != 6 || ip6h->nexthdr != IPPROTO_UDP)
		return false;
	rx->from.family = AF_INET6;
	rx->from.peer.v6 = ip6h->saddr;
	rx->to.v6 = ip6h->daddr;
	rx->ttl = ip6h->hop_limit;
	rx->udp_off = off + sizeof(*ip6h);
	return read_udp(rx);
}
#else
static bool read_v6(struct bfd_rx *rx)
{
	return false;
}
#endif

/* What has a VLAN tag is not the member's, and what is to another host's MAC address
 * is only seen for somebody's curiosity.
 */
static unsigned int input(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	struct bfd_rx rx = { .skb = skb, .dev = skb->dev };

	if (skb_vlan_tag_present(skb) || skb->pkt_type == PACKET_OTHERHOST)
		return NF_ACCEPT;
	if (skb->protocol == htons(ETH_P_IP) ? !read_v4(&rx) :
	    skb->protocol != htons(ETH_P_IPV6) || !read_v6(&rx))
		return NF_ACCEPT;
	return bfd_input_packet(&rx, state);
}

/**
 * bfd_micro_checksum_ok() - are lengths and checksums right?
 * @rx: a packet that IP has not seen yet
 *
 * Context: RCU read side.
 */
bool bfd_micro_checksum_ok(const struct bfd_rx *rx)
{
	const struct sk_buff *skb = rx->skb;
	unsigned int off = skb_network_offset(skb), len = rx->len + sizeof(struct udphdr);
	struct udphdr _uh, *uh;

	uh = skb_header_pointer(skb, rx->udp_off, sizeof(_uh), &_uh);
	if (!uh || ntohs(uh->len) != len)
		return false;
	if (rx->from.family == AF_INET &&
	    csum_fold(skb_checksum(skb, off, rx->udp_off - off, 0)))
		return false;
	/* RFC 8200 8.1: over IPv6, UDP must have one */
	if (!uh->check)
		return rx->from.family == AF_INET;
	/* By a virtual wire it comes as its sender left it, to be completed by nobody */
	if (skb->ip_summed == CHECKSUM_PARTIAL)
		return true;
	return bfd_input_sum_ok(rx, len, skb_checksum(skb, rx->udp_off, len, 0));
}

/**
 * bfd_micro_send() - send a packet by its member
 * @s: of this type
 * @skb: with its IP header; taken
 *
 * Context: BH disabled, RCU read side.
 * Return: as dev_queue_xmit(), or -ENODEV, -EMSGSIZE, -ENOMEM.
 */
int bfd_micro_send(const struct bfd_session *s, struct sk_buff *skb)
{
	struct net_device *dev = dev_get_by_index_rcu(s->bn->net, READ_ONCE(s->ifindex));
	int err = -ENODEV;

	if (!dev)
		goto free;
	err = -EMSGSIZE;
	if (skb->len > READ_ONCE(dev->mtu))
		goto free;
	err = -ENOMEM;
	skb->dev = dev;
	if (skb_cow_head(skb, LL_RESERVED_SPACE(dev)) ||
	    dev_hard_header(skb, dev, ntohs(skb->protocol), micro_mac, NULL, skb->len) < 0)
		goto free;
	return dev_queue_xmit(skb);

free:
	kfree_skb(skb);
	return err;
}

static struct micro_dev *find(const struct bfd_net *bn, int ifindex)
{
	struct micro_dev *m;

	list_for_each_entry(m, &bn->micro_devs, list)
		if (m->dev->ifindex == ifindex)
			return m;
	return NULL;
}

/* Takes the reference to @dev when it succeeds */
static int listen(struct bfd_net *bn, struct net_device *dev, netdevice_tracker *tracker)
{
	struct micro_dev *m = kzalloc(sizeof(*m), GFP_KERNEL_ACCOUNT);
	int err;

	if (!m)
		return -ENOMEM;
	m->dev = dev;
	m->tracker = *tracker;
	m->sessions = 1;
	m->ops.hook = input;
	m->ops.dev = dev;
	m->ops.pf = NFPROTO_NETDEV;
	m->ops.hooknum = NF_NETDEV_INGRESS;
	m->ops.priority = HOOK_PRIORITY;
	err = dev_mc_add(dev, micro_mac);
	if (err)
		goto err_free;
	err = nf_register_net_hook(bn->net, &m->ops);
	if (err)
		goto err_mc;
	list_add_tail(&m->list, &bn->micro_devs);
	return 0;

err_mc:
	dev_mc_del(dev, micro_mac);
err_free:
	kfree(m);
	return err;
}

/**
 * bfd_micro_bind() - bind a session to its device, if there is one
 * @s: of this type; bound already is fine
 *
 * Context: process, bfd_net.lock held.
 * Return: 0, also without a device that is fit, or -errno: the session waits on.
 */
int bfd_micro_bind(struct bfd_session *s)
{
	struct bfd_net *bn = s->bn;
	netdevice_tracker tracker;
	struct net_device *dev;
	struct micro_dev *m;
	int err = 0;

	lockdep_assert_held(&bn->lock);
	if (s->ifindex > 0)
		return 0;
	rcu_read_lock();
	dev = dev_get_by_name_rcu(bn->net, s->key.ifname);
	if (dev && !is_fit(dev))
		dev = NULL;
	if (dev)
		netdev_hold(dev, &tracker, GFP_ATOMIC);
	rcu_read_unlock();
	if (!dev)
		return 0;
	m = find(bn, dev->ifindex);
	if (m)
		m->sessions++;
	else
		err = listen(bn, dev, &tracker);
	if (!err)
		WRITE_ONCE(s->ifindex, dev->ifindex);
	if (m || err)
		netdev_put(dev, &tracker);
	return err;
}

/**
 * bfd_micro_unbind() - a session dies, or its device goes; packets may be on their way
 * @s: of this type; not bound is fine
 *
 * Context: process, bfd_net.lock held.
 */
void bfd_micro_unbind(struct bfd_session *s)
{
	struct bfd_net *bn = s->bn;
	struct micro_dev *m;

	lockdep_assert_held(&bn->lock);
	m = s->ifindex > 0 ? find(bn, s->ifindex) : NULL;
	WRITE_ONCE(s->ifindex, -1);
	if (!m || --m->sessions)
		return;
	list_del(&m->list);
	nf_unregister_net_hook(bn->net, &m->ops);
	dev_mc_del(m->dev, micro_mac);
	netdev_put(m->dev, &m->tracker);
	kfree_rcu(m, rcu);
}

/**
 * bfd_micro_check() - may a session of this type have these attributes?
 * @key: its key; nothing is refused for another type
 * @attrs: of the command
 * @extack: says why not
 *
 * Return: 0 or -EINVAL.
 */
int bfd_micro_check(const struct bfd_key *key, struct nlattr **attrs,
		    struct netlink_ext_ack *extack)
{
	if (key->type != BFD_TYPE_MICRO)
		return 0;
	if (!key->ifname[0]) {
		NL_SET_ERR_MSG(extack, "a micro session needs the LAG's member");
		return -EINVAL;
	}
	/* Routing would choose by a device that does not have the addresses */
	if (bfd_addr_none(&key->local)) {
		NL_SET_ERR_MSG(extack, "a micro session needs the LAG's local address");
		return -EINVAL;
	}
	if (key->vrf[0]) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[BFD_A_VRF],
				    "a LAG's member is in no VRF, whatever the LAG is in");
		return -EINVAL;
	}
	if (attrs[BFD_A_MIN_TTL]) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[BFD_A_MIN_TTL],
				    "a micro session always requires 255: only multihop may choose");
		return -EINVAL;
	}
	if (attrs[BFD_A_REROUTE]) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[BFD_A_REROUTE],
				    "a LAG has other members to reach its neighbour by");
		return -EINVAL;
	}
	/* RFC 7130 2: Asynchronous mode */
	if (attrs[BFD_A_DEMAND] && nla_get_u8(attrs[BFD_A_DEMAND])) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[BFD_A_DEMAND],
				    "micro sessions are of Asynchronous mode");
		return -EINVAL;
	}
	return 0;
}
