/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A control packet inside VXLAN (RFC 8971) or Geneve (RFC 9521): the headers around it,
 * bytes <-> struct. Pure: no clock, no lock, no allocation, any context.
 *
 *	outer IP, outer UDP			output.c's and tunnel.c's
 *	VXLAN: RFC 7348 5, Geneve: RFC 8926 3.4	BFD_ENCAP_TUNNEL bytes, and Geneve's options
 *	inner Ethernet				BFD_ENCAP_ETH bytes
 *	inner IP, inner UDP, control packet	as without a tunnel, but for addresses
 */
#ifndef _BFD_ENCAP_H
#define _BFD_ENCAP_H

#include <linux/types.h>

#define BFD_ENCAP_TUNNEL	8	/* both of them, without options */
#define BFD_ENCAP_ETH		14
#define BFD_ENCAP_UDP		8
#define BFD_ENCAP_V4		20	/* inner IP: without options */
#define BFD_ENCAP_V6		40	/* without extension headers */

/* What is built: we send no options */
#define BFD_ENCAP_LEN		(BFD_ENCAP_TUNNEL + BFD_ENCAP_ETH)

/* From inner Ethernet to the end of inner UDP: less than the shortest packet has */
#define BFD_ENCAP_FRAME(v4)	(BFD_ENCAP_ETH + ((v4) ? BFD_ENCAP_V4 : BFD_ENCAP_V6) + \
				 BFD_ENCAP_UDP)
#define BFD_ENCAP_FRAME_MAX	BFD_ENCAP_FRAME(false)

/* From the tunnel's header to the end of inner UDP, of what we send */
#define BFD_ENCAP_HEAD(v4)	(BFD_ENCAP_TUNNEL + BFD_ENCAP_FRAME(v4))

#define BFD_ENCAP_VNI_MAX	0xffffff

/* IANA, for RFC 8971: nobody's, so that no tenant's frame has it */
extern const u8 bfd_encap_mac[6];

/**
 * struct bfd_encap - what the headers of a received packet say
 * @type: enum bfd_type
 * @vni: VXLAN or Virtual Network Identifier
 * @ttl: inner TTL or hop limit
 */
struct bfd_encap {
	u8 type;
	u32 vni;
	u8 ttl;
};

void bfd_encap_build(void *data, u8 type, u32 vni, const void *to, const void *from, bool v4);
unsigned int bfd_encap_tunnel(struct bfd_encap *encap, const void *data);
bool bfd_encap_frame(struct bfd_encap *encap, const void *data, bool v4, const void *end);

#endif /* _BFD_ENCAP_H */
