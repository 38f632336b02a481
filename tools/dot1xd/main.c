// SPDX-License-Identifier: GPL-2.0
/*
 * dot1xd: carries EAP between dot1x.ko and RADIUS servers.
 *
 * Wires the parts together: kernel.c asks, session.c makes requests of it,
 * server.c brings the answers; signals reload, tell the counters, end.
 */
#include <errno.h>
#include <event2/event.h>
#include <getopt.h>
#include <inttypes.h>
#include <json-c/json.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/daemon.h"
#include "../lib/error.h"
#include "../lib/log.h"
#include "../lib/netns.h"
#include "conf.h"
#include "kernel.h"
#include "server.h"
#include "session.h"
#include "stats.h"

#ifndef VERSION
#define VERSION "unknown"
#endif

enum action {
	ACTION_RUN,
	ACTION_HELP,
	ACTION_VERSION,
};

struct options {
	enum action action;
	bool foreground;
	const char *netns;
	const char *file;		/* NULL: the flags stand for it */
	struct conf_flags flags;
};

struct agent {
	struct options options;
	struct conf *conf;
	struct stats stats;
	struct event_base *base;
	struct event *signals[4];
	struct pool *pool;
	struct sessions *sessions;
	struct kernel *kernel;
	bool started;			/* the kernel has said whether we are the agent */
	bool waiting;			/* and for what we wait has been logged */
	int status;
};

static void usage(FILE *out)
{
	fputs("Usage: dot1xd [ OPTIONS ] [ -c FILE ]\n"
	      "       dot1xd [ OPTIONS ] { --radius SERVER --secret-file PATH }...\n"
	      "\n"
	      "OPTIONS := { -f | -n NETNS | -V | --help }\n"
	      "SERVER  := { ADDRESS | ADDRESS:PORT | [IPV6] | [IPV6]:PORT }\n"
	      "\n"
	      "-f             stay in the foreground and log to stderr\n"
	      "-c FILE        configuration, by default " CONF_FILE "\n"
	      "-n NETNS       be the agent of this network namespace\n"
	      "--radius       a server; the first one is preferred\n"
	      "--secret-file  holds the secret shared with the server before it, and with\n"
	      "               those after it that have no file of their own\n"
	      "\n"
	      "SIGHUP reads the configuration anew, SIGUSR1 logs the counters.\n",
	      out);
}

static int add_flag(struct options *options, bool is_secret)
{
	struct conf_flags *flags = &options->flags;

	if (flags->count == CONF_FLAGS_MAX)
		return error_usage("more than %d servers", CONF_SERVERS_MAX);
	flags->at[flags->count].is_secret = is_secret;
	flags->at[flags->count++].value = optarg;
	return STATUS_OK;
}

static int take_option(struct options *options, int option, const char *word)
{
	switch (option) {
	case 'f':
		options->foreground = true;
		return STATUS_OK;
	case 'c':
		options->file = optarg;
		return STATUS_OK;
	case 'n':
		options->netns = optarg;
		return STATUS_OK;
	case 'V':
		options->action = ACTION_VERSION;
		return STATUS_OK;
	case 'h':
		options->action = ACTION_HELP;
		return STATUS_OK;
	case 'r':
	case 's':
		return add_flag(options, option == 's');
	case ':':
		return error_usage("\"%s\" needs a value", word);
	default:
		return error_usage("unknown option \"%s\" (try: dot1xd --help)", word);
	}
}

