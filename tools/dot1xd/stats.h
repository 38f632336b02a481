/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is counted, since the start: X(NAME, "json-name"), and every reason of
 * RADIUS_DROPS(). The manual says what each means.
 */
#ifndef DOT1XD_STATS_H
#define DOT1XD_STATS_H

#include <stdint.h>

#include "radius.h"

#define STATS(X)				\
	X(QUESTIONS, "questions")		\
	X(QUESTIONS_BAD, "questions-bad")	\
	X(QUESTIONS_LOST, "questions-lost")	\
	X(CHALLENGES, "challenges")		\
	X(ACCEPTS, "accepts")			\
	X(REJECTS, "rejects")			\
	X(IGNORES, "ignores")			\
	X(NO_SERVER, "no-server")		\
	X(ABANDONED, "abandoned")		\
	X(ANSWERS_STALE, "answers-stale")	\
	X(ANSWERS_REFUSED, "answers-refused")	\
	X(REQUESTS, "requests")			\
	X(RETRANSMISSIONS, "retransmissions")	\
	X(RESPONSES, "responses")		\
	X(FAILOVERS, "failovers")		\
	X(TIMEOUTS, "timeouts")			\
	X(SERVERS_DIED, "servers-died")		\
	X(SEND_FAILED, "send-failed")		\
	X(NO_ROOM, "no-room")			\
	X(DROP_SOURCE, "drop-source")		\
	X(DROP_IDENTIFIER, "drop-identifier")	\
	X(DROP_DUPLICATE, "drop-duplicate")	\
	X(DROP_LATE, "drop-late")

enum stat {
#define STAT_ENUM(name, json) STAT_##name,
	STATS(STAT_ENUM)
#undef STAT_ENUM
#define STAT_ENUM(name, json, text) STAT_DROP_##name,
	RADIUS_DROPS(STAT_ENUM)
#undef STAT_ENUM
	STAT_COUNT
};

struct stats {
	uint64_t at[STAT_COUNT];
};

/* The counter of a reason; not of RADIUS_DROP_NONE. */
static inline enum stat stat_of_drop(enum radius_drop drop)
{
	return STAT_DROP_TOO_SHORT + drop - RADIUS_DROP_TOO_SHORT;
}

#endif /* DOT1XD_STATS_H */
