// SPDX-License-Identifier: GPL-2.0
/*
 * The Authenticator PAE machine, 802.1X-2004 8.2.4: is the client authorized,
 * being asked, or not listened to. Pure; see pacp.h.
 *
 * Deviation: there are no key machines on a wire, so portValid is TRUE and
 * keyRun, keyDone do not exist.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/types.h>
#include <linux/dot1x.h>
#include "machine.h"
#include "pacp.h"

static void unauthorize(struct dot1x_pacp *p)
{
	if (p->port_status == DOT1X_PORT_AUTHORIZED)
		p->acts |= DOT1X_ACT_UNAUTHORIZE;
	p->port_status = DOT1X_PORT_UNAUTHORIZED;
}

static void authorize(struct dot1x_pacp *p)
{
	if (p->port_status == DOT1X_PORT_UNAUTHORIZED)
		p->acts |= DOT1X_ACT_AUTHORIZE;
	p->port_status = DOT1X_PORT_AUTHORIZED;
}

/* Deviation: authPortStatus alone tells the gate, so it is Unauthorized from the
 * moment the port is of no use, not from DISCONNECTED on.
 */
static void enter_initialize(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			     u64 now)
{
	p->quiet_while = DOT1X_NEVER;
	p->port_mode = DOT1X_CONTROL_AUTO;
	unauthorize(p);
}

static void enter_disconnected(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			       u64 now)
{
	unauthorize(p);
	p->reauth_count = 0;
	p->eapol_logoff = false;
}

static void enter_restart(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	p->quiet_while = DOT1X_NEVER;
	p->eap_restart = true;
}

/* Deviation: while nobody carries EAP to a server a conversation cannot succeed,
 * which is no fault of the supplicant's: it is not counted.
 */
static void enter_connecting(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			     u64 now)
{
	p->reauthenticate = false;
	if (!config->agent_absent)
		p->reauth_count++;
}

static void enter_authenticating(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
				 u64 now)
{
	p->eapol_start = false;
	p->auth_success = false;
	p->auth_fail = false;
	p->auth_timeout = false;
	p->auth_start = true;
}

/* Deviation: reAuthenticate is cleared. What asked for it during the
 * conversation that has just ended has got it.
 */
static void enter_authenticated(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
				u64 now)
{
	authorize(p);
	p->reauth_count = 0;
	p->reauthenticate = false;
}

static void enter_aborting(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	p->auth_abort = true;
}

/* Deviation: quietWhile lasts a moment even if quietPeriod is 0, so that the
 * EAP-Failure leaves before the next request does.
 */
static void enter_held(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	unauthorize(p);
	p->quiet_while = now + (config->quiet_period_ms ?: 1);
	p->eapol_logoff = false;
	p->acts |= DOT1X_ACT_HELD;
}

/* txCannedSuccess() */
static void enter_force_auth(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			     u64 now)
{
	authorize(p);
	p->quiet_while = DOT1X_NEVER;
	p->port_mode = DOT1X_CONTROL_FORCE_AUTHORIZED;
	p->eapol_start = false;
	p->acts |= DOT1X_ACT_SEND_SUCCESS;
}

/* txCannedFail() */
static void enter_force_unauth(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			       u64 now)
{
	unauthorize(p);
	p->quiet_while = DOT1X_NEVER;
	p->port_mode = DOT1X_CONTROL_FORCE_UNAUTHORIZED;
	p->eapol_start = false;
	p->acts |= DOT1X_ACT_SEND_FAILURE;
}

static const struct dot1x_entry entries[] = {
	[DOT1X_PAE_INITIALIZE] = { enter_initialize },
	[DOT1X_PAE_DISCONNECTED] = { enter_disconnected },
	[DOT1X_PAE_CONNECTING] = { enter_connecting },
	[DOT1X_PAE_AUTHENTICATING] = { enter_authenticating },
	[DOT1X_PAE_AUTHENTICATED] = { enter_authenticated },
	[DOT1X_PAE_ABORTING] = { enter_aborting },
	[DOT1X_PAE_HELD] = { enter_held },
	[DOT1X_PAE_FORCE_AUTH] = { enter_force_auth },
	[DOT1X_PAE_FORCE_UNAUTH] = { enter_force_unauth },
	[DOT1X_PAE_RESTART] = { enter_restart },
};

static bool inoperable(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
		       u64 now)
{
	return p->initialize || !p->port_enabled;
}

/* AuthControlledPortControl is @control, and was something else */
static bool changed_to(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
		       u8 control)
{
	return config->control == control && p->port_mode != control;
}

static bool now_auto(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return changed_to(p, config, DOT1X_CONTROL_AUTO);
}

static bool now_force_auth(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			   u64 now)
{
	return changed_to(p, config, DOT1X_CONTROL_FORCE_AUTHORIZED);
}

