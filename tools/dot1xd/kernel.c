// SPDX-License-Identifier: GPL-2.0
/*
 * The netlink side: being the agent of a network namespace.
 *
 * One socket, never waited for: requests of ours are known by their sequence
 * number when they are answered, and a question may come in between. The
 * controller of generic netlink tells when the family comes and goes.
 */
#include <errno.h>
#include <event2/event_struct.h>
#include <linux/genetlink.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "../lib/error.h"
#include "../lib/extack.h"
#include "../lib/log.h"
#include "kernel.h"

#define RECEIVE_SIZE	(32 << 10)
#define SOCKET_BUFFER	(8 << 20)
#define BATCH		64	/* messages read before others have their turn */
#define RETRY_MS	1000	/* while there is another agent */
#define LINES		5	/* of one kind, in a second */

struct kernel {
	struct stats *stats;
	const struct kernel_events *events;
	void *arg;
	struct nl_sock *sock;
	struct event readable;
	struct event retry;
	uint32_t seq;
	uint32_t lookup_seq;		/* of the last CTRL_CMD_GETFAMILY */
	uint32_t register_seq;		/* of the last AGENT_REGISTER */
	uint16_t family;		/* 0: not there */
	struct log_limit limit_bad;
	struct log_limit limit_refused;
	char buffer[RECEIVE_SIZE];
};

static const struct nla_policy policy[DOT1X_A_MAX + 1] = {
	[DOT1X_A_REQUEST_ID]	= { .type = NLA_U32 },
	[DOT1X_A_CONVERSATION]	= { .type = NLA_U32 },
	[DOT1X_A_KIND]		= { .type = NLA_U8 },
	[DOT1X_A_IFINDEX]	= { .type = NLA_U32 },
	[DOT1X_A_IFNAME]	= { .type = NLA_STRING, .minlen = 1, .maxlen = IFNAMSIZ },
	[DOT1X_A_PORT_MAC]	= { .minlen = MAC_LEN, .maxlen = MAC_LEN },
	[DOT1X_A_MAC]		= { .minlen = MAC_LEN, .maxlen = MAC_LEN },
	[DOT1X_A_EAP]		= { .minlen = DOT1X_EAP_MIN, .maxlen = DOT1X_EAP_MAX },
};

/* A message to @type, with a sequence number of its own; NULL: no memory. */
static struct nl_msg *message(struct kernel *kernel, uint16_t type, uint8_t cmd, int flags)
{
	uint8_t version = type == GENL_ID_CTRL ? 1 : DOT1X_GENL_VERSION;
	struct nl_msg *msg = nlmsg_alloc();

	if (msg && !genlmsg_put(msg, nl_socket_get_local_port(kernel->sock), ++kernel->seq, type, 0,
				NLM_F_REQUEST | flags, cmd, version)) {
		nlmsg_free(msg);
		msg = NULL;
	}
	return msg;
}

/* Sends @msg and frees it. Returns 0 or -errno. */
static int send_message(struct kernel *kernel, struct nl_msg *msg)
{
	struct nlmsghdr *nlh = nlmsg_hdr(msg);
	int err = 0;

	if (send(nl_socket_get_fd(kernel->sock), nlh, nlh->nlmsg_len, 0) < 0)
		err = -errno;
	nlmsg_free(msg);
	return err;
}

/* Asks for the family, which also makes the kernel load an installed module. */
static void look_up(struct kernel *kernel)
{
	struct nl_msg *msg = message(kernel, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);

	if (!msg)
		return;
	nla_put_string(msg, CTRL_ATTR_FAMILY_NAME, DOT1X_GENL_NAME);
	kernel->lookup_seq = kernel->seq;
	send_message(kernel, msg);
}

static void try_to_register(struct kernel *kernel)
{
	struct nl_msg *msg = message(kernel, kernel->family, DOT1X_CMD_AGENT_REGISTER, NLM_F_ACK);

	if (!msg)
		return;
	kernel->register_seq = kernel->seq;
	send_message(kernel, msg);
}

static void on_retry(evutil_socket_t fd, short what, void *arg)
{
	struct kernel *kernel = arg;

	(void)fd;
	(void)what;
	if (kernel->family)
		try_to_register(kernel);
}

static void registered(struct kernel *kernel, int error, const char *text)
{
	const struct timeval later = { .tv_sec = RETRY_MS / 1000, .tv_usec = RETRY_MS % 1000 * 1000 };

	if (!error) {
		kernel->events->status(kernel->arg, KERNEL_REGISTERED, NULL);
	} else if (error == -EBUSY) {
		evtimer_add(&kernel->retry, &later);
		kernel->events->status(kernel->arg, KERNEL_BUSY,
				       text ? text : "another agent is registered");
	} else if (error != -ENOENT) {
		/* That one is of a family that has gone, as the controller is about to say. */
		if (!text)
			text = error == -EPERM ? "Permission denied (CAP_NET_ADMIN is needed)" :
						 strerror(-error);
		kernel->events->status(kernel->arg, KERNEL_REFUSED, text);
	}
}

