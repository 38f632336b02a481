// SPDX-License-Identifier: GPL-2.0
/*
 * The configuration file, one statement a line in the words and quotes of a
 * batch (lib/batch.h), and the flags that can stand for it.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/batch.h"
#include "../lib/error.h"
#include "conf.h"

#define US_PER_MS	1000
#define US_PER_SEC	1000000
#define FRAMED_MTU_MIN	64	/* RFC 2865 5.12 */

/* The file being read. */
struct reader {
	struct conf *conf;
	uint32_t seen;		/* a bit for each statement that was there */
};

/* A statement; all but the first may be there once. */
struct statement {
	const char *name;
	int (*read)(struct conf *conf, const char *name, struct args *args);
};

static void set_defaults(struct conf *conf)
{
	*conf = (struct conf){
		.framed_mtu = 1400,
		.retransmit_us = 500 * US_PER_MS,
		.failover_us = 1500 * US_PER_MS,
		.dead_time_us = 60 * US_PER_SEC,
		.timeout_us = 25 * US_PER_SEC,
	};
	/* RFC 2865 5.32: it must be told who asks; the host's name always can be */
	gethostname(conf->nas_identifier, sizeof(conf->nas_identifier) - 1);
	if (!*conf->nas_identifier)
		strcpy(conf->nas_identifier, "dot1xd");
}

void conf_wipe(struct conf *conf)
{
	OPENSSL_cleanse(conf->servers, sizeof(conf->servers));
	conf->server_count = 0;
}

bool endpoint_equal(const union endpoint *a, const union endpoint *b)
{
	if (a->sa.sa_family != b->sa.sa_family)
		return false;
	if (a->sa.sa_family == AF_INET)
		return a->in4.sin_port == b->in4.sin_port &&
		       a->in4.sin_addr.s_addr == b->in4.sin_addr.s_addr;
	/* A scope says something of a link-local address only. */
	return a->in6.sin6_port == b->in6.sin6_port &&
	       IN6_ARE_ADDR_EQUAL(&a->in6.sin6_addr, &b->in6.sin6_addr) &&
	       (!IN6_IS_ADDR_LINKLOCAL(&a->in6.sin6_addr) ||
		a->in6.sin6_scope_id == b->in6.sin6_scope_id);
}

socklen_t endpoint_len(const union endpoint *endpoint)
{
	return endpoint->sa.sa_family == AF_INET ? sizeof(endpoint->in4) : sizeof(endpoint->in6);
}

const char *endpoint_text(const union endpoint *endpoint, char text[ENDPOINT_TEXT_SIZE])
{
	char addr[INET6_ADDRSTRLEN] = "?", name[IFNAMSIZ + 1] = "";
	const struct sockaddr_in6 *in6 = &endpoint->in6;

	if (endpoint->sa.sa_family == AF_INET) {
		inet_ntop(AF_INET, &endpoint->in4.sin_addr, addr, sizeof(addr));
		snprintf(text, ENDPOINT_TEXT_SIZE, "%s:%u", addr, ntohs(endpoint->in4.sin_port));
		return text;
	}
	inet_ntop(AF_INET6, &in6->sin6_addr, addr, sizeof(addr));
	if (in6->sin6_scope_id) {
		name[0] = '%';
		if (!if_indextoname(in6->sin6_scope_id, name + 1))
			snprintf(name, sizeof(name), "%%%" PRIu32, in6->sin6_scope_id);
	}
	snprintf(text, ENDPOINT_TEXT_SIZE, "[%s%s]:%u", addr, name, ntohs(in6->sin6_port));
	return text;
}

/*
 * Takes ADDR, ADDR:PORT, [ADDR] or [ADDR]:PORT apart, in place. A bare
 * address with two colons is an IPv6 one without port.
 */
