// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl reflector: add, replace, set, del, show S-BFD reflectors.
 */
#include <string.h>

#include "../lib/attr.h"
#include "../lib/error.h"
#include "bfdctl.h"

#define INDENT		4
#define STATE_WIDTH	10	/* "admin-down", as a session's */

enum {
	RW_DISCRIMINATOR,
	RW_ALL,
	RW_LOCAL,
	RW_RX,
	RW_RATE,
	RW_MIN_TTL,
	RW_ADMIN,
	RW_COUNT
};

#define IN_CHANGE	(IN_ADD | IN_SET | IN_REPLACE)

static const char *const up_down[] = { "up", "down", NULL };
static const char *const command_names[] = { "add", "set", "del", "show", "replace" };

static const struct keyword keywords[RW_COUNT] = {
	[RW_DISCRIMINATOR] = KEYWORD("discriminator", VALUE_U32, IN_CHANGE | IN_DEL | IN_SHOW,
			BFD_A_LOCAL_DISCRIMINATOR,
			.min = 1, .max = UINT32_MAX),
	[RW_ALL] = KEYWORD("all", VALUE_NONE, IN_DEL, BFD_A_UNSPEC),
	[RW_LOCAL] = KEYWORD("local", VALUE_ADDR, IN_ADD | IN_REPLACE, BFD_A_LOCAL),
	[RW_RX] = KEYWORD("rx", VALUE_TIME_US, IN_CHANGE, BFD_A_REQUIRED_MIN_RX_US,
			.min = 1000, .max = UINT32_MAX),
	[RW_RATE] = KEYWORD("rate", VALUE_U32, IN_CHANGE, BFD_A_REPLY_RATE,
			.min = 1, .max = 1000000),
	[RW_MIN_TTL] = KEYWORD("min-ttl", VALUE_U8, IN_CHANGE, BFD_A_MIN_TTL,
			.min = 1, .max = UINT8_MAX),
	[RW_ADMIN] = KEYWORD("admin", VALUE_CHOICE, IN_CHANGE, BFD_A_ADMIN_DOWN,
			.choices = up_down),
};

static int check(const struct words *words, unsigned int in)
{
	bool one = words->at[RW_DISCRIMINATOR].given;

	if (one && words->at[RW_ALL].given)
		return error_usage("\"discriminator\" and \"all\" exclude each other");
	if (!one && !words->at[RW_ALL].given && in != IN_SHOW)
		return error_usage("reflector %s: \"discriminator\"%s is missing",
				   command_name(words->table, in), in == IN_DEL ? " or \"all\"" : "");
	if (in == IN_SET && !words_count(words, RW_RX, RW_ADMIN))
		return error_usage("reflector set: nothing to change");
	return STATUS_OK;
}

static const char usage[] =
	"Usage: bfdctl reflector add discriminator N [ local ADDR ] [ PARAMS ]\n"
	"       bfdctl reflector replace discriminator N [ local ADDR ] [ PARAMS ]\n"
	"       bfdctl reflector set discriminator N PARAMS\n"
	"       bfdctl reflector del { discriminator N | all }\n"
	"       bfdctl [ -j ] [ -s ] reflector show [ discriminator N ]\n"
	"\n"
	"PARAMS := [ rx TIME ] [ rate N ] [ min-ttl N ] [ admin { up | down } ]\n"
	"TIME   := NUMBER[us|ms|s], ms if it has no unit\n"
	"\n"
	"Defaults: rx 10ms rate 10000 min-ttl 1 admin up. A reflector answers S-BFD requests\n"
	"for its discriminator at local, or at all our addresses. rx is how often each\n"
	"initiator may ask, rate how many answers a second all of them get at most. With\n"
	"admin down it answers that what it stands for is out of service.\n";

static const struct keywords reflector_keywords = {
	.tool = "bfdctl",
	.object = "reflector",
	.usage = usage,
	.commands = command_names,
	.at = keywords,
	.count = RW_COUNT,
	.check = check,
};

static int reflector_add(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &reflector_keywords, IN_ADD, BFD_CMD_REFLECTOR_NEW);
}

static int reflector_set(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &reflector_keywords, IN_SET, BFD_CMD_REFLECTOR_SET);
}

static int reflector_del(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &reflector_keywords, IN_DEL, BFD_CMD_REFLECTOR_DEL);
}

/* Parameters that were not given get the value they have in a new reflector. */
static void complete(struct words *words)
{
	static const uint32_t presets[RW_COUNT] = {
		[RW_RX] = 10000,
		[RW_RATE] = 10000,
		[RW_MIN_TTL] = 1,
		[RW_ADMIN] = 0,
	};
	int i;

	for (i = RW_RX; i <= RW_ADMIN; i++) {
		if (words->at[i].given)
			continue;
		words->at[i].given = true;
		words->at[i].number = presets[i];
	}
}

/* Whether there is one with the discriminator of @words, and where it answers. */
static int find(struct tool *tool, const struct words *words, bool *exists, struct addr *local)
{
	struct replies replies = { 0 };
	struct nlattr *tb[ATTRS];
	int status;
	size_t i;

	*exists = false;
	status = words_talk(tool, BFD_CMD_REFLECTOR_GET, NLM_F_DUMP, NULL, &replies);
	for (i = 0; i < replies.count && !*exists; i++) {
		if (!message_parse(replies.msg[i], tb) ||
		    get_uint(tb[BFD_A_LOCAL_DISCRIMINATOR]) != words->at[RW_DISCRIMINATOR].number)
			continue;
		*exists = true;
		*local = get_addr(tb[BFD_A_LOCAL]);
	}
	replies_free(&replies);
	return status;
}

