/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHIM_MATH64_H
#define _SHIM_MATH64_H

#include <linux/types.h>

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return dividend / divisor;
}

static inline u64 mul_u64_u32_shr(u64 a, u32 mul, unsigned int shift)
{
	return (u64)((__uint128_t)a * mul >> shift);
}

#endif /* _SHIM_MATH64_H */
