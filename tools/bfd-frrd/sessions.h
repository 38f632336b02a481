/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What bfdd wants and what bfd.ko has, brought together.
 *
 * bfdd calls a session by a number that it draws anew each time it starts. We
 * know it by addresses, device and kind: when bfdd has gone, the session goes on,
 * and gets its new number when it is wanted again. Its discriminator, which the
 * peer knows, stays; so do its packets, if nothing else has changed.
 */
#ifndef BFD_FRRD_SESSIONS_H
#define BFD_FRRD_SESSIONS_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

#include "bfddp.h"
#include "kernel.h"
#include "links.h"
#include "table.h"

struct sessions;

struct sessions_times {
	uint32_t hold_ms;		/* how long sessions go on without bfdd */
	uint32_t settle_ms;		/* how long one that is back may take to ask for them */
	uint32_t retry_ms;		/* before what was refused is tried again */
	uint32_t tick_ms;
};

struct sessions_count {
	unsigned int all;
	unsigned int up;
	unsigned int refused;		/* not in the kernel */
	unsigned int held;		/* without bfdd */
};

struct sessions *sessions_new(struct event_base *base, struct table *table,
			      const struct sessions_times *times);
void sessions_free(struct sessions *sessions);

/* Begins, with links that are there already and a kernel that may not be. */
void sessions_start(struct sessions *sessions, struct links *links, struct kernel *kernel);

/* From bfdd; false: the answer could not be sent. */
bool sessions_message(struct sessions *sessions, uint32_t link,
		      const struct bfddp_header *header, const uint8_t *data);
void sessions_link_opened(struct sessions *sessions);
void sessions_link_closed(struct sessions *sessions, uint32_t link);
void sessions_link_writable(struct sessions *sessions, uint32_t link);

/* From the kernel; ready also means that events were lost. */
void sessions_kernel_ready(struct sessions *sessions);
void sessions_kernel_gone(struct sessions *sessions);
void sessions_event(struct sessions *sessions, enum bfd_event event,
		    const struct report *report);

void sessions_count(struct sessions *sessions, struct sessions_count *count);

#endif /* BFD_FRRD_SESSIONS_H */
