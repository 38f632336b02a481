/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the suites of dot1x's machines share: a client brought into any
 * situation it can come to rest in, by events alone.
 */
#ifndef _PACP_FIXTURE_H
#define _PACP_FIXTURE_H

#include <kunit/test.h>
#include <linux/dot1x.h>
#include <dot1x/eapol.h>
#include <dot1x/pacp.h>

/* Times that tell who they are when they turn up, ms */
#define REAUTH_MS	3600000
#define QUIET_MS	60001
#define TX_MS		30002
#define SUPP_MS		20003
#define SERVER_MS	25004
#define MAX_REQ		2
#define BEGIN_MS	1000000

#define FIRST_IDENTIFIER	200
#define AGENT_IDENTIFIER	77	/* of its challenges */
#define METHOD_MD5		4

/* Where a client can be at rest. The four in the middle of a conversation, and
 * the one that waits to begin it anew, may be those of one that is authorized.
 */
enum situation {
	DOWN,		/* port not enabled */
	ASKED,		/* Request/Identity is out */
	CHALLENGED,	/* a request of the agent's is out */
	AT_AGENT,	/* the agent has the response to Request/Identity */
	IGNORED,	/* it was of no use */
	PAUSED,		/* there was no server */
	AUTHENTICATED,
	HELD,
	FORCED_OPEN,
	FORCED_CLOSED,

	SITUATIONS
};

/**
 * struct client - a client and what the caller of its machines brings
 * @p: the machines
 * @config: the port's configuration
 * @now: the clock, ms
 */
struct client {
	struct dot1x_pacp p;
	struct dot1x_pacp_config config;
	u64 now;
};

/**
 * struct situation_param - a situation, for cases run in each
 * @situation: enum situation
 * @authorized: the client is authorized meanwhile
 * @name: of it
 */
struct situation_param {
	u8 situation;
	bool authorized;
	const char *name;
};

const void *situation_gen_params(const void *prev, char *out);

void client_new(struct client *c);
void client_enter(struct kunit *test, struct client *c, u8 situation, bool authorized);
struct dot1x_eap client_response(const struct client *c);
unsigned int client_respond(struct kunit *test, struct client *c);
unsigned int client_verdict(struct client *c, u8 verdict, bool has_eap);
unsigned int client_wait(struct kunit *test, struct client *c);
void client_let_in(struct kunit *test, struct client *c);
void client_at_rest(struct kunit *test, const struct client *c, unsigned int acts);

#endif /* _PACP_FIXTURE_H */
