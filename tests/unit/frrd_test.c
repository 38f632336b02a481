// SPDX-License-Identifier: GPL-2.0
/*
 * bfd-frrd between a bfdd and a bfd.ko that do as they are told: its connections,
 * table and sessions are real, times are short.
 */
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bfd-frrd/links.h"
#include "bfd-frrd/sessions.h"
#include "bfd-frrd/table.h"
#include "fake_bfd.h"
#include "fake_bfdd.h"
#include "lib/log.h"
#include "unit.h"

#define MULTIHOP	0x01
#define ECHO		0x08
#define IPV6		0x10
#define PASSIVE		0x20
#define SHUTDOWN	0x40

enum { STATE_CHANGE = 4, COUNTERS = 6 };

#define AT_ONCE		8	/* connections it begins with */
#define REQUESTS	400	/* more than a socket has room for, less than two have */

static char folder[] = "/tmp/frrd_test.XXXXXX";
static char socket_path[128], table_path[128];

/* The program under test, and its bfdd. */
static struct event_base *base;
static struct table *table;
static struct sessions *sessions;
static struct links *links;
static struct fake_bfdd *bfdd;
static uint32_t hold_ms;

static bool on_message(void *arg, uint32_t link, const struct bfddp_header *header,
		       const uint8_t *data)
{
	(void)arg;
	return sessions_message(sessions, link, header, data);
}

static void on_writable(void *arg, uint32_t link)
{
	(void)arg;
	sessions_link_writable(sessions, link);
}

static void on_opened(void *arg)
{
	(void)arg;
	sessions_link_opened(sessions);
}

static void on_closed(void *arg, uint32_t link)
{
	(void)arg;
	sessions_link_closed(sessions, link);
}

static void start(void)
{
	static const struct links_times links_times = {
		.dial_ms = 2, .dial_slow_ms = 20, .hurry_ms = 100, .quiet_ms = 10,
	};
	static const struct links_events events = {
		.message = on_message, .writable = on_writable, .opened = on_opened,
		.closed = on_closed,
	};
	const struct sessions_times times = {
		.hold_ms = hold_ms, .settle_ms = 150, .retry_ms = 50, .tick_ms = 5,
	};

	base = event_base_new();
	if (table_open(table_path, &table))
		exit(1);
	sessions = sessions_new(base, table, &times);
	links = links_new(base, socket_path, &links_times, &events, NULL);
	links_start(links);
	sessions_start(sessions, links, NULL);
	sessions_kernel_ready(sessions);
}

static void stop(void)
{
	links_free(links);
	sessions_free(sessions);
	table_close(table);
	event_base_free(base);
}

/* One turn of both sides. */
static void turn(void)
{
	event_base_loop(base, EVLOOP_NONBLOCK);
	if (bfdd)
		fake_bfdd_poll(bfdd);
	usleep(500);
}

static void turns(unsigned int ms)
{
	const uint64_t end = now_ms() + ms;

	while (now_ms() < end)
		turn();
}

#define until(condition) ({							\
	const uint64_t end_ = now_ms() + 5000;					\
	while (!(condition) && now_ms() < end_)					\
		turn();								\
	(condition);								\
})

static void begin(void (*accepted)(struct fake_link *link))
{
	fake_bfd_reset();
	unlink(table_path);
	hold_ms = 5000;
	bfdd = fake_bfdd_start(socket_path, accepted);
	start();
}

static void end(void)
{
	stop();
	if (bfdd)
		fake_bfdd_stop(bfdd);
	bfdd = NULL;
}

static struct fake_link *link_number(unsigned int number)
{
	until(fake_bfdd_link(bfdd, number));
	return fake_bfdd_link(bfdd, number);
}

/* How often bfdd was told that a session is in that state; the last such message. */
static unsigned int told(const struct fake_link *link, uint32_t lid, uint8_t state,
			 struct fake_message *last)
{
	struct fake_message message;
	unsigned int count = 0;
	size_t at = 0;

	while (fake_next(link, &at, &message)) {
		if (message.type != STATE_CHANGE || message.lid != lid || message.state != state)
			continue;
		count++;
		if (last)
			*last = message;
	}
	return count;
}

