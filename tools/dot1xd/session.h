/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Conversations: what the kernel asks about a client, carried to a server and
 * back until one of them has decided.
 */
#ifndef DOT1XD_SESSION_H
#define DOT1XD_SESSION_H

#include <event2/event.h>

#include "conf.h"
#include "kernel.h"
#include "server.h"
#include "stats.h"

struct sessions;

/* @answer is called once for each question, unless a newer one replaced it. */
struct sessions *sessions_new(struct event_base *base, struct pool *pool, struct stats *stats,
			      void (*answer)(void *arg, const struct answer *answer), void *arg);
void sessions_free(struct sessions *sessions);

/* From now on requests are made as @conf says, which stays. */
void sessions_configure(struct sessions *sessions, const struct conf *conf);

void sessions_ask(struct sessions *sessions, const struct question *question);

/* Nobody waits for an answer any more. */
void sessions_forget(struct sessions *sessions);

#endif /* DOT1XD_SESSION_H */
