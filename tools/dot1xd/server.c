// SPDX-License-Identifier: GPL-2.0
/*
 * RADIUS servers: choice, life and death, and the exchanges in flight.
 *
 * The way of a request: it goes to the first server that is alive; again after
 * `retransmit`, and then after twice as long each time. Who has not answered
 * after `failover` is given up for this request if another one may answer. A
 * server that answered nobody in that time is dead: it is not asked for
 * `dead-time`, and then by one request, whose fate decides. When all are dead,
 * all are tried. After `timeout` the request has failed.
 *
 * A request that continues a conversation (it bears the server's State) can
 * only be answered by the server that began it. If that one is dead while
 * another lives, the request fails at once: the client then begins anew,
 * there. One that is alive, but slow, gets all the time there is.
 *
 * Deviation: RFC 5080 2.2.1 begins with 2 s. A client that has already waited
 * for its link is not made to wait for that long.
 *
 * Sockets and identifiers are socket.c's.
 */
#include <inttypes.h>
#include <json-c/json.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/log.h"
#include "pool.h"

#define WAIT_MAX_MS	4000
#define LINES		10	/* of one kind, in a second */
#define RETIRED		31	/* the number of those that are not the pool's any more */

static uint32_t bit_of(const struct server *server)
{
	return UINT32_C(1) << server->number;
}

/* @ms, a tenth more or less: RFC 5080 2.2.1 */
static uint64_t with_jitter(uint64_t ms)
{
	return ms - ms / 10 + random() % (ms / 5 + 1);
}

/* The loop's time is that of its last turn, so a timer may come too early. */
static void arm(struct exchange *exchange, uint64_t now)
{
	uint64_t ms = exchange->due > now ? exchange->due - now : 0;
	struct timeval tv = { .tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000 };

	evtimer_add(&exchange->timer, &tv);
}

/* Sends it once more, or for the first time, and says when to look again. */
static void transmit(struct exchange *exchange, uint64_t now)
{
	uint64_t give_up = exchange->first_sent + exchange->pool->failover_ms;

	exchange->due = now + with_jitter(exchange->wait);
	socket_send(exchange);
	exchange->wait *= 2;
	if (exchange->wait > WAIT_MAX_MS)
		exchange->wait = WAIT_MAX_MS;
	if (now < give_up && exchange->due > give_up)
		exchange->due = give_up;
	if (exchange->due > exchange->deadline)
		exchange->due = exchange->deadline;
	arm(exchange, now);
}

/* Makes the request one for @server and sends it. False: there is no room. */
static bool begin_with(struct exchange *exchange, struct server *server, uint64_t now)
{
	struct slot *slot = slot_take(server);

	if (!slot)
		return false;
	/* RFC 2865 3: unpredictable, and never the same under one secret */
	if (RAND_bytes(slot->authenticator, sizeof(slot->authenticator)) != 1 ||
	    !radius_request_seal(exchange->packet, exchange->len, slot_id(slot),
				 slot->authenticator, exchange->password, &server->conf.secret)) {
		slot_give(slot, false);
		return false;
	}
	slot->exchange = exchange;
	exchange->slot = slot;
	exchange->server = server;
	exchange->tried |= bit_of(server);
	exchange->first_sent = now;
	exchange->wait = exchange->pool->retransmit_ms;
	exchange->transmissions = 0;
	server->in_flight++;
	if (server->state == SERVER_DEAD && now >= server->dead_until && !server->probe)
		server->probe = exchange;
	transmit(exchange, now);
	return true;
}

/* Takes the request away from its server. @late: an answer may still come. */
static void leave(struct exchange *exchange, bool late)
{
	const struct timeval soon = { 0 };
	struct server *server = exchange->server;

	if (!exchange->slot)
		return;
	exchange->slot->exchange = NULL;
	exchange->slot->answered = !late;
	slot_give(exchange->slot, late || exchange->transmissions > 1);
	exchange->slot = NULL;
	server->in_flight--;
	if (server->probe == exchange)
		server->probe = NULL;
	/* Not here and now: its socket may be the one that is being read. */
	if (server->retired && !server->in_flight)
		evtimer_add(&exchange->pool->reap, &soon);
}

