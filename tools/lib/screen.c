// SPDX-License-Identifier: GPL-2.0
/*
 * The terminal as a screen, by the escapes that all of them have (ECMA-48, and
 * xterm's second screen).
 */
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "screen.h"

#define ROWS	24	/* of a terminal that does not tell its size */
#define COLUMNS	80

#define ENTER	"\033[?1049h\033[?25l"		/* the second screen, no cursor */
#define LEAVE	"\033[?25h\033[?1049l"
#define HOME	"\033[H"
#define CLEAR_LINE	"\033[K"
#define CLEAR_BELOW	"\033[J"
#define NO_COLOUR	"\033[0m"		/* a line may end within one */

bool screen_is(FILE *out)
{
	return fileno(out) >= 0 && isatty(fileno(out));
}

void screen_open(struct screen *screen, FILE *out)
{
	struct termios raw;

	screen->out = out;
	screen->keys = -1;
	if (!tcgetattr(STDIN_FILENO, &screen->saved)) {
		screen->keys = STDIN_FILENO;
		raw = screen->saved;
		raw.c_lflag &= ~(ICANON | ECHO);
		raw.c_cc[VMIN] = 1;
		raw.c_cc[VTIME] = 0;
		raw.c_cc[VSUSP] = _POSIX_VDISABLE;
		tcsetattr(STDIN_FILENO, TCSANOW, &raw);
	}
	fputs(ENTER, out);
	fflush(out);
}

void screen_close(struct screen *screen)
{
	fputs(LEAVE, screen->out);
	fflush(screen->out);
	if (screen->keys >= 0)
		tcsetattr(screen->keys, TCSAFLUSH, &screen->saved);
}

/* Bytes of @line that fill at most @columns; colours and halves of characters take none. */
static size_t fitting(const char *line, size_t len, int columns)
{
	size_t i = 0;

	while (i < len) {
		if (line[i] == '\033') {
			while (i < len && line[i] != 'm')
				i++;
		} else if (((unsigned char)line[i] & 0xc0) != 0x80 && columns-- == 0) {
			break;
		}
		i++;
	}
	return i < len ? i : len;
}

void screen_draw(const struct screen *screen, const char *text)
{
	struct winsize size = { 0 };
	int row;

	ioctl(fileno(screen->out), TIOCGWINSZ, &size);
	if (!size.ws_row || !size.ws_col) {
		size.ws_row = ROWS;
		size.ws_col = COLUMNS;
	}
	fputs(HOME, screen->out);
	for (row = 0; *text && row < size.ws_row; row++) {
		size_t len = strcspn(text, "\n");

		/* To clear what follows a full line would clear its last column */
		fputs(row ? "\n" CLEAR_LINE : CLEAR_LINE, screen->out);
		fwrite(text, 1, fitting(text, len, size.ws_col), screen->out);
		fputs(NO_COLOUR, screen->out);
		text += len + (text[len] == '\n');
	}
	if (row < size.ws_row)
		fputs("\n" CLEAR_BELOW, screen->out);
	fflush(screen->out);
}

int screen_key(const struct screen *screen)
{
	unsigned char key;

	return read(screen->keys, &key, 1) == 1 ? key : -1;
}
