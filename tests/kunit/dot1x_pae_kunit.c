// SPDX-License-Identifier: GPL-2.0
/*
 * The Authenticator PAE, one step at a time: every state with every combination
 * of what its conditions look at, against the figure of 802.1X-2004 8.2.4.
 */
#include <kunit/test.h>
#include <linux/dot1x.h>
#include <linux/string.h>
#include <dot1x/pacp.h>

#define NOW_MS		5000
#define QUIET_MS	700
#define ANY		0xff

/* What the figure's conditions are made of */
enum {
	INITIALIZE	= BIT(0),
	DISABLED	= BIT(1),	/* !portEnabled */
	EAP_RESTART	= BIT(2),
	LOGOFF		= BIT(3),
	START		= BIT(4),
	EAP_REQ		= BIT(5),
	EAP_SUCCESS	= BIT(6),
	EAP_FAIL	= BIT(7),
	TOO_OFTEN	= BIT(8),	/* reAuthCount > reAuthMax */
	AUTH_SUCCESS	= BIT(9),
	AUTH_FAIL	= BIT(10),
	AUTH_TIMEOUT	= BIT(11),
	AUTH_ABORT	= BIT(12),
	REAUTHENTICATE	= BIT(13),
	QUIET		= BIT(14),	/* quietWhile != 0 */
	BYPASS		= BIT(15),
	CONDITIONS	= BIT(16),
};

/* One arrow of the figure: taken if any of @any holds (0: always) and none of
 * @none; the first one that is
 */
struct arrow {
	u8 from;
	u8 to;
	u16 any;
	u16 none;
};

static const struct arrow arrows[] = {
	/* "UCT" */
	{ DOT1X_PAE_INITIALIZE, DOT1X_PAE_DISCONNECTED, 0, 0 },
	{ DOT1X_PAE_DISCONNECTED, DOT1X_PAE_RESTART, 0, 0 },
	/* "!eapRestart" */
	{ DOT1X_PAE_RESTART, DOT1X_PAE_CONNECTING, 0, EAP_RESTART },
	/* "eapolLogoff || (reAuthCount > reAuthMax)", and "(eapReq && (reAuthCount <=
	 * reAuthMax)) || eapSuccess || eapFail": logoff first, the count last
	 */
	{ DOT1X_PAE_CONNECTING, DOT1X_PAE_DISCONNECTED, LOGOFF, 0 },
	{ DOT1X_PAE_CONNECTING, DOT1X_PAE_AUTHENTICATING, EAP_SUCCESS | EAP_FAIL, 0 },
	{ DOT1X_PAE_CONNECTING, DOT1X_PAE_AUTHENTICATING, EAP_REQ, TOO_OFTEN },
	{ DOT1X_PAE_CONNECTING, DOT1X_PAE_DISCONNECTED, TOO_OFTEN, 0 },
	/* "authFail", "authSuccess", "eapolStart || eapolLogoff || authTimeout" */
	{ DOT1X_PAE_AUTHENTICATING, DOT1X_PAE_HELD, AUTH_FAIL, 0 },
	{ DOT1X_PAE_AUTHENTICATING, DOT1X_PAE_AUTHENTICATED, AUTH_SUCCESS, 0 },
	{ DOT1X_PAE_AUTHENTICATING, DOT1X_PAE_ABORTING, START | LOGOFF | AUTH_TIMEOUT | BYPASS, 0 },
	/* "eapolLogoff", "eapolStart || reAuthenticate" */
	{ DOT1X_PAE_AUTHENTICATED, DOT1X_PAE_DISCONNECTED, LOGOFF, 0 },
	{ DOT1X_PAE_AUTHENTICATED, DOT1X_PAE_RESTART, START | REAUTHENTICATE, 0 },
	/* "eapolLogoff && !authAbort", "!eapolLogoff && !authAbort" */
	{ DOT1X_PAE_ABORTING, DOT1X_PAE_DISCONNECTED, LOGOFF, AUTH_ABORT },
	{ DOT1X_PAE_ABORTING, DOT1X_PAE_RESTART, 0, LOGOFF | AUTH_ABORT },
	/* "quietWhile == 0" */
	{ DOT1X_PAE_HELD, DOT1X_PAE_RESTART, BYPASS, 0 },
	{ DOT1X_PAE_HELD, DOT1X_PAE_RESTART, 0, QUIET },
	/* "eapolStart" */
	{ DOT1X_PAE_FORCE_AUTH, DOT1X_PAE_FORCE_AUTH, START, 0 },
	{ DOT1X_PAE_FORCE_UNAUTH, DOT1X_PAE_FORCE_UNAUTH, START, 0 },
};

