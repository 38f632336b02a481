/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a command ends, and the one line that says why it failed.
 */
#ifndef TOOLS_LIB_ERROR_H
#define TOOLS_LIB_ERROR_H

#include <stdbool.h>

/* Exit status of the tools; also what their functions return. */
enum status {
	STATUS_OK	= 0,
	STATUS_USAGE	= 1,	/* the command line is wrong; nothing was sent */
	STATUS_REFUSED	= 2,	/* the kernel, or the system, refused */
};

/* Each prints "Error: ..." and a full stop, and returns the status it names. */
int error_usage(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
int error_refused(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

void warning(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * From now on messages go to @sink, as a line without its full stop: to the
 * log of a program that has no terminal. NULL: to stderr.
 */
void error_set_sink(void (*sink)(bool is_error, const char *line));

/* From now on messages name this line of this file; NULL: no longer. */
void error_set_place(const char *file, unsigned int line);

#endif /* TOOLS_LIB_ERROR_H */
