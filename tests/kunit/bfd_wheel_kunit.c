// SPDX-License-Identifier: GPL-2.0
/*
 * The wheel: what is inserted comes out once, in order, in its slot; nothing
 * else does.
 */
#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <bfd/wheel.h>

#define SLOT	BFD_WHEEL_SLOT_NS
#define TURN	(BFD_WHEEL_SLOTS * SLOT)

/* The present when a case begins: the middle of the fifth slot before the array
 * of slots wraps around, some turns after boot
 */
#define START	(7 * TURN - 5 * SLOT + SLOT / 2)

#define ENTRIES	64

/**
 * struct wheel_fixture - what each case starts with
 * @wheel: empty, its time START
 * @due: what expired
 * @e: not queued
 */
struct wheel_fixture {
	struct bfd_wheel wheel;
	struct list_head due;
	struct bfd_wheel_entry e[ENTRIES];
};

static int wheel_init(struct kunit *test)
{
	struct wheel_fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, f);
	INIT_LIST_HEAD(&f->due);
	for (i = 0; i < ENTRIES; i++)
		bfd_wheel_entry_init(&f->e[i]);
	test->priv = f;
	return bfd_wheel_init(&f->wheel, START);
}

static void wheel_exit(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;
	LIST_HEAD(rest);

	if (!f)
		return;
	bfd_wheel_drain(&f->wheel, &rest);
	bfd_wheel_exit(&f->wheel);
}

static u64 slot_start(u64 ns)
{
	return ns / SLOT * SLOT;
}

/* How many entries came out at a time */
static unsigned int expire(struct wheel_fixture *f, u64 now)
{
	struct list_head *node;
	unsigned int n = 0;

	INIT_LIST_HEAD(&f->due);
	bfd_wheel_expire(&f->wheel, now, &f->due);
	list_for_each(node, &f->due)
		n++;
	return n;
}

static struct bfd_wheel_entry *first_due(struct wheel_fixture *f)
{
	return list_first_entry_or_null(&f->due, struct bfd_wheel_entry, node);
}

static void expect_order(struct kunit *test, const unsigned int *order, unsigned int n)
{
	struct wheel_fixture *f = test->priv;
	struct bfd_wheel_entry *entry;
	unsigned int i = 0;

	list_for_each_entry(entry, &f->due, node) {
		KUNIT_ASSERT_LT(test, i, n);
		KUNIT_EXPECT_PTR_EQ(test, entry, &f->e[order[i++]]);
	}
	KUNIT_EXPECT_EQ(test, i, n);
}

struct delay_param {
	const char *about;
	u64 ns;
};

static const struct delay_param delay_params[] = {
	{ "the present", 0 },
	{ "the next slot's first ns", SLOT / 2 },
	{ "the next slot's last ns", SLOT + SLOT / 2 - 1 },
	{ "the last slot of the array", 4 * SLOT },
	{ "the first slot of the array", 5 * SLOT },
	{ "an ns before a turn's end", TURN - SLOT / 2 - 1 },
	{ "a turn's end", TURN - SLOT / 2 },
	{ "a turn", TURN },
	{ "a turn and a slot", TURN + SLOT },
	{ "two turns less a slot", 2 * TURN - SLOT },
	{ "two turns", 2 * TURN },
	{ "a hundred turns and three slots", 100 * TURN + 3 * SLOT + 1 },
	{ "the longest interval times 255", 4294967295ULL * 255 * 1000 },
};

