/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Counters: those the header of a family lists, by name.
 */
#ifndef TOOLS_LIB_STATS_H
#define TOOLS_LIB_STATS_H

#include <netlink/attr.h>

#include "print.h"
#include "tool.h"

struct counter {
	int attr;
	const char *name;
	const char *text;	/* what it counts */
};

struct counters {
	const struct counter *at;
	size_t count;
};

/* The command that shows the counters of the network namespace. */
struct stats {
	const char *usage;
	uint8_t cmd;
	int attr;		/* the nest of counters */
	const struct counters *counters;
	/* What else the answer tells, before them; or NULL */
	void (*rest)(struct print *p, struct nlattr **tb);
};

/* What is so or not, in the columns of the counters. */
void stats_flag(struct print *p, const char *name, bool value, const char *text);

/*
 * Prints the counters of @nest, one a line in text, @indent columns in. One
 * that the kernel does not have is left out, not shown as 0; if @busy, text
 * leaves out those that are 0, too.
 */
void counters_print(struct print *p, const struct counters *counters, const struct nlattr *nest,
		    unsigned int indent, bool busy);

int stats_run(struct tool *tool, struct args *args, const struct stats *stats);

#endif /* TOOLS_LIB_STATS_H */
