/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What was seen of a session: how its packets came and went, as histograms. Pure:
 * no clock, no lock, no I/O; times are arguments.
 *
 * Packets count here without a lock or an atomic operation, for what they count
 * is written by one CPU at a time nearly always: received packets by the one
 * whose receive queue they are in, sent ones under the session's lock. While
 * packets of one session are received by two CPUs at once, one of two may be
 * missing in a histogram; the packet counters miss none. A reader may see a
 * moment that is not yet, or no longer, that of the extreme beside it.
 */
#ifndef _BFD_SEEN_H
#define _BFD_SEEN_H

#include <linux/types.h>
#include <linux/bfd.h>

/* Less than this part of the Detection Time was left: a near miss */
#define BFD_NEAR_MISS_PART	4

/**
 * struct bfd_histogram - a time that is measured over and over
 * @counts: by power-of-two bucket, see BFD_HISTOGRAM_BUCKETS
 * @extreme_ns: the worst of them: longest or shortest
 * @at_ns: when that was, CLOCK_MONOTONIC; 0: there is none
 */
struct bfd_histogram {
	u32 counts[BFD_HISTOGRAM_BUCKETS];
	u64 extreme_ns;
	u64 at_ns;
};

/**
 * struct bfd_seen - of one session
 * @rx_interval: from one valid packet to the next, while Up and not in Demand
 *	mode, where silence tells nothing; worst is longest
 * @detection_margin: what was left of the Detection Time when the latter came;
 *	worst is shortest
 * @tx_lateness: from when a periodic packet was due to when it left; worst is
 *	longest
 * @near_misses: margins under a BFD_NEAR_MISS_PART'th of the Detection Time
 * @rtt: from when an echo left to when it was back; worst is longest. This and what
 *	follows is written under the session's lock
 * @rtt_min_ns: the shortest of these
 * @rtt_sum_ns: all of them together
 */
struct bfd_seen {
	struct bfd_histogram rx_interval;
	struct bfd_histogram detection_margin;
	struct bfd_histogram tx_lateness;
	u64 near_misses;
	struct bfd_histogram rtt;
	u64 rtt_min_ns;
	u64 rtt_sum_ns;
};

void bfd_seen_init(struct bfd_seen *seen);
void bfd_seen_received(struct bfd_seen *seen, u64 now, u64 last, u64 detection_ns);
void bfd_seen_sent(struct bfd_seen *seen, u64 now, u64 due);
void bfd_seen_echo(struct bfd_seen *seen, u64 now, u64 sent);

#endif /* _BFD_SEEN_H */
