/* SPDX-License-Identifier: GPL-2.0 */
/*
 * RADIUS servers that do as they are told, honest or not: on loopback, in the
 * test's own process and event loop. Their packets are made without the codec
 * that is being tested.
 */
#ifndef TESTS_FAKE_RADIUS_H
#define TESTS_FAKE_RADIUS_H

#include <event2/event.h>
#include <event2/event_struct.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FAKE_SECRET		"testing123"
#define FAKE_REQUESTS_MAX	4096

/* What is wrong with a response. */
enum lie {
	LIE_NONE,
	LIE_AUTHENTICATOR,		/* Response Authenticator */
	LIE_UNSIGNED,			/* no Message-Authenticator */
	LIE_SIGNATURE,			/* a wrong one */
	LIE_IDENTIFIER,			/* of another request */
	LIE_PORT,			/* comes from another port */
	LIE_CODE,
	LIE_SHORT,
	LIE_LENGTH,
	LIE_ATTRIBUTE,
	LIE_COUNT
};

struct fake_request {
	uint8_t packet[4096];
	size_t len;
	struct sockaddr_in from;
};

struct fake_server {
	int fd;
	int other_fd;			/* for LIE_PORT */
	uint16_t port;
	struct event event;
	void (*on_request)(struct fake_server *server, struct fake_request *request);
	unsigned int count;		/* of the requests that came */
	struct fake_request requests[FAKE_REQUESTS_MAX];	/* the first ones of them */
};

/* Begins to listen, on @port or, if 0, on any; exits if it cannot. */
struct fake_server *fake_server(struct event_base *base, uint16_t port,
				void (*on_request)(struct fake_server *server,
						   struct fake_request *request));
void fake_server_free(struct fake_server *server);

/* Keeps silent. */
void fake_silence(struct fake_server *server, struct fake_request *request);

/* Accepts whatever comes, without EAP. */
void fake_accept(struct fake_server *server, struct fake_request *request);

/* Answers with @code and the @len bytes of @attrs. */
void fake_answer(struct fake_server *server, const struct fake_request *request, uint8_t code,
		 const void *attrs, size_t len, enum lie lie);

/* The value of the first attribute of @type; NULL: there is none. */
const uint8_t *fake_find(const struct fake_request *request, uint8_t type, size_t *len);

/* True if the Message-Authenticator comes first and is right. */
bool fake_is_signed(const struct fake_request *request);

#endif /* TESTS_FAKE_RADIUS_H */
