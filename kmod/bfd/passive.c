// SPDX-License-Identifier: GPL-2.0
/*
 * Unsolicited BFD, RFC 9468, the passive side: a policy of a device has sessions made
 * for peers that are allowed to ask for them, and deletes those that are no longer
 * of use. The rules are in unsolicited.c.
 *
 * An initial packet is judged where it comes in, in softirq; nothing is allocated there.
 * What is found good waits in the policy, which has room for a few, and a work item of
 * the namespace, which may sleep, makes the session and gives it the packet. So a flood of
 * forged sources costs no more memory than sessions are allowed, and no more than one
 * look-up each once there are as many.
 *
 * The same work item deletes sessions. It is asked to look by each of them that goes Down,
 * and finds out itself when to look again.
 *
 * A policy is bound to a device by name and keeps no reference, as a session does
 * (netdev.c). It is found by the device's index, under RCU; all else is under
 * bfd_net.lock.
 */
#include <linux/inetdevice.h>
#include <linux/jiffies.h>
#include <linux/netlink.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <net/addrconf.h>
#include "bfd.h"
#include "passive.h"
#include "trace.h"

static unsigned int size_of(u8 family)
{
	return family == AF_INET ? sizeof_field(union bfd_addr, v4) :
				   sizeof_field(union bfd_addr, v6);
}

static const struct bfd_unsolicited *rules_of(const struct bfd_passive *p)
{
	return &rcu_dereference_protected(p->policy, lockdep_is_held(&p->bn->lock))->rules;
}

static void look_now(struct bfd_net *bn)
{
	mod_delayed_work(system_wq, &bn->passive_work, 0);
}

/* Packets */

static struct bfd_passive *find_by_device_rcu(struct bfd_net *bn, int ifindex)
{
	struct bfd_passive *p;

	hash_for_each_possible_rcu(bn->passive_by_index, p, node, ifindex)
		if (READ_ONCE(p->ifindex) == ifindex)
			return p;
	return NULL;
}

/* RFC 9468: it must belong to a subnet of the device */
static bool is_onlink(const struct bfd_rx *rx)
{
	const struct in_device *in_dev;
	const struct in_ifaddr *ifa;

	if (rx->from.family == AF_INET) {
		in_dev = __in_dev_get_rcu(rx->dev);
		if (!in_dev)
			return false;
		in_dev_for_each_ifa_rcu(ifa, in_dev)
			if (inet_ifa_match(rx->from.peer.v4, ifa))
				return true;
		return false;
	}
#if IS_ENABLED(CONFIG_IPV6)
	return ipv6_addr_type(&rx->from.peer.v6) & IPV6_ADDR_LINKLOCAL ||
	       ipv6_chk_prefix(&rx->from.peer.v6, rx->dev);
#else
	return false;
#endif
}

/* The cheapest questions first */
static int check(struct bfd_net *bn, const struct bfd_passive *p,
		 const struct bfd_unsolicited *rules, const struct bfd_rx *rx,
		 const struct nf_hook_state *state)
{
	struct bfd_packet pkt;
	int drop;

	/* RFC 5881 5: GTSM */
	if (rx->ttl != 255)
		return BFD_COUNTER_DROP_TTL;
	if (!bfd_input_checksum_ok(rx, state))
		return BFD_COUNTER_DROP_CHECKSUM;
	drop = bfd_packet_parse(&pkt, rx->raw, rx->len) ?: bfd_unsolicited_check(&pkt);
	if (drop)
		return drop;
	if (READ_ONCE(p->count) >= rules->max_sessions)
		return BFD_COUNTER_DROP_UNSOLICITED_LIMIT;
	if (!is_onlink(rx) || !bfd_input_source_ok(bn, rx))
		return BFD_COUNTER_DROP_UNSOLICITED_SOURCE;
	return 0;
}

static bool is_waiting(const struct bfd_passive *p, const struct bfd_rx *rx)
{
	const struct bfd_initial *in;
	unsigned int i;

	for (i = 0; i < p->waiting; i++) {
		in = &p->initial[(p->first + i) % BFD_INITIAL_MAX];
		if (in->family == rx->from.family && bfd_addr_equal(&in->peer, &rx->from.peer) &&
		    bfd_addr_equal(&in->local, &rx->to))
			return true;
	}
	return false;
}

