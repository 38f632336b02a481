// SPDX-License-Identifier: GPL-2.0
/*
 * Commands run for events: order, bounds, and what a command cannot do to
 * others.
 */
#define _GNU_SOURCE
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/exec.h"
#include "unit.h"

static const struct exec_ops ops = {
	.prefix = "T_",
	.key = "some-id",
	.name = "name",
	.state = "state",
};

static char log_path[] = "/tmp/exec-test-XXXXXX";

/* What the commands wrote to the log, until the next call. */
static const char *told(void)
{
	static char text[8192];
	FILE *log = fopen(log_path, "r+");
	size_t size = fread(text, 1, sizeof(text) - 1, log);

	text[size] = '\0';
	if (ftruncate(fileno(log), 0))
		abort();
	fclose(log);
	return text;
}

static struct json_object *record(uint64_t key, const char *event, const char *state)
{
	struct json_object *all = json_object_new_object();
	struct json_object *inner = json_object_new_object();

	json_object_object_add(all, "some-id", json_object_new_int64(key));
	json_object_object_add(all, "name", json_object_new_string("10.0.0.2"));
	json_object_object_add(all, "event", json_object_new_string(event));
	json_object_object_add(all, "state", json_object_new_string(state));
	json_object_object_add(all, "up", json_object_new_boolean(true));
	json_object_object_add(all, "nothing", NULL);
	json_object_object_add(all, "list", json_object_new_array());
	json_object_object_add(inner, "up-count", json_object_new_int64(7));
	json_object_object_add(all, "statistics", inner);
	return all;
}

