// SPDX-License-Identifier: GPL-2.0
/*
 * Any history of one client: every event in any order, with any configuration.
 * The port is authorized only if an accept or force said so, never is more
 * than one request out, and the machines always come to rest.
 */
#include <linux/dot1x.h>
#include <dot1x/eapol.h>
#include <dot1x/pacp.h>
#include <string.h>
#include "fuzz.h"

#define SENDS	(DOT1X_ACT_SEND_REQUEST | DOT1X_ACT_SEND_SUCCESS | DOT1X_ACT_SEND_FAILURE)

/**
 * struct history - of a client, as its caller saw it
 * @p: the machines
 * @config: the port's configuration
 * @now: the clock, ms
 * @accepted: the last word on it was an accept, and nothing ended it since
 * @open: by the actions told
 * @asked: the agent has a question, by the actions told
 * @requested: a request is out, by the actions told
 */
struct history {
	struct dot1x_pacp p;
	struct dot1x_pacp_config config;
	u64 now;
	bool accepted;
	bool open;
	bool asked;
	bool requested;
};

static u32 input_ms(struct input *in)
{
	static const u32 known[] = { 0, 1, 100, 1000, 30000, 60000, U32_MAX };
	u8 pick = input_u8(in);

	return pick < ARRAY_SIZE(known) ? known[pick] : input_u32(in);
}

/* As the family's policy bounds them */
static struct dot1x_pacp_config input_pacp_config(struct input *in)
{
	u8 bits = input_u8(in);

	return (struct dot1x_pacp_config) {
		.control = bits % 8 > 5 ? bits % 8 - 5 : 0,
		.max_req = 1 + bits / 8 % 10,
		.reauth_period_ms = bits & 128 ? 0 : 1000 + input_ms(in) / 2,
		.quiet_period_ms = input_ms(in),
		.tx_period_ms = 100 + input_ms(in) / 2,
		.supp_timeout_ms = 100 + input_ms(in) / 2,
		.server_timeout_ms = 100 + input_ms(in) / 2,
		.agent_absent = bits & 64,
	};
}

/* A response that is taken answers the request that is out */
static unsigned int respond(struct history *h, u8 bits)
{
	struct dot1x_pacp before = h->p;
	struct dot1x_eap eap = {
		.code = bits & 16 ? bits : DOT1X_EAP_RESPONSE,
		.identifier = bits & 32 ? bits : h->p.identifier,
		.type = bits & 64 ? bits : DOT1X_EAP_TYPE_IDENTITY,
		.len = 5,
	};
	unsigned int acts = 0;
	int drop;

	drop = dot1x_pacp_response(&h->p, &h->config, &eap, h->now, &acts);
	if (drop) {
		must(drop > 0 && drop < __DOT1X_COUNTER_MAX);
		must(!memcmp(&before, &h->p, sizeof(before)));
		return 0;
	}
	must(h->requested && eap.code == DOT1X_EAP_RESPONSE);
	must(eap.identifier == before.identifier);
	must(!before.identity || eap.type == DOT1X_EAP_TYPE_IDENTITY);
	must(acts & DOT1X_ACT_ASK_AGENT);
	return acts;
}

static unsigned int judge(struct history *h, u8 bits)
{
	u8 verdict = bits / 16 % 8, before = h->p.port_status;
	bool has_eap = bits & 128, asked = h->asked;
	unsigned int acts;

	acts = dot1x_pacp_verdict(&h->p, &h->config, verdict, has_eap, bits, h->now);
	if (verdict == DOT1X_VERDICT_ACCEPT && (asked || !has_eap))
		h->accepted = true;
	else
		must(!(acts & DOT1X_ACT_AUTHORIZE));
	/* By hand, whatever went before */
	if (verdict == DOT1X_VERDICT_ACCEPT && !has_eap && h->p.port_enabled && !h->config.control)
		must(h->p.pae_state == DOT1X_PAE_AUTHENTICATED);
	/* Who was not asked with EAP has nothing to tell with it */
	if (!asked && has_eap)
		must(!acts && h->p.port_status == before);
	/* A refused MAC is closed, but not held */
	if (!asked && verdict == DOT1X_VERDICT_REJECT) {
		must(!(acts & DOT1X_ACT_HELD));
		must(has_eap || h->config.control || h->p.port_status == DOT1X_PORT_UNAUTHORIZED);
	}
	return acts;
}

static unsigned int configure(struct history *h, struct input *in)
{
	h->config = input_pacp_config(in);
	return dot1x_pacp_configure(&h->p, &h->config, h->now);
}

static unsigned int pass(struct history *h, u8 bits, struct input *in)
{
	u64 deadline = dot1x_pacp_deadline(&h->p);

	if (bits & 16 && deadline != DOT1X_NEVER)
		h->now = deadline;
	else
		h->now += input_ms(in);
	return dot1x_pacp_time(&h->p, &h->config, h->now);
}

