// SPDX-License-Identifier: GPL-2.0
/*
 * The sockets of a server, and the identifiers of each.
 *
 * An identifier has 8 bits, so a socket has 256 requests in flight; whoever
 * needs more opens another one. The identifier that was given back first is
 * taken first. What comes in is looked up by socket and identifier, verified
 * against the request it claims to answer, and dropped and counted otherwise.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pool.h"

#define SLOTS		256
#define SOCKETS_MAX	64	/* of one server: 16,384 requests in flight */
#define BUFFER		(1 << 20)
#define BATCH		64	/* packets read before others have their turn */
#define REST_MS		10000
#define LINES		3	/* of one kind and server, in a second */

struct radius_socket {
	SLIST_ENTRY(radius_socket) link;
	struct server *server;
	int fd;
	struct event event;
	struct slot slots[SLOTS];
};

static void count(struct server *server, enum stat stat)
{
	server->pool->stats->at[stat]++;
}

static void drop(struct server *server, enum stat stat, const char *why)
{
	count(server, stat);
	log_limited(&server->limit_drop, LINES, LOG_WARNING,
		    "server %s: a response was dropped: %s", server->name, why);
}

/* A response to nothing that is in flight: is it the answer to what was? */
static void receive_unexpected(struct server *server, const struct slot *slot,
			       struct radius_response *response, const uint8_t *packet, size_t len)
{
	if (!slot->used || radius_response_parse(response, packet, len, slot->authenticator,
						 &server->conf.secret, server->conf.strict)) {
		drop(server, STAT_DROP_IDENTIFIER, "its identifier is that of no request");
		return;
	}
	count(server, slot->answered ? STAT_DROP_DUPLICATE : STAT_DROP_LATE);
	server_heard(server);
}

static void receive(struct radius_socket *socket, const union endpoint *from,
		    const uint8_t *packet, size_t len)
{
	struct server *server = socket->server;
	struct radius_response response;
	enum radius_drop reason;
	struct slot *slot;

	count(server, STAT_RESPONSES);
	if (!endpoint_equal(from, &server->conf.endpoint)) {
		drop(server, STAT_DROP_SOURCE, "it came from another address or port");
		return;
	}
	if (len < RADIUS_HEADER_LEN) {
		drop(server, STAT_DROP_TOO_SHORT, radius_drop_text(RADIUS_DROP_TOO_SHORT));
		return;
	}
	slot = &socket->slots[packet[1]];
	if (!slot->exchange) {
		receive_unexpected(server, slot, &response, packet, len);
		return;
	}
	reason = radius_response_parse(&response, packet, len, slot->authenticator,
				       &server->conf.secret, server->conf.strict);
	if (reason)
		drop(server, stat_of_drop(reason), radius_drop_text(reason));
	else
		exchange_answered(slot->exchange, &response);
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct radius_socket *socket = arg;
	uint8_t packet[RADIUS_PACKET_MAX + 1];
	union endpoint from;
	socklen_t from_len;
	ssize_t len;
	int i;

	(void)what;
	for (i = 0; i < BATCH; i++) {
		from_len = sizeof(from);
		len = recvfrom(fd, packet, sizeof(packet), MSG_DONTWAIT, &from.sa, &from_len);
		if (len < 0)
			return;
		receive(socket, &from, packet, len);
	}
}

static int bind_source(int fd, const struct addr *source)
{
	union endpoint local = { 0 };

	if (!source->len)
		return 0;
	if (source->len == 4) {
		local.in4.sin_family = AF_INET;
		memcpy(&local.in4.sin_addr, source->bytes, 4);
	} else {
		local.in6.sin6_family = AF_INET6;
		local.in6.sin6_addr = source->in6;
	}
	return bind(fd, &local.sa, endpoint_len(&local));
}

/* A socket more, all of its identifiers free. */
static bool socket_open(struct server *server)
{
	const int size = BUFFER;
	struct radius_socket *new;
	int i;

	if (server->socket_count == SOCKETS_MAX)
		return false;
	new = calloc(1, sizeof(*new));
	if (!new)
		return false;
	new->server = server;
	new->fd = socket(server->conf.endpoint.sa.sa_family,
			 SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (new->fd < 0 || bind_source(new->fd, &server->source)) {
		log_limited(&server->limit_send, LINES, LOG_ERR,
			    "server %s: cannot open a socket: %s", server->name, strerror(errno));
		goto err_free;
	}
	/* Room for a burst of answers; what the system gives will do. */
	if (setsockopt(new->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		setsockopt(new->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));

	if (event_assign(&new->event, server->pool->base, new->fd, EV_READ | EV_PERSIST,
			 on_readable, new) || event_add(&new->event, NULL))
		goto err_free;
	for (i = 0; i < SLOTS; i++) {
		new->slots[i].socket = new;
		STAILQ_INSERT_TAIL(&server->free, &new->slots[i], link);
	}
	SLIST_INSERT_HEAD(&server->sockets, new, link);
	server->socket_count++;
	return true;

err_free:
	if (new->fd >= 0)
		close(new->fd);
	free(new);
	return false;
}

void sockets_close(struct server *server)
{
	struct radius_socket *socket;

	while ((socket = SLIST_FIRST(&server->sockets))) {
		SLIST_REMOVE_HEAD(&server->sockets, link);
		event_del(&socket->event);
		close(socket->fd);
		free(socket);
	}
}

struct slot *slot_take(struct server *server)
{
	uint64_t now = now_ms();
	struct slot *slot;

	while ((slot = STAILQ_FIRST(&server->resting)) && slot->rests_until <= now) {
		STAILQ_REMOVE_HEAD(&server->resting, link);
		STAILQ_INSERT_TAIL(&server->free, slot, link);
	}
	if (STAILQ_EMPTY(&server->free) && !socket_open(server))
		return NULL;
	slot = STAILQ_FIRST(&server->free);
	STAILQ_REMOVE_HEAD(&server->free, link);
	slot->used = true;
	slot->answered = false;
	return slot;
}

void slot_give(struct slot *slot, bool rest)
{
	struct server *server = slot->socket->server;

	if (!rest) {
		STAILQ_INSERT_TAIL(&server->free, slot, link);
		return;
	}
	slot->rests_until = now_ms() + REST_MS;
	STAILQ_INSERT_TAIL(&server->resting, slot, link);
}

uint8_t slot_id(const struct slot *slot)
{
	return slot - slot->socket->slots;
}

void socket_send(struct exchange *exchange)
{
	struct server *server = exchange->server;
	const union endpoint *to = &server->conf.endpoint;

	count(server, exchange->transmissions++ ? STAT_RETRANSMISSIONS : STAT_REQUESTS);
	if (sendto(exchange->slot->socket->fd, exchange->packet, exchange->len, 0, &to->sa,
		   endpoint_len(to)) >= 0)
		return;
	/* Nothing is lost: it will be sent again. */
	count(server, STAT_SEND_FAILED);
	log_limited(&server->limit_send, LINES, LOG_ERR, "server %s: cannot send: %s",
		    server->name, strerror(errno));
}
