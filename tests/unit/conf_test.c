// SPDX-License-Identifier: GPL-2.0
/*
 * The configuration file and the flags that stand for it.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dot1xd/conf.h"
#include "lib/error.h"
#include "unit.h"

static const char file[] = "dot1xd.conf";
static const char secret_file[] = "secret";

static void write_file(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");

	if (!out || fputs(text, out) < 0 || fclose(out) || chmod(path, 0600))
		perror(path);
}

/* Loads @text; what it says is in *@err. */
static int load(struct conf *conf, const char *text, char **err)
{
	char *out;
	int status;

	write_file(file, text);
	capture();
	status = conf_load(conf, file);
	captured(&out, err);
	return status;
}

static void good(const char *text, struct conf *conf)
{
	char *err;

	check(!load(conf, text, &err) && !*err, "\"%.*s\"", (int)strcspn(text, "\n"), text);
}

static void bad(const char *text, const char *want)
{
	struct conf conf;
	char *err, line[512];
	int status;

	status = load(&conf, text, &err);
	snprintf(line, sizeof(line), "Error: %s.\n", want);
	check(status == STATUS_USAGE, "\"%.*s\" is refused", (int)strcspn(text, "\n"), text);
	check_text(err, line, "and it is said why");
	check(!conf.server_count && !conf.servers[0].secret.len, "no secret is left");
}

static void is(const struct conf *conf, unsigned int i, const char *endpoint, const char *secret)
{
	const struct conf_server *server = &conf->servers[i];
	char text[ENDPOINT_TEXT_SIZE];

	check(i < conf->server_count && !strcmp(endpoint_text(&server->endpoint, text), endpoint) &&
	      server->secret.len == strlen(secret) &&
	      !memcmp(server->secret.data, secret, server->secret.len),
	      "server %u is %s", i, endpoint);
}

static void test_good(void)
{
	struct conf conf;
	char name[256] = "";

	good("radius 192.0.2.1 secret s3cret", &conf);
	is(&conf, 0, "192.0.2.1:1812", "s3cret");
	gethostname(name, sizeof(name) - 1);
	check(conf.servers[0].strict && conf.framed_mtu == 1400 && conf.retransmit_us == 500000 &&
	      conf.failover_us == 1500000 && conf.dead_time_us == 60000000 &&
	      conf.timeout_us == 25000000 && conf.mab_case == MAB_LOWER &&
	      conf.mab_separator == MAB_NONE && !conf.nas_address.len && !conf.source4.len &&
	      !conf.source6.len && !strcmp(conf.nas_identifier, name), "has the defaults");

	good("# servers\n"
	     "radius 192.0.2.1:11812 secret 'a \"b\" #c'\n"
	     "\n"
	     "radius [2001:db8::1]:1645 secret-file secret message-authenticator optional\n"
	     "radius 2001:db8::2 message-authenticator required \\\n"
	     "	secret d\n"
	     "radius [fe80::1%lo] secret e # the last one\n"
	     "nas-identifier 'switch one'\n"
	     "nas-ip-address 2001:db8::ff\n"
	     "source 192.0.2.9 2001:db8::9\n"
	     "framed-mtu 1000\n"
	     "mab-format upper dash\n"
	     "retransmit 250ms\nfailover 0.75s\ndead-time 0\ntimeout 10s\n", &conf);
	is(&conf, 0, "192.0.2.1:11812", "a \"b\" #c");
	is(&conf, 1, "[2001:db8::1]:1645", "from a file");
	is(&conf, 2, "[2001:db8::2]:1812", "d");
	is(&conf, 3, "[fe80::1%lo]:1812", "e");
	check(conf.servers[0].strict && !conf.servers[1].strict && conf.servers[2].strict,
	      "message-authenticator is each server's own");
	check(!strcmp(conf.nas_identifier, "switch one") && conf.nas_address.len == 16 &&
	      conf.source4.len == 4 && conf.source6.len == 16 && conf.framed_mtu == 1000 &&
	      conf.mab_case == MAB_UPPER && conf.mab_separator == MAB_DASH &&
	      conf.retransmit_us == 250000 && conf.failover_us == 750000 &&
	      !conf.dead_time_us && conf.timeout_us == 10000000, "all of it is taken");
}

