/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every tool is: options, objects, and one channel to the kernel.
 */
#ifndef TOOLS_LIB_TOOL_H
#define TOOLS_LIB_TOOL_H

#include <stdbool.h>

#include "args.h"
#include "genl.h"
#include "print.h"

struct tool {
	const char *name;
	const struct family *family;
	void (*usage)(FILE *out);
	int (*run)(struct tool *tool, struct args *args);

	/* options */
	bool statistics;
	bool timestamp;
	bool force;
	const char *netns;
	const char *batch;
	struct print print;

	struct channel *channel;	/* NULL until first asked for */
};

/* One word of the grammar: an object of a tool, or a command of an object. */
struct command {
	const char *name;
	int (*run)(struct tool *tool, struct args *args);
};

/* Runs the one of @table that the next word is a prefix of. */
int command_run(struct tool *tool, const char *what, const struct command *table, size_t count,
		struct args *args);

/* An object that has commands: usage if asked for, @show if no word is left. */
int object_run(struct tool *tool, const char *usage, const struct command *table, size_t count,
	       int (*show)(struct tool *tool, struct args *args), struct args *args);

/* True, and the word taken, if the next word asks for help. */
bool command_is_help(struct args *args);

/* Likewise, and @usage is printed. */
bool command_helped(struct args *args, const char *usage);

/* The channel to the kernel, in the namespace asked for. */
int tool_channel(struct tool *tool, struct channel **channel);

/* A second one, which the caller closes. */
int tool_new_channel(struct tool *tool, struct channel **channel);

/* main() of a tool. Returns its exit status. */
int tool_main(struct tool *tool, int argc, char **argv);

#endif /* TOOLS_LIB_TOOL_H */
