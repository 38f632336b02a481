// SPDX-License-Identifier: GPL-2.0
/*
 * frame_flood DEV FLOW: offers frames of every kind, as fast as they go, each
 * with the marker of FLOW at its end (marker.h). Commands, see lines.h:
 *
 *	set FIELD=VALUE...	src (a MAC, or "random": another one each time), dst
 *				(the host behind), own (the bridge's MAC), saddr, daddr
 *				(IPv4; IPv6 is fd00:: with these), kinds (all, or some,
 *				with commas)
 *	burst N			send N: ok, and how many went out
 *	go			send without end, until told
 *	stop
 *	sent			how many went out so far
 *
 * The kinds take turns.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "lines.h"
#include "marker.h"

#define MACS		12
#define FRAME_MAX	1514
#define FRAME_MIN	60
#define BATCH		64

/* Destinations that are not an address themselves */
#define TO_DST		"dst"
#define TO_OWN		"own"
#define TO_RANDOM	"any"

enum { RAW, IPV4, IPV6, ARP };

/**
 * struct kind - of frame
 * @name: for "kinds="
 * @to: destination: six bytes, or TO_*
 * @head: what follows the addresses, before the payload
 * @head_len: its length
 * @payload: RAW, IPV4, IPV6, ARP
 * @len: of the frame
 */
struct kind {
	const char *name;
	const char *to;
	const char *head;
	size_t head_len;
	int payload;
	size_t len;
};

#define H(s)	s, sizeof(s) - 1

static const struct kind kinds[] = {
	{ "ipv4", TO_DST, H("\x08\x00"), IPV4, FRAME_MIN },
	{ "ipv6", TO_DST, H("\x86\xdd"), IPV6, 70 },
	{ "arp", "\xff\xff\xff\xff\xff\xff", H("\x08\x06"), ARP, FRAME_MIN },
	{ "arp-unicast", TO_DST, H("\x08\x06"), ARP, FRAME_MIN },
	{ "broadcast", "\xff\xff\xff\xff\xff\xff", H("\x08\x00"), IPV4, FRAME_MIN },
	{ "multicast", "\x01\x00\x5e\x00\x00\x01", H("\x08\x00"), IPV4, FRAME_MIN },
	{ "multicast6", "\x33\x33\x00\x00\x00\x01", H("\x86\xdd"), IPV6, 70 },
	{ "own", TO_OWN, H("\x08\x00"), IPV4, FRAME_MIN },
	{ "unknown", TO_RANDOM, H("\x08\x00"), IPV4, FRAME_MIN },
	{ "vlan", TO_DST, H("\x81\x00\x00\x07\x08\x00"), IPV4, 64 },
	{ "vlan-broadcast", "\xff\xff\xff\xff\xff\xff", H("\x81\x00\x00\x07\x08\x06"), ARP, 64 },
	{ "priority", TO_DST, H("\x81\x00\xe0\x00\x08\x00"), IPV4, 64 },
	{ "qinq", TO_DST, H("\x88\xa8\x00\x07\x81\x00\x00\x08\x08\x00"), IPV4, 68 },
	{ "stp", "\x01\x80\xc2\x00\x00\x00", H("\x00\x2e\x42\x42\x03"), RAW, FRAME_MIN },
	{ "lldp", "\x01\x80\xc2\x00\x00\x0e", H("\x88\xcc"), RAW, FRAME_MIN },
	{ "pause", "\x01\x80\xc2\x00\x00\x01", H("\x88\x08\x00\x01"), RAW, FRAME_MIN },
	{ "pae-group", "\x01\x80\xc2\x00\x00\x03", H("\x88\xb5"), RAW, FRAME_MIN },
	{ "eapol-through", TO_DST, H("\x88\x8e\x03\x05\x00\x00"), RAW, FRAME_MIN },
	{ "macsec", TO_DST, H("\x88\xe5"), RAW, FRAME_MIN },
	{ "llc", TO_DST, H("\x00\x2e\xaa\xaa\x03"), RAW, FRAME_MIN },
	{ "ethertype", TO_DST, H("\x88\xb6"), RAW, FRAME_MIN },
	{ "large", TO_DST, H("\x08\x00"), IPV4, FRAME_MAX },
};