static void test_lines(void)
{
	/* Each stands in line 2. */
	static const struct {
		const char *line;
		const char *why;
	} cases[] = {
		{ "wlan on", "unknown statement \"wlan\" (one of: radius, nas-identifier, "
		  "nas-ip-address, source, framed-mtu, mab-format, retransmit, failover, "
		  "dead-time, timeout)" },
		{ "radius", "\"radius\" needs a value" },
		{ "radius 192.0.2.2", "radius: a secret or secret-file is missing" },
		{ "radius 192.0.2.2 secret", "\"secret\" needs a value" },
		{ "radius 192.0.2.2 secret ''", "secret: the secret is empty" },
		{ "radius 192.0.2.2 secret a secret b", "secret: the secret is there already" },
		{ "radius 192.0.2.2 secret a secret-file secret",
		  "secret-file: the secret is there already" },
		{ "radius 192.0.2.2 secret-file none",
		  "secret-file: cannot open \"none\": No such file or directory" },
		{ "radius 192.0.2.2 secret-file /dev/null", "secret-file: the secret is empty" },
		{ "radius 192.0.2.2 secret-file .",
		  "secret-file: cannot read \".\": Is a directory" },
		{ "radius 192.0.2.2 secret a key b",
		  "unknown word \"key\" (one of: secret, secret-file, message-authenticator)" },
		{ "radius 192.0.2.2 secret a message-authenticator no",
		  "message-authenticator: \"no\" is not one of: optional, required" },
		{ "radius 192.0.2.1:1812 secret a",
		  "radius: \"192.0.2.1:1812\" is there already" },
		{ "radius radius.example secret a",
		  "radius: \"radius.example\" is not an IP address" },
		{ "radius 224.0.0.1 secret a",
		  "radius: 224.0.0.1 is multicast, not a unicast address" },
		{ "radius 192.0.2.2: secret a", "port: \"\" is not a number" },
		{ "radius 192.0.2.2:0 secret a", "port: 0 is out of range (1 to 65535)" },
		{ "radius 192.0.2.2:65536 secret a",
		  "port: 65536 is out of range (1 to 65535)" },
		{ "radius [2001:db8::1 secret a",
		  "radius: \"[2001:db8::1\" is not [ADDRESS] or [ADDRESS]:PORT" },
		{ "radius [2001:db8::1]1812 secret a",
		  "radius: \"[2001:db8::1]1812\" is not [ADDRESS] or [ADDRESS]:PORT" },
		{ "radius fe80::1 secret a",
		  "radius: \"fe80::1\": a link-local address needs its device: [fe80::1%DEV]" },
		{ "radius [fe80::1%none] secret a",
		  "radius: \"fe80::1\": there is no device \"none\"" },
		{ "radius [2001:db8::1%lo] secret a",
		  "radius: \"2001:db8::1\": only a link-local address has a device" },
		{ "nas-identifier ''", "nas-identifier: 1 to 253 bytes, not 0" },
		{ "nas-identifier a b", "unexpected \"b\"" },
		{ "nas-ip-address sw1", "nas-ip-address: \"sw1\" is not an IP address" },
		{ "source", "source: an address is missing" },
		{ "source 192.0.2.9 192.0.2.8",
		  "source: \"192.0.2.8\" is the second address of its family" },
		{ "framed-mtu 63", "framed-mtu: 63 is out of range (64 to 1500)" },
		{ "framed-mtu 1501", "framed-mtu: 1501 is out of range (64 to 1500)" },
		{ "mab-format mixed none", "mab-format: \"mixed\" is not one of: lower, upper" },
		{ "mab-format lower", "\"mab-format\" needs a value" },
		{ "mab-format lower space",
		  "mab-format: \"space\" is not one of: none, dash, colon, dot" },
		{ "retransmit 9", "retransmit: 9 is out of range (10ms to 3600s)" },
		{ "failover soon",
		  "failover: \"soon\" is not a time (a number with us, ms or s)" },
		{ "dead-time 3601s",
		  "dead-time: 3601s is out of range (0, or 10ms to 3600s)" },
		{ "timeout 0", "timeout: 0 is out of range (10ms to 3600s)" },
		{ "nas-identifier 'sw1", "a quote is not closed" },
	};
	char text[512], why[512];
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		snprintf(text, sizeof(text), "radius 192.0.2.1 secret a\n%s\n", cases[i].line);
		snprintf(why, sizeof(why), "%s:2: %s", file, cases[i].why);
		bad(text, why);
	}
}

static void test_whole(void)
{
	char text[600] = "radius 192.0.2.1 secret ";
	char *out, *err;
	struct conf conf;
	size_t len;
	int i;

	bad("", "dot1xd.conf: no radius server");
	bad("radius 192.0.2.1 secret a\ntimeout 10s\ntimeout 10s",
	    "dot1xd.conf:3: timeout is there already");
	bad("radius 192.0.2.1 secret a\nretransmit 2s",
	    "dot1xd.conf: failover is shorter than retransmit");
	bad("radius 192.0.2.1 secret a\nfailover 30s",
	    "dot1xd.conf: timeout is shorter than failover");

	len = strlen(text);
	memset(text + len, 'x', RADIUS_SECRET_MAX);
	good(text, &conf);
	text[len + RADIUS_SECRET_MAX] = 'x';
	bad(text, "dot1xd.conf:1: secret: the secret is longer than 255 bytes");

	for (i = 0, len = 0; i <= CONF_SERVERS_MAX; i++)
		len += snprintf(text + len, sizeof(text) - len, "radius 192.0.2.%d secret a\n",
				i + 1);
	bad(text, "dot1xd.conf:17: radius: more than 16 servers");

	capture();
	i = conf_load(&conf, "none");
	captured(&out, &err);
	check(i == STATUS_USAGE, "a file that is not there");
	check_text(err, "Error: cannot open \"none\": No such file or directory.\n", "is told");
}

