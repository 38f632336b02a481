// SPDX-License-Identifier: GPL-2.0
/*
 * The n-th allocation of one system call fails, for n from 1 until it needs no
 * more than that: /proc/thread-self/fail-nth.
 *
 *	failnth new|set|del|get|dump|stats
 *		one command to the family; what was refused has changed nothing
 *	failnth netns STEP
 *		creation of a network namespace, every STEP-th allocation
 *	failnth load FILE LAST
 *		loading of the module, its LAST allocations; it is loaded in the end
 *
 * Says how many allocations there were.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "genl.h"

#define DISCR	4711
#define TX_US	77000

static struct genl genl;
static int nth_fd;

static int fail(const char *why, unsigned int n)
{
	printf("# allocation %u: %s\n", n, why);
	return 1;
}

static bool arm_open(void)
{
	nth_fd = open("/proc/thread-self/fail-nth", O_RDWR);
	return nth_fd >= 0;
}

static void arm(unsigned int n)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%u", n);

	if (pwrite(nth_fd, text, len, 0) != len)
		perror("fail-nth");
}

/* Did it fail? Then the call needed that many allocations */
static bool disarm(void)
{
	char text[16] = "";
	bool injected;

	injected = pread(nth_fd, text, sizeof(text) - 1, 0) > 0 && atoi(text) == 0;
	arm(0);
	return injected;
}

static void request_new(void)
{
	genl_request(&genl, BFD_CMD_SESSION_NEW, NLM_F_ACK | NLM_F_ECHO);
	genl_put32(&genl, BFD_A_PEER, __builtin_bswap32(0xc6120001));
	genl_put32(&genl, BFD_A_LOCAL_DISCRIMINATOR, DISCR);
	genl_put32(&genl, BFD_A_DESIRED_MIN_TX_US, TX_US);
}

static void request_set(uint32_t tx_us)
{
	genl_request(&genl, BFD_CMD_SESSION_SET, NLM_F_ACK);
	genl_put32(&genl, BFD_A_LOCAL_DISCRIMINATOR, DISCR);
	genl_put32(&genl, BFD_A_DESIRED_MIN_TX_US, tx_us);
}

static void request_one(int cmd, int flags)
{
	genl_request(&genl, cmd, flags);
	if (!(flags & NLM_F_DUMP) && cmd != BFD_CMD_STATS_GET)
		genl_put32(&genl, BFD_A_LOCAL_DISCRIMINATOR, DISCR);
}

/* Its Desired Min TX, or 0: there is no such session */
static uint32_t tx_now(void)
{
	union {
		struct nlmsghdr hdr;
		uint8_t bytes[4096];
	} buf;

	request_one(BFD_CMD_SESSION_GET, 0);
	if (genl_send(&genl))
		return 0;
	do {
		if (recv(genl.fd, &buf, sizeof(buf), 0) < 0)
			return 0;
	} while (buf.hdr.nlmsg_seq != genl.seq);
	if (buf.hdr.nlmsg_type == NLMSG_ERROR)
		return 0;
	return genl_u32(genl_attr(&buf.hdr, BFD_A_DESIRED_MIN_TX_US));
}

static void prepare(const char *what)
{
	uint32_t tx_us = tx_now();

	if (!strcmp(what, "new")) {
		if (!tx_us)
			return;
		request_one(BFD_CMD_SESSION_DEL, NLM_F_ACK);
	} else if (!tx_us) {
		request_new();
	} else {
		request_set(TX_US);
	}
	genl_talk(&genl);
}

static void request(const char *what)
{
	if (!strcmp(what, "new"))
		request_new();
	else if (!strcmp(what, "set"))
		request_set(2 * TX_US);
	else if (!strcmp(what, "del"))
		request_one(BFD_CMD_SESSION_DEL, NLM_F_ACK);
	else if (!strcmp(what, "get"))
		request_one(BFD_CMD_SESSION_GET, NLM_F_ACK);
	else if (!strcmp(what, "dump"))
		request_one(BFD_CMD_SESSION_GET, NLM_F_DUMP);
	else
		request_one(BFD_CMD_STATS_GET, NLM_F_ACK);
}

