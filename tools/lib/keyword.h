/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words after a command: argv to struct words to attributes, and back to
 * a line of a batch, by a table of the tool's.
 */
#ifndef TOOLS_LIB_KEYWORD_H
#define TOOLS_LIB_KEYWORD_H

#include <linux/if_ether.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "args.h"
#include "tool.h"

#define WORDS_MAX	32

enum value_kind {
	VALUE_NONE,		/* no value: the word stands for min, a u8 */
	VALUE_ADDR,
	VALUE_MAC,
	VALUE_NAME,
	VALUE_TIME_US,
	VALUE_TIME_US_OR_ZERO,
	VALUE_TIME_MS,
	VALUE_PERIOD_MS,	/* or 0, which is also called off, or on */
	VALUE_U32,
	VALUE_U8,
	VALUE_CHOICE,		/* the index of the word, a u8 */
	VALUE_OWN,		/* what struct keyword_own makes of it */
};

/* A keyword that may be given several times, with values only its tool knows. */
struct keyword_own {
	int (*parse)(struct args *args, bool again);
	int (*put)(struct nl_msg *msg, int attr);
	void (*save)(FILE *out, const struct nlattr *nla);
};

struct keyword {
	const char *name;
	enum value_kind kind;
	unsigned int in;	/* commands that know it, a bit each */
	int attr;		/* 0: never sent */
	uint32_t min;
	uint32_t max;
	uint32_t on;		/* VALUE_PERIOD_MS: what the word on stands for */
	const char *const *choices;
	const struct keyword_own *own;
};

/* One of them, and after what all have, what its kind of value needs. */
#define KEYWORD(_name, _kind, _in, _attr, ...)						\
	{ .name = (_name), .kind = (_kind), .in = (_in), .attr = (_attr), ##__VA_ARGS__ }

struct words;

/* The keywords of one object. */
struct keywords {
	const char *tool;
	const char *object;
	const char *usage;
	const char *const *commands;	/* bit n of struct keyword's in is commands[n] */
	const struct keyword *at;
	int count;			/* WORDS_MAX at most */

	/* Says what does not go together, or is missing, for the command @in */
	int (*check)(const struct words *words, unsigned int in);
};

struct word {
	bool given;
	union {
		struct addr addr;
		uint8_t mac[ETH_ALEN];
		char name[IFNAMSIZ];
		uint32_t number;
	};
};

/* What was given, at the index its keyword has in the table. */
struct words {
	const struct keywords *table;
	struct word at[WORDS_MAX];
};

/* The command whose bit @in is. */
const char *command_name(const struct keywords *table, unsigned int in);

/* Reads all that is left of a command line, and checks it, for the command @in. */
int words_parse(struct args *args, const struct keywords *table, unsigned int in,
		struct words *words);

/* How many of the keywords @first to @last were given. */
int words_count(const struct words *words, int first, int last);

/*
 * One request for @cmd made of @words (NULL: of none), with NLM_F_DUMP in
 * @flags for a dump. @replies: as channel_talk() has it.
 */
int words_talk(struct tool *tool, uint8_t cmd, int flags, const struct words *words,
	       struct replies *replies);

/* A command that changes something: prints usage if asked, else sends @cmd. */
int words_change(struct tool *tool, struct args *args, const struct keywords *table,
		 unsigned int in, uint8_t cmd);

/* The name of a choice. */
const char *keyword_choice(const struct keyword *kw, uint64_t value);

/* Writes " NAME VALUE" as words_parse() reads it; nothing if there is no @nla. */
void keyword_save(FILE *out, const struct keyword *kw, const struct nlattr *nla);

#endif /* TOOLS_LIB_KEYWORD_H */
