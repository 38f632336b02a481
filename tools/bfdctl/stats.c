// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl stats: the counters of the network namespace.
 */
#include "../lib/stats.h"
#include "bfdctl.h"

int stats_main(struct tool *tool, struct args *args)
{
	static const struct counter list[] = {
#define COUNTER(attr, name, text) { BFD_COUNTER_##attr, name, text },
		BFD_COUNTERS(COUNTER)
#undef COUNTER
	};
	static const struct counters counters = {
		.at = list,
		.count = sizeof(list) / sizeof(*list),
	};
	static const struct stats stats = {
		.usage =
		"Usage: bfdctl [ -j ] stats\n"
		"\n"
		"Prints the counters of the network namespace, every drop reason by name.\n",
		.cmd = BFD_CMD_STATS_GET,
		.attr = BFD_A_COUNTERS,
		.counters = &counters,
	};

	return stats_run(tool, args, &stats);
}
