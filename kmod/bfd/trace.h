/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tracepoints: perf, bpftrace and trace-cmd see every packet and every change
 * of state; nobody pays for it while nobody looks.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM bfd

#if !defined(_BFD_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _BFD_TRACE_H

#include <linux/tracepoint.h>
#include "bfd.h"
#include "compat.h"

#define show_bfd_state(state)					\
	__print_symbolic(state,					\
		{ BFD_STATE_ADMIN_DOWN, "admin-down" },		\
		{ BFD_STATE_DOWN, "down" },			\
		{ BFD_STATE_INIT, "init" },			\
		{ BFD_STATE_UP, "up" })

/* A session's state changed; its lock is held */
TRACE_EVENT(bfd_state,
	TP_PROTO(const struct bfd_session *s, u8 old_state),
	TP_ARGS(s, old_state),
	TP_STRUCT__entry(
		__field(u32, discr)
		__field(u8, old_state)
		__field(u8, state)
		__field(u8, diag)
	),
	TP_fast_assign(
		__entry->discr = s->local_discr;
		__entry->old_state = old_state;
		__entry->state = s->fsm.session_state;
		__entry->diag = s->fsm.local_diag;
	),
	TP_printk("discriminator=%u from=%s to=%s diag=%u", __entry->discr,
		  show_bfd_state(__entry->old_state), show_bfd_state(__entry->state),
		  __entry->diag)
);

/* A packet for a session came in; drop is 0 or an enum bfd_counter */
TRACE_EVENT(bfd_rx,
	TP_PROTO(const struct bfd_session *s, const u8 *raw, unsigned int len, int drop),
	TP_ARGS(s, raw, len, drop),
	TP_STRUCT__entry(
		__field(u32, discr)
		__field(u32, len)
		__field(int, drop)
		__array(u8, raw, BFD_PACKET_LEN)
	),
	TP_fast_assign(
		__entry->discr = s->local_discr;
		__entry->len = len;
		__entry->drop = drop;
		memcpy(__entry->raw, raw, BFD_PACKET_LEN);
	),
	TP_printk("discriminator=%u len=%u drop=%d packet=%s", __entry->discr, __entry->len,
		  __entry->drop, __print_hex(__entry->raw, BFD_PACKET_LEN))
);

/* A packet is about to be handed to the network layer */
TRACE_EVENT(bfd_tx,
	TP_PROTO(const struct bfd_session *s, const u8 *raw),
	TP_ARGS(s, raw),
	TP_STRUCT__entry(
		__field(u32, discr)
		__array(u8, raw, BFD_PACKET_LEN)
	),
	TP_fast_assign(
		__entry->discr = s->local_discr;
		memcpy(__entry->raw, raw, BFD_PACKET_LEN);
	),
	TP_printk("discriminator=%u packet=%s", __entry->discr,
		  __print_hex(__entry->raw, BFD_PACKET_LEN))
);

/* A request for a reflector came in; drop is 0 or an enum bfd_counter */
TRACE_EVENT(bfd_request,
	TP_PROTO(const struct bfd_reflector *r, const u8 *raw, unsigned int len, int drop),
	TP_ARGS(r, raw, len, drop),
	TP_STRUCT__entry(
		__field(u32, discr)
		__field(u32, len)
		__field(int, drop)
		__array(u8, raw, BFD_PACKET_LEN)
	),
	TP_fast_assign(
		__entry->discr = r->discr;
		__entry->len = len;
		__entry->drop = drop;
		memcpy(__entry->raw, raw, BFD_PACKET_LEN);
	),
	TP_printk("discriminator=%u len=%u drop=%d packet=%s", __entry->discr, __entry->len,
		  __entry->drop, __print_hex(__entry->raw, BFD_PACKET_LEN))
);

/* A slot was served late: something kept this CPU from its softirqs */
TRACE_EVENT(bfd_late,
	TP_PROTO(const struct bfd_session *s, u64 late_ns),
	TP_ARGS(s, late_ns),
	TP_STRUCT__entry(
		__field(u32, discr)
		__field(u64, late_ns)
	),
	TP_fast_assign(
		__entry->discr = s->local_discr;
		__entry->late_ns = late_ns;
	),
	TP_printk("discriminator=%u late=%lluns", __entry->discr, __entry->late_ns)
);

#endif /* _BFD_TRACE_H */

#undef TRACE_INCLUDE_PATH
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_PATH .
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
