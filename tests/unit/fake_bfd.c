// SPDX-License-Identifier: GPL-2.0
/*
 * A bfd.ko that does as it is told: stands in for bfd-frrd's kernel.c and place.c.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bfd-frrd/place.h"
#include "fake_bfd.h"

struct fake_bfd fake_bfd;

void fake_bfd_reset(void)
{
	memset(&fake_bfd, 0, sizeof(fake_bfd));
}

uint16_t fake_tail(const uint8_t *address, uint8_t len)
{
	return address[len - 2] << 8 | address[len - 1];
}

static struct fake_session *find_discr(uint32_t discr)
{
	size_t i;

	for (i = 0; i < FAKE_SESSIONS_MAX; i++)
		if (fake_bfd.sessions[i].report.discr == discr)
			return &fake_bfd.sessions[i];
	return NULL;
}

struct fake_session *fake_bfd_find(uint16_t peer)
{
	struct fake_session *session;
	size_t i;

	for (i = 0; i < FAKE_SESSIONS_MAX; i++) {
		session = &fake_bfd.sessions[i];
		if (session->report.discr &&
		    fake_tail(session->report.key.peer, session->report.key.addr_len) == peer)
			return session;
	}
	return NULL;
}

unsigned int fake_bfd_count(void)
{
	unsigned int count = 0;
	size_t i;

	for (i = 0; i < FAKE_SESSIONS_MAX; i++)
		count += !!fake_bfd.sessions[i].report.discr;
	return count;
}

void fake_bfd_stranger(uint16_t peer)
{
	struct fake_session *session = find_discr(0);

	if (!session)
		return;
	memset(session, 0, sizeof(*session));
	session->strangers = true;
	session->report.discr = 4711;
	session->report.key.addr_len = 4;
	session->report.key.peer[0] = 10;
	session->report.key.peer[2] = peer >> 8;
	session->report.key.peer[3] = peer;
}

int kernel_new(struct kernel *kernel, uint32_t discr, const struct session_key *key,
	       const char *vrf, const struct session_config *config, char *why)
{
	struct fake_session *session;

	(void)kernel;
	strcpy(why, "refused");
	if (fake_bfd.absent)
		return -ENOTCONN;
	if (find_discr(discr) || fake_bfd_find(fake_tail(key->peer, key->addr_len)))
		return -EEXIST;
	session = find_discr(0);
	if (!session)
		return -ENOMEM;
	memset(session, 0, sizeof(*session));
	session->report.discr = discr;
	session->report.key = *key;
	session->report.config = *config;
	session->report.state = config->admin_down ? BFD_STATE_ADMIN_DOWN : BFD_STATE_DOWN;
	strcpy(session->report.vrf, vrf);
	if (fake_bfd.eager) {
		session->report.state = BFD_STATE_UP;
		session->report.up_count = 1;
	}
	fake_bfd.news++;
	return 0;
}

int kernel_set(struct kernel *kernel, uint32_t discr, const struct session_config *from,
	       const struct session_config *to, char *why)
{
	struct fake_session *session = find_discr(discr);

	(void)kernel;
	strcpy(why, "refused");
	if (fake_bfd.absent || !session)
		return fake_bfd.absent ? -ENOTCONN : -ENOENT;
	if (from->admin_down != to->admin_down)
		session->report.state = to->admin_down ? BFD_STATE_ADMIN_DOWN : BFD_STATE_DOWN;
	session->report.config = *to;
	fake_bfd.set_from = *from;
	fake_bfd.set_to = *to;
	fake_bfd.sets++;
	return 0;
}

int kernel_del(struct kernel *kernel, uint32_t discr, char *why)
{
	struct fake_session *session = find_discr(discr);

	(void)kernel;
	strcpy(why, "refused");
	if (fake_bfd.absent || !session)
		return fake_bfd.absent ? -ENOTCONN : -ENOENT;
	memset(session, 0, sizeof(*session));
	fake_bfd.dels++;
	return 0;
}

int kernel_get(struct kernel *kernel, uint32_t discr, struct report *report, char *why)
{
	struct fake_session *session = find_discr(discr);

	(void)kernel;
	strcpy(why, "refused");
	if (fake_bfd.absent || !session)
		return fake_bfd.absent ? -ENOTCONN : -ENOENT;
	*report = session->report;
	return 0;
}

int kernel_dump(struct kernel *kernel, void (*each)(void *arg, const struct report *report),
		void *arg)
{
	size_t i;

	(void)kernel;
	if (fake_bfd.absent)
		return -ENOTCONN;
	for (i = 0; i < FAKE_SESSIONS_MAX; i++)
		if (fake_bfd.sessions[i].report.discr)
			each(arg, &fake_bfd.sessions[i].report);
	return 0;
}

bool place_find(const struct session_key *key, struct place *place)
{
	memset(place, 0, sizeof(*place));
	memcpy(place->ifname, key->ifname, sizeof(place->ifname));
	if (fake_bfd.vrf_local && key->local[key->addr_len - 1] == fake_bfd.vrf_local)
		strcpy(place->vrf, "red");
	return !fake_bfd.homeless;
}
