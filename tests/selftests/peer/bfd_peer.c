// SPDX-License-Identifier: GPL-2.0
/*
 * bfd_peer: a BFD neighbour that does what it is told, right or wrong.
 *
 *	bfd_peer DEV MAC SRC DST
 *
 * speaks as SRC, on DEV, to DST whose MAC address is MAC. It has no state
 * machine: what is sent is what the test says. Frames go out and come in below
 * IP, by a packet socket, so nothing of them is made or hidden by the kernel.
 * A command is a line on stdin, its answer one on stdout: "ok" or "no: why".
 * Every packet that comes is a line on stderr.
 *
 *	set FIELD=VALUE...	change what is sent; the fields are struct frame's
 *	send [FIELD=VALUE...]	send now, with these changes for this once
 *	burst N [FIELD=VALUE...] likewise, N times without a pause
 *	sweep N [FIELD=VALUE...] likewise, each from the address after the last one's
 *	every MS		send periodically; 0: do not
 *	answer 0|1		answer Polls at once (from the start: 1)
 *	learn 0|1		take "your" from what comes (from the start: 1)
 *	reflect 0|1		answer everything, as an S-BFD reflector: to the port it
 *				came from, "your", "mult", "tx" and F as asked, the rest
 *				as set (from the start: 0)
 *	up SECS			shake hands until both are Up
 *	expect SECS COND...	ok if a packet that meets all of COND has come
 *				since the last flush, expect or up, or comes in time
 *	never SECS COND...	ok if no such packet comes in all this time
 *	sleep SECS		go on meanwhile
 *	flush			forget what has come
 *
 *	COND := FIELD{=|!=|>=|<=}VALUE
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "frame.h"

#define QUEUE	1024
#define WORDS	32

static const struct field {
	const char *name;
	size_t offset;
} fields[] = {
#define FIELD(name) { #name, offsetof(struct frame, name) }
	FIELD(ttl), FIELD(tos), FIELD(opts), FIELD(frag), FIELD(sport), FIELD(dport),
	FIELD(udplen), FIELD(csum), FIELD(size), FIELD(ver), FIELD(diag), FIELD(state),
	FIELD(p), FIELD(f), FIELD(c), FIELD(a), FIELD(d), FIELD(m), FIELD(mult), FIELD(len),
	FIELD(my), FIELD(your), FIELD(tx), FIELD(rx), FIELD(echo), FIELD(atype), FIELD(alen),
	FIELD(kid), FIELD(seq), FIELD(digest), FIELD(step), FIELD(gap),
#undef FIELD
};

#define FIELDS	(sizeof(fields) / sizeof(*fields))

/* As words, for the state fields; elsewhere they are numbers like others */
static const char * const states[] = { "admin-down", "down", "init", "up" };
static const char * const csums[] = { "good", "bad", "zero" };

/**
 * struct peer - all of it
 * @fd: packet socket
 * @to: where frames go
 * @now: what is sent
 * @every_ms: how often; 0 only when told
 * @next_ms: when next
 * @answer: answer Polls
 * @learn: take "your" from what comes
 * @reflect: answer everything
 * @last_rx_ms: when the last packet came
 * @queue: what came and no command has looked at
 * @head: first of it
 * @count: how many
 */
struct peer {
	int fd;
	struct sockaddr_ll to;
	struct frame now;
	long every_ms;
	long next_ms;
	bool answer;
	bool learn;
	bool reflect;
	long last_rx_ms;
	struct frame queue[QUEUE];
	unsigned int head;
	unsigned int count;
};

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static uint32_t *field_of(struct frame *fr, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < FIELDS; i++)
		if (strlen(fields[i].name) == len && !memcmp(fields[i].name, name, len))
			return (uint32_t *)((char *)fr + fields[i].offset);
	return NULL;
}

static bool value_of(const char *word, uint32_t *value)
{
	char *end;
	unsigned int i;

	for (i = 0; i < 4; i++)
		if (!strcmp(word, states[i]))
			return *value = i, true;
	for (i = 0; i < 3; i++)
		if (!strcmp(word, csums[i]))
			return *value = i, true;
	*value = strtoul(word, &end, 0);
	return *word && !*end;
}

