// SPDX-License-Identifier: GPL-2.0
/*
 * The state machine of one session: states, Poll Sequences, negotiated times,
 * diagnostics. Every function here takes a struct bfd_fsm that the caller has
 * locked, and answers what is to be done (BFD_ACT_*); nothing here does it.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/log2.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <linux/types.h>
#include <linux/bfd.h>
#include "packet.h"
#include "fsm.h"

/* RFC 5880 6.2: next[session_state][received state]. AdminDown never leaves
 * by a packet, and a received AdminDown takes every other state to Down.
 */
static const u8 next_state[__BFD_STATE_MAX][__BFD_STATE_MAX] = {
	[BFD_STATE_ADMIN_DOWN] = {
		[BFD_STATE_ADMIN_DOWN] = BFD_STATE_ADMIN_DOWN,
		[BFD_STATE_DOWN] = BFD_STATE_ADMIN_DOWN,
		[BFD_STATE_INIT] = BFD_STATE_ADMIN_DOWN,
		[BFD_STATE_UP] = BFD_STATE_ADMIN_DOWN,
	},
	[BFD_STATE_DOWN] = {
		[BFD_STATE_ADMIN_DOWN] = BFD_STATE_DOWN,
		[BFD_STATE_DOWN] = BFD_STATE_INIT,
		[BFD_STATE_INIT] = BFD_STATE_UP,
		[BFD_STATE_UP] = BFD_STATE_DOWN,
	},
	[BFD_STATE_INIT] = {
		[BFD_STATE_ADMIN_DOWN] = BFD_STATE_DOWN,
		[BFD_STATE_DOWN] = BFD_STATE_INIT,
		[BFD_STATE_INIT] = BFD_STATE_UP,
		[BFD_STATE_UP] = BFD_STATE_UP,
	},
	[BFD_STATE_UP] = {
		[BFD_STATE_ADMIN_DOWN] = BFD_STATE_DOWN,
		[BFD_STATE_DOWN] = BFD_STATE_DOWN,
		[BFD_STATE_INIT] = BFD_STATE_UP,
		[BFD_STATE_UP] = BFD_STATE_UP,
	},
};

/* RFC 7880 7.3.1: likewise of an S-BFD initiator, which hears only two states
 * and knows no Init.
 */
static const u8 next_initiator_state[__BFD_STATE_MAX][__BFD_STATE_MAX] = {
	[BFD_STATE_ADMIN_DOWN] = {
		[BFD_STATE_ADMIN_DOWN] = BFD_STATE_ADMIN_DOWN,
		[BFD_STATE_UP] = BFD_STATE_ADMIN_DOWN,
	},
	[BFD_STATE_DOWN] = {
		[BFD_STATE_ADMIN_DOWN] = BFD_STATE_DOWN,
		[BFD_STATE_UP] = BFD_STATE_UP,
	},
	[BFD_STATE_UP] = {
		[BFD_STATE_ADMIN_DOWN] = BFD_STATE_DOWN,
		[BFD_STATE_UP] = BFD_STATE_UP,
	},
};

/* RFC 5880 6.8.1's initial values of what the peer tells us. A reflector's
 * discriminator is not learnt from it.
 */
static void forget_remote(struct bfd_fsm *fsm)
{
	fsm->remote_session_state = BFD_STATE_DOWN;
	fsm->remote_discr = fsm->config.reflector;
	fsm->remote_detect_mult = 0;
	fsm->remote_demand_mode = false;
	fsm->remote_min_rx_us = 1;
	fsm->remote_desired_min_tx_us = 0;
	fsm->remote_min_echo_rx_us = 0;
}

/* A Required Min (Echo) RX Interval of 0 asks for silence: the longest interval */
static bool rx_longer(u32 a_us, u32 b_us)
{
	return a_us - 1 > b_us - 1;
}

static bool both_up(const struct bfd_fsm *fsm)
{
	return fsm->session_state == BFD_STATE_UP && fsm->remote_session_state == BFD_STATE_UP;
}

/* RFC 5880 6.6: is Demand mode active on the peer? Then we fall silent. */
static bool remote_demand_active(const struct bfd_fsm *fsm)
{
	return fsm->remote_demand_mode && both_up(fsm);
}

