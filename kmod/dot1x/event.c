// SPDX-License-Identifier: GPL-2.0
/*
 * Ports, clients and questions as netlink attributes, and notifications that
 * carry the first two. An event is written down under the port's lock and
 * delivered from the namespace's queue after it, so that listeners hear what
 * happened in the order it did. One that found no memory is counted, and the
 * next one says that some were lost.
 */
#include <net/genetlink.h>
#include "dot1x.h"

#define EVENT_SIZE	1024	/* a port without counters, or a client without secrets */

/* The family's number and groups must not be used any more */
static bool events_stopped;

static int put_port_name(struct sk_buff *skb, const struct dot1x_port *port)
{
	if (nla_put_u32(skb, DOT1X_A_IFINDEX, port->dev->ifindex) ||
	    nla_put_string(skb, DOT1X_A_IFNAME, port->dev->name))
		return -EMSGSIZE;
	return 0;
}

static int put_params(struct sk_buff *skb, const struct dot1x_config *config)
{
	const struct dot1x_pacp_config *pacp = &config->pacp;

	if (nla_put_u8(skb, DOT1X_A_CONTROL, pacp->control) ||
	    nla_put_u8(skb, DOT1X_A_HOST_MODE, config->host_mode) ||
	    nla_put_u8(skb, DOT1X_A_DIRECTION, config->direction) ||
	    nla_put_u32(skb, DOT1X_A_MAX_CLIENTS, config->max_clients) ||
	    nla_put_u8(skb, DOT1X_A_MAB, config->mab) ||
	    nla_put_u32(skb, DOT1X_A_REAUTH_PERIOD_MS, pacp->reauth_period_ms) ||
	    nla_put_u32(skb, DOT1X_A_QUIET_PERIOD_MS, pacp->quiet_period_ms) ||
	    nla_put_u32(skb, DOT1X_A_TX_PERIOD_MS, pacp->tx_period_ms) ||
	    nla_put_u32(skb, DOT1X_A_SUPP_TIMEOUT_MS, pacp->supp_timeout_ms) ||
	    nla_put_u32(skb, DOT1X_A_SERVER_TIMEOUT_MS, pacp->server_timeout_ms) ||
	    nla_put_u8(skb, DOT1X_A_MAX_REQ, pacp->max_req))
		return -EMSGSIZE;
	return 0;
}

/* From the least to the most advanced */
static unsigned int rank(u8 pae_state)
{
	static const u8 ranks[__DOT1X_PAE_MAX] = {
		[DOT1X_PAE_DISCONNECTED] = 1,
		[DOT1X_PAE_HELD] = 2,
		[DOT1X_PAE_ABORTING] = 3,
		[DOT1X_PAE_RESTART] = 4,
		[DOT1X_PAE_CONNECTING] = 5,
		[DOT1X_PAE_AUTHENTICATING] = 6,
		[DOT1X_PAE_AUTHENTICATED] = 7,
	};

	return ranks[pae_state];
}

/* The states of the most advanced client; without one, what the port does */
static void states_of(struct dot1x_port *port, u8 *pae_state, u8 *backend_state)
{
	struct dot1x_client *c;
	unsigned long id;

	*backend_state = DOT1X_BACKEND_INITIALIZE;
	*pae_state = DOT1X_PAE_INITIALIZE;
	if (!port->enabled)
		return;
	if (port->config.pacp.control != DOT1X_CONTROL_AUTO) {
		*pae_state = port->config.pacp.control == DOT1X_CONTROL_FORCE_AUTHORIZED ?
			     DOT1X_PAE_FORCE_AUTH : DOT1X_PAE_FORCE_UNAUTH;
		return;
	}
	*backend_state = DOT1X_BACKEND_IDLE;
	if (!port->count)
		*pae_state = DOT1X_PAE_CONNECTING;
	xa_for_each(&port->clients, id, c) {
		if (rank(dot1x_engine_pae_state(c)) < rank(*pae_state))
			continue;
		*pae_state = dot1x_engine_pae_state(c);
		*backend_state = c->pacp.backend_state;
		if (*pae_state == DOT1X_PAE_AUTHENTICATED)
			break;
	}
}

