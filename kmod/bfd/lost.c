// SPDX-License-Identifier: GPL-2.0
/*
 * Packets that did not come; see lost.h.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include "lost.h"

/**
 * bfd_lost_begin() - the next number is the first: none before it is missing
 * @lost: of the session; what was counted stays
 */
void bfd_lost_begin(struct bfd_lost *lost)
{
	lost->came = ~0ULL;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_lost_begin);

/* Those between the last one and the one @ahead of it are missing, if @missing */
static void advance(struct bfd_lost *lost, u32 ahead, bool missing)
{
	u64 came = ahead < BFD_LOST_LATE_MAX ? lost->came << ahead : 0;

	if (ahead <= BFD_LOST_LATE_MAX)
		came |= 1ULL << (ahead - 1);
	if (missing)
		lost->count += ahead - 1;
	else
		came = ~0ULL;
	lost->came = came;
}

/**
 * bfd_lost_heard() - a packet was accepted
 * @lost: of the session
 * @last: sequence number of the latest before it
 * @sequence: its own
 * @window: how many may be missing and their number still be no other than that
 *	of the same peer going on
 * @up: the session is Up: lost-packet-count is of what did not bring it Down
 *
 * RFC 9978's NULL Auth Type has one loss for each gap, its Loss Measurement and its
 * lost-packet-count one for each packet; here it is each packet. One that was overtaken
 * is not lost, as its Out-of-Order Packets allow. A number from afar, of a peer that
 * began anew or of a stranger, is one loss: no more are certain.
 *
 * Return: what @last is to be for the next one.
 */
u32 bfd_lost_heard(struct bfd_lost *lost, u32 last, u32 sequence, u32 window, bool up)
{
	u32 ahead = sequence - last, behind = last - sequence;

	if (!ahead)
		return last;
	if (ahead <= window) {
		advance(lost, ahead, up);
		return sequence;
	}
	if (behind <= BFD_LOST_LATE_MAX) {
		if (!(lost->came & 1ULL << (behind - 1)))
			lost->count--;
		lost->came |= 1ULL << (behind - 1);
		return last;
	}
	if (up)
		lost->count++;
	bfd_lost_begin(lost);
	return sequence;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_lost_heard);
