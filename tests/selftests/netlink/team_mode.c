// SPDX-License-Identifier: GPL-2.0
/*
 * team_mode DEV MODE: the mode of a team, which ip(8) cannot set. It has no port yet.
 */
#include <errno.h>
#include <linux/if_team.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "genl.h"

#define NLA_STRING	5	/* of the kernel's enum, which the driver's types are */

/* Begins a nest; end_nest() of what it returns ends it. */
static struct nlattr *begin_nest(struct genl *g, int type)
{
	struct nlattr *nest = (void *)(g->msg.bytes + NLMSG_ALIGN(g->msg.hdr.nlmsg_len));

	genl_put(g, type | NLA_F_NESTED, NULL, 0);
	return nest;
}

static void end_nest(struct genl *g, struct nlattr *nest)
{
	nest->nla_len = g->msg.bytes + g->msg.hdr.nlmsg_len - (uint8_t *)nest;
}

int main(int argc, char **argv)
{
	struct nlattr *list, *item;
	struct genl g;
	int err;

	if (argc != 3 || genl_open(&g, TEAM_GENL_NAME))
		return 2;
	genl_request(&g, TEAM_CMD_OPTIONS_SET, 0);
	genl_put32(&g, TEAM_ATTR_TEAM_IFINDEX, if_nametoindex(argv[1]));
	list = begin_nest(&g, TEAM_ATTR_LIST_OPTION);
	item = begin_nest(&g, TEAM_ATTR_ITEM_OPTION);
	genl_put(&g, TEAM_ATTR_OPTION_NAME, "mode", sizeof("mode"));
	genl_put8(&g, TEAM_ATTR_OPTION_TYPE, NLA_STRING);
	genl_put(&g, TEAM_ATTR_OPTION_DATA, argv[2], strlen(argv[2]) + 1);
	end_nest(&g, item);
	end_nest(&g, list);
	err = genl_talk(&g);
	/* It is done, but nobody listens to what the driver says of it */
	if (err == -ESRCH)
		err = 0;
	if (err)
		fprintf(stderr, "team_mode: %s\n", strerror(-err));
	return !!err;
}
