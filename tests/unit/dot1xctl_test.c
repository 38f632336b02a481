// SPDX-License-Identifier: GPL-2.0
/*
 * dot1xctl as a whole over a scripted kernel: what each command line asks for,
 * prints and returns.
 */
#include <linux/dot1x.h>
#include <netlink/genl/genl.h>
#include <stdlib.h>
#include <string.h>

#include "fake_genl.h"
#include "lib/args.h"
#include "run_tool.h"
#include "unit.h"

#define COUNT(array)	(sizeof(array) / sizeof(*(array)))
#define EPOCH		UINT64_C(1772532000123456789)	/* 2026-03-03T10:00:00.123456Z */

static const struct fake_command commands[] = {
	{ DOT1X_CMD_PORT_NEW, "PORT_NEW" },
	{ DOT1X_CMD_PORT_SET, "PORT_SET" },
	{ DOT1X_CMD_PORT_DEL, "PORT_DEL" },
	{ DOT1X_CMD_PORT_GET, "PORT_GET" },
	{ DOT1X_CMD_PORT_REAUTHENTICATE, "PORT_REAUTHENTICATE" },
	{ DOT1X_CMD_PORT_INITIALIZE, "PORT_INITIALIZE" },
	{ DOT1X_CMD_CLIENT_GET, "CLIENT_GET" },
	{ DOT1X_CMD_CLIENT_AUTHORIZE, "CLIENT_AUTHORIZE" },
	{ DOT1X_CMD_CLIENT_DEL, "CLIENT_DEL" },
	{ DOT1X_CMD_STATS_GET, "STATS" },
	{ 0 }
};

static const struct fake_attr attrs[] = {
	{ DOT1X_A_IFNAME, "IFNAME", FAKE_STRING },
	{ DOT1X_A_MAC, "MAC", FAKE_MAC },
	{ DOT1X_A_CONTROL, "CONTROL", FAKE_NUMBER },
	{ DOT1X_A_HOST_MODE, "HOST_MODE", FAKE_NUMBER },
	{ DOT1X_A_DIRECTION, "DIRECTION", FAKE_NUMBER },
	{ DOT1X_A_MAX_CLIENTS, "MAX_CLIENTS", FAKE_NUMBER },
	{ DOT1X_A_REAUTH_PERIOD_MS, "REAUTH_PERIOD_MS", FAKE_NUMBER },
	{ DOT1X_A_QUIET_PERIOD_MS, "QUIET_PERIOD_MS", FAKE_NUMBER },
	{ DOT1X_A_TX_PERIOD_MS, "TX_PERIOD_MS", FAKE_NUMBER },
	{ DOT1X_A_SUPP_TIMEOUT_MS, "SUPP_TIMEOUT_MS", FAKE_NUMBER },
	{ DOT1X_A_SERVER_TIMEOUT_MS, "SERVER_TIMEOUT_MS", FAKE_NUMBER },
	{ DOT1X_A_MAX_REQ, "MAX_REQ", FAKE_NUMBER },
	{ DOT1X_A_MAB, "MAB", FAKE_NUMBER },
	{ DOT1X_A_SESSION_TIMEOUT_MS, "SESSION_TIMEOUT_MS", FAKE_NUMBER },
	{ 0 }
};

