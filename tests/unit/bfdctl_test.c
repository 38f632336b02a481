// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl as a whole over a scripted kernel: what each command line asks for,
 * prints and returns. Its words are in bfdctl_words.c, monitor in bfdctl_monitor.c.
 */
#include <linux/bfd.h>
#include <netlink/genl/genl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bfdctl/sample.h"
#include "bfdctl_fixture.h"
#include "fake_genl.h"
#include "lib/args.h"
#include "run_tool.h"
#include "unit.h"

/*
 * Reflectors are shown and saved; one that exists is set, unless it is to answer
 * elsewhere.
 */
static void test_reflectors(void)
{
	struct run r;

	fake.answers[3] = make_reflector(false);
	fake.answers[4] = make_reflector(true);
	check_output("reflector show", "reflector.txt");
	check_output("-s reflector show", "reflector-s.txt");
	check_output("-j reflector show", "reflector.json");
	r = run("save");
	check(*after(r.out, "\nreflector replace discriminator 5 local 2001:db8::1 rx 50ms rate 100 "
		     "min-ttl 254 admin down\nreflector replace discriminator 3000000000 rx 10ms "
		     "rate 10000 min-ttl 1\n") == '\0' && strstr(r.out, "discriminator 3000000000"),
	      "save has the reflectors");
	run("reflector replace discriminator 5 local 2001:db8::1 rx 60ms");
	check_text(fake.asked, "DUMP REFLECTOR_GET\nREFLECTOR_SET LOCAL_DISCRIMINATOR=u32:5 "
		   "REQUIRED_MIN_RX_US=u32:60000 REPLY_RATE=u32:10000 MIN_TTL=u8:1 "
		   "ADMIN_DOWN=u8:0\n", "replace sets one that exists");
	run("reflector replace discriminator 5");
	check_text(fake.asked, "DUMP REFLECTOR_GET\nREFLECTOR_DEL LOCAL_DISCRIMINATOR=u32:5\n"
		   "REFLECTOR_NEW LOCAL_DISCRIMINATOR=u32:5 REQUIRED_MIN_RX_US=u32:10000 "
		   "REPLY_RATE=u32:10000 MIN_TTL=u8:1 ADMIN_DOWN=u8:0\n",
		   "but makes another where it answers elsewhere");
	nlmsg_free(fake.answers[3]);
	nlmsg_free(fake.answers[4]);
	fake.answers[3] = NULL;
	fake.answers[4] = NULL;
}

/* Policies are shown and saved; one that exists is set. What they made is not saved. */
static void test_unsolicited(void)
{
	struct nl_msg *answer = fake.answers[1];
	struct run r;

	fake.answers[3] = make_policy(false);
	fake.answers[4] = make_policy(true);
	check_output("unsolicited show", "unsolicited.txt");
	check_output("-j unsolicited show", "unsolicited.json");
	r = run("save");
	check(*after(r.out, "\nunsolicited replace dev eth0 allow 10.0.0.0/8 allow 2001:db8::/32 "
		     "max-sessions 10 tx 50ms rx 50ms mult 3 idle 0us\n"
		     "unsolicited replace dev eth1 allow 10.0.0.0/8 max-sessions 64 tx 300ms "
		     "rx 300ms mult 3 idle 60s\n") == '\0' && strstr(r.out, "dev eth1 allow"),
	      "save has the policies");
	run("unsolicited replace dev eth1 allow 10.0.0.0/8");
	check_text(fake.asked, "DUMP UNSOLICITED_GET\nUNSOLICITED_SET IFNAME=\"eth1\" PREFIXES="
		   NET4("01", "08") " MAX_SESSIONS=u32:64 DESIRED_MIN_TX_US=u32:300000 "
		   "REQUIRED_MIN_RX_US=u32:300000 DETECT_MULT=u8:3 IDLE_TIME_US=u32:60000000\n",
		   "replace sets one that exists");
	nlmsg_free(fake.answers[3]);
	nlmsg_free(fake.answers[4]);
	fake.answers[3] = NULL;
	fake.answers[4] = NULL;

	fake.answers[1] = make_session(BFD_CMD_SESSION_GET, true);
	nla_put_u8(fake.answers[1], BFD_A_UNSOLICITED, 1);
	r = run("session show peer 10.0.0.2");
	check(strstr(r.out, " unsolicited "), "a session that a policy made says so");
	r = run("save");
	check(r.status == 0 && !strstr(r.out, "305419896"), "and is not saved");
	run("session replace peer 10.0.0.2 dev eth0");
	check(strstr(fake.asked, "\nNEW PEER=10.0.0.2/4 IFNAME=\"eth0\""), "replace adds another");
	nlmsg_free(fake.answers[1]);
	fake.answers[1] = answer;
}

