// SPDX-License-Identifier: GPL-2.0
/*
 * The state machine and the Echo function: when echoes may leave (RFC 5880 6.8.9),
 * what becomes slower meanwhile (6.8.3), what is advertised, and failure (6.8.5).
 * And where there are only echoes: unaffiliated, RFC 9747.
 */
#include <linux/limits.h>
#include "fsm_fixture.h"

#define ECHO_TX_US	70000
#define ECHO_RX_US	80000

static struct bfd_fsm_config echo_config(void)
{
	struct bfd_fsm_config config = fsm_config();

	config.desired_min_echo_tx_us = ECHO_TX_US;
	config.required_min_echo_rx_us = ECHO_RX_US;
	config.echo_slow_us = ONE_SECOND_US;
	return config;
}

/* Up, both ends with echoes, no Poll Sequence left */
static void settle(struct kunit *test, struct bfd_fsm *fsm)
{
	struct bfd_fsm_config config = echo_config();

	bfd_fsm_init(fsm, &config, LOCAL_DISCR);
	fsm_hear(test, fsm, BFD_STATE_INIT, 0);
	KUNIT_ASSERT_EQ(test, fsm->session_state, BFD_STATE_UP);
	fsm_say(fsm);
	fsm_hear(test, fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_ASSERT_FALSE(test, fsm->poll);
}

static void hear_echo_rx(struct kunit *test, struct bfd_fsm *fsm, u32 echo_rx_us, u8 flags)
{
	struct bfd_packet pkt = fsm_packet(BFD_STATE_UP, flags);
	unsigned int acts;

	pkt.required_min_echo_rx_us = echo_rx_us;
	KUNIT_ASSERT_EQ(test, bfd_fsm_receive(fsm, &pkt, &acts), 0);
}

static u32 advertised(const struct bfd_fsm *fsm)
{
	struct bfd_packet pkt;

	bfd_fsm_packet(fsm, &pkt, false);
	return pkt.required_min_echo_rx_us;
}

static void none_without_being_asked_for(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), 0);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_rx_interval_us(&fsm), 0);
	KUNIT_EXPECT_EQ(test, advertised(&fsm), 0);
}

static void none_unless_up(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, param->state);
	fsm.config.desired_min_echo_tx_us = ECHO_TX_US;
	fsm.remote_min_echo_rx_us = REMOTE_ECHO_US;
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), 0);
}

static void slower_end_rules(struct kunit *test)
{
	struct bfd_fsm fsm;

	settle(test, &fsm);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), ECHO_TX_US);
	hear_echo_rx(test, &fsm, ECHO_TX_US + 1, 0);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), ECHO_TX_US + 1);
	hear_echo_rx(test, &fsm, 1, 0);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), ECHO_TX_US);
	hear_echo_rx(test, &fsm, U32_MAX, 0);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), U32_MAX);
}

/* 6.8.6: "the transmission of Echo packets, if any, MUST cease" */
static void zero_ends_them(struct kunit *test)
{
	struct bfd_fsm fsm;

	settle(test, &fsm);
	hear_echo_rx(test, &fsm, 0, 0);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), 0);
	/* The peer is to be as fast as before, which it has to be told */
	KUNIT_EXPECT_EQ(test, fsm.required_min_rx_us, LOCAL_RX_US);
	KUNIT_EXPECT_EQ(test, fsm.eff_required_min_rx_us, ONE_SECOND_US);
	KUNIT_EXPECT_TRUE(test, fsm_say(&fsm) & BFD_FLAG_POLL);
	hear_echo_rx(test, &fsm, 0, BFD_FLAG_FINAL);
	KUNIT_EXPECT_EQ(test, fsm.eff_required_min_rx_us, LOCAL_RX_US);
}

static void control_packets_become_slow_by_a_poll(struct kunit *test)
{
	struct bfd_fsm_config config = echo_config();
	struct bfd_packet pkt;
	struct bfd_fsm fsm;

	bfd_fsm_init(&fsm, &config, LOCAL_DISCR);
	bfd_fsm_packet(&fsm, &pkt, false);
	KUNIT_EXPECT_EQ(test, pkt.required_min_rx_us, LOCAL_RX_US);
	fsm_hear(test, &fsm, BFD_STATE_INIT, 0);
	bfd_fsm_packet(&fsm, &pkt, false);
	KUNIT_EXPECT_EQ(test, pkt.required_min_rx_us, ONE_SECOND_US);
	KUNIT_EXPECT_TRUE(test, pkt.flags & BFD_FLAG_POLL);
	/* Slower is expected at once */
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), REMOTE_MULT * ONE_SECOND_US);
	/* What we send is the peer's to slow down */
	KUNIT_EXPECT_EQ(test, pkt.desired_min_tx_us, LOCAL_TX_US);
}

static void slow_is_what_was_configured(struct kunit *test)
{
	struct bfd_fsm_config config;
	struct bfd_fsm fsm;

	settle(test, &fsm);
	config = fsm.config;
	config.echo_slow_us = 3 * ONE_SECOND_US;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, fsm.required_min_rx_us, 3 * ONE_SECOND_US);
	config.echo_slow_us = 0;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, fsm.required_min_rx_us, LOCAL_RX_US);
	/* None at all is slower still */
	config.echo_slow_us = ONE_SECOND_US;
	config.required_min_rx_us = 0;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, fsm.required_min_rx_us, 0);
}

