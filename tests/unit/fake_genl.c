// SPDX-License-Identifier: GPL-2.0
/*
 * A kernel that answers from a script: stands in for lib/genl.c.
 */
#include <inttypes.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/genl/genl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "fake_genl.h"
#include "lib/args.h"
#include "lib/error.h"

#define FAMILY	0x20

struct channel {
	const char *other;		/* the name of a family that is not the tool's */
	bool route;
	int fd;
	unsigned int round;
	bool asked;
};

struct fake fake;

static void ask(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void ask(const char *fmt, ...)
{
	size_t used = strlen(fake.asked);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(fake.asked + used, sizeof(fake.asked) - used, fmt, ap);
	va_end(ap);
}

static void ask_attr(struct nlattr *nla)
{
	const struct fake_attr *attr = fake.attrs;
	char address[ADDR_TEXT_SIZE], mac[MAC_TEXT_SIZE];
	int i;

	while (attr->name && attr->type != nla_type(nla))
		attr++;
	ask(" %s=", attr->name ? attr->name : "?");
	switch (attr->kind) {
	case FAKE_ADDR:
		ask("%s/%d", addr_text(nla_data(nla), nla_len(nla), address), nla_len(nla));
		break;
	case FAKE_MAC:
		ask("%s", mac_text(nla_data(nla), nla_len(nla), mac));
		break;
	case FAKE_STRING:
		ask("\"%.*s\"", nla_len(nla), (char *)nla_data(nla));
		break;
	case FAKE_BYTES:
		for (i = 0; i < nla_len(nla); i++)
			ask("%02x", ((uint8_t *)nla_data(nla))[i]);
		break;
	case FAKE_NUMBER:
		if (nla_len(nla) == 1)
			ask("u8:%u", nla_get_u8(nla));
		else
			ask("u32:%" PRIu32, nla_get_u32(nla));
	}
}

static uint8_t ask_request(struct nlmsghdr *nlh)
{
	const struct fake_command *command = fake.commands;
	uint8_t cmd = genlmsg_hdr(nlh)->cmd;
	struct nlattr *nla;
	int rem;

	while (command->name && command->cmd != cmd)
		command++;
	ask("%s%s", nlh->nlmsg_flags & NLM_F_DUMP ? "DUMP " : "",
	    command->name ? command->name : "?");
	nla_for_each_attr(nla, genlmsg_attrdata(genlmsg_hdr(nlh), 0),
			  genlmsg_attrlen(genlmsg_hdr(nlh), 0), rem)
		ask_attr(nla);
	ask("\n");
	return cmd;
}

/* A change to a device, and what of it there may be */
static void ask_link(struct nlmsghdr *nlh)
{
	const struct ifinfomsg *ifi = nlmsg_data(nlh);
	char mac[MAC_TEXT_SIZE];
	struct nlattr *nla;
	int rem;

	ask("LINK %d", ifi->ifi_index);
	if (ifi->ifi_change)
		ask(" %s", ifi->ifi_flags ? "up" : "down");
	nla_for_each_attr(nla, nlmsg_attrdata(nlh, sizeof(*ifi)),
			  nlmsg_attrlen(nlh, sizeof(*ifi)), rem) {
		if (nla_type(nla) == IFLA_ADDRESS)
			ask(" address=%s", mac_text(nla_data(nla), nla_len(nla), mac));
		else
			ask(" %s=%" PRIu32, nla_type(nla) == IFLA_MASTER ? "master" : "mtu",
			    nla_get_u32(nla));
	}
	ask("\n");
}

static void answer(struct replies *replies, struct nl_msg *msg)
{
	struct nlmsghdr *nlh = nlmsg_hdr(msg);

	replies->msg = realloc(replies->msg, (replies->count + 1) * sizeof(*replies->msg));
	replies->msg[replies->count] = malloc(nlh->nlmsg_len);
	memcpy(replies->msg[replies->count++], nlh, nlh->nlmsg_len);
}

void replies_free(struct replies *replies)
{
	size_t i;

	for (i = 0; i < replies->count; i++)
		free(replies->msg[i]);
	free(replies->msg);
	*replies = (struct replies){ 0 };
}

int channel_open(const struct family *family, struct channel **channel)
{
	*channel = calloc(1, sizeof(**channel));
	(*channel)->route = family && family->route_group;
	(*channel)->other = family && !strcmp(family->name, "team") ? family->name : NULL;
	(*channel)->fd = eventfd(1, EFD_CLOEXEC);	/* always readable */
	return STATUS_OK;
}

void channel_close(struct channel *channel)
{
	if (!channel)
		return;
	close(channel->fd);
	free(channel);
}

struct nl_msg *channel_request(struct channel *channel, uint8_t cmd, int flags)
{
	struct nl_msg *msg = nlmsg_alloc();

	(void)channel;
	genlmsg_put(msg, 0, 0, FAMILY, 0, flags, cmd, 1);
	return msg;
}

struct nl_msg *channel_route_request(uint16_t type, int flags, const void *header, size_t size)
{
	struct nl_msg *msg = nlmsg_alloc_simple(type, flags);

	nlmsg_append(msg, (void *)header, size, NLMSG_ALIGNTO);
	return msg;
}

/* Devices do not change by what is asked; a script's events say what became of them. */
static int talk_links(struct request *request, struct replies *replies)
{
	size_t i;

	if (nlmsg_hdr(request->msg)->nlmsg_type != RTM_GETLINK)
		ask_link(nlmsg_hdr(request->msg));
	for (i = 0; replies && fake.links[i]; i++)
		answer(replies, fake.links[i]);
	nlmsg_free(request->msg);
	request->msg = NULL;
	return STATUS_OK;
}

static int talk(struct channel *channel, struct request *request, struct replies *replies)
{
	const char *keyword = NULL;
	uint8_t cmd;
	size_t i;

	if (channel->other)
		ask("%s: ", channel->other);
	cmd = ask_request(nlmsg_hdr(request->msg));

	nlmsg_free(request->msg);
	request->msg = NULL;
	if (fake.refusal) {
		if (request->keyword && fake.refused_attr)
			keyword = request->keyword(request->words, fake.refused_attr);
		return error_refused("%s%s%s", keyword ? keyword : "", keyword ? ": " : "",
				     fake.refusal);
	}
	for (i = 0; replies && fake.answers[i] && !(fake.fleeting && channel->asked); i++)
		if (genlmsg_hdr(nlmsg_hdr(fake.answers[i]))->cmd == cmd)
			answer(replies, fake.answers[i]);
	channel->asked = true;
	return STATUS_OK;
}

int channel_talk(struct channel *channel, struct request *request, struct replies *replies)
{
	return channel->route ? talk_links(request, replies) : talk(channel, request, replies);
}

int channel_join(struct channel *channel)
{
	ask("JOIN%s\n", channel->route ? " LINKS" : "");
	return STATUS_OK;
}

int channel_fd(const struct channel *channel)
{
	return channel->fd;
}

/* First an overflow if the script has one, then the events, then the end. */
enum events channel_events(struct channel *channel,
			   void (*event)(void *arg, struct nlmsghdr *nlh), void *arg)
{
	size_t i;

	if (channel->route)
		return EVENTS_READ;
	if (fake.overflow && !channel->round++)
		return EVENTS_LOST;
	fake.overflow = false;
	if (channel->round++ > 1) {
		if (!fake.sigterm)
			return EVENTS_ENDED;
		raise(SIGTERM);
		return EVENTS_READ;
	}
	for (i = 0; fake.events[i]; i++)
		event(arg, nlmsg_hdr(fake.events[i]));
	channel->round = 2;
	return EVENTS_READ;
}

void fake_release(void)
{
	size_t i;

	for (i = 0; fake.answers[i]; i++)
		nlmsg_free(fake.answers[i]);
	for (i = 0; fake.events[i]; i++)
		nlmsg_free(fake.events[i]);
	for (i = 0; fake.links[i]; i++)
		nlmsg_free(fake.links[i]);
	memset(fake.links, 0, sizeof(fake.links));
	memset(fake.answers, 0, sizeof(fake.answers));
	memset(fake.events, 0, sizeof(fake.events));
}
