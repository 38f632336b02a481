// SPDX-License-Identifier: GPL-2.0
/*
 * Being a daemon. The parent stays until the child can say how it went, so
 * that whoever started us learns of errors on the terminal.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../lib/error.h"
#include "daemon.h"
#include "log.h"

static int ready_fd = -1;	/* of the child, to its parent */

/* The parent: one byte is good news, the end of file is not. */
static int wait_for(pid_t child, int fd)
{
	int status = 0;
	ssize_t len;
	char byte;

	do {
		len = read(fd, &byte, sizeof(byte));
	} while (len < 0 && errno == EINTR);
	if (len == sizeof(byte))
		return STATUS_OK;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) && WEXITSTATUS(status) ? WEXITSTATUS(status) : STATUS_REFUSED;
}

int daemon_fork(void)
{
	int fds[2];
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC))
		return error_refused("cannot go to the background: %s", strerror(errno));
	pid = fork();
	if (pid < 0)
		return error_refused("cannot go to the background: %s", strerror(errno));
	if (pid) {
		close(fds[1]);
		_exit(wait_for(pid, fds[0]));
	}
	close(fds[0]);
	ready_fd = fds[1];
	setsid();
	return STATUS_OK;
}

void daemon_ready(void)
{
	int fd;

	if (ready_fd < 0)
		return;
	fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (fd >= 0) {
		dup2(fd, STDIN_FILENO);
		dup2(fd, STDOUT_FILENO);
		dup2(fd, STDERR_FILENO);
		if (fd > STDERR_FILENO)
			close(fd);
	}
	if (chdir("/"))
		log_line(LOG_WARNING, "cannot leave the working folder: %s", strerror(errno));
	if (write(ready_fd, "", 1) != 1)
		log_line(LOG_WARNING, "whoever started us has not waited");
	close(ready_fd);
	ready_fd = -1;
}

void daemon_notify(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	size_t len = path ? strlen(path) : 0;
	int fd;

	if (!len || len >= sizeof(to.sun_path))
		return;
	memcpy(to.sun_path, path, len);
	if (*path == '@')
		to.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&to,
	       offsetof(struct sockaddr_un, sun_path) + len);
	close(fd);
}
