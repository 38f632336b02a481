// SPDX-License-Identifier: GPL-2.0
/*
 * The netlink side: sessions of bfd.ko in this network namespace.
 *
 * Two channels: commands are answered before they return, events come when they
 * come. An event may therefore be older than what a command has just been told;
 * the last one is always right.
 */
#include <errno.h>
#include <event2/event_struct.h>
#include <netlink/genl/genl.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/attr.h"
#include "../lib/error.h"
#include "../lib/log.h"
#include "kernel.h"

#define OWNER		"frr"	/* of our sessions */
#define RETRY_MS	500	/* while the module is not there */

struct kernel {
	const struct kernel_events *events;
	void *arg;
	struct event_base *base;
	struct channel *commands;	/* NULL: the module is not there */
	struct channel *listener;
	struct event readable;
	struct event retry;
};

static const struct family family = {
	.name = BFD_GENL_NAME,
	.module = "bfd",
	.group = BFD_GENL_GROUP_STATE,
	.version = BFD_GENL_VERSION,
};

static void read_report(struct report *report, struct nlattr **tb)
{
	struct addr peer = get_addr(tb[BFD_A_PEER]);
	struct addr local = get_addr(tb[BFD_A_LOCAL]);
	const char *ifname = get_string(tb[BFD_A_IFNAME]);
	const char *vrf = get_string(tb[BFD_A_VRF]);
	struct nlattr *stats[ATTRS];

	nest_parse(tb[BFD_A_STATISTICS], stats);
	*report = (struct report){
		.discr = get_uint(tb[BFD_A_LOCAL_DISCRIMINATOR]),
		.key.addr_len = peer.len,
		.key.type = get_uint(tb[BFD_A_TYPE]),
		.config.desired_min_tx_us = get_uint(tb[BFD_A_DESIRED_MIN_TX_US]),
		.config.required_min_rx_us = get_uint(tb[BFD_A_REQUIRED_MIN_RX_US]),
		.config.detect_mult = get_uint(tb[BFD_A_DETECT_MULT]),
		.config.passive = get_uint(tb[BFD_A_PASSIVE]),
		.config.admin_down = get_uint(tb[BFD_A_ADMIN_DOWN]),
		.config.min_ttl = get_uint(tb[BFD_A_MIN_TTL]),
		.remote.discr = get_uint(tb[BFD_A_REMOTE_DISCRIMINATOR]),
		.remote.desired_min_tx_us = get_uint(tb[BFD_A_REMOTE_DESIRED_MIN_TX_US]),
		.remote.required_min_rx_us = get_uint(tb[BFD_A_REMOTE_REQUIRED_MIN_RX_US]),
		.remote.required_min_echo_rx_us =
			get_uint(tb[BFD_A_REMOTE_REQUIRED_MIN_ECHO_RX_US]),
		.remote.detect_mult = get_uint(tb[BFD_A_REMOTE_DETECT_MULT]),
		.remote.diagnostic = get_uint(tb[BFD_A_REMOTE_DIAGNOSTIC]),
		.remote.demand = get_uint(tb[BFD_A_REMOTE_DEMAND]),
		.state = get_uint(tb[BFD_A_REPORTED_STATE]),
		.up_count = get_uint(stats[BFD_STAT_UP_COUNT]),
		.rx_packets = get_uint(stats[BFD_STAT_RX_PACKETS]),
		.tx_packets = get_uint(stats[BFD_STAT_TX_PACKETS]),
	};
	memcpy(report->key.peer, peer.bytes, peer.len);
	memcpy(report->key.local, local.bytes, local.len);
	if (ifname)
		strncpy(report->key.ifname, ifname, IFNAMSIZ - 1);
	if (vrf)
		strncpy(report->vrf, vrf, IFNAMSIZ - 1);
}