/* An S-BFD session is shown as one, and saved with what its type has. */
static void test_sbfd(void)
{
	struct nl_msg *answer = fake.answers[0];
	struct run r;

	fake.answers[0] = make_session(BFD_CMD_SESSION_GET, true);
	nla_put_u8(fake.answers[0], BFD_A_TYPE, BFD_TYPE_SBFD);
	nla_put_u8(fake.answers[0], BFD_A_MIN_TTL, 1);
	r = run("-j session");
	check(strstr(r.out, "\"type\":\"sbfd\"") &&
	      strstr(r.out, "\"remote-discriminator\":2596069104"),
	      "JSON says of which type it is");
	r = run("save");
	check(strstr(r.out, "session replace peer 10.0.0.2 dev eth0 sbfd remote-discriminator "
		     "2596069104 tx 50ms mult 3 "), "a batch has what makes it one");
	nlmsg_free(fake.answers[0]);
	fake.answers[0] = answer;
}

/* One table for each moment, of whatever the terminal's size would be. */
static void test_top(void)
{
	struct run r;

	check_output("top 100ms count 1", "top.txt");
	check_output("-j top 100ms count 1", "top.json");
	check_text(fake.asked, "DUMP GET\nSTATS\nDUMP GET\nSTATS\n", "two looks make a rate");
	r = run("-j top 100ms count 2");
	check(!strncmp(after(r.out, "\n"), "[{", 2) && !*after(after(r.out, "\n"), "\n"),
	      "as many arrays as tables");
	check(!strstr(run("top 100ms count 1").out, "\033"), "and no escapes where no terminal is");
}

/* Puts another number in a statistic of an answer. */
static void set_stat(struct nl_msg *msg, int attr, uint64_t value)
{
	struct nlattr *nest = nlmsg_find_attr(nlmsg_hdr(msg), GENL_HDRLEN, BFD_A_STATISTICS);

	memcpy(nla_data(nla_find(nla_data(nest), nla_len(nest), attr)), &value, sizeof(value));
}

/* Packets a second, of what both looks saw; what began anew is not known. */
static void test_rates(void)
{
	struct tool tool = { .name = "bfdctl" };
	struct sample before, now, none = { 0 };

	check(!sample_take(&tool, &before) && before.count == 2, "a look sees all sessions");
	set_stat(fake.answers[1], BFD_STAT_RX_PACKETS, 2024 + 41);
	set_stat(fake.answers[0], BFD_STAT_TX_PACKETS, 4);
	check(!sample_take(&tool, &now), "and so does another one");
	now.at_ns = before.at_ns + 2000 * MSEC;
	now.drops += 7;
	sample_compare(&now, &before);
	check(now.rows[1].id == 305419896 && now.rows[1].rx_rate == 21 && !now.rows[1].tx_rate,
	      "41 packets in 2 s are 21 a second, to the nearest");
	check(now.rows[0].id == 7 && !now.rows[0].rx_rate && now.rows[0].tx_rate == RATE_UNKNOWN,
	      "what counts less than before is not known");
	check(now.rx_rate == 21 && !now.tx_rate && now.drop_rate == 4, "the sums are of these");
	check(now.states[BFD_STATE_UP] == 1 && now.states[BFD_STATE_DOWN] == 1, "by state");

	now.rx_rate = RATE_UNKNOWN;
	sample_compare(&now, &none);
	check(now.rx_rate == RATE_UNKNOWN, "without a look before it there are no rates");
	before.rows[1].id++;
	now.rows[1].rx_rate = RATE_UNKNOWN;
	sample_compare(&now, &before);
	check(now.rows[1].rx_rate == RATE_UNKNOWN && !now.rx_rate, "nor of a session that is new");

	set_stat(fake.answers[1], BFD_STAT_RX_PACKETS, 2024);
	set_stat(fake.answers[0], BFD_STAT_TX_PACKETS, 5);
	sample_free(&before);
	sample_free(&now);
	channel_close(tool.channel);
}

