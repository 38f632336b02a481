/* SPDX-License-Identifier: GPL-2.0 */
/*
 * BFD Stability, RFC 9978: packets of the peer's that did not come, by the sequence
 * numbers of those that did. Pure: no clock, no lock, no I/O; the caller holds what
 * guards the struct.
 */
#ifndef _BFD_LOST_H
#define _BFD_LOST_H

#include <linux/types.h>

/* How late a packet may be and still not be lost */
#define BFD_LOST_LATE_MAX	64

/**
 * struct bfd_lost - of one session
 * @count: packets that are missing, without those before it came Up
 * @came: bit n: the packet n + 1 before the last is not among them
 */
struct bfd_lost {
	u64 count;
	u64 came;
};

void bfd_lost_begin(struct bfd_lost *lost);
u32 bfd_lost_heard(struct bfd_lost *lost, u32 last, u32 sequence, u32 window, bool up);

#endif /* _BFD_LOST_H */
