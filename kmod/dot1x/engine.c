// SPDX-License-Identifier: GPL-2.0
/*
 * What a client does: a frame comes, the agent answers, time passes, a user
 * speaks. Each of these asks the machines (pacp.c) and carries out what they
 * say, in their order: close, forget, open, send, ask, tell. All of it under
 * the port's lock; what leaves the module does so in dot1x_port_end().
 *
 * The machines of a client whose MAC alone is being judged are disabled until
 * they are needed: it is in INITIALIZE then.
 */
#include <linux/netlink.h>
#include <linux/slab.h>
#include "dot1x.h"
#include "trace.h"

/* Only what EAP has authorized is renewed by it */
static void config_of(const struct dot1x_client *c, struct dot1x_pacp_config *config)
{
	*config = c->key.port->config.pacp;
	config->agent_absent = !dot1x_agent_present(c->key.port);
	if (c->method != DOT1X_METHOD_DOT1X)
		config->reauth_period_ms = 0;
}

/* abortAuth(); a question about the MAC is another matter */
static void forget(struct dot1x_client *c)
{
	kfree(c->request);
	c->request = NULL;
	if (c->asked == DOT1X_KIND_EAP)
		dot1x_agent_forget(c);
}

static void send_request(struct dot1x_client *c, struct dot1x_todo *todo)
{
	struct dot1x_port *port = c->key.port;

	if (c->pacp.identity)
		dot1x_output_identity(port, c->key.mac, c->pacp.identifier, todo);
	else if (c->request)
		dot1x_output_eap(port, c->key.mac, c->request->data, c->request->len, todo);
}

static void send_result(struct dot1x_client *c, u8 code, struct dot1x_todo *todo)
{
	dot1x_output_result(c->key.port, c->key.mac, code, c->pacp.identifier, todo);
}

/* Nobody answers: by its MAC, if that is wanted; else nobody is there */
static void unanswered(struct dot1x_client *c, struct dot1x_todo *todo)
{
	if (c->method == DOT1X_METHOD_DOT1X && c->open)
		return;
	if (c->open)
		dot1x_engine_bypass(c, DOT1X_VERDICT_ACCEPT, todo);
	else
		dot1x_mab_unanswered(c, todo);
	if (!c->dead)
		dot1x_mab_renew(c);
}

/* Carry out what the machines say. @response: the EAP packet the agent is to
 * have, @len bytes. The client may be dead afterwards.
 */
static void conclude(struct dot1x_client *c, u8 old_state, unsigned int acts,
		     const u8 *response, u16 len, struct dot1x_todo *todo)
{
	struct dot1x_port *port = c->key.port;

	lockdep_assert_held(&port->lock);
	WARN_ON_ONCE(acts & DOT1X_ACT_UNSETTLED);
	if (acts & DOT1X_ACT_UNAUTHORIZE)
		dot1x_client_close(c, todo);
	if (acts & DOT1X_ACT_ABORT)
		forget(c);
	if (acts & DOT1X_ACT_AUTHORIZE)
		dot1x_client_open(c, todo);
	if (acts & DOT1X_ACT_SEND_REQUEST)
		send_request(c, todo);
	if (acts & DOT1X_ACT_SEND_SUCCESS)
		send_result(c, DOT1X_EAP_SUCCESS, todo);
	if (acts & DOT1X_ACT_SEND_FAILURE)
		send_result(c, DOT1X_EAP_FAILURE, todo);
	if ((acts & DOT1X_ACT_ASK_AGENT) && response)
		dot1x_agent_ask(c, DOT1X_KIND_EAP, response, len, todo);
	if (c->pacp.pae_state != old_state)
		trace_dot1x_pae_state(c, old_state);
	if (acts & DOT1X_ACT_HELD) {
		dot1x_count(port, DOT1X_COUNTER_AUTH_FAIL);
		dot1x_event_client(c, DOT1X_EVENT_HELD, 0);
	}
	if (acts & DOT1X_ACT_TIMEOUT)
		dot1x_count(port, DOT1X_COUNTER_AUTH_TIMEOUT);
	if (acts & DOT1X_ACT_UNANSWERED)
		unanswered(c, todo);
	dot1x_engine_arm(c);
}

