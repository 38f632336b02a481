// SPDX-License-Identifier: GPL-2.0
/*
 * Servers: many requests in flight, retransmission, failover, death and
 * return, and every lie a server or somebody in between may tell.
 */
#include <arpa/inet.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dot1xd/server.h"
#include "fake_radius.h"
#include "lib/log.h"
#include "unit.h"

#define MANY	2000

/* What became of the requests of a test. */
static struct {
	unsigned int answered;
	unsigned int failed;
	uint8_t code;
	uint16_t port;			/* of whom answered last */
} done;

static struct event_base *base;
static struct stats stats;
static struct pool *pool;
static struct conf conf;

static void on_done(void *arg, const struct radius_response *response, const union endpoint *from)
{
	(void)arg;
	if (!response) {
		done.failed++;
		return;
	}
	done.answered++;
	done.code = response->code;
	done.port = ntohs(from->in4.sin_port);
}

static uint64_t count(enum stat stat)
{
	return stats.at[stat];
}

static void stop_waiting(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	*(bool *)arg = true;
}

/* Runs the loop for @ms, or until @condition. */
#define run_until(ms, condition) do {					\
	struct timeval tv_ = { (ms) / 1000, (ms) % 1000 * 1000 };	\
	bool over_ = false;						\
	struct event *timer_ = evtimer_new(base, stop_waiting, &over_);	\
									\
	evtimer_add(timer_, &tv_);					\
	while (!over_ && !(condition))					\
		event_base_loop(base, EVLOOP_ONCE);			\
	event_free(timer_);						\
} while (0)

static void add_server(const struct fake_server *fake)
{
	struct conf_server *server = &conf.servers[conf.server_count++];

	*server = (struct conf_server){ .strict = true };
	server->endpoint.in4.sin_family = AF_INET;
	server->endpoint.in4.sin_port = htons(fake->port);
	server->endpoint.in4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	server->secret.len = strlen(FAKE_SECRET);
	memcpy(server->secret.data, FAKE_SECRET, server->secret.len);
}

/* A pool of one or two servers, with short times; nothing counted yet. */
static void begin(const struct fake_server *first, const struct fake_server *second)
{
	memset(&done, 0, sizeof(done));
	memset(&stats, 0, sizeof(stats));
	conf = (struct conf){
		.retransmit_us = 50000,
		.failover_us = 200000,
		.dead_time_us = 400000,
		.timeout_us = 1000000,
	};
	add_server(first);
	if (second)
		add_server(second);
	pool = pool_new(base, &stats);
	pool_configure(pool, &conf);
}

static struct exchange *ask_of(const union endpoint *to)
{
	struct radius_request request;

	radius_request_begin(&request, NULL);
	radius_put(&request, RADIUS_USER_NAME, "alice", 5);
	return pool_send(pool, &request, NULL, to, on_done, NULL);
}

static struct exchange *ask(void)
{
	return ask_of(NULL);
}

static void test_answer(void)
{
	struct fake_server *fake = fake_server(base, 0, fake_accept);

	begin(fake, NULL);
	check(ask() && !done.answered, "a request goes out");
	run_until(1000, done.answered);
	check(done.answered == 1 && done.code == RADIUS_ACCESS_ACCEPT && done.port == fake->port,
	      "its answer comes in");
	check(fake->count == 1 && fake_is_signed(&fake->requests[0]),
	      "it was signed, first of all");
	check(count(STAT_REQUESTS) == 1 && count(STAT_RESPONSES) == 1 &&
	      !count(STAT_RETRANSMISSIONS), "one packet there, one back");
	pool_free(pool);
	fake_server_free(fake);
}

/* Keeps the first requests and answers them in reverse when there are MANY. */
static void answer_in_reverse(struct fake_server *server, struct fake_request *request)
{
	unsigned int i;

	(void)request;
	if (server->count != MANY)
		return;
	for (i = MANY; i--; )
		fake_accept(server, &server->requests[i]);
}