static void gone(struct kernel *kernel)
{
	kernel->family = 0;
	evtimer_del(&kernel->retry);
	kernel->events->status(kernel->arg, KERNEL_GONE, NULL);
}

/* The end of a request of ours: NLMSG_ERROR, which with error 0 is good news. */
static void take_outcome(struct kernel *kernel, const struct nlmsghdr *nlh)
{
	static const struct nlmsghdr unknown = { .nlmsg_len = sizeof(unknown) };
	struct extack ack;

	extack_parse(nlh, &unknown, &ack);
	if (nlh->nlmsg_seq == kernel->register_seq) {
		registered(kernel, ack.error, ack.text);
	} else if (nlh->nlmsg_seq == kernel->lookup_seq) {
		if (ack.error == -ENOENT && kernel->family)
			gone(kernel);
		else if (ack.error == -ENOENT)
			kernel->events->status(kernel->arg, KERNEL_ABSENT, NULL);
		else if (ack.error)
			kernel->events->status(kernel->arg, KERNEL_REFUSED, strerror(-ack.error));
	} else if (ack.error == -ESTALE) {
		kernel->stats->at[STAT_ANSWERS_STALE]++;
	} else if (ack.error) {
		kernel->stats->at[STAT_ANSWERS_REFUSED]++;
		log_limited(&kernel->limit_refused, LINES, LOG_ERR,
			    "the kernel refused an answer: %s",
			    ack.text ? ack.text : strerror(-ack.error));
	}
}

/* The controller says that a family is there, came, or went. */
static void take_family(struct kernel *kernel, struct nlmsghdr *nlh)
{
	struct nlattr *tb[CTRL_ATTR_MAX + 1];
	uint8_t cmd;
	uint16_t id;

	if (!genlmsg_valid_hdr(nlh, 0) || genlmsg_parse(nlh, 0, tb, CTRL_ATTR_MAX, NULL) ||
	    !tb[CTRL_ATTR_FAMILY_ID] || !tb[CTRL_ATTR_FAMILY_NAME] ||
	    nla_strcmp(tb[CTRL_ATTR_FAMILY_NAME], DOT1X_GENL_NAME))
		return;
	cmd = genlmsg_hdr(nlh)->cmd;
	id = nla_get_u16(tb[CTRL_ATTR_FAMILY_ID]);
	if (cmd == CTRL_CMD_NEWFAMILY && id != kernel->family) {
		kernel->family = id;
		try_to_register(kernel);
	} else if (cmd == CTRL_CMD_DELFAMILY && id == kernel->family) {
		gone(kernel);
	}
}

static bool parse_question(struct nlmsghdr *nlh, struct question *question)
{
	static const uint8_t needed[] = {
		DOT1X_A_REQUEST_ID, DOT1X_A_CONVERSATION, DOT1X_A_KIND, DOT1X_A_IFINDEX,
		DOT1X_A_IFNAME, DOT1X_A_PORT_MAC, DOT1X_A_MAC,
	};
	struct nlattr *tb[DOT1X_A_MAX + 1];
	size_t i;

	if (genlmsg_parse(nlh, 0, tb, DOT1X_A_MAX, policy))
		return false;
	for (i = 0; i < sizeof(needed); i++)
		if (!tb[needed[i]])
			return false;

	*question = (struct question){
		.id = nla_get_u32(tb[DOT1X_A_REQUEST_ID]),
		.conversation = nla_get_u32(tb[DOT1X_A_CONVERSATION]),
		.ifindex = nla_get_u32(tb[DOT1X_A_IFINDEX]),
		.kind = nla_get_u8(tb[DOT1X_A_KIND]),
	};
	nla_strlcpy(question->ifname, tb[DOT1X_A_IFNAME], sizeof(question->ifname));
	memcpy(question->port_mac, nla_data(tb[DOT1X_A_PORT_MAC]), MAC_LEN);
	memcpy(question->mac, nla_data(tb[DOT1X_A_MAC]), MAC_LEN);
	if (question->kind == DOT1X_KIND_MAB)
		return true;
	if (question->kind != DOT1X_KIND_EAP || !tb[DOT1X_A_EAP])
		return false;
	question->eap = nla_data(tb[DOT1X_A_EAP]);
	question->eap_len = nla_len(tb[DOT1X_A_EAP]);
	return true;
}

static void take_question(struct kernel *kernel, struct nlmsghdr *nlh)
{
	struct question question;

	if (!genlmsg_valid_hdr(nlh, 0) || genlmsg_hdr(nlh)->cmd != DOT1X_CMD_AGENT_REQUEST)
		return;
	kernel->stats->at[STAT_QUESTIONS]++;
	if (parse_question(nlh, &question)) {
		kernel->events->question(kernel->arg, &question);
		return;
	}
	kernel->stats->at[STAT_QUESTIONS_BAD]++;
	log_limited(&kernel->limit_bad, LINES, LOG_ERR,
		    "the kernel asked what this version does not understand");
}