static int split_endpoint(const char *keyword, const char *text, char *copy, size_t size,
			  char **addr, char **port)
{
	char *end;

	*addr = copy;
	*port = NULL;
	if (strlen(text) >= size)
		return error_usage("%s: \"%s\" is not ADDRESS or ADDRESS:PORT", keyword, text);
	strcpy(copy, text);

	if (*copy == '[') {
		end = strchr(copy, ']');
		if (!end || (end[1] && end[1] != ':'))
			return error_usage("%s: \"%s\" is not [ADDRESS] or [ADDRESS]:PORT",
					   keyword, text);
		*addr = copy + 1;
		*port = end[1] ? end + 2 : NULL;
		*end = '\0';
		return STATUS_OK;
	}
	end = strchr(copy, ':');
	if (end && !strchr(end + 1, ':')) {
		*port = end + 1;
		*end = '\0';
	}
	return STATUS_OK;
}

/* A link-local address means something on one device only. */
static int parse_scope(const char *keyword, const char *text, const char *device,
		       const struct addr *addr, union endpoint *endpoint)
{
	if (!addr_is_link_local(addr)) {
		if (device)
			return error_usage("%s: \"%s\": only a link-local address has a device",
					   keyword, text);
		return STATUS_OK;
	}
	if (!device)
		return error_usage("%s: \"%s\": a link-local address needs its device: [%s%%DEV]",
				   keyword, text, text);
	endpoint->in6.sin6_scope_id = if_nametoindex(device);
	if (!endpoint->in6.sin6_scope_id)
		return error_usage("%s: \"%s\": there is no device \"%s\"", keyword, text, device);
	return STATUS_OK;
}

static int parse_endpoint(const char *keyword, const char *text, union endpoint *endpoint)
{
	char copy[ENDPOINT_TEXT_SIZE], *host, *port_text, *device;
	uint32_t port = CONF_PORT;
	struct addr addr;
	int status;

	status = split_endpoint(keyword, text, copy, sizeof(copy), &host, &port_text);
	if (status)
		return status;
	device = strchr(host, '%');
	if (device)
		*device++ = '\0';
	status = parse_unicast(keyword, host, &addr);
	if (!status && port_text)
		status = parse_u32("port", port_text, 1, UINT16_MAX, &port);
	if (status)
		return status;

	memset(endpoint, 0, sizeof(*endpoint));
	if (addr.len == 4) {
		endpoint->in4.sin_family = AF_INET;
		endpoint->in4.sin_port = htons(port);
		memcpy(&endpoint->in4.sin_addr, addr.bytes, 4);
	} else {
		endpoint->in6.sin6_family = AF_INET6;
		endpoint->in6.sin6_port = htons(port);
		endpoint->in6.sin6_addr = addr.in6;
	}
	return parse_scope(keyword, host, device, &addr, endpoint);
}

static int add_server(struct conf *conf, const char *text)
{
	struct conf_server *server = &conf->servers[conf->server_count];
	unsigned int i;
	int status;

	if (conf->server_count == CONF_SERVERS_MAX)
		return error_usage("radius: more than %d servers", CONF_SERVERS_MAX);
	*server = (struct conf_server){ .strict = true };
	status = parse_endpoint("radius", text, &server->endpoint);
	if (status)
		return status;
	for (i = 0; i < conf->server_count; i++)
		if (endpoint_equal(&conf->servers[i].endpoint, &server->endpoint))
			return error_usage("radius: \"%s\" is there already", text);
	conf->server_count++;
	return STATUS_OK;
}

static int set_secret(struct conf_server *server, const char *keyword, const char *text,
		      size_t len)
{
	if (!len)
		return error_usage("%s: the secret is empty", keyword);
	if (len > RADIUS_SECRET_MAX)
		return error_usage("%s: the secret is longer than %d bytes", keyword,
				   RADIUS_SECRET_MAX);
	memcpy(server->secret.data, text, len);
	server->secret.len = len;
	return STATUS_OK;
}

