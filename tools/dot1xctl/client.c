// SPDX-License-Identifier: GPL-2.0
/*
 * dot1xctl client: show, authorize, del.
 */
#include "../lib/error.h"
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
	struct replies replies = { 0 };
	struct words words;
	int status;

	if (command_helped(args, client_keywords.usage))
		return STATUS_OK;
	status = words_parse(args, &client_keywords, IN_SHOW, &words);
	if (!status)
		status = fetch(tool, &words, &replies);
	if (!status)
		view_list(tool, &client_view, &replies);
	return status;
}

int client_main(struct tool *tool, struct args *args)
{
	static const struct command commands[] = {
		{ "show", client_show },
		{ "authorize", client_authorize },
		{ "del", client_del },
	};

	if (command_helped(args, client_keywords.usage))
		return STATUS_OK;
	if (!args_peek(args))
		return client_show(tool, args);
	return command_run(tool, "command", commands, sizeof(commands) / sizeof(*commands), args);
}
