/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHIM_BITS_H
#define _SHIM_BITS_H

#define BIT(nr)		(1UL << (nr))

#endif /* _SHIM_BITS_H */
