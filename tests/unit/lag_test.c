// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl lag as a whole over a scripted kernel: what it asks for, of sessions and of
 * devices, and says.
 */
#include <linux/bfd.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/genl/genl.h>
#include <string.h>

#include "fake_genl.h"
#include "lib/args.h"
#include "run_tool.h"
#include "unit.h"

#define LOWER_UP	0x10000		/* net/if.h does not know it */
#define LAG		9
#define COMMAND		"lag dev lag peer 10.1.0.2 local 10.1.0.1"
#define KEY(dev)	"PEER=10.1.0.2/4 LOCAL=10.1.0.1/4 IFNAME=\"" dev "\" TYPE=u8:4"
#define PARAMS(tx)	" TX=u32:" tx " RX=u32:300000 MULT=u8:3 PASSIVE=u8:0 ADMIN_DOWN=u8:0" \
			" DEMAND=u8:0 DEMAND_POLL=u32:1000000 HOLD_UP=u32:0" \
			" HOLD_UP_MAX=u32:0 PADDED=u32:0"
#define BEGIN		"JOIN\nJOIN LINKS\nDUMP GET\n"

static const struct fake_command commands[] = {
	{ BFD_CMD_SESSION_NEW, "NEW" },
	{ BFD_CMD_SESSION_SET, "SET" },
	{ BFD_CMD_SESSION_DEL, "DEL" },
	{ BFD_CMD_SESSION_GET, "GET" },
	{ 0 }
};

static const struct fake_attr attrs[] = {
	{ BFD_A_TYPE, "TYPE", FAKE_NUMBER },
	{ BFD_A_PEER, "PEER", FAKE_ADDR },
	{ BFD_A_LOCAL, "LOCAL", FAKE_ADDR },
	{ BFD_A_IFNAME, "IFNAME", FAKE_STRING },
	{ BFD_A_DESIRED_MIN_TX_US, "TX", FAKE_NUMBER },
	{ BFD_A_REQUIRED_MIN_RX_US, "RX", FAKE_NUMBER },
	{ BFD_A_DETECT_MULT, "MULT", FAKE_NUMBER },
	{ BFD_A_PASSIVE, "PASSIVE", FAKE_NUMBER },
	{ BFD_A_ADMIN_DOWN, "ADMIN_DOWN", FAKE_NUMBER },
	{ BFD_A_DEMAND, "DEMAND", FAKE_NUMBER },
	{ BFD_A_DEMAND_POLL_US, "DEMAND_POLL", FAKE_NUMBER },
	{ BFD_A_HOLD_UP_US, "HOLD_UP", FAKE_NUMBER },
	{ BFD_A_HOLD_UP_MAX_US, "HOLD_UP_MAX", FAKE_NUMBER },
	{ BFD_A_PADDED_PDU_SIZE, "PADDED", FAKE_NUMBER },
	{ BFD_A_AUTH_KEYS, "AUTH", FAKE_BYTES },
	{ 0 }
};

static void add_link(int ifindex, const char *name, const char *kind, int master)
{
	const struct ifinfomsg ifi = {
		.ifi_index = ifindex,
		.ifi_flags = IFF_UP | LOWER_UP,
	};
	const uint8_t mac[] = { 2, 0, 0, 0, 0, ifindex };
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_NEWLINK, 0);
	struct nlattr *nest;
	int i = 0;

	nlmsg_append(msg, (void *)&ifi, sizeof(ifi), NLMSG_ALIGNTO);
	nla_put_string(msg, IFLA_IFNAME, name);
	nla_put(msg, IFLA_ADDRESS, sizeof(mac), mac);
	nla_put_u32(msg, IFLA_MTU, 1500);
	if (master)
		nla_put_u32(msg, IFLA_MASTER, master);
	nest = nla_nest_start(msg, IFLA_LINKINFO);
	nla_put_string(msg, IFLA_INFO_KIND, kind);
	nla_nest_end(msg, nest);
	while (fake.links[i])
		i++;
	fake.links[i] = msg;
}

static struct nl_msg *session(uint8_t cmd, const char *dev, uint8_t state, uint8_t diag)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct addr peer, local;

	parse_unicast("test", "10.1.0.2", &peer);
	parse_unicast("test", "10.1.0.1", &local);
	genlmsg_put(msg, 0, 0, 0x20, 0, 0, cmd, 1);
	nla_put(msg, BFD_A_PEER, 4, peer.bytes);
	nla_put(msg, BFD_A_LOCAL, 4, local.bytes);
	nla_put_string(msg, BFD_A_IFNAME, dev);
	nla_put_u8(msg, BFD_A_TYPE, BFD_TYPE_MICRO);
	nla_put_u8(msg, BFD_A_STATE, state);
	nla_put_u8(msg, BFD_A_REPORTED_STATE, state);
	nla_put_u8(msg, BFD_A_REMOTE_STATE, BFD_STATE_DOWN);
	nla_put_u8(msg, BFD_A_DIAGNOSTIC, diag);
	nla_put_u32(msg, BFD_A_DESIRED_MIN_TX_US, 10000);
	nla_put_u32(msg, BFD_A_REQUIRED_MIN_RX_US, 300000);
	nla_put_u8(msg, BFD_A_DETECT_MULT, 3);
	nla_put_u32(msg, BFD_A_DEMAND_POLL_US, 1000000);
	return msg;
}

static void add_session(const char *dev, uint8_t state)
{
	int i = 0;

	while (fake.answers[i])
		i++;
	fake.answers[i] = session(BFD_CMD_SESSION_GET, dev, state, BFD_DIAG_NONE);
}

