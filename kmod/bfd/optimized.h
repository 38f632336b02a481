/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Optimized authentication, RFC 9985: a digest is for what brings a session Up or
 * changes it; that it is still Up, and nothing else, is said by a number of a stream
 * that only the owner of the key can know, RFC 9986. Pure; time is an argument.
 *
 * The section of the two modes:
 *
 *	Type | Length | Key ID | 1 | sequence, 4 | digest	MD5 (16), SHA1 (20)
 *	Type | Length | Key ID | 2 | sequence, 4 | Seed, 4 | Auth Key, 4
 */
#ifndef _BFD_OPTIMIZED_H
#define _BFD_OPTIMIZED_H

#include <linux/types.h>
#include "packet.h"
#include "isaac.h"

/* Opt. Mode: the more computationally intensive authentication, and the less */
#define BFD_MODE_MCI	1
#define BFD_MODE_LCI	2

#define BFD_LCI_SECTION_LEN	16
#define BFD_LCI_SECRET_MIN	8	/* RFC 9986: Secret Key */

/**
 * struct bfd_stream - Auth Keys of one direction, bfd.MetKeyIsaac* of RFC 9986
 * @known: XmitKeyKnown, RcvKeyKnown: there is one
 * @key_id: of the key it was seeded with, which it keeps
 * @seed: XmitAuthSeed, RcvAuthSeed
 * @base: XmitAuthBase, RcvAuthBase: sequence number of the first in the page
 * @isaac: XmitAuthData, RcvAuthData
 */
struct bfd_stream {
	bool known;
	u8 key_id;
	u32 seed;
	u32 base;
	struct bfd_isaac isaac;
};

/**
 * struct bfd_optimized - what a session with such a key has beside its keys
 * @xmit: our stream
 * @rcv: the peer's
 * @trial: the peer's as it would be, if a packet that is being judged is the peer's
 * @seed: for our next stream
 * @barred: our stream was another key's: no other before the session comes Up anew
 * @confirmed: the peer has said by a digest that it is Up
 * @told: what our last packet said, without Poll, Final and Length
 * @told_ns: since when it says that
 * @heard: what the peer has said by a digest, likewise
 */
struct bfd_optimized {
	struct bfd_stream xmit;
	struct bfd_stream rcv;
	struct bfd_stream trial;
	u32 seed;
	bool barred;
	bool confirmed;
	u8 told[BFD_PACKET_LEN];
	u64 told_ns;
	u8 heard[BFD_PACKET_LEN];
};

void bfd_optimized_rest(struct bfd_optimized *opt, u32 seed);
bool bfd_optimized_may_send(struct bfd_optimized *opt, const u8 *data, u64 now_ns,
			    u64 detection_us);
void bfd_optimized_sign(struct bfd_optimized *opt, u8 *section, u32 your_discr, const u8 *secret,
			unsigned int len, u32 sequence);
void bfd_optimized_sent(struct bfd_optimized *opt, u32 sequence);
bool bfd_optimized_may_receive(const struct bfd_optimized *opt, const u8 *data);
bool bfd_optimized_check(struct bfd_optimized *opt, const u8 *section, u32 your_discr,
			 const u8 *secret, unsigned int len, u32 sequence, u32 lost);
void bfd_optimized_heard(struct bfd_optimized *opt, const u8 *data, u32 sequence);

#endif /* _BFD_OPTIMIZED_H */
