// SPDX-License-Identifier: GPL-2.0
/*
 * What a session does: time passes, a packet comes, a user speaks, a device
 * goes. Each of these locks the session, asks the state machine, brings the
 * ready frame and the wheel in line with its answer, unlocks, and only then
 * sends and notifies (struct bfd_todo). BH are off throughout.
 */
#include <linux/bitops.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/random.h>
#include <linux/smp.h>
#include <linux/udp.h>
#include "bfd.h"
#include "compat.h"
#include "trace.h"

/* A session follows its packets to their CPU at most once in this time */
#define FOLLOW_NS	NSEC_PER_SEC

/* RFC 9985: "for example every one minute" */
#define REAUTHENTICATE_US	(60 * USEC_PER_SEC)

static_assert(BFD_TX_GRID_SHIFT >= BFD_WHEEL_SHIFT);

static void predict_nothing(struct bfd_session *s)
{
	WRITE_ONCE(s->predicted[0], 0);
}

/* Remember a packet that, should it come again, changes nothing: Up to Up, and
 * no flag that asks for something. The reader takes no lock. It may at worst
 * pair the first word of one packet with the rest of the next: a packet that
 * matches such a mix is as valid as both, and the next one will not match.
 */
static void predict(struct bfd_session *s, const struct bfd_packet *pkt, const void *raw)
{
	unsigned int i;

	predict_nothing(s);
	if (s->fsm.session_state != BFD_STATE_UP || pkt->state != BFD_STATE_UP ||
	    (pkt->flags & ~BFD_FLAG_CPI) || pkt->length != BFD_PACKET_LEN)
		return;
	for (i = 1; i < ARRAY_SIZE(s->predicted); i++)
		WRITE_ONCE(s->predicted[i], get_unaligned((unsigned long *)raw + i));
	/* Pairs with predicted() in input.c: the first word comes last */
	smp_store_release(&s->predicted[0], get_unaligned((unsigned long *)raw));
}

static const u16 dest_ports[__BFD_TYPE_MAX] = {
	[BFD_TYPE_SINGLE_HOP] = BFD_PORT_SINGLE_HOP,
	[BFD_TYPE_MULTIHOP] = BFD_PORT_MULTIHOP,
	[BFD_TYPE_SBFD] = BFD_PORT_SBFD,
	[BFD_TYPE_VXLAN] = BFD_PORT_SINGLE_HOP,
	[BFD_TYPE_MICRO] = BFD_PORT_MICRO,
	[BFD_TYPE_ECHO] = BFD_PORT_ECHO,
	[BFD_TYPE_GENEVE] = BFD_PORT_SINGLE_HOP,
};

/* RFC 9764 counts from the IP header on; what is larger stays as it is */
static u16 pad_to(const struct bfd_session *s)
{
	u16 header = s->addr_key.family == AF_INET ? sizeof(struct iphdr) : sizeof(struct ipv6hdr);

	return s->padded_pdu_size > header ? s->padded_pdu_size - header : 0;
}

static void build_frame(struct bfd_session *s, struct bfd_frame *frame, bool final)
{
	struct bfd_packet pkt;

	bfd_fsm_packet(&s->fsm, &pkt, final);
	if (unlikely(s->auth)) {
		bfd_auth_announce(s->auth, &pkt);
		if (s->auth->opt && pkt.state != BFD_STATE_UP)
			bfd_optimized_rest(s->auth->opt, get_random_u32());
	}
	bfd_frame_build(frame, &pkt, pad_to(s), s->source_port,
			dest_ports[s->addr_key.type]);
}

/* The Detection Time that the peer gives us, RFC 5880 6.8.4 */
static u64 peer_detection_us(const struct bfd_session *s)
{
	return (u64)s->fsm.detect_mult * bfd_fsm_tx_interval_us(&s->fsm);
}

static bool sign(struct bfd_session *s, struct bfd_frame *frame, u64 now)
{
	int len = bfd_auth_sign(s->auth, frame->udp + sizeof(struct udphdr), now,
				peer_detection_us(s));

	if (len < 0)
		return false;
	bfd_frame_resize(frame, len);
	return true;
}

