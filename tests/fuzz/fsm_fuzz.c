// SPDX-License-Identifier: GPL-2.0
/*
 * Any history of one machine: packets, commands, expiries, in any order.
 */
#include <string.h>
#include "bfd_fuzz.h"

#define REFLECTOR	0x01020305

/* Of some histories the machine is an S-BFD initiator */
static struct bfd_fsm_config config_of(struct input *in, bool initiator)
{
	struct bfd_fsm_config config = input_config(in);

	if (initiator) {
		config.reflector = REFLECTOR;
		config.required_min_rx_us = 0;
		config.desired_min_echo_tx_us = 0;
		config.required_min_echo_rx_us = 0;
		config.passive = false;
		config.demand = false;
	}
	return config;
}

/* RFC 7880 7.3.3 */
static int refusal_of(const struct bfd_packet *pkt)
{
	if (pkt->my_discr != REFLECTOR)
		return BFD_COUNTER_DROP_SBFD_REFLECTOR;
	if (pkt->flags & BFD_FLAG_DEMAND)
		return BFD_COUNTER_DROP_SBFD_DEMAND;
	return pkt->state == BFD_STATE_UP || pkt->state == BFD_STATE_ADMIN_DOWN ? 0 :
	       BFD_COUNTER_DROP_SBFD_STATE;
}

/* An initiator takes answers only, and gives none */
static unsigned int hear_answer(struct bfd_fsm *fsm, struct bfd_packet *pkt, bool from_it)
{
	struct bfd_fsm before = *fsm;
	unsigned int acts;
	int drop;

	if (from_it)
		pkt->my_discr = REFLECTOR;
	drop = bfd_fsm_receive(fsm, pkt, &acts);
	must(!(acts & BFD_ACT_FINAL));
	if (refusal_of(pkt)) {
		must(drop == refusal_of(pkt) && !acts);
		must(!memcmp(fsm, &before, sizeof(before)));
	} else if (fsm->config.admin_down) {
		must(drop == BFD_COUNTER_DROP_ADMIN_DOWN);
	} else {
		must(!drop && fsm->session_state == (pkt->state == BFD_STATE_UP ?
						     BFD_STATE_UP : BFD_STATE_DOWN));
	}
	return acts;
}

/* The next bytes as a packet; what would keep it from the machine is mended */
static unsigned int hear(struct bfd_fsm *fsm, struct input *in)
{
	struct bfd_packet pkt = { };
	u8 bytes[BFD_PACKET_AUTH_LEN] = { };
	unsigned int i, acts;
	int drop;

	for (i = 0; i < BFD_PACKET_LEN; i++)
		bytes[i] = input_u8(in);
	bytes[0] = 0x20 | bytes[0] % 32;
	bytes[1] &= ~0x01;
	bytes[2] += !bytes[2];
	bytes[3] = bytes[1] & 0x04 ? 26 : 24;
	bytes[7] |= 0x01;
	bytes[11] |= 0x01;
	must(!bfd_packet_parse(&pkt, bytes, sizeof(bytes)));
	if (fsm->config.reflector)
		return hear_answer(fsm, &pkt, input_u8(in) & 3);

	drop = bfd_fsm_receive(fsm, &pkt, &acts);
	must(fsm->remote_discr == pkt.my_discr);
	must(drop == (fsm->config.admin_down ? BFD_COUNTER_DROP_ADMIN_DOWN : 0));
	must(!(acts & BFD_ACT_FINAL) == (drop || !(pkt.flags & BFD_FLAG_POLL)));
	return acts;
}

static unsigned int configure(struct bfd_fsm *fsm, struct input *in)
{
	struct bfd_fsm_config config = config_of(in, fsm->config.reflector);
	unsigned int acts = bfd_fsm_configure(fsm, &config);

	/* An extra packet only where no periodic one tells the same */
	must(!(acts & BFD_ACT_SEND) || (acts & BFD_ACT_STATE) ||
	     !fsm->remote_min_rx_us || fsm->remote_demand_mode);
	return acts;
}

static unsigned int expire(struct bfd_fsm *fsm)
{
	unsigned int acts = bfd_fsm_expire(fsm);

	must(fsm->remote_discr == fsm->config.reflector && !bfd_fsm_detection_time_us(fsm));
	must(fsm->session_state <= BFD_STATE_DOWN);
	return acts;
}

/* RFC 5880 6.8.7 */
static void must_jitter_well(const struct bfd_fsm *fsm, struct input *in)
{
	u64 last = (u64)input_u32(in) << 29 | input_u8(in);
	u64 interval = (u64)bfd_fsm_tx_interval_us(fsm) * 1000;
	u8 mult = fsm->config.detect_mult;
	u64 next = bfd_fsm_next_tx_ns(last, bfd_fsm_tx_interval_us(fsm), mult, input_u32(in));

	must(next - last >= interval / 100 * 75);
	must(next - last <= interval / 100 * (mult == 1 ? 90 : 100));
}

/* RFC 5880 6.8.4: in Demand mode by what it sends itself */
static void must_detect_in_time(const struct bfd_fsm *fsm)
{
	u64 expected = (u64)fsm->remote_detect_mult * bfd_fsm_rx_interval_us(fsm);

	if (fsm->config.reflector)
		expected = (u64)fsm->config.detect_mult * bfd_fsm_rx_interval_us(fsm);
	if (bfd_fsm_demand_active(fsm)) {
		must(fsm->eff_demand && fsm->session_state == BFD_STATE_UP && !expected);
		expected = (u64)fsm->config.detect_mult * bfd_fsm_tx_interval_us(fsm);
	}
	must(bfd_fsm_detection_time_us(fsm) == expected);
}

static unsigned int step(struct bfd_fsm *fsm, struct input *in)
{
	switch (input_u8(in) % 10) {
	default:
		return hear(fsm, in);
	case 4:
		return configure(fsm, in);
	case 5:
		return expire(fsm);
	case 6:
		return bfd_fsm_path_down(fsm);
	case 7:
		bfd_fsm_sent(fsm);
		must_jitter_well(fsm, in);
		return 0;
	case 8:
		return bfd_fsm_verify(fsm);
	case 9:
		return bfd_fsm_echo_failed(fsm);
	}
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input in = { .data = data, .left = size };
	struct bfd_fsm_config config = config_of(&in, size % 4 == 0);
	struct bfd_fsm fsm;

	bfd_fsm_init(&fsm, &config, 0x0a0b0c0d);
	must_keep_its_variables(&fsm);
	while (in.left) {
		u8 state = fsm.session_state;
		unsigned int acts = step(&fsm, &in);

		must(!(acts & BFD_ACT_STATE) == (fsm.session_state == state));
		must(!(acts & BFD_ACT_STATE) || (acts & BFD_ACT_SEND));
		must_keep_its_variables(&fsm);
		if (fsm.config.reflector)
			must_be_an_initiator(&fsm);
		must_speak_well(&fsm, false);
		must_speak_well(&fsm, true);
		must(bfd_fsm_may_speak(&fsm) || !bfd_fsm_transmits(&fsm));
		must_detect_in_time(&fsm);
	}
	return 0;
}
