// SPDX-License-Identifier: GPL-2.0
/*
 * BFD Stability, RFC 9978: which packets are missing, by the numbers of those that
 * came, and where authentication sees such numbers.
 */
#include <kunit/test.h>
#include <linux/bfd.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <bfd/auth.h>

#define MULT	5
#define WINDOW	(3 * MULT)
#define TX_US	300000
#define NOW	(1000 * (u64)NSEC_PER_SEC)
#define SILENCE	(2 * MULT * TX_US * (u64)NSEC_PER_USEC)

/* From two of them numbers pass the end of 32 bits */
static const u32 starts[] = { 1000, 0xffffffff, 0xfffffff0 };

static struct bfd_lost fresh(void)
{
	struct bfd_lost lost = {};

	bfd_lost_begin(&lost);
	return lost;
}

/* Numbers from a start on, as many as before a -1; how many are missing in the end */
static u64 missing(u32 start, const int *offsets)
{
	struct bfd_lost lost = fresh();
	u32 last = start;

	for (; *offsets != -1; offsets++)
		last = bfd_lost_heard(&lost, last, start + *offsets, WINDOW, true);
	return lost.count;
}

static void gaps_are_counted(struct kunit *test)
{
	static const struct {
		int offsets[8];
		u64 missing;
	} cases[] = {
		{ { 1, 2, 3, -1 }, 0 },
		{ { 1, 3, -1 }, 1 },
		{ { 2, 4, 6, 7, -1 }, 3 },
		{ { WINDOW, -1 }, WINDOW - 1 },
		/* Once more is not once too many */
		{ { 1, 1, 1, 2, -1 }, 0 },
		/* Overtaken, and there in the end */
		{ { 2, 1, 3, -1 }, 0 },
		{ { 4, 1, 3, 2, 5, -1 }, 0 },
		{ { 4, 1, 1, 3, 5, -1 }, 1 },
		/* Overtaken by several */
		{ { 3, 6, 2, 2, 1, 7, -1 }, 2 },
		/* From afar: one, and what follows is as before */
		{ { WINDOW + 1, WINDOW + 2, WINDOW + 4, -1 }, 2 },
	};
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		for (j = 0; j < ARRAY_SIZE(starts); j++)
			KUNIT_EXPECT_EQ_MSG(test, missing(starts[j], cases[i].offsets),
					    cases[i].missing, "case %u from %u", i, starts[j]);
}

/* Of those before the first, and after one that came from afar, none is missing that
 * might come late
 */
static void late_ones_of_before_the_first_are_none(struct kunit *test)
{
	struct bfd_lost lost = fresh();
	u32 i, last = 1000;

	for (i = 1; i <= BFD_LOST_LATE_MAX; i++)
		last = bfd_lost_heard(&lost, last, 1000 - i, WINDOW, true);
	KUNIT_EXPECT_EQ(test, last, 1000);
	KUNIT_EXPECT_EQ(test, lost.count, 0);
	last = bfd_lost_heard(&lost, last, 5000, WINDOW, true);
	last = bfd_lost_heard(&lost, last, 4999, WINDOW, true);
	KUNIT_EXPECT_EQ(test, last, 5000);
	KUNIT_EXPECT_EQ(test, lost.count, 1);
}

/* Each of so many before the last, however they were jumped over */
static void late_ones_are_found_to_the_last(struct kunit *test)
{
	static const u32 steps[] = { 2, 3, 62, 63, 64, 65, 66, 130 };
	unsigned int i;
	u32 behind;

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		struct bfd_lost lost = fresh();
		u32 late = min(steps[i] - 1, (u32)BFD_LOST_LATE_MAX);
		u32 last = bfd_lost_heard(&lost, 7, 7 + steps[i], 765, true);

		KUNIT_ASSERT_EQ(test, lost.count, steps[i] - 1);
		for (behind = late; behind; behind--) {
			KUNIT_EXPECT_EQ(test, bfd_lost_heard(&lost, last, last - behind, 765,
							     true), last);
			bfd_lost_heard(&lost, last, last - behind, 765, true);
		}
		KUNIT_EXPECT_EQ_MSG(test, lost.count, steps[i] - 1 - late, "step %u", steps[i]);
		/* The one that came before them did so once */
		bfd_lost_heard(&lost, last, 7, 765, true);
		if (steps[i] <= BFD_LOST_LATE_MAX)
			KUNIT_EXPECT_EQ(test, lost.count, 0);
	}
}

