/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Batches: one command a line.
 *
 * Words are separated by blanks. # at the start of a word begins a comment.
 * Single and double quotes keep blanks and #; a backslash keeps the character
 * after it (not within single quotes) and, at the end, continues the line.
 */
#ifndef TOOLS_LIB_BATCH_H
#define TOOLS_LIB_BATCH_H

#include <stdbool.h>
#include <stdio.h>

#include "args.h"

/*
 * Runs the commands of file @path ("-": standard input), up to the first that
 * fails unless @force. Returns the status of the worst.
 */
int batch_run(const char *path, bool force, int (*run)(void *arg, struct args *args), void *arg);

/* Writes @word so that a batch reads it back as one word. */
void batch_quote(FILE *out, const char *word);

#endif /* TOOLS_LIB_BATCH_H */
