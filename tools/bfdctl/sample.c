// SPDX-License-Identifier: GPL-2.0
/*
 * All sessions at one moment, and what has changed since another one.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../lib/attr.h"
#include "../lib/error.h"
#include "bfdctl.h"
#include "sample.h"

#define NSEC_PER_SEC	UINT64_C(1000000000)

static uint64_t now_ns(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * NSEC_PER_SEC + now.tv_nsec;
}

static void read_row(struct row *row, struct nlmsghdr *msg, struct nlattr **tb)
{
	struct nlattr *st[ATTRS];

	nest_parse(tb[BFD_A_STATISTICS], st);
	row->msg = msg;
	row->id = get_uint(tb[BFD_A_LOCAL_DISCRIMINATOR]);
	row->state = get_uint(tb[BFD_A_STATE]);
	row->rx = get_uint(st[BFD_STAT_RX_PACKETS]);
	row->tx = get_uint(st[BFD_STAT_TX_PACKETS]);
	row->rx_rate = RATE_UNKNOWN;
	row->tx_rate = RATE_UNKNOWN;
	row->detection_us = get_uint(tb[BFD_A_DETECTION_TIME_US]);
	row->margin_us = st[BFD_STAT_DETECTION_MARGIN_MIN_US] ?
			 get_uint(st[BFD_STAT_DETECTION_MARGIN_MIN_US]) : MARGIN_NONE;
	row->near_misses = get_uint(st[BFD_STAT_NEAR_MISSES]);
	row->flaps = get_uint(st[BFD_STAT_DOWN_COUNT]);
}

static int compare_ids(const void *a, const void *b)
{
	const struct row *left = a, *right = b;

	return (left->id > right->id) - (left->id < right->id);
}

/* Which state is worse: one that should be up and is not, one on its way, one held down. */
static int badness(uint64_t state)
{
	static const int of[] = {
		[BFD_STATE_DOWN]	= 3,
		[BFD_STATE_INIT]	= 2,
		[BFD_STATE_UP]		= 1,
		[BFD_STATE_ADMIN_DOWN]	= 0,
	};

	return state < __BFD_STATE_MAX ? of[state] : 0;
}

/* Part of the detection time that was left at least; more than all where nobody knows. */
static double part_left(const struct row *row)
{
	if (row->margin_us == MARGIN_NONE || !row->detection_us)
		return 2;
	return (double)row->margin_us / row->detection_us;
}

static int compare_rows(const void *a, const void *b)
{
	const struct row *left = *(const struct row *const *)a;
	const struct row *right = *(const struct row *const *)b;
	double left_part = part_left(left), right_part = part_left(right);

	if (badness(left->state) != badness(right->state))
		return badness(right->state) - badness(left->state);
	if (left_part != right_part)
		return left_part < right_part ? -1 : 1;
	if (left->near_misses != right->near_misses)
		return left->near_misses > right->near_misses ? -1 : 1;
	if (left->flaps != right->flaps)
		return left->flaps > right->flaps ? -1 : 1;
	return compare_ids(left, right);
}

/* All the counters that tell of packets which were refused. */
static uint64_t sum_drops(const struct nlattr *nest)
{
	static const struct { int attr; const char *name; } list[] = {
#define COUNTER(attr, name, text) { BFD_COUNTER_##attr, name },
		BFD_COUNTERS(COUNTER)
#undef COUNTER
	};
	struct nlattr *values[ATTRS];
	uint64_t sum = 0;
	size_t i;

	nest_parse(nest, values);
	for (i = 0; i < sizeof(list) / sizeof(*list); i++)
		if (!strncmp(list[i].name, "drop-", 5))
			sum += get_uint(values[list[i].attr]);
	return sum;
}

static int take_drops(struct tool *tool, struct sample *sample)
{
	struct replies replies = { 0 };
	struct nlattr *tb[ATTRS];
	int status = words_talk(tool, BFD_CMD_STATS_GET, 0, NULL, &replies);

	if (!status && replies.count && message_parse(replies.msg[0], tb))
		sample->drops = sum_drops(tb[BFD_A_COUNTERS]);
	replies_free(&replies);
	return status;
}

static int take_rows(struct sample *sample)
{
	struct nlattr *tb[ATTRS];
	struct row *row;
	size_t i;

	sample->rows = calloc(sample->replies.count + 1, sizeof(*sample->rows));
	sample->worst = calloc(sample->replies.count + 1, sizeof(*sample->worst));
	if (!sample->rows || !sample->worst)
		return error_refused("out of memory");
	for (i = 0; i < sample->replies.count; i++) {
		if (!message_parse(sample->replies.msg[i], tb))
			continue;
		row = &sample->rows[sample->count++];
		read_row(row, sample->replies.msg[i], tb);
		if (row->state < __BFD_STATE_MAX)
			sample->states[row->state]++;
	}
	qsort(sample->rows, sample->count, sizeof(*sample->rows), compare_ids);
	for (i = 0; i < sample->count; i++)
		sample->worst[i] = &sample->rows[i];
	qsort(sample->worst, sample->count, sizeof(*sample->worst), compare_rows);
	return STATUS_OK;
}

int sample_take(struct tool *tool, struct sample *sample)
{
	int status;

	memset(sample, 0, sizeof(*sample));
	sample->rx_rate = RATE_UNKNOWN;
	sample->tx_rate = RATE_UNKNOWN;
	sample->drop_rate = RATE_UNKNOWN;
	status = view_fetch(tool, &session_view, NULL, &sample->replies);
	sample->at_ns = now_ns();
	if (!status)
		status = take_drops(tool, sample);
	if (!status)
		status = take_rows(sample);
	if (status)
		sample_free(sample);
	return status;
}

/* To the nearest; what counts down has begun anew. */
static uint64_t rate(uint64_t now, uint64_t before, uint64_t elapsed_ns)
{
	if (now < before || !elapsed_ns)
		return RATE_UNKNOWN;
	return (double)(now - before) * NSEC_PER_SEC / elapsed_ns + 0.5;
}

static void add_rate(uint64_t *sum, uint64_t value)
{
	if (value != RATE_UNKNOWN)
		*sum += value;
}

void sample_compare(struct sample *sample, const struct sample *before)
{
	uint64_t elapsed_ns = sample->at_ns - before->at_ns;
	const struct row *old;
	struct row *row;
	size_t i;

	if (!before->at_ns)
		return;
	sample->drop_rate = rate(sample->drops, before->drops, elapsed_ns);
	sample->rx_rate = 0;
	sample->tx_rate = 0;
	for (i = 0; i < sample->count; i++) {
		row = &sample->rows[i];
		old = before->count ? bsearch(row, before->rows, before->count, sizeof(*row),
					      compare_ids) : NULL;
		if (!old)
			continue;
		row->rx_rate = rate(row->rx, old->rx, elapsed_ns);
		row->tx_rate = rate(row->tx, old->tx, elapsed_ns);
		add_rate(&sample->rx_rate, row->rx_rate);
		add_rate(&sample->tx_rate, row->tx_rate);
	}
}

void sample_free(struct sample *sample)
{
	replies_free(&sample->replies);
	free(sample->rows);
	free(sample->worst);
	memset(sample, 0, sizeof(*sample));
}
