// SPDX-License-Identifier: GPL-2.0
/*
 * Two ends and a liar: whatever is made of packets, keys, losses, silence and
 * strange bytes, an end takes what was made with one of its keys and is in
 * sequence, nothing else, and never reads beyond the packet.
 */
#include <stdlib.h>
#include <string.h>
#include <linux/time64.h>
#include <bfd/auth.h>
#include "bfd_fuzz.h"

#define KEYS	3
#define RX_US	50000

/* In place of digest.c: all of the bytes matter, nothing more is asked of it */
int bfd_digest(u8 type, const void *data, unsigned int len, u8 *out)
{
	unsigned int size = bfd_auth_secret_max(type);
	u64 hash = 14695981039346656037ULL + type;
	const u8 *p = data;
	unsigned int i;

	for (i = 0; i < len; i++)
		hash = (hash ^ p[i]) * 1099511628211ULL;
	for (i = 0; i < size; i++, hash = hash * 6364136223846793005ULL + 1)
		out[i] = hash >> 56;
	return 0;
}

static struct bfd_auth *make_auth(struct input *in)
{
	static const u8 types[] = {
		BFD_AUTH_SIMPLE, BFD_AUTH_MD5, BFD_AUTH_METICULOUS_MD5, BFD_AUTH_SHA1,
		BFD_AUTH_METICULOUS_SHA1, BFD_AUTH_NULL, BFD_AUTH_OPTIMIZED_MD5,
		BFD_AUTH_OPTIMIZED_SHA1,
	};
	struct bfd_auth *auth = calloc(1, sizeof(*auth) + KEYS * sizeof(*auth->key));
	unsigned int i;

	auth->count = 1 + input_u8(in) % KEYS;
	auth->xmit_auth_seq = input_u32(in);
	for (i = 0; i < auth->count; i++) {
		struct bfd_auth_key *key = &auth->key[i];

		key->type = types[input_u8(in) % ARRAY_SIZE(types)];
		if (key->type == BFD_AUTH_NULL)
			continue;
		key->id = 2 * i + input_u8(in) % 2;
		key->len = 1 + input_u8(in) % bfd_auth_secret_max(key->type);
		key->secret[0] = input_u8(in) % 2;
		if (bfd_auth_optimizes(key->type) && !auth->opt)
			auth->opt = calloc(1, sizeof(*auth->opt));
	}
	return auth;
}

static void free_auth(struct bfd_auth *auth)
{
	free(auth->opt);
	free(auth);
}

/* Nobody answers here: that the peer is Up is taken for granted */
static void note_state(struct bfd_auth *auth, u8 state, struct input *in)
{
	if (!auth->opt)
		return;
	if (state != BFD_STATE_UP)
		bfd_optimized_rest(auth->opt, input_u8(in));
	auth->opt->confirmed = true;
}

/* The next packet: into memory of just its size */
static u8 *make_packet(struct bfd_auth *auth, struct input *in, u64 now)
{
	struct bfd_packet pkt = {
		.state = input_u8(in) % 4,
		.detect_mult = 1 + input_u8(in) % 3,
		.length = BFD_PACKET_LEN,
		.my_discr = 1,
		.your_discr = 1,
		.desired_min_tx_us = 1000,
	};
	u8 *bytes;

	note_state(auth, pkt.state, in);
	bfd_auth_announce(auth, &pkt);
	must(pkt.length <= BFD_PACKET_MAX);
	bytes = calloc(1, pkt.length);
	bfd_packet_build(bytes, &pkt);
	must(bfd_auth_sign(auth, bytes, now, RX_US) == bytes[3]);
	return bytes;
}

/* Zeros at the end of a key are no difference, but of a password's length they are */
static bool has_key(const struct bfd_auth *auth, const struct bfd_auth_key *key)
{
	const struct bfd_auth_key *own = bfd_auth_find(auth, key->id);
	unsigned int i;

	for (i = 0; key->type == BFD_AUTH_NULL && i < auth->count; i++)
		if (auth->key[i].type == BFD_AUTH_NULL)
			return true;
	return own && own->type == key->type &&
	       (own->len == key->len || key->type != BFD_AUTH_SIMPLE) &&
	       !memcmp(own->secret, key->secret, sizeof(key->secret));
}

