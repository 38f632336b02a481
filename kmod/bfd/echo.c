// SPDX-License-Identifier: GPL-2.0
/*
 * The Echo function; see echo.h.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <linux/types.h>
#include "compat.h"
#include "echo.h"
#include "fsm.h"

/**
 * bfd_echo_parse() - read what may be an echo of ours
 * @pkt: result, valid when true is returned; its digest is the caller's to judge
 * @data: the UDP payload
 * @len: its length in bytes
 *
 * Context: any.
 * Return: whether it has our format.
 */
bool bfd_echo_parse(struct bfd_echo_packet *pkt, const void *data, unsigned int len)
{
	struct bfd_packet control = {};
	const u8 *p = data;

	pkt->unaffiliated = !bfd_packet_parse(&control, data, len);
	pkt->state = control.state;
	if (pkt->unaffiliated) {
		p += control.length;
		len -= control.length;
	}
	if (len < BFD_ECHO_LEN || get_unaligned_be32(p) != BFD_ECHO_FORMAT)
		return false;
	pkt->discr = get_unaligned_be32(p + 4);
	pkt->seq = get_unaligned_be32(p + 8);
	pkt->time_ns = get_unaligned_be64(p + 12);
	pkt->digest = get_unaligned_be64(p + 20);
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_echo_parse);

/**
 * bfd_echo_build() - write an echo, or what follows the control packet
 * @data: room for BFD_ECHO_LEN bytes
 * @pkt: what to write
 *
 * Context: any.
 */
void bfd_echo_build(void *data, const struct bfd_echo_packet *pkt)
{
	u8 *p = data;

	put_unaligned_be32(BFD_ECHO_FORMAT, p);
	put_unaligned_be32(pkt->discr, p + 4);
	put_unaligned_be32(pkt->seq, p + 8);
	put_unaligned_be64(pkt->time_ns, p + 12);
	put_unaligned_be64(pkt->digest, p + 20);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_echo_build);

/**
 * bfd_echo_init() - a session without echoes
 * @echo: to be initialised
 */
void bfd_echo_init(struct bfd_echo *echo)
{
	memset(echo, 0, sizeof(*echo));
	echo->next_tx_ns = U64_MAX;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_echo_init);

/**
 * bfd_echo_retime() - echoes are to leave at this interval
 * @echo: of the session
 * @interval_us: negotiated, RFC 5880 6.8.9; 0: none may leave
 * @now: the present
 *
 * The first one is due at once. What is on its way when they cease need not come
 * back, and does not count if it does. A new interval gives the peer a whole
 * detection time by it.
 */
void bfd_echo_retime(struct bfd_echo *echo, u32 interval_us, u64 now)
{
	u64 interval_ns = (u64)interval_us * NSEC_PER_USEC;

	if (interval_us == echo->interval_us)
		return;
	if (!interval_us) {
		echo->next_tx_ns = U64_MAX;
		echo->received = echo->sent;
	} else if (!echo->interval_us) {
		echo->next_tx_ns = now;
		echo->last_tx_ns = now;
	} else {
		/* As fast as the peer allows, counted from the last */
		echo->next_tx_ns = max(now, echo->last_tx_ns + interval_ns);
	}
	echo->interval_us = interval_us;
	echo->since_ns = now;
	echo->grace = false;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_echo_retime);

/**
 * bfd_echo_hasten() - there is news: it leaves now
 * @echo: of the session
 * @now: the present
 */
void bfd_echo_hasten(struct bfd_echo *echo, u64 now)
{
	if (echo->interval_us)
		echo->next_tx_ns = min(echo->next_tx_ns, now);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_echo_hasten);

/* Since when the peer has had nothing to answer, for none of ours has left in time */
static u64 idle_ns(const struct bfd_echo *echo, u64 now)
{
	u64 busy_until = max(echo->last_tx_ns + (u64)echo->interval_us * NSEC_PER_USEC,
			     echo->since_ns);

	return now > busy_until ? now - busy_until : 0;
}

/**
 * bfd_echo_send() - an echo leaves
 * @echo: of a session that has some
 * @now: the present; not before the last one left
 * @detect_mult: our Detect Mult
 * @random: 32 uniform random bits
 *
 * RFC 5880 6.8.9: "A 25% jitter MAY be applied".
 *
 * Return: its sequence number.
 */
u32 bfd_echo_send(struct bfd_echo *echo, u64 now, u8 detect_mult, u32 random)
{
	echo->since_ns += idle_ns(echo, now);
	echo->last_tx_ns = now;
	echo->next_tx_ns = bfd_fsm_next_tx_ns(now, echo->interval_us, detect_mult, random);
	return ++echo->sent;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_echo_send);

/**
 * bfd_echo_receive() - an echo of ours has come back
 * @echo: of the session
 * @seq: its sequence number
 * @now: the present
 *
 * Each counts once, and none that was overtaken: it does not tell of the path now.
 *
 * Return: false if it does not count.
 */
bool bfd_echo_receive(struct bfd_echo *echo, u32 seq, u64 now)
{
	if (seq - echo->received - 1 >= echo->sent - echo->received)
		return false;
	echo->received = seq;
	echo->since_ns = max(echo->since_ns, now);
	echo->grace = false;
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_echo_receive);

/**
 * bfd_echo_deadline_ns() - when the path is lost unless an echo comes back
 * @echo: of the session
 * @detect_mult: our Detect Mult: as many in a row are missing then (RFC 5880 6.8.5)
 * @now: the present
 *
 * Silence does not count while we kept the peer without anything to answer: who did
 * not ask for long is not lost.
 *
 * Return: ns, or U64_MAX.
 */
u64 bfd_echo_deadline_ns(const struct bfd_echo *echo, u8 detect_mult, u64 now)
{
	if (!echo->interval_us)
		return U64_MAX;
	return echo->since_ns + idle_ns(echo, now) +
	       (u64)detect_mult * echo->interval_us * NSEC_PER_USEC;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_echo_deadline_ns);

/**
 * bfd_echo_excuse() - overlook silence, for echoes may wait to be received
 * @echo: of the session
 * @ns: for how long
 *
 * Return: false if it was done already since the last one that came back.
 */
bool bfd_echo_excuse(struct bfd_echo *echo, u64 ns)
{
	if (echo->grace)
		return false;
	echo->grace = true;
	echo->since_ns += ns;
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_echo_excuse);

/**
 * bfd_echo_rate() - how many echoes a second a peer may send
 * @interval_us: Required Min Echo RX Interval that it was told, not 0
 *
 * RFC 5880 6.8.9: jitter allows for three quarters of the interval.
 *
 * Return: a rate for bfd_reflect_admit().
 */
u32 bfd_echo_rate(u32 interval_us)
{
	return USEC_PER_SEC / 3 * 4 / interval_us + 1;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_echo_rate);
