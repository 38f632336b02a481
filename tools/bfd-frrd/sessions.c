// SPDX-License-Identifier: GPL-2.0
/*
 * What bfdd wants and what bfd.ko has, brought together; see sessions.h.
 *
 * Any message may come twice, because we can be killed before it has left the
 * socket; dealing with it again must end in the same.
 */
#include <errno.h>
#include <event2/event_struct.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "../lib/args.h"
#include "../lib/log.h"
#include "place.h"
#include "sessions.h"

#define MIN_INTERVAL_US	1000	/* of bfd.ko */
#define PACKET_LEN	24	/* of a control packet without authentication */
#define LINES		5	/* of one kind, in a second */
#define TEXT_SIZE	160

struct sessions {
	struct table *table;
	struct sessions_times times;
	struct links *links;
	struct kernel *kernel;
	struct event tick;
	uint64_t settled_ms;		/* until then bfdd may still ask for what it wants */
	uint64_t retry_ms;		/* when */
	uint32_t dump;			/* number of the last one */
	bool said_echo;
	bool said_version;
	struct log_limit limit_bad;
	struct log_limit limit_refused;
};

static const char *describe(const struct session *session, char text[TEXT_SIZE])
{
	const struct session_key *key = &session->key;
	char peer[ADDR_TEXT_SIZE];

	snprintf(text, TEXT_SIZE, "peer %s%s%s%s",
		 addr_text(key->peer, key->addr_len, peer),
		 *key->ifname ? " dev " : "", key->ifname,
		 key->type == BFD_TYPE_MULTIHOP ? " multihop" : "");
	return text;
}

/* ---------------------------------------------------------------- to bfdd */

/* Init is no news: bfdd's clients take it for Down, which they know. */
static uint8_t visible(const struct session *session)
{
	return session->state == BFD_STATE_INIT ? BFD_STATE_DOWN : session->state;
}

static size_t put_state(uint8_t *data, const struct session *session, uint8_t state)
{
	const struct bfddp_header header = { .version = session->version };
	const struct bfddp_state change = {
		.lid = session->lid,
		.remote_id = session->remote.discr,
		.remote_flags = session->remote.demand ? BFDDP_REMOTE_DEMAND : 0,
		.desired_tx_us = session->remote.desired_min_tx_us,
		.required_rx_us = session->remote.required_min_rx_us,
		.required_echo_rx_us = session->remote.required_min_echo_rx_us,
		.state = state,
		.diagnostic = session->remote.diagnostic,
		.detect_mult = session->remote.detect_mult,
	};

	return bfddp_put_state(data, &header, &change);
}

/* What bfdd does not know yet, also that a session was down for a moment. */
static void tell(struct sessions *sessions, struct session *session)
{
	uint8_t state = visible(session);
	bool flapped = state == BFD_STATE_UP && session->told == state &&
		       session->up_count != session->told_up_count;
	uint8_t data[2 * BFDDP_STATE_LEN];
	size_t len = 0;

	if (!session->link || (session->told == state && !flapped))
		return;
	if (flapped)
		len = put_state(data, session, BFD_STATE_DOWN);
	len += put_state(data + len, session, state);
	if (!links_send(sessions->links, session->link, data, len))
		return;
	session->told_up_count = session->up_count;
	session->told = state;
}

/* ---------------------------------------------------------------- to the kernel */

static void update(struct session *session, const struct report *report)
{
	session->state = report->state;
	session->remote = report->remote;
	session->up_count = report->up_count;
}

static void set_down(struct session *session)
{
	session->use = SESSION_WANTED;
	session->state = BFD_STATE_DOWN;
}

static void refresh(struct sessions *sessions, struct session *session)
{
	char why[REFUSAL_SIZE];
	struct report report;

	if (!kernel_get(sessions->kernel, session->discr, &report, why))
		update(session, &report);
}

static uint32_t new_discr(struct sessions *sessions)
{
	uint32_t discr = 0;

	while (!discr || table_find_discr(sessions->table, discr))
		if (getrandom(&discr, sizeof(discr), 0) != sizeof(discr))
			discr++;
	return discr;
}