/* The packet to send, or NULL: there is none to be had */
static struct sk_buff *make_packet(struct bfd_session *s, struct bfd_frame *frame, u64 now)
{
	if (unlikely(s->auth) && !sign(s, frame, now))
		return NULL;
	return bfd_frame_copy(frame);
}

/* Send the ready frame and draw the time of the next */
static void transmit(struct bfd_session *s, u64 now, struct bfd_todo *todo)
{
	todo->send = true;
	todo->skb = make_packet(s, &s->frame, now);
	if (s->fsm.poll && !s->poll_ns)
		s->poll_ns = now;
	if (todo->skb)
		bfd_fsm_sent(&s->fsm);
	s->last_tx_ns = now;
	if (s->tx_interval_us)
		s->next_tx_ns = bfd_fsm_next_tx_ns(now, s->tx_interval_us,
						   s->fsm.config.detect_mult,
						   prandom_u32_state(&s->jitter));
}

static void answer_poll(struct bfd_session *s, u64 now, struct bfd_todo *todo)
{
	struct bfd_frame frame = {};

	build_frame(s, &frame, true);
	todo->send = true;
	todo->skb = make_packet(s, &frame, now);
}

/* RFC 5880 6.8.7: a changed interval holds from the last packet on */
static void retime(struct bfd_session *s, u64 now)
{
	u32 interval = bfd_fsm_transmits(&s->fsm) ? bfd_fsm_tx_interval_us(&s->fsm) : 0;

	if (interval == s->tx_interval_us)
		return;
	s->tx_interval_us = interval;
	s->next_tx_ns = BFD_WHEEL_NEVER;
	if (interval)
		s->next_tx_ns = max(now, bfd_fsm_next_tx_ns(s->last_tx_ns, interval,
							    s->fsm.config.detect_mult,
							    prandom_u32_state(&s->jitter)));
}

/* RFC 9985: where most packets have no digest, now and then one must have */
static bool is_optimized(const struct bfd_session *s)
{
	return unlikely(s->auth) && bfd_auth_optimizes(s->auth->key[0].type) &&
	       s->fsm.session_state == BFD_STATE_UP;
}

static u32 verify_interval_us(const struct bfd_session *s)
{
	if (bfd_fsm_demand_active(&s->fsm))
		return s->fsm.config.demand_poll_us;
	return is_optimized(s) ? REAUTHENTICATE_US : 0;
}

/* RFC 5880 6.6: once verified, the path is verified again after a while; and so is,
 * RFC 9985, the peer
 */
static void plan_verification(struct bfd_session *s, u64 now)
{
	u32 interval_us = verify_interval_us(s);

	if (!interval_us || s->fsm.poll)
		s->verify_ns = BFD_WHEEL_NEVER;
	else if (s->verify_ns == BFD_WHEEL_NEVER)
		s->verify_ns = now + (u64)interval_us * NSEC_PER_USEC;
}

/* RFC 9985: when a peer that has not answered our Poll with a digest is taken for a
 * forger
 */
static u64 forged_ns(const struct bfd_session *s)
{
	if (likely(!s->poll_ns) || !is_optimized(s))
		return BFD_WHEEL_NEVER;
	return s->poll_ns + 2 * peer_detection_us(s) * NSEC_PER_USEC;
}

/* RFC 5880 6.8.4: silence counts from the last packet or, where the peer speaks
 * only when polled, from the Poll. 0: it does not
 */
static u64 silent_since_ns(const struct bfd_session *s)
{
	return bfd_fsm_demand_active(&s->fsm) ? s->poll_ns : atomic64_read(&s->last_rx_ns);
}

/* When a peer that is silent since then is; BFD_WHEEL_NEVER: there is nothing
 * to detect
 */
static u64 deadline_ns(const struct bfd_session *s, u64 since_ns)
{
	if (!s->detection_ns || !since_ns)
		return BFD_WHEEL_NEVER;
	return since_ns + s->detection_ns;
}