/* State first, then what was left of the detection time, misses, flaps. */
static void test_worst(void)
{
	static const uint32_t order[] = { 9, 3, 8, 2, 1, 5, 4, 6, 7 };
	struct nl_msg *answers[COUNT(fake.answers)];
	struct tool tool = { .name = "bfdctl" };
	struct sample sample;
	bool ok;
	size_t i;

	memcpy(answers, fake.answers, sizeof(answers));
	memset(fake.answers, 0, sizeof(fake.answers));
	fake.answers[0] = make_seen(1, BFD_STATE_UP, 500, 0, 2);
	fake.answers[1] = make_seen(2, BFD_STATE_UP, 499, 0, 0);
	fake.answers[2] = make_seen(3, BFD_STATE_DOWN, -1, 0, 0);
	fake.answers[3] = make_seen(4, BFD_STATE_UP, 500, 0, 1);
	fake.answers[4] = make_seen(5, BFD_STATE_UP, 500, 0, 2);
	fake.answers[5] = make_seen(6, BFD_STATE_UP, -1, 0, 9);
	fake.answers[6] = make_seen(7, BFD_STATE_ADMIN_DOWN, 0, 9, 9);
	fake.answers[7] = make_seen(8, BFD_STATE_INIT, 900, 0, 0);
	fake.answers[8] = make_seen(9, BFD_STATE_DOWN, -1, 1, 0);
	ok = !sample_take(&tool, &sample) && sample.count == COUNT(order);
	for (i = 0; ok && i < COUNT(order); i++)
		ok = sample.worst[i]->id == order[i];
	check(ok, "the worst sessions come first");
	sample_free(&sample);
	channel_close(tool.channel);
	fake_release();
	memcpy(fake.answers, answers, sizeof(answers));
}

/* As bfdctl, for those who have a terminal to run it on. */
static int run_as_tool(int argc, char **argv)
{
	fake.answers[0] = make_session(BFD_CMD_SESSION_GET, false);
	fake.answers[1] = make_session(BFD_CMD_SESSION_GET, true);
	fake.answers[2] = make_seen(3, BFD_STATE_UP, 100, 1, 0);
	fake.refusal = getenv("BFD_TEST_REFUSAL");
	return tool_under_test(argc, argv);
}

static void test_output(void)
{
	/* As a hash would give them; they are printed in order. */
	fake.answers[0] = make_session(BFD_CMD_SESSION_GET, false);
	fake.answers[1] = make_session(BFD_CMD_SESSION_GET, true);
	fake.answers[2] = make_counters();

	check_output("session", "show.txt");
	check_output("-s session", "show-s.txt");
	setenv("LC_ALL", "C.UTF-8", 1);
	check_output("-s session", "show-s-blocks.txt");
	setenv("LC_ALL", "C", 1);
	check_output("-c session", "show-c.txt");
	check_output("-j session", "show.json");
	check_output("-j -p -s session", "show-s.json");
	check_output("save", "save.txt");
}

/* Names and texts are the header's; the last is one the kernel does not have. */
static void test_stats(void)
{
	static struct counter_line lines[] = {
#define LINE(attr, name, text) { name, text, BFD_COUNTER_##attr },
		BFD_COUNTERS(LINE)
#undef LINE
	};
	size_t i;

	for (i = 0; i < COUNT(lines); i++)
		lines[i].value = counter_value(lines[i].value);
	check_counters(lines, COUNT(lines) - 1, "", "");
}

/* A file in /tmp that holds @text; its name is there until the next but one. */
const char *make_file(const char *text, int mode)
{
	static char paths[2][32];
	static int next;
	char *path = paths[next++ % 2];
	int fd;

	strcpy(path, "/tmp/bfdctl-test-XXXXXX");
	fd = mkstemp(path);
	if (write(fd, text, strlen(text)) != (ssize_t)strlen(text) || fchmod(fd, mode))
		abort();
	close(fd);
	return path;
}

