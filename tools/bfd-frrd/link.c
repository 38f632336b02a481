// SPDX-License-Identifier: GPL-2.0
/*
 * One connection to bfdd; see link.h.
 */
#include <errno.h>
#include <event2/event_struct.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../lib/log.h"
#include "link.h"

struct link {
	int fd;
	uint32_t id;
	const struct link_events *events;
	void *arg;
	struct event readable;		/* edge-triggered: a message may not be whole yet */
	struct event writable;
};

/* What one look at a socket can see; nothing of it outlives the look. */
static uint8_t input[2 * BFDDP_MESSAGE_MAX];

/* Deals with all whole messages in @len bytes; the bytes they had, or -1: nonsense. */
static ssize_t take(struct link *link, size_t len)
{
	uint8_t dealt_with[BFDDP_MESSAGE_MAX];
	struct bfddp_header header;
	size_t at = 0;

	while (at < len) {
		switch (bfddp_frame(&header, input + at, len - at)) {
		case BFDDP_BROKEN:
			log_line(LOG_ERR, "bfdd says what makes no sense: version %u, length %u",
				 header.version, header.length);
			return -1;
		case BFDDP_PARTIAL:
			return at;
		case BFDDP_WHOLE:
			if (!link->events->message(link->arg, link, &header, input + at))
				return at;
			recv(link->fd, dealt_with, header.length, MSG_DONTWAIT);
			at += header.length;
		}
	}
	return at;
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct link *link = arg;
	ssize_t len, used;

	(void)what;
	do {
		len = recv(fd, input, sizeof(input), MSG_PEEK | MSG_DONTWAIT);
		if (len < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		used = len > 0 ? take(link, len) : -1;
	} while (used > 0);
	if (used < 0)
		link->events->closed(link->arg, link);
}

static void on_writable(evutil_socket_t fd, short what, void *arg)
{
	struct link *link = arg;

	link->events->writable(link->arg, link);
	on_readable(fd, what, link);
}

struct link *link_new(struct event_base *base, int fd, uint32_t id,
		      const struct link_events *events, void *arg)
{
	struct link *link = calloc(1, sizeof(*link));

	if (!link || fcntl(fd, F_SETFL, O_NONBLOCK)) {
		free(link);
		close(fd);
		return NULL;
	}
	link->fd = fd;
	link->id = id;
	link->events = events;
	link->arg = arg;
	event_assign(&link->readable, base, fd, EV_READ | EV_PERSIST | EV_ET, on_readable, link);
	event_assign(&link->writable, base, fd, EV_WRITE | EV_ET, on_writable, link);
	event_add(&link->readable, NULL);
	return link;
}

void link_free(struct link *link)
{
	if (!link)
		return;
	event_del(&link->readable);
	event_del(&link->writable);
	close(link->fd);
	free(link);
}

uint32_t link_id(const struct link *link)
{
	return link->id;
}

/*
 * A local socket takes what is as short as this as a whole, or not at all. What
 * can never be sent counts as sent: the end is read, after all that came before.
 */
bool link_send(struct link *link, const uint8_t *data, size_t len)
{
	ssize_t sent = send(link->fd, data, len, MSG_DONTWAIT | MSG_NOSIGNAL);

	if (sent < 0 && errno == EAGAIN) {
		event_add(&link->writable, NULL);
		return false;
	}
	if (sent >= 0 && sent < (ssize_t)len)
		shutdown(link->fd, SHUT_RDWR);
	return true;
}
