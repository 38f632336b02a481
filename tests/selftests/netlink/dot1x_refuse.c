// SPDX-License-Identifier: GPL-2.0
/*
 * Requests to family dot1x that make no sense, one by one. Device p1 must be
 * under control, with host mode multi-auth and a client 02:00:00:00:01:01; p2
 * and lo are devices that are not; there is no agent.
 */
#include <errno.h>
#include <linux/dot1x.h>
#include "refuse.h"

#define NEW		DOT1X_CMD_PORT_NEW
#define SET		DOT1X_CMD_PORT_SET
#define DEL		DOT1X_CMD_PORT_DEL
#define GET		DOT1X_CMD_PORT_GET
#define REAUTH		DOT1X_CMD_PORT_REAUTHENTICATE
#define INIT		DOT1X_CMD_PORT_INITIALIZE
#define CGET		DOT1X_CMD_CLIENT_GET
#define LET_IN		DOT1X_CMD_CLIENT_AUTHORIZE
#define CDEL		DOT1X_CMD_CLIENT_DEL
#define ANSWER		DOT1X_CMD_AGENT_ANSWER

#define P1		STR(DOT1X_A_IFNAME, "p1")
#define P2		STR(DOT1X_A_IFNAME, "p2")
#define CLIENT		A(DOT1X_A_MAC, "\2\0\0\0\1\1")
#define NOBODY		A(DOT1X_A_MAC, "\2\0\0\0\x77\x77")