/* What a file holds, or "none", until the next call. */
const char *text_of(const char *path)
{
	static char text[4096];
	FILE *file = fopen(path, "r");

	if (!file)
		return "none";
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	return text;
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

/*
 * A saved batch asks for the sessions it was made of, unless they are there;
 * one that is not as it was is set, and keeps its discriminator.
 */
static void test_restore(void)
{
	struct nl_msg *answers[2] = { fake.answers[0], fake.answers[1] };
	struct run r = run("save");
	char *text = strdup(r.out);

	check_batch("", text, 0,
		    "DUMP GET PEER=10.0.0.2/4 IFNAME=\"eth0\"\n"
		    "DUMP GET PEER=2001:db8::2/16 LOCAL=2001:db8::1/16 VRF=\"blue\" TYPE=u8:1\n",
		    "");

	fake.answers[0] = NULL;
	check_batch("", text, 0,
		    "DUMP GET PEER=10.0.0.2/4 IFNAME=\"eth0\"\n"
		    "NEW PEER=10.0.0.2/4 IFNAME=\"eth0\" DESIRED_MIN_TX_US=u32:50000 "
		    "REQUIRED_MIN_RX_US=u32:50000 DETECT_MULT=u8:3 PASSIVE=u8:0 ADMIN_DOWN=u8:0 "
		    "REROUTE=u8:0 DEMAND=u8:1 DEMAND_POLL_US=u32:1000000 "
		    "HOLD_UP_US=u32:5000000 HOLD_UP_MAX_US=u32:60000000 PADDED_PDU_SIZE=u32:1500 "
		    "DESIRED_MIN_ECHO_TX_US=u32:10000 REQUIRED_MIN_ECHO_RX_US=u32:30000 "
		    "ECHO_SLOW_US=u32:2000000 "
		    "AUTH_KEYS=14000180" TYPE("05") ID("07") "14000280" TYPE("02") ID("fa") " "
		    "LOCAL_DISCRIMINATOR=u32:305419896\n"
		    "DUMP GET PEER=2001:db8::2/16 LOCAL=2001:db8::1/16 VRF=\"blue\" TYPE=u8:1\n"
		    "NEW PEER=2001:db8::2/16 LOCAL=2001:db8::1/16 VRF=\"blue\" TYPE=u8:1 "
		    "DESIRED_MIN_TX_US=u32:300000 REQUIRED_MIN_RX_US=u32:300000 DETECT_MULT=u8:3 "
		    "PASSIVE=u8:1 ADMIN_DOWN=u8:0 DEMAND=u8:0 DEMAND_POLL_US=u32:1000000 "
		    "HOLD_UP_US=u32:0 HOLD_UP_MAX_US=u32:0 PADDED_PDU_SIZE=u32:0 MIN_TTL=u8:250 "
		    "LOCAL_DISCRIMINATOR=u32:7\n", "");
	free(text);

	fake.answers[0] = answers[0];
	run("session replace peer 10.0.0.2 dev eth0 tx 50ms rx 50ms mult 4 discriminator 9");
	check(*after(fake.asked, "SET PEER=10.0.0.2/4 IFNAME=\"eth0\" DESIRED_MIN_TX_US=u32:50000 "
		     "REQUIRED_MIN_RX_US=u32:50000 DETECT_MULT=u8:4 PASSIVE=u8:0 ADMIN_DOWN=u8:0 "
		     "REROUTE=u8:0 DEMAND=u8:0 DEMAND_POLL_US=u32:1000000 "
		     "HOLD_UP_US=u32:0 HOLD_UP_MAX_US=u32:0 PADDED_PDU_SIZE=u32:0"),
	      "replace sets what differs");
	check(!strstr(fake.asked, "LOCAL_DISCRIMINATOR"), "but not the discriminator");
	run("session replace peer 10.0.0.2 tx 50ms rx 50ms");
	check(*after(fake.asked, "NEW PEER=10.0.0.2/4 "), "one on a device is not one on none");
}

/* Up that is kept back: show has both states, whoever acts on it has one. */
static void test_held(void)
{
	struct nl_msg *msg = nlmsg_alloc(), *answers[2] = { fake.answers[0], fake.answers[1] };
	struct run r;

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, BFD_CMD_SESSION_GET, 1);
	put_addr(msg, BFD_A_PEER, "10.0.0.2");
	nla_put_u32(msg, BFD_A_LOCAL_DISCRIMINATOR, 9);
	nla_put_u8(msg, BFD_A_STATE, BFD_STATE_UP);
	nla_put_u8(msg, BFD_A_REPORTED_STATE, BFD_STATE_INIT);
	nla_put_u32(msg, BFD_A_HELD_LEFT_US, 3200000);
	fake.answers[0] = msg;
	fake.answers[1] = NULL;
	r = run("session show");
	check(strstr(r.out, "up         peer 10.0.0.2") && strstr(r.out, " held 3.2s"),
	      "a session that is held says so");
	r = run("-j session show");
	check(strstr(r.out, "\"local-state\":\"up\"") &&
	      strstr(r.out, "\"held-time-left\":3200000,\"reported-state\":\"init\""),
	      "and what listeners know");
	nlmsg_free(msg);
	fake.answers[0] = answers[0];
	fake.answers[1] = answers[1];
}

