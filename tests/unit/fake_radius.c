// SPDX-License-Identifier: GPL-2.0
/*
 * RADIUS servers that do as they are told.
 */
#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fake_radius.h"

static const char secret[] = FAKE_SECRET;

static int listen_on(uint16_t *port)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_port = htons(*port) };
	socklen_t len = sizeof(sin);
	const int size = 4 << 20;
	int fd;

	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&sin, sizeof(sin)) ||
	    getsockname(fd, (struct sockaddr *)&sin, &len)) {
		perror("fake_radius");
		exit(1);
	}
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	*port = ntohs(sin.sin_port);
	return fd;
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct fake_server *server = arg;
	struct fake_request *request;
	socklen_t len;
	ssize_t got;

	(void)what;
	for (;;) {
		request = &server->requests[server->count % FAKE_REQUESTS_MAX];
		len = sizeof(request->from);
		got = recvfrom(fd, request->packet, sizeof(request->packet), 0,
			       (struct sockaddr *)&request->from, &len);
		if (got < 0)
			return;
		request->len = got;
		server->count++;
		server->on_request(server, request);
	}
}

struct fake_server *fake_server(struct event_base *base, uint16_t port,
				void (*on_request)(struct fake_server *server,
						   struct fake_request *request))
{
	struct fake_server *server = calloc(1, sizeof(*server));
	uint16_t other = 0;

	server->port = port;
	server->fd = listen_on(&server->port);
	server->other_fd = listen_on(&other);
	server->on_request = on_request;
	event_assign(&server->event, base, server->fd, EV_READ | EV_PERSIST, on_readable, server);
	event_add(&server->event, NULL);
	return server;
}

void fake_server_free(struct fake_server *server)
{
	event_del(&server->event);
	close(server->fd);
	close(server->other_fd);
	free(server);
}

void fake_silence(struct fake_server *server, struct fake_request *request)
{
	(void)server;
	(void)request;
}

void fake_accept(struct fake_server *server, struct fake_request *request)
{
	fake_answer(server, request, 2, NULL, 0, LIE_NONE);
}

void fake_answer(struct fake_server *server, const struct fake_request *request, uint8_t code,
		 const void *attrs, size_t len, enum lie lie)
{
	uint8_t packet[4096 + sizeof(secret)] = { 0 };
	size_t at = 20;

	packet[0] = lie == LIE_CODE ? 5 : code;
	packet[1] = request->packet[1] + (lie == LIE_IDENTIFIER ? 100 : 0);
	memcpy(packet + 4, request->packet + 4, 16);
	if (lie != LIE_UNSIGNED) {
		packet[at] = 80;
		packet[at + 1] = 18;
		at += 18;
	}
	if (len)
		memcpy(packet + at, attrs, len);
	at += len;
	if (lie == LIE_ATTRIBUTE) {
		packet[at++] = 26;
		packet[at++] = 1;
	}
	packet[2] = at >> 8;
	packet[3] = at;
	if (lie != LIE_UNSIGNED)
		HMAC(EVP_md5(), secret, strlen(secret), packet, at, packet + 22, NULL);
	if (lie == LIE_SIGNATURE)
		packet[22] ^= 1;
	memcpy(packet + at, secret, strlen(secret));
	EVP_Digest(packet, at + strlen(secret), packet + 4, NULL, EVP_md5(), NULL);
	if (lie == LIE_AUTHENTICATOR)
		packet[4] ^= 1;
	if (lie == LIE_LENGTH)
		packet[3]++;
	if (lie == LIE_SHORT)
		at = 19;
	sendto(lie == LIE_PORT ? server->other_fd : server->fd, packet, at, 0,
	       (const struct sockaddr *)&request->from, sizeof(request->from));
}

const uint8_t *fake_find(const struct fake_request *request, uint8_t type, size_t *len)
{
	size_t at;

	for (at = 20; at + 2 <= request->len && request->packet[at + 1] >= 2;
	     at += request->packet[at + 1]) {
		if (request->packet[at] != type)
			continue;
		*len = request->packet[at + 1] - 2;
		return request->packet + at + 2;
	}
	*len = 0;
	return NULL;
}

bool fake_is_signed(const struct fake_request *request)
{
	uint8_t copy[4096], digest[16];

	if (request->len < 38 || request->packet[20] != 80 || request->packet[21] != 18)
		return false;
	memcpy(copy, request->packet, request->len);
	memset(copy + 22, 0, 16);
	HMAC(EVP_md5(), secret, strlen(secret), copy, request->len, digest, NULL);
	return !memcmp(digest, request->packet + 22, 16);
}
