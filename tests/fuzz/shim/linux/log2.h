/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHIM_LOG2_H
#define _SHIM_LOG2_H

/* Undefined for 0, as it is in the kernel */
static inline unsigned long rounddown_pow_of_two(unsigned long n)
{
	return 1UL << (63 - __builtin_clzl(n));
}

#endif /* _SHIM_LOG2_H */
