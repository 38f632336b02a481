// SPDX-License-Identifier: GPL-2.0
/*
 * EAP as far as an authenticator without methods speaks it: RFC 4137 7's full
 * authenticator whose one local method is Identity, all else passed through.
 * Asks for the identity, keeps Identifier and retransmission, hands responses
 * to the agent. Pure; see pacp.h.
 */
#include <linux/types.h>
#include <linux/dot1x.h>
#include "pacp.h"

/**
 * dot1x_eap_interval_ms() - how long the request that is out may take
 * @p: the client's machines
 * @config: the port's configuration
 *
 * RFC 4137 calculateTimeout(): a constant.
 *
 * Return: ms.
 */
u32 dot1x_eap_interval_ms(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config)
{
	return p->identity || p->eap_restart ? config->tx_period_ms : config->supp_timeout_ms;
}

/* RFC 4137 SEND_REQUEST, then IDLE */
static void send_request(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			 u8 identifier, bool identity, u64 now)
{
	p->identity = identity;
	p->identifier = identifier;
	p->retrans_count = 0;
	p->retrans_while = now + dot1x_eap_interval_ms(p, config);
	p->eap_req = true;
}

/* Deviation: after the agent has said that no server answers, the next request
 * waits until retransWhile is over. Nothing else would slow down a supplicant,
 * an agent and us who all answer at once. Whatever the supplicant or the
 * administrator wants ends the wait.
 */
static bool pausing(const struct dot1x_pacp *p, u64 now)
{
	return p->eap_timeout && p->retrans_while != DOT1X_NEVER && now < p->retrans_while &&
	       !p->eapol_start && !p->eapol_logoff && !p->reauthenticate && !p->bypass;
}

/* RFC 4137 INITIALIZE, then what Policy.getDecision() says: the Identity method,
 * with nextId(), or SUCCESS at once
 */
static bool restart(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	if (pausing(p, now))
		return false;
	p->eap_restart = false;
	p->eap_success = false;
	p->eap_fail = false;
	p->eap_timeout = false;
	if (p->bypass) {
		p->bypass = false;
		p->retrans_while = DOT1X_NEVER;
		p->eap_req_data = false;
		p->eap_success = true;
	} else {
		send_request(p, config, p->identifier + 1, true, now);
	}
	return true;
}

/* RFC 4137 RETRANSMIT, or TIMEOUT_FAILURE once MaxRetrans is reached */
static void retransmit(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	if (p->retrans_count < config->max_req) {
		p->retrans_count++;
		p->retrans_while = now + dot1x_eap_interval_ms(p, config);
		p->eap_req = true;
		return;
	}
	p->retrans_while = DOT1X_NEVER;
	p->eap_timeout = true;
	if (p->identity)
		p->acts |= DOT1X_ACT_UNANSWERED;
}

/* RFC 4137 DISABLED: the port is, or its control is forced */
static bool disable(struct dot1x_pacp *p)
{
	bool ran = p->eap_restart || p->eap_timeout || p->retrans_while != DOT1X_NEVER;

	p->eap_restart = false;
	p->eap_timeout = false;
	p->retrans_while = DOT1X_NEVER;
	return ran;
}

/**
 * dot1x_eap_step() - what EAP does with eapRestart, eapResp and time
 * @p: the client's machines
 * @config: the port's configuration
 * @now: ms
 *
 * Return: true if anything changed.
 */
bool dot1x_eap_step(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	if (!p->port_enabled || p->initialize || config->control != DOT1X_CONTROL_AUTO)
		return disable(p);
	if (p->eap_restart)
		return restart(p, config, now);
	/* RFC 4137 AAA_REQUEST; dot1x_pacp_response() has checked it */
	if (p->eap_resp) {
		p->eap_resp = false;
		p->retrans_while = DOT1X_NEVER;
		p->acts |= DOT1X_ACT_ASK_AGENT;
		return true;
	}
	if (now < p->retrans_while)
		return false;
	retransmit(p, config, now);
	return true;
}

/**
 * dot1x_eap_verdict() - what the agent says of the response it was given
 * @p: the client's machines, in DOT1X_BACKEND_RESPONSE
 * @config: the port's configuration
 * @verdict: enum dot1x_verdict
 * @has_eap: it brought an EAP packet; a challenge without one changes nothing
 * @identifier: that packet's
 * @now: ms
 */
void dot1x_eap_verdict(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
		       u8 verdict, bool has_eap, u8 identifier, u64 now)
{
	switch (verdict) {
	case DOT1X_VERDICT_CHALLENGE:
		/* aaaEapReq */
		if (has_eap)
			send_request(p, config, identifier, false, now);
		break;
	case DOT1X_VERDICT_ACCEPT:
		/* aaaSuccess */
		p->eap_req_data = has_eap;
		p->eap_success = true;
		break;
	case DOT1X_VERDICT_REJECT:
		/* aaaFail */
		p->eap_req_data = has_eap;
		p->eap_fail = true;
		break;
	case DOT1X_VERDICT_IGNORE:
		/* aaaEapNoReq: DISCARD, then IDLE */
		p->retrans_while = now + dot1x_eap_interval_ms(p, config);
		p->eap_no_req = true;
		break;
	case DOT1X_VERDICT_NO_SERVER:
		/* aaaTimeout */
		p->retrans_while = now + config->tx_period_ms;
		p->eap_timeout = true;
		break;
	}
}
