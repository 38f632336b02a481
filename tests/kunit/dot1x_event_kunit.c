// SPDX-License-Identifier: GPL-2.0
/*
 * Every event in every situation a client can be at rest in: where it leads,
 * and what the caller is told to do. One table, read off 802.1X-2004 8.2.
 */
#include <linux/string.h>
#include "pacp_fixture.h"

#define SEND	DOT1X_ACT_SEND_REQUEST
#define ABORT	DOT1X_ACT_ABORT

enum event {
	ENABLE,
	DISABLE,
	TO_AUTO,
	TO_FORCED_OPEN,
	TO_FORCED_CLOSED,
	INITIALIZE,
	REAUTHENTICATE,
	START,
	LOGOFF,
	CHALLENGE,
	CHALLENGE_BARE,		/* without EAP, as those below */
	ACCEPT,
	ACCEPT_BARE,
	REJECT,
	REJECT_BARE,
	IGNORE,
	IGNORE_BARE,
	NO_SERVER,
	AGENT_LOST,
	DEADLINE,

	EVENTS
};

static const char *const event_names[EVENTS] = {
	"enable", "disable", "to auto", "to forced open", "to forced closed", "initialize",
	"reauthenticate", "start", "logoff", "challenge", "challenge without EAP", "accept",
	"accept without EAP", "reject", "reject without EAP", "ignore", "ignore without EAP",
	"no server", "agent lost", "deadline",
};

/* What comes of it */
enum outcome {
	SAME = 0,	/* neither state nor status changes, and nothing is to be done */
	ASK,		/* a new Request/Identity is out, status as before */
	ASK_ABORT,	/* so, and what was out is given up */
	ASK_TIMEOUT,	/* so, because time was over */
	CLOSE_ASK,	/* the same, and it is unauthorized */
	CLOSE_ASK_ABORT,
	REFUSE_MAC,	/* CLOSE_ASK_ABORT if it was authorized, else SAME */
	REFUSE_PAUSED,	/* CLOSE_ASK likewise */
	RESEND,		/* the request that is out goes out again, or another one */
	LET_IN,		/* authorized, and told so */
	LET_IN_MUTE,	/* authorized */
	LET_IN_ABORT,	/* authorized, and what was out is given up */
	HOLD,		/* held, and told so */
	HOLD_MUTE,	/* held */
	WAIT,		/* in IGNORE */
	PAUSE,		/* in RESTART for a while */
	GO_DOWN,
	GO_DOWN_ABORT,
	OPEN,		/* FORCE_AUTH; EAP-Success */
	OPEN_ABORT,
	CLOSE,		/* FORCE_UNAUTH; EAP-Failure */
	CLOSE_ABORT,
	REOPEN,		/* OPEN, by way of INITIALIZE */

	OUTCOMES
};

#define KEEP	0xff

