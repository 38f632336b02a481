// SPDX-License-Identifier: GPL-2.0
/*
 * The n-th allocation of one system call fails, for n from 1 until it needs no
 * more than that: /proc/thread-self/fail-nth.
 *
 *	failnth bfd|dot1x COMMAND
 *		one command to the family, see failnth_bfd.c and failnth_dot1x.c; what
 *		was refused has changed nothing
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
#include "failnth.h"

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

static int command(const struct subject *subject, const char *what)
{
	const char *why;
	bool injected;
	unsigned int n;
	int err;

	if (genl_open(&genl, subject->family))
		return fail("no family", 0);
	for (n = 1; ; n++) {
		subject->prepare(&genl, what);
		subject->request(&genl, what);
		genl.unanswered = 0;
		arm(n);
		err = genl_send(&genl);
		injected = disarm();
		if (!err)
			err = genl_ack(&genl);
		if (!injected && err)
			return fail("fails by itself", n);
		/* An answer that could not be made is told by ENOBUFS, and leaves either */
		why = genl.unanswered ? NULL : subject->verdict(&genl, what, err);
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
	const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	const unsigned int plenty = 1000000;
	char module[64];
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	unsigned int n, left, total;
	bool injected;
	int err;

	if (fd < 0)
		return fail(strerror(errno), 0);
	snprintf(module, sizeof(module), "%.*s", (int)strcspn(base, "."), base);
	err = load_once(fd, plenty, &injected, &left);
	total = plenty - left;
	for (n = total - last + 1; !err || injected; n++) {
		if (!err && syscall(SYS_delete_module, module, O_NONBLOCK))
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
	if (argc == 3 && !strcmp(argv[1], bfd_subject.family))
		return command(&bfd_subject, argv[2]);
	if (argc == 3 && !strcmp(argv[1], dot1x_subject.family))
		return command(&dot1x_subject, argv[2]);
	if (argc == 3 && !strcmp(argv[1], "netns"))
		return netns(atoi(argv[2]));
	if (argc == 4 && !strcmp(argv[1], "load"))
		return load(argv[2], atoi(argv[3]));
	fprintf(stderr, "Usage: failnth bfd|dot1x COMMAND | netns STEP | load FILE LAST\n");
	return 1;
}
