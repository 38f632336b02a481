// SPDX-License-Identifier: GPL-2.0
/*
 * Unsolicited BFD: prefixes, what an initial packet must be, how long a session stays.
 */
#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <bfd/packet.h>
#include <bfd/unsolicited.h>

#define START	(1000 * NSEC_PER_SEC)
#define S_US	1000000U		/* a second */

#define V4(a, b, c, d)	4, { a, b, c, d }
#define V6(first, last)	16, { first, 0x80, [15] = last }

struct prefix_param {
	const char *about;
	u8 len;
	u8 size;
	u8 prefix[BFD_ADDRESS_MAX];
	u8 address_size;
	u8 address[BFD_ADDRESS_MAX];
	bool valid;
	bool has;
};

static const struct prefix_param prefix_params[] = {
	{ "all of IPv4", 0, V4(0, 0, 0, 0), V4(203, 0, 113, 7), true, true },
	{ "all of IPv4 has no IPv6", 0, V4(0, 0, 0, 0), V6(0xfe, 1), true, false },
	{ "a bit of IPv6 beyond none", 0, V6(0, 0), V6(0xfe, 1), false, false },
	{ "all of IPv6", 0, 16, { }, V6(0xfe, 1), true, true },
	{ "all of IPv6 has no IPv4", 0, 16, { }, V4(0, 0, 0, 0), true, false },
	{ "first of a byte", 8, V4(10, 0, 0, 0), V4(10, 0, 0, 0), true, true },
	{ "last of a byte", 8, V4(10, 0, 0, 0), V4(10, 255, 255, 255), true, true },
	{ "before it", 8, V4(10, 0, 0, 0), V4(9, 255, 255, 255), true, false },
	{ "after it", 8, V4(10, 0, 0, 0), V4(11, 0, 0, 0), true, false },
	{ "one bit, set", 1, V4(128, 0, 0, 0), V4(255, 1, 2, 3), true, true },
	{ "one bit, clear", 1, V4(0, 0, 0, 0), V4(128, 0, 0, 0), true, false },
	{ "31 bits, the other", 31, V4(10, 0, 0, 2), V4(10, 0, 0, 3), true, true },
	{ "31 bits, the next", 31, V4(10, 0, 0, 2), V4(10, 0, 0, 4), true, false },
	{ "20 bits, last", 20, V4(172, 16, 16, 0), V4(172, 16, 31, 255), true, true },
	{ "20 bits, next", 20, V4(172, 16, 16, 0), V4(172, 16, 32, 0), true, false },
	{ "a host", 32, V4(10, 0, 0, 1), V4(10, 0, 0, 1), true, true },
	{ "its neighbour", 32, V4(10, 0, 0, 1), V4(10, 0, 0, 0), true, false },
	{ "link-local", 10, V6(0xfe, 0), V6(0xfe, 0xff), true, true },
	{ "not link-local", 10, V6(0xfe, 0), V6(0xfd, 0xff), true, false },
	{ "an IPv6 host", 128, V6(0xfe, 1), V6(0xfe, 1), true, true },
	{ "its IPv6 neighbour", 128, V6(0xfe, 1), V6(0xfe, 3), true, false },
	{ "127 bits, the other", 127, V6(0xfe, 2), V6(0xfe, 3), true, true },
	{ "33 bits of IPv4", 33, V4(10, 0, 0, 0), V4(10, 0, 0, 0), false, false },
	{ "129 bits of IPv6", 129, V6(0xfe, 0), V6(0xfe, 0), false, false },
	{ "a bit beyond a byte", 8, V4(10, 128, 0, 0), V4(10, 0, 0, 0), false, false },
	{ "the last bit beyond", 31, V4(10, 0, 0, 1), V4(10, 0, 0, 0), false, false },
	{ "a bit beyond none", 0, V4(128, 0, 0, 0), V4(10, 0, 0, 0), false, false },
};

