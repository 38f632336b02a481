// SPDX-License-Identifier: GPL-2.0
/*
 * The sessions we answer for, in a file that outlives us; see table.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/error.h"
#include "../lib/log.h"
#include "table.h"

#define MAGIC	"bfd-frrd 1"
#define BUCKETS	16384	/* a power of two */
#define NONE	UINT32_MAX

struct file {
	char magic[16];
	uint32_t session_size;
	uint32_t used;			/* sessions after these have never been used */
	struct session sessions[TABLE_SESSIONS_MAX];
};

/* Chains of session numbers. */
struct chains {
	uint32_t head[BUCKETS];
	uint32_t next[TABLE_SESSIONS_MAX];
};

struct table {
	int fd;
	struct file *file;
	uint32_t free;			/* no session before this one is free */
	struct chains by[TABLE_INDICES];
};

static uint32_t hash(const void *bytes, size_t len)
{
	const uint8_t *at = bytes;
	uint32_t value = 2166136261u;
	size_t i;

	for (i = 0; i < len; i++)
		value = (value ^ at[i]) * 16777619u;
	return (value ^ value >> 16) % BUCKETS;
}

/* Of all but the device, so that those that may be the same are in one chain. */
static uint32_t hash_key(const struct session_key *key)
{
	return hash(key, offsetof(struct session_key, ifname));
}

static uint32_t bucket_of(const struct session *session, enum table_index index)
{
	switch (index) {
	case BY_KEY:
		return hash_key(&session->key);
	case BY_LID:
		return hash(&session->lid, sizeof(session->lid));
	default:
		return hash(&session->discr, sizeof(session->discr));
	}
}

static uint32_t number_of(const struct table *table, const struct session *session)
{
	return session - table->file->sessions;
}

static void link_in(struct table *table, struct session *session, enum table_index index)
{
	uint32_t *head = &table->by[index].head[bucket_of(session, index)];
	uint32_t number = number_of(table, session);

	table->by[index].next[number] = *head;
	*head = number;
}

static void link_out(struct table *table, struct session *session, enum table_index index)
{
	uint32_t *at = &table->by[index].head[bucket_of(session, index)];
	uint32_t number = number_of(table, session);

	while (*at != number)
		at = &table->by[index].next[*at];
	*at = table->by[index].next[number];
}

static struct session *first(struct table *table, uint32_t bucket, enum table_index index)
{
	uint32_t number = table->by[index].head[bucket];

	return number == NONE ? NULL : &table->file->sessions[number];
}

static struct session *next(struct table *table, struct session *session, enum table_index index)
{
	uint32_t number = table->by[index].next[number_of(table, session)];

	return number == NONE ? NULL : &table->file->sessions[number];
}

struct session *table_find_key(struct table *table, const struct session_key *key)
{
	struct session *session = first(table, hash_key(key), BY_KEY);

	while (session && memcmp(&session->key, key, sizeof(*key)))
		session = next(table, session, BY_KEY);
	return session;
}

bool table_is_kin(const struct session *session, const struct session_key *key)
{
	const char *ifname = session->key.ifname;

	return !memcmp(&session->key, key, offsetof(struct session_key, ifname)) &&
	       (!*ifname || !*key->ifname || !strcmp(ifname, key->ifname));
}

struct session *table_find_kin(struct table *table, const struct session_key *key)
{
	struct session *session = first(table, hash_key(key), BY_KEY);
	struct session *found = NULL;

	for (; session; session = next(table, session, BY_KEY)) {
		if (session->link || !table_is_kin(session, key))
			continue;
		if (found)
			return NULL;
		found = session;
	}
	return found;
}

struct session *table_find_lid(struct table *table, uint32_t lid)
{
	struct session *session = first(table, hash(&lid, sizeof(lid)), BY_LID);

	while (session && session->lid != lid)
		session = next(table, session, BY_LID);
	return session;
}

struct session *table_find_discr(struct table *table, uint32_t discr)
{
	struct session *session = first(table, hash(&discr, sizeof(discr)), BY_DISCR);

	while (session && session->discr != discr)
		session = next(table, session, BY_DISCR);
	return session;
}