/* An event without more to it than its name */
static void event(struct dot1x_client *c, struct dot1x_todo *todo,
		  unsigned int (*fn)(struct dot1x_pacp *p,
				     const struct dot1x_pacp_config *config, u64 now))
{
	struct dot1x_pacp_config config;
	u8 old_state = c->pacp.pae_state;

	config_of(c, &config);
	conclude(c, old_state, fn(&c->pacp, &config, dot1x_now_ms()), NULL, 0, todo);
}

/**
 * dot1x_engine_enable() - let the machines run: ask the client who it is
 * @c: its machines are disabled; its port is locked, so for the rest
 * @todo: what is left to do
 */
void dot1x_engine_enable(struct dot1x_client *c, struct dot1x_todo *todo)
{
	struct dot1x_pacp_config config;
	u8 old_state = c->pacp.pae_state;

	/* Held for its MAC alone: it may try EAP */
	if (c->mab == DOT1X_MAB_HELD) {
		dot1x_mab_stop(c);
		c->mab = DOT1X_MAB_REFUSED;
	}
	config_of(c, &config);
	conclude(c, old_state, dot1x_pacp_enable(&c->pacp, &config, true, dot1x_now_ms()),
		 NULL, 0, todo);
}

/**
 * dot1x_engine_disable() - stop the machines; the client is not authorized
 * @c: the client
 * @todo: what is left to do
 */
void dot1x_engine_disable(struct dot1x_client *c, struct dot1x_todo *todo)
{
	struct dot1x_pacp_config config;
	u8 old_state = c->pacp.pae_state;

	config_of(c, &config);
	conclude(c, old_state, dot1x_pacp_enable(&c->pacp, &config, false, dot1x_now_ms()),
		 NULL, 0, todo);
}

static struct dot1x_blob *blob_of(const u8 *data, u16 len)
{
	struct dot1x_blob *blob;

	blob = kmalloc(struct_size(blob, data, len), GFP_ATOMIC | __GFP_NOWARN);
	if (blob) {
		blob->len = len;
		memcpy(blob->data, data, len);
	}
	return blob;
}

/* RFC 3748 5.1: what follows the type, up to a NUL, names the user */
static void note_identity(struct dot1x_client *c, const struct dot1x_eap *eap,
			  const u8 *response)
{
	const u8 *name = response + DOT1X_EAP_HLEN + 1;
	unsigned int len = min_t(unsigned int, eap->len - DOT1X_EAP_HLEN - 1, DOT1X_NAME_MAX);

	kfree(c->identity);
	c->identity = blob_of(name, strnlen(name, len));
}

/**
 * dot1x_engine_response() - an EAP response of the client
 * @c: the client
 * @eap: its header
 * @response: the packet
 * @todo: what is left to do
 *
 * Return: 0, or the enum dot1x_counter that says why it was dropped.
 */
int dot1x_engine_response(struct dot1x_client *c, const struct dot1x_eap *eap,
			  const u8 *response, struct dot1x_todo *todo)
{
	struct dot1x_pacp_config config;
	u8 old_state = c->pacp.pae_state;
	bool identity = c->pacp.identity;
	unsigned int acts;
	int drop;

	config_of(c, &config);
	drop = dot1x_pacp_response(&c->pacp, &config, eap, dot1x_now_ms(), &acts);
	if (drop)
		return drop;
	dot1x_mab_stop(c);
	if (identity) {
		note_identity(c, eap, response);
		c->conversation = 0;
	}
	conclude(c, old_state, acts, response, eap->len, todo);
	return 0;
}

/**
 * dot1x_engine_adopt() - the client has answered the port's own request
 * @c: its machines are disabled
 * @eap: header of a Response/Identity with the port's identifier
 * @response: the packet
 * @todo: what is left to do
 *
 * As if the request had been the client's own.
 *
 * Return: 0, or the enum dot1x_counter that says why it was dropped.
 */
int dot1x_engine_adopt(struct dot1x_client *c, const struct dot1x_eap *eap, const u8 *response,
		       struct dot1x_todo *todo)
{
	struct dot1x_pacp_config config;
	unsigned int acts;

	config_of(c, &config);
	dot1x_pacp_init(&c->pacp, &config, eap->identifier - 1);
	acts = dot1x_pacp_enable(&c->pacp, &config, true, dot1x_now_ms());
	conclude(c, DOT1X_PAE_INITIALIZE, acts & ~DOT1X_ACT_SEND_REQUEST, NULL, 0, todo);
	return dot1x_engine_response(c, eap, response, todo);
}

