// SPDX-License-Identifier: GPL-2.0
/*
 * Poll Sequences, and which interval holds before, during and after one
 * (RFC 5880 6.5, 6.8.3), with the slow start of a session that is not Up.
 */
#include <linux/string.h>
#include "fsm_fixture.h"

static void expect_advertised(struct kunit *test, const struct bfd_fsm *fsm, u32 tx_us, u32 rx_us)
{
	struct bfd_packet pkt;

	bfd_fsm_packet(fsm, &pkt, false);
	KUNIT_EXPECT_EQ(test, pkt.desired_min_tx_us, tx_us);
	KUNIT_EXPECT_EQ(test, pkt.required_min_rx_us, rx_us);
}

static void expect_effective(struct kunit *test, const struct bfd_fsm *fsm, u32 tx_us, u32 rx_us)
{
	KUNIT_EXPECT_EQ(test, fsm->eff_desired_min_tx_us, tx_us);
	KUNIT_EXPECT_EQ(test, fsm->eff_required_min_rx_us, rx_us);
}

/* The next periodic packet polls, and goes on polling until it is answered */
static void expect_polling(struct kunit *test, struct bfd_fsm *fsm)
{
	KUNIT_EXPECT_EQ(test, fsm_say(fsm), BFD_FLAG_CPI | BFD_FLAG_POLL);
	KUNIT_EXPECT_EQ(test, fsm_say(fsm), BFD_FLAG_CPI | BFD_FLAG_POLL);
}

static void expect_no_poll(struct kunit *test, struct bfd_fsm *fsm)
{
	KUNIT_EXPECT_EQ(test, fsm_say(fsm), BFD_FLAG_CPI);
}

struct change_param {
	const char *about;
	u32 old_tx, old_rx;
	u32 new_tx, new_rx;
	/* Effective until the Poll Sequence ends: RFC 5880 6.8.3 */
	u32 meanwhile_tx, meanwhile_rx;
};

static const struct change_param change_params[] = {
	/* "bfd.DesiredMinTxInterval is increased: MUST NOT change until ..." */
	{ "tx up", 100000, 100000, 300000, 100000, 100000, 100000 },
	{ "tx up by 1 us", 100000, 100000, 100001, 100000, 100000, 100000 },
	{ "tx up to the longest", 100000, 100000, U32_MAX, 100000, 100000, 100000 },
	{ "tx down", 300000, 300000, 100000, 300000, 100000, 300000 },
	{ "tx down by 1 us", 300000, 300000, 299999, 300000, 299999, 300000 },
	/* "bfd.RequiredMinRxInterval is reduced: the previous value MUST be used" */
	{ "rx down", 300000, 300000, 300000, 100000, 300000, 300000 },
	{ "rx down by 1 us", 300000, 300000, 300000, 299999, 300000, 300000 },
	{ "rx up", 100000, 100000, 100000, 300000, 100000, 300000 },
	{ "rx up by 1 us", 100000, 100000, 100000, 100001, 100000, 100001 },
	{ "rx up to the longest", 100000, 100000, 100000, U32_MAX, 100000, U32_MAX },
	/* Not to be sent anything is longer than any interval, but there is no
	 * previous Detection Time to go on with when it ends
	 */
	{ "rx to none", 100000, 100000, 100000, 0, 100000, 0 },
	{ "rx from the longest to none", 100000, U32_MAX, 100000, 0, 100000, 0 },
	{ "rx from none", 100000, 0, 100000, 100000, 100000, 100000 },
	{ "rx from none to the longest", 100000, 0, 100000, U32_MAX, 100000, U32_MAX },
	{ "both up", 100000, 100000, 200000, 300000, 100000, 300000 },
	{ "both down", 300000, 300000, 100000, 200000, 100000, 300000 },
	{ "tx up, rx down", 100000, 300000, 200000, 150000, 100000, 300000 },
	{ "tx down, rx up", 300000, 100000, 150000, 200000, 150000, 200000 },
};

