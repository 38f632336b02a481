// SPDX-License-Identifier: GPL-2.0
/*
 * BFD control packet: bytes <-> struct. The rules of RFC 5880 6.8.6 that need
 * no session are here, in its order; those that do are in input.c and fsm.c.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/types.h>
#include <linux/bfd.h>
#include "compat.h"
#include "packet.h"

/**
 * bfd_packet_parse() - read and check a control packet
 * @pkt: result, valid when 0 is returned
 * @data: the UDP payload
 * @len: its length in bytes; may exceed the packet's own Length
 *
 * Context: any.
 * Return: 0, or the enum bfd_counter that says why it must be discarded.
 */
int bfd_packet_parse(struct bfd_packet *pkt, const void *data, unsigned int len)
{
	const u8 *p = data;

	/* RFC 5880 6.8.6 speaks of the Length field only, but what is not there
	 * cannot be read.
	 */
	if (len < BFD_PACKET_LEN)
		return BFD_COUNTER_DROP_TOO_SHORT;
	/* RFC 5880 6.8.6: "If the version number is not correct (1)" */
	if (p[0] >> 5 != BFD_PACKET_VERSION)
		return BFD_COUNTER_DROP_VERSION;

	pkt->diag = p[0] & 0x1f;
	pkt->state = p[1] >> 6;
	pkt->flags = p[1] & BFD_FLAGS;
	pkt->detect_mult = p[2];
	pkt->length = p[3];
	pkt->my_discr = get_unaligned_be32(p + 4);
	pkt->your_discr = get_unaligned_be32(p + 8);
	pkt->desired_min_tx_us = get_unaligned_be32(p + 12);
	pkt->required_min_rx_us = get_unaligned_be32(p + 16);
	pkt->required_min_echo_rx_us = get_unaligned_be32(p + 20);

	/* RFC 5880 6.8.6: the Length field, by the A bit and by the payload */
	if (pkt->length < (pkt->flags & BFD_FLAG_AUTH ? BFD_PACKET_AUTH_LEN : BFD_PACKET_LEN) ||
	    pkt->length > len)
		return BFD_COUNTER_DROP_LENGTH;
	/* RFC 5880 6.8.6: Detect Mult, then M, then My Discriminator */
	if (!pkt->detect_mult)
		return BFD_COUNTER_DROP_MULT_ZERO;
	if (pkt->flags & BFD_FLAG_MULTIPOINT)
		return BFD_COUNTER_DROP_MULTIPOINT;
	if (!pkt->my_discr)
		return BFD_COUNTER_DROP_MY_DISCR_ZERO;
	/* RFC 5880 6.8.6: only a peer that does not know us may leave it out */
	if (!pkt->your_discr &&
	    pkt->state != BFD_STATE_DOWN && pkt->state != BFD_STATE_ADMIN_DOWN)
		return BFD_COUNTER_DROP_YOUR_DISCR_ZERO;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_packet_parse);

/**
 * bfd_packet_build() - write the mandatory section
 * @data: room for BFD_PACKET_LEN bytes
 * @pkt: what to write; its fields must fit theirs in the packet
 *
 * Context: any.
 */
void bfd_packet_build(void *data, const struct bfd_packet *pkt)
{
	u8 *p = data;

	p[0] = BFD_PACKET_VERSION << 5 | (pkt->diag & 0x1f);
	p[1] = pkt->state << 6 | (pkt->flags & BFD_FLAGS);
	p[2] = pkt->detect_mult;
	p[3] = pkt->length;
	put_unaligned_be32(pkt->my_discr, p + 4);
	put_unaligned_be32(pkt->your_discr, p + 8);
	put_unaligned_be32(pkt->desired_min_tx_us, p + 12);
	put_unaligned_be32(pkt->required_min_rx_us, p + 16);
	put_unaligned_be32(pkt->required_min_echo_rx_us, p + 20);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_packet_build);
