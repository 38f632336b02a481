// SPDX-License-Identifier: GPL-2.0
/*
 * hog [-f PRIORITY] COUNT: as many processes that never stop computing, as
 * ordinary ones or in SCHED_FIFO, until this one is killed.
 *
 * The loop is made of nops: where virtual time is instructions executed, each
 * takes its nanoseconds like any other instruction, yet an emulator has nothing
 * to do for it. So an hour of a busy guest costs its host minutes.
 */
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

static void usage(void)
{
	fputs("Usage: hog [-f PRIORITY] COUNT\n", stderr);
	exit(1);
}

static void __attribute__((noreturn)) burn(void)
{
	for (;;)
		__asm__ volatile(".rept 500\n\tnop\n\t.endr");
}

/* Whoever started us may itself be in SCHED_FIFO */
static void set_scheduler(int priority)
{
	struct sched_param param = { .sched_priority = priority };

	if (sched_setscheduler(0, priority ? SCHED_FIFO : SCHED_OTHER, &param)) {
		perror("hog: sched_setscheduler");
		exit(2);
	}
}

int main(int argc, char **argv)
{
	int count, i, opt, priority = 0;

	while ((opt = getopt(argc, argv, "f:")) != -1) {
		if (opt != 'f')
			usage();
		priority = atoi(optarg);
	}
	if (optind + 1 != argc)
		usage();
	count = atoi(argv[optind]);

	for (i = 0; i < count; i++) {
		pid_t pid = fork();

		if (pid < 0) {
			perror("hog: fork");
			return 2;
		}
		if (!pid) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			set_scheduler(priority);
			burn();
		}
	}
	pause();
	return 0;
}
