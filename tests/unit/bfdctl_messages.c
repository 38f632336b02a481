// SPDX-License-Identifier: GPL-2.0
/*
 * What the scripted kernel says to bfdctl: sessions, reflectors, policies, counters.
 */
#include <linux/bfd.h>
#include <netlink/genl/genl.h>

#include "bfdctl_fixture.h"
#include "lib/args.h"

const struct fake_command bfdctl_commands[] = {
	{ BFD_CMD_SESSION_NEW, "NEW" },
	{ BFD_CMD_SESSION_SET, "SET" },
	{ BFD_CMD_SESSION_DEL, "DEL" },
	{ BFD_CMD_SESSION_GET, "GET" },
	{ BFD_CMD_SESSION_POLL, "POLL" },
	{ BFD_CMD_STATS_GET, "STATS" },
	{ BFD_CMD_REFLECTOR_NEW, "REFLECTOR_NEW" },
	{ BFD_CMD_REFLECTOR_SET, "REFLECTOR_SET" },
	{ BFD_CMD_REFLECTOR_DEL, "REFLECTOR_DEL" },
	{ BFD_CMD_REFLECTOR_GET, "REFLECTOR_GET" },
	{ BFD_CMD_UNSOLICITED_NEW, "UNSOLICITED_NEW" },
	{ BFD_CMD_UNSOLICITED_SET, "UNSOLICITED_SET" },
	{ BFD_CMD_UNSOLICITED_DEL, "UNSOLICITED_DEL" },
	{ BFD_CMD_UNSOLICITED_GET, "UNSOLICITED_GET" },
	{ 0 }
};

const struct fake_attr bfdctl_attrs[] = {
	{ BFD_A_LOCAL_DISCRIMINATOR, "LOCAL_DISCRIMINATOR", FAKE_NUMBER },
	{ BFD_A_REMOTE_DISCRIMINATOR, "REMOTE_DISCRIMINATOR", FAKE_NUMBER },
	{ BFD_A_TYPE, "TYPE", FAKE_NUMBER },
	{ BFD_A_PEER, "PEER", FAKE_ADDR },
	{ BFD_A_LOCAL, "LOCAL", FAKE_ADDR },
	{ BFD_A_IFNAME, "IFNAME", FAKE_STRING },
	{ BFD_A_VRF, "VRF", FAKE_STRING },
	{ BFD_A_DESIRED_MIN_TX_US, "DESIRED_MIN_TX_US", FAKE_NUMBER },
	{ BFD_A_REQUIRED_MIN_RX_US, "REQUIRED_MIN_RX_US", FAKE_NUMBER },
	{ BFD_A_DETECT_MULT, "DETECT_MULT", FAKE_NUMBER },
	{ BFD_A_PASSIVE, "PASSIVE", FAKE_NUMBER },
	{ BFD_A_ADMIN_DOWN, "ADMIN_DOWN", FAKE_NUMBER },
	{ BFD_A_REROUTE, "REROUTE", FAKE_NUMBER },
	{ BFD_A_DEMAND, "DEMAND", FAKE_NUMBER },
	{ BFD_A_DEMAND_POLL_US, "DEMAND_POLL_US", FAKE_NUMBER },
	{ BFD_A_HOLD_UP_US, "HOLD_UP_US", FAKE_NUMBER },
	{ BFD_A_HOLD_UP_MAX_US, "HOLD_UP_MAX_US", FAKE_NUMBER },
	{ BFD_A_PADDED_PDU_SIZE, "PADDED_PDU_SIZE", FAKE_NUMBER },
	{ BFD_A_DESIRED_MIN_ECHO_TX_US, "DESIRED_MIN_ECHO_TX_US", FAKE_NUMBER },
	{ BFD_A_REQUIRED_MIN_ECHO_RX_US, "REQUIRED_MIN_ECHO_RX_US", FAKE_NUMBER },
	{ BFD_A_ECHO_SLOW_US, "ECHO_SLOW_US", FAKE_NUMBER },
	{ BFD_A_MIN_TTL, "MIN_TTL", FAKE_NUMBER },
	{ BFD_A_STATE, "STATE", FAKE_NUMBER },
	{ BFD_A_AUTH_KEYS, "AUTH_KEYS", FAKE_BYTES },
	{ BFD_A_OWNER, "OWNER", FAKE_STRING },
	{ BFD_A_REPLY_RATE, "REPLY_RATE", FAKE_NUMBER },
	{ BFD_A_PREFIXES, "PREFIXES", FAKE_BYTES },
	{ BFD_A_MAX_SESSIONS, "MAX_SESSIONS", FAKE_NUMBER },
	{ BFD_A_IDLE_TIME_US, "IDLE_TIME_US", FAKE_NUMBER },
	{ 0 }
};