static void start_poll(struct bfd_fsm *fsm)
{
	if (fsm->poll) {
		fsm->poll_again = true;
		return;
	}
	fsm->poll = true;
	fsm->poll_sent = false;
}

/* RFC 5880 6.8.3: while our echoes detect, received packets are few. Who wants none
 * at all still gets none.
 */
static u32 wanted_rx_us(const struct bfd_fsm *fsm)
{
	u32 rx = fsm->config.required_min_rx_us;

	return rx && bfd_fsm_echo_tx_interval_us(fsm) ? max(rx, fsm->config.echo_slow_us) : rx;
}

/* Bring what we advertise in line with configuration and state. RFC 5880
 * 6.8.3: a change while Up needs a Poll Sequence, and until it ends we neither
 * send slower nor expect the peer to be faster than before; only a peer that
 * was asked for silence is expected to speak at once, for it may be dead.
 * 6.6: so does the Demand bit, set only while both are Up, and in Demand mode
 * every other change. An S-BFD initiator always sets it (RFC 7880 6.2).
 * The RFC asks for none of the Required Min Echo RX Interval, but what is not told
 * in time would cost the peer its session.
 * Deviation: while not Up no Poll is sent; each packet then tells our values,
 * and none of them is in use before the peer has heard it.
 */
static void advertise(struct bfd_fsm *fsm)
{
	bool up = fsm->session_state == BFD_STATE_UP;
	bool demand = fsm->config.reflector || (fsm->config.demand && both_up(fsm));
	u32 tx = fsm->config.desired_min_tx_us;
	u32 echo_rx = fsm->config.required_min_echo_rx_us;
	u32 rx = wanted_rx_us(fsm);
	bool changed;

	if (!up)
		tx = max_t(u32, tx, BFD_SLOW_TX_US);
	if (fsm->config.unaffiliated) {
		/* There is nobody to be told */
		fsm->detect_mult = fsm->config.detect_mult;
		fsm->desired_min_tx_us = tx;
		return;
	}
	changed = tx != fsm->desired_min_tx_us || rx != fsm->required_min_rx_us ||
		  demand != fsm->demand || echo_rx != fsm->required_min_echo_rx_us ||
		  (fsm->config.detect_mult != fsm->detect_mult &&
		   (demand || remote_demand_active(fsm)));
	fsm->detect_mult = fsm->config.detect_mult;
	if (!changed && up)
		return;

	if (up) {
		start_poll(fsm);
	} else {
		fsm->poll = false;
		fsm->poll_sent = false;
		fsm->poll_again = false;
	}
	fsm->desired_min_tx_us = tx;
	fsm->required_min_rx_us = rx;
	fsm->required_min_echo_rx_us = echo_rx;
	fsm->demand = demand;
	if (!up || tx < fsm->eff_desired_min_tx_us)
		fsm->eff_desired_min_tx_us = tx;
	if (!up || !fsm->eff_required_min_rx_us || rx_longer(rx, fsm->eff_required_min_rx_us))
		fsm->eff_required_min_rx_us = rx;
	if (!up || rx_longer(fsm->eff_required_min_echo_rx_us, echo_rx))
		fsm->eff_required_min_echo_rx_us = echo_rx;
	if (!up || demand)
		fsm->eff_demand = demand;
}

/* RFC 5880 6.5: the peer has seen our parameters; from now on they hold */
static void end_poll(struct bfd_fsm *fsm)
{
	fsm->poll_sent = false;
	if (fsm->poll_again) {
		fsm->poll_again = false;
		return;
	}
	fsm->poll = false;
	fsm->eff_desired_min_tx_us = fsm->desired_min_tx_us;
	fsm->eff_required_min_rx_us = fsm->required_min_rx_us;
	fsm->eff_required_min_echo_rx_us = fsm->required_min_echo_rx_us;
	fsm->eff_demand = fsm->demand;
}

static unsigned int change_state(struct bfd_fsm *fsm, u8 state, u8 diag)
{
	if (state == fsm->session_state)
		return 0;
	fsm->session_state = state;
	fsm->local_diag = diag;
	advertise(fsm);
	return BFD_ACT_STATE | BFD_ACT_SEND | BFD_ACT_TIMING;
}

