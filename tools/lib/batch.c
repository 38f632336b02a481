// SPDX-License-Identifier: GPL-2.0
/*
 * Batches: one command a line.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "error.h"

struct batch {
	FILE *file;
	const char *name;
	unsigned int next;	/* number of the next line of the file */
	unsigned int line;	/* first line of the command being read */
	char *text;		/* the command, continued lines joined */
	size_t size;
	char **words;		/* into text */
	size_t room;
};

/* True if the line ends with a backslash that is not itself kept by one. */
static bool continues(const char *text, size_t len)
{
	size_t slashes = 0;

	while (slashes < len && text[len - 1 - slashes] == '\\')
		slashes++;
	return slashes % 2;
}

/* Appends a line to the command, of which @used bytes are there. */
static bool add_line(struct batch *batch, size_t used, const char *line, size_t len)
{
	char *grown;

	if (used + len + 1 > batch->size) {
		grown = realloc(batch->text, used + len + 1);
		if (!grown)
			return false;
		batch->text = grown;
		batch->size = used + len + 1;
	}
	memcpy(batch->text + used, line, len);
	batch->text[used + len] = '\0';
	return true;
}

/*
 * Reads one command with the lines that continue it. Returns 1, 0 at the end
 * or -ENOMEM.
 */
static int read_command(struct batch *batch)
{
	char *line = NULL;
	size_t used = 0;
	size_t size = 0;
	bool more = true;
	int result = 0;
	ssize_t len;

	batch->line = batch->next;
	while (more) {
		len = getline(&line, &size, batch->file);
		if (len < 0)
			break;
		result = 1;
		batch->next++;
		if (len && line[len - 1] == '\n')
			len--;
		if (len && line[len - 1] == '\r')
			len--;
		more = continues(line, len);
		if (more)
			len--;
		if (!add_line(batch, used, line, len)) {
			result = -ENOMEM;
			break;
		}
		used += len;
	}
	free(line);
	return result;
}

static bool add_word(struct batch *batch, int *count, char *word)
{
	char **grown;

	if ((size_t)*count == batch->room) {
		grown = realloc(batch->words, (batch->room + 16) * sizeof(*grown));
		if (!grown)
			return false;
		batch->words = grown;
		batch->room += 16;
	}
	batch->words[(*count)++] = word;
	return true;
}

/*
 * Takes the word at @from, writing it without its quotes at @to. Returns
 * where reading goes on, or NULL if a quote has no end.
 */
static char *take_word(char *from, char **to)
{
	char *end = *to;
	char quote = '\0';

	for (; *from && (quote || !isspace((unsigned char)*from)); from++) {
		if (quote && *from == quote)
			quote = '\0';
		else if (!quote && (*from == '"' || *from == '\''))
			quote = *from;
		else if (*from == '\\' && quote != '\'' && from[1])
			*end++ = *++from;
		else
			*end++ = *from;
	}
	*to = end;
	return quote ? NULL : from;
}

/* Splits the command into words, in place: a word never grows. */
static int split(struct batch *batch, struct args *args)
{
	char *from = batch->text;
	char *to = batch->text;
	int count = 0;
	bool last;

	for (;;) {
		char *word = to;

		while (isspace((unsigned char)*from))
			from++;
		if (!*from || *from == '#')
			break;
		from = take_word(from, &to);
		if (!from)
			return error_usage("a quote is not closed");
		/* The NUL may fall on the blank that from stands on. */
		last = !*from;
		*to++ = '\0';
		if (!last)
			from++;
		if (!add_word(batch, &count, word))
			return error_refused("out of memory");
	}
	args->argv = batch->words;
	args->argc = count;
	return STATUS_OK;
}

static int run_commands(struct batch *batch, bool force,
			int (*run)(void *arg, struct args *args), void *arg)
{
	int worst = STATUS_OK;
	int got;

	while ((got = read_command(batch)) > 0) {
		struct args args = { 0 };
		int status;

		error_set_place(batch->name, batch->line);
		status = split(batch, &args);
		if (!status && args.argc)
			status = run(arg, &args);
		error_set_place(NULL, 0);
		/* Who writes commands to us by a pipe may wait for what each says. */
		fflush(stdout);

		if (status > worst)
			worst = status;
		if (status && !force)
			break;
	}
	return got < 0 ? error_refused("out of memory") : worst;
}

int batch_run(const char *path, bool force, int (*run)(void *arg, struct args *args), void *arg)
{
	bool is_stdin = !strcmp(path, "-");
	struct batch batch = {
		.file = is_stdin ? stdin : fopen(path, "re"),
		.name = is_stdin ? "stdin" : path,
		.next = 1,
	};
	int status;

	if (!batch.file)
		return error_usage("cannot open \"%s\": %s", path, strerror(errno));

	status = run_commands(&batch, force, run, arg);
	if (ferror(batch.file) && !status)
		status = error_usage("cannot read \"%s\": %s", path, strerror(errno));
	if (!is_stdin)
		fclose(batch.file);
	free(batch.text);
	free(batch.words);
	return status;
}

void batch_quote(FILE *out, const char *word)
{
	const char *c;

	for (c = word; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("._-:@+/", *c))
			break;
	if (!*c && *word) {
		fputs(word, out);
		return;
	}
	fputc('"', out);
	for (c = word; *c; c++) {
		if (*c == '"' || *c == '\\')
			fputc('\\', out);
		fputc(*c, out);
	}
	fputc('"', out);
}
