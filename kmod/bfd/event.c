// SPDX-License-Identifier: GPL-2.0
/*
 * A session as netlink attributes, and notifications that carry it. An event is
 * written down under the session's lock and delivered from the namespace's
 * queue after it, so that listeners hear what happened in the order it did. One
 * that found no memory is counted, and the next one says that some were lost.
 */
#include <net/genetlink.h>
#include "bfd.h"

#define EVENT_SIZE	2048	/* session without keys, statistics and event */

/* The family's number and groups must not be used any more: a namespace that
 * is just being cleaned up may outlive them.
 */
static bool events_stopped;

static int put_addr(struct sk_buff *skb, int attr, u8 family, const union bfd_addr *addr)
{
	if (bfd_addr_none(addr))
		return 0;
	return nla_put(skb, attr, family == AF_INET ? sizeof(addr->v4) : sizeof(addr->v6), addr);
}

static int put_name(struct sk_buff *skb, int attr, const char *name)
{
	return name[0] ? nla_put_string(skb, attr, name) : 0;
}

static int put_key(struct sk_buff *skb, const struct bfd_session *s)
{
	const struct bfd_key *key = &s->key;

	if (nla_put_u32(skb, BFD_A_LOCAL_DISCRIMINATOR, s->local_discr) ||
	    nla_put_u8(skb, BFD_A_TYPE, key->type) ||
	    put_addr(skb, BFD_A_PEER, key->family, &key->peer) ||
	    put_addr(skb, BFD_A_LOCAL, key->family, &key->local) ||
	    put_addr(skb, BFD_A_SOURCE, key->family, &s->source) ||
	    put_name(skb, BFD_A_IFNAME, key->ifname) ||
	    put_name(skb, BFD_A_VRF, key->vrf) ||
	    put_name(skb, BFD_A_OWNER, s->owner))
		return -EMSGSIZE;
	if (key->ifname[0] && nla_put_u32(skb, BFD_A_IFINDEX, max(s->ifindex, 0)))
		return -EMSGSIZE;
	if (bfd_type_is_tunnel(key->type) && s->ifindex > 0 &&
	    nla_put_u32(skb, BFD_A_VNI, s->vni))
		return -EMSGSIZE;
	return nla_put_u8(skb, BFD_A_UNSOLICITED, !!s->made_by);
}

static int put_config(struct sk_buff *skb, const struct bfd_session *s)
{
	const struct bfd_fsm_config *config = &s->fsm.config;

	if (nla_put_u32(skb, BFD_A_DESIRED_MIN_TX_US, config->desired_min_tx_us) ||
	    nla_put_u32(skb, BFD_A_REQUIRED_MIN_RX_US, config->required_min_rx_us) ||
	    nla_put_u8(skb, BFD_A_DETECT_MULT, config->detect_mult) ||
	    nla_put_u8(skb, BFD_A_PASSIVE, config->passive) ||
	    nla_put_u8(skb, BFD_A_ADMIN_DOWN, config->admin_down) ||
	    nla_put_u8(skb, BFD_A_DEMAND, config->demand) ||
	    nla_put_u32(skb, BFD_A_DEMAND_POLL_US, config->demand_poll_us) ||
	    nla_put_u32(skb, BFD_A_PADDED_PDU_SIZE, s->padded_pdu_size) ||
	    nla_put_u32(skb, BFD_A_HOLD_UP_US, s->damp.config.hold_up_us) ||
	    nla_put_u32(skb, BFD_A_HOLD_UP_MAX_US, s->damp.config.hold_up_max_us))
		return -EMSGSIZE;
	if ((s->key.type == BFD_TYPE_MULTIHOP || s->key.type == BFD_TYPE_SBFD) &&
	    nla_put_u8(skb, BFD_A_MIN_TTL, s->min_ttl))
		return -EMSGSIZE;
	if (s->key.type == BFD_TYPE_SINGLE_HOP && nla_put_u8(skb, BFD_A_REROUTE, s->reroute))
		return -EMSGSIZE;
	return bfd_authkey_fill(skb, s->auth);
}

