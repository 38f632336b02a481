// SPDX-License-Identifier: GPL-2.0
#include <linux/string.h>
#include "fsm_fixture.h"

static const struct fsm_state_param fsm_state_params[__BFD_STATE_MAX] = {
	{ BFD_STATE_ADMIN_DOWN, "AdminDown" },
	{ BFD_STATE_DOWN, "Down" },
	{ BFD_STATE_INIT, "Init" },
	{ BFD_STATE_UP, "Up" },
};

static const void *next_state_param(const struct fsm_state_param *param, unsigned int n, char *out)
{
	param = param ? param + 1 : fsm_state_params;
	if (param == fsm_state_params + n)
		return NULL;
	strscpy(out, param->name, KUNIT_PARAM_DESC_SIZE);
	return param;
}

/**
 * fsm_state_gen_params() - parameters of a case run in each state
 * @prev: the last one, or NULL
 * @out: its name
 *
 * Return: the next, a struct fsm_state_param, or NULL.
 */
const void *fsm_state_gen_params(const void *prev, char *out)
{
	return next_state_param(prev, ARRAY_SIZE(fsm_state_params), out);
}

/**
 * fsm_not_up_gen_params() - parameters of a case run in each state but Up
 * @prev: the last one, or NULL
 * @out: its name
 *
 * Return: the next, a struct fsm_state_param, or NULL.
 */
const void *fsm_not_up_gen_params(const void *prev, char *out)
{
	return next_state_param(prev, BFD_STATE_UP, out);
}

/**
 * fsm_config() - an active session, nothing special
 *
 * Return: its configuration.
 */
struct bfd_fsm_config fsm_config(void)
{
	return (struct bfd_fsm_config) {
		.desired_min_tx_us = LOCAL_TX_US,
		.required_min_rx_us = LOCAL_RX_US,
		.detect_mult = LOCAL_MULT,
	};
}

/**
 * fsm_packet() - what the peer says
 * @state: its state
 * @flags: BFD_FLAG_*
 *
 * Return: the packet.
 */
struct bfd_packet fsm_packet(u8 state, u8 flags)
{
	return (struct bfd_packet) {
		.state = state,
		.flags = flags,
		.detect_mult = REMOTE_MULT,
		.length = BFD_PACKET_LEN,
		.my_discr = REMOTE_DISCR,
		.your_discr = LOCAL_DISCR,
		.desired_min_tx_us = REMOTE_TX_US,
		.required_min_rx_us = REMOTE_RX_US,
		.required_min_echo_rx_us = REMOTE_ECHO_US,
	};
}

/**
 * fsm_hear() - the machine hears its peer
 * @test: the running case; fails if the packet is refused
 * @fsm: the machine, not AdminDown
 * @state: the peer's state
 * @flags: BFD_FLAG_*
 *
 * Return: BFD_ACT_*.
 */
unsigned int fsm_hear(struct kunit *test, struct bfd_fsm *fsm, u8 state, u8 flags)
{
	struct bfd_packet pkt = fsm_packet(state, flags);
	unsigned int acts;

	KUNIT_ASSERT_EQ(test, bfd_fsm_receive(fsm, &pkt, &acts), 0);
	return acts;
}

/**
 * fsm_say() - the machine sends a periodic packet
 * @fsm: the machine
 *
 * Return: the packet's flags.
 */
u8 fsm_say(struct bfd_fsm *fsm)
{
	struct bfd_packet pkt;

	bfd_fsm_packet(fsm, &pkt, false);
	bfd_fsm_sent(fsm);
	return pkt.flags;
}

/**
 * fsm_enter() - a new machine, brought into a state
 * @test: the running case; fails if it does not get there
 * @fsm: to be initialised
 * @state: enum bfd_state
 */
void fsm_enter(struct kunit *test, struct bfd_fsm *fsm, u8 state)
{
	struct bfd_fsm_config config = fsm_config();

	config.admin_down = state == BFD_STATE_ADMIN_DOWN;
	bfd_fsm_init(fsm, &config, LOCAL_DISCR);
	if (state == BFD_STATE_INIT || state == BFD_STATE_UP)
		fsm_hear(test, fsm, BFD_STATE_DOWN, 0);
	if (state == BFD_STATE_UP)
		fsm_hear(test, fsm, BFD_STATE_UP, 0);
	KUNIT_ASSERT_EQ(test, fsm->session_state, state);
}

/**
 * fsm_settle() - a new machine, Up, the Poll Sequence of coming up behind it
 * @test: the running case; fails if it does not get there
 * @fsm: to be initialised
 */
void fsm_settle(struct kunit *test, struct bfd_fsm *fsm)
{
	fsm_enter(test, fsm, BFD_STATE_UP);
	fsm_say(fsm);
	fsm_hear(test, fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_ASSERT_FALSE(test, fsm->poll);
	KUNIT_ASSERT_EQ(test, fsm->eff_desired_min_tx_us, LOCAL_TX_US);
	KUNIT_ASSERT_EQ(test, fsm->eff_required_min_rx_us, LOCAL_RX_US);
}

/**
 * fsm_set_intervals() - configure new intervals, nothing else
 * @fsm: the machine
 * @tx_us: Desired Min TX Interval
 * @rx_us: Required Min RX Interval
 *
 * Return: BFD_ACT_*.
 */
unsigned int fsm_set_intervals(struct bfd_fsm *fsm, u32 tx_us, u32 rx_us)
{
	struct bfd_fsm_config config = fsm->config;

	config.desired_min_tx_us = tx_us;
	config.required_min_rx_us = rx_us;
	return bfd_fsm_configure(fsm, &config);
}