static void reschedule(struct bfd_session *s)
{
	u64 due = deadline_ns(s, silent_since_ns(s));

	/* Packets leave up to a slot early, detection never is */
	if (due != BFD_WHEEL_NEVER)
		due += s->grace_ns + BFD_WHEEL_SLOT_NS - 1;
	due = min3(due, s->next_tx_ns, min3(s->verify_ns, s->held_ns, forged_ns(s)));
	if (unlikely(s->echo.interval_us))
		due = min(due, bfd_loop_due_ns(s));
	if (due == BFD_WHEEL_NEVER)
		bfd_pacer_cancel(s);
	else
		bfd_pacer_schedule(s, due);
}

/* Whoever listens may know now */
static void report(struct bfd_session *s, struct bfd_todo *todo)
{
	struct bfd_notice notice = {
		.event = BFD_EVENT_STATE,
		.old_state = s->reported_state,
		.latency_us = todo->latency_us,
		.timestamp_ns = ktime_get_real_ns(),
	};

	s->held_ns = BFD_WHEEL_NEVER;
	if (s->reported_state == s->fsm.session_state)
		return;
	WRITE_ONCE(s->reported_state, s->fsm.session_state);
	bfd_event_queue(s, &notice);
	todo->notify = true;
}

/* RFC 5882 4.2: AdminDown at either end says nothing of the path */
static bool is_flap(const struct bfd_session *s, u8 old_state)
{
	return old_state == BFD_STATE_UP && s->fsm.session_state != BFD_STATE_ADMIN_DOWN &&
	       s->fsm.remote_session_state != BFD_STATE_ADMIN_DOWN;
}

static void note_state(struct bfd_session *s, u8 old_state, u64 now, struct bfd_todo *todo)
{
	u8 state = s->fsm.session_state;

	if (state == BFD_STATE_UP) {
		s->stats.up++;
		s->stats.up_ns = ktime_get_real_ns();
		bfd_damp_up(&s->damp, now);
	}
	if (old_state == BFD_STATE_UP) {
		s->stats.down_ns = ktime_get_real_ns();
		if (state == BFD_STATE_DOWN)
			s->stats.down++;
	}
	if (is_flap(s, old_state))
		bfd_damp_flap(&s->damp, now);
	if (state == BFD_STATE_ADMIN_DOWN)
		s->stats.admin_down++;
	if (state == BFD_STATE_DOWN && s->made_by)
		bfd_passive_down(s, now);
	predict_nothing(s);
	trace_bfd_state(s, old_state);
	/* Bad news has no time to lose */
	s->held_ns = state == BFD_STATE_UP ? bfd_damp_until_ns(&s->damp) : now;
}

static void reroute(struct bfd_session *s, u8 old_state, struct bfd_todo *todo)
{
	u8 state = s->reported_state;
	bool rerouted = s->rerouted;

	if (!s->reroute || state == BFD_STATE_UP || state == BFD_STATE_ADMIN_DOWN ||
	    s->fsm.remote_session_state == BFD_STATE_ADMIN_DOWN)
		rerouted = false;
	else if (old_state == BFD_STATE_UP)
		rerouted = true;
	if (rerouted == s->rerouted)
		return;
	WRITE_ONCE(s->rerouted, rerouted);
	s->neigh.fresh = rerouted;
	atomic_add(rerouted ? 1 : -1, &s->bn->rerouted);
	todo->reroute = true;
}

/* What silence, and packets, are measured against: see bfd_seen_received() */
static void expect(struct bfd_session *s)
{
	bool measured = s->fsm.session_state == BFD_STATE_UP && !bfd_fsm_demand_active(&s->fsm);

	s->detection_ns = bfd_fsm_detection_time_us(&s->fsm) * NSEC_PER_USEC;
	WRITE_ONCE(s->expect_ns, measured ? s->detection_ns : 0);
}

/* Carry out what can be done under the lock; the rest goes to @todo */
static void conclude(struct bfd_session *s, unsigned int acts, u8 old_state, u64 now,
		     struct bfd_todo *todo)
{
	u8 old_reported = s->reported_state;