/* The state entered, or ANY if none is */
static u8 next_state(u8 from, unsigned int conditions)
{
	unsigned int i;

	if (conditions & (INITIALIZE | DISABLED))
		return from == DOT1X_PAE_INITIALIZE ? ANY : DOT1X_PAE_INITIALIZE;
	for (i = 0; i < ARRAY_SIZE(arrows); i++) {
		if (arrows[i].from != from || arrows[i].none & conditions)
			continue;
		if (!arrows[i].any || arrows[i].any & conditions)
			return arrows[i].to;
	}
	return ANY;
}

static struct dot1x_pacp machines_in(u8 state, unsigned int conditions)
{
	return (struct dot1x_pacp) {
		.pae_state = state,
		.backend_state = DOT1X_BACKEND_IGNORE,
		.port_mode = DOT1X_CONTROL_AUTO,
		.port_status = DOT1X_PORT_UNAUTHORIZED,
		.initialize = conditions & INITIALIZE,
		.port_enabled = !(conditions & DISABLED),
		.eap_restart = conditions & EAP_RESTART,
		.eapol_logoff = conditions & LOGOFF,
		.eapol_start = conditions & START,
		.eap_req = conditions & EAP_REQ,
		.eap_success = conditions & EAP_SUCCESS,
		.eap_fail = conditions & EAP_FAIL,
		.reauth_count = conditions & TOO_OFTEN ? 3 : 2,
		.auth_success = conditions & AUTH_SUCCESS,
		.auth_fail = conditions & AUTH_FAIL,
		.auth_timeout = conditions & AUTH_TIMEOUT,
		.auth_abort = conditions & AUTH_ABORT,
		.reauthenticate = conditions & REAUTHENTICATE,
		.quiet_while = conditions & QUIET ? NOW_MS + 1 : NOW_MS,
		.bypass = conditions & BYPASS,
		.a_while = 11,
		.reauth_when = 12,
		.retrans_while = 13,
		.identifier = 14,
	};
}

static void set_status(struct dot1x_pacp *p, u8 status)
{
	if (p->port_status != status)
		p->acts |= status == DOT1X_PORT_AUTHORIZED ? DOT1X_ACT_AUTHORIZE :
							     DOT1X_ACT_UNAUTHORIZE;
	p->port_status = status;
}

/* What the figure has in the box of state @to, and what the code says it does
 * beyond that
 */