static u8 port_status(const struct dot1x_port *port)
{
	return port->gate == DOT1X_GATE_CLOSED ? DOT1X_PORT_UNAUTHORIZED : DOT1X_PORT_AUTHORIZED;
}

static int put_port(struct sk_buff *skb, struct dot1x_port *port)
{
	u8 pae_state, backend_state;

	lockdep_assert_held(&port->lock);
	states_of(port, &pae_state, &backend_state);
	if (put_port_name(skb, port) || put_params(skb, &port->config) ||
	    nla_put(skb, DOT1X_A_PORT_MAC, ETH_ALEN, port->dev->dev_addr) ||
	    nla_put_u8(skb, DOT1X_A_OPER_DIRECTION,
		       dot1x_oper_direction(port->config.direction, port->enabled)) ||
	    nla_put_u8(skb, DOT1X_A_PORT_STATUS, port_status(port)) ||
	    nla_put_u8(skb, DOT1X_A_PAE_STATE, pae_state) ||
	    nla_put_u8(skb, DOT1X_A_BACKEND_STATE, backend_state) ||
	    nla_put_u32(skb, DOT1X_A_CLIENTS, port->count) ||
	    nla_put_u32(skb, DOT1X_A_AUTHORIZED_CLIENTS, port->authorized) ||
	    nla_put_u8(skb, DOT1X_A_CARRIER, port->enabled) ||
	    nla_put_u8(skb, DOT1X_A_LAST_EAPOL_VERSION, port->last_version))
		return -EMSGSIZE;
	if (port->last_version &&
	    nla_put(skb, DOT1X_A_LAST_EAPOL_SOURCE, ETH_ALEN, port->last_source))
		return -EMSGSIZE;
	return 0;
}

static u64 counter_sum(struct dot1x_counters __percpu *counters, unsigned int i)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu_ptr(counters, cpu)->c[i]);
	return sum;
}

/**
 * dot1x_event_fill_counters() - DOT1X_A_COUNTERS
 * @skb: message being built
 * @counters: of a port or namespace
 *
 * Context: any.
 * Return: 0 or -EMSGSIZE; the caller cancels the message, so for the rest.
 */
