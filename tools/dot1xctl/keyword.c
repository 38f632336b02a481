// SPDX-License-Identifier: GPL-2.0
/*
 * The words after a command of port or client, and what of them does not go
 * together. Everything that can be wrong with a command line is found here,
 * before anything is sent; what depends on devices and other ports is the
 * kernel's to judge.
 */
#include "../lib/error.h"
#include "dot1xctl.h"

#define REAUTH_PERIOD_ON_MS	3600000	/* reAuthPeriod, 802.1X-2004 8.2.8.1 */

static const char *const controls[] = { "auto", "force-authorized", "force-unauthorized", NULL };
static const char *const host_modes[] = { "single", "multi-host", "multi-auth", NULL };
static const char *const directions[] = { "both", "in", NULL };
static const char *const mabs[] = { "off", "on", "first", NULL };

static const char *const commands[] = {
	"add", "set", "del", "show", "reauthenticate", "initialize", "authorize",
};

#define IN_PARAM	(IN_ADD | IN_SET)
#define IN_PORT		(IN_PARAM | IN_DEL | IN_SHOW | IN_REAUTHENTICATE | IN_INITIALIZE)
#define IN_CLIENT	(IN_SHOW | IN_AUTHORIZE | IN_DEL)

static const struct keyword port_table[PORT_COUNT] = {
	[PORT_DEV] = KEYWORD("dev", VALUE_NAME, IN_PORT, DOT1X_A_IFNAME),
	[PORT_ALL] = KEYWORD("all", VALUE_NONE, IN_DEL, DOT1X_A_UNSPEC),
	[PORT_CONTROL] = KEYWORD("control", VALUE_CHOICE, IN_PARAM, DOT1X_A_CONTROL,
			.choices = controls),
	[PORT_HOST_MODE] = KEYWORD("host-mode", VALUE_CHOICE, IN_PARAM, DOT1X_A_HOST_MODE,
			.choices = host_modes),
	[PORT_MAX_CLIENTS] = KEYWORD("max-clients", VALUE_U32, IN_PARAM, DOT1X_A_MAX_CLIENTS,
			.min = 1, .max = DOT1X_MAX_CLIENTS),
	[PORT_DIRECTION] = KEYWORD("direction", VALUE_CHOICE, IN_PARAM, DOT1X_A_DIRECTION,
			.choices = directions),
	[PORT_MAB] = KEYWORD("mab", VALUE_CHOICE, IN_PARAM, DOT1X_A_MAB, .choices = mabs),
	[PORT_REAUTH_PERIOD] = KEYWORD("reauth-period", VALUE_PERIOD_MS, IN_PARAM,
			DOT1X_A_REAUTH_PERIOD_MS, .min = 1000, .max = UINT32_MAX,
			.on = REAUTH_PERIOD_ON_MS),
	[PORT_QUIET_PERIOD] = KEYWORD("quiet-period", VALUE_TIME_MS, IN_PARAM,
			DOT1X_A_QUIET_PERIOD_MS, .min = 0, .max = UINT32_MAX),
	[PORT_TX_PERIOD] = KEYWORD("tx-period", VALUE_TIME_MS, IN_PARAM, DOT1X_A_TX_PERIOD_MS,
			.min = 100, .max = UINT32_MAX),
	[PORT_SUPP_TIMEOUT] = KEYWORD("supp-timeout", VALUE_TIME_MS, IN_PARAM,
			DOT1X_A_SUPP_TIMEOUT_MS, .min = 100, .max = UINT32_MAX),
	[PORT_SERVER_TIMEOUT] = KEYWORD("server-timeout", VALUE_TIME_MS, IN_PARAM,
			DOT1X_A_SERVER_TIMEOUT_MS, .min = 100, .max = UINT32_MAX),
	[PORT_MAX_REQ] = KEYWORD("max-req", VALUE_U8, IN_PARAM, DOT1X_A_MAX_REQ,
			.min = 1, .max = 10),
};
_Static_assert(PORT_COUNT <= WORDS_MAX, "struct words has room");