static void complain(struct sessions *sessions, struct session *session, const char *why)
{
	char text[TEXT_SIZE];

	if (!session->complained)
		log_limited(&sessions->limit_refused, LINES, LOG_ERR, "%s stays down for now: %s",
			    describe(session, text), why);
	session->complained = true;
}

/*
 * Its discriminator is in the table before it is in the kernel, so that it can be
 * found there. A session of the administrator's with the same key stays as it is.
 */
static void try_to_create(struct sessions *sessions, struct session *session)
{
	struct session_key key = session->key;
	char why[REFUSAL_SIZE];
	int err;

	if (!place_find(&session->key, &session->place)) {
		complain(sessions, session, "no device has its local address yet");
		return;
	}
	memcpy(key.ifname, session->place.ifname, sizeof(key.ifname));
	table_set_discr(sessions->table, session, new_discr(sessions));
	err = kernel_new(sessions->kernel, session->discr, &key, session->place.vrf,
			 &session->config, why);
	if (err == -ENOTCONN)
		return;
	if (err) {
		complain(sessions, session,
			 err == -EEXIST ? "the administrator has a session to that peer" : why);
		return;
	}
	session->use = SESSION_LIVE;
	session->complained = false;
	session->up_count = 0;
	refresh(sessions, session);
}

/* What it is to be was written down by the caller; @is is what it is. */
static void set(struct sessions *sessions, struct session *session,
		const struct session_config *is)
{
	char text[TEXT_SIZE], why[REFUSAL_SIZE];
	int err;

	if (!memcmp(is, &session->config, sizeof(*is)))
		return;
	err = kernel_set(sessions->kernel, session->discr, is, &session->config, why);
	if (err && err != -ENOTCONN)
		log_limited(&sessions->limit_refused, LINES, LOG_ERR, "%s cannot be changed: %s",
			    describe(session, text), why);
	else if (!err && is->admin_down != session->config.admin_down)
		refresh(sessions, session);
}

static void end(struct sessions *sessions, struct session *session)
{
	char text[TEXT_SIZE], why[REFUSAL_SIZE];
	int err = 0;

	if (session->use == SESSION_LIVE)
		err = kernel_del(sessions->kernel, session->discr, why);
	if (err && err != -ENOENT && err != -ENOTCONN)
		log_limited(&sessions->limit_refused, LINES, LOG_ERR, "%s cannot be deleted: %s",
			    describe(session, text), why);
	table_del(sessions->table, session);
}

/* ---------------------------------------------------------------- from bfdd */

/* False: a device's name that no device can have. */
static bool key_of(const struct bfddp_session *wanted, struct session_key *key)
{
	char name[IF_NAMESIZE] = "";

	memset(key, 0, sizeof(*key));
	key->addr_len = wanted->flags & BFDDP_IPV6 ? 16 : 4;
	key->type = wanted->flags & BFDDP_MULTIHOP ? BFD_TYPE_MULTIHOP : BFD_TYPE_SINGLE_HOP;
	memcpy(key->peer, wanted->dst, key->addr_len);
	memcpy(key->local, wanted->src, key->addr_len);
	if (strlen(wanted->ifname) >= sizeof(key->ifname))
		return false;
	strcpy(key->ifname, wanted->ifname);
	if (!*key->ifname && wanted->ifindex && if_indextoname(wanted->ifindex, name))
		strcpy(key->ifname, name);
	return true;
}

static void config_of(const struct bfddp_session *wanted, struct session_config *config)
{
	*config = (struct session_config){
		.desired_min_tx_us = wanted->min_tx_us,
		.required_min_rx_us = wanted->min_rx_us,
		.detect_mult = wanted->detect_mult,
		.passive = !!(wanted->flags & BFDDP_PASSIVE),
		.admin_down = !!(wanted->flags & BFDDP_SHUTDOWN),
	};
	if (config->desired_min_tx_us < MIN_INTERVAL_US)
		config->desired_min_tx_us = MIN_INTERVAL_US;
	if (config->required_min_rx_us && config->required_min_rx_us < MIN_INTERVAL_US)
		config->required_min_rx_us = MIN_INTERVAL_US;
	if (wanted->flags & BFDDP_MULTIHOP)
		config->min_ttl = wanted->ttl ? wanted->ttl : 1;
}

