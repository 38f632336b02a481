// SPDX-License-Identifier: GPL-2.0
/*
 * What was seen of a session: buckets, extremes, near misses.
 */
#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <bfd/seen.h>

/* The present when a case begins, and a Detection Time */
#define START		(1000 * NSEC_PER_SEC)
#define DETECTION	(30 * NSEC_PER_MSEC)

struct bucket_param {
	const char *about;
	u64 ns;
	unsigned int bucket;
};

static const struct bucket_param bucket_params[] = {
	{ "nothing", 0, 0 },
	{ "a nanosecond", 1, 0 },
	{ "a microsecond", 1000, 0 },
	{ "a nanosecond to the second bucket", 1999, 0 },
	{ "the second bucket's first", 2000, 1 },
	{ "the second bucket's last", 3999, 1 },
	{ "4 us", 4000, 2 },
	{ "a nanosecond less than 10 ms", 9999999, 13 },
	{ "1,023 us", 1023999, 9 },
	{ "1,024 us", 1024000, 10 },
	{ "the last bucket's first", 8388608000, 23 },
	{ "a microsecond less", 8388607999, 22 },
	{ "more than 32 bits of microseconds", 4294967296000, 23 },
	{ "all there is", U64_MAX - START, 23 },
};

static void bucket_describe(const struct bucket_param *param, char *out)
{
	strscpy(out, param->about, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(bucket, bucket_params, bucket_describe);

static int seen_kunit_init(struct kunit *test)
{
	test->priv = kunit_kzalloc(test, sizeof(struct bfd_seen), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, test->priv);
	bfd_seen_init(test->priv);
	return 0;
}

static unsigned int total(const struct bfd_histogram *histogram)
{
	unsigned int i, n = 0;

	for (i = 0; i < BFD_HISTOGRAM_BUCKETS; i++)
		n += histogram->counts[i];
	return n;
}

static void nothing_is_seen_at_first(struct kunit *test)
{
	struct bfd_seen *seen = test->priv;

	KUNIT_EXPECT_EQ(test, total(&seen->rx_interval), 0);
	KUNIT_EXPECT_EQ(test, total(&seen->tx_lateness), 0);
	KUNIT_EXPECT_EQ(test, total(&seen->detection_margin), 0);
	KUNIT_EXPECT_EQ(test, seen->rx_interval.at_ns, 0);
	KUNIT_EXPECT_EQ(test, seen->tx_lateness.at_ns, 0);
	KUNIT_EXPECT_EQ(test, seen->detection_margin.at_ns, 0);
	KUNIT_EXPECT_EQ(test, seen->near_misses, 0);
}

static void time_counts_in_one_bucket(struct kunit *test)
{
	const struct bucket_param *param = test->param_value;
	struct bfd_seen *seen = test->priv;

	bfd_seen_sent(seen, START + param->ns, START);
	bfd_seen_received(seen, START + param->ns, START, DETECTION);

	KUNIT_EXPECT_EQ(test, seen->tx_lateness.counts[param->bucket], 1);
	KUNIT_EXPECT_EQ(test, total(&seen->tx_lateness), 1);
	KUNIT_EXPECT_EQ(test, seen->rx_interval.counts[param->bucket], 1);
	KUNIT_EXPECT_EQ(test, total(&seen->rx_interval), 1);
}

static void margin_counts_in_one_bucket(struct kunit *test)
{
	const struct bucket_param *param = test->param_value;
	struct bfd_seen *seen = test->priv;

	/* A microsecond after the last packet, the rest of this is left */
	bfd_seen_received(seen, START + 1000, START, param->ns + 1000);

	KUNIT_EXPECT_EQ(test, seen->detection_margin.counts[param->bucket], 1);
	KUNIT_EXPECT_EQ(test, total(&seen->detection_margin), 1);
	KUNIT_EXPECT_EQ(test, seen->detection_margin.extreme_ns, param->ns);
}

static void bucket_counts_up(struct kunit *test)
{
	struct bfd_seen *seen = test->priv;
	unsigned int i;

	for (i = 0; i < 1000; i++)
		bfd_seen_received(seen, START + 9 * NSEC_PER_MSEC, START, DETECTION);

	KUNIT_EXPECT_EQ(test, seen->rx_interval.counts[13], 1000);
	KUNIT_EXPECT_EQ(test, seen->detection_margin.counts[14], 1000);
}

static void longest_interval_is_kept_with_its_moment(struct kunit *test)
{
	struct bfd_seen *seen = test->priv;

	bfd_seen_received(seen, START, START - 5000, DETECTION);
	bfd_seen_received(seen, START + 9000, START, DETECTION);
	bfd_seen_received(seen, START + 18000, START + 9000, DETECTION);
	bfd_seen_received(seen, START + 19000, START + 18000, DETECTION);

	KUNIT_EXPECT_EQ(test, seen->rx_interval.extreme_ns, 9000);
	KUNIT_EXPECT_EQ(test, seen->rx_interval.at_ns, START + 9000);
}

static void greatest_lateness_is_kept_with_its_moment(struct kunit *test)
{
	struct bfd_seen *seen = test->priv;

	bfd_seen_sent(seen, START + 1000, START);
	bfd_seen_sent(seen, START + 57000, START + 50000);
	bfd_seen_sent(seen, START + 102000, START + 100000);

	KUNIT_EXPECT_EQ(test, seen->tx_lateness.extreme_ns, 7000);
	KUNIT_EXPECT_EQ(test, seen->tx_lateness.at_ns, START + 57000);
}

static void smallest_margin_is_kept_with_its_moment(struct kunit *test)
{
	struct bfd_seen *seen = test->priv;

	bfd_seen_received(seen, START, START - 5000, 20000);
	bfd_seen_received(seen, START + 9000, START, 20000);
	bfd_seen_received(seen, START + 12000, START + 9000, 20000);

	KUNIT_EXPECT_EQ(test, seen->detection_margin.extreme_ns, 11000);
	KUNIT_EXPECT_EQ(test, seen->detection_margin.at_ns, START + 9000);
}

/* Another Detection Time is another measure: what was least stays so */
static void margin_is_of_the_detection_time_then(struct kunit *test)
{
	struct bfd_seen *seen = test->priv;

	bfd_seen_received(seen, START, START - 10000, 30000);
	bfd_seen_received(seen, START + 10000, START, 15000);
	bfd_seen_received(seen, START + 20000, START + 10000, 900000);

	KUNIT_EXPECT_EQ(test, seen->detection_margin.extreme_ns, 5000);
	KUNIT_EXPECT_EQ(test, seen->detection_margin.counts[2], 1);
	KUNIT_EXPECT_EQ(test, seen->detection_margin.counts[4], 1);
	KUNIT_EXPECT_EQ(test, seen->detection_margin.counts[9], 1);
}

static void packet_at_its_deadline_has_no_margin(struct kunit *test)
{
	struct bfd_seen *seen = test->priv;

	bfd_seen_received(seen, START + DETECTION, START, DETECTION);
	bfd_seen_received(seen, START + 3 * DETECTION, START, DETECTION);

	KUNIT_EXPECT_EQ(test, seen->detection_margin.counts[0], 2);
	KUNIT_EXPECT_EQ(test, seen->detection_margin.extreme_ns, 0);
	KUNIT_EXPECT_EQ(test, seen->detection_margin.at_ns, START + DETECTION);
	KUNIT_EXPECT_EQ(test, seen->near_misses, 2);
}

static void round_trips_have_ends_and_a_sum(struct kunit *test)
{
	struct bfd_seen *seen = test->priv;

	KUNIT_EXPECT_EQ(test, seen->rtt_min_ns, U64_MAX);
	bfd_seen_echo(seen, START + 5000, START);
	bfd_seen_echo(seen, START + 9000, START);
	bfd_seen_echo(seen, START + 12000, START + 9000);

	KUNIT_EXPECT_EQ(test, seen->rtt.counts[1], 1);
	KUNIT_EXPECT_EQ(test, seen->rtt.counts[2], 1);
	KUNIT_EXPECT_EQ(test, seen->rtt.counts[3], 1);
	KUNIT_EXPECT_EQ(test, total(&seen->rtt), 3);
	KUNIT_EXPECT_EQ(test, seen->rtt.extreme_ns, 9000);
	KUNIT_EXPECT_EQ(test, seen->rtt.at_ns, START + 9000);
	KUNIT_EXPECT_EQ(test, seen->rtt_min_ns, 3000);
	KUNIT_EXPECT_EQ(test, seen->rtt_sum_ns, 17000);
}

struct miss_param {
	const char *about;
	u64 interval;
	u64 detection;
	bool near;
};

static const struct miss_param miss_params[] = {
	{ "at once", 0, DETECTION, false },
	{ "a quarter is left", DETECTION * 3 / 4, DETECTION, false },
	{ "a nanosecond less is left", DETECTION * 3 / 4 + 1, DETECTION, true },
	{ "a nanosecond is left", DETECTION - 1, DETECTION, true },
	{ "nothing is left", DETECTION, DETECTION, true },
	{ "late", 2 * DETECTION, DETECTION, true },
	{ "the longest Detection Time", 820000000000000, 1095216659000000, false },
	{ "just of the longest", 822000000000000, 1095216659000000, true },
};

static void miss_describe(const struct miss_param *param, char *out)
{
	strscpy(out, param->about, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(miss, miss_params, miss_describe);

static void near_miss_leaves_less_than_a_quarter(struct kunit *test)
{
	const struct miss_param *param = test->param_value;
	struct bfd_seen *seen = test->priv;

	bfd_seen_received(seen, START + param->interval, START, param->detection);

	KUNIT_EXPECT_EQ(test, seen->near_misses, param->near);
}

static struct kunit_case bfd_seen_cases[] = {
	KUNIT_CASE(nothing_is_seen_at_first),
	KUNIT_CASE_PARAM(time_counts_in_one_bucket, bucket_gen_params),
	KUNIT_CASE_PARAM(margin_counts_in_one_bucket, bucket_gen_params),
	KUNIT_CASE(bucket_counts_up),
	KUNIT_CASE(longest_interval_is_kept_with_its_moment),
	KUNIT_CASE(greatest_lateness_is_kept_with_its_moment),
	KUNIT_CASE(smallest_margin_is_kept_with_its_moment),
	KUNIT_CASE(margin_is_of_the_detection_time_then),
	KUNIT_CASE(packet_at_its_deadline_has_no_margin),
	KUNIT_CASE(round_trips_have_ends_and_a_sum),
	KUNIT_CASE_PARAM(near_miss_leaves_less_than_a_quarter, miss_gen_params),
	{ }
};

static struct kunit_suite bfd_seen_suite = {
	.name = "bfd_seen",
	.init = seen_kunit_init,
	.test_cases = bfd_seen_cases,
};

kunit_test_suite(bfd_seen_suite);