static int hear(struct bfd_auth *auth, const u8 *bytes, unsigned int len, u64 now)
{
	size_t size = sizeof(*auth) + KEYS * sizeof(*auth->key);
	struct bfd_auth *before = malloc(size);
	struct bfd_packet pkt;
	int drop;

	memcpy(before, auth, size);
	drop = bfd_packet_parse(&pkt, bytes, len);
	if (!drop)
		drop = bfd_auth_check(auth, &pkt, bytes, now, RX_US, BFD_STATE_UP);
	if (drop)
		must(!memcmp(before, auth, size));
	else
		must((pkt.flags & BFD_FLAG_AUTH) && bytes[3] == 24 + bytes[25]);
	/* None comes back that was not lost, and a window bounds how many a packet shows */
	must(auth->lost.count <= before->lost.count + 3 * 255);
	must(auth->lost.count + 1 >= before->lost.count);
	free(before);
	return drop;
}

/* What may befall a true packet: those before it may have been lost */
static bool may_drop(const struct bfd_auth *from, int drop)
{
	return drop == BFD_COUNTER_DROP_AUTH_SEQUENCE ||
	       (bfd_auth_optimizes(from->key[0].type) &&
		(drop == BFD_COUNTER_DROP_AUTH_MODE || drop == BFD_COUNTER_DROP_AUTH_DIGEST));
}

/* As the sender made it */
static void speak(struct bfd_auth *from, struct bfd_auth *to, struct input *in, u64 now)
{
	u8 *bytes = make_packet(from, in, now);
	int drop = hear(to, bytes, bytes[3], now);

	if (has_key(to, &from->key[0]))
		must(!drop || may_drop(from, drop));
	else
		must(drop);
	free(bytes);
}

static bool begins_stream(const struct bfd_auth *to, const u8 *bytes)
{
	return bfd_auth_optimizes(bytes[24]) && bytes[27] == BFD_MODE_LCI && !to->opt->rcv.known;
}

/* One that is wrong in a bit of the section; its reserved byte is digested too */
static void lie(struct bfd_auth *from, struct bfd_auth *to, struct input *in, u64 now)
{
	u8 *bytes = make_packet(from, in, now);
	unsigned int bit = input_u8(in) % (8 * bytes[25]);

	bytes[24 + bit / 8] ^= 1 << bit % 8;
	/* Another id may be that of the same key, what is wrong to one end right to
	 * the other, where a stream begins its first packet says, and NULL says nothing
	 */
	if (bit / 8 != 2 && from->key[0].type != BFD_AUTH_NULL && has_key(to, &from->key[0]) &&
	    !(begins_stream(to, bytes) && bit / 32 == 1))
		must(hear(to, bytes, bytes[3], now));
	free(bytes);
}

static void babble(struct bfd_auth *to, struct input *in, u64 now)
{
	unsigned int len = 24 + input_u8(in) % 29, i;
	u8 *bytes = calloc(1, len);

	for (i = 0; i < len; i++)
		bytes[i] = input_u8(in);
	bytes[0] = 0x20;
	bytes[1] = (bytes[1] & 0xfe) | 0x04;
	bytes[3] = len;
	hear(to, bytes, len, now);
	free(bytes);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input in = { .data = data, .left = size };
	struct bfd_auth *from = make_auth(&in), *to = make_auth(&in);
	u64 now = NSEC_PER_USEC;

	while (in.left) {
		switch (input_u8(&in) % 6) {
		default:
			speak(from, to, &in, now);
			break;
		case 2:
			lie(from, to, &in, now);
			break;
		case 3:
			babble(to, &in, now);
			break;
		case 4:
			now += input_u32(&in);
			break;
		case 5:
			from->xmit_auth_seq += input_u8(&in);
			break;
		}
	}
	free_auth(from);
	free_auth(to);
	return 0;
}
