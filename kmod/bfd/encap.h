/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A control packet inside VXLAN (RFC 8971): the headers around it, bytes <-> struct.
 * Pure: no clock, no lock, no allocation, any context.
 *
 *	outer IP, outer UDP			output.c's
 *	VXLAN (RFC 7348 5), inner Ethernet	BFD_ENCAP_LEN bytes
 *	inner IP, inner UDP, control packet	as without a tunnel, but for addresses
 */
#ifndef _BFD_ENCAP_H
#define _BFD_ENCAP_H

#include <linux/types.h>

#define BFD_ENCAP_LEN	22	/* VXLAN 8, Ethernet 14 */
#define BFD_ENCAP_UDP	8
#define BFD_ENCAP_V4	20	/* inner IP: without options */
#define BFD_ENCAP_V6	40	/* without extension headers */

/* From VXLAN to the end of the inner UDP header: less than the shortest packet has */
#define BFD_ENCAP_HEAD(v4)	(BFD_ENCAP_LEN + ((v4) ? BFD_ENCAP_V4 : BFD_ENCAP_V6) + \
				 BFD_ENCAP_UDP)
#define BFD_ENCAP_HEAD_MAX	BFD_ENCAP_HEAD(false)

#define BFD_ENCAP_VNI_MAX	0xffffff

/**
 * struct bfd_encap - what the headers of a received packet say
 * @vni: VXLAN Network Identifier
 * @ttl: inner TTL or hop limit
 */
struct bfd_encap {
	u32 vni;
	u8 ttl;
};

void bfd_encap_build(void *data, u32 vni, const void *mac, bool v4);
bool bfd_encap_parse(struct bfd_encap *encap, const void *data, bool v4, const void *vtep);

#endif /* _BFD_ENCAP_H */
