// SPDX-License-Identifier: GPL-2.0
/*
 * Echoes: what they say, when they leave, and when too many are missing.
 */
#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <linux/bfd.h>
#include <bfd/echo.h>
#include <bfd/reflect.h>

#define START		(1000 * NSEC_PER_SEC)
#define INTERVAL_US	10000
#define INTERVAL_NS	(10 * NSEC_PER_MSEC)
#define MULT		3

static int echo_kunit_init(struct kunit *test)
{
	struct bfd_echo *echo = kunit_kzalloc(test, sizeof(*echo), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, echo);
	bfd_echo_init(echo);
	test->priv = echo;
	return 0;
}

static u64 deadline(const struct bfd_echo *echo, u64 now)
{
	return bfd_echo_deadline_ns(echo, MULT, now);
}

/* One leaves at @now, as late after the last as jitter lets it */
static u32 send(struct bfd_echo *echo, u64 now)
{
	return bfd_echo_send(echo, now, MULT, U32_MAX);
}

static void on_the_wire(struct kunit *test)
{
	static const u8 bytes[BFD_ECHO_LEN] = {
		0x00, 0x45, 0x43, 0x48, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
		0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
		0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28,
	};
	const struct bfd_echo_packet pkt = {
		.discr = 0x01020304,
		.seq = 0x05060708,
		.time_ns = 0x1112131415161718,
		.digest = 0x2122232425262728,
	};
	struct bfd_echo_packet again = {};
	u8 data[BFD_ECHO_LEN];

	bfd_echo_build(data, &pkt);
	KUNIT_EXPECT_EQ(test, memcmp(data, bytes, sizeof(bytes)), 0);
	KUNIT_ASSERT_TRUE(test, bfd_echo_parse(&again, data, sizeof(data)));
	KUNIT_EXPECT_EQ(test, again.discr, pkt.discr);
	KUNIT_EXPECT_EQ(test, again.seq, pkt.seq);
	KUNIT_EXPECT_EQ(test, again.time_ns, pkt.time_ns);
	KUNIT_EXPECT_EQ(test, again.digest, pkt.digest);
}

/* RFC 9747 2: a control packet of RFC 5880 4.1, which the rest only follows */
static void control_packet_comes_first(struct kunit *test)
{
	const struct bfd_packet control = {
		.state = BFD_STATE_INIT,
		.detect_mult = MULT,
		.length = BFD_PACKET_LEN,
		.my_discr = 7,
		.your_discr = 7,
	};
	const struct bfd_echo_packet pkt = { .discr = 7, .seq = 8, .time_ns = 9, .digest = 10 };
	struct bfd_echo_packet again = {};
	u8 data[BFD_ECHO_MAX];

	bfd_packet_build(data, &control);
	bfd_echo_build(data + BFD_PACKET_LEN, &pkt);
	KUNIT_ASSERT_TRUE(test, bfd_echo_parse(&again, data, sizeof(data)));
	KUNIT_EXPECT_TRUE(test, again.unaffiliated);
	KUNIT_EXPECT_EQ(test, again.state, BFD_STATE_INIT);
	KUNIT_EXPECT_EQ(test, again.discr, pkt.discr);
	KUNIT_EXPECT_EQ(test, again.seq, pkt.seq);
	KUNIT_EXPECT_EQ(test, again.time_ns, pkt.time_ns);
	KUNIT_EXPECT_EQ(test, again.digest, pkt.digest);
	KUNIT_EXPECT_FALSE(test, bfd_echo_parse(&again, data, sizeof(data) - 1));
	KUNIT_EXPECT_FALSE(test, bfd_echo_parse(&again, data, BFD_PACKET_LEN));
	/* What follows it is where its Length says */
	data[3]++;
	KUNIT_EXPECT_FALSE(test, bfd_echo_parse(&again, data, sizeof(data)));
	/* By itself the rest is another's */
	KUNIT_ASSERT_TRUE(test, bfd_echo_parse(&again, data + BFD_PACKET_LEN, BFD_ECHO_LEN));
	KUNIT_EXPECT_FALSE(test, again.unaffiliated);
	KUNIT_EXPECT_EQ(test, again.state, 0);
}