/* What is asked of the kernel. */
static const struct line requests[] = {
	{ "port add dev lan1", "PORT_NEW IFNAME=\"lan1\"\n" },
	{ "port add control force-unauthorized dev lan1",
	  "PORT_NEW IFNAME=\"lan1\" CONTROL=u8:2\n" },
	{ "port add dev lan1 control auto host-mode multi-auth max-clients 65536 direction in mab "
	  "first",
	  "PORT_NEW IFNAME=\"lan1\" CONTROL=u8:0 HOST_MODE=u8:2 MAX_CLIENTS=u32:65536 "
	  "DIRECTION=u8:1 MAB=u8:2\n" },
	{ "port add dev lan1 reauth-period 86400s quiet-period 0 tx-period 100 supp-timeout 1.5s "
	  "server-timeout 250000us max-req 10",
	  "PORT_NEW IFNAME=\"lan1\" REAUTH_PERIOD_MS=u32:86400000 QUIET_PERIOD_MS=u32:0 "
	  "TX_PERIOD_MS=u32:100 SUPP_TIMEOUT_MS=u32:1500 SERVER_TIMEOUT_MS=u32:250 "
	  "MAX_REQ=u8:10\n" },
	{ "port set dev lan1 reauth-period on",
	  "PORT_SET IFNAME=\"lan1\" REAUTH_PERIOD_MS=u32:3600000\n" },
	{ "port set dev lan1 reauth-period off",
	  "PORT_SET IFNAME=\"lan1\" REAUTH_PERIOD_MS=u32:0\n" },
	{ "port set dev lan1 reauth-period 0",
	  "PORT_SET IFNAME=\"lan1\" REAUTH_PERIOD_MS=u32:0\n" },
	{ "port set host-mode single dev lan1 mab off direction both",
	  "PORT_SET IFNAME=\"lan1\" HOST_MODE=u8:0 DIRECTION=u8:0 MAB=u8:0\n" },
	{ "port del dev lan1", "PORT_DEL IFNAME=\"lan1\"\n" },
	{ "port del all", "PORT_DEL\n" },
	{ "port reauthenticate dev lan1", "PORT_REAUTHENTICATE IFNAME=\"lan1\"\n" },
	{ "port initialize dev lan1", "PORT_INITIALIZE IFNAME=\"lan1\"\n" },
	{ "p i dev lan1", "PORT_INITIALIZE IFNAME=\"lan1\"\n" },
	{ "port", "DUMP PORT_GET\n" },
	{ "po sh", "DUMP PORT_GET\n" },
	{ "port show dev lan1", "PORT_GET IFNAME=\"lan1\"\n" },
	{ "client", "DUMP CLIENT_GET\n" },
	{ "c s", "DUMP CLIENT_GET\n" },
	/* Nobody there: is it a port? */
	{ "client show dev lan1",
	  "DUMP CLIENT_GET IFNAME=\"lan1\"\nPORT_GET IFNAME=\"lan1\"\n" },
	{ "client show mac 02-00-00-00-00-0A", "DUMP CLIENT_GET MAC=02:00:00:00:00:0a\n" },
	{ "client show mac 0200.0000.000a dev lan1",
	  "CLIENT_GET IFNAME=\"lan1\" MAC=02:00:00:00:00:0a\n" },
	{ "client authorize dev lan1 mac 02:00:00:00:00:0a",
	  "CLIENT_AUTHORIZE IFNAME=\"lan1\" MAC=02:00:00:00:00:0a\n" },
	{ "client authorize mac 02:00:00:00:00:0a dev lan1 session-timeout 3600s",
	  "CLIENT_AUTHORIZE IFNAME=\"lan1\" MAC=02:00:00:00:00:0a "
	  "SESSION_TIMEOUT_MS=u32:3600000\n" },
	{ "client del dev lan1 mac 02:00:00:00:00:0a",
	  "CLIENT_DEL IFNAME=\"lan1\" MAC=02:00:00:00:00:0a\n" },
	{ "client del dev lan1 all", "CLIENT_DEL IFNAME=\"lan1\"\n" },
	{ "save", "DUMP PORT_GET\n" },
	{ "Port", NULL },
};

