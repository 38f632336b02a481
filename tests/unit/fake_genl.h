/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A kernel that answers from a script: stands in for lib/genl.c.
 */
#ifndef TESTS_FAKE_GENL_H
#define TESTS_FAKE_GENL_H

#include <stdbool.h>

#include "lib/genl.h"

struct fake {
	/* script */
	struct nl_msg *sessions[8];	/* answers to SESSION_GET */
	struct nl_msg *counters;	/* answer to STATS_GET */
	struct nl_msg *events[8];
	const char *refusal;		/* every request is refused in these words */
	int refused_attr;		/* ... which mark this attribute */
	bool overflow;			/* events are lost before the first is read */

	/* what was asked, one line a request */
	char asked[4096];
};

extern struct fake fake;

#endif /* TESTS_FAKE_GENL_H */