/**
 * bfd_fsm_init() - a new session: Down, or AdminDown if so configured
 * @fsm: to be initialised
 * @config: checked configuration
 * @local_discr: bfd.LocalDiscr, not 0
 */
void bfd_fsm_init(struct bfd_fsm *fsm, const struct bfd_fsm_config *config, u32 local_discr)
{
	memset(fsm, 0, sizeof(*fsm));
	fsm->config = *config;
	fsm->local_discr = local_discr;
	fsm->session_state = config->admin_down ? BFD_STATE_ADMIN_DOWN : BFD_STATE_DOWN;
	fsm->local_diag = config->admin_down ? BFD_DIAG_ADMIN_DOWN : BFD_DIAG_NONE;
	forget_remote(fsm);
	advertise(fsm);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_init);

/**
 * bfd_fsm_configure() - take a new configuration, RFC 5880 6.8.3 and 6.8.16
 * @fsm: the machine
 * @config: checked configuration
 *
 * A change of Detect Mult needs no Poll: the next packet tells it (6.8.12). In
 * Demand mode there is none, and it needs one (6.6).
 *
 * Return: BFD_ACT_*.
 */
unsigned int bfd_fsm_configure(struct bfd_fsm *fsm, const struct bfd_fsm_config *config)
{
	bool was_down = fsm->session_state == BFD_STATE_ADMIN_DOWN;
	unsigned int acts = BFD_ACT_TIMING;

	fsm->config = *config;
	/* 6.8.7: where no periodic packet will tell it, one of its own does */
	if (bfd_fsm_may_speak(fsm) && !bfd_fsm_transmits(fsm))
		acts |= BFD_ACT_SEND;
	if (config->admin_down)
		acts |= change_state(fsm, BFD_STATE_ADMIN_DOWN, BFD_DIAG_ADMIN_DOWN);
	else if (was_down)
		acts |= change_state(fsm, BFD_STATE_DOWN, BFD_DIAG_NONE);
	advertise(fsm);
	return acts;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_configure);

/* RFC 7880 7.3.3: is it an answer, and our reflector's? */
static int check_answer(const struct bfd_fsm *fsm, const struct bfd_packet *pkt)
{
	if (pkt->my_discr != fsm->config.reflector)
		return BFD_COUNTER_DROP_SBFD_REFLECTOR;
	if (pkt->flags & BFD_FLAG_DEMAND)
		return BFD_COUNTER_DROP_SBFD_DEMAND;
	if (pkt->state != BFD_STATE_UP && pkt->state != BFD_STATE_ADMIN_DOWN)
		return BFD_COUNTER_DROP_SBFD_STATE;
	return 0;
}

/**
 * bfd_fsm_receive() - a packet for this session, RFC 5880 6.8.6
 * @fsm: the machine
 * @pkt: parsed; GTSM, checksum, demultiplexing and authentication are done
 * @acts: BFD_ACT_*, valid whatever is returned; 0: the packet was not looked at
 *
 * Return: 0 if the packet counts for the detection time, or the enum
 * bfd_counter that says why it was discarded.
 */
int bfd_fsm_receive(struct bfd_fsm *fsm, const struct bfd_packet *pkt, unsigned int *acts)
{
	bool initiator = fsm->config.reflector;
	u8 state;
	int drop;

	if (initiator) {
		drop = check_answer(fsm, pkt);
		if (drop) {
			*acts = 0;
			return drop;
		}
	}
	fsm->remote_discr = pkt->my_discr;
	fsm->remote_session_state = pkt->state;
	fsm->remote_demand_mode = pkt->flags & BFD_FLAG_DEMAND;
	fsm->remote_min_rx_us = pkt->required_min_rx_us;
	fsm->remote_desired_min_tx_us = pkt->desired_min_tx_us;
	fsm->remote_min_echo_rx_us = pkt->required_min_echo_rx_us;
	fsm->remote_detect_mult = pkt->detect_mult;
	fsm->remote_diag = pkt->diag;
	if ((pkt->flags & BFD_FLAG_FINAL) && fsm->poll && fsm->poll_sent)
		end_poll(fsm);
	*acts = BFD_ACT_TIMING;

	if (fsm->session_state == BFD_STATE_ADMIN_DOWN)
		return BFD_COUNTER_DROP_ADMIN_DOWN;

	state = initiator ? next_initiator_state[fsm->session_state][pkt->state] :
			    next_state[fsm->session_state][pkt->state];
	*acts |= change_state(fsm, state, state == BFD_STATE_DOWN ?
			      BFD_DIAG_NEIGHBOR_DOWN : BFD_DIAG_NONE);
	/* The peer's state decides whether we may ask for Demand mode */
	advertise(fsm);
	/* Answers are not answered */
	if ((pkt->flags & BFD_FLAG_POLL) && !initiator)
		*acts |= BFD_ACT_FINAL;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_receive);

