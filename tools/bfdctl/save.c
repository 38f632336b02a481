// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl save: the running configuration as a batch of session add.
 *
 * Timers are written even where they are the defaults, so that a file means
 * the same to a later version with others. The discriminator is written too:
 * whether it was chosen or drawn at random the kernel does not tell, and a
 * session that comes back under another id is not the same to whoever
 * watches it.
 */
#include <inttypes.h>

#include "../lib/batch.h"
#include "../lib/error.h"
#include "bfdctl.h"

static void save_addr(FILE *out, const char *keyword, const struct nlattr *nla)
{
	struct addr addr = get_addr(nla);
	char text[ADDR_TEXT_SIZE];

	if (addr.len)
		fprintf(out, " %s %s", keyword, addr_text(addr.bytes, addr.len, text));
}

static void save_name(FILE *out, const char *keyword, const struct nlattr *nla)
{
	const char *name = get_string(nla);

	if (name) {
		fprintf(out, " %s ", keyword);
		batch_quote(out, name);
	}
}

static void save_time(FILE *out, const char *keyword, const struct nlattr *nla)
{
	char text[TIME_TEXT_SIZE];

	if (nla)
		fprintf(out, " %s %s", keyword, time_text(get_uint(nla), text));
}

static void save_number(FILE *out, const char *keyword, const struct nlattr *nla)
{
	if (nla)
		fprintf(out, " %s %" PRIu64, keyword, get_uint(nla));
}

static void save_session(FILE *out, struct nlattr **tb)
{
	bool multihop = get_uint(tb[BFD_A_TYPE]) == BFD_TYPE_MULTIHOP;

	fputs("session add", out);
	save_addr(out, "peer", tb[BFD_A_PEER]);
	save_addr(out, "local", tb[BFD_A_LOCAL]);
	save_name(out, "dev", tb[BFD_A_IFNAME]);
	save_name(out, "vrf", tb[BFD_A_VRF]);
	if (multihop)
		fputs(" multihop", out);
	save_time(out, "tx", tb[BFD_A_DESIRED_MIN_TX_US]);
	save_time(out, "rx", tb[BFD_A_REQUIRED_MIN_RX_US]);
	save_number(out, "mult", tb[BFD_A_DETECT_MULT]);
	if (get_uint(tb[BFD_A_PASSIVE]))
		fputs(" passive on", out);
	if (get_uint(tb[BFD_A_ADMIN_DOWN]))
		fputs(" admin down", out);
	if (multihop)
		save_number(out, "min-ttl", tb[BFD_A_MIN_TTL]);
	save_number(out, "discriminator", tb[BFD_A_LOCAL_DISCRIMINATOR]);
	fputc('\n', out);
}

int save_main(struct tool *tool, struct args *args)
{
	struct nlattr *tb[BFD_A_MAX + 1];
	struct replies replies = { 0 };
	struct channel *channel;
	int status;
	size_t i;

	if (command_is_help(args)) {
		fputs("Usage: bfdctl save\n"
		      "\n"
		      "Prints the sessions as a batch file; bfdctl -b FILE restores them.\n",
		      stdout);
		return STATUS_OK;
	}
	status = args_end(args);
	if (!status && tool->print.json)
		status = error_usage("save prints a batch file, which has no JSON form");
	if (!status)
		status = tool_channel(tool, &channel);
	if (!status)
		status = sessions_fetch(channel, NULL, &replies);
	if (status)
		return status;

	for (i = 0; i < replies.count; i++)
		if (bfd_parse(replies.msg[i], tb))
			save_session(tool->print.out, tb);
	replies_free(&replies);
	return STATUS_OK;
}