static void change_describe(const struct change_param *param, char *out)
{
	strscpy(out, param->about, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(change, change_params, change_describe);

/* A settled machine whose intervals are those @param changes */
static void before_change(struct kunit *test, struct bfd_fsm *fsm, const struct change_param *param)
{
	fsm_settle(test, fsm);
	fsm_set_intervals(fsm, param->old_tx, param->old_rx);
	fsm_say(fsm);
	fsm_hear(test, fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	expect_effective(test, fsm, param->old_tx, param->old_rx);
	KUNIT_ASSERT_FALSE(test, fsm->poll);
}

static void change_while_up_is_polled(struct kunit *test)
{
	const struct change_param *param = test->param_value;
	struct bfd_fsm fsm;

	before_change(test, &fsm, param);
	KUNIT_EXPECT_EQ(test, fsm_set_intervals(&fsm, param->new_tx, param->new_rx),
			BFD_ACT_TIMING);

	expect_advertised(test, &fsm, param->new_tx, param->new_rx);
	expect_polling(test, &fsm);
}

static void change_waits_where_it_must(struct kunit *test)
{
	const struct change_param *param = test->param_value;
	struct bfd_fsm fsm;

	before_change(test, &fsm, param);
	fsm_set_intervals(&fsm, param->new_tx, param->new_rx);
	expect_effective(test, &fsm, param->meanwhile_tx, param->meanwhile_rx);
	fsm_say(&fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, 0);

	expect_effective(test, &fsm, param->meanwhile_tx, param->meanwhile_rx);
}

static void final_puts_change_into_effect(struct kunit *test)
{
	const struct change_param *param = test->param_value;
	struct bfd_fsm fsm;

	before_change(test, &fsm, param);
	fsm_set_intervals(&fsm, param->new_tx, param->new_rx);
	fsm_say(&fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);

	expect_effective(test, &fsm, param->new_tx, param->new_rx);
	expect_advertised(test, &fsm, param->new_tx, param->new_rx);
	expect_no_poll(test, &fsm);
}

/* An answer to nothing: it was under way for an earlier sequence */
static void final_before_poll_left_ends_nothing(struct kunit *test)
{
	const struct change_param *param = test->param_value;
	struct bfd_fsm fsm;

	before_change(test, &fsm, param);
	fsm_set_intervals(&fsm, param->new_tx, param->new_rx);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);

	expect_effective(test, &fsm, param->meanwhile_tx, param->meanwhile_rx);
	expect_polling(test, &fsm);
}

static void final_without_poll_changes_nothing(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_say(&fsm);

	KUNIT_EXPECT_EQ(test, fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL), BFD_ACT_TIMING);
	expect_effective(test, &fsm, LOCAL_TX_US, LOCAL_RX_US);
	expect_no_poll(test, &fsm);
}

static void same_configuration_is_not_polled(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, LOCAL_TX_US, LOCAL_RX_US);

	expect_no_poll(test, &fsm);
}

/* RFC 5880 6.8.12 */
static void detect_mult_is_told_without_poll(struct kunit *test)
{
	struct bfd_fsm_config config;
	struct bfd_packet pkt;
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	config = fsm.config;
	config.detect_mult = 200;
	bfd_fsm_configure(&fsm, &config);

	bfd_fsm_packet(&fsm, &pkt, false);
	KUNIT_EXPECT_EQ(test, pkt.detect_mult, 200);
	expect_no_poll(test, &fsm);
}

static void change_while_polling_is_polled_again(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, 400000, LOCAL_RX_US);
	fsm_say(&fsm);
	fsm_set_intervals(&fsm, 500000, LOCAL_RX_US);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);

	/* The F may answer the first value only */
	expect_effective(test, &fsm, LOCAL_TX_US, LOCAL_RX_US);
	expect_advertised(test, &fsm, 500000, LOCAL_RX_US);
	expect_polling(test, &fsm);
}