static const struct {
	u8 pae_state;
	u8 backend_state;
	u8 port_status;
	unsigned int acts;	/* AUTHORIZE and UNAUTHORIZE follow from the status */
} outcomes[OUTCOMES] = {
	[SAME] = { KEEP, KEEP, KEEP, 0 },
	[ASK] = { DOT1X_PAE_AUTHENTICATING, DOT1X_BACKEND_REQUEST, KEEP, SEND },
	[ASK_ABORT] = { DOT1X_PAE_AUTHENTICATING, DOT1X_BACKEND_REQUEST, KEEP, SEND | ABORT },
	[ASK_TIMEOUT] = { DOT1X_PAE_AUTHENTICATING, DOT1X_BACKEND_REQUEST, KEEP,
			  SEND | ABORT | DOT1X_ACT_TIMEOUT },
	[CLOSE_ASK] = { DOT1X_PAE_AUTHENTICATING, DOT1X_BACKEND_REQUEST,
			DOT1X_PORT_UNAUTHORIZED, SEND },
	[CLOSE_ASK_ABORT] = { DOT1X_PAE_AUTHENTICATING, DOT1X_BACKEND_REQUEST,
			      DOT1X_PORT_UNAUTHORIZED, SEND | ABORT },
	[RESEND] = { DOT1X_PAE_AUTHENTICATING, DOT1X_BACKEND_REQUEST, KEEP, SEND },
	[LET_IN] = { DOT1X_PAE_AUTHENTICATED, DOT1X_BACKEND_IDLE, DOT1X_PORT_AUTHORIZED,
		     DOT1X_ACT_SEND_SUCCESS },
	[LET_IN_MUTE] = { DOT1X_PAE_AUTHENTICATED, DOT1X_BACKEND_IDLE, DOT1X_PORT_AUTHORIZED, 0 },
	[LET_IN_ABORT] = { DOT1X_PAE_AUTHENTICATED, DOT1X_BACKEND_IDLE, DOT1X_PORT_AUTHORIZED,
			   ABORT },
	[HOLD] = { DOT1X_PAE_HELD, DOT1X_BACKEND_IDLE, DOT1X_PORT_UNAUTHORIZED,
		   DOT1X_ACT_SEND_FAILURE | DOT1X_ACT_HELD },
	[HOLD_MUTE] = { DOT1X_PAE_HELD, DOT1X_BACKEND_IDLE, DOT1X_PORT_UNAUTHORIZED,
			DOT1X_ACT_HELD },
	[WAIT] = { DOT1X_PAE_AUTHENTICATING, DOT1X_BACKEND_IGNORE, KEEP, 0 },
	[PAUSE] = { DOT1X_PAE_RESTART, DOT1X_BACKEND_IDLE, KEEP, ABORT | DOT1X_ACT_TIMEOUT },
	[GO_DOWN] = { DOT1X_PAE_INITIALIZE, DOT1X_BACKEND_INITIALIZE, DOT1X_PORT_UNAUTHORIZED, 0 },
	[GO_DOWN_ABORT] = { DOT1X_PAE_INITIALIZE, DOT1X_BACKEND_INITIALIZE,
			    DOT1X_PORT_UNAUTHORIZED, ABORT },
	[OPEN] = { DOT1X_PAE_FORCE_AUTH, DOT1X_BACKEND_INITIALIZE, DOT1X_PORT_AUTHORIZED,
		   DOT1X_ACT_SEND_SUCCESS },
	[OPEN_ABORT] = { DOT1X_PAE_FORCE_AUTH, DOT1X_BACKEND_INITIALIZE, DOT1X_PORT_AUTHORIZED,
			 DOT1X_ACT_SEND_SUCCESS | ABORT },
	[CLOSE] = { DOT1X_PAE_FORCE_UNAUTH, DOT1X_BACKEND_INITIALIZE, DOT1X_PORT_UNAUTHORIZED,
		    DOT1X_ACT_SEND_FAILURE },
	[CLOSE_ABORT] = { DOT1X_PAE_FORCE_UNAUTH, DOT1X_BACKEND_INITIALIZE,
			  DOT1X_PORT_UNAUTHORIZED, DOT1X_ACT_SEND_FAILURE | ABORT },
	[REOPEN] = { DOT1X_PAE_FORCE_AUTH, DOT1X_BACKEND_INITIALIZE, DOT1X_PORT_AUTHORIZED,
		     DOT1X_ACT_SEND_SUCCESS | DOT1X_ACT_UNAUTHORIZE | DOT1X_ACT_AUTHORIZE },
};