static unsigned int told_on_any(uint32_t lid, uint8_t state)
{
	unsigned int i, count = 0;

	for (i = 0; i < fake_bfdd_accepted(bfdd); i++)
		count += told(fake_bfdd_link(bfdd, i), lid, state, NULL);
	return count;
}

/* The kernel's session to a peer changes, and says so. */
static void becomes(uint16_t peer, uint8_t state)
{
	struct fake_session *session = fake_bfd_find(peer);

	session->report.state = state;
	session->report.up_count += state == BFD_STATE_UP;
	session->report.remote = (struct session_remote){
		.discr = 77, .desired_min_tx_us = 10000, .required_min_rx_us = 20000,
		.required_min_echo_rx_us = 30000, .detect_mult = 4, .diagnostic = 1,
	};
	sessions_event(sessions, BFD_EVENT_STATE, &session->report);
}

static void test_life(void)
{
	const struct fake_add add = { .lid = 5, .peer = 2, .ifname = "eth0" };
	struct fake_session *session;
	struct fake_message message;
	struct fake_link *link;

	begin(NULL);
	link = link_number(0);
	if (!check(link, "connects to bfdd"))
		return end();
	fake_send_add(link, &add);
	check(until(fake_bfd_find(2)), "an ADD makes a session");
	session = fake_bfd_find(2);
	check(session->report.key.addr_len == 4 &&
	      session->report.key.type == BFD_TYPE_SINGLE_HOP && !session->report.key.local[0], "IPv4, single hop, the kernel chooses the source");
	check_text(session->report.key.ifname, "eth0", "on its device");
	check(session->report.config.desired_min_tx_us == 300000 &&
	      session->report.config.required_min_rx_us == 300000 &&
	      session->report.config.detect_mult == 3 && !session->report.config.min_ttl,
	      "with its parameters");
	turns(20);
	check(!link->len, "and as long as it is down nothing is said");
	becomes(2, BFD_STATE_INIT);
	turns(20);
	check(!link->len, "nor when it is Init");
	becomes(2, BFD_STATE_UP);
	check(until(told(link, 5, BFD_STATE_UP, &message) == 1), "Up is told");
	check(fake_get32(message.data + 12) == 77 && fake_get32(message.data + 20) == 10000 &&
	      fake_get32(message.data + 24) == 20000 && fake_get32(message.data + 28) == 30000 &&
	      message.data[33] == 1 && message.data[34] == 4, "with what the peer said");
	becomes(2, BFD_STATE_UP);
	turns(20);
	becomes(2, BFD_STATE_DOWN);
	check(until(told(link, 5, BFD_STATE_DOWN, NULL) == 1), "Down is told");
	fake_send_delete(link, &add);
	check(until(!fake_bfd_find(2)) && fake_bfd.dels == 1, "a DELETE ends it");
	fake_send_delete(link, &add);
	turns(20);
	check(fake_bfd.dels == 1, "once");
	end();
}

/* How it came up is heard when we know already that it is. */
static void test_eager(void)
{
	const struct fake_add add = { .lid = 5, .peer = 2, .ifname = "eth0" };
	struct fake_link *link;
	struct report past;

	begin(NULL);
	fake_bfd.eager = true;
	link = link_number(0);
	if (!check(link, "connects to bfdd"))
		return end();
	fake_send_add(link, &add);
	check(until(told(link, 5, BFD_STATE_UP, NULL) == 1), "a session is up when it is made");
	past = fake_bfd_find(2)->report;
	past.up_count = 0;
	past.state = BFD_STATE_DOWN;
	sessions_event(sessions, BFD_EVENT_NEW, &past);
	past.state = BFD_STATE_INIT;
	sessions_event(sessions, BFD_EVENT_STATE, &past);
	sessions_event(sessions, BFD_EVENT_STATE, &fake_bfd_find(2)->report);
	turns(20);
	check(!told(link, 5, BFD_STATE_DOWN, NULL), "what it was before is no news");
	check(told(link, 5, BFD_STATE_UP, NULL) == 1, "nor that it is up");
	becomes(2, BFD_STATE_DOWN);
	check(until(told(link, 5, BFD_STATE_DOWN, NULL) == 1), "but that it goes down");
	end();
}

