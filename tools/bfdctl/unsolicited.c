// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl unsolicited: add, replace, set, del, show policies of devices, by which peers
 * get sessions that nobody here asked for.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "../lib/attr.h"
#include "../lib/error.h"
#include "bfdctl.h"

#define PREFIX_TEXT_SIZE	(ADDR_TEXT_SIZE + 4)

enum {
	UW_DEV,
	UW_ALL,
	UW_ALLOW,
	UW_MAX_SESSIONS,
	UW_TX,
	UW_RX,
	UW_MULT,
	UW_IDLE,
	UW_COUNT
};

#define IN_CHANGE	(IN_ADD | IN_SET | IN_REPLACE)

/* Addresses that have their first @len bits in common. */
struct prefix {
	struct addr addr;
	uint32_t len;
};

/* What the command line being worked on said. */
static struct {
	struct prefix prefixes[BFD_PREFIXES_MAX];
	unsigned int count;
} given;

/* Whether no bit is set that does not count. */
static bool is_whole(const struct prefix *prefix)
{
	unsigned int bit;

	for (bit = prefix->len; bit < prefix->addr.len * 8u; bit++)
		if (prefix->addr.bytes[bit / 8] & 0x80 >> bit % 8)
			return false;
	return true;
}

static int read_prefix(const char *text, struct prefix *prefix)
{
	size_t end = strcspn(text, "/");
	char address[ADDR_TEXT_SIZE];
	int status = STATUS_OK;

	memset(prefix, 0, sizeof(*prefix));
	if (end >= sizeof(address))
		return error_usage("allow: \"%s\" is not a prefix", text);
	memcpy(address, text, end);
	address[end] = '\0';
	if (inet_pton(AF_INET, address, prefix->addr.bytes) == 1)
		prefix->addr.len = 4;
	else if (inet_pton(AF_INET6, address, prefix->addr.bytes) == 1)
		prefix->addr.len = 16;
	else
		return error_usage("allow: \"%s\" is not a prefix", text);
	prefix->len = prefix->addr.len * 8;
	if (text[end])
		status = parse_u32("allow", text + end + 1, 0, prefix->len, &prefix->len);
	if (!status && !is_whole(prefix))
		status = error_usage("allow: %s has bits beyond its length", text);
	return status;
}

/* What follows the word allow; @again: there was one already. */
static int allow_parse(struct args *args, bool again)
{
	const char *text;
	int status;

	if (!again)
		given.count = 0;
	status = args_value(args, "allow", &text);
	if (status)
		return status;
	if (given.count == BFD_PREFIXES_MAX)
		return error_usage("allow: a policy has %d prefixes at most", BFD_PREFIXES_MAX);
	status = read_prefix(text, &given.prefixes[given.count]);
	given.count += !status;
	return status;
}

static int put_prefix(struct nl_msg *msg, int number, const struct prefix *prefix)
{
	struct nlattr *nest = nla_nest_start(msg, number | NLA_F_NESTED);

	if (!nest ||
	    nla_put(msg, BFD_PREFIX_ADDRESS, prefix->addr.len, prefix->addr.bytes) ||
	    nla_put_u8(msg, BFD_PREFIX_LENGTH, prefix->len))
		return -1;
	return nla_nest_end(msg, nest);
}

static int allow_put(struct nl_msg *msg, int attr)
{
	struct nlattr *list = nla_nest_start(msg, attr | NLA_F_NESTED);
	unsigned int i;

	if (!list)
		return -1;
	for (i = 0; i < given.count; i++)
		if (put_prefix(msg, i + 1, &given.prefixes[i]))
			return -1;
	return nla_nest_end(msg, list);
}

static const char *prefix_text(struct nlattr *nest, char text[PREFIX_TEXT_SIZE])
{
	struct nlattr *tb[ATTRS];
	char address[ADDR_TEXT_SIZE];
	struct addr addr;

	nest_parse(nest, tb);
	addr = get_addr(tb[BFD_PREFIX_ADDRESS]);
	snprintf(text, PREFIX_TEXT_SIZE, "%s/%u", addr_text(addr.bytes, addr.len, address),
		 (uint8_t)get_uint(tb[BFD_PREFIX_LENGTH]));
	return text;
}

static void allow_save(FILE *out, const struct nlattr *nla)
{
	char text[PREFIX_TEXT_SIZE];
	struct nlattr *list[ATTRS];
	int i;

	nest_parse(nla, list);
	for (i = 1; i <= BFD_PREFIXES_MAX && list[i]; i++)
		fprintf(out, " allow %s", prefix_text(list[i], text));
}

static const struct keyword_own allow_own = { allow_parse, allow_put, allow_save };