/* A store that is not put off to after the ones that follow it. */
static void set_use(struct session *session, enum session_use use)
{
	__atomic_store_n(&session->use, use, __ATOMIC_SEQ_CST);
}

static void index_all(struct table *table)
{
	struct session *session;
	enum table_index index;
	uint32_t i;

	memset(table->by, 0xff, sizeof(table->by));
	table->free = 0;
	for (i = 0; i < table->file->used; i++) {
		session = &table->file->sessions[i];
		for (index = 0; session->use != SESSION_FREE && index < TABLE_INDICES; index++)
			link_in(table, session, index);
	}
}

struct session *table_add(struct table *table, const struct session_key *key, uint32_t discr)
{
	struct session *session;
	enum table_index index;

	while (table->free < TABLE_SESSIONS_MAX &&
	       table->file->sessions[table->free].use != SESSION_FREE)
		table->free++;
	if (table->free == TABLE_SESSIONS_MAX)
		return NULL;
	session = &table->file->sessions[table->free];
	memset(session, 0, sizeof(*session));
	session->key = *key;
	session->discr = discr;
	session->state = BFD_STATE_DOWN;
	session->told = BFD_STATE_DOWN;
	if (table->file->used <= table->free)
		table->file->used = table->free + 1;
	set_use(session, SESSION_WANTED);
	for (index = 0; index < TABLE_INDICES; index++)
		link_in(table, session, index);
	return session;
}

void table_del(struct table *table, struct session *session)
{
	enum table_index index;

	for (index = 0; index < TABLE_INDICES; index++)
		link_out(table, session, index);
	set_use(session, SESSION_FREE);
	if (table->free > number_of(table, session))
		table->free = number_of(table, session);
}

void table_set_lid(struct table *table, struct session *session, uint32_t lid)
{
	link_out(table, session, BY_LID);
	session->lid = lid;
	link_in(table, session, BY_LID);
}

void table_set_discr(struct table *table, struct session *session, uint32_t discr)
{
	link_out(table, session, BY_DISCR);
	session->discr = discr;
	link_in(table, session, BY_DISCR);
}

struct session *table_next(struct table *table, struct session *session)
{
	uint32_t i = session ? number_of(table, session) + 1 : 0;

	while (i < table->file->used && table->file->sessions[i].use == SESSION_FREE)
		i++;
	return i < table->file->used ? &table->file->sessions[i] : NULL;
}

/* One of another version, or of nobody, is begun anew. */
static void begin(struct table *table)
{
	struct file *file = table->file;

	if (!strncmp(file->magic, MAGIC, sizeof(file->magic)) &&
	    file->session_size == sizeof(struct session) && file->used <= TABLE_SESSIONS_MAX)
		return;
	if (*file->magic)
		log_line(LOG_WARNING, "the table is of another version and begun anew");
	memset(file, 0, sizeof(*file));
	file->session_size = sizeof(struct session);
	strcpy(file->magic, MAGIC);
}

int table_open(const char *path, struct table **result)
{
	struct table *table = calloc(1, sizeof(*table));
	int status;

	if (!table)
		return error_refused("out of memory");
	table->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (table->fd < 0) {
		status = error_refused("cannot open \"%s\": %s", path, strerror(errno));
		goto err_free;
	}
	if (flock(table->fd, LOCK_EX | LOCK_NB)) {
		status = error_refused("another bfd-frrd has \"%s\"", path);
		goto err_close;
	}
	if (ftruncate(table->fd, sizeof(*table->file))) {
		status = error_refused("cannot make \"%s\": %s", path, strerror(errno));
		goto err_close;
	}
	table->file = mmap(NULL, sizeof(*table->file), PROT_READ | PROT_WRITE, MAP_SHARED,
			   table->fd, 0);
	if (table->file == MAP_FAILED) {
		status = error_refused("cannot map \"%s\": %s", path, strerror(errno));
		goto err_close;
	}
	begin(table);
	index_all(table);
	*result = table;
	return STATUS_OK;

err_close:
	close(table->fd);
err_free:
	free(table);
	return status;
}

void table_close(struct table *table)
{
	if (!table)
		return;
	munmap(table->file, sizeof(*table->file));
	close(table->fd);
	free(table);
}
