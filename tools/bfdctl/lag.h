/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bfdctl lag on one screen: what its files have of each other.
 */
#ifndef BFDCTL_LAG_H
#define BFDCTL_LAG_H

#include <linux/bfd.h>
#include <linux/if_ether.h>
#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* link.c: devices, by rtnetlink */

struct link {
	const char *name;
	const char *kind;	/* "" if it has none */
	int ifindex;
	int master;		/* 0: none */
	bool gone;		/* this tells of its end */
	bool running;		/* up, and has a carrier */
	uint32_t mtu;
	size_t mac_len;
	uint8_t mac[ETH_ALEN];
};

/* Return a status. What happens can be read from *@fd. */
int link_open(int *fd);
int link_dump(void (*each)(const struct link *link));
void link_close(void);

/* Tells @event of what happened, and of NULL if some of it was lost. Returns a status. */
int link_events(void (*event)(const struct link *link));

/* Each returns NULL, or why the kernel did not do it, until the next one is called. */
const char *link_leave(int ifindex);
const char *link_join(int ifindex, int master);
const char *link_up(int ifindex, uint32_t mtu);
const char *link_down(int ifindex);
const char *link_address(int ifindex, const uint8_t *mac, size_t len);

/* team.c: ports of the team driver */

/* Lets the team use its port, or not. As of link.c. */
const char *team_use(int team, int port, bool use);

/* Ports that the team was told not to use. Returns a status. */
int team_unused(int team, void (*unused)(int port));

/* member.c: what is to be done with a member; pure */

/* From the carrier to a link that carries: of what a session may take to come Up again. */
#define MEMBER_SETTLE_MS	5000

/* When to try again what the kernel refused. */
#define MEMBER_RETRY_MS		1000

enum member_place {
	PLACE_LOST,		/* there is no such device, or it has another master */
	PLACE_FREE,		/* it has no master */
	PLACE_PORT,		/* of the LAG */
};

enum member_step {
	MEMBER_KEEP,		/* all is as it should be */
	MEMBER_MAKE_SESSION,	/* add it, or set its parameters */
	MEMBER_DELETE_SESSION,
	MEMBER_TAKE_OUT,	/* of load balancing */
	MEMBER_PUT_BACK,
	MEMBER_FORGET,
};

struct member {
	struct member *next;
	char name[IFNAMSIZ];

	/* as rtnetlink says */
	enum member_place place;
	int ifindex;
	uint32_t mtu;
	bool running;
	bool found;		/* by the dump that is being read */

	/* as bfd.ko says */
	bool session;		/* there is one */
	bool told;		/* since the last sync */
	bool known;		/* how it is */
	bool up;
	bool failed;		/* for a reason of the path; not Up again yet */

	/* as we did */
	bool made;		/* the session is as the command line says */
	bool refused;		/* ... and cannot be */
	bool out;		/* taken out */
	uint64_t settled_ms;	/* until then what it is seen to be is not acted upon */
};

/*
 * Its device is there, as a port or without a master; @stays: also when taken out. With a
 * new carrier its session may take @settle_ms to come Up.
 */
void member_link(struct member *member, enum member_place place, bool running, bool stays,
		 uint64_t now_ms, uint64_t settle_ms);

/* Its session is so, as listeners are told. */
void member_state(struct member *member, enum bfd_state state, enum bfd_state remote,
		  enum bfd_diag diag);

/* It has no session. */
void member_sessionless(struct member *member);

enum member_step member_next(const struct member *member, uint64_t now_ms);

/* In how many ms there will be another step, if nothing happens; -1: there will be none. */
int member_wait(const struct member *member, uint64_t now_ms);

#endif /* BFDCTL_LAG_H */
