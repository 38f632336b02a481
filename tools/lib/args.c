// SPDX-License-Identifier: GPL-2.0
/*
 * Words of a command line and the values they spell.
 *
 * Nothing here uses strtoul() or floating point: the first accepts signs and
 * blanks, the second rounds, and a session's key or timer must be exactly
 * what was typed.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "error.h"

const char *args_peek(const struct args *args)
{
	return args->argc > 0 ? args->argv[0] : NULL;
}

const char *args_next(struct args *args)
{
	if (args->argc <= 0)
		return NULL;
	args->argc--;
	return *args->argv++;
}

int args_value(struct args *args, const char *keyword, const char **value)
{
	*value = args_next(args);
	if (!*value)
		return error_usage("\"%s\" needs a value", keyword);
	return STATUS_OK;
}

int args_end(const struct args *args)
{
	const char *word = args_peek(args);

	if (!word)
		return STATUS_OK;
	if (word[0] == '-')
		return error_usage("unexpected \"%s\" (options stand before the object)", word);
	return error_usage("unexpected \"%s\"", word);
}

static const char *entry_name(const void *table, size_t i, size_t stride)
{
	const char *name;

	memcpy(&name, (const char *)table + i * stride, sizeof(name));
	return name;
}

/* Appends the names @word is short for, or all of them if it is NULL. */
static void list_names(const char *word, const void *table, size_t count, size_t stride,
		       char *text, size_t size)
{
	size_t used = 0;
	size_t i;

	text[0] = '\0';
	for (i = 0; i < count && used < size; i++) {
		const char *name = entry_name(table, i, stride);

		if (word && strncmp(name, word, strlen(word)))
			continue;
		used += snprintf(text + used, size - used, "%s%s", used ? ", " : "", name);
	}
}

int args_match(const char *word, const char *what, const void *table, size_t count, size_t stride)
{
	char names[256];
	int found = -1;
	int hits = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		const char *name = entry_name(table, i, stride);

		if (!strcmp(name, word))
			return i;
		if (*word && !strncmp(name, word, strlen(word))) {
			found = i;
			hits++;
		}
	}
	if (hits == 1)
		return found;

	list_names(hits ? word : NULL, table, count, stride, names, sizeof(names));
	if (hits)
		error_usage("%s \"%s\" is ambiguous: %s", what, word, names);
	else
		error_usage("unknown %s \"%s\" (one of: %s)", what, word, names);
	return -1;
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = tolower((unsigned char)c);
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return 16;
}

int parse_u32(const char *keyword, const char *text, uint32_t min, uint32_t max, uint32_t *value)
{
	const char *digits = text;
	uint64_t number = 0;
	int base = 10;

	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
		digits += 2;
		base = 16;
	}
	if (!*digits)
		return error_usage("%s: \"%s\" is not a number", keyword, text);

	for (; *digits; digits++) {
		if (digit_value(*digits) >= base)
			return error_usage("%s: \"%s\" is not a number", keyword, text);
		number = number * base + digit_value(*digits);
		if (number > UINT32_MAX)	/* and stay there, whatever follows */
			number = (uint64_t)UINT32_MAX + 1;
	}
	if (number < min || number > max)
		return error_usage("%s: %s is out of range (%" PRIu32 " to %" PRIu32 ")",
				   keyword, text, min, max);
	*value = number;
	return STATUS_OK;
}

/* Microseconds in the unit that ends a TIME, 0 for no such unit. */
static uint32_t unit_us(const char *unit)
{
	if (!strcmp(unit, "us"))
		return 1;
	if (!strcmp(unit, "ms") || !*unit)
		return 1000;
	if (!strcmp(unit, "s"))
		return 1000000;
	return 0;
}

/*
 * Reads digits and at most one point: @number counts in units of 1/@scale.
 * Returns what follows, or NULL if this is no number. Sticks at 2^62, above
 * anything a caller accepts.
 */
