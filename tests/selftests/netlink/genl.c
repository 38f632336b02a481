// SPDX-License-Identifier: GPL-2.0
/*
 * Just enough netlink.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include "genl.h"

#define ATTRS(hdr)	((const uint8_t *)NLMSG_DATA(hdr) + GENL_HDRLEN)

static const struct nlattr *find(const uint8_t *data, size_t len, int type)
{
	const struct nlattr *nla = (const struct nlattr *)data;

	while (len >= NLA_HDRLEN && nla->nla_len >= NLA_HDRLEN && nla->nla_len <= len) {
		if ((nla->nla_type & NLA_TYPE_MASK) == type)
			return nla;
		if (len <= (size_t)NLA_ALIGN(nla->nla_len))
			break;
		len -= NLA_ALIGN(nla->nla_len);
		nla = (const struct nlattr *)((const uint8_t *)nla + NLA_ALIGN(nla->nla_len));
	}
	return NULL;
}

/* An attribute of a generic netlink message, or NULL */
const struct nlattr *genl_attr(const struct nlmsghdr *hdr, int type)
{
	return find(ATTRS(hdr), hdr->nlmsg_len - NLMSG_HDRLEN - GENL_HDRLEN, type);
}

uint32_t genl_u32(const struct nlattr *nla)
{
	uint32_t value = 0;

	if (nla)
		memcpy(&value, (const uint8_t *)nla + NLA_HDRLEN, sizeof(value));
	return value;
}

uint8_t genl_u8(const struct nlattr *nla)
{
	return nla ? ((const uint8_t *)nla)[NLA_HDRLEN] : 0;
}

/* Begin a request */
void genl_request(struct genl *g, int cmd, int flags)
{
	struct genlmsghdr gh = { .cmd = cmd, .version = GENL_VERSION };

	memset(&g->msg, 0, sizeof(g->msg));
	g->msg.hdr.nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN);
	g->msg.hdr.nlmsg_type = g->family;
	g->msg.hdr.nlmsg_flags = NLM_F_REQUEST | flags;
	g->msg.hdr.nlmsg_seq = ++g->seq;
	memcpy(NLMSG_DATA(&g->msg.hdr), &gh, sizeof(gh));
}

void genl_put(struct genl *g, int type, const void *data, size_t len)
{
	struct nlattr nla = { .nla_type = type, .nla_len = NLA_HDRLEN + len };
	uint8_t *end = g->msg.bytes + NLMSG_ALIGN(g->msg.hdr.nlmsg_len);

	memcpy(end, &nla, sizeof(nla));
	memcpy(end + NLA_HDRLEN, data, len);
	g->msg.hdr.nlmsg_len = end + NLA_ALIGN(NLA_HDRLEN + len) - g->msg.bytes;
}

void genl_put8(struct genl *g, int type, uint8_t value)
{
	genl_put(g, type, &value, sizeof(value));
}

void genl_put32(struct genl *g, int type, uint32_t value)
{
	genl_put(g, type, &value, sizeof(value));
}

/* 0 or -errno */
int genl_send(struct genl *g)
{
	return send(g->fd, &g->msg, g->msg.hdr.nlmsg_len, 0) < 0 ? -errno : 0;
}

