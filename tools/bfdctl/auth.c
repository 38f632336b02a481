// SPDX-License-Identifier: GPL-2.0
/*
 * The keys of a session: "auth" of a command line, once for each key, and what
 * the kernel tells of them, which is never the key itself.
 *
 * A key that is named without being given is the one of that type and id that
 * the session has: so save can write what it does not know, and a list can be
 * put into another order.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/attr.h"
#include "../lib/batch.h"
#include "../lib/error.h"
#include "bfdctl.h"

#define PASSWORD_MAX	16	/* and of an MD5 key */
#define SECRET_MAX	20	/* of a SHA1 key */
#define OPTIMIZED_MIN	8	/* of one that is ISAAC's, too */

struct key {
	uint32_t type;
	uint32_t id;
	uint8_t secret[SECRET_MAX + 1];
	size_t len;		/* 0: the session's own */
	char file[BFD_KEY_FILE_MAX + 1];
};

/* What the command line being worked on said. */
static struct {
	struct key keys[BFD_KEYS_MAX];
	unsigned int count;
} given;

static const char *const types[] = {
	[BFD_AUTH_NONE] = "none",
	[BFD_AUTH_SIMPLE] = "simple",
	[BFD_AUTH_MD5] = "md5",
	[BFD_AUTH_METICULOUS_MD5] = "meticulous-md5",
	[BFD_AUTH_SHA1] = "sha1",
	[BFD_AUTH_METICULOUS_SHA1] = "meticulous-sha1",
	[BFD_AUTH_NULL] = "null",
	[BFD_AUTH_OPTIMIZED_MD5] = "optimized-md5",
	[BFD_AUTH_OPTIMIZED_SHA1] = "optimized-sha1",
	NULL
};

static const char *type_name(const struct nlattr *nla)
{
	uint64_t type = get_uint(nla);

	return type < __BFD_AUTH_MAX ? types[type] : "unknown";
}

void auth_forget(void)
{
	explicit_bzero(&given, sizeof(given));
}

unsigned int auth_count(void)
{
	return given.count;
}

static size_t secret_max(const struct key *key)
{
	return key->type == BFD_AUTH_SHA1 || key->type == BFD_AUTH_METICULOUS_SHA1 ||
	       key->type == BFD_AUTH_OPTIMIZED_SHA1 ? SECRET_MAX : PASSWORD_MAX;
}

static size_t secret_min(const struct key *key)
{
	return key->type == BFD_AUTH_OPTIMIZED_MD5 || key->type == BFD_AUTH_OPTIMIZED_SHA1 ?
	       OPTIMIZED_MIN : 1;
}

static int check_length(const struct key *key, const char *word, size_t len)
{
	if (!len)
		return error_usage("%s: the key is empty", word);
	if (len < secret_min(key))
		return error_usage("%s: a key for %s has %zu bytes at least", word,
				   types[key->type], secret_min(key));
	if (len > secret_max(key))
		return error_usage("%s: a key for %s has %zu bytes at most", word,
				   types[key->type], secret_max(key));
	return STATUS_OK;
}

static int take_text(struct key *key, const char *word, const char *text)
{
	int status = check_length(key, word, strlen(text));

	if (status)
		return status;
	key->len = strlen(text);
	memcpy(key->secret, text, key->len);
	return STATUS_OK;
}

static int take_hex(struct key *key, const char *word, const char *text)
{
	size_t digits = strlen(text), i;
	unsigned int byte;
	int status;

	if (digits % 2 || strspn(text, "0123456789abcdefABCDEF") != digits)
		return error_usage("%s: not an even number of hexadecimal digits", word);
	status = check_length(key, word, digits / 2);
	if (status)
		return status;
	for (i = 0; i < digits / 2; i++) {
		sscanf(text + 2 * i, "%2x", &byte);
		key->secret[i] = byte;
	}
	key->len = digits / 2;
	return STATUS_OK;
}

/* All of a file but the end of its line. The kernel is told where it lies. */
static int take_file(struct key *key, const char *word, const char *text)
{
	char *path = realpath(text, NULL);
	FILE *in = path ? fopen(path, "re") : NULL;
	size_t len;
	int status;

	if (!in) {
		status = error_usage("%s: cannot open \"%s\": %s", word, text, strerror(errno));
		goto out;
	}
	if (strlen(path) > BFD_KEY_FILE_MAX) {
		status = error_usage("%s: \"%s\" is too long a name", word, path);
		goto out;
	}
	len = fread(key->secret, 1, sizeof(key->secret), in);
	/* Room for a newline behind the longest */
	if (len && key->secret[len - 1] == '\n')
		len--;
	status = check_length(key, word, len);
	if (!status && (ferror(in) || (len == SECRET_MAX && fgetc(in) != EOF)))
		status = error_usage("%s: \"%s\" is not a file with a key", word, path);
	if (!status) {
		key->len = len;
		strcpy(key->file, path);
	}
out:
	if (in)
		fclose(in);
	free(path);
	return status;
}

/* The secret, if one is given. */
static int parse_secret(struct args *args, struct key *key)
{
	static const struct {
		const char *name;
		int (*take)(struct key *key, const char *word, const char *text);
	} ways[] = {
		{ "key", take_text }, { "key-hex", take_hex }, { "key-file", take_file },
	};
	const char *word = args_peek(args), *text;
	size_t i;
	int status;

	for (i = 0; word && i < sizeof(ways) / sizeof(*ways); i++) {
		if (strcmp(word, ways[i].name))
			continue;
		args_next(args);
		status = args_value(args, word, &text);
		return status ? status : ways[i].take(key, word, text);
	}
	return STATUS_OK;
}

