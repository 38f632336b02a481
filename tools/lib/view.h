/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A kind of object the kernel can dump: fetched, put in order, shown.
 */
#ifndef TOOLS_LIB_VIEW_H
#define TOOLS_LIB_VIEW_H

#include <netlink/attr.h>

#include "keyword.h"
#include "tool.h"

#define SORT_KEYS_MAX	6

struct sort_key {
	int attr;
	int (*compare)(const struct nlattr *a, const struct nlattr *b);
};

struct view {
	const char *name;	/* monitor says it, unless NULL */
	uint8_t cmd;		/* that dumps them */

	/* What tells two apart, the most important first; ends with an empty one */
	struct sort_key order[SORT_KEYS_MAX + 1];

	/* The members of a record */
	void (*print)(struct print *p, struct nlattr **tb, bool statistics);
};

/* All that @words, if not NULL, select, in order. */
int view_fetch(struct tool *tool, const struct view *view, const struct words *words,
	       struct replies *replies);

/* The command show, whose keywords are those of @in: prints what @fetch gets. */
int view_show(struct tool *tool, struct args *args, const struct view *view,
	      const struct keywords *table, unsigned int in,
	      int (*fetch)(struct tool *tool, const struct words *words,
			   struct replies *replies));

/* Objects to be saved, and what writes a line of a batch for one. */
struct saving {
	const struct view *view;
	void (*save)(FILE *out, struct nlattr **tb);
};

/* The command save, of all objects of @savings, which ends with an empty one. */
int view_save(struct tool *tool, struct args *args, const char *usage,
	      const struct saving *savings);

#endif /* TOOLS_LIB_VIEW_H */
