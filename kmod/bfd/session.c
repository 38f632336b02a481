// SPDX-License-Identifier: GPL-2.0
/*
 * The session as an object: birth, tables, death. What it does in between is
 * in engine.c. Writers of the tables hold bfd_net.lock; the packet path reads
 * them under RCU.
 */
#include <linux/etherdevice.h>
#include <linux/export.h>
#include <linux/netlink.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <net/net_namespace.h>
#include "bfd.h"
#include "export.h"

#define SOURCE_PORT_MIN		49152	/* RFC 5881 4 */
#define SOURCE_PORTS		16384

static struct kmem_cache *session_cache;

static const struct rhashtable_params discr_params = {
	.key_len = sizeof_field(struct bfd_session, local_discr),
	.key_offset = offsetof(struct bfd_session, local_discr),
	.head_offset = offsetof(struct bfd_session, discr_node),
	.automatic_shrinking = true,
};

static const struct rhashtable_params addr_params = {
	.key_len = sizeof_field(struct bfd_session, addr_key),
	.key_offset = offsetof(struct bfd_session, addr_key),
	.head_offset = offsetof(struct bfd_session, addr_node),
	.automatic_shrinking = true,
};

/**
 * bfd_session_tables_init() - make a namespace's tables
 * @bn: the namespace
 *
 * Context: may sleep.
 * Return: 0 or -errno.
 */
int bfd_session_tables_init(struct bfd_net *bn)
{
	int err;

	INIT_LIST_HEAD(&bn->sessions);
	INIT_LIST_HEAD(&bn->micro_devs);
	err = rhashtable_init(&bn->by_discr, &discr_params);
	if (err)
		return err;
	err = rhltable_init(&bn->by_addr, &addr_params);
	if (err)
		rhashtable_destroy(&bn->by_discr);
	return err;
}

/**
 * bfd_session_tables_exit() - free a namespace's tables
 * @bn: without sessions, and a grace period after its last one
 *
 * Context: may sleep.
 */
void bfd_session_tables_exit(struct bfd_net *bn)
{
	WARN_ON_ONCE(!list_empty(&bn->sessions));
	rhltable_destroy(&bn->by_addr);
	rhashtable_destroy(&bn->by_discr);
}

/**
 * bfd_session_find_discr() - the session with a local discriminator
 * @bn: the namespace
 * @discr: bfd.LocalDiscr
 *
 * Context: RCU read side or @bn->lock; the result is valid as long.
 * Return: the session or NULL.
 */
struct bfd_session *bfd_session_find_discr(struct bfd_net *bn, u32 discr)
{
	return rhashtable_lookup_fast(&bn->by_discr, &discr, discr_params);
}

/**
 * bfd_session_reported_state() - may traffic trust the session's path?
 * @net: network namespace
 * @discr: bfd.LocalDiscr
 *
 * Context: any; RCU read side is entered here.
 * Return: enum bfd_state as listeners were told, so not Up while Up is kept back;
 * -ENOENT if there is no such session.
 */
int bfd_session_reported_state(const struct net *net, u32 discr)
{
	struct bfd_session *s;
	int state = -ENOENT;

	rcu_read_lock();
	s = bfd_session_find_discr(bfd_net(net), discr);
	if (s)
		state = READ_ONCE(s->reported_state);
	rcu_read_unlock();
	return state;
}
EXPORT_SYMBOL_GPL(bfd_session_reported_state);

/**
 * bfd_session_lookup_addr_rcu() - the sessions with a peer
 * @bn: the namespace
 * @key: peer, family and type
 *
 * Context: RCU read side.
 * Return: list for rhl_for_each_entry_rcu(), or NULL.
 */
struct rhlist_head *bfd_session_lookup_addr_rcu(struct bfd_net *bn,
						const struct bfd_addr_key *key)
{
	return rhltable_lookup(&bn->by_addr, key, addr_params);
}

static void addr_key_of(struct bfd_addr_key *addr_key, const struct bfd_key *key)
{
	addr_key->peer = key->peer;
	addr_key->family = key->family;
	addr_key->type = key->type;
}

static bool key_equal(const struct bfd_key *a, const struct bfd_key *b)
{
	return a->family == b->family && a->type == b->type &&
	       bfd_addr_equal(&a->peer, &b->peer) && bfd_addr_equal(&a->local, &b->local) &&
	       a->reflector == b->reflector &&
	       !strcmp(a->ifname, b->ifname) && !strcmp(a->vrf, b->vrf);
}

/* What @key leaves out fits everything */
static bool key_fits(const struct bfd_key *key, const struct bfd_key *full)
{
	return (bfd_addr_none(&key->local) || bfd_addr_equal(&key->local, &full->local)) &&
	       (!key->reflector || key->reflector == full->reflector) &&
	       (!key->ifname[0] || !strcmp(key->ifname, full->ifname)) &&
	       (!key->vrf[0] || !strcmp(key->vrf, full->vrf));
}

/**
 * bfd_session_find_key() - the session a user means
 * @bn: the namespace
 * @key: the session's own key, or as much of it as tells it from others
 *
 * Context: process, @bn->lock held.
 * Return: the session, NULL, or ERR_PTR(-ENOTUNIQ).
 */
