// SPDX-License-Identifier: GPL-2.0
/*
 * The n-th allocation of one system call fails, for n from 1 until it needs no
 * more than that: /proc/thread-self/fail-nth.
 *
 *	failnth bfd|dot1x COMMAND
 *		one command to the family, see failnth_bfd.c and failnth_dot1x.c; what
 *		was refused has changed nothing
 *	failnth answer VERDICT
 *		an answer of the agent to family dot1x, see failnth_answer.c
 *	failnth netns LAST
 *		creation of a network namespace, its LAST allocations
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

#define PLENTY		1000000	/* more allocations than there are */
#define NONE_FAILED	2
#define CHILD_DIED	3

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

/* How many were left to go when the last of what was armed had been made */
static unsigned int left(void)
{
	char text[16] = "";

	if (pread(nth_fd, text, sizeof(text) - 1, 0) < 0)
		perror("fail-nth");
	return atoi(text);
}

/* The child's: the answer is how many allocations there were, by the pipe @answer */
static int make_netns(unsigned int n, int answer)
{
	unsigned int total;
	bool injected, made;

	if (!arm_open())
		return CHILD_DIED;
	arm(n);
	made = !unshare(CLONE_NEWNET);
	total = n - left();
	injected = disarm();
	if (write(answer, &total, sizeof(total)) != sizeof(total))
		return CHILD_DIED;
	return injected ? made : NONE_FAILED;
}

/* A child does it, so that the namespace goes with it. 0: an allocation failed; 1: and it
 * was made all the same; NONE_FAILED; CHILD_DIED. @total: how many there were
 */
static int netns_once(unsigned int n, unsigned int *total)
{
	int ends[2], status;
	pid_t pid;

	if (pipe(ends))
		return CHILD_DIED;
	pid = fork();
	if (!pid)
		_exit(make_netns(n, ends[1]));
	close(ends[1]);
	if (read(ends[0], total, sizeof(*total)) != sizeof(*total))
		*total = 0;
	close(ends[0]);
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) :
								      CHILD_DIED;
}

/* The last allocations are those of its loopback device, about which our module has been
 * told before: what it has made must go again. Its own fail when it is loaded.
 */
static int netns(unsigned int last)
{
	unsigned int n, total, same, survived = 0;
	int status = netns_once(PLENTY, &total);

	if (status != NONE_FAILED || total < last)
		return fail("fails by itself", 0);
	for (n = total - last + 1; (status = netns_once(n, &same)) != NONE_FAILED; n++) {
		if (status == CHILD_DIED)
			return fail("the child died", n);
		survived += status;
	}
	printf("# netns: the last %u of %u allocations, %u could be done without\n", last, total,
	       survived);
	return 0;
}

/* 0 or -errno; whether an allocation failed, and how many there were */
static int load_once(int fd, unsigned int n, bool *injected, unsigned int *total)
{
	int err;

	arm(n);
	err = syscall(SYS_finit_module, fd, "", 0) ? -errno : 0;
	*total = n - left();
	*injected = disarm();
	return err;
}

/* The last allocations are those of the module's own init; what comes before is the
 * kernel's loading of it, which is not all fit for this.
 */
static int load(const char *file, unsigned int last)
{
	const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	char module[64];
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	unsigned int n, total, same;
	bool injected;
	int err;

	if (fd < 0)
		return fail(strerror(errno), 0);
	snprintf(module, sizeof(module), "%.*s", (int)strcspn(base, "."), base);
	err = load_once(fd, PLENTY, &injected, &total);
	for (n = total - last + 1; !err || injected; n++) {
		if (!err && syscall(SYS_delete_module, module, O_NONBLOCK))
			return fail("cannot be unloaded", n);
		err = load_once(fd, n, &injected, &same);
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
	if (argc == 3 && !strcmp(argv[1], "answer"))
		return command(&answer_subject, argv[2]);
	if (argc == 3 && !strcmp(argv[1], "netns"))
		return netns(atoi(argv[2]));
	if (argc == 4 && !strcmp(argv[1], "load"))
		return load(argv[2], atoi(argv[3]));
	fprintf(stderr, "Usage: failnth bfd|dot1x COMMAND | answer VERDICT | netns LAST |\n"
			"       load FILE LAST\n");
	return 1;
}
