// SPDX-License-Identifier: GPL-2.0
/*
 * EAPOL out. Frames are built under the port's lock, in order, and sent after
 * it. They pass the closed gate because it knows them: while one is on its way
 * down, this CPU remembers it and its port. Nobody else can make one look so.
 */
#include <linux/etherdevice.h>
#include <linux/pkt_sched.h>
#include "dot1x.h"
#include "trace.h"

/**
 * struct dot1x_sending - the frame a CPU is just sending
 * @port: by which port
 * @skb: the frame
 */
struct dot1x_sending {
	const struct dot1x_port *port;
	const struct sk_buff *skb;
};

static DEFINE_PER_CPU(struct dot1x_sending, sending);

/**
 * dot1x_output_ours() - is a frame at the gate one we are sending
 * @port: the gate's port
 * @skb: the frame
 *
 * Context: BH disabled.
 */
bool dot1x_output_ours(const struct dot1x_port *port, const struct sk_buff *skb)
{
	return this_cpu_read(sending.skb) == skb && this_cpu_read(sending.port) == port;
}

static struct sk_buff *frame_alloc(struct dot1x_port *port, const u8 *to, u16 len)
{
	struct net_device *dev = port->dev;
	struct ethhdr *eth;
	struct sk_buff *skb;

	skb = alloc_skb(LL_RESERVED_SPACE(dev) + dev->needed_tailroom + len,
			GFP_ATOMIC | __GFP_NOWARN);
	if (unlikely(!skb))
		return NULL;
	skb_reserve(skb, LL_RESERVED_SPACE(dev));
	skb_reset_network_header(skb);
	eth = skb_push(skb, ETH_HLEN);
	skb_reset_mac_header(skb);
	ether_addr_copy(eth->h_dest, to);
	ether_addr_copy(eth->h_source, dev->dev_addr);
	eth->h_proto = htons(ETH_P_PAE);
	skb->dev = dev;
	skb->protocol = htons(ETH_P_PAE);
	skb->priority = TC_PRIO_CONTROL;
	return skb;
}

static void queue(struct dot1x_port *port, struct sk_buff *skb, struct dot1x_todo *todo)
{
	if (likely(skb))
		__skb_queue_tail(&todo->frames, skb);
	else
		dot1x_count(port, DOT1X_COUNTER_TX_FAILED);
}

/**
 * dot1x_output_eap() - send the agent's EAP request
 * @port: the port; locked, so for the rest
 * @to: destination
 * @eap: the packet
 * @len: of @eap
 * @todo: where the frame goes
 */
void dot1x_output_eap(struct dot1x_port *port, const u8 *to, const u8 *eap, u16 len,
		      struct dot1x_todo *todo)
{
	struct sk_buff *skb = frame_alloc(port, to, DOT1X_EAPOL_HLEN + len);

	if (likely(skb)) {
		dot1x_eapol_header(skb_put(skb, DOT1X_EAPOL_HLEN), DOT1X_EAPOL_PACKET, len);
		skb_put_data(skb, eap, len);
		dot1x_count(port, DOT1X_COUNTER_REQ_TX);
	}
	queue(port, skb, todo);
}

/**
 * dot1x_output_identity() - send EAP-Request/Identity
 * @port: the port
 * @to: destination
 * @identifier: of the request
 * @todo: where the frame goes
 */
void dot1x_output_identity(struct dot1x_port *port, const u8 *to, u8 identifier,
			   struct dot1x_todo *todo)
{
	struct sk_buff *skb = frame_alloc(port, to, DOT1X_IDENTITY_REQUEST_LEN);

	if (likely(skb)) {
		dot1x_identity_request(skb_put(skb, DOT1X_IDENTITY_REQUEST_LEN), identifier);
		dot1x_count(port, DOT1X_COUNTER_REQ_ID_TX);
	}
	queue(port, skb, todo);
}

/**
 * dot1x_output_result() - send EAP-Success or EAP-Failure
 * @port: the port
 * @to: destination
 * @code: DOT1X_EAP_SUCCESS or DOT1X_EAP_FAILURE
 * @identifier: of the packet
 * @todo: where the frame goes
 */
void dot1x_output_result(struct dot1x_port *port, const u8 *to, u8 code, u8 identifier,
			 struct dot1x_todo *todo)
{
	struct sk_buff *skb = frame_alloc(port, to, DOT1X_EAPOL_HLEN + DOT1X_EAP_HLEN);

	if (likely(skb)) {
		dot1x_eapol_header(skb_put(skb, DOT1X_EAPOL_HLEN), DOT1X_EAPOL_PACKET,
				   DOT1X_EAP_HLEN);
		dot1x_eap_header(skb_put(skb, DOT1X_EAP_HLEN), code, identifier, DOT1X_EAP_HLEN);
	}
	queue(port, skb, todo);
}

/* A frame may come back to us on its way down: the device below may be a port */
static void send(struct dot1x_port *port, struct sk_buff *skb)
{
	struct dot1x_sending outer = {
		.port = this_cpu_read(sending.port),
		.skb = this_cpu_read(sending.skb),
	};
	const struct ethhdr *eth = eth_hdr(skb);
	int err;

	trace_dot1x_eapol_tx(port, eth->h_dest, skb->data + ETH_HLEN, skb->len - ETH_HLEN, 0);
	this_cpu_write(sending.port, port);
	this_cpu_write(sending.skb, skb);
	err = dev_queue_xmit(skb);
	dot1x_count(port, net_xmit_eval(err) ? DOT1X_COUNTER_TX_FAILED :
					       DOT1X_COUNTER_EAPOL_TX);
	this_cpu_write(sending.port, outer.port);
	this_cpu_write(sending.skb, outer.skb);
}

/**
 * dot1x_output_flush() - send what was built
 * @port: the port; not locked
 * @frames: in order
 *
 * Context: BH disabled, RCU read side.
 */
void dot1x_output_flush(struct dot1x_port *port, struct sk_buff_head *frames)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(frames)))
		send(port, skb);
}
