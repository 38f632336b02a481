// SPDX-License-Identifier: GPL-2.0
/*
 * Backend Authentication, one step at a time: every state with every
 * combination of what its conditions look at, against the figure of
 * 802.1X-2004 8.2.9.
 */
#include <kunit/test.h>
#include <linux/dot1x.h>
#include <linux/string.h>
#include <dot1x/pacp.h>

#define NOW_MS		5000
#define SERVER_MS	900
#define ANY		0xff

/* What the figure's conditions are made of */
enum {
	INITIALIZE	= BIT(0),
	DISABLED	= BIT(1),	/* !portEnabled */
	FORCED		= BIT(2),	/* portControl != Auto */
	AUTH_ABORT	= BIT(3),
	AUTH_START	= BIT(4),
	EAP_FAIL	= BIT(5),
	EAP_REQ		= BIT(6),
	EAP_SUCCESS	= BIT(7),
	EAPOL_EAP	= BIT(8),
	EAP_TIMEOUT	= BIT(9),
	EAP_NO_REQ	= BIT(10),
	WAITING		= BIT(11),	/* aWhile != 0 */
	EAP_REQ_DATA	= BIT(12),	/* success and failure are packets */
	CONDITIONS	= BIT(13),
};

/* One arrow of the figure: taken if all of @all hold, and none of @none; the
 * first one that is
 */
struct arrow {
	u8 from;
	u8 to;
	u16 all;
	u16 none;
};

static const struct arrow arrows[] = {
	/* "(portControl != Auto) || initialize || authAbort" */
	{ ANY, DOT1X_BACKEND_INITIALIZE, AUTH_ABORT, 0 },
	{ ANY, DOT1X_BACKEND_INITIALIZE, FORCED, 0 },
	{ ANY, DOT1X_BACKEND_INITIALIZE, INITIALIZE, 0 },
	{ ANY, DOT1X_BACKEND_INITIALIZE, DISABLED, 0 },
	/* "UCT" */
	{ DOT1X_BACKEND_INITIALIZE, DOT1X_BACKEND_IDLE, 0, 0 },
	{ DOT1X_BACKEND_SUCCESS, DOT1X_BACKEND_IDLE, 0, 0 },
	{ DOT1X_BACKEND_FAIL, DOT1X_BACKEND_IDLE, 0, 0 },
	{ DOT1X_BACKEND_TIMEOUT, DOT1X_BACKEND_IDLE, 0, 0 },
	/* "eapFail && authStart", "eapReq && authStart", "eapSuccess && authStart" */
	{ DOT1X_BACKEND_IDLE, DOT1X_BACKEND_FAIL, EAP_FAIL | AUTH_START, 0 },
	{ DOT1X_BACKEND_IDLE, DOT1X_BACKEND_REQUEST, EAP_REQ | AUTH_START, 0 },
	{ DOT1X_BACKEND_IDLE, DOT1X_BACKEND_SUCCESS, EAP_SUCCESS | AUTH_START, 0 },
	/* "eapolEap", "eapReq", "eapTimeout" */
	{ DOT1X_BACKEND_REQUEST, DOT1X_BACKEND_RESPONSE, EAPOL_EAP, 0 },
	{ DOT1X_BACKEND_REQUEST, DOT1X_BACKEND_REQUEST, EAP_REQ, 0 },
	{ DOT1X_BACKEND_REQUEST, DOT1X_BACKEND_TIMEOUT, EAP_TIMEOUT, 0 },
	/* "eapNoReq", "eapReq", "eapFail", "eapSuccess", "aWhile == 0" */
	{ DOT1X_BACKEND_RESPONSE, DOT1X_BACKEND_IGNORE, EAP_NO_REQ, 0 },
	{ DOT1X_BACKEND_RESPONSE, DOT1X_BACKEND_REQUEST, EAP_REQ, 0 },
	{ DOT1X_BACKEND_RESPONSE, DOT1X_BACKEND_FAIL, EAP_FAIL, 0 },
	{ DOT1X_BACKEND_RESPONSE, DOT1X_BACKEND_SUCCESS, EAP_SUCCESS, 0 },
	{ DOT1X_BACKEND_RESPONSE, DOT1X_BACKEND_TIMEOUT, EAP_TIMEOUT, 0 },
	{ DOT1X_BACKEND_RESPONSE, DOT1X_BACKEND_TIMEOUT, 0, WAITING },
	/* "eapolEap", "eapReq", "eapTimeout" */
	{ DOT1X_BACKEND_IGNORE, DOT1X_BACKEND_RESPONSE, EAPOL_EAP, 0 },
	{ DOT1X_BACKEND_IGNORE, DOT1X_BACKEND_REQUEST, EAP_REQ, 0 },
	{ DOT1X_BACKEND_IGNORE, DOT1X_BACKEND_TIMEOUT, EAP_TIMEOUT, 0 },
};

/* The state entered, or ANY if none is */
static u8 next_state(u8 from, unsigned int conditions)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(arrows); i++) {
		const struct arrow *arrow = &arrows[i];

		if ((arrow->from != ANY && arrow->from != from) ||
		    (arrow->all & conditions) != arrow->all || arrow->none & conditions)
			continue;
		/* Entering ends authAbort, but not the other three */
		if (arrow->from == ANY && arrow->all != AUTH_ABORT && arrow->to == from)
			return ANY;
		return arrow->to;
	}
	return ANY;
}