/* What is not named stays the same */
static const u8 table[SITUATIONS][EVENTS] = {
	[DOWN] = {
		[ENABLE] = ASK,
	},
	[ASKED] = {
		[DISABLE] = GO_DOWN_ABORT,
		[TO_FORCED_OPEN] = OPEN_ABORT,
		[TO_FORCED_CLOSED] = CLOSE_ABORT,
		[INITIALIZE] = CLOSE_ASK_ABORT,
		[START] = ASK_ABORT,
		[LOGOFF] = CLOSE_ASK_ABORT,
		[ACCEPT_BARE] = LET_IN_ABORT,
		[REJECT_BARE] = REFUSE_MAC,
		[DEADLINE] = RESEND,
	},
	[CHALLENGED] = {
		[DISABLE] = GO_DOWN_ABORT,
		[TO_FORCED_OPEN] = OPEN_ABORT,
		[TO_FORCED_CLOSED] = CLOSE_ABORT,
		[INITIALIZE] = CLOSE_ASK_ABORT,
		[START] = ASK_ABORT,
		[LOGOFF] = CLOSE_ASK_ABORT,
		[ACCEPT_BARE] = LET_IN_ABORT,
		[REJECT_BARE] = REFUSE_MAC,
		[AGENT_LOST] = ASK_ABORT,
		[DEADLINE] = RESEND,
	},
	[AT_AGENT] = {
		[DISABLE] = GO_DOWN_ABORT,
		[TO_FORCED_OPEN] = OPEN_ABORT,
		[TO_FORCED_CLOSED] = CLOSE_ABORT,
		[INITIALIZE] = CLOSE_ASK_ABORT,
		[START] = ASK_ABORT,
		[LOGOFF] = CLOSE_ASK_ABORT,
		[CHALLENGE] = RESEND,
		[ACCEPT] = LET_IN,
		[ACCEPT_BARE] = LET_IN_MUTE,
		[REJECT] = HOLD,
		[REJECT_BARE] = HOLD_MUTE,
		[IGNORE] = WAIT,
		[IGNORE_BARE] = WAIT,
		[NO_SERVER] = PAUSE,
		[AGENT_LOST] = ASK_ABORT,
		[DEADLINE] = ASK_TIMEOUT,
	},
	[IGNORED] = {
		[DISABLE] = GO_DOWN_ABORT,
		[TO_FORCED_OPEN] = OPEN_ABORT,
		[TO_FORCED_CLOSED] = CLOSE_ABORT,
		[INITIALIZE] = CLOSE_ASK_ABORT,
		[START] = ASK_ABORT,
		[LOGOFF] = CLOSE_ASK_ABORT,
		[ACCEPT_BARE] = LET_IN_ABORT,
		[REJECT_BARE] = REFUSE_MAC,
		[DEADLINE] = RESEND,
	},
	[PAUSED] = {
		[DISABLE] = GO_DOWN_ABORT,
		[TO_FORCED_OPEN] = OPEN_ABORT,
		[TO_FORCED_CLOSED] = CLOSE_ABORT,
		[INITIALIZE] = CLOSE_ASK_ABORT,
		[REAUTHENTICATE] = ASK,
		[START] = ASK,
		[LOGOFF] = CLOSE_ASK,
		[ACCEPT_BARE] = LET_IN_MUTE,
		[REJECT_BARE] = REFUSE_PAUSED,
		[DEADLINE] = ASK,
	},
	[AUTHENTICATED] = {
		[DISABLE] = GO_DOWN_ABORT,
		[TO_FORCED_OPEN] = OPEN_ABORT,
		[TO_FORCED_CLOSED] = CLOSE_ABORT,
		[INITIALIZE] = CLOSE_ASK_ABORT,
		[REAUTHENTICATE] = ASK,
		[START] = ASK,
		[LOGOFF] = CLOSE_ASK,
		[REJECT_BARE] = CLOSE_ASK,
		[DEADLINE] = ASK,
	},
	[HELD] = {
		[DISABLE] = GO_DOWN_ABORT,
		[TO_FORCED_OPEN] = OPEN_ABORT,
		[TO_FORCED_CLOSED] = CLOSE_ABORT,
		[INITIALIZE] = CLOSE_ASK_ABORT,
		[ACCEPT_BARE] = LET_IN_MUTE,
		[DEADLINE] = ASK,
	},
	[FORCED_OPEN] = {
		[DISABLE] = GO_DOWN,
		[TO_AUTO] = CLOSE_ASK,
		[TO_FORCED_CLOSED] = CLOSE,
		[INITIALIZE] = REOPEN,
		[START] = OPEN,
	},
	[FORCED_CLOSED] = {
		[DISABLE] = GO_DOWN,
		[TO_AUTO] = ASK,
		[TO_FORCED_OPEN] = OPEN,
		[INITIALIZE] = CLOSE,
		[START] = CLOSE,
	},
};

