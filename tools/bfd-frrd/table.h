/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The sessions we answer for, in a file that outlives us.
 *
 * The file is mapped: what is written here is there for whoever comes after us,
 * even if we are killed between two instructions. So fields are written in an
 * order in which each intermediate state can be gone on from, "use" last. Only
 * the indices by which sessions are found are memory of this process.
 */
#ifndef BFD_FRRD_TABLE_H
#define BFD_FRRD_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel.h"
#include "place.h"

#define TABLE_SESSIONS_MAX	16384

enum session_use {
	SESSION_FREE,
	SESSION_WANTED,			/* not in the kernel, as far as we know */
	SESSION_LIVE,
};

struct session {
	uint32_t use;			/* enum session_use */
	uint32_t discr;			/* ours in the kernel, and on the wire */
	uint32_t lid;			/* bfdd's name of it */
	uint32_t link;			/* that it was added on; 0: none any more */
	struct session_key key;		/* as bfdd has it */
	struct place place;		/* where that is for the kernel */
	struct session_config config;
	uint8_t version;		/* of the protocol, of its last ADD */
	uint8_t state;			/* enum bfd_state */
	uint8_t told;			/* the state bfdd knows */
	uint8_t complained;		/* why it is not live is in the log */
	uint32_t seen;			/* in the last dump of this number */
	struct session_remote remote;
	uint64_t up_count;		/* the kernel's; and when bfdd was told last */
	uint64_t told_up_count;
	uint64_t lost_ms;		/* when the link went */
};

struct table;

/* Of these three a session can be found by. */
enum table_index {
	BY_KEY,
	BY_LID,
	BY_DISCR,
	TABLE_INDICES
};

/* Opens or makes the file, for us alone; says what went wrong, returns an enum status. */
int table_open(const char *path, struct table **table);
void table_close(struct table *table);

struct session *table_find_key(struct table *table, const struct session_key *key);
struct session *table_find_lid(struct table *table, uint32_t lid);
struct session *table_find_discr(struct table *table, uint32_t discr);

/*
 * Can this session be meant by the key? bfdd names no device when it does not know
 * it yet, as when it has just started, nor later, when it does.
 */
bool table_is_kin(const struct session *session, const struct session_key *key);

/* The only one without a link that can be meant; NULL: none, or several. */
struct session *table_find_kin(struct table *table, const struct session_key *key);

/* A new one, wanted; NULL: there are too many. */
struct session *table_add(struct table *table, const struct session_key *key, uint32_t discr);
void table_del(struct table *table, struct session *session);
void table_set_lid(struct table *table, struct session *session, uint32_t lid);
void table_set_discr(struct table *table, struct session *session, uint32_t discr);

/* The one after @session, or the first; any may be deleted meanwhile. */
struct session *table_next(struct table *table, struct session *session);

#endif /* BFD_FRRD_TABLE_H */