void put_addr(struct nl_msg *msg, int attr, const char *text)
{
	struct addr addr;

	parse_unicast("test", text, &addr);
	nla_put(msg, attr, addr.len, addr.bytes);
}

/* What was seen of a session that is up; of another one, nothing yet. */
static void put_seen(struct nl_msg *msg, bool busy)
{
	uint32_t intervals[BFD_HISTOGRAM_BUCKETS] = { 0 };
	uint32_t lateness[BFD_HISTOGRAM_BUCKETS] = { 0 };
	uint32_t margins[BFD_HISTOGRAM_BUCKETS] = { 0 };

	if (busy) {
		intervals[13] = 3;
		intervals[15] = 1900;
		intervals[16] = 120;
		intervals[BFD_HISTOGRAM_BUCKETS - 1] = 1;
		lateness[0] = 47;
		lateness[3] = UINT32_MAX;
		margins[17] = 2023;
		margins[14] = 1;
		nla_put_u64(msg, BFD_STAT_RX_INTERVAL_MAX_US, 9000001);
		nla_put_u64(msg, BFD_STAT_RX_INTERVAL_MAX_TIME_NS, EPOCH + 3 * MSEC);
		nla_put_u64(msg, BFD_STAT_TX_LATENESS_MAX_US, 15);
		nla_put_u64(msg, BFD_STAT_TX_LATENESS_MAX_TIME_NS, EPOCH + 4 * MSEC);
		nla_put_u64(msg, BFD_STAT_DETECTION_MARGIN_MIN_US, 17000);
		nla_put_u64(msg, BFD_STAT_DETECTION_MARGIN_MIN_TIME_NS, EPOCH + 5 * MSEC);
	}
	nla_put(msg, BFD_STAT_RX_INTERVAL_HISTOGRAM, sizeof(intervals), intervals);
	nla_put(msg, BFD_STAT_TX_LATENESS_HISTOGRAM, sizeof(lateness), lateness);
	nla_put(msg, BFD_STAT_DETECTION_MARGIN_HISTOGRAM, sizeof(margins), margins);
	nla_put_u64(msg, BFD_STAT_NEAR_MISSES, busy);
}

static void put_round_trips(struct nl_msg *msg)
{
	uint32_t trips[BFD_HISTOGRAM_BUCKETS] = { 0 };

	trips[6] = 990;
	trips[10] = 1;
	nla_put_u64(msg, BFD_STAT_ECHO_TX, 1000);
	nla_put_u64(msg, BFD_STAT_ECHO_RX, 991);
	nla_put_u64(msg, BFD_STAT_ECHO_LOOPED, 70);
	nla_put(msg, BFD_STAT_ECHO_RTT_HISTOGRAM, sizeof(trips), trips);
	nla_put_u64(msg, BFD_STAT_ECHO_RTT_MIN_US, 65);
	nla_put_u64(msg, BFD_STAT_ECHO_RTT_AVG_US, 93);
	nla_put_u64(msg, BFD_STAT_ECHO_RTT_MAX_US, 1100);
	nla_put_u64(msg, BFD_STAT_ECHO_RTT_MAX_TIME_NS, EPOCH + 6 * MSEC);
}

