// SPDX-License-Identifier: GPL-2.0
/*
 * BFD Stability, RFC 9978: which packets are missing, by the numbers of those that
 * came.
 */
#include <kunit/test.h>
#include <linux/minmax.h>
#include <bfd/lost.h>

#define MULT	5
#define WINDOW	(3 * MULT)

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

static struct kunit_case lost_cases[] = {
	KUNIT_CASE(gaps_are_counted),
	KUNIT_CASE(late_ones_of_before_the_first_are_none),
	KUNIT_CASE(late_ones_are_found_to_the_last),
	KUNIT_CASE(what_is_not_up_loses_nothing),
	{}
};

static struct kunit_suite lost_suite = {
	.name = "bfd_lost",
	.test_cases = lost_cases,
};

kunit_test_suite(lost_suite);
