/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Flap damping: when whoever listens to a session hears that it is Up. The protocol
 * and the peer know nothing of it, and Down is never kept back. Pure: no clock, no
 * lock, no I/O; the caller holds what guards the struct, and times are arguments.
 */
#ifndef _BFD_DAMP_H
#define _BFD_DAMP_H

#include <linux/types.h>

/**
 * struct bfd_damp_config - what the administrator chose
 * @hold_up_us: a session must have been Up for so long, us; 0: it is told at once
 * @hold_up_max_us: this doubles with each flap, up to here, us, and is back at
 *	@hold_up_us after a time of this length without one; 0: it does not
 */
struct bfd_damp_config {
	u32 hold_up_us;
	u32 hold_up_max_us;
};

/**
 * struct bfd_damp - of one session
 * @config: see there
 * @hold_us: how long Up is kept back now or, while it is not Up, next time
 * @up_ns: when it last came Up
 */
struct bfd_damp {
	struct bfd_damp_config config;
	u32 hold_us;
	u64 up_ns;
};

void bfd_damp_configure(struct bfd_damp *damp, const struct bfd_damp_config *config);
void bfd_damp_up(struct bfd_damp *damp, u64 now);
void bfd_damp_flap(struct bfd_damp *damp, u64 now);
u64 bfd_damp_until_ns(const struct bfd_damp *damp);

#endif /* _BFD_DAMP_H */
