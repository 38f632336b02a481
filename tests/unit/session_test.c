// SPDX-License-Identifier: GPL-2.0
/*
 * Conversations: the kernel's questions on one side, a RADIUS server on the
 * other, and what of each the other gets to see.
 */
#include <arpa/inet.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dot1xd/session.h"
#include "fake_radius.h"
#include "lib/log.h"
#include "unit.h"

#define MAC_NAME	"02-00-5E-00-00-2A"

/* Attributes of a response, as bytes of a string literal. */
#define ATTRS(text)		(text), sizeof(text) - 1
#define EAP_SUCCESS		"\x4f\x06\3\7\0\4"
#define EAP_FAILURE		"\x4f\x06\4\7\0\4"
#define EAP_REQUEST		"\x4f\x08\1\7\0\6\4\0"
#define STATE			"\x18\x07" "state"

static struct event_base *base;
static struct stats stats;
static struct pool *pool;
static struct sessions *sessions;
static struct conf conf;
static struct fake_server *fake;

/* What the kernel was told last. */
static struct {
	unsigned int count;
	struct answer answer;
	uint8_t eap[1500];
	char user_name[256];
	uint8_t class[256];
} told;

/* What the server says next. */
static struct {
	uint8_t code;
	uint8_t attrs[2000];
	size_t len;
} reply;

static void on_answer(void *arg, const struct answer *answer)
{
	(void)arg;
	told.count++;
	told.answer = *answer;
	memset(told.user_name, 0, sizeof(told.user_name));
	if (answer->eap_len)
		memcpy(told.eap, answer->eap, answer->eap_len);
	if (answer->user_name)
		snprintf(told.user_name, sizeof(told.user_name), "%s", answer->user_name);
	if (answer->class_len)
		memcpy(told.class, answer->class, answer->class_len);
}

static void on_request(struct fake_server *server, struct fake_request *request)
{
	if (reply.code)
		fake_answer(server, request, reply.code, reply.attrs, reply.len, LIE_NONE);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	*(bool *)arg = true;
}

/* Runs the loop until the kernel has been told @count things, for @ms at most. */
static bool wait_for(unsigned int count, int ms)
{
	struct timeval tv = { .tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000 };
	struct event *timer;
	bool over = false;

	timer = evtimer_new(base, on_timer, &over);
	evtimer_add(timer, &tv);
	while (!over && told.count < count)
		event_base_loop(base, EVLOOP_ONCE);
	event_free(timer);
	return told.count == count;
}

static void next_reply(uint8_t code, const void *attrs, size_t len)
{
	reply.code = code;
	reply.len = len;
	memcpy(reply.attrs, attrs, len);
}

/* A question of a client; eap NULL: of its MAC. */
static struct question question(uint32_t conversation, const void *eap, size_t len)
{
	static uint32_t id;
	struct question question = {
		.id = ++id,
		.conversation = conversation,
		.ifindex = 7,
		.kind = eap ? DOT1X_KIND_EAP : DOT1X_KIND_MAB,
		.ifname = "lan1",
		.port_mac = { 0x02, 0x00, 0x5e, 0x00, 0x00, 0x01 },
		.mac = { 0x02, 0x00, 0x5e, 0x00, 0x00, 0x2a },
		.eap = eap,
		.eap_len = len,
	};

	return question;
}

static const struct fake_request *last_request(void)
{
	return &fake->requests[(fake->count - 1) % FAKE_REQUESTS_MAX];
}

/* Asks, and waits for what becomes of it. Returns the verdict, or -1. */
static int ask(uint32_t conversation, const void *eap, size_t len)
{
	struct question q = question(conversation, eap, len);
	unsigned int before = told.count;

	sessions_ask(sessions, &q);
	if (!wait_for(before + 1, 2000) || told.answer.id != q.id || told.answer.ifindex != 7 ||
	    memcmp(told.answer.mac, q.mac, MAC_LEN))
		return -1;
	return told.answer.verdict;
}

