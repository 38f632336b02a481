// SPDX-License-Identifier: GPL-2.0
/*
 * A channel to one generic netlink family, or to rtnetlink: requests, dumps and
 * events.
 *
 * libnl builds and parses messages. Receiving is done here, because libnl 3.7
 * drops what explains a refusal: the extended ack, the error of a
 * dump's end and the mark of a dump that was interrupted.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "error.h"
#include "extack.h"
#include "genl.h"

#define DUMP_TRIES	10
#define FIRST_BUFFER	(32 << 10)	/* as much as the kernel puts in one part of a dump */
#define EVENT_BUFFER	(8 << 20)

struct channel {
	const struct family *family;
	struct nl_sock *sock;
	uint32_t seq;
	uint16_t id;		/* the family's, 0 while being resolved, and of rtnetlink */
	uint32_t group;		/* of the events, 0: it has none */
	char *buffer;
	size_t size;
};

/* How an exchange ended, short of a refusal. */
enum end {
	END_DONE,
	END_INTERRUPTED,	/* a dump to be taken again */
	END_FAILED,		/* and it was said why */
};

void replies_free(struct replies *replies)
{
	size_t i;

	for (i = 0; i < replies->count; i++)
		free(replies->msg[i]);
	free(replies->msg);
	*replies = (struct replies){ 0 };
}

static bool replies_add(struct replies *replies, const struct nlmsghdr *nlh)
{
	struct nlmsghdr **grown, *copy;
	size_t size;

	if (replies->count == replies->size) {
		size = replies->size ? replies->size * 2 : 16;
		grown = realloc(replies->msg, size * sizeof(*grown));
		if (!grown)
			return false;
		replies->msg = grown;
		replies->size = size;
	}
	copy = malloc(nlh->nlmsg_len);
	if (!copy)
		return false;
	memcpy(copy, nlh, nlh->nlmsg_len);
	replies->msg[replies->count++] = copy;
	return true;
}

/*
 * Receives one datagram, whatever its size. Returns its length, -errno, or 0
 * for one that is not the kernel's.
 */
static ssize_t receive(struct channel *channel, int flags)
{
	int fd = nl_socket_get_fd(channel->sock);
	struct sockaddr_nl from = { 0 };
	socklen_t from_len = sizeof(from);
	ssize_t len;
	char *grown;

	do {
		len = recv(fd, NULL, 0, MSG_PEEK | MSG_TRUNC | flags);
	} while (len < 0 && errno == EINTR);
	if (len < 0)
		return -errno;
	if ((size_t)len > channel->size) {
		grown = realloc(channel->buffer, len);
		if (!grown)
			return -ENOMEM;
		channel->buffer = grown;
		channel->size = len;
	}
	len = recvfrom(fd, channel->buffer, channel->size, flags, (struct sockaddr *)&from,
		       &from_len);
	if (len < 0)
		return -errno;
	return from.nl_pid ? 0 : len;
}

/* Says, or puts down, why the kernel refused, with the keyword at fault if it has one. */
static void say_refusal(const struct channel *channel, struct request *request,
			const struct extack *ack)
{
	char line[REFUSAL_SIZE];
	const char *text = ack->text ? ack->text : strerror(-ack->error);
	const char *keyword = NULL;
	bool missing = false;
	int len;

	request->error = ack->error;
	if (request->keyword && ack->bad_attr != EXTACK_NO_ATTR)
		keyword = request->keyword(request->words, ack->bad_attr);
	if (request->keyword && !keyword && ack->missing_attr != EXTACK_NO_ATTR) {
		keyword = request->keyword(request->words, ack->missing_attr);
		missing = keyword;
	}
	if (!ack->text && missing)
		text = "is missing";
	else if (!ack->text && ack->error == -EPERM)
		text = "Permission denied (CAP_NET_ADMIN is needed)";
	else if (!channel->id && !channel->family->route_group && ack->error == -ENOENT)
		text = NULL;

	if (!text) {
		error_refused("%s.ko is not loaded (try: modprobe %s)", channel->family->module,
			      channel->family->module);
		return;
	}
	/* The kernel's sentence may bring its own full stop. */
	len = strcspn(text, "\n");
	while (len && text[len - 1] == '.')
		len--;
	snprintf(line, sizeof(line), "%s%s%.*s", keyword ? keyword : "", keyword ? ": " : "", len,
		 text);
	if (request->refusal)
		memcpy(request->refusal, line, sizeof(line));
	else
		error_refused("%s", line);
}

/* Takes one message of the answer. Returns true when it was the last. */
static bool take(struct channel *channel, struct request *request, struct nlmsghdr *nlh,
		 struct replies *replies, enum end *end)
{
	struct nlmsghdr *sent = nlmsg_hdr(request->msg);
	struct extack ack;

