// SPDX-License-Identifier: GPL-2.0
/*
 * The one printer of ports and of clients, for show and for monitor, text and
 * JSON. Names in JSON are those of the IEEE8021-PAE-MIB without its dot1x,
 * where it has one; states have the names of its enumerations.
 */
#include "../lib/attr.h"
#include "dot1xctl.h"

#define INDENT		4
#define STATUS_WIDTH	12	/* "unauthorized" */
#define USEC_PER_MSEC	1000

static const char *const status_names[] = { "unauthorized", "authorized" };
static const char *const method_names[] = { "dot1x", "mab", "manual" };
static const char *const termination_names[] = { "default", "reauthenticate" };

static const char *const pae_names[] = {
	"initialize", "disconnected", "connecting", "authenticating", "authenticated",
	"aborting", "held", "force-auth", "force-unauth", "restart",
};

static const char *const backend_names[] = {
	"request", "response", "success", "fail", "timeout", "idle", "initialize", "ignore",
};

void print_status(struct print *p, const char *key, const char *label, const struct nlattr *nla)
{
	uint64_t status = get_uint(nla);

	print_colour(p, status == DOT1X_PORT_AUTHORIZED ? COLOUR_GOOD : COLOUR_BAD);
	print_str(p, key, label, NAME_OF(status_names, status));
}

void print_pae(struct print *p, struct nlattr **tb)
{
	uint64_t backend = get_uint(tb[DOT1X_A_BACKEND_STATE]);
	uint64_t pae = get_uint(tb[DOT1X_A_PAE_STATE]);
	bool idle;

	if (pae == DOT1X_PAE_HELD)
		print_colour(p, COLOUR_BAD);
	else if (pae == DOT1X_PAE_AUTHENTICATED || pae == DOT1X_PAE_FORCE_AUTH)
		print_colour(p, COLOUR_GOOD);
	else
		print_colour(p, COLOUR_WAITING);
	print_str(p, "auth-pae-state", "state", NAME_OF(pae_names, pae));
	/* Text tells of a conversation only while there is one. */
	idle = backend == DOT1X_BACKEND_IDLE || backend == DOT1X_BACKEND_INITIALIZE;
	print_str(p, "auth-backend-auth-state", idle ? NULL : "backend",
		  NAME_OF(backend_names, backend));
}

static void print_ms(struct print *p, const char *key, const char *label,
		     const struct nlattr *nla)
{
	print_time(p, key, label, get_uint(nla) * USEC_PER_MSEC);
}

static void print_choice(struct print *p, const char *key, enum port_keyword id,
			 struct nlattr **tb)
{
	const struct keyword *kw = &port_keywords.at[id];

	print_str(p, key, kw->name, keyword_choice(kw, get_uint(tb[kw->attr])));
}

void print_port_key(struct print *p, struct nlattr **tb)
{
	print_colour(p, COLOUR_DEVICE);
	print_str(p, "dev", "dev", get_string(tb[DOT1X_A_IFNAME]));
	print_u64(p, "ifindex", NULL, get_uint(tb[DOT1X_A_IFINDEX]));
}

void print_port_params(struct print *p, struct nlattr **tb)
{
	print_str(p, NULL, "", "configured");
	print_choice(p, "auth-controlled-port-control", PORT_CONTROL, tb);
	print_choice(p, "host-mode", PORT_HOST_MODE, tb);
	print_u64(p, "max-clients", "max-clients", get_uint(tb[DOT1X_A_MAX_CLIENTS]));
	print_choice(p, "auth-admin-controlled-directions", PORT_DIRECTION, tb);
	print_choice(p, "mab", PORT_MAB, tb);
	print_u64(p, "auth-max-req", "max-req", get_uint(tb[DOT1X_A_MAX_REQ]));
}

void print_port_timers(struct print *p, struct nlattr **tb)
{
	bool reauth = get_uint(tb[DOT1X_A_REAUTH_PERIOD_MS]);

	print_str(p, NULL, "", "timers");
	print_bool(p, "auth-re-auth-enabled", NULL, reauth);
	print_ms(p, "auth-re-auth-period", reauth ? "reauth-period" : NULL,
		 tb[DOT1X_A_REAUTH_PERIOD_MS]);
	print_str(p, NULL, reauth ? NULL : "reauth-period", "off");
	print_ms(p, "auth-quiet-period", "quiet-period", tb[DOT1X_A_QUIET_PERIOD_MS]);
	print_ms(p, "auth-tx-period", "tx-period", tb[DOT1X_A_TX_PERIOD_MS]);
	print_ms(p, "auth-supp-timeout", "supp-timeout", tb[DOT1X_A_SUPP_TIMEOUT_MS]);
	print_ms(p, "auth-server-timeout", "server-timeout", tb[DOT1X_A_SERVER_TIMEOUT_MS]);
}

static void print_mac_attr(struct print *p, const char *key, const char *label,
			   const struct nlattr *nla)
{
	print_mac(p, key, label, nla ? nla_data(nla) : NULL, nla ? nla_len(nla) : 0);
}