/* A change of state to Down, and why */
static void add_failure(const char *dev, uint8_t diag)
{
	struct nl_msg *msg = session(BFD_CMD_SESSION_NTF, dev, BFD_STATE_DOWN, diag);

	nla_put_u8(msg, BFD_A_EVENT, BFD_EVENT_STATE);
	nla_put_u8(msg, BFD_A_OLD_STATE, BFD_STATE_UP);
	fake.events[0] = msg;
}

/* It runs until the module goes, and is at the end of a story then. */
static void check_lag(const char *words, const char *asked, const char *out, const char *what)
{
	char line[256];
	struct run r;

	snprintf(line, sizeof(line), COMMAND "%s", words);
	r = run(line);
	check_text(fake.asked, asked, "%s", what);
	check_text(r.out, out, "and says so");
	check_text(r.err, "Error: bfd.ko was unloaded.\n", "until the module goes");
	check(r.status == 2, "which is a failure");
	fake_release();
}

static void test_sessions(void)
{
	add_link(9, "lag", "bond", 0);
	add_link(3, "m1", "veth", 9);
	add_link(4, "other", "veth", 7);
	check_lag(" tx 20", BEGIN "DUMP GET " KEY("m1") "\nNEW " KEY("m1") PARAMS("20000") "\n",
		  "lag: m1 has a session\n", "a port gets a session");

	add_link(9, "lag", "team", 0);
	add_link(3, "m1", "veth", 0);
	add_session("m1", BFD_STATE_UP);
	check_lag("", "JOIN\nJOIN LINKS\nteam: SET ?=u32:9\nDUMP GET\n", "",
		  "a team tells which ports it does not use");

	add_link(9, "lag", "bond", 0);
	add_link(3, "m1", "veth", 9);
	add_session("m1", BFD_STATE_UP);
	check_lag("", BEGIN "DUMP GET " KEY("m1") "\nSET " KEY("m1") PARAMS("300000") " AUTH=\n",
		  "", "one that is there is set");

	add_link(9, "lag", "bridge", 0);
	add_link(3, "m1", "veth", 9);
	add_session("m1", BFD_STATE_UP);
	check_lag("", BEGIN, "", "a bridge is no LAG");

	add_link(3, "m1", "veth", 0);
	add_session("m1", BFD_STATE_UP);
	check_lag("", BEGIN, "", "without one nothing is touched");
}

static void test_failures(void)
{
	add_link(9, "lag", "bond", 0);
	add_link(3, "m1", "veth", 9);
	add_link(4, "m2", "veth", 9);
	add_session("m1", BFD_STATE_UP);
	add_session("m2", BFD_STATE_UP);
	add_failure("m2", BFD_DIAG_CONTROL_EXPIRY);
	check_lag(" tx 10", BEGIN "DUMP GET " KEY("m2") "\nDUMP GET " KEY("m1") "\n"
		  "LINK 4 master=0\nLINK 4 up mtu=1500\n",
		  "lag: m2 failed, and is taken out\n", "a bond's port is taken out");

	add_link(9, "lag", "bond", 0);
	add_link(3, "m1", "veth", 9);
	add_session("m1", BFD_STATE_UP);
	add_failure("m1", BFD_DIAG_CONTROL_EXPIRY);
	check_lag(" tx 10", BEGIN "DUMP GET " KEY("m1") "\n"
		  "LINK 3 master=0\nLINK 9 address=02:00:00:00:00:09\nLINK 3 up mtu=1500\n",
		  "lag: m1 failed, and is taken out\n", "the last one, too");

	add_link(9, "lag", "bond", 0);
	add_link(3, "m1", "veth", 9);
	add_session("m1", BFD_STATE_UP);
	add_failure("m1", BFD_DIAG_ADMIN_DOWN);
	check_lag(" tx 10", BEGIN "DUMP GET " KEY("m1") "\n", "", "an administrator is heeded");

	add_link(9, "lag", "bond", 0);
	add_link(3, "m1", "veth", 9);
	add_link(4, "m2", "veth", 0);
	add_link(5, "spare", "veth", 0);
	add_session("m2", BFD_STATE_UP);
	add_session("m1", BFD_STATE_UP);
	check_lag(" tx 10", BEGIN "DUMP GET " KEY("m2") "\n"
		  "LINK 4 down\nLINK 4 master=9\nDUMP GET " KEY("m1") "\n",
		  "lag: m2 is up, and is put back\n", "what was taken out before is put back");
}

/* One whose end was not heard of is made anew. */
static void test_loss(void)
{
	add_link(9, "lag", "bond", 0);
	add_link(3, "m1", "veth", 9);
	add_session("m1", BFD_STATE_UP);
	fake.events[0] = session(BFD_CMD_SESSION_NTF, "m1", BFD_STATE_UP, BFD_DIAG_NONE);
	nla_put_u8(fake.events[0], BFD_A_EVENT, BFD_EVENT_SET);
	nla_put_u32(fake.events[0], BFD_A_EVENTS_LOST, 1);
	fake.fleeting = true;
	check_lag(" tx 10", BEGIN "DUMP GET " KEY("m1") "\nNEW " KEY("m1") PARAMS("10000") "\n"
		  "DUMP GET\n"
		  "DUMP GET " KEY("m1") "\nNEW " KEY("m1") PARAMS("10000") "\n",
		  "lag: m1 has a session\n", "a session that went unheard is made anew");
	fake.fleeting = false;
}

int main(void)
{
	fake.commands = commands;
	fake.attrs = attrs;
	test_sessions();
	test_failures();
	test_loss();
	return unit_done();
}
