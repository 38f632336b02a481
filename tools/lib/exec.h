/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Commands run for events: one after the other for each subject of events,
 * side by side for different ones.
 */
#ifndef TOOLS_LIB_EXEC_H
#define TOOLS_LIB_EXEC_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

/* How many events of one subject wait; then the oldest goes. */
#define EXEC_QUEUE	64

struct exec;

/* What differs between those that use it. */
struct exec_ops {
	const char *prefix;	/* of the names of variables */
	const char *key;	/* member of a record that tells its subject, a number */
	const char *name;	/* ... and the one that people know it by */
	const char *state;	/* ... and the one that says how it is */
};

/*
 * @command is for /bin/sh. @jobs of them run at a time, each for @timeout_ms
 * at most (0: for ever). NULL: there is no memory.
 */
struct exec *exec_new(const struct exec_ops *ops, const char *command, uint32_t jobs,
		      uint32_t timeout_ms);

/* An event, from what JSON would print: every member is a variable. */
void exec_event(struct exec *exec, struct json_object *record);

/* A subject as it is now, for what comes: nothing is told. */
void exec_know(struct exec *exec, struct json_object *record);

/*
 * A subject as it is now, after events may have been lost: one that was told
 * otherwise, or never, is told. When all were, exec_synced() tells of those
 * that are gone.
 */
void exec_sync(struct exec *exec, struct json_object *record);
void exec_synced(struct exec *exec);

/*
 * Takes the commands that ended, ends those that took too long and starts what
 * may start. Returns true while any runs or waits; *@wait_ms is then the time
 * after which to call again, at the latest, or -1. So it is to be called when
 * SIGCHLD came, too.
 */
bool exec_run(struct exec *exec, int *wait_ms);

/* Ends the commands that run, forgets the rest, and frees it. */
void exec_free(struct exec *exec);

#endif /* TOOLS_LIB_EXEC_H */
