// SPDX-License-Identifier: GPL-2.0
/*
 * Commands of family dot1x: port-new, port-set, port-del, port-get, port-dump,
 * authorize, client-del, client-get, client-dump, stats. One port, p1, whose
 * max-req tells what has been done to it, and one client.
 */
#include <linux/dot1x.h>
#include <string.h>
#include <sys/socket.h>
#include "failnth.h"

#define DEV	"p1"
#define MAC	"\2\0\0\0\x47\x11"
#define MAX_REQ	3

static void request_port(struct genl *genl, int cmd, int flags)
{
	genl_request(genl, cmd, flags);
	if (!(flags & NLM_F_DUMP))
		genl_put(genl, DOT1X_A_IFNAME, DEV, sizeof(DEV));
}

static void request_client(struct genl *genl, int cmd, int flags)
{
	request_port(genl, cmd, flags);
	if (!(flags & NLM_F_DUMP))
		genl_put(genl, DOT1X_A_MAC, MAC, 6);
}

static void request_new(struct genl *genl)
{
	request_port(genl, DOT1X_CMD_PORT_NEW, NLM_F_ACK | NLM_F_ECHO);
	genl_put8(genl, DOT1X_A_MAX_REQ, MAX_REQ);
	genl_put8(genl, DOT1X_A_HOST_MODE, DOT1X_HOST_MODE_MULTI_AUTH);
}

static void request_set(struct genl *genl, uint8_t max_req)
{
	request_port(genl, DOT1X_CMD_PORT_SET, NLM_F_ACK);
	genl_put8(genl, DOT1X_A_MAX_REQ, max_req);
}

/* Its max-req, or 0: it is not controlled */
static uint8_t port_now(struct genl *genl)
{
	union genl_reply reply;

	request_port(genl, DOT1X_CMD_PORT_GET, 0);
	if (genl_reply(genl, &reply))
		return 0;
	return genl_u8(genl_attr(&reply.hdr, DOT1X_A_MAX_REQ));
}

static int client_now(struct genl *genl)
{
	union genl_reply reply;

	request_client(genl, DOT1X_CMD_CLIENT_GET, 0);
	return !genl_reply(genl, &reply);
}

static void prepare(struct genl *genl, const char *what)
{
	int there = port_now(genl), with_client = there && client_now(genl);

	if (!strcmp(what, "port-new")) {
		if (!there)
			return;
		request_port(genl, DOT1X_CMD_PORT_DEL, NLM_F_ACK);
		genl_talk(genl);
		return;
	}
	if (there)
		request_set(genl, MAX_REQ);
	else
		request_new(genl);
	genl_talk(genl);
	if (!strcmp(what, "authorize") == !with_client)
		return;
	request_client(genl, with_client ? DOT1X_CMD_CLIENT_DEL : DOT1X_CMD_CLIENT_AUTHORIZE,
		       NLM_F_ACK);
	genl_talk(genl);
}

static void request(struct genl *genl, const char *what)
{
	if (!strcmp(what, "port-new"))
		request_new(genl);
	else if (!strcmp(what, "port-set"))
		request_set(genl, 2 * MAX_REQ);
	else if (!strcmp(what, "port-del"))
		request_port(genl, DOT1X_CMD_PORT_DEL, NLM_F_ACK);
	else if (!strcmp(what, "port-get"))
		request_port(genl, DOT1X_CMD_PORT_GET, NLM_F_ACK);
	else if (!strcmp(what, "port-dump"))
		request_port(genl, DOT1X_CMD_PORT_GET, NLM_F_DUMP);
	else if (!strcmp(what, "authorize"))
		request_client(genl, DOT1X_CMD_CLIENT_AUTHORIZE, NLM_F_ACK);
	else if (!strcmp(what, "client-del"))
		request_client(genl, DOT1X_CMD_CLIENT_DEL, NLM_F_ACK);
	else if (!strcmp(what, "client-get"))
		request_client(genl, DOT1X_CMD_CLIENT_GET, NLM_F_ACK);
	else if (!strcmp(what, "client-dump"))
		request_client(genl, DOT1X_CMD_CLIENT_GET, NLM_F_DUMP);
	else
		genl_request(genl, DOT1X_CMD_STATS_GET, NLM_F_ACK);
}

static const char *verdict(struct genl *genl, const char *what, int err)
{
	int max_req = port_now(genl), with_client = max_req && client_now(genl);

	if (!strcmp(what, "port-new"))
		return !max_req == !!err ? NULL : "refused, but there; or done, but not there";
	if (!strcmp(what, "port-del"))
		return !max_req == !err ? NULL : "refused, but gone; or done, but still there";
	if (!strcmp(what, "port-set"))
		return max_req == (err ? MAX_REQ : 2 * MAX_REQ) ? NULL :
		       "refused, but changed; or not";
	if (!strcmp(what, "authorize"))
		return !with_client == !!err ? NULL : "refused, but there; or done, but not there";
	if (!strcmp(what, "client-del"))
		return !with_client == !err ? NULL : "refused, but gone; or done, but still there";
	return max_req == MAX_REQ && with_client ? NULL : "a question changed something";
}

const struct subject dot1x_subject = { DOT1X_GENL_NAME, prepare, request, verdict };
