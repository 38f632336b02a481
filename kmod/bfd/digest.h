/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The two digests of RFC 5880 6.7 over a whole control packet.
 */
#ifndef _BFD_DIGEST_H
#define _BFD_DIGEST_H

#include <linux/types.h>

#define BFD_MD5_LEN	16
#define BFD_SHA1_LEN	20

int bfd_digest_prepare(u8 type);
int bfd_digest(u8 type, const void *data, unsigned int len, u8 *out);
void bfd_digest_exit(void);

#endif /* _BFD_DIGEST_H */
