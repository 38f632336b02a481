// SPDX-License-Identifier: GPL-2.0
/*
 * Counters: their names and what they count are the header's.
 */
#include "attr.h"
#include "error.h"
#include "keyword.h"
#include "stats.h"

#define NAME_WIDTH	31
#define VALUE_WIDTH	11

static void print_counter(struct print *p, const struct counter *counter, uint64_t value)
{
	print_width(p, NAME_WIDTH);
	print_str(p, NULL, "", counter->name);
	print_width(p, -VALUE_WIDTH);
	print_colour(p, value ? COLOUR_NONE : COLOUR_FAINT);
	print_u64(p, counter->name, "", value);
	print_colour(p, COLOUR_FAINT);
	print_str(p, NULL, " ", counter->text);
}

void stats_flag(struct print *p, const char *name, bool value, const char *text)
{
	print_line(p, 0);
	print_width(p, NAME_WIDTH);
	print_str(p, NULL, "", name);
	print_width(p, -VALUE_WIDTH);
	print_str(p, NULL, "", value ? "yes" : "no");
	print_bool(p, name, NULL, value);
	print_colour(p, COLOUR_FAINT);
	print_str(p, NULL, " ", text);
}

void counters_print(struct print *p, const struct counters *counters, const struct nlattr *nest,
		    unsigned int indent, bool busy)
{
	struct nlattr *values[ATTRS];
	size_t i;

	nest_parse(nest, values);
	for (i = 0; i < counters->count; i++) {
		const struct nlattr *nla = values[counters->at[i].attr];

		if (!nla || (busy && !p->json && !get_uint(nla)))
			continue;
		print_line(p, indent);
		print_counter(p, &counters->at[i], get_uint(nla));
	}
}

static void print_stats(struct print *p, const struct stats *stats, struct nlattr **tb)
{
	print_list(p);
	print_record(p);
	if (stats->rest)
		stats->rest(p, tb);
	counters_print(p, stats->counters, tb[stats->attr], 0, false);
	print_record_end(p);
	print_list_end(p);
}

int stats_run(struct tool *tool, struct args *args, const struct stats *stats)
{
	struct replies replies = { 0 };
	struct nlattr *tb[ATTRS];
	int status;

	if (command_helped(args, stats->usage))
		return STATUS_OK;
	status = args_end(args);
	if (!status)
		status = words_talk(tool, stats->cmd, 0, NULL, &replies);
	if (status)
		return status;

	if (replies.count && message_parse(replies.msg[0], tb) && tb[stats->attr])
		print_stats(&tool->print, stats, tb);
	else
		status = error_refused("the kernel's answer cannot be read");
	replies_free(&replies);
	return status;
}
