// SPDX-License-Identifier: GPL-2.0
/*
 * Authentication of control packets: signing ours, judging the peer's. Every
 * function here takes a struct bfd_auth that the caller has locked.
 *
 * A digest is computed for each packet of the meticulous types, because its
 * sequence number counts them. Of the others it changes with the packet alone:
 * one that says what the last one said carries that one's digest, and a packet
 * that is the last one again, byte by byte, is as good as that was.
 */
#include <crypto/algapi.h>
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <linux/types.h>
#include <linux/bfd.h>
#include "compat.h"
#include "packet.h"
#include "digest.h"
#include "auth.h"

/* Offsets in the section */
#define TYPE		0
#define LENGTH		1
#define KEY_ID		2
#define PASSWORD	3
#define RESERVED	3	/* RFC 9985: Opt. Mode */
#define SEQUENCE	4
#define DIGEST		8

/* Offsets in the mandatory section */
#define PACKET_LENGTH	3
#define YOUR_DISCR	8

/**
 * bfd_auth_optimizes() - is a type one of RFC 9985's
 * @type: enum bfd_auth_type
 *
 * Return: true if it is.
 */
bool bfd_auth_optimizes(u8 type)
{
	return type == BFD_AUTH_OPTIMIZED_MD5 || type == BFD_AUTH_OPTIMIZED_SHA1;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_auth_optimizes);

static bool is_meticulous(u8 type)
{
	return type == BFD_AUTH_METICULOUS_MD5 || type == BFD_AUTH_METICULOUS_SHA1 ||
	       type == BFD_AUTH_NULL || bfd_auth_optimizes(type);
}

/**
 * bfd_auth_secret_max() - how long a secret may be, RFC 5880 6.7.2 to 6.7.4
 * @type: enum bfd_auth_type
 *
 * Return: bytes: what a password or the digest has; 0: the type has neither.
 */
unsigned int bfd_auth_secret_max(u8 type)
{
	switch (type) {
	case BFD_AUTH_SIMPLE:
		return 16;
	case BFD_AUTH_MD5:
	case BFD_AUTH_METICULOUS_MD5:
	case BFD_AUTH_OPTIMIZED_MD5:
		return BFD_MD5_LEN;
	case BFD_AUTH_SHA1:
	case BFD_AUTH_METICULOUS_SHA1:
	case BFD_AUTH_OPTIMIZED_SHA1:
		return BFD_SHA1_LEN;
	default:
		return 0;
	}
}
EXPORT_SYMBOL_IF_KUNIT(bfd_auth_secret_max);

/* RFC 5880 4.2 to 4.4: Auth Len; of what a digest is in */
static u8 section_len(const struct bfd_auth_key *key)
{
	if (key->type == BFD_AUTH_SIMPLE)
		return PASSWORD + key->len;
	return DIGEST + bfd_auth_secret_max(key->type);
}

/**
 * bfd_auth_find() - the key with an id
 * @auth: the session's, or NULL
 * @id: Auth Key ID
 *
 * Return: the key or NULL.
 */
const struct bfd_auth_key *bfd_auth_find(const struct bfd_auth *auth, u8 id)
{
	unsigned int i;

	for (i = 0; auth && i < auth->count; i++)
		if (auth->key[i].id == id)
			return &auth->key[i];
	return NULL;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_auth_find);

/**
 * bfd_auth_counts() - may it be known which packets of the peer's are missing
 * @auth: the session's, or NULL
 *
 * Return: true if packets of one of its keys are numbered one by one.
 */
bool bfd_auth_counts(const struct bfd_auth *auth)
{
	unsigned int i;

	for (i = 0; auth && i < auth->count; i++)
		if (is_meticulous(auth->key[i].type))
			return true;
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_auth_counts);

static bool same_key(const struct bfd_auth_key *a, const struct bfd_auth_key *b)
{
	return a && b && a->type == b->type && a->id == b->id && a->len == b->len &&
	       !crypto_memneq(a->secret, b->secret, a->len);
}

/* RFC 9986: a stream is its key's for as long as the session is Up, and no other can
 * take its place.
 */
static void inherit_streams(struct bfd_auth *auth, struct bfd_auth *old)
{
	u8 id;

	if (!auth->opt || !old->opt)
		return;
	swap(auth->opt, old->opt);
	id = auth->opt->xmit.key_id;
	if (auth->opt->xmit.known &&
	    !(auth->key[0].id == id && same_key(&auth->key[0], bfd_auth_find(old, id)))) {
		auth->opt->xmit.known = false;
		auth->opt->barred = true;
	}
	id = auth->opt->rcv.key_id;
	if (!same_key(bfd_auth_find(auth, id), bfd_auth_find(old, id)))
		auth->opt->rcv.known = false;
}

