// SPDX-License-Identifier: GPL-2.0
/*
 * The table of bfd-frrd's sessions, in its file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bfd-frrd/table.h"
#include "lib/log.h"
#include "unit.h"

static char path[] = "/tmp/table_test.XXXXXX";

static struct table *open_table(void)
{
	struct table *table;

	if (table_open(path, &table))
		exit(1);
	return table;
}

static void number(struct session_key *key, unsigned int i)
{
	key->addr_len = 4;
	key->peer[2] = i >> 8;
	key->peer[3] = i;
}

static void test_alone(struct table *table)
{
	char *out, *err;
	struct table *again;
	int status;

	check(!table_next(table, NULL), "a new table is empty");
	capture();
	status = table_open(path, &again);
	captured(&out, &err);
	check(status, "and ours alone");
}

static void test_room(struct table *table)
{
	struct session_key key = { 0 };
	struct session *session = NULL;
	unsigned int i, count = 0;

	for (i = 0; i < TABLE_SESSIONS_MAX; i++) {
		number(&key, i);
		if (!table_add(table, &key, i + 1))
			break;
	}
	check(i == TABLE_SESSIONS_MAX, "has room for 16384 sessions");
	key.peer[0] = 1;
	check(!table_add(table, &key, 99999), "and no more");
	for (; (session = table_next(table, session)); count++)
		if (count % 2)
			table_del(table, session);
	check(count == TABLE_SESSIONS_MAX, "any can be deleted while they are counted");
}

static void test_again(struct table *table)
{
	struct session_key key = { 0 };
	struct session *session;

	number(&key, 0);
	session = table_find_key(table, &key);
	check(session && session == table_find_discr(table, 1) && !table_find_discr(table, 2),
	      "it is there again, as it was left");
	key.peer[0] = 1;
	session = table_add(table, &key, 99999);
	check(session && table_find_key(table, &key) == session, "with room where there is some");
	table_set_lid(table, session, 7);
	table_set_discr(table, session, 8);
	check(table_find_lid(table, 7) == session && table_find_discr(table, 8) == session &&
	      !table_find_discr(table, 99999), "and numbers that change");
}

/* Of several without a link it cannot be told which is meant. */
static void test_kin(struct table *table)
{
	struct session_key key = { .peer = { 9 }, .addr_len = 4, .ifname = "eth0" };
	struct session_key nameless = { .peer = { 9 }, .addr_len = 4 };
	struct session *a, *b;

	a = table_add(table, &key, 100001);
	check(table_find_kin(table, &nameless) == a, "a session without its device's name");
	key.ifname[3] = '1';
	check(!table_find_kin(table, &key), "is not one with another name");
	b = table_add(table, &key, 100002);
	check(!table_find_kin(table, &nameless), "nor one of two");
	b->link = 1;
	check(table_find_kin(table, &nameless) == a, "unless the other is in use");
}

int main(void)
{
	struct table *table;
	int fd = mkstemp(path);

	if (fd < 0)
		return 1;
	close(fd);
	log_open("bfd-frrd", true);
	table = open_table();
	test_alone(table);
	test_room(table);
	table_close(table);
	table = open_table();
	test_again(table);
	test_kin(table);
	table_close(table);
	if (truncate(path, 100))
		return 1;
	table = open_table();
	check(!table_find_lid(table, 7), "what was cut off is not taken for sessions");
	table_close(table);
	unlink(path);
	return unit_done();
}
