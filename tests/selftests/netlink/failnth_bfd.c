// SPDX-License-Identifier: GPL-2.0
/*
 * Commands of family bfd: new, set, auth, del, get, dump, stats. One session, known
 * by its discriminator; its Desired Min TX tells what has been done to it, and "auth",
 * which is a set with a key, whether it has one. Likewise reflector-new and so on: one
 * reflector, whose Required Min RX tells.
 */
#include <stdbool.h>
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

/* With one key, Keyed SHA1 number 1, as it lies in memory */
static void request_auth(struct genl *genl)
{
	static const char key[] = "\x20\0\x01\x80" "\x05\0\x01\0" "\x04\0\0\0"
				  "\x05\0\x02\0" "\x01\0\0\0" "\x0a\0\x03\0" "secret\0\0";

	request_set(genl, 2 * TX_US);
	genl_put(genl, BFD_A_AUTH_KEYS | NLA_F_NESTED, key, sizeof(key) - 1);
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

static bool has_key(struct genl *genl)
{
	union genl_reply reply;

	request_one(genl, BFD_CMD_SESSION_GET, 0);
	return !genl_reply(genl, &reply) && genl_attr(&reply.hdr, BFD_A_AUTH_KEYS);
}

/* What follows "reflector-", or NULL */
static const char *of_reflector(const char *what)
{
	return strncmp(what, "reflector-", 10) ? NULL : what + 10;
}

static void request_reflector(struct genl *genl, const char *what, int flags)
{
	bool dump = flags & NLM_F_DUMP, get = !strcmp(what, "get");

	genl_request(genl, !strcmp(what, "new") ? BFD_CMD_REFLECTOR_NEW :
		     !strcmp(what, "del") ? BFD_CMD_REFLECTOR_DEL :
		     get || dump ? BFD_CMD_REFLECTOR_GET : BFD_CMD_REFLECTOR_SET, flags);
	if (!dump)
		genl_put32(genl, BFD_A_LOCAL_DISCRIMINATOR, DISCR);
	if (!strcmp(what, "new") || !strcmp(what, "reset"))
		genl_put32(genl, BFD_A_REQUIRED_MIN_RX_US, TX_US);
	else if (!strcmp(what, "set"))
		genl_put32(genl, BFD_A_REQUIRED_MIN_RX_US, 2 * TX_US);
}

/* Its Required Min RX, or 0: there is no such reflector */
static uint32_t rx_now(struct genl *genl)
{
	union genl_reply reply;

	request_reflector(genl, "get", 0);
	if (genl_reply(genl, &reply))
		return 0;
	return genl_u32(genl_attr(&reply.hdr, BFD_A_REQUIRED_MIN_RX_US));
}

static void prepare_reflector(struct genl *genl, const char *what)
{
	uint32_t rx_us = rx_now(genl);

	if (!strcmp(what, "new") && !rx_us)
		return;
	request_reflector(genl, !strcmp(what, "new") ? "del" : rx_us ? "reset" : "new",
			  NLM_F_ACK);
	genl_talk(genl);
}

static const char *verdict_on_reflector(struct genl *genl, const char *what, int err)
{
	uint32_t rx_us = rx_now(genl);

	if (!strcmp(what, "new"))
		return !rx_us == !!err ? NULL : "refused, but there; or done, but not there";
	if (!strcmp(what, "del"))
		return !rx_us == !err ? NULL : "refused, but gone; or done, but still there";
	if (!strcmp(what, "set"))
		return rx_us == (err ? TX_US : 2 * TX_US) ? NULL : "refused, but changed; or not";
	return rx_us == TX_US ? NULL : "a question changed something";
}

static void prepare(struct genl *genl, const char *what)
{
	uint32_t tx_us;

	if (of_reflector(what)) {
		prepare_reflector(genl, of_reflector(what));
		return;
	}
	tx_us = tx_now(genl);
	if (!strcmp(what, "new")) {
		if (!tx_us)
			return;
		request_one(genl, BFD_CMD_SESSION_DEL, NLM_F_ACK);
	} else if (!tx_us) {
		request_new(genl);
	} else {
		request_set(genl, TX_US);
		/* None */
		genl_put(genl, BFD_A_AUTH_KEYS | NLA_F_NESTED, NULL, 0);
	}
	genl_talk(genl);
}

static void request(struct genl *genl, const char *what)
{
	if (of_reflector(what))
		request_reflector(genl, of_reflector(what),
				  strcmp(what, "reflector-dump") ? NLM_F_ACK : NLM_F_DUMP);
	else if (!strcmp(what, "new"))
		request_new(genl);
	else if (!strcmp(what, "set"))
		request_set(genl, 2 * TX_US);
	else if (!strcmp(what, "auth"))
		request_auth(genl);
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
	uint32_t tx_us;

	if (of_reflector(what))
		return verdict_on_reflector(genl, of_reflector(what), err);
	tx_us = tx_now(genl);
	if (!strcmp(what, "new"))
		return !tx_us == !!err ? NULL : "refused, but there; or done, but not there";
	if (!strcmp(what, "del"))
		return !tx_us == !err ? NULL : "refused, but gone; or done, but still there";
	if (!strcmp(what, "auth") && has_key(genl) == !!err)
		return "refused, but it has a key; or done, but it has none";
	if (!strcmp(what, "set") || !strcmp(what, "auth"))
		return tx_us == (err ? TX_US : 2 * TX_US) ? NULL : "refused, but changed; or not";
	return tx_us == TX_US ? NULL : "a question changed something";
}

const struct subject bfd_subject = { BFD_GENL_NAME, prepare, request, verdict };
