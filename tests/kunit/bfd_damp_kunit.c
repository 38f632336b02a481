// SPDX-License-Identifier: GPL-2.0
/*
 * Flap damping: how long Up is kept back, and how that grows and ends.
 */
#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/time64.h>
#include <bfd/damp.h>

#define START	(1000 * NSEC_PER_SEC)
#define S_US	1000000U		/* a second */

static int damp_kunit_init(struct kunit *test)
{
	test->priv = kunit_kzalloc(test, sizeof(struct bfd_damp), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, test->priv);
	return 0;
}

static void configure(struct bfd_damp *damp, u32 hold_up_s, u32 hold_up_max_s)
{
	const struct bfd_damp_config config = { hold_up_s * S_US, hold_up_max_s * S_US };

	bfd_damp_configure(damp, &config);
}

/* Up at @now and lost @up_s later; what Up would be kept back for then, in s */
static u32 flap(struct bfd_damp *damp, u64 now, u32 up_s)
{
	bfd_damp_up(damp, now);
	bfd_damp_flap(damp, now + up_s * NSEC_PER_SEC);
	return damp->hold_us / S_US;
}

static void off_is_at_once(struct kunit *test)
{
	struct bfd_damp *damp = test->priv;

	configure(damp, 0, 0);
	bfd_damp_up(damp, START);
	KUNIT_EXPECT_EQ(test, bfd_damp_until_ns(damp), START);
	KUNIT_EXPECT_EQ(test, flap(damp, START, 0), 0);
	bfd_damp_up(damp, START + 1);
	KUNIT_EXPECT_EQ(test, bfd_damp_until_ns(damp), START + 1);
}

static void up_is_kept_back(struct kunit *test)
{
	struct bfd_damp *damp = test->priv;

	configure(damp, 5, 0);
	bfd_damp_up(damp, START);
	KUNIT_EXPECT_EQ(test, bfd_damp_until_ns(damp), START + 5 * NSEC_PER_SEC);
}

static void without_a_maximum_it_does_not_grow(struct kunit *test)
{
	struct bfd_damp *damp = test->priv;
	int i;

	configure(damp, 5, 0);
	for (i = 0; i < 40; i++)
		KUNIT_EXPECT_EQ(test, flap(damp, START, 1), 5);
}

static void doubles_up_to_the_maximum(struct kunit *test)
{
	struct bfd_damp *damp = test->priv;

	configure(damp, 1, 5);
	KUNIT_EXPECT_EQ(test, damp->hold_us, S_US);
	KUNIT_EXPECT_EQ(test, flap(damp, START, 0), 2);
	KUNIT_EXPECT_EQ(test, flap(damp, START, 1), 4);
	KUNIT_EXPECT_EQ(test, flap(damp, START, 4), 5);
	KUNIT_EXPECT_EQ(test, flap(damp, START, 4), 5);
}

static void forgiven_after_the_maximum(struct kunit *test)
{
	struct bfd_damp *damp = test->priv;

	configure(damp, 1, 8);
	flap(damp, START, 0);
	KUNIT_EXPECT_EQ(test, flap(damp, START, 0), 4);
	bfd_damp_up(damp, START);
	bfd_damp_flap(damp, START + 8 * NSEC_PER_SEC - 1);
	KUNIT_EXPECT_EQ(test, damp->hold_us, 8 * S_US);
	KUNIT_EXPECT_EQ(test, flap(damp, START, 8), 1);
	KUNIT_EXPECT_EQ(test, flap(damp, START, 0), 2);
	KUNIT_EXPECT_EQ(test, flap(damp, START, 100000), 1);
}

static void maximum_of_the_first_hold(struct kunit *test)
{
	struct bfd_damp *damp = test->priv;

	configure(damp, 3, 3);
	KUNIT_EXPECT_EQ(test, flap(damp, START, 0), 3);
	KUNIT_EXPECT_EQ(test, flap(damp, START, 0), 3);
}

/* What there is of it is kept, as far as the new bounds let it be */
static void changed_while_it_has_grown(struct kunit *test)
{
	struct bfd_damp *damp = test->priv;

	configure(damp, 1, 8);
	flap(damp, START, 0);
	KUNIT_EXPECT_EQ(test, flap(damp, START, 0), 4);
	configure(damp, 1, 16);
	KUNIT_EXPECT_EQ(test, damp->hold_us, 4 * S_US);
	configure(damp, 1, 3);
	KUNIT_EXPECT_EQ(test, damp->hold_us, 3 * S_US);
	configure(damp, 5, 16);
	KUNIT_EXPECT_EQ(test, damp->hold_us, 5 * S_US);
	configure(damp, 2, 0);
	KUNIT_EXPECT_EQ(test, damp->hold_us, 2 * S_US);
	configure(damp, 0, 0);
	KUNIT_EXPECT_EQ(test, damp->hold_us, 0);
	configure(damp, 1, 8);
	KUNIT_EXPECT_EQ(test, damp->hold_us, S_US);
}

/* Changed while Up: it counts from when it came Up, which may be past */
static void changed_while_it_is_held(struct kunit *test)
{
	struct bfd_damp *damp = test->priv;

	configure(damp, 100, 0);
	bfd_damp_up(damp, START);
	configure(damp, 10, 0);
	KUNIT_EXPECT_EQ(test, bfd_damp_until_ns(damp), START + 10 * NSEC_PER_SEC);
	configure(damp, 0, 0);
	KUNIT_EXPECT_EQ(test, bfd_damp_until_ns(damp), START);
}

static void longest_times_do_not_overflow(struct kunit *test)
{
	const struct bfd_damp_config config = { U32_MAX / 2 + 1, U32_MAX };
	struct bfd_damp *damp = test->priv;

	bfd_damp_configure(damp, &config);
	bfd_damp_up(damp, START);
	bfd_damp_flap(damp, START);
	KUNIT_EXPECT_EQ(test, damp->hold_us, U32_MAX);
	bfd_damp_up(damp, START);
	bfd_damp_flap(damp, START);
	KUNIT_EXPECT_EQ(test, damp->hold_us, U32_MAX);
	KUNIT_EXPECT_EQ(test, bfd_damp_until_ns(damp), START + 4294967295000ULL);
}

static struct kunit_case damp_cases[] = {
	KUNIT_CASE(off_is_at_once),
	KUNIT_CASE(up_is_kept_back),
	KUNIT_CASE(without_a_maximum_it_does_not_grow),
	KUNIT_CASE(doubles_up_to_the_maximum),
	KUNIT_CASE(forgiven_after_the_maximum),
	KUNIT_CASE(maximum_of_the_first_hold),
	KUNIT_CASE(changed_while_it_has_grown),
	KUNIT_CASE(changed_while_it_is_held),
	KUNIT_CASE(longest_times_do_not_overflow),
	{}
};

static struct kunit_suite damp_suite = {
	.name = "bfd_damp",
	.init = damp_kunit_init,
	.test_cases = damp_cases,
};

kunit_test_suite(damp_suite);
