// SPDX-License-Identifier: GPL-2.0
/*
 * ISAAC: a page of 256 numbers at a time, at some twenty instructions a number.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/string.h>
#include <linux/types.h>
#include "compat.h"
#include "isaac.h"

#define SIZE	BFD_ISAAC_SIZE
#define GOLDEN	0x9e3779b9

/* Jenkins' mix(): each of eight numbers comes to depend on all */
static void mix(u32 n[8])
{
	static const int shifts[8] = { 11, -2, 8, -16, 10, -4, 8, -9 };	/* left, -right */
	unsigned int i;

	for (i = 0; i < 8; i++) {
		u32 next = n[(i + 1) % 8];

		n[i] ^= shifts[i] > 0 ? next << shifts[i] : next >> -shifts[i];
		n[(i + 3) % 8] += n[i];
		n[(i + 1) % 8] += n[(i + 2) % 8];
	}
}

/* Jenkins' randinit(): twice over, so that the first of @page matters to all */
static void spread(struct bfd_isaac *isaac)
{
	unsigned int i, j, pass;
	const u32 *from;
	u32 n[8];

	for (j = 0; j < 8; j++)
		n[j] = GOLDEN;
	for (i = 0; i < 4; i++)
		mix(n);
	for (pass = 0; pass < 2; pass++) {
		from = pass ? isaac->memory : isaac->page;
		for (i = 0; i < SIZE; i += 8) {
			for (j = 0; j < 8; j++)
				n[j] += from[i + j];
			mix(n);
			memcpy(isaac->memory + i, n, sizeof(n));
		}
	}
	isaac->a = 0;
	isaac->b = 0;
	isaac->c = 0;
}

/**
 * bfd_isaac_generate() - the next page
 * @isaac: seeded
 */
void bfd_isaac_generate(struct bfd_isaac *isaac)
{
	u32 *memory = isaac->memory;
	u32 a = isaac->a, b = isaac->b + ++isaac->c;
	unsigned int i;
	u32 x, y;

	for (i = 0; i < SIZE; i++) {
		switch (i % 4) {
		case 0:
			a ^= a << 13;
			break;
		case 1:
			a ^= a >> 6;
			break;
		case 2:
			a ^= a << 2;
			break;
		case 3:
			a ^= a >> 16;
			break;
		}
		a += memory[(i + SIZE / 2) % SIZE];
		x = memory[i];
		y = memory[(x >> 2) % SIZE] + a + b;
		memory[i] = y;
		b = memory[(y >> 10) % SIZE] + x;
		isaac->page[i] = b;
	}
	isaac->a = a;
	isaac->b = b;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_isaac_generate);

/**
 * bfd_isaac_seed() - a new stream, and its first page
 * @isaac: to be written
 * @seed: the sender's Seed
 * @your_discr: Your Discriminator of the sender's packets
 * @secret: the key
 * @len: its bytes
 *
 * RFC 9986: the seed of ISAAC is filled with copies of Seed, Your Discriminator, key
 * and a byte that counts the copies. Its test vectors tell what the text does not:
 * that ISAAC takes its words from it as a little-endian machine does.
 */
void bfd_isaac_seed(struct bfd_isaac *isaac, u32 seed, u32 your_discr, const u8 *secret,
		    unsigned int len)
{
	u8 *bytes = (u8 *)isaac->page;
	unsigned int size, i, at;
	u8 head[8];

	put_unaligned_be32(seed, head);
	put_unaligned_be32(your_discr, head + 4);
	size = sizeof(head) + len + 1;
	for (i = 0; i < sizeof(isaac->page); i++) {
		at = i % size;
		if (at < sizeof(head))
			bytes[i] = head[at];
		else if (at < size - 1)
			bytes[i] = secret[at - sizeof(head)];
		else
			bytes[i] = i / size;
	}
	for (i = 0; i < SIZE; i++)
		isaac->page[i] = get_unaligned_le32(bytes + 4 * i);
	spread(isaac);
	bfd_isaac_generate(isaac);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_isaac_seed);
