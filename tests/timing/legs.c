// SPDX-License-Identifier: GPL-2.0
/*
 * legs PORT DEV...: notes each UDP packet to PORT that leaves by one of the devices, until
 * SIGTERM; then prints a line for each: CLOCK_REALTIME in ns, and which device, from 1.
 *
 * What is noted waits in the sockets, with the time at which the device got it. Nothing
 * is read before the end, so that nothing but the router has anything to do meanwhile.
 */
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define MAX_DEVICES	4
#define ROOM		(256 << 20)

static void die(const char *what)
{
	fprintf(stderr, "legs: %s: %s\n", what, strerror(errno));
	exit(2);
}

static int open_device(const char *name)
{
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = if_nametoindex(name),
	};
	int fd, room = ROOM, on = 1;

	fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (!addr.sll_ifindex || fd < 0)
		die(name);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) ||
	    setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on)) ||
	    bind(fd, (struct sockaddr *)&addr, sizeof(addr)))
		die(name);
	return fd;
}

static int is_ours(const char *data, ssize_t len, const struct sockaddr_ll *from, int port)
{
	const struct iphdr *iph = (const void *)data;
	const struct udphdr *uh = (const void *)(iph + 1);

	return len >= (ssize_t)(sizeof(*iph) + sizeof(*uh)) &&
	       from->sll_pkttype == PACKET_OUTGOING && from->sll_protocol == htons(ETH_P_IP) &&
	       iph->protocol == IPPROTO_UDP && uh->dest == htons(port);
}

static void print_packets(int fd, int port, int device)
{
	char data[64], control[64];
	struct sockaddr_ll from;
	struct iovec iov = { data, sizeof(data) };
	struct timespec ts;
	struct msghdr msg;
	ssize_t len;

	for (;;) {
		msg = (struct msghdr) {
			.msg_name = &from, .msg_namelen = sizeof(from),
			.msg_iov = &iov, .msg_iovlen = 1,
			.msg_control = control, .msg_controllen = sizeof(control),
		};
		len = recvmsg(fd, &msg, MSG_DONTWAIT);
		if (len < 0)
			break;
		if (!is_ours(data, len, &from, port) || !CMSG_FIRSTHDR(&msg))
			continue;
		memcpy(&ts, CMSG_DATA(CMSG_FIRSTHDR(&msg)), sizeof(ts));
		printf("%llu %d\n", ts.tv_sec * 1000000000ULL + ts.tv_nsec, device);
	}
	if (errno != EAGAIN)
		die("recvmsg");
}

int main(int argc, char **argv)
{
	int fds[MAX_DEVICES], i, n = argc - 2, signal;
	struct tpacket_stats stats;
	socklen_t len = sizeof(stats);
	sigset_t set;

	if (n < 1 || n > MAX_DEVICES) {
		fputs("Usage: legs PORT DEV...\n", stderr);
		return 1;
	}
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (i = 0; i < n; i++)
		fds[i] = open_device(argv[2 + i]);
	sigwait(&set, &signal);
	for (i = 0; i < n; i++) {
		if (getsockopt(fds[i], SOL_PACKET, PACKET_STATISTICS, &stats, &len) ||
		    stats.tp_drops) {
			fprintf(stderr, "legs: %u packets not noted\n", stats.tp_drops);
			return 2;
		}
		print_packets(fds[i], atoi(argv[1]), i + 1);
	}
	return 0;
}