	lockdep_assert_held(&s->lock);
	if (!s->fsm.poll_sent)
		s->poll_ns = 0;
	if (acts & BFD_ACT_TIMING) {
		retime(s, now);
		plan_verification(s, now);
		bfd_loop_retime(s, now);
	}
	if (acts & BFD_ACT_STATE)
		note_state(s, old_state, now, todo);
	if (s->held_ns <= now)
		report(s, todo);
	reroute(s, old_reported, todo);
	if (acts)
		build_frame(s, &s->frame, false);
	expect(s);
	/* An answer to a Poll tells the new state as well */
	if (acts & BFD_ACT_FINAL)
		answer_poll(s, now, todo);
	else if ((acts & BFD_ACT_SEND) && bfd_fsm_may_speak(&s->fsm))
		transmit(s, now, todo);
	if (unlikely(s->fsm.config.unaffiliated) && (acts & BFD_ACT_SEND))
		bfd_echo_hasten(&s->echo, now);
	reschedule(s);
}

/* Others' packets first: they are what cannot wait */
static void carry_out(struct bfd_session *s, const struct bfd_todo *todo)
{
	if (unlikely(todo->reroute))
		bfd_reroute_apply(s);
	if (todo->send)
		bfd_output_send(s, todo->skb);
	if (unlikely(todo->echo))
		bfd_output_echo(s, todo->echo);
	if (unlikely(todo->notify))
		bfd_event_flush(s->bn);
}

/* One grace for a detection that a stall of this CPU may have faked: the slot
 * came late, or packets wait for NET_RX right now. From now on it lasts as long
 * as the stall did, two slots at least and one Detection Time at most, and is
 * not given again before a packet has come.
 */
static bool give_grace(struct bfd_session *s, u64 since, u64 deadline, u64 now, u64 late_ns)
{
	u64 grace = min(max(late_ns, 2 * BFD_WHEEL_SLOT_NS), deadline - since);

	if (s->grace_since_ns == since)
		return false;
	if (late_ns < BFD_STALL_NS && !bfd_pacer_backlog())
		return false;
	s->grace_since_ns = since;
	s->grace_ns = now + grace - deadline;
	s->stats.grace++;
	bfd_count(s->bn, BFD_COUNTER_GRACE);
	return true;
}

/* RFC 5880 6.8.4: has the peer been silent for a Detection Time? */
static unsigned int detect(struct bfd_session *s, u64 now, u64 late_ns, struct bfd_todo *todo)
{
	u64 since = silent_since_ns(s);
	u64 deadline = deadline_ns(s, since);

	if (s->grace_ns && s->grace_since_ns != since)
		s->grace_ns = 0;
	if (unlikely(now >= forged_ns(s)))
		return bfd_fsm_expire(&s->fsm);
	if (deadline == BFD_WHEEL_NEVER || now < deadline + s->grace_ns)
		return 0;
	if (s->fsm.session_state >= BFD_STATE_INIT &&
	    give_grace(s, since, deadline, now, late_ns))
		return 0;
	s->grace_ns = 0;
	if (s->fsm.session_state >= BFD_STATE_INIT)
		todo->latency_us = div_u64(now - deadline, NSEC_PER_USEC);
	return bfd_fsm_expire(&s->fsm);
}

/**
 * bfd_session_serve() - the session's slot has come
 * @s: found in a wheel
 * @now: the present
 * @late_ns: how late the slot is served
 *
 * Context: BH disabled, RCU read side.
 */
void bfd_session_serve(struct bfd_session *s, u64 now, u64 late_ns)
{
	struct bfd_todo todo = { .latency_us = U32_MAX };
	unsigned int acts;
	u8 old_state;

	if (unlikely(late_ns >= BFD_STALL_NS)) {
		bfd_count(s->bn, BFD_COUNTER_LATE_SLOT);
		trace_bfd_late(s, late_ns);
	}
	spin_lock(&s->lock);
	if (s->dead)
		goto unlock;
	old_state = s->fsm.session_state;
	acts = detect(s, now, late_ns, &todo);
	if (!acts && s->verify_ns <= now)
		acts = bfd_fsm_verify(&s->fsm);
	if (!acts && unlikely(s->echo.interval_us))
		acts = bfd_loop_serve(s, now, &todo);
	if (unlikely(acts || s->held_ns <= now)) {
		conclude(s, acts, old_state, now, &todo);
		goto unlock;
	}
	if (s->next_tx_ns <= now) {
		/* Those served before it in this pass have taken time */
		bfd_seen_sent(&s->stats.seen, bfd_now_ns(), s->next_tx_ns);
		transmit(s, now, &todo);
	}
	todo.reroute = s->rerouted;
	reschedule(s);
unlock:
	spin_unlock(&s->lock);
	carry_out(s, &todo);
}