static void box(struct dot1x_pacp *p, u8 to)
{
	p->pae_state = to;
	if (to == DOT1X_PAE_INITIALIZE || to == DOT1X_PAE_RESTART || to == DOT1X_PAE_FORCE_AUTH ||
	    to == DOT1X_PAE_FORCE_UNAUTH)
		p->quiet_while = DOT1X_NEVER;
	switch (to) {
	case DOT1X_PAE_INITIALIZE:
		p->port_mode = DOT1X_CONTROL_AUTO;
		set_status(p, DOT1X_PORT_UNAUTHORIZED);
		break;
	case DOT1X_PAE_DISCONNECTED:
		set_status(p, DOT1X_PORT_UNAUTHORIZED);
		p->reauth_count = 0;
		p->eapol_logoff = false;
		break;
	case DOT1X_PAE_RESTART:
		p->eap_restart = true;
		break;
	case DOT1X_PAE_CONNECTING:
		p->reauthenticate = false;
		p->reauth_count++;
		break;
	case DOT1X_PAE_AUTHENTICATING:
		p->eapol_start = false;
		p->auth_success = false;
		p->auth_fail = false;
		p->auth_timeout = false;
		p->auth_start = true;
		break;
	case DOT1X_PAE_AUTHENTICATED:
		set_status(p, DOT1X_PORT_AUTHORIZED);
		p->reauth_count = 0;
		p->reauthenticate = false;
		break;
	case DOT1X_PAE_ABORTING:
		p->auth_abort = true;
		break;
	case DOT1X_PAE_HELD:
		set_status(p, DOT1X_PORT_UNAUTHORIZED);
		p->quiet_while = NOW_MS + QUIET_MS;
		p->eapol_logoff = false;
		p->acts |= DOT1X_ACT_HELD;
		break;
	case DOT1X_PAE_FORCE_AUTH:
		set_status(p, DOT1X_PORT_AUTHORIZED);
		p->port_mode = DOT1X_CONTROL_FORCE_AUTHORIZED;
		p->eapol_start = false;
		p->acts |= DOT1X_ACT_SEND_SUCCESS;
		break;
	case DOT1X_PAE_FORCE_UNAUTH:
		set_status(p, DOT1X_PORT_UNAUTHORIZED);
		p->port_mode = DOT1X_CONTROL_FORCE_UNAUTHORIZED;
		p->eapol_start = false;
		p->acts |= DOT1X_ACT_SEND_FAILURE;
		break;
	}
}

/* One step, and whether all of the machine is what it must be then */
static bool steps_to(struct dot1x_pacp *p, u8 control, u8 to)
{
	struct dot1x_pacp_config config = {
		.control = control,
		.quiet_period_ms = QUIET_MS,
	};
	struct dot1x_pacp expected;
	bool moved;

	memcpy(&expected, p, sizeof(expected));
	if (to != ANY)
		box(&expected, to);
	moved = dot1x_pae_step(p, &config, NOW_MS);
	return moved == (to != ANY) && !memcmp(p, &expected, sizeof(expected));
}

static const char *const state_names[__DOT1X_PAE_MAX] = {
	[DOT1X_PAE_INITIALIZE] = "INITIALIZE",
	[DOT1X_PAE_DISCONNECTED] = "DISCONNECTED",
	[DOT1X_PAE_CONNECTING] = "CONNECTING",
	[DOT1X_PAE_AUTHENTICATING] = "AUTHENTICATING",
	[DOT1X_PAE_AUTHENTICATED] = "AUTHENTICATED",
	[DOT1X_PAE_ABORTING] = "ABORTING",
	[DOT1X_PAE_HELD] = "HELD",
	[DOT1X_PAE_FORCE_AUTH] = "FORCE_AUTH",
	[DOT1X_PAE_FORCE_UNAUTH] = "FORCE_UNAUTH",
	[DOT1X_PAE_RESTART] = "RESTART",
};

static const void *state_gen_params(const void *prev, char *out)
{
	const char *const *name = prev ? prev + sizeof(*name) : state_names;

	if (name == state_names + ARRAY_SIZE(state_names))
		return NULL;
	strscpy(out, *name, KUNIT_PARAM_DESC_SIZE);
	return name;
}

static u8 state_of(struct kunit *test)
{
	return (const char *const *)test->param_value - state_names;
}

static void every_condition_leads_where_the_figure_says(struct kunit *test)
{
	u8 state = state_of(test);
	unsigned int conditions;

	for (conditions = 0; conditions < CONDITIONS; conditions++) {
		struct dot1x_pacp p = machines_in(state, conditions);
		u8 to = next_state(state, conditions);

		if (!steps_to(&p, DOT1X_CONTROL_AUTO, to)) {
			KUNIT_FAIL(test, "conditions %#x: is in %u, not in %u, or not as it should",
				   conditions, p.pae_state, to);
			return;
		}
	}
}