	if (nlh->nlmsg_seq != sent->nlmsg_seq || nlh->nlmsg_pid != sent->nlmsg_pid)
		return false;
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		*end = END_INTERRUPTED;

	if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE) {
		extack_parse(nlh, sent, &ack);
		if (ack.error == -EINTR && sent->nlmsg_flags & NLM_F_DUMP) {
			*end = END_INTERRUPTED;
		} else if (ack.error < 0) {
			say_refusal(channel, request, &ack);
			*end = END_FAILED;
		} else if (ack.text) {
			warning("%.*s", (int)strcspn(ack.text, "\n"), ack.text);
		}
		return true;
	}
	if (nlh->nlmsg_type < NLMSG_MIN_TYPE || !replies)
		return false;
	if (!replies_add(replies, nlh)) {
		error_refused("out of memory");
		*end = END_FAILED;
		return true;
	}
	return false;
}

static enum end exchange(struct channel *channel, struct request *request,
			 struct replies *replies)
{
	struct nlmsghdr *sent = nlmsg_hdr(request->msg);
	enum end end = END_DONE;
	struct nlmsghdr *nlh;
	ssize_t got;
	int len;

	sent->nlmsg_seq = ++channel->seq;
	sent->nlmsg_pid = nl_socket_get_local_port(channel->sock);
	if (send(nl_socket_get_fd(channel->sock), sent, sent->nlmsg_len, 0) < 0) {
		error_refused("cannot send to the kernel: %s", strerror(errno));
		return END_FAILED;
	}
	for (;;) {
		got = receive(channel, 0);
		if (got < 0) {
			error_refused("no answer from the kernel: %s", strerror(-got));
			return END_FAILED;
		}
		len = got;
		for (nlh = (struct nlmsghdr *)channel->buffer; nlmsg_ok(nlh, len);
		     nlh = nlmsg_next(nlh, &len))
			if (take(channel, request, nlh, replies, &end))
				return end;
	}
}

int channel_talk(struct channel *channel, struct request *request, struct replies *replies)
{
	enum end end = END_FAILED;
	int tries;

	if (!request->msg)
		return error_refused("out of memory");

	for (tries = 0; tries < DUMP_TRIES; tries++) {
		if (tries && replies)
			replies_free(replies);
		end = exchange(channel, request, replies);
		if (end != END_INTERRUPTED)
			break;
	}
	if (end == END_INTERRUPTED)
		warning("the list kept changing while it was read, and may not be complete");
	if (end == END_FAILED && replies)
		replies_free(replies);

	nlmsg_free(request->msg);
	request->msg = NULL;
	return end == END_FAILED ? STATUS_REFUSED : STATUS_OK;
}

struct nl_msg *channel_request(struct channel *channel, uint8_t cmd, int flags)
{
	uint16_t type = channel->id ? channel->id : GENL_ID_CTRL;
	uint8_t version = channel->id ? channel->family->version : 1;
	struct nl_msg *msg = nlmsg_alloc();

	if (!msg)
		return NULL;
	if (!(flags & NLM_F_DUMP))
		flags |= NLM_F_ACK;
	if (!genlmsg_put(msg, NL_AUTO_PORT, NL_AUTO_SEQ, type, 0, NLM_F_REQUEST | flags, cmd,
			 version)) {
		nlmsg_free(msg);
		return NULL;
	}
	return msg;
}

struct nl_msg *channel_route_request(uint16_t type, int flags, const void *header, size_t size)
{
	struct nl_msg *msg;

	if (!(flags & NLM_F_DUMP))
		flags |= NLM_F_ACK;
	msg = nlmsg_alloc_simple(type, NLM_F_REQUEST | flags);
	if (msg && nlmsg_append(msg, (void *)header, size, NLMSG_ALIGNTO)) {
		nlmsg_free(msg);
		return NULL;
	}
	return msg;
}

static uint32_t find_group(struct nlattr *groups, const char *name)
{
	struct nlattr *tb[CTRL_ATTR_MCAST_GRP_MAX + 1];
	struct nlattr *nla;
	int rem;

	nla_for_each_nested(nla, groups, rem) {
		if (nla_parse_nested(tb, CTRL_ATTR_MCAST_GRP_MAX, nla, NULL))
			continue;
		if (tb[CTRL_ATTR_MCAST_GRP_NAME] && tb[CTRL_ATTR_MCAST_GRP_ID] &&
		    !nla_strcmp(tb[CTRL_ATTR_MCAST_GRP_NAME], name))
			return nla_get_u32(tb[CTRL_ATTR_MCAST_GRP_ID]);
	}
	return 0;
}

