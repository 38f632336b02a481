// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl as a whole over a scripted kernel: what each command line asks for,
 * prints and returns.
 */
#include <linux/bfd.h>
#include <netlink/genl/genl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake_genl.h"
#include "lib/args.h"
#include "unit.h"

#define MAX_WORDS	40
#define MSEC		UINT64_C(1000000)
#define EPOCH		UINT64_C(1772532000123456789)	/* 2026-03-03T10:00:00.123456Z */

int bfdctl_main(int argc, char **argv);

struct run {
	int status;
	char *out;
	char *err;
};

/* Runs a command line whose words hold no blanks. */
static struct run run(const char *line)
{
	char *argv[MAX_WORDS + 1] = { "bfdctl" };
	char text[1024];
	struct run r;
	char *save = NULL;
	int argc = 1;
	char *word;

	snprintf(text, sizeof(text), "%s", line);
	for (word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save))
		argv[argc++] = word;
	fake.asked[0] = '\0';
	capture();
	r.status = bfdctl_main(argc, argv);
	captured(&r.out, &r.err);
	return r;
}

/* What is asked of the kernel. */
static const struct {
	const char *line;
	const char *asked;
} requests[] = {
	{ "session add peer 10.0.0.2", "NEW PEER=10.0.0.2/4\n" },
	{ "session add peer 10.0.0.2 local 10.0.0.1 dev eth0 vrf blue multihop",
	  "NEW PEER=10.0.0.2/4 LOCAL=10.0.0.1/4 IFNAME=\"eth0\" VRF=\"blue\" TYPE=u8:1\n" },
	{ "session add multihop dev eth0 peer fe80::2",
	  "NEW PEER=fe80::2/16 IFNAME=\"eth0\" TYPE=u8:1\n" },
	{ "session add peer 2001:db8::2 tx 10 rx 0 mult 255 passive on admin down",
	  "NEW PEER=2001:db8::2/16 DESIRED_MIN_TX_US=u32:10000 REQUIRED_MIN_RX_US=u32:0 "
	  "DETECT_MULT=u8:255 PASSIVE=u8:1 ADMIN_DOWN=u8:1\n" },
	{ "session add peer 10.0.0.2 tx 3.3ms rx 0.05s discriminator 0xdeadbeef",
	  "NEW PEER=10.0.0.2/4 DESIRED_MIN_TX_US=u32:3300 REQUIRED_MIN_RX_US=u32:50000 "
	  "LOCAL_DISCRIMINATOR=u32:3735928559\n" },
	{ "session add peer 10.0.0.2 multihop min-ttl 250",
	  "NEW PEER=10.0.0.2/4 TYPE=u8:1 MIN_TTL=u8:250\n" },
	{ "session set peer 10.0.0.2 dev eth0 passive off admin up",
	  "SET PEER=10.0.0.2/4 IFNAME=\"eth0\" PASSIVE=u8:0 ADMIN_DOWN=u8:0\n" },
	{ "session set id 7 min-ttl 1", "SET LOCAL_DISCRIMINATOR=u32:7 MIN_TTL=u8:1\n" },
	{ "session del id 0x10", "DEL LOCAL_DISCRIMINATOR=u32:16\n" },
	{ "session del peer 10.0.0.2 multihop", "DEL PEER=10.0.0.2/4 TYPE=u8:1\n" },
	{ "session del all", "DEL\n" },
	{ "session", "DUMP GET\n" },
	{ "session show", "DUMP GET\n" },
	{ "se sh", "DUMP GET\n" },
	{ "session show state admin-down dev eth0",
	  "DUMP GET IFNAME=\"eth0\" STATE=u8:0\n" },
	{ "session show state up", "DUMP GET STATE=u8:3\n" },
	{ "session show vrf blue local 10.0.0.1 multihop",
	  "DUMP GET LOCAL=10.0.0.1/4 VRF=\"blue\" TYPE=u8:1\n" },
	{ "session show id 5", "GET LOCAL_DISCRIMINATOR=u32:5\n" },
	/* Nothing to this peer: asked again, for the kernel's own words. */
	{ "session show peer fe80::2",
	  "DUMP GET PEER=fe80::2/16\nGET PEER=fe80::2/16\n" },
	{ "session show peer 10.0.0.2 state up", "DUMP GET PEER=10.0.0.2/4 STATE=u8:3\n" },
	{ "save", "DUMP GET\n" },
	{ "sa", "DUMP GET\n" },
	{ "session dEl all", NULL },
};