static void test_parameters(void)
{
	struct fake_add add = { .lid = 5, .peer = 2, .ifname = "eth0" };
	struct fake_link *link;

	begin(NULL);
	link = link_number(0);
	fake_send_add(link, &add);
	until(fake_bfd_find(2));
	becomes(2, BFD_STATE_UP);
	until(told(link, 5, BFD_STATE_UP, NULL) == 1);
	fake_send_add(link, &add);
	check(until(told(link, 5, BFD_STATE_UP, NULL) == 2), "an ADD of what is Up is told so");
	check(fake_bfd.news == 1 && !fake_bfd.sets, "and changes nothing");
	add.min_tx_us = 10000;
	add.mult = 5;
	fake_send_add(link, &add);
	check(until(fake_bfd.sets == 1) && fake_bfd.set_from.desired_min_tx_us == 300000 &&
	      fake_bfd.set_to.desired_min_tx_us == 10000 && fake_bfd.set_to.detect_mult == 5 &&
	      fake_bfd.news == 1, "an ADD with other parameters sets them");
	add.flags = SHUTDOWN | PASSIVE;
	fake_send_add(link, &add);
	check(until(fake_bfd.sets == 2) && fake_bfd.set_to.admin_down && fake_bfd.set_to.passive,
	      "shutdown and passive");
	check(until(told(link, 5, BFD_STATE_ADMIN_DOWN, NULL) == 1), "AdminDown is told");
	add.flags = 0;
	fake_send_add(link, &add);
	check(until(fake_bfd.sets == 3) && !fake_bfd.set_to.admin_down, "no shutdown");
	add.min_tx_us = 10;
	add.min_rx_us = 10;
	fake_send_add(link, &add);
	check(until(fake_bfd.sets == 4) && fake_bfd.set_to.desired_min_tx_us == 1000 &&
	      fake_bfd.set_to.required_min_rx_us == 1000, "no faster than the kernel can");
	add.flags = ECHO;
	fake_send_add(link, &add);
	turns(20);
	check(fake_bfd_count() == 1 && fake_bfd.sets == 4, "a session that wants echo stays");
	end();
}

static void test_kinds(void)
{
	const struct fake_add multihop = {
		.lid = 6, .peer = 3, .local = 9, .flags = MULTIHOP, .ttl = 250,
	};
	const struct fake_add v6 = {
		.lid = 7, .peer = 4, .local = 9, .flags = IPV6, .ifname = "eth1",
	};
	const struct fake_add long_name = { .lid = 8, .peer = 5, .ifname = "a-name-of-sixteen" };
	const struct fake_add newer = { .lid = 9, .peer = 6, .version = 2, .longer = 216 };
	struct fake_session *session;
	struct fake_message message;
	struct fake_link *link;

	begin(NULL);
	fake_bfd.vrf_local = 9;
	link = link_number(0);
	fake_send_add(link, &multihop);
	fake_send_add(link, &v6);
	fake_send_add(link, &long_name);
	fake_send_add(link, &newer);
	until(fake_bfd_find(6));
	session = fake_bfd_find(3);
	check(session && session->report.key.type == BFD_TYPE_MULTIHOP &&
	      session->report.config.min_ttl == 250 &&
	      fake_tail(session->report.key.local, 4) == 9, "multihop, its TTL and its source");
	check_text(session ? session->report.vrf : "", "red", "in the VRF of its source");
	session = fake_bfd_find(4);
	check(session && session->report.key.addr_len == 16 && !session->report.config.min_ttl,
	      "IPv6");
	check(!fake_bfd_find(5), "a name that no device has is refused");
	check(fake_bfd_find(6), "a longer message of a later version is understood");
	becomes(6, BFD_STATE_UP);
	check(until(told(link, 9, BFD_STATE_UP, &message)) && message.version == 2,
	      "and answered in that version");
	end();
}

