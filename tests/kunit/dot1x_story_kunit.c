// SPDX-License-Identifier: GPL-2.0
/*
 * Stories of a client, from link to link: what an administrator would tell of
 * it, event by event.
 */
#include "pacp_fixture.h"

#define EXPECT_IN(test, c, pae, status) do {				\
	KUNIT_EXPECT_EQ(test, (c)->p.pae_state, DOT1X_PAE_##pae);	\
	KUNIT_EXPECT_EQ(test, (c)->p.port_status, DOT1X_PORT_##status);	\
} while (0)

/* EAP-MD5: identity, challenge, success */
static void right_password_opens(struct kunit *test)
{
	struct client c;

	client_new(&c);
	EXPECT_IN(test, &c, INITIALIZE, UNAUTHORIZED);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_enable(&c.p, &c.config, true, c.now),
			DOT1X_ACT_SEND_REQUEST);
	EXPECT_IN(test, &c, AUTHENTICATING, UNAUTHORIZED);
	KUNIT_EXPECT_EQ(test, client_respond(test, &c), DOT1X_ACT_ASK_AGENT);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_CHALLENGE, true),
			DOT1X_ACT_SEND_REQUEST);
	KUNIT_EXPECT_EQ(test, client_respond(test, &c), DOT1X_ACT_ASK_AGENT);
	EXPECT_IN(test, &c, AUTHENTICATING, UNAUTHORIZED);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_ACCEPT, true),
			DOT1X_ACT_AUTHORIZE | DOT1X_ACT_SEND_SUCCESS);
	EXPECT_IN(test, &c, AUTHENTICATED, AUTHORIZED);
}

/* Held for quietPeriod, deaf, then asked anew */
static void wrong_password_is_held(struct kunit *test)
{
	struct dot1x_eap eap;
	unsigned int acts;
	struct client c;

	client_enter(test, &c, CHALLENGED, false);
	client_respond(test, &c);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_REJECT, true),
			DOT1X_ACT_SEND_FAILURE | DOT1X_ACT_HELD);
	EXPECT_IN(test, &c, HELD, UNAUTHORIZED);
	eap = client_response(&c);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_response(&c.p, &c.config, &eap, c.now, &acts),
			DOT1X_COUNTER_DROP_HELD);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_start(&c.p, &c.config, c.now), 0);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_logoff(&c.p, &c.config, c.now), 0);
	EXPECT_IN(test, &c, HELD, UNAUTHORIZED);

	KUNIT_EXPECT_EQ(test, client_wait(test, &c), DOT1X_ACT_SEND_REQUEST);
	KUNIT_EXPECT_EQ(test, c.now, BEGIN_MS + QUIET_MS);
	client_let_in(test, &c);
}

static void quiet_period_of_nothing_asks_in_the_next_moment(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AT_AGENT, false);
	c.config.quiet_period_ms = 0;
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_REJECT, true),
			DOT1X_ACT_SEND_FAILURE | DOT1X_ACT_HELD);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_time(&c.p, &c.config, c.now + 1),
			DOT1X_ACT_SEND_REQUEST);
}

static void logoff_closes_and_start_comes_back(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AUTHENTICATED, true);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_logoff(&c.p, &c.config, c.now),
			DOT1X_ACT_UNAUTHORIZE | DOT1X_ACT_SEND_REQUEST);
	EXPECT_IN(test, &c, AUTHENTICATING, UNAUTHORIZED);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_start(&c.p, &c.config, c.now),
			DOT1X_ACT_ABORT | DOT1X_ACT_SEND_REQUEST);
	client_let_in(test, &c);
}

/* One that is authorized already proves itself anew, open meanwhile */
static void start_of_an_authorized_client_does_not_close(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AUTHENTICATED, true);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_start(&c.p, &c.config, c.now), DOT1X_ACT_SEND_REQUEST);
	EXPECT_IN(test, &c, AUTHENTICATING, AUTHORIZED);
	client_let_in(test, &c);
}