static const char *read_decimal(const char *text, uint64_t *number, uint64_t *scale)
{
	bool point = false;
	bool any = false;

	*number = 0;
	*scale = 1;
	for (; isdigit((unsigned char)*text) || (*text == '.' && !point); text++) {
		if (*text == '.') {
			point = true;
			continue;
		}
		any = true;
		/* Below a millionth only zeros can be exact, and change nothing. */
		if (point && *scale >= 1000000) {
			if (*text != '0')
				*scale = UINT64_MAX;
			continue;
		}
		if (*number < UINT64_C(1) << 56)
			*number = *number * 10 + (*text - '0');
		else
			*number = UINT64_C(1) << 62;
		if (point)
			*scale *= 10;
	}
	return any ? text : NULL;
}

/* Reads a time that is @min to @max units of @unit microseconds, or 0 if @zero. */
static int parse_time(const char *keyword, const char *text, bool zero, uint32_t min,
		      uint32_t max, uint32_t unit, uint32_t *value)
{
	const char *name = unit == 1 ? "microseconds" : "milliseconds";
	char low[TIME_TEXT_SIZE], high[TIME_TEXT_SIZE];
	uint64_t max_us = (uint64_t)max * unit;
	uint64_t number, scale;
	const char *suffix;
	uint32_t factor;
	bool exact, far;

	suffix = read_decimal(text, &number, &scale);
	factor = suffix ? unit_us(suffix) : 0;
	if (!factor)
		return error_usage("%s: \"%s\" is not a time (a number with us, ms or s)",
				   keyword, text);

	/* Far out of range there is nothing to multiply; nor where it was not exact. */
	exact = scale != UINT64_MAX;
	far = exact && number / scale > max_us / factor;
	if (!exact || (!far && (number * factor % scale || number * factor / scale % unit)))
		return error_usage("%s: %s is not a whole number of %s", keyword, text, name);
	number = far ? UINT64_MAX : number * factor / scale / unit;

	if ((number < min || number > max) && !(zero && !number))
		return error_usage("%s: %s is out of range (%s%s to %s)", keyword, text,
				   zero ? "0, or " : "",
				   min ? time_text((uint64_t)min * unit, low) : "0",
				   time_text(max_us, high));
	*value = number;
	return STATUS_OK;
}

int parse_time_us(const char *keyword, const char *text, bool zero, uint32_t min, uint32_t max,
		  uint32_t *us)
{
	return parse_time(keyword, text, zero, min, max, 1, us);
}

int parse_time_ms(const char *keyword, const char *text, bool zero, uint32_t min, uint32_t max,
		  uint32_t *ms)
{
	return parse_time(keyword, text, zero, min, max, 1000, ms);
}

/* Twelve hexadecimal digits and, after every two or four of them, a separator. */
static bool read_mac(const char *text, uint8_t mac[ETH_ALEN])
{
	int group = strchr(text, '.') ? 4 : 2;
	char separator = group == 4 ? '.' : strchr(text, '-') ? '-' : ':';
	int i;

	memset(mac, 0, ETH_ALEN);
	for (i = 0; i < 2 * ETH_ALEN; i++) {
		if (i && i % group == 0 && *text++ != separator)
			return false;
		if (digit_value(*text) == 16)
			return false;
		mac[i / 2] = mac[i / 2] << 4 | digit_value(*text++);
	}
	return !*text;
}

int parse_mac(const char *keyword, const char *text, uint8_t mac[ETH_ALEN])
{
	static const uint8_t zero[ETH_ALEN];

	if (!read_mac(text, mac))
		return error_usage("%s: \"%s\" is not a MAC address", keyword, text);
	if (mac[0] & 1)
		return error_usage("%s: %s is a group, not a station", keyword, text);
	if (!memcmp(mac, zero, sizeof(zero)))
		return error_usage("%s: %s is nobody's address", keyword, text);
	return STATUS_OK;
}