/* What is wrong with a command line, and nothing is asked. */
static const struct line usage_errors[] = {
	{ "s", "object \"s\" is ambiguous: stats, save" },
	{ "ports", "unknown object \"ports\" "
	  "(one of: port, client, monitor, stats, save, help)" },
	{ "port s", "command \"s\" is ambiguous: set, show" },
	{ "port authorize", "unknown command \"authorize\" "
	  "(one of: add, set, del, show, reauthenticate, initialize)" },
	{ "client add", "unknown command \"add\" (one of: show, authorize, del)" },
	{ "port show -j", "unexpected \"-j\" (options stand before the object)" },
	{ "port dev lan1", "unknown command \"dev\" "
	  "(one of: add, set, del, show, reauthenticate, initialize)" },
	{ "-j save", "save prints a batch file, which has no JSON form" },
	{ "monitor lan1", "unexpected \"lan1\"" },
	{ "port add", "port add: \"dev\" is missing" },
	{ "port add control auto", "port add: \"dev\" is missing" },
	{ "port add lan1", "unknown keyword \"lan1\" (try: dot1xctl port help)" },
	{ "port add dev", "\"dev\" needs a value" },
	{ "port add dev lan1 dev lan2", "\"dev\" is given twice" },
	{ "port add dev a/b", "dev: \"a/b\" is not a device name" },
	{ "port add dev lan1 all", "\"all\" does not go with port add" },
	{ "port add dev lan1 control on",
	  "control: \"on\" is not one of: auto, force-authorized, force-unauthorized" },
	{ "port add dev lan1 host-mode multi-domain",
	  "host-mode: \"multi-domain\" is not one of: single, multi-host, multi-auth" },
	{ "port add dev lan1 direction out", "direction: \"out\" is not one of: both, in" },
	{ "port add dev lan1 mab yes", "mab: \"yes\" is not one of: off, on, first" },
	{ "port add dev lan1 max-clients 0", "max-clients: 0 is out of range (1 to 65536)" },
	{ "port add dev lan1 max-clients 65537",
	  "max-clients: 65537 is out of range (1 to 65536)" },
	{ "port add dev lan1 max-req 11", "max-req: 11 is out of range (1 to 10)" },
	{ "port add dev lan1 max-req two", "max-req: \"two\" is not a number" },
	{ "port add dev lan1 tx-period 99ms",
	  "tx-period: 99ms is out of range (100ms to 4294967.295s)" },
	{ "port add dev lan1 tx-period 100100us",
	  "tx-period: 100100us is not a whole number of milliseconds" },
	{ "port add dev lan1 quiet-period 5000000s",
	  "quiet-period: 5000000s is out of range (0 to 4294967.295s)" },
	{ "port add dev lan1 quiet-period off",
	  "quiet-period: \"off\" is not a time (a number with us, ms or s)" },
	{ "port add dev lan1 reauth-period never",
	  "reauth-period: \"never\" is not a time, on or off" },
	{ "port add dev lan1 reauth-period 999ms",
	  "reauth-period: 999ms is out of range (0, or 1s to 4294967.295s)" },
	{ "port add dev lan1 reauth-period 1h",
	  "reauth-period: \"1h\" is not a time (a number with us, ms or s)" },
	{ "port add dev lan1 guest-vlan 5",
	  "unknown keyword \"guest-vlan\" (try: dot1xctl port help)" },
	{ "port set dev lan1", "port set: nothing to change" },
	{ "port set mab on", "port set: \"dev\" is missing" },
	{ "port del", "port del: which one? (dev IF, or all)" },
	{ "port del dev lan1 all", "\"dev\" and \"all\" exclude each other" },
	{ "port del dev lan1 mab on", "\"mab\" does not go with port del" },
	{ "port show dev lan1 mab on", "\"mab\" does not go with port show" },
	{ "port reauthenticate", "port reauthenticate: \"dev\" is missing" },
	{ "port initialize all", "\"all\" does not go with port initialize" },
	{ "client show all", "\"all\" does not go with client show" },
	{ "client show mac 02:00:00:00:00",
	  "mac: \"02:00:00:00:00\" is not a MAC address" },
	{ "client authorize dev lan1", "client authorize: \"mac\" is missing" },
	{ "client authorize mac 02:00:00:00:00:0a", "client authorize: \"dev\" is missing" },
	{ "client authorize dev lan1 mac 01:80:c2:00:00:03",
	  "mac: 01:80:c2:00:00:03 is a group, not a station" },
	{ "client authorize dev lan1 mac 00:00:00:00:00:00",
	  "mac: 00:00:00:00:00:00 is nobody's address" },
	{ "client authorize dev lan1 mac 02:00:00:00:00:0a vlan 5",
	  "unknown keyword \"vlan\" (try: dot1xctl client help)" },
	{ "client del", "client del: \"dev\" is missing" },
	{ "client del all", "client del: \"dev\" is missing" },
	{ "client del dev lan1", "client del: which one? (mac MAC, or all)" },
	{ "client del dev lan1 all mac 02:00:00:00:00:0a",
	  "\"mac\" and \"all\" exclude each other" },
	{ "client del dev lan1 all session-timeout 5",
	  "\"session-timeout\" does not go with client del" },
};

