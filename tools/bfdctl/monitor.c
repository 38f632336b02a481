// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl monitor: events as they happen, statistics on request; printed, or
 * handed to commands and track files.
 */
#include <netlink/genl/genl.h>
#include <string.h>

#include "../lib/attr.h"
#include "../lib/error.h"
#include "../lib/exec.h"
#include "../lib/monitor.h"
#include "bfdctl.h"

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

uint64_t print_session_event(struct tool *tool, const struct monitor_ops *ops,
			     struct nlmsghdr *nlh)
{
	static const char *const names[] = {
		[BFD_EVENT_STATE]	= "state",
		[BFD_EVENT_NEW]		= "add",
		[BFD_EVENT_SET]		= "set",
		[BFD_EVENT_DEL]		= "del",
	};
	struct nlattr *tb[ATTRS];
	struct print *p = &tool->print;
	uint64_t event;

	if (!message_parse(nlh, tb) || genlmsg_hdr(nlh)->cmd != BFD_CMD_SESSION_NTF)
		return 0;
	event = get_uint(tb[BFD_A_EVENT]);
	if (event >= sizeof(names) / sizeof(*names))
		return 0;

	monitor_begin(tool, ops, &session_view, names[event],
		      get_uint(tb[BFD_A_TIMESTAMP_NS]));
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

/* ------------------------------------------------------------ exec, track-file */

#define JOBS_DEFAULT	16
#define JOBS_MAX	1024
#define TIMEOUT_DEFAULT	30000		/* ms */
#define RETRY_MS	1000		/* of a file that cannot be written */

static struct exec *exec;		/* NULL: no command was given */
static bool told;			/* exec knows how all sessions are */
static bool tell_initial;

static void sink_record(struct json_object *record)
{
	const char *event = record_string(record, "event");
	struct json_object *to;

	if (!strcmp(event, "lost"))
		return;
	/* Up that is kept back is not known here either. */
	if (json_object_object_get_ex(record, "to", &to) ||
	    json_object_object_get_ex(record, "reported-state", &to))
		json_object_object_add(record, "local-state", json_object_get(to));
	track_record(record);
	if (!exec)
		return;
	if (strcmp(event, "sync"))
		exec_event(exec, record);
	else if (told || tell_initial)
		exec_sync(exec, record);
	else
		exec_know(exec, record);
}

static void sink_synced(void)
{
	track_synced();
	if (exec)
		exec_synced(exec);
	told = true;
}

static bool sink_run(int *wait_ms)
{
	bool busy = false;

	*wait_ms = -1;
	if (exec)
		busy = exec_run(exec, wait_ms);
	if (!track_write() && (*wait_ms < 0 || *wait_ms > RETRY_MS))
		*wait_ms = RETRY_MS;
	return busy;
}

static int sink_end(int status)
{
	exec_free(exec);
	exec = NULL;
	told = false;
	/* Without the module there are no sessions; a signal is only our end. */
	if (status) {
		track_forget();
		track_write();
	}
	track_free();
	return status;
}

static const struct monitor_sink sink = {
	.record = sink_record,
	.synced = sink_synced,
	.run = sink_run,
	.end = sink_end,
};

struct exec_words {
	const char *command;
	bool bounded;		/* jobs or timeout was given */
	uint32_t jobs;
	uint32_t timeout_ms;
};

/* One word with its values. Words may be typed as options: --exec. */
static int take_word(struct args *args, struct monitor_words *words, struct exec_words *of)
{
	const char *typed = args_next(args);
	const char *word = strncmp(typed, "--", 2) ? typed : typed + 2;
	const char *value;
	int status;

	if (!strcmp(word, "initial")) {
		words->initial = true;
		return STATUS_OK;
	}
	if (!strcmp(word, "track-file")) {
		words->sink = &sink;
		return track_words(args);
	}
	if (strcmp(word, "exec") && strcmp(word, "jobs") && strcmp(word, "timeout"))
		return error_usage("unknown keyword \"%s\" (try: bfdctl monitor help)", typed);
	status = args_value(args, word, &value);
	if (status)
		return status;
	of->bounded = of->bounded || strcmp(word, "exec");
	if (!strcmp(word, "jobs"))
		return parse_u32(word, value, 1, JOBS_MAX, &of->jobs);
	if (!strcmp(word, "timeout"))
		return parse_time_ms(word, value, true, 1, INT32_MAX, &of->timeout_ms);
	if (of->command)
		return error_usage("\"exec\" is given twice");
	of->command = value;
	words->sink = &sink;
	return STATUS_OK;
}

static int read_words(struct args *args, struct monitor_words *words)
{
	static const struct exec_ops ops = {
		.prefix = "BFD_",
		.key = "local-discriminator",
		.name = "peer",
		.state = "local-state",
	};
	struct exec_words of = { .jobs = JOBS_DEFAULT, .timeout_ms = TIMEOUT_DEFAULT };
	int status = STATUS_OK;

	while (!status && args_peek(args))
		status = take_word(args, words, &of);
	if (!status && !of.command && of.bounded)
		status = error_usage("\"jobs\" and \"timeout\" go with \"exec\"");
	if (!status && of.command) {
		exec = exec_new(&ops, of.command, of.jobs, of.timeout_ms);
		if (!exec)
			status = error_refused("out of memory");
	}
	tell_initial = words->initial;
	/* What is not printed has to be known from the start. */
	words->initial = words->initial || words->sink;
	if (status)
		track_free();
	return status;
}

int monitor_main(struct tool *tool, struct args *args)
{
	static const struct view *const views[] = { &session_view, NULL };
	static const struct monitor_ops ops = {
		.usage =
		"Usage: bfdctl [ -j ] [ -s ] [ -t ] monitor [ initial ]\n"
		"       bfdctl monitor [ initial ] [ EXEC ] [ TRACK ]...\n"
		"\n"
		"EXEC   := exec COMMAND [ jobs N ] [ timeout TIME ]\n"
		"TRACK  := track-file FILE SELECT...\n"
		"SELECT := { KEY | id N } [ weight N ]\n"
		"\n"
		"Prints every change of a session's state, and every session added, set or\n"
		"deleted, until interrupted; -s adds the session's details. On SIGUSR1 prints\n"
		"the statistics of all sessions. initial begins with all sessions as they are.\n"
		"\n"
		"exec runs a command for each event instead, which is in variables BFD_*, in\n"
		"order for each session, N commands at most at a time (16) and each no longer\n"
		"than TIME (30s; 0 for any time). track-file keeps a number in a file for\n"
		"keepalived: 0, or the sum of the weights (-254) of what is not up.\n",
		.words = read_words,
		.objects = "sessions",
		.width = 5,
		.views = views,
		.event = print_session_event,
	};

	return monitor_run(tool, args, &ops);
}