/**
 * bfd_auth_inherit() - go on where other keys of the session leave off
 * @auth: new keys
 * @old: those they replace; @auth may take its streams
 *
 * What was said and heard with the old ones is not kept: a key may have changed
 * under the same id.
 */
void bfd_auth_inherit(struct bfd_auth *auth, struct bfd_auth *old)
{
	auth->xmit_auth_seq = old->xmit_auth_seq;
	auth->rcv_auth_seq = old->rcv_auth_seq;
	auth->auth_seq_known = old->auth_seq_known;
	auth->heard_ns = old->heard_ns;
	auth->heard_tx_us = old->heard_tx_us;
	auth->heard_mult = old->heard_mult;
	auth->lost = old->lost;
	inherit_streams(auth, old);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_auth_inherit);

/**
 * bfd_auth_announce() - a packet is to be signed: A, and a Length with the section
 * @auth: the session's
 * @pkt: not yet built
 */
void bfd_auth_announce(const struct bfd_auth *auth, struct bfd_packet *pkt)
{
	pkt->flags |= BFD_FLAG_AUTH;
	pkt->length = BFD_PACKET_LEN + section_len(&auth->key[0]);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_auth_announce);

/* RFC 5880 6.7.3 and 6.7.4: the digest of all of the packet, with the secret
 * where the digest will be. @out may be that place.
 */
static int digest(const struct bfd_auth_key *key, const u8 *data, u8 *out)
{
	unsigned int size = bfd_auth_secret_max(key->type);
	unsigned int before = BFD_PACKET_LEN + DIGEST;
	u8 bytes[BFD_PACKET_MAX] = {};
	int err;

	memcpy(bytes, data, before);
	memcpy(bytes + before, key->secret, key->len);
	err = bfd_digest(key->type, bytes, before + size, out);
	memzero_explicit(bytes, sizeof(bytes));
	return err;
}

static int sign_digest(struct bfd_auth *auth, const struct bfd_auth_key *key, u8 *data)
{
	u8 *section = data + BFD_PACKET_LEN;
	int err;

	if (!memcmp(data, auth->sent, BFD_PACKET_LEN)) {
		memcpy(section, auth->sent + BFD_PACKET_LEN, section[LENGTH]);
		return 0;
	}
	section[RESERVED] = bfd_auth_optimizes(key->type) ? BFD_MODE_MCI : 0;
	/* RFC 5880 6.7.3: meticulous, by one for each packet; else with what it
	 * says
	 */
	put_unaligned_be32(++auth->xmit_auth_seq, section + SEQUENCE);
	err = digest(key, data, section + DIGEST);
	if (!err && !is_meticulous(key->type))
		memcpy(auth->sent, data, BFD_PACKET_LEN + section[LENGTH]);
	if (auth->opt)
		bfd_optimized_sent(auth->opt, auth->xmit_auth_seq);
	return err;
}

/* RFC 9978: a number, and nothing that proves it */
static void sign_null(struct bfd_auth *auth, u8 *section)
{
	section[RESERVED] = 0;
	put_unaligned_be32(++auth->xmit_auth_seq, section + SEQUENCE);
	if (auth->opt)
		bfd_optimized_sent(auth->opt, auth->xmit_auth_seq);
}

static void sign_optimized(struct bfd_auth *auth, const struct bfd_auth_key *key, u8 *data)
{
	u8 *section = data + BFD_PACKET_LEN;

	section[LENGTH] = BFD_LCI_SECTION_LEN;
	data[PACKET_LENGTH] = BFD_PACKET_LEN + BFD_LCI_SECTION_LEN;
	put_unaligned_be32(++auth->xmit_auth_seq, section + SEQUENCE);
	bfd_optimized_sign(auth->opt, section, get_unaligned_be32(data + YOUR_DISCR),
			   key->secret, key->len, auth->xmit_auth_seq);
}

/**
 * bfd_auth_sign() - write the section of a packet that is about to leave
 * @auth: the session's
 * @data: the packet, announced and built, with room for the section
 * @now_ns: the present
 * @detection_us: the Detection Time that it has at the peer
 *
 * Return: bytes that the packet has, or -errno: it must not leave.
 */
