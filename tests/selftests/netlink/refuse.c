// SPDX-License-Identifier: GPL-2.0
/*
 * What is refused must be for the reason expected, and with a text unless it is
 * too broken for one.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "refuse.h"

static const struct refuser *who;
static struct genl genl;
static unsigned int tests;
static unsigned int failed;

/* @error 0 takes any; @text: there must be one */
static void result(const char *name, int error, bool text)
{
	const char *why = "";

	if (!genl.error)
		why = "was not refused";
	else if (error && genl.error != -error)
		why = "for another reason";
	else if (text && !genl.why[0])
		why = "without a text";
	if (*why)
		failed++;
	printf("    %sok %u - %s # %s%s%s: %s\n", *why ? "not " : "", ++tests, name, why,
	       *why ? ": " : "", genl.error ? strerror(-genl.error) : "0", genl.why);
}

void refuse(const struct refusal *refusals, size_t n)
{
	const struct refusal *r;
	const struct bytes *b;

	for (r = refusals; r < refusals + n; r++) {
		genl_request(&genl, r->cmd, NLM_F_ACK);
		for (b = r->attrs; b->data; b++)
			genl_put(&genl, b->type, b->data, b->len);
		genl_talk(&genl);
		result(r->name, r->error, r->error != ENOMEM);
	}
}

static void begin_new(void)
{
	genl_request(&genl, who->new, NLM_F_ACK);
	genl_put(&genl, who->key.type, who->key.data, who->key.len);
}

/* What is wrong with these is not an attribute */
void refuse_messages(void)
{
	struct genlmsghdr *gh = NLMSG_DATA(&genl.msg.hdr);
	struct nlattr *nla = (struct nlattr *)((uint8_t *)gh + GENL_HDRLEN);
	const int unknown[] = { 0, who->unknown[0], who->unknown[1], 255 };
	unsigned int i;

	for (i = 0; i < sizeof(unknown) / sizeof(*unknown); i++) {
		genl_request(&genl, unknown[i], NLM_F_ACK);
		genl_talk(&genl);
		result("command nobody knows", EOPNOTSUPP, false);
	}
	genl_request(&genl, who->new, NLM_F_ACK | NLM_F_DUMP);
	genl_talk(&genl);
	result("dump of what cannot be dumped", EOPNOTSUPP, false);

	genl_request(&genl, who->new, NLM_F_ACK);
	genl.msg.hdr.nlmsg_len = NLMSG_HDRLEN;
	genl_talk(&genl);
	result("no generic header", EINVAL, false);

	genl_request(&genl, who->del, NLM_F_ACK);
	gh->reserved = 1;
	genl_talk(&genl);
	result("reserved bits", EINVAL, true);

	begin_new();
	nla->nla_len += 40;
	genl_talk(&genl);
	result("an attribute longer than the message", EINVAL, false);

	begin_new();
	nla->nla_len = 2;
	genl_talk(&genl);
	result("an attribute shorter than its head", EINVAL, false);

	begin_new();
	genl.msg.hdr.nlmsg_len += 3;
	genl_talk(&genl);
	result("bytes after the attributes", EINVAL, true);

	/* Not "delete all": it may not be what was meant */
	genl_request(&genl, who->del, NLM_F_ACK);
	genl.msg.hdr.nlmsg_len += 3;
	genl_talk(&genl);
	result("delete of a rest of bytes", EINVAL, true);
}

void refuse_dump(const char *name, int error, struct bytes attr)
{
	genl_request(&genl, who->get, NLM_F_DUMP);
	genl_put(&genl, attr.type, attr.data, attr.len);
	genl_talk(&genl);
	result(name, error, true);
}

int refuse_begin(const struct refuser *refuser)
{
	who = refuser;
	if (!genl_open(&genl, who->family))
		return 0;
	puts("    not ok 1 - the family is there");
	return -1;
}

int refuse_end(void)
{
	printf("    1..%u\n", tests);
	return failed != 0;
}
