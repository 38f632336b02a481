// SPDX-License-Identifier: GPL-2.0
/*
 * cut DEV[,DEV] COUNT DEAD_MS ALIVE_MS: as many times, lose every packet that leaves
 * by DEV, from a random moment on, for DEAD_MS, and then let it live for ALIVE_MS.
 * Prints a line for each cut: CLOCK_REALTIME in ns before and after it.
 *
 * Each device gets a netem queue that loses nothing. A cut changes one number of
 * it, within one system call, so its moment is known to some microseconds.
 */
#include <errno.h>
#include <linux/netlink.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PHASE_US	20000	/* two of the longest intervals we are used with */
#define DEVS		2	/* both directions of a wire */

struct request {
	struct nlmsghdr nlh;
	struct tcmsg tc;
	char attrs[64];
};

static void die(const char *what)
{
	fprintf(stderr, "cut: %s: %s\n", what, strerror(errno));
	exit(2);
}

static void put(struct request *request, int type, const void *data, int len)
{
	struct rtattr *attr = (void *)((char *)request + NLMSG_ALIGN(request->nlh.nlmsg_len));

	attr->rta_type = type;
	attr->rta_len = RTA_LENGTH(len);
	memcpy(RTA_DATA(attr), data, len);
	request->nlh.nlmsg_len = NLMSG_ALIGN(request->nlh.nlmsg_len) + RTA_ALIGN(attr->rta_len);
}

static void set_loss_of(int fd, int ifindex, int flags, uint32_t loss)
{
	struct tc_netem_qopt netem = { .limit = 1000, .loss = loss };
	struct request request = {
		.nlh.nlmsg_len = NLMSG_LENGTH(sizeof(request.tc)),
		.nlh.nlmsg_type = RTM_NEWQDISC,
		.nlh.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags,
		.tc.tcm_family = AF_UNSPEC,
		.tc.tcm_ifindex = ifindex,
		.tc.tcm_parent = TC_H_ROOT,
	};
	struct {
		struct nlmsghdr nlh;
		struct nlmsgerr err;
		char rest[256];
	} reply;

	put(&request, TCA_KIND, "netem", sizeof("netem"));
	put(&request, TCA_OPTIONS, &netem, sizeof(netem));
	if (send(fd, &request, request.nlh.nlmsg_len, 0) < 0 ||
	    recv(fd, &reply, sizeof(reply), 0) < 0)
		die("rtnetlink");
	if (reply.nlh.nlmsg_type != NLMSG_ERROR || reply.err.error) {
		errno = -reply.err.error;
		die("netem");
	}
}

static void set_loss(int fd, const int *ifindex, int flags, uint32_t loss)
{
	int i;

	for (i = 0; i < DEVS && ifindex[i]; i++)
		set_loss_of(fd, ifindex[i], flags, loss);
}

static void find_devices(char *names, int *ifindex)
{
	char *name;
	int i = 0;

	for (name = strtok(names, ","); name && i < DEVS; name = strtok(NULL, ",")) {
		ifindex[i] = if_nametoindex(name);
		if (!ifindex[i++])
			die(name);
	}
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * UINT64_C(1000000000) + now.tv_nsec;
}

static uint32_t random_below(uint32_t bound)
{
	uint32_t value;

	if (getrandom(&value, sizeof(value), 0) != sizeof(value))
		die("getrandom");
	return value % bound;
}

int main(int argc, char **argv)
{
	int ifindex[DEVS] = { 0 };
	int fd, i, count, dead_ms, alive_ms;
	uint64_t before, after;

	if (argc != 5) {
		fputs("Usage: cut DEV[,DEV] COUNT DEAD_MS ALIVE_MS\n", stderr);
		return 1;
	}
	find_devices(argv[1], ifindex);
	count = atoi(argv[2]);
	dead_ms = atoi(argv[3]);
	alive_ms = atoi(argv[4]);

	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (fd < 0)
		die("socket");
	set_loss(fd, ifindex, NLM_F_CREATE | NLM_F_REPLACE, 0);
	for (i = 0; i < count; i++) {
		usleep(alive_ms * 1000 + random_below(PHASE_US));
		before = now_ns();
		set_loss(fd, ifindex, 0, UINT32_MAX);
		after = now_ns();
		printf("%llu %llu\n", (unsigned long long)before, (unsigned long long)after);
		fflush(stdout);
		usleep(dead_ms * 1000);
		set_loss(fd, ifindex, 0, 0);
	}
	/* A session that recovers must not be found down by whoever comes next */
	usleep(alive_ms * 1000);
	return 0;
}
