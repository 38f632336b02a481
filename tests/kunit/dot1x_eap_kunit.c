// SPDX-License-Identifier: GPL-2.0
/*
 * EAP as we speak it: identifiers, retransmission, and the arithmetic of its
 * timers (RFC 3748 4, RFC 4137 5 and 7).
 */
#include "pacp_fixture.h"

static void first_request_is_out_when_the_link_is_up(struct kunit *test)
{
	struct client c;

	client_new(&c);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), DOT1X_NEVER);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_enable(&c.p, &c.config, true, c.now),
			DOT1X_ACT_SEND_REQUEST);
	KUNIT_EXPECT_TRUE(test, c.p.identity);
	KUNIT_EXPECT_EQ(test, c.p.identifier, FIRST_IDENTIFIER);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), BEGIN_MS + TX_MS);
}

/* RFC 4137 nextId() */
static void identifiers_follow_each_other(struct kunit *test)
{
	unsigned int i;
	struct client c;

	client_enter(test, &c, ASKED, false);
	/* Not so many as would pass through DISCONNECTED, and use two */
	for (i = 1; i < 300; i++) {
		c.p.reauth_count = 0;
		dot1x_pacp_start(&c.p, &c.config, c.now);
		KUNIT_EXPECT_EQ(test, c.p.identifier, (FIRST_IDENTIFIER + i) % 256);
	}
}

static void identifier_of_a_challenge_is_the_agents(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, CHALLENGED, false);
	KUNIT_EXPECT_FALSE(test, c.p.identity);
	KUNIT_EXPECT_EQ(test, c.p.identifier, AGENT_IDENTIFIER);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), c.now + SUPP_MS);

	dot1x_pacp_start(&c.p, &c.config, c.now);
	KUNIT_EXPECT_EQ(test, c.p.identifier, AGENT_IDENTIFIER + 1);
}

/* RFC 4137 RETRANSMIT: MaxRetrans times, the same request, then no more */
static void expect_retransmissions(struct kunit *test, struct client *c, u32 interval_ms)
{
	u8 identifier = c->p.identifier;
	u64 began = c->now;
	unsigned int i;

	for (i = 1; i <= c->config.max_req; i++) {
		KUNIT_EXPECT_EQ(test, client_wait(test, c), DOT1X_ACT_SEND_REQUEST);
		KUNIT_EXPECT_EQ(test, c->now, began + (u64)i * interval_ms);
		KUNIT_EXPECT_EQ(test, c->p.identifier, identifier);
		KUNIT_EXPECT_EQ(test, c->p.retrans_count, i);
	}
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c->p), began + (u64)i * interval_ms);
}

static void identity_request_is_retransmitted(struct kunit *test)
{
	unsigned int max_req;

	for (max_req = 1; max_req <= 10; max_req++) {
		struct client c;

		client_new(&c);
		c.config.max_req = max_req;
		dot1x_pacp_enable(&c.p, &c.config, true, c.now);
		expect_retransmissions(test, &c, TX_MS);
		KUNIT_EXPECT_EQ(test, client_wait(test, &c),
				DOT1X_ACT_UNANSWERED | DOT1X_ACT_TIMEOUT | DOT1X_ACT_ABORT |
				DOT1X_ACT_SEND_REQUEST);
		KUNIT_EXPECT_EQ(test, c.p.identifier, FIRST_IDENTIFIER + 1);
		KUNIT_EXPECT_EQ(test, c.p.retrans_count, 0);
		KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), c.now + TX_MS);
	}
}

static void challenge_is_retransmitted(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, CHALLENGED, false);
	expect_retransmissions(test, &c, SUPP_MS);
	KUNIT_EXPECT_EQ(test, client_wait(test, &c),
			DOT1X_ACT_TIMEOUT | DOT1X_ACT_ABORT | DOT1X_ACT_SEND_REQUEST);
	KUNIT_EXPECT_TRUE(test, c.p.identity);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), c.now + TX_MS);
}

/* Only retransmissions of one request are counted together */
static void next_challenge_has_all_its_retransmissions(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, CHALLENGED, false);
	client_wait(test, &c);
	client_wait(test, &c);
	client_respond(test, &c);
	client_verdict(&c, DOT1X_VERDICT_CHALLENGE, true);
	expect_retransmissions(test, &c, SUPP_MS);
}

/* RFC 4137 DISCARD, then IDLE: the timer begins anew, the count does not */
static void ignored_response_does_not_cost_the_request_its_time(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, ASKED, false);
	client_wait(test, &c);
	client_respond(test, &c);
	c.now += 100;
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_IGNORE, false), 0);
	KUNIT_EXPECT_EQ(test, c.p.backend_state, DOT1X_BACKEND_IGNORE);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), c.now + TX_MS);
	KUNIT_EXPECT_EQ(test, c.p.retrans_count, 1);

	/* Another response may yet be the right one */
	KUNIT_EXPECT_EQ(test, client_respond(test, &c), DOT1X_ACT_ASK_AGENT);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_ACCEPT, true),
			DOT1X_ACT_AUTHORIZE | DOT1X_ACT_SEND_SUCCESS);
}

static void ignored_challenge_waits_for_its_own_time(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, CHALLENGED, false);
	client_respond(test, &c);
	client_verdict(&c, DOT1X_VERDICT_IGNORE, false);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), c.now + SUPP_MS);
}