/* A reply of counters, after two that are there for bfdd's buffer. */
static bool is_reply(const struct fake_link *link, uint32_t lid, uint16_t id, uint64_t in,
		     uint64_t out)
{
	struct fake_message first, second, reply;
	size_t at = 0;

	return fake_next(link, &at, &first) && fake_next(link, &at, &second) &&
	       fake_next(link, &at, &reply) && at == link->len &&
	       first.type == 1 && !first.id && second.type == 1 && !second.id &&
	       reply.type == COUNTERS && reply.id == id && reply.lid == lid &&
	       fake_get64(reply.data + 16) == in * 24 && fake_get64(reply.data + 24) == in &&
	       fake_get64(reply.data + 32) == out * 24 && fake_get64(reply.data + 40) == out;
}

static void test_counters(void)
{
	const struct fake_add add = { .lid = 5, .peer = 2 };
	static const uint8_t echo[24] = { 1, 0, 0, 0, 0, 8, 0, 24, 1, 2, 3 };
	struct fake_message message;
	struct fake_link *link;
	size_t at = 0;

	begin(NULL);
	link = link_number(0);
	fake_send_add(link, &add);
	until(fake_bfd_find(2));
	fake_bfd_find(2)->report.rx_packets = 1000;
	fake_bfd_find(2)->report.tx_packets = 2000;
	fake_send_request(link, 5, 17);
	check(until(link->len) && is_reply(link, 5, 17, 1000, 2000), "counters");
	fake_forget(link);
	fake_send_request(link, 6, 18);
	check(until(link->len) && is_reply(link, 6, 18, 0, 0), "of nobody are 0");
	fake_forget(link);
	fake_bfd.absent = true;
	fake_send_request(link, 5, 19);
	check(until(link->len) && is_reply(link, 5, 19, 0, 0), "and without the kernel");
	fake_forget(link);
	fake_send(link, echo, sizeof(echo));
	until(link->len);
	check(fake_next(link, &at, &message) && message.type == 1 && message.id == 8 &&
	      !memcmp(message.data + 8, echo + 8, 16), "an echo is answered");
	end();
}

/* bfdd does not read; requests that cannot be answered wait where they are. */
static void test_blocked(void)
{
	const struct fake_add add = { .lid = 5, .peer = 2 };
	struct fake_bfdd *mine;
	struct fake_message message;
	unsigned int i, replies = 0;
	struct fake_link *link;
	size_t at = 0;

	begin(NULL);
	link = link_number(0);
	fake_send_add(link, &add);
	until(fake_bfd_find(2));
	mine = bfdd;
	bfdd = NULL;
	for (i = 0; i < REQUESTS; i++) {
		fake_send_request(link, 5, i + 1);
		turn();
		if (i == 300)
			becomes(2, BFD_STATE_UP);
		if (i == 350)
			becomes(2, BFD_STATE_DOWN);
		if (i == 351)
			becomes(2, BFD_STATE_UP);
	}
	bfdd = mine;
	turns(300);
	while (fake_next(link, &at, &message)) {
		if (message.type != COUNTERS)
			continue;
		replies++;
		if (message.id != replies)
			break;
	}
	check(replies == REQUESTS && at == link->len, "each request is answered, in order");
	check(told(link, 5, BFD_STATE_UP, NULL), "and the state is told once there is room");
	end();
}

static void test_pieces(void)
{
	const struct fake_add a = { .lid = 5, .peer = 2 }, b = { .lid = 6, .peer = 3 };
	static const uint8_t unknown[12] = { 1, 0, 0, 99, 0, 0, 0, 12 };
	static const uint8_t broken[8] = { 1, 0, 0, 2, 0, 0, 0, 0 };
	static const uint8_t short_add[20] = { 1, 0, 0, 2, 0, 0, 0, 20 };
	uint8_t data[1024];
	struct fake_link *link;
	size_t len, i;

	begin(NULL);
	link = link_number(0);
	len = fake_put_add(data, &a, 2);
	for (i = 0; i < len; i++) {
		fake_send(link, data + i, 1);
		turn();
	}
	check(until(fake_bfd_find(2)), "a message that comes byte by byte");
	fake_send(link, unknown, sizeof(unknown));
	fake_send(link, short_add, sizeof(short_add));
	len = fake_put_add(data, &b, 2);
	len += fake_put_add(data + len, &a, 3);
	fake_send(link, data, len);
	check(until(fake_bfd_find(3) && !fake_bfd_find(2)),
	      "two in one, after some that are not understood");
	fake_send(link, broken, sizeof(broken));
	check(until(fake_bfdd_open(bfdd) && fake_bfdd_link(bfdd, 0)->fd < 0),
	      "after nonsense the connection is made anew");
	check(fake_bfd_find(3), "and sessions stay");
	end();
}