/* The file's first line is the secret. */
static int read_secret(struct conf_server *server, const char *keyword, const char *path)
{
	char text[RADIUS_SECRET_MAX + 2] = "";
	struct stat st;
	ssize_t len;
	int status;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return error_usage("%s: cannot open \"%s\": %s", keyword, path, strerror(errno));
	len = read(fd, text, sizeof(text) - 1);
	if (len < 0)
		status = error_usage("%s: cannot read \"%s\": %s", keyword, path, strerror(errno));
	else
		status = set_secret(server, keyword, text, strcspn(text, "\r\n"));
	if (!status && !fstat(fd, &st) && st.st_mode & S_IROTH)
		warning("%s: everybody can read \"%s\"", keyword, path);
	close(fd);
	OPENSSL_cleanse(text, sizeof(text));
	return status;
}

static int read_radius(struct conf *conf, const char *name, struct args *args)
{
	static const char *const choices[] = { "optional", "required", NULL };
	static const char *const words[] = { "secret", "secret-file", "message-authenticator" };
	struct conf_server *server = &conf->servers[conf->server_count];
	const char *value, *word;
	uint32_t choice;
	int status, i;

	status = args_value(args, name, &value);
	if (!status)
		status = add_server(conf, value);
	while (!status && args_peek(args)) {
		i = args_match(args_next(args), "word", words, sizeof(words) / sizeof(*words),
			       sizeof(*words));
		if (i < 0)
			return STATUS_USAGE;
		word = words[i];
		status = args_value(args, word, &value);
		if (status)
			return status;
		if (i == 2) {
			status = parse_choice(word, value, choices, &choice);
			server->strict = choice;
		} else if (server->secret.len) {
			status = error_usage("%s: the secret is there already", word);
		} else if (i == 1) {
			status = read_secret(server, word, value);
		} else {
			status = set_secret(server, word, value, strlen(value));
			conf->has_secret = true;
		}
	}
	if (!status && !server->secret.len)
		status = error_usage("radius: a secret or secret-file is missing");
	return status;
}

static int read_nas_identifier(struct conf *conf, const char *name, struct args *args)
{
	const char *value;
	int status;

	status = args_value(args, name, &value);
	if (status)
		return status;
	if (!*value || strlen(value) > RADIUS_VALUE_MAX)
		return error_usage("%s: 1 to %d bytes, not %zu", name, RADIUS_VALUE_MAX,
				   strlen(value));
	strcpy(conf->nas_identifier, value);
	return STATUS_OK;
}

static int read_nas_address(struct conf *conf, const char *name, struct args *args)
{
	const char *value;
	int status;

	status = args_value(args, name, &value);
	return status ? status : parse_unicast(name, value, &conf->nas_address);
}

/* One of each family, in any order. */
static int read_source(struct conf *conf, const char *name, struct args *args)
{
	struct addr addr;
	const char *value;
	int status;

	while (args_peek(args)) {
		value = args_next(args);
		status = parse_unicast(name, value, &addr);
		if (status)
			return status;
		if (addr.len == 4 ? conf->source4.len : conf->source6.len)
			return error_usage("%s: \"%s\" is the second address of its family", name,
					   value);
		if (addr.len == 4)
			conf->source4 = addr;
		else
			conf->source6 = addr;
	}
	if (!conf->source4.len && !conf->source6.len)
		return error_usage("%s: an address is missing", name);
	return STATUS_OK;
}

static int read_framed_mtu(struct conf *conf, const char *name, struct args *args)
{
	const char *value;
	int status;

	status = args_value(args, name, &value);
	return status ? status : parse_u32(name, value, FRAMED_MTU_MIN, 1500, &conf->framed_mtu);
}

static int read_mab_format(struct conf *conf, const char *name, struct args *args)
{
	static const char *const cases[] = { "lower", "upper", NULL };
	static const char *const separators[] = { "none", "dash", "colon", "dot", NULL };
	const char *value;
	int status;

	status = args_value(args, name, &value);
	if (!status)
		status = parse_choice(name, value, cases, &conf->mab_case);
	if (!status)
		status = args_value(args, name, &value);
	return status ? status : parse_choice(name, value, separators, &conf->mab_separator);
}

