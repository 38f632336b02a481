// SPDX-License-Identifier: GPL-2.0
/*
 * Output: one call, text or JSON.
 *
 * A record is built as a JSON tree and written when it ends, so memory holds
 * one record however long the list is. Text is written at once.
 */
#include <inttypes.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "args.h"
#include "print.h"

#define NSEC_PER_SEC	UINT64_C(1000000000)

static const char *const escapes[] = {
	[COLOUR_NONE]		= "",
	[COLOUR_GOOD]		= "\033[32m",
	[COLOUR_BAD]		= "\033[1;31m",
	[COLOUR_WAITING]	= "\033[33m",
	[COLOUR_ADDRESS]	= "\033[35m",
	[COLOUR_DEVICE]		= "\033[36m",
	[COLOUR_FAINT]		= "\033[2m",
};

void print_list(struct print *p)
{
	p->list = true;
	p->any = false;
	if (p->json)
		fputc('[', p->out);
}

void print_list_end(struct print *p)
{
	p->list = false;
	if (p->json)
		fputs(p->pretty && p->any ? "\n]\n" : "]\n", p->out);
}

void print_record(struct print *p)
{
	p->begun = false;
	p->newline = false;
	p->depth = 0;
	if (p->json)
		p->stack[p->depth++] = json_object_new_object();
}

/* Inside a list a pretty record stands two columns in. */
static void write_record(struct print *p, const char *text)
{
	const char *end;

	if (p->list) {
		if (p->any)
			fputc(',', p->out);
		fputs(p->pretty ? "\n  " : "", p->out);
	}
	while (p->list && p->pretty && (end = strchr(text, '\n'))) {
		fwrite(text, 1, end + 1 - text, p->out);
		fputs("  ", p->out);
		text = end + 1;
	}
	fputs(text, p->out);
	p->any = true;
}

void print_record_end(struct print *p)
{
	int flags = JSON_C_TO_STRING_NOSLASHESCAPE;

	if (p->json && p->record) {
		p->record(p->stack[0]);
		json_object_put(p->stack[0]);
		p->depth = 0;
		return;
	}
	if (p->json) {
		flags |= p->pretty ? JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED
				   : JSON_C_TO_STRING_PLAIN;
		write_record(p, json_object_to_json_string_ext(p->stack[0], flags));
		json_object_put(p->stack[0]);
		p->depth = 0;
		if (!p->list)
			fputc('\n', p->out);
	} else if (p->begun) {
		fputc('\n', p->out);
	}
	/* A reader of events wants each when it happens. */
	if (!p->list)
		fflush(p->out);
}

const char *record_string(struct json_object *record, const char *name)
{
	struct json_object *value;

	if (!json_object_object_get_ex(record, name, &value) || !value)
		return "";
	return json_object_get_string(value);
}

static void add(struct print *p, const char *key, struct json_object *value)
{
	struct json_object *top = p->stack[p->depth - 1];

	if (json_object_is_type(top, json_type_array))
		json_object_array_add(top, value);
	else
		json_object_object_add(top, key, value);
}

static void enter(struct print *p, const char *key, struct json_object *value)
{
	add(p, key, value);
	p->stack[p->depth++] = value;
}

void print_object(struct print *p, const char *key)
{
	if (p->json)
		enter(p, key, json_object_new_object());
}

void print_object_end(struct print *p)
{
	if (p->json)
		p->depth--;
}

void print_array(struct print *p, const char *key)
{
	if (p->json)
		enter(p, key, json_object_new_array());
}

void print_array_end(struct print *p)
{
	if (p->json)
		p->depth--;
}

void print_line(struct print *p, unsigned int indent)
{
	p->newline = true;
	p->indent = indent;
}

void print_width(struct print *p, int width)
{
	p->width = width;
}

void print_colour(struct print *p, enum colour colour)
{
	p->next_colour = colour;
}

static void write_gap(struct print *p)
{
	if (p->newline) {
		fprintf(p->out, "%s%*s", p->begun ? "\n" : "", (int)p->indent, "");
		p->newline = false;
	} else if (p->begun) {
		fputc(' ', p->out);
	}
	p->begun = true;
}

static void write_value(struct print *p, const char *label, const char *value)
{
	bool colour = p->colour && p->next_colour != COLOUR_NONE;
	int pad = (p->width < 0 ? -p->width : p->width) - (int)strlen(value);

	write_gap(p);
	if (*label)
		fprintf(p->out, "%s ", label);
	if (p->width < 0 && pad > 0)
		fprintf(p->out, "%*s", pad, "");
	fprintf(p->out, "%s%s%s", colour ? escapes[p->next_colour] : "", value,
		colour ? "\033[0m" : "");
	if (p->width > 0 && pad > 0)
		fprintf(p->out, "%*s", pad, "");
}

