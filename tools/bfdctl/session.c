// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl session: add, set, del, show.
 */
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
	return view_show(tool, args, &session_view, &session_keywords, IN_SHOW, fetch);
}

int session_main(struct tool *tool, struct args *args)
{
	static const struct command commands[] = {
		{ "add", session_add },
		{ "set", session_set },
		{ "del", session_del },
		{ "show", session_show },
	};

	return object_run(tool, session_keywords.usage, commands,
			  sizeof(commands) / sizeof(*commands), session_show, args);
}
