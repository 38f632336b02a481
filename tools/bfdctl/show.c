// SPDX-License-Identifier: GPL-2.0
/*
 * The one printer of a session, for show and for monitor, text and JSON.
 */
#include <string.h>

#include "../lib/attr.h"
#include "bfdctl.h"

#define INDENT		4
#define STATE_WIDTH	10	/* "admin-down" */

/* Names of RFC 9314 and its iana-bfd-types; the standard's values are indices. */
static const char *const diag_names[] = {
	"none", "control-expiry", "echo-failed", "neighbor-down", "forwarding-reset",
	"path-down", "concatenated-path-down", "admin-down", "reverse-concatenated-path-down",
	"mis-connectivity-defect",
};

static const char *const state_names[] = { "admin-down", "down", "init", "up" };
static const char *const type_names[] = { "single-hop", "multihop", "sbfd", "vxlan", "micro",
					 "echo", "geneve" };

const char *diag_name(uint64_t diag)
{
	return NAME_OF(diag_names, diag);
}

const char *state_name(uint64_t state)
{
	return NAME_OF(state_names, state);
}

enum colour state_colour(uint64_t state)
{
	static const enum colour colours[] = {
		[BFD_STATE_ADMIN_DOWN]	= COLOUR_FAINT,
		[BFD_STATE_DOWN]	= COLOUR_BAD,
		[BFD_STATE_INIT]	= COLOUR_WAITING,
		[BFD_STATE_UP]		= COLOUR_GOOD,
	};

	return state < __BFD_STATE_MAX ? colours[state] : COLOUR_NONE;
}

void print_state(struct print *p, const char *key, const char *label, uint64_t state)
{
	print_colour(p, state_colour(state));
	print_str(p, key, label, state_name(state));
}

static void print_addr_attr(struct print *p, const char *key, const char *label,
			    const struct nlattr *nla)
{
	struct addr addr = get_addr(nla);

	print_addr(p, key, label, addr.bytes, addr.len);
}

void print_session_key(struct print *p, struct nlattr **tb)
{
	uint64_t type = get_uint(tb[BFD_A_TYPE]);

	print_addr_attr(p, "peer", "peer", tb[BFD_A_PEER]);
	print_colour(p, COLOUR_DEVICE);
	print_str(p, "dev", "dev", get_string(tb[BFD_A_IFNAME]));
	print_colour(p, COLOUR_DEVICE);
	print_str(p, "vrf", "vrf", get_string(tb[BFD_A_VRF]));
	print_str(p, "type", type == BFD_TYPE_SINGLE_HOP ? NULL : "", NAME_OF(type_names, type));
	if (tb[BFD_A_VNI])
		print_u64(p, "vni", "vni", get_uint(tb[BFD_A_VNI]));
}

/* Text leaves out a time that is not known yet. */
static void print_known_time(struct print *p, const char *key, const char *label,
			     const struct nlattr *nla)
{
	uint64_t us = get_uint(nla);

	print_time(p, key, us ? label : NULL, us);
}

/* Text leaves out "none", and what is so of any other number. */
static void print_diag(struct print *p, const char *key, const char *label,
		       const struct nlattr *nla)
{
	uint64_t diag = get_uint(nla);

	print_str(p, key, diag == BFD_DIAG_NONE ? NULL : label, diag_name(diag));
}

static void print_effective(struct print *p, struct nlattr **tb)
{
	static const char *const modes[2][2] = {
		{ "async-without-echo", "async-with-echo" },
		{ "demand-without-echo", "demand-with-echo" },
	};
	/* RFC 7880 6.2: an initiator always is in Demand mode */
	bool demand = get_uint(tb[BFD_A_DEMAND_ACTIVE]) ||
		      get_uint(tb[BFD_A_TYPE]) == BFD_TYPE_SBFD;
	bool echo = get_uint(tb[BFD_A_NEGOTIATED_ECHO_TX_US]);

	print_known_time(p, "negotiated-tx-interval", "tx", tb[BFD_A_NEGOTIATED_TX_US]);
	print_known_time(p, "negotiated-rx-interval", "rx", tb[BFD_A_NEGOTIATED_RX_US]);
	print_known_time(p, "detection-time", "detect", tb[BFD_A_DETECTION_TIME_US]);
	print_known_time(p, "negotiated-echo-tx-interval", "echo",
			 tb[BFD_A_NEGOTIATED_ECHO_TX_US]);
	print_known_time(p, "echo-detection-time", "echo-detect",
			 tb[BFD_A_ECHO_DETECTION_TIME_US]);
	print_diag(p, "local-diagnostic", "diag", tb[BFD_A_DIAGNOSTIC]);
	print_known_time(p, "held-time-left", "held", tb[BFD_A_HELD_LEFT_US]);
	print_str(p, "reported-state", NULL, state_name(get_uint(tb[BFD_A_REPORTED_STATE])));
	/* Ours: a peer's Demand mode only stops what we send. */
	print_str(p, "detection-mode", demand || echo ? "" : NULL, modes[demand][echo]);
}

