// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl lag: micro sessions on the ports of a LAG (RFC 7130), and what becomes of a
 * port whose session fails.
 *
 * What is there comes from the kernel, of devices and of sessions: everything at the
 * beginning, and again when events were lost; a step is only ever taken from what is
 * known now, see member.c. Nothing is undone at the end, so whoever comes next finds
 * the ports that were taken out: a team's say so, and a bond's have a session with our
 * peer but no master.
 *
 * A bond that loses its last port gives itself a random MAC address (bond_main.c,
 * __bond_release_one()). Even so the last one is taken out like any other: a LAG that
 * has no path must be seen to be down. It gets its address back at once; nobody can
 * have seen the other, for there is no port to send by. Having been set, it stays when
 * the next port comes in.
 */
#include <stdlib.h>
#include <string.h>

#include "../lib/error.h"
#include "../lib/log.h"
#include "bfdctl.h"
#include "lag.h"

#define RETRY_MS	1000	/* of reading the devices */
#define SLOW_TX_US	1000000	/* RFC 5880 6.8.3, while a session is not Up */
#define HANDSHAKE	3	/* packets from Down to Up, and one to spare */

static struct {
	struct tool *tool;
	struct words words;	/* of the command line; dev is the LAG */
	char peer[ADDR_TEXT_SIZE];
	char local[ADDR_TEXT_SIZE];

	struct link link;	/* ifindex 0: there is none that is fit */
	bool is_team;
	uint64_t settle_ms;	/* how long a session may take to come Up again */
	bool stale;		/* devices are to be read anew */
	bool adopted;		/* what was taken out before us is known */
	struct member *members;
} lag;

static const char *lag_name(void)
{
	return lag.words.at[KW_DEV].name;
}

static void say(const struct member *member, const char *what)
{
	fprintf(lag.tool->print.out, "%s: %s %s\n", lag_name(), member->name, what);
	fflush(lag.tool->print.out);
}

/* ------------------------------------------------------------ members */

static struct member *find(const char *name)
{
	struct member *member = lag.members;

	while (member && strcmp(member->name, name))
		member = member->next;
	return member;
}

static struct member *add(const char *name)
{
	struct member *member = calloc(1, sizeof(*member));

	if (!member) {
		warning("out of memory, %s is not followed", name);
		return NULL;
	}
	snprintf(member->name, sizeof(member->name), "%s", name);
	member->next = lag.members;
	lag.members = member;
	return member;
}

static bool has_port(void)
{
	const struct member *member = lag.members;

	while (member && member->place != PLACE_PORT)
		member = member->next;
	return member;
}

/* ------------------------------------------------------------ devices */

static void take_lag(const struct link *link)
{
	bool is_team = !strcmp(link->kind, "team");

	if (strcmp(link->name, lag_name()) || (!is_team && strcmp(link->kind, "bond")))
		return;
	lag.link = *link;
	lag.link.name = NULL;	/* what tells of it goes */
	lag.link.kind = NULL;
	lag.is_team = is_team;
}

static void take_device(const struct link *link)
{
	struct member *member = find(link->name);
	bool is_port = link->master && link->master == lag.link.ifindex;
	bool is_candidate = !lag.adopted && lag.link.ifindex && !lag.is_team && !link->master;

	if (!member && (is_port || is_candidate)) {
		member = add(link->name);
		if (member)
			member->out = is_candidate;
	}
	if (!member)
		return;
	member->found = true;
	member->ifindex = link->ifindex;
	member->mtu = link->mtu;
	member_link(member, is_port ? PLACE_PORT : link->master ? PLACE_LOST : PLACE_FREE,
		    link->running, lag.is_team, now_ms(), lag.settle_ms);
}

static void take_unused(int port)
{
	struct member *member;

	for (member = lag.members; member; member = member->next)
		if (member->ifindex == port)
			member->out = true;
}

/*
 * The LAG and its ports. When we begin, whatever has no master may be a port that a
 * predecessor took out of a bond: it is one if it turns out to have our session.
 */
static int read_devices(void)
{
	struct member *member;
	int status;

	lag.stale = false;
	lag.link.ifindex = 0;
	status = link_dump(take_lag);
	if (status)
		return status;
	for (member = lag.members; member; member = member->next) {
		member->found = false;
		member->refused = false;
	}
	status = link_dump(take_device);
	if (status)
		return status;
	for (member = lag.members; member; member = member->next)
		if (!member->found || !lag.link.ifindex)
			member_link(member, PLACE_LOST, false, lag.is_team, now_ms(),
				    lag.settle_ms);
	return STATUS_OK;
}

