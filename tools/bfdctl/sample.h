/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All sessions at one moment, and what has changed since another one.
 */
#ifndef BFDCTL_SAMPLE_H
#define BFDCTL_SAMPLE_H

#include <linux/bfd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../lib/tool.h"

#define RATE_UNKNOWN	UINT64_MAX	/* of a session that is new */
#define MARGIN_NONE	UINT64_MAX	/* no packet was measured yet */

struct row {
	struct nlmsghdr *msg;
	uint64_t id;
	uint64_t state;
	uint64_t rx, tx;
	uint64_t rx_rate, tx_rate;	/* a second */
	uint64_t detection_us;
	uint64_t margin_us;		/* the least there was */
	uint64_t near_misses;
	uint64_t flaps;
};

struct sample {
	struct replies replies;
	struct row *rows;		/* by id */
	const struct row **worst;	/* the same, worst first */
	size_t count;
	uint64_t at_ns;			/* CLOCK_MONOTONIC */
	uint64_t drops;			/* of all sessions, and of none */

	size_t states[__BFD_STATE_MAX];
	uint64_t rx_rate, tx_rate, drop_rate;
};

/* How it is now, without rates. What went wrong was said. */
int sample_take(struct tool *tool, struct sample *sample);

/* Rates since @before, which may be empty. */
void sample_compare(struct sample *sample, const struct sample *before);

void sample_free(struct sample *sample);

#endif /* BFDCTL_SAMPLE_H */