/**
 * bfd_session_hasten() - have a session served now
 * @s: found in a table
 *
 * Context: BH disabled, RCU read side.
 */
void bfd_session_hasten(struct bfd_session *s)
{
	spin_lock(&s->lock);
	if (!s->dead)
		bfd_pacer_schedule(s, bfd_now_ns());
	spin_unlock(&s->lock);
}

/* The CPU that receives for the session is the one whose pass drains NET_RX in
 * time for its detection: be served there.
 */
static void follow(struct bfd_session *s, u64 now)
{
	int cpu = smp_processor_id();

	if (s->cpu == cpu || now - s->moved_ns < FOLLOW_NS)
		return;
	bfd_pacer_cancel(s);
	WRITE_ONCE(s->cpu, cpu);
	s->moved_ns = now;
}

/**
 * bfd_session_receive() - a packet for this session, not a predicted one
 * @s: found by input
 * @pkt: parsed
 * @raw: the same, as many bytes as its Length says, BFD_PACKET_MAX at most
 * @now: when it came
 *
 * Context: BH disabled, RCU read side.
 * Return: 0 or the enum bfd_counter that says why it was discarded.
 */
int bfd_session_receive(struct bfd_session *s, const struct bfd_packet *pkt, const void *raw,
			u64 now)
{
	struct bfd_todo todo = { .latency_us = U32_MAX };
	unsigned int acts;
	u8 old_state;
	int drop = 0;

	spin_lock(&s->lock);
	if (s->dead)
		goto unlock;
	if (unlikely(s->auth || (pkt->flags & BFD_FLAG_AUTH))) {
		drop = bfd_auth_check(s->auth, pkt, raw, now, s->fsm.eff_required_min_rx_us,
				      s->fsm.session_state);
		if (drop)
			goto unlock;
	}
	old_state = s->fsm.session_state;
	drop = bfd_fsm_receive(&s->fsm, pkt, &acts);
	if (!acts)
		goto unlock;
	/* What AdminDown discards has still told us that the peer is there.
	 * event_apply() may have given it a time to come.
	 */
	if (now > atomic64_read(&s->last_rx_ns))
		atomic64_set(&s->last_rx_ns, now);
	s->grace_ns = 0;
	follow(s, now);
	conclude(s, acts, old_state, now, &todo);
	if (!drop)
		predict(s, pkt, raw);
unlock:
	spin_unlock(&s->lock);
	carry_out(s, &todo);
	return drop;
}

/**
 * bfd_session_looped() - an echo of ours has come back
 * @s: whose digest it has
 * @pkt: what it says
 * @now: when it came
 *
 * Context: BH disabled, RCU read side.
 * Return: 0 or the enum bfd_counter that says why it does not count.
 */
int bfd_session_looped(struct bfd_session *s, const struct bfd_echo_packet *pkt, u64 now)
{
	struct bfd_todo todo = { .latency_us = U32_MAX };
	u8 old_state;
	int drop = 0;

	spin_lock(&s->lock);
	if (s->dead)
		goto unlock;
	drop = bfd_loop_take(s, pkt, now);
	if (drop || !pkt->unaffiliated)
		goto unlock;
	old_state = s->fsm.session_state;
	follow(s, now);
	conclude(s, bfd_fsm_looped(&s->fsm, pkt->state), old_state, now, &todo);
unlock:
	spin_unlock(&s->lock);
	carry_out(s, &todo);
	return drop;
}

/* Process context speaks, of a session it knows to live: event in, as for
 * packets and time
 */
