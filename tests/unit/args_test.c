// SPDX-License-Identifier: GPL-2.0
/*
 * Values of a command line: times, numbers, addresses, names.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/args.h"
#include "lib/batch.h"
#include "lib/error.h"
#include "unit.h"

#define BAD	UINT32_MAX	/* no case has this as its value */

struct case_u32 {
	const char *text;
	uint32_t value;
	const char *error;
};

static void check_value(const struct case_u32 *c, int status, uint32_t value)
{
	char *out, *err;

	captured(&out, &err);
	if (c->error) {
		check(status == STATUS_USAGE, "\"%s\" is refused", c->text);
		check_text(err, c->error, "\"%s\" is refused in words", c->text);
	} else {
		check(!status && value == c->value && !*err, "\"%s\" is %" PRIu32, c->text,
		      c->value);
	}
}

static void test_times(void)
{
	static const struct case_u32 cases[] = {
		{ "300", 300000, NULL },
		{ "300ms", 300000, NULL },
		{ "1.5ms", 1500, NULL },
		{ "0.3s", 300000, NULL },
		{ ".5s", 500000, NULL },
		{ "5.s", 5000000, NULL },
		{ "1000us", 1000, NULL },
		{ "1.000000000000000000000000ms", 1000, NULL },
		{ "4294.967294s", 4294967294, NULL },
		{ "0", 0, NULL },
		{ "0.0s", 0, NULL },
		{ "999us", BAD, "Error: tx: 999us is out of range (0, or 1ms to 4294.967295s).\n" },
		{ "4294.967296s", BAD,
		  "Error: tx: 4294.967296s is out of range (0, or 1ms to 4294.967295s).\n" },
		{ "99999999999999999999999999", BAD,
		  "Error: tx: 99999999999999999999999999 is out of range "
		  "(0, or 1ms to 4294.967295s).\n" },
		{ "1000.5us", BAD, "Error: tx: 1000.5us is not a whole number of microseconds.\n" },
		{ "1.0000000001s", BAD,
		  "Error: tx: 1.0000000001s is not a whole number of microseconds.\n" },
		{ "99999999999999999999.0000001s", BAD, "Error: tx: 99999999999999999999.0000001s "
		  "is not a whole number of microseconds.\n" },
		{ "", BAD, "Error: tx: \"\" is not a time (a number with us, ms or s).\n" },
		{ ".", BAD, "Error: tx: \".\" is not a time (a number with us, ms or s).\n" },
		{ "-1", BAD, "Error: tx: \"-1\" is not a time (a number with us, ms or s).\n" },
		{ " 1", BAD, "Error: tx: \" 1\" is not a time (a number with us, ms or s).\n" },
		{ "1.2.3", BAD,
		  "Error: tx: \"1.2.3\" is not a time (a number with us, ms or s).\n" },
		{ "1m", BAD, "Error: tx: \"1m\" is not a time (a number with us, ms or s).\n" },
		{ "1e3", BAD, "Error: tx: \"1e3\" is not a time (a number with us, ms or s).\n" },
		{ "ms", BAD, "Error: tx: \"ms\" is not a time (a number with us, ms or s).\n" },
	};
	uint32_t us = 0;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int status;

		capture();
		status = parse_time_us("tx", cases[i].text, true, 1000, UINT32_MAX, &us);
		check_value(&cases[i], status, us);
	}
	capture();
	check_value(&(struct case_u32){ "0", BAD,
		    "Error: tx: 0 is out of range (1ms to 4294.967295s).\n" },
		    parse_time_us("tx", "0", false, 1000, UINT32_MAX, &us), 0);
}

static void test_milliseconds(void)
{
	static const struct case_u32 cases[] = {
		{ "30", 30, NULL },
		{ "1.5s", 1500, NULL },
		{ "250000us", 250, NULL },
		{ "86400s", 86400000, NULL },
		{ "4294967.294s", 4294967294, NULL },
		{ "0", 0, NULL },
		{ "1.5ms", BAD, "Error: tx: 1.5ms is not a whole number of milliseconds.\n" },
		{ "999us", BAD, "Error: tx: 999us is not a whole number of milliseconds.\n" },
		{ "0.00001s", BAD,
		  "Error: tx: 0.00001s is not a whole number of milliseconds.\n" },
		{ "9ms", BAD,
		  "Error: tx: 9ms is out of range (0, or 10ms to 4294967.295s).\n" },
		{ "4294967.296s", BAD,
		  "Error: tx: 4294967.296s is out of range (0, or 10ms to 4294967.295s).\n" },
		{ "99999999999999999999s", BAD, "Error: tx: 99999999999999999999s is out of range "
		  "(0, or 10ms to 4294967.295s).\n" },
		{ "1h", BAD, "Error: tx: \"1h\" is not a time (a number with us, ms or s).\n" },
	};
	uint32_t ms = 0;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int status;

		capture();
		status = parse_time_ms("tx", cases[i].text, true, 10, UINT32_MAX, &ms);
		check_value(&cases[i], status, ms);
	}
}

