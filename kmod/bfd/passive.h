/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The policy of a device, by which sessions are made that nobody asked for: what passive.c
 * and its commands, policy.c, share. To all others it is no more than a pointer.
 */
#ifndef _BFD_PASSIVE_H
#define _BFD_PASSIVE_H

#include "bfd.h"
#include "unsolicited.h"

#define BFD_INITIAL_MAX	32	/* that wait for a session at a time */
#define BFD_DEFAULT_MAX_SESSIONS	64
#define BFD_DEFAULT_IDLE_US	60000000

/**
 * struct bfd_policy - what is allowed on a device; constant, replaced as a whole
 * @rules: see there
 * @rcu: frees it. Who may still hold it then: a packet in the input hook
 */
struct bfd_policy {
	struct bfd_unsolicited rules;
	struct rcu_head rcu;
};

/**
 * struct bfd_initial - an initial packet that was found good
 * @family: AF_INET or AF_INET6
 * @peer: its source
 * @local: its destination
 * @raw: its mandatory section
 */
struct bfd_initial {
	u8 family;
	union bfd_addr peer;
	union bfd_addr local;
	u8 raw[BFD_PACKET_LEN] __aligned(8);
};

/**
 * struct bfd_passive - a device whose peers may have sessions nobody asked for, RFC 9468
 * @node: in bfd_net.passive_by_index while @ifindex is not 0
 * @bn: the namespace; constant
 * @ifindex: of the device; 0: it does not exist. Written under bfd_net.lock, as are
 * @policy: what it allows
 * @count: of @sessions
 * @lock: guards the next three
 * @first: where in @initial the one is that has waited longest
 * @waiting: how many wait there
 * @initial: for each of them a session is to be made
 * @sessions: those it made; this and the rest under bfd_net.lock
 * @list: in bfd_net.passives, by @seq
 * @seq: number of birth; constant
 * @ifname: name of the device; follows renames
 * @rcu: frees it. Who may still hold it then: a packet in the input hook
 */
struct bfd_passive {
	struct hlist_node node;
	struct bfd_net *bn;
	int ifindex;
	struct bfd_policy __rcu *policy;
	unsigned int count;
	spinlock_t lock;	/* guards what waits */
	unsigned int first;
	unsigned int waiting;
	struct bfd_initial initial[BFD_INITIAL_MAX];
	struct list_head sessions;
	struct list_head list;
	u64 seq;
	char ifname[IFNAMSIZ];
	struct rcu_head rcu;
};

#endif /* _BFD_PASSIVE_H */