static void what_is_not_up_loses_nothing(struct kunit *test)
{
	struct bfd_lost lost = fresh();
	u32 last = bfd_lost_heard(&lost, 1000, 1005, WINDOW, false);

	KUNIT_EXPECT_EQ(test, last, 1005);
	last = bfd_lost_heard(&lost, last, 9999, WINDOW, false);
	KUNIT_EXPECT_EQ(test, lost.count, 0);
	/* Nor is one of them found again later */
	last = bfd_lost_heard(&lost, last, 10001, WINDOW, true);
	bfd_lost_heard(&lost, last, 9998, WINDOW, true);
	KUNIT_EXPECT_EQ(test, lost.count, 1);
}

static struct bfd_auth *make_auth(struct kunit *test, u8 type, u8 id)
{
	struct bfd_auth *auth = kunit_kzalloc(test, struct_size(auth, key, 2), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, auth);
	KUNIT_ASSERT_EQ(test, bfd_digest_prepare(type), 0);
	auth->count = 1;
	auth->key[0].type = type;
	auth->key[0].id = id;
	if (type != BFD_AUTH_NULL) {
		auth->key[0].len = 6;
		memcpy(auth->key[0].secret, "secret", 6);
	}
	return auth;
}

/* The packet of a peer with the same key, numbered so; its Length */
static unsigned int make_packet(struct kunit *test, const struct bfd_auth *auth, u32 sequence,
				u8 *bytes)
{
	struct bfd_auth *sender = make_auth(test, auth->key[0].type, auth->key[0].id);
	struct bfd_packet pkt = {
		.state = BFD_STATE_UP,
		.detect_mult = MULT,
		.length = BFD_PACKET_LEN,
		.my_discr = 1,
		.your_discr = 2,
		.desired_min_tx_us = TX_US,
	};

	sender->xmit_auth_seq = sequence - 1;
	bfd_auth_announce(sender, &pkt);
	memset(bytes, 0xff, BFD_PACKET_MAX);
	bfd_packet_build(bytes, &pkt);
	KUNIT_ASSERT_EQ(test, bfd_auth_sign(sender, bytes, NOW, 0), pkt.length);
	kunit_kfree(test, sender);
	return pkt.length;
}

static int hear(struct bfd_auth *auth, const u8 *bytes, u64 now, u8 state)
{
	struct bfd_packet pkt;

	return bfd_packet_parse(&pkt, bytes, bytes[3]) ?:
	       bfd_auth_check(auth, &pkt, bytes, now, 0, state);
}

static int hear_sequence(struct kunit *test, struct bfd_auth *auth, u32 sequence, u64 now,
			 u8 state)
{
	u8 bytes[BFD_PACKET_MAX];

	make_packet(test, auth, sequence, bytes);
	return hear(auth, bytes, now, state);
}

static void null_section_is_as_the_rfc_has_it(struct kunit *test)
{
	static const u8 section[] = { 0x06, 0x08, 0x00, 0x00, 0x12, 0x34, 0x56, 0x78 };
	struct bfd_auth *auth = make_auth(test, BFD_AUTH_NULL, 0);
	u8 bytes[BFD_PACKET_MAX];

	KUNIT_EXPECT_EQ(test, make_packet(test, auth, 0x12345678, bytes), 32);
	KUNIT_EXPECT_EQ(test, bytes[3], 32);
	KUNIT_EXPECT_EQ(test, bytes[1] & BFD_FLAG_AUTH, BFD_FLAG_AUTH);
	KUNIT_EXPECT_EQ(test, memcmp(bytes + BFD_PACKET_LEN, section, sizeof(section)), 0);
	/* Auth Key ID and Reserved are ignored on receipt */
	bytes[26] = 77;
	bytes[27] = 1;
	KUNIT_EXPECT_EQ(test, hear(auth, bytes, NOW, BFD_STATE_UP), 0);
	bytes[25] = 9;
	KUNIT_EXPECT_EQ(test, hear(auth, bytes, NOW, BFD_STATE_UP), BFD_COUNTER_DROP_AUTH_LENGTH);
	bytes[25] = 8;
	bytes[3] = 31;
	KUNIT_EXPECT_EQ(test, hear(auth, bytes, NOW, BFD_STATE_UP), BFD_COUNTER_DROP_AUTH_LENGTH);
}

static void null_refuses_no_number(struct kunit *test)
{
	static const u32 numbers[] = { 1000, 1001, 1001, 1000, 5, 0xffffffff, 0, 0x80000000 };
	struct bfd_auth *auth = make_auth(test, BFD_AUTH_NULL, 0);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		KUNIT_EXPECT_EQ(test, hear_sequence(test, auth, numbers[i], NOW, BFD_STATE_UP), 0);
	/* To 5 and to 0x80000000; what comes between is little before 5, so late */
	KUNIT_EXPECT_EQ(test, auth->lost.count, 2);
}

