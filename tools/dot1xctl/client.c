// SPDX-License-Identifier: GPL-2.0
/*
 * dot1xctl client: show, authorize, del.
 */
#include "dot1xctl.h"

static int client_authorize(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &client_keywords, IN_AUTHORIZE, DOT1X_CMD_CLIENT_AUTHORIZE);
}

static int client_del(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &client_keywords, IN_DEL, DOT1X_CMD_CLIENT_DEL);
}

/*
 * A client that is named whole is asked for: its absence is an error. Of a
 * device without any, the kernel says whether it is a port at all.
 */
static int fetch(struct tool *tool, const struct words *words, struct replies *replies)
{
	int status;

	if (words_count(words, CLIENT_DEV, CLIENT_MAC) == 2)
		return words_talk(tool, DOT1X_CMD_CLIENT_GET, 0, words, replies);

	status = view_fetch(tool, &client_view, words, replies);
	if (!status && !replies->count && words->at[CLIENT_DEV].given)
		status = words_talk(tool, DOT1X_CMD_PORT_GET, 0, words, NULL);
	return status;
}

static int client_show(struct tool *tool, struct args *args)
{
	return view_show(tool, args, &client_view, &client_keywords, IN_SHOW, fetch);
}

int client_main(struct tool *tool, struct args *args)
{
	static const struct command commands[] = {
		{ "show", client_show },
		{ "authorize", client_authorize },
		{ "del", client_del },
	};

	return object_run(tool, client_keywords.usage, commands,
			  sizeof(commands) / sizeof(*commands), client_show, args);
}
