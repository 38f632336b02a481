// SPDX-License-Identifier: GPL-2.0
/*
 * MACs that are no clients. They get no state: an EAPOL-Start and a data frame
 * are answered with an identity request that is the port's, and only who
 * answers that becomes a client. How many are answered in a second is bounded,
 * apart from what clients may send: a flood from a thousand addresses does not
 * keep anybody from a conversation that has begun.
 *
 * Data frames are noted by the gate, in a slot by their address, and answered by
 * the port's work. Without MAB they are worth an identity request;
 * with it the address becomes a client (mab.c).
 */
#include <linux/etherdevice.h>
#include <linux/hash.h>
#include "dot1x.h"

#define START_PER_MS	10	/* EAPOL-Starts: 10,000 a second */
#define START_BURST	1000
#define DATA_PER_MS	1	/* data frames: 1,000 */
#define DATA_BURST	(2 * DOT1X_STRANGERS)
#define SILENCE_JIFFIES	HZ	/* between two answers to the data of one address */

/**
 * dot1x_stranger_note() - the gate has dropped a data frame of no client
 * @port: the port
 * @mac: its source
 *
 * Context: BH disabled, RCU read side; takes no lock.
 */
void dot1x_stranger_note(struct dot1x_port *port, const u8 *mac)
{
	u64 old, new = ether_addr_to_u64(mac);
	struct dot1x_stranger *slot;
	unsigned int n;

	if (!is_valid_ether_addr(mac) || !READ_ONCE(port->enabled))
		return;
	n = hash_64(new, ilog2(DOT1X_STRANGERS));
	slot = &port->strangers[n];
	old = READ_ONCE(slot->mac);
	if (test_bit(n, port->strangers_new) ||
	    (old == new && time_before(jiffies, READ_ONCE(slot->at) + SILENCE_JIFFIES)))
		return;
	if (cmpxchg64(&slot->mac, old, new) != old)
		return;
	WRITE_ONCE(slot->at, jiffies);
	set_bit(n, port->strangers_new);
	dot1x_port_kick(port);
}

static void serve(struct dot1x_port *port, struct dot1x_stranger *slot, struct dot1x_todo *todo)
{
	u8 mac[ETH_ALEN];

	u64_to_ether_addr(READ_ONCE(slot->mac), mac);
	if (!is_valid_ether_addr(mac) || dot1x_client_lookup(port, mac))
		return;
	if (port->config.mab != DOT1X_MAB_OFF) {
		/* It is none any more, and need not wait if it becomes one again */
		if (dot1x_mab_newcomer(port, mac, todo))
			WRITE_ONCE(slot->mac, 0);
		return;
	}
	if (!dot1x_client_room(port, DOT1X_ROOM_LOOK, todo) &&
	    dot1x_bucket_take(&port->bucket_data, DATA_PER_MS, DATA_BURST))
		dot1x_output_identity(port, mac, port->probe_identifier, todo);
}

/**
 * dot1x_stranger_serve() - answer those that were noted
 * @port: the port; locked
 * @todo: what is left to do
 */
void dot1x_stranger_serve(struct dot1x_port *port, struct dot1x_todo *todo)
{
	unsigned int n;

	if (port->config.pacp.control != DOT1X_CONTROL_AUTO || !port->enabled)
		return;
	for_each_set_bit(n, port->strangers_new, DOT1X_STRANGERS)
		if (test_and_clear_bit(n, port->strangers_new))
			serve(port, &port->strangers[n], todo);
}

/**
 * dot1x_stranger_start() - an EAPOL-Start of a MAC that is no client
 * @port: an enabled port whose control is auto; locked
 * @mac: its source
 * @todo: what is left to do
 *
 * Return: 0, or the enum dot1x_counter that says why it was dropped.
 */
int dot1x_stranger_start(struct dot1x_port *port, const u8 *mac, struct dot1x_todo *todo)
{
	int drop;

	if (!dot1x_bucket_take(&port->bucket_start, START_PER_MS, START_BURST))
		return DOT1X_COUNTER_DROP_EAPOL_RATE;
	drop = dot1x_client_room(port, DOT1X_ROOM_LOOK, todo);
	if (!drop)
		dot1x_output_identity(port, mac, port->probe_identifier, todo);
	return drop;
}

/**
 * dot1x_stranger_response() - an EAP response of a MAC that is no client
 * @port: an enabled port whose control is auto; locked
 * @mac: its source
 * @eap: its header
 * @response: the packet
 * @todo: what is left to do
 *
 * Return: 0, or the enum dot1x_counter that says why it was dropped.
 */
int dot1x_stranger_response(struct dot1x_port *port, const u8 *mac, const struct dot1x_eap *eap,
			    const u8 *response, struct dot1x_todo *todo)
{
	struct dot1x_client *c;
	int drop;

	if (eap->code != DOT1X_EAP_RESPONSE)
		return DOT1X_COUNTER_DROP_EAP_CODE;
	if (eap->type != DOT1X_EAP_TYPE_IDENTITY || eap->identifier != port->probe_identifier)
		return DOT1X_COUNTER_DROP_EAP_IDENTIFIER;
	if (!dot1x_bucket_take(&port->bucket_new, DOT1X_NEW_PER_MS, DOT1X_NEW_BURST))
		return DOT1X_COUNTER_DROP_EAPOL_RATE;
	drop = dot1x_client_room(port, DOT1X_ROOM_EAP, todo);
	if (drop)
		return drop;
	c = dot1x_client_create(port, mac, DOT1X_METHOD_DOT1X, todo);
	if (!c)
		return DOT1X_COUNTER_DROP_NO_MEMORY;
	return dot1x_engine_adopt(c, eap, response, todo);
}