/* NLMSG_ERROR repeats the request, NLMSG_DONE does not; both begin with an error */
static void read_error(struct genl *g, const struct nlmsghdr *hdr)
{
	const struct nlmsgerr *err = NLMSG_DATA(hdr);
	size_t off = NLMSG_HDRLEN + sizeof(err->error);
	const struct nlattr *nla;

	g->error = err->error;
	if (!(hdr->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	if (hdr->nlmsg_type == NLMSG_ERROR)
		off += hdr->nlmsg_flags & NLM_F_CAPPED ? NLMSG_HDRLEN :
						       NLMSG_ALIGN(err->msg.nlmsg_len);
	nla = find((const uint8_t *)hdr + off, hdr->nlmsg_len - off, NLMSGERR_ATTR_MSG);
	if (nla)
		snprintf(g->why, sizeof(g->why), "%s", (const char *)nla + NLA_HDRLEN);
	if (find((const uint8_t *)hdr + off, hdr->nlmsg_len - off, NLMSGERR_ATTR_OFFS) ||
	    find((const uint8_t *)hdr + off, hdr->nlmsg_len - off, NLMSGERR_ATTR_MISS_TYPE))
		g->bad_attr = 1;
}

/* Read until the answer to the last request: its error, 0 or -errno. A reply
 * that is no acknowledgement is skipped, and so is what a dump dumps.
 */
int genl_ack(struct genl *g)
{
	union {
		struct nlmsghdr hdr;
		uint8_t bytes[32768];
	} reply;
	struct nlmsghdr *hdr;
	ssize_t got;
	size_t left;

	g->why[0] = '\0';
	g->bad_attr = 0;
	g->unanswered = 0;
	for (;;) {
		got = recv(g->fd, &reply, sizeof(reply), 0);
		if (got < 0) {
			g->unanswered = 1;
			return g->error = -errno;
		}
		left = got;
		for (hdr = &reply.hdr; NLMSG_OK(hdr, left); hdr = NLMSG_NEXT(hdr, left)) {
			if (hdr->nlmsg_seq != g->seq)
				continue;
			if (hdr->nlmsg_type != NLMSG_ERROR && hdr->nlmsg_type != NLMSG_DONE)
				continue;
			read_error(g, hdr);
			return g->error;
		}
	}
}

/* Send, and read the one message that answers: 0, or -errno, also its own */
int genl_reply(struct genl *g, union genl_reply *reply)
{
	const struct nlmsgerr *err = NLMSG_DATA(&reply->hdr);
	int error = genl_send(g);

	if (error)
		return error;
	do {
		if (recv(g->fd, reply, sizeof(*reply), 0) < 0)
			return -errno;
	} while (reply->hdr.nlmsg_seq != g->seq);
	return reply->hdr.nlmsg_type == NLMSG_ERROR ? err->error : 0;
}

int genl_talk(struct genl *g)
{
	int err = genl_send(g);

	return err ? err : genl_ack(g);
}

static void read_family(struct genl *g, const struct nlmsghdr *hdr)
{
	const struct nlattr *nla = genl_attr(hdr, CTRL_ATTR_FAMILY_ID), *group;

	if (!nla)
		return;
	g->family = *(const uint16_t *)((const uint8_t *)nla + NLA_HDRLEN);
	/* The family has one group */
	nla = genl_attr(hdr, CTRL_ATTR_MCAST_GROUPS);
	if (!nla)
		return;
	group = (const struct nlattr *)((const uint8_t *)nla + NLA_HDRLEN);
	g->group = genl_u32(find((const uint8_t *)group + NLA_HDRLEN, group->nla_len - NLA_HDRLEN,
				 CTRL_ATTR_MCAST_GRP_ID));
}

/* 0, or -errno: -ENOENT when the module is not there */
int genl_open(struct genl *g, const char *family)
{
	union {
		struct nlmsghdr hdr;
		uint8_t bytes[8192];
	} reply;
	struct timeval patience = { .tv_sec = 120 };
	int one = 1;

	memset(g, 0, sizeof(*g));
	g->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	if (g->fd < 0)
		return -errno;
	setsockopt(g->fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one));
	setsockopt(g->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	g->family = GENL_ID_CTRL;
	genl_request(g, CTRL_CMD_GETFAMILY, 0);
	genl_put(g, CTRL_ATTR_FAMILY_NAME, family, strlen(family) + 1);
	if (genl_send(g))
		return -errno;
	g->family = 0;
	if (recv(g->fd, &reply, sizeof(reply), 0) > 0 && reply.hdr.nlmsg_type == GENL_ID_CTRL)
		read_family(g, &reply.hdr);
	return g->family ? 0 : -ENOENT;
}
