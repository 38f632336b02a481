// SPDX-License-Identifier: GPL-2.0
/*
 * dot1xctl monitor: events as they happen, statistics on request.
 */
#include <netlink/genl/genl.h>

#include "../lib/attr.h"
#include "../lib/monitor.h"
#include "dot1xctl.h"

#define EVENT_WIDTH	6	/* "status" */

/* Before and after, or only what is so now. */
static void print_change(struct print *p, struct nlattr **tb, bool changed)
{
	if (!changed) {
		print_status(p, "auth-controlled-port-status", "", tb[DOT1X_A_PORT_STATUS]);
		return;
	}
	print_status(p, "from", "", tb[DOT1X_A_OLD_PORT_STATUS]);
	print_str(p, NULL, "", "->");
	print_status(p, "to", "", tb[DOT1X_A_PORT_STATUS]);
}

static void print_port_event(struct tool *tool, struct nlattr **tb, bool changed)
{
	struct print *p = &tool->print;

	print_port_key(p, tb);
	print_change(p, tb, changed);
	if (tool->statistics || (p->json && !changed)) {
		print_port_rest(p, tb, tool->statistics);
		return;
	}
	print_pae(p, tb);
	if (!changed) {
		print_port_params(p, tb);
		print_port_timers(p, tb);
	}
}

static void print_client_event(struct tool *tool, struct nlattr **tb, bool changed)
{
	print_client_key(&tool->print, tb);
	print_change(&tool->print, tb, changed);
	print_client_rest(&tool->print, tb, tool->statistics);
}

/* Prints one event. Returns how many the kernel lost before it. */
static uint64_t print_event(struct tool *tool, const struct monitor_ops *ops,
			    struct nlmsghdr *nlh)
{
	static const char *const names[] = {
		[DOT1X_EVENT_NEW]	= "add",
		[DOT1X_EVENT_SET]	= "set",
		[DOT1X_EVENT_DEL]	= "del",
		[DOT1X_EVENT_STATUS]	= "status",
		[DOT1X_EVENT_HELD]	= "held",
	};
	struct nlattr *tb[ATTRS];
	uint64_t event;
	bool client;

	if (!message_parse(nlh, tb))
		return 0;
	client = genlmsg_hdr(nlh)->cmd == DOT1X_CMD_CLIENT_NTF;
	if (!client && genlmsg_hdr(nlh)->cmd != DOT1X_CMD_PORT_NTF)
		return 0;
	event = get_uint(tb[DOT1X_A_EVENT]);
	if (event >= sizeof(names) / sizeof(*names))
		return 0;

	monitor_begin(tool, ops, client ? &client_view : &port_view, names[event],
		      get_uint(tb[DOT1X_A_TIMESTAMP_NS]));
	if (client)
		print_client_event(tool, tb, event == DOT1X_EVENT_STATUS);
	else
		print_port_event(tool, tb, event == DOT1X_EVENT_STATUS);
	print_record_end(&tool->print);
	return get_uint(tb[DOT1X_A_EVENTS_LOST]);
}

int monitor_main(struct tool *tool, struct args *args)
{
	static const struct view *const views[] = { &port_view, &client_view, NULL };
	static const struct monitor_ops ops = {
		.usage =
		"Usage: dot1xctl [ -j ] [ -s ] [ -t ] monitor\n"
		"\n"
		"Prints every authorization of a port or client and its end, every client\n"
		"refused, and every port or client added, set or deleted, until interrupted;\n"
		"-s adds details. On SIGUSR1 prints the statistics of all ports and clients.\n",
		.objects = "ports and clients",
		.width = EVENT_WIDTH,
		.views = views,
		.event = print_event,
	};

	return monitor_run(tool, args, &ops);
}