static void destroy(struct exchange *exchange, bool late)
{
	evtimer_del(&exchange->timer);
	LIST_REMOVE(exchange, link);
	leave(exchange, late);
	free(exchange);
}

void exchange_cancel(struct exchange *exchange)
{
	destroy(exchange, true);
}

static void end_without(struct exchange *exchange)
{
	exchange_done done = exchange->done;
	void *arg = exchange->arg;

	destroy(exchange, true);
	done(arg, NULL, NULL);
}

static bool may_be_asked(const struct server *server, uint64_t now)
{
	return server->state == SERVER_ALIVE || (now >= server->dead_until && !server->probe);
}

/*
 * Who is to be asked next, of those not @tried: who is alive or may be again;
 * if there is none, the one that has been dead for longest.
 */
static struct server *choose(const struct pool *pool, uint32_t tried, uint64_t now)
{
	struct server *oldest = NULL;
	unsigned int i;

	for (i = 0; i < pool->count; i++) {
		struct server *server = pool->servers[i];

		if (tried & bit_of(server))
			continue;
		if (may_be_asked(server, now))
			return server;
		if (!oldest || server->dead_since < oldest->dead_since)
			oldest = server;
	}
	return oldest;
}

/* True if a server other than @server is alive. */
static bool another_lives(const struct pool *pool, const struct server *server)
{
	unsigned int i;

	for (i = 0; i < pool->count; i++)
		if (pool->servers[i] != server && pool->servers[i]->state == SERVER_ALIVE)
			return true;
	return false;
}

static void declare_dead(struct server *server, uint64_t now)
{
	struct pool *pool = server->pool;

	server->dead_until = now + pool->dead_ms;
	if (server->state == SERVER_DEAD)
		return;
	server->state = SERVER_DEAD;
	server->dead_since = now;
	pool->stats->at[STAT_SERVERS_DIED]++;
	log_limited(&server->limit_life, LINES, LOG_WARNING,
		    "server %s is dead: no good answer in %" PRIu64 " ms%s", server->name,
		    pool->failover_ms,
		    another_lives(pool, server) ? "; another one is asked" : ", and no other is alive");
}

static void declare_alive(struct server *server, uint64_t now)
{
	server->last_answer = now;
	if (server->state == SERVER_ALIVE)
		return;
	server->state = SERVER_ALIVE;
	log_limited(&server->limit_life, LINES, LOG_NOTICE,
		    "server %s is alive again after %" PRIu64 " s", server->name,
		    (now - server->dead_since) / 1000);
}

/*
 * The server had its time. Goes over to another one, or ends the exchange;
 * false: there is nobody else, so go on.
 */
static bool fail_over(struct exchange *exchange, uint64_t now)
{
	struct pool *pool = exchange->pool;
	struct server *next;

	if (exchange->bound) {
		if (exchange->server->state == SERVER_ALIVE ||
		    !another_lives(pool, exchange->server))
			return false;
		end_without(exchange);
		return true;
	}
	next = choose(pool, exchange->tried, now);
	if (!next) {
		/* Once more round, if there is anybody else. */
		exchange->tried = bit_of(exchange->server);
		next = choose(pool, exchange->tried, now);
	}
	if (!next)
		return false;
	/* A dead one is no better than a slow one. */
	if (!may_be_asked(next, now) && exchange->server->state == SERVER_ALIVE)
		return false;
	leave(exchange, true);
	pool->stats->at[STAT_FAILOVERS]++;
	if (!begin_with(exchange, next, now)) {
		pool->stats->at[STAT_NO_ROOM]++;
		end_without(exchange);
	}
	return true;
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct exchange *exchange = arg;
	struct server *server = exchange->server;
	struct pool *pool = exchange->pool;
	uint64_t now = now_ms();
	bool over = now >= exchange->first_sent + pool->failover_ms;

	(void)fd;
	(void)what;
	if (now < exchange->due) {
		arm(exchange, now);
		return;
	}
	if (over && server->last_answer < exchange->first_sent)
		declare_dead(server, now);
	if (now >= exchange->deadline) {
		pool->stats->at[STAT_TIMEOUTS]++;
		end_without(exchange);
		return;
	}
	/* Others found out that it is dead: why wait? */
	if (server->state == SERVER_DEAD && server->probe != exchange && !exchange->bound &&
	    another_lives(pool, server))
		over = true;
	if (!over || !fail_over(exchange, now))
		transmit(exchange, now);
}