/* A refusal is the kernel's sentence with our keyword. */
static void test_refusals(void)
{
	check_refusal("port add dev lan1", 0, "Error: no.\n");
	check_refusal("port add dev lo", DOT1X_A_IFNAME, "Error: dev: no.\n");
	check_refusal("port set dev lan1 mab on", DOT1X_A_MAB, "Error: mab: no.\n");
	check_refusal("port set dev lan1 mab on", DOT1X_A_CONTROL, "Error: control: no.\n");
	check_refusal("port add dev lan1", DOT1X_A_COUNTERS, "Error: no.\n");
	check_refusal("client del dev lan1 all", DOT1X_A_IFNAME, "Error: dev: no.\n");
	check_refusal("client authorize dev lan1 mac 02:00:00:00:00:0a", DOT1X_A_MAC,
		      "Error: mac: no.\n");
	check_refusal("port show", 0, "Error: no.\n");
	check_refusal("-j client", 0, "Error: no.\n");
	check_refusal("-j stats", 0, "Error: no.\n");
	check_refusal("save", 0, "Error: no.\n");
}

static void test_help(void)
{
	static const char *const lines[] = {
		"help", "-h", "--help", "port help", "port add help", "port -h", "client help",
		"client show help", "client authorize help", "monitor help", "stats help",
		"save help",
	};

	check_help("dot1xctl", lines, COUNT(lines));
}

static void put_mac(struct nl_msg *msg, int attr, const char *text)
{
	uint8_t mac[ETH_ALEN];

	parse_mac("test", text, mac);
	nla_put(msg, attr, sizeof(mac), mac);
}

static int counter_value(int attr)
{
	return attr % 3 ? 0 : attr * 1000;
}

/* The last is left out, as by a kernel that does not have it. */
static void put_counters(struct nl_msg *msg)
{
	struct nlattr *nest = nla_nest_start(msg, DOT1X_A_COUNTERS);
	int i;

	for (i = DOT1X_COUNTER_PAD + 1; i < DOT1X_COUNTER_MAX; i++)
		nla_put_u64(msg, i, counter_value(i));
	nla_nest_end(msg, nest);
}

static void put_params(struct nl_msg *msg, bool open)
{
	nla_put_u8(msg, DOT1X_A_CONTROL, DOT1X_CONTROL_AUTO);
	nla_put_u8(msg, DOT1X_A_HOST_MODE,
		   open ? DOT1X_HOST_MODE_MULTI_AUTH : DOT1X_HOST_MODE_SINGLE);
	nla_put_u8(msg, DOT1X_A_DIRECTION, open ? DOT1X_DIRECTION_BOTH : DOT1X_DIRECTION_IN);
	nla_put_u32(msg, DOT1X_A_MAX_CLIENTS, 32);
	nla_put_u32(msg, DOT1X_A_REAUTH_PERIOD_MS, open ? 86400000 : 0);
	nla_put_u32(msg, DOT1X_A_QUIET_PERIOD_MS, 60000);
	nla_put_u32(msg, DOT1X_A_TX_PERIOD_MS, open ? 1500 : 30000);
	nla_put_u32(msg, DOT1X_A_SUPP_TIMEOUT_MS, 30000);
	nla_put_u32(msg, DOT1X_A_SERVER_TIMEOUT_MS, 30000);
	nla_put_u8(msg, DOT1X_A_MAX_REQ, 2);
	nla_put_u8(msg, DOT1X_A_MAB, open ? DOT1X_MAB_ON : DOT1X_MAB_OFF);
}