struct bfd_session *bfd_session_find_key(struct bfd_net *bn, const struct bfd_key *key)
{
	struct bfd_session *s, *fit = NULL;
	struct bfd_addr_key addr_key;
	struct rhlist_head *list, *pos;

	lockdep_assert_held(&bn->lock);
	addr_key_of(&addr_key, key);
	rcu_read_lock();
	list = bfd_session_lookup_addr_rcu(bn, &addr_key);
	rhl_for_each_entry_rcu(s, pos, list, addr_node) {
		if (key_equal(key, &s->key)) {
			fit = s;
			break;
		}
		if (key_fits(key, &s->key))
			fit = fit ? ERR_PTR(-ENOTUNIQ) : s;
	}
	rcu_read_unlock();
	return fit;
}

/* One that nobody asked for is in nobody's way: it will yield */
static bool key_exists(struct bfd_net *bn, const struct bfd_key *key)
{
	struct bfd_session *s = bfd_session_find_key(bn, key);

	return !IS_ERR_OR_NULL(s) && key_equal(key, &s->key) && !s->made_by;
}

/* RFC 5880 6.3: unique, not 0, and hard to guess */
static u32 choose_discr(struct bfd_net *bn)
{
	u32 discr;

	do {
		discr = get_random_u32();
	} while (!discr || bfd_session_find_discr(bn, discr));
	return discr;
}

static struct bfd_session *session_alloc(struct bfd_net *bn, const struct bfd_key *key,
					 struct bfd_config *config, u32 discr)
{
	struct bfd_session *s;

	s = kmem_cache_zalloc(session_cache, GFP_KERNEL_ACCOUNT);
	if (!s)
		return NULL;
	if (dst_cache_init(&s->dst_cache, GFP_KERNEL_ACCOUNT)) {
		kmem_cache_free(session_cache, s);
		return NULL;
	}
	s->bn = bn;
	s->key = *key;
	s->local = key->local;
	addr_key_of(&s->addr_key, key);
	s->local_discr = discr;
	s->min_ttl = config->min_ttl;
	s->reroute = config->reroute;
	s->padded_pdu_size = config->padded_pdu_size;
	memcpy(s->owner, config->owner, sizeof(s->owner));
	s->made_by = config->made_by;
	s->seq = ++bn->seq;
	s->source_port = SOURCE_PORT_MIN + s->seq % SOURCE_PORTS;
	s->cpu = bfd_pacer_pick_cpu();
	s->stats.create_ns = ktime_get_real_ns();
	bfd_seen_init(&s->stats.seen);
	s->next_tx_ns = BFD_WHEEL_NEVER;
	s->verify_ns = BFD_WHEEL_NEVER;
	s->held_ns = BFD_WHEEL_NEVER;
	bfd_damp_configure(&s->damp, &config->damp);
	s->dead = true;
	spin_lock_init(&s->lock);
	bfd_wheel_entry_init(&s->entry);
	bfd_echo_init(&s->echo);
	get_random_bytes(&s->echo_key, sizeof(s->echo_key));
	prandom_seed_state(&s->jitter, get_random_u64());
	bfd_fsm_init(&s->fsm, &config->fsm, discr);
	s->reported_state = s->fsm.session_state;
	swap(s->auth, config->auth);
	if (key->type == BFD_TYPE_MICRO) {
		/* Until it has its hook */
		s->ifindex = -1;
		s->source = s->local;
	} else {
		bfd_netdev_bind(s);
	}
	return s;
}

static void session_free(struct bfd_session *s)
{
	bfd_authkey_free(s->auth);
	dst_cache_destroy(&s->dst_cache);
	kmem_cache_free(session_cache, s);
}

static void session_free_rcu(struct rcu_head *rcu)
{
	session_free(container_of(rcu, struct bfd_session, rcu));
}

/* The receive hooks that a session needs */
static int hooks_get(struct bfd_session *s)
{
	switch (s->key.type) {
	case BFD_TYPE_VXLAN:
	case BFD_TYPE_GENEVE:
		return bfd_tunnel_get(s->bn);
	case BFD_TYPE_MICRO:
		return bfd_micro_bind(s);
	default:
		return bfd_input_get(s->bn);
	}
}

static void hooks_put(struct bfd_session *s)
{
	switch (s->key.type) {
	case BFD_TYPE_VXLAN:
	case BFD_TYPE_GENEVE:
		bfd_tunnel_put(s->bn);
		break;
	case BFD_TYPE_MICRO:
		bfd_micro_unbind(s);
		break;
	default:
		bfd_input_put(s->bn);
	}
}

/**
 * bfd_session_create() - make a session and set it going
 * @bn: the namespace
 * @key: checked key
 * @config: checked configuration; the session takes its keys
 * @discr: bfd.LocalDiscr, or 0 to have one chosen
 * @extack: says why not
 *
 * Context: process, @bn->lock held.
 * Return: the session or ERR_PTR(): -EEXIST, -ENOMEM.
 */