int dot1x_event_fill_counters(struct sk_buff *skb, struct dot1x_counters __percpu *counters)
{
	struct nlattr *nest;
	unsigned int i;

	nest = nla_nest_start(skb, DOT1X_A_COUNTERS);
	if (!nest)
		return -EMSGSIZE;
	for (i = DOT1X_COUNTER_PAD + 1; i <= DOT1X_COUNTER_MAX; i++)
		if (nla_put_u64_64bit(skb, i, counter_sum(counters, i), DOT1X_COUNTER_PAD))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * dot1x_event_fill_port() - all of a port as attributes
 * @skb: message being built
 * @port: the port, not locked
 *
 * Context: process, RTNL held or RCU read side.
 * Return: 0, -EMSGSIZE, or -ENOENT: it has just been released.
 */
int dot1x_event_fill_port(struct sk_buff *skb, struct dot1x_port *port)
{
	int err;

	spin_lock_bh(&port->lock);
	err = port->dead ? -ENOENT : put_port(skb, port);
	spin_unlock_bh(&port->lock);
	return err ?: dot1x_event_fill_counters(skb, port->counters);
}

static int put_name(struct sk_buff *skb, const struct dot1x_blob *name)
{
	struct nlattr *attr = nla_reserve(skb, DOT1X_A_USER_NAME, name->len + 1);
	char *to;

	if (!attr)
		return -EMSGSIZE;
	to = nla_data(attr);
	memcpy(to, name->data, name->len);
	to[name->len] = 0;
	return 0;
}

static int put_u64(struct sk_buff *skb, int attr, u64 value)
{
	return nla_put_u64_64bit(skb, attr, value, DOT1X_A_PAD);
}

static int put_traffic(struct sk_buff *skb, const struct dot1x_client *c)
{
	if (put_u64(skb, DOT1X_A_RX_BYTES, atomic64_read(&c->rx_bytes)) ||
	    put_u64(skb, DOT1X_A_RX_FRAMES, atomic64_read(&c->rx_frames)) ||
	    put_u64(skb, DOT1X_A_TX_BYTES, atomic64_read(&c->tx_bytes)) ||
	    put_u64(skb, DOT1X_A_TX_FRAMES, atomic64_read(&c->tx_frames)) ||
	    put_u64(skb, DOT1X_A_DROPS, atomic64_read(&c->drops)))
		return -EMSGSIZE;
	return 0;
}

static int put_session(struct sk_buff *skb, const struct dot1x_client *c, bool secrets)
{
	const struct dot1x_blob *name = c->open ? c->user_name : c->identity;

	if (name && put_name(skb, name))
		return -EMSGSIZE;
	if (put_u64(skb, DOT1X_A_SESSION_TIME_MS,
		    c->open ? dot1x_now_ms() - c->authorized_ms : 0))
		return -EMSGSIZE;
	if (!c->open)
		return 0;
	if (nla_put_u32(skb, DOT1X_A_SESSION_TIMEOUT_MS, c->session_timeout_ms) ||
	    nla_put_u8(skb, DOT1X_A_TERMINATION_ACTION, c->termination))
		return -EMSGSIZE;
	if (secrets && c->class && nla_put(skb, DOT1X_A_CLASS, c->class->len, c->class->data))
		return -EMSGSIZE;
	return 0;
}

static int put_client(struct sk_buff *skb, const struct dot1x_client *c, bool secrets)
{
	const struct dot1x_port *port = c->key.port;

	lockdep_assert_held(&port->lock);
	if (put_port_name(skb, port) ||
	    nla_put(skb, DOT1X_A_MAC, ETH_ALEN, c->key.mac) ||
	    nla_put_u8(skb, DOT1X_A_METHOD, c->method) ||
	    nla_put_u8(skb, DOT1X_A_PORT_STATUS, c->open ? DOT1X_PORT_AUTHORIZED :
							   DOT1X_PORT_UNAUTHORIZED) ||
	    nla_put_u8(skb, DOT1X_A_PAE_STATE, dot1x_engine_pae_state(c)) ||
	    nla_put_u8(skb, DOT1X_A_BACKEND_STATE, c->pacp.backend_state))
		return -EMSGSIZE;
	return put_session(skb, c, secrets) ?: put_traffic(skb, c);
}

/**
 * dot1x_event_fill_client() - all of a client as attributes
 * @skb: message being built
 * @c: the client, its port not locked
 * @secrets: what only CAP_NET_ADMIN may see, too
 *
 * Context: process, RCU read side.
 * Return: 0, -EMSGSIZE, or -ENOENT: it has just been killed.
 */
int dot1x_event_fill_client(struct sk_buff *skb, struct dot1x_client *c, bool secrets)
{
	struct dot1x_port *port = c->key.port;
	int err;

	spin_lock_bh(&port->lock);
	err = c->dead ? -ENOENT : put_client(skb, c, secrets);
	spin_unlock_bh(&port->lock);
	return err;
}

/**
 * dot1x_event_question() - a question to the agent
 * @c: the client it is about; its port is locked
 * @kind: enum dot1x_kind
 * @eap: the client's EAP response, or NULL
 * @len: of @eap
 *
 * Return: the message, or NULL for want of memory.
 */
struct sk_buff *dot1x_event_question(const struct dot1x_client *c, u8 kind, const u8 *eap,
				     u16 len)
{
	const struct dot1x_port *port = c->key.port;
	struct sk_buff *skb;
	void *hdr;

	skb = genlmsg_new(256 + len, GFP_ATOMIC | __GFP_NOWARN);
	if (!skb)
		return NULL;
	hdr = genlmsg_put(skb, 0, 0, &dot1x_genl_family, 0, DOT1X_CMD_AGENT_REQUEST);
	if (!hdr || nla_put_u32(skb, DOT1X_A_REQUEST_ID, c->request_id) ||
	    nla_put_u8(skb, DOT1X_A_KIND, kind) || put_port_name(skb, port) ||
	    nla_put(skb, DOT1X_A_PORT_MAC, ETH_ALEN, port->dev->dev_addr) ||
	    nla_put(skb, DOT1X_A_MAC, ETH_ALEN, c->key.mac) ||
	    nla_put_u32(skb, DOT1X_A_CONVERSATION, c->conversation) ||
	    (eap && nla_put(skb, DOT1X_A_EAP, len, eap))) {
		nlmsg_free(skb);
		return NULL;
	}
	genlmsg_end(skb, hdr);
	return skb;
}

static int put_notice(struct sk_buff *skb, enum dot1x_event event, u8 old_status, u32 lost)
{
	if (nla_put_u8(skb, DOT1X_A_EVENT, event) ||
	    put_u64(skb, DOT1X_A_TIMESTAMP_NS, ktime_get_real_ns()) ||
	    nla_put_u32(skb, DOT1X_A_EVENTS_LOST, lost))
		return -EMSGSIZE;
	if (event == DOT1X_EVENT_STATUS && nla_put_u8(skb, DOT1X_A_OLD_PORT_STATUS, old_status))
		return -EMSGSIZE;
	return 0;
}

/* Of a client, or without one of the port */
static struct sk_buff *build(struct dot1x_port *port, const struct dot1x_client *c,
			     enum dot1x_event event, u8 old_status, u32 lost)
{
	struct sk_buff *skb;
	void *hdr;

	skb = genlmsg_new(EVENT_SIZE, GFP_ATOMIC | __GFP_NOWARN);
	if (!skb)
		return NULL;
	hdr = genlmsg_put(skb, 0, 0, &dot1x_genl_family, 0,
			  c ? DOT1X_CMD_CLIENT_NTF : DOT1X_CMD_PORT_NTF);
	if (!hdr || (c ? put_client(skb, c, false) : put_port(skb, port)) ||
	    put_notice(skb, event, old_status, lost)) {
		nlmsg_free(skb);
		return NULL;
	}
	genlmsg_end(skb, hdr);
	return skb;
}

static void queue(struct dot1x_port *port, const struct dot1x_client *c, enum dot1x_event event,
		  u8 old_status)
{
	struct dot1x_net *dn = port->dn;
	struct sk_buff *skb;
	u32 lost;

	lockdep_assert_held(&port->lock);
	if (READ_ONCE(events_stopped) || !genl_has_listeners(&dot1x_genl_family, dn->net, 0))
		return;
	lost = atomic_xchg(&dn->events_lost, 0);
	skb = build(port, c, event, old_status, lost);
	if (!skb) {
		atomic_add(lost + 1, &dn->events_lost);
		dot1x_count(port, DOT1X_COUNTER_EVENT_LOST);
		return;
	}
	skb_queue_tail(&dn->events, skb);
}

/**
 * dot1x_event_port() - write down what happened to a port
 * @port: the port; locked
 * @event: what
 * @old_status: before it, for DOT1X_EVENT_STATUS
 *
 * dot1x_event_flush() is to follow once the port is unlocked.
 *
 * Context: BH disabled.
 */
void dot1x_event_port(struct dot1x_port *port, enum dot1x_event event, u8 old_status)
{
	queue(port, NULL, event, old_status);
}

/**
 * dot1x_event_client() - write down what happened to a client
 * @c: the client; its port is locked
 * @event: what
 * @old_status: before it, for DOT1X_EVENT_STATUS
 *
 * Context: BH disabled.
 */
void dot1x_event_client(struct dot1x_client *c, enum dot1x_event event, u8 old_status)
{
	queue(c->key.port, c, event, old_status);
}

/**
 * dot1x_event_flush() - deliver what was written down
 * @dn: the namespace
 *
 * Whoever finds another one delivering leaves his events to it.
 *
 * Context: BH disabled, RCU read side, no port locked.
 */
void dot1x_event_flush(struct dot1x_net *dn)
{
	struct sk_buff *skb;

	while (!skb_queue_empty_lockless(&dn->events)) {
		if (!spin_trylock(&dn->event_lock))
			return;
		while ((skb = skb_dequeue(&dn->events)))
			genlmsg_multicast_netns(&dot1x_genl_family, dn->net, skb, 0, 0,
						GFP_ATOMIC);
		spin_unlock(&dn->event_lock);
	}
}

/**
 * dot1x_event_stop() - the family is about to go: nobody is told any more
 *
 * Context: process.
 */
void dot1x_event_stop(void)
{
	WRITE_ONCE(events_stopped, true);
	/* Whoever did not see it has delivered by then */
	synchronize_rcu();
}