/* Nor can it be told which of two polls an F answers */
static void final_after_two_values_may_answer_the_first(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, 400000, LOCAL_RX_US);
	fsm_say(&fsm);
	fsm_set_intervals(&fsm, 500000, LOCAL_RX_US);
	fsm_say(&fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);

	expect_effective(test, &fsm, LOCAL_TX_US, LOCAL_RX_US);
	expect_polling(test, &fsm);
}

static void second_final_ends_the_second_poll(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, LOCAL_TX_US, 100000);
	fsm_say(&fsm);
	fsm_set_intervals(&fsm, 500000, 50000);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	fsm_say(&fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);

	expect_effective(test, &fsm, 500000, 50000);
	expect_no_poll(test, &fsm);
}

static void late_final_does_not_end_the_second_poll(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, 400000, LOCAL_RX_US);
	fsm_say(&fsm);
	fsm_set_intervals(&fsm, 500000, LOCAL_RX_US);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	/* Another answer to the first poll, before one of the second has left */
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);

	expect_effective(test, &fsm, LOCAL_TX_US, LOCAL_RX_US);
	expect_polling(test, &fsm);
}

/* What was advertised meanwhile may be all the peer has heard */
static void change_and_back_is_polled_again(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, 50000, LOCAL_RX_US);
	fsm_say(&fsm);
	fsm_set_intervals(&fsm, LOCAL_TX_US, LOCAL_RX_US);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	expect_effective(test, &fsm, 50000, LOCAL_RX_US);
	expect_polling(test, &fsm);

	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	expect_effective(test, &fsm, LOCAL_TX_US, LOCAL_RX_US);
	expect_no_poll(test, &fsm);
}

static void same_change_while_polling_adds_no_poll(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, 400000, LOCAL_RX_US);
	fsm_say(&fsm);
	fsm_set_intervals(&fsm, 400000, LOCAL_RX_US);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);

	expect_effective(test, &fsm, 400000, LOCAL_RX_US);
	expect_no_poll(test, &fsm);
}

static void answer_while_polling_is_final_alone(struct kunit *test)
{
	struct bfd_packet pkt;
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, 400000, LOCAL_RX_US);
	fsm_say(&fsm);

	KUNIT_EXPECT_EQ(test, fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_POLL),
			BFD_ACT_TIMING | BFD_ACT_FINAL);
	bfd_fsm_packet(&fsm, &pkt, true);
	KUNIT_EXPECT_EQ(test, pkt.flags, BFD_FLAG_CPI | BFD_FLAG_FINAL);
	expect_polling(test, &fsm);
}

static void polled_interval_is_used_after_final(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, 800000, LOCAL_RX_US);
	fsm_say(&fsm);
	KUNIT_EXPECT_EQ(test, bfd_fsm_tx_interval_us(&fsm), LOCAL_TX_US);

	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_EXPECT_EQ(test, bfd_fsm_tx_interval_us(&fsm), 800000);
}

static void polled_detection_time_is_used_after_final(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, LOCAL_TX_US, 900000);
	fsm_say(&fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	fsm_set_intervals(&fsm, LOCAL_TX_US, 1000);
	fsm_say(&fsm);
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), REMOTE_MULT * 900000);

	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), REMOTE_MULT * REMOTE_TX_US);
}

/* The peer may have died while it was asked for silence: an F to wait for may
 * never come
 */
static void end_of_silence_starts_detection(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, LOCAL_TX_US, 0);
	fsm_say(&fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), 0);

	fsm_set_intervals(&fsm, LOCAL_TX_US, 900000);
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), REMOTE_MULT * 900000);
}

/* RFC 5880 6.6: only a Poll Sequence is sent to a peer in Demand mode */
static void demand_mode_is_silent_but_for_polls(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_DEMAND);
	KUNIT_EXPECT_FALSE(test, bfd_fsm_transmits(&fsm));

	fsm_set_intervals(&fsm, 400000, LOCAL_RX_US);
	KUNIT_EXPECT_TRUE(test, bfd_fsm_transmits(&fsm));

	fsm_say(&fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_DEMAND | BFD_FLAG_FINAL);
	KUNIT_EXPECT_FALSE(test, bfd_fsm_transmits(&fsm));
}

