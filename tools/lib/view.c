// SPDX-License-Identifier: GPL-2.0
/*
 * A kind of object the kernel can dump.
 *
 * The kernel's order is that of birth or of a hash; ours is the same for the
 * same objects, so that two outputs can be compared.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "attr.h"
#include "error.h"
#include "view.h"

/* A message and the attributes it is put in order by, found once. */
struct entry {
	struct nlmsghdr *msg;
	struct nlattr *at[SORT_KEYS_MAX];
};

static int compare(const void *a, const void *b, void *arg)
{
	const struct view *view = arg;
	const struct entry *left = a;
	const struct entry *right = b;
	int result = 0;
	int i;

	for (i = 0; view->order[i].compare && !result; i++)
		result = view->order[i].compare(left->at[i], right->at[i]);
	return result;
}

/* Puts the replies in order, and drops what cannot be read. */
static int put_in_order(const struct view *view, struct replies *replies)
{
	struct nlattr *tb[ATTRS];
	struct entry *entries;
	size_t count = 0;
	size_t i;
	int key;

	entries = calloc(replies->count + 1, sizeof(*entries));
	if (!entries) {
		replies_free(replies);
		return error_refused("out of memory");
	}
	for (i = 0; i < replies->count; i++) {
		if (!message_parse(replies->msg[i], tb)) {
			free(replies->msg[i]);
			continue;
		}
		entries[count].msg = replies->msg[i];
		for (key = 0; view->order[key].compare; key++)
			entries[count].at[key] = tb[view->order[key].attr];
		count++;
	}
	qsort_r(entries, count, sizeof(*entries), compare, (void *)view);
	for (i = 0; i < count; i++)
		replies->msg[i] = entries[i].msg;
	replies->count = count;
	free(entries);
	return STATUS_OK;
}

int view_fetch(struct tool *tool, const struct view *view, const struct words *words,
	       struct replies *replies)
{
	int status = words_talk(tool, view->cmd, NLM_F_DUMP, words, replies);

	return status ? status : put_in_order(view, replies);
}

static void print_all(struct tool *tool, const struct view *view, struct replies *replies)
{
	struct nlattr *tb[ATTRS];
	size_t i;

	print_list(&tool->print);
	for (i = 0; i < replies->count; i++) {
		if (!message_parse(replies->msg[i], tb))
			continue;
		print_record(&tool->print);
		view->print(&tool->print, tb, tool->statistics);
		print_record_end(&tool->print);
	}
	print_list_end(&tool->print);
}

int view_show(struct tool *tool, struct args *args, const struct view *view,
	      const struct keywords *table, unsigned int in,
	      int (*fetch)(struct tool *tool, const struct words *words,
			   struct replies *replies))
{
	struct replies replies = { 0 };
	struct words words;
	int status;

	if (command_helped(args, table->usage))
		return STATUS_OK;
	status = words_parse(args, table, in, &words);
	if (!status)
		status = fetch(tool, &words, &replies);
	if (!status)
		print_all(tool, view, &replies);
	replies_free(&replies);
	return status;
}

static int save_all(struct tool *tool, const struct saving *saving)
{
	struct replies replies = { 0 };
	struct nlattr *tb[ATTRS];
	int status = view_fetch(tool, saving->view, NULL, &replies);
	size_t i;

	for (i = 0; i < replies.count; i++)
		if (message_parse(replies.msg[i], tb))
			saving->save(tool->print.out, tb);
	replies_free(&replies);
	return status;
}

int view_save(struct tool *tool, struct args *args, const char *usage,
	      const struct saving *savings)
{
	int status;

	if (command_helped(args, usage))
		return STATUS_OK;
	status = args_end(args);
	if (!status && tool->print.json)
		status = error_usage("save prints a batch file, which has no JSON form");
	for (; !status && savings->view; savings++)
		status = save_all(tool, savings);
	return status;
}