static void test_requests(void)
{
	size_t i;

	for (i = 0; i < sizeof(requests) / sizeof(*requests); i++) {
		struct run r = run(requests[i].line);

		if (!requests[i].asked) {
			check(r.status == 1 && !*fake.asked, "refused: %s", requests[i].line);
			continue;
		}
		check_text(fake.asked, requests[i].asked, "%s", requests[i].line);
		check(!r.status && !*r.out && !*r.err, "and is silent");
	}
}

/* What is wrong with a command line, and nothing is asked. */
static const struct {
	const char *line;
	const char *error;
} usage_errors[] = {
	{ "s", "object \"s\" is ambiguous: session, stats, save" },
	{ "reflector", "unknown object \"reflector\" "
	  "(one of: session, monitor, stats, save, help)" },
	{ "session s", "command \"s\" is ambiguous: set, show" },
	{ "session frob", "unknown command \"frob\" (one of: add, set, del, show)" },
	{ "-x session", "unknown option \"-x\" (try: bfdctl help)" },
	{ "-", "unknown option \"-\" (try: bfdctl help)" },
	{ "-n", "\"-n\" needs a value" },
	{ "-n no/where session", "\"no/where\" is not a name of a network namespace" },
	{ "-n no-such-netns session", "network namespace \"no-such-netns\" does not exist" },
	{ "-color=pink session", "-color: \"pink\" is not one of: auto, always, never" },
	{ "-b /no/such/file", "cannot open \"/no/such/file\": No such file or directory" },
	{ "-b - session", "unexpected \"session\"" },
	{ "session show -j", "unexpected \"-j\" (options stand before the object)" },
	{ "stats -j", "unexpected \"-j\" (options stand before the object)" },
	{ "monitor now", "unexpected \"now\"" },
	{ "-j save", "save prints a batch file, which has no JSON form" },
	{ "session add", "session add: \"peer\" is missing" },
	{ "session add dev eth0", "session add: \"peer\" is missing" },
	{ "session add peer", "\"peer\" needs a value" },
	{ "session add peer 10.0.0.300", "peer: \"10.0.0.300\" is not an IP address" },
	{ "session add peer 224.0.0.5",
	  "peer: 224.0.0.5 is multicast, not a unicast address" },
	{ "session add peer ff02::5", "peer: ff02::5 is multicast, not a unicast address" },
	{ "session add peer 255.255.255.255",
	  "peer: 255.255.255.255 is broadcast, not a unicast address" },
	{ "session add peer ::", "peer: :: is unspecified, not a unicast address" },
	{ "session add peer 10.0.0.2 local 0.0.0.0",
	  "local: 0.0.0.0 is unspecified, not a unicast address" },
	{ "session add peer 10.0.0.2 local fe80::1",
	  "local: the family differs from that of peer" },
	{ "session add peer fe80::2", "an IPv6 link-local peer needs \"dev\"" },
	{ "session del peer fe80::2", "an IPv6 link-local peer needs \"dev\"" },
	{ "session add peer 10.0.0.2 peer 10.0.0.3", "\"peer\" is given twice" },
	{ "session add peer 10.0.0.2 multihop multihop", "\"multihop\" is given twice" },
	{ "session add peer 10.0.0.2 min-ttl 3",
	  "min-ttl: only multihop has one; a single hop is always 255" },
	{ "session add peer 10.0.0.2 multihop min-ttl 0",
	  "min-ttl: 0 is out of range (1 to 255)" },
	{ "session add peer 10.0.0.2 mult 256", "mult: 256 is out of range (1 to 255)" },
	{ "session add peer 10.0.0.2 tx 999us",
	  "tx: 999us is out of range (1ms to 4294.967295s)" },
	{ "session add peer 10.0.0.2 rx 1us",
	  "rx: 1us is out of range (0, or 1ms to 4294.967295s)" },
	{ "session add peer 10.0.0.2 passive yes", "passive: \"yes\" is not one of: off, on" },
	{ "session add peer 10.0.0.2 admin on", "admin: \"on\" is not one of: up, down" },
	{ "session add peer 10.0.0.2 discriminator 0",
	  "discriminator: 0 is out of range (1 to 4294967295)" },
	{ "session add peer 10.0.0.2 id 5", "\"id\" does not go with session add" },
	{ "session add peer 10.0.0.2 state up", "\"state\" does not go with session add" },
	{ "session add peer 10.0.0.2 dev a-very-long-device-name",
	  "dev: \"a-very-long-device-name\" is too long for a device name" },
	{ "session add peer 10.0.0.2 auth none",
	  "unknown keyword \"auth\" (try: bfdctl session help)" },
	{ "session add peer 10.0.0.2 demand on",
	  "unknown keyword \"demand\" (try: bfdctl session help)" },
	{ "session add peer 10.0.0.2 echo",
	  "unknown keyword \"echo\" (try: bfdctl session help)" },
	{ "session add pee 10.0.0.2", "unknown keyword \"pee\" (try: bfdctl session help)" },
	{ "session set", "session set: which one? (peer ADDR ..., id N)" },
	{ "session set tx 10", "session set: which one? (peer ADDR ..., id N)" },
	{ "session set id 5", "session set: nothing to change" },
	{ "session set id 5 discriminator 6",
	  "\"discriminator\" does not go with session set" },
	{ "session set id 5 peer 10.0.0.2 tx 10",
	  "\"id\" selects by itself, without peer, dev or other words" },
	{ "session set dev eth0 tx 10", "session set: \"peer\" is missing" },
	{ "session del", "session del: which one? (peer ADDR ..., id N, or all)" },
	{ "session del all dev eth0",
	  "\"all\" selects by itself, without peer, dev or other words" },
	{ "session del id 5 all", "\"id\" and \"all\" exclude each other" },
	{ "session del id 5 tx 10", "\"tx\" does not go with session del" },
	{ "session show state running",
	  "state: \"running\" is not one of: admin-down, down, init, up" },
	{ "session show id 5 state up",
	  "\"id\" selects by itself, without peer, dev or other words" },
};