/* A port without anybody: asked for ever, and each time told so */
static void nobody_answers(struct kunit *test)
{
	unsigned int i, unanswered = 0;
	struct client c;

	client_enter(test, &c, ASKED, false);
	for (i = 0; i < 30; i++) {
		unsigned int acts = client_wait(test, &c);

		KUNIT_EXPECT_TRUE(test, acts & DOT1X_ACT_SEND_REQUEST);
		KUNIT_EXPECT_FALSE(test, acts & (DOT1X_ACT_AUTHORIZE | DOT1X_ACT_UNAUTHORIZE));
		KUNIT_EXPECT_EQ(test, c.now, BEGIN_MS + (i + 1) * (u64)TX_MS);
		if (acts & DOT1X_ACT_UNANSWERED)
			unanswered++;
		EXPECT_IN(test, &c, AUTHENTICATING, UNAUTHORIZED);
	}
	KUNIT_EXPECT_EQ(test, unanswered, 30 / (MAX_REQ + 1));
}

static void link_flap_closes_and_asks_anew(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AUTHENTICATED, true);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_enable(&c.p, &c.config, false, c.now),
			DOT1X_ACT_UNAUTHORIZE | DOT1X_ACT_ABORT);
	EXPECT_IN(test, &c, INITIALIZE, UNAUTHORIZED);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), DOT1X_NEVER);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_enable(&c.p, &c.config, true, c.now),
			DOT1X_ACT_SEND_REQUEST);
	EXPECT_IN(test, &c, AUTHENTICATING, UNAUTHORIZED);
	client_let_in(test, &c);
}

/* What the agent was asked before the flap does not open the port after it */
static void verdict_of_before_the_flap_is_stale(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AT_AGENT, false);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_enable(&c.p, &c.config, false, c.now), DOT1X_ACT_ABORT);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_ACCEPT, true), 0);
	dot1x_pacp_enable(&c.p, &c.config, true, c.now);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_ACCEPT, true), 0);
	EXPECT_IN(test, &c, AUTHENTICATING, UNAUTHORIZED);
}

static void failed_reauthentication_closes(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, CHALLENGED, true);
	client_respond(test, &c);
	EXPECT_IN(test, &c, AUTHENTICATING, AUTHORIZED);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_REJECT, true),
			DOT1X_ACT_UNAUTHORIZE | DOT1X_ACT_SEND_FAILURE | DOT1X_ACT_HELD);
	EXPECT_IN(test, &c, HELD, UNAUTHORIZED);
}

/* reAuthMax conversations, then closed; and asked anew for ever */
static void unanswered_reauthentication_closes(struct kunit *test)
{
	unsigned int i, acts;
	struct client c;

	client_enter(test, &c, ASKED, true);
	for (i = 1; i < DOT1X_REAUTH_MAX * (MAX_REQ + 1); i++) {
		acts = client_wait(test, &c);
		KUNIT_EXPECT_FALSE(test, acts & DOT1X_ACT_UNAUTHORIZE);
		EXPECT_IN(test, &c, AUTHENTICATING, AUTHORIZED);
	}
	acts = client_wait(test, &c);
	KUNIT_EXPECT_EQ(test, acts, DOT1X_ACT_UNAUTHORIZE | DOT1X_ACT_ABORT |
			DOT1X_ACT_SEND_REQUEST | DOT1X_ACT_UNANSWERED | DOT1X_ACT_TIMEOUT);
	EXPECT_IN(test, &c, AUTHENTICATING, UNAUTHORIZED);
}

/* The agent is away while a period ends: nobody is closed for that, and when
 * it returns the conversation goes on
 */
static void absent_agent_closes_nobody(struct kunit *test)
{
	unsigned int i;
	struct client c;

	client_enter(test, &c, AT_AGENT, true);
	c.config.agent_absent = true;
	KUNIT_EXPECT_EQ(test, dot1x_pacp_agent_lost(&c.p, &c.config, c.now),
			DOT1X_ACT_ABORT | DOT1X_ACT_SEND_REQUEST);
	for (i = 0; i < 10; i++) {
		client_respond(test, &c);
		KUNIT_EXPECT_TRUE(test, client_wait(test, &c) & DOT1X_ACT_TIMEOUT);
		EXPECT_IN(test, &c, AUTHENTICATING, AUTHORIZED);
	}
	c.config.agent_absent = false;
	client_let_in(test, &c);
}