static void test_numbers(void)
{
	static const struct case_u32 cases[] = {
		{ "1", 1, NULL },
		{ "010", 10, NULL },
		{ "0x10", 16, NULL },
		{ "0XfFfffffe", 0xfffffffe, NULL },
		{ "0", BAD, "Error: id: 0 is out of range (1 to 4294967295).\n" },
		{ "4294967296", BAD,
		  "Error: id: 4294967296 is out of range (1 to 4294967295).\n" },
		{ "18446744073709551617", BAD,
		  "Error: id: 18446744073709551617 is out of range (1 to 4294967295).\n" },
		{ "", BAD, "Error: id: \"\" is not a number.\n" },
		{ "0x", BAD, "Error: id: \"0x\" is not a number.\n" },
		{ "+1", BAD, "Error: id: \"+1\" is not a number.\n" },
		{ "1a", BAD, "Error: id: \"1a\" is not a number.\n" },
		{ "0xg", BAD, "Error: id: \"0xg\" is not a number.\n" },
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		uint32_t value = 0;
		int status;

		capture();
		status = parse_u32("id", cases[i].text, 1, UINT32_MAX, &value);
		check_value(&cases[i], status, value);
	}
}

static void test_addresses(void)
{
	static const char *const good[] = {
		"10.0.0.1", "240.0.0.1", "fe80::1", "2001:db8::1", "::1",
	};
	static const char *const bad[] = {
		"", "10.0.0", "010.0.0.1", "10.0.0.1/24", "0.0.0.0", "255.255.255.255",
		"224.0.0.1", "::", "ff02::1", "::ffff:10.0.0.1", "fe80::1%eth0", "localhost",
	};
	char text[ADDR_TEXT_SIZE];
	struct addr addr;
	char *out, *err;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++) {
		check(!parse_unicast("peer", good[i], &addr), "%s is accepted", good[i]);
		check_text(addr_text(addr.bytes, addr.len, text), good[i], "and reads back");
	}
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		int status;

		capture();
		status = parse_unicast("peer", bad[i], &addr);
		captured(&out, &err);
		check(status == STATUS_USAGE && !strncmp(err, "Error: peer: ", 13),
		      "\"%s\" is refused", bad[i]);
	}
	parse_unicast("peer", "fe80::1", &addr);
	check(addr_is_link_local(&addr), "fe80::1 is link-local");
	parse_unicast("peer", "169.254.0.1", &addr);
	check(!addr_is_link_local(&addr), "169.254.0.1 needs no device");
}

static void test_macs(void)
{
	static const char *const good[] = {
		"02:00:5e:AB:cd:01", "02-00-5e-ab-cd-01", "0200.5eab.cd01",
	};
	static const char *const bad[] = {
		"", "02:00:5e:ab:cd", "02:00:5e:ab:cd:", "02:00:5e:ab:cd:01:", "2:0:5e:ab:cd:1",
		"02:00:5e:ab:cd:0g", "02:00-5e:ab:cd:01", "02005eabcd01", "0200.5eab:cd01",
		"0200.5eab.cd01.", "020.05e.abc.d01", "02:00:5e:ab:cd:01 ", "01:80:c2:00:00:03",
		"ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00",
	};
	char text[MAC_TEXT_SIZE];
	uint8_t mac[ETH_ALEN];
	char *out, *err;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++) {
		check(!parse_mac("mac", good[i], mac), "%s is accepted", good[i]);
		check_text(mac_text(mac, sizeof(mac), text), "02:00:5e:ab:cd:01", "and read");
	}
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		int status;

		capture();
		status = parse_mac("mac", bad[i], mac);
		captured(&out, &err);
		check(status == STATUS_USAGE && !strncmp(err, "Error: mac: ", 12),
		      "\"%s\" is refused", bad[i]);
	}
}

