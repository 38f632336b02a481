// SPDX-License-Identifier: GPL-2.0
/*
 * The words after a command, by a table of the tool's.
 *
 * The table says of each keyword which attribute it is, what value it takes
 * and which commands know it. Whatever is wrong with a word by itself is found
 * here, before anything is sent; what does not fit together, in the tool.
 */
#include <ctype.h>
#include <inttypes.h>
#include <netlink/msg.h>
#include <string.h>

#include "attr.h"
#include "batch.h"
#include "error.h"
#include "keyword.h"

const char *command_name(const struct keywords *table, unsigned int in)
{
	int i = 0;

	while (!(in >> i & 1))
		i++;
	return table->commands[i];
}

static int find_keyword(const struct keywords *table, const char *name, unsigned int in)
{
	int i;

	for (i = 0; i < table->count; i++) {
		if (strcmp(table->at[i].name, name))
			continue;
		if (table->at[i].in & in)
			return i;
		error_usage("\"%s\" does not go with %s %s", name, table->object,
			    command_name(table, in));
		return -1;
	}
	if (name[0] == '-')
		error_usage("unexpected \"%s\" (options stand before the object)", name);
	else
		error_usage("unknown keyword \"%s\" (try: %s %s help)", name, table->tool,
			    table->object);
	return -1;
}

static int parse_period(const struct keyword *kw, const char *text, uint32_t *ms)
{
	if (!strcmp(text, "off"))
		*ms = 0;
	else if (!strcmp(text, "on"))
		*ms = kw->on;
	else if (isalpha((unsigned char)*text))
		return error_usage("%s: \"%s\" is not a time, on or off", kw->name, text);
	else
		return parse_time_ms(kw->name, text, true, kw->min, kw->max, ms);
	return STATUS_OK;
}

static int parse_value(const struct keyword *kw, const char *text, struct word *word)
{
	switch (kw->kind) {
	case VALUE_NONE:
		break;
	case VALUE_ADDR:
		return parse_unicast(kw->name, text, &word->addr);
	case VALUE_MAC:
		return parse_mac(kw->name, text, word->mac);
	case VALUE_NAME:
		return parse_ifname(kw->name, text, word->name);
	case VALUE_TIME_US:
	case VALUE_TIME_US_OR_ZERO:
		return parse_time_us(kw->name, text, kw->kind == VALUE_TIME_US_OR_ZERO, kw->min,
				     kw->max, &word->number);
	case VALUE_TIME_MS:
		return parse_time_ms(kw->name, text, false, kw->min, kw->max, &word->number);
	case VALUE_PERIOD_MS:
		return parse_period(kw, text, &word->number);
	case VALUE_U32:
	case VALUE_U8:
		return parse_u32(kw->name, text, kw->min, kw->max, &word->number);
	case VALUE_CHOICE:
		return parse_choice(kw->name, text, kw->choices, &word->number);
	case VALUE_OWN:
		break;
	}
	return STATUS_OK;
}

/* What follows the keyword @kw. */
static int parse_word(struct args *args, const struct keyword *kw, struct word *word)
{
	const char *text = NULL;
	bool again = word->given;
	int status = STATUS_OK;

	word->given = true;
	if (kw->kind == VALUE_OWN)
		return kw->own->parse(args, again);
	if (again)
		return error_usage("\"%s\" is given twice", kw->name);
	if (kw->kind != VALUE_NONE)
		status = args_value(args, kw->name, &text);
	return status ? status : parse_value(kw, text, word);
}

int words_parse(struct args *args, const struct keywords *table, unsigned int in,
		struct words *words)
{
	const char *name;
	int status;

	memset(words, 0, sizeof(*words));
	words->table = table;
	while ((name = args_next(args))) {
		int i = find_keyword(table, name, in);

		if (i < 0)
			return STATUS_USAGE;
		status = parse_word(args, &table->at[i], &words->at[i]);
		if (status)
			return status;
	}
	return table->check(words, in);
}

int words_count(const struct words *words, int first, int last)
{
	int count = 0;
	int i;

	for (i = first; i <= last; i++)
		count += words->at[i].given;
	return count;
}