static int ask_identity(uint32_t conversation)
{
	return ask(conversation, ATTRS("\2\1\0\x0a\1alice"));
}

static bool has(uint8_t type, const void *value, size_t len)
{
	const uint8_t *at;
	size_t got;

	at = fake_find(last_request(), type, &got);
	return at && got == len && !memcmp(at, value, len);
}

static bool has_not(uint8_t type)
{
	size_t len;

	return !fake_find(last_request(), type, &len);
}

static void test_conversation(void)
{
	static uint8_t big[600] = { 1, 7, 600 >> 8, 600 & 0xff, 13 };
	uint8_t response[600] = { 2, 7, 600 >> 8, 600 & 0xff, 13 };
	uint8_t attrs[700] = STATE;
	size_t at = 7, i;

	for (i = 0; i < sizeof(big); i += 253) {
		size_t part = sizeof(big) - i < 253 ? sizeof(big) - i : 253;

		attrs[at++] = RADIUS_EAP_MESSAGE;
		attrs[at++] = part + 2;
		memcpy(attrs + at, big + i, part);
		at += part;
	}
	next_reply(RADIUS_ACCESS_CHALLENGE, attrs, at);
	check(ask_identity(1) == DOT1X_VERDICT_CHALLENGE, "an identity gets a challenge");
	check(told.answer.eap_len == sizeof(big) && !memcmp(told.eap, big, sizeof(big)),
	      "of which the kernel gets the EAP, joined");
	check(fake_is_signed(last_request()), "the request was signed");
	check(has(RADIUS_USER_NAME, ATTRS("alice")) && has(RADIUS_NAS_IDENTIFIER, ATTRS("sw1")) &&
	      has(RADIUS_NAS_IP_ADDRESS, ATTRS("\x0a\x63\0\1")) &&
	      has(RADIUS_NAS_PORT, ATTRS("\0\0\0\7")) &&
	      has(RADIUS_NAS_PORT_TYPE, ATTRS("\0\0\0\x0f")) &&
	      has(RADIUS_NAS_PORT_ID, ATTRS("lan1")) &&
	      has(RADIUS_SERVICE_TYPE, ATTRS("\0\0\0\2")) &&
	      has(RADIUS_FRAMED_MTU, ATTRS("\0\0\5\x78")) &&
	      has(RADIUS_CALLED_STATION_ID, ATTRS("02-00-5E-00-00-01")) &&
	      has(RADIUS_CALLING_STATION_ID, ATTRS(MAC_NAME)) &&
	      has(RADIUS_EAP_MESSAGE, ATTRS("\2\1\0\x0a\1alice")) &&
	      has_not(RADIUS_STATE) && has_not(RADIUS_USER_PASSWORD), "and said who asks");

	memcpy(attrs, ATTRS("\1\7" "Alice\x1b\6\0\0\x0e\x10\x1d\6\0\0\0\1\x19\4c1\x19\4c2"
			    EAP_SUCCESS));
	next_reply(RADIUS_ACCESS_ACCEPT, attrs, 7 + 6 + 6 + 4 + 4 + 6);
	check(ask(1, response, sizeof(response)) == DOT1X_VERDICT_ACCEPT, "then it is accepted");
	check(has(RADIUS_STATE, ATTRS("state")) && has(RADIUS_USER_NAME, ATTRS("alice")) &&
	      has(RADIUS_EAP_MESSAGE, response, 253), "State, name and EAP were carried on");
	check(told.answer.eap_len == 4 && told.eap[0] == 3 && !strcmp(told.user_name, "Alice") &&
	      told.answer.session_timeout_ms == 3600000 &&
	      told.answer.termination == DOT1X_TERMINATION_REAUTHENTICATE &&
	      told.answer.class_len == 2 && !memcmp(told.class, "c1", 2),
	      "and the kernel told all there is to know");

	next_reply(RADIUS_ACCESS_ACCEPT, ATTRS(EAP_SUCCESS));
	check(ask(1, response, sizeof(response)) == DOT1X_VERDICT_ACCEPT &&
	      has_not(RADIUS_STATE) && has(RADIUS_USER_NAME, ATTRS(MAC_NAME)),
	      "nothing of it is left then");
	check(!strcmp(told.user_name, MAC_NAME) && !told.answer.session_timeout_ms &&
	      told.answer.termination == DOT1X_TERMINATION_DEFAULT && !told.answer.class_len,
	      "without attributes, nothing is told");

	next_reply(RADIUS_ACCESS_ACCEPT, ATTRS(EAP_SUCCESS "\x1b\6\xff\xff\xff\xff"));
	check(ask_identity(2) == DOT1X_VERDICT_ACCEPT &&
	      told.answer.session_timeout_ms == UINT32_MAX, "a timeout beyond the kernel's");
}

