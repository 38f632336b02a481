// SPDX-License-Identifier: GPL-2.0
/*
 * Lines from stdin, as they come.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "lines.h"

#define WORDS	40

long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* The end of a time in seconds, decimals allowed */
long in(const char *secs)
{
	return now_ms() + (long)(strtod(secs ? secs : "0", NULL) * 1000);
}

bool mac_of(const char *text, unsigned char *mac)
{
	int n = 0;

	return sscanf(text, "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx%n", mac, mac + 1, mac + 2,
		      mac + 3, mac + 4, mac + 5, &n) == 6 && !text[n];
}

const char *text_of(const unsigned char *mac)
{
	static char text[18];

	snprintf(text, sizeof(text), "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2],
		 mac[3], mac[4], mac[5]);
	return text;
}

bool no(const char *why)
{
	printf("no: %s\n", why);
	return false;
}

static void obey(const struct command *commands, unsigned int n, char *line)
{
	char *words[WORDS + 1] = {};
	unsigned int i;

	for (i = 0; i < WORDS; i++, line = NULL) {
		words[i] = strtok(line, " \t\n");
		if (!words[i])
			break;
	}
	for (i = 0; i < n; i++)
		if (words[0] && !strcmp(words[0], commands[i].name))
			break;
	if (words[0] && !strcmp(words[0], "hello"))
		puts("ok");
	else if (i == n)
		no("what?");
	else if (commands[i].run(words + 1))
		puts("ok");
	fflush(stdout);
}

/* Call it when stdin has something. False: there will be no more */
bool lines_obey(const struct command *commands, unsigned int n)
{
	static char line[8192];
	static size_t used;
	ssize_t len;
	char *end;

	len = read(STDIN_FILENO, line + used, sizeof(line) - 1 - used);
	if (len <= 0)
		return false;
	used += len;
	line[used] = '\0';
	while ((end = strchr(line, '\n'))) {
		*end++ = '\0';
		obey(commands, n, line);
		used -= end - line;
		memmove(line, end, used + 1);
	}
	return true;
}
