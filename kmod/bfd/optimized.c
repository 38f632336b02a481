// SPDX-License-Identifier: GPL-2.0
/*
 * Optimized authentication: which of the two modes a packet of ours may have and one
 * of the peer's must, and the streams of Auth Keys. auth.c does the rest, sequence
 * numbers among it, which are common to both modes. Every function here takes a
 * struct bfd_optimized that the caller has locked.
 */
#include <kunit/visibility.h>
#include <linux/bfd.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <linux/types.h>
#include "compat.h"
#include "packet.h"
#include "isaac.h"
#include "optimized.h"

/* Offsets in the section */
#define KEY_ID		2
#define MODE		3
#define SEED		8
#define AUTH_KEY	12

/* Offsets in the packet */
#define FLAGS		1
#define LENGTH		3

#define ASKS		(BFD_FLAG_POLL | BFD_FLAG_FINAL)

/* What a packet says, whatever it asks and however it is authenticated */
static void note(u8 *said, const u8 *data)
{
	memcpy(said, data, BFD_PACKET_LEN);
	said[FLAGS] &= ~ASKS;
	said[LENGTH] = 0;
}

static bool says(const u8 *said, const u8 *data)
{
	u8 now[BFD_PACKET_LEN];

	note(now, data);
	return !memcmp(said, now, sizeof(now));
}

static bool is_up(const u8 *data)
{
	return data[FLAGS] >> 6 == BFD_STATE_UP;
}

/* Beyond what a window of 3 * Detect Mult can skip. After a silence in which the session
 * stays Up, in Demand mode, no window bounds the sequence number, and without a bound who
 * replays an old one would have us generate for minutes.
 */
#define FAR	(4 * BFD_ISAAC_SIZE)

static bool is_far(const struct bfd_stream *stream, u32 sequence)
{
	return sequence - stream->base >= FAR;
}

static void begin(struct bfd_stream *stream, u8 key_id, u32 seed, u32 your_discr,
		  const u8 *secret, unsigned int len)
{
	stream->known = true;
	stream->key_id = key_id;
	stream->seed = seed;
	bfd_isaac_seed(&stream->isaac, seed, your_discr, secret, len);
}

/* The Auth Key of a sequence number not before the page; pages go by for good */
static u32 seek(struct bfd_stream *stream, u32 sequence)
{
	while (sequence - stream->base >= BFD_ISAAC_SIZE) {
		bfd_isaac_generate(&stream->isaac);
		stream->base += BFD_ISAAC_SIZE;
	}
	return stream->isaac.page[sequence - stream->base];
}

/**
 * bfd_optimized_rest() - the session is not Up: RFC 9986's streams begin anew
 * @opt: the session's
 * @seed: random, for our next one
 */
void bfd_optimized_rest(struct bfd_optimized *opt, u32 seed)
{
	opt->xmit.known = false;
	opt->rcv.known = false;
	opt->seed = seed;
	opt->barred = false;
	opt->confirmed = false;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_optimized_rest);

/**
 * bfd_optimized_may_send() - may a packet of ours do without a digest
 * @opt: the session's
 * @data: its mandatory section
 * @now_ns: the present
 * @detection_us: after which time the peer would miss us
 *
 * RFC 9985: not unless it is Up, asks and answers nothing, and says what others have
 * said with a digest for a Detection Time, so that the peer has heard it if it hears us
 * at all; nor before the peer has confirmed that it is Up.
 *
 * Return: true if it may.
 */
bool bfd_optimized_may_send(struct bfd_optimized *opt, const u8 *data, u64 now_ns,
			    u64 detection_us)
{
	if (data[FLAGS] & ASKS)
		return false;
	if (!says(opt->told, data)) {
		note(opt->told, data);
		opt->told_ns = now_ns;
	}
	return is_up(data) && opt->confirmed && !opt->barred &&
	       now_ns >= opt->told_ns + detection_us * NSEC_PER_USEC;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_optimized_may_send);

/**
 * bfd_optimized_sign() - write what follows the sequence number
 * @opt: the session's
 * @section: with Auth Key ID
 * @your_discr: Your Discriminator of the packet
 * @secret: the key
 * @len: its bytes
 * @sequence: bfd.XmitAuthSeq
 */
