// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl monitor: events as they happen, statistics on request.
 *
 * Events come on a channel of their own; requests (after a loss, and for
 * SIGUSR1) go on the tool's, so neither waits for the other. A signal is one
 * more descriptor to read.
 */
#include <errno.h>
#include <netlink/genl/genl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "../lib/error.h"
#include "bfdctl.h"

#define EVENT_WIDTH	5
#define NSEC_PER_SEC	UINT64_C(1000000000)

struct monitor {
	struct tool *tool;
	struct channel *channel;
	uint64_t lost;		/* events, as far as they were counted */
	bool resync;		/* sessions must be read anew */
};

static void monitor_usage(FILE *out)
{
	fputs("Usage: bfdctl [ -j ] [ -s ] [ -t ] monitor\n"
	      "\n"
	      "Prints every change of a session's state, and every session added, set or\n"
	      "deleted, until interrupted; -s adds the session's details. On SIGUSR1 prints\n"
	      "the statistics of all sessions.\n",
	      out);
}

static uint64_t now_ns(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * NSEC_PER_SEC + now.tv_nsec;
}

static void begin(struct tool *tool, const char *event, uint64_t timestamp)
{
	struct print *p = &tool->print;

	print_record(p);
	print_colour(p, COLOUR_FAINT);
	print_date(p, NULL, tool->timestamp ? "" : NULL, timestamp);
	print_width(p, EVENT_WIDTH);
	print_str(p, "event", "", event);
	print_u64(p, "timestamp", NULL, timestamp);
}

static void print_transition(struct tool *tool, struct nlattr **tb)
{
	const struct nlattr *latency = tb[BFD_A_DETECTION_LATENCY_US];
	uint64_t diag = get_uint(tb[BFD_A_DIAGNOSTIC]);
	struct print *p = &tool->print;

	print_state(p, "from", "", get_uint(tb[BFD_A_OLD_STATE]));
	print_str(p, NULL, "", "->");
	print_state(p, "to", "", get_uint(tb[BFD_A_STATE]));
	if (latency)
		print_time(p, "detection-latency", "latency", get_uint(latency));
	else
		print_null(p, "detection-latency");
	if (tool->statistics)
		print_session_rest(p, tb, true);
	else
		print_str(p, "local-diagnostic", diag ? "diag" : NULL, diag_name(diag));
}

uint64_t monitor_event(struct tool *tool, struct nlmsghdr *nlh)
{
	static const char *const names[] = {
		[BFD_EVENT_STATE]	= "state",
		[BFD_EVENT_NEW]		= "add",
		[BFD_EVENT_SET]		= "set",
		[BFD_EVENT_DEL]		= "del",
	};
	struct nlattr *tb[BFD_A_MAX + 1];
	struct print *p = &tool->print;
	uint64_t event;

	if (!bfd_parse(nlh, tb) || genlmsg_hdr(nlh)->cmd != BFD_CMD_SESSION_NTF)
		return 0;
	event = get_uint(tb[BFD_A_EVENT]);
	if (event >= sizeof(names) / sizeof(*names))
		return 0;

	begin(tool, names[event], get_uint(tb[BFD_A_TIMESTAMP_NS]));
	print_session_key(p, tb);
	print_u64(p, "local-discriminator", "id", get_uint(tb[BFD_A_LOCAL_DISCRIMINATOR]));
	if (event == BFD_EVENT_STATE) {
		print_transition(tool, tb);
	} else {
		print_state(p, "local-state", "state", get_uint(tb[BFD_A_STATE]));
		if (p->json || tool->statistics)
			print_session_rest(p, tb, tool->statistics);
		else
			print_session_params(p, tb);
	}
	print_record_end(p);
	return get_uint(tb[BFD_A_EVENTS_LOST]);
}

/* Every session as it is now, one record each, called @event. */
static int print_all(struct monitor *monitor, const char *event, bool statistics)
{
	struct tool *tool = monitor->tool;
	struct nlattr *tb[BFD_A_MAX + 1];
	struct replies replies = { 0 };
	uint64_t now = now_ns();
	struct channel *channel;
	int status;
	size_t i;

	status = tool_channel(tool, &channel);
	if (!status)
		status = sessions_fetch(channel, NULL, &replies);
	if (status)
		return status;

	for (i = 0; i < replies.count; i++) {
		if (!bfd_parse(replies.msg[i], tb))
			continue;
		begin(tool, event, now);
		print_session(&tool->print, tb, statistics);
		print_record_end(&tool->print);
	}
	replies_free(&replies);
	return STATUS_OK;
}

/* Says that events are missing here, and how many if that is known. */
static int resync(struct monitor *monitor)
{
	struct tool *tool = monitor->tool;

	begin(tool, "lost", now_ns());
	if (monitor->lost)
		print_u64(&tool->print, "count", "", monitor->lost);
	else
		print_null(&tool->print, "count");
	print_str(&tool->print, NULL, "", "events; the sessions are now:");
	print_record_end(&tool->print);

	monitor->lost = 0;
	monitor->resync = false;
	return print_all(monitor, "sync", tool->statistics);
}

static void take_event(void *arg, struct nlmsghdr *nlh)
{
	struct monitor *monitor = arg;
	uint64_t lost = monitor_event(monitor->tool, nlh);

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
		return error_refused("bfd.ko was unloaded");
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
	if (info.ssi_signo != SIGUSR1)
		return false;
	*status = print_all(monitor, "stats", true);
	return true;
}

static int watch(struct monitor *monitor, int signals)
{
	struct pollfd fds[] = {
		{ .fd = channel_fd(monitor->channel), .events = POLLIN },
		{ .fd = signals, .events = POLLIN },
	};
	int status = STATUS_OK;

	while (!status) {
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return error_refused("cannot wait for events: %s", strerror(errno));
		if (fds[0].revents)
			status = read_events(monitor);
		if (!status && fds[1].revents && !read_signal(monitor, signals, &status))
			break;
		/* Nobody is reading any more; tool_main() says so. */
		if (ferror(monitor->tool->print.out))
			break;
	}
	return status;
}

int monitor_main(struct tool *tool, struct args *args)
{
	struct monitor monitor = { .tool = tool };
	sigset_t mask, old;
	int status, fd;

	if (command_is_help(args)) {
		monitor_usage(stdout);
		return STATUS_OK;
	}
	status = args_end(args);
	if (status)
		return status;

	/* Signals from now on wait to be read: none comes too early. */
	sigemptyset(&mask);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGUSR1);
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
	return status;
}