static void test_usage_errors(void)
{
	char want[512];
	size_t i;

	for (i = 0; i < sizeof(usage_errors) / sizeof(*usage_errors); i++) {
		struct run r = run(usage_errors[i].line);

		snprintf(want, sizeof(want), "Error: %s.\n", usage_errors[i].error);
		check_text(r.err, want, "%s", usage_errors[i].line);
		check(r.status == 1 && !*r.out && !*fake.asked, "exit 1, nothing asked");
	}
}

/* A refusal is the kernel's sentence with our keyword. */
static void test_refusals(void)
{
	static const struct {
		const char *line;
		int attr;
		const char *error;
	} cases[] = {
		{ "session add peer 10.0.0.2", 0, "Error: no.\n" },
		{ "session add peer 10.0.0.2 dev lo", BFD_A_IFNAME, "Error: dev: no.\n" },
		{ "session set id 5 tx 10", BFD_A_LOCAL_DISCRIMINATOR, "Error: id: no.\n" },
		{ "session add peer 10.0.0.2 discriminator 5", BFD_A_LOCAL_DISCRIMINATOR,
		  "Error: discriminator: no.\n" },
		{ "session add peer 10.0.0.2", BFD_A_IFNAME, "Error: dev: no.\n" },
		{ "session add peer 10.0.0.2", BFD_A_COUNTERS, "Error: no.\n" },
		{ "session show", 0, "Error: no.\n" },
		{ "-j session show", 0, "Error: no.\n" },
		{ "-j stats", 0, "Error: no.\n" },
		{ "save", 0, "Error: no.\n" },
	};
	size_t i;

	fake.refusal = "no";
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct run r;

		fake.refused_attr = cases[i].attr;
		r = run(cases[i].line);
		check_text(r.err, cases[i].error, "%s", cases[i].line);
		check(r.status == 2 && !*r.out, "exit 2, nothing printed");
	}
	fake.refusal = NULL;
	fake.refused_attr = 0;
}

static void test_help(void)
{
	static const char *const lines[] = {
		"help", "-h", "--help", "-help", "session help", "session add help", "session -h",
		"session show help", "monitor help", "stats help", "save help", "he",
	};
	struct run r;
	size_t i;

	for (i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		r = run(lines[i]);
		check(!r.status && !strncmp(r.out, "Usage: bfdctl ", 14) && !*r.err && !*fake.asked,
		      "bfdctl %s prints usage", lines[i]);
	}
	r = run("");
	check(r.status == 1 && !*r.out && !strncmp(r.err, "Usage: bfdctl ", 14),
	      "bfdctl alone prints usage, as an error");
	r = run("-V");
	check(!r.status && !strncmp(r.out, "bfdctl ", 7), "bfdctl -V prints the version");
}