static void end_by_command_makes_fast_again(struct kunit *test)
{
	struct bfd_fsm_config config;
	struct bfd_fsm fsm;

	settle(test, &fsm);
	config = fsm.config;
	config.desired_min_echo_tx_us = 0;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), 0);
	KUNIT_EXPECT_EQ(test, fsm.required_min_rx_us, LOCAL_RX_US);
	KUNIT_EXPECT_TRUE(test, fsm.poll);
}

static void advertised_in_every_state(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_fsm_config config = echo_config();
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, param->state);
	config.admin_down = param->state == BFD_STATE_ADMIN_DOWN;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, advertised(&fsm), ECHO_RX_US);
	KUNIT_EXPECT_EQ(test, !!bfd_fsm_echo_rx_interval_us(&fsm),
			param->state == BFD_STATE_INIT || param->state == BFD_STATE_UP);
}

/* What the peer may still send is looped until it has heard that it may not */
static void withdrawn_only_when_heard(struct kunit *test)
{
	struct bfd_fsm_config config;
	struct bfd_fsm fsm;

	settle(test, &fsm);
	config = fsm.config;
	config.required_min_echo_rx_us = 2 * ECHO_RX_US;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, advertised(&fsm), 2 * ECHO_RX_US);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_rx_interval_us(&fsm), ECHO_RX_US);
	KUNIT_EXPECT_TRUE(test, fsm_say(&fsm) & BFD_FLAG_POLL);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_rx_interval_us(&fsm), 2 * ECHO_RX_US);

	config.required_min_echo_rx_us = 0;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, advertised(&fsm), 0);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_rx_interval_us(&fsm), 2 * ECHO_RX_US);
	fsm_say(&fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_rx_interval_us(&fsm), 0);
}

static void granted_at_once(struct kunit *test)
{
	struct bfd_fsm_config config;
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	config = fsm.config;
	config.required_min_echo_rx_us = ECHO_RX_US;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_rx_interval_us(&fsm), ECHO_RX_US);
	config.required_min_echo_rx_us = ECHO_RX_US / 2;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_rx_interval_us(&fsm), ECHO_RX_US / 2);
	KUNIT_EXPECT_TRUE(test, fsm.poll);
}

static void failure_is_down_with_its_own_diagnostic(struct kunit *test)
{
	unsigned int acts;
	struct bfd_fsm fsm;

	settle(test, &fsm);
	acts = bfd_fsm_echo_failed(&fsm);
	KUNIT_EXPECT_EQ(test, acts, BFD_ACT_STATE | BFD_ACT_SEND | BFD_ACT_TIMING);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, fsm.local_diag, BFD_DIAG_ECHO_FAILED);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), 0);
	/* The peer still speaks */
	KUNIT_EXPECT_EQ(test, fsm.remote_discr, REMOTE_DISCR);
	KUNIT_EXPECT_EQ(test, fsm.required_min_rx_us, LOCAL_RX_US);
}

static void only_up_can_fail(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, param->state);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_failed(&fsm), 0);
	KUNIT_EXPECT_EQ(test, fsm.session_state, param->state);
}

static void lost_peer_gets_none(struct kunit *test)
{
	struct bfd_fsm fsm;

	settle(test, &fsm);
	bfd_fsm_expire(&fsm);
	fsm.session_state = BFD_STATE_UP;
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), 0);
}

static struct bfd_fsm_config unaffiliated_config(void)
{
	struct bfd_fsm_config config = fsm_config();

	config.unaffiliated = true;
	config.desired_min_tx_us = ECHO_TX_US;
	config.required_min_rx_us = 0;
	return config;
}

/* What leaves now comes back */
static unsigned int loop(struct bfd_fsm *fsm)
{
	struct bfd_packet pkt;

	bfd_fsm_packet(fsm, &pkt, false);
	return bfd_fsm_looped(fsm, pkt.state);
}

static void loop_until_up(struct kunit *test, struct bfd_fsm *fsm)
{
	struct bfd_fsm_config config = unaffiliated_config();

	bfd_fsm_init(fsm, &config, LOCAL_DISCR);
	loop(fsm);
	loop(fsm);
	KUNIT_ASSERT_EQ(test, fsm->session_state, BFD_STATE_UP);
}

