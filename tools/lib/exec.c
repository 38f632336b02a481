// SPDX-License-Identifier: GPL-2.0
/*
 * Commands run for events.
 *
 * Each subject has a queue, in order, and one process at most. Who has events
 * and no process stands in line for one of the jobs. A command is a process
 * group: whatever it started ends with it when it takes too long.
 *
 * A subject remembers the state it was last told, for as long as it exists:
 * after a loss of events only what is not so any more needs telling.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "error.h"
#include "exec.h"
#include "print.h"

#define BUCKETS		1024
#define KILL_MS		2000	/* from SIGTERM to SIGKILL */
#define NAME_SIZE	64
#define STATE_SIZE	16

/* The variables of one command. */
struct event {
	struct event *next;
	char **env;
};

struct subject {
	struct subject *next;		/* in its bucket */
	struct subject *next_ready;	/* in line */
	uint64_t key;
	char name[NAME_SIZE];
	char state[STATE_SIZE];		/* last told or to be told */
	struct event *first, *last;	/* what waits, oldest first */
	unsigned int queued;
	unsigned int lost;		/* events that found the queue full */
	bool gone;			/* its last event is in the queue */
	bool seen;			/* since the last sync */
	pid_t pid;			/* of the command that runs, or 0 */
	int64_t deadline;		/* of it, ms; 0: none */
	bool terminated;		/* it was asked to end */
};

struct exec {
	const struct exec_ops *ops;
	const char *command;
	uint32_t jobs;
	uint32_t timeout_ms;
	uint32_t running;
	struct subject *bucket[BUCKETS];
	struct subject *first_ready, *last_ready;
};

