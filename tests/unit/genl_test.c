// SPDX-License-Identifier: GPL-2.0
/*
 * The channel over the real netlink, talking to the one family every kernel
 * has: the controller of generic netlink itself.
 */
#include <linux/genetlink.h>
#include <netlink/genl/genl.h>
#include <stdio.h>
#include <string.h>

#include "lib/error.h"
#include "lib/genl.h"
#include "unit.h"

static const struct family controller = { "nlctrl", "nlctrl", "notify", 2, 0 };

static const char *keyword(const void *words, int attr)
{
	(void)words;
	return attr == CTRL_ATTR_FAMILY_NAME ? "name" : NULL;
}

static int ask(struct channel *channel, const char *name, int flags, struct replies *replies)
{
	struct request request = { .keyword = keyword };

	request.msg = channel_request(channel, CTRL_CMD_GETFAMILY, flags);
	if (name)
		nla_put_string(request.msg, CTRL_ATTR_FAMILY_NAME, name);
	return channel_talk(channel, &request, replies);
}

static void test_talk(struct channel *channel)
{
	struct replies replies = { 0 };
	char *out, *err;
	int status, i;

	check(!ask(channel, "nlctrl", 0, &replies) && replies.count == 1,
	      "one request, one answer");
	replies_free(&replies);

	check(!ask(channel, NULL, NLM_F_DUMP, &replies) && replies.count > 1,
	      "a dump has many answers");
	replies_free(&replies);

	for (i = 0; i < 1000; i++)
		if (ask(channel, "nlctrl", 0, NULL))
			break;
	check(i == 1000, "a thousand requests on one channel");

	capture();
	status = ask(channel, "no-such-family", 0, &replies);
	captured(&out, &err);
	check(status == STATUS_REFUSED && !replies.count, "a refusal leaves no answers");
	check_text(err, "Error: No such file or directory.\n", "and is told in the system's words");

	capture();
	status = ask(channel, "a-name-that-is-far-too-long", 0, &replies);
	captured(&out, &err);
	check(status == STATUS_REFUSED && !strncmp(err, "Error: name: ", 13),
	      "the attribute the kernel marks is told by its keyword");

	check(!ask(channel, "nlctrl", 0, &replies) && replies.count == 1,
	      "and the channel lives on");
	replies_free(&replies);
}

static void ignore(void *arg, struct nlmsghdr *nlh)
{
	(void)arg;
	(void)nlh;
}

static void test_events(void)
{
	struct channel *channel;

	if (!check(!channel_open(&controller, &channel), "a second channel"))
		return;
	check(!channel_join(channel), "joins the group of events");
	check(channel_events(channel, ignore, NULL) == EVENTS_READ, "and does not wait for one");
	channel_close(channel);
}

static void test_missing(void)
{
	static const struct family missing = { "no-such-family", "missing", NULL, 1, 0 };
	struct channel *channel;
	char *out, *err;
	int status;

	capture();
	status = channel_open(&missing, &channel);
	captured(&out, &err);
	check(status == STATUS_REFUSED, "a family that does not exist");
	check_text(err, "Error: missing.ko is not loaded (try: modprobe missing).\n", "is told");
}

int main(void)
{
	struct channel *channel;

	if (check(!channel_open(&controller, &channel), "opens the controller")) {
		test_talk(channel);
		channel_close(channel);
	}
	test_events();
	test_missing();
	return unit_done();
}