static void bad(struct sessions *sessions, const struct bfddp_header *header)
{
	log_limited(&sessions->limit_bad, LINES, LOG_ERR,
		    "bfdd sent a message of type %u that was not understood", header->type);
}

static void say_once(struct sessions *sessions, const struct bfddp_header *header,
		     const struct bfddp_session *wanted)
{
	if (wanted->flags & BFDDP_ECHO && !sessions->said_echo) {
		log_line(LOG_WARNING, "bfd.ko has no echo function: sessions do without");
		sessions->said_echo = true;
	}
	if (header->version != BFDDP_VERSION && !sessions->said_version) {
		log_line(LOG_WARNING, "bfdd speaks version %u of the protocol, we do %u",
			 header->version, BFDDP_VERSION);
		sessions->said_version = true;
	}
}

/*
 * The session of this name and key, old or new; NULL: there is no room. One that is
 * in the kernel stays if it can be the one that is meant.
 */
static struct session *session_for(struct sessions *sessions, const struct session_key *key,
				   uint32_t lid)
{
	struct session *session = table_find_lid(sessions->table, lid);
	bool other = session && memcmp(&session->key, key, sizeof(*key));

	if (other && (session->use == SESSION_WANTED || !table_is_kin(session, key))) {
		end(sessions, session);
		session = NULL;
	}
	if (!session)
		session = table_find_key(sessions->table, key);
	if (!session)
		session = table_find_kin(sessions->table, key);
	if (!session)
		session = table_add(sessions->table, key, new_discr(sessions));
	if (session && session->lid != lid)
		table_set_lid(sessions->table, session, lid);
	return session;
}

/* bfdd has it down now, whatever it knew before. */
static void attach(struct sessions *sessions, struct session *session, uint32_t link)
{
	session->told = BFD_STATE_DOWN;
	if (session->link == link)
		return;
	session->link = link;
	sessions->settled_ms = now_ms() + sessions->times.settle_ms;
	links_brought(sessions->links, link);
}

static void take_add(struct sessions *sessions, uint32_t link, const struct bfddp_header *header,
		     const uint8_t *data)
{
	struct session_config config, is;
	struct bfddp_session wanted;
	struct session *session;
	struct session_key key;

	if (!bfddp_get_session(&wanted, data, header->length) || !key_of(&wanted, &key)) {
		bad(sessions, header);
		return;
	}
	say_once(sessions, header, &wanted);
	config_of(&wanted, &config);
	session = session_for(sessions, &key, wanted.lid);
	if (!session) {
		log_limited(&sessions->limit_bad, LINES, LOG_ERR, "more than %u sessions",
			    TABLE_SESSIONS_MAX);
		return;
	}
	session->version = header->version;
	is = session->config;
	session->config = config;
	attach(sessions, session, link);
	if (session->use == SESSION_LIVE)
		set(sessions, session, &is);
	else
		try_to_create(sessions, session);
	tell(sessions, session);
}

static void take_delete(struct sessions *sessions, const struct bfddp_header *header,
			const uint8_t *data)
{
	struct bfddp_session wanted;
	struct session *session;

	if (!bfddp_get_session(&wanted, data, header->length)) {
		bad(sessions, header);
		return;
	}
	session = table_find_lid(sessions->table, wanted.lid);
	if (session)
		end(sessions, session);
}

/*
 * bfdd waits for this and does nothing else. The two messages before the reply are
 * for its input buffer (FRR 8.4 to 10.7): a counters reply alone is read without
 * ever giving back the room it took, the third message of one read makes it do so.
 */