/* As FRR does it: 58 of those that are on no connection, and no word of the others. */
static struct {
	uint32_t lid;			/* of the first */
	unsigned int sessions;
	unsigned int announced;
} announce;

static void announce_58(struct fake_link *link)
{
	struct fake_add add = { .ifname = "eth0" };
	unsigned int i;

	for (i = 0; i < 58 && announce.announced < announce.sessions; i++) {
		add.lid = announce.lid + announce.announced;
		add.peer = 256 + announce.announced++;
		fake_send_add(link, &add);
	}
}

static void test_many(void)
{
	announce.lid = 1000;
	announce.sessions = 600;
	announce.announced = 0;
	begin(announce_58);
	check(until(fake_bfdd_accepted(bfdd) == AT_ONCE), "several connections at once");
	check(until(fake_bfd_count() == 600), "600 sessions, 58 a connection");
	check(until(fake_bfdd_accepted(bfdd) == 12 && fake_bfdd_open(bfdd) == 11),
	      "which are 11, and one that was closed again");
	turns(100);
	check(fake_bfdd_accepted(bfdd) == 12, "then there is peace");
	fake_send_delete(fake_bfdd_link(bfdd, 2), &(struct fake_add){ .lid = 1130, .peer = 386 });
	check(until(!fake_bfd_find(386)), "each connection is read");
	becomes(256 + 59, BFD_STATE_UP);
	check(until(told(fake_bfdd_link(bfdd, 1), 1059, BFD_STATE_UP, NULL) == 1),
	      "and told of its own sessions");
	end();
}

/* It accepts nobody for long, and does so in the end. */
static void test_busy(void)
{
	const struct fake_add one = { .lid = 5, .peer = 2 };
	struct fake_bfdd *mine;

	announce.lid = 1000;
	announce.sessions = 58;
	announce.announced = 0;
	begin(announce_58);
	until(fake_bfd_count() == 58 && fake_bfdd_accepted(bfdd) == AT_ONCE + 1 &&
	      fake_bfdd_open(bfdd) == AT_ONCE);
	announce.sessions = 150;
	fake_send_add(fake_bfdd_link(bfdd, 0), &one);
	mine = bfdd;
	bfdd = NULL;
	turns(300);
	bfdd = mine;
	check(until(fake_bfd_count() == 151), "a bfdd that is busy for long is waited for");
	check(until(fake_bfdd_accepted(bfdd) == AT_ONCE + 4 &&
		    fake_bfdd_open(bfdd) == AT_ONCE + 2), "by one connection at a time");
	announce.sessions = 160;
	fake_send_add(fake_bfdd_link(bfdd, 0), &one);
	check(until(fake_bfd_count() == 161), "a change may be what another had no room for");
	end();
}

static void test_bfdd_restarts(void)
{
	uint32_t discr;
	unsigned int i;

	announce.lid = 1000;
	announce.sessions = 100;
	announce.announced = 0;
	begin(announce_58);
	until(fake_bfd_count() == 100);
	for (i = 0; i < 100; i++)
		becomes(256 + i, BFD_STATE_UP);
	discr = fake_bfd_find(256)->report.discr;
	turns(50);
	fake_bfdd_stop(bfdd);
	bfdd = NULL;
	turns(300);
	check(fake_bfd_count() == 100 && !fake_bfd.dels, "sessions go on when bfdd has gone");

	announce.lid = 5000;
	announce.sessions = 90;
	announce.announced = 0;
	bfdd = fake_bfdd_start(socket_path, announce_58);
	check(until(fake_bfdd_link(bfdd, 1) &&
		    told(fake_bfdd_link(bfdd, 1), 5089, BFD_STATE_UP, NULL) == 1),
	      "when it is back it is told that they are Up, by their new numbers");
	check(told(fake_bfdd_link(bfdd, 0), 5000, BFD_STATE_UP, NULL) == 1, "each of them");
	check(fake_bfd.news == 100 && !fake_bfd.sets &&
	      fake_bfd_find(256)->report.discr == discr, "and they are the same as before");
	check(fake_bfd_find(256 + 95), "what it has not asked for is still there");
	check(until(fake_bfd_count() == 90) && !fake_bfd_find(256 + 95), "for a while");
	end();
}