int bfd_auth_sign(struct bfd_auth *auth, u8 *data, u64 now_ns, u64 detection_us)
{
	const struct bfd_auth_key *key = &auth->key[0];
	u8 *section = data + BFD_PACKET_LEN;
	int err = 0;

	section[TYPE] = key->type;
	section[LENGTH] = section_len(key);
	section[KEY_ID] = key->id;
	data[PACKET_LENGTH] = BFD_PACKET_LEN + section[LENGTH];
	if (key->type == BFD_AUTH_SIMPLE)
		memcpy(section + PASSWORD, key->secret, key->len);
	else if (key->type == BFD_AUTH_NULL)
		sign_null(auth, section);
	else if (bfd_auth_optimizes(key->type) &&
		 bfd_optimized_may_send(auth->opt, data, now_ns, detection_us))
		sign_optimized(auth, key, data);
	else
		err = sign_digest(auth, key, data);
	return err ?: data[PACKET_LENGTH];
}
EXPORT_SYMBOL_IF_KUNIT(bfd_auth_sign);

/* The key a section was made with, or NULL and in *@drop why there is none */
static const struct bfd_auth_key *find_key(const struct bfd_auth *auth, const u8 *section,
					   int *drop)
{
	unsigned int i;

	*drop = BFD_COUNTER_DROP_AUTH_TYPE;
	for (i = 0; i < auth->count; i++) {
		if (auth->key[i].type != section[TYPE])
			continue;
		/* RFC 9978: NULL's is ignored */
		if (auth->key[i].id == section[KEY_ID] || section[TYPE] == BFD_AUTH_NULL)
			return &auth->key[i];
		*drop = BFD_COUNTER_DROP_AUTH_KEY_ID;
	}
	return NULL;
}

/* RFC 5880 6.8.1: bfd.AuthSeqKnown is 0 again when nothing was accepted for
 * twice the Detection Time
 */
static bool sequence_known(const struct bfd_auth *auth, u64 now_ns, u32 required_min_rx_us)
{
	u64 detection_us = (u64)auth->heard_mult * max(auth->heard_tx_us, required_min_rx_us);

	return auth->auth_seq_known && now_ns < auth->heard_ns + 2 * detection_us * NSEC_PER_USEC;
}

/* RFC 5880 6.7.3. The Detect Mult that says how many packets may be lost is the
 * peer's, as the packet has it.
 */
static u32 window(const struct bfd_packet *pkt)
{
	return 3 * (u32)pkt->detect_mult;
}

/* RFC 5880 6.7.3: bfd.RcvAuthSeq, meticulous the one after it, to 3 * Detect
 * Mult more
 */
static bool in_sequence(const struct bfd_auth *auth, const struct bfd_packet *pkt, u8 type,
			u32 sequence)
{
	u32 ahead = sequence - auth->rcv_auth_seq;

	return ahead >= (is_meticulous(type) ? 1 : 0) && ahead <= window(pkt);
}

static int check_digest(struct bfd_auth *auth, const struct bfd_auth_key *key, const u8 *data)
{
	unsigned int len = BFD_PACKET_LEN + section_len(key);
	u8 expected[BFD_SECRET_MAX];

	if (!crypto_memneq(data, auth->taken, len))
		return 0;
	if (digest(key, data, expected) ||
	    crypto_memneq(data + BFD_PACKET_LEN + DIGEST, expected,
			  bfd_auth_secret_max(key->type)))
		return BFD_COUNTER_DROP_AUTH_DIGEST;
	if (!is_meticulous(key->type))
		memcpy(auth->taken, data, len);
	return 0;
}

/* RFC 9985: the mode that a section has, 0 where there are none; a mode that this packet
 * must not have is refused
 */
static int judge_mode(const struct bfd_auth *auth, const struct bfd_auth_key *key, const u8 *data,
		      u8 session_state, u8 *mode)
{
	*mode = 0;
	if (!bfd_auth_optimizes(key->type))
		return 0;
	*mode = data[BFD_PACKET_LEN + RESERVED];
	if (*mode == BFD_MODE_MCI ||
	    (*mode == BFD_MODE_LCI && session_state == BFD_STATE_UP &&
	     bfd_optimized_may_receive(auth->opt, data)))
		return 0;
	return BFD_COUNTER_DROP_AUTH_MODE;
}

