/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The command monitor of every tool: events as they happen, statistics on
 * request.
 */
#ifndef TOOLS_LIB_MONITOR_H
#define TOOLS_LIB_MONITOR_H

#include <json-c/json.h>
#include <stdbool.h>

#include "tool.h"
#include "view.h"

/* Where events go that are not to be printed. */
struct monitor_sink {
	/*
	 * NULL, or called before anything is told, in the namespace asked for.
	 * *@fd is a descriptor of its own; read() is called when that is
	 * readable. Both return a status.
	 */
	int (*begin)(struct tool *tool, int *fd);
	int (*read)(void);

	/* An event, as JSON would print it with -s */
	void (*record)(struct json_object *record);

	/* All there is was just told, each as an event "sync" */
	void (*synced)(void);

	/*
	 * Called when no more events are to be read for now. Returns true if
	 * there is work that must not be left; *@wait_ms is then the time
	 * after which to call again, or -1. It is called after SIGCHLD too.
	 */
	bool (*run)(int *wait_ms);

	/* It is over; returns a status if @status is none */
	int (*end)(int status);
};

/* What the words after the command asked for. */
struct monitor_words {
	bool initial;		/* begin with all there is */
	const struct monitor_sink *sink;	/* NULL: print */
};

/* What differs between the tools. */
struct monitor_ops {
	const char *usage;
	/* Reads all words that are left; NULL: the command has none */
	int (*words)(struct args *args, struct monitor_words *words);
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
