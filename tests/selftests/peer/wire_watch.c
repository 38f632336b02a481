// SPDX-License-Identifier: GPL-2.0
/*
 * wire_watch FILE NETNS/DEV...: what an authentication looks like on several wires
 * at once, by one clock: that of the kernel's packet taps. It sleeps until asked,
 * so it costs whoever is being watched a copy of each frame, and nothing else.
 * Commands, see lines.h:
 *
 *	look		append to FILE what was seen since the last look, a line for
 *			each frame: CLOCK_REALTIME in ns, DEV, what it is
 *	forget		do not
 *	up NETNS/DEV	set that one of the devices up, and note when: a line "up"
 *
 * A frame is start, logoff, request, response, success, failure (EAPOL and EAP);
 * radius-1, -2, -3, -11 (by RADIUS code, then port of the client and identifier);
 * or drip, echo (EtherTypes 0x88b6, 0x88b5: frames of data).
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "lines.h"

#define WIRES		8
#define RADIUS_PORT	1812
#define SNAP		64	/* of a frame; nothing beyond is looked at */
#define BUFFER		(256 << 20)

/**
 * struct wire - a device that is watched
 * @name: as it was given
 * @dev: its name within its namespace
 * @fd: a packet socket there
 */
struct wire {
	const char *name;
	const char *dev;
	int fd;
};

static struct wire wires[WIRES];
static int wire_count;
static FILE *file;

static void die(const char *what)
{
	fprintf(stderr, "wire_watch: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void enter(const char *netns, int len)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "/run/netns/%.*s", len, netns);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWNET))
		die(path);
	close(fd);
}

static void wire_open(struct wire *wire, const char *name)
{
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
	};
	const char *slash = strchr(name, '/');
	int on = 1, size = BUFFER;

	if (!slash) {
		fprintf(stderr, "wire_watch: NETNS/DEV is needed, not %s\n", name);
		exit(1);
	}
	enter(name, slash - name);
	wire->name = name;
	wire->dev = slash + 1;
	addr.sll_ifindex = if_nametoindex(wire->dev);
	wire->fd = socket(AF_PACKET, SOCK_RAW, 0);
	if (!addr.sll_ifindex || wire->fd < 0 ||
	    setsockopt(wire->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) ||
	    setsockopt(wire->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on)) ||
	    bind(wire->fd, (struct sockaddr *)&addr, sizeof(addr)))
		die(name);
}

static unsigned int get16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

/* What @frame is, in words of this program; empty if it is none of them. After its
 * end there are zeros
 */
static void describe(const uint8_t frame[SNAP], char *text, size_t size)
{
	static const char *const eapol[] = { NULL, "start", "logoff" };
	static const char *const eap[] = { NULL, "request", "response", "success", "failure" };
	const uint8_t *udp = frame + 14 + 20;
	bool from_server;

	*text = '\0';
	switch (get16(frame + 12)) {
	case ETH_P_PAE:
		if (frame[15] == 1 || frame[15] == 2)
			snprintf(text, size, "%s", eapol[frame[15]]);
		else if (!frame[15] && frame[18] >= 1 && frame[18] <= 4)
			snprintf(text, size, "%s", eap[frame[18]]);
		break;
	case ETH_P_IP:
		from_server = get16(udp) == RADIUS_PORT;
		if (frame[14] == 0x45 && frame[23] == IPPROTO_UDP &&
		    (from_server || get16(udp + 2) == RADIUS_PORT))
			snprintf(text, size, "radius-%u %u %u", udp[8],
				 get16(from_server ? udp + 2 : udp), udp[9]);
		break;
	case 0x88b5:
		snprintf(text, size, "echo");
		break;
	case 0x88b6:
		snprintf(text, size, "drip");
		break;
	}
}

static long long ns_of(const struct timespec *ts)
{
	return ts->tv_sec * 1000000000LL + ts->tv_nsec;
}

/* The next frame of @wire, its time and what it is: false if there is none */
static bool next(const struct wire *wire, long long *ns, char *text, size_t size)
{
	uint8_t frame[SNAP] = {};
	char control[CMSG_SPACE(sizeof(struct timespec))];
	struct iovec iov = { frame, sizeof(frame) };
	struct msghdr msg = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	struct cmsghdr *cmsg;
	struct timespec ts;
	ssize_t len;

	len = recvmsg(wire->fd, &msg, MSG_DONTWAIT);
	/* A device that was down says so, once */
	if (len < 0 && errno == ENETDOWN)
		len = recvmsg(wire->fd, &msg, MSG_DONTWAIT);
	if (len < 0)
		return false;
	cmsg = CMSG_FIRSTHDR(&msg);
	if (!cmsg || cmsg->cmsg_type != SCM_TIMESTAMPNS)
		die("a frame without a time");
	memcpy(&ts, CMSG_DATA(cmsg), sizeof(ts));
	*ns = ns_of(&ts);
	describe(frame, text, size);
	return true;
}

/* A frame that did not fit would be missed by whoever reads FILE */
static bool drain(FILE *to)
{
	struct tpacket_stats stats;
	socklen_t size;
	char text[64];
	long long ns;
	int i;

	for (i = 0; i < wire_count; i++) {
		while (next(&wires[i], &ns, text, sizeof(text)))
			if (to && *text)
				fprintf(to, "%lld %s %s\n", ns, wires[i].name, text);
		size = sizeof(stats);
		if (getsockopt(wires[i].fd, SOL_PACKET, PACKET_STATISTICS, &stats, &size) ||
		    stats.tp_drops)
			return no("frames were lost");
	}
	if (to)
		fflush(to);
	return true;
}

static bool cmd_look(char **words)
{
	(void)words;
	return drain(file);
}

static bool cmd_forget(char **words)
{
	(void)words;
	return drain(NULL);
}

static bool cmd_up(char **words)
{
	struct timespec now;
	struct ifreq ifr = {};
	int i;

	for (i = 0; i < wire_count; i++)
		if (*words && !strcmp(wires[i].name, *words))
			break;
	if (i == wire_count)
		return no("that one is not watched");
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", wires[i].dev);
	if (ioctl(wires[i].fd, SIOCGIFFLAGS, &ifr))
		return no(strerror(errno));
	ifr.ifr_flags |= IFF_UP;
	clock_gettime(CLOCK_REALTIME, &now);
	if (ioctl(wires[i].fd, SIOCSIFFLAGS, &ifr))
		return no(strerror(errno));
	fprintf(file, "%lld %s up\n", ns_of(&now), wires[i].name);
	return true;
}

static const struct command commands[] = {
	{ "look", cmd_look }, { "forget", cmd_forget }, { "up", cmd_up },
};

int main(int argc, char **argv)
{
	if (argc < 3 || argc > 2 + WIRES) {
		fputs("Usage: wire_watch FILE NETNS/DEV...\n", stderr);
		return 1;
	}
	file = fopen(argv[1], "a");
	if (!file)
		die(argv[1]);
	for (wire_count = 0; wire_count < argc - 2; wire_count++)
		wire_open(&wires[wire_count], argv[2 + wire_count]);
	while (lines_obey(commands, sizeof(commands) / sizeof(*commands)))
		;
	return 0;
}
