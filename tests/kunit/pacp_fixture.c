// SPDX-License-Identifier: GPL-2.0
#include <linux/bitops.h>
#include <linux/string.h>
#include "pacp_fixture.h"

static const struct situation_param situation_params[] = {
	{ DOWN, false, "port down" },
	{ ASKED, false, "asked" },
	{ CHALLENGED, false, "challenged" },
	{ AT_AGENT, false, "at the agent" },
	{ IGNORED, false, "ignored" },
	{ PAUSED, false, "no server" },
	{ AUTHENTICATED, true, "authenticated" },
	{ HELD, false, "held" },
	{ FORCED_OPEN, true, "forced open" },
	{ FORCED_CLOSED, false, "forced closed" },
	{ ASKED, true, "authorized and asked" },
	{ CHALLENGED, true, "authorized and challenged" },
	{ AT_AGENT, true, "authorized and at the agent" },
	{ IGNORED, true, "authorized and ignored" },
	{ PAUSED, true, "authorized and no server" },
};

/**
 * situation_gen_params() - parameters of a case run in each situation
 * @prev: the last one, or NULL
 * @out: its name
 *
 * Return: the next, a struct situation_param, or NULL.
 */
const void *situation_gen_params(const void *prev, char *out)
{
	const struct situation_param *param = prev ? prev + sizeof(*param) : situation_params;

	if (param == situation_params + ARRAY_SIZE(situation_params))
		return NULL;
	strscpy(out, param->name, KUNIT_PARAM_DESC_SIZE);
	return param;
}

/**
 * client_new() - a new client of a port that is down
 * @c: to be initialised
 */
void client_new(struct client *c)
{
	c->config = (struct dot1x_pacp_config) {
		.control = DOT1X_CONTROL_AUTO,
		.max_req = MAX_REQ,
		.reauth_period_ms = REAUTH_MS,
		.quiet_period_ms = QUIET_MS,
		.tx_period_ms = TX_MS,
		.supp_timeout_ms = SUPP_MS,
		.server_timeout_ms = SERVER_MS,
	};
	c->now = BEGIN_MS;
	dot1x_pacp_init(&c->p, &c->config, FIRST_IDENTIFIER - 1);
}

/**
 * client_response() - what the supplicant says to the request that is out
 * @c: the client
 *
 * Return: the response's header.
 */
struct dot1x_eap client_response(const struct client *c)
{
	return (struct dot1x_eap) {
		.code = DOT1X_EAP_RESPONSE,
		.identifier = c->p.identifier,
		.type = c->p.identity ? DOT1X_EAP_TYPE_IDENTITY : METHOD_MD5,
		.len = 20,
	};
}

/**
 * client_respond() - the supplicant answers the request that is out
 * @test: the running case; fails if the response is refused
 * @c: the client
 *
 * Return: DOT1X_ACT_*.
 */
unsigned int client_respond(struct kunit *test, struct client *c)
{
	struct dot1x_eap eap = client_response(c);
	unsigned int acts;

	KUNIT_ASSERT_EQ(test, dot1x_pacp_response(&c->p, &c->config, &eap, c->now, &acts), 0);
	return acts;
}

/**
 * client_verdict() - the agent's verdict
 * @c: the client
 * @verdict: enum dot1x_verdict
 * @has_eap: with an EAP packet
 *
 * Return: DOT1X_ACT_*.
 */
unsigned int client_verdict(struct client *c, u8 verdict, bool has_eap)
{
	return dot1x_pacp_verdict(&c->p, &c->config, verdict, has_eap, AGENT_IDENTIFIER, c->now);
}

/**
 * client_wait() - nothing happens until the next deadline
 * @test: the running case; fails if there is none, or anything happens before
 * @c: the client
 *
 * Return: DOT1X_ACT_*.
 */
unsigned int client_wait(struct kunit *test, struct client *c)
{
	u64 deadline = dot1x_pacp_deadline(&c->p);

	KUNIT_ASSERT_NE(test, deadline, DOT1X_NEVER);
	KUNIT_ASSERT_GT(test, deadline, c->now);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_time(&c->p, &c->config, deadline - 1), 0);
	c->now = deadline;
	return dot1x_pacp_time(&c->p, &c->config, c->now);
}