static int read_time(const char *name, struct args *args, bool zero, uint32_t *us)
{
	const char *value;
	int status;

	status = args_value(args, name, &value);
	return status ? status : parse_time_us(name, value, zero, 10 * US_PER_MS,
					       3600U * US_PER_SEC, us);
}

static int read_retransmit(struct conf *conf, const char *name, struct args *args)
{
	return read_time(name, args, false, &conf->retransmit_us);
}

static int read_failover(struct conf *conf, const char *name, struct args *args)
{
	return read_time(name, args, false, &conf->failover_us);
}

static int read_dead_time(struct conf *conf, const char *name, struct args *args)
{
	return read_time(name, args, true, &conf->dead_time_us);
}

static int read_timeout(struct conf *conf, const char *name, struct args *args)
{
	return read_time(name, args, false, &conf->timeout_us);
}

static int read_line(void *arg, struct args *args)
{
	static const struct statement statements[] = {
		{ "radius", read_radius },
		{ "nas-identifier", read_nas_identifier },
		{ "nas-ip-address", read_nas_address },
		{ "source", read_source },
		{ "framed-mtu", read_framed_mtu },
		{ "mab-format", read_mab_format },
		{ "retransmit", read_retransmit },
		{ "failover", read_failover },
		{ "dead-time", read_dead_time },
		{ "timeout", read_timeout },
	};
	struct reader *reader = arg;
	const char *name;
	int status, i;

	i = args_match(args_next(args), "statement", statements,
		       sizeof(statements) / sizeof(*statements), sizeof(*statements));
	if (i < 0)
		return STATUS_USAGE;
	name = statements[i].name;
	if (i && reader->seen & 1U << i)
		return error_usage("%s is there already", name);
	reader->seen |= 1U << i;
	status = statements[i].read(reader->conf, name, args);
	return status ? status : args_end(args);
}

/* What must be true of the whole, which @where names. */
static int check_all(const struct conf *conf, const char *where)
{
	if (!conf->server_count)
		return error_usage("%s: no radius server", where);
	if (conf->retransmit_us > conf->failover_us)
		return error_usage("%s: failover is shorter than retransmit", where);
	if (conf->failover_us > conf->timeout_us)
		return error_usage("%s: timeout is shorter than failover", where);
	return STATUS_OK;
}

int conf_load(struct conf *conf, const char *path)
{
	struct reader reader = { .conf = conf };
	struct stat st;
	int status;

	set_defaults(conf);
	status = batch_run(path, false, read_line, &reader);
	if (!status)
		status = check_all(conf, path);
	if (status)
		conf_wipe(conf);
	else if (conf->has_secret && !stat(path, &st) && st.st_mode & S_IROTH)
		warning("%s has a secret, and everybody can read it", path);
	return status;
}

int conf_load_flags(struct conf *conf, const struct conf_flags *flags)
{
	const char *last = NULL;
	unsigned int i, j;
	int status = 0;

	set_defaults(conf);
	for (i = 0; !status && i < flags->count; i++) {
		if (!flags->at[i].is_secret) {
			status = add_server(conf, flags->at[i].value);
			continue;
		}
		last = flags->at[i].value;
		for (j = 0; !status && j < conf->server_count; j++)
			if (!conf->servers[j].secret.len)
				status = read_secret(&conf->servers[j], "--secret-file", last);
	}
	for (j = 0; !status && j < conf->server_count; j++) {
		if (conf->servers[j].secret.len)
			continue;
		status = last ? read_secret(&conf->servers[j], "--secret-file", last) :
				error_usage("--radius needs a --secret-file");
	}
	if (!status)
		status = check_all(conf, "the command line");
	if (status)
		conf_wipe(conf);
	return status;
}