static int parse_options(struct options *options, int argc, char **argv)
{
	static const struct option names[] = {
		{ "radius", required_argument, NULL, 'r' },
		{ "secret-file", required_argument, NULL, 's' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const char *word;
	int option, status;

	while ((word = argv[optind], option = getopt_long(argc, argv, "+:fc:n:Vh", names,
							  NULL)) != -1) {
		status = take_option(options, option, word);
		if (status)
			return status;
	}
	if (optind < argc)
		return error_usage("unexpected \"%s\"", argv[optind]);
	if (options->action != ACTION_RUN)
		return STATUS_OK;
	if (options->file && options->flags.count)
		return error_usage("-c and --radius cannot be together");
	if (!options->file && !options->flags.count)
		options->file = CONF_FILE;
	return STATUS_OK;
}

/* A new configuration, whole and checked; NULL after an error. */
static struct conf *load(const struct options *options, int *status)
{
	struct conf *conf = calloc(1, sizeof(*conf));

	if (!conf) {
		*status = error_refused("out of memory");
		return NULL;
	}
	if (options->file)
		*status = conf_load(conf, options->file);
	else
		*status = conf_load_flags(conf, &options->flags);
	if (*status) {
		free(conf);
		return NULL;
	}
	return conf;
}

static void use(struct agent *agent, struct conf *conf)
{
	sessions_configure(agent->sessions, conf);
	if (agent->conf)
		conf_wipe(agent->conf);
	free(agent->conf);
	agent->conf = conf;
}

/* Where errors go once nobody looks at the terminal. */
static void log_error(bool is_error, const char *line)
{
	log_line(is_error ? LOG_ERR : LOG_WARNING, "%s", line);
}

static void log_reload_error(bool is_error, const char *line)
{
	log_line(is_error ? LOG_ERR : LOG_WARNING, "%s%s",
		 is_error ? "the configuration stays as it was: " : "", line);
}

static void reload(struct agent *agent)
{
	struct conf *conf;
	char state[64];
	int status;

	snprintf(state, sizeof(state), "RELOADING=1\nMONOTONIC_USEC=%" PRIu64,
		 now_ms() * 1000);
	daemon_notify(state);
	error_set_sink(log_reload_error);
	conf = load(&agent->options, &status);
	if (conf && !pool_configure(agent->pool, conf)) {
		error_refused("out of memory");
		conf_wipe(conf);
		free(conf);
		conf = NULL;
	}
	if (conf) {
		use(agent, conf);
		log_line(LOG_NOTICE, "the configuration was read anew: %u servers",
			 conf->server_count);
	}
	error_set_sink(log_error);
	daemon_notify("READY=1");
}

static void log_stats(struct agent *agent)
{
	static const char *const names[STAT_COUNT] = {
#define STAT_NAME(name, json) [STAT_##name] = json,
		STATS(STAT_NAME)
#undef STAT_NAME
#define STAT_NAME(name, json, text) [STAT_DROP_##name] = json,
		RADIUS_DROPS(STAT_NAME)
#undef STAT_NAME
	};
	struct json_object *object = json_object_new_object();
	size_t i;

	for (i = 0; i < STAT_COUNT; i++)
		json_object_object_add(object, names[i],
				       json_object_new_int64(agent->stats.at[i]));
	json_object_object_add(object, "servers", pool_json(agent->pool));
	log_line(LOG_INFO, "%s", json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN));
	json_object_put(object);
}

static void on_signal(evutil_socket_t signal, short what, void *arg)
{
	struct agent *agent = arg;

	(void)what;
	switch (signal) {
	case SIGHUP:
		reload(agent);
		break;
	case SIGUSR1:
		log_stats(agent);
		break;
	default:
		log_line(LOG_NOTICE, "ending");
		event_base_loopbreak(agent->base);
	}
}

static void started(struct agent *agent)
{
	if (agent->started)
		return;
	agent->started = true;
	error_set_sink(log_error);
	daemon_ready();
	daemon_notify("READY=1");
}

static void fail(struct agent *agent, const char *why)
{
	agent->status = error_refused("cannot be the agent: %s", why);
	event_base_loopbreak(agent->base);
}

static void on_status(void *arg, enum kernel_status status, const char *why)
{
	struct agent *agent = arg;

	switch (status) {
	case KERNEL_ABSENT:
		log_line(LOG_WARNING, "dot1x.ko is not loaded (try: modprobe dot1x); waiting for it");
		break;
	case KERNEL_REGISTERED:
		log_line(LOG_NOTICE, "ready: the agent of this network namespace");
		agent->waiting = false;
		break;
	case KERNEL_GONE:
		log_line(LOG_WARNING, "dot1x.ko was unloaded; waiting for it");
		sessions_forget(agent->sessions);
		break;
	case KERNEL_BUSY:
		if (!agent->started) {
			fail(agent, why);
			return;
		}
		if (!agent->waiting)
			log_line(LOG_ERR, "cannot be the agent yet: %s", why);
		agent->waiting = true;
		break;
	case KERNEL_REFUSED:
		fail(agent, why);
		return;
	}
	started(agent);
}

static void on_question(void *arg, const struct question *question)
{
	struct agent *agent = arg;

	sessions_ask(agent->sessions, question);
}

static void on_answer(void *arg, const struct answer *answer)
{
	struct agent *agent = arg;

	kernel_answer(agent->kernel, answer);
}

static bool catch_signals(struct agent *agent)
{
	static const int signals[] = { SIGHUP, SIGUSR1, SIGTERM, SIGINT };
	size_t i;

	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		agent->signals[i] = evsignal_new(agent->base, signals[i], on_signal, agent);
		if (!agent->signals[i] || event_add(agent->signals[i], NULL))
			return false;
	}
	return true;
}