static const char *const command_names[] = { "add", "set", "del", "show", "replace" };

static const struct keyword keywords[UW_COUNT] = {
	[UW_DEV] = KEYWORD("dev", VALUE_NAME, IN_CHANGE | IN_DEL | IN_SHOW, BFD_A_IFNAME),
	[UW_ALL] = KEYWORD("all", VALUE_NONE, IN_DEL, BFD_A_UNSPEC),
	[UW_ALLOW] = KEYWORD("allow", VALUE_OWN, IN_CHANGE, BFD_A_PREFIXES, .own = &allow_own),
	[UW_MAX_SESSIONS] = KEYWORD("max-sessions", VALUE_U32, IN_CHANGE, BFD_A_MAX_SESSIONS,
			.min = 1, .max = UINT16_MAX),
	[UW_TX] = KEYWORD("tx", VALUE_TIME_US, IN_CHANGE, BFD_A_DESIRED_MIN_TX_US,
			.min = 1000, .max = UINT32_MAX),
	[UW_RX] = KEYWORD("rx", VALUE_TIME_US, IN_CHANGE, BFD_A_REQUIRED_MIN_RX_US,
			.min = 1000, .max = UINT32_MAX),
	[UW_MULT] = KEYWORD("mult", VALUE_U8, IN_CHANGE, BFD_A_DETECT_MULT,
			.min = 1, .max = UINT8_MAX),
	[UW_IDLE] = KEYWORD("idle", VALUE_TIME_US_OR_ZERO, IN_CHANGE, BFD_A_IDLE_TIME_US,
			.min = 1000, .max = UINT32_MAX),
};

static int check(const struct words *words, unsigned int in)
{
	const char *command = command_name(words->table, in);
	bool one = words->at[UW_DEV].given;

	if (one && words->at[UW_ALL].given)
		return error_usage("\"dev\" and \"all\" exclude each other");
	if (!one && !words->at[UW_ALL].given && in != IN_SHOW)
		return error_usage("unsolicited %s: \"dev\"%s is missing", command,
				   in == IN_DEL ? " or \"all\"" : "");
	if (in & (IN_ADD | IN_REPLACE) && !words->at[UW_ALLOW].given)
		return error_usage("unsolicited %s: \"allow\" is missing", command);
	if (in == IN_SET && !words_count(words, UW_ALLOW, UW_IDLE))
		return error_usage("unsolicited set: nothing to change");
	return STATUS_OK;
}

static const char usage[] =
	"Usage: bfdctl unsolicited add dev IF allow PREFIX ... [ PARAMS ]\n"
	"       bfdctl unsolicited replace dev IF allow PREFIX ... [ PARAMS ]\n"
	"       bfdctl unsolicited set dev IF [ allow PREFIX ... ] [ PARAMS ]\n"
	"       bfdctl unsolicited del { dev IF | all }\n"
	"       bfdctl [ -j ] unsolicited show [ dev IF ]\n"
	"\n"
	"PARAMS := [ max-sessions N ] [ tx TIME ] [ rx TIME ] [ mult N ] [ idle TIME ]\n"
	"PREFIX := ADDR[/LENGTH]\n"
	"TIME   := NUMBER[us|ms|s], ms if it has no unit\n"
	"\n"
	"Defaults: max-sessions 64 tx 300ms rx 300ms mult 3 idle 60s. Neighbours on the\n"
	"device whose address is in one of the prefixes get a session when they ask for\n"
	"one, without being asked (RFC 9468); 16 prefixes at most, of IPv4 and of IPv6.\n"
	"tx, rx and mult are those of these sessions. One that is down for the time idle,\n"
	"and whose peer is silent, is deleted.\n";

static const struct keywords unsolicited_keywords = {
	.tool = "bfdctl",
	.object = "unsolicited",
	.usage = usage,
	.commands = command_names,
	.at = keywords,
	.count = UW_COUNT,
	.check = check,
};

static int unsolicited_add(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &unsolicited_keywords, IN_ADD, BFD_CMD_UNSOLICITED_NEW);
}

static int unsolicited_set(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &unsolicited_keywords, IN_SET, BFD_CMD_UNSOLICITED_SET);
}

static int unsolicited_del(struct tool *tool, struct args *args)
{
	return words_change(tool, args, &unsolicited_keywords, IN_DEL, BFD_CMD_UNSOLICITED_DEL);
}

