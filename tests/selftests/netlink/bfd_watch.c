// SPDX-License-Identifier: GPL-2.0
/*
 * Readers that come at a bad time.
 *
 *	bfd_watch dumps BASE COUNT SECONDS
 *		dump over and over while others add and delete: sessions BASE to
 *		BASE + COUNT - 1 stay, and must be in each dump, once
 *	bfd_watch overrun
 *		a listener that does not listen: it is told that it missed some,
 *		once, and then goes on. Sessions 1000 to 1999 are made for it
 *	bfd_watch secret WORD...
 *		a dump has none of these words, whatever attribute they might be in
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/bfd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include "genl.h"

#define SEEN_MAX	16384

/**
 * struct dump - what one of them has shown
 * @seen: discriminators
 * @count: how many
 * @interrupted: it says that sessions came or went meanwhile
 * @done: it is over
 */
struct dump {
	uint32_t seen[SEEN_MAX];
	unsigned int count;
	bool interrupted;
	bool done;
};

static struct genl genl;
static struct dump dump;

static int fail(const char *why, uint32_t number)
{
	printf("# %s: %u\n", why, number);
	return 1;
}

static int take(const struct nlmsghdr *hdr)
{
	if (hdr->nlmsg_seq != genl.seq)
		return 0;
	if (hdr->nlmsg_flags & NLM_F_DUMP_INTR)
		dump.interrupted = true;
	if (hdr->nlmsg_type == NLMSG_ERROR)
		return fail("the dump ends with an error", 0);
	if (hdr->nlmsg_type == NLMSG_DONE)
		dump.done = true;
	else if (dump.count == SEEN_MAX)
		return fail("more sessions than ever were", dump.count);
	else
		dump.seen[dump.count++] = genl_u32(genl_attr(hdr, BFD_A_LOCAL_DISCRIMINATOR));
	return 0;
}

static int dump_all(void)
{
	union {
		struct nlmsghdr hdr;
		uint8_t bytes[32768];
	} buf;
	struct nlmsghdr *hdr;
	size_t left;
	ssize_t got;

	memset(&dump, 0, sizeof(dump));
	genl_request(&genl, BFD_CMD_SESSION_GET, NLM_F_DUMP);
	if (genl_send(&genl))
		return fail("send", errno);
	while (!dump.done) {
		got = recv(genl.fd, &buf, sizeof(buf), 0);
		if (got < 0)
			return fail("recv", errno);
		left = got;
		for (hdr = &buf.hdr; NLMSG_OK(hdr, left); hdr = NLMSG_NEXT(hdr, left))
			if (take(hdr))
				return 1;
	}
	return 0;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static int check(uint32_t base, uint32_t count)
{
	uint32_t stable = 0;
	unsigned int i;

	qsort(dump.seen, dump.count, sizeof(*dump.seen), by_number);
	for (i = 0; i < dump.count; i++) {
		bool stays = dump.seen[i] - base < count;

		/* One that was deleted and made again meanwhile is another one */
		if (i && dump.seen[i] == dump.seen[i - 1] && (stays || !dump.interrupted))
			return fail("twice in one dump", dump.seen[i]);
		stable += stays;
	}
	return stable == count ? 0 : fail("of those that stayed, seen only", stable);
}

static int dumps(uint32_t base, uint32_t count, int seconds)
{
	time_t end = time(NULL) + seconds;
	unsigned int n = 0, interrupted = 0;

	do {
		if (dump_all() || check(base, count))
			return 1;
		n++;
		interrupted += dump.interrupted;
	} while (time(NULL) < end);
	printf("# %u dumps, %u interrupted\n", n, interrupted);
	return interrupted ? 0 : fail("none was interrupted", n);
}

/* Passive sessions to nobody, each an event */
static int add(uint32_t discr)
{
	uint32_t peer = __builtin_bswap32(0xc6120000 + discr);	/* 198.18.0.0/15 */

	genl_request(&genl, BFD_CMD_SESSION_NEW, NLM_F_ACK);
	genl_put32(&genl, BFD_A_PEER, peer);
	genl_put32(&genl, BFD_A_LOCAL_DISCRIMINATOR, discr);
	genl_put8(&genl, BFD_A_PASSIVE, 1);
	return genl_talk(&genl);
}

/* The discriminator the next event is about; 0 and errno if there is none */
static uint32_t event(const struct genl *listener)
{
	union {
		struct nlmsghdr hdr;
		uint8_t bytes[8192];
	} buf;

	if (recv(listener->fd, &buf, sizeof(buf), MSG_DONTWAIT) < 0)
		return 0;
	return genl_u32(genl_attr(&buf.hdr, BFD_A_LOCAL_DISCRIMINATOR));
}

static int overrun(void)
{
	unsigned int heard = 0, told = 0, size = 1;
	static struct genl listener;
	uint32_t discr;

	if (genl_open(&listener, BFD_GENL_NAME))
		return fail("no family", 0);
	setsockopt(listener.fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (setsockopt(listener.fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &listener.group,
		       sizeof(listener.group)))
		return fail("no group", listener.group);
	for (discr = 1000; discr < 1200; discr++)
		if (add(discr))
			return fail(genl.why, discr);
	for (;;) {
		if (event(&listener))
			heard++;
		else if (errno == ENOBUFS)
			told++;
		else
			break;
	}
	printf("# 200 events, %u heard, told of loss %u times\n", heard, told);
	if (!heard || heard >= 200 || told != 1)
		return fail("that is wrong", told);
	if (add(1999) || event(&listener) != 1999)
		return fail("deaf for good", 1999);
	return 0;
}

static int secret(char **words)
{
	static uint8_t bytes[65536];
	ssize_t got;

	genl_request(&genl, BFD_CMD_SESSION_GET, NLM_F_DUMP);
	if (genl_send(&genl))
		return fail("send", errno);
	got = recv(genl.fd, bytes, sizeof(bytes), 0);
	if (got < 500)
		return fail("no session in it", got);
	for (; *words; words++)
		if (memmem(bytes, got, *words, strlen(*words)))
			return fail("told a secret", got);
	return 0;
}

int main(int argc, char **argv)
{
	if (genl_open(&genl, BFD_GENL_NAME))
		return fail("no family", 0);
	if (argc == 5 && !strcmp(argv[1], "dumps"))
		return dumps(atoi(argv[2]), atoi(argv[3]), atoi(argv[4]));
	if (argc == 2 && !strcmp(argv[1], "overrun"))
		return overrun();
	if (argc > 2 && !strcmp(argv[1], "secret"))
		return secret(argv + 2);
	fprintf(stderr, "Usage: bfd_watch dumps BASE COUNT SECONDS | overrun | secret WORD...\n");
	return 1;
}