static unsigned int configure(struct client *c, u8 control)
{
	c->config.control = control;
	return dot1x_pacp_configure(&c->p, &c->config, c->now);
}

static unsigned int happen(struct client *c, u8 event)
{
	switch (event) {
	case ENABLE:
		return dot1x_pacp_enable(&c->p, &c->config, true, c->now);
	case DISABLE:
		return dot1x_pacp_enable(&c->p, &c->config, false, c->now);
	case TO_AUTO:
		return configure(c, DOT1X_CONTROL_AUTO);
	case TO_FORCED_OPEN:
		return configure(c, DOT1X_CONTROL_FORCE_AUTHORIZED);
	case TO_FORCED_CLOSED:
		return configure(c, DOT1X_CONTROL_FORCE_UNAUTHORIZED);
	case INITIALIZE:
		return dot1x_pacp_initialize(&c->p, &c->config, c->now);
	case REAUTHENTICATE:
		return dot1x_pacp_reauthenticate(&c->p, &c->config, c->now);
	case START:
		return dot1x_pacp_start(&c->p, &c->config, c->now);
	case LOGOFF:
		return dot1x_pacp_logoff(&c->p, &c->config, c->now);
	case CHALLENGE:
	case CHALLENGE_BARE:
		return client_verdict(c, DOT1X_VERDICT_CHALLENGE, event == CHALLENGE);
	case ACCEPT:
	case ACCEPT_BARE:
		return client_verdict(c, DOT1X_VERDICT_ACCEPT, event == ACCEPT);
	case REJECT:
	case REJECT_BARE:
		return client_verdict(c, DOT1X_VERDICT_REJECT, event == REJECT);
	case IGNORE:
	case IGNORE_BARE:
		return client_verdict(c, DOT1X_VERDICT_IGNORE, event == IGNORE);
	case NO_SERVER:
		return client_verdict(c, DOT1X_VERDICT_NO_SERVER, false);
	case AGENT_LOST:
		return dot1x_pacp_agent_lost(&c->p, &c->config, c->now);
	default:
		if (dot1x_pacp_deadline(&c->p) != DOT1X_NEVER)
			c->now = dot1x_pacp_deadline(&c->p);
		return dot1x_pacp_time(&c->p, &c->config, c->now);
	}
}

/* The outcome of @event for this client */
static u8 outcome_of(const struct situation_param *param, u8 event)
{
	u8 outcome = table[param->situation][event];

	if (outcome == REFUSE_MAC)
		return param->authorized ? CLOSE_ASK_ABORT : SAME;
	if (outcome == REFUSE_PAUSED)
		return param->authorized ? CLOSE_ASK : SAME;
	return outcome;
}

static unsigned int status_acts(u8 before, u8 after)
{
	if (before == after)
		return 0;
	return after == DOT1X_PORT_AUTHORIZED ? DOT1X_ACT_AUTHORIZE : DOT1X_ACT_UNAUTHORIZE;
}