/* One who asks again while he waits has been heard */
static int let_wait(struct bfd_passive *p, const struct bfd_rx *rx)
{
	int result = BFD_COUNTER_RX;
	struct bfd_initial *in;

	spin_lock(&p->lock);
	if (is_waiting(p, rx))
		goto unlock;
	result = BFD_COUNTER_DROP_UNSOLICITED_QUEUE;
	if (p->waiting == BFD_INITIAL_MAX)
		goto unlock;
	in = &p->initial[(p->first + p->waiting++) % BFD_INITIAL_MAX];
	in->family = rx->from.family;
	in->peer = rx->from.peer;
	in->local = rx->to;
	memcpy(in->raw, rx->raw, sizeof(in->raw));
	result = 0;
unlock:
	spin_unlock(&p->lock);
	return result;
}

/**
 * bfd_passive_receive() - a single-hop packet of nobody's, Your Discriminator 0
 * @bn: the namespace
 * @rx: the packet; the caller's
 * @state: of the hook
 *
 * Context: BH disabled, RCU read side.
 * Return: false if it is left to others: no policy allows its peer.
 */
bool bfd_passive_receive(struct bfd_net *bn, const struct bfd_rx *rx,
			 const struct nf_hook_state *state)
{
	struct bfd_passive *p = find_by_device_rcu(bn, rx->dev->ifindex);
	const struct bfd_unsolicited *rules;
	int result;

	if (!p || !bfd_input_is_local(bn, rx))
		return false;
	rules = &rcu_dereference(p->policy)->rules;
	if (!bfd_unsolicited_allows(rules, &rx->from.peer, size_of(rx->from.family))) {
		bfd_count(bn, BFD_COUNTER_UNSOLICITED_NOT_ALLOWED);
		return false;
	}
	result = check(bn, p, rules, rx, state) ?: let_wait(p, rx);
	if (result)
		bfd_count(bn, result);
	else
		look_now(bn);
	return true;
}

/* The work item */

static bool take(struct bfd_passive *p, struct bfd_initial *in)
{
	bool any;

	spin_lock_bh(&p->lock);
	any = p->waiting;
	if (any) {
		*in = p->initial[p->first];
		p->first = (p->first + 1) % BFD_INITIAL_MAX;
		p->waiting--;
	}
	spin_unlock_bh(&p->lock);
	return any;
}

/* Who takes the packets of @peer to @local now? Under RCU, or bn->lock as well. */
static struct bfd_session *find_taker(struct bfd_net *bn, const struct bfd_addr_key *peer,
				      const union bfd_addr *local, int ifindex)
{
	struct bfd_rx rx = { .from = *peer, .to = *local };

	rx.dev = dev_get_by_index_rcu(bn->net, ifindex);
	return rx.dev ? bfd_input_find(bn, &rx) : NULL;
}

static int make(struct bfd_passive *p, const struct bfd_initial *in, struct bfd_session **s)
{
	const struct bfd_unsolicited *rules = rules_of(p);
	struct bfd_config config = {
		.fsm = {
			.desired_min_tx_us = rules->desired_min_tx_us,
			.required_min_rx_us = rules->required_min_rx_us,
			.detect_mult = rules->detect_mult,
			.passive = true,
			.demand_poll_us = BFD_DEFAULT_DEMAND_POLL_US,
		},
		.min_ttl = 255,
		.made_by = p,
	};
	struct bfd_key key = {
		.family = in->family,
		.type = BFD_TYPE_SINGLE_HOP,
		.peer = in->peer,
		.local = in->local,
	};

	/* Things may have changed while it waited */
	if (p->ifindex <= 0 || !bfd_unsolicited_allows(rules, &in->peer, size_of(in->family)))
		return BFD_COUNTER_DROP_UNSOLICITED_QUEUE;
	if (p->count >= rules->max_sessions)
		return BFD_COUNTER_DROP_UNSOLICITED_LIMIT;
	strscpy(key.ifname, p->ifname, sizeof(key.ifname));
	*s = bfd_session_create(p->bn, &key, &config, 0, NULL);
	return IS_ERR(*s) ? BFD_COUNTER_DROP_UNSOLICITED_QUEUE : 0;
}

/* As input.c would, had the session been there */
static void deliver(struct bfd_session *s, const struct bfd_initial *in)
{
	struct bfd_packet pkt;
	int drop;

	local_bh_disable();
	rcu_read_lock();
	drop = bfd_packet_parse(&pkt, in->raw, sizeof(in->raw)) ?:
	       bfd_session_receive(s, &pkt, in->raw, bfd_now_ns());
	bfd_input_account(s, in->raw, sizeof(in->raw), drop);
	rcu_read_unlock();
	local_bh_enable();
}

