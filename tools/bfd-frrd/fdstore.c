// SPDX-License-Identifier: GPL-2.0
/*
 * Descriptors that a service manager keeps for us while we are not there.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/daemon.h"
#include "fdstore.h"

#define FIRST_FD	3
#define FDS_MAX		4096

void fdstore_put(const char *name, int fd)
{
	char state[128];

	/* Not watched for its end: it is stored before it is connected, and that looks the same */
	snprintf(state, sizeof(state), "FDSTORE=1\nFDNAME=%s\nFDPOLL=0", name);
	daemon_notify_fd(state, fd);
}

void fdstore_remove(const char *name)
{
	char state[128];

	snprintf(state, sizeof(state), "FDSTOREREMOVE=1\nFDNAME=%s", name);
	daemon_notify(state);
}

/* They are for the process that is named, and no child of it. */
static int count(void)
{
	const char *pid = getenv("LISTEN_PID");
	const char *fds = getenv("LISTEN_FDS");
	long number = fds ? atol(fds) : 0;

	if (!pid || atol(pid) != getpid() || number < 0 || number > FDS_MAX)
		return 0;
	return number;
}

void fdstore_take(void (*each)(void *arg, const char *name, int fd), void *arg)
{
	const char *names = getenv("LISTEN_FDNAMES");
	char *copy = strdup(names ? names : "");
	char *rest = copy;
	const char *name;
	int fds = count();
	int fd;

	for (fd = FIRST_FD; fd < FIRST_FD + fds; fd++) {
		name = rest ? strsep(&rest, ":") : NULL;
		fcntl(fd, F_SETFD, FD_CLOEXEC);
		each(arg, name ? name : "", fd);
	}
	free(copy);
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_FDNAMES");
}
