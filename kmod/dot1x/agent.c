// SPDX-License-Identifier: GPL-2.0
/*
 * The agent of a namespace, which carries EAP to a server: its registration and
 * death, questions to it, its answers.
 *
 * A question belongs to a client and has a number. Only an answer with the
 * number of the question that is out counts; a new question, or the end of
 * what it was about, makes the old one stale. A question that does not fit the
 * agent's socket waits in the client and is put again soon; one that finds no
 * agent is put when there is one: machines that wait for an answer then start
 * the conversation over.
 */
#include <linux/netlink.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <net/genetlink.h>
#include "dot1x.h"

#define RETRY_MS	20

/**
 * struct question_cb - whose question an skb is
 * @c: the client; valid in the RCU read-side section the question is sent in
 * @request_id: the question's number
 */
struct question_cb {
	struct dot1x_client *c;
	u32 request_id;
};

static atomic_t last_request;
static atomic_t last_conversation;

static struct question_cb *cb_of(struct sk_buff *skb)
{
	BUILD_BUG_ON(sizeof(struct question_cb) > sizeof(skb->cb));
	return (struct question_cb *)skb->cb;
}

static u32 next_number(atomic_t *last)
{
	return atomic_inc_return(last) ?: atomic_inc_return(last);
}

/**
 * dot1x_agent_present() - is there one
 * @port: in whose namespace
 *
 * Context: RCU read side.
 */
bool dot1x_agent_present(const struct dot1x_port *port)
{
	return READ_ONCE(port->dn->agent);
}

/**
 * dot1x_agent_forget() - the answer to a client's question is of no use any more
 * @c: the client; its port is locked, so for the rest
 */
void dot1x_agent_forget(struct dot1x_client *c)
{
	c->asked = DOT1X_ASKED_NOTHING;
	c->request_id = 0;
	c->retry_when = DOT1X_NEVER;
	kfree_skb(c->question);
	c->question = NULL;
}

/**
 * dot1x_agent_ask() - put a question to the agent
 * @c: the client it is about
 * @kind: enum dot1x_kind
 * @eap: the client's EAP response, or NULL
 * @len: of @eap
 * @todo: where the question goes
 */
void dot1x_agent_ask(struct dot1x_client *c, u8 kind, const u8 *eap, u16 len,
		     struct dot1x_todo *todo)
{
	struct dot1x_port *port = c->key.port;
	struct sk_buff *skb;

	kfree_skb(c->question);
	c->question = NULL;
	c->retry_when = DOT1X_NEVER;
	c->asked = kind;
	c->request_id = next_number(&last_request);
	if (!c->conversation)
		c->conversation = next_number(&last_conversation);
	if (!dot1x_agent_present(port)) {
		dot1x_count(port, DOT1X_COUNTER_AGENT_ABSENT);
		return;
	}
	skb = dot1x_event_question(c, kind, eap, len);
	if (!skb) {
		dot1x_count(port, DOT1X_COUNTER_AGENT_OVERRUN);
		return;
	}
	cb_of(skb)->c = c;
	cb_of(skb)->request_id = c->request_id;
	__skb_queue_tail(&todo->questions, skb);
}

/* No room in its socket: keep the question, unless it has become stale */
static void keep(struct sk_buff *skb)
{
	struct dot1x_client *c = cb_of(skb)->c;
	struct dot1x_port *port = c->key.port;

	spin_lock(&port->lock);
	if (!c->dead && c->request_id == cb_of(skb)->request_id && !c->question) {
		c->question = skb;
		c->retry_when = dot1x_now_ms() + RETRY_MS;
		dot1x_engine_arm(c);
		skb = NULL;
	}
	spin_unlock(&port->lock);
	kfree_skb(skb);
}

static void put_question(struct dot1x_net *dn, struct sk_buff *skb)
{
	const struct dot1x_port *port = cb_of(skb)->c->key.port;
	struct sk_buff *copy = skb_clone(skb, GFP_ATOMIC | __GFP_NOWARN);
	int err;

	err = genlmsg_unicast(dn->net, skb, READ_ONCE(dn->agent));
	if (unlikely(err == -EAGAIN)) {
		dot1x_count(port, DOT1X_COUNTER_AGENT_OVERRUN);
		if (copy)
			keep(copy);
		return;
	}
	dot1x_count(port, err ? DOT1X_COUNTER_AGENT_ABSENT : DOT1X_COUNTER_AGENT_REQUEST);
	consume_skb(copy);
}

/**
 * dot1x_agent_flush() - send the questions
 * @todo: where they are
 *
 * Context: BH disabled, RCU read side, no port locked.
 */
void dot1x_agent_flush(struct dot1x_todo *todo)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(&todo->questions))) {
		if (READ_ONCE(todo->dn->agent)) {
			put_question(todo->dn, skb);
			continue;
		}
		dot1x_count(cb_of(skb)->c->key.port, DOT1X_COUNTER_AGENT_ABSENT);
		kfree_skb(skb);
	}
}