static void put_statistics(struct nl_msg *msg, bool busy)
{
	struct nlattr *nest = nla_nest_start(msg, BFD_A_STATISTICS);

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
	if (busy)
		nla_put_u64(msg, BFD_STAT_LOST_PACKETS, 7);
	put_seen(msg, busy);
	if (busy)
		put_round_trips(msg);
	nla_nest_end(msg, nest);
}

static void put_key(struct nl_msg *msg, int number, uint8_t type, uint8_t id, const char *file)
{
	struct nlattr *nest = nla_nest_start(msg, number);

	nla_put_u8(msg, BFD_KEY_TYPE, type);
	nla_put_u8(msg, BFD_KEY_ID, id);
	if (file)
		nla_put_string(msg, BFD_KEY_FILE, file);
	nla_nest_end(msg, nest);
}

/* Where the first key was read from, if from a file. */
const char *key_file;

static void put_keys(struct nl_msg *msg)
{
	struct nlattr *list = nla_nest_start(msg, BFD_A_AUTH_KEYS);

	put_key(msg, 1, BFD_AUTH_METICULOUS_SHA1, 7, key_file);
	put_key(msg, 2, BFD_AUTH_MD5, 250, NULL);
	nla_nest_end(msg, list);
}

static void put_timers(struct nl_msg *msg, uint32_t us)
{
	nla_put_u32(msg, BFD_A_DESIRED_MIN_TX_US, us);
	nla_put_u32(msg, BFD_A_REQUIRED_MIN_RX_US, us);
	nla_put_u8(msg, BFD_A_DETECT_MULT, 3);
	nla_put_u32(msg, BFD_A_DEMAND_POLL_US, 1000000);
}

static void put_echo(struct nl_msg *msg)
{
	nla_put_u32(msg, BFD_A_DESIRED_MIN_ECHO_TX_US, 10000);
	nla_put_u32(msg, BFD_A_REQUIRED_MIN_ECHO_RX_US, 30000);
	nla_put_u32(msg, BFD_A_ECHO_SLOW_US, 2000000);
	nla_put_u32(msg, BFD_A_NEGOTIATED_ECHO_TX_US, 20000);
	nla_put_u64(msg, BFD_A_ECHO_DETECTION_TIME_US, 60000);
	nla_put_u32(msg, BFD_A_REMOTE_REQUIRED_MIN_ECHO_RX_US, 20000);
}

/* A session as one that has a peer, or one that waits for it. */
struct nl_msg *make_session(uint8_t cmd, bool up)
{
	struct nl_msg *msg = nlmsg_alloc_size(8192);

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, cmd, 1);
	nla_put_u32(msg, BFD_A_LOCAL_DISCRIMINATOR, up ? 305419896 : 7);
	nla_put_u8(msg, BFD_A_STATE, up ? BFD_STATE_UP : BFD_STATE_DOWN);
	nla_put_u8(msg, BFD_A_REPORTED_STATE, up ? BFD_STATE_UP : BFD_STATE_DOWN);
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
		nla_put_u8(msg, BFD_A_DEMAND, 1);
		nla_put_u8(msg, BFD_A_DEMAND_ACTIVE, 1);
		nla_put_u32(msg, BFD_A_HOLD_UP_US, 5000000);
		nla_put_u32(msg, BFD_A_HOLD_UP_MAX_US, 60000000);
		nla_put_u32(msg, BFD_A_HOLD_US, 10000000);
		nla_put_u32(msg, BFD_A_PADDED_PDU_SIZE, 1500);
		put_echo(msg);
		nla_put_u16(msg, BFD_A_SOURCE_PORT, 49152);
		put_keys(msg);
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

