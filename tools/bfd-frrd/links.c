// SPDX-License-Identifier: GPL-2.0
/*
 * The connections to bfdd: as many as it takes; see links.h.
 */
#include <errno.h>
#include <event2/event_struct.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "../lib/log.h"
#include "fdstore.h"
#include "links.h"

#define LINKS_MAX	512
#define LINKS_AT_ONCE	8
#define ADDS_MAX	58	/* that fit in bfdd's buffer */
#define NAME_FORMAT	"link-%u"

struct slot {
	struct link *link;
	unsigned int brought;		/* sessions */
};

struct links {
	struct event_base *base;
	const char *path;
	struct links_times times;
	const struct links_events *events;
	void *arg;
	struct slot slots[LINKS_MAX];
	unsigned int count;
	uint32_t last_id;
	uint32_t probe;			/* the link that is being tried; 0: none */
	uint64_t alone_ms;		/* since when there is no link */
	struct event dial;
	struct event quiet;
	struct event probed;
};

static void name_of(uint32_t id, char *name, size_t size)
{
	snprintf(name, size, NAME_FORMAT, id);
}

static void after(struct event *timer, uint32_t ms)
{
	const struct timeval time = { .tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000 };

	evtimer_add(timer, &time);
}

static struct slot *find(const struct links *links, uint32_t id)
{
	unsigned int i;

	for (i = 0; id && i < links->count; i++)
		if (link_id(links->slots[i].link) == id)
			return (struct slot *)&links->slots[i];
	return NULL;
}

static void forget(struct links *links, struct slot *slot)
{
	uint32_t id = link_id(slot->link);
	char name[32];

	link_free(slot->link);
	*slot = links->slots[--links->count];
	if (links->probe == id) {
		links->probe = 0;
		evtimer_del(&links->probed);
	}
	name_of(id, name, sizeof(name));
	fdstore_remove(name);
}

static bool on_message(void *arg, struct link *link, const struct bfddp_header *header,
		       const uint8_t *data)
{
	struct links *links = arg;

	if (header->type == BFDDP_ADD_SESSION)
		after(&links->quiet, links->times.quiet_ms);
	else if (header->type == BFDDP_ECHO_REPLY && link_id(link) == links->probe)
		after(&links->probed, 0);
	return links->events->message(links->arg, link_id(link), header, data);
}

static void on_link_writable(void *arg, struct link *link)
{
	struct links *links = arg;

	links->events->writable(links->arg, link_id(link));
}

static void on_closed(void *arg, struct link *link)
{
	struct links *links = arg;
	uint32_t id = link_id(link);

	forget(links, find(links, id));
	if (!links->count) {
		links->alone_ms = now_ms();
		evtimer_del(&links->quiet);
		log_line(LOG_WARNING, "bfdd has gone");
		after(&links->dial, links->times.dial_ms);
	} else {
		after(&links->quiet, links->times.dial_ms);
	}
	links->events->closed(links->arg, id);
}

static const struct link_events link_events = {
	.message = on_message,
	.writable = on_link_writable,
	.closed = on_closed,
};

static bool add(struct links *links, int fd, uint32_t id)
{
	struct link *link = link_new(links->base, fd, id, &link_events, links);

	if (!link)
		return false;
	links->slots[links->count++] = (struct slot){ .link = link };
	return true;
}

/* A connected socket, which the service manager has too, or -1. */
static int connect_to(const char *path, const char *name)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd;

	strncpy(to.sun_path, path, sizeof(to.sun_path) - 1);
	if (access(path, F_OK))
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -1;
	/* Before it is connected: there is no moment in which our death would end it */
	fdstore_put(name, fd);
	if (!connect(fd, (struct sockaddr *)&to, sizeof(to)))
		return fd;
	close(fd);
	fdstore_remove(name);
	return -1;
}

static bool dial(struct links *links)
{
	uint32_t id = links->last_id + 1;
	char name[32];
	int fd;

	if (links->count == LINKS_MAX)
		return false;
	name_of(id, name, sizeof(name));
	fd = connect_to(links->path, name);
	if (fd < 0)
		return false;
	links->last_id = id;
	if (!add(links, fd, id)) {
		fdstore_remove(name);
		return false;
	}
	links->events->opened(links->arg);
	return true;
}

