/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of bfdctl_test have of each other.
 */
#ifndef TESTS_BFDCTL_FIXTURE_H
#define TESTS_BFDCTL_FIXTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "fake_genl.h"

#define MSEC		UINT64_C(1000000)
#define EPOCH		UINT64_C(1772532000123456789)	/* 2026-03-03T10:00:00.123456Z */

#define COUNT(array)	(sizeof(array) / sizeof(*(array)))

/* The attributes of a key in hexadecimal, as this machine has them. */
#define TYPE(type)	"05000100" type "000000"
#define ID(id)		"05000200" id "000000"

/* Likewise of a prefix, 10.0.0.0 or 2001:db8:: and a length, with its number. */
#define NET4(number, len)	"1400" number "80" "080001000a000000" "05000200" len "000000"
#define NET6(number, len)	"2000" number "80" "1400010020010db8000000000000000000000000" \
				"05000200" len "000000"

/* bfdctl_messages.c */

extern const struct fake_command bfdctl_commands[];
extern const struct fake_attr bfdctl_attrs[];

/* Where the first key of a session that is up was read from, if from a file. */
extern const char *key_file;

void put_addr(struct nl_msg *msg, int attr, const char *text);

/* Of two each. */
struct nl_msg *make_session(uint8_t cmd, bool up);
struct nl_msg *make_reflector(bool first);
struct nl_msg *make_policy(bool first);
struct nl_msg *make_event(uint8_t event, bool up);

/* A session of which only that is known. */
struct nl_msg *make_seen(uint32_t id, uint8_t state, int64_t margin, uint64_t misses,
			 uint64_t flaps);

/* The one that is not up was Up, and now is so. */
struct nl_msg *make_change(uint8_t state, uint8_t remote);

int counter_value(int attr);
struct nl_msg *make_counters(void);

/* bfdctl_test.c */

/* A file in /tmp that holds @text; its name is there until the next but one. */
const char *make_file(const char *text, int mode);

/* What a file holds, or "none", until the next call. */
const char *text_of(const char *path);

/* bfdctl_words.c, bfdctl_monitor.c */

void test_words(void);
void test_monitor(void);

#endif /* TESTS_BFDCTL_FIXTURE_H */
