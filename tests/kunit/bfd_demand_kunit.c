// SPDX-License-Identifier: GPL-2.0
/*
 * Demand mode as the local end asks for it (RFC 5880 6.6, 6.8.4): when its bit may
 * be set, which Polls it needs, and what silence means in it. What a peer's Demand
 * mode does to us is in bfd_fsm_kunit.c.
 */
#include "fsm_fixture.h"

#define POLLS		(BFD_FLAG_CPI | BFD_FLAG_POLL | BFD_FLAG_DEMAND)
#define ASKS		(BFD_FLAG_CPI | BFD_FLAG_DEMAND)
/* 6.8.4: our Detect Mult times our interval, here the one the peer allows */
#define DETECTION_US	((u64)LOCAL_MULT * LOCAL_TX_US)

static unsigned int set_demand(struct bfd_fsm *fsm, bool demand)
{
	struct bfd_fsm_config config = fsm->config;

	config.demand = demand;
	return bfd_fsm_configure(fsm, &config);
}

/* Both are Up, it was asked for, and the peer has answered */
static void demand_settle(struct kunit *test, struct bfd_fsm *fsm)
{
	fsm_settle(test, fsm);
	set_demand(fsm, true);
	KUNIT_ASSERT_EQ(test, fsm_say(fsm), POLLS);
	fsm_hear(test, fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_ASSERT_FALSE(test, fsm->poll);
	KUNIT_ASSERT_TRUE(test, bfd_fsm_demand_active(fsm));
}

/* "MUST NOT be set unless both systems perceive the session to be Up" */
static void bit_is_set_only_while_both_are_up(struct kunit *test)
{
	unsigned int local, remote;

	for (local = 0; local < __BFD_STATE_MAX; local++) {
		for (remote = 0; remote < __BFD_STATE_MAX; remote++) {
			struct bfd_fsm fsm;
			bool both;

			fsm_enter(test, &fsm, BFD_STATE_DOWN);
			fsm.session_state = local;
			fsm.remote_session_state = remote;
			set_demand(&fsm, true);
			/* AdminDown ends with the command */
			both = local == BFD_STATE_UP && remote == BFD_STATE_UP;

			KUNIT_EXPECT_EQ_MSG(test, !!(fsm_say(&fsm) & BFD_FLAG_DEMAND), both,
					    "local %u remote %u", local, remote);
			KUNIT_EXPECT_EQ(test, bfd_fsm_demand_active(&fsm), both);
		}
	}
}

/* We come Up by a packet that says Init: the peer is not yet */
static void bit_waits_for_the_peer(struct kunit *test)
{
	struct bfd_fsm_config config = fsm_config();
	struct bfd_fsm fsm;

	config.demand = true;
	bfd_fsm_init(&fsm, &config, LOCAL_DISCR);
	fsm_hear(test, &fsm, BFD_STATE_DOWN, 0);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), BFD_FLAG_CPI);
	fsm_hear(test, &fsm, BFD_STATE_INIT, 0);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_UP);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), BFD_FLAG_CPI | BFD_FLAG_POLL);

	/* Its F answers the Poll before; the bit needs one of its own */
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), POLLS);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), ASKS);
}

/* "MUST initiate a Poll Sequence in conjunction with changing the bit" */
static void change_of_the_bit_is_polled(struct kunit *test)
{
	struct bfd_fsm fsm;

	demand_settle(test, &fsm);
	set_demand(&fsm, true);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), ASKS);

	set_demand(&fsm, false);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), BFD_FLAG_CPI | BFD_FLAG_POLL);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), BFD_FLAG_CPI | BFD_FLAG_POLL);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), BFD_FLAG_CPI);
}

/* The peer is silent until it has heard that it need not be */
static void mode_lasts_until_its_end_is_heard(struct kunit *test)
{
	struct bfd_fsm fsm;

	demand_settle(test, &fsm);
	set_demand(&fsm, false);
	KUNIT_EXPECT_TRUE(test, bfd_fsm_demand_active(&fsm));
	fsm_say(&fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, 0);
	KUNIT_EXPECT_TRUE(test, bfd_fsm_demand_active(&fsm));
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_EXPECT_FALSE(test, bfd_fsm_demand_active(&fsm));
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), (u64)REMOTE_MULT * REMOTE_TX_US);
}

/* An F of a Poll before the bit was cleared is none for the bit */
static void bit_cleared_in_a_poll_needs_another(struct kunit *test)
{
	struct bfd_fsm fsm;

	demand_settle(test, &fsm);
	bfd_fsm_verify(&fsm);
	fsm_say(&fsm);
	set_demand(&fsm, false);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_EXPECT_TRUE(test, bfd_fsm_demand_active(&fsm));
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), BFD_FLAG_CPI | BFD_FLAG_POLL);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_EXPECT_FALSE(test, bfd_fsm_demand_active(&fsm));
}