static int put_word(const struct keyword *kw, const struct word *word, struct nl_msg *msg)
{
	if (!kw->attr)
		return 0;

	switch (kw->kind) {
	case VALUE_NONE:
		return nla_put_u8(msg, kw->attr, kw->min);
	case VALUE_ADDR:
		return nla_put(msg, kw->attr, word->addr.len, word->addr.bytes);
	case VALUE_MAC:
		return nla_put(msg, kw->attr, sizeof(word->mac), word->mac);
	case VALUE_NAME:
		return nla_put_string(msg, kw->attr, word->name);
	case VALUE_TIME_US:
	case VALUE_TIME_US_OR_ZERO:
	case VALUE_TIME_MS:
	case VALUE_PERIOD_MS:
	case VALUE_U32:
		return nla_put_u32(msg, kw->attr, word->number);
	case VALUE_U8:
	case VALUE_CHOICE:
		return nla_put_u8(msg, kw->attr, word->number);
	case VALUE_OWN:
		return kw->own->put(msg, kw->attr);
	}
	return 0;
}

static int put_words(const struct words *words, struct nl_msg *msg)
{
	int i;

	for (i = 0; i < words->table->count; i++)
		if (words->at[i].given && put_word(&words->table->at[i], &words->at[i], msg))
			return error_refused("the request is too long");
	return STATUS_OK;
}

/* For struct request: the word that @attr came from. */
static const char *keyword_of(const void *arg, int attr)
{
	const struct words *words = arg;
	const char *name = NULL;
	int i;

	for (i = 0; attr && i < words->table->count; i++) {
		if (words->table->at[i].attr != attr)
			continue;
		if (words->at[i].given)
			return words->table->at[i].name;
		/* Not given: what is missing, if anything is. */
		if (!name)
			name = words->table->at[i].name;
	}
	return name;
}

int words_talk(struct tool *tool, uint8_t cmd, int flags, const struct words *words,
	       struct replies *replies)
{
	struct request request = {
		.keyword = words ? keyword_of : NULL,
		.words = words,
	};
	struct channel *channel;
	int status;

	status = tool_channel(tool, &channel);
	if (status)
		return status;
	request.msg = channel_request(channel, cmd, flags);
	if (request.msg && words) {
		status = put_words(words, request.msg);
		if (status) {
			nlmsg_free(request.msg);
			return status;
		}
	}
	return channel_talk(channel, &request, replies);
}

int words_change(struct tool *tool, struct args *args, const struct keywords *table,
		 unsigned int in, uint8_t cmd)
{
	struct words words;
	int status;

	if (command_helped(args, table->usage))
		return STATUS_OK;
	status = words_parse(args, table, in, &words);
	return status ? status : words_talk(tool, cmd, 0, &words, NULL);
}

const char *keyword_choice(const struct keyword *kw, uint64_t value)
{
	uint64_t i;

	for (i = 0; kw->choices[i]; i++)
		if (i == value)
			return kw->choices[i];
	return "unknown";
}

void keyword_save(FILE *out, const struct keyword *kw, const struct nlattr *nla)
{
	char time[TIME_TEXT_SIZE], address[ADDR_TEXT_SIZE], mac[MAC_TEXT_SIZE];
	uint64_t number = get_uint(nla);

	if (!nla || (kw->kind == VALUE_NONE && number != kw->min) ||
	    (kw->kind == VALUE_NAME && !get_string(nla)))
		return;

	if (kw->kind == VALUE_OWN) {
		kw->own->save(out, nla);
		return;
	}
	fprintf(out, " %s%s", kw->name, kw->kind == VALUE_NONE ? "" : " ");
	switch (kw->kind) {
	case VALUE_NONE:
		break;
	case VALUE_ADDR:
		fputs(addr_text(nla_data(nla), nla_len(nla), address), out);
		break;
	case VALUE_MAC:
		fputs(mac_text(nla_data(nla), nla_len(nla), mac), out);
		break;
	case VALUE_NAME:
		batch_quote(out, get_string(nla));
		break;
	case VALUE_TIME_US:
	case VALUE_TIME_US_OR_ZERO:
		fputs(time_text(number, time), out);
		break;
	case VALUE_TIME_MS:
		fputs(time_text(number * 1000, time), out);
		break;
	case VALUE_PERIOD_MS:
		fputs(number ? time_text(number * 1000, time) : "off", out);
		break;
	case VALUE_U32:
	case VALUE_U8:
		fprintf(out, "%" PRIu64, number);
		break;
	case VALUE_CHOICE:
		fputs(keyword_choice(kw, number), out);
		break;
	case VALUE_OWN:
		break;
	}
}
