/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The netlink side: being the agent of a network namespace.
 *
 * dot1x.ko may not be loaded yet, go and come back: whenever it is there, we
 * register. Its questions come as they come; an answer names its question.
 */
#ifndef DOT1XD_KERNEL_H
#define DOT1XD_KERNEL_H

#include <event2/event.h>
#include <linux/dot1x.h>
#include <net/if.h>
#include <stddef.h>
#include <stdint.h>

#include "stats.h"

#define MAC_LEN	6

struct kernel;

/* AGENT_REQUEST. Pointers are good until the function that got it returns. */
struct question {
	uint32_t id;
	uint32_t conversation;
	uint32_t ifindex;
	uint8_t kind;			/* enum dot1x_kind */
	char ifname[IFNAMSIZ];
	uint8_t port_mac[MAC_LEN];
	uint8_t mac[MAC_LEN];
	const uint8_t *eap;		/* NULL: not of that kind */
	size_t eap_len;
};

/* AGENT_ANSWER. What is NULL or zero is not told. */
struct answer {
	uint32_t id;
	uint32_t ifindex;
	uint8_t mac[MAC_LEN];
	uint8_t verdict;		/* enum dot1x_verdict */
	const uint8_t *eap;
	size_t eap_len;
	const char *user_name;
	uint32_t session_timeout_ms;
	uint8_t termination;		/* enum dot1x_termination */
	const uint8_t *class;
	size_t class_len;
};

enum kernel_status {
	KERNEL_ABSENT,		/* dot1x.ko is not there; we wait for it */
	KERNEL_REGISTERED,	/* we are the agent */
	KERNEL_GONE,		/* we are no longer: dot1x.ko was unloaded */
	KERNEL_BUSY,		/* there is another agent; we try again */
	KERNEL_REFUSED,		/* we may not */
};

/* @why: in words, of the last two. */
struct kernel_events {
	void (*status)(void *arg, enum kernel_status status, const char *why);
	void (*question)(void *arg, const struct question *question);
};

/* Opens the socket and begins; says what went wrong and returns an enum status. */
int kernel_open(struct event_base *base, struct stats *stats, const struct kernel_events *events,
		void *arg, struct kernel **kernel);

/* No longer the agent: the module asks nobody, from now on. */
void kernel_close(struct kernel *kernel);

void kernel_answer(struct kernel *kernel, const struct answer *answer);

#endif /* DOT1XD_KERNEL_H */