#define KINDS	(sizeof(kinds) / sizeof(*kinds))

static int fd;
static uint32_t flow;
static uint8_t src[6] = { 2, 0, 0, 0, 1, 1 }, dst[6] = { 2, 0, 0, 0, 2, 1 };
static uint8_t own[6] = { 2, 0, 0, 0, 0xb, 0 };
static struct in_addr saddr, daddr;
static bool src_random, wanted[KINDS], going;
static unsigned long sent;
static uint8_t frames[BATCH][FRAME_MAX];
static struct iovec iovs[BATCH];
static struct mmsghdr msgs[BATCH];
static uint64_t seed = 88172645463325252ULL;

static uint64_t random64(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static void random_mac(uint8_t *mac)
{
	uint64_t bits = random64();

	memcpy(mac, &bits, 6);
	mac[0] = (mac[0] & 0xfc) | 2;
}

static void put16(uint8_t *p, unsigned int v)
{
	p[0] = v >> 8;
	p[1] = v;
}

static void put32(uint8_t *p, uint32_t v)
{
	put16(p, v >> 16);
	put16(p + 2, v);
}

static void build_ipv4(uint8_t *p, size_t len)
{
	uint32_t sum = 0;
	int i;

	p[0] = 0x45;
	put16(p + 2, len);
	p[8] = 64;
	p[9] = 17;
	memcpy(p + 12, &saddr, 4);
	memcpy(p + 16, &daddr, 4);
	for (i = 0; i < 20; i += 2)
		sum += p[i] << 8 | p[i + 1];
	sum = (sum & 0xffff) + (sum >> 16);
	put16(p + 10, ~((sum & 0xffff) + (sum >> 16)));
	put16(p + 20, 9);
	put16(p + 22, 9);
	put16(p + 24, len - 20);
}

static void build_ipv6(uint8_t *p, size_t len)
{
	p[0] = 0x60;
	put16(p + 4, len - 40);
	p[6] = 59;	/* no next header */
	p[7] = 64;
	p[8] = 0xfd;
	memcpy(p + 20, &saddr, 4);
	p[24] = 0xfd;
	memcpy(p + 36, &daddr, 4);
}

static void build_arp(uint8_t *p)
{
	memcpy(p, "\0\1\x08\0\6\4\0\1", 8);
	memcpy(p + 8, src, 6);
	memcpy(p + 14, &saddr, 4);
	memcpy(p + 24, &daddr, 4);
}

static void destination(uint8_t *to, const struct kind *kind)
{
	if (!strcmp(kind->to, TO_DST))
		memcpy(to, dst, 6);
	else if (!strcmp(kind->to, TO_OWN))
		memcpy(to, own, 6);
	else if (!strcmp(kind->to, TO_RANDOM))
		random_mac(to);
	else
		memcpy(to, kind->to, 6);
}

static size_t build(uint8_t *f, const struct kind *kind)
{
	uint8_t *payload = f + MACS + kind->head_len;
	size_t rest = kind->len - MACS - kind->head_len;

	memset(f, 0, kind->len);
	destination(f, kind);
	memcpy(f + 6, src, 6);
	memcpy(f + MACS, kind->head, kind->head_len);
	if (kind->payload == IPV4)
		build_ipv4(payload, rest);
	else if (kind->payload == IPV6)
		build_ipv6(payload, rest);
	else if (kind->payload == ARP)
		build_arp(payload);
	put32(f + kind->len - MARKER_LEN, MARKER);
	put32(f + kind->len - MARKER_LEN + 4, flow);
	return kind->len;
}

/* The wanted kinds, in turn, over the whole batch */
static void build_all(void)
{
	unsigned int i, k = 0;

	for (i = 0; i < BATCH; i++, k++) {
		while (!wanted[k % KINDS])
			k++;
		iovs[i].iov_base = frames[i];
		iovs[i].iov_len = build(frames[i], &kinds[k % KINDS]);
		msgs[i].msg_hdr.msg_iov = &iovs[i];
		msgs[i].msg_hdr.msg_iovlen = 1;
	}
}

/* @n of a batch: how many were offered. A device that is down takes none; one that
 * drops a frame on its way out says ENOBUFS, and the next one's turn comes
 */
static unsigned int send_some(unsigned int n)
{
	unsigned int i, done = 0;
	int took;

	if (src_random)
		for (i = 0; i < n; i++)
			random_mac(frames[i] + 6);
	while (done < n) {
		took = sendmmsg(fd, msgs + done, n - done, 0);
		if (took < 0 && errno == ENOBUFS)
			took = 1;
		if (took < 0)
			break;
		done += took;
	}
	if (done < n && errno != ENETDOWN && errno != ENXIO)
		perror("frame_flood");
	if (!done)
		usleep(100);
	sent += done;
	return done;
}

static bool set_kinds(char *list)
{
	unsigned int i, found = 0;
	char *save, *word;

	for (i = 0; i < KINDS; i++)
		wanted[i] = !strcmp(list, "all");
	if (!strcmp(list, "all"))
		return true;
	for (word = strtok_r(list, ",", &save); word; word = strtok_r(NULL, ",", &save))
		for (i = 0; i < KINDS; i++)
			if (!strcmp(kinds[i].name, word)) {
				wanted[i] = true;
				found++;
			}
	return found;
}

static bool assign(char *word)
{
	char *value = strchr(word, '=');

	if (!value++)
		return false;
	if (!strncmp(word, "src=", 4)) {
		src_random = !strcmp(value, "random");
		return src_random || mac_of(value, src);
	}
	if (!strncmp(word, "dst=", 4))
		return mac_of(value, dst);
	if (!strncmp(word, "own=", 4))
		return mac_of(value, own);
	if (!strncmp(word, "saddr=", 6))
		return inet_pton(AF_INET, value, &saddr) == 1;
	if (!strncmp(word, "daddr=", 6))
		return inet_pton(AF_INET, value, &daddr) == 1;
	return !strncmp(word, "kinds=", 6) && set_kinds(value);
}

static bool cmd_set(char **words)
{
	for (; *words; words++)
		if (!assign(*words))
			return no(*words);
	build_all();
	return true;
}

static bool say_sent(unsigned long n)
{
	printf("ok %lu\n", n);
	return false;
}

/* On a device that is down it would never end: so many tries are enough */
static bool cmd_burst(char **words)
{
	unsigned long n = *words ? strtoul(*words, NULL, 0) : 0, left = n;
	unsigned int some, in_vain = 0;

	while (left && in_vain < 1000) {
		some = send_some(left < BATCH ? left : BATCH);
		in_vain = some ? 0 : in_vain + 1;
		left -= some;
	}
	return say_sent(n - left);
}

static bool cmd_go(char **words)
{
	(void)words;
	going = true;
	return true;
}

static bool cmd_stop(char **words)
{
	(void)words;
	going = false;
	return say_sent(sent);
}

static bool cmd_sent(char **words)
{
	(void)words;
	return say_sent(sent);
}

static const struct command commands[] = {
	{ "set", cmd_set }, { "burst", cmd_burst }, { "go", cmd_go }, { "stop", cmd_stop },
	{ "sent", cmd_sent },
};

int main(int argc, char **argv)
{
	struct sockaddr_ll addr = { .sll_family = AF_PACKET };
	struct pollfd pfd = { .fd = STDIN_FILENO, .events = POLLIN };

	addr.sll_ifindex = argc == 3 ? if_nametoindex(argv[1]) : 0;
	if (!addr.sll_ifindex) {
		fputs("Usage: frame_flood DEV FLOW\n", stderr);
		return 1;
	}
	flow = atoi(argv[2]);
	inet_pton(AF_INET, "192.0.2.1", &saddr);
	inet_pton(AF_INET, "192.0.2.2", &daddr);
	memset(wanted, true, sizeof(wanted));
	/* Protocol 0: it sends, and hears nothing */
	fd = socket(AF_PACKET, SOCK_RAW, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&addr, sizeof(addr))) {
		perror("frame_flood");
		return 1;
	}
	build_all();
	for (;;) {
		if (going)
			send_some(BATCH);
		if (poll(&pfd, 1, going ? 0 : -1) > 0 &&
		    !lines_obey(commands, sizeof(commands) / sizeof(*commands)))
			return 0;
	}
}
