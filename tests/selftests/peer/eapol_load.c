// SPDX-License-Identifier: GPL-2.0
/*
 * eapol_load PREFIX PORTS CLIENTS WINDOW SECS USER PASSWORD: so many supplicants, spread
 * over the devices PREFIX0, PREFIX1 and so on, each with a MAC of its own. Each begins
 * with an EAPOL-Start and proves itself by EAP-MD5; WINDOW of them are at it at any
 * time. Nobody tries twice: one that hears nothing for SECS is lost.
 *
 * Prints "in=N refused=N lost=N ns=N own_ns=N": how many are in, were told
 * EAP-Failure, were lost; how long it took in all; and how much of that was the time of
 * this program. The status is 0 if all are in.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include "eap.h"
#include "lines.h"

#define CLIENTS_MAX	65536
#define OFF_EAPOL	14
#define OFF_EAP		18
#define BUFFER		(16 << 20)

enum state { WAITING, BEGUN, IN, REFUSED, LOST };

/**
 * struct client - a supplicant
 * @state: how far it is
 * @heard: ms, when it began, or heard something for the last time
 */
struct client {
	enum state state;
	long heard;
};

static const uint8_t pae_group[ETH_ALEN] = { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x03 };
static const uint8_t mac_prefix[4] = { 0x02, 0xd1, 0x00, 0x00 };

static struct client clients[CLIENTS_MAX];
static unsigned int client_count, begun, at_it, count_of[LOST + 1];
static int *ifindexes, ports, fd;
static const char *user, *password;

static void die(const char *what)
{
	fprintf(stderr, "eapol_load: %s: %s\n", what, strerror(errno));
	exit(2);
}

static long long clock_ns(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

/* @body of EAPOL @type from client @n */
static void transmit(unsigned int n, uint8_t type, const void *body, size_t len)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_ifindex = ifindexes[n % ports],
		.sll_halen = ETH_ALEN,
	};
	uint8_t frame[OFF_EAP + EAP_MAX] = {};
	size_t size = OFF_EAP + len;

	memcpy(frame, pae_group, ETH_ALEN);
	memcpy(frame + ETH_ALEN, mac_prefix, sizeof(mac_prefix));
	frame[10] = n >> 8;
	frame[11] = n;
	frame[12] = ETH_P_PAE >> 8;
	frame[13] = ETH_P_PAE & 0xff;
	frame[OFF_EAPOL] = 2;
	frame[OFF_EAPOL + 1] = type;
	frame[OFF_EAPOL + 2] = len >> 8;
	frame[OFF_EAPOL + 3] = len;
	memcpy(frame + OFF_EAP, body, len);
	if (sendto(fd, frame, size < ETH_ZLEN ? ETH_ZLEN : size, 0, (struct sockaddr *)&to,
		   sizeof(to)) < 0)
		die("send");
}

static void respond(unsigned int n, uint8_t id, const void *data, size_t len)
{
	uint8_t eap[EAP_MAX];

	transmit(n, 0, eap, eap_build(eap, EAP_RESPONSE, id, data, len));
}

static void end(unsigned int n, enum state state)
{
	clients[n].state = state;
	count_of[state]++;
	at_it--;
}

static void begin_some(unsigned int window)
{
	for (; at_it < window && begun < client_count; begun++, at_it++) {
		clients[begun].state = BEGUN;
		clients[begun].heard = now_ms();
		transmit(begun, 1, NULL, 0);
	}
}

/* @data: what is after the type, @len bytes */
static void request(unsigned int n, uint8_t id, uint8_t type, const uint8_t *data, size_t len)
{
	uint8_t reply[256] = { type };

	if (type == EAP_IDENTITY) {
		memcpy(reply + 1, user, strlen(user));
		respond(n, id, reply, 1 + strlen(user));
	} else if (type == EAP_MD5 && len && len > data[0]) {
		reply[1] = EAP_MD5_LEN;
		eap_md5(reply + 2, id, password, data + 1, data[0]);
		respond(n, id, reply, 2 + EAP_MD5_LEN);
	} else {
		respond(n, id, (const uint8_t []){ EAP_NAK, EAP_MD5 }, 2);
	}
}

static void receive(const uint8_t *frame, size_t len)
{
	unsigned int n = frame[4] << 8 | frame[5];
	const uint8_t *eap = frame + OFF_EAP;
	size_t eap_len;

	if (len < OFF_EAP + EAP_HLEN || memcmp(frame, mac_prefix, sizeof(mac_prefix)) ||
	    n >= client_count || clients[n].state != BEGUN || frame[OFF_EAPOL + 1])
		return;
	eap_len = eap[2] << 8 | eap[3];
	if (eap_len < EAP_HLEN || eap_len > len - OFF_EAP)
		return;
	clients[n].heard = now_ms();
	if (eap[0] == EAP_SUCCESS)
		end(n, IN);
	else if (eap[0] == EAP_FAILURE)
		end(n, REFUSED);
	else if (eap[0] == EAP_REQUEST && eap_len > EAP_HLEN)
		request(n, eap[1], eap[EAP_HLEN], eap + EAP_HLEN + 1, eap_len - EAP_HLEN - 1);
}

static void give_up(long ms)
{
	unsigned int n;

	for (n = 0; n < begun; n++)
		if (clients[n].state == BEGUN && clients[n].heard < now_ms() - ms)
			end(n, LOST);
}

static void run(unsigned int window, long ms)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	long look = now_ms() + ms / 10;
	uint8_t frame[2048];
	ssize_t len;

	for (begin_some(window); at_it; begin_some(window)) {
		len = recv(fd, frame, sizeof(frame), MSG_DONTWAIT);
		if (len >= 0)
			receive(frame, len);
		else
			poll(&pfd, 1, ms / 10);
		if (now_ms() < look)
			continue;
		give_up(ms);
		look = now_ms() + ms / 10;
	}
}

static void open_socket(const char *prefix)
{
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_PAE),
	};
	int i, size = BUFFER;
	char dev[64];

	ifindexes = calloc(ports, sizeof(*ifindexes));
	if (!ifindexes)
		die("memory");
	for (i = 0; i < ports; i++) {
		snprintf(dev, sizeof(dev), "%s%d", prefix, i);
		ifindexes[i] = if_nametoindex(dev);
		if (!ifindexes[i])
			die(dev);
	}
	/* All devices of this namespace, but what it sends itself */
	fd = socket(AF_PACKET, SOCK_RAW, 0);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) ||
	    bind(fd, (struct sockaddr *)&addr, sizeof(addr)))
		die("socket");
}

int main(int argc, char **argv)
{
	long long start;

	if (argc != 8) {
		fputs("Usage: eapol_load PREFIX PORTS CLIENTS WINDOW SECS USER PASSWORD\n", stderr);
		return 2;
	}
	ports = atoi(argv[2]);
	client_count = atoi(argv[3]);
	user = argv[6];
	password = argv[7];
	if (ports < 1 || client_count < 1 || client_count > CLIENTS_MAX || strlen(user) > 200) {
		errno = EINVAL;
		die("arguments");
	}
	open_socket(argv[1]);
	start = clock_ns(CLOCK_MONOTONIC);
	run(atoi(argv[4]), atoi(argv[5]) * 1000);
	printf("in=%u refused=%u lost=%u ns=%lld own_ns=%lld\n", count_of[IN], count_of[REFUSED],
	       count_of[LOST], clock_ns(CLOCK_MONOTONIC) - start,
	       clock_ns(CLOCK_PROCESS_CPUTIME_ID));
	return count_of[IN] != client_count;
}
