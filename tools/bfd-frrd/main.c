// SPDX-License-Identifier: GPL-2.0
/*
 * bfd-frrd: makes bfd.ko the data plane of FRR's bfdd.
 *
 * Wires the parts together: links.c brings what bfdd says, kernel.c what bfd.ko
 * says, sessions.c knows what either is to hear. It ends without a word to either:
 * whoever comes after it takes up the table and, from the service manager, the
 * connections.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <event2/event.h>
#include <getopt.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "../lib/args.h"
#include "../lib/daemon.h"
#include "../lib/error.h"
#include "../lib/log.h"
#include "../lib/netns.h"
#include "kernel.h"
#include "links.h"
#include "sessions.h"
#include "table.h"

#ifndef VERSION
#define VERSION "unknown"
#endif

#define SOCKET_PATH	"/run/frr/bfdd_dplane.sock"
#define STATE_FOLDER	"/run/bfd-frrd"
#define HOLD_S		120

enum action {
	ACTION_RUN,
	ACTION_HELP,
	ACTION_VERSION,
};

struct options {
	enum action action;
	bool foreground;
	const char *netns;
	const char *socket;
	const char *state;		/* NULL: one for the namespace */
	uint32_t hold_s;
	uint32_t realtime;		/* 0: no */
};

struct agent {
	struct options options;
	struct event_base *base;
	struct event *signals[3];
	struct table *table;
	struct sessions *sessions;
	struct links *links;
	struct kernel *kernel;
};

static void usage(FILE *out)
{
	fputs("Usage: bfd-frrd [ OPTIONS ]\n"
	      "\n"
	      "OPTIONS := { -f | -n NETNS | --socket PATH | --state FILE | --hold-time SECONDS |\n"
	      "             --realtime PRIORITY | -V | --help }\n"
	      "\n"
	      "-f           stay in the foreground and log to stderr\n"
	      "-n NETNS     for bfdd and bfd.ko in this network namespace\n"
	      "--socket     where bfdd listens, by default " SOCKET_PATH "\n"
	      "--state      what outlives this program, by default in " STATE_FOLDER "\n"
	      "--hold-time  how long sessions go on without bfdd, by default 120\n"
	      "--realtime   scheduled before all ordinary programs; 1..99\n"
	      "\n"
	      "FRR is told by bfdd_options=\"--dplaneaddr unix:" SOCKET_PATH "\"\n"
	      "in /etc/frr/daemons. SIGUSR1 logs how many sessions there are.\n",
	      out);
}

static int set_socket(struct options *options)
{
	if (!*optarg || strlen(optarg) >= sizeof(((struct sockaddr_un *)NULL)->sun_path))
		return error_usage("--socket: \"%s\" is no path of a socket", optarg);
	options->socket = optarg;
	return STATUS_OK;
}

static int take_option(struct options *options, int option, const char *word)
{
	switch (option) {
	case 'f':
		options->foreground = true;
		return STATUS_OK;
	case 'n':
		options->netns = optarg;
		return STATUS_OK;
	case 's':
		return set_socket(options);
	case 't':
		options->state = optarg;
		return STATUS_OK;
	case 'o':
		return parse_u32("--hold-time", optarg, 0, 1000000, &options->hold_s);
	case 'r':
		return parse_u32("--realtime", optarg, 1, 99, &options->realtime);
	case 'V':
		options->action = ACTION_VERSION;
		return STATUS_OK;
	case 'h':
		options->action = ACTION_HELP;
		return STATUS_OK;
	case ':':
		return error_usage("\"%s\" needs a value", word);
	default:
		return error_usage("unknown option \"%s\" (try: bfd-frrd --help)", word);
	}
}

