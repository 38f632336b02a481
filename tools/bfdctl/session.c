// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl session: add, set, del, show.
 */
#include "../lib/error.h"
#include "bfdctl.h"

static void session_usage(FILE *out)
{
	fputs("Usage: bfdctl session add KEY [PARAMS]\n"
	      "       bfdctl session set { KEY | id N } PARAMS\n"
	      "       bfdctl session del { KEY | id N | all }\n"
	      "       bfdctl [ -j ] [ -s ] session show [ KEY | id N | state STATE | dev IF ]\n"
	      "\n"
	      "KEY    := peer ADDR [ local ADDR ] [ dev IF ] [ vrf VRF ] [ multihop ]\n"
	      "PARAMS := [ tx TIME ] [ rx TIME ] [ mult N ] [ passive { on | off } ]\n"
	      "          [ admin { up | down } ] [ min-ttl N ] [ discriminator N ]\n"
	      "STATE  := { admin-down | down | init | up }\n"
	      "TIME   := NUMBER[us|ms|s], ms if it has no unit\n"
	      "\n"
	      "Defaults: tx 300ms rx 300ms mult 3 passive off admin up, min-ttl 254 (multihop).\n"
	      "discriminator is for add only; id is the local discriminator, decimal or 0x.\n",
	      out);
}

static bool helped(struct args *args)
{
	if (!command_is_help(args))
		return false;
	session_usage(stdout);
	return true;
}

static int change(struct tool *tool, struct args *args, unsigned int in, uint8_t cmd)
{
	struct words words;
	int status;

	if (helped(args))
		return STATUS_OK;
	status = session_words(args, in, &words);
	if (status)
		return status;
	return words_talk(tool, cmd, 0, &words, NULL);
}

static int session_add(struct tool *tool, struct args *args)
{
	return change(tool, args, IN_ADD, BFD_CMD_SESSION_NEW);
}

static int session_set(struct tool *tool, struct args *args)
{
	return change(tool, args, IN_SET, BFD_CMD_SESSION_SET);
}

static int session_del(struct tool *tool, struct args *args)
{
	return change(tool, args, IN_DEL, BFD_CMD_SESSION_DEL);
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

	if (helped(args))
		return STATUS_OK;
	status = session_words(args, IN_SHOW, &words);
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

	if (helped(args))
		return STATUS_OK;
	if (!args_peek(args))
		return session_show(tool, args);
	return command_run(tool, "command", commands, sizeof(commands) / sizeof(*commands), args);
}