static int64_t now_ms(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ------------------------------------------------------------ variables */

static bool add_variable(char ***env, size_t *count, char *variable)
{
	char **grown;

	if (!variable)
		return false;
	grown = realloc(*env, (*count + 2) * sizeof(*grown));
	if (!grown) {
		free(variable);
		return false;
	}
	grown[(*count)++] = variable;
	grown[*count] = NULL;
	*env = grown;
	return true;
}

/* PREFIX_NAME=VALUE, the name in capitals. */
static char *make_variable(const char *prefix, const char *name, const char *value)
{
	char *variable, *c;

	if (asprintf(&variable, "%s%s=%s", prefix, name, value) < 0)
		return NULL;
	for (c = variable; *c != '='; c++)
		*c = *c == '-' ? '_' : toupper((unsigned char)*c);
	return variable;
}

/* The members of @record; those of an object in it under both their names. */
static bool add_members(char ***env, size_t *count, const char *prefix,
			struct json_object *record)
{
	char inner[NAME_SIZE];
	bool ok = true;

	json_object_object_foreach(record, name, value) {
		if (json_object_is_type(value, json_type_object)) {
			snprintf(inner, sizeof(inner), "%s%s_", prefix, name);
			ok = add_members(env, count, inner, value);
		} else if (value && !json_object_is_type(value, json_type_array)) {
			ok = add_variable(env, count,
					  make_variable(prefix, name, json_object_get_string(value)));
		}
		if (!ok)
			return false;
	}
	return true;
}

static void free_env(char **env)
{
	size_t i;

	for (i = 0; env && env[i]; i++)
		free(env[i]);
	free(env);
}

/* What we have, without what only looks like ours, and the record. */
static char **make_env(const struct exec *exec, struct json_object *record)
{
	const char *prefix = exec->ops->prefix;
	char **env = NULL;
	size_t count = 0;
	bool ok = true;
	size_t i;

	for (i = 0; ok && environ[i]; i++)
		if (strncmp(environ[i], prefix, strlen(prefix)))
			ok = add_variable(&env, &count, strdup(environ[i]));
	if (ok && add_members(&env, &count, prefix, record))
		return env;
	free_env(env);
	return NULL;
}

/* Puts @variable in the place of the one of its name, or adds it. */
static void set_variable(char ***env, char *variable)
{
	size_t name, i;

	if (!variable)
		return;
	name = strcspn(variable, "=") + 1;
	for (i = 0; (*env)[i]; i++) {
		if (strncmp((*env)[i], variable, name))
			continue;
		free((*env)[i]);
		(*env)[i] = variable;
		return;
	}
	add_variable(env, &i, variable);
}

/* ------------------------------------------------------------ subjects */

static uint64_t key_of(const struct exec *exec, struct json_object *record)
{
	return strtoull(record_string(record, exec->ops->key), NULL, 10);
}

static struct subject *find(struct exec *exec, uint64_t key)
{
	struct subject *subject = exec->bucket[key % BUCKETS];

	while (subject && subject->key != key)
		subject = subject->next;
	return subject;
}

/* The subject of @record, which need not have been there. */
static struct subject *find_or_add(struct exec *exec, struct json_object *record)
{
	uint64_t key = key_of(exec, record);
	struct subject *subject = find(exec, key);

	if (subject)
		return subject;
	subject = calloc(1, sizeof(*subject));
	if (!subject)
		return NULL;
	subject->key = key;
	snprintf(subject->name, sizeof(subject->name), "%s", record_string(record, exec->ops->name));
	subject->next = exec->bucket[key % BUCKETS];
	exec->bucket[key % BUCKETS] = subject;
	return subject;
}

static void free_event(struct event *event)
{
	free_env(event->env);
	free(event);
}

static void take_first(struct subject *subject)
{
	struct event *event = subject->first;

	subject->first = event->next;
	subject->queued--;
	free_event(event);
}

static void forget(struct exec *exec, struct subject *subject)
{
	struct subject **at = &exec->bucket[subject->key % BUCKETS];

	while (*at != subject)
		at = &(*at)->next;
	*at = subject->next;
	while (subject->first)
		take_first(subject);
	free(subject);
}

static void stand_in_line(struct exec *exec, struct subject *subject)
{
	subject->next_ready = NULL;
	if (exec->first_ready)
		exec->last_ready->next_ready = subject;
	else
		exec->first_ready = subject;
	exec->last_ready = subject;
}

/* Queues an event of these variables, which it takes. */
static void enqueue(struct exec *exec, struct subject *subject, char **env)
{
	struct event *event = calloc(1, sizeof(*event));

	if (!env || !event) {
		warning("%s (%llu): out of memory, an event is not told", subject->name,
			(unsigned long long)subject->key);
		free_env(env);
		free(event);
		return;
	}
	event->env = env;
	if (subject->queued == EXEC_QUEUE) {
		take_first(subject);
		subject->lost++;
	}
	if (subject->first)
		subject->last->next = event;
	else
		subject->first = event;
	subject->last = event;
	if (!subject->queued++ && !subject->pid)
		stand_in_line(exec, subject);
}

/* The subject of @record, which says how it is. */
static struct subject *know(struct exec *exec, struct json_object *record)
{
	struct subject *subject = find_or_add(exec, record);

	if (!subject) {
		warning("out of memory, an event is not told");
		return NULL;
	}
	snprintf(subject->state, sizeof(subject->state), "%s", record_string(record, exec->ops->state));
	subject->gone = !strcmp(record_string(record, "event"), "del");
	return subject;
}

void exec_know(struct exec *exec, struct json_object *record)
{
	struct subject *subject = know(exec, record);

	if (subject)
		subject->seen = true;
}

void exec_event(struct exec *exec, struct json_object *record)
{
	struct subject *subject = know(exec, record);

	if (subject)
		enqueue(exec, subject, make_env(exec, record));
}

void exec_sync(struct exec *exec, struct json_object *record)
{
	struct subject *subject = find(exec, key_of(exec, record));

	if (!subject || subject->gone ||
	    strcmp(subject->state, record_string(record, exec->ops->state))) {
		exec_event(exec, record);
		subject = find(exec, key_of(exec, record));
	}
	if (subject)
		subject->seen = true;
}

/* Nobody told how it went; it has its name, its key and the event. */
static void tell_gone(struct exec *exec, struct subject *subject)
{
	struct json_object *record = json_object_new_object();

	json_object_object_add(record, "event", json_object_new_string("del"));
	json_object_object_add(record, exec->ops->key, json_object_new_int64(subject->key));
	json_object_object_add(record, exec->ops->name, json_object_new_string(subject->name));
	json_object_object_add(record, exec->ops->state, json_object_new_string(subject->state));
	exec_event(exec, record);
	json_object_put(record);
}

void exec_synced(struct exec *exec)
{
	struct subject *subject;
	int i;

	for (i = 0; i < BUCKETS; i++) {
		for (subject = exec->bucket[i]; subject; subject = subject->next) {
			if (!subject->seen && !subject->gone)
				tell_gone(exec, subject);
			subject->seen = false;
		}
	}
}

/* ------------------------------------------------------------ processes */

/* A process group of its own, that reads nothing and takes signals as usual. */
static int spawn(const struct exec *exec, char **env, pid_t *pid)
{
	char *argv[] = { "sh", "-c", (char *)exec->command, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none;
	int err;

	sigemptyset(&none);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setsigmask(&attr, &none);
	err = posix_spawn(pid, "/bin/sh", &files, &attr, argv, env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return err;
}

/* Starts the command for the oldest event of @subject. */
static void start(struct exec *exec, struct subject *subject)
{
	struct event *event = subject->first;
	char lost[16];
	int err;

	if (subject->lost) {
		warning("%s (%llu): %u events are not told, the command is too slow",
			subject->name, (unsigned long long)subject->key, subject->lost);
		snprintf(lost, sizeof(lost), "%u", subject->lost);
		set_variable(&event->env, make_variable(exec->ops->prefix, "lost", lost));
		subject->lost = 0;
	}
	err = spawn(exec, event->env, &subject->pid);
	take_first(subject);
	if (err) {
		warning("%s (%llu): cannot run the command: %s", subject->name,
			(unsigned long long)subject->key, strerror(err));
		subject->pid = 0;
		return;
	}
	exec->running++;
	subject->terminated = false;
	subject->deadline = exec->timeout_ms ? now_ms() + exec->timeout_ms : 0;
}

static void say_end(const struct subject *subject, int status)
{
	unsigned long long key = subject->key;

	if (WIFEXITED(status) && WEXITSTATUS(status))
		warning("%s (%llu): the command ended with status %d", subject->name, key,
			WEXITSTATUS(status));
	else if (WIFSIGNALED(status))
		warning("%s (%llu): the command was ended by signal %d (%s)", subject->name, key,
			WTERMSIG(status), strsignal(WTERMSIG(status)));
}

/* What of a subject's command is due: its end is taken, or asked for. */
static void look_after(struct exec *exec, struct subject *subject, int64_t now)
{
	int status;

	if (waitpid(subject->pid, &status, WNOHANG) == subject->pid) {
		say_end(subject, status);
		subject->pid = 0;
		exec->running--;
		if (subject->first)
			stand_in_line(exec, subject);
		return;
	}
	if (!subject->deadline || subject->deadline > now)
		return;
	if (!subject->terminated)
		warning("%s (%llu): the command takes too long", subject->name,
			(unsigned long long)subject->key);
	kill(-subject->pid, subject->terminated ? SIGKILL : SIGTERM);
	subject->terminated = true;
	subject->deadline = now + KILL_MS;
}

/* All commands that run are looked after, and the earliest deadline is found. */
static int64_t look_after_all(struct exec *exec)
{
	struct subject *subject, *next;
	int64_t now = now_ms();
	int64_t earliest = 0;
	int i;

	for (i = 0; i < BUCKETS; i++) {
		for (subject = exec->bucket[i]; subject; subject = next) {
			next = subject->next;
			if (subject->pid)
				look_after(exec, subject, now);
			if (subject->gone && !subject->pid && !subject->first)
				forget(exec, subject);
			else if (subject->pid && subject->deadline &&
				 (!earliest || subject->deadline < earliest))
				earliest = subject->deadline;
		}
	}
	return earliest;
}

bool exec_run(struct exec *exec, int *wait_ms)
{
	struct subject *subject;
	int64_t earliest, left;

	earliest = look_after_all(exec);
	while (exec->first_ready && exec->running < exec->jobs) {
		subject = exec->first_ready;
		exec->first_ready = subject->next_ready;
		start(exec, subject);
		if (!subject->pid && subject->first)
			stand_in_line(exec, subject);
		if (subject->pid && subject->deadline &&
		    (!earliest || subject->deadline < earliest))
			earliest = subject->deadline;
	}
	*wait_ms = -1;
	if (earliest) {
		left = earliest - now_ms();
		*wait_ms = left > 0 ? left : 0;
	}
	return exec->running || exec->first_ready;
}

struct exec *exec_new(const struct exec_ops *ops, const char *command, uint32_t jobs,
		      uint32_t timeout_ms)
{
	struct exec *exec = calloc(1, sizeof(*exec));

	if (!exec)
		return NULL;
	exec->ops = ops;
	exec->command = command;
	exec->jobs = jobs;
	exec->timeout_ms = timeout_ms;
	return exec;
}

/* Nothing waits any more; what runs has to end now. */
static void stop(struct exec *exec)
{
	struct subject *subject;
	int i;

	exec->first_ready = NULL;
	for (i = 0; i < BUCKETS; i++) {
		for (subject = exec->bucket[i]; subject; subject = subject->next) {
			while (subject->first)
				take_first(subject);
			if (!subject->pid || subject->terminated)
				continue;
			kill(-subject->pid, SIGTERM);
			subject->terminated = true;
			subject->deadline = now_ms() + KILL_MS;
		}
	}
}

void exec_free(struct exec *exec)
{
	const struct timespec tick = { .tv_nsec = 10 * 1000000 };
	int i, wait_ms;

	if (!exec)
		return;
	stop(exec);
	while (exec_run(exec, &wait_ms))
		nanosleep(&tick, NULL);
	for (i = 0; i < BUCKETS; i++)
		while (exec->bucket[i])
			forget(exec, exec->bucket[i]);
	free(exec);
}
