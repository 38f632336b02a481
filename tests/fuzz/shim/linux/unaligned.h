/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHIM_UNALIGNED_H
#define _SHIM_UNALIGNED_H

#include <linux/types.h>

static inline u16 get_unaligned_be16(const void *from)
{
	const u8 *p = from;

	return p[0] << 8 | p[1];
}

static inline u32 get_unaligned_be32(const void *from)
{
	const u8 *p = from;

	return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3];
}

static inline u32 get_unaligned_le32(const void *from)
{
	const u8 *p = from;

	return (u32)p[3] << 24 | (u32)p[2] << 16 | (u32)p[1] << 8 | p[0];
}

static inline void put_unaligned_be16(u16 value, void *to)
{
	u8 *p = to;

	p[0] = value >> 8;
	p[1] = value;
}

static inline void put_unaligned_be32(u32 value, void *to)
{
	u8 *p = to;

	p[0] = value >> 24;
	p[1] = value >> 16;
	p[2] = value >> 8;
	p[3] = value;
}

static inline u64 get_unaligned_be64(const void *from)
{
	const u8 *p = from;

	return (u64)get_unaligned_be32(p) << 32 | get_unaligned_be32(p + 4);
}

static inline void put_unaligned_be64(u64 value, void *to)
{
	u8 *p = to;

	put_unaligned_be32(value >> 32, p);
	put_unaligned_be32(value, p + 4);
}

#endif /* _SHIM_UNALIGNED_H */
