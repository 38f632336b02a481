// SPDX-License-Identifier: GPL-2.0
/*
 * frame_drip DEV DST GAP_US LAST_MS: waits for an EAPOL frame to come in by DEV, then
 * sends a frame of data to DST every GAP_US for LAST_MS, and waits again. Frames are
 * from DEV's own address, 60 bytes, EtherType 0x88b6.
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
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include "lines.h"

static uint8_t frame[ETH_ZLEN];

static void die(const char *what)
{
	fprintf(stderr, "frame_drip: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int packet_socket(const char *dev, int protocol)
{
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(protocol),
		.sll_ifindex = if_nametoindex(dev),
	};
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	if (!addr.sll_ifindex || fd < 0 || bind(fd, (struct sockaddr *)&addr, sizeof(addr)))
		die(dev);
	return fd;
}

static void build(int fd, const char *dev, const char *dst)
{
	struct ifreq ifr = {};

	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", dev);
	if (ioctl(fd, SIOCGIFHWADDR, &ifr))
		die(dev);
	memcpy(frame + ETH_ALEN, ifr.ifr_hwaddr.sa_data, ETH_ALEN);
	if (!mac_of(dst, frame)) {
		errno = EINVAL;
		die(dst);
	}
	frame[12] = 0x88;
	frame[13] = 0xb6;
}

static void drip(int fd, long gap_ns, long last_ms)
{
	long until = now_ms() + last_ms;
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	while (now_ms() < until) {
		send(fd, frame, sizeof(frame), 0);
		at.tv_nsec += gap_ns;
		if (at.tv_nsec >= 1000000000) {
			at.tv_nsec -= 1000000000;
			at.tv_sec++;
		}
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
	}
}

int main(int argc, char **argv)
{
	struct pollfd pfd = { .events = POLLIN };
	uint8_t heard[ETH_FRAME_LEN];
	int out;

	if (argc != 5) {
		fputs("Usage: frame_drip DEV DST GAP_US LAST_MS\n", stderr);
		return 1;
	}
	pfd.fd = packet_socket(argv[1], ETH_P_PAE);
	out = packet_socket(argv[1], 0);
	build(out, argv[1], argv[2]);
	prctl(PR_SET_TIMERSLACK, 1);
	for (;;) {
		poll(&pfd, 1, -1);
		drip(out, atol(argv[3]) * 1000, atol(argv[4]));
		while (recv(pfd.fd, heard, sizeof(heard), MSG_DONTWAIT) >= 0)
			;
	}
}
