/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The command monitor of every tool: events as they happen, statistics on
 * request.
 */
#ifndef TOOLS_LIB_MONITOR_H
#define TOOLS_LIB_MONITOR_H

#include "tool.h"
#include "view.h"

/* What differs between the tools. */
struct monitor_ops {
	const char *usage;
	const char *objects;	/* what events are about, in the plural */
	int width;		/* of the longest name of an event */
	const struct view *const *views;	/* ... and all there is; ends with NULL */

	/* Prints one event. Returns how many the kernel lost before it. */
	uint64_t (*event)(struct tool *tool, const struct monitor_ops *ops, struct nlmsghdr *nlh);
};

/* Begins the record of an event, of @view. */
void monitor_begin(struct tool *tool, const struct monitor_ops *ops, const struct view *view,
		   const char *event, uint64_t timestamp);

int monitor_run(struct tool *tool, struct args *args, const struct monitor_ops *ops);

#endif /* TOOLS_LIB_MONITOR_H */