static void welcome(struct bfd_passive *p, const struct bfd_initial *in)
{
	const struct bfd_addr_key peer = {
		.peer = in->peer,
		.family = in->family,
		.type = BFD_TYPE_SINGLE_HOP,
	};
	struct bfd_session *s;
	int drop = 0;

	/* Under the lock it stays */
	rcu_read_lock();
	s = find_taker(p->bn, &peer, &in->local, p->ifindex);
	rcu_read_unlock();
	if (!s)
		drop = make(p, in, &s);
	if (drop)
		bfd_count(p->bn, drop);
	else
		deliver(s, in);
}

/* When is it to go? BFD_WHEEL_NEVER: not while it is as it is */
static u64 until_ns(struct bfd_passive *p, struct bfd_session *s)
{
	u64 until = BFD_WHEEL_NEVER;

	spin_lock_bh(&s->lock);
	if (s->fsm.session_state == BFD_STATE_DOWN)
		until = bfd_unsolicited_until_ns(rules_of(p), s->stats.up,
						 max_t(u64, s->down_since_ns,
						       atomic64_read(&s->last_rx_ns)));
	spin_unlock_bh(&s->lock);
	return until;
}

/* Deletes those that are no longer of use; says when to look again */
static u64 dismiss(struct bfd_passive *p)
{
	u64 next = BFD_WHEEL_NEVER, until, now = bfd_now_ns();
	struct bfd_session *s, *tmp;

	list_for_each_entry_safe(s, tmp, &p->sessions, passive_node) {
		until = until_ns(p, s);
		if (until <= now)
			bfd_session_bury(s);
		else
			next = min(next, until);
		cond_resched();
	}
	return next;
}

static void passive_work(struct work_struct *work)
{
	struct bfd_net *bn = container_of(to_delayed_work(work), struct bfd_net, passive_work);
	u64 next = BFD_WHEEL_NEVER, now;
	struct bfd_initial in;
	struct bfd_passive *p;
	unsigned int i;

	mutex_lock(&bn->lock);
	list_for_each_entry(p, &bn->passives, list) {
		/* Those that come meanwhile have the work queued once more */
		for (i = 0; i < BFD_INITIAL_MAX && take(p, &in); i++)
			welcome(p, &in);
		next = min(next, dismiss(p));
	}
	mutex_unlock(&bn->lock);

	now = bfd_now_ns();
	/* Who wants it sooner has queued it, or will: this puts nothing off */
	if (next != BFD_WHEEL_NEVER)
		queue_delayed_work(system_wq, &bn->passive_work,
				   nsecs_to_jiffies(next - min(next, now)) + 1);
}

/* Sessions */

/**
 * bfd_passive_made() - a session was made by a policy
 * @s: just published
 *
 * Context: process, bfd_net.lock held.
 */
void bfd_passive_made(struct bfd_session *s)
{
	struct bfd_passive *p = s->made_by;

	lockdep_assert_held(&p->bn->lock);
	s->down_since_ns = bfd_now_ns();
	list_add_tail(&s->passive_node, &p->sessions);
	WRITE_ONCE(p->count, p->count + 1);
}

/**
 * bfd_passive_lost() - a session that a policy made is being deleted
 * @s: the session
 *
 * Context: process, bfd_net.lock held.
 */
void bfd_passive_lost(struct bfd_session *s)
{
	struct bfd_passive *p = s->made_by;

	lockdep_assert_held(&p->bn->lock);
	list_del(&s->passive_node);
	WRITE_ONCE(p->count, p->count - 1);
}

/**
 * bfd_passive_down() - a session that a policy made has gone Down
 * @s: the session; its policy may be gone with bfd_net.lock not held
 * @now: the present
 *
 * Context: BH disabled, @s->lock held.
 */
void bfd_passive_down(struct bfd_session *s, u64 now)
{
	s->down_since_ns = now;
	look_now(s->bn);
}

static bool is_superseded(struct bfd_session *s)
{
	struct bfd_session *taker;

	rcu_read_lock();
	taker = find_taker(s->bn, &s->addr_key, &s->local, s->ifindex);
	rcu_read_unlock();
	return taker && !taker->made_by;
}

/**
 * bfd_passive_yield() - sessions that were asked for come first
 * @bn: the namespace
 *
 * A session of a policy that another one, of the administrator or of a program, would
 * have the packets of is deleted: its peer is told AdminDown, and meets the other one.
 *
 * Context: process, @bn->lock held.
 */
