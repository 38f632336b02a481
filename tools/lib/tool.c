// SPDX-License-Identifier: GPL-2.0
/*
 * What every tool is: options, objects, and one channel to the kernel.
 *
 * The namespace is entered and the channel opened when a command first needs
 * them, which is after its words were found right: a wrong command line fails
 * the same whether or not the module is there.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"
#include "error.h"
#include "netns.h"
#include "tool.h"

#ifndef VERSION
#define VERSION "unknown"
#endif

enum option_id {
	OPTION_JSON,
	OPTION_PRETTY,
	OPTION_STATISTICS,
	OPTION_NETNS,
	OPTION_BATCH,
	OPTION_FORCE,
	OPTION_TIMESTAMP,
	OPTION_COLOUR,
	OPTION_VERSION,
	OPTION_HELP,
};

struct option {
	const char *name;
	enum option_id id;
	bool value;
};

/* Sorted by use: the first that a shortened option fits is meant. */
static const struct option options[] = {
	{ "json", OPTION_JSON, false },
	{ "pretty", OPTION_PRETTY, false },
	{ "statistics", OPTION_STATISTICS, false },
	{ "netns", OPTION_NETNS, true },
	{ "batch", OPTION_BATCH, true },
	{ "force", OPTION_FORCE, false },
	{ "timestamp", OPTION_TIMESTAMP, false },
	{ "color", OPTION_COLOUR, false },
	{ "colour", OPTION_COLOUR, false },
	{ "Version", OPTION_VERSION, false },
	{ "help", OPTION_HELP, false },
};

enum colour_choice {
	COLOUR_AUTO,
	COLOUR_ALWAYS,
	COLOUR_NEVER,
};

struct parsed {
	uint32_t colour;
	bool version;
	bool help;
};

static const struct option *find_option(const char *word, size_t len)
{
	size_t i;

	for (i = 0; len && i < sizeof(options) / sizeof(*options); i++)
		if (!strncmp(options[i].name, word, len))
			return &options[i];
	return NULL;
}

static int parse_colour(const char *value, struct parsed *parsed)
{
	static const char *const choices[] = { "auto", "always", "never", NULL };

	if (*value != '=') {
		parsed->colour = COLOUR_ALWAYS;
		return STATUS_OK;
	}
	return parse_choice("-color", value + 1, choices, &parsed->colour);
}

static int apply_option(struct tool *tool, const struct option *option, const char *value,
			struct parsed *parsed)
{
	switch (option->id) {
	case OPTION_JSON:
		tool->print.json = true;
		break;
	case OPTION_PRETTY:
		tool->print.pretty = true;
		break;
	case OPTION_STATISTICS:
		tool->statistics = true;
		break;
	case OPTION_NETNS:
		tool->netns = value;
		break;
	case OPTION_BATCH:
		tool->batch = value;
		break;
	case OPTION_FORCE:
		tool->force = true;
		break;
	case OPTION_TIMESTAMP:
		tool->timestamp = true;
		break;
	case OPTION_COLOUR:
		return parse_colour(value, parsed);
	case OPTION_VERSION:
		parsed->version = true;
		break;
	case OPTION_HELP:
		parsed->help = true;
		break;
	}
	return STATUS_OK;
}

/* Options are words that begin with - or --, before the object. */
static int parse_options(struct tool *tool, struct args *args, struct parsed *parsed)
{
	const struct option *option;
	const char *word, *value;
	size_t len;
	int status;

	while ((word = args_peek(args)) && word[0] == '-') {
		args_next(args);
		if (!strcmp(word, "--"))
			break;
		value = word + (word[1] == '-' ? 2 : 1);
		len = strcspn(value, "=");
		option = find_option(value, len);
		if (!option || (value[len] && option->id != OPTION_COLOUR))
			return error_usage("unknown option \"%s\" (try: %s help)", word,
					   tool->name);
		value += len;
		status = option->value ? args_value(args, word, &value) : STATUS_OK;
		if (!status)
			status = apply_option(tool, option, value, parsed);
		if (status)
			return status;
	}
	return STATUS_OK;
}

/* https://no-color.org: set and not empty; what was asked for goes first. */
static bool want_colour(const struct tool *tool, uint32_t choice)
{
	const char *no_colour = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (tool->print.json || choice == COLOUR_NEVER)
		return false;
	if (choice == COLOUR_ALWAYS)
		return true;
	return isatty(STDOUT_FILENO) && !(no_colour && *no_colour) && term &&
	       strcmp(term, "dumb");
}

int command_run(struct tool *tool, const char *what, const struct command *table, size_t count,
		struct args *args)
{
	int i = args_match(args_next(args), what, table, count, sizeof(*table));

	if (i < 0)
		return STATUS_USAGE;
	return table[i].run(tool, args);
}

bool command_is_help(struct args *args)
{
	const char *word = args_peek(args);

	if (!word || (strcmp(word, "help") && strcmp(word, "-h") && strcmp(word, "-help") &&
		      strcmp(word, "--help")))
		return false;
	args_next(args);
	return true;
}

bool command_helped(struct args *args, const char *usage)
{
	if (!command_is_help(args))
		return false;
	fputs(usage, stdout);
	return true;
}

int object_run(struct tool *tool, const char *usage, const struct command *table, size_t count,
	       int (*show)(struct tool *tool, struct args *args), struct args *args)
{
	if (command_helped(args, usage))
		return STATUS_OK;
	if (!args_peek(args))
		return show(tool, args);
	return command_run(tool, "command", table, count, args);
}

int tool_new_channel(struct tool *tool, struct channel **channel)
{
	int status;

	if (tool->netns) {
		status = netns_enter(tool->netns);
		if (status)
			return status;
		tool->netns = NULL;	/* we are in it now */
	}
	return channel_open(tool->family, channel);
}

int tool_channel(struct tool *tool, struct channel **channel)
{
	int status = STATUS_OK;

	if (!tool->channel)
		status = tool_new_channel(tool, &tool->channel);
	*channel = tool->channel;
	return status;
}

static int run_line(void *arg, struct args *args)
{
	struct tool *tool = arg;

	if (args_peek(args)[0] == '-')
		return error_usage("options stand on the command line of the batch");
	return tool->run(tool, args);
}

static int run(struct tool *tool, struct args *args)
{
	int status;

	if (tool->batch) {
		status = args_end(args);
		if (status)
			return status;
		return batch_run(tool->batch, tool->force, run_line, tool);
	}
	if (!args_peek(args)) {
		tool->usage(stderr);
		return STATUS_USAGE;
	}
	return tool->run(tool, args);
}

int tool_main(struct tool *tool, int argc, char **argv)
{
	struct args args = { .argv = argv + 1, .argc = argc - 1 };
	struct parsed parsed = { .colour = COLOUR_AUTO };
	int status;

	tool->print.out = stdout;
	status = parse_options(tool, &args, &parsed);
	if (status)
		return status;
	tool->print.colour = want_colour(tool, parsed.colour);

	if (parsed.version)
		printf("%s %s\n", tool->name, VERSION);
	else if (parsed.help)
		tool->usage(stdout);
	else
		status = run(tool, &args);
	channel_close(tool->channel);
	tool->channel = NULL;

	if ((fflush(stdout) || ferror(stdout)) && !status)
		status = error_refused("cannot write: %s", strerror(errno));
	return status;
}
