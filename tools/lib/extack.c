// SPDX-License-Identifier: GPL-2.0
/*
 * Reading an extended ack.
 *
 * Its attributes follow the error code (NLMSG_DONE), or the error code and
 * the header of the request (NLMSG_ERROR), or these and the rest of the
 * request (NLMSG_ERROR without NLM_F_CAPPED).
 */
#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <string.h>

#include "extack.h"

/*
 * The type of the attribute of @request that byte @offset is in. Walking is
 * safe against any offset; a mark inside a nest counts for the nest.
 */
static int attr_at(const struct nlmsghdr *request, uint32_t offset)
{
	const uint32_t start = NLMSG_LENGTH(GENL_HDRLEN);
	const char *base = (const char *)request;
	struct nlattr *nla;
	int rem;

	if (request->nlmsg_len < start)
		return EXTACK_NO_ATTR;
	nla_for_each_attr(nla, (struct nlattr *)(base + start), (int)(request->nlmsg_len - start),
			  rem) {
		uint32_t at = (const char *)nla - base;

		if (offset >= at && offset < at + nla->nla_len)
			return nla_type(nla);
	}
	return EXTACK_NO_ATTR;
}

/* A string the kernel ended with NUL, and not an empty one. */
static const char *attr_text(struct nlattr *nla)
{
	const char *text = nla_data(nla);
	int len = nla_len(nla);

	return len > 1 && memchr(text, '\0', len) ? text : NULL;
}

static void parse_attrs(struct nlattr *first, int len, const struct nlmsghdr *request,
			struct extack *ack)
{
	struct nlattr *nla;
	int rem;

	nla_for_each_attr(nla, first, len, rem) {
		uint32_t number = 0;

		if (nla_len(nla) >= (int)sizeof(number))
			memcpy(&number, nla_data(nla), sizeof(number));

		switch (nla_type(nla)) {
		case NLMSGERR_ATTR_MSG:
			ack->text = attr_text(nla);
			break;
		case NLMSGERR_ATTR_OFFS:
			ack->bad_attr = attr_at(request, number);
			break;
		case NLMSGERR_ATTR_MISS_TYPE:
			ack->missing_attr = number;
			break;
		}
	}
}

void extack_parse(const struct nlmsghdr *nlh, const struct nlmsghdr *request, struct extack *ack)
{
	uint32_t len = nlh->nlmsg_len - NLMSG_HDRLEN;
	const char *payload = NLMSG_DATA(nlh);
	struct nlmsgerr err = { 0 };
	uint32_t start;

	*ack = (struct extack){
		.bad_attr = EXTACK_NO_ATTR,
		.missing_attr = EXTACK_NO_ATTR,
	};
	if (nlh->nlmsg_len < NLMSG_LENGTH(sizeof(ack->error)))
		return;
	memcpy(&ack->error, payload, sizeof(ack->error));

	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	start = NLMSG_ALIGN(sizeof(ack->error));
	if (nlh->nlmsg_type == NLMSG_ERROR) {
		if (len < sizeof(err))
			return;
		memcpy(&err, payload, sizeof(err));
		start = sizeof(err);
		if (!(nlh->nlmsg_flags & NLM_F_CAPPED) && err.msg.nlmsg_len >= NLMSG_HDRLEN)
			start += NLMSG_ALIGN(err.msg.nlmsg_len - NLMSG_HDRLEN);
	}
	if (start < len)
		parse_attrs((struct nlattr *)(payload + start), len - start, request, ack);
}
