/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A bfd.ko that does as it is told: stands in for bfd-frrd's kernel.c and place.c.
 */
#ifndef TESTS_FAKE_BFD_H
#define TESTS_FAKE_BFD_H

#include <stdbool.h>

#include "bfd-frrd/kernel.h"

#define FAKE_SESSIONS_MAX	4096

struct fake_session {
	struct report report;		/* discr 0: there is none */
	bool strangers;			/* not made by the program under test */
};

extern struct fake_bfd {
	struct fake_session sessions[FAKE_SESSIONS_MAX];
	unsigned int news, sets, dels;	/* commands that were done */
	struct session_config set_from, set_to;	/* of the last SET */
	bool absent;			/* the module is not there */
	bool eager;			/* a session is up before its command is answered */
	bool homeless;			/* no device has anybody's address */
	uint8_t vrf_local;		/* local addresses that end so are in VRF red */
} fake_bfd;

void fake_bfd_reset(void);

/* The session to the peer whose address ends so; NULL: there is none. */
struct fake_session *fake_bfd_find(uint16_t peer);
unsigned int fake_bfd_count(void);

/* A session of the administrator's. */
void fake_bfd_stranger(uint16_t peer);

/* The last two bytes of an address, as the tests number them. */
uint16_t fake_tail(const uint8_t *address, uint8_t len);

#endif /* TESTS_FAKE_BFD_H */