static int check_stream(struct bfd_auth *auth, const struct bfd_auth_key *key, const u8 *data,
			u32 sequence, bool known)
{
	u32 lost = known ? sequence - auth->rcv_auth_seq - 1 : U32_MAX;

	return bfd_optimized_check(auth->opt, data + BFD_PACKET_LEN,
				   get_unaligned_be32(data + YOUR_DISCR), key->secret, key->len,
				   sequence, lost) ? 0 : BFD_COUNTER_DROP_AUTH_DIGEST;
}

/* RFC 9978: NULL proves nothing, and refuses no number */
static int check_sequenced(struct bfd_auth *auth, const struct bfd_auth_key *key,
			   const struct bfd_packet *pkt, const u8 *data, bool known, u8 mode)
{
	u32 sequence = get_unaligned_be32(data + BFD_PACKET_LEN + SEQUENCE);
	int drop;

	if (key->type == BFD_AUTH_NULL)
		return 0;
	if (known && !in_sequence(auth, pkt, key->type, sequence))
		return BFD_COUNTER_DROP_AUTH_SEQUENCE;
	drop = mode == BFD_MODE_LCI ? check_stream(auth, key, data, sequence, known) :
				      check_digest(auth, key, data);
	if (drop)
		return drop;
	if (auth->opt && mode != BFD_MODE_LCI)
		bfd_optimized_heard(auth->opt, data, sequence);
	return 0;
}

/* What is accepted has a number: the next one is judged, and counted, by it */
static void note_sequence(struct bfd_auth *auth, const struct bfd_auth_key *key,
			  const struct bfd_packet *pkt, const u8 *data, bool known, bool up)
{
	u32 sequence = get_unaligned_be32(data + BFD_PACKET_LEN + SEQUENCE);

	if (known && is_meticulous(key->type)) {
		auth->rcv_auth_seq = bfd_lost_heard(&auth->lost, auth->rcv_auth_seq, sequence,
						    window(pkt), up);
	} else {
		auth->rcv_auth_seq = sequence;
		bfd_lost_begin(&auth->lost);
	}
}

/**
 * bfd_auth_check() - is a packet the peer's, RFC 5880 6.8.6, 6.7.2 to 6.7.4
 * @auth: the session's, or NULL
 * @pkt: parsed
 * @data: the same, as many bytes as its Length says, BFD_PACKET_MAX at most
 * @now_ns: when it came
 * @required_min_rx_us: in use, for the Detection Time
 * @session_state: bfd.SessionState
 *
 * Deviation: RFC 5880 6.7.3 takes an unknown sequence number from the packet
 * before its digest is verified; then any stranger could set it. Here nothing
 * is believed of a packet that is discarded.
 *
 * Return: 0, or the enum bfd_counter that says why it must be discarded.
 */
int bfd_auth_check(struct bfd_auth *auth, const struct bfd_packet *pkt, const u8 *data,
		   u64 now_ns, u32 required_min_rx_us, u8 session_state)
{
	const u8 *section = data + BFD_PACKET_LEN;
	const struct bfd_auth_key *key;
	u8 mode, len;
	bool known;
	int drop;

	if (!auth)
		return pkt->flags & BFD_FLAG_AUTH ? BFD_COUNTER_DROP_AUTH_UNEXPECTED : 0;
	if (!(pkt->flags & BFD_FLAG_AUTH))
		return BFD_COUNTER_DROP_AUTH_MISSING;
	if (pkt->length <= BFD_PACKET_LEN + KEY_ID)
		return BFD_COUNTER_DROP_AUTH_LENGTH;
	key = find_key(auth, section, &drop);
	if (!key)
		return drop;
	drop = judge_mode(auth, key, data, session_state, &mode);
	if (drop)
		return drop;
	len = mode == BFD_MODE_LCI ? BFD_LCI_SECTION_LEN : section_len(key);
	if (section[LENGTH] != len || pkt->length != BFD_PACKET_LEN + len)
		return BFD_COUNTER_DROP_AUTH_LENGTH;
	if (key->type == BFD_AUTH_SIMPLE)
		return crypto_memneq(section + PASSWORD, key->secret, key->len) ?
		       BFD_COUNTER_DROP_AUTH_DIGEST : 0;

	known = sequence_known(auth, now_ns, required_min_rx_us);
	drop = check_sequenced(auth, key, pkt, data, known, mode);
	if (drop)
		return drop;

	note_sequence(auth, key, pkt, data, known, session_state == BFD_STATE_UP);
	auth->auth_seq_known = true;
	auth->heard_ns = now_ns;
	auth->heard_tx_us = pkt->desired_min_tx_us;
	auth->heard_mult = pkt->detect_mult;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_auth_check);
