// SPDX-License-Identifier: GPL-2.0
/*
 * A control packet inside VXLAN (RFC 8971) or Geneve (RFC 9521): the headers around it.
 * What they say that only the tunnel's endpoint knows (is this VNI ours, is the peer) is
 * asked in tunnel.c and input.c.
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

#define VXLAN_I			0x08	/* RFC 7348 5: the VNI is valid */

/* RFC 8926 3.4 */
#define GENEVE_VER		0xc0	/* of the first byte: 0 is the only one */
#define GENEVE_OPT_LEN		0x3f	/* likewise, in words */
#define GENEVE_O		0x80	/* of the second: it is for the endpoint, no tenant's */
#define GENEVE_C		0x40	/* there is an option that we would have to know */

const u8 bfd_encap_mac[ETH_ALEN] = { 0x00, 0x00, 0x5e, 0x00, 0x52, 0x02 };
EXPORT_SYMBOL_IF_KUNIT(bfd_encap_mac);

/* ::ffff:127.0.0.0/104 */
static const u8 mapped_loopback[13] = { [10] = 0xff, 0xff, 127 };
static const u8 loopback_v6[16] = { [15] = 1 };

/**
 * bfd_encap_build() - write the headers between outer UDP and inner IP
 * @data: room for BFD_ENCAP_LEN bytes
 * @type: BFD_TYPE_VXLAN or BFD_TYPE_GENEVE
 * @vni: 0..BFD_ENCAP_VNI_MAX
 * @to: inner destination, a MAC address
 * @from: that of the originating endpoint
 * @v4: inner IP is IPv4, not IPv6
 *
 * Context: any.
 */
void bfd_encap_build(void *data, u8 type, u32 vni, const void *to, const void *from, bool v4)
{
	u8 *p = data;

	put_unaligned_be32(type == BFD_TYPE_GENEVE ? GENEVE_O << 16 | ETH_P_TEB : VXLAN_I << 24,
			   p);
	put_unaligned_be32(vni << 8, p + 4);
	p += BFD_ENCAP_TUNNEL;
	memcpy(p, to, ETH_ALEN);
	memcpy(p + ETH_ALEN, from, ETH_ALEN);
	put_unaligned_be16(v4 ? ETH_P_IP : ETH_P_IPV6, p + 2 * ETH_ALEN);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_encap_build);

/**
 * bfd_encap_tunnel() - may it be BFD between tunnel endpoints? Then read the tunnel's header
 * @encap: result but for the TTL, valid when the return value is not 0
 * @data: what follows the outer UDP header, BFD_ENCAP_TUNNEL bytes of it
 *
 * Ports are numbers that devices are given, so the header has to tell what it is. Reserved
 * bits are ignored, and so are options of Geneve that are not critical: without the C bit
 * an endpoint may do without them (RFC 8926 3.4).
 *
 * Context: any.
 * Return: length of the header, whatever options are in it, or 0: it is a tenant's.
 */
unsigned int bfd_encap_tunnel(struct bfd_encap *encap, const void *data)
{
	const u8 *p = data;

	encap->vni = get_unaligned_be32(p + 4) >> 8;
	if ((p[1] & (GENEVE_O | GENEVE_C)) == GENEVE_O && !(p[0] & GENEVE_VER) &&
	    get_unaligned_be16(p + 2) == ETH_P_TEB) {
		encap->type = BFD_TYPE_GENEVE;
		return BFD_ENCAP_TUNNEL + (p[0] & GENEVE_OPT_LEN) * 4;
	}
	encap->type = BFD_TYPE_VXLAN;
	return p[0] & VXLAN_I ? BFD_ENCAP_TUNNEL : 0;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_encap_tunnel);

/* What a stack of our own would take: to loopback, or to the endpoint itself */
static bool is_to_end_v4(const u8 *ip, const void *end)
{
	return ip[16] == 127 || !memcmp(ip + 16, end, 4);
}

static bool is_to_end_v6(const u8 *ip, const void *end)
{
	return !memcmp(ip + 24, mapped_loopback, sizeof(mapped_loopback)) ||
	       !memcmp(ip + 24, loopback_v6, 16) || !memcmp(ip + 24, end, 16);
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
 * bfd_encap_frame() - is it BFD between tunnel endpoints? Then read what demultiplexing needs
 * @encap: of the tunnel's header; the TTL is the result, valid when true is returned
 * @data: what follows that, BFD_ENCAP_FRAME(@v4) bytes of it
 * @v4: outer IP is IPv4, not IPv6: so must the inner one be
 * @end: outer destination, 4 or 16 bytes, network order
 *
 * A wrong TTL is for the caller to count. To whom a frame in Geneve is, it has to ask: no
 * tenant's has the O bit, whatever its MAC addresses are.
 *
 * Context: any.
 * Return: false for everything else, which is a tenant's.
 */
bool bfd_encap_frame(struct bfd_encap *encap, const void *data, bool v4, const void *end)
{
	const u8 *p = data, *ip = p + BFD_ENCAP_ETH;

	if (encap->type == BFD_TYPE_VXLAN && memcmp(p, bfd_encap_mac, ETH_ALEN))
		return false;
	if (get_unaligned_be16(p + 2 * ETH_ALEN) != (v4 ? ETH_P_IP : ETH_P_IPV6))
		return false;
	if (v4 ? !is_udp_v4(ip) || !is_to_end_v4(ip, end) :
		 !is_udp_v6(ip) || !is_to_end_v6(ip, end))
		return false;
	if (get_unaligned_be16(ip + (v4 ? BFD_ENCAP_V4 : BFD_ENCAP_V6) + 2) !=
	    BFD_PORT_SINGLE_HOP)
		return false;
	encap->ttl = v4 ? ip[8] : ip[7];
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_encap_frame);