static void event_has_its_outcome(struct kunit *test)
{
	const struct situation_param *param = test->param_value;
	u8 event;

	for (event = 0; event < EVENTS; event++) {
		u8 outcome = outcome_of(param, event);
		u8 pae_state = outcomes[outcome].pae_state;
		u8 backend_state = outcomes[outcome].backend_state;
		u8 port_status = outcomes[outcome].port_status;
		struct dot1x_pacp before;
		unsigned int acts;
		struct client c;

		client_enter(test, &c, param->situation, param->authorized);
		client_at_rest(test, &c, 0);
		memcpy(&before, &c.p, sizeof(before));
		if (outcome == SAME || pae_state == KEEP) {
			pae_state = before.pae_state;
			backend_state = before.backend_state;
		}
		if (port_status == KEEP)
			port_status = before.port_status;

		acts = happen(&c, event);
		KUNIT_EXPECT_EQ_MSG(test, c.p.pae_state, pae_state, "%s", event_names[event]);
		KUNIT_EXPECT_EQ_MSG(test, c.p.backend_state, backend_state, "%s",
				    event_names[event]);
		KUNIT_EXPECT_EQ_MSG(test, c.p.port_status, port_status, "%s", event_names[event]);
		KUNIT_EXPECT_EQ_MSG(test, acts, outcomes[outcome].acts |
				    status_acts(before.port_status, port_status), "%s",
				    event_names[event]);
		client_at_rest(test, &c, acts);
	}
}

/* What asks anew asks for the identity, under an identifier not used just before */
static void new_request_has_a_new_identifier(struct kunit *test)
{
	const struct situation_param *param = test->param_value;
	u8 event;

	for (event = 0; event < EVENTS; event++) {
		u8 outcome = outcome_of(param, event);
		struct client c;
		u8 before;

		if (outcome < ASK || outcome > CLOSE_ASK_ABORT)
			continue;
		client_enter(test, &c, param->situation, param->authorized);
		before = c.p.identifier;
		happen(&c, event);

		KUNIT_EXPECT_TRUE_MSG(test, c.p.identity, "%s", event_names[event]);
		KUNIT_EXPECT_NE_MSG(test, c.p.identifier, before, "%s", event_names[event]);
		KUNIT_EXPECT_EQ(test, c.p.retrans_count, 0);
		KUNIT_EXPECT_EQ(test, c.p.retrans_while, c.now + TX_MS);
	}
}

/* Why a response is dropped, 0 if it is taken */
static int drop_of(u8 situation, bool right_identifier, bool right_type)
{
	switch (situation) {
	case FORCED_OPEN:
	case FORCED_CLOSED:
		return DOT1X_COUNTER_DROP_FORCED;
	case HELD:
		return DOT1X_COUNTER_DROP_HELD;
	case ASKED:
	case IGNORED:
		return right_identifier && right_type ? 0 : DOT1X_COUNTER_DROP_EAP_IDENTIFIER;
	case CHALLENGED:
		return right_identifier ? 0 : DOT1X_COUNTER_DROP_EAP_IDENTIFIER;
	default:
		return DOT1X_COUNTER_DROP_EAP_UNEXPECTED;
	}
}

/* Every identifier, with the Type that was asked for and with another one */
static void response_is_taken_or_changes_nothing(struct kunit *test)
{
	const struct situation_param *param = test->param_value;
	unsigned int i;

	for (i = 0; i < 2 * 256; i++) {
		struct dot1x_eap eap;
		struct client before;
		unsigned int acts = 0;
		struct client c;
		int drop;

		client_enter(test, &c, param->situation, param->authorized);
		memcpy(&before, &c, sizeof(before));
		eap = client_response(&c);
		eap.identifier += i / 2;
		if (i & 1)
			eap.type++;
		drop = drop_of(param->situation, i / 2 == 0, !(i & 1));

		KUNIT_EXPECT_EQ(test, dot1x_pacp_response(&c.p, &c.config, &eap, c.now, &acts),
				drop);
		if (drop) {
			KUNIT_EXPECT_EQ(test, memcmp(&c.p, &before.p, sizeof(c.p)), 0);
			KUNIT_EXPECT_EQ(test, acts, 0);
			continue;
		}
		KUNIT_EXPECT_EQ(test, acts, DOT1X_ACT_ASK_AGENT);
		KUNIT_EXPECT_EQ(test, c.p.pae_state, DOT1X_PAE_AUTHENTICATING);
		KUNIT_EXPECT_EQ(test, c.p.backend_state, DOT1X_BACKEND_RESPONSE);
		KUNIT_EXPECT_EQ(test, c.p.port_status, before.p.port_status);
		client_at_rest(test, &c, acts);
	}
}