/* A port that is open, or one without a link. */
static struct nl_msg *make_port(uint8_t cmd, bool open)
{
	struct nl_msg *msg = nlmsg_alloc_size(8192);

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, cmd, 1);
	nla_put_u32(msg, DOT1X_A_IFINDEX, open ? 4 : 5);
	nla_put_string(msg, DOT1X_A_IFNAME, open ? "lan1" : "lan2");
	put_params(msg, open);
	nla_put_u8(msg, DOT1X_A_OPER_DIRECTION, DOT1X_DIRECTION_BOTH);
	nla_put_u8(msg, DOT1X_A_PORT_STATUS,
		   open ? DOT1X_PORT_AUTHORIZED : DOT1X_PORT_UNAUTHORIZED);
	nla_put_u8(msg, DOT1X_A_PAE_STATE,
		   open ? DOT1X_PAE_AUTHENTICATED : DOT1X_PAE_INITIALIZE);
	nla_put_u8(msg, DOT1X_A_BACKEND_STATE,
		   open ? DOT1X_BACKEND_IDLE : DOT1X_BACKEND_INITIALIZE);
	nla_put_u32(msg, DOT1X_A_CLIENTS, open ? 3 : 0);
	nla_put_u32(msg, DOT1X_A_AUTHORIZED_CLIENTS, open ? 2 : 0);
	nla_put_u8(msg, DOT1X_A_CARRIER, open);
	nla_put_u8(msg, DOT1X_A_LAST_EAPOL_VERSION, open ? 2 : 0);
	if (open) {
		put_mac(msg, DOT1X_A_LAST_EAPOL_SOURCE, "02:00:00:00:00:0a");
		put_counters(msg);
	}
	return msg;
}

enum who { ALICE, PRINTER, STRANGER };

/* One by EAP, one by its MAC for an hour, one who is being asked. */
static struct nl_msg *make_client(uint8_t cmd, enum who who)
{
	static const char *const macs[] = {
		"02:00:00:00:00:0a", "02:00:00:00:00:0b", "02:00:00:00:00:01",
	};
	static const char *const names[] = { "alice", "02000000000b", "\033[2J bob\\\xff" };
	struct nl_msg *msg = nlmsg_alloc_size(4096);
	bool in = who != STRANGER;

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, cmd, 1);
	nla_put_u32(msg, DOT1X_A_IFINDEX, 4);
	nla_put_string(msg, DOT1X_A_IFNAME, "lan1");
	put_mac(msg, DOT1X_A_MAC, macs[who]);
	nla_put_u8(msg, DOT1X_A_PORT_STATUS,
		   in ? DOT1X_PORT_AUTHORIZED : DOT1X_PORT_UNAUTHORIZED);
	nla_put_u8(msg, DOT1X_A_PAE_STATE,
		   in ? DOT1X_PAE_AUTHENTICATED : DOT1X_PAE_AUTHENTICATING);
	nla_put_u8(msg, DOT1X_A_BACKEND_STATE,
		   in ? DOT1X_BACKEND_IDLE : DOT1X_BACKEND_RESPONSE);
	nla_put_u8(msg, DOT1X_A_METHOD, who == PRINTER ? DOT1X_METHOD_MAB : DOT1X_METHOD_DOT1X);
	nla_put_string(msg, DOT1X_A_USER_NAME, names[who]);
	nla_put_u64(msg, DOT1X_A_SESSION_TIME_MS, in ? 12345 : 0);
	nla_put_u32(msg, DOT1X_A_SESSION_TIMEOUT_MS, who == PRINTER ? 3600000 : 0);
	nla_put_u8(msg, DOT1X_A_TERMINATION_ACTION,
		   who == PRINTER ? DOT1X_TERMINATION_REAUTHENTICATE : DOT1X_TERMINATION_DEFAULT);
	if (who != PRINTER) {
		nla_put_u64(msg, DOT1X_A_RX_BYTES, in ? UINT64_C(1) << 40 : 0);
		nla_put_u64(msg, DOT1X_A_RX_FRAMES, in ? 1234567 : 0);
		nla_put_u64(msg, DOT1X_A_TX_BYTES, in ? 64 : 0);
		nla_put_u64(msg, DOT1X_A_TX_FRAMES, in);
	}
	nla_put_u64(msg, DOT1X_A_DROPS, in ? 0 : 17);
	return msg;
}