static void test_secret_file(void)
{
	char *out, *err;
	struct conf conf;
	int status;

	write_file(secret_file, "first line\r\nsecond line\n");
	good("radius 192.0.2.1 secret-file secret", &conf);
	is(&conf, 0, "192.0.2.1:1812", "first line");
	check(!load(&conf, "radius 192.0.2.1 secret-file secret", &err), "it is taken");
	chmod(secret_file, 0644);
	check(!load(&conf, "radius 192.0.2.1 secret-file secret", &err), "even so");
	check_text(err, "Warning: dot1xd.conf:1: secret-file: everybody can read \"secret\".\n",
		   "but it is said that everybody can read it");
	good("radius 192.0.2.1 secret a", &conf);
	chmod(file, 0644);
	capture();
	status = conf_load(&conf, file);
	captured(&out, &err);
	check(!status, "a file with a secret that everybody can read");
	check_text(err, "Warning: dot1xd.conf has a secret, and everybody can read it.\n",
		   "is told, too");
	write_file(secret_file, "\n");
	bad("radius 192.0.2.1 secret-file secret",
	    "dot1xd.conf:1: secret-file: the secret is empty");
	write_file(secret_file, "from a file");
}

static int load_flags(struct conf *conf, const char *words, char **err)
{
	struct conf_flags flags = { 0 };
	char copy[256], *word, *out;
	int status;

	snprintf(copy, sizeof(copy), "%s", words);
	for (word = strtok(copy, " "); word; word = strtok(NULL, " ")) {
		flags.at[flags.count].is_secret = *word == '/' || *word == '@';
		flags.at[flags.count++].value = *word == '@' ? word + 1 : word;
	}
	capture();
	status = conf_load_flags(conf, &flags);
	captured(&out, err);
	return status;
}

static void test_flags(void)
{
	struct conf conf;
	char *err;

	write_file("other", "another\n");
	check(!load_flags(&conf, "192.0.2.1 @secret", &err), "a server, its secret");
	is(&conf, 0, "192.0.2.1:1812", "from a file");
	check(!load_flags(&conf, "192.0.2.1 192.0.2.2 @secret [::1]:1 @other 192.0.2.4", &err),
	      "several");
	is(&conf, 0, "192.0.2.1:1812", "from a file");
	is(&conf, 1, "192.0.2.2:1812", "from a file");
	is(&conf, 2, "[::1]:1", "another");
	is(&conf, 3, "192.0.2.4:1812", "another");
	check(load_flags(&conf, "192.0.2.1", &err) == STATUS_USAGE, "a server without");
	check_text(err, "Error: --radius needs a --secret-file.\n", "is told");
	check(load_flags(&conf, "@secret", &err) == STATUS_USAGE, "a secret without a server");
	check_text(err, "Error: the command line: no radius server.\n", "is told");
	check(load_flags(&conf, "192.0.2.1 @none", &err) == STATUS_USAGE, "no such file");
	check_text(err, "Error: --secret-file: cannot open \"none\": No such file or directory.\n",
		   "is told");
}

static void test_endpoints(void)
{
	union endpoint a = { 0 }, b = { 0 };
	char text[ENDPOINT_TEXT_SIZE];

	a.in6.sin6_family = b.in6.sin6_family = AF_INET6;
	a.in6.sin6_port = b.in6.sin6_port = htons(1812);
	inet_pton(AF_INET6, "fe80::1", &a.in6.sin6_addr);
	b.in6.sin6_addr = a.in6.sin6_addr;
	a.in6.sin6_scope_id = 1;
	b.in6.sin6_scope_id = 12345;
	check(!endpoint_equal(&a, &b), "one address on two links is two endpoints");
	check_text(endpoint_text(&b, text), "[fe80::1%12345]:1812", "a device that is gone");
	inet_pton(AF_INET6, "2001:db8::1", &a.in6.sin6_addr);
	b.in6.sin6_addr = a.in6.sin6_addr;
	check(endpoint_equal(&a, &b), "a global one is one");
	b.in6.sin6_port = 0;
	check(!endpoint_equal(&a, &b), "but for its port");
	b.in4.sin_family = AF_INET;
	check(!endpoint_equal(&a, &b), "families differ");
}

int main(void)
{
	char folder[] = "/tmp/conf_test.XXXXXX";

	if (!mkdtemp(folder) || chdir(folder)) {
		perror(folder);
		return 1;
	}
	write_file(secret_file, "from a file\n");
	test_good();
	test_lines();
	test_whole();
	test_secret_file();
	test_flags();
	test_endpoints();
	unlink(file);
	unlink(secret_file);
	unlink("other");
	rmdir(folder);
	return unit_done();
}
