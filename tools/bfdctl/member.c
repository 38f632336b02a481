// SPDX-License-Identifier: GPL-2.0
/*
 * What is to be done with a member of a LAG: pure, no clock, no I/O.
 *
 * A member is taken out when its session fails while it has a carrier: what has none is
 * left out by the LAG itself. The carrier comes back long before the session does, and
 * to be put back takes it away for seconds; so a session that failed then has some time
 * to come Up.
 */
#include "lag.h"

void member_link(struct member *member, enum member_place place, bool running, bool stays,
		 uint64_t now_ms, uint64_t settle_ms)
{
	if (running && !member->running)
		member->settled_ms = now_ms + settle_ms;
	member->running = running;
	/* Somebody else put it back; or a port that was to come back, and is no more */
	if (place == PLACE_LOST || stays == (place != PLACE_PORT))
		member->out = false;
	member->place = place;
}

/* An administrator's word, at either end, says nothing about the path (RFC 5882 4.2). */
static bool is_of_the_path(enum bfd_state remote, enum bfd_diag diag)
{
	return diag != BFD_DIAG_NONE && diag != BFD_DIAG_ADMIN_DOWN &&
	       remote != BFD_STATE_ADMIN_DOWN;
}

void member_state(struct member *member, enum bfd_state state, enum bfd_state remote,
		  enum bfd_diag diag)
{
	bool was_up = member->up || !member->known;

	/* From Up to Init it goes through Down, of which we were not told */
	if (member->up && state == BFD_STATE_INIT && remote != BFD_STATE_ADMIN_DOWN)
		member->failed = true;
	member->session = true;
	member->known = true;
	member->up = state == BFD_STATE_UP;
	if (state == BFD_STATE_DOWN && was_up && is_of_the_path(remote, diag))
		member->failed = true;
	if (state != BFD_STATE_UP)
		return;
	member->failed = false;
	member->settled_ms = 0;
}

void member_sessionless(struct member *member)
{
	member->session = false;
	member->known = false;
	member->up = false;
	member->failed = false;
	member->made = false;
}

/* What it is, and what its session says it is to be, differ. */
static bool is_to_change(const struct member *member)
{
	return member->out ? member->up : member->failed && member->running;
}

enum member_step member_next(const struct member *member, uint64_t now_ms)
{
	if (member->place != PLACE_PORT && !member->out)
		return member->session ? MEMBER_DELETE_SESSION : MEMBER_FORGET;
	/* Whoever deleted the session of one that is out has it for himself */
	if (member->place != PLACE_PORT && !member->session)
		return MEMBER_FORGET;
	if (!member->made && !member->refused)
		return MEMBER_MAKE_SESSION;
	if (!is_to_change(member) || now_ms < member->settled_ms)
		return MEMBER_KEEP;
	return member->out ? MEMBER_PUT_BACK : MEMBER_TAKE_OUT;
}

int member_wait(const struct member *member, uint64_t now_ms)
{
	if (!is_to_change(member) || now_ms >= member->settled_ms)
		return -1;
	return member->settled_ms - now_ms;
}
