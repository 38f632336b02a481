// SPDX-License-Identifier: GPL-2.0
/*
 * What happens to a client: each event sets a variable of 802.1X-2004 8.2.2 or
 * RFC 4137 7, then runs the machines until none of them moves. Every function
 * here takes a struct dot1x_pacp that the caller has locked, and answers what
 * is to be done (DOT1X_ACT_*); nothing here does it.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/dot1x.h>
#include "eapol.h"
#include "pacp.h"

#define ROUNDS_MAX	32	/* more than twice what any event takes */

/* 802.1X-2004 8.2.1: the machines run side by side, and transitions take no time.
 * In each round each takes one step, so Backend is in IDLE before the PAE sets
 * authStart.
 */
static unsigned int run(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	bool changed = true;
	unsigned int round;
	unsigned int acts;

	for (round = 0; changed && round < ROUNDS_MAX; round++) {
		changed = dot1x_pae_step(p, config, now);
		changed |= dot1x_backend_step(p, config, now);
		changed |= dot1x_reauth_step(p, config, now);
		changed |= dot1x_eap_step(p, config, now);
	}
	acts = p->acts;
	p->acts = 0;
	return changed ? acts | DOT1X_ACT_UNSETTLED : acts;
}

/**
 * dot1x_pacp_init() - a new client: disabled port, nothing said
 * @p: to be initialised
 * @config: the port's configuration
 * @identifier: before the first one
 */
void dot1x_pacp_init(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u8 identifier)
{
	memset(p, 0, sizeof(*p));
	p->pae_state = DOT1X_PAE_INITIALIZE;
	p->backend_state = DOT1X_BACKEND_INITIALIZE;
	p->port_mode = DOT1X_CONTROL_AUTO;
	p->port_status = DOT1X_PORT_UNAUTHORIZED;
	p->identifier = identifier;
	p->quiet_while = DOT1X_NEVER;
	p->a_while = DOT1X_NEVER;
	p->reauth_when = DOT1X_NEVER;
	p->retrans_while = DOT1X_NEVER;
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_pacp_init);

/**
 * dot1x_pacp_enable() - portEnabled
 * @p: the client's machines
 * @config: the port's configuration
 * @enabled: the port can carry data
 * @now: ms
 *
 * Return: DOT1X_ACT_*.
 */
unsigned int dot1x_pacp_enable(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			       bool enabled, u64 now)
{
	p->port_enabled = enabled;
	return run(p, config, now);
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_pacp_enable);

static void bring_forward(u64 *deadline, u64 latest)
{
	if (*deadline != DOT1X_NEVER)
		*deadline = min(*deadline, latest);
}

/**
 * dot1x_pacp_configure() - the administrator changed the port's configuration
 * @p: the client's machines
 * @config: the new one; control may have changed
 * @now: ms
 *
 * A time that has been shortened holds for what runs already, one that has been
 * lengthened from its next start on.
 *
 * Return: DOT1X_ACT_*.
 */
unsigned int dot1x_pacp_configure(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
				  u64 now)
{
	bring_forward(&p->quiet_while, now + config->quiet_period_ms);
	bring_forward(&p->a_while, now + config->server_timeout_ms);
	bring_forward(&p->reauth_when, now + config->reauth_period_ms);
	bring_forward(&p->retrans_while, now + dot1x_eap_interval_ms(p, config));
	return run(p, config, now);
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_pacp_configure);

/**
 * dot1x_pacp_initialize() - initialize asserted and released
 * @p: the client's machines
 * @config: the port's configuration
 * @now: ms
 *
 * Return: DOT1X_ACT_*.
 */
unsigned int dot1x_pacp_initialize(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
				   u64 now)
{
	unsigned int acts;

	p->initialize = true;
	acts = run(p, config, now);
	p->initialize = false;
	return acts | run(p, config, now);
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_pacp_initialize);

/**
 * dot1x_pacp_reauthenticate() - reAuthenticate set by management
 * @p: the client's machines
 * @config: the port's configuration
 * @now: ms
 *
 * Return: DOT1X_ACT_*.
 */
unsigned int dot1x_pacp_reauthenticate(struct dot1x_pacp *p,
				       const struct dot1x_pacp_config *config, u64 now)
{
	p->reauthenticate = true;
	return run(p, config, now);
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_pacp_reauthenticate);

/**
 * dot1x_pacp_start() - an EAPOL-Start
 * @p: the client's machines
 * @config: the port's configuration
 * @now: ms
 *
 * Return: DOT1X_ACT_*.
 */
unsigned int dot1x_pacp_start(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			      u64 now)
{
	p->eapol_start = true;
	return run(p, config, now);
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_pacp_start);

/**
 * dot1x_pacp_logoff() - an EAPOL-Logoff
 * @p: the client's machines
 * @config: the port's configuration
 * @now: ms
 *
 * Return: DOT1X_ACT_*.
 */
