// SPDX-License-Identifier: GPL-2.0
/*
 * What is to be done with a member of a LAG: stories of what became of it, and of what
 * that asks for.
 */
#include <stdio.h>
#include <string.h>

#include "bfdctl/lag.h"
#include "unit.h"

#define COUNT(array)	(sizeof(array) / sizeof(*(array)))
#define BEATS		12
#define SETTLED		(MEMBER_SETTLE_MS + 1)

/* What happens. */
enum beat_kind {
	END,
	LINK,			/* place, running */
	SESSION,		/* state, remote, diag */
	GONE,			/* the session */
	DONE,			/* the step is taken */
	REFUSED,		/* ... or cannot be */
	LATER,			/* so many ms */
};

struct beat {
	enum beat_kind kind;
	int a, b, c;
};

#define PORT		{ LINK, PLACE_PORT, 1, 0 }
#define PORT_QUIET	{ LINK, PLACE_PORT, 0, 0 }
#define ALONE		{ LINK, PLACE_FREE, 1, 0 }
#define LOST		{ LINK, PLACE_LOST, 0, 0 }
#define UP		{ SESSION, BFD_STATE_UP, BFD_STATE_UP, BFD_DIAG_NONE }
#define NEW		{ SESSION, BFD_STATE_DOWN, BFD_STATE_DOWN, BFD_DIAG_NONE }
#define SILENT		{ SESSION, BFD_STATE_DOWN, BFD_STATE_DOWN, BFD_DIAG_CONTROL_EXPIRY }
#define SAYS_DOWN	{ SESSION, BFD_STATE_DOWN, BFD_STATE_DOWN, BFD_DIAG_NEIGHBOR_DOWN }
#define SAYS_ADMIN	{ SESSION, BFD_STATE_DOWN, BFD_STATE_ADMIN_DOWN, BFD_DIAG_NEIGHBOR_DOWN }
#define ADMIN		{ SESSION, BFD_STATE_ADMIN_DOWN, BFD_STATE_UP, BFD_DIAG_ADMIN_DOWN }
#define INIT		{ SESSION, BFD_STATE_INIT, BFD_STATE_DOWN, BFD_DIAG_CONTROL_EXPIRY }
#define MEANWHILE	{ SESSION, BFD_STATE_INIT, BFD_STATE_DOWN, BFD_DIAG_NONE }
#define WAIT(ms)	{ LATER, ms, 0, 0 }
#define DID		{ DONE, 0, 0, 0 }
#define COULD_NOT	{ REFUSED, 0, 0, 0 }
#define NO_SESSION	{ GONE, 0, 0, 0 }