static void test_names(void)
{
	static const char *const bad[] = { "", ".", "..", "a/b", "a:b", "a b", "sixteen-letters-" };
	char name[IFNAMSIZ];
	char *out, *err;
	size_t i;

	check(!parse_ifname("dev", "fifteen-letters", name), "15 letters make a device name");
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		int status;

		capture();
		status = parse_ifname("dev", bad[i], name);
		captured(&out, &err);
		check(status == STATUS_USAGE, "\"%s\" is no device name", bad[i]);
	}
}

static void test_time_texts(void)
{
	static const struct {
		uint64_t us;
		const char *text;
	} cases[] = {
		{ 0, "0us" }, { 999, "999us" }, { 1000, "1ms" }, { 3300, "3.3ms" },
		{ 1001, "1.001ms" }, { 999999, "999.999ms" }, { 1000000, "1s" },
		{ 1500000, "1.5s" }, { 1000001, "1.000001s" }, { 4294967295, "4294.967295s" },
		{ UINT64_MAX, "18446744073709.551615s" },
	};
	char text[TIME_TEXT_SIZE];
	uint32_t back;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		check_text(time_text(cases[i].us, text), cases[i].text, "%" PRIu64 " us",
			   cases[i].us);
		if (cases[i].us <= UINT32_MAX)
			check(!parse_time_us("tx", text, true, 1, UINT32_MAX, &back) &&
			      back == cases[i].us, "%s reads back", text);
	}
}

static int collect(void *arg, struct args *args)
{
	FILE *seen = arg;
	const char *word;

	while ((word = args_next(args)))
		fprintf(seen, "[%s]", word);
	fputc('\n', seen);
	return STATUS_OK;
}

/* What a batch makes of @text. */
static void check_batch(const char *text, const char *words, const char *error)
{
	FILE *real = stdin;
	char *out, *err;

	stdin = fmemopen((void *)text, strlen(text), "r");
	capture();
	batch_run("-", true, collect, stdout);
	captured(&out, &err);
	fclose(stdin);
	stdin = real;
	check_text(out, words, "words of a batch");
	check_text(err, error, "and its errors");
}

static int note_written(void *arg, struct args *args)
{
	off_t *before = arg;

	*before = lseek(fileno(stdout), 0, SEEK_CUR);
	puts(args_next(args));
	return STATUS_OK;
}

/* What a command says is out before the next one is read. */
static void check_batch_answers(void)
{
	char text[] = "ab\ncd\n";
	FILE *real_in = stdin, *real_out = stdout;
	off_t before = -1;

	fflush(stdout);
	stdin = fmemopen(text, strlen(text), "r");
	stdout = tmpfile();
	batch_run("-", false, note_written, &before);
	fclose(stdin);
	fclose(stdout);
	stdin = real_in;
	stdout = real_out;
	check(before == 3, "the first command's line was out before the second ran");
}

static void test_batches(void)
{
	char *out, *err;

	check_batch("a b\n", "[a][b]\n", "");
	check_batch("  a\tb  \r\n\n # c\nk", "[a][b]\n[k]\n", "");
	check_batch("a#b c # d\n", "[a#b][c]\n", "");
	check_batch("a\"b c\"'d e' '#' \"\"\n", "[ab cd e][#][]\n", "");
	check_batch("a\\ b 'c\\d' \"e\\\"f\"\n", "[a b][c\\d][e\"f]\n", "");
	check_batch("a \\\nb\\\n\\\nc\nk\\\\\ne", "[a][bc]\n[k\\]\n[e]\n", "");
	check_batch("a\n\nb \"c\nk\n", "[a]\n[k]\n", "Error: stdin:3: a quote is not closed.\n");
	check_batch("\\", "", "");
	check_batch_answers();

	capture();
	batch_quote(stdout, "eth0.100");
	fputc(' ', stdout);
	batch_quote(stdout, "#a\"b\\");
	captured(&out, &err);
	check_text(out, "eth0.100 \"#a\\\"b\\\\\"", "names are quoted where they must be");
}

int main(void)
{
	test_times();
	test_milliseconds();
	test_numbers();
	test_addresses();
	test_macs();
	test_names();
	test_time_texts();
	test_batches();
	return unit_done();
}
