/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One line for each event an administrator can act on; never a secret.
 */
#ifndef TOOLS_LIB_LOG_H
#define TOOLS_LIB_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <syslog.h>

/* Bounds how often one kind of line is written; zero to begin with. */
struct log_limit {
	uint64_t since_ms;	/* when the lines of this period began */
	uint32_t lines;		/* of this period */
	uint32_t left_out;
};

/* To stderr, or to syslog; each line names @program. */
void log_open(const char *program, bool to_stderr);

void log_line(int priority, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * The same, at most @per_second lines a second; the next one that is written
 * is followed by how many were not.
 */
void log_limited(struct log_limit *limit, uint32_t per_second, int priority, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* @len bytes of a stranger's, as text that cannot be taken for anything else. */
const char *log_escape(const void *bytes, size_t len, char *text, size_t size);

/* Milliseconds of a clock that never goes back. */
uint64_t now_ms(void);

#endif /* TOOLS_LIB_LOG_H */
