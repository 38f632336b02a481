/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the administrator decided: by the configuration file or by flags.
 *
 * Everything is read and checked before any of it counts. Errors are said
 * through lib/error.h, with file and line; functions return an enum status.
 */
#ifndef DOT1XD_CONF_H
#define DOT1XD_CONF_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

#include "../lib/args.h"
#include "radius.h"

#define CONF_FILE		"/etc/dot1x/dot1xd.conf"
#define CONF_SERVERS_MAX	16
#define CONF_FLAGS_MAX		(2 * CONF_SERVERS_MAX)
#define CONF_PORT		1812	/* RFC 2865 3 */

/* Longest text of an endpoint: [ADDRESS%DEVICE]:PORT and its NUL. */
#define ENDPOINT_TEXT_SIZE	(INET6_ADDRSTRLEN + IFNAMSIZ + 10)

/* Where a server is. */
union endpoint {
	struct sockaddr sa;
	struct sockaddr_in in4;
	struct sockaddr_in6 in6;
};

struct conf_server {
	union endpoint endpoint;
	struct radius_secret secret;
	bool strict;			/* wants a Message-Authenticator in every response */
};

/* How a MAC is written as a user's name. */
enum mab_case {
	MAB_LOWER,
	MAB_UPPER,
};

enum mab_separator {
	MAB_NONE,			/* 0123456789ab */
	MAB_DASH,			/* 01-23-45-67-89-ab */
	MAB_COLON,			/* 01:23:45:67:89:ab */
	MAB_DOT,			/* 0123.4567.89ab */
};

struct conf {
	struct conf_server servers[CONF_SERVERS_MAX];	/* the first one is preferred */
	unsigned int server_count;
	bool has_secret;		/* the file itself, not only others it names */

	char nas_identifier[RADIUS_VALUE_MAX + 1];
	struct addr nas_address;	/* len 0: not told */
	struct addr source4, source6;	/* len 0: the route's */
	uint32_t framed_mtu;
	uint32_t mab_case;		/* enum mab_case */
	uint32_t mab_separator;		/* enum mab_separator */

	uint32_t retransmit_us;		/* to the first retransmission; then doubled */
	uint32_t failover_us;		/* silence after which another server is asked */
	uint32_t dead_time_us;		/* how long a silent server is not asked */
	uint32_t timeout_us;		/* until the kernel is told that no server answers */
};

/* The flags that stand for a file, as they were given. */
struct conf_flags {
	struct {
		bool is_secret;		/* --secret-file, else --radius */
		const char *value;
	} at[CONF_FLAGS_MAX];
	unsigned int count;
};

/* Fills @conf with what the file says, and with defaults. */
int conf_load(struct conf *conf, const char *path);

/*
 * The same from --radius and --secret-file, in their order: a file is of the
 * servers before it that have none, and the last one of those after it.
 */
int conf_load_flags(struct conf *conf, const struct conf_flags *flags);

/* Forgets the secrets. */
void conf_wipe(struct conf *conf);

bool endpoint_equal(const union endpoint *a, const union endpoint *b);
socklen_t endpoint_len(const union endpoint *endpoint);
const char *endpoint_text(const union endpoint *endpoint, char text[ENDPOINT_TEXT_SIZE]);

#endif /* DOT1XD_CONF_H */
