// SPDX-License-Identifier: GPL-2.0
/*
 * The S-BFD reflector's rules: which requests are answered, with what, how often.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>
#include <linux/types.h>
#include <linux/bfd.h>
#include "packet.h"
#include "reflect.h"

/* Requests that waited for a busy CPU come all at once */
#define BURST_NS	(100 * NSEC_PER_MSEC)

/**
 * bfd_reflect_check() - is it a request that may be answered?
 * @request: parsed; the reflector was found by its Your Discriminator
 * @sport: its UDP source port, host order
 *
 * No answer looks like a request: it has the D bit clear and goes to no
 * reflector's port, so nothing goes round between two reflectors.
 *
 * Return: 0, or the enum bfd_counter that says why it must be discarded.
 */
int bfd_reflect_check(const struct bfd_packet *request, u16 sport)
{
	/* RFC 7880 7.2.3: "with the Demand (D) bit cleared" */
	if (!(request->flags & BFD_FLAG_DEMAND))
		return BFD_COUNTER_DROP_SBFD_DEMAND;
	/* RFC 7881: an initiator's port is not 7784; and to 0 nobody can answer */
	if (sport == BFD_PORT_SBFD || !sport)
		return BFD_COUNTER_DROP_SBFD_PORT;
	/* Whatever it may be authenticated with, a reflector has no keys */
	if (request->flags & BFD_FLAG_AUTH)
		return BFD_COUNTER_DROP_AUTH_UNEXPECTED;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_reflect_check);

/**
 * bfd_reflect_answer() - the answer to a request, RFC 7880 7.2.2
 * @answer: result
 * @request: the request
 * @required_min_rx_us: how often an initiator may ask
 * @admin_down: what is asked for is out of service; the initiator must not take
 *	this for a lost path (7.2.3)
 */
void bfd_reflect_answer(struct bfd_packet *answer, const struct bfd_packet *request,
			u32 required_min_rx_us, bool admin_down)
{
	answer->diag = admin_down ? BFD_DIAG_ADMIN_DOWN : BFD_DIAG_NONE;
	answer->state = admin_down ? BFD_STATE_ADMIN_DOWN : BFD_STATE_UP;
	/* D clear tells an answer from a request */
	answer->flags = BFD_FLAG_CPI;
	if (request->flags & BFD_FLAG_POLL)
		answer->flags |= BFD_FLAG_FINAL;
	answer->detect_mult = request->detect_mult;
	answer->length = BFD_PACKET_LEN;
	answer->my_discr = request->your_discr;
	answer->your_discr = request->my_discr;
	answer->desired_min_tx_us = request->desired_min_tx_us;
	answer->required_min_rx_us = required_min_rx_us;
	/* We loop nothing back */
	answer->required_min_echo_rx_us = 0;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_reflect_answer);

/**
 * bfd_reflect_admit() - may one more request be answered now?
 * @allowance_ns: until when answers have been given away; 0 at first
 * @now_ns: the present
 * @rate: answers a second, 1..BFD_REFLECT_RATE_MAX
 *
 * A token bucket that is one number: each answer takes its share of the time,
 * and none is taken that lies more than a burst ahead.
 *
 * Return: the new @allowance_ns, or 0: no.
 */
u64 bfd_reflect_admit(u64 allowance_ns, u64 now_ns, u32 rate)
{
	if (allowance_ns > now_ns + BURST_NS)
		return 0;
	return max(allowance_ns, now_ns) + div_u64(NSEC_PER_SEC, rate);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_reflect_admit);