static const struct keyword client_table[CLIENT_COUNT] = {
	[CLIENT_DEV] = KEYWORD("dev", VALUE_NAME, IN_CLIENT, DOT1X_A_IFNAME),
	[CLIENT_MAC] = KEYWORD("mac", VALUE_MAC, IN_CLIENT, DOT1X_A_MAC),
	[CLIENT_ALL] = KEYWORD("all", VALUE_NONE, IN_DEL, DOT1X_A_UNSPEC),
	[CLIENT_SESSION_TIMEOUT] = KEYWORD("session-timeout", VALUE_TIME_MS, IN_AUTHORIZE,
			DOT1X_A_SESSION_TIMEOUT_MS, .min = 0, .max = UINT32_MAX),
};
_Static_assert(CLIENT_COUNT <= WORDS_MAX, "struct words has room");

/* Only the shows can do without a device, and port del all. */
static int check_dev(const struct words *words, int dev, unsigned int in)
{
	if (words->at[dev].given || in == IN_SHOW)
		return STATUS_OK;
	return error_usage("%s %s: \"dev\" is missing", words->table->object,
			   command_name(words->table, in));
}

static int check_port(const struct words *words, unsigned int in)
{
	bool all = words->at[PORT_ALL].given;
	int status = STATUS_OK;

	if (all && words->at[PORT_DEV].given)
		return error_usage("\"dev\" and \"all\" exclude each other");
	if (in == IN_DEL && !all && !words->at[PORT_DEV].given)
		return error_usage("port del: which one? (dev IF, or all)");
	if (!all)
		status = check_dev(words, PORT_DEV, in);
	if (!status && in == IN_SET && !words_count(words, PORT_CONTROL, PORT_MAX_REQ))
		return error_usage("port set: nothing to change");
	return status;
}

static int check_client(const struct words *words, unsigned int in)
{
	bool all = words->at[CLIENT_ALL].given;
	int status = check_dev(words, CLIENT_DEV, in);

	if (status)
		return status;
	if (all && words->at[CLIENT_MAC].given)
		return error_usage("\"mac\" and \"all\" exclude each other");
	if (in == IN_DEL && !all && !words->at[CLIENT_MAC].given)
		return error_usage("client del: which one? (mac MAC, or all)");
	if (in == IN_AUTHORIZE && !words->at[CLIENT_MAC].given)
		return error_usage("client authorize: \"mac\" is missing");
	return STATUS_OK;
}

static const char port_usage[] =
	"Usage: dot1xctl port { add | set } dev IF [PARAMS]\n"
	"       dot1xctl port del { dev IF | all }\n"
	"       dot1xctl [ -j ] [ -s ] port show [ dev IF ]\n"
	"       dot1xctl port { reauthenticate | initialize } dev IF\n"
	"\n"
	"PARAMS := [ control { auto | force-authorized | force-unauthorized } ]\n"
	"          [ host-mode { single | multi-host | multi-auth } ] [ max-clients N ]\n"
	"          [ direction { both | in } ] [ mab { off | on | first } ]\n"
	"          [ reauth-period { TIME | on | off } ] [ quiet-period TIME ]\n"
	"          [ tx-period TIME ] [ supp-timeout TIME ] [ server-timeout TIME ]\n"
	"          [ max-req N ]\n"
	"TIME   := NUMBER[us|ms|s], ms if it has no unit\n"
	"\n"
	"Defaults: control auto host-mode single max-clients 32 direction both mab off\n"
	"reauth-period off (on: 3600s) quiet-period 60s tx-period 30s supp-timeout 30s\n"
	"server-timeout 30s max-req 2.\n";

static const char client_usage[] =
	"Usage: dot1xctl [ -j ] [ -s ] client show [ dev IF ] [ mac MAC ]\n"
	"       dot1xctl client authorize dev IF mac MAC [ session-timeout TIME ]\n"
	"       dot1xctl client del dev IF { mac MAC | all }\n"
	"\n"
	"MAC    := aa:bb:cc:dd:ee:ff, aa-bb-cc-dd-ee-ff or aabb.ccdd.eeff\n"
	"TIME   := NUMBER[us|ms|s], ms if it has no unit\n"
	"\n"
	"authorize lets a MAC in by hand, without EAP; del ends any authorization.\n";

const struct keywords port_keywords = {
	.tool = "dot1xctl",
	.object = "port",
	.usage = port_usage,
	.commands = commands,
	.at = port_table,
	.count = PORT_COUNT,
	.check = check_port,
};

const struct keywords client_keywords = {
	.tool = "dot1xctl",
	.object = "client",
	.usage = client_usage,
	.commands = commands,
	.at = client_table,
	.count = CLIENT_COUNT,
	.check = check_client,
};