struct bfd_session *bfd_session_create(struct bfd_net *bn, const struct bfd_key *key,
				       struct bfd_config *config, u32 discr,
				       struct netlink_ext_ack *extack)
{
	struct bfd_session *s;
	int err;

	lockdep_assert_held(&bn->lock);
	if (READ_ONCE(bfd_leaving)) {
		NL_SET_ERR_MSG(extack, "the module is being removed");
		return ERR_PTR(-ENODEV);
	}
	if (key_exists(bn, key)) {
		NL_SET_ERR_MSG(extack, "a session with this peer and key exists");
		return ERR_PTR(-EEXIST);
	}
	if (bfd_netdev_is_vrf(bn->net, key->ifname)) {
		NL_SET_ERR_MSG(extack, "the device is a VRF: say vrf, not dev");
		return ERR_PTR(-EINVAL);
	}
	err = bfd_tunnel_fit(bn->net, key, extack);
	if (err)
		return ERR_PTR(err);
	if (key->type == BFD_TYPE_MICRO && bfd_micro_unfit(bn->net, key->ifname)) {
		NL_SET_ERR_MSG(extack, "not a device that can be a LAG's member");
		return ERR_PTR(-EINVAL);
	}
	if (discr && bfd_session_find_discr(bn, discr)) {
		NL_SET_ERR_MSG(extack, "another session has this discriminator");
		return ERR_PTR(-EEXIST);
	}
	s = session_alloc(bn, key, config, discr ?: choose_discr(bn));
	if (!s)
		return ERR_PTR(-ENOMEM);
	err = hooks_get(s);
	if (err)
		goto err_free;
	err = rhashtable_insert_fast(&bn->by_discr, &s->discr_node, discr_params);
	if (err)
		goto err_input;
	err = rhltable_insert(&bn->by_addr, &s->addr_node, addr_params);
	if (err)
		goto err_discr;

	list_add_tail(&s->list, &bn->sessions);
	bn->dump_seq++;
	pr_debug("session %u born\n", s->local_discr);
	if (s->made_by)
		bfd_passive_made(s);
	else
		bfd_passive_yield(bn);
	bfd_session_start(s);
	return s;

err_discr:
	rhashtable_remove_fast(&bn->by_discr, &s->discr_node, discr_params);
err_input:
	hooks_put(s);
	/* A packet may have found it, and seen that it does not live yet */
	call_rcu(&s->rcu, session_free_rcu);
	return ERR_PTR(err);
err_free:
	session_free(s);
	return ERR_PTR(err);
}

/* Unpublish; the last reader's exit frees it. See "Life of a session", bfd.h. */
static void kill(struct bfd_session *s)
{
	struct bfd_net *bn = s->bn;

	lockdep_assert_held(&bn->lock);
	spin_lock_bh(&s->lock);
	s->dead = true;
	bfd_pacer_cancel(s);
	spin_unlock_bh(&s->lock);

	rhltable_remove(&bn->by_addr, &s->addr_node, addr_params);
	rhashtable_remove_fast(&bn->by_discr, &s->discr_node, discr_params);
	list_del(&s->list);
	if (s->made_by)
		bfd_passive_lost(s);
	bn->dump_seq++;
	hooks_put(s);
	pr_debug("session %u dead\n", s->local_discr);
	call_rcu(&s->rcu, session_free_rcu);
}

/**
 * bfd_session_config() - what a session was given
 * @s: alive
 * @config: result, but for its keys; a copy to be changed and applied
 *
 * Context: process, bfd_net.lock held: only who holds it writes these.
 */
void bfd_session_config(const struct bfd_session *s, struct bfd_config *config)
{
	lockdep_assert_held(&s->bn->lock);
	config->fsm = s->fsm.config;
	config->min_ttl = s->min_ttl;
	config->damp = s->damp.config;
	config->reroute = s->reroute;
	config->padded_pdu_size = s->padded_pdu_size;
}

/**
 * bfd_session_bury() - end a session: tell its peer and the listeners, kill it
 * @s: alive
 *
 * Context: process, bfd_net.lock held.
 */
void bfd_session_bury(struct bfd_session *s)
{
	bfd_session_goodbye(s);
	bfd_event_config(s, BFD_EVENT_DEL);
	kill(s);
}

/**
 * bfd_session_kill_all() - bury every session of a namespace
 * @bn: the namespace
 *
 * Context: process, takes @bn->lock.
 */
void bfd_session_kill_all(struct bfd_net *bn)
{
	struct bfd_session *s, *next;

	mutex_lock(&bn->lock);
	list_for_each_entry_safe(s, next, &bn->sessions, list) {
		bfd_session_bury(s);
		cond_resched();
	}
	mutex_unlock(&bn->lock);
}

/**
 * bfd_session_init() - make what all sessions share
 *
 * Return: 0 or -ENOMEM.
 */
int bfd_session_init(void)
{
	session_cache = KMEM_CACHE(bfd_session, SLAB_HWCACHE_ALIGN);
	return session_cache ? 0 : -ENOMEM;
}

/**
 * bfd_session_exit() - free it; no session is left and no callback is pending
 */
void bfd_session_exit(void)
{
	kmem_cache_destroy(session_cache);
}