static bool take_counters(struct sessions *sessions, uint32_t link,
			  const struct bfddp_header *header, const uint8_t *data)
{
	const struct bfddp_header unasked = { .version = header->version };
	uint8_t reply[2 * BFDDP_ECHO_LEN + BFDDP_COUNTERS_LEN];
	struct bfddp_counters counters = { 0 };
	char why[REFUSAL_SIZE];
	struct session *session;
	struct report report;
	size_t len;

	if (!bfddp_get_lid(&counters.lid, data, header->length))
		bad(sessions, header);
	session = table_find_lid(sessions->table, counters.lid);
	if (session && session->use == SESSION_LIVE &&
	    !kernel_get(sessions->kernel, session->discr, &report, why)) {
		counters.in_packets = report.rx_packets;
		counters.in_bytes = report.rx_packets * PACKET_LEN;
		counters.out_packets = report.tx_packets;
		counters.out_bytes = report.tx_packets * PACKET_LEN;
	}
	len = bfddp_put_echo_reply(reply, &unasked, NULL);
	len += bfddp_put_echo_reply(reply + len, &unasked, NULL);
	len += bfddp_put_counters(reply + len, header, &counters);
	return links_send(sessions->links, link, reply, len);
}

static bool take_echo(struct sessions *sessions, uint32_t link, const struct bfddp_header *header,
		      const uint8_t *data)
{
	uint8_t reply[BFDDP_ECHO_LEN];
	size_t len;

	if (header->length < BFDDP_ECHO_LEN) {
		bad(sessions, header);
		return true;
	}
	len = bfddp_put_echo_reply(reply, header, data);
	return links_send(sessions->links, link, reply, len);
}

bool sessions_message(struct sessions *sessions, uint32_t link,
		      const struct bfddp_header *header, const uint8_t *data)
{
	switch (header->type) {
	case BFDDP_ADD_SESSION:
		take_add(sessions, link, header, data);
		return true;
	case BFDDP_DELETE_SESSION:
		take_delete(sessions, header, data);
		return true;
	case BFDDP_REQUEST_COUNTERS:
		return take_counters(sessions, link, header, data);
	case BFDDP_ECHO_REQUEST:
		return take_echo(sessions, link, header, data);
	case BFDDP_ECHO_REPLY:
		return true;
	default:
		bad(sessions, header);
		return true;
	}
}

void sessions_link_opened(struct sessions *sessions)
{
	sessions->settled_ms = now_ms() + sessions->times.settle_ms;
}

void sessions_link_closed(struct sessions *sessions, uint32_t link)
{
	struct session *session = NULL;

	while ((session = table_next(sessions->table, session))) {
		if (session->link != link)
			continue;
		session->lost_ms = now_ms();
		session->link = 0;
		if (session->use == SESSION_WANTED)
			table_del(sessions->table, session);
	}
}

void sessions_link_writable(struct sessions *sessions, uint32_t link)
{
	struct session *session = NULL;

	while ((session = table_next(sessions->table, session)))
		if (session->link == link)
			tell(sessions, session);
}

/* ---------------------------------------------------------------- from the kernel */

/* One that was created when we were killed is as good as any. */
static void take_report(void *arg, const struct report *report)
{
	struct sessions *sessions = arg;
	struct session *session;

	session = table_find_discr(sessions->table, report->discr);
	if (!session || memcmp(session->key.peer, report->key.peer, sizeof(session->key.peer)))
		return;
	session->use = SESSION_LIVE;
	session->complained = false;
	session->seen = sessions->dump;
	update(session, report);
	set(sessions, session, &report->config);
	tell(sessions, session);
}

void sessions_kernel_ready(struct sessions *sessions)
{
	struct session *session = NULL;

	sessions->dump++;
	while ((session = table_next(sessions->table, session)))
		session->seen = 0;
	if (kernel_dump(sessions->kernel, take_report, sessions))
		return;
	while ((session = table_next(sessions->table, session))) {
		if (session->use == SESSION_LIVE && session->seen != sessions->dump)
			set_down(session);
		if (session->use == SESSION_WANTED)
			try_to_create(sessions, session);
		tell(sessions, session);
	}
}

void sessions_kernel_gone(struct sessions *sessions)
{
	struct session *session = NULL;

	log_line(LOG_WARNING, "bfd.ko was unloaded; waiting for it");
	while ((session = table_next(sessions->table, session))) {
		set_down(session);
		tell(sessions, session);
	}
}