static int parse_options(struct options *options, int argc, char **argv)
{
	static const struct option names[] = {
		{ "socket", required_argument, NULL, 's' },
		{ "state", required_argument, NULL, 't' },
		{ "hold-time", required_argument, NULL, 'o' },
		{ "realtime", required_argument, NULL, 'r' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const char *word;
	int option, status;

	while ((word = argv[optind], option = getopt_long(argc, argv, "+:fn:Vh", names,
							  NULL)) != -1) {
		status = take_option(options, option, word);
		if (status)
			return status;
	}
	if (optind < argc)
		return error_usage("unexpected \"%s\"", argv[optind]);
	return STATUS_OK;
}

/* Where errors go once nobody looks at the terminal: what is tried again is said once. */
static void log_error(bool is_error, const char *line)
{
	static char last[256];

	if (!strncmp(line, last, sizeof(last) - 1))
		return;
	strncpy(last, line, sizeof(last) - 1);
	log_line(is_error ? LOG_ERR : LOG_WARNING, "%s", line);
}

static void log_count(struct agent *agent)
{
	struct sessions_count count;

	sessions_count(agent->sessions, &count);
	log_line(LOG_INFO, "%u sessions, %u up, %u not in the kernel, %u without bfdd; "
		 "%u connections", count.all, count.up, count.refused, count.held,
		 links_count(agent->links));
}

static void on_signal(evutil_socket_t signal, short what, void *arg)
{
	struct agent *agent = arg;

	(void)what;
	if (signal == SIGUSR1) {
		log_count(agent);
		return;
	}
	log_line(LOG_NOTICE, "ending");
	event_base_loopbreak(agent->base);
}

static bool on_message(void *arg, uint32_t link, const struct bfddp_header *header,
		       const uint8_t *data)
{
	struct agent *agent = arg;

	return sessions_message(agent->sessions, link, header, data);
}

static void on_writable(void *arg, uint32_t link)
{
	struct agent *agent = arg;

	sessions_link_writable(agent->sessions, link);
}

static void on_opened(void *arg)
{
	struct agent *agent = arg;

	sessions_link_opened(agent->sessions);
}

static void on_closed(void *arg, uint32_t link)
{
	struct agent *agent = arg;

	sessions_link_closed(agent->sessions, link);
}

static void on_ready(void *arg)
{
	struct agent *agent = arg;

	log_line(LOG_NOTICE, "bfd.ko is there");
	sessions_kernel_ready(agent->sessions);
}

static void on_gone(void *arg)
{
	struct agent *agent = arg;

	sessions_kernel_gone(agent->sessions);
}

static void on_lost(void *arg)
{
	struct agent *agent = arg;

	sessions_kernel_ready(agent->sessions);
}

static void on_event(void *arg, enum bfd_event event, const struct report *report)
{
	struct agent *agent = arg;

	sessions_event(agent->sessions, event, report);
}

static bool catch_signals(struct agent *agent)
{
	static const int signals[] = { SIGUSR1, SIGTERM, SIGINT };
	size_t i;

	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		agent->signals[i] = evsignal_new(agent->base, signals[i], on_signal, agent);
		if (!agent->signals[i] || event_add(agent->signals[i], NULL))
			return false;
	}
	return true;
}

/* Never waits for memory, and, if that is wished, for no ordinary program. */
static int be_quick(const struct options *options)
{
	const struct sched_param param = { .sched_priority = options->realtime };

	if (mlockall(MCL_CURRENT | MCL_FUTURE))
		log_line(LOG_WARNING, "cannot stay in memory: %s", strerror(errno));
	if (options->realtime &&
	    sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &param))
		return error_refused("--realtime: %s", strerror(errno));
	return STATUS_OK;
}

static int open_table(struct agent *agent)
{
	const char *netns = agent->options.netns;
	const char *path = agent->options.state;
	char standard[512];

	if (!path) {
		mkdir(STATE_FOLDER, 0755);
		snprintf(standard, sizeof(standard), STATE_FOLDER "/table%s%s",
			 netns ? "." : "", netns ? netns : "");
		path = standard;
	}
	return table_open(path, &agent->table);
}

static int start(struct agent *agent)
{
	const struct links_times links_times = {
		.dial_ms = 50,
		.dial_slow_ms = 1000,
		.hurry_ms = agent->options.hold_s * 1000,
		.quiet_ms = 200,
	};
	static const struct links_events links_events = {
		.message = on_message,
		.writable = on_writable,
		.opened = on_opened,
		.closed = on_closed,
	};
	static const struct kernel_events kernel_events = {
		.ready = on_ready,
		.gone = on_gone,
		.lost = on_lost,
		.event = on_event,
	};
	const struct sessions_times sessions_times = {
		.hold_ms = agent->options.hold_s * 1000,
		.settle_ms = 10000,
		.retry_ms = 5000,
		.tick_ms = 1000,
	};
	int status;

	agent->base = event_base_new();
	if (!agent->base || !catch_signals(agent))
		return error_refused("cannot make an event loop: %s", strerror(errno));
	status = open_table(agent);
	if (status)
		return status;
	agent->sessions = sessions_new(agent->base, agent->table, &sessions_times);
	agent->links = links_new(agent->base, agent->options.socket, &links_times,
				 &links_events, agent);
	if (!agent->sessions || !agent->links)
		return error_refused("out of memory");
	status = kernel_open(agent->base, &kernel_events, agent, &agent->kernel);
	if (status)
		return status;
	links_start(agent->links);
	sessions_start(agent->sessions, agent->links, agent->kernel);
	return be_quick(&agent->options);
}

static void stop(struct agent *agent)
{
	size_t i;

	kernel_close(agent->kernel);
	links_free(agent->links);
	sessions_free(agent->sessions);
	table_close(agent->table);
	for (i = 0; i < sizeof(agent->signals) / sizeof(*agent->signals); i++)
		if (agent->signals[i])
			event_free(agent->signals[i]);
	if (agent->base)
		event_base_free(agent->base);
}

static int run(struct agent *agent)
{
	struct options *options = &agent->options;
	int status = 0;

	if (options->netns)
		status = netns_enter(options->netns);
	if (!status && !options->foreground)
		status = daemon_fork();
	if (status)
		return status;
	log_open("bfd-frrd", options->foreground);
	status = start(agent);
	if (!status) {
		error_set_sink(log_error);
		daemon_ready();
		daemon_notify("READY=1");
		event_base_dispatch(agent->base);
		daemon_notify("STOPPING=1");
	}
	stop(agent);
	return status;
}

int main(int argc, char **argv)
{
	struct agent agent = { .options.socket = SOCKET_PATH, .options.hold_s = HOLD_S };
	int status;

	opterr = 0;
	status = parse_options(&agent.options, argc, argv);
	if (status)
		return status;
	switch (agent.options.action) {
	case ACTION_HELP:
		usage(stdout);
		break;
	case ACTION_VERSION:
		puts("bfd-frrd " VERSION);
		break;
	case ACTION_RUN:
		return run(&agent);
	}
	return fflush(stdout) ? error_refused("cannot write: %s", strerror(errno)) : STATUS_OK;
}