/* What a command that was answered with an error must have left, and one that
 * was not. No answer at all leaves either.
 */
static const char *verdict(const char *what, int err)
{
	uint32_t tx_us = tx_now();

	if (genl.unanswered)
		return NULL;
	if (!strcmp(what, "new"))
		return !tx_us == !!err ? NULL : "refused, but there; or done, but not there";
	if (!strcmp(what, "del"))
		return !tx_us == !err ? NULL : "refused, but gone; or done, but still there";
	if (!strcmp(what, "set"))
		return tx_us == (err ? TX_US : 2 * TX_US) ? NULL : "refused, but changed; or not";
	return tx_us == TX_US ? NULL : "a question changed something";
}

static int command(const char *what)
{
	const char *why;
	bool injected;
	unsigned int n;
	int err;

	if (genl_open(&genl))
		return fail("no family", 0);
	for (n = 1; ; n++) {
		prepare(what);
		request(what);
		genl.unanswered = 0;
		arm(n);
		err = genl_send(&genl);
		injected = disarm();
		if (!err)
			err = genl_ack(&genl);
		if (!injected && err)
			return fail("fails by itself", n);
		/* An answer that could not be made is told by ENOBUFS */
		why = verdict(what, err);
		if (why)
			return fail(why, n);
		if (!injected)
			break;
	}
	printf("# %s: %u allocations\n", what, n - 1);
	return 0;
}

/* A child does it, so that the namespace goes with it */
static int netns(unsigned int step)
{
	unsigned int n, survived = 0;
	int status;
	pid_t pid;

	for (n = 1; ; n += step) {
		pid = fork();
		if (!pid) {
			bool injected, made;

			if (!arm_open())
				_exit(3);
			arm(n);
			made = !unshare(CLONE_NEWNET);
			injected = disarm();
			_exit(injected ? made : 2);
		}
		if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) ||
		    WEXITSTATUS(status) == 3)
			return fail("the child died", n);
		if (WEXITSTATUS(status) == 2)
			break;
		survived += WEXITSTATUS(status);
	}
	printf("# netns: up to %u allocations, %u could be done without\n", n - 1, survived);
	return 0;
}

/* 0 or -errno; whether an allocation failed, and how many there still were to go */
static int load_once(int fd, unsigned int n, bool *injected, unsigned int *left)
{
	char text[16] = "";
	int err;

	arm(n);
	err = syscall(SYS_finit_module, fd, "", 0) ? -errno : 0;
	if (pread(nth_fd, text, sizeof(text) - 1, 0) < 0)
		perror("fail-nth");
	*left = atoi(text);
	*injected = disarm();
	return err;
}

/* The last allocations are those of the module's own init; what comes before is the
 * kernel's loading of it, which is not all fit for this.
 */
static int load(const char *file, unsigned int last)
{
	const unsigned int plenty = 1000000;
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	unsigned int n, left, total;
	bool injected;
	int err;

	if (fd < 0)
		return fail(strerror(errno), 0);
	err = load_once(fd, plenty, &injected, &left);
	total = plenty - left;
	for (n = total - last + 1; !err || injected; n++) {
		if (!err && syscall(SYS_delete_module, "bfd", O_NONBLOCK))
			return fail("cannot be unloaded", n);
		err = load_once(fd, n, &injected, &left);
		if (!err && !injected)
			break;
	}
	printf("# load: the last %u of %u allocations\n", last, total);
	return err ? fail(strerror(-err), n) : 0;
}

int main(int argc, char **argv)
{
	if (!arm_open()) {
		perror("fail-nth");
		return 1;
	}
	if (argc == 2)
		return command(argv[1]);
	if (argc == 3 && !strcmp(argv[1], "netns"))
		return netns(atoi(argv[2]));
	if (argc == 4 && !strcmp(argv[1], "load"))
		return load(argv[2], atoi(argv[3]));
	fprintf(stderr, "Usage: failnth COMMAND | netns STEP | load FILE LAST\n");
	return 1;
}
