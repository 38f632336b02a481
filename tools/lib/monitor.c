// SPDX-License-Identifier: GPL-2.0
/*
 * The command monitor of every tool.
 *
 * Events come on a channel of their own; requests (after a loss, and for
 * SIGUSR1) go on the tool's, so neither waits for the other. A signal is one
 * more descriptor to read, and a sink may have one, too.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "attr.h"
#include "error.h"
#include "monitor.h"

#define NSEC_PER_SEC	UINT64_C(1000000000)

struct monitor {
	struct tool *tool;
	const struct monitor_ops *ops;
	struct channel *channel;
	struct monitor_words words;
	uint64_t lost;		/* events, as far as they were counted */
	bool resync;		/* everything must be read anew */
};

static uint64_t now_ns(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * NSEC_PER_SEC + now.tv_nsec;
}

static void begin(struct tool *tool, const struct monitor_ops *ops, const char *event,
		  uint64_t timestamp)
{
	struct print *p = &tool->print;

	print_record(p);
	print_colour(p, COLOUR_FAINT);
	print_date(p, NULL, tool->timestamp ? "" : NULL, timestamp);
	print_width(p, ops->width);
	print_str(p, "event", "", event);
	print_u64(p, "timestamp", NULL, timestamp);
}

void monitor_begin(struct tool *tool, const struct monitor_ops *ops, const struct view *view,
		   const char *event, uint64_t timestamp)
{
	begin(tool, ops, event, timestamp);
	if (view->name)
		print_str(&tool->print, "object", "", view->name);
}

/* Everything as it is now, one record each, called @event. */
static int print_all(struct monitor *monitor, const char *event, bool statistics)
{
	const struct monitor_ops *ops = monitor->ops;
	struct tool *tool = monitor->tool;
	struct replies replies = { 0 };
	struct nlattr *tb[ATTRS];
	uint64_t now = now_ns();
	int status = STATUS_OK;
	size_t i;
	int v;

	for (v = 0; ops->views[v] && !status; v++) {
		status = view_fetch(tool, ops->views[v], NULL, &replies);
		for (i = 0; i < replies.count; i++) {
			if (!message_parse(replies.msg[i], tb))
				continue;
			monitor_begin(tool, ops, ops->views[v], event, now);
			ops->views[v]->print(&tool->print, tb, statistics);
			print_record_end(&tool->print);
		}
		replies_free(&replies);
	}
	return status;
}

/* Everything as it is now, after which no event is missing. */
static int sync_all(struct monitor *monitor)
{
	int status = print_all(monitor, "sync", monitor->tool->statistics);

	if (!status && monitor->words.sink)
		monitor->words.sink->synced();
	return status;
}

/* Says that events are missing here, and how many if that is known. */
static int resync(struct monitor *monitor)
{
	struct tool *tool = monitor->tool;
	char text[64];

	begin(tool, monitor->ops, "lost", now_ns());
	if (monitor->lost)
		print_u64(&tool->print, "count", "", monitor->lost);
	else
		print_null(&tool->print, "count");
	snprintf(text, sizeof(text), "events; the %s are now:", monitor->ops->objects);
	print_str(&tool->print, NULL, "", text);
	print_record_end(&tool->print);

	monitor->lost = 0;
	monitor->resync = false;
	return sync_all(monitor);
}

static void take_event(void *arg, struct nlmsghdr *nlh)
{
	struct monitor *monitor = arg;
	uint64_t lost = monitor->ops->event(monitor->tool, monitor->ops, nlh);

	if (lost) {
		monitor->lost += lost;
		monitor->resync = true;
	}
}

static int read_events(struct monitor *monitor)
{
	switch (channel_events(monitor->channel, take_event, monitor)) {
	case EVENTS_READ:
		break;
	case EVENTS_LOST:
		monitor->lost = 0;
		monitor->resync = true;
		break;
	case EVENTS_ENDED:
		return error_refused("%s.ko was unloaded", monitor->tool->family->module);
	case EVENTS_FAILED:
		return error_refused("cannot read events: %s", strerror(errno));
	}
	return monitor->resync ? resync(monitor) : STATUS_OK;
}

