// SPDX-License-Identifier: GPL-2.0
/*
 * Any payload: it is taken if and only if RFC 5880 6.8.6 lets it, and what was
 * taken can be written back.
 */
#include <string.h>
#include "bfd_fuzz.h"

static bool zero(const u8 *p)
{
	return !p[0] && !p[1] && !p[2] && !p[3];
}

/* The RFC's sentences, in bytes */
static bool must_be_discarded(const u8 *p, size_t size)
{
	bool auth = p[1] & 0x04;
	u8 state = p[1] >> 6;

	return p[0] >> 5 != 1 || p[3] < (auth ? 26 : 24) || p[3] > size || !p[2] ||
	       p[1] & 0x01 || zero(p + 4) || (zero(p + 8) && state != 1 && state != 0);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	u8 again[BFD_PACKET_LEN];
	struct bfd_packet pkt;
	int drop;

	drop = bfd_packet_parse(&pkt, data, size);
	if (size < BFD_PACKET_LEN) {
		must(drop == BFD_COUNTER_DROP_TOO_SHORT);
		return 0;
	}
	must(!drop == !must_be_discarded(data, size));
	if (drop) {
		must(drop > BFD_COUNTER_DROP_TOO_SHORT);
		must(drop <= BFD_COUNTER_DROP_YOUR_DISCR_ZERO);
		return 0;
	}
	bfd_packet_build(again, &pkt);
	must(!memcmp(again, data, sizeof(again)));
	return 0;
}
