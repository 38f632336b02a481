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

/* One request made of @words, with one answer or none. */
static int talk(struct tool *tool, uint8_t cmd, const struct words *words,
		struct replies *replies)
{
	struct request request = { .keyword = words_keyword, .words = words };
	struct channel *channel;
	int status;

	status = tool_channel(tool, &channel);
	if (status)
		return status;
	request.msg = channel_request(channel, cmd, 0);
	if (request.msg) {
		status = words_put(words, request.msg);
		if (status) {
			nlmsg_free(request.msg);
			return status;
		}
	}
	return channel_talk(channel, &request, replies);
}

static int change(struct tool *tool, struct args *args, unsigned int in, uint8_t cmd)
{
	struct words words;
	int status;

	if (helped(args))
		return STATUS_OK;
	status = words_parse(args, in, &words);
	if (status)
		return status;
	return talk(tool, cmd, &words, NULL);
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
	struct channel *channel;
	int status;

	if (words->at[KW_ID].given)
		return talk(tool, BFD_CMD_SESSION_GET, words, replies);

	status = tool_channel(tool, &channel);
	if (!status)
		status = sessions_fetch(channel, words, replies);
	if (!status && !replies->count && words->at[KW_PEER].given && !words->at[KW_STATE].given)
		status = talk(tool, BFD_CMD_SESSION_GET, words, replies);
	return status;
}

static int session_show(struct tool *tool, struct args *args)
{
	struct nlattr *tb[BFD_A_MAX + 1];
	struct replies replies = { 0 };
	struct words words;
	int status;
	size_t i;

	if (helped(args))
		return STATUS_OK;
	status = words_parse(args, IN_SHOW, &words);
	if (!status)
		status = fetch(tool, &words, &replies);
	if (status)
		return status;

	print_list(&tool->print);
	for (i = 0; i < replies.count; i++) {
		if (!bfd_parse(replies.msg[i], tb))
			continue;
		print_record(&tool->print);
		print_session(&tool->print, tb, tool->statistics);
		print_record_end(&tool->print);
	}
	print_list_end(&tool->print);
	replies_free(&replies);
	return STATUS_OK;
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