int parse_unicast(const char *keyword, const char *text, struct addr *addr)
{
	const struct in6_addr *in6 = &addr->in6;
	const char *bad = NULL;
	uint32_t in4;

	memset(addr, 0, sizeof(*addr));
	if (inet_pton(AF_INET, text, addr->bytes) == 1) {
		addr->len = 4;
		memcpy(&in4, addr->bytes, sizeof(in4));
		in4 = ntohl(in4);
		if (in4 == INADDR_ANY)
			bad = "unspecified";
		else if (in4 == INADDR_BROADCAST)
			bad = "broadcast";
		else if (IN_MULTICAST(in4))
			bad = "multicast";
	} else if (inet_pton(AF_INET6, text, addr->bytes) == 1) {
		addr->len = 16;
		if (IN6_IS_ADDR_UNSPECIFIED(in6))
			bad = "unspecified";
		else if (IN6_IS_ADDR_MULTICAST(in6))
			bad = "multicast";
		else if (IN6_IS_ADDR_V4MAPPED(in6))
			bad = "IPv4-mapped";
	} else {
		return error_usage("%s: \"%s\" is not an IP address", keyword, text);
	}
	if (bad)
		return error_usage("%s: %s is %s, not a unicast address", keyword, text, bad);
	return STATUS_OK;
}

/* The kernel's own rules for a device name. */
int parse_ifname(const char *keyword, const char *text, char name[IFNAMSIZ])
{
	const char *c;

	if (!*text || !strcmp(text, ".") || !strcmp(text, ".."))
		return error_usage("%s: \"%s\" is not a device name", keyword, text);
	for (c = text; *c; c++)
		if (*c == '/' || *c == ':' || isspace((unsigned char)*c))
			return error_usage("%s: \"%s\" is not a device name", keyword, text);
	if (strlen(text) >= IFNAMSIZ)
		return error_usage("%s: \"%s\" is too long for a device name", keyword, text);
	memset(name, 0, IFNAMSIZ);
	memcpy(name, text, strlen(text));
	return STATUS_OK;
}

int parse_choice(const char *keyword, const char *text, const char *const *words, uint32_t *value)
{
	char names[128];
	size_t count;

	for (count = 0; words[count]; count++) {
		if (!strcmp(words[count], text)) {
			*value = count;
			return STATUS_OK;
		}
	}
	list_names(NULL, words, count, sizeof(*words), names, sizeof(names));
	return error_usage("%s: \"%s\" is not one of: %s", keyword, text, names);
}

bool addr_is_link_local(const struct addr *addr)
{
	return addr->len == 16 && IN6_IS_ADDR_LINKLOCAL(&addr->in6);
}

const char *addr_text(const uint8_t *bytes, size_t len, char text[ADDR_TEXT_SIZE])
{
	int family = len == 4 ? AF_INET : AF_INET6;

	if ((len != 4 && len != 16) || !inet_ntop(family, bytes, text, ADDR_TEXT_SIZE))
		snprintf(text, ADDR_TEXT_SIZE, "?");
	return text;
}

const char *mac_text(const uint8_t *bytes, size_t len, char text[MAC_TEXT_SIZE])
{
	if (len != ETH_ALEN)
		snprintf(text, MAC_TEXT_SIZE, "?");
	else
		snprintf(text, MAC_TEXT_SIZE, "%02x:%02x:%02x:%02x:%02x:%02x", bytes[0], bytes[1],
			 bytes[2], bytes[3], bytes[4], bytes[5]);
	return text;
}

const char *time_text(uint64_t us, char text[TIME_TEXT_SIZE])
{
	uint64_t unit = us < 1000 ? 1 : us < 1000000 ? 1000 : 1000000;
	int digits = unit == 1 ? 0 : unit == 1000 ? 3 : 6;
	uint64_t rest = us % unit;

	while (digits && rest % 10 == 0) {
		rest /= 10;
		digits--;
	}
	if (rest)
		snprintf(text, TIME_TEXT_SIZE, "%" PRIu64 ".%0*" PRIu64 "%s", us / unit, digits,
			 rest, unit == 1000 ? "ms" : "s");
	else
		snprintf(text, TIME_TEXT_SIZE, "%" PRIu64 "%s", us / unit,
			 unit == 1 ? "us" : unit == 1000 ? "ms" : "s");
	return text;
}