static void coming_up_polls_the_real_interval(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, BFD_STATE_UP);

	expect_advertised(test, &fsm, LOCAL_TX_US, LOCAL_RX_US);
	/* Faster than before: at once */
	expect_effective(test, &fsm, LOCAL_TX_US, LOCAL_RX_US);
	expect_polling(test, &fsm);
}

static void coming_up_slow_needs_no_poll(struct kunit *test)
{
	struct bfd_fsm_config config = fsm_config();
	struct bfd_fsm fsm;

	config.desired_min_tx_us = ONE_SECOND_US;
	bfd_fsm_init(&fsm, &config, LOCAL_DISCR);
	fsm_hear(test, &fsm, BFD_STATE_INIT, 0);

	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_UP);
	expect_no_poll(test, &fsm);
}

static void leave_up_by_packet(struct kunit *test, struct bfd_fsm *fsm)
{
	fsm_hear(test, fsm, BFD_STATE_DOWN, 0);
}

static void leave_up_by_admin_down(struct kunit *test, struct bfd_fsm *fsm)
{
	fsm_hear(test, fsm, BFD_STATE_ADMIN_DOWN, 0);
}

static void leave_up_by_final(struct kunit *test, struct bfd_fsm *fsm)
{
	fsm_hear(test, fsm, BFD_STATE_DOWN, BFD_FLAG_FINAL);
}

static void leave_up_by_expiry(struct kunit *test, struct bfd_fsm *fsm)
{
	bfd_fsm_expire(fsm);
}

static void leave_up_by_path(struct kunit *test, struct bfd_fsm *fsm)
{
	bfd_fsm_path_down(fsm);
}

static void leave_up_by_command(struct kunit *test, struct bfd_fsm *fsm)
{
	struct bfd_fsm_config config = fsm->config;

	config.admin_down = true;
	bfd_fsm_configure(fsm, &config);
}

struct leave_param {
	const char *about;
	void (*leave)(struct kunit *test, struct bfd_fsm *fsm);
};

static const struct leave_param leave_params[] = {
	{ "Down received", leave_up_by_packet },
	{ "AdminDown received", leave_up_by_admin_down },
	{ "Down with F received", leave_up_by_final },
	{ "Detection Time expired", leave_up_by_expiry },
	{ "path down", leave_up_by_path },
	{ "AdminDown commanded", leave_up_by_command },
};

static void leave_describe(const struct leave_param *param, char *out)
{
	strscpy(out, param->about, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(leave, leave_params, leave_describe);

static void leaving_up_is_slow_at_once(struct kunit *test)
{
	const struct leave_param *param = test->param_value;
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	param->leave(test, &fsm);

	expect_advertised(test, &fsm, ONE_SECOND_US, LOCAL_RX_US);
	expect_effective(test, &fsm, ONE_SECOND_US, LOCAL_RX_US);
	expect_no_poll(test, &fsm);
}

static void leaving_up_ends_a_poll(struct kunit *test)
{
	const struct leave_param *param = test->param_value;
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, 2000000, 50000);
	fsm_say(&fsm);
	fsm_set_intervals(&fsm, 3000000, 60000);
	param->leave(test, &fsm);

	expect_advertised(test, &fsm, 3000000, 60000);
	expect_effective(test, &fsm, 3000000, 60000);
	expect_no_poll(test, &fsm);
}

/* Nothing of a poll of the last time Up is left when it comes up again: one F
 * ends the poll of coming up.
 */
static void poll_does_not_outlive_up(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, 400000, 50000);
	fsm_say(&fsm);
	fsm_set_intervals(&fsm, 500000, 60000);
	bfd_fsm_path_down(&fsm);
	fsm_hear(test, &fsm, BFD_STATE_INIT, 0);
	KUNIT_ASSERT_EQ(test, fsm.session_state, BFD_STATE_UP);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	expect_polling(test, &fsm);

	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	expect_no_poll(test, &fsm);
}

