// SPDX-License-Identifier: GPL-2.0
/*
 * The wheel against a model that is too simple to be wrong: a table of who is
 * due when. Both are given the same thousands of random operations.
 */
#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <bfd/wheel.h>

#define SLOT		BFD_WHEEL_SLOT_NS
#define TURN		(BFD_WHEEL_SLOTS * SLOT)
#define ENTRIES		48
#define OPERATIONS	8000

/**
 * struct model - a wheel and what is known of it without looking inside
 * @wheel: the wheel
 * @rnd: source of what is done
 * @now: the present, ns; latest ever told to @wheel
 * @entries: what is inserted
 * @slot: per entry, the slot that it may not leave before
 * @queued: per entry, it is in @wheel
 */
struct model {
	struct bfd_wheel wheel;
	struct rnd_state rnd;
	u64 now;
	struct bfd_wheel_entry entries[ENTRIES];
	u64 slot[ENTRIES];
	bool queued[ENTRIES];
};

struct mix_param {
	const char *about;
	u32 seed;
	u64 start;
	u64 ahead;	/* entries are due within this */
	u64 step;	/* time goes on by at most this */
};

static const struct mix_param mix_params[] = {
	{ "within a turn", 1, 3 * TURN + 5, TURN, 16 * SLOT },
	{ "within four turns", 2, 4 * TURN - 1, 4 * TURN, TURN / 4 },
	{ "far", 3, 0, 1000 * TURN, 30 * TURN },
	{ "in few slots", 4, TURN - 2 * SLOT, 6 * SLOT, SLOT / 2 },
	{ "steps longer than what is ahead", 5, TURN / 2, TURN + TURN / 2, 5 * TURN },
	{ "about one turn", 6, 77, TURN + 4 * SLOT, 4 * SLOT },
};

static void mix_describe(const struct mix_param *param, char *out)
{
	strscpy(out, param->about, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(mix, mix_params, mix_describe);

static u64 below(struct model *m, u64 limit)
{
	u64 x = (u64)prandom_u32_state(&m->rnd) << 32 | prandom_u32_state(&m->rnd);

	return x % limit;
}

/* Half of the entries are due near the far end, some in the past */
static void model_insert(struct model *m, unsigned int i, u64 ahead)
{
	u64 due = m->now + below(m, ahead);

	if (below(m, 2))
		due = m->now + ahead - below(m, 8) * SLOT;
	if (!below(m, 16))
		due = m->now - min(m->now, below(m, 3 * TURN));
	bfd_wheel_insert(&m->wheel, &m->entries[i], due);
	m->queued[i] = true;
	m->slot[i] = max(due, m->now) / SLOT;
}

static void model_remove(struct model *m, unsigned int i)
{
	bfd_wheel_remove(&m->wheel, &m->entries[i]);
	m->queued[i] = false;
}

/* What came out was due, in order, and nothing that is due stayed in */
static void check_due(struct kunit *test, struct model *m, struct list_head *due)
{
	struct bfd_wheel_entry *entry, *tmp;
	u64 last = 0;
	unsigned int i;

	list_for_each_entry_safe(entry, tmp, due, node) {
		i = entry - m->entries;
		KUNIT_ASSERT_TRUE(test, m->queued[i]);
		KUNIT_ASSERT_LE(test, m->slot[i] * SLOT, m->now);
		KUNIT_ASSERT_GE(test, m->slot[i], last);
		last = m->slot[i];
		m->queued[i] = false;
		list_del_init(&entry->node);
	}
	for (i = 0; i < ENTRIES; i++)
		KUNIT_ASSERT_TRUE(test, !m->queued[i] || m->slot[i] * SLOT > m->now);
}

static void advance(struct kunit *test, struct model *m, u64 now)
{
	LIST_HEAD(due);

	bfd_wheel_expire(&m->wheel, now, &due);
	m->now = max(m->now, now);
	if (now < m->now / SLOT * SLOT) {
		KUNIT_ASSERT_TRUE(test, list_empty(&due));
		return;
	}
	check_due(test, m, &due);
}

/* next() may never be later than the earliest entry */
static void check_next(struct kunit *test, struct model *m)
{
	u64 earliest = BFD_WHEEL_NEVER;
	unsigned int i;

	for (i = 0; i < ENTRIES; i++)
		if (m->queued[i])
			earliest = min(earliest, m->slot[i] * SLOT);
	KUNIT_ASSERT_LE(test, bfd_wheel_next(&m->wheel), earliest);
}

static void operate(struct kunit *test, struct model *m, const struct mix_param *param)
{
	unsigned int i = below(m, ENTRIES);

	switch (below(m, 8)) {
	case 0 ... 3:
		if (m->queued[i])
			model_remove(m, i);
		else
			model_insert(m, i, param->ahead);
		break;
	case 4 ... 5:
		advance(test, m, m->now + below(m, param->step));
		break;
	case 6:
		/* As the pacer does, unless that is too far ahead */
		if (bfd_wheel_next(&m->wheel) < m->now + param->step)
			advance(test, m, bfd_wheel_next(&m->wheel));
		break;
	case 7:
		advance(test, m, m->now - min(m->now, below(m, 2 * TURN)));
		break;
	}
}

/* Served by its own word, the wheel empties within two looks an entry */
static void check_emptied(struct kunit *test, struct model *m)
{
	unsigned int looks;

	for (looks = 0; bfd_wheel_next(&m->wheel) != BFD_WHEEL_NEVER; looks++) {
		KUNIT_ASSERT_LT(test, looks, 2 * ENTRIES);
		advance(test, m, bfd_wheel_next(&m->wheel));
	}
	advance(test, m, BFD_WHEEL_NEVER - 1);
}

static void wheel_does_what_the_model_does(struct kunit *test)
{
	const struct mix_param *param = test->param_value;
	struct model *m = test->priv;
	unsigned int i;

	prandom_seed_state(&m->rnd, param->seed);
	m->now = param->start;
	KUNIT_ASSERT_EQ(test, bfd_wheel_init(&m->wheel, m->now), 0);

	for (i = 0; i < OPERATIONS; i++) {
		operate(test, m, param);
		check_next(test, m);
	}
	check_emptied(test, m);
}

static int model_init(struct kunit *test)
{
	struct model *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, m);
	for (i = 0; i < ENTRIES; i++)
		bfd_wheel_entry_init(&m->entries[i]);
	test->priv = m;
	return 0;
}

static void model_exit(struct kunit *test)
{
	struct model *m = test->priv;

	if (m)
		bfd_wheel_exit(&m->wheel);
}

static struct kunit_case bfd_wheel_model_cases[] = {
	KUNIT_CASE_PARAM(wheel_does_what_the_model_does, mix_gen_params),
	{ }
};

static struct kunit_suite bfd_wheel_model_suite = {
	.name = "bfd_wheel_model",
	.init = model_init,
	.exit = model_exit,
	.test_cases = bfd_wheel_model_cases,
};

kunit_test_suite(bfd_wheel_model_suite);
