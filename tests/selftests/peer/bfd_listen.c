// SPDX-License-Identifier: GPL-2.0
/*
 * bfd_listen PORT SECONDS: another BFD program in the same namespace. Says what
 * of each packet that reaches its socket shows where it came from.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct sockaddr_in6 at = { .sin6_family = AF_INET6 };
	struct pollfd pfd = { .events = POLLIN };
	uint8_t buf[256];
	uint32_t my;

	if (argc != 3) {
		fprintf(stderr, "Usage: bfd_listen PORT SECONDS\n");
		return 1;
	}
	pfd.fd = socket(AF_INET6, SOCK_DGRAM, 0);
	at.sin6_port = htons(atoi(argv[1]));
	if (bind(pfd.fd, (struct sockaddr *)&at, sizeof(at))) {
		perror("bfd_listen");
		return 1;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	puts("listening");
	alarm(atoi(argv[2]));
	while (poll(&pfd, 1, -1) == 1) {
		if (recv(pfd.fd, buf, sizeof(buf), 0) < 8)
			continue;
		memcpy(&my, buf + 4, sizeof(my));
		printf("my=%u diag=%u\n", ntohl(my), buf[0] & 0x1f);
	}
	return 0;
}
