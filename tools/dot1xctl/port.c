// SPDX-License-Identifier: GPL-2.0
/*
 * dot1xctl port: add, set, del, show, reauthenticate, initialize.
 */
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
	return words_change(tool, args, &port_keywords, IN_REAUTHENTICATE,
			    DOT1X_CMD_PORT_REAUTHENTICATE);
}

static int port_initialize(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &port_keywords, IN_INITIALIZE, DOT1X_CMD_PORT_INITIALIZE);
}

static int fetch(struct tool *tool, const struct words *words, struct replies *replies)
{
	if (words->at[PORT_DEV].given)
		return words_talk(tool, DOT1X_CMD_PORT_GET, 0, words, replies);
	return view_fetch(tool, &port_view, words, replies);
}

static int port_show(struct tool *tool, struct args *args)
{
	return view_show(tool, args, &port_view, &port_keywords, IN_SHOW, fetch);
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

	return object_run(tool, port_keywords.usage, commands,
			  sizeof(commands) / sizeof(*commands), port_show, args);
}
