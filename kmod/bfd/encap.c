// SPDX-License-Identifier: GPL-2.0
/*
 * A control packet inside VXLAN (RFC 8971): the headers around it. What they say that
 * only the VTEP knows (is this VNI ours, is the peer) is asked in tunnel.c and input.c.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/bfd.h>
#include "compat.h"
#include "encap.h"

#define VXLAN_I		0x08	/* RFC 7348 5: the VNI is valid */

/* IANA, for RFC 8971: nobody's, so that no tenant's frame has it */
static const u8 bfd_mac[ETH_ALEN] = { 0x00, 0x00, 0x5e, 0x00, 0x52, 0x02 };

/* ::ffff:127.0.0.0/104 */
static const u8 loopback_v6[13] = { [10] = 0xff, 0xff, 127 };

/**
 * bfd_encap_build() - write the headers between outer UDP and inner IP
 * @data: room for BFD_ENCAP_LEN bytes
 * @vni: 0..BFD_ENCAP_VNI_MAX
 * @mac: of the originating VTEP
 * @v4: inner IP is IPv4, not IPv6
 *
 * Context: any.
 */
void bfd_encap_build(void *data, u32 vni, const void *mac, bool v4)
{
	u8 *p = data;

	put_unaligned_be32(VXLAN_I << 24, p);
	put_unaligned_be32(vni << 8, p + 4);
	memcpy(p + 8, bfd_mac, ETH_ALEN);
	memcpy(p + 14, mac, ETH_ALEN);
	put_unaligned_be16(v4 ? ETH_P_IP : ETH_P_IPV6, p + 20);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_encap_build);

/* What a stack of our own would take: to loopback, or to the VTEP itself */
static bool is_to_vtep_v4(const u8 *ip, const void *vtep)
{
	return ip[16] == 127 || !memcmp(ip + 16, vtep, 4);
}

static bool is_to_vtep_v6(const u8 *ip, const void *vtep)
{
	return !memcmp(ip + 24, loopback_v6, sizeof(loopback_v6)) || !memcmp(ip + 24, vtep, 16);
}

/* Version and header length, whole, UDP */
static bool is_udp_v4(const u8 *ip)
{
	return ip[0] == 0x45 && !(get_unaligned_be16(ip + 6) & 0x3fff) && ip[9] == IPPROTO_UDP;
}

static bool is_udp_v6(const u8 *ip)
{
	return ip[0] >> 4 == 6 && ip[6] == IPPROTO_UDP;
}

/**
 * bfd_encap_parse() - is it BFD between VTEPs? Then read what demultiplexing needs
 * @encap: result, valid when true is returned
 * @data: what follows the outer UDP header, BFD_ENCAP_HEAD(@v4) bytes of it
 * @v4: outer IP is IPv4, not IPv6: so must the inner one be, whose source is the
 *	originating VTEP's address
 * @vtep: outer destination, 4 or 16 bytes, network order
 *
 * Bits that RFC 7348 reserves are ignored. A wrong TTL is for the caller to count.
 *
 * Context: any.
 * Return: false for everything else, which is a tenant's.
 */
bool bfd_encap_parse(struct bfd_encap *encap, const void *data, bool v4, const void *vtep)
{
	const u8 *p = data, *ip = p + BFD_ENCAP_LEN;

	if (!(p[0] & VXLAN_I) || memcmp(p + 8, bfd_mac, ETH_ALEN))
		return false;
	if (get_unaligned_be16(p + 20) != (v4 ? ETH_P_IP : ETH_P_IPV6))
		return false;
	if (v4 ? !is_udp_v4(ip) || !is_to_vtep_v4(ip, vtep) :
		 !is_udp_v6(ip) || !is_to_vtep_v6(ip, vtep))
		return false;
	if (get_unaligned_be16(ip + (v4 ? BFD_ENCAP_V4 : BFD_ENCAP_V6) + 2) !=
	    BFD_PORT_SINGLE_HOP)
		return false;
	encap->vni = get_unaligned_be32(p + 4) >> 8;
	encap->ttl = v4 ? ip[8] : ip[7];
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_encap_parse);