static void delay_describe(const struct delay_param *param, char *out)
{
	strscpy(out, param->about, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(delay, delay_params, delay_describe);

static void empty_wheel_has_nothing_to_do(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, bfd_wheel_next(&f->wheel), BFD_WHEEL_NEVER);
	KUNIT_EXPECT_EQ(test, expire(f, START), 0);
	KUNIT_EXPECT_EQ(test, expire(f, START + 3 * TURN), 0);
	KUNIT_EXPECT_EQ(test, bfd_wheel_next(&f->wheel), BFD_WHEEL_NEVER);
}

static void inserted_entry_is_queued_until_it_expires(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;

	KUNIT_EXPECT_FALSE(test, bfd_wheel_entry_queued(&f->e[0]));
	bfd_wheel_insert(&f->wheel, &f->e[0], START);
	KUNIT_EXPECT_TRUE(test, bfd_wheel_entry_queued(&f->e[0]));

	KUNIT_EXPECT_EQ(test, expire(f, START), 1);
	KUNIT_EXPECT_EQ(test, expire(f, START + 2 * TURN), 0);
}

/* Whatever else is asked before: nobody comes early, however often one looks */
static void entry_is_not_served_before_its_slot(struct kunit *test)
{
	const struct delay_param *param = test->param_value;
	struct wheel_fixture *f = test->priv;
	u64 start = slot_start(START + param->ns);
	u64 now;

	bfd_wheel_insert(&f->wheel, &f->e[0], START + param->ns);
	for (now = START; now < start; now += max(SLOT, (start - now) / 16))
		KUNIT_ASSERT_EQ(test, expire(f, now), 0);
	if (param->ns)
		KUNIT_EXPECT_EQ(test, expire(f, start - 1), 0);
}

static void entry_is_served_as_its_slot_begins(struct kunit *test)
{
	const struct delay_param *param = test->param_value;
	struct wheel_fixture *f = test->priv;
	u64 now = max(START, slot_start(START + param->ns));

	bfd_wheel_insert(&f->wheel, &f->e[0], START + param->ns);

	KUNIT_EXPECT_EQ(test, expire(f, now), 1);
	KUNIT_EXPECT_PTR_EQ(test, first_due(f), &f->e[0]);
	KUNIT_EXPECT_EQ(test, bfd_wheel_next(&f->wheel), BFD_WHEEL_NEVER);
}

static void entry_is_served_after_its_slot(struct kunit *test)
{
	const struct delay_param *param = test->param_value;
	struct wheel_fixture *f = test->priv;

	bfd_wheel_insert(&f->wheel, &f->e[0], START + param->ns);

	KUNIT_EXPECT_EQ(test, expire(f, START + param->ns + 3 * TURN + 5 * SLOT), 1);
}

/* A timer aimed at what next() says serves it in time, without idle wakeups */
static void next_is_the_start_of_the_slot(struct kunit *test)
{
	const struct delay_param *param = test->param_value;
	struct wheel_fixture *f = test->priv;

	bfd_wheel_insert(&f->wheel, &f->e[0], START + param->ns);

	KUNIT_EXPECT_EQ(test, bfd_wheel_next(&f->wheel), slot_start(START + param->ns));
}

static void next_is_the_earliest(struct kunit *test)
{
	const struct delay_param *param = test->param_value;
	struct wheel_fixture *f = test->priv;

	bfd_wheel_insert(&f->wheel, &f->e[0], START + 2 * param->ns + 9 * SLOT);
	bfd_wheel_insert(&f->wheel, &f->e[1], START + param->ns);
	bfd_wheel_insert(&f->wheel, &f->e[2], START + 3 * param->ns + 9 * SLOT);

	KUNIT_EXPECT_EQ(test, bfd_wheel_next(&f->wheel), slot_start(START + param->ns));
}

static void past_due_is_served_at_once(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;

	bfd_wheel_insert(&f->wheel, &f->e[0], 0);
	bfd_wheel_insert(&f->wheel, &f->e[1], START - TURN);
	bfd_wheel_insert(&f->wheel, &f->e[2], START - SLOT);

	/* Nor does it count as late */
	KUNIT_EXPECT_EQ(test, bfd_wheel_next(&f->wheel), slot_start(START));
	KUNIT_EXPECT_EQ(test, expire(f, START), 3);
}

static void slot_just_served_is_served_again(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;

	bfd_wheel_insert(&f->wheel, &f->e[0], START + SLOT);
	KUNIT_ASSERT_EQ(test, expire(f, START + SLOT), 1);
	bfd_wheel_insert(&f->wheel, &f->e[1], START + SLOT);

	KUNIT_EXPECT_EQ(test, expire(f, START + SLOT), 1);
	KUNIT_EXPECT_PTR_EQ(test, first_due(f), &f->e[1]);
}

static void late_look_serves_in_order(struct kunit *test)
{
	static const unsigned int order[] = { 5, 2, 0, 4, 1, 3 };
	struct wheel_fixture *f = test->priv;

	bfd_wheel_insert(&f->wheel, &f->e[0], START + 4 * SLOT);
	bfd_wheel_insert(&f->wheel, &f->e[1], START + TURN - SLOT);
	bfd_wheel_insert(&f->wheel, &f->e[2], START + 3 * SLOT);
	bfd_wheel_insert(&f->wheel, &f->e[3], START + 3 * TURN);
	bfd_wheel_insert(&f->wheel, &f->e[4], START + 5 * SLOT);
	bfd_wheel_insert(&f->wheel, &f->e[5], START);

	KUNIT_EXPECT_EQ(test, expire(f, START + 3 * TURN), 6);
	expect_order(test, order, ARRAY_SIZE(order));
}

/* Due lists of several looks may be one */
static void expired_are_added_to_the_callers_list(struct kunit *test)
{
	static const unsigned int order[] = { 0, 1 };
	struct wheel_fixture *f = test->priv;

	bfd_wheel_insert(&f->wheel, &f->e[1], START + SLOT);
	bfd_wheel_insert(&f->wheel, &f->e[0], START);
	bfd_wheel_expire(&f->wheel, START, &f->due);
	bfd_wheel_expire(&f->wheel, START + SLOT, &f->due);

	expect_order(test, order, ARRAY_SIZE(order));
}

static void all_of_a_slot_are_served_together(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;
	u64 start = slot_start(START + 9 * SLOT);
	unsigned int i;

	for (i = 0; i < ENTRIES; i++)
		bfd_wheel_insert(&f->wheel, &f->e[i], start + i * (SLOT / ENTRIES));

	KUNIT_EXPECT_EQ(test, expire(f, start - 1), 0);
	KUNIT_EXPECT_EQ(test, expire(f, start), ENTRIES);
}

/* A turn apart: the same place in the array, but not the same time */
static void turns_are_told_apart(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;
	u64 at = START + 9 * SLOT;
	unsigned int i;

	for (i = 0; i < 4; i++)
		bfd_wheel_insert(&f->wheel, &f->e[i], at + i * TURN);

	for (i = 0; i < 4; i++) {
		KUNIT_EXPECT_EQ(test, bfd_wheel_next(&f->wheel), slot_start(at + i * TURN));
		KUNIT_EXPECT_EQ(test, expire(f, at + i * TURN), 1);
		KUNIT_EXPECT_PTR_EQ(test, first_due(f), &f->e[i]);
	}
}

static void removed_entry_is_not_served(struct kunit *test)
{
	const struct delay_param *param = test->param_value;
	struct wheel_fixture *f = test->priv;

	bfd_wheel_insert(&f->wheel, &f->e[0], START + param->ns);
	bfd_wheel_remove(&f->wheel, &f->e[0]);

	KUNIT_EXPECT_FALSE(test, bfd_wheel_entry_queued(&f->e[0]));
	KUNIT_EXPECT_EQ(test, expire(f, START + param->ns + TURN), 0);
	KUNIT_EXPECT_EQ(test, bfd_wheel_next(&f->wheel), BFD_WHEEL_NEVER);
}

static void removal_leaves_slot_to_others(struct kunit *test)
{
	const struct delay_param *param = test->param_value;
	struct wheel_fixture *f = test->priv;

	bfd_wheel_insert(&f->wheel, &f->e[0], START + param->ns);
	bfd_wheel_insert(&f->wheel, &f->e[1], START + param->ns);
	bfd_wheel_remove(&f->wheel, &f->e[0]);

	KUNIT_EXPECT_EQ(test, bfd_wheel_next(&f->wheel), slot_start(START + param->ns));
	KUNIT_EXPECT_EQ(test, expire(f, START + param->ns), 1);
	KUNIT_EXPECT_PTR_EQ(test, first_due(f), &f->e[1]);
}

static void removal_of_far_leaves_near_in_same_place(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;
	u64 at = START + 9 * SLOT;

	bfd_wheel_insert(&f->wheel, &f->e[0], at);
	bfd_wheel_insert(&f->wheel, &f->e[1], at + TURN);
	bfd_wheel_remove(&f->wheel, &f->e[1]);

	KUNIT_EXPECT_EQ(test, bfd_wheel_next(&f->wheel), slot_start(at));
	KUNIT_EXPECT_EQ(test, expire(f, at), 1);
	KUNIT_EXPECT_PTR_EQ(test, first_due(f), &f->e[0]);
}

static void removal_of_near_leaves_far_in_same_place(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;
	u64 at = START + 9 * SLOT;

	bfd_wheel_insert(&f->wheel, &f->e[0], at);
	bfd_wheel_insert(&f->wheel, &f->e[1], at + TURN);
	bfd_wheel_remove(&f->wheel, &f->e[0]);

	KUNIT_EXPECT_EQ(test, expire(f, at), 0);
	KUNIT_EXPECT_EQ(test, expire(f, at + TURN), 1);
	KUNIT_EXPECT_PTR_EQ(test, first_due(f), &f->e[1]);
}

/* What next() says may be too early then, but each look gets on */
static void removal_of_first_far_leaves_the_second(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;
	unsigned int looks;

	bfd_wheel_insert(&f->wheel, &f->e[0], START + 2 * TURN);
	bfd_wheel_insert(&f->wheel, &f->e[1], START + 5 * TURN);
	bfd_wheel_remove(&f->wheel, &f->e[0]);

	for (looks = 1; !expire(f, bfd_wheel_next(&f->wheel)); looks++)
		KUNIT_ASSERT_LT(test, looks, 3);
	KUNIT_EXPECT_PTR_EQ(test, first_due(f), &f->e[1]);
	KUNIT_EXPECT_EQ(test, f->e[1].slot * SLOT, slot_start(START + 5 * TURN));
}

static void removed_entry_may_return(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;

	bfd_wheel_insert(&f->wheel, &f->e[0], START + 2 * TURN);
	bfd_wheel_remove(&f->wheel, &f->e[0]);
	bfd_wheel_insert(&f->wheel, &f->e[0], START + SLOT);

	KUNIT_EXPECT_EQ(test, bfd_wheel_next(&f->wheel), slot_start(START + SLOT));
	KUNIT_EXPECT_EQ(test, expire(f, START + SLOT), 1);
}

/* A session killed between being found due and being served */
static void expired_entry_can_be_removed(struct kunit *test)
{
	static const unsigned int order[] = { 0, 2 };
	struct wheel_fixture *f = test->priv;
	unsigned int i;

	for (i = 0; i < 3; i++)
		bfd_wheel_insert(&f->wheel, &f->e[i], START);
	expire(f, START);
	bfd_wheel_remove(&f->wheel, &f->e[1]);

	expect_order(test, order, ARRAY_SIZE(order));
	KUNIT_EXPECT_FALSE(test, bfd_wheel_entry_queued(&f->e[1]));
}

static void removal_of_expired_leaves_its_slot_to_others(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;

	bfd_wheel_insert(&f->wheel, &f->e[0], START);
	expire(f, START);
	bfd_wheel_insert(&f->wheel, &f->e[1], START);
	bfd_wheel_remove(&f->wheel, &f->e[0]);

	KUNIT_EXPECT_EQ(test, bfd_wheel_next(&f->wheel), slot_start(START));
	KUNIT_EXPECT_EQ(test, expire(f, START), 1);
	KUNIT_EXPECT_PTR_EQ(test, first_due(f), &f->e[1]);
}

static void time_that_steps_back_serves_nothing(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;

	bfd_wheel_insert(&f->wheel, &f->e[0], START + SLOT);
	bfd_wheel_insert(&f->wheel, &f->e[1], START + 2 * TURN);

	KUNIT_EXPECT_EQ(test, expire(f, START - SLOT), 0);
	KUNIT_EXPECT_EQ(test, expire(f, START - 2 * TURN), 0);
	KUNIT_EXPECT_EQ(test, expire(f, 0), 0);
}

static void time_that_stepped_back_goes_on(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;

	bfd_wheel_insert(&f->wheel, &f->e[0], START + SLOT);
	bfd_wheel_insert(&f->wheel, &f->e[1], START + 2 * TURN);
	expire(f, START - 2 * TURN);
	/* Due for the clock, past for the wheel */
	bfd_wheel_insert(&f->wheel, &f->e[2], START - 2 * TURN);

	KUNIT_EXPECT_EQ(test, expire(f, START), 1);
	KUNIT_EXPECT_EQ(test, expire(f, START + SLOT), 1);
	KUNIT_EXPECT_EQ(test, expire(f, START + 2 * TURN), 1);
}

static void drain_takes_everything(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;
	struct list_head *node;
	unsigned int i, n = 0;

	for (i = 0; i < ENTRIES; i++)
		bfd_wheel_insert(&f->wheel, &f->e[i], START + i * (TURN / 16));
	bfd_wheel_drain(&f->wheel, &f->due);

	list_for_each(node, &f->due)
		n++;
	KUNIT_EXPECT_EQ(test, n, ENTRIES);
	KUNIT_EXPECT_EQ(test, bfd_wheel_next(&f->wheel), BFD_WHEEL_NEVER);
	KUNIT_EXPECT_EQ(test, expire(f, START + 9 * TURN), 0);
}

static void drained_wheel_can_be_used(struct kunit *test)
{
	struct wheel_fixture *f = test->priv;
	LIST_HEAD(drained);

	bfd_wheel_insert(&f->wheel, &f->e[0], START + 9 * SLOT);
	bfd_wheel_insert(&f->wheel, &f->e[1], START + 2 * TURN);
	bfd_wheel_drain(&f->wheel, &drained);
	bfd_wheel_insert(&f->wheel, &f->e[2], START + 9 * SLOT);
	bfd_wheel_insert(&f->wheel, &f->e[3], START + 2 * TURN);

	KUNIT_EXPECT_EQ(test, expire(f, START + 9 * SLOT), 1);
	KUNIT_EXPECT_PTR_EQ(test, first_due(f), &f->e[2]);
	KUNIT_EXPECT_EQ(test, expire(f, START + 2 * TURN), 1);
	KUNIT_EXPECT_PTR_EQ(test, first_due(f), &f->e[3]);
}

static struct kunit_case bfd_wheel_cases[] = {
	KUNIT_CASE(empty_wheel_has_nothing_to_do),
	KUNIT_CASE(inserted_entry_is_queued_until_it_expires),
	KUNIT_CASE_PARAM(entry_is_not_served_before_its_slot, delay_gen_params),
	KUNIT_CASE_PARAM(entry_is_served_as_its_slot_begins, delay_gen_params),
	KUNIT_CASE_PARAM(entry_is_served_after_its_slot, delay_gen_params),
	KUNIT_CASE_PARAM(next_is_the_start_of_the_slot, delay_gen_params),
	KUNIT_CASE_PARAM(next_is_the_earliest, delay_gen_params),
	KUNIT_CASE(past_due_is_served_at_once),
	KUNIT_CASE(slot_just_served_is_served_again),
	KUNIT_CASE(late_look_serves_in_order),
	KUNIT_CASE(expired_are_added_to_the_callers_list),
	KUNIT_CASE(all_of_a_slot_are_served_together),
	KUNIT_CASE(turns_are_told_apart),
	KUNIT_CASE_PARAM(removed_entry_is_not_served, delay_gen_params),
	KUNIT_CASE_PARAM(removal_leaves_slot_to_others, delay_gen_params),
	KUNIT_CASE(removal_of_far_leaves_near_in_same_place),
	KUNIT_CASE(removal_of_near_leaves_far_in_same_place),
	KUNIT_CASE(removal_of_first_far_leaves_the_second),
	KUNIT_CASE(removed_entry_may_return),
	KUNIT_CASE(expired_entry_can_be_removed),
	KUNIT_CASE(removal_of_expired_leaves_its_slot_to_others),
	KUNIT_CASE(time_that_steps_back_serves_nothing),
	KUNIT_CASE(time_that_stepped_back_goes_on),
	KUNIT_CASE(drain_takes_everything),
	KUNIT_CASE(drained_wheel_can_be_used),
	{ }
};

static struct kunit_suite bfd_wheel_suite = {
	.name = "bfd_wheel",
	.init = wheel_init,
	.exit = wheel_exit,
	.test_cases = bfd_wheel_cases,
};

kunit_test_suite(bfd_wheel_suite);
