// SPDX-License-Identifier: GPL-2.0
/*
 * Commands of family bfd: new, micro, set, auth, del, get, dump, stats. One session, known
 * by its discriminator; its Desired Min TX tells what has been done to it, and "auth",
 * which is a set with a key, whether it has one. Likewise reflector-new and so on: one
 * reflector, whose Required Min RX tells; and policy-new and so on: one policy, likewise.
 */
#include <stdbool.h>
#include <linux/bfd.h>
#include <string.h>
#include <sys/socket.h>
#include "failnth.h"

#define DISCR	4711
#define TX_US	77000

/* The session is to be on a member of a LAG, a device of its own hook */
static bool micro;

static void request_new(struct genl *genl)
{
	genl_request(genl, BFD_CMD_SESSION_NEW, NLM_F_ACK | NLM_F_ECHO);
	genl_put32(genl, BFD_A_PEER, __builtin_bswap32(0xc6120001));
	genl_put32(genl, BFD_A_LOCAL_DISCRIMINATOR, DISCR);
	genl_put32(genl, BFD_A_DESIRED_MIN_TX_US, TX_US);
	if (!micro)
		return;
	genl_put8(genl, BFD_A_TYPE, BFD_TYPE_MICRO);
	genl_put32(genl, BFD_A_LOCAL, __builtin_bswap32(0xc6120002));
	genl_put(genl, BFD_A_IFNAME, "va", 3);
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

/* What follows "reflector-" or "policy-", or NULL */
static const char *of_another(const char *what)
{
	if (!strncmp(what, "reflector-", 10))
		return what + 10;
	return strncmp(what, "policy-", 7) ? NULL : what + 7;
}

/* Which of the two it was; a program does one thing */
static bool policy;

/* Commands of either kind follow each other alike */
static void request_another(struct genl *genl, const char *what, int flags)
{
	static const char ten[] = "\x14\0\x01\x80" "\x08\0\x01\0" "\x0a\0\0\0"
				  "\x05\0\x02\0" "\x08\0\0\0";
	bool dump = flags & NLM_F_DUMP, get = !strcmp(what, "get");
	int cmd = !strcmp(what, "new") ? BFD_CMD_REFLECTOR_NEW :
		  !strcmp(what, "del") ? BFD_CMD_REFLECTOR_DEL :
		  get || dump ? BFD_CMD_REFLECTOR_GET : BFD_CMD_REFLECTOR_SET;

	if (policy)
		cmd += BFD_CMD_UNSOLICITED_NEW - BFD_CMD_REFLECTOR_NEW;
	genl_request(genl, cmd, flags);
	if (!dump && policy)
		genl_put(genl, BFD_A_IFNAME, "lo", 3);
	else if (!dump)
		genl_put32(genl, BFD_A_LOCAL_DISCRIMINATOR, DISCR);
	if (policy && !strcmp(what, "new"))
		genl_put(genl, BFD_A_PREFIXES | NLA_F_NESTED, ten, sizeof(ten) - 1);
	if (!strcmp(what, "new") || !strcmp(what, "reset"))
		genl_put32(genl, BFD_A_REQUIRED_MIN_RX_US, TX_US);
	else if (!strcmp(what, "set"))
		genl_put32(genl, BFD_A_REQUIRED_MIN_RX_US, 2 * TX_US);
}

/* Its Required Min RX, or 0: there is none */
static uint32_t rx_now(struct genl *genl)
{
	union genl_reply reply;

	request_another(genl, "get", 0);
	if (genl_reply(genl, &reply))
		return 0;
	return genl_u32(genl_attr(&reply.hdr, BFD_A_REQUIRED_MIN_RX_US));
}

static void prepare_another(struct genl *genl, const char *what)
{
	uint32_t rx_us = rx_now(genl);

	if (!strcmp(what, "new") && !rx_us)
		return;
	request_another(genl, !strcmp(what, "new") ? "del" : rx_us ? "reset" : "new",
			NLM_F_ACK);
	genl_talk(genl);
}

static const char *verdict_on_another(struct genl *genl, const char *what, int err)
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

	policy = !strncmp(what, "policy-", 7);
	micro = !strcmp(what, "micro");
	if (of_another(what)) {
		prepare_another(genl, of_another(what));
		return;
	}
	tx_us = tx_now(genl);
	if (micro || !strcmp(what, "new")) {
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
	if (of_another(what))
		request_another(genl, of_another(what),
				strcmp(of_another(what), "dump") ? NLM_F_ACK : NLM_F_DUMP);
	else if (micro || !strcmp(what, "new"))
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

	if (of_another(what))
		return verdict_on_another(genl, of_another(what), err);
	tx_us = tx_now(genl);
	if (micro || !strcmp(what, "new"))
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
