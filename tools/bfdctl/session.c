// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl session: add, replace, set, poll, del, show.
 */
#include <string.h>

#include "../lib/attr.h"
#include "bfdctl.h"

static int change(struct tool *tool, struct args *args, unsigned int in, uint8_t cmd)
{
	int status = words_change(tool, args, &session_keywords, in, cmd);

	auth_forget();
	return status;
}

static int session_add(struct tool *tool, struct args *args)
{
	return change(tool, args, IN_ADD, BFD_CMD_SESSION_NEW);
}

static int session_set(struct tool *tool, struct args *args)
{
	return change(tool, args, IN_SET, BFD_CMD_SESSION_SET);
}

/* A word of a key says the same as @nla; one of a parameter, unless it is not given. */
static bool same(const struct keyword *kw, const struct word *word, const struct nlattr *nla)
{
	const char *name = get_string(nla);
	struct addr addr = get_addr(nla);

	switch (kw->kind) {
	case VALUE_ADDR:
		return word->given ? addr.len == word->addr.len &&
				     !memcmp(addr.bytes, word->addr.bytes, addr.len) : !addr.len;
	case VALUE_NAME:
		return word->given ? name && !strcmp(name, word->name) : !name;
	case VALUE_NONE:
		/* A type: none of those not given */
		return word->given == (get_uint(nla) == kw->min);
	case VALUE_OWN:
		return !word->given || auth_same(nla);
	default:
		return !word->given || get_uint(nla) == word->number;
	}
}

/* Whether the session @tb is what the words from @first to @last say. */
static bool matches(const struct words *words, int first, int last, struct nlattr **tb)
{
	const struct keyword *kw = words->table->at;
	int i;

	for (i = first; i <= last; i++)
		if (!same(&kw[i], &words->at[i], tb[kw[i].attr]))
			return false;
	return true;
}

/*
 * Whether there is a session with the key of @words, and if so, whether it is
 * already what they say. One that a policy made yields to a new one.
 */
static int find_equal(struct tool *tool, const struct words *words, bool *exists, bool *equal)
{
	struct words key = { .table = words->table };
	struct replies replies = { 0 };
	struct nlattr *tb[ATTRS];
	int status;
	size_t i;

	*exists = false;
	memcpy(&key.at[KW_PEER], &words->at[KW_PEER],
	       (KW_REMOTE_DISCRIMINATOR - KW_PEER + 1) * sizeof(*key.at));
	status = words_talk(tool, BFD_CMD_SESSION_GET, NLM_F_DUMP, &key, &replies);
	for (i = 0; i < replies.count && !*exists; i++) {
		if (!message_parse(replies.msg[i], tb) || get_uint(tb[BFD_A_UNSOLICITED]) ||
		    !matches(words, KW_PEER, KW_REMOTE_DISCRIMINATOR, tb))
			continue;
		*exists = true;
		*equal = matches(words, KW_TX, KW_AUTH, tb);
	}
	replies_free(&replies);
	return status;
}

static int replace(struct tool *tool, struct words *words, bool exists)
{
	if (exists) {
		words->at[KW_DISCRIMINATOR].given = false;
		return words_talk(tool, BFD_CMD_SESSION_SET, 0, words, NULL);
	}
	/* A new session has no key to take away */
	words->at[KW_AUTH].given = auth_count();
	return words_talk(tool, BFD_CMD_SESSION_NEW, 0, words, NULL);
}

/*
 * A session that exists keeps its discriminator, and one that is already what
 * was asked for is left alone: a configuration can be restored over itself.
 */
int session_make(struct tool *tool, struct words *words)
{
	bool exists, equal = false;
	int status;

	words_complete(words);
	status = find_equal(tool, words, &exists, &equal);
	if (!status && !equal)
		status = replace(tool, words, exists);
	return status;
}

static int session_replace(struct tool *tool, struct args *args)
{
	struct words words;
	int status;

	if (command_helped(args, session_keywords.usage))
		return 0;
	status = words_parse(args, &session_keywords, IN_REPLACE, &words);
	if (status)
		return status;
	status = session_make(tool, &words);
	auth_forget();
	return status;
}

static int session_poll(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &session_keywords, IN_POLL, BFD_CMD_SESSION_POLL);
}

static int session_del(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &session_keywords, IN_DEL, BFD_CMD_SESSION_DEL);
}

/*
 * Which sessions the words select: by id it is one; otherwise all that fit.
 * Nothing to a given peer is an error, and the kernel says it best.
 */
static int fetch(struct tool *tool, const struct words *words, struct replies *replies)
{
	int status;

	if (words->at[KW_ID].given)
		return words_talk(tool, BFD_CMD_SESSION_GET, 0, words, replies);

	status = view_fetch(tool, &session_view, words, replies);
	if (!status && !replies->count && words->at[KW_PEER].given && !words->at[KW_STATE].given)
		status = words_talk(tool, BFD_CMD_SESSION_GET, 0, words, replies);
	return status;
}

static int session_show(struct tool *tool, struct args *args)
{
	return view_show(tool, args, &session_view, &session_keywords, IN_SHOW, fetch);
}

int session_main(struct tool *tool, struct args *args)
{
	static const struct command commands[] = {
		{ "add", session_add },
		{ "replace", session_replace },
		{ "set", session_set },
		{ "poll", session_poll },
		{ "del", session_del },
		{ "show", session_show },
	};

	return object_run(tool, session_keywords.usage, commands,
			  sizeof(commands) / sizeof(*commands), session_show, args);
}