static const struct story {
	const char *what;
	struct beat beats[BEATS];
	enum member_step bond, team;
} stories[] = {
	{ "a port gets a session", { PORT }, MEMBER_MAKE_SESSION, MEMBER_MAKE_SESSION },
	{ "once", { PORT, DID }, MEMBER_KEEP, MEMBER_KEEP },
	{ "is not asked for over and over", { PORT, COULD_NOT }, MEMBER_KEEP, MEMBER_KEEP },
	{ "one that is there is set", { PORT, UP }, MEMBER_MAKE_SESSION, MEMBER_MAKE_SESSION },
	{ "one that is deleted is made anew", { PORT, DID, UP, NO_SESSION },
	  MEMBER_MAKE_SESSION, MEMBER_MAKE_SESSION },
	{ "who leaves loses it", { PORT, DID, UP, ALONE },
	  MEMBER_DELETE_SESSION, MEMBER_DELETE_SESSION },
	{ "whose device goes, too", { PORT, DID, UP, LOST },
	  MEMBER_DELETE_SESSION, MEMBER_DELETE_SESSION },
	{ "and is forgotten", { PORT, DID, UP, ALONE, DID },
	  MEMBER_FORGET, MEMBER_FORGET },
	{ "a new session is waited for", { PORT, DID, NEW, WAIT(SETTLED) },
	  MEMBER_KEEP, MEMBER_KEEP },
	{ "a silent peer takes it out", { PORT, DID, NEW, UP, SILENT },
	  MEMBER_TAKE_OUT, MEMBER_TAKE_OUT },
	{ "and one that does not hear", { PORT, DID, UP, SAYS_DOWN },
	  MEMBER_TAKE_OUT, MEMBER_TAKE_OUT },
	{ "not the peer's administrator", { PORT, DID, UP, SAYS_ADMIN },
	  MEMBER_KEEP, MEMBER_KEEP },
	{ "nor ours", { PORT, DID, UP, ADMIN }, MEMBER_KEEP, MEMBER_KEEP },
	{ "nor after it", { PORT, DID, UP, SAYS_ADMIN, NEW, SILENT, WAIT(SETTLED) },
	  MEMBER_KEEP, MEMBER_KEEP },
	{ "what is Up again before anybody looked", { PORT, DID, UP, SILENT, INIT, UP },
	  MEMBER_KEEP, MEMBER_KEEP },
	{ "on its way to Up it still failed", { PORT, DID, UP, SILENT, INIT },
	  MEMBER_TAKE_OUT, MEMBER_TAKE_OUT },
	{ "what failed before anybody looked", { PORT, DID, SILENT, WAIT(SETTLED) },
	  MEMBER_TAKE_OUT, MEMBER_TAKE_OUT },
	{ "may come Up first", { PORT, DID, SILENT }, MEMBER_KEEP, MEMBER_KEEP },
	{ "a port without a carrier is the LAG's",
	  { PORT, DID, UP, PORT_QUIET, SILENT, WAIT(SETTLED) }, MEMBER_KEEP, MEMBER_KEEP },
	{ "the carrier comes first", { PORT, DID, UP, PORT_QUIET, SILENT, PORT },
	  MEMBER_KEEP, MEMBER_KEEP },
	{ "and is not all", { PORT, DID, UP, PORT_QUIET, SILENT, PORT, WAIT(SETTLED) },
	  MEMBER_TAKE_OUT, MEMBER_TAKE_OUT },
	{ "out it stays", { PORT, DID, UP, SILENT, DID, NEW, WAIT(SETTLED) },
	  MEMBER_KEEP, MEMBER_KEEP },
	{ "until it is Up", { PORT, DID, UP, SILENT, DID, UP },
	  MEMBER_PUT_BACK, MEMBER_PUT_BACK },
	{ "back it is", { PORT, DID, UP, SILENT, DID, UP, DID },
	  MEMBER_KEEP, MEMBER_KEEP },
	{ "back it may lose its carrier for a while",
	  { PORT, DID, UP, SILENT, DID, UP, DID, SILENT }, MEMBER_KEEP, MEMBER_KEEP },
	{ "but not for ever",
	  { PORT, DID, UP, SILENT, DID, UP, DID, SILENT, WAIT(SETTLED) },
	  MEMBER_TAKE_OUT, MEMBER_TAKE_OUT },
	{ "a bond puts nobody back who is not his",
	  { PORT, DID, UP, SILENT, DID, UP, LOST },
	  MEMBER_DELETE_SESSION, MEMBER_DELETE_SESSION },
	{ "whoever deletes its session has it", { PORT, DID, UP, SILENT, DID, NO_SESSION },
	  MEMBER_FORGET, MEMBER_MAKE_SESSION },
	{ "whoever puts a bond's port back himself has it so",
	  { PORT, DID, UP, SILENT, DID, PORT, UP }, MEMBER_KEEP, MEMBER_PUT_BACK },
	{ "but not while its path is lost",
	  { PORT, DID, UP, SILENT, DID, PORT, WAIT(SETTLED) }, MEMBER_TAKE_OUT, MEMBER_KEEP },
	{ "from Up to Init it has been Down", { PORT, DID, UP, MEANWHILE },
	  MEMBER_TAKE_OUT, MEMBER_TAKE_OUT },
	{ "what the kernel refuses", { PORT, DID, UP, SILENT, COULD_NOT },
	  MEMBER_KEEP, MEMBER_KEEP },
	{ "is tried again", { PORT, DID, UP, SILENT, COULD_NOT, WAIT(SETTLED) },
	  MEMBER_TAKE_OUT, MEMBER_TAKE_OUT },
	{ "both ways", { PORT, DID, UP, SILENT, DID, UP, COULD_NOT, WAIT(SETTLED) },
	  MEMBER_PUT_BACK, MEMBER_PUT_BACK },
};

/* As lag.c does it, of a bond or a team. */
static void take_step(struct member *m, bool done, bool stays, uint64_t now)
{
	switch (member_next(m, now)) {
	case MEMBER_MAKE_SESSION:
		m->made = done;
		m->refused = !done;
		m->session = m->session || done;
		break;
	case MEMBER_DELETE_SESSION:
		member_sessionless(m);
		break;
	case MEMBER_TAKE_OUT:
		m->out = done;
		m->place = done && !stays ? PLACE_FREE : PLACE_PORT;
		m->settled_ms = done ? 0 : now + MEMBER_RETRY_MS;
		break;
	case MEMBER_PUT_BACK:
		m->out = !done;
		m->place = done || stays ? PLACE_PORT : PLACE_FREE;
		m->settled_ms = now + (done ? MEMBER_SETTLE_MS : MEMBER_RETRY_MS);
		break;
	default:
		break;
	}
}

static enum member_step run(const struct beat *beat, bool stays)
{
	struct member m = { 0 };
	uint64_t now = 1000;

	for (; beat->kind != END; beat++) {
		switch (beat->kind) {
		case LINK:
			member_link(&m, beat->a, beat->b, stays, now, MEMBER_SETTLE_MS);
			break;
		case SESSION:
			member_state(&m, beat->a, beat->b, beat->c);
			break;
		case GONE:
			member_sessionless(&m);
			break;
		case LATER:
			now += beat->a;
			break;
		default:
			take_step(&m, beat->kind == DONE, stays, now);
		}
	}
	check(member_next(&m, now) == MEMBER_KEEP || member_wait(&m, now) < 0,
	      "what is to be done now is not waited for");
	return member_next(&m, now);
}

int main(void)
{
	size_t i;

	for (i = 0; i < COUNT(stories); i++) {
		check(run(stories[i].beats, false) == stories[i].bond, "bond: %s", stories[i].what);
		check(run(stories[i].beats, true) == stories[i].team, "team: %s", stories[i].what);
	}
	return unit_done();
}
