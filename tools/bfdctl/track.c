// SPDX-License-Identifier: GPL-2.0
/*
 * Track files: a number that says how sessions are, as keepalived(8) reads
 * it. 0: all is well; else the sum of the weights of what is not.
 *
 * A file is written when everything that was to be read has been, so a state
 * that is already past is never written. It takes the place of the old one in
 * one step, whoever reads finds one or the other.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/error.h"
#include "bfdctl.h"

/* What keepalived takes for a failure, rather than for less priority. */
#define WEIGHT_MAX	254

#define TYPE_SIZE	16	/* "single-hop" and its like */

/* Sessions that a file is about; what is not given is any. */
struct selection {
	struct selection *next;
	char peer[ADDR_TEXT_SIZE];
	char local[ADDR_TEXT_SIZE];
	char dev[IFNAMSIZ];
	char vrf[IFNAMSIZ];
	char type[TYPE_SIZE];
	uint32_t remote;
	uint32_t id;
	int weight;
};

struct track_file {
	struct track_file *next;
	const char *path;
	struct selection *selections;
	int value;
	bool written;	/* value is in the file */
};

/* A session that is selected by a file. */
struct tracked {
	struct tracked *next;
	char peer[ADDR_TEXT_SIZE];
	char local[ADDR_TEXT_SIZE];
	char dev[IFNAMSIZ];
	char vrf[IFNAMSIZ];
	char type[TYPE_SIZE];
	uint32_t remote;
	uint32_t id;
	bool well;
	bool seen;	/* since the last sync */
};

static struct track_file *files;
static struct tracked *sessions;

/* ------------------------------------------------------------ words */

static int parse_weight(const char *text, int *weight)
{
	bool negative = *text == '-';
	uint32_t number;
	int status;

	status = parse_u32("weight", text + negative, 1, WEIGHT_MAX, &number);
	if (!status)
		*weight = negative ? -(int)number : (int)number;
	return status;
}

static int parse_address(const char *keyword, const char *value, char text[ADDR_TEXT_SIZE])
{
	struct addr addr;
	int status = parse_unicast(keyword, value, &addr);

	if (!status)
		addr_text(addr.bytes, addr.len, text);
	return status;
}

/* Takes a word that begins a selection or narrows it; *@known: it was one. */
static int take_word(struct args *args, struct selection *to, bool *known)
{
	const char *word = args_peek(args);
	const char *value;
	int status;

	*known = true;
	if (!strcmp(word, "multihop") || !strcmp(word, "sbfd") ||
	    !strcmp(word, "vxlan") || !strcmp(word, "geneve") || !strcmp(word, "micro") ||
	    !strcmp(word, "echo")) {
		snprintf(to->type, sizeof(to->type), "%s", args_next(args));
		return STATUS_OK;
	}
	*known = !strcmp(word, "remote-discriminator") || !strcmp(word, "peer") ||
		 !strcmp(word, "local") || !strcmp(word, "dev") || !strcmp(word, "vrf") ||
		 !strcmp(word, "id") || !strcmp(word, "weight");
	if (!*known)
		return STATUS_OK;
	args_next(args);
	status = args_value(args, word, &value);
	if (status)
		return status;
	switch (*word) {
	case 'p':
		return parse_address(word, value, to->peer);
	case 'l':
		return parse_address(word, value, to->local);
	case 'd':
		return parse_ifname(word, value, to->dev);
	case 'v':
		return parse_ifname(word, value, to->vrf);
	case 'r':
		return parse_u32(word, value, 1, UINT32_MAX, &to->remote);
	case 'i':
		return parse_u32(word, value, 1, UINT32_MAX, &to->id);
	default:
		return parse_weight(value, &to->weight);
	}
}

static bool begins_selection(const char *word)
{
	return !strcmp(word, "peer") || !strcmp(word, "id");
}

/* The words of one selection, the first of which is there. */
static int add_selection(struct args *args, struct track_file *file)
{
	struct selection *selection = calloc(1, sizeof(*selection));
	bool known = true;
	int status;

	if (!selection)
		return error_refused("out of memory");
	selection->weight = -WEIGHT_MAX;
	selection->next = file->selections;
	file->selections = selection;

	status = take_word(args, selection, &known);
	while (!status && known && args_peek(args) && !begins_selection(args_peek(args)))
		status = take_word(args, selection, &known);
	return status;
}

int track_words(struct args *args)
{
	struct track_file *file = calloc(1, sizeof(*file));
	int status;

	if (!file)
		return error_refused("out of memory");
	file->next = files;
	files = file;

	status = args_value(args, "track-file", &file->path);
	while (!status && args_peek(args) && begins_selection(args_peek(args)))
		status = add_selection(args, file);
	if (!status && !file->selections)
		status = error_usage("track-file: of which sessions? (peer ADDR ..., or id N)");
	return status;
}

