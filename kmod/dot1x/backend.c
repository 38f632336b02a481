// SPDX-License-Identifier: GPL-2.0
/*
 * The Backend Authentication machine, 802.1X-2004 8.2.9: carries requests to
 * the supplicant, its responses to the agent, and the outcome to the PAE.
 * Pure; see pacp.h.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/types.h>
#include <linux/dot1x.h>
#include "machine.h"
#include "pacp.h"

/* abortAuth() */
static void enter_initialize(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			     u64 now)
{
	p->acts |= DOT1X_ACT_ABORT;
	p->a_while = DOT1X_NEVER;
	p->eap_no_req = false;
	p->auth_abort = false;
}

static void enter_idle(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	p->auth_start = false;
}

/* txReq() */
static void enter_request(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	p->acts |= DOT1X_ACT_SEND_REQUEST;
	p->a_while = DOT1X_NEVER;
	p->eap_req = false;
}

/* sendRespToServer() is eap.c's, once it has seen eapResp */
static void enter_response(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	p->auth_timeout = false;
	p->eapol_eap = false;
	p->eap_no_req = false;
	p->a_while = now + config->server_timeout_ms;
	p->eap_resp = true;
}

/* txReq(), if there is what to send */
static void enter_success(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	if (p->eap_req_data)
		p->acts |= DOT1X_ACT_SEND_SUCCESS;
	p->a_while = DOT1X_NEVER;
	p->auth_success = true;
}

/* txReq(), if there is what to send */
static void enter_fail(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	if (p->eap_req_data)
		p->acts |= DOT1X_ACT_SEND_FAILURE;
	p->a_while = DOT1X_NEVER;
	p->auth_fail = true;
}

static void enter_timeout(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	p->acts |= DOT1X_ACT_TIMEOUT;
	p->a_while = DOT1X_NEVER;
	p->auth_timeout = true;
}

static void enter_ignore(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	p->a_while = DOT1X_NEVER;
	p->eap_no_req = false;
}

static const struct dot1x_entry entries[] = {
	[DOT1X_BACKEND_REQUEST] = { enter_request },
	[DOT1X_BACKEND_RESPONSE] = { enter_response },
	[DOT1X_BACKEND_SUCCESS] = { enter_success },
	[DOT1X_BACKEND_FAIL] = { enter_fail },
	[DOT1X_BACKEND_TIMEOUT] = { enter_timeout },
	[DOT1X_BACKEND_IDLE] = { enter_idle },
	[DOT1X_BACKEND_INITIALIZE] = { enter_initialize },
	[DOT1X_BACKEND_IGNORE] = { enter_ignore },
};

static bool inoperable(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
		       u64 now)
{
	return config->control != DOT1X_CONTROL_AUTO || p->initialize || !p->port_enabled;
}

static bool aborted(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return p->auth_abort;
}

static bool began_failed(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			 u64 now)
{
	return p->auth_start && p->eap_fail;
}

static bool began_request(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			  u64 now)
{
	return p->auth_start && p->eap_req;
}

static bool began_success(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			  u64 now)
{
	return p->auth_start && p->eap_success;
}

static bool answered(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return p->eapol_eap;
}

static bool requested(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return p->eap_req;
}

static bool eap_timed_out(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			  u64 now)
{
	return p->eap_timeout;
}

static bool ignored(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return p->eap_no_req;
}

static bool failed(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return p->eap_fail;
}

static bool succeeded(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return p->eap_success;
}

static bool server_timed_out(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			     u64 now)
{
	return now >= p->a_while;
}

/* 802.1X-2004 8.2.9, Figure "Backend Authentication state machine". Where two
 * of its conditions hold at once, failure goes before success, and what came
 * before the time that is over.
 *
 * Deviation: a port that is not enabled initializes this machine as well: what
 * was asked before the link went is of no use to who comes next.
 * Deviation: eapTimeout ends RESPONSE too. It is RFC 4137's word of an agent
 * that has no server to ask (aaaTimeout); to wait for aWhile would be idle.
 */
static const struct dot1x_transition rows[] = {
	{ aborted, DOT1X_ANY, DOT1X_BACKEND_INITIALIZE },
	{ inoperable, DOT1X_ANY, DOT1X_BACKEND_INITIALIZE, .hold = true },

	{ NULL, DOT1X_BACKEND_INITIALIZE, DOT1X_BACKEND_IDLE },
	{ began_failed, DOT1X_BACKEND_IDLE, DOT1X_BACKEND_FAIL },
	{ began_request, DOT1X_BACKEND_IDLE, DOT1X_BACKEND_REQUEST },
	{ began_success, DOT1X_BACKEND_IDLE, DOT1X_BACKEND_SUCCESS },
	{ answered, DOT1X_BACKEND_REQUEST, DOT1X_BACKEND_RESPONSE },
	{ requested, DOT1X_BACKEND_REQUEST, DOT1X_BACKEND_REQUEST },
	{ eap_timed_out, DOT1X_BACKEND_REQUEST, DOT1X_BACKEND_TIMEOUT },
	{ ignored, DOT1X_BACKEND_RESPONSE, DOT1X_BACKEND_IGNORE },
	{ requested, DOT1X_BACKEND_RESPONSE, DOT1X_BACKEND_REQUEST },
	{ failed, DOT1X_BACKEND_RESPONSE, DOT1X_BACKEND_FAIL },
	{ succeeded, DOT1X_BACKEND_RESPONSE, DOT1X_BACKEND_SUCCESS },
	{ eap_timed_out, DOT1X_BACKEND_RESPONSE, DOT1X_BACKEND_TIMEOUT },
	{ server_timed_out, DOT1X_BACKEND_RESPONSE, DOT1X_BACKEND_TIMEOUT },
	{ answered, DOT1X_BACKEND_IGNORE, DOT1X_BACKEND_RESPONSE },
	{ requested, DOT1X_BACKEND_IGNORE, DOT1X_BACKEND_REQUEST },
	{ eap_timed_out, DOT1X_BACKEND_IGNORE, DOT1X_BACKEND_TIMEOUT },
	{ NULL, DOT1X_BACKEND_SUCCESS, DOT1X_BACKEND_IDLE },
	{ NULL, DOT1X_BACKEND_FAIL, DOT1X_BACKEND_IDLE },
	{ NULL, DOT1X_BACKEND_TIMEOUT, DOT1X_BACKEND_IDLE },
};

static const struct dot1x_machine machine = {
	.rows = rows,
	.nr_rows = ARRAY_SIZE(rows),
	.entries = entries,
};

/**
 * dot1x_backend_step() - at most one transition of Backend Authentication
 * @p: the client's machines
 * @config: the port's configuration
 * @now: ms
 *
 * Return: true if there was one.
 */
bool dot1x_backend_step(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	return dot1x_machine_step(&machine, &p->backend_state, p, config, now);
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_backend_step);