static unsigned int step(struct history *h, struct input *in)
{
	u8 bits = input_u8(in);

	switch (bits % 16) {
	case 0:
		return dot1x_pacp_enable(&h->p, &h->config, bits & 16, h->now);
	case 1:
		return configure(h, in);
	case 2:
		return dot1x_pacp_initialize(&h->p, &h->config, h->now);
	case 3:
		return dot1x_pacp_reauthenticate(&h->p, &h->config, h->now);
	case 4:
		return dot1x_pacp_start(&h->p, &h->config, h->now);
	case 5:
		return dot1x_pacp_logoff(&h->p, &h->config, h->now);
	case 6:
		return dot1x_pacp_agent_lost(&h->p, &h->config, h->now);
	case 7 ... 9:
		return respond(h, bits);
	case 10 ... 12:
		return judge(h, bits);
	default:
		return pass(h, bits, in);
	}
}

/* The caller follows the actions, in their order, and nothing else */
static void act(struct history *h, unsigned int acts)
{
	must(!(acts & DOT1X_ACT_UNSETTLED));
	must(!((acts & SENDS) & ((acts & SENDS) - 1)));
	if (acts & DOT1X_ACT_UNAUTHORIZE)
		h->open = false;
	if (acts & DOT1X_ACT_ABORT) {
		h->asked = false;
		h->requested = false;
	}
	if (acts & DOT1X_ACT_AUTHORIZE)
		h->open = true;
	if (acts & DOT1X_ACT_SEND_REQUEST) {
		/* After it has forgotten the agent's, it can send its own only */
		must(!(acts & DOT1X_ACT_ABORT) || h->p.identity);
		h->requested = true;
		h->asked = false;
	}
	if (acts & DOT1X_ACT_ASK_AGENT) {
		must(!h->asked);
		h->asked = true;
		h->requested = false;
	}
	if (h->p.backend_state == DOT1X_BACKEND_IDLE)
		h->asked = h->requested = false;
	/* Ignored: the request is out still */
	if (h->p.backend_state == DOT1X_BACKEND_IGNORE) {
		h->asked = false;
		h->requested = true;
	}
}

static void must_be_at_rest(const struct history *h)
{
	const struct dot1x_pacp *p = &h->p;

	must(p->pae_state < __DOT1X_PAE_MAX && p->backend_state < __DOT1X_BACKEND_MAX);
	must(!p->acts && !p->initialize && !p->eapol_eap && !p->auth_abort && !p->eap_req &&
	     !p->eap_resp && !p->eap_no_req && !p->bypass);
	must(p->eap_restart == (p->pae_state == DOT1X_PAE_RESTART));
	must(p->reauth_count <= DOT1X_REAUTH_MAX);
	must(p->retrans_count <= 10);
	/* Exactly one of the two speaks, or none */
	must(h->requested == (p->backend_state == DOT1X_BACKEND_REQUEST ||
			      p->backend_state == DOT1X_BACKEND_IGNORE));
	must(h->asked == (p->backend_state == DOT1X_BACKEND_RESPONSE));
	must((h->requested || h->asked) == (p->pae_state == DOT1X_PAE_AUTHENTICATING));
	must((p->pae_state == DOT1X_PAE_INITIALIZE) == !p->port_enabled);
	must((p->a_while != DOT1X_NEVER) == h->asked);
	must((p->quiet_while != DOT1X_NEVER) == (p->pae_state == DOT1X_PAE_HELD));
	must((p->retrans_while != DOT1X_NEVER) ==
	     (h->requested || p->pae_state == DOT1X_PAE_RESTART));
	must(dot1x_pacp_deadline(p) > h->now);
}

static void must_be_authorized_rightly(struct history *h)
{
	const struct dot1x_pacp *p = &h->p;
	bool authorized = p->port_status == DOT1X_PORT_AUTHORIZED;

	must(h->open == authorized);
	if (!p->port_enabled || p->pae_state == DOT1X_PAE_HELD)
		must(!authorized);
	if (p->pae_state == DOT1X_PAE_AUTHENTICATED)
		must(authorized);
	if (!p->port_enabled)
		h->accepted = false;
	else if (h->config.control != DOT1X_CONTROL_AUTO)
		must(authorized == (h->config.control == DOT1X_CONTROL_FORCE_AUTHORIZED));
	else
		must(!authorized || h->accepted);
	if (!authorized || h->config.control != DOT1X_CONTROL_AUTO)
		h->accepted = false;
	must((p->reauth_when != DOT1X_NEVER) == (authorized && h->config.reauth_period_ms &&
						 h->config.control == DOT1X_CONTROL_AUTO));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input in = { .data = data, .left = size };
	struct history h = { .config = input_pacp_config(&in) };

	dot1x_pacp_init(&h.p, &h.config, input_u8(&in));
	must_be_at_rest(&h);
	while (in.left) {
		act(&h, step(&h, &in));
		must_be_at_rest(&h);
		must_be_authorized_rightly(&h);
	}
	return 0;
}
