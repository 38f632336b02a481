// SPDX-License-Identifier: GPL-2.0
/*
 * dot1xctl stats: the counters of the network namespace.
 */
#include "../lib/attr.h"
#include "dot1xctl.h"

static const struct counter counters[] = {
#define COUNTER(attr, name, text) { DOT1X_COUNTER_##attr, name, text },
	DOT1X_COUNTERS(COUNTER)
#undef COUNTER
};

const struct counters dot1x_counters = {
	.at = counters,
	.count = sizeof(counters) / sizeof(*counters),
};

static void print_agent(struct print *p, struct nlattr **tb)
{
	stats_flag(p, "agent", get_uint(tb[DOT1X_A_AGENT]), "an agent is registered");
}

int stats_main(struct tool *tool, struct args *args)
{
	static const struct stats stats = {
		.usage =
		"Usage: dot1xctl [ -j ] stats\n"
		"\n"
		"Prints the counters of the network namespace, every drop reason by name, and\n"
		"whether an agent is registered.\n",
		.cmd = DOT1X_CMD_STATS_GET,
		.attr = DOT1X_A_COUNTERS,
		.counters = &dot1x_counters,
		.rest = print_agent,
	};

	return stats_run(tool, args, &stats);
}
