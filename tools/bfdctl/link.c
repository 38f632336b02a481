// SPDX-License-Identifier: GPL-2.0
/*
 * Devices, by rtnetlink: what there is, what happens, and what a LAG's ports are told.
 */
#include <errno.h>
#include <net/if.h>

#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/msg.h>
#include <string.h>
#include <sys/socket.h>

#include "../lib/error.h"
#include "../lib/genl.h"
#include "lag.h"

static const struct family route = { .name = "rtnetlink", .route_group = RTNLGRP_LINK };

/* Events come on a channel of their own: what is asked meanwhile does not wait for them. */
static struct channel *events, *requests;

int link_open(int *fd)
{
	int status = channel_open(&route, &events);

	if (!status)
		status = channel_join(events);
	if (!status)
		status = channel_open(&route, &requests);
	if (!status)
		*fd = channel_fd(events);
	return status;
}

void link_close(void)
{
	channel_close(events);
	channel_close(requests);
	events = NULL;
	requests = NULL;
}

/* False for what is no device, or only a bridge's view of it. */
static bool parse(struct nlmsghdr *nlh, struct link *link)
{
	struct nlattr *tb[IFLA_MAX + 1], *info[IFLA_INFO_MAX + 1];
	const struct ifinfomsg *ifi = nlmsg_data(nlh);

	if ((nlh->nlmsg_type != RTM_NEWLINK && nlh->nlmsg_type != RTM_DELLINK) ||
	    nlmsg_parse(nlh, sizeof(*ifi), tb, IFLA_MAX, NULL) ||
	    ifi->ifi_family != AF_UNSPEC || !tb[IFLA_IFNAME])
		return false;
	*link = (struct link){
		.name = nla_get_string(tb[IFLA_IFNAME]),
		.kind = "",
		.ifindex = ifi->ifi_index,
		.gone = nlh->nlmsg_type == RTM_DELLINK,
		.running = ifi->ifi_flags & IFF_UP && ifi->ifi_flags & IFF_LOWER_UP,
	};
	if (tb[IFLA_MASTER])
		link->master = nla_get_u32(tb[IFLA_MASTER]);
	if (tb[IFLA_MTU])
		link->mtu = nla_get_u32(tb[IFLA_MTU]);
	if (tb[IFLA_ADDRESS])
		link->mac_len = nla_memcpy(link->mac, tb[IFLA_ADDRESS], sizeof(link->mac));
	if (tb[IFLA_LINKINFO] &&
	    !nla_parse_nested(info, IFLA_INFO_MAX, tb[IFLA_LINKINFO], NULL) &&
	    info[IFLA_INFO_KIND])
		link->kind = nla_get_string(info[IFLA_INFO_KIND]);
	return true;
}

int link_dump(void (*each)(const struct link *link))
{
	const struct ifinfomsg ifi = { .ifi_family = AF_UNSPEC };
	struct replies replies = { 0 };
	struct request request = {
		.msg = channel_route_request(RTM_GETLINK, NLM_F_DUMP, &ifi, sizeof(ifi)),
	};
	int status = channel_talk(requests, &request, &replies);
	struct link link;
	size_t i;

	for (i = 0; i < replies.count; i++)
		if (parse(replies.msg[i], &link))
			each(&link);
	replies_free(&replies);
	return status;
}

static void take_event(void *arg, struct nlmsghdr *nlh)
{
	void (**event)(const struct link *link) = arg;
	struct link link;

	if (parse(nlh, &link))
		(*event)(&link);
}

int link_events(void (*event)(const struct link *link))
{
	switch (channel_events(events, take_event, &event)) {
	case EVENTS_LOST:
		event(NULL);
		break;
	case EVENTS_FAILED:
		return error_refused("cannot read events of devices: %s", strerror(errno));
	default:
		break;
	}
	return STATUS_OK;
}

/* ------------------------------------------------------------ changes */

/* A change to a device; @flags of @mask are changed, too. */
static struct nl_msg *change(int ifindex, unsigned int flags, unsigned int mask)
{
	const struct ifinfomsg ifi = {
		.ifi_family = AF_UNSPEC,
		.ifi_index = ifindex,
		.ifi_flags = flags,
		.ifi_change = mask,
	};

	return channel_route_request(RTM_SETLINK, 0, &ifi, sizeof(ifi));
}

static const char *apply(struct nl_msg *msg)
{
	static char refusal[REFUSAL_SIZE];
	struct request request = { .msg = msg, .refusal = refusal };

	snprintf(refusal, sizeof(refusal), "no answer from the kernel");
	return channel_talk(requests, &request, NULL) ? refusal : NULL;
}

static const char *apply_u32(struct nl_msg *msg, int attr, uint32_t value)
{
	if (msg && nla_put_u32(msg, attr, value)) {
		nlmsg_free(msg);
		msg = NULL;
	}
	return apply(msg);
}

const char *link_leave(int ifindex)
{
	return apply_u32(change(ifindex, 0, 0), IFLA_MASTER, 0);
}

const char *link_join(int ifindex, int master)
{
	return apply_u32(change(ifindex, 0, 0), IFLA_MASTER, master);
}

const char *link_up(int ifindex, uint32_t mtu)
{
	return apply_u32(change(ifindex, IFF_UP, IFF_UP), IFLA_MTU, mtu);
}

const char *link_down(int ifindex)
{
	return apply(change(ifindex, 0, IFF_UP));
}

const char *link_address(int ifindex, const uint8_t *mac, size_t len)
{
	struct nl_msg *msg = change(ifindex, 0, 0);

	if (msg && nla_put(msg, IFLA_ADDRESS, len, mac)) {
		nlmsg_free(msg);
		msg = NULL;
	}
	return apply(msg);
}
