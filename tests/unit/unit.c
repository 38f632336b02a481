// SPDX-License-Identifier: GPL-2.0
/*
 * Checks that count, and output that can be looked at.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static int passed, failed;

static struct {
	FILE *real_out, *real_err;
	char *out, *err;
	size_t out_size, err_size;
} held;

/* What the last capture gave away, until the next. */
static struct {
	char *out, *err;
} last;

static bool report(bool ok, const char *fmt, va_list ap)
{
	if (ok)
		passed++;
	else
		failed++;
	printf("%sok %d - ", ok ? "" : "not ", passed + failed);
	vprintf(fmt, ap);
	putchar('\n');
	return ok;
}

bool check(bool ok, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	report(ok, fmt, ap);
	va_end(ap);
	return ok;
}

/* The line of @text that begins at @at, as a comment of TAP. */
static void show_line(const char *what, const char *text, size_t at)
{
	printf("# %s: %.*s\n", what, (int)strcspn(text + at, "\n"), text + at);
}

/* The first line in which the two differ. */
static void show_difference(const char *got, const char *want)
{
	size_t line = 0;
	size_t i;

	for (i = 0; got[i] && got[i] == want[i]; i++)
		if (got[i] == '\n')
			line = i + 1;
	show_line("want", want, line);
	show_line("got ", got, line);
}

bool check_text(const char *got, const char *want, const char *fmt, ...)
{
	bool ok = !strcmp(got, want);
	va_list ap;

	va_start(ap, fmt);
	report(ok, fmt, ap);
	va_end(ap);
	if (!ok)
		show_difference(got, want);
	return ok;
}

bool check_file(const char *got, const char *name)
{
	const char *folder = getenv("UNIT_EXPECTED");
	char path[4096], want[65536];
	size_t len;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder ? folder : "expected", name);
	if (getenv("UNIT_UPDATE")) {
		file = fopen(path, "w");
		if (file) {
			fputs(got, file);
			fclose(file);
		}
	}
	file = fopen(path, "r");
	if (!file)
		return check(false, "%s cannot be read", path);
	len = fread(want, 1, sizeof(want) - 1, file);
	want[len] = '\0';
	fclose(file);
	return check_text(got, want, "prints what %s says", name);
}

void capture(void)
{
	fflush(stdout);
	held.real_out = stdout;
	held.real_err = stderr;
	stdout = open_memstream(&held.out, &held.out_size);
	stderr = open_memstream(&held.err, &held.err_size);
}

void captured(char **out, char **err)
{
	fclose(stdout);
	fclose(stderr);
	stdout = held.real_out;
	stderr = held.real_err;
	free(last.out);
	free(last.err);
	*out = last.out = held.out;
	*err = last.err = held.err;
}

int unit_done(void)
{
	free(last.out);
	free(last.err);
	printf("1..%d\n%d passed, %d failed\n", passed + failed, passed, failed);
	return failed != 0;
}