/* An agent that dies again and again is not the client's fault either */
static void agent_that_flaps_closes_nobody(struct kunit *test)
{
	unsigned int i;
	struct client c;

	client_enter(test, &c, AT_AGENT, true);
	for (i = 0; i < 10; i++) {
		dot1x_pacp_agent_lost(&c.p, &c.config, c.now);
		EXPECT_IN(test, &c, AUTHENTICATING, AUTHORIZED);
		client_respond(test, &c);
	}
}

/* MAB after EAPOL went unanswered */
static void unanswered_mac_is_let_in(struct kunit *test)
{
	unsigned int i;
	struct client c;

	client_enter(test, &c, ASKED, false);
	for (i = 0; i < MAX_REQ; i++)
		client_wait(test, &c);
	KUNIT_EXPECT_TRUE(test, client_wait(test, &c) & DOT1X_ACT_UNANSWERED);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_ACCEPT, false),
			DOT1X_ACT_AUTHORIZE | DOT1X_ACT_ABORT);
	EXPECT_IN(test, &c, AUTHENTICATED, AUTHORIZED);
	KUNIT_EXPECT_EQ(test, c.p.retrans_while, DOT1X_NEVER);
}

/* MAB first: refused, the client may yet prove itself by EAP, and is not held */
static void refused_mac_may_still_authenticate(struct kunit *test)
{
	u8 identifier;
	struct client c;

	client_enter(test, &c, ASKED, false);
	identifier = c.p.identifier;
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_REJECT, false), 0);
	EXPECT_IN(test, &c, AUTHENTICATING, UNAUTHORIZED);
	KUNIT_EXPECT_EQ(test, c.p.identifier, identifier);
	client_let_in(test, &c);
}

/* The MAC is asked for again: accepted nothing changes, refused it is closed */
static void mac_is_renewed_or_closed(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, ASKED, false);
	client_verdict(&c, DOT1X_VERDICT_ACCEPT, false);
	dot1x_pacp_reauthenticate(&c.p, &c.config, c.now);
	EXPECT_IN(test, &c, AUTHENTICATING, AUTHORIZED);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_ACCEPT, false), DOT1X_ACT_ABORT);
	EXPECT_IN(test, &c, AUTHENTICATED, AUTHORIZED);

	dot1x_pacp_reauthenticate(&c.p, &c.config, c.now);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_REJECT, false),
			DOT1X_ACT_UNAUTHORIZE | DOT1X_ACT_ABORT | DOT1X_ACT_SEND_REQUEST);
	EXPECT_IN(test, &c, AUTHENTICATING, UNAUTHORIZED);
}

/* However often it was asked before */
static void bypass_goes_before_the_count(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, ASKED, true);
	dot1x_pacp_start(&c.p, &c.config, c.now);
	KUNIT_EXPECT_EQ(test, c.p.reauth_count, DOT1X_REAUTH_MAX);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_ACCEPT, false), DOT1X_ACT_ABORT);
	EXPECT_IN(test, &c, AUTHENTICATED, AUTHORIZED);
}

static void held_client_is_let_in_by_hand(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, HELD, false);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_ACCEPT, false),
			DOT1X_ACT_AUTHORIZE);
	EXPECT_IN(test, &c, AUTHENTICATED, AUTHORIZED);
	KUNIT_EXPECT_EQ(test, c.p.quiet_while, DOT1X_NEVER);
}

/* What it says meanwhile is not listened to, not even afterwards */
static void held_client_that_logs_off_is_let_in_by_hand(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, HELD, false);
	dot1x_pacp_start(&c.p, &c.config, c.now);
	dot1x_pacp_logoff(&c.p, &c.config, c.now);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_ACCEPT, false),
			DOT1X_ACT_AUTHORIZE);
	EXPECT_IN(test, &c, AUTHENTICATED, AUTHORIZED);
}