static struct nl_msg *make_event(struct nl_msg *msg, uint8_t event)
{
	nla_put_u8(msg, DOT1X_A_EVENT, event);
	nla_put_u64(msg, DOT1X_A_TIMESTAMP_NS, EPOCH);
	if (event == DOT1X_EVENT_STATUS)
		nla_put_u8(msg, DOT1X_A_OLD_PORT_STATUS, DOT1X_PORT_UNAUTHORIZED);
	return msg;
}

static struct nl_msg *make_stats(void)
{
	struct nl_msg *msg = nlmsg_alloc();

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, DOT1X_CMD_STATS_GET, 1);
	nla_put_u8(msg, DOT1X_A_AGENT, 1);
	put_counters(msg);
	return msg;
}

static void test_output(void)
{
	/* As a hash would give them; they are printed in order. */
	fake.answers[0] = make_port(DOT1X_CMD_PORT_GET, false);
	fake.answers[1] = make_port(DOT1X_CMD_PORT_GET, true);
	fake.answers[2] = make_client(DOT1X_CMD_CLIENT_GET, PRINTER);
	fake.answers[3] = make_client(DOT1X_CMD_CLIENT_GET, STRANGER);
	fake.answers[4] = make_client(DOT1X_CMD_CLIENT_GET, ALICE);
	fake.answers[5] = make_stats();

	check_output("port", "port.txt");
	check_output("-s port", "port-s.txt");
	check_output("-c port", "port-c.txt");
	check_output("-j port", "port.json");
	check_output("-j -p -s port", "port-s.json");
	check_output("client", "client.txt");
	check_output("-s client", "client-s.txt");
	check_output("-j -p client", "client.json");
	check_output("save", "save.txt");
}

/* A newer kernel's values and a broken one's lengths are shown as far as they can be. */
static void test_odd_answers(void)
{
	struct nl_msg *msg = nlmsg_alloc();

	fake_release();
	genlmsg_put(msg, 0, 0, 0x20, 0, 0, DOT1X_CMD_CLIENT_GET, 1);
	nla_put(msg, DOT1X_A_IFNAME, 4, "lan1");	/* no NUL */
	nla_put(msg, DOT1X_A_MAC, 3, "abc");
	nla_put_u8(msg, DOT1X_A_PORT_STATUS, 7);
	nla_put_u8(msg, DOT1X_A_PAE_STATE, 200);
	nla_put_u8(msg, DOT1X_A_BACKEND_STATE, 8);
	nla_put_u8(msg, DOT1X_A_METHOD, 3);
	nla_put(msg, DOT1X_A_USER_NAME, 3, "bob");
	nla_put(msg, DOT1X_A_SESSION_TIME_MS, 3, "abc");
	fake.answers[0] = msg;
	check_text(run("client").out,
		   "unknown      mac ? method unknown user bob state unknown backend unknown\n",
		   "an odd client");

	msg = nlmsg_alloc();
	genlmsg_put(msg, 0, 0, 0x20, 0, 0, DOT1X_CMD_PORT_GET, 1);
	nla_put_u8(msg, DOT1X_A_CONTROL, 3);
	nla_put(msg, DOT1X_A_COUNTERS, 3, "abc");
	fake_release();
	fake.answers[0] = msg;
	check_text(run("save").out, "port add control unknown\n", "an odd port");
	check(!run("-s port").status, "with odd counters");
	fake_release();
}

/* Names and texts are the header's; the last is one the kernel does not have. */
static void test_stats(void)
{
	static struct counter_line lines[] = {
#define LINE(attr, name, text) { name, text, DOT1X_COUNTER_##attr },
		DOT1X_COUNTERS(LINE)
#undef LINE
	};
	size_t i;

	for (i = 0; i < COUNT(lines); i++)
		lines[i].value = counter_value(lines[i].value);
	check_counters(lines, COUNT(lines) - 1,
		       "agent                                   yes   an agent is registered\n",
		       "\"agent\":true,");
}

