// SPDX-License-Identifier: GPL-2.0
/*
 * What was seen of a session; see seen.h. Each packet passes here.
 */
#include <kunit/visibility.h>
#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>
#include "seen.h"

/* 0 us is in the first bucket, like 1 */
static void count(struct bfd_histogram *histogram, u64 ns)
{
	u64 us = div_u64(ns, NSEC_PER_USEC);
	u32 *bucket = &histogram->counts[min(ilog2(us | 1), BFD_HISTOGRAM_BUCKETS - 1)];

	WRITE_ONCE(*bucket, READ_ONCE(*bucket) + 1);
}

static void note_extreme(struct bfd_histogram *histogram, u64 ns, u64 now)
{
	WRITE_ONCE(histogram->extreme_ns, ns);
	WRITE_ONCE(histogram->at_ns, now);
}

/**
 * bfd_seen_init() - nothing was seen yet
 * @seen: all zero
 */
void bfd_seen_init(struct bfd_seen *seen)
{
	seen->detection_margin.extreme_ns = U64_MAX;
	seen->rtt_min_ns = U64_MAX;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_seen_init);

/**
 * bfd_seen_received() - a valid packet came while the session was Up
 * @seen: of the session
 * @now: when
 * @last: when the one before it came; not 0, not after @now
 * @detection_ns: Detection Time when it came; not 0
 *
 * What comes after the deadline, but before the pacer has looked, or in a grace,
 * has no margin at all.
 *
 * Context: any, without a lock.
 */
void bfd_seen_received(struct bfd_seen *seen, u64 now, u64 last, u64 detection_ns)
{
	u64 interval = now - last, margin;

	count(&seen->rx_interval, interval);
	if (unlikely(interval > READ_ONCE(seen->rx_interval.extreme_ns)))
		note_extreme(&seen->rx_interval, interval, now);
	margin = interval < detection_ns ? detection_ns - interval : 0;
	count(&seen->detection_margin, margin);
	if (unlikely(margin < READ_ONCE(seen->detection_margin.extreme_ns)))
		note_extreme(&seen->detection_margin, margin, now);
	if (unlikely(margin < detection_ns / BFD_NEAR_MISS_PART))
		WRITE_ONCE(seen->near_misses, READ_ONCE(seen->near_misses) + 1);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_seen_received);

/**
 * bfd_seen_sent() - a periodic packet leaves
 * @seen: of the session
 * @now: when
 * @due: when it was to; not after @now
 *
 * Context: the session's lock held.
 */
void bfd_seen_sent(struct bfd_seen *seen, u64 now, u64 due)
{
	u64 late = now - due;

	count(&seen->tx_lateness, late);
	if (unlikely(late > READ_ONCE(seen->tx_lateness.extreme_ns)))
		note_extreme(&seen->tx_lateness, late, now);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_seen_sent);

/**
 * bfd_seen_echo() - an echo came back
 * @seen: of the session
 * @now: when
 * @sent: when it had left; not after @now
 *
 * Context: the session's lock held.
 */
void bfd_seen_echo(struct bfd_seen *seen, u64 now, u64 sent)
{
	u64 rtt = now - sent;

	count(&seen->rtt, rtt);
	if (unlikely(rtt > seen->rtt.extreme_ns || !seen->rtt.at_ns))
		note_extreme(&seen->rtt, rtt, now);
	seen->rtt_min_ns = min(seen->rtt_min_ns, rtt);
	seen->rtt_sum_ns += rtt;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_seen_echo);
