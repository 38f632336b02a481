// SPDX-License-Identifier: GPL-2.0
/*
 * The rules of unsolicited BFD; see unsolicited.h.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <linux/types.h>
#include <linux/bfd.h>
#include "fsm.h"
#include "packet.h"
#include "unsolicited.h"

/* How long a session stays Down that never was Up: who asks for one speaks about once a
 * second (RFC 5880 6.8.3), and a packet or two may be lost
 */
#define PATIENCE_US	(3U * BFD_SLOW_TX_US)

/* The bits of byte @i that count */
static u8 mask_of(const struct bfd_prefix *prefix, unsigned int i)
{
	if (prefix->len >= 8 * (i + 1))
		return 0xff;
	return prefix->len <= 8 * i ? 0 : 0xff << (8 * (i + 1) - prefix->len);
}

/**
 * bfd_prefix_is_valid() - does it mean what it says?
 * @prefix: of a size that is one
 *
 * Return: false if there are more bits to count than an address has, or others set
 * than those.
 */
bool bfd_prefix_is_valid(const struct bfd_prefix *prefix)
{
	unsigned int i;

	if (prefix->len > 8 * prefix->size)
		return false;
	for (i = 0; i < prefix->size; i++)
		if (prefix->address[i] & (u8)~mask_of(prefix, i))
			return false;
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_prefix_is_valid);

/**
 * bfd_prefix_has() - is an address one of those?
 * @prefix: valid
 * @address: in network order
 * @size: its bytes
 */
bool bfd_prefix_has(const struct bfd_prefix *prefix, const void *address, unsigned int size)
{
	unsigned int bytes = prefix->len / 8;
	const u8 *a = address;

	if (size != prefix->size || memcmp(a, prefix->address, bytes))
		return false;
	return bytes == size || !((a[bytes] ^ prefix->address[bytes]) & mask_of(prefix, bytes));
}
EXPORT_SYMBOL_IF_KUNIT(bfd_prefix_has);

/**
 * bfd_unsolicited_allows() - may a peer have a session that nobody asked for?
 * @policy: of the device it is heard by
 * @address: its address, in network order
 * @size: bytes of it
 */
bool bfd_unsolicited_allows(const struct bfd_unsolicited *policy, const void *address,
			    unsigned int size)
{
	unsigned int i;

	for (i = 0; i < policy->prefix_count; i++)
		if (bfd_prefix_has(&policy->prefix[i], address, size))
			return true;
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_unsolicited_allows);

/**
 * bfd_unsolicited_check() - is it the initial packet of a session that could be made?
 * @pkt: parsed, with Your Discriminator 0
 *
 * Return: 0, or the enum bfd_counter that says why it must be discarded.
 */
int bfd_unsolicited_check(const struct bfd_packet *pkt)
{
	/* Who asks for a session is Down; AdminDown wants none */
	if (pkt->state != BFD_STATE_DOWN)
		return BFD_COUNTER_DROP_UNSOLICITED_STATE;
	/* What is made has no keys */
	if (pkt->flags & BFD_FLAG_AUTH)
		return BFD_COUNTER_DROP_AUTH_UNEXPECTED;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_unsolicited_check);

/**
 * bfd_unsolicited_until_ns() - how long a session stays that is Down
 * @policy: that it was made by
 * @was_up: it was Up before
 * @since_ns: when it went Down or, if that was later, last heard its peer
 *
 * One that never was Up may be a forger's: it is not kept for long.
 *
 * Return: when it is to go; a time that may be past.
 */
u64 bfd_unsolicited_until_ns(const struct bfd_unsolicited *policy, bool was_up, u64 since_ns)
{
	u32 stay_us = was_up ? policy->idle_us : min(policy->idle_us, PATIENCE_US);

	return since_ns + (u64)stay_us * NSEC_PER_USEC;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_unsolicited_until_ns);