static void put_addr(struct nl_msg *msg, int attr, const char *text)
{
	struct addr addr;

	parse_unicast("test", text, &addr);
	nla_put(msg, attr, addr.len, addr.bytes);
}

static void put_statistics(struct nl_msg *msg, bool busy)
{
	uint32_t histogram[BFD_HISTOGRAM_BUCKETS] = { 0 };
	struct nlattr *nest = nla_nest_start(msg, BFD_A_STATISTICS);

	if (busy) {
		histogram[13] = 3;
		histogram[15] = 1900;
		histogram[16] = 120;
		histogram[BFD_HISTOGRAM_BUCKETS - 1] = 1;
	}
	nla_put_u64(msg, BFD_STAT_CREATE_TIME_NS, EPOCH);
	nla_put_u64(msg, BFD_STAT_LAST_UP_TIME_NS, busy ? EPOCH + 1500 * MSEC : 0);
	nla_put_u64(msg, BFD_STAT_LAST_DOWN_TIME_NS, 0);
	nla_put_u64(msg, BFD_STAT_UP_COUNT, busy);
	nla_put_u64(msg, BFD_STAT_DOWN_COUNT, 0);
	nla_put_u64(msg, BFD_STAT_ADMIN_DOWN_COUNT, 0);
	nla_put_u64(msg, BFD_STAT_RX_PACKETS, busy ? 2024 : 0);
	nla_put_u64(msg, BFD_STAT_TX_PACKETS, busy ? UINT64_C(1) << 60 : 5);
	nla_put_u64(msg, BFD_STAT_RX_INVALID, 0);
	nla_put_u64(msg, BFD_STAT_TX_FAILED, 2);
	nla_put_u64(msg, BFD_STAT_GRACE, 0);
	nla_put(msg, BFD_STAT_RX_INTERVAL_HISTOGRAM, sizeof(histogram), histogram);
	nla_nest_end(msg, nest);
}

static void put_timers(struct nl_msg *msg, uint32_t us)
{
	nla_put_u32(msg, BFD_A_DESIRED_MIN_TX_US, us);
	nla_put_u32(msg, BFD_A_REQUIRED_MIN_RX_US, us);
	nla_put_u8(msg, BFD_A_DETECT_MULT, 3);
}

/* A session as one that has a peer, or one that waits for it. */
static struct nl_msg *make_session(uint8_t cmd, bool up)
{
	struct nl_msg *msg = nlmsg_alloc_size(8192);

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, cmd, 1);
	nla_put_u32(msg, BFD_A_LOCAL_DISCRIMINATOR, up ? 305419896 : 7);
	nla_put_u8(msg, BFD_A_STATE, up ? BFD_STATE_UP : BFD_STATE_DOWN);
	nla_put_u32(msg, BFD_A_CPU, up);
	put_timers(msg, up ? 50000 : 300000);
	if (up) {
		put_addr(msg, BFD_A_PEER, "10.0.0.2");
		nla_put_string(msg, BFD_A_IFNAME, "eth0");
		nla_put_u32(msg, BFD_A_IFINDEX, 2);
		put_addr(msg, BFD_A_SOURCE, "10.0.0.1");
		nla_put_u32(msg, BFD_A_REMOTE_DISCRIMINATOR, 2596069104);
		nla_put_u8(msg, BFD_A_REMOTE_STATE, BFD_STATE_UP);
		nla_put_u8(msg, BFD_A_REMOTE_DETECT_MULT, 5);
		nla_put_u32(msg, BFD_A_REMOTE_DESIRED_MIN_TX_US, 50000);
		nla_put_u32(msg, BFD_A_REMOTE_REQUIRED_MIN_RX_US, 50000);
		nla_put_u32(msg, BFD_A_NEGOTIATED_TX_US, 50000);
		nla_put_u32(msg, BFD_A_NEGOTIATED_RX_US, 50000);
		nla_put_u64(msg, BFD_A_DETECTION_TIME_US, 250000);
		nla_put_u16(msg, BFD_A_SOURCE_PORT, 49152);
	} else {
		put_addr(msg, BFD_A_PEER, "2001:db8::2");
		put_addr(msg, BFD_A_LOCAL, "2001:db8::1");
		nla_put_string(msg, BFD_A_VRF, "blue");
		nla_put_u8(msg, BFD_A_TYPE, BFD_TYPE_MULTIHOP);
		nla_put_u8(msg, BFD_A_MIN_TTL, 250);
		nla_put_u8(msg, BFD_A_PASSIVE, 1);
		nla_put_u8(msg, BFD_A_DIAGNOSTIC, BFD_DIAG_CONTROL_EXPIRY);
		nla_put_u32(msg, BFD_A_NEGOTIATED_TX_US, 1000000);
	}
	put_statistics(msg, up);
	return msg;
}

