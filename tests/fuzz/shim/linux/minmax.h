/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHIM_MINMAX_H
#define _SHIM_MINMAX_H

/* A type mismatch is an error here, as it is in the kernel */
#define shim_cmp(a, op, b) ({			\
	__typeof__(a) shim_a = (a);		\
	__typeof__(b) shim_b = (b);		\
	(void)(&shim_a == &shim_b);		\
	shim_a op shim_b ? shim_a : shim_b;	\
})

#define min(a, b)		shim_cmp(a, <, b)
#define max(a, b)		shim_cmp(a, >, b)
#define swap(a, b) do {				\
	__typeof__(a) shim_a = (a);		\
	(a) = (b);				\
	(b) = shim_a;				\
} while (0)

#define max_t(type, a, b)	max((type)(a), (type)(b))

#endif /* _SHIM_MINMAX_H */