static void status_changes_are_told(struct kunit *test)
{
	u8 state = state_of(test);
	unsigned int conditions;

	for (conditions = 0; conditions < CONDITIONS; conditions += 31) {
		struct dot1x_pacp p = machines_in(state, conditions);

		p.port_status = DOT1X_PORT_AUTHORIZED;
		if (!steps_to(&p, DOT1X_CONTROL_AUTO, next_state(state, conditions))) {
			KUNIT_FAIL(test, "conditions %#x", conditions);
			return;
		}
	}
}

/* "(portControl == X) && (portMode != portControl)", and nothing but initialize
 * and !portEnabled goes before it
 */
static void control_leads_out_of_every_state(struct kunit *test)
{
	static const u8 entered[__DOT1X_CONTROL_MAX] = {
		[DOT1X_CONTROL_AUTO] = DOT1X_PAE_INITIALIZE,
		[DOT1X_CONTROL_FORCE_AUTHORIZED] = DOT1X_PAE_FORCE_AUTH,
		[DOT1X_CONTROL_FORCE_UNAUTHORIZED] = DOT1X_PAE_FORCE_UNAUTH,
	};
	u8 state = state_of(test), control, mode;
	unsigned int conditions;

	for (conditions = 0; conditions < 8 * CONDITIONS; conditions += 0x1001) {
		for (control = 0; control < __DOT1X_CONTROL_MAX; control++) {
			for (mode = 0; mode < __DOT1X_CONTROL_MAX; mode++) {
				struct dot1x_pacp p = machines_in(state, conditions % CONDITIONS);
				u8 to = next_state(state, conditions % CONDITIONS);

				p.port_mode = mode;
				if (p.port_enabled && !p.initialize && mode != control)
					to = entered[control];
				KUNIT_EXPECT_TRUE_MSG(test, steps_to(&p, control, to),
						      "conditions %#x control %u mode %u",
						      conditions, control, mode);
			}
		}
	}
}

/* The Failure leaves before the next request, even so */
static void quiet_period_of_nothing_lasts_a_moment(struct kunit *test)
{
	struct dot1x_pacp p = machines_in(DOT1X_PAE_AUTHENTICATING, AUTH_FAIL);
	struct dot1x_pacp_config config = { };

	KUNIT_EXPECT_TRUE(test, dot1x_pae_step(&p, &config, NOW_MS));
	KUNIT_EXPECT_EQ(test, p.quiet_while, NOW_MS + 1);
}

static void conversations_without_an_agent_do_not_count(struct kunit *test)
{
	struct dot1x_pacp p = machines_in(DOT1X_PAE_RESTART, 0);
	struct dot1x_pacp_config config = { .agent_absent = true };

	KUNIT_EXPECT_TRUE(test, dot1x_pae_step(&p, &config, NOW_MS));
	KUNIT_EXPECT_EQ(test, p.pae_state, DOT1X_PAE_CONNECTING);
	KUNIT_EXPECT_EQ(test, p.reauth_count, 2);
}

static struct kunit_case dot1x_pae_cases[] = {
	KUNIT_CASE_PARAM(every_condition_leads_where_the_figure_says, state_gen_params),
	KUNIT_CASE_PARAM(status_changes_are_told, state_gen_params),
	KUNIT_CASE_PARAM(control_leads_out_of_every_state, state_gen_params),
	KUNIT_CASE(quiet_period_of_nothing_lasts_a_moment),
	KUNIT_CASE(conversations_without_an_agent_do_not_count),
	{ }
};

static struct kunit_suite dot1x_pae_suite = {
	.name = "dot1x_pae",
	.test_cases = dot1x_pae_cases,
};

kunit_test_suite(dot1x_pae_suite);