static struct nl_msg *make_event(uint8_t event, bool up)
{
	struct nl_msg *msg = make_session(BFD_CMD_SESSION_NTF, up);

	nla_put_u8(msg, BFD_A_EVENT, event);
	nla_put_u64(msg, BFD_A_TIMESTAMP_NS, EPOCH);
	if (event == BFD_EVENT_STATE) {
		nla_put_u8(msg, BFD_A_OLD_STATE, up ? BFD_STATE_INIT : BFD_STATE_UP);
		if (!up)
			nla_put_u32(msg, BFD_A_DETECTION_LATENCY_US, 85);
	}
	return msg;
}

static int counter_value(int attr)
{
	return attr % 3 ? 0 : attr * 1000;
}

static struct nl_msg *make_counters(void)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *nest;
	int i;

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, BFD_CMD_STATS_GET, 1);
	nest = nla_nest_start(msg, BFD_A_COUNTERS);
	/* The last is left out, as by a kernel that does not have it. */
	for (i = BFD_COUNTER_PAD + 1; i < BFD_COUNTER_MAX; i++)
		nla_put_u64(msg, i, counter_value(i));
	nla_nest_end(msg, nest);
	return msg;
}

static void check_output(const char *line, const char *name)
{
	struct run r = run(line);

	check(!r.status && !*r.err, "bfdctl %s succeeds", line);
	check_file(r.out, name);
}

static void test_output(void)
{
	/* As a hash would give them; they are printed in order. */
	fake.sessions[0] = make_session(BFD_CMD_SESSION_GET, false);
	fake.sessions[1] = make_session(BFD_CMD_SESSION_GET, true);
	fake.counters = make_counters();

	check_output("session", "show.txt");
	check_output("-s session", "show-s.txt");
	check_output("-c session", "show-c.txt");
	check_output("-j session", "show.json");
	check_output("-j -p -s session", "show-s.json");
	check_output("save", "save.txt");
}

/* Names and texts are the header's; one line, or one member, for each. */
static void test_stats(void)
{
	static const struct {
		int attr;
		const char *name;
		const char *text;
	} counters[] = {
#define COUNTER(attr, name, text) { BFD_COUNTER_##attr, name, text },
		BFD_COUNTERS(COUNTER)
#undef COUNTER
	};
	size_t count = sizeof(counters) / sizeof(*counters) - 1;
	char *text, *json;
	size_t size, i;
	FILE *out;

	out = open_memstream(&text, &size);
	for (i = 0; i < count; i++)
		fprintf(out, "%-30s %12d   %s\n", counters[i].name, counter_value(counters[i].attr),
			counters[i].text);
	fclose(out);
	check_text(run("stats").out, text, "stats prints all the kernel has");
	free(text);

	out = open_memstream(&json, &size);
	for (i = 0; i < count; i++)
		fprintf(out, "%s\"%s\":%d", i ? "," : "[{", counters[i].name,
			counter_value(counters[i].attr));
	fputs("}]\n", out);
	fclose(out);
	check_text(run("-j stats").out, json, "and in JSON one object of numbers");
	free(json);
}

static void check_monitor(const char *line, const char *name)
{
	struct run r = run(line);

	check(r.status == 2, "bfdctl %s ends when the module goes", line);
	check_text(r.err, "Error: bfd.ko was unloaded.\n", "and says so");
	check_file(r.out, name);
}

static void test_monitor(void)
{
	fake.events[0] = make_event(BFD_EVENT_NEW, false);
	fake.events[1] = make_event(BFD_EVENT_STATE, true);
	fake.events[2] = make_event(BFD_EVENT_SET, true);
	fake.events[3] = make_event(BFD_EVENT_STATE, false);
	fake.events[4] = make_event(BFD_EVENT_DEL, false);
	check_monitor("monitor", "monitor.txt");
	check_monitor("-t -s monitor", "monitor-s.txt");
	check_monitor("-j monitor", "monitor.json");
}