/* Asking for the family is also what makes the kernel load its module. */
static int resolve(struct channel *channel)
{
	struct nlattr *tb[CTRL_ATTR_MAX + 1];
	struct replies replies = { 0 };
	struct request request = { 0 };
	int status;

	request.msg = channel_request(channel, CTRL_CMD_GETFAMILY, 0);
	if (request.msg)
		nla_put_string(request.msg, CTRL_ATTR_FAMILY_NAME, channel->family->name);
	status = channel_talk(channel, &request, &replies);
	if (status)
		return status;

	if (replies.count && !genlmsg_parse(replies.msg[0], 0, tb, CTRL_ATTR_MAX, NULL) &&
	    tb[CTRL_ATTR_FAMILY_ID]) {
		channel->id = nla_get_u16(tb[CTRL_ATTR_FAMILY_ID]);
		if (tb[CTRL_ATTR_MCAST_GROUPS] && channel->family->group)
			channel->group = find_group(tb[CTRL_ATTR_MCAST_GROUPS],
						    channel->family->group);
	}
	replies_free(&replies);
	if (!channel->id)
		return error_refused("the kernel does not describe family \"%s\"",
				     channel->family->name);
	return STATUS_OK;
}

int channel_open(const struct family *family, struct channel **result)
{
	struct channel *channel = calloc(1, sizeof(*channel));
	const int on = 1;
	int status, fd, err;

	if (!channel)
		return error_refused("out of memory");
	channel->family = family;
	channel->buffer = malloc(FIRST_BUFFER);
	channel->size = FIRST_BUFFER;
	channel->sock = nl_socket_alloc();
	if (!channel->sock || !channel->buffer) {
		status = error_refused("out of memory");
		goto err_close;
	}
	channel->group = family->route_group;
	err = nl_connect(channel->sock, family->route_group ? NETLINK_ROUTE : NETLINK_GENERIC);
	if (err) {
		status = error_refused("cannot open netlink: %s", nl_geterror(err));
		goto err_close;
	}
	/* Only refinements of what is said; an old kernel may lack them. */
	fd = nl_socket_get_fd(channel->sock);
	setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));

	status = family->route_group ? STATUS_OK : resolve(channel);
	if (status)
		goto err_close;
	*result = channel;
	return STATUS_OK;

err_close:
	channel_close(channel);
	return status;
}

void channel_close(struct channel *channel)
{
	if (!channel)
		return;
	nl_socket_free(channel->sock);
	free(channel->buffer);
	free(channel);
}

/*
 * Joins the family's events, and the controller's: they tell when the family
 * goes, after which a listener would wait in vain.
 */
int channel_join(struct channel *channel)
{
	int fd = nl_socket_get_fd(channel->sock);
	int size = EVENT_BUFFER;
	int err;

	if (!channel->group)
		return error_refused("family \"%s\" has no group \"%s\"", channel->family->name,
				     channel->family->group);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));

	err = nl_socket_add_memberships(channel->sock, channel->group,
					channel->family->route_group ? 0 : GENL_ID_CTRL, 0);
	if (err)
		return error_refused("cannot listen for events: %s", nl_geterror(err));
	return STATUS_OK;
}

int channel_fd(const struct channel *channel)
{
	return nl_socket_get_fd(channel->sock);
}

static bool says_family_gone(const struct channel *channel, struct nlmsghdr *nlh)
{
	struct nlattr *tb[CTRL_ATTR_MAX + 1];

	if (channel->family->route_group || nlh->nlmsg_type != GENL_ID_CTRL || !genlmsg_valid_hdr(nlh, 0) ||
	    genlmsg_hdr(nlh)->cmd != CTRL_CMD_DELFAMILY)
		return false;
	return !genlmsg_parse(nlh, 0, tb, CTRL_ATTR_MAX, NULL) && tb[CTRL_ATTR_FAMILY_ID] &&
	       nla_get_u16(tb[CTRL_ATTR_FAMILY_ID]) == channel->id;
}

static bool is_event(const struct channel *channel, struct nlmsghdr *nlh)
{
	if (channel->family->route_group)
		return nlh->nlmsg_type >= NLMSG_MIN_TYPE;
	return nlh->nlmsg_type == channel->id && genlmsg_valid_hdr(nlh, 0);
}

enum events channel_events(struct channel *channel,
			   void (*event)(void *arg, struct nlmsghdr *nlh), void *arg)
{
	enum events result = EVENTS_READ;
	struct nlmsghdr *nlh;
	ssize_t got;
	int len;

	for (;;) {
		got = receive(channel, MSG_DONTWAIT);
		if (got == -EAGAIN)
			return result;
		if (got == -ENOBUFS) {
			result = EVENTS_LOST;
			continue;
		}
		if (got < 0) {
			errno = -got;
			return EVENTS_FAILED;
		}
		len = got;
		for (nlh = (struct nlmsghdr *)channel->buffer; nlmsg_ok(nlh, len);
		     nlh = nlmsg_next(nlh, &len)) {
			if (says_family_gone(channel, nlh))
				return EVENTS_ENDED;
			if (is_event(channel, nlh))
				event(arg, nlh);
		}
	}
}