static void test_hold_time(void)
{
	announce.lid = 1000;
	announce.sessions = 10;
	announce.announced = 0;
	begin(announce_58);
	until(fake_bfd_count() == 10);
	stop();
	fake_bfdd_stop(bfdd);
	bfdd = NULL;
	hold_ms = 200;
	start();
	turns(50);
	check(fake_bfd_count() == 10, "without bfdd sessions go on");
	check(until(!fake_bfd_count()), "until the hold time is over");
	end();
}

static void test_our_restart(void)
{
	struct fake_session *session;

	announce.lid = 1000;
	announce.sessions = 60;
	announce.announced = 0;
	begin(announce_58);
	until(fake_bfd_count() == 60);
	becomes(256, BFD_STATE_UP);
	turns(20);
	stop();
	turns(0);
	fake_bfdd_poll(bfdd);
	check(!fake_bfdd_open(bfdd), "our end is the end of the connections");

	/* Meanwhile one comes up, one is deleted, and one was set by hand */
	session = fake_bfd_find(257);
	session->report.state = BFD_STATE_UP;
	session->report.up_count = 1;
	memset(fake_bfd_find(258), 0, sizeof(*session));
	fake_bfd_find(259)->report.config.detect_mult = 9;
	announce.lid = 3000;
	announce.announced = 0;
	start();
	check(until(told_on_any(3000, BFD_STATE_UP)), "the table outlives us");
	check(fake_bfd.news == 61 && fake_bfd_find(258), "what is missing is made again");
	check(fake_bfd.sets == 1 && fake_bfd_find(259)->report.config.detect_mult == 3,
	      "what was changed is changed back");
	check(table_find_lid(table, 3001) && table_find_lid(table, 3001)->told == BFD_STATE_UP,
	      "and what came up is told");
	end();
}

static void test_refusals(void)
{
	const struct fake_add add = { .lid = 5, .peer = 2 }, other = { .lid = 6, .peer = 3 };
	struct fake_link *link;
	struct report gone;

	begin(NULL);
	fake_bfd_stranger(2);
	link = link_number(0);
	fake_send_add(link, &add);
	turns(120);
	check(fake_bfd_find(2)->strangers && !fake_bfd.news && !fake_bfd.sets,
	      "a session of the administrator's is not touched");
	fake_bfd_find(2)->report.state = BFD_STATE_UP;
	sessions_event(sessions, BFD_EVENT_STATE, &fake_bfd_find(2)->report);
	turns(20);
	check(!link->len, "nor told of");
	gone = fake_bfd_find(2)->report;
	memset(fake_bfd_find(2), 0, sizeof(struct fake_session));
	sessions_event(sessions, BFD_EVENT_DEL, &gone);
	check(until(fake_bfd_find(2)), "when it is deleted ours is made");

	becomes(2, BFD_STATE_UP);
	until(told(link, 5, BFD_STATE_UP, NULL) == 1);
	gone = fake_bfd_find(2)->report;
	memset(fake_bfd_find(2), 0, sizeof(struct fake_session));
	sessions_event(sessions, BFD_EVENT_DEL, &gone);
	check(until(told(link, 5, BFD_STATE_DOWN, NULL) == 1), "one of ours deleted is Down");
	check(until(fake_bfd_find(2)) && fake_bfd_find(2)->report.discr != gone.discr,
	      "and made again");

	fake_bfd.homeless = true;
	fake_send_add(link, &other);
	turns(20);
	check(!fake_bfd_find(3), "one whose local address is nowhere is not made");
	fake_bfd.homeless = false;
	check(until(fake_bfd_find(3)), "until it is somewhere");
	end();
}