/**
 * dot1x_engine_start() - an EAPOL-Start of the client
 * @c: the client
 * @todo: what is left to do
 */
void dot1x_engine_start(struct dot1x_client *c, struct dot1x_todo *todo)
{
	if (c->pacp.port_enabled)
		event(c, todo, dot1x_pacp_start);
	else
		dot1x_engine_enable(c, todo);
}

/**
 * dot1x_engine_logoff() - an EAPOL-Logoff of the client
 * @c: the client
 * @todo: what is left to do
 */
void dot1x_engine_logoff(struct dot1x_client *c, struct dot1x_todo *todo)
{
	event(c, todo, dot1x_pacp_logoff);
}

/**
 * dot1x_engine_reauthenticate() - let the client prove itself anew
 * @c: the client
 * @todo: what is left to do
 *
 * By what it was authorized by; one that was by hand has nothing to prove.
 */
void dot1x_engine_reauthenticate(struct dot1x_client *c, struct dot1x_todo *todo)
{
	if (!c->open || c->method == DOT1X_METHOD_MANUAL)
		return;
	if (c->method == DOT1X_METHOD_MAB)
		dot1x_mab_ask(c, todo);
	else
		event(c, todo, dot1x_pacp_reauthenticate);
}

/**
 * dot1x_engine_configure() - the port's timers have changed
 * @c: the client
 * @todo: what is left to do
 */
void dot1x_engine_configure(struct dot1x_client *c, struct dot1x_todo *todo)
{
	event(c, todo, dot1x_pacp_configure);
	if (!c->dead)
		dot1x_mab_renew(c);
}

/**
 * dot1x_engine_agent_lost() - another agent is there than the one that was asked
 * @c: the client
 * @todo: what is left to do
 */
void dot1x_engine_agent_lost(struct dot1x_client *c, struct dot1x_todo *todo)
{
	event(c, todo, dot1x_pacp_agent_lost);
}

/**
 * dot1x_engine_verdict() - the agent has judged the response it was given
 * @c: the client; what it is to be told is in @c->request
 * @verdict: enum dot1x_verdict
 * @eap: header of that, or NULL
 * @todo: what is left to do
 */
void dot1x_engine_verdict(struct dot1x_client *c, u8 verdict, const struct dot1x_eap *eap,
			  struct dot1x_todo *todo)
{
	struct dot1x_pacp_config config;
	u8 old_state = c->pacp.pae_state;
	unsigned int acts;

	config_of(c, &config);
	acts = dot1x_pacp_verdict(&c->pacp, &config, verdict, eap, eap ? eap->identifier : 0,
				  dot1x_now_ms());
	conclude(c, old_state, acts, NULL, 0, todo);
}

/**
 * dot1x_engine_bypass() - the client's MAC alone has been judged
 * @c: the client
 * @verdict: DOT1X_VERDICT_ACCEPT or DOT1X_VERDICT_REJECT
 * @todo: what is left to do
 */
void dot1x_engine_bypass(struct dot1x_client *c, u8 verdict, struct dot1x_todo *todo)
{
	struct dot1x_pacp_config config;
	u8 old_state = c->pacp.pae_state;
	unsigned int acts = 0;

	config_of(c, &config);
	/* What is let in is not asked who it is */
	if (!c->pacp.port_enabled)
		acts = dot1x_pacp_enable(&c->pacp, &config, true, dot1x_now_ms());
	acts |= dot1x_pacp_verdict(&c->pacp, &config, verdict, false, 0, dot1x_now_ms());
	if (verdict == DOT1X_VERDICT_ACCEPT)
		acts &= ~DOT1X_ACT_SEND_REQUEST;
	conclude(c, old_state, acts, NULL, 0, todo);
}

/**
 * dot1x_engine_session() - a client is about to be accepted: as whom, how long
 * @c: the client
 * @answer: says so
 */
void dot1x_engine_session(struct dot1x_client *c, struct dot1x_answer *answer)
{
	swap(c->user_name, answer->user_name);
	swap(c->class, answer->class);
	c->session_timeout_ms = answer->session_timeout_ms;
	c->termination = answer->termination;
	c->session_when = c->session_timeout_ms ? dot1x_now_ms() + c->session_timeout_ms :
						  DOT1X_NEVER;
}

