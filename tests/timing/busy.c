// SPDX-License-Identifier: GPL-2.0
/*
 * busy SECONDS [DEV]: sleeps, and prints what happened meanwhile as "elapsed_ns
 * busy_ns packets": how long it was, how long the CPUs were not idle, and how
 * many packets DEV sent or received.
 *
 * Idle time is .idle_sleeptime of /proc/timer_list, which is exact where
 * /proc/stat is sampled. What one look costs is measured by looking twice in a
 * row, and left out.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

struct look {
	int64_t now_ns;
	int64_t idle_ns;
	int64_t packets;
};

static char text[1 << 20];

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static const char *slurp(const char *path)
{
	size_t len = 0;
	ssize_t n;
	int fd;

	fd = open(path, O_RDONLY);
	if (fd < 0)
		die(path);
	while ((n = read(fd, text + len, sizeof(text) - 1 - len)) > 0)
		len += n;
	close(fd);
	text[len] = '\0';
	return text;
}

static int64_t count_packets(const char *dev)
{
	unsigned long long rx, tx;
	char name[32];
	const char *s;

	snprintf(name, sizeof(name), " %s:", dev);
	s = strstr(slurp("/proc/self/net/dev"), name);
	/* bytes packets errs drop fifo frame compressed multicast, twice */
	if (!s || sscanf(s + strlen(name), "%*u %llu %*u %*u %*u %*u %*u %*u %*u %llu",
			 &rx, &tx) != 2) {
		fprintf(stderr, "busy: no device %s\n", dev);
		exit(2);
	}
	return rx + tx;
}

static void look(struct look *look, const char *dev)
{
	static const char idle[] = ".idle_sleeptime", now[] = "now at ";
	const char *s;

	look->packets = dev ? count_packets(dev) : 0;
	s = strstr(slurp("/proc/timer_list"), now);
	look->now_ns = s ? atoll(s + strlen(now)) : 0;
	look->idle_ns = 0;
	while (s && (s = strstr(s, idle))) {
		s += strcspn(s, "0123456789");
		look->idle_ns += atoll(s);
	}
}

static int64_t busy_ns(const struct look *from, const struct look *to)
{
	return (to->now_ns - from->now_ns) - (to->idle_ns - from->idle_ns);
}

int main(int argc, char **argv)
{
	const char *dev = argc > 2 ? argv[2] : NULL;
	struct timespec pause = { 0 };
	struct look first, from, to;

	if (argc < 2 || argc > 3) {
		fputs("Usage: busy SECONDS [DEV]\n", stderr);
		return 1;
	}
	pause.tv_sec = atoi(argv[1]);

	memset(text, 1, sizeof(text));
	mlockall(MCL_CURRENT);
	look(&to, dev);
	look(&first, dev);
	look(&from, dev);
	nanosleep(&pause, NULL);
	look(&to, dev);
	printf("%lld %lld %lld\n", (long long)(to.now_ns - from.now_ns),
	       (long long)(busy_ns(&from, &to) - busy_ns(&first, &from)),
	       (long long)(to.packets - from.packets));
	return 0;
}
