// SPDX-License-Identifier: GPL-2.0
/*
 * Any history of two machines that hear each other, with packets lost: neither
 * ever sends slower than the other expects while both are Up, and once nothing
 * is lost any more both come Up and agree.
 */
#include "bfd_fuzz.h"

#define ROUNDS	8	/* of undisturbed talk; enough for handshake and polls */

/**
 * struct end - one of the two
 * @fsm: the machine
 * @known: what it said since it is Up has reached the other
 * @ended_silence: during the last Poll Sequence it ceased to ask for silence
 */
struct end {
	struct bfd_fsm fsm;
	bool known;
	bool ended_silence;
};

enum fate {
	ARRIVES = 0,
	LOST = 1,
	ANSWER_LOST = 2,
};

/* A packet on its way; who leaves Up is not known to be Up any more */
static unsigned int deliver(struct end *from, struct end *to, bool final)
{
	struct bfd_packet pkt;
	unsigned int acts;

	bfd_fsm_packet(&from->fsm, &pkt, final);
	bfd_fsm_receive(&to->fsm, &pkt, &acts);
	from->known = pkt.state == BFD_STATE_UP;
	if (to->fsm.session_state != BFD_STATE_UP || acts & BFD_ACT_STATE)
		to->known = false;
	return acts;
}

static void speak(struct end *from, struct end *to, unsigned int fate)
{
	if (!bfd_fsm_may_speak(&from->fsm))
		return;
	bfd_fsm_sent(&from->fsm);
	if (fate & LOST)
		return;
	if ((deliver(from, to, false) & BFD_ACT_FINAL) && !(fate & ANSWER_LOST))
		deliver(to, from, true);
}

static void must_keep_up(const struct end *from, const struct end *to)
{
	u32 expected = bfd_fsm_rx_interval_us(&to->fsm);

	if (!from->known || !to->known || from->fsm.session_state != BFD_STATE_UP ||
	    to->fsm.session_state != BFD_STATE_UP || !expected)
		return;
	/* Who ends a silence waits until the other has surely heard of it */
	if (to->ended_silence && to->fsm.poll)
		return;
	must(bfd_fsm_transmits(&from->fsm));
	must(bfd_fsm_tx_interval_us(&from->fsm) <= expected);
}

/* No echo is refused that was allowed when it left */
static void must_loop(const struct end *from, const struct end *to)
{
	u32 interval = bfd_fsm_echo_tx_interval_us(&from->fsm);
	u32 looped = bfd_fsm_echo_rx_interval_us(&to->fsm);

	if (!from->known || !to->known || to->fsm.session_state != BFD_STATE_UP || !interval)
		return;
	must(looped && looped <= interval);
}

static void must_be_sound(const struct end *a, const struct end *b)
{
	must_keep_its_variables(&a->fsm);
	must_keep_its_variables(&b->fsm);
	must_keep_up(a, b);
	must_keep_up(b, a);
	must_loop(a, b);
	must_loop(b, a);
}

static void change_intervals(struct end *end, struct input *in)
{
	struct bfd_fsm_config config = input_config(in);
	bool silenced = !end->fsm.eff_required_min_rx_us;

	if (!end->fsm.poll)
		end->ended_silence = false;
	config.passive = end->fsm.config.passive;
	config.admin_down = end->fsm.config.admin_down;
	bfd_fsm_configure(&end->fsm, &config);
	if (silenced && end->fsm.eff_required_min_rx_us)
		end->ended_silence = true;
}

static void command(struct end *end, bool admin_down, bool passive)
{
	struct bfd_fsm_config config = end->fsm.config;

	config.admin_down = admin_down;
	config.passive = passive;
	bfd_fsm_configure(&end->fsm, &config);
}

static void step(struct end *self, struct end *other, u8 op, struct input *in)
{
	switch (op % 8) {
	case 0 ... 3:
		speak(self, other, op / 16 % 4);
		break;
	case 4:
		change_intervals(self, in);
		break;
	case 5:
		bfd_fsm_expire(&self->fsm);
		break;
	case 6:
		bfd_fsm_path_down(&self->fsm);
		break;
	case 7:
		command(self, op & 16, op & 32);
		break;
	}
	if (self->fsm.session_state != BFD_STATE_UP)
		self->known = false;
}

static void must_agree(const struct end *from, const struct end *to)
{
	u32 expected = bfd_fsm_rx_interval_us(&to->fsm);

	must(from->fsm.session_state == BFD_STATE_UP);
	must(from->fsm.remote_discr == to->fsm.local_discr);
	must(!from->fsm.poll);
	must(from->fsm.remote_demand_mode == to->fsm.demand);
	must(from->fsm.remote_detect_mult == to->fsm.config.detect_mult);
	must(!expected || bfd_fsm_tx_interval_us(&from->fsm) == expected);
	/* RFC 5880 6.8.4: in Demand mode by what it sends itself */
	if (to->fsm.config.demand)
		must(bfd_fsm_detection_time_us(&to->fsm) ==
		     (u64)to->fsm.config.detect_mult * bfd_fsm_tx_interval_us(&to->fsm));
	else
		must(bfd_fsm_detection_time_us(&to->fsm) ==
		     (u64)from->fsm.config.detect_mult * expected);
}

/* A peer that asked for silence is spoken to all the same: what it missed is
 * not what is tested
 */
static void settle(struct end *a, struct end *b)
{
	unsigned int i;

	command(a, false, false);
	command(b, false, true);
	for (i = 0; i < ROUNDS; i++) {
		speak(a, b, ARRIVES);
		speak(b, a, ARRIVES);
		must_be_sound(a, b);
	}
	must_agree(a, b);
	must_agree(b, a);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input in = { .data = data, .left = size };
	struct bfd_fsm_config config_a = input_config(&in);
	struct bfd_fsm_config config_b = input_config(&in);
	struct end a = { }, b = { };

	bfd_fsm_init(&a.fsm, &config_a, 0x0a0b0c0d);
	bfd_fsm_init(&b.fsm, &config_b, 0x01020304);
	while (in.left) {
		u8 op = input_u8(&in);

		if (op & 8)
			step(&a, &b, op, &in);
		else
			step(&b, &a, op, &in);
		must_be_sound(&a, &b);
	}
	settle(&a, &b);
	return 0;
}