static void forced_port_is_what_it_is_told(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AUTHENTICATED, true);
	c.config.control = DOT1X_CONTROL_FORCE_UNAUTHORIZED;
	KUNIT_EXPECT_EQ(test, dot1x_pacp_configure(&c.p, &c.config, c.now),
			DOT1X_ACT_UNAUTHORIZE | DOT1X_ACT_ABORT | DOT1X_ACT_SEND_FAILURE);
	EXPECT_IN(test, &c, FORCE_UNAUTH, UNAUTHORIZED);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_start(&c.p, &c.config, c.now), DOT1X_ACT_SEND_FAILURE);

	c.config.control = DOT1X_CONTROL_FORCE_AUTHORIZED;
	KUNIT_EXPECT_EQ(test, dot1x_pacp_configure(&c.p, &c.config, c.now),
			DOT1X_ACT_AUTHORIZE | DOT1X_ACT_SEND_SUCCESS);
	EXPECT_IN(test, &c, FORCE_AUTH, AUTHORIZED);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_start(&c.p, &c.config, c.now), DOT1X_ACT_SEND_SUCCESS);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_logoff(&c.p, &c.config, c.now), 0);
	EXPECT_IN(test, &c, FORCE_AUTH, AUTHORIZED);

	/* Its link goes, and comes back */
	KUNIT_EXPECT_EQ(test, dot1x_pacp_enable(&c.p, &c.config, false, c.now),
			DOT1X_ACT_UNAUTHORIZE);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_enable(&c.p, &c.config, true, c.now),
			DOT1X_ACT_AUTHORIZE | DOT1X_ACT_SEND_SUCCESS);

	c.config.control = DOT1X_CONTROL_AUTO;
	KUNIT_EXPECT_EQ(test, dot1x_pacp_configure(&c.p, &c.config, c.now),
			DOT1X_ACT_UNAUTHORIZE | DOT1X_ACT_SEND_REQUEST);
	client_let_in(test, &c);
}

static void server_that_comes_back_lets_in(struct kunit *test)
{
	unsigned int i;
	struct client c;

	client_enter(test, &c, AT_AGENT, false);
	for (i = 0; i < 5; i++) {
		KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_NO_SERVER, false),
				DOT1X_ACT_ABORT | DOT1X_ACT_TIMEOUT);
		EXPECT_IN(test, &c, RESTART, UNAUTHORIZED);
		client_wait(test, &c);
		client_respond(test, &c);
	}
	client_verdict(&c, DOT1X_VERDICT_ACCEPT, true);
	EXPECT_IN(test, &c, AUTHENTICATED, AUTHORIZED);
}

static struct kunit_case dot1x_story_cases[] = {
	KUNIT_CASE(right_password_opens),
	KUNIT_CASE(wrong_password_is_held),
	KUNIT_CASE(quiet_period_of_nothing_asks_in_the_next_moment),
	KUNIT_CASE(logoff_closes_and_start_comes_back),
	KUNIT_CASE(start_of_an_authorized_client_does_not_close),
	KUNIT_CASE(nobody_answers),
	KUNIT_CASE(link_flap_closes_and_asks_anew),
	KUNIT_CASE(verdict_of_before_the_flap_is_stale),
	KUNIT_CASE(failed_reauthentication_closes),
	KUNIT_CASE(unanswered_reauthentication_closes),
	KUNIT_CASE(absent_agent_closes_nobody),
	KUNIT_CASE(agent_that_flaps_closes_nobody),
	KUNIT_CASE(unanswered_mac_is_let_in),
	KUNIT_CASE(refused_mac_may_still_authenticate),
	KUNIT_CASE(mac_is_renewed_or_closed),
	KUNIT_CASE(bypass_goes_before_the_count),
	KUNIT_CASE(held_client_is_let_in_by_hand),
	KUNIT_CASE(held_client_that_logs_off_is_let_in_by_hand),
	KUNIT_CASE(forced_port_is_what_it_is_told),
	KUNIT_CASE(server_that_comes_back_lets_in),
	{ }
};

static struct kunit_suite dot1x_story_suite = {
	.name = "dot1x_story",
	.test_cases = dot1x_story_cases,
};

kunit_test_suite(dot1x_story_suite);
