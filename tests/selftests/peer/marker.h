/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The last eight bytes of a frame made by frame_flood: so frame_count knows it
 * wherever it comes out, whatever was put before it.
 */
#ifndef _PEER_MARKER_H
#define _PEER_MARKER_H

#define MARKER		0x1eaf5eedU	/* then the number of the flow, both big endian */
#define MARKER_LEN	8

#endif /* _PEER_MARKER_H */