static bool assign(struct frame *fr, const char *word)
{
	const char *equals = strchr(word, '=');
	uint32_t *field = equals ? field_of(fr, word, equals - word) : NULL;

	if (equals && !memcmp(word, "src=", 4))
		return inet_pton(fr->family, equals + 1, &fr->src) == 1;
	if (equals && !memcmp(word, "dst=", 4))
		return inet_pton(fr->family, equals + 1, &fr->dst) == 1;
	if (equals && !memcmp(word, "secret=", 7) && strlen(equals + 1) <= SECRET_MAX) {
		strcpy(fr->secret, equals + 1);
		return true;
	}
	return field && value_of(equals + 1, field);
}

/* 1 or 0: met or not; -1: it makes no sense */
static int met(struct frame *fr, const char *cond)
{
	size_t n = strcspn(cond, "!<>=");
	uint32_t *field = field_of(fr, cond, n);
	char op = cond[n];
	uint32_t value;

	if (!field || !op || !value_of(cond + n + (op == '=' ? 1 : 2), &value))
		return -1;
	switch (op) {
	case '!':
		return *field != value;
	case '<':
		return *field <= value;
	case '>':
		return *field >= value;
	default:
		return *field == value;
	}
}

static int meets(struct frame *fr, char **conds)
{
	int one;

	for (; *conds; conds++) {
		one = met(fr, *conds);
		if (one <= 0)
			return one;
	}
	return 1;
}

static void print(FILE *out, const char *what, struct frame *fr)
{
	size_t i;

	fprintf(out, "%s", what);
	for (i = 0; i < FIELDS; i++)
		fprintf(out, " %s=%u", fields[i].name,
			*field_of(fr, fields[i].name, strlen(fields[i].name)));
	fputc('\n', out);
	fflush(out);
}

static void put(struct peer *peer, const uint8_t *buf, size_t len)
{
	/* A full queue or a device that is down loses packets, as wires do */
	if (sendto(peer->fd, buf, len, 0, (struct sockaddr *)&peer->to, sizeof(peer->to)) < 0 &&
	    errno != ENOBUFS && errno != ENETDOWN && errno != ENXIO)
		perror("bfd_peer: send");
}

static void transmit_times(struct peer *peer, const struct frame *fr, unsigned long times)
{
	uint8_t buf[FRAME_MAX], part[FRAME_MAX];
	size_t len = frame_build(fr, buf);
	unsigned int n;

	peer->now.seq += fr->step * times;
	for (; times; times--) {
		if (!fr->frag)
			put(peer, buf, len);
		for (n = 0; n < 2 * !!fr->frag; n++)
			put(peer, part, frame_fragment(buf, len, n, part));
	}
}

static void transmit(struct peer *peer, const struct frame *fr)
{
	transmit_times(peer, fr, 1);
}

static void reflect(struct peer *peer, const struct frame *fr)
{
	struct frame answer = peer->now;

	answer.dport = fr->sport;
	answer.your = fr->my;
	answer.mult = fr->mult;
	answer.tx = fr->tx;
	answer.f = fr->p;
	transmit(peer, &answer);
}

static void received(struct peer *peer, struct frame *fr)
{
	long now = now_ms();

	fr->gap = peer->last_rx_ms ? now - peer->last_rx_ms : 0;
	peer->last_rx_ms = now;
	print(stderr, "rx", fr);
	if (peer->learn)
		peer->now.your = fr->my;
	if (peer->reflect) {
		reflect(peer, fr);
	} else if (peer->answer && fr->p) {
		struct frame final = peer->now;

		final.f = 1;
		final.p = 0;
		transmit(peer, &final);
	}
	peer->queue[(peer->head + peer->count) % QUEUE] = *fr;
	if (peer->count < QUEUE)
		peer->count++;
	else
		peer->head = (peer->head + 1) % QUEUE;
}

/* S-BFD goes both ways by the ports of one end */
static bool is_for(const struct peer *peer, const struct frame *fr)
{
	return fr->dport == peer->now.dport || fr->dport == peer->now.sport;
}

static void receive(struct peer *peer)
{
	uint8_t buf[2048];
	struct frame fr;
	ssize_t len;

	while ((len = recv(peer->fd, buf, sizeof(buf), MSG_DONTWAIT)) >= 0)
		if (!frame_parse(&fr, peer->now.family, peer->now.secret, buf, len) &&
		    is_for(peer, &fr) && !memcmp(&fr.src, &peer->now.dst, 16))
			received(peer, &fr);
}

