/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the harnesses share: a reader of the fuzzer's bytes, and a way to say
 * what must be true.
 */
#ifndef _FUZZ_H
#define _FUZZ_H

#include <linux/kernel.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>

#define must(condition) do {						\
	if (!(condition)) {						\
		fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition); \
		abort();						\
	}								\
} while (0)

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

struct input {
	const u8 *data;
	size_t left;
};

/* 0 once the input is used up */
static inline u8 input_u8(struct input *in)
{
	if (!in->left)
		return 0;
	in->left--;
	return *in->data++;
}

static inline u32 input_u32(struct input *in)
{
	u32 value = input_u8(in);

	value = value << 8 | input_u8(in);
	value = value << 8 | input_u8(in);
	return value << 8 | input_u8(in);
}

#endif /* _FUZZ_H */
