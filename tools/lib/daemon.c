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

#include "daemon.h"
#include "error.h"
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

/* To whom $NOTIFY_SOCKET names; its length, or 0 if that is nobody. */
static socklen_t notify_address(struct sockaddr_un *to)
{
	const char *path = getenv("NOTIFY_SOCKET");
	size_t len = path ? strlen(path) : 0;

	if (!len || len >= sizeof(to->sun_path))
		return 0;
	*to = (struct sockaddr_un){ .sun_family = AF_UNIX };
	memcpy(to->sun_path, path, len);
	if (*path == '@')
		to->sun_path[0] = '\0';
	return offsetof(struct sockaddr_un, sun_path) + len;
}

void daemon_notify_fd(const char *state, int fd)
{
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	struct iovec text = { .iov_base = (char *)state, .iov_len = strlen(state) };
	struct sockaddr_un to;
	struct msghdr msg = {
		.msg_name = &to,
		.msg_namelen = notify_address(&to),
		.msg_iov = &text,
		.msg_iovlen = 1,
	};
	int sock;

	if (!msg.msg_namelen)
		return;
	if (fd >= 0) {
		control.head.cmsg_level = SOL_SOCKET;
		control.head.cmsg_type = SCM_RIGHTS;
		control.head.cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(&control.head), &fd, sizeof(int));
		msg.msg_control = &control;
		msg.msg_controllen = sizeof(control);
	}
	sock = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (sock < 0)
		return;
	sendmsg(sock, &msg, MSG_NOSIGNAL);
	close(sock);
}

void daemon_notify(const char *state)
{
	daemon_notify_fd(state, -1);
}