void server_heard(struct server *server)
{
	declare_alive(server, now_ms());
}

void exchange_answered(struct exchange *exchange, const struct radius_response *response)
{
	union endpoint from = exchange->server->conf.endpoint;
	exchange_done done = exchange->done;
	void *arg = exchange->arg;

	server_heard(exchange->server);
	destroy(exchange, false);
	done(arg, response, &from);
}

static struct server *find(const struct pool *pool, const union endpoint *endpoint)
{
	unsigned int i;

	for (i = 0; i < pool->count; i++)
		if (endpoint_equal(&pool->servers[i]->conf.endpoint, endpoint))
			return pool->servers[i];
	return NULL;
}

struct exchange *pool_send(struct pool *pool, const struct radius_request *request,
			   const char *password, const union endpoint *to, exchange_done done,
			   void *arg)
{
	struct exchange *exchange;
	struct server *server;
	uint64_t now = now_ms();

	server = to ? find(pool, to) : choose(pool, 0, now);
	if (!server || request->overflow)
		return NULL;
	exchange = calloc(1, sizeof(*exchange) + request->len);
	if (!exchange)
		return NULL;
	exchange->pool = pool;
	exchange->done = done;
	exchange->arg = arg;
	exchange->password = password;
	exchange->bound = to;
	exchange->deadline = now + pool->timeout_ms;
	exchange->len = request->len;
	memcpy(exchange->packet, request->data, request->len);
	evtimer_assign(&exchange->timer, pool->base, on_timer, exchange);
	LIST_INSERT_HEAD(&pool->exchanges, exchange, link);
	if (!begin_with(exchange, server, now)) {
		pool->stats->at[STAT_NO_ROOM]++;
		destroy(exchange, true);
		return NULL;
	}
	return exchange;
}

static void server_free(struct server *server)
{
	sockets_close(server);
	OPENSSL_cleanse(&server->conf, sizeof(server->conf));
	free(server);
}

static struct server *server_new(struct pool *pool, const struct conf_server *conf,
				 const struct addr *source)
{
	struct server *server = calloc(1, sizeof(*server));

	if (!server)
		return NULL;
	server->pool = pool;
	server->conf = *conf;
	server->source = *source;
	endpoint_text(&conf->endpoint, server->name);
	STAILQ_INIT(&server->free);
	STAILQ_INIT(&server->resting);
	return server;
}

static void reap(evutil_socket_t fd, short what, void *arg)
{
	struct server *server, *next;
	struct pool *pool = arg;

	(void)fd;
	(void)what;
	for (server = LIST_FIRST(&pool->retired); server; server = next) {
		next = LIST_NEXT(server, link);
		if (server->in_flight)
			continue;
		LIST_REMOVE(server, link);
		server_free(server);
	}
}

