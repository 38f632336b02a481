// SPDX-License-Identifier: GPL-2.0
/*
 * Devices and VRFs that come and go. (Addresses and routes need no watching: a
 * cached route that a change has made stale says so.) A session is bound to a device
 * by name and keeps no reference: only its index, which the notifier takes away
 * when the device goes and gives back when one of that name comes. Notifiers
 * hold RTNL, then take bfd_net.lock; a session that is just being created looks
 * its devices up under the same lock, so neither misses the other.
 */
#include <linux/netdevice.h>
#include <net/l3mdev.h>
#include "bfd.h"

/* A VRF device is no device to be bound to: packets come in by its ports */
static int index_of(struct net *net, const char *name, bool vrf)
{
	struct net_device *dev;
	int ifindex = -1;

	if (!name[0])
		return 0;
	rcu_read_lock();
	dev = dev_get_by_name_rcu(net, name);
	if (dev && vrf == netif_is_l3_master(dev))
		ifindex = dev->ifindex;
	rcu_read_unlock();
	return ifindex;
}

/**
 * bfd_netdev_bind() - find a new session's devices
 * @s: its key is set
 *
 * Context: process, bfd_net.lock held.
 */
void bfd_netdev_bind(struct bfd_session *s)
{
	struct net *net = s->bn->net;

	lockdep_assert_held(&s->bn->lock);
	if (s->key.type == BFD_TYPE_MICRO) {
		if (bfd_micro_bind(s))
			net_warn_ratelimited("bfd: no memory to listen by %s\n", s->key.ifname);
		return;
	}
	WRITE_ONCE(s->ifindex, bfd_type_is_tunnel(s->key.type) ? bfd_tunnel_bind(s) :
			       index_of(net, s->key.ifname, false));
	WRITE_ONCE(s->vrf_ifindex, index_of(net, s->key.vrf, true));
}

/**
 * bfd_netdev_is_vrf() - does a name now stand for a VRF
 * @net: the namespace
 * @name: of a device, or ""
 *
 * Context: process.
 */
bool bfd_netdev_is_vrf(struct net *net, const char *name)
{
	return index_of(net, name, true) > 0;
}

static bool bound_to(const struct bfd_session *s, const struct net_device *dev)
{
	return s->ifindex == dev->ifindex || s->vrf_ifindex == dev->ifindex;
}

static void device_came(struct bfd_session *s, struct net_device *dev)
{
	int ifindex = s->ifindex, vrf_ifindex = s->vrf_ifindex;

	bfd_netdev_bind(s);
	if (s->ifindex != ifindex || s->vrf_ifindex != vrf_ifindex)
		bfd_event_config(s, BFD_EVENT_SET);
}

static void device_went(struct bfd_session *s, struct net_device *dev)
{
	if (!bound_to(s, dev))
		return;
	bfd_session_path_down(s);
	if (s->key.type == BFD_TYPE_MICRO) {
		bfd_micro_unbind(s);
	} else if (s->ifindex == dev->ifindex) {
		WRITE_ONCE(s->ifindex, -1);
		bfd_reroute_forget(s);
	}
	if (s->vrf_ifindex == dev->ifindex)
		WRITE_ONCE(s->vrf_ifindex, -1);
	bfd_event_config(s, BFD_EVENT_SET);
}

/* A bond wants a device down to take it in, and leaves it down when it lets it go: if
 * that were a member's failure, putting it back would be one.
 */
static void device_down(struct bfd_session *s, struct net_device *dev)
{
	if (bound_to(s, dev) && s->key.type != BFD_TYPE_MICRO)
		bfd_session_path_down(s);
}

/* A session goes with its device under the new name; one that waits for a
 * device of that name gets it.
 */
static void device_renamed(struct bfd_session *s, struct net_device *dev)
{
	if (!bound_to(s, dev)) {
		device_came(s, dev);
		return;
	}
	spin_lock_bh(&s->lock);
	if (s->ifindex == dev->ifindex)
		strscpy(s->key.ifname, dev->name, IFNAMSIZ);
	if (s->vrf_ifindex == dev->ifindex)
		strscpy(s->key.vrf, dev->name, IFNAMSIZ);
	spin_unlock_bh(&s->lock);
	bfd_event_config(s, BFD_EVENT_SET);
}

static void tell_sessions(struct net_device *dev,
			  void (*fn)(struct bfd_session *s, struct net_device *dev))
{
	struct bfd_net *bn = bfd_net(dev_net(dev));
	struct bfd_session *s;

	mutex_lock(&bn->lock);
	list_for_each_entry(s, &bn->sessions, list)
		fn(s, dev);
	mutex_unlock(&bn->lock);
}

static int netdev_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	switch (event) {
	case NETDEV_REGISTER:
		tell_sessions(dev, device_came);
		bfd_passive_device_came(dev);
		break;
	case NETDEV_UNREGISTER:
		bfd_passive_device_went(dev);
		tell_sessions(dev, device_went);
		break;
	case NETDEV_CHANGENAME:
		tell_sessions(dev, device_renamed);
		bfd_passive_device_came(dev);
		break;
	case NETDEV_CHANGEUPPER:
		bfd_passive_device_came(dev);
		break;
	case NETDEV_DOWN:
		tell_sessions(dev, device_down);
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block netdev_nb = { .notifier_call = netdev_event };

/**
 * bfd_netdev_init() - begin to watch devices
 *
 * Context: process, after the namespaces' state exists.
 * Return: 0 or -errno.
 */
int bfd_netdev_init(void)
{
	return register_netdevice_notifier(&netdev_nb);
}

/**
 * bfd_netdev_exit() - watch no more
 */
void bfd_netdev_exit(void)
{
	unregister_netdevice_notifier(&netdev_nb);
}
