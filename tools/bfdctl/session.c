// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl session: add, set, del, show.
 */
#include "../lib/error.h"
#include "bfdctl.h"

static int session_add(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &session_keywords, IN_ADD, BFD_CMD_SESSION_NEW);
}

static int session_set(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &session_keywords, IN_SET, BFD_CMD_SESSION_SET);
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
	struct replies replies = { 0 };
	struct words words;
	int status;

	if (command_helped(args, session_keywords.usage))
		return STATUS_OK;
	status = words_parse(args, &session_keywords, IN_SHOW, &words);
	if (!status)
		status = fetch(tool, &words, &replies);
	if (!status)
		view_list(tool, &session_view, &replies);
	return status;
}

int session_main(struct tool *tool, struct args *args)
{
	static const struct command commands[] = {
		{ "add", session_add },
		{ "set", session_set },
		{ "del", session_del },
		{ "show", session_show },
	};

	if (command_helped(args, session_keywords.usage))
		return STATUS_OK;
	if (!args_peek(args))
		return session_show(tool, args);
	return command_run(tool, "command", commands, sizeof(commands) / sizeof(*commands), args);
}