static int put_echo(struct sk_buff *skb, const struct bfd_session *s)
{
	const struct bfd_fsm_config *config = &s->fsm.config;
	u32 interval_us = s->echo.interval_us;

	if (s->key.type != BFD_TYPE_SINGLE_HOP && s->key.type != BFD_TYPE_ECHO)
		return 0;
	if (s->key.type == BFD_TYPE_SINGLE_HOP &&
	    (nla_put_u32(skb, BFD_A_DESIRED_MIN_ECHO_TX_US, config->desired_min_echo_tx_us) ||
	     nla_put_u32(skb, BFD_A_REQUIRED_MIN_ECHO_RX_US, config->required_min_echo_rx_us) ||
	     nla_put_u32(skb, BFD_A_ECHO_SLOW_US, config->echo_slow_us)))
		return -EMSGSIZE;
	if (nla_put_u32(skb, BFD_A_NEGOTIATED_ECHO_TX_US, interval_us) ||
	    nla_put_u64_64bit(skb, BFD_A_ECHO_DETECTION_TIME_US,
			      (u64)s->fsm.detect_mult * interval_us, BFD_A_PAD))
		return -EMSGSIZE;
	return 0;
}

/* Of the time that Up is kept back */
static u32 held_left_us(const struct bfd_session *s)
{
	u64 now = bfd_now_ns();

	if (s->held_ns == BFD_WHEEL_NEVER || s->held_ns <= now)
		return 0;
	return div_u64(s->held_ns - now, NSEC_PER_USEC);
}

static int put_state(struct sk_buff *skb, const struct bfd_session *s)
{
	const struct bfd_fsm *fsm = &s->fsm;

	if (nla_put_u32(skb, BFD_A_REMOTE_DISCRIMINATOR, fsm->remote_discr) ||
	    nla_put_u8(skb, BFD_A_STATE, fsm->session_state) ||
	    nla_put_u8(skb, BFD_A_REPORTED_STATE, s->reported_state) ||
	    nla_put_u32(skb, BFD_A_HOLD_US, s->damp.hold_us) ||
	    nla_put_u32(skb, BFD_A_HELD_LEFT_US, held_left_us(s)) ||
	    nla_put_u8(skb, BFD_A_REMOTE_STATE, fsm->remote_session_state) ||
	    nla_put_u8(skb, BFD_A_DIAGNOSTIC, fsm->local_diag) ||
	    nla_put_u8(skb, BFD_A_REMOTE_DIAGNOSTIC, fsm->remote_diag) ||
	    nla_put_u8(skb, BFD_A_REMOTE_DETECT_MULT, fsm->remote_detect_mult) ||
	    nla_put_u8(skb, BFD_A_REMOTE_DEMAND, fsm->remote_demand_mode) ||
	    nla_put_u32(skb, BFD_A_REMOTE_DESIRED_MIN_TX_US, fsm->remote_desired_min_tx_us) ||
	    nla_put_u32(skb, BFD_A_REMOTE_REQUIRED_MIN_RX_US, fsm->remote_min_rx_us) ||
	    nla_put_u32(skb, BFD_A_REMOTE_REQUIRED_MIN_ECHO_RX_US, fsm->remote_min_echo_rx_us) ||
	    nla_put_u32(skb, BFD_A_NEGOTIATED_TX_US, s->tx_interval_us) ||
	    nla_put_u32(skb, BFD_A_NEGOTIATED_RX_US, bfd_fsm_rx_interval_us(fsm)) ||
	    nla_put_u64_64bit(skb, BFD_A_DETECTION_TIME_US, bfd_fsm_detection_time_us(fsm),
			      BFD_A_PAD) ||
	    nla_put_u8(skb, BFD_A_DEMAND_ACTIVE, bfd_fsm_demand_active(fsm)) ||
	    nla_put_u8(skb, BFD_A_POLLING, fsm->poll) ||
	    nla_put_u8(skb, BFD_A_REROUTED, s->rerouted) ||
	    nla_put_u16(skb, BFD_A_SOURCE_PORT, s->source_port) ||
	    nla_put_u32(skb, BFD_A_CPU, s->cpu))
		return -EMSGSIZE;
	return 0;
}

static int put_session(struct sk_buff *skb, struct bfd_session *s)
{
	lockdep_assert_held(&s->lock);
	return put_key(skb, s) ?: put_config(skb, s) ?: put_echo(skb, s) ?:
	       put_state(skb, s) ?: bfd_stats_fill_session(skb, &s->stats, s->auth);
}

/**
 * bfd_event_fill_session() - all of a session as attributes
 * @skb: message being built
 * @s: the session
 *
 * Context: process, bfd_net.lock held.
 * Return: 0 or -EMSGSIZE; the caller cancels the message.
 */
