/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Checks that count, and output that can be looked at.
 */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <stdbool.h>

/* Each prints one line of TAP; @fmt says what is checked. */
bool check(bool ok, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool check_text(const char *got, const char *want, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The text of a file beside the test; UNIT_UPDATE in the environment writes it. */
bool check_file(const char *got, const char *name);

/* Between the two, what is printed goes to the strings; both are freed here. */
void capture(void);
void captured(char **out, char **err);

/* The plan and the sum. Returns main()'s value. */
int unit_done(void);

#endif /* TESTS_UNIT_H */