/**
 * bfd_fsm_looped() - a packet of our own has come back, RFC 9747 2
 * @fsm: the machine, unaffiliated
 * @state: that it was sent in
 *
 * We are our own peer: what we say Down we hear Down, and are Init.
 *
 * Return: BFD_ACT_*.
 */
unsigned int bfd_fsm_looped(struct bfd_fsm *fsm, u8 state)
{
	fsm->remote_discr = fsm->local_discr;
	fsm->remote_session_state = state;
	return change_state(fsm, next_state[fsm->session_state][state], BFD_DIAG_NONE);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_looped);

/**
 * bfd_fsm_expire() - a Detection Time went by without a packet
 * @fsm: the machine
 *
 * RFC 5880 6.8.4: Init or Up goes Down. 6.8.1: in any state the peer's
 * discriminator is forgotten, and with it all else it told us, so that a peer
 * that died asking for silence is spoken to when it returns.
 *
 * Return: BFD_ACT_*.
 */
unsigned int bfd_fsm_expire(struct bfd_fsm *fsm)
{
	unsigned int acts = BFD_ACT_TIMING;

	forget_remote(fsm);
	if (fsm->session_state == BFD_STATE_INIT || fsm->session_state == BFD_STATE_UP)
		acts |= change_state(fsm, BFD_STATE_DOWN, BFD_DIAG_CONTROL_EXPIRY);
	return acts;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_expire);

/**
 * bfd_fsm_path_down() - the session's device is gone or was set down
 * @fsm: the machine
 *
 * Return: BFD_ACT_*.
 */
unsigned int bfd_fsm_path_down(struct bfd_fsm *fsm)
{
	if (fsm->session_state != BFD_STATE_INIT && fsm->session_state != BFD_STATE_UP)
		return 0;
	return change_state(fsm, BFD_STATE_DOWN, BFD_DIAG_PATH_DOWN);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_path_down);

/**
 * bfd_fsm_echo_failed() - too many of our echoes have not come back, RFC 5880 6.8.5
 * @fsm: the machine
 *
 * The peer itself may well be there, so what it told us is kept. An unaffiliated
 * session has no other detection (RFC 9747 2), and forgets.
 *
 * Return: BFD_ACT_*; 0 while not Up, nor Init and unaffiliated.
 */
unsigned int bfd_fsm_echo_failed(struct bfd_fsm *fsm)
{
	bool unaffiliated = fsm->config.unaffiliated;

	if (fsm->session_state != BFD_STATE_UP &&
	    !(unaffiliated && fsm->session_state == BFD_STATE_INIT))
		return 0;
	if (unaffiliated)
		forget_remote(fsm);
	return change_state(fsm, BFD_STATE_DOWN, BFD_DIAG_ECHO_FAILED);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_echo_failed);

/**
 * bfd_fsm_verify() - is the path still there? RFC 5880 6.6
 * @fsm: the machine
 *
 * Begins a Poll Sequence, unless one is going on that will tell. Where packets
 * go out periodically the next one bears the Poll.
 *
 * Return: BFD_ACT_*; 0 while not Up.
 */
unsigned int bfd_fsm_verify(struct bfd_fsm *fsm)
{
	if (fsm->session_state != BFD_STATE_UP || fsm->config.unaffiliated)
		return 0;
	if (!fsm->poll)
		start_poll(fsm);
	return BFD_ACT_TIMING;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_verify);

/**
 * bfd_fsm_packet() - what to send now, RFC 5880 6.8.7
 * @fsm: the machine
 * @pkt: result
 * @final: it answers a Poll: F, and never P beside it (6.5)
 */