static void take(struct kernel *kernel, struct nlmsghdr *nlh)
{
	if (nlh->nlmsg_type == NLMSG_ERROR)
		take_outcome(kernel, nlh);
	else if (nlh->nlmsg_type == GENL_ID_CTRL)
		take_family(kernel, nlh);
	else if (kernel->family && nlh->nlmsg_type == kernel->family)
		take_question(kernel, nlh);
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct sockaddr_nl from;
	struct kernel *kernel = arg;
	struct nlmsghdr *nlh;
	socklen_t from_len;
	int i, len;

	(void)what;
	for (i = 0; i < BATCH; i++) {
		from_len = sizeof(from);
		len = recvfrom(fd, kernel->buffer, sizeof(kernel->buffer), MSG_DONTWAIT,
			       (struct sockaddr *)&from, &from_len);
		if (len < 0 && errno == ENOBUFS) {
			/* That the family went may be among what was lost. */
			kernel->stats->at[STAT_QUESTIONS_LOST]++;
			look_up(kernel);
			continue;
		}
		if (len < 0)
			return;
		if (from.nl_pid)
			continue;
		for (nlh = (struct nlmsghdr *)kernel->buffer; nlmsg_ok(nlh, len);
		     nlh = nlmsg_next(nlh, &len))
			take(kernel, nlh);
	}
}

static bool put_answer(struct nl_msg *msg, const struct answer *answer)
{
	int err;

	err = nla_put_u32(msg, DOT1X_A_REQUEST_ID, answer->id);
	err |= nla_put_u32(msg, DOT1X_A_IFINDEX, answer->ifindex);
	err |= nla_put(msg, DOT1X_A_MAC, MAC_LEN, answer->mac);
	err |= nla_put_u8(msg, DOT1X_A_VERDICT, answer->verdict);
	if (answer->eap_len)
		err |= nla_put(msg, DOT1X_A_EAP, answer->eap_len, answer->eap);
	if (answer->user_name)
		err |= nla_put_string(msg, DOT1X_A_USER_NAME, answer->user_name);
	if (answer->session_timeout_ms) {
		err |= nla_put_u32(msg, DOT1X_A_SESSION_TIMEOUT_MS, answer->session_timeout_ms);
		err |= nla_put_u8(msg, DOT1X_A_TERMINATION_ACTION, answer->termination);
	}
	if (answer->class_len)
		err |= nla_put(msg, DOT1X_A_CLASS, answer->class_len, answer->class);
	return !err;
}

/* Only a refusal is told by the kernel, later. */
void kernel_answer(struct kernel *kernel, const struct answer *answer)
{
	struct nl_msg *msg;
	int err = -ENOMEM;

	msg = message(kernel, kernel->family, DOT1X_CMD_AGENT_ANSWER, 0);
	if (msg && put_answer(msg, answer))
		err = send_message(kernel, msg);
	else
		nlmsg_free(msg);
	if (!err)
		return;
	kernel->stats->at[STAT_ANSWERS_REFUSED]++;
	log_limited(&kernel->limit_refused, LINES, LOG_ERR, "cannot answer the kernel: %s",
		    strerror(-err));
}

int kernel_open(struct event_base *base, struct stats *stats, const struct kernel_events *events,
		void *arg, struct kernel **result)
{
	struct kernel *kernel = calloc(1, sizeof(*kernel));
	const int size = SOCKET_BUFFER;
	const int on = 1;
	int status, fd, err;

	if (!kernel)
		return error_refused("out of memory");
	kernel->stats = stats;
	kernel->events = events;
	kernel->arg = arg;
	evtimer_assign(&kernel->retry, base, on_retry, kernel);
	kernel->sock = nl_socket_alloc();
	if (!kernel->sock) {
		status = error_refused("out of memory");
		goto err_free;
	}
	err = nl_connect(kernel->sock, NETLINK_GENERIC);
	if (!err)
		err = nl_socket_add_memberships(kernel->sock, GENL_ID_CTRL, 0);
	if (err) {
		status = error_refused("cannot open netlink: %s", nl_geterror(err));
		goto err_free;
	}
	fd = nl_socket_get_fd(kernel->sock);
	setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));

	if (event_assign(&kernel->readable, base, fd, EV_READ | EV_PERSIST, on_readable, kernel) ||
	    event_add(&kernel->readable, NULL)) {
		status = error_refused("cannot wait for netlink");
		goto err_free;
	}
	look_up(kernel);
	*result = kernel;
	return STATUS_OK;

err_free:
	nl_socket_free(kernel->sock);
	free(kernel);
	return status;
}

void kernel_close(struct kernel *kernel)
{
	if (!kernel)
		return;
	event_del(&kernel->readable);
	evtimer_del(&kernel->retry);
	nl_socket_free(kernel->sock);
	free(kernel);
}
