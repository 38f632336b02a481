// SPDX-License-Identifier: GPL-2.0
/*
 * routes: prints a line for each change of a main routing table, until killed:
 *
 *	NS add|del ADDRESS/LENGTH DEV
 *
 * NS is CLOCK_REALTIME. DEV is where the route leads, or "-" where it has no single
 * device. Scheduled above the load of a test it is as exact as the scheduler.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BUFFER_SIZE	32768

static void die(const char *what)
{
	fprintf(stderr, "routes: %s: %s\n", what, strerror(errno));
	exit(2);
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * UINT64_C(1000000000) + now.tv_nsec;
}

static void print_route(const struct nlmsghdr *nlh, uint64_t now)
{
	const struct rtmsg *route = NLMSG_DATA(nlh);
	const struct rtattr *attr = RTM_RTA(route);
	int len = RTM_PAYLOAD(nlh);
	char text[INET6_ADDRSTRLEN] = "default";
	char name[IF_NAMESIZE] = "-";

	if (route->rtm_table != RT_TABLE_MAIN)
		return;
	for (; RTA_OK(attr, len); attr = RTA_NEXT(attr, len)) {
		if (attr->rta_type == RTA_DST)
			inet_ntop(route->rtm_family, RTA_DATA(attr), text, sizeof(text));
		if (attr->rta_type == RTA_OIF)
			if_indextoname(*(uint32_t *)RTA_DATA(attr), name);
	}
	printf("%llu %s %s/%u %s\n", (unsigned long long)now,
	       nlh->nlmsg_type == RTM_NEWROUTE ? "add" : "del", text, route->rtm_dst_len, name);
	fflush(stdout);
}

int main(void)
{
	const struct sockaddr_nl groups = {
		.nl_family = AF_NETLINK,
		.nl_groups = RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE,
	};
	static char buffer[BUFFER_SIZE] __attribute__((aligned(NLMSG_ALIGNTO)));
	const struct nlmsghdr *nlh;
	uint64_t now;
	ssize_t len;
	int fd;

	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&groups, sizeof(groups)))
		die("rtnetlink");
	for (;;) {
		len = recv(fd, buffer, sizeof(buffer), 0);
		if (len < 0)
			die("recv");
		now = now_ns();
		for (nlh = (const void *)buffer; NLMSG_OK(nlh, len); nlh = NLMSG_NEXT(nlh, len))
			if (nlh->nlmsg_type == RTM_NEWROUTE || nlh->nlmsg_type == RTM_DELROUTE)
				print_route(nlh, now);
	}
}