/* Whoever deletes a session by hand has another one made, but not at once. */
static void deleted(struct sessions *sessions, struct session *session)
{
	char text[TEXT_SIZE];

	log_limited(&sessions->limit_refused, LINES, LOG_WARNING,
		    "%s was deleted by somebody else", describe(session, text));
	set_down(session);
	sessions->retry_ms = now_ms() + sessions->times.retry_ms;
	tell(sessions, session);
}

/*
 * One that has been up fewer times than we know of is history: a session may come up
 * while it is being created, and how it got there is heard afterwards.
 */
static bool is_news(const struct session *session, const struct report *report)
{
	return report->up_count >= session->up_count;
}

void sessions_event(struct sessions *sessions, enum bfd_event event,
		    const struct report *report)
{
	struct session *session = table_find_discr(sessions->table, report->discr);

	if (session && session->use == SESSION_LIVE && event == BFD_EVENT_DEL) {
		deleted(sessions, session);
	} else if (session && session->use == SESSION_LIVE) {
		if (!is_news(session, report))
			return;
		update(session, report);
		tell(sessions, session);
	} else if (event == BFD_EVENT_DEL) {
		/* Perhaps the one that was in the way */
		sessions->retry_ms = 0;
	}
}

/* ---------------------------------------------------------------- time */

/* True if nobody will ask for it any more. */
static bool is_over(const struct sessions *sessions, const struct session *session, uint64_t now)
{
	uint64_t waited = now - session->lost_ms;

	if (session->link)
		return false;
	if (waited >= sessions->times.hold_ms)
		return true;
	return links_count(sessions->links) && now >= sessions->settled_ms &&
	       waited >= sessions->times.settle_ms;
}

static void on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct sessions *sessions = arg;
	struct session *session = NULL;
	unsigned int ended = 0;
	uint64_t now = now_ms();
	bool retry = now >= sessions->retry_ms;

	(void)fd;
	(void)what;
	if (retry)
		sessions->retry_ms = now + sessions->times.retry_ms;
	while ((session = table_next(sessions->table, session))) {
		if (is_over(sessions, session, now)) {
			end(sessions, session);
			ended++;
		} else if (retry && session->use == SESSION_WANTED) {
			try_to_create(sessions, session);
			tell(sessions, session);
		}
	}
	if (ended)
		log_line(LOG_NOTICE, "%u sessions that nobody asked for again were deleted",
			 ended);
}

void sessions_count(struct sessions *sessions, struct sessions_count *count)
{
	struct session *session = NULL;

	*count = (struct sessions_count){ 0 };
	while ((session = table_next(sessions->table, session))) {
		count->all++;
		count->up += session->state == BFD_STATE_UP;
		count->refused += session->use == SESSION_WANTED;
		count->held += !session->link;
	}
}

struct sessions *sessions_new(struct event_base *base, struct table *table,
			      const struct sessions_times *times)
{
	struct sessions *sessions = calloc(1, sizeof(*sessions));

	if (!sessions)
		return NULL;
	sessions->table = table;
	sessions->times = *times;
	event_assign(&sessions->tick, base, -1, EV_PERSIST, on_tick, sessions);
	return sessions;
}

void sessions_start(struct sessions *sessions, struct links *links, struct kernel *kernel)
{
	const struct timeval tick = {
		.tv_sec = sessions->times.tick_ms / 1000,
		.tv_usec = sessions->times.tick_ms % 1000 * 1000,
	};
	struct session *session = NULL;
	uint64_t now = now_ms();

	sessions->links = links;
	sessions->kernel = kernel;
	sessions->settled_ms = now + sessions->times.settle_ms;
	while ((session = table_next(sessions->table, session))) {
		if (links_has(links, session->link))
			continue;
		session->link = 0;
		session->lost_ms = now;
	}
	event_add(&sessions->tick, &tick);
}

void sessions_free(struct sessions *sessions)
{
	if (!sessions)
		return;
	event_del(&sessions->tick);
	free(sessions);
}