unsigned int dot1x_pacp_logoff(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			       u64 now)
{
	p->eapol_logoff = true;
	return run(p, config, now);
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_pacp_logoff);

/* Deviation: what EAP would discard (RFC 4137 RECEIVED) does not get as far as
 * the machines, so that it costs the request that is out none of its time.
 */
static int check_response(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			  const struct dot1x_eap *eap)
{
	if (config->control != DOT1X_CONTROL_AUTO)
		return DOT1X_COUNTER_DROP_FORCED;
	if (p->pae_state == DOT1X_PAE_HELD)
		return DOT1X_COUNTER_DROP_HELD;
	if (eap->code != DOT1X_EAP_RESPONSE)
		return DOT1X_COUNTER_DROP_EAP_CODE;
	if (p->backend_state != DOT1X_BACKEND_REQUEST && p->backend_state != DOT1X_BACKEND_IGNORE)
		return DOT1X_COUNTER_DROP_EAP_UNEXPECTED;
	/* RFC 3748 4.1: Identifier matches. RFC 4137 5.4 RECEIVED: and so does
	 * the method; of the agent's requests only the server knows which.
	 */
	if (eap->identifier != p->identifier ||
	    (p->identity && eap->type != DOT1X_EAP_TYPE_IDENTITY))
		return DOT1X_COUNTER_DROP_EAP_IDENTIFIER;
	return 0;
}

/**
 * dot1x_pacp_response() - an EAP response
 * @p: the client's machines
 * @config: the port's configuration
 * @eap: its header
 * @now: ms
 * @acts: DOT1X_ACT_*, valid when 0 is returned
 *
 * Return: 0, or the enum dot1x_counter that says why it was dropped; then
 * nothing has changed.
 */
int dot1x_pacp_response(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			const struct dot1x_eap *eap, u64 now, unsigned int *acts)
{
	int drop = check_response(p, config, eap);

	if (drop)
		return drop;
	p->eapol_eap = true;
	*acts = run(p, config, now);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_pacp_response);

/* The MAC itself was judged, without EAP. An accept overrules a logoff that HELD
 * did not listen to. A refusal is like a logoff: what was authorized is so no
 * longer, and is asked anew.
 */
static void judge_mac(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u8 verdict)
{
	if (!p->port_enabled || config->control != DOT1X_CONTROL_AUTO)
		return;
	if (verdict == DOT1X_VERDICT_ACCEPT && p->pae_state != DOT1X_PAE_AUTHENTICATED) {
		p->eapol_logoff = false;
		p->bypass = true;
	}
	if (verdict == DOT1X_VERDICT_REJECT && p->port_status == DOT1X_PORT_AUTHORIZED)
		p->eapol_logoff = true;
}

/**
 * dot1x_pacp_verdict() - the agent's verdict, or one without it
 * @p: the client's machines
 * @config: the port's configuration
 * @verdict: enum dot1x_verdict
 * @has_eap: it brought an EAP packet
 * @identifier: that packet's
 * @now: ms
 *
 * On the response the agent has, or, without EAP and while it has none, on the
 * MAC.
 *
 * Return: DOT1X_ACT_*.
 */
unsigned int dot1x_pacp_verdict(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
				u8 verdict, bool has_eap, u8 identifier, u64 now)
{
	if (p->backend_state == DOT1X_BACKEND_RESPONSE)
		dot1x_eap_verdict(p, config, verdict, has_eap, identifier, now);
	else if (!has_eap)
		judge_mac(p, config, verdict);
	return run(p, config, now);
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_pacp_verdict);

/**
 * dot1x_pacp_agent_lost() - the agent is gone
 * @p: the client's machines
 * @config: the port's configuration
 * @now: ms
 *
 * A conversation it took part in begins anew, as if the supplicant had asked
 * for it: the next agent knows nothing of it. It is not one of reAuthMax.
 *
 * Return: DOT1X_ACT_*.
 */
unsigned int dot1x_pacp_agent_lost(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
				   u64 now)
{
	if (p->pae_state == DOT1X_PAE_AUTHENTICATING &&
	    (p->backend_state == DOT1X_BACKEND_RESPONSE || !p->identity)) {
		p->reauth_count = 0;
		p->eapol_start = true;
	}
	return run(p, config, now);
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_pacp_agent_lost);

/**
 * dot1x_pacp_time() - what is over is over
 * @p: the client's machines
 * @config: the port's configuration
 * @now: ms
 *
 * Return: DOT1X_ACT_*.
 */
unsigned int dot1x_pacp_time(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			     u64 now)
{
	return run(p, config, now);
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_pacp_time);

/**
 * dot1x_pacp_deadline() - when dot1x_pacp_time() is due
 * @p: the client's machines
 *
 * Return: ms, or DOT1X_NEVER.
 */
u64 dot1x_pacp_deadline(const struct dot1x_pacp *p)
{
	return min(min(p->quiet_while, p->a_while), min(p->reauth_when, p->retrans_while));
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_pacp_deadline);