static int check_authorize(struct dot1x_port *port, const struct dot1x_client *c,
			   struct netlink_ext_ack *extack, struct dot1x_todo *todo)
{
	if (port->config.pacp.control != DOT1X_CONTROL_AUTO) {
		NL_SET_ERR_MSG(extack, "the port's control is forced");
		return -EBUSY;
	}
	if (!port->enabled) {
		NL_SET_ERR_MSG(extack, "the port is down");
		return -ENETDOWN;
	}
	if (!c && dot1x_client_room(port, DOT1X_ROOM_EAP, todo)) {
		NL_SET_ERR_MSG(extack, "the port has no room for another client");
		return -EBUSY;
	}
	return 0;
}

/**
 * dot1x_engine_authorize() - the administrator lets a MAC in
 * @port: the port; locked
 * @mac: a unicast address
 * @answer: for how long
 * @extack: says why not
 * @todo: what is left to do
 *
 * Return: 0, -EBUSY, -ENETDOWN or -ENOMEM.
 */
int dot1x_engine_authorize(struct dot1x_port *port, const u8 *mac, struct dot1x_answer *answer,
			   struct netlink_ext_ack *extack, struct dot1x_todo *todo)
{
	struct dot1x_client *c = dot1x_client_lookup(port, mac);
	int err;

	err = check_authorize(port, c, extack, todo);
	if (err)
		return err;
	if (!c)
		c = dot1x_client_create(port, mac, DOT1X_METHOD_MANUAL, todo);
	if (!c)
		return -ENOMEM;
	forget(c);
	dot1x_mab_stop(c);
	c->method = DOT1X_METHOD_MANUAL;
	dot1x_engine_session(c, answer);
	dot1x_engine_bypass(c, DOT1X_VERDICT_ACCEPT, todo);
	return 0;
}

/* RFC 3580 3.17: Session-Timeout is over */
static void session_time(struct dot1x_client *c, u64 now, struct dot1x_todo *todo)
{
	if (now < c->session_when)
		return;
	c->session_when = DOT1X_NEVER;
	if (c->termination == DOT1X_TERMINATION_REAUTHENTICATE)
		dot1x_engine_reauthenticate(c, todo);
	else if (c->method == DOT1X_METHOD_DOT1X)
		event(c, todo, dot1x_pacp_initialize);
	else
		dot1x_client_kill(c, todo);
}

/**
 * dot1x_engine_arm() - aim the client's timer at its earliest deadline
 * @c: the client
 */
void dot1x_engine_arm(struct dot1x_client *c)
{
	u64 now, due = dot1x_pacp_deadline(&c->pacp);

	if (c->dead)
		return;
	due = min(due, min(c->session_when, min(c->retry_when, c->mab_when)));
	if (due == DOT1X_NEVER) {
		timer_delete(&c->timer);
		return;
	}
	now = dot1x_now_ms();
	/* Never early: jiffies are coarser than the clock */
	mod_timer(&c->timer, jiffies + 1 +
		  (due > now ? msecs_to_jiffies(min_t(u64, due - now, INT_MAX)) : 0));
}

/**
 * dot1x_engine_timer() - a deadline of a client is over
 * @timer: the client's
 *
 * Context: softirq. The client is freed a grace period after it was killed:
 * not while this runs.
 */
void dot1x_engine_timer(struct timer_list *timer)
{
	struct dot1x_client *c = from_timer(c, timer, timer);
	struct dot1x_port *port = c->key.port;
	struct dot1x_todo todo;
	u64 now;

	dot1x_port_begin(port, &todo);
	now = dot1x_now_ms();
	if (!c->dead)
		event(c, &todo, dot1x_pacp_time);
	if (!c->dead)
		session_time(c, now, &todo);
	if (!c->dead)
		dot1x_mab_time(c, now, &todo);
	if (!c->dead)
		dot1x_agent_retry(c, now, &todo);
	dot1x_engine_arm(c);
	dot1x_port_end(port, &todo);
}

/**
 * dot1x_engine_pae_state() - what the client's PAE looks like
 * @c: the client
 *
 * Return: enum dot1x_pae_state.
 */
u8 dot1x_engine_pae_state(const struct dot1x_client *c)
{
	if (c->pacp.port_enabled)
		return c->pacp.pae_state;
	if (c->mab == DOT1X_MAB_HELD)
		return DOT1X_PAE_HELD;
	return c->mab == DOT1X_MAB_ASKED ? DOT1X_PAE_AUTHENTICATING : c->pacp.pae_state;
}