static void prefix_describe(const struct prefix_param *param, char *out)
{
	strscpy(out, param->about, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(prefix, prefix_params, prefix_describe);

static void prefix_has_what_it_says(struct kunit *test)
{
	const struct prefix_param *param = test->param_value;
	struct bfd_prefix prefix = { .size = param->size, .len = param->len };

	memcpy(prefix.address, param->prefix, sizeof(prefix.address));
	KUNIT_ASSERT_EQ(test, bfd_prefix_is_valid(&prefix), param->valid);
	if (param->valid)
		KUNIT_EXPECT_EQ(test, bfd_prefix_has(&prefix, param->address, param->address_size),
				param->has);
}

static int unsolicited_kunit_init(struct kunit *test)
{
	struct bfd_unsolicited *policy;

	policy = kunit_kzalloc(test, sizeof(*policy), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, policy);
	policy->idle_us = 60 * S_US;
	test->priv = policy;
	return 0;
}

static void without_prefixes_nobody_is_allowed(struct kunit *test)
{
	static const u8 address[] = { 0, 0, 0, 0 };

	KUNIT_EXPECT_FALSE(test, bfd_unsolicited_allows(test->priv, address, 4));
}

static void any_of_the_prefixes_allows(struct kunit *test)
{
	struct bfd_unsolicited *policy = test->priv;
	u8 address[] = { 10, 0, 0, 0 };
	unsigned int i;

	/* 10.0.n.0/24, of even n */
	policy->prefix_count = BFD_PREFIXES_MAX;
	for (i = 0; i < BFD_PREFIXES_MAX; i++)
		policy->prefix[i] = (struct bfd_prefix){ 4, 24, { 10, 0, 2 * i, 0 } };
	for (i = 0; i <= U8_MAX; i++) {
		address[2] = i;
		address[3] = ~i;
		KUNIT_EXPECT_EQ(test, bfd_unsolicited_allows(policy, address, 4),
				!(i % 2) && i < 2 * BFD_PREFIXES_MAX);
	}
	/* What is not counted does not count */
	policy->prefix_count--;
	address[2] = 2 * (BFD_PREFIXES_MAX - 1);
	KUNIT_EXPECT_FALSE(test, bfd_unsolicited_allows(policy, address, 4));
}

static void only_down_asks_for_a_session(struct kunit *test)
{
	struct bfd_packet pkt = { .state = BFD_STATE_DOWN, .flags = BFD_FLAG_CPI };

	KUNIT_EXPECT_EQ(test, bfd_unsolicited_check(&pkt), 0);
	pkt.state = BFD_STATE_ADMIN_DOWN;
	KUNIT_EXPECT_EQ(test, bfd_unsolicited_check(&pkt), BFD_COUNTER_DROP_UNSOLICITED_STATE);
	pkt.state = BFD_STATE_DOWN;
	pkt.flags |= BFD_FLAG_AUTH;
	KUNIT_EXPECT_EQ(test, bfd_unsolicited_check(&pkt), BFD_COUNTER_DROP_AUTH_UNEXPECTED);
}

static void who_was_up_stays_for_the_idle_time(struct kunit *test)
{
	struct bfd_unsolicited *policy = test->priv;

	KUNIT_EXPECT_EQ(test, bfd_unsolicited_until_ns(policy, true, START),
			START + 60 * NSEC_PER_SEC);
	policy->idle_us = 0;
	KUNIT_EXPECT_EQ(test, bfd_unsolicited_until_ns(policy, true, START), START);
	policy->idle_us = U32_MAX;
	KUNIT_EXPECT_EQ(test, bfd_unsolicited_until_ns(policy, true, START),
			START + 4294967295000ULL);
}

static void who_never_was_up_does_not_stay_long(struct kunit *test)
{
	struct bfd_unsolicited *policy = test->priv;

	KUNIT_EXPECT_EQ(test, bfd_unsolicited_until_ns(policy, false, START),
			START + 3 * NSEC_PER_SEC);
	policy->idle_us = S_US;
	KUNIT_EXPECT_EQ(test, bfd_unsolicited_until_ns(policy, false, START),
			START + NSEC_PER_SEC);
}

static struct kunit_case unsolicited_cases[] = {
	KUNIT_CASE_PARAM(prefix_has_what_it_says, prefix_gen_params),
	KUNIT_CASE(without_prefixes_nobody_is_allowed),
	KUNIT_CASE(any_of_the_prefixes_allows),
	KUNIT_CASE(only_down_asks_for_a_session),
	KUNIT_CASE(who_was_up_stays_for_the_idle_time),
	KUNIT_CASE(who_never_was_up_does_not_stay_long),
	{}
};

static struct kunit_suite unsolicited_suite = {
	.name = "bfd_unsolicited",
	.init = unsolicited_kunit_init,
	.test_cases = unsolicited_cases,
};

kunit_test_suite(unsolicited_suite);
