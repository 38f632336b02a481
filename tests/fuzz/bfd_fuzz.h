/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the harnesses of BFD share: intervals worth trying, and what must be
 * true of a state machine whatever happened to it.
 */
#ifndef _BFD_FUZZ_H
#define _BFD_FUZZ_H

#include <linux/types.h>
#include <linux/bfd.h>
#include <bfd/fsm.h>
#include <bfd/packet.h>
#include "fuzz.h"

#define ONE_SECOND_US		1000000

/* One byte often says it; 1 ms at least, as configuration has it */
static inline u32 input_interval_us(struct input *in)
{
	static const u32 known[] = {
		1000, 1001, 50000, 300000, 999999, 1000000, 1000001, 60000000, U32_MAX,
	};
	u8 pick = input_u8(in);

	if (pick < ARRAY_SIZE(known))
		return known[pick];
	return 1000 + input_u32(in) % (U32_MAX - 999);
}

static inline struct bfd_fsm_config input_config(struct input *in)
{
	u8 bits = input_u8(in);

	return (struct bfd_fsm_config) {
		.desired_min_tx_us = input_interval_us(in),
		.required_min_rx_us = bits & 4 ? 0 : input_interval_us(in),
		.detect_mult = 1 + input_u8(in) % 255,
		.passive = bits & 1,
		.admin_down = bits & 2,
		.demand = bits & 8,
		.desired_min_echo_tx_us = bits & 16 ? input_interval_us(in) : 0,
		.required_min_echo_rx_us = bits & 32 ? input_interval_us(in) : 0,
		.echo_slow_us = bits & 64 ? input_interval_us(in) : 0,
	};
}

/* Not to be sent anything is the longest interval of all */
static inline u64 rx_length(u32 interval_us)
{
	return interval_us ? interval_us : (u64)U32_MAX + 1;
}

/* RFC 5880 6.8.9, 6.8.3 */
static inline void must_echo_well(const struct bfd_fsm *fsm)
{
	const struct bfd_fsm_config *config = &fsm->config;
	u32 interval = bfd_fsm_echo_tx_interval_us(fsm);

	must(!interval == !(fsm->session_state == BFD_STATE_UP &&
			    config->desired_min_echo_tx_us && fsm->remote_min_echo_rx_us));
	must(!interval || (interval >= fsm->remote_min_echo_rx_us &&
			   interval >= config->desired_min_echo_tx_us));
	must(fsm->required_min_rx_us == config->required_min_rx_us ||
	     (interval && config->required_min_rx_us < config->echo_slow_us &&
	      fsm->required_min_rx_us == config->echo_slow_us));
	must(!interval || !config->required_min_rx_us ||
	     fsm->required_min_rx_us >= config->echo_slow_us);

	/* What the peer has leave to send is looped */
	must(fsm->required_min_echo_rx_us == config->required_min_echo_rx_us);
	must(rx_length(fsm->eff_required_min_echo_rx_us) <=
	     rx_length(fsm->required_min_echo_rx_us));
	must(fsm->poll || fsm->eff_required_min_echo_rx_us == fsm->required_min_echo_rx_us);
	must(!bfd_fsm_echo_rx_interval_us(fsm) || fsm->session_state >= BFD_STATE_INIT);
}

static inline void must_keep_its_variables(const struct bfd_fsm *fsm)
{
	bool up = fsm->session_state == BFD_STATE_UP;

	must(fsm->session_state <= BFD_STATE_UP);
	must(fsm->remote_session_state <= BFD_STATE_UP);
	must((fsm->session_state == BFD_STATE_ADMIN_DOWN) == fsm->config.admin_down);
	/* Who is Init or Up has heard the peer */
	must(fsm->session_state < BFD_STATE_INIT || fsm->remote_discr);
	must(fsm->session_state < BFD_STATE_INIT || fsm->remote_detect_mult);

	/* RFC 5880 6.8.3 */
	must(up || fsm->desired_min_tx_us >= ONE_SECOND_US);
	must(fsm->desired_min_tx_us >= fsm->config.desired_min_tx_us);
	must(!up || fsm->desired_min_tx_us == fsm->config.desired_min_tx_us);
	must_echo_well(fsm);

	/* We send no slower, and expect no faster, than we told the peer */
	must(fsm->eff_desired_min_tx_us <= fsm->desired_min_tx_us);
	must(rx_length(fsm->eff_required_min_rx_us) >= rx_length(fsm->required_min_rx_us));

	/* Only a Poll Sequence delays, and only while Up */
	must(up || !fsm->poll);
	must(fsm->poll || !fsm->poll_again);
	must(fsm->poll || fsm->eff_desired_min_tx_us == fsm->desired_min_tx_us);
	must(fsm->poll || fsm->eff_required_min_rx_us == fsm->required_min_rx_us);
	must(fsm->poll || !fsm->poll_sent);

	/* RFC 5880 6.6: while both are Up, and as long as the peer may think so */
	must(fsm->demand == (fsm->config.reflector || (fsm->config.demand && up &&
			     fsm->remote_session_state == BFD_STATE_UP)));
	must(fsm->eff_demand == fsm->demand || (fsm->poll && fsm->eff_demand));
}

/* RFC 7880 6.2, 7.3 */
static inline void must_be_an_initiator(const struct bfd_fsm *fsm)
{
	must(fsm->session_state != BFD_STATE_INIT);
	must(fsm->remote_discr == fsm->config.reflector);
	must(fsm->demand && !fsm->remote_demand_mode);
	must(!fsm->required_min_rx_us);
	must(bfd_fsm_transmits(fsm) == (fsm->session_state != BFD_STATE_ADMIN_DOWN));
	/* It is never quite silent, nor faster than it is allowed to be */
	must(bfd_fsm_tx_interval_us(fsm) >= fsm->remote_min_rx_us);
	must(!bfd_fsm_demand_active(fsm));
}

/* What it says can be taken by any peer that follows RFC 5880 6.8.6 */
static inline void must_speak_well(const struct bfd_fsm *fsm, bool final)
{
	u8 bytes[BFD_PACKET_LEN];
	struct bfd_packet pkt;

	bfd_fsm_packet(fsm, &pkt, final);
	bfd_packet_build(bytes, &pkt);
	must(!bfd_packet_parse(&pkt, bytes, sizeof(bytes)));
	must(pkt.state == fsm->session_state);
	must(pkt.my_discr == fsm->local_discr);
	must(!(pkt.flags & BFD_FLAG_FINAL) == !final);
	must(!(pkt.flags & BFD_FLAG_FINAL) || !(pkt.flags & BFD_FLAG_POLL));
	must(!(pkt.flags & BFD_FLAG_DEMAND) == !fsm->demand);
	must(!(pkt.flags & (BFD_FLAG_AUTH | BFD_FLAG_MULTIPOINT)));
}

#endif /* _BFD_FUZZ_H */
