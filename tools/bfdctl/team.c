// SPDX-License-Identifier: GPL-2.0
/*
 * Ports of the team driver, by its options of generic netlink. Modes that choose among
 * the ports with a link heed user_linkup, loadbalance only enabled; so a port is told
 * both. While it is used, the driver goes by its carrier, as it does from the start.
 */
#include <linux/if_team.h>
#include <netlink/genl/genl.h>
#include <stdio.h>
#include <string.h>

#include "../lib/attr.h"
#include "../lib/error.h"
#include "../lib/genl.h"
#include "lag.h"

static const struct family team_family = {
	.name = TEAM_GENL_NAME,
	.module = "team",
	.group = TEAM_GENL_CHANGE_EVENT_MC_GRP_NAME,
	.version = TEAM_GENL_VERSION,
};

static int put_option(struct nl_msg *msg, int port, const char *name, bool value)
{
	struct nlattr *nest = nla_nest_start(msg, TEAM_ATTR_ITEM_OPTION | NLA_F_NESTED);

	if (!nest || nla_put_string(msg, TEAM_ATTR_OPTION_NAME, name) ||
	    nla_put_u8(msg, TEAM_ATTR_OPTION_TYPE, NLA_FLAG) ||
	    (value && nla_put_flag(msg, TEAM_ATTR_OPTION_DATA)) ||
	    nla_put_u32(msg, TEAM_ATTR_OPTION_PORT_IFINDEX, port))
		return -1;
	return nla_nest_end(msg, nest);
}

static int put_options(struct nl_msg *msg, int team, int port, bool use)
{
	struct nlattr *list;

	if (nla_put_u32(msg, TEAM_ATTR_TEAM_IFINDEX, team))
		return -1;
	list = nla_nest_start(msg, TEAM_ATTR_LIST_OPTION | NLA_F_NESTED);
	if (!list || put_option(msg, port, "user_linkup", use) ||
	    put_option(msg, port, "user_linkup_enabled", !use) ||
	    put_option(msg, port, "enabled", use))
		return -1;
	return nla_nest_end(msg, list);
}

/*
 * The driver tells its listeners of each option, and gives up with ESRCH when it has none
 * (team.c, team_nl_cmd_options_set()): so for the time being we listen.
 */
const char *team_use(int team, int port, bool use)
{
	static char refusal[REFUSAL_SIZE];
	struct request request = { .refusal = refusal };
	struct channel *channel = NULL;
	int status;

	snprintf(refusal, sizeof(refusal), "no answer from the kernel");
	status = channel_open(&team_family, &channel);
	if (!status)
		status = channel_join(channel);
	if (!status) {
		request.msg = channel_request(channel, TEAM_CMD_OPTIONS_SET, 0);
		if (request.msg && put_options(request.msg, team, port, use)) {
			nlmsg_free(request.msg);
			request.msg = NULL;
		}
		status = channel_talk(channel, &request, NULL);
	}
	channel_close(channel);
	return status ? refusal : NULL;
}

/*
 * A port in use has no user_linkup_enabled: so one that has it was taken out of use. A
 * team that a daemon runs is another matter, its ports may always have it.
 */
static void take_option(struct nlattr *item, void (*unused)(int port))
{
	struct nlattr *tb[ATTRS];
	const char *name;

	nest_parse(item, tb);
	name = get_string(tb[TEAM_ATTR_OPTION_NAME]);
	if (name && !strcmp(name, "user_linkup_enabled") && tb[TEAM_ATTR_OPTION_DATA] &&
	    tb[TEAM_ATTR_OPTION_PORT_IFINDEX])
		unused(get_uint(tb[TEAM_ATTR_OPTION_PORT_IFINDEX]));
}

int team_unused(int team, void (*unused)(int port))
{
	struct replies replies = { 0 };
	struct request request = { 0 };
	struct nlattr *tb[ATTRS], *item;
	struct channel *channel;
	int status, rem;
	size_t i;

	status = channel_open(&team_family, &channel);
	if (status)
		return status;
	request.msg = channel_request(channel, TEAM_CMD_OPTIONS_GET, 0);
	if (request.msg)
		nla_put_u32(request.msg, TEAM_ATTR_TEAM_IFINDEX, team);
	status = channel_talk(channel, &request, &replies);
	for (i = 0; i < replies.count; i++) {
		if (!message_parse(replies.msg[i], tb) || !tb[TEAM_ATTR_LIST_OPTION])
			continue;
		nla_for_each_nested(item, tb[TEAM_ATTR_LIST_OPTION], rem)
			take_option(item, unused);
	}
	replies_free(&replies);
	channel_close(channel);
	return status;
}