/* Parameters that were not given get the value they have in a new policy. */
static void complete(struct words *words)
{
	static const uint32_t presets[UW_COUNT] = {
		[UW_MAX_SESSIONS] = 64,
		[UW_TX] = 300000,
		[UW_RX] = 300000,
		[UW_MULT] = 3,
		[UW_IDLE] = 60000000,
	};
	int i;

	for (i = UW_MAX_SESSIONS; i <= UW_IDLE; i++) {
		if (words->at[i].given)
			continue;
		words->at[i].given = true;
		words->at[i].number = presets[i];
	}
}

/* Whether the device of @words has a policy. */
static int find(struct tool *tool, const struct words *words, bool *exists)
{
	struct replies replies = { 0 };
	struct nlattr *tb[ATTRS];
	const char *name;
	int status;
	size_t i;

	*exists = false;
	status = words_talk(tool, BFD_CMD_UNSOLICITED_GET, NLM_F_DUMP, NULL, &replies);
	for (i = 0; i < replies.count && !*exists; i++) {
		if (!message_parse(replies.msg[i], tb))
			continue;
		name = get_string(tb[BFD_A_IFNAME]);
		*exists = name && !strcmp(name, words->at[UW_DEV].name);
	}
	replies_free(&replies);
	return status;
}

/* What is the same already is set again, and changes nothing. */
static int unsolicited_replace(struct tool *tool, struct args *args)
{
	struct words words;
	bool exists;
	int status;

	if (command_helped(args, usage))
		return STATUS_OK;
	status = words_parse(args, &unsolicited_keywords, IN_REPLACE, &words);
	if (!status)
		status = find(tool, &words, &exists);
	if (status)
		return status;
	complete(&words);
	return words_talk(tool, exists ? BFD_CMD_UNSOLICITED_SET : BFD_CMD_UNSOLICITED_NEW, 0,
			  &words, NULL);
}

static int fetch(struct tool *tool, const struct words *words, struct replies *replies)
{
	if (words->at[UW_DEV].given)
		return words_talk(tool, BFD_CMD_UNSOLICITED_GET, 0, words, replies);
	return view_fetch(tool, &unsolicited_view, words, replies);
}

static int unsolicited_show(struct tool *tool, struct args *args)
{
	return view_show(tool, args, &unsolicited_view, &unsolicited_keywords, IN_SHOW, fetch);
}

void save_unsolicited(FILE *out, struct nlattr **tb)
{
	int i;

	fputs("unsolicited replace", out);
	for (i = 0; i < UW_COUNT; i++)
		if (keywords[i].in & IN_REPLACE)
			keyword_save(out, &keywords[i], tb[keywords[i].attr]);
	fputc('\n', out);
}

static void print_unsolicited(struct print *p, struct nlattr **tb, bool statistics)
{
	char text[PREFIX_TEXT_SIZE];
	struct nlattr *list[ATTRS];
	int i;

	(void)statistics;
	print_colour(p, COLOUR_DEVICE);
	print_str(p, "dev", "dev", get_string(tb[BFD_A_IFNAME]));
	print_u64(p, "ifindex", NULL, get_uint(tb[BFD_A_IFINDEX]));
	nest_parse(tb[BFD_A_PREFIXES], list);
	print_array(p, "allow");
	for (i = 1; i <= BFD_PREFIXES_MAX && list[i]; i++) {
		if (!p->json)
			print_colour(p, COLOUR_ADDRESS);
		print_str(p, "allow", "allow", prefix_text(list[i], text));
	}
	print_array_end(p);
	print_u64(p, "sessions", "sessions", get_uint(tb[BFD_A_SESSIONS]));
	print_u64(p, "max-sessions", "max-sessions", get_uint(tb[BFD_A_MAX_SESSIONS]));
	print_time(p, "desired-min-tx-interval", "tx", get_uint(tb[BFD_A_DESIRED_MIN_TX_US]));
	print_time(p, "required-min-rx-interval", "rx", get_uint(tb[BFD_A_REQUIRED_MIN_RX_US]));
	print_u64(p, "local-multiplier", "mult", get_uint(tb[BFD_A_DETECT_MULT]));
	print_time(p, "idle-time", "idle", get_uint(tb[BFD_A_IDLE_TIME_US]));
}

const struct view unsolicited_view = {
	.cmd = BFD_CMD_UNSOLICITED_GET,
	.order = {
		{ BFD_A_IFNAME, compare_strings },
	},
	.print = print_unsolicited,
};

int unsolicited_main(struct tool *tool, struct args *args)
{
	static const struct command commands[] = {
		{ "add", unsolicited_add },
		{ "replace", unsolicited_replace },
		{ "set", unsolicited_set },
		{ "del", unsolicited_del },
		{ "show", unsolicited_show },
	};

	return object_run(tool, usage, commands, sizeof(commands) / sizeof(*commands),
			  unsolicited_show, args);
}
