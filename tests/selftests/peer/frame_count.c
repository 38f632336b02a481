// SPDX-License-Identifier: GPL-2.0
/*
 * frame_count [-i] [-x DEV] FLOW...: counts the frames of frame_flood that this
 * network namespace sees, of each flow: all that come in or go out on any device,
 * but not those that come in on DEV: that is the place in front of the gate. -i:
 * only what comes in; an ICMP error that quotes a frame does not count.
 *
 * The kernel counts, by the filter of a packet socket for each flow, so none is
 * missed however fast they come. A line on stdin asks; the answer, a line on
 * stdout, is "ok N...", counted since the beginning.
 */
#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include "marker.h"

#define FLOWS	16

#define LOAD(mode, k)		BPF_STMT(BPF_LD | BPF_W | (mode), k)
#define IF_NOT(k, skip)		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, 0, skip)
#define IF(k, skip)		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, skip, 0)

/* A socket that hears nothing yet but what @flow is, then everywhere */
static int listen_for(unsigned int flow, unsigned int without, bool in_only)
{
	struct sock_filter code[] = {
		LOAD(BPF_ABS, SKF_AD_OFF + SKF_AD_PKTTYPE),
		IF(PACKET_OUTGOING, 2),
		LOAD(BPF_ABS, SKF_AD_OFF + SKF_AD_IFINDEX),
		IF(without, 8),
		LOAD(BPF_LEN, 0),
		BPF_STMT(BPF_ALU | BPF_SUB | BPF_K, MARKER_LEN),
		BPF_STMT(BPF_MISC | BPF_TAX, 0),
		LOAD(BPF_IND, 0),
		IF_NOT(MARKER, 3),
		LOAD(BPF_IND, 4),
		IF_NOT(flow, 1),
		BPF_STMT(BPF_RET | BPF_K, 1),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	struct sock_fprog prog = { sizeof(code) / sizeof(*code), code };
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
	};
	int small = 1, ignore = in_only;
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog, sizeof(prog)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &ignore, sizeof(ignore)) ||
	    bind(fd, (struct sockaddr *)&addr, sizeof(addr))) {
		perror("frame_count");
		exit(1);
	}
	return fd;
}

/* Asking resets it. tp_packets has those the socket had no room for, too */
static unsigned long counted(int fd)
{
	struct tpacket_stats stats = {};
	socklen_t len = sizeof(stats);

	if (getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &stats, &len))
		perror("frame_count");
	return stats.tp_packets;
}

int main(int argc, char **argv)
{
	unsigned long counts[FLOWS] = {};
	unsigned int without = ~0U;
	int fds[FLOWS], i, n, option;
	bool in_only = false;
	char line[64];

	while ((option = getopt(argc, argv, "ix:")) > 0) {
		if (option == 'i')
			in_only = true;
		else if (option == 'x')
			without = if_nametoindex(optarg);
	}
	n = argc - optind;
	if (n < 1 || n > FLOWS || !without) {
		fputs("Usage: frame_count [-i] [-x DEV] FLOW...\n", stderr);
		return 1;
	}
	for (i = 0; i < n; i++)
		fds[i] = listen_for(atoi(argv[optind + i]), without, in_only);
	while (fgets(line, sizeof(line), stdin)) {
		printf("ok");
		for (i = 0; i < n; i++) {
			counts[i] += counted(fds[i]);
			printf(" %lu", counts[i]);
		}
		putchar('\n');
		fflush(stdout);
	}
	return 0;
}