int bfd_event_fill_session(struct sk_buff *skb, struct bfd_session *s)
{
	int err;

	spin_lock_bh(&s->lock);
	err = put_session(skb, s);
	spin_unlock_bh(&s->lock);
	return err;
}

static int put_notice(struct sk_buff *skb, const struct bfd_notice *notice, u32 lost)
{
	if (nla_put_u8(skb, BFD_A_EVENT, notice->event) ||
	    nla_put_u64_64bit(skb, BFD_A_TIMESTAMP_NS, notice->timestamp_ns, BFD_A_PAD) ||
	    nla_put_u32(skb, BFD_A_EVENTS_LOST, lost))
		return -EMSGSIZE;
	if (notice->event == BFD_EVENT_STATE &&
	    nla_put_u8(skb, BFD_A_OLD_STATE, notice->old_state))
		return -EMSGSIZE;
	if (notice->latency_us != U32_MAX &&
	    nla_put_u32(skb, BFD_A_DETECTION_LATENCY_US, notice->latency_us))
		return -EMSGSIZE;
	return 0;
}

static struct sk_buff *build(struct bfd_session *s, const struct bfd_notice *notice, u32 lost)
{
	struct sk_buff *skb;
	void *hdr;

	skb = genlmsg_new(EVENT_SIZE + bfd_authkey_size(s->auth), GFP_ATOMIC | __GFP_NOWARN);
	if (!skb)
		return NULL;
	hdr = genlmsg_put(skb, 0, 0, &bfd_genl_family, 0, BFD_CMD_SESSION_NTF);
	if (!hdr || put_session(skb, s) || put_notice(skb, notice, lost)) {
		nlmsg_free(skb);
		return NULL;
	}
	genlmsg_end(skb, hdr);
	return skb;
}

/**
 * bfd_event_queue() - write down what happened to a session
 * @s: the session
 * @notice: what
 *
 * bfd_event_flush() is to follow once the session is unlocked.
 *
 * Context: BH disabled, @s->lock held.
 */
void bfd_event_queue(struct bfd_session *s, const struct bfd_notice *notice)
{
	struct bfd_net *bn = s->bn;
	struct sk_buff *skb;
	u32 lost;

	if (READ_ONCE(events_stopped) || !genl_has_listeners(&bfd_genl_family, bn->net, 0))
		return;
	lost = atomic_xchg(&bn->events_lost, 0);
	skb = build(s, notice, lost);
	if (!skb) {
		atomic_add(lost + 1, &bn->events_lost);
		bfd_count(bn, BFD_COUNTER_EVENT_LOST);
		return;
	}
	skb_queue_tail(&bn->events, skb);
}

/**
 * bfd_event_flush() - deliver what was written down
 * @bn: the namespace
 *
 * Whoever finds another one delivering leaves his events to it.
 *
 * Context: BH disabled, RCU read side, no session locked.
 */
void bfd_event_flush(struct bfd_net *bn)
{
	struct sk_buff *skb;

	while (!skb_queue_empty_lockless(&bn->events)) {
		if (!spin_trylock(&bn->event_lock))
			return;
		while ((skb = skb_dequeue(&bn->events)))
			genlmsg_multicast_netns(&bfd_genl_family, bn->net, skb, 0, 0, GFP_ATOMIC);
		spin_unlock(&bn->event_lock);
	}
}

/**
 * bfd_event_config() - tell the listeners that a session was born, changed, died
 * @s: the session
 * @event: not BFD_EVENT_STATE
 *
 * Context: process, bfd_net.lock held.
 */
void bfd_event_config(struct bfd_session *s, enum bfd_event event)
{
	struct bfd_notice notice = {
		.event = event,
		.latency_us = U32_MAX,
		.timestamp_ns = ktime_get_real_ns(),
	};

	local_bh_disable();
	rcu_read_lock();
	spin_lock(&s->lock);
	bfd_event_queue(s, &notice);
	spin_unlock(&s->lock);
	bfd_event_flush(s->bn);
	rcu_read_unlock();
	local_bh_enable();
}

/**
 * bfd_event_stop() - the family is about to go: nobody is told any more
 *
 * Context: process.
 */
void bfd_event_stop(void)
{
	WRITE_ONCE(events_stopped, true);
	/* Whoever did not see it has delivered by then */
	synchronize_rcu();
}