/* ------------------------------------------------------------ sessions */

static bool fits(const char *wanted, const char *got)
{
	return !*wanted || !strcmp(wanted, got);
}

static bool selects(const struct selection *selection, const struct tracked *session)
{
	return (!selection->id || selection->id == session->id) &&
	       fits(selection->peer, session->peer) && fits(selection->local, session->local) &&
	       fits(selection->dev, session->dev) && fits(selection->vrf, session->vrf) &&
	       fits(selection->type, session->type) &&
	       (!selection->remote || selection->remote == session->remote);
}

static bool is_selected(const struct tracked *session)
{
	const struct selection *selection;
	const struct track_file *file;

	for (file = files; file; file = file->next)
		for (selection = file->selections; selection; selection = selection->next)
			if (selects(selection, session))
				return true;
	return false;
}

/*
 * Whether the session gives no cause to move traffic. An administrator's word,
 * at either end, says nothing about the path (RFC 5882 4.2); a peer that is
 * heard again leaves things as they were until both hear each other.
 */
static bool is_well(struct json_object *record, bool was)
{
	const char *state = record_string(record, "local-state");

	if (!strcmp(state, "init"))
		return was;
	return !strcmp(state, "up") || !strcmp(state, "admin-down") ||
	       !strcmp(record_string(record, "remote-state"), "admin-down");
}

static void copy(char *to, size_t size, struct json_object *record, const char *name)
{
	snprintf(to, size, "%s", record_string(record, name));
}

void track_record(struct json_object *record)
{
	struct tracked **at = &sessions;
	struct tracked now = {
		.id = strtoul(record_string(record, "local-discriminator"), NULL, 10),
		.remote = strtoul(record_string(record, "remote-discriminator"), NULL, 10),
		.seen = true,
	};
	struct tracked *session;

	copy(now.peer, sizeof(now.peer), record, "peer");
	copy(now.local, sizeof(now.local), record, "local");
	copy(now.dev, sizeof(now.dev), record, "dev");
	copy(now.vrf, sizeof(now.vrf), record, "vrf");
	copy(now.type, sizeof(now.type), record, "type");

	while (*at && (*at)->id != now.id)
		at = &(*at)->next;
	session = *at;
	now.well = is_well(record, session && session->well);
	if (session)
		now.next = session->next;
	if (!strcmp(record_string(record, "event"), "del") || !is_selected(&now)) {
		if (session)
			*at = now.next;
		free(session);
		return;
	}
	if (!session)
		session = malloc(sizeof(*session));
	if (!session) {
		warning("out of memory, session %u is not tracked", now.id);
		return;
	}
	*session = now;
	*at = session;
}

void track_synced(void)
{
	struct tracked **at = &sessions;
	struct tracked *session;

	while ((session = *at)) {
		if (session->seen) {
			session->seen = false;
			at = &session->next;
		} else {
			*at = session->next;
			free(session);
		}
	}
}

void track_forget(void)
{
	struct tracked *session;

	while ((session = sessions)) {
		sessions = session->next;
		free(session);
	}
}

/* ------------------------------------------------------------ files */

/* A selection is well if it selects something, all of which is. */
static int weight_of(const struct selection *selection)
{
	const struct tracked *session;
	bool any = false;

	for (session = sessions; session; session = session->next) {
		if (!selects(selection, session))
			continue;
		any = true;
		if (!session->well)
			return selection->weight;
	}
	return any ? 0 : selection->weight;
}

static int value_of(const struct track_file *file)
{
	const struct selection *selection;
	int value = 0;

	for (selection = file->selections; selection; selection = selection->next)
		value += weight_of(selection);
	return value < -WEIGHT_MAX ? -WEIGHT_MAX : value > WEIGHT_MAX ? WEIGHT_MAX : value;
}

static bool replace_file(const char *path, int value)
{
	char *new_path;
	FILE *out;
	bool ok;

	if (asprintf(&new_path, "%s.new", path) < 0)
		return false;
	out = fopen(new_path, "we");
	ok = out && fprintf(out, "%d\n", value) > 0;
	if (out && fclose(out))
		ok = false;
	ok = ok && !rename(new_path, path);
	free(new_path);
	return ok;
}

bool track_write(void)
{
	struct track_file *file;
	bool ok = true;
	int value;

	for (file = files; file; file = file->next) {
		value = value_of(file);
		if (file->written && value == file->value)
			continue;
		file->written = replace_file(file->path, value);
		if (!file->written && ok)
			warning("cannot write \"%s\": %s", file->path, strerror(errno));
		ok = ok && file->written;
		file->value = value;
	}
	return ok;
}

void track_free(void)
{
	struct selection *selection;
	struct track_file *file;

	while ((file = files)) {
		while ((selection = file->selections)) {
			file->selections = selection->next;
			free(selection);
		}
		files = file->next;
		free(file);
	}
	track_forget();
}