static void on_event(void *arg, struct nlmsghdr *nlh)
{
	struct kernel *kernel = arg;
	struct nlattr *tb[ATTRS];
	struct report report;

	if (!message_parse(nlh, tb) || genlmsg_hdr(nlh)->cmd != BFD_CMD_SESSION_NTF)
		return;
	read_report(&report, tb);
	if (get_uint(tb[BFD_A_EVENTS_LOST]))
		kernel->events->lost(kernel->arg);
	kernel->events->event(kernel->arg, get_uint(tb[BFD_A_EVENT]), &report);
}

static void leave(struct kernel *kernel)
{
	if (kernel->listener)
		event_del(&kernel->readable);
	channel_close(kernel->listener);
	channel_close(kernel->commands);
	kernel->listener = NULL;
	kernel->commands = NULL;
}

static void retry_later(struct kernel *kernel)
{
	const struct timeval later = { .tv_usec = RETRY_MS * 1000 };

	evtimer_add(&kernel->retry, &later);
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct kernel *kernel = arg;

	(void)fd;
	(void)what;
	switch (channel_events(kernel->listener, on_event, kernel)) {
	case EVENTS_READ:
		break;
	case EVENTS_LOST:
		kernel->events->lost(kernel->arg);
		break;
	case EVENTS_FAILED:
	case EVENTS_ENDED:
		leave(kernel);
		kernel->events->gone(kernel->arg);
		retry_later(kernel);
	}
}

/* Listens before it asks: what happens in between is heard. */
static bool enter(struct kernel *kernel)
{
	if (channel_open(&family, &kernel->listener))
		return false;
	if (channel_join(kernel->listener) || channel_open(&family, &kernel->commands) ||
	    event_assign(&kernel->readable, kernel->base, channel_fd(kernel->listener),
			 EV_READ | EV_PERSIST, on_readable, kernel) ||
	    event_add(&kernel->readable, NULL)) {
		channel_close(kernel->listener);
		channel_close(kernel->commands);
		kernel->listener = NULL;
		kernel->commands = NULL;
		return false;
	}
	return true;
}

static void on_retry(evutil_socket_t fd, short what, void *arg)
{
	struct kernel *kernel = arg;

	(void)fd;
	(void)what;
	if (enter(kernel))
		kernel->events->ready(kernel->arg);
	else
		retry_later(kernel);
}

int kernel_open(struct event_base *base, const struct kernel_events *events, void *arg,
		struct kernel **result)
{
	struct kernel *kernel = calloc(1, sizeof(*kernel));
	const struct timeval at_once = { 0 };

	if (!kernel)
		return error_refused("out of memory");
	kernel->events = events;
	kernel->arg = arg;
	kernel->base = base;
	evtimer_assign(&kernel->retry, base, on_retry, kernel);
	evtimer_add(&kernel->retry, &at_once);
	*result = kernel;
	return STATUS_OK;
}

void kernel_close(struct kernel *kernel)
{
	if (!kernel)
		return;
	evtimer_del(&kernel->retry);
	leave(kernel);
	free(kernel);
}

static int talk(struct kernel *kernel, struct nl_msg *msg, struct replies *replies, char *why)
{
	struct request request = { .msg = msg, .refusal = why };

	if (channel_talk(kernel->commands, &request, replies))
		return request.error ? request.error : -EIO;
	return 0;
}

static struct nl_msg *message(struct kernel *kernel, uint8_t cmd, uint32_t discr, char *why)
{
	struct nl_msg *msg = NULL;

	if (kernel->commands)
		msg = channel_request(kernel->commands, cmd, 0);
	if (msg)
		nla_put_u32(msg, BFD_A_LOCAL_DISCRIMINATOR, discr);
	else
		strcpy(why, "bfd.ko is not there");
	return msg;
}