/* Where it answers cannot be set: another address makes it another reflector. */
static int replace(struct tool *tool, struct words *words, const struct addr *local)
{
	struct words old = { .table = words->table };
	const struct addr *wanted = &words->at[RW_LOCAL].addr;
	int status;

	if (local->len == wanted->len && !memcmp(local->bytes, wanted->bytes, local->len)) {
		words->at[RW_LOCAL].given = false;
		return words_talk(tool, BFD_CMD_REFLECTOR_SET, 0, words, NULL);
	}
	old.at[RW_DISCRIMINATOR] = words->at[RW_DISCRIMINATOR];
	status = words_talk(tool, BFD_CMD_REFLECTOR_DEL, 0, &old, NULL);
	return status ? status : words_talk(tool, BFD_CMD_REFLECTOR_NEW, 0, words, NULL);
}

static int reflector_replace(struct tool *tool, struct args *args)
{
	struct addr local = { 0 };
	struct words words;
	bool exists;
	int status;

	if (command_helped(args, usage))
		return STATUS_OK;
	status = words_parse(args, &reflector_keywords, IN_REPLACE, &words);
	if (!status)
		status = find(tool, &words, &exists, &local);
	if (status)
		return status;
	complete(&words);
	return exists ? replace(tool, &words, &local) :
	       words_talk(tool, BFD_CMD_REFLECTOR_NEW, 0, &words, NULL);
}

static int fetch(struct tool *tool, const struct words *words, struct replies *replies)
{
	if (words->at[RW_DISCRIMINATOR].given)
		return words_talk(tool, BFD_CMD_REFLECTOR_GET, 0, words, replies);
	return view_fetch(tool, &reflector_view, words, replies);
}

static int reflector_show(struct tool *tool, struct args *args)
{
	return view_show(tool, args, &reflector_view, &reflector_keywords, IN_SHOW, fetch);
}

void save_reflector(FILE *out, struct nlattr **tb)
{
	int i;

	fputs("reflector replace", out);
	for (i = 0; i < RW_COUNT; i++)
		if (keywords[i].in & IN_REPLACE && (i != RW_ADMIN || get_uint(tb[BFD_A_ADMIN_DOWN])))
			keyword_save(out, &keywords[i], tb[keywords[i].attr]);
	fputc('\n', out);
}

/* What it answers comes first, as the state of a session does. */
static void print_reflector(struct print *p, struct nlattr **tb, bool statistics)
{
	bool down = get_uint(tb[BFD_A_ADMIN_DOWN]);
	struct addr local = get_addr(tb[BFD_A_LOCAL]);
	struct nlattr *st[ATTRS];

	nest_parse(tb[BFD_A_STATISTICS], st);
	print_width(p, STATE_WIDTH);
	print_state(p, NULL, "", down ? BFD_STATE_ADMIN_DOWN : BFD_STATE_UP);
	print_u64(p, "discriminator", "discriminator", get_uint(tb[BFD_A_LOCAL_DISCRIMINATOR]));
	print_addr(p, "local", "local", local.bytes, local.len);
	print_str(p, "admin", NULL, down ? "down" : "up");
	print_time(p, "required-min-rx-interval", "rx", get_uint(tb[BFD_A_REQUIRED_MIN_RX_US]));
	print_u64(p, "rate", "rate", get_uint(tb[BFD_A_REPLY_RATE]));
	print_u64(p, "min-ttl", "min-ttl", get_uint(tb[BFD_A_MIN_TTL]));
	if (statistics) {
		print_line(p, INDENT);
		print_date(p, "create-time", "created", get_uint(st[BFD_STAT_CREATE_TIME_NS]));
	}
	if (!p->json && !statistics)
		return;
	print_line(p, INDENT);
	print_str(p, NULL, "", "packets");
	print_u64(p, "receive-packet-count", "rx", get_uint(st[BFD_STAT_RX_PACKETS]));
	print_u64(p, "send-packet-count", "tx", get_uint(st[BFD_STAT_TX_PACKETS]));
	print_u64(p, "receive-invalid-packet-count", "rx-invalid",
		  get_uint(st[BFD_STAT_RX_INVALID]));
	print_u64(p, "send-failed-packet-count", "tx-failed", get_uint(st[BFD_STAT_TX_FAILED]));
}

const struct view reflector_view = {
	.cmd = BFD_CMD_REFLECTOR_GET,
	.order = {
		{ BFD_A_LOCAL_DISCRIMINATOR, compare_uints },
	},
	.print = print_reflector,
};

int reflector_main(struct tool *tool, struct args *args)
{
	static const struct command commands[] = {
		{ "add", reflector_add },
		{ "replace", reflector_replace },
		{ "set", reflector_set },
		{ "del", reflector_del },
		{ "show", reflector_show },
	};

	return object_run(tool, usage, commands, sizeof(commands) / sizeof(*commands),
			  reflector_show, args);
}
