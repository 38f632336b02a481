// SPDX-License-Identifier: GPL-2.0
/*
 * A tool as a whole over the kernel of fake_genl.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake_genl.h"
#include "run_tool.h"
#include "unit.h"

#define MAX_WORDS	40

struct run run(const char *line)
{
	char *argv[MAX_WORDS + 1] = { "tool" };
	char text[1024];
	struct run r;
	char *save = NULL;
	int argc = 1;
	char *word;

	snprintf(text, sizeof(text), "%s", line);
	for (word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save))
		argv[argc++] = word;
	fake.asked[0] = '\0';
	capture();
	r.status = tool_under_test(argc, argv);
	captured(&r.out, &r.err);
	return r;
}

void check_requests(const struct line *lines, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		struct run r = run(lines[i].line);

		if (!lines[i].want) {
			check(r.status == 1 && !*fake.asked, "refused: %s", lines[i].line);
			continue;
		}
		check_text(fake.asked, lines[i].want, "%s", lines[i].line);
		check(!r.status && !*r.out && !*r.err, "and is silent");
	}
}

void check_usage_errors(const struct line *lines, size_t count)
{
	char want[512];
	size_t i;

	for (i = 0; i < count; i++) {
		struct run r = run(lines[i].line);

		snprintf(want, sizeof(want), "Error: %s.\n", lines[i].want);
		check_text(r.err, want, "%s", lines[i].line);
		check(r.status == 1 && !*r.out && !*fake.asked, "exit 1, nothing asked");
	}
}

void check_help(const char *tool, const char *const *lines, size_t count)
{
	char usage[64], version[64];
	struct run r;
	size_t i;

	snprintf(usage, sizeof(usage), "Usage: %s ", tool);
	snprintf(version, sizeof(version), "%s ", tool);
	for (i = 0; i < count; i++) {
		r = run(lines[i]);
		check(!r.status && !strncmp(r.out, usage, strlen(usage)) && !*r.err && !*fake.asked,
		      "%s %s prints usage", tool, lines[i]);
	}
	r = run("");
	check(r.status == 1 && !*r.out && !strncmp(r.err, usage, strlen(usage)),
	      "%s alone prints usage, as an error", tool);
	r = run("-V");
	check(!r.status && !strncmp(r.out, version, strlen(version)),
	      "%s -V prints the version", tool);
}

void check_refusal(const char *line, int attr, const char *want)
{
	struct run r;

	fake.refusal = "no";
	fake.refused_attr = attr;
	r = run(line);
	fake.refusal = NULL;
	fake.refused_attr = 0;
	check_text(r.err, want, "%s", line);
	check(r.status == 2 && !*r.out, "exit 2, nothing printed");
}

void check_output(const char *line, const char *name)
{
	struct run r = run(line);

	check(!r.status && !*r.err, "%s succeeds", line);
	check_file(r.out, name);
}

void check_monitor(const char *line, const char *module, const char *name)
{
	struct run r = run(line);
	char want[64];

	snprintf(want, sizeof(want), "Error: %s.ko was unloaded.\n", module);
	check(r.status == 2, "%s ends when the module goes", line);
	check_text(r.err, want, "and says so");
	check_file(r.out, name);
}

void check_batch(const char *options, const char *text, int status, const char *asked,
		 const char *error)
{
	char path[] = "/tmp/tool-test-XXXXXX";
	char line[128], want[256];
	int fd = mkstemp(path);
	struct run r;

	if (write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		abort();
	close(fd);
	snprintf(line, sizeof(line), "%s -b %s", options, path);
	r = run(line);
	unlink(path);
	check(r.status == status, "a batch ends with status %d", status);
	check_text(fake.asked, asked, "having asked");
	snprintf(want, sizeof(want), "%s%s%s", *error ? "Error: " : "", *error ? path : "", error);
	check_text(r.err, want, "and said");
}

void check_counters(const struct counter_line *lines, size_t count, const char *head,
		    const char *json_head)
{
	char *text, *json;
	size_t size, i;
	FILE *out;

	out = open_memstream(&text, &size);
	fputs(head, out);
	for (i = 0; i < count; i++)
		fprintf(out, "%-31s %11d   %s\n", lines[i].name, lines[i].value, lines[i].text);
	fclose(out);
	check_text(run("stats").out, text, "stats prints all the kernel has");
	free(text);

	out = open_memstream(&json, &size);
	fprintf(out, "[{%s", json_head);
	for (i = 0; i < count; i++)
		fprintf(out, "%s\"%s\":%d", i ? "," : "", lines[i].name, lines[i].value);
	fputs("}]\n", out);
	fclose(out);
	check_text(run("-j stats").out, json, "and in JSON one object of numbers");
	free(json);
}

void check_examples(const char *tool)
{
	const char *folder = getenv("UNIT_TOOLS");
	char path[4096], prompt[64], line[512];
	FILE *page;

	snprintf(path, sizeof(path), "%s/%s/%s.8", folder ? folder : ".", tool, tool);
	snprintf(prompt, sizeof(prompt), ".Dl # %s ", tool);
	page = fopen(path, "r");
	if (!check(page, "the manual can be read"))
		return;
	while (fgets(line, sizeof(line), page)) {
		struct run r;

		line[strcspn(line, "\n>")] = '\0';
		if (strncmp(line, prompt, strlen(prompt)) || strstr(line, " -b "))
			continue;
		r = run(line + strlen(prompt));
		if (strstr(line, "monitor") || strstr(line, " lag "))
			check(r.status == 2, "example: %s", line + strlen(prompt));
		else
			check(!r.status && !*r.err, "example: %s", line + strlen(prompt));
	}
	fclose(page);
}

const char *after(const char *all, const char *text)
{
	const char *at = strstr(all, text);

	return at ? at + strlen(text) : "";
}
