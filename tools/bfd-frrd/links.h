/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The connections to bfdd: as many as it takes.
 *
 * bfdd announces its sessions on a new connection, but no more than fit in a
 * buffer of 8 KiB (58 of them), and loses the others without a word. Those it
 * announces on the next connection. Sessions that come later go to the first
 * connection with room. So there are several from the beginning, for bursts: a
 * session without a connection is run by bfdd itself for that time, which its peer
 * can see. And whenever bfdd has announced something, a session or a change of one,
 * one more is opened, to fetch what was lost. If an answer to an echo request is
 * all that comes by it, which may take a busy bfdd many seconds, nothing was, and
 * it is closed again.
 */
#ifndef BFD_FRRD_LINKS_H
#define BFD_FRRD_LINKS_H

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "link.h"

struct links;

struct links_times {
	uint32_t dial_ms;		/* between two tries, at first */
	uint32_t dial_slow_ms;		/* and later */
	uint32_t hurry_ms;		/* which is after this time */
	uint32_t quiet_ms;		/* without an ADD, before another one is tried */
};

struct links_events {
	bool (*message)(void *arg, uint32_t link, const struct bfddp_header *header,
			const uint8_t *data);
	void (*writable)(void *arg, uint32_t link);
	void (*opened)(void *arg);
	void (*closed)(void *arg, uint32_t link);
};

struct links *links_new(struct event_base *base, const char *path,
			const struct links_times *times, const struct links_events *events,
			void *arg);
void links_free(struct links *links);

/* Takes up what a service manager has kept, and begins to dial. */
void links_start(struct links *links);

bool links_has(const struct links *links, uint32_t link);
unsigned int links_count(const struct links *links);

/* Whole messages; false: not now, but writable() comes. To one that is gone, never. */
bool links_send(struct links *links, uint32_t link, const uint8_t *data, size_t len);

/* This one has brought a session. */
void links_brought(struct links *links, uint32_t link);

#endif /* BFD_FRRD_LINKS_H */