static void test_many(void)
{
	struct fake_server *fake = fake_server(base, 0, answer_in_reverse);
	unsigned int i, same = 0, sockets = 0;
	struct json_object *json;

	begin(fake, NULL);
	conf.retransmit_us = conf.failover_us = 5000000;
	conf.timeout_us = 10000000;
	pool_configure(pool, &conf);
	for (i = 0; i < MANY; i++)
		ask();
	run_until(5000, done.answered == MANY);
	check(done.answered == MANY && !done.failed, "%d in flight, answered in reverse", MANY);
	check(!count(STAT_RETRANSMISSIONS) && fake->count == MANY, "none was sent twice");
	for (i = 1; i < MANY; i++)
		if (!memcmp(fake->requests[i].packet + 4, fake->requests[i - 1].packet + 4, 16))
			same++;
	check(!same, "each with an authenticator of its own");

	json = pool_json(pool);
	sockets = json_object_get_int(json_object_object_get(json_object_array_get_idx(json, 0),
							     "sockets"));
	json_object_put(json);
	check(sockets == (MANY + 255) / 256, "by no more sockets than it takes: %u", sockets);
	pool_free(pool);
	fake_server_free(fake);
}

static void answer_twice(struct fake_server *server, struct fake_request *request)
{
	fake_accept(server, request);
	fake_accept(server, request);
}

static void test_duplicate(void)
{
	struct fake_server *fake = fake_server(base, 0, answer_twice);

	begin(fake, NULL);
	ask();
	run_until(1000, count(STAT_RESPONSES) == 2);
	check(done.answered == 1 && count(STAT_DROP_DUPLICATE) == 1, "a duplicate is dropped");
	pool_free(pool);
	fake_server_free(fake);
}

static enum lie next_lie;

static void lie_once(struct fake_server *server, struct fake_request *request)
{
	fake_answer(server, request, 2, NULL, 0, next_lie);
	next_lie = LIE_NONE;
}

static void test_lies(void)
{
	static const enum stat stat_of[LIE_COUNT] = {
		[LIE_AUTHENTICATOR]	= STAT_DROP_RESPONSE_AUTHENTICATOR,
		[LIE_UNSIGNED]		= STAT_DROP_NO_MESSAGE_AUTHENTICATOR,
		[LIE_SIGNATURE]		= STAT_DROP_MESSAGE_AUTHENTICATOR,
		[LIE_IDENTIFIER]	= STAT_DROP_IDENTIFIER,
		[LIE_PORT]		= STAT_DROP_SOURCE,
		[LIE_CODE]		= STAT_DROP_CODE,
		[LIE_SHORT]		= STAT_DROP_TOO_SHORT,
		[LIE_LENGTH]		= STAT_DROP_LENGTH,
		[LIE_ATTRIBUTE]		= STAT_DROP_ATTRIBUTE,
	};
	struct fake_server *fake = fake_server(base, 0, lie_once);
	enum lie lie;

	for (lie = LIE_NONE + 1; lie < LIE_COUNT; lie++) {
		begin(fake, NULL);
		next_lie = lie;
		fake->count = 0;
		ask();
		run_until(1000, count(STAT_RESPONSES) == 1);
		check(!done.answered && !done.failed && count(stat_of[lie]) == 1,
		      "lie %d is dropped and counted", lie);
		run_until(1000, done.answered);
		check(done.answered == 1 && fake->count == 2 &&
		      !memcmp(fake->requests[0].packet, fake->requests[1].packet,
			      fake->requests[0].len) &&
		      fake->requests[0].from.sin_port == fake->requests[1].from.sin_port,
		      "the same request, once more, gets the truth");
		pool_free(pool);
	}
	begin(fake, NULL);
	conf.servers[0].strict = false;
	pool_configure(pool, &conf);
	next_lie = LIE_UNSIGNED;
	ask();
	run_until(1000, done.answered);
	check(done.answered == 1 && !count(STAT_DROP_NO_MESSAGE_AUTHENTICATOR),
	      "a server that cannot sign, if it need not");
	pool_free(pool);
	fake_server_free(fake);
}

static void test_silence(void)
{
	struct fake_server *fake = fake_server(base, 0, fake_silence);
	uint64_t started, took;

	begin(fake, NULL);
	started = now_ms();
	ask();
	run_until(3000, done.failed);
	took = now_ms() - started;
	check(done.failed == 1 && count(STAT_TIMEOUTS) == 1, "the time is up");
	check(took >= 1000 && took < 1500, "when it should be: %d ms", (int)took);
	/* 0, 50, 150, 200 (another one would be asked), 600; each a tenth off */
	check(fake->count >= 4 && fake->count <= 6, "after some transmissions: %u", fake->count);
	check(count(STAT_SERVERS_DIED) == 1, "the server is dead");

	fake->on_request = fake_accept;
	ask();
	run_until(500, done.answered);
	check(done.answered == 1, "but asked, for want of another, and alive");
	pool_free(pool);
	fake_server_free(fake);
}

