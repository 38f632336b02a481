// SPDX-License-Identifier: GPL-2.0
/*
 * EAPOL in: checked here, then given to whom it is from: a client (engine.c) or
 * a stranger (stranger.c). Whatever becomes of it, it goes no further than here.
 *
 * In softirq, BH disabled, inside the RCU read-side section of the gate.
 */
#include <linux/etherdevice.h>
#include "dot1x.h"
#include "trace.h"

/* EAPOL frames of one client, far more than any conversation needs */
#define CLIENT_PER_MS	20
#define CLIENT_BURST	1000

static void count_type(const struct dot1x_port *port, const struct dot1x_eapol *eapol)
{
	switch (eapol->type) {
	case DOT1X_EAPOL_START:
		dot1x_count(port, DOT1X_COUNTER_START_RX);
		break;
	case DOT1X_EAPOL_LOGOFF:
		dot1x_count(port, DOT1X_COUNTER_LOGOFF_RX);
		break;
	case DOT1X_EAPOL_PACKET:
		if (eapol->eap.code != DOT1X_EAP_RESPONSE)
			break;
		dot1x_count(port, eapol->eap.type == DOT1X_EAP_TYPE_IDENTITY ?
			    DOT1X_COUNTER_RESP_ID_RX : DOT1X_COUNTER_RESP_RX);
		break;
	}
}

/* 802.1X-2004 8.2.4 FORCE_AUTH, FORCE_UNAUTH: whoever asks is told */
static int rx_forced(struct dot1x_port *port, const u8 *mac, const struct dot1x_eapol *eapol,
		     struct dot1x_todo *todo)
{
	bool open = port->config.pacp.control == DOT1X_CONTROL_FORCE_AUTHORIZED;

	if (eapol->type != DOT1X_EAPOL_START ||
	    !dot1x_bucket_take(&port->bucket_new, DOT1X_NEW_PER_MS, DOT1X_NEW_BURST))
		return DOT1X_COUNTER_DROP_FORCED;
	dot1x_output_result(port, mac, open ? DOT1X_EAP_SUCCESS : DOT1X_EAP_FAILURE,
			    port->probe_identifier, todo);
	return 0;
}

static int rx_stranger(struct dot1x_port *port, const u8 *mac, const struct dot1x_eapol *eapol,
		       const u8 *data, struct dot1x_todo *todo)
{
	switch (eapol->type) {
	case DOT1X_EAPOL_START:
		return dot1x_stranger_start(port, mac, todo);
	case DOT1X_EAPOL_PACKET:
		return dot1x_stranger_response(port, mac, &eapol->eap, data + eapol->eap_off,
					       todo);
	default:
		return 0;
	}
}

/* The answer to a request of the port's that was out when MAB made the client */
static bool answers_probe(const struct dot1x_client *c, const struct dot1x_eap *eap)
{
	return !c->pacp.port_enabled && eap->code == DOT1X_EAP_RESPONSE &&
	       eap->type == DOT1X_EAP_TYPE_IDENTITY &&
	       eap->identifier == c->key.port->probe_identifier;
}

static int rx_client(struct dot1x_client *c, const struct dot1x_eapol *eapol, const u8 *data,
		     struct dot1x_todo *todo)
{
	const u8 *response = data + eapol->eap_off;

	if (!dot1x_bucket_take(&c->bucket, CLIENT_PER_MS, CLIENT_BURST))
		return DOT1X_COUNTER_DROP_EAPOL_RATE;
	switch (eapol->type) {
	case DOT1X_EAPOL_START:
		if (c->pacp.pae_state == DOT1X_PAE_HELD)
			return DOT1X_COUNTER_DROP_HELD;
		/* Whom the administrator let in has nothing to prove */
		if (c->method != DOT1X_METHOD_MANUAL)
			dot1x_engine_start(c, todo);
		return 0;
	case DOT1X_EAPOL_LOGOFF:
		dot1x_engine_logoff(c, todo);
		return 0;
	case DOT1X_EAPOL_PACKET:
		if (answers_probe(c, &eapol->eap))
			return dot1x_engine_adopt(c, &eapol->eap, response, todo);
		return dot1x_engine_response(c, &eapol->eap, response, todo);
	default:
		return 0;
	}
}

static int rx_port(struct dot1x_port *port, const u8 *mac, const struct dot1x_eapol *eapol,
		   const u8 *data)
{
	struct dot1x_todo todo;
	struct dot1x_client *c;
	int drop;

	dot1x_port_begin(port, &todo);
	/* Who is on the wire now may not be who was before */
	dot1x_port_check_link(port, true, &todo);
	port->last_version = eapol->version;
	ether_addr_copy(port->last_source, mac);
	c = dot1x_client_lookup(port, mac);
	if (!port->enabled)
		drop = DOT1X_COUNTER_DROP_CARRIER;
	else if (port->config.pacp.control != DOT1X_CONTROL_AUTO)
		drop = rx_forced(port, mac, eapol, &todo);
	else if (c)
		drop = rx_client(c, eapol, data, &todo);
	else
		drop = rx_stranger(port, mac, eapol, data, &todo);
	dot1x_port_end(port, &todo);
	return drop;
}

static int rx_check(const struct dot1x_port *port, const struct sk_buff *skb)
{
	const u8 *mac = eth_hdr(skb)->h_source;

	/* 802.1X-2004 7.4: not VLAN tagged; a priority tag is none */
	if (skb_vlan_tag_present(skb) && skb_vlan_tag_get_id(skb))
		return DOT1X_COUNTER_DROP_EAPOL_VLAN;
	if (!is_valid_ether_addr(mac) || ether_addr_equal(mac, port->dev->dev_addr))
		return DOT1X_COUNTER_DROP_EAPOL_SOURCE;
	return 0;
}

static struct sk_buff *make_linear(struct sk_buff *skb)
{
	if (likely(!skb_is_nonlinear(skb)))
		return skb;
	skb = skb_share_check(skb, GFP_ATOMIC);
	if (skb && skb_linearize(skb)) {
		kfree_skb(skb);
		return NULL;
	}
	return skb;
}

/**
 * dot1x_input() - an EAPOL frame for us
 * @port: it came in by
 * @skb: the frame, data after the Ethernet header; taken
 *
 * Context: softirq, RCU read side.
 */
void dot1x_input(struct dot1x_port *port, struct sk_buff *skb)
{
	struct dot1x_eapol eapol;
	u8 mac[ETH_ALEN];
	int drop;

	dot1x_count(port, DOT1X_COUNTER_EAPOL_RX);
	skb = make_linear(skb);
	if (!skb) {
		dot1x_count(port, DOT1X_COUNTER_DROP_NO_MEMORY);
		return;
	}
	ether_addr_copy(mac, eth_hdr(skb)->h_source);
	drop = rx_check(port, skb);
	if (!drop)
		drop = dot1x_eapol_parse(&eapol, skb->data, skb->len);
	if (!drop) {
		count_type(port, &eapol);
		drop = rx_port(port, mac, &eapol, skb->data);
	}
	if (drop)
		dot1x_count(port, drop);
	trace_dot1x_eapol_rx(port, mac, skb->data, skb->len, drop);
	consume_skb(skb);
}
