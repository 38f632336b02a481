// SPDX-License-Identifier: GPL-2.0
/*
 * Arithmetic of intervals: negotiation, Detection Time, and the jitter of the
 * next packet (RFC 5880 6.8.2, 6.8.4, 6.8.7).
 */
#include <linux/math64.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <bfd/wheel.h>
#include "fsm_fixture.h"

#define DRAWS	100000

struct tx_param {
	const char *about;
	u32 local_tx;
	u32 remote_rx;
	u32 interval;
};

static const struct tx_param tx_params[] = {
	{ "ours is slower", 200000, 100000, 200000 },
	{ "the peer wants it slower", 100000, 200000, 200000 },
	{ "both want the same", 100000, 100000, 100000 },
	{ "by 1 us", 100000, 100001, 100001 },
	{ "the peer takes anything", 1000, 1, 1000 },
	{ "ours is the longest", U32_MAX, 1000, U32_MAX },
	{ "the peer's is the longest", 1000, U32_MAX, U32_MAX },
};

static void tx_describe(const struct tx_param *param, char *out)
{
	strscpy(out, param->about, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(tx, tx_params, tx_describe);

static void slower_end_rules_transmission(struct kunit *test)
{
	const struct tx_param *param = test->param_value;
	struct bfd_packet pkt = fsm_packet(BFD_STATE_UP, BFD_FLAG_FINAL);
	struct bfd_fsm fsm;
	unsigned int acts;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, param->local_tx, LOCAL_RX_US);
	fsm_say(&fsm);
	pkt.required_min_rx_us = param->remote_rx;
	bfd_fsm_receive(&fsm, &pkt, &acts);

	KUNIT_EXPECT_EQ(test, bfd_fsm_tx_interval_us(&fsm), param->interval);
}

static void forgotten_peer_is_sent_to_at_our_interval(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_packet pkt = fsm_packet(BFD_STATE_ADMIN_DOWN, 0);
	struct bfd_fsm fsm;
	unsigned int acts;

	fsm_enter(test, &fsm, param->state);
	pkt.required_min_rx_us = U32_MAX;
	bfd_fsm_receive(&fsm, &pkt, &acts);
	bfd_fsm_expire(&fsm);

	KUNIT_EXPECT_EQ(test, bfd_fsm_tx_interval_us(&fsm), ONE_SECOND_US);
}

struct detection_param {
	const char *about;
	u8 remote_mult;
	u32 remote_tx;
	u32 local_rx;
	u32 interval;
	u64 detection;
};

static const struct detection_param detection_params[] = {
	{ "we want it slower", 3, 100000, 200000, 200000, 600000 },
	{ "the peer is slower", 3, 200000, 100000, 200000, 600000 },
	{ "same", 5, 100000, 100000, 100000, 500000 },
	{ "by 1 us", 3, 100001, 100000, 100001, 300003 },
	{ "mult 1", 1, 50000, 10000, 50000, 50000 },
	{ "mult 255", 255, 10000, 50000, 50000, 12750000 },
	{ "the peer promises nothing", 3, 0, 1000, 1000, 3000 },
	{ "we want nothing", 3, 100000, 0, 0, 0 },
	{ "longest", 255, U32_MAX, 1000, U32_MAX, 1095216660225ULL },
	{ "longest of ours", 255, 1000, U32_MAX, U32_MAX, 1095216660225ULL },
};

static void detection_describe(const struct detection_param *param, char *out)
{
	strscpy(out, param->about, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(detection, detection_params, detection_describe);

/* RFC 5880 6.8.4: the peer's Detect Mult times the greater of bfd.RequiredMin-
 * RxInterval and the last received Desired Min TX Interval
 */
static void detection_time_is_what_the_peer_promised(struct kunit *test)
{
	const struct detection_param *param = test->param_value;
	struct bfd_packet pkt = fsm_packet(BFD_STATE_UP, BFD_FLAG_FINAL);
	struct bfd_fsm fsm;
	unsigned int acts;

	fsm_settle(test, &fsm);
	fsm_set_intervals(&fsm, LOCAL_TX_US, param->local_rx);
	fsm_say(&fsm);
	pkt.detect_mult = param->remote_mult;
	pkt.desired_min_tx_us = param->remote_tx;
	bfd_fsm_receive(&fsm, &pkt, &acts);

	KUNIT_EXPECT_EQ(test, bfd_fsm_rx_interval_us(&fsm), param->interval);
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), param->detection);
}

static void unknown_peer_is_not_detected(struct kunit *test)
{
	struct bfd_fsm_config config = fsm_config();
	struct bfd_fsm fsm;

	bfd_fsm_init(&fsm, &config, LOCAL_DISCR);
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), 0);
	KUNIT_EXPECT_EQ(test, bfd_fsm_rx_interval_us(&fsm), 0);
}

