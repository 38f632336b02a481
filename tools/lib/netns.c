// SPDX-License-Identifier: GPL-2.0
/*
 * Named network namespaces, where ip-netns(8) keeps them.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "error.h"
#include "netns.h"

#define NETNS_DIR	"/var/run/netns"

int netns_enter(const char *name)
{
	char path[PATH_MAX];
	int fd, err;

	if (!*name || strchr(name, '/') || !strcmp(name, ".") || !strcmp(name, "..") ||
	    strlen(name) > NAME_MAX)
		return error_usage("\"%s\" is not a name of a network namespace", name);

	snprintf(path, sizeof(path), NETNS_DIR "/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return error_usage("network namespace \"%s\" does not exist", name);
	if (fd < 0)
		return error_refused("cannot open network namespace \"%s\": %s", name,
				     strerror(errno));
	err = setns(fd, CLONE_NEWNET) ? errno : 0;
	close(fd);
	if (err)
		return error_refused("cannot enter network namespace \"%s\": %s", name,
				     strerror(err));
	return STATUS_OK;
}
