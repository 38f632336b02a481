/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Authentication of control packets: RFC 5880 4.2 to 4.4 and 6.7. Pure but for
 * the hash call: no clock, no lock, no allocation; the caller holds what guards
 * the struct, and time is an argument.
 *
 * The section that follows the mandatory one:
 *
 *	Type | Length | Key ID | password, 1 to 16 bytes	Simple Password
 *	Type | Length | Key ID | 0 | sequence, 4 | digest	MD5 (16), SHA1 (20)
 *	Type | Length | 0 | 0 | sequence, 4			NULL, RFC 9978
 *
 * That of RFC 9985's types is in optimized.h.
 */
#ifndef _BFD_AUTH_H
#define _BFD_AUTH_H

#include <linux/bfd.h>
#include <linux/types.h>
#include "packet.h"
#include "digest.h"
#include "optimized.h"
#include "lost.h"

#define BFD_SECRET_MAX	BFD_SHA1_LEN

/**
 * struct bfd_auth_key - a key and its number
 * @type: enum bfd_auth_type, not NONE
 * @id: Auth Key ID
 * @len: bytes of @secret, 1 to bfd_auth_secret_max(); NULL has none, and @id 0
 * @secret: zero beyond @len
 * @file: where its owner keeps it, or "": for him to read, nothing to us
 */
struct bfd_auth_key {
	u8 type;
	u8 id;
	u8 len;
	u8 secret[BFD_SECRET_MAX];
	char file[BFD_KEY_FILE_MAX + 1];
};

/**
 * struct bfd_auth - RFC 5880 6.8.1's variables of authentication, and its keys
 * @xmit_auth_seq: bfd.XmitAuthSeq; random at first
 * @rcv_auth_seq: bfd.RcvAuthSeq
 * @auth_seq_known: bfd.AuthSeqKnown, as of @heard_ns
 * @heard_ns: when the last packet was accepted
 * @heard_tx_us: its Desired Min TX Interval
 * @heard_mult: its Detect Mult
 * @lost: the peer's packets that are missing, of types that number each one
 * @sent: the last packet whose digest was computed, unless meticulous; first
 *	byte 0: none
 * @taken: the last packet whose digest was verified, unless meticulous;
 *	likewise
 * @opt: of RFC 9985; NULL: no key is of its types
 * @count: number of keys, at least 1
 * @key: all are accepted, the first is sent
 *
 * A session that is not authenticated has none.
 */
struct bfd_auth {
	u32 xmit_auth_seq;
	u32 rcv_auth_seq;
	bool auth_seq_known;
	u64 heard_ns;
	u32 heard_tx_us;
	u8 heard_mult;
	struct bfd_lost lost;
	u8 sent[BFD_PACKET_MAX];
	u8 taken[BFD_PACKET_MAX];
	struct bfd_optimized *opt;
	unsigned int count;
	struct bfd_auth_key key[];
};

bool bfd_auth_optimizes(u8 type);
unsigned int bfd_auth_secret_max(u8 type);
bool bfd_auth_counts(const struct bfd_auth *auth);
const struct bfd_auth_key *bfd_auth_find(const struct bfd_auth *auth, u8 id);
void bfd_auth_inherit(struct bfd_auth *auth, struct bfd_auth *old);
void bfd_auth_announce(const struct bfd_auth *auth, struct bfd_packet *pkt);
int bfd_auth_sign(struct bfd_auth *auth, u8 *data, u64 now_ns, u64 detection_us);
int bfd_auth_check(struct bfd_auth *auth, const struct bfd_packet *pkt, const u8 *data,
		   u64 now_ns, u32 required_min_rx_us, u8 session_state);

#endif /* _BFD_AUTH_H */