static const struct refusal refusals[] = {
	{ "no device", NEW, EINVAL, { U8(DOT1X_A_MAB, 0) } },
	{ "empty device", NEW, 0, { STR(DOT1X_A_IFNAME, "") } },
	{ "device of no bytes", NEW, EINVAL, { A(DOT1X_A_IFNAME, "") } },
	{ "device without an end", NEW, EINVAL, { A(DOT1X_A_IFNAME, "p2") } },
	{ "device name too long", NEW, EINVAL, { STR(DOT1X_A_IFNAME, "sixteen-letters!") } },
	{ "device that is not there", NEW, ENODEV, { STR(DOT1X_A_IFNAME, "nothing") } },
	{ "device that is controlled", NEW, EEXIST, { P1 } },
	{ "loopback", NEW, 0, { STR(DOT1X_A_IFNAME, "lo") } },
	{ "control 3", NEW, ERANGE, { P2, U8(DOT1X_A_CONTROL, 3) } },
	{ "control 255", NEW, ERANGE, { P2, U8(DOT1X_A_CONTROL, 255) } },
	{ "control of 4 bytes", NEW, EINVAL, { P2, U32(DOT1X_A_CONTROL, 0) } },
	{ "control of no bytes", NEW, EINVAL, { P2, A(DOT1X_A_CONTROL, "") } },
	{ "host mode 3", NEW, ERANGE, { P2, U8(DOT1X_A_HOST_MODE, 3) } },
	{ "host mode of 2 bytes", NEW, EINVAL, { P2, A(DOT1X_A_HOST_MODE, "\0\0") } },
	{ "direction 2", NEW, ERANGE, { P2, U8(DOT1X_A_DIRECTION, 2) } },
	{ "MAB 3", NEW, ERANGE, { P2, U8(DOT1X_A_MAB, 3) } },
	{ "no client at most", NEW, ERANGE, { P2, U32(DOT1X_A_MAX_CLIENTS, 0) } },
	{ "65537 clients at most", NEW, ERANGE, { P2, U32(DOT1X_A_MAX_CLIENTS, 65537) } },
	{ "clients of 2 bytes", NEW, EINVAL, { P2, A(DOT1X_A_MAX_CLIENTS, "\1\0") } },
	{ "reauth-period 1 ms", NEW, 0, { P2, U32(DOT1X_A_REAUTH_PERIOD_MS, 1) } },
	{ "reauth-period 999 ms", NEW, 0, { P2, U32(DOT1X_A_REAUTH_PERIOD_MS, 999) } },
	{ "quiet-period of 1 byte", NEW, EINVAL, { P2, U8(DOT1X_A_QUIET_PERIOD_MS, 1) } },
	{ "tx-period 0", NEW, ERANGE, { P2, U32(DOT1X_A_TX_PERIOD_MS, 0) } },
	{ "tx-period 99 ms", NEW, ERANGE, { P2, U32(DOT1X_A_TX_PERIOD_MS, 99) } },
	{ "supp-timeout 99 ms", NEW, ERANGE, { P2, U32(DOT1X_A_SUPP_TIMEOUT_MS, 99) } },
	{ "server-timeout 0", NEW, ERANGE, { P2, U32(DOT1X_A_SERVER_TIMEOUT_MS, 0) } },
	{ "server-timeout of 8 bytes", NEW, EINVAL,
	  { P2, A(DOT1X_A_SERVER_TIMEOUT_MS, "\0\1\0\0\0\0\0\0") } },
	{ "max-req 0", NEW, ERANGE, { P2, U8(DOT1X_A_MAX_REQ, 0) } },
	{ "max-req 11", NEW, ERANGE, { P2, U8(DOT1X_A_MAX_REQ, 11) } },
	{ "port status", NEW, EINVAL, { P2, U8(DOT1X_A_PORT_STATUS, 1) } },
	{ "state", NEW, EINVAL, { P2, U8(DOT1X_A_PAE_STATE, DOT1X_PAE_AUTHENTICATED) } },
	{ "a MAC", NEW, EINVAL, { P2, CLIENT } },
	{ "index of a device", NEW, EINVAL, { P2, U32(DOT1X_A_IFINDEX, 1) } },
	{ "counters", NEW, EINVAL, { P2, A(DOT1X_A_COUNTERS, "") } },
	{ "attribute of the future", NEW, EINVAL, { P2, U32(DOT1X_A_MAX + 1, 1) } },
	{ "attribute far away", NEW, EINVAL, { P2, U32(0x3000, 1) } },
	{ "attribute 0", NEW, EINVAL, { P2, U32(0, 1) } },
	{ "a number that claims to be nested", NEW, EINVAL,
	  { P2, U8(DOT1X_A_CONTROL | NLA_F_NESTED, 0) } },

	{ "set without a device", SET, EINVAL, { U8(DOT1X_A_MAX_REQ, 3) } },
	{ "set of a device that is not there", SET, ENODEV,
	  { STR(DOT1X_A_IFNAME, "nothing"), U8(DOT1X_A_MAX_REQ, 3) } },
	{ "set of a device that is not controlled", SET, ENOENT, { P2, U8(DOT1X_A_MAX_REQ, 3) } },
	{ "set a good max-req and a bad tx-period", SET, ERANGE,
	  { P1, U8(DOT1X_A_MAX_REQ, 5), U32(DOT1X_A_TX_PERIOD_MS, 5) } },
	{ "set a good control and a bad host mode", SET, ERANGE,
	  { P1, U8(DOT1X_A_CONTROL, DOT1X_CONTROL_FORCE_AUTHORIZED),
	    U8(DOT1X_A_HOST_MODE, 9) } },
	{ "set a user name", SET, EINVAL, { P1, STR(DOT1X_A_USER_NAME, "root") } },

	{ "delete what is not there", DEL, ENODEV, { STR(DOT1X_A_IFNAME, "nothing") } },
	{ "delete what is not controlled", DEL, ENOENT, { P2 } },
	{ "delete by a parameter", DEL, EINVAL, { U8(DOT1X_A_MAB, 0) } },

	{ "get nothing", GET, EINVAL, { } },
	{ "get what is not there", GET, ENODEV, { STR(DOT1X_A_IFNAME, "nothing") } },
	{ "get what is not controlled", GET, ENOENT, { P2 } },
	{ "get by a parameter", GET, EINVAL, { P1, U8(DOT1X_A_MAB, 0) } },

	{ "reauthenticate nothing", REAUTH, EINVAL, { } },
	{ "reauthenticate what is not controlled", REAUTH, ENOENT, { P2 } },
	{ "initialize nothing", INIT, EINVAL, { } },
	{ "initialize what is not controlled", INIT, ENOENT, { P2 } },

	{ "client without a device", CGET, EINVAL, { CLIENT } },
	{ "client without a MAC", CGET, EINVAL, { P1 } },
	{ "client nobody has seen", CGET, ENOENT, { P1, NOBODY } },
	{ "client of what is not controlled", CGET, ENOENT, { P2, CLIENT } },
	{ "MAC of 5 bytes", CGET, 0, { P1, A(DOT1X_A_MAC, "\2\0\0\0\1") } },
	{ "MAC of 8 bytes", CGET, 0, { P1, A(DOT1X_A_MAC, "\2\0\0\0\1\1\0\0") } },

	{ "authorize without a device", LET_IN, EINVAL, { NOBODY } },
	{ "authorize without a MAC", LET_IN, EINVAL, { P1 } },
	{ "authorize nobody", LET_IN, EINVAL, { P1, A(DOT1X_A_MAC, "\0\0\0\0\0\0") } },
	{ "authorize everybody", LET_IN, EINVAL,
	  { P1, A(DOT1X_A_MAC, "\xff\xff\xff\xff\xff\xff") } },
	{ "authorize a group", LET_IN, EINVAL, { P1, A(DOT1X_A_MAC, "\1\0\x5e\0\0\1") } },
	{ "authorize on what is not controlled", LET_IN, ENOENT, { P2, NOBODY } },
	{ "authorize with a state", LET_IN, EINVAL,
	  { P1, NOBODY, U8(DOT1X_A_PAE_STATE, DOT1X_PAE_AUTHENTICATED) } },
	{ "authorize for 2 bytes", LET_IN, EINVAL,
	  { P1, NOBODY, A(DOT1X_A_SESSION_TIMEOUT_MS, "\1\0") } },

	{ "delete a client of no device", CDEL, EINVAL, { CLIENT } },
	{ "delete nobody", CDEL, ENOENT, { P1, NOBODY } },
	{ "delete a client of what is not controlled", CDEL, ENOENT, { P2, CLIENT } },
	{ "delete a client by its name", CDEL, EINVAL,
	  { P1, CLIENT, STR(DOT1X_A_USER_NAME, "root") } },

	{ "register with an attribute", DOT1X_CMD_AGENT_REGISTER, EINVAL, { P1 } },
	{ "answer of one who is not the agent", ANSWER, 0,
	  { U32(DOT1X_A_REQUEST_ID, 1), U32(DOT1X_A_IFINDEX, 1), CLIENT,
	    U8(DOT1X_A_VERDICT, DOT1X_VERDICT_ACCEPT) } },
	{ "answer 5", ANSWER, ERANGE,
	  { U32(DOT1X_A_REQUEST_ID, 1), U32(DOT1X_A_IFINDEX, 1), CLIENT,
	    U8(DOT1X_A_VERDICT, 5) } },
	{ "answer with 3 bytes of EAP", ANSWER, 0,
	  { U32(DOT1X_A_REQUEST_ID, 1), CLIENT, U8(DOT1X_A_VERDICT, 0),
	    A(DOT1X_A_EAP, "\3\1\0") } },
	{ "statistics of one", DOT1X_CMD_STATS_GET, EINVAL, { P1 } },
};

static const struct refuser refuser = {
	.family = DOT1X_GENL_NAME,
	.new = NEW,
	.del = DEL,
	.get = GET,
	.unknown = { DOT1X_CMD_PORT_NTF, DOT1X_CMD_AGENT_REQUEST },
	.key = P2,
};

int main(void)
{
	if (refuse_begin(&refuser))
		return 1;
	refuse(refusals, sizeof(refusals) / sizeof(*refusals));
	refuse_messages();
	refuse_dump("dump by parameters", EINVAL, (struct bytes)U8(DOT1X_A_MAB, 0));
	return refuse_end();
}