/* Events say that something happened; what is so now is read once for all of them. */
static void take_event(const struct link *link)
{
	const struct member *member;

	if (!link || !strcmp(link->name, lag_name()) ||
	    (lag.link.ifindex && (link->master == lag.link.ifindex ||
				  link->ifindex == lag.link.ifindex)))
		lag.stale = true;
	for (member = lag.members; member && link && !lag.stale; member = member->next)
		lag.stale = link->ifindex == member->ifindex || !strcmp(link->name, member->name);
}

/* ------------------------------------------------------------ sessions */

/* The value that is called so in @record, or @count. */
static uint32_t value_of(struct json_object *record, const char *name,
			 const char *(*text)(uint64_t), uint32_t count)
{
	const char *value = record_string(record, name);
	uint32_t i;

	for (i = 0; i < count && strcmp(text(i), value); i++)
		;
	return i;
}

static bool is_ours(struct json_object *record)
{
	return !strcmp(record_string(record, "type"), "micro") &&
	       !strcmp(record_string(record, "peer"), lag.peer) &&
	       !strcmp(record_string(record, "local"), lag.local);
}

static void lag_record(struct json_object *record)
{
	const char *event = record_string(record, "event");
	struct member *member;
	const char *state;

	if (!is_ours(record))
		return;
	member = find(record_string(record, "dev"));
	if (!member)
		return;
	if (!strcmp(event, "del")) {
		member_sessionless(member);
		return;
	}
	member->told |= !strcmp(event, "sync");
	/* Up that is kept back is not known here either. */
	state = strcmp(event, "state") ? "reported-state" : "to";
	member_state(member, value_of(record, state, state_name, __BFD_STATE_MAX),
		     value_of(record, "remote-state", state_name, __BFD_STATE_MAX),
		     value_of(record, "local-diagnostic", diag_name, __BFD_DIAG_MAX));
}

static void lag_synced(void)
{
	struct member *member;

	for (member = lag.members; member; member = member->next) {
		if (!member->told)
			member_sessionless(member);
		member->told = false;
	}
	lag.adopted = true;
}

/* The words of a member's session. */
static struct words session_words(const struct member *member, bool params)
{
	struct words words = lag.words;
	int i;

	words.table = &session_keywords;
	for (i = KW_TX; i < KW_COUNT && !params; i++)
		words.at[i].given = false;
	snprintf(words.at[KW_DEV].name, sizeof(words.at[KW_DEV].name), "%s", member->name);
	words.at[KW_MICRO].given = true;
	return words;
}

static void make_session(struct member *member)
{
	struct words words = session_words(member, true);

	if (session_make(lag.tool, &words)) {
		member->refused = true;
		return;
	}
	if (!member->session)
		say(member, "has a session");
	member->session = true;
	member->made = true;
}

static void delete_session(struct member *member)
{
	struct words words = session_words(member, false);

	if (!words_talk(lag.tool, BFD_CMD_SESSION_DEL, 0, &words, NULL))
		say(member, "left, and has no session any more");
	member_sessionless(member);
}

/* ------------------------------------------------------------ in and out */

/* Of a bond. It shuts the device, whose session could not come Up then. */
static const char *leave(struct member *member)
{
	const char *why = link_leave(member->ifindex);
	const char *other;

	if (why)
		return why;
	member->place = PLACE_FREE;
	other = has_port() ? NULL :
		link_address(lag.link.ifindex, lag.link.mac, lag.link.mac_len);
	if (other)
		warning("%s: cannot have its MAC address back: %s", lag_name(), other);
	other = link_up(member->ifindex, member->mtu);
	if (other)
		warning("%s: %s cannot be set up: %s", lag_name(), member->name, other);
	return NULL;
}

/* To a bond, which takes what is down, and sets it up itself. */
static const char *join(struct member *member)
{
	const char *why = link_down(member->ifindex);

	if (!why)
		why = link_join(member->ifindex, lag.link.ifindex);
	if (!why)
		member->place = PLACE_PORT;
	return why;
}

static void take_out(struct member *member)
{
	const char *why = lag.is_team ? team_use(lag.link.ifindex, member->ifindex, false) :
					leave(member);

	if (why) {
		warning("%s: %s cannot be taken out: %s", lag_name(), member->name, why);
		member->settled_ms = now_ms() + MEMBER_RETRY_MS;
		return;
	}
	member->out = true;
	say(member, "failed, and is taken out");
}

