/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The netlink side: sessions of bfd.ko in this network namespace.
 *
 * A session is created under a discriminator of our choice, by which it is
 * called from then on. bfd.ko may not be loaded yet, go and come back.
 */
#ifndef BFD_FRRD_KERNEL_H
#define BFD_FRRD_KERNEL_H

#include <event2/event.h>
#include <linux/bfd.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

#include "../lib/genl.h"

struct kernel;

/* Which session; no padding, so that two can be compared as bytes. */
struct session_key {
	uint8_t peer[16];
	uint8_t local[16];		/* all zero: routing chooses */
	uint8_t addr_len;		/* 4 or 16 */
	uint8_t type;			/* enum bfd_type */
	char ifname[IFNAMSIZ];		/* "": none */
};

struct session_config {
	uint32_t desired_min_tx_us;
	uint32_t required_min_rx_us;
	uint8_t detect_mult;
	uint8_t passive;
	uint8_t admin_down;
	uint8_t min_ttl;		/* 0: not a multihop session */
};

/* What the last packets of the peer said. */
struct session_remote {
	uint32_t discr;
	uint32_t desired_min_tx_us;
	uint32_t required_min_rx_us;
	uint32_t required_min_echo_rx_us;
	uint8_t detect_mult;
	uint8_t diagnostic;
	uint8_t demand;
};

/* A session as the kernel reports it. */
struct report {
	uint32_t discr;
	struct session_key key;
	char vrf[IFNAMSIZ];
	struct session_config config;
	struct session_remote remote;
	uint8_t state;			/* enum bfd_state */
	uint64_t up_count;
	uint64_t rx_packets;
	uint64_t tx_packets;
};

struct kernel_events {
	void (*ready)(void *arg);	/* sessions can be made */
	void (*gone)(void *arg);	/* and with the module all of them */
	void (*lost)(void *arg);	/* events: what is must be asked for */
	void (*event)(void *arg, enum bfd_event event, const struct report *report);
};

/* Begins; an error means that it never will. Says what went wrong, returns an enum status. */
int kernel_open(struct event_base *base, const struct kernel_events *events, void *arg,
		struct kernel **kernel);
void kernel_close(struct kernel *kernel);

/*
 * Each returns 0 or -errno, with the kernel's words in @why (REFUSAL_SIZE bytes);
 * -ENOTCONN: the module is not there.
 */
int kernel_new(struct kernel *kernel, uint32_t discr, const struct session_key *key,
	       const char *vrf, const struct session_config *config, char *why);
int kernel_set(struct kernel *kernel, uint32_t discr, const struct session_config *from,
	       const struct session_config *to, char *why);
int kernel_del(struct kernel *kernel, uint32_t discr, char *why);
int kernel_get(struct kernel *kernel, uint32_t discr, struct report *report, char *why);

/* All sessions there are, ours and others'. */
int kernel_dump(struct kernel *kernel, void (*each)(void *arg, const struct report *report),
		void *arg);

#endif /* BFD_FRRD_KERNEL_H */