void bfd_passive_yield(struct bfd_net *bn)
{
	struct bfd_session *s, *tmp;
	struct bfd_passive *p;

	lockdep_assert_held(&bn->lock);
	list_for_each_entry(p, &bn->passives, list)
		list_for_each_entry_safe(s, tmp, &p->sessions, passive_node)
			if (is_superseded(s))
				bfd_session_bury(s);
}

static void bury_all(struct bfd_passive *p)
{
	struct bfd_session *s, *tmp;

	list_for_each_entry_safe(s, tmp, &p->sessions, passive_node) {
		bfd_session_bury(s);
		cond_resched();
	}
}

/* Devices */

static void bind(struct bfd_passive *p, int ifindex)
{
	WRITE_ONCE(p->ifindex, ifindex);
	hash_add_rcu(p->bn->passive_by_index, &p->node, ifindex);
}

/* A reader that is at this entry just now may go on in the chain of the next device it is
 * bound to, and miss one packet.
 */
static void unbind(struct bfd_passive *p)
{
	bury_all(p);
	if (p->ifindex)
		hash_del_rcu(&p->node);
	WRITE_ONCE(p->ifindex, 0);
}

static void bind_by_name(struct bfd_passive *p)
{
	struct net_device *dev;
	int ifindex = 0;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(p->bn->net, p->ifname);
	if (dev && !netif_is_l3_master(dev))
		ifindex = dev->ifindex;
	rcu_read_unlock();
	if (ifindex)
		bind(p, ifindex);
}

static struct bfd_passive *find_by_device(struct bfd_net *bn, const struct net_device *dev)
{
	struct bfd_passive *p;

	list_for_each_entry(p, &bn->passives, list)
		if (p->ifindex == dev->ifindex)
			return p;
	return NULL;
}

/**
 * bfd_passive_device_came() - a device exists, or has another name, or another VRF
 * @dev: the device
 *
 * As a session, a policy goes with its device under the new name, unless one waits for a
 * device of that name.
 *
 * Context: RTNL held, takes bfd_net.lock; sessions were told before.
 */
void bfd_passive_device_came(struct net_device *dev)
{
	struct bfd_net *bn = bfd_net(dev_net(dev));
	struct bfd_passive *has, *waits;

	mutex_lock(&bn->lock);
	has = find_by_device(bn, dev);
	waits = bfd_passive_find(bn, dev->name);
	if (has && waits && waits != has) {
		unbind(has);
		has = NULL;
	}
	if (has)
		strscpy(has->ifname, dev->name, sizeof(has->ifname));
	else if (waits && !waits->ifindex)
		bind_by_name(waits);
	bfd_passive_yield(bn);
	mutex_unlock(&bn->lock);
}

/**
 * bfd_passive_device_went() - a device is going, and the sessions with it
 * @dev: the device
 *
 * Context: RTNL held, takes bfd_net.lock.
 */
void bfd_passive_device_went(struct net_device *dev)
{
	struct bfd_net *bn = bfd_net(dev_net(dev));
	struct bfd_passive *p;

	mutex_lock(&bn->lock);
	p = find_by_device(bn, dev);
	if (p)
		unbind(p);
	mutex_unlock(&bn->lock);
}

/* Policies */

/**
 * bfd_passive_find() - the policy of a device
 * @bn: the namespace
 * @ifname: its name
 *
 * Context: process, @bn->lock held.
 * Return: the policy or NULL.
 */
struct bfd_passive *bfd_passive_find(struct bfd_net *bn, const char *ifname)
{
	struct bfd_passive *p;

	lockdep_assert_held(&bn->lock);
	list_for_each_entry(p, &bn->passives, list)
		if (!strcmp(p->ifname, ifname))
			return p;
	return NULL;
}

/**
 * bfd_passive_create() - allow sessions on a device
 * @bn: the namespace
 * @ifname: its name; it need not exist yet
 * @policy: checked; taken if this succeeds
 * @extack: says why not
 *
 * Context: process, @bn->lock held.
 * Return: 0, -EEXIST, -EINVAL, -ENODEV or -ENOMEM.
 */
int bfd_passive_create(struct bfd_net *bn, const char *ifname, struct bfd_policy *policy,
		       struct netlink_ext_ack *extack)
{
	struct bfd_passive *p;
	int err;