static void on_dial(evutil_socket_t fd, short what, void *arg)
{
	struct links *links = arg;
	bool hurry = now_ms() - links->alone_ms < links->times.hurry_ms;

	(void)fd;
	(void)what;
	if (links->count)
		return;
	while (links->count < LINKS_AT_ONCE && dial(links))
		;
	if (links->count)
		log_line(LOG_NOTICE, "connected to bfdd");
	else
		after(&links->dial, hurry ? links->times.dial_ms : links->times.dial_slow_ms);
}

/*
 * bfdd may be busy for long. It answers this when it has announced on the new
 * connection what it has to, and not before.
 */
static void ask_for_an_end(struct links *links)
{
	const struct bfddp_header header = { .version = BFDDP_VERSION };
	uint8_t request[BFDDP_ECHO_LEN];
	size_t len = bfddp_put_echo_request(request, &header);

	links->probe = links->last_id;
	links_send(links, links->probe, request, len);
}

/* Sessions have come, and no more do: is there one that was lost? */
static void on_quiet(evutil_socket_t fd, short what, void *arg)
{
	struct links *links = arg;

	(void)fd;
	(void)what;
	if (links->probe)
		after(&links->quiet, links->times.quiet_ms);
	else if (links->count && dial(links))
		ask_for_an_end(links);
}

static void on_probed(evutil_socket_t fd, short what, void *arg)
{
	struct links *links = arg;
	struct slot *slot = find(links, links->probe);

	(void)fd;
	(void)what;
	links->probe = 0;
	if (slot && !slot->brought && links->count > 1)
		forget(links, slot);
}

void links_brought(struct links *links, uint32_t link)
{
	struct slot *slot = find(links, link);
	bool full;

	if (!slot)
		return;
	full = ++slot->brought % ADDS_MAX == 0;
	if (links->probe == link) {
		links->probe = 0;
		evtimer_del(&links->probed);
	}
	after(&links->quiet, full ? 0 : links->times.quiet_ms);
}

bool links_has(const struct links *links, uint32_t link)
{
	return find(links, link);
}

unsigned int links_count(const struct links *links)
{
	return links->count;
}

bool links_send(struct links *links, uint32_t link, const uint8_t *data, size_t len)
{
	struct slot *slot = find(links, link);

	return !slot || link_send(slot->link, data, len);
}

struct links *links_new(struct event_base *base, const char *path,
			const struct links_times *times, const struct links_events *events,
			void *arg)
{
	struct links *links = calloc(1, sizeof(*links));

	if (!links)
		return NULL;
	links->base = base;
	links->path = path;
	links->times = *times;
	links->events = events;
	links->arg = arg;
	evtimer_assign(&links->dial, base, on_dial, links);
	evtimer_assign(&links->quiet, base, on_quiet, links);
	evtimer_assign(&links->probed, base, on_probed, links);
	return links;
}

/* One that was stored, but never connected, is of no use. */
static void take_stored(void *arg, const char *name, int fd)
{
	struct links *links = arg;
	struct sockaddr_un peer;
	socklen_t len = sizeof(peer);
	uint32_t id = 0;

	if (links->count < LINKS_MAX && sscanf(name, NAME_FORMAT, &id) == 1 && id &&
	    !getpeername(fd, (struct sockaddr *)&peer, &len)) {
		if (links->last_id < id)
			links->last_id = id;
		if (add(links, fd, id))
			return;
	} else {
		close(fd);
	}
	fdstore_remove(name);
}

void links_start(struct links *links)
{
	fdstore_take(take_stored, links);
	if (links->count) {
		log_line(LOG_NOTICE, "took up %u connections to bfdd", links->count);
		after(&links->quiet, links->times.quiet_ms);
	} else {
		links->alone_ms = now_ms();
		after(&links->dial, 0);
	}
}

void links_free(struct links *links)
{
	if (!links)
		return;
	while (links->count)
		link_free(links->slots[--links->count].link);
	evtimer_del(&links->dial);
	evtimer_del(&links->quiet);
	evtimer_del(&links->probed);
	free(links);
}