static struct dot1x_pacp machines_in(u8 state, unsigned int conditions)
{
	return (struct dot1x_pacp) {
		.pae_state = DOT1X_PAE_AUTHENTICATING,
		.backend_state = state,
		.port_status = DOT1X_PORT_AUTHORIZED,
		.initialize = conditions & INITIALIZE,
		.port_enabled = !(conditions & DISABLED),
		.auth_abort = conditions & AUTH_ABORT,
		.auth_start = conditions & AUTH_START,
		.auth_timeout = true,
		.eap_fail = conditions & EAP_FAIL,
		.eap_req = conditions & EAP_REQ,
		.eap_success = conditions & EAP_SUCCESS,
		.eapol_eap = conditions & EAPOL_EAP,
		.eap_timeout = conditions & EAP_TIMEOUT,
		.eap_no_req = conditions & EAP_NO_REQ,
		.eap_req_data = conditions & EAP_REQ_DATA,
		.a_while = conditions & WAITING ? NOW_MS + 1 : NOW_MS,
		.quiet_while = 11,
		.reauth_when = 12,
		.retrans_while = 13,
		.identifier = 14,
	};
}

/* What the figure has in the box of state @to; aWhile runs in RESPONSE only */
static void box(struct dot1x_pacp *p, u8 to)
{
	p->backend_state = to;
	if (to != DOT1X_BACKEND_IDLE)
		p->a_while = DOT1X_NEVER;
	switch (to) {
	case DOT1X_BACKEND_REQUEST:
		p->acts |= DOT1X_ACT_SEND_REQUEST;
		p->eap_req = false;
		break;
	case DOT1X_BACKEND_RESPONSE:
		p->auth_timeout = false;
		p->eapol_eap = false;
		p->eap_no_req = false;
		p->a_while = NOW_MS + SERVER_MS;
		p->eap_resp = true;
		break;
	case DOT1X_BACKEND_SUCCESS:
		if (p->eap_req_data)
			p->acts |= DOT1X_ACT_SEND_SUCCESS;
		p->auth_success = true;
		break;
	case DOT1X_BACKEND_FAIL:
		if (p->eap_req_data)
			p->acts |= DOT1X_ACT_SEND_FAILURE;
		p->auth_fail = true;
		break;
	case DOT1X_BACKEND_TIMEOUT:
		p->acts |= DOT1X_ACT_TIMEOUT;
		p->auth_timeout = true;
		break;
	case DOT1X_BACKEND_IDLE:
		p->auth_start = false;
		break;
	case DOT1X_BACKEND_INITIALIZE:
		p->acts |= DOT1X_ACT_ABORT;
		p->eap_no_req = false;
		p->auth_abort = false;
		break;
	case DOT1X_BACKEND_IGNORE:
		p->eap_no_req = false;
		break;
	}
}

static const char *const state_names[__DOT1X_BACKEND_MAX] = {
	[DOT1X_BACKEND_REQUEST] = "REQUEST",
	[DOT1X_BACKEND_RESPONSE] = "RESPONSE",
	[DOT1X_BACKEND_SUCCESS] = "SUCCESS",
	[DOT1X_BACKEND_FAIL] = "FAIL",
	[DOT1X_BACKEND_TIMEOUT] = "TIMEOUT",
	[DOT1X_BACKEND_IDLE] = "IDLE",
	[DOT1X_BACKEND_INITIALIZE] = "INITIALIZE",
	[DOT1X_BACKEND_IGNORE] = "IGNORE",
};

static const void *state_gen_params(const void *prev, char *out)
{
	const char *const *name = prev ? prev + sizeof(*name) : state_names;

	if (name == state_names + ARRAY_SIZE(state_names))
		return NULL;
	strscpy(out, *name, KUNIT_PARAM_DESC_SIZE);
	return name;
}

static void every_condition_leads_where_the_figure_says(struct kunit *test)
{
	u8 state = (const char *const *)test->param_value - state_names;
	unsigned int conditions;

	for (conditions = 0; conditions < CONDITIONS; conditions++) {
		struct dot1x_pacp p = machines_in(state, conditions);
		struct dot1x_pacp_config config = {
			.control = conditions & FORCED ? DOT1X_CONTROL_FORCE_UNAUTHORIZED :
							 DOT1X_CONTROL_AUTO,
			.server_timeout_ms = SERVER_MS,
		};
		u8 to = next_state(state, conditions);
		bool moves = to != ANY, moved;
		struct dot1x_pacp expected;

		memcpy(&expected, &p, sizeof(expected));
		if (moves)
			box(&expected, to);
		moved = dot1x_backend_step(&p, &config, NOW_MS);
		if (moved != moves || memcmp(&p, &expected, sizeof(p))) {
			KUNIT_FAIL(test, "conditions %#x: is in %u, not in %u, or not as it should",
				   conditions, p.backend_state, to);
			return;
		}
	}
}

static struct kunit_case dot1x_backend_cases[] = {
	KUNIT_CASE_PARAM(every_condition_leads_where_the_figure_says, state_gen_params),
	{ }
};

static struct kunit_suite dot1x_backend_suite = {
	.name = "dot1x_backend",
	.test_cases = dot1x_backend_cases,
};

kunit_test_suite(dot1x_backend_suite);