void bfd_optimized_sign(struct bfd_optimized *opt, u8 *section, u32 your_discr, const u8 *secret,
			unsigned int len, u32 sequence)
{
	struct bfd_stream *xmit = &opt->xmit;

	if (!xmit->known) {
		begin(xmit, section[KEY_ID], opt->seed, your_discr, secret, len);
		xmit->base = sequence;
	}
	section[MODE] = BFD_MODE_LCI;
	put_unaligned_be32(xmit->seed, section + SEED);
	put_unaligned_be32(seek(xmit, sequence), section + AUTH_KEY);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_optimized_sign);

/**
 * bfd_optimized_sent() - a packet has a digest: its Auth Key goes by unused
 * @opt: the session's
 * @sequence: its sequence number
 *
 * RFC 9986: a stream goes on beside digests, and is not seeded again.
 */
void bfd_optimized_sent(struct bfd_optimized *opt, u32 sequence)
{
	if (opt->xmit.known)
		seek(&opt->xmit, sequence);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_optimized_sent);

/**
 * bfd_optimized_may_receive() - may a packet of the peer's do without a digest
 * @opt: the session's, which is Up
 * @data: its mandatory section
 *
 * Return: true unless it changes something, RFC 9985: then a digest must say so.
 */
bool bfd_optimized_may_receive(const struct bfd_optimized *opt, const u8 *data)
{
	return is_up(data) && !(data[FLAGS] & ASKS) && says(opt->heard, data);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_optimized_may_receive);

/* The first packet of the peer's stream that came here need not be the first it
 * sent: its Auth Key tells which it is, of as many as may have been lost.
 */
static bool find_base(struct bfd_stream *trial, u32 auth_key, u32 sequence, u32 lost)
{
	unsigned int i;

	for (i = 0; i <= min(lost, BFD_ISAAC_SIZE - 1U); i++) {
		if (trial->isaac.page[i] == auth_key) {
			trial->base = sequence - i;
			return true;
		}
	}
	return false;
}

/**
 * bfd_optimized_check() - is an Auth Key the peer's
 * @opt: the session's
 * @section: of a packet that may do without a digest
 * @your_discr: its Your Discriminator
 * @secret: the key with its Auth Key ID
 * @len: bytes of it
 * @sequence: its sequence number, in the window
 * @lost: sequence numbers before it that have not been seen
 *
 * Whatever a packet that is refused makes us compute is forgotten.
 *
 * Return: true if it is.
 */
bool bfd_optimized_check(struct bfd_optimized *opt, const u8 *section, u32 your_discr,
			 const u8 *secret, unsigned int len, u32 sequence, u32 lost)
{
	u32 auth_key = get_unaligned_be32(section + AUTH_KEY);
	u32 its_seed = get_unaligned_be32(section + SEED);
	struct bfd_stream *rcv = &opt->rcv, *trial = &opt->trial;

	if (!rcv->known) {
		begin(trial, section[KEY_ID], its_seed, your_discr, secret, len);
		if (!find_base(trial, auth_key, sequence, lost))
			return false;
		*rcv = *trial;
		return true;
	}
	if (its_seed != rcv->seed || section[KEY_ID] != rcv->key_id || is_far(rcv, sequence))
		return false;
	if (sequence - rcv->base < BFD_ISAAC_SIZE)
		return rcv->isaac.page[sequence - rcv->base] == auth_key;
	*trial = *rcv;
	if (seek(trial, sequence) != auth_key)
		return false;
	*rcv = *trial;
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_optimized_check);

/**
 * bfd_optimized_heard() - a packet with a digest was accepted
 * @opt: the session's
 * @data: its mandatory section
 * @sequence: its sequence number
 */
void bfd_optimized_heard(struct bfd_optimized *opt, const u8 *data, u32 sequence)
{
	note(opt->heard, data);
	opt->confirmed = is_up(data);
	if (!opt->confirmed)
		opt->rcv.known = false;
	if (opt->rcv.known && !is_far(&opt->rcv, sequence))
		seek(&opt->rcv, sequence);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_optimized_heard);