/* Do what is due, until something came, @fd has something, or it is @until */
static void turn(struct peer *peer, int fd, long until)
{
	struct pollfd pfds[] = {
		{ .fd = peer->fd, .events = POLLIN },
		{ .fd = fd, .events = POLLIN },
	};
	long now = now_ms();

	if (peer->every_ms && now >= peer->next_ms) {
		transmit(peer, &peer->now);
		peer->next_ms = now + peer->every_ms;
	}
	if (peer->every_ms && peer->next_ms < until)
		until = peer->next_ms;
	poll(pfds, fd < 0 ? 1 : 2, until > now ? until - now : 0);
	receive(peer);
}

static struct frame *next(struct peer *peer, long until)
{
	struct frame *fr;

	while (!peer->count) {
		if (now_ms() >= until)
			return NULL;
		turn(peer, -1, until);
	}
	fr = &peer->queue[peer->head];
	peer->head = (peer->head + 1) % QUEUE;
	peer->count--;
	return fr;
}

static bool no(const char *why)
{
	printf("no: %s\n", why);
	return false;
}

/* The end of a time in seconds, decimals allowed */
static long in(const char *secs)
{
	return now_ms() + (long)(strtod(secs ? secs : "0", NULL) * 1000);
}

static bool cmd_set(struct peer *peer, char **words)
{
	struct frame fr = peer->now;

	for (; *words; words++)
		if (!assign(&fr, *words))
			return no(*words);
	peer->now = fr;
	return true;
}

static bool send_times(struct peer *peer, unsigned long times, char **words)
{
	struct frame fr = peer->now;

	for (; *words; words++)
		if (!assign(&fr, *words))
			return no(*words);
	transmit_times(peer, &fr, times);
	return true;
}

static bool cmd_send(struct peer *peer, char **words)
{
	return send_times(peer, 1, words);
}

static bool cmd_burst(struct peer *peer, char **words)
{
	return *words ? send_times(peer, strtoul(*words, NULL, 0), words + 1) : no("how many?");
}

/* The last byte of the source counts up */
static bool cmd_sweep(struct peer *peer, char **words)
{
	unsigned long times = *words ? strtoul(*words, NULL, 0) : 0;
	struct frame fr = peer->now;
	char **word;

	for (word = words + !!*words; *word; word++)
		if (!assign(&fr, *word))
			return no(*word);
	for (; times; times--) {
		transmit(peer, &fr);
		((uint8_t *)&fr.src)[fr.family == AF_INET ? 3 : 15]++;
	}
	return true;
}

static bool cmd_every(struct peer *peer, char **words)
{
	peer->every_ms = *words ? atol(*words) : 0;
	peer->next_ms = now_ms();
	return true;
}

static bool cmd_answer(struct peer *peer, char **words)
{
	peer->answer = *words && atoi(*words);
	return true;
}

static bool cmd_learn(struct peer *peer, char **words)
{
	peer->learn = *words && atoi(*words);
	return true;
}

static bool cmd_reflect(struct peer *peer, char **words)
{
	peer->reflect = *words && atoi(*words);
	return true;
}

static bool cmd_expect(struct peer *peer, char **words)
{
	long until = in(*words);
	struct frame *fr;
	int is;

	if (!*words)
		return no("how long?");
	while ((fr = next(peer, until))) {
		is = meets(fr, words + 1);
		if (is < 0)
			return no("condition");
		if (is) {
			print(stdout, "ok", fr);
			return false;
		}
	}
	return no("did not come");
}

static bool cmd_flush(struct peer *peer, char **words)
{
	(void)words;
	receive(peer);
	peer->count = 0;
	return true;
}

static bool cmd_never(struct peer *peer, char **words)
{
	long until = in(*words);
	struct frame *fr;

	cmd_flush(peer, NULL);
	while (*words && (fr = next(peer, until)))
		if (meets(fr, words + 1))
			return no("came");
	return true;
}

static bool cmd_sleep(struct peer *peer, char **words)
{
	long until = in(*words);

	while (now_ms() < until)
		turn(peer, -1, until);
	return true;
}