/* Every value ends here: width and colour were for this one only. */
static void finish(struct print *p, const char *label, const char *value)
{
	if (!p->json && label && value)
		write_value(p, label, value);
	p->width = 0;
	p->next_colour = COLOUR_NONE;
}

void print_str(struct print *p, const char *key, const char *label, const char *value)
{
	if (p->json && key)
		add(p, key, value ? json_object_new_string(value) : NULL);
	finish(p, label, value);
}

void print_u64(struct print *p, const char *key, const char *label, uint64_t value)
{
	char text[24];

	if (p->json && key)
		add(p, key, json_object_new_uint64(value));
	snprintf(text, sizeof(text), "%" PRIu64, value);
	finish(p, label, text);
}

void print_hex(struct print *p, const char *key, const char *label, uint32_t value)
{
	char text[16];

	if (p->json && key)
		add(p, key, json_object_new_uint64(value));
	snprintf(text, sizeof(text), "0x%08" PRIx32, value);
	finish(p, label, text);
}

void print_bool(struct print *p, const char *key, const char *label, bool value)
{
	if (p->json && key)
		add(p, key, json_object_new_boolean(value));
	finish(p, label ? "" : NULL, value ? label : NULL);
}

void print_time(struct print *p, const char *key, const char *label, uint64_t us)
{
	char text[TIME_TEXT_SIZE];

	if (p->json && key)
		add(p, key, json_object_new_uint64(us));
	finish(p, label, time_text(us, text));
}

void print_date(struct print *p, const char *key, const char *label, uint64_t ns)
{
	time_t seconds = ns / NSEC_PER_SEC;
	char date[32], text[48];
	struct tm tm;

	if (!ns || !gmtime_r(&seconds, &tm)) {
		print_str(p, key, label, NULL);
		return;
	}
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(text, sizeof(text), "%s.%06uZ", date,
		 (unsigned int)(ns % NSEC_PER_SEC / 1000));
	print_str(p, key, label, text);
}

void print_addr(struct print *p, const char *key, const char *label, const void *bytes, size_t len)
{
	char text[ADDR_TEXT_SIZE];

	if (!p->json)
		print_colour(p, COLOUR_ADDRESS);
	print_str(p, key, label, bytes && len ? addr_text(bytes, len, text) : NULL);
}

void print_mac(struct print *p, const char *key, const char *label, const void *bytes, size_t len)
{
	char text[MAC_TEXT_SIZE];

	if (!p->json)
		print_colour(p, COLOUR_ADDRESS);
	print_str(p, key, label, bytes && len ? mac_text(bytes, len, text) : NULL);
}

/* Bytes of the character at @text, of which @left bytes are there; 0 if it is not UTF-8. */
static size_t utf8_length(const unsigned char *text, size_t left)
{
	static const uint32_t least[] = { 1, 1, 0x80, 0x800, 0x10000 };
	unsigned int first = *text;
	size_t len, i;
	uint32_t code;

	len = first < 0x80 ? 1 : first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 :
	      first < 0xf8 ? 4 : 0;
	if (!len || len > left)
		return 0;
	code = len == 1 ? first : first & (0x7f >> len);
	for (i = 1; i < len; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (text[i] & 0x3f);
	}
	/* Neither spelt too long, nor half of a pair, nor beyond Unicode, nor NUL. */
	if (code < least[len] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
		return 0;
	return len;
}

/* Bytes at @text that text or JSON can have as they are. */
static size_t harmless_length(const struct print *p, const unsigned char *text, size_t left)
{
	if (p->json)
		return utf8_length(text, left);
	return *text > ' ' && *text < 0x7f && *text != '\\';
}

void print_untrusted(struct print *p, const char *key, const char *label, const void *bytes,
		     size_t len)
{
	const unsigned char *from = bytes;
	size_t step, done;
	char *safe, *end;

	safe = from && len ? malloc(len * 4 + 1) : NULL;
	for (end = safe, done = 0; safe && done < len; done += step) {
		step = harmless_length(p, from + done, len - done);
		if (step) {
			memcpy(end, from + done, step);
			end += step;
			continue;
		}
		end += sprintf(end, "\\x%02x", from[done]);
		step = 1;
	}
	if (safe)
		*end = '\0';
	print_str(p, key, label, safe);
	free(safe);
}

void print_null(struct print *p, const char *key)
{
	print_str(p, key, NULL, NULL);
}
