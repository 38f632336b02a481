// SPDX-License-Identifier: GPL-2.0
/*
 * Extended acknowledgements, as bytes.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <stdlib.h>
#include <string.h>

#include "lib/extack.h"
#include "unit.h"

#define FIRST	5
#define SECOND	9

/* A request with two attributes, the second at the offset returned. */
static struct nl_msg *make_request(uint32_t *second)
{
	struct nl_msg *msg = nlmsg_alloc();

	genlmsg_put(msg, 1, 1, 32, 0, 0, 1, 1);
	nla_put_string(msg, FIRST, "eth0");
	*second = nlmsg_hdr(msg)->nlmsg_len;
	nla_put_u32(msg, SECOND, 7);
	return msg;
}

/* An error of the kernel's; with @whole, all of the request comes back in it. */
static struct nl_msg *make_error(const struct nlmsghdr *request, int error, bool whole)
{
	struct nl_msg *msg = nlmsg_alloc();
	uint32_t body = whole ? request->nlmsg_len - NLMSG_HDRLEN : 0;
	struct nlmsgerr *err;

	nlmsg_put(msg, 1, 1, NLMSG_ERROR, 0, NLM_F_ACK_TLVS | (whole ? 0 : NLM_F_CAPPED));
	err = nlmsg_reserve(msg, sizeof(*err) + body, NLMSG_ALIGNTO);
	err->error = error;
	memcpy(&err->msg, request, NLMSG_HDRLEN + body);
	return msg;
}

static void test_error(bool whole)
{
	const char *how = whole ? "whole" : "capped";
	struct nl_msg *request, *error;
	struct extack ack;
	uint32_t second;

	request = make_request(&second);
	error = make_error(nlmsg_hdr(request), -EINVAL, whole);
	nla_put_string(error, NLMSGERR_ATTR_MSG, "No such thing.");
	nla_put_u32(error, NLMSGERR_ATTR_OFFS, second);
	nla_put_u32(error, NLMSGERR_ATTR_MISS_TYPE, 3);
	extack_parse(nlmsg_hdr(error), nlmsg_hdr(request), &ack);
	check(ack.error == -EINVAL, "%s: error code", how);
	check_text(ack.text ? ack.text : "", "No such thing.", "%s: text", how);
	check(ack.bad_attr == SECOND, "%s: attribute at fault", how);
	check(ack.missing_attr == 3, "%s: missing attribute", how);
	nlmsg_free(error);
	nlmsg_free(request);
}

static void test_offsets(void)
{
	struct nl_msg *request, *error;
	uint32_t second, offset;
	struct extack ack;

	request = make_request(&second);
	for (offset = 0; offset < second + 64; offset++) {
		int want = offset < NLMSG_LENGTH(GENL_HDRLEN) ? EXTACK_NO_ATTR :
			   offset < NLMSG_LENGTH(GENL_HDRLEN) + 9 ? FIRST :
			   offset < second ? EXTACK_NO_ATTR :
			   offset < second + 8 ? SECOND : EXTACK_NO_ATTR;

		error = make_error(nlmsg_hdr(request), -EINVAL, false);
		nla_put_u32(error, NLMSGERR_ATTR_OFFS, offset);
		extack_parse(nlmsg_hdr(error), nlmsg_hdr(request), &ack);
		check(ack.bad_attr == want, "offset %u is in attribute %d", offset, want);
		nlmsg_free(error);
	}
	nlmsg_free(request);
}

/* Every shortened message is read without reading past its end. */
static void test_truncated(void)
{
	struct nl_msg *request, *error;
	struct extack ack;
	uint32_t second;
	uint32_t len;

	request = make_request(&second);
	error = make_error(nlmsg_hdr(request), -EPERM, true);
	nla_put_string(error, NLMSGERR_ATTR_MSG, "text");
	/* What ends the message is "text", a NUL and three bytes of padding. */
	for (len = NLMSG_HDRLEN; len < nlmsg_hdr(error)->nlmsg_len - 3; len++) {
		struct nlmsghdr *copy = malloc(len);

		memcpy(copy, nlmsg_hdr(error), len);
		copy->nlmsg_len = len;
		extack_parse(copy, nlmsg_hdr(request), &ack);
		check(!ack.text, "%u bytes carry no text", len);
		free(copy);
	}
	nlmsg_free(error);
	nlmsg_free(request);
}

static void test_done(void)
{
	struct nl_msg *request, *done;
	struct extack ack;
	int error = -ENOENT;
	uint32_t second;

	request = make_request(&second);
	done = nlmsg_alloc();
	nlmsg_put(done, 1, 1, NLMSG_DONE, 0, NLM_F_MULTI | NLM_F_ACK_TLVS);
	nlmsg_append(done, &error, sizeof(error), NLMSG_ALIGNTO);
	nla_put_string(done, NLMSGERR_ATTR_MSG, "gone");
	extack_parse(nlmsg_hdr(done), nlmsg_hdr(request), &ack);
	check(ack.error == -ENOENT && ack.text && !strcmp(ack.text, "gone"),
	      "the end of a dump may be an error with a text");
	nlmsg_free(done);
	nlmsg_free(request);
}

int main(void)
{
	test_error(false);
	test_error(true);
	test_offsets();
	test_truncated();
	test_done();
	return unit_done();
}