	lockdep_assert_held(&bn->lock);
	if (READ_ONCE(bfd_leaving)) {
		NL_SET_ERR_MSG(extack, "the module is being removed");
		return -ENODEV;
	}
	if (bfd_passive_find(bn, ifname)) {
		NL_SET_ERR_MSG(extack, "the device has a policy");
		return -EEXIST;
	}
	if (bfd_netdev_is_vrf(bn->net, ifname)) {
		NL_SET_ERR_MSG(extack, "the device is a VRF: name its ports");
		return -EINVAL;
	}
	p = kzalloc(sizeof(*p), GFP_KERNEL_ACCOUNT);
	if (!p)
		return -ENOMEM;
	err = bfd_input_get(bn);
	if (err) {
		kfree(p);
		return err;
	}
	p->bn = bn;
	spin_lock_init(&p->lock);
	INIT_LIST_HEAD(&p->sessions);
	RCU_INIT_POINTER(p->policy, policy);
	strscpy(p->ifname, ifname, sizeof(p->ifname));
	p->seq = ++bn->seq;
	list_add_tail_rcu(&p->list, &bn->passives);
	bn->dump_seq++;
	bind_by_name(p);
	return 0;
}

/* What its policy says now; @s is alive */
static void adjust(struct bfd_session *s, const struct bfd_unsolicited *rules)
{
	struct bfd_config config = {};

	bfd_session_config(s, &config);
	config.fsm.desired_min_tx_us = rules->desired_min_tx_us;
	config.fsm.required_min_rx_us = rules->required_min_rx_us;
	config.fsm.detect_mult = rules->detect_mult;
	if (config.fsm.desired_min_tx_us == s->fsm.config.desired_min_tx_us &&
	    config.fsm.required_min_rx_us == s->fsm.config.required_min_rx_us &&
	    config.fsm.detect_mult == s->fsm.config.detect_mult)
		return;
	bfd_session_apply(s, &config);
	bfd_event_config(s, BFD_EVENT_SET);
}

/**
 * bfd_passive_apply() - change a policy, and its sessions
 * @p: the policy
 * @policy: checked; taken
 *
 * Context: process, bfd_net.lock held.
 */
void bfd_passive_apply(struct bfd_passive *p, struct bfd_policy *policy)
{
	const struct bfd_unsolicited *rules = &policy->rules;
	struct bfd_session *s, *tmp;

	policy = rcu_replace_pointer(p->policy, policy, lockdep_is_held(&p->bn->lock));
	kfree_rcu(policy, rcu);
	list_for_each_entry_safe(s, tmp, &p->sessions, passive_node) {
		if (bfd_unsolicited_allows(rules, &s->key.peer, size_of(s->key.family)))
			adjust(s, rules);
		else
			bfd_session_bury(s);
		cond_resched();
	}
	/* It may be time for some */
	look_now(p->bn);
}

/**
 * bfd_passive_kill() - allow no sessions on a device any more
 * @p: its policy
 *
 * Context: process, bfd_net.lock held.
 */
void bfd_passive_kill(struct bfd_passive *p)
{
	struct bfd_net *bn = p->bn;
	struct bfd_policy *policy = rcu_dereference_protected(p->policy,
							      lockdep_is_held(&bn->lock));

	unbind(p);
	list_del_rcu(&p->list);
	bn->dump_seq++;
	bfd_input_put(bn);
	kfree_rcu(policy, rcu);
	kfree_rcu(p, rcu);
}

/**
 * bfd_passive_kill_all() - likewise on any device of a namespace
 * @bn: the namespace
 *
 * Context: process, takes @bn->lock.
 */
void bfd_passive_kill_all(struct bfd_net *bn)
{
	struct bfd_passive *p, *tmp;

	mutex_lock(&bn->lock);
	list_for_each_entry_safe(p, tmp, &bn->passives, list)
		bfd_passive_kill(p);
	mutex_unlock(&bn->lock);
}

/**
 * bfd_passive_init() - a namespace is made
 * @bn: the namespace
 */
void bfd_passive_init(struct bfd_net *bn)
{
	INIT_LIST_HEAD(&bn->passives);
	hash_init(bn->passive_by_index);
	INIT_DELAYED_WORK(&bn->passive_work, passive_work);
}

/**
 * bfd_passive_exit() - a namespace is about to go
 * @bn: without policies, and a grace period after its last one: nobody is left who
 *	might queue the work
 *
 * Context: may sleep.
 */
void bfd_passive_exit(struct bfd_net *bn)
{
	WARN_ON_ONCE(!list_empty(&bn->passives));
	cancel_delayed_work_sync(&bn->passive_work);
}
