// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl stats: the counters of the network namespace. Their names and what
 * they count are the header's.
 */
#include <string.h>

#include "../lib/error.h"
#include "bfdctl.h"

#define NAME_WIDTH	30
#define VALUE_WIDTH	12

struct counter {
	int attr;
	const char *name;
	const char *text;
};

static const struct counter counters[] = {
#define COUNTER(attr, name, text) { BFD_COUNTER_##attr, name, text },
	BFD_COUNTERS(COUNTER)
#undef COUNTER
};

/* A counter that the kernel does not have is left out, not shown as 0. */
static void print_counters(struct print *p, struct nlattr **values)
{
	size_t i;

	print_list(p);
	print_record(p);
	for (i = 0; i < sizeof(counters) / sizeof(*counters); i++) {
		const struct nlattr *nla = values[counters[i].attr];
		uint64_t value = get_uint(nla);

		if (!nla)
			continue;
		print_line(p, 0);
		print_width(p, NAME_WIDTH);
		print_str(p, NULL, "", counters[i].name);
		print_width(p, -VALUE_WIDTH);
		print_colour(p, value ? COLOUR_NONE : COLOUR_FAINT);
		print_u64(p, counters[i].name, "", value);
		print_colour(p, COLOUR_FAINT);
		print_str(p, NULL, " ", counters[i].text);
	}
	print_record_end(p);
	print_list_end(p);
}

int stats_main(struct tool *tool, struct args *args)
{
	struct nlattr *values[BFD_COUNTER_MAX + 1] = { NULL };
	struct nlattr *tb[BFD_A_MAX + 1];
	struct replies replies = { 0 };
	struct request request = { 0 };
	struct channel *channel;
	int status;

	if (command_is_help(args)) {
		fputs("Usage: bfdctl [ -j ] stats\n"
		      "\n"
		      "Prints the counters of the network namespace, every drop reason by name.\n",
		      stdout);
		return STATUS_OK;
	}
	status = args_end(args);
	if (!status)
		status = tool_channel(tool, &channel);
	if (status)
		return status;

	request.msg = channel_request(channel, BFD_CMD_STATS_GET, 0);
	status = channel_talk(channel, &request, &replies);
	if (status)
		return status;
	if (replies.count && bfd_parse(replies.msg[0], tb) && tb[BFD_A_COUNTERS] &&
	    !nla_parse_nested(values, BFD_COUNTER_MAX, tb[BFD_A_COUNTERS], NULL))
		print_counters(&tool->print, values);
	else
		status = error_refused("the kernel's answer cannot be read");
	replies_free(&replies);
	return status;
}
