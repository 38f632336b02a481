// SPDX-License-Identifier: GPL-2.0
/*
 * Reroute: while the path to a neighbour is lost, its entry in the neighbour
 * table is failed. Whatever chooses among next hops by neighbour (nexthop groups,
 * multipath routes with fib_multipath_use_neigh) leaves it out from the next
 * packet on, before any daemon wakes up. When the session is Up the entry is
 * given back as it was.
 *
 * Whether it is to be failed is bfd_session.rerouted, which engine.c writes under
 * the session's lock. Here the entry is made to follow, without that lock: a
 * change of the table notifies, and the notifier looks at sessions again. Two
 * that hurry may pass each other, so whoever has written looks once more; the
 * entry's own lock puts them in order.
 *
 * ARP, ND and whoever sends to the neighbour revive the entry; it is failed anew
 * at once. An administrator, or a device that loses its carrier, deletes it; a
 * neighbour without an entry counts as good, so it is made anew, from the session's
 * slot: whoever deletes may hold the table's lock. For the same reason it is marked
 * as externally learned, which keeps garbage collection away. No reference is kept,
 * so devices go when they want to. And while it is to be failed, each slot of the
 * session looks whether it is, for there may have been no memory.
 *
 * Sockets and flowtables keep routes: whenever a neighbour becomes good or bad, those
 * they have are made stale, as any change of a route does it.
 *
 * The session's own packets go past the entry, to the address it had.
 */
#include <linux/etherdevice.h>
#include <linux/notifier.h>
#include <net/arp.h>
#include <net/ndisc.h>
#include <net/neighbour.h>
#include <net/netevent.h>
#include "bfd.h"

/* What an entry is that no protocol had made */
#define NUD_KEPT	(NUD_PERMANENT | NUD_NOARP)

static struct neighbour *find(const struct bfd_session *s, struct net_device *dev)
{
	const union bfd_addr *peer = &s->addr_key.peer;
	static const __be32 any;
	struct neigh_table *tbl = &arp_tbl;
	const void *key = &peer->v4;
	struct neighbour *n;

	if (s->addr_key.family == AF_INET6) {
#if IS_ENABLED(CONFIG_IPV6)
		tbl = &nd_tbl;
		key = &peer->v6;
#endif
	} else if (dev->flags & (IFF_LOOPBACK | IFF_POINTOPOINT)) {
		/* As arp_constructor() has it */
		key = &any;
	}
	n = neigh_lookup(tbl, key, dev);
	return n ?: neigh_create(tbl, key, dev);
}

/* What has to be known to give it back, and to speak to the peer meanwhile. The
 * first look after the session went Down decides what the entry was, unless it is
 * failed still from the last time.
 */
static u8 remember(struct bfd_session *s, struct neighbour *n)
{
	unsigned char lladdr[MAX_ADDR_LEN];
	struct bfd_neigh *neigh = &s->neigh;
	u32 flags;
	u8 state;

	read_lock(&n->lock);
	state = n->nud_state;
	flags = n->flags;
	read_unlock(&n->lock);
	neigh_ha_snapshot(lladdr, n, n->dev);

	spin_lock(&s->lock);
	if (neigh->fresh && !(state == NUD_FAILED && (flags & NTF_EXT_LEARNED)))
		memset(neigh, 0, sizeof(*neigh));
	neigh->fresh = false;
	if (state & NUD_VALID) {
		if (!neigh->known || (state & NUD_KEPT)) {
			neigh->kept = state & NUD_KEPT;
			neigh->ext_learned = flags & NTF_EXT_LEARNED;
			neigh->managed = flags & NTF_MANAGED;
		}
		memcpy(neigh->lladdr, lladdr, sizeof(lladdr));
		neigh->known = true;
	}
	spin_unlock(&s->lock);
	return state;
}

/* What rt_cache_flush() and fib6_new_sernum() do, which are not exported. It costs
 * each of those that keep a route one look-up. An IPv6 route without a nexthop object
 * has a number of its own; but there routers do not choose by neighbour.
 */
static void renew_routes(const struct neighbour *n)
{
	struct net *net = dev_net(n->dev);

	if (n->tbl->family == AF_INET) {
		rt_genid_bump_ipv4(net);
	} else {
#if IS_ENABLED(CONFIG_IPV6)
		int old = atomic_read(&net->ipv6.fib6_sernum);

		do {
		} while (!atomic_try_cmpxchg(&net->ipv6.fib6_sernum, &old,
					     old < INT_MAX ? old + 1 : 1));
#endif
	}
}

static void fail(struct bfd_session *s, struct neighbour *n)
{
	u8 state = remember(s, n);

	neigh_update(n, NULL, NUD_FAILED, NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_ADMIN |
		     NEIGH_UPDATE_F_EXT_LEARNED, 0);
	if (state & NUD_VALID || state == NUD_NONE)
		renew_routes(n);
}