/* Takes one signal. Returns false when it says to stop. */
static bool read_signal(struct monitor *monitor, int fd, int *status)
{
	struct signalfd_siginfo info;

	if (read(fd, &info, sizeof(info)) != sizeof(info))
		return true;
	if (info.ssi_signo == SIGUSR1 && !*status)
		*status = print_all(monitor, "stats", true);
	return info.ssi_signo == SIGUSR1 || info.ssi_signo == SIGCHLD;
}

/* True while the sink has work; *@wait_ms is how long to wait for more. */
static bool run_sink(const struct monitor *monitor, int *wait_ms)
{
	*wait_ms = -1;
	return monitor->words.sink && monitor->words.sink->run(wait_ms);
}

/* Once there are no more events the work that is left is done, unless a signal says stop. */
static int watch(struct monitor *monitor, int signals)
{
	const struct monitor_sink *sink = monitor->words.sink;
	struct pollfd fds[] = {
		{ .fd = channel_fd(monitor->channel), .events = POLLIN },
		{ .fd = signals, .events = POLLIN },
		{ .fd = -1, .events = POLLIN },
	};
	int status = STATUS_OK;
	int wait_ms;

	if (sink && sink->begin)
		status = sink->begin(monitor->tool, &fds[2].fd);
	if (!status && monitor->words.initial)
		status = sync_all(monitor);
	if (status)
		return status;
	while (run_sink(monitor, &wait_ms) || !status) {
		fds[0].fd = status ? -1 : fds[0].fd;
		fds[2].fd = status ? -1 : fds[2].fd;
		fds[0].revents = 0;
		fds[1].revents = 0;
		fds[2].revents = 0;
		if (poll(fds, 3, wait_ms) < 0 && errno != EINTR)
			return error_refused("cannot wait for events: %s", strerror(errno));
		if (fds[0].revents)
			status = read_events(monitor);
		if (fds[2].revents && !status)
			status = sink->read();
		if (fds[1].revents && !read_signal(monitor, signals, &status))
			break;
		/* Nobody is reading any more; tool_main() says so. */
		if (ferror(monitor->tool->print.out))
			break;
	}
	return status;
}

/* Records go where the words say, with all that is known. */
static void redirect(struct tool *tool, const struct monitor_sink *sink)
{
	if (!sink)
		return;
	tool->print.json = true;
	tool->print.record = sink->record;
	tool->statistics = true;
}

int monitor_run(struct tool *tool, struct args *args, const struct monitor_ops *ops)
{
	struct monitor monitor = { .tool = tool, .ops = ops };
	const struct tool before = *tool;
	sigset_t mask, old;
	int status, fd;

	if (command_helped(args, ops->usage))
		return STATUS_OK;
	status = ops->words ? ops->words(args, &monitor.words) : args_end(args);
	if (status)
		return status;
	redirect(tool, monitor.words.sink);

	/* Signals from now on wait to be read: none comes too early. */
	sigemptyset(&mask);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGUSR1);
	if (monitor.words.sink)
		sigaddset(&mask, SIGCHLD);
	sigprocmask(SIG_BLOCK, &mask, &old);
	fd = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0) {
		status = error_refused("cannot read signals: %s", strerror(errno));
		goto out_mask;
	}
	status = tool_new_channel(tool, &monitor.channel);
	if (!status)
		status = channel_join(monitor.channel);
	if (!status)
		status = watch(&monitor, fd);
	channel_close(monitor.channel);
	close(fd);
out_mask:
	sigprocmask(SIG_SETMASK, &old, NULL);
	if (monitor.words.sink)
		status = monitor.words.sink->end(status);
	tool->print = before.print;
	tool->statistics = before.statistics;
	return status;
}