static int parse_id(struct args *args, struct key *key)
{
	const char *word = args_next(args), *text;
	int status;

	if (!word || strcmp(word, "key-id"))
		return error_usage("auth %s: \"key-id\" is missing", types[key->type]);
	status = args_value(args, word, &text);
	return status ? status : parse_u32(word, text, 0, UINT8_MAX, &key->id);
}

/* RFC 9978: null has no secret, and the id 0 */
static int parse_key(struct args *args, struct key *key)
{
	bool null = key->type == BFD_AUTH_NULL;
	int status = null ? STATUS_OK : parse_id(args, key);
	unsigned int i;

	if (status)
		return status;
	for (i = 0; i < given.count; i++)
		if (given.keys[i].id == key->id)
			return error_usage("key-id: %u is given twice", key->id);
	return null ? STATUS_OK : parse_secret(args, key);
}

/* What follows the word auth; @again: there was one already. */
static int auth_parse(struct args *args, bool again)
{
	const char *text;
	uint32_t type;
	struct key *key;
	int status;

	if (!again)
		auth_forget();
	status = args_value(args, "auth", &text);
	if (!status)
		status = parse_choice("auth", text, types, &type);
	if (status)
		return status;
	if (again && (type == BFD_AUTH_NONE || !given.count))
		return error_usage("auth: \"none\" and keys exclude each other");
	if (type == BFD_AUTH_NONE)
		return STATUS_OK;
	if (given.count == BFD_KEYS_MAX)
		return error_usage("auth: a session has %d keys at most", BFD_KEYS_MAX);
	key = &given.keys[given.count];
	key->type = type;
	status = parse_key(args, key);
	given.count += !status;
	return status;
}

static int put_key(struct nl_msg *msg, int number, const struct key *key)
{
	struct nlattr *nest = nla_nest_start(msg, number | NLA_F_NESTED);

	if (!nest || nla_put_u8(msg, BFD_KEY_TYPE, key->type) ||
	    nla_put_u8(msg, BFD_KEY_ID, key->id) ||
	    (key->len && nla_put(msg, BFD_KEY_SECRET, key->len, key->secret)) ||
	    (*key->file && nla_put_string(msg, BFD_KEY_FILE, key->file)))
		return -1;
	return nla_nest_end(msg, nest);
}

static int auth_put(struct nl_msg *msg, int attr)
{
	struct nlattr *list;
	unsigned int i;

	/* nla_nest_end() takes an empty one away */
	if (!given.count)
		return nla_put(msg, attr | NLA_F_NESTED, 0, NULL);
	list = nla_nest_start(msg, attr | NLA_F_NESTED);
	if (!list)
		return -1;
	for (i = 0; i < given.count; i++)
		if (put_key(msg, i + 1, &given.keys[i]))
			return -1;
	return nla_nest_end(msg, list);
}

/* A secret that is given may be another one: it is never the same. */
bool auth_same(const struct nlattr *nla)
{
	struct nlattr *keys[ATTRS], *tb[ATTRS];
	unsigned int i;

	nest_parse(nla, keys);
	for (i = 0; i < given.count; i++) {
		nest_parse(keys[i + 1], tb);
		if (given.keys[i].len || !tb[BFD_KEY_ID] ||
		    get_uint(tb[BFD_KEY_TYPE]) != given.keys[i].type ||
		    get_uint(tb[BFD_KEY_ID]) != given.keys[i].id)
			return false;
	}
	return !keys[given.count + 1];
}

static void save_key(FILE *out, struct nlattr **tb)
{
	fprintf(out, " auth %s", type_name(tb[BFD_KEY_TYPE]));
	if (get_uint(tb[BFD_KEY_TYPE]) != BFD_AUTH_NULL)
		fprintf(out, " key-id %u", (unsigned int)get_uint(tb[BFD_KEY_ID]));
	if (tb[BFD_KEY_FILE]) {
		fputs(" key-file ", out);
		batch_quote(out, get_string(tb[BFD_KEY_FILE]));
	}
}

static void auth_save(FILE *out, const struct nlattr *nla)
{
	struct nlattr *keys[ATTRS], *tb[ATTRS];
	int i;

	nest_parse(nla, keys);
	for (i = 1; i <= BFD_KEYS_MAX && keys[i]; i++) {
		nest_parse(keys[i], tb);
		save_key(out, tb);
	}
}

const struct keyword_own auth_own = { auth_parse, auth_put, auth_save };

/* In text with the words that give such a key. */
static void print_key(struct print *p, const char *label, struct nlattr **tb)
{
	bool null = get_uint(tb[BFD_KEY_TYPE]) == BFD_AUTH_NULL;

	print_str(p, "type", label, type_name(tb[BFD_KEY_TYPE]));
	print_u64(p, "key-id", label && !null ? "key-id" : NULL, get_uint(tb[BFD_KEY_ID]));
}

void print_authentication(struct print *p, const struct nlattr *nla)
{
	struct nlattr *keys[ATTRS], *tb[ATTRS];
	int i;

	nest_parse(nla, keys);
	if (!keys[1]) {
		print_null(p, "authentication");
		return;
	}
	nest_parse(keys[1], tb);
	print_object(p, "authentication");
	print_key(p, "auth", tb);
	print_array(p, "keys");
	for (i = 1; i <= BFD_KEYS_MAX && keys[i]; i++) {
		nest_parse(keys[i], tb);
		print_object(p, NULL);
		print_key(p, i > 1 ? "also" : NULL, tb);
		print_str(p, "key-file", NULL, get_string(tb[BFD_KEY_FILE]));
		print_object_end(p);
	}
	print_array_end(p);
	print_object_end(p);
}