/* Everything that stands after the first @text; "" if it is not there. */
static const char *after(const char *all, const char *text)
{
	const char *at = strstr(all, text);

	return at ? at + strlen(text) : "";
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

/* Batches run against the scripted kernel. */
static void check_batch(const char *options, const char *text, int status, const char *asked,
			const char *error)
{
	char path[] = "/tmp/bfdctl-test-XXXXXX";
	char line[128], want[256];
	int fd = mkstemp(path);
	struct run r;

	if (write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		abort();
	close(fd);
	snprintf(line, sizeof(line), "%s -b %s", options, path);
	r = run(line);
	unlink(path);
	check(r.status == status, "a batch ends with status %d", status);
	check_text(fake.asked, asked, "having asked");
	snprintf(want, sizeof(want), "%s%s%s", *error ? "Error: " : "", *error ? path : "", error);
	check_text(r.err, want, "and said");
}

static void test_batch(void)
{
	check_batch("", "session add peer 10.0.0.2\n# none\n\nsession add \\\n peer 10.0.0.3\n", 0,
		    "NEW PEER=10.0.0.2/4\nNEW PEER=10.0.0.3/4\n", "");
	check_batch("", "session add peer 10.0.0.2\n\nsession add\nsession del all\n", 1,
		    "NEW PEER=10.0.0.2/4\n", ":3: session add: \"peer\" is missing.\n");
	check_batch("-force", "session add\nsession del all\n", 1, "DEL\n",
		    ":1: session add: \"peer\" is missing.\n");
	check_batch("", "-j session\n", 1, "",
		    ":1: options stand on the command line of the batch.\n");
	fake.refusal = "no";
	check_batch("", "\nsession add peer 10.0.0.2\n", 2, "NEW PEER=10.0.0.2/4\n", ":2: no.\n");
	fake.refusal = NULL;
}

/* A saved batch asks for the sessions it was made of. */
static void test_restore(void)
{
	struct run r = run("save");
	char *text = strdup(r.out);

	check_batch("", text, 0,
		    "NEW PEER=10.0.0.2/4 IFNAME=\"eth0\" DESIRED_MIN_TX_US=u32:50000 "
		    "REQUIRED_MIN_RX_US=u32:50000 DETECT_MULT=u8:3 "
		    "LOCAL_DISCRIMINATOR=u32:305419896\n"
		    "NEW PEER=2001:db8::2/16 LOCAL=2001:db8::1/16 VRF=\"blue\" TYPE=u8:1 "
		    "DESIRED_MIN_TX_US=u32:300000 REQUIRED_MIN_RX_US=u32:300000 DETECT_MULT=u8:3 "
		    "PASSIVE=u8:1 MIN_TTL=u8:250 LOCAL_DISCRIMINATOR=u32:7\n", "");
	free(text);
}

/* The manual's examples are commands that work; a shell's > is not for us. */
static void test_examples(void)
{
	const char *prompt = ".Dl # bfdctl ";
	const char *path = getenv("UNIT_MANUAL");
	FILE *page = fopen(path ? path : "bfdctl.8", "r");
	char line[512];

	if (!check(page, "the manual can be read"))
		return;
	while (fgets(line, sizeof(line), page)) {
		struct run r;

		line[strcspn(line, "\n>")] = '\0';
		if (strncmp(line, prompt, strlen(prompt)) || strstr(line, " -b "))
			continue;
		r = run(line + strlen(prompt));
		if (strstr(line, "monitor"))
			check(r.status == 2, "example: %s", line + strlen(prompt));
		else
			check(!r.status && !*r.err, "example: %s", line + strlen(prompt));
	}
	fclose(page);
}

static void release(void)
{
	size_t i;

	for (i = 0; fake.sessions[i]; i++)
		nlmsg_free(fake.sessions[i]);
	for (i = 0; fake.events[i]; i++)
		nlmsg_free(fake.events[i]);
	nlmsg_free(fake.counters);
}

int main(void)
{
	setenv("NO_COLOR", "1", 1);
	test_requests();
	test_usage_errors();
	test_refusals();
	test_help();
	test_output();
	test_stats();
	test_monitor();
	test_lost_events();
	test_batch();
	test_restore();
	test_examples();
	release();
	return unit_done();
}