/**
 * dot1x_agent_retry() - time goes by
 * @c: the client
 * @now: ms
 * @todo: where its question goes, if it is time to put it again
 */
void dot1x_agent_retry(struct dot1x_client *c, u64 now, struct dot1x_todo *todo)
{
	if (now < c->retry_when)
		return;
	c->retry_when = DOT1X_NEVER;
	if (!c->question)
		return;
	__skb_queue_tail(&todo->questions, c->question);
	c->question = NULL;
}

static void eap_answer(struct dot1x_client *c, struct dot1x_answer *answer,
		       struct dot1x_todo *todo)
{
	if (answer->verdict != DOT1X_VERDICT_IGNORE) {
		kfree(c->request);
		c->request = NULL;
	}
	switch (answer->verdict) {
	case DOT1X_VERDICT_CHALLENGE:
		swap(c->request, answer->packet);
		break;
	case DOT1X_VERDICT_ACCEPT:
		c->method = DOT1X_METHOD_DOT1X;
		dot1x_count(c->key.port, DOT1X_COUNTER_AUTH_SUCCESS);
		if (!answer->user_name)
			swap(answer->user_name, c->identity);
		dot1x_engine_session(c, answer);
		break;
	}
	dot1x_engine_verdict(c, answer->verdict, answer->has_eap ? &answer->eap : NULL, todo);
}

/**
 * dot1x_agent_answer() - the agent has answered
 * @port: about a client of this port
 * @mac: the client
 * @answer: checked
 * @extack: says why it is of no use
 *
 * Context: process, RCU read side, @port not locked.
 * Return: 0 or -ESTALE.
 */
int dot1x_agent_answer(struct dot1x_port *port, const u8 *mac, struct dot1x_answer *answer,
		       struct netlink_ext_ack *extack)
{
	struct dot1x_todo todo;
	struct dot1x_client *c;
	u8 kind;

	dot1x_port_begin(port, &todo);
	c = dot1x_client_lookup(port, mac);
	if (!c || c->dead || !c->request_id || c->request_id != answer->request_id) {
		dot1x_count(port, DOT1X_COUNTER_AGENT_STALE);
		dot1x_port_end(port, &todo);
		NL_SET_ERR_MSG(extack, "this is no longer asked");
		return -ESTALE;
	}
	kind = c->asked;
	c->asked = DOT1X_ASKED_NOTHING;
	c->request_id = 0;
	if (kind == DOT1X_KIND_MAB)
		dot1x_mab_answer(c, answer, &todo);
	else
		eap_answer(c, answer, &todo);
	dot1x_port_end(port, &todo);
	return 0;
}

static void ask_anew(struct dot1x_port *port)
{
	struct dot1x_client *c;
	struct dot1x_todo todo;
	unsigned long id;

	dot1x_port_begin(port, &todo);
	xa_for_each(&port->clients, id, c) {
		if (c->mab == DOT1X_MAB_ASKED)
			dot1x_mab_ask(c, &todo);
		else
			dot1x_engine_agent_lost(c, &todo);
	}
	dot1x_port_end(port, &todo);
}

/**
 * dot1x_agent_register() - somebody wants to be the agent
 * @dn: of this namespace
 * @portid: of its socket
 * @extack: says why not
 *
 * Whoever waits for an agent is now asked about.
 *
 * Context: process.
 * Return: 0 or -EBUSY.
 */
int dot1x_agent_register(struct dot1x_net *dn, u32 portid, struct netlink_ext_ack *extack)
{
	u32 old = cmpxchg(&dn->agent, 0, portid);
	struct dot1x_port *port;

	if (old == portid)
		return 0;
	if (old) {
		NL_SET_ERR_MSG(extack, "this network namespace has an agent already");
		return -EBUSY;
	}
	rcu_read_lock();
	list_for_each_entry_rcu(port, &dn->ports, list)
		ask_anew(port);
	rcu_read_unlock();
	return 0;
}

/* Whatever becomes of the process, its socket is closed */
static int netlink_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	const struct netlink_notify *n = ptr;

	if (event == NETLINK_URELEASE && n->protocol == NETLINK_GENERIC)
		cmpxchg(&dot1x_net(n->net)->agent, n->portid, 0);
	return NOTIFY_DONE;
}

static struct notifier_block netlink_nb = { .notifier_call = netlink_event };

/**
 * dot1x_agent_init() - begin to notice agents that die
 *
 * Return: 0 or -errno.
 */
int dot1x_agent_init(void)
{
	return netlink_register_notifier(&netlink_nb);
}

/**
 * dot1x_agent_exit() - notice it no more
 */
void dot1x_agent_exit(void)
{
	netlink_unregister_notifier(&netlink_nb);
}
