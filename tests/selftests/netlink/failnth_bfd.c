// SPDX-License-Identifier: GPL-2.0
/*
 * Commands of family bfd: new, set, del, get, dump, stats. One session, known by
 * its discriminator; its Desired Min TX tells what has been done to it.
 */
#include <linux/bfd.h>
#include <string.h>
#include <sys/socket.h>
#include "failnth.h"

#define DISCR	4711
#define TX_US	77000

static void request_new(struct genl *genl)
{
	genl_request(genl, BFD_CMD_SESSION_NEW, NLM_F_ACK | NLM_F_ECHO);
	genl_put32(genl, BFD_A_PEER, __builtin_bswap32(0xc6120001));
	genl_put32(genl, BFD_A_LOCAL_DISCRIMINATOR, DISCR);
	genl_put32(genl, BFD_A_DESIRED_MIN_TX_US, TX_US);
}

static void request_set(struct genl *genl, uint32_t tx_us)
{
	genl_request(genl, BFD_CMD_SESSION_SET, NLM_F_ACK);
	genl_put32(genl, BFD_A_LOCAL_DISCRIMINATOR, DISCR);
	genl_put32(genl, BFD_A_DESIRED_MIN_TX_US, tx_us);
}

static void request_one(struct genl *genl, int cmd, int flags)
{
	genl_request(genl, cmd, flags);
	if (!(flags & NLM_F_DUMP) && cmd != BFD_CMD_STATS_GET)
		genl_put32(genl, BFD_A_LOCAL_DISCRIMINATOR, DISCR);
}

/* Its Desired Min TX, or 0: there is no such session */
static uint32_t tx_now(struct genl *genl)
{
	union genl_reply reply;

	request_one(genl, BFD_CMD_SESSION_GET, 0);
	if (genl_reply(genl, &reply))
		return 0;
	return genl_u32(genl_attr(&reply.hdr, BFD_A_DESIRED_MIN_TX_US));
}

static void prepare(struct genl *genl, const char *what)
{
	uint32_t tx_us = tx_now(genl);

	if (!strcmp(what, "new")) {
		if (!tx_us)
			return;
		request_one(genl, BFD_CMD_SESSION_DEL, NLM_F_ACK);
	} else if (!tx_us) {
		request_new(genl);
	} else {
		request_set(genl, TX_US);
	}
	genl_talk(genl);
}

static void request(struct genl *genl, const char *what)
{
	if (!strcmp(what, "new"))
		request_new(genl);
	else if (!strcmp(what, "set"))
		request_set(genl, 2 * TX_US);
	else if (!strcmp(what, "del"))
		request_one(genl, BFD_CMD_SESSION_DEL, NLM_F_ACK);
	else if (!strcmp(what, "get"))
		request_one(genl, BFD_CMD_SESSION_GET, NLM_F_ACK);
	else if (!strcmp(what, "dump"))
		request_one(genl, BFD_CMD_SESSION_GET, NLM_F_DUMP);
	else
		request_one(genl, BFD_CMD_STATS_GET, NLM_F_ACK);
}

static const char *verdict(struct genl *genl, const char *what, int err)
{
	uint32_t tx_us = tx_now(genl);

	if (!strcmp(what, "new"))
		return !tx_us == !!err ? NULL : "refused, but there; or done, but not there";
	if (!strcmp(what, "del"))
		return !tx_us == !err ? NULL : "refused, but gone; or done, but still there";
	if (!strcmp(what, "set"))
		return tx_us == (err ? TX_US : 2 * TX_US) ? NULL : "refused, but changed; or not";
	return tx_us == TX_US ? NULL : "a question changed something";
}

const struct subject bfd_subject = { BFD_GENL_NAME, prepare, request, verdict };