static void test_failover(void)
{
	struct fake_server *first = fake_server(base, 0, fake_silence);
	struct fake_server *second = fake_server(base, 0, fake_accept);
	uint64_t started, took;
	unsigned int before;

	begin(first, second);
	conf.retransmit_us = 500000;
	conf.failover_us = 1500000;
	conf.timeout_us = 25000000;
	pool_configure(pool, &conf);
	started = now_ms();
	ask();
	run_until(3000, done.answered);
	took = now_ms() - started;
	check(done.answered == 1 && done.port == second->port && count(STAT_FAILOVERS) == 1,
	      "the second server answers");
	check(took < 2000, "under 2 s, by default: %d ms", (int)took);
	check(memcmp(first->requests[0].packet + 4, second->requests[0].packet + 4, 16) &&
	      fake_is_signed(&second->requests[0]), "to a request of its own");

	before = first->count;
	ask();
	run_until(1000, done.answered == 2);
	check(done.answered == 2 && done.port == second->port && first->count == before,
	      "the dead one is not asked");

	/* The dead time has been over for one request; the others do not wait. */
	first->on_request = fake_silence;
	conf.dead_time_us = 300000;
	conf.failover_us = conf.retransmit_us = 200000;
	pool_configure(pool, &conf);
	pool_free(pool);
	begin(first, second);
	ask();
	run_until(1000, done.answered);
	run_until(450, false);
	before = first->count;
	ask();
	ask();
	ask();
	run_until(100, done.answered == 3);
	check(done.answered == 3 && first->count == before + 1,
	      "after its dead time, one request tries it");
	run_until(1000, done.answered == 4);
	check(done.answered == 4 && done.port == second->port, "and is answered by the other");

	run_until(450, false);
	first->on_request = fake_accept;
	ask();
	run_until(1000, done.answered == 5);
	check(done.port == first->port, "the first one is back");
	ask();
	run_until(1000, done.answered == 6);
	check(done.port == first->port, "and preferred");
	pool_free(pool);
	fake_server_free(first);
	fake_server_free(second);
}

static void test_all_dead(void)
{
	struct fake_server *first = fake_server(base, 0, fake_silence);
	struct fake_server *second = fake_server(base, 0, fake_silence);

	begin(first, second);
	ask();
	run_until(2000, done.failed);
	check(done.failed == 1 && first->count > 1 && second->count > 1 &&
	      count(STAT_SERVERS_DIED) == 2, "both keep silent");
	second->on_request = fake_accept;
	ask();
	run_until(900, done.answered);
	check(done.answered == 1 && done.port == second->port, "both are tried nevertheless");
	pool_free(pool);
	fake_server_free(first);
	fake_server_free(second);
}

/* Late: the second request of a test is the first one it answers, all at once. */
static void answer_late(struct fake_server *server, struct fake_request *request)
{
	if (server->count < 3)
		return;
	fake_accept(server, &server->requests[0]);
	fake_accept(server, request);
}

static void test_late(void)
{
	struct fake_server *fake = fake_server(base, 0, answer_late);
	unsigned int i;

	begin(fake, NULL);
	exchange_cancel(ask());
	for (i = 0; i < 255; i++)
		exchange_cancel(ask());
	run_until(200, fake->count > 255);
	fake->count = 0;
	run_until(100, false);
	memset(&stats, 0, sizeof(stats));
	exchange_cancel(ask());
	ask();
	run_until(1000, done.answered);
	check(done.answered == 1 && count(STAT_DROP_LATE) == 1 &&
	      !count(STAT_DROP_RESPONSE_AUTHENTICATOR),
	      "an answer to a request given up is late, not a lie");
	pool_free(pool);
	fake_server_free(fake);
}

/* To the identifier that came first, no answer. */
static void answer_others(struct fake_server *server, struct fake_request *request)
{
	static int first = -1;

	if (first < 0)
		first = request->packet[1];
	if (request->packet[1] != first)
		fake_accept(server, request);
}

