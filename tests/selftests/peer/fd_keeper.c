// SPDX-License-Identifier: GPL-2.0
/*
 * As much of a service manager as keeps a program running: fd_keeper SOCKET COMMAND...
 *
 * Starts the program, and starts it again whenever it ends, with the descriptors
 * that it has handed over by FDSTORE=1 (sd_notify(3), sd_listen_fds(3)). SOCKET is
 * where it takes them. What the program says of itself goes to stdout, a message a
 * line. Ends, with the program, on SIGTERM.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define FDS_MAX		400
#define FIRST_FD	3
#define OUT_OF_THE_WAY	500

static struct {
	int fd;
	char name[64];
} kept[FDS_MAX];
static unsigned int count;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

/* The value of NAME=VALUE in a message; NULL: it has none. */
static char *find(char *text, const char *name, char *value, size_t size)
{
	size_t len = strlen(name);
	char *line;

	for (line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, name, len) && line[len] == '=') {
			snprintf(value, size, "%.*s", (int)strcspn(line + len + 1, "\n"),
				 line + len + 1);
			return value;
		}
	}
	return NULL;
}

static void keep(int fd, const char *name)
{
	if (count == FDS_MAX)
		exit(1);
	kept[count].fd = fcntl(fd, F_DUPFD_CLOEXEC, OUT_OF_THE_WAY);
	close(fd);
	snprintf(kept[count++].name, sizeof(kept->name), "%s", name);
}

static void drop(const char *name)
{
	unsigned int i = 0;

	while (i < count) {
		if (strcmp(kept[i].name, name)) {
			i++;
			continue;
		}
		close(kept[i].fd);
		kept[i] = kept[--count];
	}
}

static void take(int sock)
{
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	char text[1024], name[64], value[8], *c;
	struct iovec iov = { .iov_base = text, .iov_len = sizeof(text) - 1 };
	struct msghdr msg = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	struct cmsghdr *cmsg;
	ssize_t len;
	int fd;

	len = recvmsg(sock, &msg, MSG_CMSG_CLOEXEC);
	if (len < 0)
		return;
	text[len] = '\0';
	if (!find(text, "FDNAME", name, sizeof(name)))
		strcpy(name, "stored");
	cmsg = CMSG_FIRSTHDR(&msg);
	if (cmsg && cmsg->cmsg_type == SCM_RIGHTS) {
		memcpy(&fd, CMSG_DATA(cmsg), sizeof(fd));
		if (find(text, "FDSTORE", value, sizeof(value)))
			keep(fd, name);
		else
			close(fd);
	}
	if (find(text, "FDSTOREREMOVE", value, sizeof(value)))
		drop(name);
	for (c = text; *c; c++)
		if (*c == '\n')
			*c = ' ';
	printf("%s\n", text);
	fflush(stdout);
}

/* In the child: the descriptors one after the other, and words that say so. */
static void hand_over(void)
{
	char names[FDS_MAX * 65] = "";
	char number[16];
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (dup2(kept[i].fd, FIRST_FD + i) < 0)
			fail("dup2");
		strcat(names, i ? ":" : "");
		strcat(names, kept[i].name);
	}
	snprintf(number, sizeof(number), "%u", count);
	setenv("LISTEN_FDS", number, 1);
	setenv("LISTEN_FDNAMES", names, 1);
	snprintf(number, sizeof(number), "%d", getpid());
	setenv("LISTEN_PID", number, 1);
}

static pid_t start(char **argv)
{
	sigset_t none;
	pid_t pid;

	pid = fork();
	if (pid < 0)
		fail("fork");
	if (pid)
		return pid;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	hand_over();
	execvp(argv[0], argv);
	fail(argv[0]);
	return -1;
}

static int listen_at(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int sock = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	strncpy(at.sun_path, path, sizeof(at.sun_path) - 1);
	unlink(path);
	if (sock < 0 || bind(sock, (struct sockaddr *)&at, sizeof(at)))
		fail(path);
	setenv("NOTIFY_SOCKET", path, 1);
	return fcntl(sock, F_DUPFD_CLOEXEC, OUT_OF_THE_WAY - 10);
}

int main(int argc, char **argv)
{
	struct signalfd_siginfo info;
	struct pollfd fds[2] = { { .events = POLLIN }, { .events = POLLIN } };
	sigset_t signals;
	pid_t pid;

	if (argc < 3)
		return 1;
	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	sigaddset(&signals, SIGTERM);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	fds[0].fd = listen_at(argv[1]);
	fds[1].fd = fcntl(signalfd(-1, &signals, SFD_CLOEXEC), F_DUPFD_CLOEXEC,
			  OUT_OF_THE_WAY - 10);
	pid = start(argv + 2);
	while (poll(fds, 2, -1) > 0) {
		/* What it said before it ended comes before its end */
		while (fds[0].revents) {
			take(fds[0].fd);
			poll(fds, 1, 0);
		}
		if (!fds[1].revents || read(fds[1].fd, &info, sizeof(info)) < 0)
			continue;
		if (info.ssi_signo == SIGTERM)
			kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		if (info.ssi_signo == SIGTERM)
			return 0;
		pid = start(argv + 2);
	}
	return 1;
}
