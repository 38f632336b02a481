/* SPDX-License-Identifier: GPL-2.0 */
/*
 * In place of kmod/compat.h: there is no kernel to be compatible with.
 */
#include <linux/unaligned.h>