static void what_is_no_response_changes_nothing(struct kunit *test)
{
	const struct situation_param *param = test->param_value;
	unsigned int code;

	for (code = 0; code < 256; code++) {
		struct client c, before;
		struct dot1x_eap eap;
		unsigned int acts;

		if (code == DOT1X_EAP_RESPONSE)
			continue;
		client_enter(test, &c, param->situation, param->authorized);
		memcpy(&before, &c, sizeof(before));
		eap = client_response(&c);
		eap.code = code;
		KUNIT_EXPECT_NE(test, dot1x_pacp_response(&c.p, &c.config, &eap, c.now, &acts), 0);
		KUNIT_EXPECT_EQ(test, memcmp(&c.p, &before.p, sizeof(c.p)), 0);
	}
}

static void nothing_happens_before_the_deadline(struct kunit *test)
{
	const struct situation_param *param = test->param_value;
	struct client c, before;

	client_enter(test, &c, param->situation, param->authorized);
	memcpy(&before, &c, sizeof(before));

	KUNIT_EXPECT_EQ(test, dot1x_pacp_time(&c.p, &c.config, c.now), 0);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_time(&c.p, &c.config, dot1x_pacp_deadline(&c.p) - 1), 0);
	KUNIT_EXPECT_EQ(test, memcmp(&c.p, &before.p, sizeof(c.p)), 0);
}

static void unknown_verdict_changes_nothing(struct kunit *test)
{
	const struct situation_param *param = test->param_value;
	unsigned int verdict;

	for (verdict = __DOT1X_VERDICT_MAX; verdict < 256; verdict++) {
		struct client c, before;

		client_enter(test, &c, param->situation, param->authorized);
		memcpy(&before, &c, sizeof(before));
		KUNIT_EXPECT_EQ(test, client_verdict(&c, verdict, verdict & 1), 0);
		KUNIT_EXPECT_EQ(test, memcmp(&c.p, &before.p, sizeof(c.p)), 0);
	}
}

static void link_loss_unauthorizes_at_once(struct kunit *test)
{
	const struct situation_param *param = test->param_value;
	struct client c;

	client_enter(test, &c, param->situation, param->authorized);
	happen(&c, DISABLE);

	KUNIT_EXPECT_EQ(test, c.p.port_status, DOT1X_PORT_UNAUTHORIZED);
	KUNIT_EXPECT_EQ(test, dot1x_pacp_deadline(&c.p), DOT1X_NEVER);
}

static struct kunit_case dot1x_event_cases[] = {
	KUNIT_CASE_PARAM(event_has_its_outcome, situation_gen_params),
	KUNIT_CASE_PARAM(new_request_has_a_new_identifier, situation_gen_params),
	KUNIT_CASE_PARAM(response_is_taken_or_changes_nothing, situation_gen_params),
	KUNIT_CASE_PARAM(what_is_no_response_changes_nothing, situation_gen_params),
	KUNIT_CASE_PARAM(nothing_happens_before_the_deadline, situation_gen_params),
	KUNIT_CASE_PARAM(unknown_verdict_changes_nothing, situation_gen_params),
	KUNIT_CASE_PARAM(link_loss_unauthorizes_at_once, situation_gen_params),
	{ }
};

static struct kunit_suite dot1x_event_suite = {
	.name = "dot1x_event",
	.test_cases = dot1x_event_cases,
};

kunit_test_suite(dot1x_event_suite);