static void print_port_statistics(struct print *p, struct nlattr **tb)
{
	uint64_t version = get_uint(tb[DOT1X_A_LAST_EAPOL_VERSION]);

	print_object(p, "statistics");
	if (version) {
		print_line(p, INDENT);
		print_str(p, NULL, "", "last-eapol");
		print_u64(p, "auth-last-eapol-frame-version", "version", version);
		print_mac_attr(p, "auth-last-eapol-frame-source", "source",
			       tb[DOT1X_A_LAST_EAPOL_SOURCE]);
	} else {
		print_null(p, "auth-last-eapol-frame-version");
		print_null(p, "auth-last-eapol-frame-source");
	}
	counters_print(p, &dot1x_counters, tb[DOT1X_A_COUNTERS], INDENT, true);
	print_object_end(p);
}

void print_port_rest(struct print *p, struct nlattr **tb, bool statistics)
{
	const struct keyword *direction = &port_keywords.at[PORT_DIRECTION];
	uint64_t oper = get_uint(tb[DOT1X_A_OPER_DIRECTION]);
	bool carrier = get_uint(tb[DOT1X_A_CARRIER]);

	print_pae(p, tb);
	print_u64(p, "clients", "clients", get_uint(tb[DOT1X_A_CLIENTS]));
	print_u64(p, "authorized-clients", "authorized",
		  get_uint(tb[DOT1X_A_AUTHORIZED_CLIENTS]));
	/* Said in text where it is not what was asked for. */
	print_str(p, "auth-oper-controlled-directions",
		  oper == get_uint(tb[DOT1X_A_DIRECTION]) ? NULL : "oper-direction",
		  keyword_choice(direction, oper));
	print_bool(p, "carrier", NULL, carrier);
	print_str(p, NULL, carrier ? NULL : "", "no-carrier");
	print_line(p, INDENT);
	print_port_params(p, tb);
	print_line(p, INDENT);
	print_port_timers(p, tb);
	if (statistics)
		print_port_statistics(p, tb);
}

void print_client_key(struct print *p, struct nlattr **tb)
{
	print_mac_attr(p, "mac", "mac", tb[DOT1X_A_MAC]);
	print_port_key(p, tb);
}

/* What is not counted is null in JSON and left out of text. */
static void print_count(struct print *p, const char *key, const char *label,
			const struct nlattr *nla)
{
	if (nla)
		print_u64(p, key, label, get_uint(nla));
	else
		print_null(p, key);
}

static void print_client_counts(struct print *p, struct nlattr **tb)
{
	print_line(p, INDENT);
	print_count(p, "rx-frames", "rx-frames", tb[DOT1X_A_RX_FRAMES]);
	print_count(p, "rx-bytes", "rx-bytes", tb[DOT1X_A_RX_BYTES]);
	print_count(p, "tx-frames", "tx-frames", tb[DOT1X_A_TX_FRAMES]);
	print_count(p, "tx-bytes", "tx-bytes", tb[DOT1X_A_TX_BYTES]);
	print_count(p, "drops", "drops", tb[DOT1X_A_DROPS]);
}

void print_client_rest(struct print *p, struct nlattr **tb, bool statistics)
{
	uint64_t termination = get_uint(tb[DOT1X_A_TERMINATION_ACTION]);
	const struct nlattr *name = tb[DOT1X_A_USER_NAME];
	bool timeout = get_uint(tb[DOT1X_A_SESSION_TIMEOUT_MS]);

	print_str(p, "method", "method", NAME_OF(method_names, get_uint(tb[DOT1X_A_METHOD])));
	print_untrusted(p, "user-name", "user", name ? nla_data(name) : NULL,
			get_string_len(name));
	print_null(p, "vlan");
	print_pae(p, tb);
	print_ms(p, "session-time", get_uint(tb[DOT1X_A_SESSION_TIME_MS]) ? "time" : NULL,
		 tb[DOT1X_A_SESSION_TIME_MS]);
	print_ms(p, "session-timeout", timeout ? "timeout" : NULL,
		 tb[DOT1X_A_SESSION_TIMEOUT_MS]);
	print_str(p, "termination-action", timeout && termination ? "then" : NULL,
		  NAME_OF(termination_names, termination));
	if (p->json || statistics)
		print_client_counts(p, tb);
}

static void print_port(struct print *p, struct nlattr **tb, bool statistics)
{
	print_width(p, STATUS_WIDTH);
	print_status(p, "auth-controlled-port-status", "", tb[DOT1X_A_PORT_STATUS]);
	print_port_key(p, tb);
	print_port_rest(p, tb, statistics);
}

static void print_client(struct print *p, struct nlattr **tb, bool statistics)
{
	print_width(p, STATUS_WIDTH);
	print_status(p, "auth-controlled-port-status", "", tb[DOT1X_A_PORT_STATUS]);
	print_client_key(p, tb);
	print_client_rest(p, tb, statistics);
}

const struct view port_view = {
	.name = "port",
	.cmd = DOT1X_CMD_PORT_GET,
	.order = {
		{ DOT1X_A_IFNAME, compare_strings },
	},
	.print = print_port,
};

const struct view client_view = {
	.name = "client",
	.cmd = DOT1X_CMD_CLIENT_GET,
	.order = {
		{ DOT1X_A_IFNAME, compare_strings },
		{ DOT1X_A_MAC, compare_bytes },
	},
	.print = print_client,
};