static void command(struct bfd_session *s, unsigned int (*event)(struct bfd_session *s, void *arg),
		    void *arg)
{
	struct bfd_todo todo = { .latency_us = U32_MAX };
	unsigned int acts;
	u8 old_state;

	local_bh_disable();
	rcu_read_lock();
	spin_lock(&s->lock);
	old_state = s->fsm.session_state;
	acts = event(s, arg);
	conclude(s, acts, old_state, bfd_now_ns(), &todo);
	spin_unlock(&s->lock);
	carry_out(s, &todo);
	bfd_event_flush(s->bn);
	rcu_read_unlock();
	local_bh_enable();
}

static unsigned int event_start(struct bfd_session *s, void *arg)
{
	const struct bfd_notice notice = {
		.event = BFD_EVENT_NEW,
		.latency_us = U32_MAX,
		.timestamp_ns = s->stats.create_ns,
	};

	s->dead = false;
	bfd_event_queue(s, &notice);
	/* Not BFD_ACT_SEND: the first packet leaves from the pacer's CPU */
	return BFD_ACT_TIMING;
}

/* Whatever was expected, a packet is to be authenticated anew or not at all */
static void change_auth(struct bfd_session *s, struct bfd_config *config)
{
	if (s->auth && config->auth)
		bfd_auth_inherit(config->auth, s->auth);
	swap(s->auth, config->auth);
	predict_nothing(s);
}

static unsigned int event_apply(struct bfd_session *s, void *arg)
{
	struct bfd_config *config = arg;
	bool silenced = !s->fsm.eff_required_min_rx_us;
	unsigned int acts;

	WRITE_ONCE(s->min_ttl, config->min_ttl);
	s->verify_ns = BFD_WHEEL_NEVER;
	s->reroute = config->reroute;
	s->padded_pdu_size = config->padded_pdu_size;
	if (config->new_auth)
		change_auth(s, config);
	bfd_damp_configure(&s->damp, &config->damp);
	if (s->held_ns != BFD_WHEEL_NEVER)
		s->held_ns = bfd_damp_until_ns(&s->damp);
	acts = bfd_fsm_configure(&s->fsm, &config->fsm);
	/* A peer that was asked for silence may be dead for long, or wait for
	 * our word: it has a Detection Time from when it has surely heard it.
	 */
	if (silenced && s->fsm.eff_required_min_rx_us)
		atomic64_set(&s->last_rx_ns, bfd_now_ns() + (u64)config->fsm.detect_mult *
			     bfd_fsm_tx_interval_us(&s->fsm) * NSEC_PER_USEC);
	return acts;
}

static unsigned int event_path_down(struct bfd_session *s, void *arg)
{
	return bfd_fsm_path_down(&s->fsm);
}

static unsigned int event_verify(struct bfd_session *s, void *arg)
{
	return bfd_fsm_verify(&s->fsm);
}

static unsigned int event_goodbye(struct bfd_session *s, void *arg)
{
	struct bfd_fsm_config config = s->fsm.config;

	config.admin_down = true;
	return bfd_fsm_configure(&s->fsm, &config);
}

/**
 * bfd_session_start() - bring to life and begin to speak
 * @s: just published
 *
 * Context: process, bfd_net.lock held; so for the rest.
 */
void bfd_session_start(struct bfd_session *s)
{
	command(s, event_start, NULL);
}

/**
 * bfd_session_apply() - change parameters of a live session
 * @s: alive
 * @config: checked; keys it replaces are left in it
 */
void bfd_session_apply(struct bfd_session *s, struct bfd_config *config)
{
	command(s, event_apply, config);
}

/**
 * bfd_session_path_down() - the device it is bound to is gone or down
 * @s: alive
 */
void bfd_session_path_down(struct bfd_session *s)
{
	command(s, event_path_down, NULL);
}

/**
 * bfd_session_verify() - begin a Poll Sequence now
 * @s: alive; nothing happens while it is not Up
 */
void bfd_session_verify(struct bfd_session *s)
{
	command(s, event_verify, NULL);
}

/**
 * bfd_session_goodbye() - tell the peer AdminDown; the session is to be killed
 * @s: alive
 */
void bfd_session_goodbye(struct bfd_session *s)
{
	command(s, event_goodbye, NULL);
}