/* What a server may say to an identity, and what the kernel is told of it. */
static void test_replies(void)
{
	static const struct {
		const char *what;
		uint8_t code;
		const void *attrs;
		size_t len;
		int verdict;
		size_t eap_len;
	} cases[] = {
		{ "a reject with EAP-Failure", 3, ATTRS(EAP_FAILURE), DOT1X_VERDICT_REJECT, 4 },
		{ "a reject without EAP", 3, ATTRS(""), DOT1X_VERDICT_REJECT, 0 },
		{ "a reject with EAP-Success", 3, ATTRS(EAP_SUCCESS), DOT1X_VERDICT_REJECT, 0 },
		{ "an accept without EAP", 2, ATTRS(""), DOT1X_VERDICT_REJECT, 0 },
		{ "an accept with EAP-Failure", 2, ATTRS(EAP_FAILURE), DOT1X_VERDICT_REJECT, 0 },
		{ "an accept with a request", 2, ATTRS(EAP_REQUEST), DOT1X_VERDICT_REJECT, 0 },
		{ "an accept with EAP-Success and padding", 2, ATTRS("\x4f\x08\3\7\0\4\0\0"),
		  DOT1X_VERDICT_ACCEPT, 4 },
		{ "a challenge without EAP", 11, ATTRS(STATE), DOT1X_VERDICT_REJECT, 0 },
		{ "a challenge with EAP-Success", 11, ATTRS(EAP_SUCCESS), DOT1X_VERDICT_REJECT, 0 },
		{ "a challenge with a response", 11, ATTRS("\x4f\x07\2\7\0\5\1"),
		  DOT1X_VERDICT_REJECT, 0 },
		{ "a challenge with EAP without a type", 11, ATTRS("\x4f\x06\1\7\0\4"),
		  DOT1X_VERDICT_REJECT, 0 },
		{ "a challenge with EAP that is cut off", 11, ATTRS("\x4f\x07\1\7\0\6\4"),
		  DOT1X_VERDICT_REJECT, 0 },
		{ "a challenge with EAP below its header", 11, ATTRS("\x4f\x05\1\7\0"),
		  DOT1X_VERDICT_REJECT, 0 },
		{ "a challenge without State", 11, ATTRS(EAP_REQUEST), DOT1X_VERDICT_CHALLENGE, 6 },
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		next_reply(cases[i].code, cases[i].attrs, cases[i].len);
		check(ask_identity(100 + i) == cases[i].verdict &&
		      told.answer.eap_len == cases[i].eap_len, "%s", cases[i].what);
	}
	check(has_not(RADIUS_STATE), "no State is made up");

	next_reply(RADIUS_ACCESS_CHALLENGE, ATTRS(STATE EAP_REQUEST "\x65\6\0\0\0\xca"));
	check(ask_identity(200) == DOT1X_VERDICT_IGNORE && !told.answer.eap_len,
	      "a response the server ignores");
	next_reply(RADIUS_ACCESS_CHALLENGE, ATTRS(STATE EAP_REQUEST));
	check(ask(200, ATTRS("\2\7\0\6\4\0")) == DOT1X_VERDICT_CHALLENGE &&
	      has(RADIUS_STATE, ATTRS("state")), "another one may follow");
	check(told.answer.eap_len == 6 && !memcmp(told.eap, "\1\7\0\6\4\0", 6),
	      "and the conversation goes on");
}