/* Only what differs from @from; all of it, if that is NULL. */
static void put_config(struct nl_msg *msg, const struct session_config *from,
		       const struct session_config *to)
{
	if (!from || from->desired_min_tx_us != to->desired_min_tx_us)
		nla_put_u32(msg, BFD_A_DESIRED_MIN_TX_US, to->desired_min_tx_us);
	if (!from || from->required_min_rx_us != to->required_min_rx_us)
		nla_put_u32(msg, BFD_A_REQUIRED_MIN_RX_US, to->required_min_rx_us);
	if (!from || from->detect_mult != to->detect_mult)
		nla_put_u8(msg, BFD_A_DETECT_MULT, to->detect_mult);
	if (!from || from->passive != to->passive)
		nla_put_u8(msg, BFD_A_PASSIVE, to->passive);
	if (!from || from->admin_down != to->admin_down)
		nla_put_u8(msg, BFD_A_ADMIN_DOWN, to->admin_down);
	if (to->min_ttl && (!from || from->min_ttl != to->min_ttl))
		nla_put_u8(msg, BFD_A_MIN_TTL, to->min_ttl);
}

int kernel_new(struct kernel *kernel, uint32_t discr, const struct session_key *key,
	       const char *vrf, const struct session_config *config, char *why)
{
	static const uint8_t any[sizeof(key->local)];
	struct nl_msg *msg = message(kernel, BFD_CMD_SESSION_NEW, discr, why);

	if (!msg)
		return -ENOTCONN;
	nla_put(msg, BFD_A_PEER, key->addr_len, key->peer);
	if (memcmp(key->local, any, sizeof(any)))
		nla_put(msg, BFD_A_LOCAL, key->addr_len, key->local);
	if (*key->ifname)
		nla_put_string(msg, BFD_A_IFNAME, key->ifname);
	if (*vrf)
		nla_put_string(msg, BFD_A_VRF, vrf);
	nla_put_u8(msg, BFD_A_TYPE, key->type);
	nla_put_string(msg, BFD_A_OWNER, OWNER);
	put_config(msg, NULL, config);
	return talk(kernel, msg, NULL, why);
}

int kernel_set(struct kernel *kernel, uint32_t discr, const struct session_config *from,
	       const struct session_config *to, char *why)
{
	struct nl_msg *msg = message(kernel, BFD_CMD_SESSION_SET, discr, why);

	if (!msg)
		return -ENOTCONN;
	put_config(msg, from, to);
	return talk(kernel, msg, NULL, why);
}

int kernel_del(struct kernel *kernel, uint32_t discr, char *why)
{
	struct nl_msg *msg = message(kernel, BFD_CMD_SESSION_DEL, discr, why);

	return msg ? talk(kernel, msg, NULL, why) : -ENOTCONN;
}

int kernel_get(struct kernel *kernel, uint32_t discr, struct report *report, char *why)
{
	struct nl_msg *msg = message(kernel, BFD_CMD_SESSION_GET, discr, why);
	struct replies replies = { 0 };
	struct nlattr *tb[ATTRS];
	int err;

	if (!msg)
		return -ENOTCONN;
	err = talk(kernel, msg, &replies, why);
	if (err)
		return err;
	if (replies.count && message_parse(replies.msg[0], tb)) {
		read_report(report, tb);
	} else {
		strcpy(why, "an answer that is none");
		err = -EBADMSG;
	}
	replies_free(&replies);
	return err;
}

int kernel_dump(struct kernel *kernel, void (*each)(void *arg, const struct report *report),
		void *arg)
{
	struct replies replies = { 0 };
	char why[REFUSAL_SIZE];
	struct nlattr *tb[ATTRS];
	struct report report;
	size_t i;
	int err;

	if (!kernel->commands)
		return -ENOTCONN;
	err = talk(kernel, channel_request(kernel->commands, BFD_CMD_SESSION_GET, NLM_F_DUMP),
		   &replies, why);
	if (err) {
		log_line(LOG_ERR, "cannot list the kernel's sessions: %s", why);
		return err;
	}
	for (i = 0; i < replies.count; i++) {
		if (!message_parse(replies.msg[i], tb))
			continue;
		read_report(&report, tb);
		each(arg, &report);
	}
	replies_free(&replies);
	return 0;
}