static void test_kernel_goes(void)
{
	const struct fake_add add = { .lid = 5, .peer = 2 };
	struct fake_link *link;

	begin(NULL);
	fake_bfd.absent = true;
	link = link_number(0);
	fake_send_add(link, &add);
	turns(20);
	check(!link->len, "without the module nothing is said");
	fake_bfd.absent = false;
	sessions_kernel_ready(sessions);
	check(until(fake_bfd_find(2)), "when it comes the session is made");
	becomes(2, BFD_STATE_UP);
	until(told(link, 5, BFD_STATE_UP, NULL) == 1);
	fake_bfd_reset();
	fake_bfd.absent = true;
	sessions_kernel_gone(sessions);
	check(until(told(link, 5, BFD_STATE_DOWN, NULL) == 1), "when it goes the session is Down");
	fake_bfd.absent = false;
	sessions_kernel_ready(sessions);
	check(until(fake_bfd_find(2)), "and made anew when it is back");

	becomes(2, BFD_STATE_UP);
	until(told(link, 5, BFD_STATE_UP, NULL) == 2);
	fake_bfd_find(2)->report.up_count++;
	sessions_kernel_ready(sessions);
	check(until(told(link, 5, BFD_STATE_UP, NULL) == 3) &&
	      told(link, 5, BFD_STATE_DOWN, NULL) == 2,
	      "a flap of which the events were lost is told as one");
	end();
}

/* Another session under the number, and another number for the session. */
static void test_numbers(void)
{
	const struct fake_add a = { .lid = 5, .peer = 2 }, b = { .lid = 5, .peer = 3 };
	const struct fake_add c = { .lid = 6, .peer = 3 };
	struct fake_link *link;
	uint32_t discr;

	begin(NULL);
	link = link_number(0);
	fake_send_add(link, &a);
	until(fake_bfd_find(2));
	fake_send_add(link, &b);
	check(until(fake_bfd_find(3) && !fake_bfd_find(2)), "a number that means another session");
	discr = fake_bfd_find(3)->report.discr;
	fake_send_add(link, &c);
	becomes(3, BFD_STATE_UP);
	check(until(told(link, 6, BFD_STATE_UP, NULL) == 1) &&
	      fake_bfd_find(3)->report.discr == discr, "a session that gets another number");
	fake_send_delete(link, &b);
	turns(20);
	check(fake_bfd_find(3), "is not deleted by the old one");
	end();
}

/* bfdd has just started, and does not know its devices. */
static void test_devices(void)
{
	const struct fake_add a = { .lid = 5, .peer = 2, .ifname = "eth0" };
	const struct fake_add nameless = { .lid = 6, .peer = 2 };
	const struct fake_add named = { .lid = 6, .peer = 2, .ifname = "eth0" };
	const struct fake_add moved = { .lid = 6, .peer = 2, .ifname = "eth1" };
	struct fake_link *link;

	begin(NULL);
	fake_send_add(link_number(0), &a);
	until(fake_bfd_find(2));
	fake_bfdd_stop(bfdd);
	bfdd = fake_bfdd_start(socket_path, NULL);
	link = link_number(0);
	becomes(2, BFD_STATE_UP);
	fake_send_add(link, &nameless);
	check(until(told(link, 6, BFD_STATE_UP, NULL) == 1) && fake_bfd.news == 1,
	      "a session that is named without its device is the one that there is");
	fake_send_add(link, &named);
	check(until(told(link, 6, BFD_STATE_UP, NULL) == 2) && fake_bfd.news == 1,
	      "and so it is when the device is named");
	fake_send_add(link, &moved);
	check(until(fake_bfd.dels == 1 && fake_bfd.news == 2), "but not on another device");
	end();
}

int main(void)
{
	if (!mkdtemp(folder))
		return 1;
	snprintf(socket_path, sizeof(socket_path), "%s/socket", folder);
	snprintf(table_path, sizeof(table_path), "%s/table", folder);
	log_open("bfd-frrd", true);
	test_life();
	test_eager();
	test_parameters();
	test_kinds();
	test_counters();
	test_blocked();
	test_pieces();
	test_many();
	test_busy();
	test_bfdd_restarts();
	test_hold_time();
	test_our_restart();
	test_refusals();
	test_kernel_goes();
	test_numbers();
	test_devices();
	unlink(table_path);
	rmdir(folder);
	return unit_done();
}
