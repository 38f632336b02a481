// SPDX-License-Identifier: GPL-2.0
/*
 * The log: syslog, or stderr for those who run us in the foreground.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "log.h"

#define PERIOD_MS	1000

static const char *name = "";
static bool to_syslog;

uint64_t now_ms(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * UINT64_C(1000) + now.tv_nsec / 1000000;
}

void log_open(const char *program, bool to_stderr)
{
	name = program;
	to_syslog = !to_stderr;
	/* A line is one write: others may share the file. */
	if (to_stderr)
		setvbuf(stderr, NULL, _IOLBF, 0);
	else
		openlog(name, LOG_PID, LOG_DAEMON);
}

static void write_line(int priority, const char *fmt, va_list ap)
{
	if (to_syslog) {
		vsyslog(priority, fmt, ap);
		return;
	}
	fprintf(stderr, "%s: ", name);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
}

void log_line(int priority, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	write_line(priority, fmt, ap);
	va_end(ap);
}

void log_limited(struct log_limit *limit, uint32_t per_second, int priority, const char *fmt, ...)
{
	uint64_t now = now_ms();
	uint32_t left_out = 0;
	va_list ap;

	if (!limit->lines || now - limit->since_ms >= PERIOD_MS) {
		limit->since_ms = now;
		limit->lines = 0;
		left_out = limit->left_out;
		limit->left_out = 0;
	}
	if (limit->lines == per_second) {
		limit->left_out++;
		return;
	}
	limit->lines++;
	va_start(ap, fmt);
	write_line(priority, fmt, ap);
	va_end(ap);
	if (left_out)
		log_line(priority, "%" PRIu32 " lines like this one were left out", left_out);
}

const char *log_escape(const void *bytes, size_t len, char *text, size_t size)
{
	const unsigned char *from = bytes;
	size_t used = 0;
	size_t i;

	for (i = 0; i < len && used + 5 <= size; i++) {
		if (isascii(from[i]) && isprint(from[i]) && from[i] != '"' && from[i] != '\\')
			text[used++] = from[i];
		else
			used += snprintf(text + used, size - used, "\\x%02x", from[i]);
	}
	text[used] = '\0';
	return text;
}