/* RFC 5880 6.8.3 */
static void only_up_is_faster_than_a_second(struct kunit *test)
{
	static const u32 wanted[] = { 1, 1000, 999999, 1000000, 1000001, U32_MAX };
	const struct fsm_state_param *param = test->param_value;
	struct bfd_fsm fsm;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wanted); i++) {
		u32 tx = wanted[i];

		if (param->state != BFD_STATE_UP && tx < ONE_SECOND_US)
			tx = ONE_SECOND_US;
		fsm_enter(test, &fsm, param->state);
		fsm_set_intervals(&fsm, wanted[i], LOCAL_RX_US);

		expect_advertised(test, &fsm, tx, LOCAL_RX_US);
	}
}

static void new_machine_is_slow(struct kunit *test)
{
	struct bfd_fsm_config config = fsm_config();
	struct bfd_fsm fsm;

	bfd_fsm_init(&fsm, &config, LOCAL_DISCR);

	expect_advertised(test, &fsm, ONE_SECOND_US, LOCAL_RX_US);
	expect_effective(test, &fsm, ONE_SECOND_US, LOCAL_RX_US);
}

static void change_holds_at_once_unless_up(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, param->state);
	fsm_set_intervals(&fsm, 2000000, 1000);
	expect_effective(test, &fsm, 2000000, 1000);
	expect_no_poll(test, &fsm);

	fsm_set_intervals(&fsm, 1500000, 0);
	expect_effective(test, &fsm, 1500000, 0);
	expect_no_poll(test, &fsm);
}

static struct kunit_case bfd_poll_cases[] = {
	KUNIT_CASE_PARAM(change_while_up_is_polled, change_gen_params),
	KUNIT_CASE_PARAM(change_waits_where_it_must, change_gen_params),
	KUNIT_CASE_PARAM(final_puts_change_into_effect, change_gen_params),
	KUNIT_CASE_PARAM(final_before_poll_left_ends_nothing, change_gen_params),
	KUNIT_CASE(final_without_poll_changes_nothing),
	KUNIT_CASE(same_configuration_is_not_polled),
	KUNIT_CASE(detect_mult_is_told_without_poll),
	KUNIT_CASE(change_while_polling_is_polled_again),
	KUNIT_CASE(final_after_two_values_may_answer_the_first),
	KUNIT_CASE(second_final_ends_the_second_poll),
	KUNIT_CASE(late_final_does_not_end_the_second_poll),
	KUNIT_CASE(change_and_back_is_polled_again),
	KUNIT_CASE(same_change_while_polling_adds_no_poll),
	KUNIT_CASE(answer_while_polling_is_final_alone),
	KUNIT_CASE(polled_interval_is_used_after_final),
	KUNIT_CASE(polled_detection_time_is_used_after_final),
	KUNIT_CASE(end_of_silence_starts_detection),
	KUNIT_CASE(demand_mode_is_silent_but_for_polls),
	KUNIT_CASE(coming_up_polls_the_real_interval),
	KUNIT_CASE(coming_up_slow_needs_no_poll),
	KUNIT_CASE_PARAM(leaving_up_is_slow_at_once, leave_gen_params),
	KUNIT_CASE_PARAM(leaving_up_ends_a_poll, leave_gen_params),
	KUNIT_CASE(poll_does_not_outlive_up),
	KUNIT_CASE_PARAM(only_up_is_faster_than_a_second, fsm_state_gen_params),
	KUNIT_CASE(new_machine_is_slow),
	KUNIT_CASE_PARAM(change_holds_at_once_unless_up, fsm_not_up_gen_params),
	{ }
};

static struct kunit_suite bfd_poll_suite = {
	.name = "bfd_poll",
	.test_cases = bfd_poll_cases,
};

kunit_test_suite(bfd_poll_suite);