static void forgotten_peer_is_not_detected(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, param->state);
	bfd_fsm_expire(&fsm);

	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), 0);
	KUNIT_EXPECT_EQ(test, bfd_fsm_rx_interval_us(&fsm), 0);
}

/* The peer is to be forgotten in any state, so it is timed in any state */
static void heard_peer_is_timed_in_any_state(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_packet pkt = fsm_packet(BFD_STATE_ADMIN_DOWN, 0);
	struct bfd_fsm fsm;
	unsigned int acts;

	fsm_enter(test, &fsm, param->state);
	bfd_fsm_receive(&fsm, &pkt, &acts);

	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), REMOTE_MULT * REMOTE_TX_US);
}

static const u32 intervals_us[] = {
	1000, 1001, 1500, 2000, 3300, 8388, 8389, 10000, 16777, 16778, 50000, 300000, 1000000,
	60000000, U32_MAX,
};

static void interval_describe(const u32 *interval_us, char *out)
{
	snprintf(out, KUNIT_PARAM_DESC_SIZE, "%u us", *interval_us);
}

KUNIT_ARRAY_PARAM(interval, intervals_us, interval_describe);

/* Those with at least three points of the grid within their bounds */
static const u32 spread_intervals_us[] = { 3300, 8388, 8389, 50000, 300000, U32_MAX };

KUNIT_ARRAY_PARAM(spread, spread_intervals_us, interval_describe);

static const u8 mults[] = { 1, 2, 3, 255 };

/* RFC 5880 6.8.7: 75 % at least, 90 % at most for Detect Mult 1, in ns; here no
 * interval is divided, so that no bound is rounded
 */
static u64 least_ns(u32 interval_us)
{
	return (u64)interval_us * 750;
}

static u64 most_ns(u32 interval_us, u8 mult)
{
	return (u64)interval_us * (mult == 1 ? 900 : 1000);
}

/* Packets leave on a grid: a 64th of the interval at most, a slot at least */
static u64 grid_ns(u32 interval_us)
{
	u64 grid = BFD_WHEEL_SLOT_NS;

	while (grid * 2 * 64 <= (u64)interval_us * 1000)
		grid *= 2;
	return grid;
}

/* Any time of the first decades after boot */
static u64 random_time(struct rnd_state *rnd)
{
	return (u64)prandom_u32_state(rnd) << 29 | prandom_u32_state(rnd) >> 3;
}

static void jitter_keeps_its_bounds(struct kunit *test)
{
	u32 interval_us = *(const u32 *)test->param_value;
	unsigned int i, early = 0, late = 0;
	struct rnd_state rnd;

	prandom_seed_state(&rnd, interval_us);
	for (i = 0; i < DRAWS; i++) {
		u8 mult = mults[i % ARRAY_SIZE(mults)];
		u64 last = random_time(&rnd);
		u64 after = bfd_fsm_next_tx_ns(last, interval_us, mult,
					       prandom_u32_state(&rnd)) - last;

		early += after < least_ns(interval_us);
		late += after > most_ns(interval_us, mult);
	}

	KUNIT_EXPECT_EQ(test, early, 0);
	KUNIT_EXPECT_EQ(test, late, 0);
}

/* The extremes of what is random, from each place in the grid; among them those
 * from which a bound is a point of it. 32 random bits do not reach every ns of
 * more than 4 s.
 */
static void jitter_reaches_its_bounds(struct kunit *test)
{
	u32 interval_us = *(const u32 *)test->param_value;
	u64 least = least_ns(interval_us), grid = grid_ns(interval_us);
	unsigned int i, wrong = 0;

	for (i = 0; i < 4096; i++) {
		u8 mult = mults[i / 2 % ARRAY_SIZE(mults)];
		u64 most = most_ns(interval_us, mult);
		u64 last = most * 2, first, final;

		last -= (last + (i % 2 ? most : least)) % grid;
		last += i / 8 * (grid >> 9);
		first = bfd_fsm_next_tx_ns(last, interval_us, mult, 0) - last;
		final = bfd_fsm_next_tx_ns(last, interval_us, mult, U32_MAX) - last;
		wrong += first < least || first >= least + grid;
		wrong += final > most || final + grid + (most >> 32) <= most;
	}

	KUNIT_EXPECT_EQ(test, wrong, 0);
}