static void print_identity(struct print *p, struct nlattr **tb)
{
	uint64_t remote = get_uint(tb[BFD_A_REMOTE_DISCRIMINATOR]);
	uint64_t port = get_uint(tb[BFD_A_SOURCE_PORT]);

	print_u64(p, "local-discriminator", "id", get_uint(tb[BFD_A_LOCAL_DISCRIMINATOR]));
	print_u64(p, "remote-discriminator", remote ? "remote-id" : NULL, remote);
	print_addr_attr(p, "local", "local", tb[BFD_A_LOCAL]);
	/* The address in use says more only where none was asked for. */
	print_addr_attr(p, "source", tb[BFD_A_LOCAL] ? NULL : "source", tb[BFD_A_SOURCE]);
	print_u64(p, "source-port", port ? "port" : NULL, port);
	print_u64(p, "ifindex", NULL, get_uint(tb[BFD_A_IFINDEX]));
	print_str(p, "owner", "owner", get_string(tb[BFD_A_OWNER]));
	print_bool(p, "unsolicited", "unsolicited", get_uint(tb[BFD_A_UNSOLICITED]));
	print_u64(p, "cpu", tb[BFD_A_CPU] ? "cpu" : NULL, get_uint(tb[BFD_A_CPU]));
}

void print_session_params(struct print *p, struct nlattr **tb)
{
	uint64_t padded = get_uint(tb[BFD_A_PADDED_PDU_SIZE]);
	uint64_t hold = get_uint(tb[BFD_A_HOLD_US]);

	print_str(p, NULL, "", "configured");
	print_time(p, "desired-min-tx-interval", "tx", get_uint(tb[BFD_A_DESIRED_MIN_TX_US]));
	print_time(p, "required-min-rx-interval", "rx", get_uint(tb[BFD_A_REQUIRED_MIN_RX_US]));
	print_u64(p, "local-multiplier", "mult", get_uint(tb[BFD_A_DETECT_MULT]));
	if (tb[BFD_A_MIN_TTL])
		print_u64(p, "min-ttl", "min-ttl", get_uint(tb[BFD_A_MIN_TTL]));
	else
		print_null(p, "min-ttl");
	print_bool(p, "passive", "passive", get_uint(tb[BFD_A_PASSIVE]));
	print_bool(p, "admin-down", "admin-down", get_uint(tb[BFD_A_ADMIN_DOWN]));
	print_bool(p, "reroute", "reroute", get_uint(tb[BFD_A_REROUTE]));
	print_bool(p, "rerouted", "rerouted", get_uint(tb[BFD_A_REROUTED]));
	print_bool(p, "demand", "demand", get_uint(tb[BFD_A_DEMAND]));
	print_time(p, "demand-poll-interval", get_uint(tb[BFD_A_DEMAND]) ? "demand-poll" : NULL,
		   get_uint(tb[BFD_A_DEMAND_POLL_US]));
	print_known_time(p, "hold-up", "hold-up", tb[BFD_A_HOLD_UP_US]);
	print_known_time(p, "hold-up-max", "hold-up-max", tb[BFD_A_HOLD_UP_MAX_US]);
	/* Text tells what it has grown to only if it has. */
	print_time(p, "hold-up-current", hold > get_uint(tb[BFD_A_HOLD_UP_US]) ? "now" : NULL, hold);
	print_u64(p, "padded-pdu-size", padded ? "padded-pdu-size" : NULL, padded);
	print_bool(p, "polling", "polling", get_uint(tb[BFD_A_POLLING]));
	print_known_time(p, "desired-min-echo-tx-interval", "echo-tx",
			 tb[BFD_A_DESIRED_MIN_ECHO_TX_US]);
	print_known_time(p, "required-min-echo-rx-interval", "echo-rx",
			 tb[BFD_A_REQUIRED_MIN_ECHO_RX_US]);
	print_time(p, "echo-slow-interval",
		   get_uint(tb[BFD_A_DESIRED_MIN_ECHO_TX_US]) ? "echo-slow" : NULL,
		   get_uint(tb[BFD_A_ECHO_SLOW_US]));
	print_authentication(p, tb[BFD_A_AUTH_KEYS]);
}