/* A secret of a file, and where the file is, which a saved configuration tells. */
static void test_key_file(void)
{
	const char *path = make_file("twenty-letters-a-key\n", 0600);
	struct nl_msg *answer = fake.answers[1];
	char line[256], want[256] = "";
	struct run r;
	size_t i;

	snprintf(line, sizeof(line),
		 "session replace peer 10.0.0.2 dev eth0 tx 50ms rx 50ms auth meticulous-sha1 key-id 7 "
		 "key-file %s auth md5 key-id 250", path);
	run(line);
	for (i = 0; i < strlen(path); i++)
		snprintf(want + 2 * i, sizeof(want) - 2 * i, "%02x", path[i]);
	check(*after(fake.asked, "180003007477656e74792d6c6574746572732d612d6b6579"),
	      "a key of a file is sent without its newline");
	check(*after(fake.asked, want), "with the name of the file");
	check(*after(fake.asked, "SET "), "though the session has one of this type and id");
	unlink(path);

	run("session replace peer 10.0.0.2 dev eth0 tx 50ms rx 50ms auth md5 key-id 250 "
	    "auth meticulous-sha1 key-id 7");
	check(*after(fake.asked, "SET "), "the order of keys is a difference");
	run("session replace peer 10.0.0.2 dev eth0 tx 50ms rx 50ms auth meticulous-sha1 key-id 7");
	check(*after(fake.asked, "SET "), "and so is their number");
	run("session replace peer 10.0.0.2 dev eth0 tx 50ms rx 50ms");
	check(strstr(fake.asked, " AUTH_KEYS=\n"), "and that there are any");

	key_file = "/etc/bfd/the key";
	fake.answers[1] = make_session(BFD_CMD_SESSION_GET, true);
	r = run("save");
	check(*after(r.out, " auth meticulous-sha1 key-id 7 key-file \"/etc/bfd/the key\" auth md5 "
		     "key-id 250 discriminator"), "save names the file");
	r = run("-j session");
	check(*after(r.out, "\"key-file\":\"/etc/bfd/the key\"},{\"type\":\"md5\",\"key-id\":250,"
		     "\"key-file\":null}]"), "and so does JSON");
	nlmsg_free(fake.answers[1]);
	fake.answers[1] = answer;
	key_file = NULL;
}

/* What a program asked for is shown to be its, and not saved. */
static void test_owner(void)
{
	struct nl_msg *answer = fake.answers[1];
	struct run r;

	fake.answers[1] = make_session(BFD_CMD_SESSION_GET, true);
	nla_put_string(fake.answers[1], BFD_A_OWNER, "frr");
	r = run("session show");
	check(strstr(r.out, " owner frr "), "an owner is shown");
	r = run("save");
	check(!strstr(r.out, "10.0.0.2") && strstr(r.out, "2001:db8::2"),
	      "what has an owner is not saved");
	nlmsg_free(fake.answers[1]);
	fake.answers[1] = answer;
}

int main(int argc, char **argv)
{
	setenv("NO_COLOR", "1", 1);
	fake.commands = bfdctl_commands;
	fake.attrs = bfdctl_attrs;
	if (argc > 1)
		return run_as_tool(argc, argv);
	test_words();
	test_output();
	test_stats();
	test_top();
	test_rates();
	test_worst();
	test_monitor();
	test_batch();
	test_restore();
	test_held();
	test_key_file();
	test_owner();
	test_reflectors();
	test_unsolicited();
	test_sbfd();
	check_examples("bfdctl");
	fake_release();
	return unit_done();
}