/* Up says that it is reachable, both ways. May come twice. */
static void give_back(struct bfd_session *s, struct neighbour *n)
{
	u32 flags = NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_ADMIN;
	bool good = READ_ONCE(n->nud_state) & NUD_VALID;
	struct bfd_neigh was;

	spin_lock(&s->lock);
	was = s->neigh;
	spin_unlock(&s->lock);
	if (was.ext_learned)
		flags |= NEIGH_UPDATE_F_EXT_LEARNED;
	if (was.known)
		neigh_update(n, was.lladdr, was.kept ?: NUD_REACHABLE, flags, 0);
	else if (!good)
		neigh_update(n, NULL, NUD_NONE, flags, 0);
	/* This flag is a command of its own */
	if (was.managed)
		neigh_update(n, NULL, NUD_NONE, flags | NEIGH_UPDATE_F_MANAGED, 0);
	if (!good)
		renew_routes(n);
}

static void follow(struct bfd_session *s, struct neighbour *n)
{
	bool rerouted;

	do {
		rerouted = READ_ONCE(s->rerouted);
		if (rerouted)
			fail(s, n);
		else
			give_back(s, n);
	} while (rerouted != READ_ONCE(s->rerouted));
}

/**
 * bfd_reroute_apply() - make the peer's neighbour entry follow the session
 * @s: its rerouted has changed, or may not have been followed
 *
 * Context: BH disabled, RCU read side, @s->lock not held.
 */
void bfd_reroute_apply(struct bfd_session *s)
{
	struct net_device *dev;
	struct neighbour *n;

	dev = dev_get_by_index_rcu(s->bn->net, READ_ONCE(s->ifindex));
	if (!dev)
		return;
	n = find(s, dev);
	if (IS_ERR(n))
		return;
	follow(s, n);
	neigh_release(n);
}

/**
 * bfd_reroute_lladdr() - where to send to past the neighbour table
 * @s: a session that is rerouted
 * @lladdr: MAX_ADDR_LEN bytes, to be written
 *
 * Context: BH disabled, @s->lock not held.
 * Return: false if nobody knows.
 */
bool bfd_reroute_lladdr(struct bfd_session *s, unsigned char *lladdr)
{
	bool known;

	spin_lock(&s->lock);
	known = s->neigh.known;
	memcpy(lladdr, s->neigh.lladdr, MAX_ADDR_LEN);
	spin_unlock(&s->lock);
	return known;
}

/**
 * bfd_reroute_forget() - another device, another neighbour
 * @s: what it knows of the old one is of no use
 *
 * Context: process.
 */
void bfd_reroute_forget(struct bfd_session *s)
{
	spin_lock_bh(&s->lock);
	memset(&s->neigh, 0, sizeof(s->neigh));
	spin_unlock_bh(&s->lock);
}

static void changed(struct bfd_net *bn, struct neighbour *n)
{
	struct bfd_addr_key key = { .family = n->tbl->family, .type = BFD_TYPE_SINGLE_HOP };
	struct rhlist_head *list, *pos;
	struct bfd_session *s;

	memcpy(&key.peer, n->primary_key, n->tbl->key_len);
	list = bfd_session_lookup_addr_rcu(bn, &key);
	rhl_for_each_entry_rcu(s, pos, list, addr_node) {
		if (!READ_ONCE(s->rerouted) || READ_ONCE(s->ifindex) != n->dev->ifindex)
			continue;
		if (n->dead)
			bfd_session_hasten(s);
		else
			follow(s, n);
	}
}

/* Of an entry that is dead by a caller that may hold the table's lock */
static int neigh_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct neighbour *n = ptr;
	struct bfd_net *bn;

	if (event != NETEVENT_NEIGH_UPDATE ||
	    !(n->dead || READ_ONCE(n->nud_state) & NUD_VALID))
		return NOTIFY_DONE;
	bn = bfd_net(dev_net(n->dev));
	if (!atomic_read(&bn->rerouted))
		return NOTIFY_DONE;
	local_bh_disable();
	rcu_read_lock();
	changed(bn, n);
	rcu_read_unlock();
	local_bh_enable();
	return NOTIFY_DONE;
}

static struct notifier_block netevent_nb = { .notifier_call = neigh_event };

/**
 * bfd_reroute_init() - begin to watch neighbours
 *
 * Return: 0 or -errno.
 */
int bfd_reroute_init(void)
{
	return register_netevent_notifier(&netevent_nb);
}

/**
 * bfd_reroute_exit() - watch no more
 */
void bfd_reroute_exit(void)
{
	unregister_netevent_notifier(&netevent_nb);
}