static void nothing_is_retransmitted_while_the_agent_is_asked(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AT_AGENT, false);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), c.now + SERVER_MS);
	KUNIT_EXPECT_EQ(test, client_wait(test, &c),
			DOT1X_ACT_TIMEOUT | DOT1X_ACT_ABORT | DOT1X_ACT_SEND_REQUEST);
}

/* What is over and was not yet acted upon does not outrun what came before */
static void late_response_still_counts(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, ASKED, false);
	c.now += TX_MS + 5;
	KUNIT_EXPECT_EQ(test, client_respond(test, &c), DOT1X_ACT_ASK_AGENT);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), c.now + SERVER_MS);
}

static void late_verdict_still_counts(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AT_AGENT, false);
	c.now += SERVER_MS + 5;
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_ACCEPT, true),
			DOT1X_ACT_AUTHORIZE | DOT1X_ACT_SEND_SUCCESS);
}

/* A timer that comes late does not make up for it */
static void late_timer_retransmits_once(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, ASKED, false);
	c.now += 100 * TX_MS;
	KUNIT_EXPECT_EQ(test, dot1x_pacp_time(&c.p, &c.config, c.now), DOT1X_ACT_SEND_REQUEST);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), c.now + TX_MS);
}

static void longest_times_do_not_wrap(struct kunit *test)
{
	struct client c;

	client_new(&c);
	c.config.tx_period_ms = U32_MAX;
	c.config.server_timeout_ms = U32_MAX;
	c.config.quiet_period_ms = U32_MAX;
	dot1x_pacp_enable(&c.p, &c.config, true, c.now);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), BEGIN_MS + (u64)U32_MAX);
	client_respond(test, &c);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), BEGIN_MS + (u64)U32_MAX);
	client_verdict(&c, DOT1X_VERDICT_REJECT, true);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), BEGIN_MS + (u64)U32_MAX);
}

/* Shortened times hold for what runs already */
static void shorter_times_hold_at_once(struct kunit *test)
{
	static const struct {
		u8 situation;
		u32 expected_ms;
	} cases[] = {
		{ ASKED, 101 }, { CHALLENGED, 102 }, { AT_AGENT, 103 }, { IGNORED, 101 },
		{ PAUSED, 101 }, { HELD, 104 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct client c;

		client_enter(test, &c, cases[i].situation, false);
		c.config.tx_period_ms = 101;
		c.config.supp_timeout_ms = 102;
		c.config.server_timeout_ms = 103;
		c.config.quiet_period_ms = 104;
		c.now += 1000;
		KUNIT_EXPECT_EQ(test, dot1x_pacp_configure(&c.p, &c.config, c.now), 0);
		KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), c.now + cases[i].expected_ms);
	}
}

static void longer_times_hold_from_the_next_on(struct kunit *test)
{
	const struct situation_param *param = test->param_value;
	struct client c;
	u64 deadline;

	client_enter(test, &c, param->situation, param->authorized);
	deadline = dot1x_pacp_deadline(&c.p);
	c.config.tx_period_ms *= 2;
	c.config.supp_timeout_ms *= 2;
	c.config.server_timeout_ms *= 2;
	c.config.quiet_period_ms *= 2;
	KUNIT_EXPECT_EQ(test, dot1x_pacp_configure(&c.p, &c.config, c.now + 1), 0);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), deadline);
}

static void fewer_retransmissions_hold_at_once(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, CHALLENGED, false);
	client_wait(test, &c);
	c.config.max_req = 1;
	dot1x_pacp_configure(&c.p, &c.config, c.now);
	KUNIT_EXPECT_TRUE(test, client_wait(test, &c) & DOT1X_ACT_TIMEOUT);
}

/* No server: not at once again, however quick the supplicant */
static void no_server_slows_down(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, PAUSED, false);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), c.now + TX_MS);
	KUNIT_EXPECT_EQ(test, client_wait(test, &c), DOT1X_ACT_SEND_REQUEST);
	KUNIT_EXPECT_TRUE(test, c.p.identity);
	client_let_in(test, &c);
}

static struct kunit_case dot1x_eap_cases[] = {
	KUNIT_CASE(first_request_is_out_when_the_link_is_up),
	KUNIT_CASE(identifiers_follow_each_other),
	KUNIT_CASE(identifier_of_a_challenge_is_the_agents),
	KUNIT_CASE(identity_request_is_retransmitted),
	KUNIT_CASE(challenge_is_retransmitted),
	KUNIT_CASE(next_challenge_has_all_its_retransmissions),
	KUNIT_CASE(ignored_response_does_not_cost_the_request_its_time),
	KUNIT_CASE(ignored_challenge_waits_for_its_own_time),
	KUNIT_CASE(nothing_is_retransmitted_while_the_agent_is_asked),
	KUNIT_CASE(late_response_still_counts),
	KUNIT_CASE(late_verdict_still_counts),
	KUNIT_CASE(late_timer_retransmits_once),
	KUNIT_CASE(longest_times_do_not_wrap),
	KUNIT_CASE(shorter_times_hold_at_once),
	KUNIT_CASE_PARAM(longer_times_hold_from_the_next_on, situation_gen_params),
	KUNIT_CASE(fewer_retransmissions_hold_at_once),
	KUNIT_CASE(no_server_slows_down),
	{ }
};

static struct kunit_suite dot1x_eap_suite = {
	.name = "dot1x_eap",
	.test_cases = dot1x_eap_cases,
};

kunit_test_suite(dot1x_eap_suite);
