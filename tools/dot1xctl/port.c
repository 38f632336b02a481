// SPDX-License-Identifier: GPL-2.0
/*
 * dot1xctl port: add, set, del, show, reauthenticate, initialize.
 */
#include "../lib/error.h"
#include "dot1xctl.h"

static int port_add(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &port_keywords, IN_ADD, DOT1X_CMD_PORT_NEW);
}

static int port_set(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &port_keywords, IN_SET, DOT1X_CMD_PORT_SET);
}

static int port_del(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &port_keywords, IN_DEL, DOT1X_CMD_PORT_DEL);
}

static int port_reauthenticate(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &port_keywords, IN_REAUTHENTICATE, DOT1X_CMD_PORT_REAUTHENTICATE);
}

static int port_initialize(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &port_keywords, IN_INITIALIZE, DOT1X_CMD_PORT_INITIALIZE);
}

static int port_show(struct tool *tool, struct args *args)
{
	struct replies replies = { 0 };
	struct words words;
	int status;

	if (command_helped(args, port_keywords.usage))
		return STATUS_OK;
	status = words_parse(args, &port_keywords, IN_SHOW, &words);
	if (status)
		return status;

	if (words.at[PORT_DEV].given)
		status = words_talk(tool, DOT1X_CMD_PORT_GET, 0, &words, &replies);
	else
		status = view_fetch(tool, &port_view, NULL, &replies);
	if (!status)
		view_list(tool, &port_view, &replies);
	return status;
}

int port_main(struct tool *tool, struct args *args)
{
	static const struct command commands[] = {
		{ "add", port_add },
		{ "set", port_set },
		{ "del", port_del },
		{ "show", port_show },
		{ "reauthenticate", port_reauthenticate },
		{ "initialize", port_initialize },
	};

	if (command_helped(args, port_keywords.usage))
		return STATUS_OK;
	if (!args_peek(args))
		return port_show(tool, args);
	return command_run(tool, "command", commands, sizeof(commands) / sizeof(*commands), args);
}
