/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Unsolicited BFD, RFC 9468: which peers may have a session made for them that nobody
 * here asked for, how many, and when one is to go again. Pure: no clock, no lock, no
 * allocation; times are arguments.
 */
#ifndef _BFD_UNSOLICITED_H
#define _BFD_UNSOLICITED_H

#include <linux/types.h>
#include <linux/bfd.h>

struct bfd_packet;

#define BFD_ADDRESS_MAX		16	/* bytes */

/**
 * struct bfd_prefix - addresses that have their first bits in common
 * @size: bytes of an address of the family: 4 or 16
 * @len: bits that count, 0..8 * @size
 * @address: in network order; bits beyond @len are 0
 */
struct bfd_prefix {
	u8 size;
	u8 len;
	u8 address[BFD_ADDRESS_MAX];
};

/**
 * struct bfd_unsolicited - what the administrator allows on a device
 * @desired_min_tx_us: of sessions that are made; so the next two
 * @required_min_rx_us: not 0: or nothing would tell that a peer is gone
 * @detect_mult: bfd.DetectMult
 * @max_sessions: how many there may be at a time
 * @idle_us: for how long one that was Up stays when it is Down
 * @prefix_count: how many of @prefix are used
 * @prefix: what peers' addresses are in one of
 */
struct bfd_unsolicited {
	u32 desired_min_tx_us;
	u32 required_min_rx_us;
	u8 detect_mult;
	u32 max_sessions;
	u32 idle_us;
	u8 prefix_count;
	struct bfd_prefix prefix[BFD_PREFIXES_MAX];
};

bool bfd_prefix_is_valid(const struct bfd_prefix *prefix);
bool bfd_prefix_has(const struct bfd_prefix *prefix, const void *address, unsigned int size);
bool bfd_unsolicited_allows(const struct bfd_unsolicited *policy, const void *address,
			    unsigned int size);
int bfd_unsolicited_check(const struct bfd_packet *pkt);
u64 bfd_unsolicited_until_ns(const struct bfd_unsolicited *policy, bool was_up, u64 since_ns);

#endif /* _BFD_UNSOLICITED_H */