static void packets_leave_on_the_grid(struct kunit *test)
{
	u32 interval_us = *(const u32 *)test->param_value;
	unsigned int i, off = 0;
	struct rnd_state rnd;

	prandom_seed_state(&rnd, interval_us);
	for (i = 0; i < DRAWS / 4; i++) {
		u64 next = bfd_fsm_next_tx_ns(random_time(&rnd), interval_us,
					      mults[i % ARRAY_SIZE(mults)],
					      prandom_u32_state(&rnd));

		off += next % grid_ns(interval_us) != 0;
	}

	KUNIT_EXPECT_EQ(test, off, 0);
}

/* The points within the bounds are drawn equally often, but for the first and
 * the last, whose share of the time may be cut
 */
static void expect_even_spread(struct kunit *test, u32 interval_us, u8 mult)
{
	u64 last = 1000 * grid_ns(interval_us) + 7777;
	u64 begin = div64_u64(last + least_ns(interval_us) - 1, grid_ns(interval_us)) + 1;
	u64 end = div64_u64(last + most_ns(interval_us, mult), grid_ns(interval_us)) + 1;
	unsigned int i, share, uneven = 0, points = end - begin;
	unsigned int counts[64] = { };
	struct rnd_state rnd;

	KUNIT_ASSERT_GE(test, points, 3);
	KUNIT_ASSERT_LE(test, points, ARRAY_SIZE(counts));
	prandom_seed_state(&rnd, interval_us);
	for (i = 0; i < DRAWS / 2; i++) {
		u64 next = bfd_fsm_next_tx_ns(last, interval_us, mult, prandom_u32_state(&rnd));
		u64 point = div64_u64(next, grid_ns(interval_us)) - begin;

		KUNIT_ASSERT_LT(test, point, points);
		counts[point]++;
	}

	share = (DRAWS / 2 - counts[0] - counts[points - 1]) / (points - 2);
	KUNIT_EXPECT_GE(test, share, DRAWS / 2 / points);
	for (i = 1; i + 1 < points; i++)
		uneven += counts[i] < share * 3 / 4 || counts[i] > share * 5 / 4;
	KUNIT_EXPECT_EQ(test, uneven, 0);
}

static void jitter_is_spread_evenly(struct kunit *test)
{
	expect_even_spread(test, *(const u32 *)test->param_value, 3);
}

static void jitter_of_mult_1_is_spread_evenly(struct kunit *test)
{
	expect_even_spread(test, *(const u32 *)test->param_value, 1);
}

/* RFC 5880 6.8.7: "the average interval will be roughly 12.5% less" */
static void jitter_takes_an_eighth_on_average(struct kunit *test)
{
	const u32 interval_us = 300000;
	u64 now = 0, average;
	struct rnd_state rnd;
	unsigned int i;

	prandom_seed_state(&rnd, 1);
	for (i = 0; i < DRAWS; i++)
		now = bfd_fsm_next_tx_ns(now, interval_us, 3, prandom_u32_state(&rnd));
	average = div_u64(now, DRAWS);

	KUNIT_EXPECT_GE(test, average, 865 * interval_us);
	KUNIT_EXPECT_LE(test, average, 885 * interval_us);
}

static struct kunit_case bfd_timing_cases[] = {
	KUNIT_CASE_PARAM(slower_end_rules_transmission, tx_gen_params),
	KUNIT_CASE_PARAM(forgotten_peer_is_sent_to_at_our_interval, fsm_state_gen_params),
	KUNIT_CASE_PARAM(detection_time_is_what_the_peer_promised, detection_gen_params),
	KUNIT_CASE(unknown_peer_is_not_detected),
	KUNIT_CASE_PARAM(forgotten_peer_is_not_detected, fsm_state_gen_params),
	KUNIT_CASE_PARAM(heard_peer_is_timed_in_any_state, fsm_state_gen_params),
	KUNIT_CASE_PARAM(jitter_keeps_its_bounds, interval_gen_params),
	KUNIT_CASE_PARAM(jitter_reaches_its_bounds, interval_gen_params),
	KUNIT_CASE_PARAM(packets_leave_on_the_grid, interval_gen_params),
	KUNIT_CASE_PARAM(jitter_is_spread_evenly, spread_gen_params),
	KUNIT_CASE_PARAM(jitter_of_mult_1_is_spread_evenly, spread_gen_params),
	KUNIT_CASE(jitter_takes_an_eighth_on_average),
	{ }
};

static struct kunit_suite bfd_timing_suite = {
	.name = "bfd_timing",
	.test_cases = bfd_timing_cases,
};

kunit_test_suite(bfd_timing_suite);
