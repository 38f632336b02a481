/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The terminal as a screen that is drawn over and over, and keys pressed
 * meanwhile. The user's lines are there again after it.
 */
#ifndef TOOLS_LIB_SCREEN_H
#define TOOLS_LIB_SCREEN_H

#include <stdbool.h>
#include <stdio.h>
#include <termios.h>

struct screen {
	FILE *out;
	int keys;		/* descriptor that keys are read from; -1: none */
	struct termios saved;	/* of it */
};

/* Whether what is written to @out is seen on a terminal. */
bool screen_is(FILE *out);

/* Takes the screen. ^C stays a signal, ^Z is none. */
void screen_open(struct screen *screen, FILE *out);

/* Gives it back. */
void screen_close(struct screen *screen);

/* Shows the lines of @text, as many and as much of each as there is room for. */
void screen_draw(const struct screen *screen, const char *text);

/* The key that was pressed, -1 if there is none any more; to be asked for when
 * the descriptor is readable.
 */
int screen_key(const struct screen *screen);

#endif /* TOOLS_LIB_SCREEN_H */
