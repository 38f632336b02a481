/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tracepoints: perf, bpftrace and trace-cmd see every EAPOL frame, every change
 * of state and every drop; nobody pays for it while nobody looks.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM dot1x

#if !defined(_DOT1X_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _DOT1X_TRACE_H

#include <linux/tracepoint.h>
#include "dot1x.h"

#define show_dot1x_pae_state(state)				\
	__print_symbolic(state,					\
		{ DOT1X_PAE_INITIALIZE, "initialize" },		\
		{ DOT1X_PAE_DISCONNECTED, "disconnected" },	\
		{ DOT1X_PAE_CONNECTING, "connecting" },		\
		{ DOT1X_PAE_AUTHENTICATING, "authenticating" },	\
		{ DOT1X_PAE_AUTHENTICATED, "authenticated" },	\
		{ DOT1X_PAE_ABORTING, "aborting" },		\
		{ DOT1X_PAE_HELD, "held" },			\
		{ DOT1X_PAE_FORCE_AUTH, "force-auth" },		\
		{ DOT1X_PAE_FORCE_UNAUTH, "force-unauth" },	\
		{ DOT1X_PAE_RESTART, "restart" })

/* A client's Authenticator PAE changed state; its port's lock is held */
TRACE_EVENT(dot1x_pae_state,
	TP_PROTO(const struct dot1x_client *c, u8 old_state),
	TP_ARGS(c, old_state),
	TP_STRUCT__entry(
		__field(int, ifindex)
		__array(u8, mac, ETH_ALEN)
		__field(u8, old_state)
		__field(u8, state)
		__field(u8, status)
	),
	TP_fast_assign(
		__entry->ifindex = c->key.port->dev->ifindex;
		memcpy(__entry->mac, c->key.mac, ETH_ALEN);
		__entry->old_state = old_state;
		__entry->state = c->pacp.pae_state;
		__entry->status = c->pacp.port_status;
	),
	TP_printk("ifindex=%d mac=%pM from=%s to=%s authorized=%u", __entry->ifindex,
		  __entry->mac, show_dot1x_pae_state(__entry->old_state),
		  show_dot1x_pae_state(__entry->state), __entry->status)
);

DECLARE_EVENT_CLASS(dot1x_eapol,
	TP_PROTO(const struct dot1x_port *port, const u8 *mac, const u8 *data, unsigned int len,
		 int drop),
	TP_ARGS(port, mac, data, len, drop),
	TP_STRUCT__entry(
		__field(int, ifindex)
		__array(u8, mac, ETH_ALEN)
		__field(u32, len)
		__field(int, drop)
		__array(u8, head, DOT1X_IDENTITY_REQUEST_LEN)
	),
	TP_fast_assign(
		__entry->ifindex = port->dev->ifindex;
		memcpy(__entry->mac, mac, ETH_ALEN);
		__entry->len = len;
		__entry->drop = drop;
		memset(__entry->head, 0, sizeof(__entry->head));
		memcpy(__entry->head, data, min_t(unsigned int, len, sizeof(__entry->head)));
	),
	TP_printk("ifindex=%d mac=%pM len=%u drop=%d head=%s", __entry->ifindex, __entry->mac,
		  __entry->len, __entry->drop,
		  __print_hex(__entry->head, DOT1X_IDENTITY_REQUEST_LEN))
);

/* An EAPOL frame from mac was taken; drop is 0 or an enum dot1x_counter */
DEFINE_EVENT(dot1x_eapol, dot1x_eapol_rx,
	TP_PROTO(const struct dot1x_port *port, const u8 *mac, const u8 *data, unsigned int len,
		 int drop),
	TP_ARGS(port, mac, data, len, drop)
);

/* An EAPOL frame to mac is about to be sent */
DEFINE_EVENT(dot1x_eapol, dot1x_eapol_tx,
	TP_PROTO(const struct dot1x_port *port, const u8 *mac, const u8 *data, unsigned int len,
		 int drop),
	TP_ARGS(port, mac, data, len, drop)
);

/* The gate dropped a frame; drop is an enum dot1x_counter */
TRACE_EVENT(dot1x_drop,
	TP_PROTO(const struct dot1x_port *port, const struct sk_buff *skb,
		 const struct ethhdr *eth, int drop),
	TP_ARGS(port, skb, eth, drop),
	TP_STRUCT__entry(
		__field(int, ifindex)
		__array(u8, dest, ETH_ALEN)
		__array(u8, source, ETH_ALEN)
		__field(u16, protocol)
		__field(u32, len)
		__field(int, drop)
	),
	TP_fast_assign(
		__entry->ifindex = port->dev->ifindex;
		memcpy(__entry->dest, eth->h_dest, ETH_ALEN);
		memcpy(__entry->source, eth->h_source, ETH_ALEN);
		__entry->protocol = ntohs(skb->protocol);
		__entry->len = skb->len;
		__entry->drop = drop;
	),
	TP_printk("ifindex=%d dest=%pM source=%pM protocol=%#06x len=%u drop=%d",
		  __entry->ifindex, __entry->dest, __entry->source, __entry->protocol,
		  __entry->len, __entry->drop)
);

#endif /* _DOT1X_TRACE_H */

#undef TRACE_INCLUDE_PATH
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_PATH .
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