/* 6.8.4: "equal to bfd.DetectMult, multiplied by the agreed transmit interval" */
static void detection_time_is_of_what_we_send(struct kunit *test)
{
	struct bfd_fsm fsm;

	demand_settle(test, &fsm);
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), DETECTION_US);
	KUNIT_EXPECT_EQ(test, bfd_fsm_rx_interval_us(&fsm), 0);
	/* A peer that allows less makes it longer */
	fsm.remote_min_rx_us = 2 * LOCAL_TX_US;
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), 2 * DETECTION_US);
	/* That nothing periodic is wanted anyway does not matter */
	fsm_set_intervals(&fsm, LOCAL_TX_US, 0);
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), 2 * DETECTION_US);
}

/* "whenever the contents of the next packet would be different" */
static void detect_mult_is_polled_in_demand_mode(struct kunit *test)
{
	struct bfd_fsm_config config;
	struct bfd_fsm fsm;

	demand_settle(test, &fsm);
	config = fsm.config;
	config.detect_mult++;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), POLLS);

	/* The peer's mode alone is enough */
	fsm_settle(test, &fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_DEMAND);
	config = fsm.config;
	config.detect_mult++;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_TRUE(test, bfd_fsm_transmits(&fsm));
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), BFD_FLAG_CPI | BFD_FLAG_POLL);

	/* In none, no Poll (6.8.12) */
	fsm_settle(test, &fsm);
	config = fsm.config;
	config.detect_mult++;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), BFD_FLAG_CPI);
}

static void verification_is_a_poll(struct kunit *test)
{
	struct bfd_fsm fsm;

	demand_settle(test, &fsm);
	KUNIT_EXPECT_EQ(test, bfd_fsm_verify(&fsm), BFD_ACT_TIMING);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), POLLS);
	/* One that goes on is enough */
	bfd_fsm_verify(&fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), ASKS);
}

/* To a peer that wants silence too, it is sent all the same */
static void verification_breaks_the_silence(struct kunit *test)
{
	struct bfd_fsm fsm;

	demand_settle(test, &fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_DEMAND);
	KUNIT_EXPECT_FALSE(test, bfd_fsm_transmits(&fsm));
	bfd_fsm_verify(&fsm);
	KUNIT_EXPECT_TRUE(test, bfd_fsm_transmits(&fsm));
	fsm_say(&fsm);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_FINAL | BFD_FLAG_DEMAND);
	KUNIT_EXPECT_FALSE(test, bfd_fsm_transmits(&fsm));
}

static void nothing_is_verified_unless_up(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, param->state);
	KUNIT_EXPECT_EQ(test, bfd_fsm_verify(&fsm), 0);
	KUNIT_EXPECT_FALSE(test, fsm.poll);
}

static void lost_path_ends_the_mode(struct kunit *test)
{
	struct bfd_fsm fsm;

	demand_settle(test, &fsm);
	bfd_fsm_verify(&fsm);
	fsm_say(&fsm);
	bfd_fsm_expire(&fsm);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, fsm.local_diag, BFD_DIAG_CONTROL_EXPIRY);
	KUNIT_EXPECT_FALSE(test, bfd_fsm_demand_active(&fsm));
	KUNIT_EXPECT_TRUE(test, bfd_fsm_transmits(&fsm));
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), BFD_FLAG_CPI);
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), 0);
}

static struct kunit_case bfd_demand_cases[] = {
	KUNIT_CASE(bit_is_set_only_while_both_are_up),
	KUNIT_CASE(bit_waits_for_the_peer),
	KUNIT_CASE(change_of_the_bit_is_polled),
	KUNIT_CASE(mode_lasts_until_its_end_is_heard),
	KUNIT_CASE(bit_cleared_in_a_poll_needs_another),
	KUNIT_CASE(detection_time_is_of_what_we_send),
	KUNIT_CASE(detect_mult_is_polled_in_demand_mode),
	KUNIT_CASE(verification_is_a_poll),
	KUNIT_CASE(verification_breaks_the_silence),
	KUNIT_CASE_PARAM(nothing_is_verified_unless_up, fsm_not_up_gen_params),
	KUNIT_CASE(lost_path_ends_the_mode),
	{ }
};

static struct kunit_suite bfd_demand_suite = {
	.name = "bfd_demand",
	.test_cases = bfd_demand_cases,
};

kunit_test_suite(bfd_demand_suite);