void bfd_fsm_packet(const struct bfd_fsm *fsm, struct bfd_packet *pkt, bool final)
{
	/* RFC 5880 4.1 C: nothing of us shares fate with any process */
	pkt->flags = BFD_FLAG_CPI;
	if (final)
		pkt->flags |= BFD_FLAG_FINAL;
	else if (fsm->poll)
		pkt->flags |= BFD_FLAG_POLL;
	if (fsm->demand)
		pkt->flags |= BFD_FLAG_DEMAND;
	pkt->diag = fsm->local_diag;
	pkt->state = fsm->session_state;
	pkt->detect_mult = fsm->detect_mult;
	pkt->length = BFD_PACKET_LEN;
	pkt->my_discr = fsm->local_discr;
	pkt->your_discr = fsm->remote_discr;
	pkt->desired_min_tx_us = fsm->desired_min_tx_us;
	pkt->required_min_rx_us = fsm->required_min_rx_us;
	pkt->required_min_echo_rx_us = fsm->required_min_echo_rx_us;
	if (fsm->config.unaffiliated) {
		pkt->desired_min_tx_us = BFD_UNAFFILIATED_US;
		pkt->required_min_rx_us = BFD_UNAFFILIATED_US;
	}
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_packet);

/**
 * bfd_fsm_sent() - a packet without F has left
 * @fsm: the machine
 *
 * Only an F that can answer it ends our Poll Sequence: not one that was on its
 * way for the sequence before (RFC 5880 6.5).
 */
void bfd_fsm_sent(struct bfd_fsm *fsm)
{
	fsm->poll_sent = fsm->poll;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_sent);

/**
 * bfd_fsm_may_speak() - is any packet allowed out, RFC 5880 6.8.7
 * @fsm: the machine
 *
 * Return: false for a passive session nobody spoke to, for an S-BFD initiator held
 * AdminDown: nobody at the other end would remember it; and for an unaffiliated one,
 * whose echoes are all that leaves.
 */
bool bfd_fsm_may_speak(const struct bfd_fsm *fsm)
{
	if (fsm->config.unaffiliated)
		return false;
	if (fsm->config.reflector)
		return fsm->session_state != BFD_STATE_ADMIN_DOWN;
	return !fsm->config.passive || fsm->remote_discr;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_may_speak);

/**
 * bfd_fsm_transmits() - are periodic packets due, RFC 5880 6.8.7
 * @fsm: the machine
 *
 * Return: false for a passive session nobody spoke to, for a peer that wants
 * none, and for a peer in Demand mode while nothing needs a Poll.
 */
bool bfd_fsm_transmits(const struct bfd_fsm *fsm)
{
	if (fsm->config.reflector)
		return bfd_fsm_may_speak(fsm);
	if (!bfd_fsm_may_speak(fsm) || !fsm->remote_min_rx_us)
		return false;
	return fsm->poll || !remote_demand_active(fsm);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_transmits);

/**
 * bfd_fsm_demand_active() - is the peer silent because we ask it to be
 * @fsm: the machine
 *
 * Return: true while only an unanswered Poll of ours tells of a lost path.
 */
bool bfd_fsm_demand_active(const struct bfd_fsm *fsm)
{
	return fsm->eff_demand && both_up(fsm) && !fsm->config.reflector;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_demand_active);

/**
 * bfd_fsm_tx_interval_us() - negotiated transmit interval, RFC 5880 6.8.2
 * @fsm: the machine
 *
 * Deviation: to a reflector that asks for none at all we speak slowly. Whoever
 * is not asked cannot tell that it has changed its mind.
 *
 * Return: us, before jitter.
 */
u32 bfd_fsm_tx_interval_us(const struct bfd_fsm *fsm)
{
	if (fsm->config.reflector && !fsm->remote_min_rx_us)
		return max_t(u32, fsm->eff_desired_min_tx_us, BFD_SLOW_TX_US);
	return max(fsm->eff_desired_min_tx_us, fsm->remote_min_rx_us);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_tx_interval_us);

/**
 * bfd_fsm_rx_interval_us() - the interval the peer transmits at
 * @fsm: the machine
 *
 * Return: us, before jitter; 0 while the peer is unknown or we asked it for
 * silence, be it by Demand mode. A reflector answers as often as it is asked.
 */
