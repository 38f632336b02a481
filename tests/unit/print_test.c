// SPDX-License-Identifier: GPL-2.0
/*
 * lib/print.c: what a stranger chose stays harmless, in both forms.
 */
#include <stdlib.h>
#include <string.h>

#include "lib/print.h"
#include "unit.h"

/* One value printed alone. */
static char *printed(bool json, const char *value, size_t len)
{
	struct print p = { .json = json };
	size_t size;
	char *text;

	p.out = open_memstream(&text, &size);
	print_record(&p);
	print_untrusted(&p, "user", "user", value, len);
	print_record_end(&p);
	fclose(p.out);
	return text;
}

static void test_untrusted(void)
{
	static const struct {
		const char *value;
		const char *text;
		const char *json;
	} cases[] = {
		{ NULL, "", "{\"user\":null}\n" },
		{ "alice", "user alice\n", "{\"user\":\"alice\"}\n" },
		{ "EXAMPLE\\bob", "user EXAMPLE\\x5cbob\n", "{\"user\":\"EXAMPLE\\\\bob\"}\n" },
		{ "a mac b", "user a\\x20mac\\x20b\n", "{\"user\":\"a mac b\"}\n" },
		{ "\033[2J\n", "user \\x1b[2J\\x0a\n", "{\"user\":\"\\u001b[2J\\n\"}\n" },
		{ "\x7f", "user \\x7f\n", "{\"user\":\"\x7f\"}\n" },
		{ "m\xc3\xbcller", "user m\\xc3\\xbcller\n", "{\"user\":\"m\xc3\xbcller\"}\n" },
		{ "\xf0\x9f\x94\x91", "user \\xf0\\x9f\\x94\\x91\n",
		  "{\"user\":\"\xf0\x9f\x94\x91\"}\n" },
		/* not UTF-8: alone, cut short, too long, half of a pair, too great */
		{ "\xff", "user \\xff\n", "{\"user\":\"\\\\xff\"}\n" },
		{ "\xe2\x82", "user \\xe2\\x82\n", "{\"user\":\"\\\\xe2\\\\x82\"}\n" },
		{ "\xc0\xaf", "user \\xc0\\xaf\n", "{\"user\":\"\\\\xc0\\\\xaf\"}\n" },
		{ "\xed\xa0\x80", "user \\xed\\xa0\\x80\n",
		  "{\"user\":\"\\\\xed\\\\xa0\\\\x80\"}\n" },
		{ "\xf4\x90\x80\x80", "user \\xf4\\x90\\x80\\x80\n",
		  "{\"user\":\"\\\\xf4\\\\x90\\\\x80\\\\x80\"}\n" },
	};
	char *text, *json;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		size_t len = cases[i].value ? strlen(cases[i].value) : 0;

		text = printed(false, cases[i].value, len);
		json = printed(true, cases[i].value, len);

		check_text(text, cases[i].text, "text %zu", i);
		check_text(json, cases[i].json, "JSON %zu", i);
		free(text);
		free(json);
	}

	text = printed(false, "a\0b", 3);
	json = printed(true, "a\0b", 3);
	check_text(text, "user a\\x00b\n", "a NUL hides nothing in text");
	check_text(json, "{\"user\":\"a\\\\x00b\"}\n", "nor in JSON");
	free(text);
	free(json);
}

int main(void)
{
	test_untrusted();
	return unit_done();
}
