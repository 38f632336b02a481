// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl monitor: events printed, handed to a program, kept in a track file, and lost.
 */
#include <linux/bfd.h>
#include <netlink/genl/genl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bfdctl_fixture.h"
#include "fake_genl.h"
#include "run_tool.h"
#include "unit.h"

static void test_events(void)
{
	fake.events[0] = make_event(BFD_EVENT_NEW, false);
	fake.events[1] = make_event(BFD_EVENT_STATE, true);
	fake.events[2] = make_event(BFD_EVENT_SET, true);
	fake.events[3] = make_event(BFD_EVENT_STATE, false);
	fake.events[4] = make_event(BFD_EVENT_DEL, false);
	check_monitor("monitor", "bfd", "monitor.txt");
	check_monitor("-t -s monitor", "bfd", "monitor-s.txt");
	check_monitor("-j monitor", "bfd", "monitor.json");
}

static void test_lost_events(void)
{
	struct run r;

	fake.overflow = true;
	r = run("monitor");
	check(!strncmp(r.out, "lost  events; the sessions are now:\n", 36),
	      "an overflow of the socket is told");
	check(!strncmp(after(r.out, "now:\n"), "sync  up         peer 10.0.0.2", 30),
	      "and the sessions are read anew");
	check_text(fake.asked, "JOIN\nDUMP GET\n", "which asks for them once");

	fake.overflow = true;
	r = run("-j monitor");
	check(!strncmp(r.out, "{\"event\":\"lost\",\"timestamp\":", 28) &&
	      !strncmp(after(after(r.out, "\"timestamp\":"), ","), "\"count\":null}\n", 14),
	      "an overflow of unknown size is null in JSON");

	nlmsg_free(fake.events[1]);
	fake.events[1] = make_event(BFD_EVENT_SET, true);
	nla_put_u32(fake.events[1], BFD_A_EVENTS_LOST, 5);
	r = run("monitor");
	check(*after(r.out, "\nlost  5 events; the sessions are now:\n"),
	      "what the kernel lost is told with its number");
}

/* Events as in test_events(), of two sessions; the kernel knows both. */
static void test_exec(void)
{
	const char *script, *out;
	char line[128];
	struct run r;

	script = make_file("#!/bin/sh\n"
			   "[ $BFD_LOCAL_DISCRIMINATOR = 7 ] || exit 0\n"
			   "echo $BFD_EVENT $BFD_LOCAL_STATE $BFD_FROM $BFD_TO $BFD_PEER $BFD_LOCAL"
			   " dev=$BFD_DEV $BFD_VRF $BFD_TYPE $BFD_LOCAL_DIAGNOSTIC $BFD_REMOTE_STATE"
			   " $BFD_DETECTION_LATENCY $BFD_STATISTICS_DOWN_COUNT $BFD_TIMESTAMP"
			   " >> $OUT\n", 0755);
	out = make_file("", 0644);
	setenv("OUT", out, 1);

	snprintf(line, sizeof(line), "monitor exec %s", script);
	r = run(line);
	check(r.status == 2 && !*r.out, "%s prints nothing", line);
	check_text(r.err, "Error: bfd.ko was unloaded.\n", "but that it is over");
	check_text(fake.asked, "JOIN\nDUMP GET\n", "having asked how sessions are");
	check_text(text_of(out),
		   "add down 2001:db8::2 2001:db8::1 dev= blue multihop control-expiry admin-down "
		   "0 1772532000123456789\n"
		   "state down up down 2001:db8::2 2001:db8::1 dev= blue multihop control-expiry "
		   "admin-down 85 0 1772532000123456789\n"
		   "del down 2001:db8::2 2001:db8::1 dev= blue multihop control-expiry admin-down "
		   "0 1772532000123456789\n", "all there is is in the environment");

	fake.overflow = true;
	snprintf(line, sizeof(line), "monitor --exec %s initial timeout 0 jobs 1", script);
	if (truncate(out, 0))
		abort();
	run(line);
	check(!strncmp(text_of(out), "sync down 2001:db8::2", 21), "initial begins with what is");
	check(!*after(text_of(out), "\n"), "and a loss in which nothing changed is not told");

	fake.overflow = true;
	fake.fleeting = true;
	snprintf(line, sizeof(line), "monitor exec %s", script);
	if (truncate(out, 0))
		abort();
	run(line);
	check_text(text_of(out), "del down 2001:db8::2 dev=\n", "what vanished in it is told");
	fake.fleeting = false;
	unlink(out);
	unlink(script);
}

