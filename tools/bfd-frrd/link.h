/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One connection to bfdd.
 *
 * A message leaves the socket only when it has been dealt with: whoever gets the
 * socket after us, if we are killed, finds it there again. So there is no input
 * to be kept, nor output: what cannot be written now is not written at all.
 */
#ifndef BFD_FRRD_LINK_H
#define BFD_FRRD_LINK_H

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bfddp.h"

struct link;

struct link_events {
	/* False: its answer could not be sent; it will come again, once there is room. */
	bool (*message)(void *arg, struct link *link, const struct bfddp_header *header,
			const uint8_t *data);
	/* After a link_send() that failed. */
	void (*writable)(void *arg, struct link *link);
	/* The end, or nonsense; the link is to be freed. */
	void (*closed)(void *arg, struct link *link);
};

/* Takes the connected socket @fd; NULL: no memory, and it is closed. */
struct link *link_new(struct event_base *base, int fd, uint32_t id,
		      const struct link_events *events, void *arg);
void link_free(struct link *link);

uint32_t link_id(const struct link *link);

/* Whole messages, in one write; false: not now, but writable() comes. */
bool link_send(struct link *link, const uint8_t *data, size_t len);

#endif /* BFD_FRRD_LINK_H */
