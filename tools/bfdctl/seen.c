// SPDX-License-Identifier: GPL-2.0
/*
 * What the kernel saw of a session, as histograms.
 */
#include <langinfo.h>
#include <string.h>

#include "../lib/attr.h"
#include "bfdctl.h"

#define INDENT		4
#define BOUND_WIDTH	11	/* "131.072ms" and some */
#define COUNT_WIDTH	10	/* a u32 */
#define BAR_WIDTH	40
#define BLOCK_BYTES	3	/* of an UTF-8 block */
#define BAR_SIZE	(BAR_WIDTH * BLOCK_BYTES + 1)

struct histogram {
	const char *key;	/* in JSON */
	const char *text;
	int attr;
	const char *extreme_key;
	const char *extreme_text;
	int extreme_attr;
	const char *time_key;
	int time_attr;
};

struct drawing {
	uint32_t counts[BFD_HISTOGRAM_BUCKETS];
	uint32_t most;
	int first, last;	/* that have counted */
	bool blocks;
};

/* Of what counted at least a little is seen. Blocks have eighths, characters do not. */
static const char *draw_bar(uint32_t count, const struct drawing *d, char bar[BAR_SIZE])
{
	static const char eighths[][BLOCK_BYTES + 1] = {
		"", "\u258f", "\u258e", "\u258d", "\u258c", "\u258b", "\u258a", "\u2589", "\u2588",
	};
	int step = d->blocks ? 8 : 1;
	int length = ((uint64_t)count * BAR_WIDTH * step + d->most - 1) / d->most;
	char *end = bar;

	*end = '\0';
	for (; length > 0; length -= step)
		end = stpcpy(end, d->blocks ? eighths[length > 8 ? 8 : length] : "#");
	return bar;
}

/* Bucket n counts 2^n to 2^(n+1) - 1 us; the first also 0, the last also all above. */
static void print_bucket(struct print *p, int bucket, const struct drawing *d)
{
	bool shown = bucket >= d->first && bucket <= d->last;
	bool last = bucket == BFD_HISTOGRAM_BUCKETS - 1;
	uint64_t from = bucket ? UINT64_C(1) << bucket : 0;
	uint64_t to = (UINT64_C(2) << bucket) - 1;
	uint32_t count = d->counts[bucket];
	char bar[BAR_SIZE];

	print_object(p, NULL);
	print_line(p, 2 * INDENT);
	print_width(p, -BOUND_WIDTH);
	print_time(p, "from", shown ? "" : NULL, from);
	if (last)
		print_null(p, "to");
	print_width(p, BOUND_WIDTH);
	if (last)
		print_str(p, NULL, shown ? "to" : NULL, "more");
	else
		print_time(p, "to", shown ? "to" : NULL, to);
	print_width(p, -COUNT_WIDTH);
	print_u64(p, "count", shown ? "" : NULL, count);
	if (shown && count)
		print_str(p, NULL, "", draw_bar(count, d, bar));
	print_object_end(p);
}

static struct drawing read_counts(const struct nlattr *nla)
{
	struct drawing d = {
		.first = BFD_HISTOGRAM_BUCKETS,
		.last = -1,
		.blocks = !strcmp(nl_langinfo(CODESET), "UTF-8"),
	};
	int i;

	if (nla && nla_len(nla) == sizeof(d.counts))
		memcpy(d.counts, nla_data(nla), sizeof(d.counts));
	for (i = 0; i < BFD_HISTOGRAM_BUCKETS; i++) {
		if (!d.counts[i])
			continue;
		if (d.counts[i] > d.most)
			d.most = d.counts[i];
		if (d.first > i)
			d.first = i;
		d.last = i;
	}
	return d;
}

/* A time that is there only if something was measured. */
static void print_maybe(struct print *p, const char *key, const char *label,
			const struct nlattr *nla)
{
	if (nla)
		print_time(p, key, label, get_uint(nla));
	else
		print_null(p, key);
}

/* In text from the first bucket that counted to the last, nothing if none did. */
static void print_histogram(struct print *p, const struct histogram *h, struct nlattr **st)
{
	struct drawing d = read_counts(st[h->attr]);
	bool shown = d.last >= 0;
	int i;

	print_line(p, INDENT);
	print_str(p, NULL, shown ? "" : NULL, h->text);
	print_maybe(p, h->extreme_key, h->extreme_text, st[h->extreme_attr]);
	print_date(p, h->time_key, shown ? "at" : NULL, get_uint(st[h->time_attr]));
	if (h->attr == BFD_STAT_ECHO_RTT_HISTOGRAM) {
		print_maybe(p, "echo-rtt-min", "min", st[BFD_STAT_ECHO_RTT_MIN_US]);
		print_maybe(p, "echo-rtt-avg", "avg", st[BFD_STAT_ECHO_RTT_AVG_US]);
	}
	if (h->attr == BFD_STAT_DETECTION_MARGIN_HISTOGRAM)
		print_u64(p, "near-miss-count", shown ? "near-misses" : NULL,
			  get_uint(st[BFD_STAT_NEAR_MISSES]));
	print_array(p, h->key);
	for (i = 0; i < BFD_HISTOGRAM_BUCKETS; i++)
		print_bucket(p, i, &d);
	print_array_end(p);
}

void print_seen(struct print *p, struct nlattr **st)
{
	static const struct histogram list[] = {
		{
			"rx-interval-histogram", "received intervals",
			BFD_STAT_RX_INTERVAL_HISTOGRAM,
			"rx-interval-max", "max", BFD_STAT_RX_INTERVAL_MAX_US,
			"rx-interval-max-time", BFD_STAT_RX_INTERVAL_MAX_TIME_NS,
		}, {
			"detection-margin-histogram", "detection margin",
			BFD_STAT_DETECTION_MARGIN_HISTOGRAM,
			"detection-margin-min", "min", BFD_STAT_DETECTION_MARGIN_MIN_US,
			"detection-margin-min-time", BFD_STAT_DETECTION_MARGIN_MIN_TIME_NS,
		}, {
			"tx-lateness-histogram", "transmit lateness",
			BFD_STAT_TX_LATENESS_HISTOGRAM,
			"tx-lateness-max", "max", BFD_STAT_TX_LATENESS_MAX_US,
			"tx-lateness-max-time", BFD_STAT_TX_LATENESS_MAX_TIME_NS,
		}, {
			"echo-rtt-histogram", "echo round trips",
			BFD_STAT_ECHO_RTT_HISTOGRAM,
			"echo-rtt-max", "max", BFD_STAT_ECHO_RTT_MAX_US,
			"echo-rtt-max-time", BFD_STAT_ECHO_RTT_MAX_TIME_NS,
		},
	};
	size_t i;

	for (i = 0; i < sizeof(list) / sizeof(*list); i++)
		print_histogram(p, &list[i], st);
}
