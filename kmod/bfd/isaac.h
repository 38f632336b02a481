/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ISAAC, Bob Jenkins' generator of 1996, and the stream of Auth Keys that RFC 9986
 * makes of it: one for each sequence number, in pages of 256. Pure.
 */
#ifndef _BFD_ISAAC_H
#define _BFD_ISAAC_H

#include <linux/types.h>

#define BFD_ISAAC_SIZE	256

/**
 * struct bfd_isaac - the generator
 * @page: what it has generated last; while it is seeded, the seed
 * @memory: its secret state
 * @a: accumulator
 * @b: last result
 * @c: pages generated
 */
struct bfd_isaac {
	u32 page[BFD_ISAAC_SIZE];
	u32 memory[BFD_ISAAC_SIZE];
	u32 a;
	u32 b;
	u32 c;
};

void bfd_isaac_seed(struct bfd_isaac *isaac, u32 seed, u32 your_discr, const u8 *secret,
		    unsigned int len);
void bfd_isaac_generate(struct bfd_isaac *isaac);

#endif /* _BFD_ISAAC_H */