u32 bfd_fsm_rx_interval_us(const struct bfd_fsm *fsm)
{
	if (fsm->config.reflector)
		return fsm->remote_detect_mult ? bfd_fsm_tx_interval_us(fsm) : 0;
	if (!fsm->remote_detect_mult || !fsm->eff_required_min_rx_us ||
	    bfd_fsm_demand_active(fsm))
		return 0;
	return max(fsm->eff_required_min_rx_us, fsm->remote_desired_min_tx_us);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_rx_interval_us);

/**
 * bfd_fsm_echo_tx_interval_us() - negotiated interval of our echoes, RFC 5880 6.8.9
 * @fsm: the machine
 *
 * An unaffiliated session's are negotiated with nobody, and slow until it is Up
 * (RFC 9747 2).
 *
 * Return: us, before jitter; 0 when none may leave.
 */
u32 bfd_fsm_echo_tx_interval_us(const struct bfd_fsm *fsm)
{
	if (fsm->config.unaffiliated)
		return fsm->session_state == BFD_STATE_ADMIN_DOWN ? 0 : fsm->desired_min_tx_us;
	if (fsm->session_state != BFD_STATE_UP || !fsm->config.desired_min_echo_tx_us ||
	    !fsm->remote_min_echo_rx_us)
		return 0;
	return max(fsm->config.desired_min_echo_tx_us, fsm->remote_min_echo_rx_us);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_echo_tx_interval_us);

/**
 * bfd_fsm_echo_rx_interval_us() - how fast the peer's echoes are looped
 * @fsm: the machine
 *
 * A peer may be Up a packet before we are.
 *
 * Return: us, before jitter; 0 when they are not.
 */
u32 bfd_fsm_echo_rx_interval_us(const struct bfd_fsm *fsm)
{
	if (fsm->session_state != BFD_STATE_INIT && fsm->session_state != BFD_STATE_UP)
		return 0;
	return fsm->eff_required_min_echo_rx_us;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_echo_rx_interval_us);

/**
 * bfd_fsm_detection_time_us() - RFC 5880 6.8.4
 * @fsm: the machine
 *
 * An S-BFD initiator is in Demand mode (RFC 7880 6.2), so its own Detect Mult
 * and interval count; but as each packet asks for an answer, so does silence
 * from the last one.
 *
 * Return: us, from the last packet or, in Demand mode, from the first packet
 * of a Poll Sequence; 0 when there is nothing to detect: no peer yet, or we
 * asked it not to send.
 */
u64 bfd_fsm_detection_time_us(const struct bfd_fsm *fsm)
{
	if (fsm->config.reflector)
		return (u64)fsm->config.detect_mult * bfd_fsm_rx_interval_us(fsm);
	if (bfd_fsm_demand_active(fsm))
		return (u64)fsm->config.detect_mult * bfd_fsm_tx_interval_us(fsm);
	return (u64)fsm->remote_detect_mult * bfd_fsm_rx_interval_us(fsm);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_detection_time_us);

/**
 * bfd_fsm_next_tx_ns() - when the next periodic packet leaves, RFC 5880 6.8.7
 * @last_ns: when the last one did
 * @interval_us: negotiated interval
 * @detect_mult: our Detect Mult; 1 leaves no room for more than 90 %
 * @random: 32 uniform random bits
 *
 * The time is drawn between 75 and 100 % (90 %) of the interval and rounded
 * down to a grid of at most a 64th of it (but a wheel slot at least), so that
 * sessions of one interval share interrupts. Rounding never leaves the bounds.
 *
 * Return: ns, on the time scale of @last_ns.
 */
u64 bfd_fsm_next_tx_ns(u64 last_ns, u32 interval_us, u8 detect_mult, u32 random)
{
	u64 interval = (u64)interval_us * NSEC_PER_USEC;
	u64 least = interval - interval / 4;
	u64 most = detect_mult == 1 ? interval - interval / 10 : interval;
	u64 grid = 1ULL << BFD_TX_GRID_SHIFT;

	if (interval >> 6 > grid)
		grid = rounddown_pow_of_two(interval >> 6);
	/* All that rounding can take away is drawn on top */
	least = min(least + grid - 1, most);
	return (last_ns + least + mul_u64_u32_shr(most - least + 1, random, 32)) & ~(grid - 1);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_fsm_next_tx_ns);