static bool now_force_unauth(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			     u64 now)
{
	return changed_to(p, config, DOT1X_CONTROL_FORCE_UNAUTHORIZED);
}

static bool eap_restarted(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			  u64 now)
{
	return !p->eap_restart;
}

static bool logoff(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return p->eapol_logoff;
}

static bool start(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return p->eapol_start;
}

static bool eap_began(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return (p->eap_req && p->reauth_count <= DOT1X_REAUTH_MAX) || p->eap_success || p->eap_fail;
}

static bool too_often(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return p->reauth_count > DOT1X_REAUTH_MAX;
}

static bool succeeded(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return p->auth_success;
}

static bool failed(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return p->auth_fail;
}

static bool broken_off(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
		       u64 now)
{
	return p->eapol_start || p->eapol_logoff || p->auth_timeout;
}

static bool bypassed(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return p->bypass;
}

static bool begin_anew(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
		       u64 now)
{
	return p->eapol_start || p->reauthenticate;
}

static bool logoff_aborted(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			   u64 now)
{
	return p->eapol_logoff && !p->auth_abort;
}

static bool aborted(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return !p->eapol_logoff && !p->auth_abort;
}

static bool quiet_enough(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			 u64 now)
{
	return now >= p->quiet_while;
}

/* 802.1X-2004 8.2.4, Figure "Authenticator PAE state machine". Where two of its
 * conditions hold at once it leaves open which is taken; here it is the one
 * that closes, and an accept before the count of attempts.
 *
 * Deviation: bypass leads out of AUTHENTICATING and HELD. It is an accept that
 * nobody asked EAP for (MAB, by hand), and takes the standard's way of a
 * decision without EAP: RESTART, then CONNECTING with eapSuccess.
 */
static const struct dot1x_transition rows[] = {
	{ inoperable, DOT1X_ANY, DOT1X_PAE_INITIALIZE, .hold = true },
	{ now_auto, DOT1X_ANY, DOT1X_PAE_INITIALIZE },
	{ now_force_auth, DOT1X_ANY, DOT1X_PAE_FORCE_AUTH },
	{ now_force_unauth, DOT1X_ANY, DOT1X_PAE_FORCE_UNAUTH },

	{ NULL, DOT1X_PAE_INITIALIZE, DOT1X_PAE_DISCONNECTED },
	{ NULL, DOT1X_PAE_DISCONNECTED, DOT1X_PAE_RESTART },
	{ eap_restarted, DOT1X_PAE_RESTART, DOT1X_PAE_CONNECTING },
	{ logoff, DOT1X_PAE_CONNECTING, DOT1X_PAE_DISCONNECTED },
	{ eap_began, DOT1X_PAE_CONNECTING, DOT1X_PAE_AUTHENTICATING },
	{ too_often, DOT1X_PAE_CONNECTING, DOT1X_PAE_DISCONNECTED },
	{ failed, DOT1X_PAE_AUTHENTICATING, DOT1X_PAE_HELD },
	{ succeeded, DOT1X_PAE_AUTHENTICATING, DOT1X_PAE_AUTHENTICATED },
	{ broken_off, DOT1X_PAE_AUTHENTICATING, DOT1X_PAE_ABORTING },
	{ bypassed, DOT1X_PAE_AUTHENTICATING, DOT1X_PAE_ABORTING },
	{ logoff, DOT1X_PAE_AUTHENTICATED, DOT1X_PAE_DISCONNECTED },
	{ begin_anew, DOT1X_PAE_AUTHENTICATED, DOT1X_PAE_RESTART },
	{ logoff_aborted, DOT1X_PAE_ABORTING, DOT1X_PAE_DISCONNECTED },
	{ aborted, DOT1X_PAE_ABORTING, DOT1X_PAE_RESTART },
	{ quiet_enough, DOT1X_PAE_HELD, DOT1X_PAE_RESTART },
	{ bypassed, DOT1X_PAE_HELD, DOT1X_PAE_RESTART },
	{ start, DOT1X_PAE_FORCE_AUTH, DOT1X_PAE_FORCE_AUTH },
	{ start, DOT1X_PAE_FORCE_UNAUTH, DOT1X_PAE_FORCE_UNAUTH },
};

static const struct dot1x_machine machine = {
	.rows = rows,
	.nr_rows = ARRAY_SIZE(rows),
	.entries = entries,
};

/**
 * dot1x_pae_step() - at most one transition of the Authenticator PAE
 * @p: the client's machines
 * @config: the port's configuration
 * @now: ms
 *
 * Return: true if there was one.
 */
bool dot1x_pae_step(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return dot1x_machine_step(&machine, &p->pae_state, p, config, now);
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_pae_step);
