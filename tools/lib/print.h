/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Output. One call prints one value, as text or as JSON, so that the two
 * forms cannot drift apart:
 *
 *	@key	name in JSON; NULL: the value is for text only
 *	@label	word before the value in text; "": no word;
 *		NULL: the value is for JSON only
 *
 * In text, a value that does not exist (a NULL string, a time of never) is
 * left out with its label; in JSON it is null.
 */
#ifndef TOOLS_LIB_PRINT_H
#define TOOLS_LIB_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define PRINT_DEPTH	4

enum colour {
	COLOUR_NONE,
	COLOUR_GOOD,
	COLOUR_BAD,
	COLOUR_WAITING,
	COLOUR_ADDRESS,
	COLOUR_DEVICE,
	COLOUR_FAINT,
};

struct json_object;

struct print {
	FILE *out;
	/* JSON: who gets a record that ends, if it is not to be printed */
	void (*record)(struct json_object *record);
	bool json;
	bool pretty;
	bool colour;

	/* JSON: the values being built, innermost last */
	struct json_object *stack[PRINT_DEPTH];
	unsigned int depth;
	bool list;		/* records are elements of one array */
	bool any;		/* ... which has one already */

	/* text: what comes before the next value, and how it looks */
	bool begun;		/* this line has a value */
	bool newline;		/* the record's next value starts a line */
	unsigned int indent;
	int width;
	enum colour next_colour;
};

/* A command that shows things prints a list of records; monitor, records. */
void print_list(struct print *p);
void print_list_end(struct print *p);
void print_record(struct print *p);
void print_record_end(struct print *p);

/* A member of a record that was handed over, as text; "" if it is not there. */
const char *record_string(struct json_object *record, const char *name);

/* Members of a record. Text does not show nesting. */
void print_object(struct print *p, const char *key);
void print_object_end(struct print *p);
void print_array(struct print *p, const char *key);
void print_array_end(struct print *p);

/* Text: the next value starts a line, @indent columns in. */
void print_line(struct print *p, unsigned int indent);

/* Text: pad the next value to @width columns, to the right if negative. */
void print_width(struct print *p, int width);

/* Text: the next value's colour. */
void print_colour(struct print *p, enum colour colour);

void print_str(struct print *p, const char *key, const char *label, const char *value);
void print_u64(struct print *p, const char *key, const char *label, uint64_t value);
void print_hex(struct print *p, const char *key, const char *label, uint32_t value);

/* Text: the label alone, if @value. */
void print_bool(struct print *p, const char *key, const char *label, bool value);

/* A duration: microseconds in JSON, with a unit in text. */
void print_time(struct print *p, const char *key, const char *label, uint64_t us);

/* A moment, ns of CLOCK_REALTIME, 0 for never; RFC 3339, microseconds, UTC. */
void print_date(struct print *p, const char *key, const char *label, uint64_t ns);

/* An address of 4 or 16 bytes; NULL or no bytes: none. */
void print_addr(struct print *p, const char *key, const char *label, const void *bytes,
		size_t len);

/* An address of 6 bytes; NULL or no bytes: none. */
void print_mac(struct print *p, const char *key, const char *label, const void *bytes,
	       size_t len);

/*
 * Bytes that a stranger chose and the kernel passed on; NULL or none: none. In
 * text they stay one word of printable ASCII, the rest of them spelt \xNN;
 * JSON has all of them that are UTF-8.
 */
void print_untrusted(struct print *p, const char *key, const char *label, const void *bytes,
		     size_t len);

void print_null(struct print *p, const char *key);

#endif /* TOOLS_LIB_PRINT_H */