static int start(struct agent *agent, struct conf *conf)
{
	static const struct kernel_events events = {
		.status = on_status,
		.question = on_question,
	};

	agent->base = event_base_new();
	if (!agent->base || !catch_signals(agent)) {
		conf_wipe(conf);
		free(conf);
		return error_refused("cannot make an event loop: %s", strerror(errno));
	}
	agent->pool = pool_new(agent->base, &agent->stats);
	if (agent->pool)
		agent->sessions = sessions_new(agent->base, agent->pool, &agent->stats, on_answer,
					       agent);
	if (!agent->sessions || !pool_configure(agent->pool, conf)) {
		conf_wipe(conf);
		free(conf);
		return error_refused("out of memory");
	}
	use(agent, conf);
	return kernel_open(agent->base, &agent->stats, &events, agent, &agent->kernel);
}

static void stop(struct agent *agent)
{
	size_t i;

	if (agent->started)
		daemon_notify("STOPPING=1");
	/* First of all: nothing that ends now is answered. */
	kernel_close(agent->kernel);
	sessions_free(agent->sessions);
	pool_free(agent->pool);
	for (i = 0; i < sizeof(agent->signals) / sizeof(*agent->signals); i++)
		if (agent->signals[i])
			event_free(agent->signals[i]);
	if (agent->base)
		event_base_free(agent->base);
	if (agent->conf)
		conf_wipe(agent->conf);
	free(agent->conf);
}

static int run(struct agent *agent)
{
	struct options *options = &agent->options;
	struct conf *conf;
	int status = 0;

	if (!radius_is_possible())
		return error_refused("libcrypto refuses MD5 (FIPS mode?), and RADIUS needs it");
	/* Names of devices in the configuration are those of the namespace. */
	if (options->netns)
		status = netns_enter(options->netns);
	if (status)
		return status;
	conf = load(options, &status);
	if (!conf)
		return status;
	if (!options->foreground)
		status = daemon_fork();
	if (status) {
		conf_wipe(conf);
		free(conf);
		return status;
	}
	log_open("dot1xd", options->foreground);
	agent->status = start(agent, conf);
	if (!agent->status)
		event_base_dispatch(agent->base);
	stop(agent);
	return agent->status;
}

int main(int argc, char **argv)
{
	struct agent agent = { 0 };
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
		puts("dot1xd " VERSION);
		break;
	case ACTION_RUN:
		return run(&agent);
	}
	return fflush(stdout) ? error_refused("cannot write: %s", strerror(errno)) : STATUS_OK;
}
