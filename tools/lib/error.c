// SPDX-License-Identifier: GPL-2.0
/*
 * Messages to the user: always one line on stderr, always one full stop.
 *
 * The place (file and line of a batch) is the only state; it is kept here so
 * that no function in between has to carry it.
 */
#include <stdarg.h>
#include <stdio.h>

#include "error.h"

#define LINE_SIZE	1024

static struct {
	const char *file;
	unsigned int line;
} place;

static void (*sink)(bool is_error, const char *line);

void error_set_sink(void (*new_sink)(bool is_error, const char *line))
{
	sink = new_sink;
}

void error_set_place(const char *file, unsigned int line)
{
	place.file = file;
	place.line = line;
}

static void say(bool is_error, const char *fmt, va_list ap)
{
	char where[LINE_SIZE / 2] = "", what[LINE_SIZE / 2], line[LINE_SIZE + 32];

	if (place.file)
		snprintf(where, sizeof(where), "%s:%u: ", place.file, place.line);
	if (sink) {
		vsnprintf(what, sizeof(what), fmt, ap);
		snprintf(line, sizeof(line), "%s%s", where, what);
		sink(is_error, line);
		return;
	}
	/* What went to stdout before belongs before the message. */
	fflush(stdout);

	fprintf(stderr, "%s: %s", is_error ? "Error" : "Warning", where);
	vfprintf(stderr, fmt, ap);
	fputs(".\n", stderr);
}

int error_usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(true, fmt, ap);
	va_end(ap);
	return STATUS_USAGE;
}

int error_refused(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(true, fmt, ap);
	va_end(ap);
	return STATUS_REFUSED;
}

void warning(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(false, fmt, ap);
	va_end(ap);
}
