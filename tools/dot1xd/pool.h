/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The inside of a pool, for server.c and socket.c only.
 */
#ifndef DOT1XD_POOL_H
#define DOT1XD_POOL_H

#include <event2/event.h>
#include <event2/event_struct.h>
#include <sys/queue.h>

#include "../lib/log.h"
#include "server.h"

/*
 * An identifier of a socket. It is free; or an exchange has it; or it rests,
 * because an answer to its last request may still be on the way, and would be
 * taken for a lie if the next request had the identifier already.
 */
struct slot {
	STAILQ_ENTRY(slot) link;	/* in the server's free or resting ones */
	struct radius_socket *socket;
	struct exchange *exchange;
	uint64_t rests_until;
	uint8_t authenticator[RADIUS_AUTHENTICATOR_LEN];	/* of its last request */
	bool used;			/* there was one */
	bool answered;			/* and it was answered */
};

STAILQ_HEAD(slots, slot);

enum server_state {
	SERVER_ALIVE,
	SERVER_DEAD,
};

struct server {
	LIST_ENTRY(server) link;	/* in the pool's retired ones */
	struct pool *pool;
	struct conf_server conf;
	struct addr source;		/* len 0: the route's */
	char name[ENDPOINT_TEXT_SIZE];
	unsigned int number;		/* in the pool: its bit in exchange.tried */
	bool retired;			/* not in the configuration any more */

	enum server_state state;
	uint64_t dead_since;
	uint64_t dead_until;
	uint64_t last_answer;		/* verified, to whatever request */
	struct exchange *probe;		/* the one that finds out if it is alive */
	unsigned int in_flight;

	SLIST_HEAD(, radius_socket) sockets;
	unsigned int socket_count;
	struct slots free;
	struct slots resting;		/* in the order of rests_until */

	struct log_limit limit_life;
	struct log_limit limit_drop;
	struct log_limit limit_send;
};

struct exchange {
	LIST_ENTRY(exchange) link;
	struct pool *pool;
	struct server *server;
	struct slot *slot;
	exchange_done done;
	void *arg;
	const char *password;
	bool bound;			/* only this server can answer */
	uint32_t tried;			/* servers of this round, as far as they are numbered
					 * as they were; if not, the next round helps
					 */
	struct event timer;
	uint64_t due;			/* when timer is to look */
	uint64_t deadline;
	uint64_t first_sent;		/* to this server */
	uint64_t wait;			/* ms until the next transmission */
	unsigned int transmissions;	/* to this server */
	size_t len;
	uint8_t packet[];
};

struct pool {
	struct event_base *base;
	struct stats *stats;
	struct server *servers[CONF_SERVERS_MAX];
	unsigned int count;
	uint64_t retransmit_ms;
	uint64_t failover_ms;
	uint64_t dead_ms;
	uint64_t timeout_ms;
	LIST_HEAD(, exchange) exchanges;
	LIST_HEAD(, server) retired;
	struct event reap;		/* frees those of them that are idle */
};

/* socket.c */

/* A slot for a new request of @server; NULL: there is none left. */
struct slot *slot_take(struct server *server);

/* Gives it back. @rest: an answer to its request may still come. */
void slot_give(struct slot *slot, bool rest);

uint8_t slot_id(const struct slot *slot);

/* Sends the packet of an exchange by its slot. */
void socket_send(struct exchange *exchange);

void sockets_close(struct server *server);

/* server.c */

/* A verified response to what @exchange asks. */
void exchange_answered(struct exchange *exchange, const struct radius_response *response);

/* A verified response to something asked earlier. */
void server_heard(struct server *server);

#endif /* DOT1XD_POOL_H */