static void tell(struct exec *exec, void (*how)(struct exec *exec, struct json_object *record),
		 uint64_t key, const char *event, const char *state)
{
	struct json_object *all = record(key, event, state);

	how(exec, all);
	json_object_put(all);
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until nothing runs or waits; not by waiting for what exec_run() asks for. */
static void run_all(struct exec *exec)
{
	int wait_ms;

	while (exec_run(exec, &wait_ms))
		usleep(1000);
}

static struct exec *begin(const char *command, uint32_t jobs, uint32_t timeout_ms)
{
	capture();
	return exec_new(&ops, command, jobs, timeout_ms);
}

/* Returns what was said on stderr. */
static const char *end(struct exec *exec)
{
	char *out, *err;

	exec_free(exec);
	captured(&out, &err);
	return err;
}

static void test_variables(void)
{
	struct exec *exec;

	setenv("T_STALE", "1", 1);
	setenv("KEPT", "2", 1);
	exec = begin("env | grep -E '^(T_|KEPT)' | sort >> $LOG", 1, 0);
	tell(exec, exec_event, 7, "new", "it's $(up)");
	run_all(exec);
	check_text(end(exec), "", "a command that succeeds says nothing");
	check_text(told(), "KEPT=2\nT_EVENT=new\nT_NAME=10.0.0.2\nT_SOME_ID=7\n"
		   "T_STATE=it's $(up)\nT_STATISTICS_UP_COUNT=7\nT_UP=true\n",
		   "each member of the record is a variable, and what was not ours is kept");
}

/* Many events of three subjects at once. */
static void test_order(void)
{
	char want[3][256] = { "" };
	char got[3][256] = { "" };
	const char *line, *c;
	char state[16];
	struct exec *exec;
	uint64_t key;
	int i;

	exec = begin("mkdir $LOG.$T_SOME_ID || echo overlap >> $LOG; sleep 0.01; "
		     "rmdir $LOG.$T_SOME_ID; echo $T_SOME_ID:$T_STATE >> $LOG", 3, 0);
	for (i = 0; i < 10; i++) {
		for (key = 0; key < 3; key++) {
			snprintf(state, sizeof(state), "s%d,", i);
			strcat(want[key], state);
			tell(exec, exec_event, key, "state", state);
		}
	}
	run_all(exec);
	check_text(end(exec), "", "no two commands of a subject at once");
	for (line = told(); *line; line = c + 1) {
		c = strchr(line, '\n');
		key = *line - '0';
		if (key < 3)
			strncat(got[key], line + 2, c - line - 2);
	}
	for (key = 0; key < 3; key++)
		check_text(got[key], want[key], "subject %d is told all in order", (int)key);
}

/* The subject is known by name, key and number of its events. */
static void test_bound(void)
{
	struct exec *exec = begin("echo $T_STATE $T_LOST >> $LOG", 1, 0);
	char state[16], want[8192] = "";
	int i, wait_ms;

	/* The first runs, and does not count. */
	tell(exec, exec_event, 7, "state", "first");
	exec_run(exec, &wait_ms);
	for (i = 0; i < EXEC_QUEUE + 5; i++) {
		snprintf(state, sizeof(state), "%d", i);
		tell(exec, exec_event, 7, "state", state);
	}
	strcpy(want, "first\n");
	for (i = 5; i < EXEC_QUEUE + 5; i++)
		sprintf(want + strlen(want), i == 5 ? "%d 5\n" : "%d\n", i);
	run_all(exec);
	check_text(end(exec), "Warning: 10.0.0.2 (7): 5 events are not told, the command is "
		   "too slow.\n", "a full queue is said");
	check_text(told(), want, "of too many events the newest are told, and how many not");
}

static void test_jobs(void)
{
	struct exec *exec = begin("echo + >> $LOG; sleep 0.2", 2, 0);
	const char *text;
	uint64_t key;
	int wait_ms;

	for (key = 1; key < 6; key++)
		tell(exec, exec_event, key, "state", "up");
	exec_run(exec, &wait_ms);
	check(wait_ms == -1, "without a timeout there is nothing to wait for but SIGCHLD");
	usleep(100000);
	exec_run(exec, &wait_ms);
	check_text(told(), "+\n+\n", "so many at a time");
	run_all(exec);
	text = told();
	check_text(text, "+\n+\n+\n", "and the others after them");
	end(exec);
}

/* A command that hangs, and does not mind SIGTERM, with what it started. */
static void test_hang(void)
{
	struct exec *exec = begin("[ $T_SOME_ID = 8 ] || { trap '' TERM; sleep 60 & wait; sleep 60; }; "
				  "echo $T_SOME_ID >> $LOG", 2, 100);
	int64_t started = now_ms();
	int wait_ms;

	tell(exec, exec_event, 7, "state", "up");
	exec_run(exec, &wait_ms);
	check(wait_ms > 0 && wait_ms <= 100, "it is to be looked after in time");
	tell(exec, exec_event, 8, "state", "up");
	tell(exec, exec_event, 8, "state", "down");
	run_all(exec);
	check_text(end(exec), "Warning: 10.0.0.2 (7): the command takes too long.\n"
		   "Warning: 10.0.0.2 (7): the command was ended by signal 9 (Killed).\n",
		   "a command that hangs is ended");
	check(now_ms() - started < 10000, "soon");
	check_text(told(), "8\n8\n", "and did not keep others from being told");
}

static void test_status(void)
{
	struct exec *exec = begin("exit 3", 1, 0);

	tell(exec, exec_event, 7, "state", "up");
	run_all(exec);
	check_text(end(exec), "Warning: 10.0.0.2 (7): the command ended with status 3.\n",
		   "a status is said");
}

static void test_end(void)
{
	struct exec *exec = begin("echo $T_STATE >> $LOG; sleep 60", 1, 0);
	int64_t started = now_ms();
	int wait_ms;

	tell(exec, exec_event, 7, "state", "up");
	tell(exec, exec_event, 7, "state", "down");
	exec_run(exec, &wait_ms);
	usleep(100000);
	check_text(end(exec), "Warning: 10.0.0.2 (7): the command was ended by signal 15 "
		   "(Terminated).\n", "the end ends what runs");
	check(now_ms() - started < 10000, "soon");
	check_text(told(), "up\n", "and starts nothing");
}

static void test_sync(void)
{
	struct exec *exec = begin("echo $T_SOME_ID $T_EVENT $T_STATE >> $LOG", 1, 0);

	/* 1 and 2 were so from the start, 3 was told; 4 is one more. */
	tell(exec, exec_know, 1, "sync", "up");
	tell(exec, exec_know, 2, "sync", "up");
	exec_synced(exec);
	tell(exec, exec_event, 3, "new", "down");
	run_all(exec);
	check_text(told(), "3 new down\n", "what is known is not told");

	tell(exec, exec_sync, 1, "sync", "up");
	tell(exec, exec_sync, 3, "sync", "up");
	tell(exec, exec_sync, 4, "sync", "down");
	exec_synced(exec);
	run_all(exec);
	check_text(told(), "3 sync up\n4 sync down\n2 del up\n",
		   "after a loss what is otherwise is told, also what is gone");

	tell(exec, exec_event, 4, "del", "down");
	run_all(exec);
	tell(exec, exec_sync, 1, "sync", "up");
	tell(exec, exec_sync, 3, "sync", "up");
	exec_synced(exec);
	run_all(exec);
	check_text(told(), "4 del down\n", "what is gone is told once");
	check_text(end(exec), "", "and nothing else is said");
}

int main(void)
{
	close(mkstemp(log_path));
	setenv("LOG", log_path, 1);
	test_variables();
	test_order();
	test_bound();
	test_jobs();
	test_hang();
	test_status();
	test_end();
	test_sync();
	unlink(log_path);
	return unit_done();
}