static void news_leave_at_once(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;

	bfd_echo_hasten(echo, START);
	KUNIT_EXPECT_EQ(test, echo->next_tx_ns, U64_MAX);
	bfd_echo_retime(echo, INTERVAL_US, START);
	send(echo, START);
	KUNIT_ASSERT_GT(test, echo->next_tx_ns, START + 1);
	bfd_echo_hasten(echo, START + 1);
	KUNIT_EXPECT_EQ(test, echo->next_tx_ns, START + 1);
	bfd_echo_hasten(echo, START + 2);
	KUNIT_EXPECT_EQ(test, echo->next_tx_ns, START + 1);
}

static void others_formats_are_not_ours(struct kunit *test)
{
	struct bfd_echo_packet pkt = {};
	u8 data[BFD_ECHO_LEN + 1];
	int i;

	bfd_echo_build(data, &pkt);
	KUNIT_EXPECT_TRUE(test, bfd_echo_parse(&pkt, data, BFD_ECHO_LEN + 1));
	KUNIT_EXPECT_FALSE(test, bfd_echo_parse(&pkt, data, BFD_ECHO_LEN - 1));
	KUNIT_EXPECT_FALSE(test, bfd_echo_parse(&pkt, data, 0));
	for (i = 0; i < 4; i++) {
		data[i] ^= 0x20;
		KUNIT_EXPECT_FALSE(test, bfd_echo_parse(&pkt, data, BFD_ECHO_LEN));
		data[i] ^= 0x20;
	}
}

static void none_unless_negotiated(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;

	KUNIT_EXPECT_EQ(test, echo->next_tx_ns, U64_MAX);
	KUNIT_EXPECT_EQ(test, deadline(echo, START), U64_MAX);
	KUNIT_EXPECT_FALSE(test, bfd_echo_receive(echo, 0, START));
	KUNIT_EXPECT_FALSE(test, bfd_echo_receive(echo, 1, START));
}

static void first_at_once_then_jittered(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;

	bfd_echo_retime(echo, INTERVAL_US, START);
	KUNIT_EXPECT_EQ(test, echo->next_tx_ns, START);
	bfd_echo_send(echo, START, MULT, 0);
	KUNIT_EXPECT_GE(test, echo->next_tx_ns, START + INTERVAL_NS / 4 * 3);
	bfd_echo_send(echo, START, MULT, U32_MAX);
	KUNIT_EXPECT_LE(test, echo->next_tx_ns, START + INTERVAL_NS);
	bfd_echo_send(echo, START, 1, U32_MAX);
	KUNIT_EXPECT_LE(test, echo->next_tx_ns, START + INTERVAL_NS / 10 * 9);
}

static void as_many_in_a_row_are_missing(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;
	u64 now = START;
	u32 seq;

	bfd_echo_retime(echo, INTERVAL_US, now);
	seq = send(echo, now);
	now += 200000;
	KUNIT_ASSERT_TRUE(test, bfd_echo_receive(echo, seq, now));
	KUNIT_EXPECT_EQ(test, deadline(echo, now), now + MULT * INTERVAL_NS);
	while (echo->next_tx_ns < deadline(echo, now))
		seq = send(echo, echo->next_tx_ns);
	KUNIT_EXPECT_GE(test, echo->sent - echo->received, MULT);
	KUNIT_EXPECT_EQ(test, deadline(echo, now), now + MULT * INTERVAL_NS);
	/* One of them suffices */
	KUNIT_EXPECT_TRUE(test, bfd_echo_receive(echo, seq - 1, now + 2 * INTERVAL_NS));
	KUNIT_EXPECT_EQ(test, deadline(echo, now), now + (MULT + 2) * INTERVAL_NS);
}

static void each_counts_once_and_none_overtaken(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;
	u32 first;

	bfd_echo_retime(echo, INTERVAL_US, START);
	first = send(echo, START);
	send(echo, START + INTERVAL_NS);
	send(echo, START + 2 * INTERVAL_NS);
	KUNIT_EXPECT_FALSE(test, bfd_echo_receive(echo, first + 3, START));
	KUNIT_EXPECT_FALSE(test, bfd_echo_receive(echo, first - 1, START));
	KUNIT_EXPECT_TRUE(test, bfd_echo_receive(echo, first + 1, START));
	KUNIT_EXPECT_FALSE(test, bfd_echo_receive(echo, first + 1, START));
	KUNIT_EXPECT_FALSE(test, bfd_echo_receive(echo, first, START));
	KUNIT_EXPECT_TRUE(test, bfd_echo_receive(echo, first + 2, START));
}