static void test_identities(void)
{
	uint8_t eap[5 + 254] = { 2, 1, 1, 3, 1 };	/* 259 bytes */
	unsigned int before;

	memset(eap + 5, 'x', sizeof(eap) - 5);
	next_reply(RADIUS_ACCESS_REJECT, ATTRS(""));
	before = fake->count;
	check(ask(300, eap, sizeof(eap)) == DOT1X_VERDICT_REJECT && fake->count == before,
	      "an identity of 254 bytes asks nobody");
	eap[3] = 2;
	check(ask(301, eap, sizeof(eap) - 1) == DOT1X_VERDICT_REJECT &&
	      has(RADIUS_USER_NAME, eap + 5, 253), "one of 253 does");
	check(ask(302, ATTRS("\2\1\0\5\1")) == DOT1X_VERDICT_REJECT &&
	      has(RADIUS_USER_NAME, ATTRS(MAC_NAME)), "without one, the address stands for it");

	next_reply(RADIUS_ACCESS_ACCEPT, ATTRS(EAP_SUCCESS));
	check(ask(303, ATTRS("\2\1\0\7\1a\0")) == DOT1X_VERDICT_ACCEPT &&
	      has(RADIUS_USER_NAME, ATTRS("a\0")) && !strcmp(told.user_name, "a"),
	      "a NUL goes to the server, not to the kernel");

	before = fake->count;
	check(ask(304, ATTRS("\1\1\0\5\1")) == DOT1X_VERDICT_IGNORE &&
	      ask(304, ATTRS("\2\1\0\4")) == DOT1X_VERDICT_IGNORE &&
	      ask(304, ATTRS("\2\1\0\6\1")) == DOT1X_VERDICT_IGNORE && fake->count == before,
	      "what is no response asks nobody");
}

/* The password of the last request, RFC 2865 5.2, for one of at most 32 bytes. */
static const char *password(void)
{
	static char clear[33];
	uint8_t key[sizeof(FAKE_SECRET) - 1 + 16], mask[16];
	const uint8_t *before = last_request()->packet + 4;
	const uint8_t *hidden;
	size_t len, i;

	memset(clear, 0, sizeof(clear));
	memcpy(key, ATTRS(FAKE_SECRET));
	hidden = fake_find(last_request(), RADIUS_USER_PASSWORD, &len);
	for (i = 0; hidden && i < len && i < 32; i++) {
		if (i % 16 == 0) {
			memcpy(key + sizeof(FAKE_SECRET) - 1, before, 16);
			EVP_Digest(key, sizeof(key), mask, NULL, EVP_md5(), NULL);
			before = hidden + i;
		}
		clear[i] = hidden[i] ^ mask[i % 16];
	}
	return clear;
}

static void test_mab(void)
{
	static const char *const forms[2][4] = {
		{ "02005e00002a", "02-00-5e-00-00-2a", "02:00:5e:00:00:2a", "0200.5e00.002a" },
		{ "02005E00002A", "02-00-5E-00-00-2A", "02:00:5E:00:00:2A", "0200.5E00.002A" },
	};
	uint32_t upper, separator;

	next_reply(RADIUS_ACCESS_ACCEPT, ATTRS(""));
	for (upper = 0; upper < 2; upper++) {
		for (separator = 0; separator < 4; separator++) {
			const char *form = forms[upper][separator];

			conf.mab_case = upper;
			conf.mab_separator = separator;
			check(ask(400, NULL, 0) == DOT1X_VERDICT_ACCEPT &&
			      has(RADIUS_USER_NAME, form, strlen(form)), "MAB as %s", form);
			check_text(password(), form, "and so the password");
			check_text(told.user_name, form, "and the name");
		}
	}
	check(fake_is_signed(last_request()) && has(RADIUS_SERVICE_TYPE, ATTRS("\0\0\0\x0a")) &&
	      has(RADIUS_CALLING_STATION_ID, ATTRS(MAC_NAME)) && has_not(RADIUS_EAP_MESSAGE) &&
	      has_not(RADIUS_FRAMED_MTU), "it is a Call-Check, signed");
	check(!told.answer.eap_len, "there is no EAP to tell");

	next_reply(RADIUS_ACCESS_REJECT, ATTRS(""));
	check(ask(401, NULL, 0) == DOT1X_VERDICT_REJECT, "a MAC that is not known");
	next_reply(RADIUS_ACCESS_CHALLENGE, ATTRS(STATE));
	check(ask(402, NULL, 0) == DOT1X_VERDICT_REJECT, "a challenge it cannot answer");
	conf.mab_case = MAB_LOWER;
	conf.mab_separator = MAB_NONE;
}