static void test_monitor(void)
{
	fake.events[0] = make_event(make_port(DOT1X_CMD_PORT_NTF, false), DOT1X_EVENT_NEW);
	fake.events[1] = make_event(make_client(DOT1X_CMD_CLIENT_NTF, ALICE), DOT1X_EVENT_STATUS);
	fake.events[2] = make_event(make_port(DOT1X_CMD_PORT_NTF, true), DOT1X_EVENT_STATUS);
	fake.events[3] = make_event(make_client(DOT1X_CMD_CLIENT_NTF, STRANGER),
				    DOT1X_EVENT_HELD);
	fake.events[4] = make_event(make_port(DOT1X_CMD_PORT_NTF, true), DOT1X_EVENT_SET);
	fake.events[5] = make_event(make_client(DOT1X_CMD_CLIENT_NTF, PRINTER), DOT1X_EVENT_DEL);
	check_monitor("monitor", "dot1x", "monitor.txt");
	check_monitor("-t -s monitor", "dot1x", "monitor-s.txt");
	check_monitor("-j monitor", "dot1x", "monitor.json");
}

static void test_lost_events(void)
{
	struct run r;

	nla_put_u32(fake.events[5], DOT1X_A_EVENTS_LOST, 7);
	r = run("monitor");
	check(*after(r.out, "\nlost   7 events; the ports and clients are now:\n"),
	      "what the kernel lost is told with its number");
	check(*after(after(r.out, "now:\nsync   port authorized   dev lan1 "), "\nsync   client "),
	      "and ports and clients are read anew");
	check_text(fake.asked, "JOIN\nDUMP PORT_GET\nDUMP CLIENT_GET\n", "once each");
}

static void test_batch(void)
{
	check_batch("", "port add dev lan1\nclient del dev lan1 all\n", 0,
		    "PORT_NEW IFNAME=\"lan1\"\nCLIENT_DEL IFNAME=\"lan1\"\n", "");
	check_batch("", "port add dev lan1\nport add\nport del all\n", 1,
		    "PORT_NEW IFNAME=\"lan1\"\n", ":2: port add: \"dev\" is missing.\n");
}

/* A saved batch asks for the ports it was made of. */
static void test_restore(void)
{
	struct run r = run("save");
	char *text = strdup(r.out);

	check_batch("", text, 0,
		    "PORT_NEW IFNAME=\"lan1\" CONTROL=u8:0 HOST_MODE=u8:2 MAX_CLIENTS=u32:32 "
		    "DIRECTION=u8:0 MAB=u8:1 REAUTH_PERIOD_MS=u32:86400000 "
		    "QUIET_PERIOD_MS=u32:60000 TX_PERIOD_MS=u32:1500 SUPP_TIMEOUT_MS=u32:30000 "
		    "SERVER_TIMEOUT_MS=u32:30000 MAX_REQ=u8:2\n"
		    "PORT_NEW IFNAME=\"lan2\" CONTROL=u8:0 HOST_MODE=u8:0 MAX_CLIENTS=u32:32 "
		    "DIRECTION=u8:1 MAB=u8:0 REAUTH_PERIOD_MS=u32:0 "
		    "QUIET_PERIOD_MS=u32:60000 TX_PERIOD_MS=u32:30000 SUPP_TIMEOUT_MS=u32:30000 "
		    "SERVER_TIMEOUT_MS=u32:30000 MAX_REQ=u8:2\n", "");
	free(text);
}

int main(void)
{
	setenv("NO_COLOR", "1", 1);
	fake.commands = commands;
	fake.attrs = attrs;
	check_requests(requests, COUNT(requests));
	check_usage_errors(usage_errors, COUNT(usage_errors));
	test_refusals();
	test_help();
	test_output();
	test_stats();
	test_monitor();
	test_lost_events();
	test_batch();
	test_restore();
	check_examples("dot1xctl");
	test_odd_answers();
	return unit_done();
}