static void numbers_go_round(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;

	echo->sent = U32_MAX;
	echo->received = U32_MAX;
	bfd_echo_retime(echo, INTERVAL_US, START);
	KUNIT_EXPECT_EQ(test, send(echo, START), 0);
	KUNIT_EXPECT_FALSE(test, bfd_echo_receive(echo, U32_MAX, START));
	KUNIT_EXPECT_TRUE(test, bfd_echo_receive(echo, 0, START));
	KUNIT_EXPECT_FALSE(test, bfd_echo_receive(echo, 0, START));
}

static void those_of_an_earlier_life_do_not_count(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;
	u32 seq;

	bfd_echo_retime(echo, INTERVAL_US, START);
	seq = send(echo, START);
	bfd_echo_retime(echo, 0, START + 1);
	KUNIT_EXPECT_EQ(test, echo->next_tx_ns, U64_MAX);
	KUNIT_EXPECT_FALSE(test, bfd_echo_receive(echo, seq, START + 1));
	bfd_echo_retime(echo, INTERVAL_US, START + 2);
	KUNIT_EXPECT_FALSE(test, bfd_echo_receive(echo, seq, START + 2));
	KUNIT_EXPECT_EQ(test, send(echo, START + 2), seq + 1);
	KUNIT_EXPECT_TRUE(test, bfd_echo_receive(echo, seq + 1, START + 2));
}

/* Who could not send for a minute has no reason to think that the path is lost */
static void silence_does_not_count_while_none_leaves(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;
	u64 now = START + 60 * NSEC_PER_SEC;
	u32 seq;

	bfd_echo_retime(echo, INTERVAL_US, START);
	seq = send(echo, START);
	KUNIT_ASSERT_TRUE(test, bfd_echo_receive(echo, seq, START + 200000));
	KUNIT_EXPECT_EQ(test, deadline(echo, now),
			now + 200000 + (MULT - 1) * INTERVAL_NS);
	send(echo, now);
	KUNIT_EXPECT_EQ(test, deadline(echo, now),
			now + 200000 + (MULT - 1) * INTERVAL_NS);
}

/* Of a peer that has been heard late, only what came after that is idle */
static void idle_time_counts_from_the_last_that_came(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;
	u32 seq;

	bfd_echo_retime(echo, INTERVAL_US, START);
	seq = send(echo, START);
	KUNIT_ASSERT_TRUE(test, bfd_echo_receive(echo, seq, START + 5 * INTERVAL_NS));
	send(echo, START + 9 * INTERVAL_NS);
	KUNIT_EXPECT_EQ(test, echo->since_ns, START + 9 * INTERVAL_NS);
}

/* A round trip that is longer than the detection time, all of them coming back */
static void long_way_is_no_lost_way(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;
	u64 trip = 20 * INTERVAL_NS;
	u64 now = START;
	u32 seq, i;

	bfd_echo_retime(echo, INTERVAL_US, now);
	for (i = 0; i < 20; i++, now = echo->next_tx_ns)
		seq = send(echo, now);
	seq = 1;
	now = START + trip;
	for (i = 0; i < 100; i++, now += INTERVAL_NS / 8 * 7, seq++) {
		KUNIT_ASSERT_TRUE(test, bfd_echo_receive(echo, seq, now));
		send(echo, now);
		KUNIT_ASSERT_GT(test, deadline(echo, now), now + INTERVAL_NS);
	}
}

static void new_interval_has_a_whole_detection_time(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;
	u64 now = START + 900 * NSEC_PER_MSEC;

	bfd_echo_retime(echo, USEC_PER_SEC, START);
	send(echo, START);
	bfd_echo_retime(echo, INTERVAL_US, now);
	KUNIT_EXPECT_EQ(test, echo->next_tx_ns, now);
	KUNIT_EXPECT_GE(test, deadline(echo, now), now + MULT * INTERVAL_NS);
	send(echo, now);
	KUNIT_EXPECT_EQ(test, deadline(echo, now), now + MULT * INTERVAL_NS);
	bfd_echo_retime(echo, USEC_PER_SEC, now + 1);
	KUNIT_EXPECT_EQ(test, echo->next_tx_ns, now + NSEC_PER_SEC);
	/* What was on its way is still good for something */
	KUNIT_EXPECT_TRUE(test, bfd_echo_receive(echo, 1, now + 2));
}

