/* SPDX-License-Identifier: GPL-2.0 */
/*
 * BFD control packet: bytes <-> struct (RFC 5880 4.1). Pure: no clock, no
 * lock, no allocation, any context.
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-----+---------+---+-+-+-+-+-+-+---------------+---------------+
 * |Vers |  Diag   |Sta|P|F|C|A|D|M|  Detect Mult  |    Length     |
 * +-----+---------+---+-+-+-+-+-+-+---------------+---------------+
 * |                       My Discriminator                        |
 * |                      Your Discriminator                       |
 * |                    Desired Min TX Interval                    |
 * |                   Required Min RX Interval                    |
 * |                 Required Min Echo RX Interval                 |
 * +---------------------------------------------------------------+
 */
#ifndef _BFD_PACKET_H
#define _BFD_PACKET_H

#include <linux/types.h>

#define BFD_PACKET_VERSION	1
#define BFD_PACKET_LEN		24	/* mandatory section */
#define BFD_PACKET_AUTH_LEN	26	/* with the shortest auth section */
#define BFD_PACKET_MAX		52	/* with the longest */

/* Second byte, below the state */
#define BFD_FLAG_POLL		0x20
#define BFD_FLAG_FINAL		0x10
#define BFD_FLAG_CPI		0x08	/* control plane independent, "C" */
#define BFD_FLAG_AUTH		0x04
#define BFD_FLAG_DEMAND		0x02
#define BFD_FLAG_MULTIPOINT	0x01
#define BFD_FLAGS		0x3f

/**
 * struct bfd_packet - a control packet in host order, fields as in the RFC
 * @diag: Diag, 0..31
 * @state: Sta, enum bfd_state
 * @flags: BFD_FLAG_*
 * @detect_mult: Detect Mult
 * @length: Length, bytes, auth section included
 * @my_discr: My Discriminator
 * @your_discr: Your Discriminator
 * @desired_min_tx_us: Desired Min TX Interval
 * @required_min_rx_us: Required Min RX Interval
 * @required_min_echo_rx_us: Required Min Echo RX Interval
 */
struct bfd_packet {
	u8 diag;
	u8 state;
	u8 flags;
	u8 detect_mult;
	u8 length;
	u32 my_discr;
	u32 your_discr;
	u32 desired_min_tx_us;
	u32 required_min_rx_us;
	u32 required_min_echo_rx_us;
};

int bfd_packet_parse(struct bfd_packet *pkt, const void *data, unsigned int len);
void bfd_packet_build(void *data, const struct bfd_packet *pkt);

#endif /* _BFD_PACKET_H */
