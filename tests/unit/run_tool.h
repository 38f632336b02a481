/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A tool as a whole over the kernel of fake_genl.h: what a command line asks
 * for, prints and returns.
 */
#ifndef TESTS_RUN_TOOL_H
#define TESTS_RUN_TOOL_H

#include <stddef.h>

/* The tool's main(), by the name it has in a test. */
int tool_under_test(int argc, char **argv);

struct run {
	int status;
	char *out;
	char *err;
};

/* A command line, and what it asks of the kernel or is told. */
struct line {
	const char *line;
	const char *want;
};

/* Runs a command line whose words hold no blanks; what it says is there until the next. */
struct run run(const char *line);

/* Each is silent, succeeds, and asks for this; NULL: it is a wrong command line. */
void check_requests(const struct line *lines, size_t count);

/* Each exits with 1, having asked nothing, and says so. */
void check_usage_errors(const struct line *lines, size_t count);

/* Each prints usage of @tool on stdout; no word at all, on stderr. */
void check_help(const char *tool, const char *const *lines, size_t count);

/* A refusal that marks @attr exits with 2 and says @want. */
void check_refusal(const char *line, int attr, const char *want);

/* Prints what a file of that name holds. */
void check_output(const char *line, const char *name);

/* Likewise of monitor, which ends because @module was unloaded. */
void check_monitor(const char *line, const char *module, const char *name);

/* A counter as stats shows it. */
struct counter_line {
	const char *name;
	const char *text;
	int value;
};

/* What stats prints, in text and as JSON, with what comes before the counters. */
void check_counters(const struct counter_line *lines, size_t count, const char *head,
		    const char *json_head);

/* A batch of this @text ends so; @error is what follows its name. */
void check_batch(const char *options, const char *text, int status, const char *asked,
		 const char *error);

/* The manual's examples are commands that work; a shell's > is not for us. */
void check_examples(const char *tool);

/* Everything that stands after the first @text; "" if it is not there. */
const char *after(const char *all, const char *text);

#endif /* TESTS_RUN_TOOL_H */
