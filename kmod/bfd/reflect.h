/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an S-BFD reflector answers, RFC 7880 7.2, and how often. It keeps nothing of
 * who asks: an answer is made of the request alone. Pure: no clock, no lock, no
 * allocation, any context.
 */
#ifndef _BFD_REFLECT_H
#define _BFD_REFLECT_H

#include <linux/types.h>

struct bfd_packet;

#define BFD_REFLECT_RATE_MAX	1000000

int bfd_reflect_check(const struct bfd_packet *request, u16 sport);
void bfd_reflect_answer(struct bfd_packet *answer, const struct bfd_packet *request,
			u32 required_min_rx_us, bool admin_down);
u64 bfd_reflect_admit(u64 allowance_ns, u64 now_ns, u32 rate);

#endif /* _BFD_REFLECT_H */