static void put_back(struct member *member)
{
	const char *why = lag.is_team ? team_use(lag.link.ifindex, member->ifindex, true) :
					join(member);

	if (why) {
		warning("%s: %s cannot be put back: %s", lag_name(), member->name, why);
		member->settled_ms = now_ms() + MEMBER_RETRY_MS;
		if (!lag.is_team)
			link_up(member->ifindex, member->mtu);
		return;
	}
	member->out = false;
	member->settled_ms = now_ms() + lag.settle_ms;
	say(member, "is up, and is put back");
}

/* ------------------------------------------------------------ the command */

/* Does what is to be done with one member. Returns false when it is to be forgotten. */
static bool settle(struct member *member)
{
	for (;;) {
		switch (member_next(member, now_ms())) {
		case MEMBER_MAKE_SESSION:
			make_session(member);
			break;
		case MEMBER_DELETE_SESSION:
			delete_session(member);
			break;
		case MEMBER_TAKE_OUT:
			take_out(member);
			break;
		case MEMBER_PUT_BACK:
			put_back(member);
			break;
		case MEMBER_KEEP:
			return true;
		case MEMBER_FORGET:
			return false;
		}
	}
}

static bool lag_run(int *wait_ms)
{
	struct member **at = &lag.members;
	struct member *member;
	int wait;

	if (lag.stale && read_devices()) {
		lag.stale = true;
		*wait_ms = RETRY_MS;
		return false;
	}
	while ((member = *at)) {
		if (!settle(member)) {
			*at = member->next;
			free(member);
			continue;
		}
		at = &member->next;
		wait = member_wait(member, now_ms());
		if (wait >= 0 && (*wait_ms < 0 || wait < *wait_ms))
			*wait_ms = wait;
	}
	return false;
}

static int lag_begin(struct tool *tool, int *fd)
{
	int status;

	lag.tool = tool;
	status = link_open(fd);
	if (!status)
		status = read_devices();
	if (!status && lag.link.ifindex && lag.is_team)
		status = team_unused(lag.link.ifindex, take_unused);
	return status;
}

static int lag_read(void)
{
	return link_events(take_event);
}

static int lag_end(int status)
{
	struct member *member;

	while ((member = lag.members)) {
		lag.members = member->next;
		free(member);
	}
	link_close();
	auth_forget();
	memset(&lag, 0, sizeof(lag));
	return status;
}

/* Slow packets bring it Up, and then it may be kept back (see "hold-up"). */
static uint64_t settle_time(const struct words *words)
{
	uint64_t tx_us = words->at[KW_TX].given ? words->at[KW_TX].number : 0;
	uint64_t hold_us = words->at[KW_HOLD_UP].given ? words->at[KW_HOLD_UP].number : 0;

	if (words->at[KW_HOLD_UP_MAX].given && words->at[KW_HOLD_UP_MAX].number > hold_us)
		hold_us = words->at[KW_HOLD_UP_MAX].number;
	if (tx_us < SLOW_TX_US)
		tx_us = SLOW_TX_US;
	return MEMBER_SETTLE_MS + (hold_us + HANDSHAKE * tx_us) / 1000;
}

static int read_words(struct args *args, struct monitor_words *words)
{
	static const struct monitor_sink sink = {
		.begin = lag_begin,
		.read = lag_read,
		.record = lag_record,
		.synced = lag_synced,
		.run = lag_run,
		.end = lag_end,
	};
	const struct addr *peer = &lag.words.at[KW_PEER].addr;
	const struct addr *local = &lag.words.at[KW_LOCAL].addr;
	int status = words_parse(args, &lag_keywords, IN_LAG, &lag.words);

	if (status) {
		auth_forget();
		return status;
	}
	addr_text(peer->bytes, peer->len, lag.peer);
	addr_text(local->bytes, local->len, lag.local);
	lag.settle_ms = settle_time(&lag.words);
	words->initial = true;
	words->sink = &sink;
	return STATUS_OK;
}

int lag_main(struct tool *tool, struct args *args)
{
	static const struct view *const views[] = { &session_view, NULL };
	const struct monitor_ops ops = {
		.usage = lag_keywords.usage,
		.words = read_words,
		.objects = "sessions",
		.views = views,
		.event = print_session_event,
	};

	return monitor_run(tool, args, &ops);
}
