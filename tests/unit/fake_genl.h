/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A kernel that answers from a script: stands in for lib/genl.c.
 */
#ifndef TESTS_FAKE_GENL_H
#define TESTS_FAKE_GENL_H

#include <stdbool.h>

#include "lib/genl.h"

enum fake_kind {
	FAKE_NUMBER,
	FAKE_STRING,
	FAKE_ADDR,
	FAKE_MAC,
	FAKE_BYTES,
};

struct fake_attr {
	int type;
	const char *name;
	enum fake_kind kind;
};

struct fake_command {
	uint8_t cmd;
	const char *name;
};

struct fake {
	/* how a family's requests are written down; both end with no name */
	const struct fake_command *commands;
	const struct fake_attr *attrs;

	/* script */
	struct nl_msg *answers[16];	/* each to the command it has */
	struct nl_msg *events[16];
	struct nl_msg *links[8];	/* to rtnetlink's dump of devices */
	const char *refusal;		/* every request is refused in these words */
	int refused_attr;		/* ... which mark this attribute */
	bool overflow;			/* events are lost before the first is read */
	bool fleeting;			/* whoever asks twice finds nothing any more */
	bool sigterm;			/* after the events comes not their end but SIGTERM */

	/* what was asked, one line a request */
	char asked[4096];
};

extern struct fake fake;

/* Frees answers and events. */
void fake_release(void);

#endif /* TESTS_FAKE_GENL_H */