/* A reflector, of two. */
struct nl_msg *make_reflector(bool first)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *nest;

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, BFD_CMD_REFLECTOR_GET, 1);
	nla_put_u32(msg, BFD_A_LOCAL_DISCRIMINATOR, first ? 5 : 3000000000);
	nla_put_u32(msg, BFD_A_REQUIRED_MIN_RX_US, first ? 50000 : 10000);
	nla_put_u32(msg, BFD_A_REPLY_RATE, first ? 100 : 10000);
	nla_put_u8(msg, BFD_A_MIN_TTL, first ? 254 : 1);
	nla_put_u8(msg, BFD_A_ADMIN_DOWN, first);
	if (first)
		put_addr(msg, BFD_A_LOCAL, "2001:db8::1");
	nest = nla_nest_start(msg, BFD_A_STATISTICS);
	nla_put_u64(msg, BFD_STAT_CREATE_TIME_NS, EPOCH);
	nla_put_u64(msg, BFD_STAT_RX_PACKETS, first ? 12 : 0);
	nla_put_u64(msg, BFD_STAT_TX_PACKETS, first ? 11 : 0);
	nla_put_u64(msg, BFD_STAT_RX_INVALID, first ? 3 : 0);
	nla_put_u64(msg, BFD_STAT_TX_FAILED, first);
	nla_nest_end(msg, nest);
	return msg;
}

static void put_prefix(struct nl_msg *msg, int number, const char *text, uint8_t len)
{
	struct nlattr *nest = nla_nest_start(msg, number);

	put_addr(msg, BFD_PREFIX_ADDRESS, text);
	nla_put_u8(msg, BFD_PREFIX_LENGTH, len);
	nla_nest_end(msg, nest);
}

/* A policy, of two. */
struct nl_msg *make_policy(bool first)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *list;

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, BFD_CMD_UNSOLICITED_GET, 1);
	nla_put_string(msg, BFD_A_IFNAME, first ? "eth0" : "eth1");
	nla_put_u32(msg, BFD_A_IFINDEX, first ? 2 : 0);
	put_timers(msg, first ? 50000 : 300000);
	nla_put_u32(msg, BFD_A_MAX_SESSIONS, first ? 10 : 64);
	nla_put_u32(msg, BFD_A_IDLE_TIME_US, first ? 0 : 60000000);
	nla_put_u32(msg, BFD_A_SESSIONS, first ? 3 : 0);
	list = nla_nest_start(msg, BFD_A_PREFIXES);
	put_prefix(msg, 1, "10.0.0.0", 8);
	if (first)
		put_prefix(msg, 2, "2001:db8::", 32);
	nla_nest_end(msg, list);
	return msg;
}

struct nl_msg *make_seen(uint32_t id, uint8_t state, int64_t margin, uint64_t misses,
			 uint64_t flaps)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *nest;

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, BFD_CMD_SESSION_GET, 1);
	nla_put_u32(msg, BFD_A_LOCAL_DISCRIMINATOR, id);
	nla_put_u8(msg, BFD_A_STATE, state);
	nla_put_u64(msg, BFD_A_DETECTION_TIME_US, 1000);
	nest = nla_nest_start(msg, BFD_A_STATISTICS);
	if (margin >= 0)
		nla_put_u64(msg, BFD_STAT_DETECTION_MARGIN_MIN_US, margin);
	nla_put_u64(msg, BFD_STAT_NEAR_MISSES, misses);
	nla_put_u64(msg, BFD_STAT_DOWN_COUNT, flaps);
	nla_nest_end(msg, nest);
	return msg;
}

struct nl_msg *make_event(uint8_t event, bool up)
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

int counter_value(int attr)
{
	return attr % 3 ? 0 : attr * 1000;
}

struct nl_msg *make_counters(void)
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

struct nl_msg *make_change(uint8_t state, uint8_t remote)
{
	struct nl_msg *msg = make_session(BFD_CMD_SESSION_NTF, false);
	struct nlattr *nla = nlmsg_find_attr(nlmsg_hdr(msg), GENL_HDRLEN, BFD_A_STATE);

	*(uint8_t *)nla_data(nla) = state;
	nla_put_u8(msg, BFD_A_REMOTE_STATE, remote);
	nla_put_u8(msg, BFD_A_OLD_STATE, BFD_STATE_UP);
	nla_put_u8(msg, BFD_A_EVENT, BFD_EVENT_STATE);
	nla_put_u64(msg, BFD_A_TIMESTAMP_NS, EPOCH);
	return msg;
}