/* The server that needs nothing new to be the one of @conf, but what is looked at each time. */
static struct server *find_same(const struct pool *pool, const struct conf_server *conf,
				const struct addr *source)
{
	struct server *server = find(pool, &conf->endpoint);

	if (!server || server->source.len != source->len ||
	    memcmp(server->source.bytes, source->bytes, source->len) ||
	    server->conf.secret.len != conf->secret.len ||
	    memcmp(server->conf.secret.data, conf->secret.data, conf->secret.len))
		return NULL;
	return server;
}

static void retire(struct pool *pool, struct server *server)
{
	const struct timeval soon = { 0 };

	server->retired = true;
	server->number = RETIRED;
	LIST_INSERT_HEAD(&pool->retired, server, link);
	evtimer_add(&pool->reap, &soon);
}

bool pool_configure(struct pool *pool, const struct conf *conf)
{
	struct server *servers[CONF_SERVERS_MAX] = { NULL };
	bool kept[CONF_SERVERS_MAX] = { false };
	unsigned int i, j;

	for (i = 0; i < conf->server_count; i++) {
		const struct conf_server *new = &conf->servers[i];
		const struct addr *source = new->endpoint.sa.sa_family == AF_INET ?
					    &conf->source4 : &conf->source6;

		servers[i] = find_same(pool, new, source);
		kept[i] = servers[i];
		if (!kept[i])
			servers[i] = server_new(pool, new, source);
		if (!servers[i])
			goto err_free;
	}
	for (j = 0; j < pool->count; j++) {
		for (i = 0; i < conf->server_count && servers[i] != pool->servers[j]; i++)
			;
		if (i == conf->server_count)
			retire(pool, pool->servers[j]);
	}
	for (i = 0; i < conf->server_count; i++) {
		servers[i]->conf.strict = conf->servers[i].strict;
		servers[i]->number = i;
	}
	memcpy(pool->servers, servers, sizeof(servers));
	pool->count = conf->server_count;
	pool->retransmit_ms = conf->retransmit_us / 1000;
	pool->failover_ms = conf->failover_us / 1000;
	pool->dead_ms = conf->dead_time_us / 1000;
	pool->timeout_ms = conf->timeout_us / 1000;
	return true;

err_free:
	for (i = 0; i < conf->server_count; i++)
		if (servers[i] && !kept[i])
			server_free(servers[i]);
	return false;
}

struct pool *pool_new(struct event_base *base, struct stats *stats)
{
	struct pool *pool = calloc(1, sizeof(*pool));

	if (!pool)
		return NULL;
	pool->base = base;
	pool->stats = stats;
	evtimer_assign(&pool->reap, base, reap, pool);
	srandom(now_ms());
	return pool;
}

void pool_free(struct pool *pool)
{
	struct exchange *exchange;
	struct server *server;
	unsigned int i;

	if (!pool)
		return;
	while ((exchange = LIST_FIRST(&pool->exchanges)))
		exchange_cancel(exchange);
	evtimer_del(&pool->reap);
	while ((server = LIST_FIRST(&pool->retired))) {
		LIST_REMOVE(server, link);
		server_free(server);
	}
	for (i = 0; i < pool->count; i++)
		server_free(pool->servers[i]);
	free(pool);
}

struct json_object *pool_json(const struct pool *pool)
{
	struct json_object *list = json_object_new_array();
	uint64_t now = now_ms();
	unsigned int i;

	for (i = 0; i < pool->count; i++) {
		const struct server *server = pool->servers[i];
		struct json_object *object = json_object_new_object();

		json_object_object_add(object, "server", json_object_new_string(server->name));
		json_object_object_add(object, "state",
				       json_object_new_string(server->state == SERVER_DEAD ?
							      "dead" : "alive"));
		json_object_object_add(object, "dead-ms",
				       json_object_new_int64(server->state == SERVER_DEAD ?
							     now - server->dead_since : 0));
		json_object_object_add(object, "in-flight",
				       json_object_new_int64(server->in_flight));
		json_object_object_add(object, "sockets",
				       json_object_new_int64(server->socket_count));
		json_object_array_add(list, object);
	}
	return list;
}