/* What the file holds when all is known and @event of session 7 was read. */
static void check_track(const char *words, struct nl_msg *event, const char *want)
{
	struct nl_msg *events[COUNT(fake.events)];
	const char *path = make_file("old", 0644);
	char line[256];
	struct run r;

	memcpy(events, fake.events, sizeof(events));
	memset(fake.events, 0, sizeof(fake.events));
	fake.events[0] = event;
	snprintf(line, sizeof(line), "monitor track-file %s %s", path, words);
	fake.sigterm = true;
	r = run(line);
	fake.sigterm = false;
	check_text(text_of(path), want, "%s", line);
	check(!r.status && !*r.out && !*r.err, "prints nothing, and SIGTERM leaves it so");
	r = run(line);
	check(r.status == 2 && atoi(text_of(path)), "without the module there are no sessions");
	if (event)
		nlmsg_free(event);
	memcpy(fake.events, events, sizeof(events));
	unlink(path);
}

static void test_track(void)
{
	struct nl_msg *answers[2] = { fake.answers[0], fake.answers[1] };

	/* 10.0.0.2 is up; 2001:db8::2 is another session, id 7. */
	check_track("peer 10.0.0.2", NULL, "0\n");
	check_track("peer 10.0.0.2 dev eth0 peer 2001:0db8::2 local 2001:db8::1 vrf blue multihop",
		    make_change(BFD_STATE_UP, BFD_STATE_UP), "0\n");
	check_track("peer 10.0.0.2 dev eth1", NULL, "-254\n");
	check_track("peer 10.0.0.2 multihop weight -5", NULL, "-5\n");
	check_track("peer 10.0.0.2 remote-discriminator 2596069104", NULL, "0\n");
	check_track("peer 10.0.0.2 remote-discriminator 7 weight -6", NULL, "-6\n");
	check_track("peer 10.0.0.2 sbfd weight -7", NULL, "-7\n");
	check_track("id 7", make_change(BFD_STATE_DOWN, BFD_STATE_DOWN), "-254\n");
	check_track("id 7 weight -10 peer 10.0.0.2 weight 3",
		    make_change(BFD_STATE_DOWN, BFD_STATE_UP), "-10\n");
	check_track("id 7 weight -10 id 8 weight -20 id 9 weight 7",
		    make_change(BFD_STATE_DOWN, BFD_STATE_UP), "-23\n");
	check_track("id 7 id 8", make_change(BFD_STATE_DOWN, BFD_STATE_UP), "-254\n");
	check_track("id 7", make_change(BFD_STATE_ADMIN_DOWN, BFD_STATE_UP), "0\n");
	check_track("id 7", make_change(BFD_STATE_DOWN, BFD_STATE_ADMIN_DOWN), "0\n");
	check_track("id 7 id 305419896", make_event(BFD_EVENT_DEL, false), "-254\n");

	/* On its way up it is as it was: not known, well. */
	fake.answers[0] = answers[1];
	fake.answers[1] = NULL;
	check_track("id 7", make_change(BFD_STATE_INIT, BFD_STATE_DOWN), "-254\n");
	fake.answers[1] = make_change(BFD_STATE_DOWN, BFD_STATE_ADMIN_DOWN);
	genlmsg_hdr(nlmsg_hdr(fake.answers[1]))->cmd = BFD_CMD_SESSION_GET;
	check_track("id 7", make_change(BFD_STATE_INIT, BFD_STATE_DOWN), "0\n");
	nlmsg_free(fake.answers[1]);
	memcpy(fake.answers, answers, sizeof(answers));

	/* It is up, and then events are lost; in one case it vanished. */
	fake.overflow = true;
	check_track("peer 10.0.0.2 weight -1", NULL, "0\n");
	fake.overflow = true;
	fake.fleeting = true;
	check_track("peer 10.0.0.2 weight -1", NULL, "-1\n");
	fake.fleeting = false;

	check(*after(run("monitor track-file /no/such/file id 7").err,
		     "Warning: cannot write \"/no/such/file\": No such file or directory.\n"),
	      "a file that cannot be written is said");
}

void test_monitor(void)
{
	test_events();
	test_exec();
	test_track();
	test_lost_events();
}