static void test_replaced(void)
{
	struct question eap = question(500, ATTRS("\2\1\0\x0a\1alice"));
	struct question mab = question(501, NULL, 0);
	struct question anew = question(502, ATTRS("\2\1\0\x08\1" "bob"));
	unsigned int before = told.count;

	reply.code = 0;
	sessions_ask(sessions, &eap);
	sessions_ask(sessions, &mab);
	next_reply(RADIUS_ACCESS_REJECT, ATTRS(""));
	check(wait_for(before + 2, 2000), "EAP and MAC of one client are two questions");

	before = told.count;
	reply.code = 0;
	sessions_ask(sessions, &eap);
	stats.at[STAT_ABANDONED] = 0;
	next_reply(RADIUS_ACCESS_REJECT, ATTRS(""));
	sessions_ask(sessions, &anew);
	check(wait_for(before + 1, 2000) && told.answer.id == anew.id &&
	      stats.at[STAT_ABANDONED] == 1 && has(RADIUS_USER_NAME, ATTRS("bob")),
	      "a new conversation takes the place of the old one");
	check(!wait_for(before + 2, 200), "which is not answered");

	reply.code = 0;
	sessions_ask(sessions, &eap);
	sessions_forget(sessions);
	check(!wait_for(before + 2, 1200), "nor is what was forgotten");
}

static void test_no_server(void)
{
	reply.code = 0;
	check(ask_identity(600) == DOT1X_VERDICT_NO_SERVER && stats.at[STAT_NO_SERVER] == 1,
	      "no server answers");
	next_reply(RADIUS_ACCESS_CHALLENGE, ATTRS(STATE EAP_REQUEST));
	ask_identity(601);
	conf.servers[0].endpoint.in4.sin_port ^= 1;
	pool_configure(pool, &conf);
	check(ask(601, ATTRS("\2\7\0\6\4\0")) == DOT1X_VERDICT_NO_SERVER,
	      "the one that began is not there any more");
}

int main(void)
{
	struct conf_server *server = &conf.servers[0];

	base = event_base_new();
	fake = fake_server(base, 0, on_request);
	conf = (struct conf){
		.server_count = 1,
		.nas_identifier = "sw1",
		.nas_address = { .bytes = { 10, 99, 0, 1 }, .len = 4 },
		.framed_mtu = 1400,
		.retransmit_us = 100000,
		.failover_us = 300000,
		.dead_time_us = 400000,
		.timeout_us = 1000000,
	};
	server->strict = true;
	server->endpoint.in4.sin_family = AF_INET;
	server->endpoint.in4.sin_port = htons(fake->port);
	server->endpoint.in4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	server->secret.len = strlen(FAKE_SECRET);
	memcpy(server->secret.data, ATTRS(FAKE_SECRET));
	pool = pool_new(base, &stats);
	pool_configure(pool, &conf);
	sessions = sessions_new(base, pool, &stats, on_answer, NULL);
	sessions_configure(sessions, &conf);
	log_open("dot1xd", true);

	test_conversation();
	test_replies();
	test_identities();
	test_mab();
	test_replaced();
	test_no_server();

	sessions_free(sessions);
	pool_free(pool);
	fake_server_free(fake);
	event_base_free(base);
	return unit_done();
}
