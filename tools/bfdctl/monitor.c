// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl monitor: events as they happen, statistics on request.
 */
#include <netlink/genl/genl.h>

#include "../lib/attr.h"
#include "../lib/monitor.h"
#include "bfdctl.h"

static void print_transition(struct tool *tool, struct nlattr **tb)
{
	const struct nlattr *latency = tb[BFD_A_DETECTION_LATENCY_US];
	uint64_t diag = get_uint(tb[BFD_A_DIAGNOSTIC]);
	struct print *p = &tool->print;

	print_state(p, "from", "", get_uint(tb[BFD_A_OLD_STATE]));
	print_str(p, NULL, "", "->");
	print_state(p, "to", "", get_uint(tb[BFD_A_STATE]));
	if (latency)
		print_time(p, "detection-latency", "latency", get_uint(latency));
	else
		print_null(p, "detection-latency");
	if (tool->statistics)
		print_session_rest(p, tb, true);
	else
		print_str(p, "local-diagnostic", diag ? "diag" : NULL, diag_name(diag));
}

/* Prints one event. Returns how many the kernel lost before it. */
static uint64_t print_event(struct tool *tool, const struct monitor_ops *ops,
			    struct nlmsghdr *nlh)
{
	static const char *const names[] = {
		[BFD_EVENT_STATE]	= "state",
		[BFD_EVENT_NEW]		= "add",
		[BFD_EVENT_SET]		= "set",
		[BFD_EVENT_DEL]		= "del",
	};
	struct nlattr *tb[ATTRS];
	struct print *p = &tool->print;
	uint64_t event;

	if (!message_parse(nlh, tb) || genlmsg_hdr(nlh)->cmd != BFD_CMD_SESSION_NTF)
		return 0;
	event = get_uint(tb[BFD_A_EVENT]);
	if (event >= sizeof(names) / sizeof(*names))
		return 0;

	monitor_begin(tool, ops, &session_view, names[event],
		      get_uint(tb[BFD_A_TIMESTAMP_NS]));
	print_session_key(p, tb);
	print_u64(p, "local-discriminator", "id", get_uint(tb[BFD_A_LOCAL_DISCRIMINATOR]));
	if (event == BFD_EVENT_STATE) {
		print_transition(tool, tb);
	} else {
		print_state(p, "local-state", "state", get_uint(tb[BFD_A_STATE]));
		if (p->json || tool->statistics)
			print_session_rest(p, tb, tool->statistics);
		else
			print_session_params(p, tb);
	}
	print_record_end(p);
	return get_uint(tb[BFD_A_EVENTS_LOST]);
}

int monitor_main(struct tool *tool, struct args *args)
{
	static const struct view *const views[] = { &session_view, NULL };
	static const struct monitor_ops ops = {
		.usage =
		"Usage: bfdctl [ -j ] [ -s ] [ -t ] monitor\n"
		"\n"
		"Prints every change of a session's state, and every session added, set or\n"
		"deleted, until interrupted; -s adds the session's details. On SIGUSR1 prints\n"
		"the statistics of all sessions.\n",
		.objects = "sessions",
		.width = 5,
		.views = views,
		.event = print_event,
	};

	return monitor_run(tool, args, &ops);
}