static void null_is_not_for_who_has_a_key(struct kunit *test)
{
	struct bfd_auth *auth = make_auth(test, BFD_AUTH_METICULOUS_SHA1, 0);
	struct bfd_auth *null = make_auth(test, BFD_AUTH_NULL, 0);
	u8 bytes[BFD_PACKET_MAX];

	make_packet(test, null, 1, bytes);
	KUNIT_EXPECT_EQ(test, hear(auth, bytes, NOW, BFD_STATE_UP), BFD_COUNTER_DROP_AUTH_TYPE);
	KUNIT_EXPECT_EQ(test, hear(NULL, bytes, NOW, BFD_STATE_UP),
			BFD_COUNTER_DROP_AUTH_UNEXPECTED);
	make_packet(test, auth, 1, bytes);
	KUNIT_EXPECT_EQ(test, hear(null, bytes, NOW, BFD_STATE_UP), BFD_COUNTER_DROP_AUTH_TYPE);
}

static void types_that_number_each_packet_count(struct kunit *test)
{
	static const struct {
		u8 type;
		bool counts;
	} types[] = {
		{ BFD_AUTH_SIMPLE, false }, { BFD_AUTH_MD5, false }, { BFD_AUTH_SHA1, false },
		{ BFD_AUTH_METICULOUS_MD5, true }, { BFD_AUTH_METICULOUS_SHA1, true },
		{ BFD_AUTH_NULL, true },
	};
	unsigned int i;

	KUNIT_EXPECT_FALSE(test, bfd_auth_counts(NULL));
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		struct bfd_auth *auth = make_auth(test, types[i].type, 0);

		KUNIT_EXPECT_EQ(test, bfd_auth_counts(auth), types[i].counts);
		KUNIT_ASSERT_EQ(test, hear_sequence(test, auth, 1000, NOW, BFD_STATE_UP), 0);
		KUNIT_ASSERT_EQ(test, hear_sequence(test, auth, 1004, NOW, BFD_STATE_UP), 0);
		KUNIT_EXPECT_EQ_MSG(test, auth->lost.count, types[i].counts ? 3 : 0, "type %u",
				    types[i].type);
	}
}

static void only_the_time_up_and_heard_counts(struct kunit *test)
{
	struct bfd_auth *auth = make_auth(test, BFD_AUTH_METICULOUS_SHA1, 1);
	struct bfd_auth *next = make_auth(test, BFD_AUTH_METICULOUS_SHA1, 1);

	KUNIT_ASSERT_EQ(test, hear_sequence(test, auth, 1000, NOW, BFD_STATE_DOWN), 0);
	KUNIT_ASSERT_EQ(test, hear_sequence(test, auth, 1003, NOW, BFD_STATE_INIT), 0);
	KUNIT_EXPECT_EQ(test, auth->lost.count, 0);
	KUNIT_ASSERT_EQ(test, hear_sequence(test, auth, 1006, NOW, BFD_STATE_UP), 0);
	KUNIT_EXPECT_EQ(test, auth->lost.count, 2);
	/* What is refused has not come */
	KUNIT_ASSERT_NE(test, hear_sequence(test, auth, 1005, NOW, BFD_STATE_UP), 0);
	KUNIT_EXPECT_EQ(test, auth->lost.count, 2);
	/* In a silence there is no telling */
	KUNIT_ASSERT_EQ(test, hear_sequence(test, auth, 9000, NOW + SILENCE, BFD_STATE_UP), 0);
	KUNIT_EXPECT_EQ(test, auth->lost.count, 2);
	bfd_auth_inherit(next, auth);
	KUNIT_ASSERT_EQ(test, hear_sequence(test, next, 9002, NOW + SILENCE, BFD_STATE_UP), 0);
	KUNIT_EXPECT_EQ(test, next->lost.count, 3);
}

static struct kunit_case lost_cases[] = {
	KUNIT_CASE(gaps_are_counted),
	KUNIT_CASE(late_ones_of_before_the_first_are_none),
	KUNIT_CASE(late_ones_are_found_to_the_last),
	KUNIT_CASE(what_is_not_up_loses_nothing),
	KUNIT_CASE(null_section_is_as_the_rfc_has_it),
	KUNIT_CASE(null_refuses_no_number),
	KUNIT_CASE(null_is_not_for_who_has_a_key),
	KUNIT_CASE(types_that_number_each_packet_count),
	KUNIT_CASE(only_the_time_up_and_heard_counts),
	{}
};

static struct kunit_suite lost_suite = {
	.name = "bfd_lost",
	.test_cases = lost_cases,
};

kunit_test_suite(lost_suite);