static void same_interval_changes_nothing(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;
	struct bfd_echo before;

	bfd_echo_retime(echo, INTERVAL_US, START);
	send(echo, START);
	before = *echo;
	bfd_echo_retime(echo, INTERVAL_US, START + INTERVAL_NS);
	KUNIT_EXPECT_EQ(test, memcmp(&before, echo, sizeof(before)), 0);
}

static void excused_once(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;
	u64 before;
	u32 seq;

	bfd_echo_retime(echo, INTERVAL_US, START);
	seq = send(echo, START);
	before = deadline(echo, START);
	KUNIT_EXPECT_TRUE(test, bfd_echo_excuse(echo, 500));
	KUNIT_EXPECT_EQ(test, deadline(echo, START), before + 500);
	KUNIT_EXPECT_FALSE(test, bfd_echo_excuse(echo, 500));
	KUNIT_EXPECT_EQ(test, deadline(echo, START), before + 500);
	KUNIT_EXPECT_TRUE(test, bfd_echo_receive(echo, seq, START + INTERVAL_NS));
	KUNIT_EXPECT_TRUE(test, bfd_echo_excuse(echo, 500));
}

static void longest_times_do_not_overflow(struct kunit *test)
{
	struct bfd_echo *echo = test->priv;

	bfd_echo_retime(echo, U32_MAX, START);
	send(echo, START);
	KUNIT_EXPECT_EQ(test, bfd_echo_deadline_ns(echo, U8_MAX, START),
			START + 255ULL * U32_MAX * NSEC_PER_USEC);
}

/* What jitter lets a peer send is admitted for ever; twice as many are not */
static void rate_is_what_was_advertised(struct kunit *test)
{
	static const u32 intervals_us[] = { 1000, 10000, 300000, 1000000, 60000000, U32_MAX };
	u64 allowance, next, now, step;
	unsigned int i, n, refused;

	for (i = 0; i < ARRAY_SIZE(intervals_us); i++) {
		step = (u64)intervals_us[i] * (NSEC_PER_USEC / 4 * 3);
		allowance = 0;
		for (n = 0, now = START; n < 1000; n++, now += step) {
			next = bfd_reflect_admit(allowance, now, bfd_echo_rate(intervals_us[i]));
			KUNIT_ASSERT_NE(test, next, 0);
			allowance = next;
		}
	}
	allowance = 0;
	refused = 0;
	step = INTERVAL_NS / 8 * 3;
	for (n = 0, now = START; n < 1000; n++, now += step) {
		next = bfd_reflect_admit(allowance, now, bfd_echo_rate(INTERVAL_US));
		refused += !next;
		allowance = next ?: allowance;
	}
	KUNIT_EXPECT_GT(test, refused, 400);
}

static struct kunit_case echo_cases[] = {
	KUNIT_CASE(on_the_wire),
	KUNIT_CASE(control_packet_comes_first),
	KUNIT_CASE(news_leave_at_once),
	KUNIT_CASE(others_formats_are_not_ours),
	KUNIT_CASE(none_unless_negotiated),
	KUNIT_CASE(first_at_once_then_jittered),
	KUNIT_CASE(as_many_in_a_row_are_missing),
	KUNIT_CASE(each_counts_once_and_none_overtaken),
	KUNIT_CASE(numbers_go_round),
	KUNIT_CASE(those_of_an_earlier_life_do_not_count),
	KUNIT_CASE(silence_does_not_count_while_none_leaves),
	KUNIT_CASE(idle_time_counts_from_the_last_that_came),
	KUNIT_CASE(long_way_is_no_lost_way),
	KUNIT_CASE(new_interval_has_a_whole_detection_time),
	KUNIT_CASE(same_interval_changes_nothing),
	KUNIT_CASE(excused_once),
	KUNIT_CASE(longest_times_do_not_overflow),
	KUNIT_CASE(rate_is_what_was_advertised),
	{}
};

static struct kunit_suite echo_suite = {
	.name = "bfd_echo",
	.init = echo_kunit_init,
	.test_cases = echo_cases,
};

kunit_test_suite(echo_suite);