/* RFC 5880 6.2, as far as it takes: Down until it is Init, then Up */
static bool cmd_up(struct peer *peer, char **words)
{
	long until = in(*words);
	struct frame *fr;

	peer->now.state = 1;
	peer->now.your = 0;
	peer->learn = false;
	cmd_flush(peer, NULL);
	peer->next_ms = now_ms();
	while ((fr = next(peer, until))) {
		if (fr->your != peer->now.my || fr->state < 2) {
			peer->now.your = fr->state == 1 ? 0 : fr->my;
			continue;
		}
		peer->now.your = fr->my;
		peer->now.state = 3;
		peer->learn = true;
		if (fr->state == 3)
			return true;
		transmit(peer, &peer->now);
	}
	return no("not Up");
}

static const struct command {
	const char *name;
	bool (*run)(struct peer *peer, char **words);
} commands[] = {
	{ "set", cmd_set }, { "send", cmd_send }, { "burst", cmd_burst },
	{ "sweep", cmd_sweep },
	{ "every", cmd_every }, { "answer", cmd_answer }, { "learn", cmd_learn },
	{ "reflect", cmd_reflect }, { "up", cmd_up }, { "expect", cmd_expect }, { "never", cmd_never },
	{ "sleep", cmd_sleep }, { "flush", cmd_flush },
};

static void obey(struct peer *peer, char *line)
{
	char *words[WORDS + 1] = {};
	bool done = false;
	unsigned int i;

	for (i = 0; i < WORDS; i++, line = NULL) {
		words[i] = strtok(line, " \t\n");
		if (!words[i])
			break;
	}
	for (i = 0; words[0] && i < sizeof(commands) / sizeof(*commands); i++)
		if (!strcmp(words[0], commands[i].name)) {
			done = true;
			if (commands[i].run(peer, words + 1))
				puts("ok");
		}
	if (!done)
		no("what?");
	fflush(stdout);
}

static int peer_open(struct peer *peer, char **argv)
{
	bool v4 = strchr(argv[3], '.');
	uint8_t *mac = peer->to.sll_addr;

	peer->now = (struct frame) {
		.family = v4 ? AF_INET : AF_INET6,
		.ttl = 255, .tos = 0xc0, .sport = 50000, .dport = 3784, .size = 24,
		.ver = 1, .state = 1, /* Never the cause of a detection, unless told */
		.mult = 100, .len = 24, .my = 0x1001,
		.tx = 300000, .rx = 300000,
	};
	peer->answer = true;
	peer->learn = true;
	peer->to.sll_family = AF_PACKET;
	peer->to.sll_protocol = htons(v4 ? ETH_P_IP : ETH_P_IPV6);
	peer->to.sll_ifindex = if_nametoindex(argv[1]);
	peer->to.sll_halen = ETH_ALEN;
	if (!peer->to.sll_ifindex ||
	    sscanf(argv[2], "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", mac, mac + 1, mac + 2, mac + 3,
		   mac + 4, mac + 5) != 6 ||
	    inet_pton(peer->now.family, argv[3], &peer->now.src) != 1 ||
	    inet_pton(peer->now.family, argv[4], &peer->now.dst) != 1)
		return -1;
	peer->fd = socket(AF_PACKET, SOCK_DGRAM, peer->to.sll_protocol);
	return bind(peer->fd, (struct sockaddr *)&peer->to, sizeof(peer->to));
}

int main(int argc, char **argv)
{
	static struct peer peer;
	char line[1024];
	size_t used = 0;
	ssize_t len;
	char *end;

	if (argc != 5 || peer_open(&peer, argv)) {
		fprintf(stderr, "Usage: bfd_peer DEV MAC SRC DST\n");
		return 1;
	}
	for (;;) {
		struct pollfd pfd = { .fd = STDIN_FILENO, .events = POLLIN };

		turn(&peer, STDIN_FILENO, now_ms() + 60000);
		if (poll(&pfd, 1, 0) <= 0)
			continue;
		len = read(STDIN_FILENO, line + used, sizeof(line) - 1 - used);
		if (len <= 0)
			return 0;
		used += len;
		line[used] = '\0';
		while ((end = strchr(line, '\n'))) {
			*end++ = '\0';
			obey(&peer, line);
			used -= end - line;
			memmove(line, end, used + 1);
		}
	}
}
