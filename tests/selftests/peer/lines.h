/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Programs a script talks to: a command is a line on stdin, its answer one on
 * stdout, "ok" with what there is to say, or "no: why". "hello" is ok, so it is
 * known that a program is ready.
 */
#ifndef _PEER_LINES_H
#define _PEER_LINES_H

#include <stdbool.h>

/**
 * struct command - what a line may begin with
 * @name: the word
 * @run: does it; @words are those after it, then NULL. Returns true if "ok" is
 *	all there is to say, false if it has answered itself
 */
struct command {
	const char *name;
	bool (*run)(char **words);
};

bool lines_obey(const struct command *commands, unsigned int n);
bool no(const char *why);

long now_ms(void);
long in(const char *secs);
bool mac_of(const char *text, unsigned char *mac);
const char *text_of(const unsigned char *mac);

#endif /* _PEER_LINES_H */