/* In text nothing, until the peer was heard. */
static void print_remote(struct print *p, struct nlattr **tb)
{
	bool heard = get_uint(tb[BFD_A_REMOTE_DETECT_MULT]);

	print_str(p, NULL, heard ? "" : NULL, "remote");
	print_state(p, "remote-state", heard ? "state" : NULL, get_uint(tb[BFD_A_REMOTE_STATE]));
	print_time(p, "remote-desired-min-tx-interval", heard ? "tx" : NULL,
		   get_uint(tb[BFD_A_REMOTE_DESIRED_MIN_TX_US]));
	print_time(p, "remote-required-min-rx-interval", heard ? "rx" : NULL,
		   get_uint(tb[BFD_A_REMOTE_REQUIRED_MIN_RX_US]));
	print_known_time(p, "remote-required-min-echo-rx-interval", "echo-rx",
			 tb[BFD_A_REMOTE_REQUIRED_MIN_ECHO_RX_US]);
	print_u64(p, "remote-multiplier", heard ? "mult" : NULL,
		  get_uint(tb[BFD_A_REMOTE_DETECT_MULT]));
	print_bool(p, "remote-demand", "demand", get_uint(tb[BFD_A_REMOTE_DEMAND]));
	print_diag(p, "remote-diagnostic", "diag", tb[BFD_A_REMOTE_DIAGNOSTIC]);
}

/* In text nothing, where neither end has sent one. */
static void print_echoes(struct print *p, struct nlattr **st)
{
	bool any = st[BFD_STAT_ECHO_TX];

	print_line(p, INDENT);
	print_str(p, NULL, any ? "" : NULL, "echoes");
	print_u64(p, "receive-echo-packet-count", any ? "rx" : NULL,
		  get_uint(st[BFD_STAT_ECHO_RX]));
	print_u64(p, "send-echo-packet-count", any ? "tx" : NULL, get_uint(st[BFD_STAT_ECHO_TX]));
	print_u64(p, "looped-echo-packet-count", any ? "looped" : NULL,
		  get_uint(st[BFD_STAT_ECHO_LOOPED]));
}

static void print_statistics(struct print *p, const struct nlattr *nest)
{
	struct nlattr *st[ATTRS];

	nest_parse(nest, st);
	print_object(p, "statistics");
	print_line(p, INDENT);
	print_date(p, "create-time", "created", get_uint(st[BFD_STAT_CREATE_TIME_NS]));
	print_line(p, INDENT);
	print_date(p, "last-up-time", "last-up", get_uint(st[BFD_STAT_LAST_UP_TIME_NS]));
	print_date(p, "last-down-time", "last-down", get_uint(st[BFD_STAT_LAST_DOWN_TIME_NS]));
	print_line(p, INDENT);
	print_str(p, NULL, "", "times");
	print_u64(p, "up-count", "up", get_uint(st[BFD_STAT_UP_COUNT]));
	print_u64(p, "down-count", "down", get_uint(st[BFD_STAT_DOWN_COUNT]));
	print_u64(p, "admin-down-count", "admin-down", get_uint(st[BFD_STAT_ADMIN_DOWN_COUNT]));
	print_u64(p, "detection-grace-count", "grace", get_uint(st[BFD_STAT_GRACE]));
	print_line(p, INDENT);
	print_str(p, NULL, "", "packets");
	print_u64(p, "receive-packet-count", "rx", get_uint(st[BFD_STAT_RX_PACKETS]));
	print_u64(p, "send-packet-count", "tx", get_uint(st[BFD_STAT_TX_PACKETS]));
	print_u64(p, "receive-invalid-packet-count", "rx-invalid",
		  get_uint(st[BFD_STAT_RX_INVALID]));
	print_u64(p, "send-failed-packet-count", "tx-failed", get_uint(st[BFD_STAT_TX_FAILED]));
	if (st[BFD_STAT_LOST_PACKETS])
		print_u64(p, "lost-packet-count", "lost", get_uint(st[BFD_STAT_LOST_PACKETS]));
	else
		print_null(p, "lost-packet-count");
	print_echoes(p, st);
	print_seen(p, st);
	print_object_end(p);
}

void print_session_rest(struct print *p, struct nlattr **tb, bool statistics)
{
	print_effective(p, tb);
	print_line(p, INDENT);
	print_identity(p, tb);
	print_line(p, INDENT);
	print_session_params(p, tb);
	print_line(p, INDENT);
	print_remote(p, tb);
	if (statistics)
		print_statistics(p, tb[BFD_A_STATISTICS]);
}

/* All of it, state first. */
static void print_session(struct print *p, struct nlattr **tb, bool statistics)
{
	print_width(p, STATE_WIDTH);
	print_state(p, "local-state", "", get_uint(tb[BFD_A_STATE]));
	print_session_key(p, tb);
	print_session_rest(p, tb, statistics);
}

const struct view session_view = {
	.cmd = BFD_CMD_SESSION_GET,
	.order = {
		{ BFD_A_VRF, compare_strings },
		{ BFD_A_PEER, compare_bytes },
		{ BFD_A_IFNAME, compare_strings },
		{ BFD_A_TYPE, compare_uints },
		{ BFD_A_LOCAL, compare_bytes },
		{ BFD_A_LOCAL_DISCRIMINATOR, compare_uints },
	},
	.print = print_session,
};
