// SPDX-License-Identifier: GPL-2.0
/*
 * Authentication by MAC: the agent is asked about the address alone. "first":
 * as soon as a data frame shows the address; the machines sleep until the
 * answer is no, then EAP is tried. "on": when EAP's identity requests have
 * stayed unanswered. Who is refused by both is held for quiet-period.
 *
 * An EAPOL frame from such a client wakes its machines (engine.c); while it is
 * authorized it stays so until EAP has come to a result.
 *
 * All of it under the port's lock.
 */
#include "dot1x.h"

/**
 * dot1x_mab_ask() - ask the agent about a client's MAC
 * @c: the client
 * @todo: what is left to do
 *
 * It is asked again when it does not answer within server-timeout.
 */
void dot1x_mab_ask(struct dot1x_client *c, struct dot1x_todo *todo)
{
	c->mab = DOT1X_MAB_ASKED;
	c->mab_when = dot1x_now_ms() + c->key.port->config.pacp.server_timeout_ms;
	c->conversation = 0;
	dot1x_agent_ask(c, DOT1X_KIND_MAB, NULL, 0, todo);
	dot1x_engine_arm(c);
}

/**
 * dot1x_mab_stop() - what the MAC is worth need not be known any more
 * @c: the client
 */
void dot1x_mab_stop(struct dot1x_client *c)
{
	if (c->asked == DOT1X_KIND_MAB)
		dot1x_agent_forget(c);
	c->mab = DOT1X_MAB_UNTRIED;
	c->mab_when = DOT1X_NEVER;
	c->mab_tries = 0;
}

/**
 * dot1x_mab_renew() - see to it that an open client is asked about anew
 * @c: the client
 *
 * After reauth-period: also if the machines have just given up on EAP, or the
 * period was changed.
 */
void dot1x_mab_renew(struct dot1x_client *c)
{
	u32 period = c->key.port->config.pacp.reauth_period_ms;

	if (!c->open || c->method != DOT1X_METHOD_MAB || c->mab == DOT1X_MAB_ASKED)
		return;
	c->mab_when = period ? dot1x_now_ms() + period : DOT1X_NEVER;
	dot1x_engine_arm(c);
}

static void hold(struct dot1x_client *c, struct dot1x_todo *todo)
{
	struct dot1x_port *port = c->key.port;

	dot1x_engine_disable(c, todo);
	c->mab = DOT1X_MAB_HELD;
	c->mab_when = dot1x_now_ms() + port->config.pacp.quiet_period_ms;
	dot1x_count(port, DOT1X_COUNTER_AUTH_FAIL);
	dot1x_event_client(c, DOT1X_EVENT_HELD, 0);
	dot1x_engine_arm(c);
}

static void accepted(struct dot1x_client *c, struct dot1x_answer *answer,
		     struct dot1x_todo *todo)
{
	dot1x_mab_stop(c);
	c->method = DOT1X_METHOD_MAB;
	dot1x_count(c->key.port, DOT1X_COUNTER_AUTH_SUCCESS);
	dot1x_engine_session(c, answer);
	dot1x_engine_bypass(c, DOT1X_VERDICT_ACCEPT, todo);
	dot1x_mab_renew(c);
}

static void refused(struct dot1x_client *c, struct dot1x_todo *todo)
{
	dot1x_mab_stop(c);
	c->mab = DOT1X_MAB_REFUSED;
	c->method = DOT1X_METHOD_DOT1X;
	if (c->open)
		dot1x_engine_disable(c, todo);
	if (!c->pacp.port_enabled)
		dot1x_engine_enable(c, todo);
	else if (c->key.port->config.mab == DOT1X_MAB_ON)
		hold(c, todo);
}

/**
 * dot1x_mab_answer() - the agent has judged a client's MAC
 * @c: asked for
 * @answer: what it said
 * @todo: what is left to do
 *
 * What is no verdict on a MAC is like no answer: the agent is asked again.
 */
void dot1x_mab_answer(struct dot1x_client *c, struct dot1x_answer *answer,
		      struct dot1x_todo *todo)
{
	if (answer->verdict == DOT1X_VERDICT_ACCEPT)
		accepted(c, answer, todo);
	else if (answer->verdict == DOT1X_VERDICT_REJECT)
		refused(c, todo);
}

/**
 * dot1x_mab_unanswered() - a client that is not open does not speak EAP
 * @c: the client
 * @todo: what is left to do
 */
void dot1x_mab_unanswered(struct dot1x_client *c, struct dot1x_todo *todo)
{
	if (c->key.port->config.mab == DOT1X_MAB_OFF)
		dot1x_client_kill(c, todo);
	else if (c->mab == DOT1X_MAB_UNTRIED)
		dot1x_mab_ask(c, todo);
	else if (c->mab == DOT1X_MAB_REFUSED)
		hold(c, todo);
}

/**
 * dot1x_mab_time() - time goes by
 * @c: the client
 * @now: ms
 * @todo: what is left to do
 *
 * A client about which nobody answers goes; its next frame brings it back.
 */
void dot1x_mab_time(struct dot1x_client *c, u64 now, struct dot1x_todo *todo)
{
	if (now < c->mab_when)
		return;
	c->mab_when = DOT1X_NEVER;
	if (c->open)
		dot1x_mab_ask(c, todo);
	else if (c->mab == DOT1X_MAB_ASKED && ++c->mab_tries <= DOT1X_REAUTH_MAX)
		dot1x_mab_ask(c, todo);
	else
		dot1x_client_kill(c, todo);
}

/**
 * dot1x_mab_newcomer() - a data frame of a MAC that is no client
 * @port: an enabled port whose control is auto
 * @mac: the address
 * @todo: what is left to do
 *
 * Return: true if it is a client now.
 */
bool dot1x_mab_newcomer(struct dot1x_port *port, const u8 *mac, struct dot1x_todo *todo)
{
	bool first = port->config.mab == DOT1X_MAB_FIRST;
	struct dot1x_client *c;

	if (!dot1x_bucket_take(&port->bucket_new, DOT1X_NEW_PER_MS, DOT1X_NEW_BURST) ||
	    dot1x_client_room(port, DOT1X_ROOM_DATA, todo))
		return false;
	c = dot1x_client_create(port, mac, first ? DOT1X_METHOD_MAB : DOT1X_METHOD_DOT1X, todo);
	if (!c) {
		dot1x_count(port, DOT1X_COUNTER_DROP_NO_MEMORY);
		return false;
	}
	if (first)
		dot1x_mab_ask(c, todo);
	else
		dot1x_engine_enable(c, todo);
	return true;
}