/**
 * client_let_in() - a request is out: answered, and accepted by the server
 * @test: the running case; fails if it is not authorized then
 * @c: the client
 */
void client_let_in(struct kunit *test, struct client *c)
{
	client_respond(test, c);
	client_verdict(c, DOT1X_VERDICT_ACCEPT, true);
	KUNIT_ASSERT_EQ(test, c->p.pae_state, DOT1X_PAE_AUTHENTICATED);
	KUNIT_ASSERT_EQ(test, c->p.port_status, DOT1X_PORT_AUTHORIZED);
}

/**
 * client_enter() - a new client, brought into a situation
 * @test: the running case; fails if it does not get there
 * @c: to be initialised
 * @situation: enum situation
 * @authorized: it was let in before
 */
void client_enter(struct kunit *test, struct client *c, u8 situation, bool authorized)
{
	static const u8 verdicts[SITUATIONS] = {
		[CHALLENGED] = DOT1X_VERDICT_CHALLENGE,
		[IGNORED] = DOT1X_VERDICT_IGNORE,
		[PAUSED] = DOT1X_VERDICT_NO_SERVER,
		[HELD] = DOT1X_VERDICT_REJECT,
	};

	client_new(c);
	if (situation == DOWN)
		return;
	if (situation == FORCED_OPEN)
		c->config.control = DOT1X_CONTROL_FORCE_AUTHORIZED;
	if (situation == FORCED_CLOSED)
		c->config.control = DOT1X_CONTROL_FORCE_UNAUTHORIZED;
	dot1x_pacp_enable(&c->p, &c->config, true, c->now);
	if (situation == FORCED_OPEN || situation == FORCED_CLOSED)
		return;
	if (authorized)
		client_let_in(test, c);
	if (situation == AUTHENTICATED)
		return;
	if (authorized)
		dot1x_pacp_reauthenticate(&c->p, &c->config, c->now);
	if (situation == ASKED)
		return;
	client_respond(test, c);
	if (situation != AT_AGENT)
		client_verdict(c, verdicts[situation], situation != PAUSED);
	KUNIT_ASSERT_EQ(test, c->p.port_status,
			authorized ? DOT1X_PORT_AUTHORIZED : DOT1X_PORT_UNAUTHORIZED);
}

/**
 * client_at_rest() - what is true of any client between two events
 * @test: the running case; fails if it is not
 * @c: the client
 * @acts: of the last event
 */
void client_at_rest(struct kunit *test, const struct client *c, unsigned int acts)
{
	unsigned int sends = acts & (DOT1X_ACT_SEND_REQUEST | DOT1X_ACT_SEND_SUCCESS |
				     DOT1X_ACT_SEND_FAILURE);
	const struct dot1x_pacp *p = &c->p;

	KUNIT_EXPECT_FALSE(test, acts & DOT1X_ACT_UNSETTLED);
	KUNIT_EXPECT_LE(test, hweight32(sends), 1);
	KUNIT_EXPECT_EQ(test, p->acts, 0);
	/* Signals from machine to machine have arrived */
	KUNIT_EXPECT_FALSE(test, p->initialize || p->eapol_eap || p->auth_abort ||
			   p->eap_req || p->eap_resp || p->eap_no_req || p->bypass);
	KUNIT_EXPECT_EQ(test, p->eap_restart, p->pae_state == DOT1X_PAE_RESTART);
	KUNIT_EXPECT_EQ(test, p->a_while != DOT1X_NEVER,
			p->backend_state == DOT1X_BACKEND_RESPONSE);
	KUNIT_EXPECT_EQ(test, p->quiet_while != DOT1X_NEVER, p->pae_state == DOT1X_PAE_HELD);
	KUNIT_EXPECT_EQ(test, p->retrans_while != DOT1X_NEVER,
			p->backend_state == DOT1X_BACKEND_REQUEST ||
			p->backend_state == DOT1X_BACKEND_IGNORE ||
			p->pae_state == DOT1X_PAE_RESTART);
	/* Time does not stand still at a deadline */
	KUNIT_EXPECT_GT(test, dot1x_pacp_deadline(p), c->now);
}
