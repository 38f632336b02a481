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

static struct {
	const char *file;
	unsigned int line;
} place;

void error_set_place(const char *file, unsigned int line)
{
	place.file = file;
	place.line = line;
}

static void say(const char *kind, const char *fmt, va_list ap)
{
	/* What went to stdout before belongs before the message. */
	fflush(stdout);

	fprintf(stderr, "%s: ", kind);
	if (place.file)
		fprintf(stderr, "%s:%u: ", place.file, place.line);
	vfprintf(stderr, fmt, ap);
	fputs(".\n", stderr);
}

int error_usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("Error", fmt, ap);
	va_end(ap);
	return STATUS_USAGE;
}

int error_refused(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("Error", fmt, ap);
	va_end(ap);
	return STATUS_REFUSED;
}

void warning(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("Warning", fmt, ap);
	va_end(ap);
}
