/* SPDX-License-Identifier: GPL-2.0 */
/*
 * RADIUS servers: who is asked, over which socket, how often, and when another
 * one is.
 *
 * A pool is the servers of the configuration, the first one preferred. An
 * exchange is one request on its way to its answer: it is retransmitted, goes
 * over to another server when one keeps silent, and ends in a call of @done,
 * unless it is cancelled. All of it runs on one event loop.
 */
#ifndef DOT1XD_SERVER_H
#define DOT1XD_SERVER_H

#include <event2/event.h>

#include "conf.h"
#include "radius.h"
#include "stats.h"

struct exchange;
struct json_object;
struct pool;

/*
 * How an exchange ended: with the verified @response of the server at @from,
 * or, both NULL, without. The exchange is no more.
 */
typedef void (*exchange_done)(void *arg, const struct radius_response *response,
			      const union endpoint *from);

/* @stats is the caller's, and stays. NULL: no memory. */
struct pool *pool_new(struct event_base *base, struct stats *stats);

/* Cancels what is in flight. */
void pool_free(struct pool *pool);

/*
 * Takes the servers of @conf in place of those before. A server that is in
 * both lives on as it is; what is in flight to one that is not may end there.
 * Copies what it needs. Returns false, and changes nothing, without memory.
 */
bool pool_configure(struct pool *pool, const struct conf *conf);

/*
 * Sends a request, which is copied, with the password it was begun with, which
 * stays until the end. @to: the only server that can answer, because it knows
 * the conversation; NULL: any. @done is not called before this has returned.
 * NULL: no such server, no room or no memory.
 */
struct exchange *pool_send(struct pool *pool, const struct radius_request *request,
			   const char *password, const union endpoint *to, exchange_done done,
			   void *arg);

void exchange_cancel(struct exchange *exchange);

/* What each server is doing, as an array of objects. */
struct json_object *pool_json(const struct pool *pool);

#endif /* DOT1XD_SERVER_H */