static void we_are_our_own_peer(struct kunit *test)
{
	struct bfd_fsm_config config = unaffiliated_config();
	const unsigned int news = BFD_ACT_STATE | BFD_ACT_SEND | BFD_ACT_TIMING;
	struct bfd_packet pkt;
	struct bfd_fsm fsm;

	bfd_fsm_init(&fsm, &config, LOCAL_DISCR);
	bfd_fsm_packet(&fsm, &pkt, false);
	KUNIT_EXPECT_EQ(test, pkt.state, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, pkt.my_discr, LOCAL_DISCR);
	KUNIT_EXPECT_EQ(test, pkt.your_discr, 0);
	KUNIT_EXPECT_EQ(test, loop(&fsm), news);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_INIT);
	KUNIT_EXPECT_EQ(test, loop(&fsm), news);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_UP);
	bfd_fsm_packet(&fsm, &pkt, false);
	KUNIT_EXPECT_EQ(test, pkt.your_discr, LOCAL_DISCR);
	KUNIT_EXPECT_EQ(test, pkt.flags, BFD_FLAG_CPI);
	KUNIT_EXPECT_EQ(test, loop(&fsm), 0);
	/* One that was on its way when we came up */
	KUNIT_EXPECT_EQ(test, bfd_fsm_looped(&fsm, BFD_STATE_INIT), 0);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_UP);
}

/* RFC 9747 2: slow until Up, and what is told of intervals has no effect */
static void slow_until_up(struct kunit *test)
{
	struct bfd_fsm_config config = unaffiliated_config();
	struct bfd_packet pkt;
	struct bfd_fsm fsm;

	bfd_fsm_init(&fsm, &config, LOCAL_DISCR);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), ONE_SECOND_US);
	loop(&fsm);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), ONE_SECOND_US);
	loop(&fsm);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), ECHO_TX_US);
	bfd_fsm_packet(&fsm, &pkt, false);
	KUNIT_EXPECT_EQ(test, pkt.desired_min_tx_us, ONE_SECOND_US);
	KUNIT_EXPECT_EQ(test, pkt.required_min_rx_us, ONE_SECOND_US);
	KUNIT_EXPECT_EQ(test, pkt.required_min_echo_rx_us, 0);
	/* Changed without asking anybody */
	config.desired_min_tx_us = ECHO_RX_US;
	config.detect_mult = 9;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), ECHO_RX_US);
	KUNIT_EXPECT_EQ(test, fsm.detect_mult, 9);
	KUNIT_EXPECT_FALSE(test, fsm.poll);
}

static void nothing_but_echoes_leaves(struct kunit *test)
{
	struct bfd_fsm_config config = unaffiliated_config();
	struct bfd_fsm fsm;

	loop_until_up(test, &fsm);
	KUNIT_EXPECT_FALSE(test, bfd_fsm_may_speak(&fsm));
	KUNIT_EXPECT_FALSE(test, bfd_fsm_transmits(&fsm));
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), 0);
	KUNIT_EXPECT_EQ(test, bfd_fsm_verify(&fsm), 0);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_rx_interval_us(&fsm), 0);
	config.admin_down = true;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_ADMIN_DOWN);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), 0);
	bfd_fsm_looped(&fsm, BFD_STATE_UP);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_ADMIN_DOWN);
	config.admin_down = false;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_tx_interval_us(&fsm), ONE_SECOND_US);
}

static void lost_and_begun_anew(struct kunit *test)
{
	struct bfd_packet pkt;
	struct bfd_fsm fsm;

	loop_until_up(test, &fsm);
	KUNIT_EXPECT_TRUE(test, bfd_fsm_echo_failed(&fsm) & BFD_ACT_STATE);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, fsm.local_diag, BFD_DIAG_ECHO_FAILED);
	bfd_fsm_packet(&fsm, &pkt, false);
	KUNIT_EXPECT_EQ(test, pkt.your_discr, 0);
	/* One that was on its way tells nothing */
	KUNIT_EXPECT_EQ(test, bfd_fsm_looped(&fsm, BFD_STATE_UP), 0);
	loop(&fsm);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_INIT);
	/* Init is lost as well */
	KUNIT_EXPECT_TRUE(test, bfd_fsm_echo_failed(&fsm) & BFD_ACT_STATE);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, bfd_fsm_echo_failed(&fsm), 0);
}

static struct kunit_case echo_fsm_cases[] = {
	KUNIT_CASE(none_without_being_asked_for),
	KUNIT_CASE_PARAM(none_unless_up, fsm_not_up_gen_params),
	KUNIT_CASE(slower_end_rules),
	KUNIT_CASE(zero_ends_them),
	KUNIT_CASE(control_packets_become_slow_by_a_poll),
	KUNIT_CASE(slow_is_what_was_configured),
	KUNIT_CASE(end_by_command_makes_fast_again),
	KUNIT_CASE_PARAM(advertised_in_every_state, fsm_state_gen_params),
	KUNIT_CASE(withdrawn_only_when_heard),
	KUNIT_CASE(granted_at_once),
	KUNIT_CASE(failure_is_down_with_its_own_diagnostic),
	KUNIT_CASE_PARAM(only_up_can_fail, fsm_not_up_gen_params),
	KUNIT_CASE(lost_peer_gets_none),
	KUNIT_CASE(we_are_our_own_peer),
	KUNIT_CASE(slow_until_up),
	KUNIT_CASE(nothing_but_echoes_leaves),
	KUNIT_CASE(lost_and_begun_anew),
	{}
};

static struct kunit_suite echo_fsm_suite = {
	.name = "bfd_echo_fsm",
	.test_cases = echo_fsm_cases,
};

kunit_test_suite(echo_fsm_suite);