static void test_bound(void)
{
	struct fake_server *first = fake_server(base, 0, fake_accept);
	struct fake_server *second = fake_server(base, 0, fake_silence);
	union endpoint to;
	uint64_t started;

	begin(first, second);
	to = conf.servers[1].endpoint;
	started = now_ms();
	check(ask_of(&to), "a request for the second server");
	run_until(2000, done.failed);
	check(done.failed == 1 && !first->count && now_ms() - started < 500,
	      "that keeps silent fails once another may begin anew");
	second->on_request = answer_others;
	to = conf.servers[1].endpoint;
	ask_of(&to);
	run_until(100, false);
	ask_of(&to);
	run_until(500, done.answered);
	run_until(500, done.failed == 2);
	check(done.answered == 1 && done.failed == 1, "but not while it answers others");
	run_until(1000, done.failed == 2);
	to.in4.sin_port = 0;
	check(!ask_of(&to), "one for a server that is not there");
	pool_free(pool);
	fake_server_free(first);
	fake_server_free(second);
}

static struct fake_request *held;

static void hold(struct fake_server *server, struct fake_request *request)
{
	(void)server;
	held = request;
}

static void test_reload(void)
{
	struct fake_server *first = fake_server(base, 0, hold);
	struct fake_server *second = fake_server(base, 0, fake_accept);

	/* Kept: the same request goes on. */
	held = NULL;
	begin(first, NULL);
	ask();
	run_until(1000, held);
	add_server(second);
	pool_configure(pool, &conf);
	fake_accept(first, held);
	run_until(1000, done.answered);
	check(done.answered == 1 && done.port == first->port, "a server that stays");

	/* Another secret: what is in flight ends with the old one. */
	held = NULL;
	ask();
	run_until(1000, held);
	conf.servers[0].secret.data[0] ^= 1;
	pool_configure(pool, &conf);
	fake_accept(first, held);
	run_until(1000, done.answered == 2);
	check(done.answered == 2 && done.port == first->port && !count(STAT_FAILOVERS),
	      "one whose secret changes answers what it was asked");

	/* Gone, in silence: another one is asked. */
	conf.servers[0].secret.data[0] ^= 1;
	pool_configure(pool, &conf);
	held = NULL;
	ask();
	run_until(1000, held);
	conf.servers[0] = conf.servers[1];
	conf.server_count = 1;
	pool_configure(pool, &conf);
	run_until(1000, done.answered == 3);
	check(done.answered == 3 && done.port == second->port, "one that goes is replaced");
	run_until(50, false);
	ask();
	exchange_cancel(ask());
	pool_free(pool);
	check(done.answered == 3 && !done.failed, "nobody is told of what was cancelled");
	fake_server_free(first);
	fake_server_free(second);
}

/* However often the servers change, each is one of its own. */
static void test_many_reloads(void)
{
	struct fake_server *first = fake_server(base, 0, fake_silence);
	struct fake_server *second = fake_server(base, 0, fake_accept);
	int i;

	begin(first, second);
	for (i = 0; i < 100; i++) {
		conf.servers[1].secret.data[0] ^= 1;
		pool_configure(pool, &conf);
		run_until(1, false);
	}
	ask();
	run_until(900, done.answered);
	check(done.answered == 1 && done.port == second->port, "after a hundred reloads");
	pool_free(pool);
	fake_server_free(first);
	fake_server_free(second);
}

/* What cannot be sent is sent again, and comes to an end. */
static void test_refused(void)
{
	struct fake_server *fake = fake_server(base, 0, fake_accept);

	begin(fake, NULL);
	conf.servers[0].endpoint.in4.sin_addr.s_addr = htonl(INADDR_BROADCAST);
	pool_configure(pool, &conf);
	ask();
	run_until(2000, done.failed);
	check(done.failed == 1 && count(STAT_SEND_FAILED) > 1, "a server that cannot be reached");
	pool_free(pool);
	fake_server_free(fake);
}

int main(void)
{
	base = event_base_new();
	log_open("dot1xd", true);
	test_answer();
	test_many();
	test_duplicate();
	test_lies();
	test_silence();
	test_failover();
	test_all_dead();
	test_late();
	test_bound();
	test_reload();
	test_many_reloads();
	test_refused();
	event_base_free(base);
	return unit_done();
}
