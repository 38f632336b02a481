// SPDX-License-Identifier: GPL-2.0
/*
 * The Reauthentication Timer, 802.1X-2004 8.2.8, and Controlled Directions,
 * 8.2.10.
 */
#include "pacp_fixture.h"

/* "(portControl != Auto) || initialize || (portStatus == Unauthorized) ||
 * !reAuthEnabled": every combination, with the timer running and not
 */
static void timer_runs_only_while_there_is_what_to_renew(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < 3 * 16; i++) {
		bool running = i / 3 & 8;
		struct dot1x_pacp_config config = {
			.control = i % 3,
			.reauth_period_ms = i / 3 & 1 ? REAUTH_MS : 0,
		};
		struct dot1x_pacp p = {
			.initialize = i / 3 & 2,
			.port_enabled = true,
			.port_status = i / 3 & 4 ? DOT1X_PORT_AUTHORIZED : DOT1X_PORT_UNAUTHORIZED,
			.reauth_when = running ? BEGIN_MS + 5 : DOT1X_NEVER,
		};
		bool runs = config.control == DOT1X_CONTROL_AUTO && (i / 3 & 1) && !(i / 3 & 2) &&
			    (i / 3 & 4);

		KUNIT_EXPECT_EQ(test, dot1x_reauth_step(&p, &config, BEGIN_MS), running != runs);
		KUNIT_EXPECT_FALSE(test, p.reauthenticate);
		if (!runs)
			KUNIT_EXPECT_EQ(test, p.reauth_when, DOT1X_NEVER);
		else if (running)
			KUNIT_EXPECT_EQ(test, p.reauth_when, BEGIN_MS + 5);
		else
			KUNIT_EXPECT_EQ(test, p.reauth_when, BEGIN_MS + REAUTH_MS);
		/* One step is all */
		KUNIT_EXPECT_FALSE(test, dot1x_reauth_step(&p, &config, BEGIN_MS));
	}
}

/* "reAuthWhen == 0" */
static void timer_reauthenticates_when_it_is_over(struct kunit *test)
{
	struct dot1x_pacp_config config = { .reauth_period_ms = REAUTH_MS };
	struct dot1x_pacp p = {
		.port_enabled = true,
		.port_status = DOT1X_PORT_AUTHORIZED,
		.reauth_when = BEGIN_MS,
	};

	KUNIT_EXPECT_FALSE(test, dot1x_reauth_step(&p, &config, BEGIN_MS - 1));
	KUNIT_EXPECT_FALSE(test, p.reauthenticate);
	KUNIT_EXPECT_TRUE(test, dot1x_reauth_step(&p, &config, BEGIN_MS));
	KUNIT_EXPECT_TRUE(test, p.reauthenticate);
	KUNIT_EXPECT_EQ(test, p.reauth_when, BEGIN_MS + REAUTH_MS);
}

static void period_begins_with_the_authorization(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AT_AGENT, false);
	c.now += 17;
	client_verdict(&c, DOT1X_VERDICT_ACCEPT, true);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), c.now + REAUTH_MS);
}

static void period_over_asks_anew_and_stays_open(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AUTHENTICATED, true);
	KUNIT_EXPECT_EQ(test, client_wait(test, &c), DOT1X_ACT_SEND_REQUEST);
	KUNIT_EXPECT_EQ(test, c.now, BEGIN_MS + REAUTH_MS);
	KUNIT_EXPECT_EQ(test, c.p.pae_state, DOT1X_PAE_AUTHENTICATING);
	KUNIT_EXPECT_EQ(test, c.p.port_status, DOT1X_PORT_AUTHORIZED);

	client_respond(test, &c);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_ACCEPT, true),
			DOT1X_ACT_SEND_SUCCESS);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), BEGIN_MS + 2 * REAUTH_MS);
}

/* A period that ends in a conversation does not begin another one after it */
static void period_over_in_a_conversation_is_served_by_it(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AUTHENTICATED, true);
	c.config.reauth_period_ms = 1000;
	dot1x_pacp_configure(&c.p, &c.config, c.now);
	dot1x_pacp_start(&c.p, &c.config, c.now);
	c.now += 1000;
	KUNIT_EXPECT_EQ(test, dot1x_pacp_time(&c.p, &c.config, c.now), 0);
	client_respond(test, &c);
	KUNIT_EXPECT_EQ(test, client_verdict(&c, DOT1X_VERDICT_ACCEPT, true),
			DOT1X_ACT_SEND_SUCCESS);
	KUNIT_EXPECT_EQ(test, c.p.pae_state, DOT1X_PAE_AUTHENTICATED);
}

static void shorter_period_holds_at_once(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AUTHENTICATED, true);
	c.now += 1000;
	c.config.reauth_period_ms = 5000;
	KUNIT_EXPECT_EQ(test, dot1x_pacp_configure(&c.p, &c.config, c.now), 0);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), c.now + 5000);
}

static void longer_period_holds_from_the_next_on(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AUTHENTICATED, true);
	c.config.reauth_period_ms = 2 * REAUTH_MS;
	KUNIT_EXPECT_EQ(test, dot1x_pacp_configure(&c.p, &c.config, c.now + 1000), 0);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), BEGIN_MS + REAUTH_MS);
	client_wait(test, &c);
	KUNIT_EXPECT_EQ(test, c.p.reauth_when, BEGIN_MS + 3 * REAUTH_MS);
}

static void no_period_is_no_timer(struct kunit *test)
{
	struct client c;

	client_enter(test, &c, AUTHENTICATED, true);
	c.config.reauth_period_ms = 0;
	KUNIT_EXPECT_EQ(test, dot1x_pacp_configure(&c.p, &c.config, c.now + 1000), 0);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), DOT1X_NEVER);
	KUNIT_EXPECT_EQ(test, c.p.pae_state, DOT1X_PAE_AUTHENTICATED);
}

/* 802.1X-2004 8.2.10: FORCE_BOTH while the port is not enabled */
static void port_that_is_down_is_closed_both_ways(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, dot1x_oper_direction(DOT1X_DIRECTION_BOTH, false),
			DOT1X_DIRECTION_BOTH);
	KUNIT_EXPECT_EQ(test, dot1x_oper_direction(DOT1X_DIRECTION_IN, false),
			DOT1X_DIRECTION_BOTH);
	KUNIT_EXPECT_EQ(test, dot1x_oper_direction(DOT1X_DIRECTION_BOTH, true),
			DOT1X_DIRECTION_BOTH);
	KUNIT_EXPECT_EQ(test, dot1x_oper_direction(DOT1X_DIRECTION_IN, true),
			DOT1X_DIRECTION_IN);
}

static struct kunit_case dot1x_reauth_cases[] = {
	KUNIT_CASE(timer_runs_only_while_there_is_what_to_renew),
	KUNIT_CASE(timer_reauthenticates_when_it_is_over),
	KUNIT_CASE(period_begins_with_the_authorization),
	KUNIT_CASE(period_over_asks_anew_and_stays_open),
	KUNIT_CASE(period_over_in_a_conversation_is_served_by_it),
	KUNIT_CASE(shorter_period_holds_at_once),
	KUNIT_CASE(longer_period_holds_from_the_next_on),
	KUNIT_CASE(no_period_is_no_timer),
	KUNIT_CASE(port_that_is_down_is_closed_both_ways),
	{ }
};

static struct kunit_suite dot1x_reauth_suite = {
	.name = "dot1x_reauth",
	.test_cases = dot1x_reauth_cases,
};

kunit_test_suite(dot1x_reauth_suite);
