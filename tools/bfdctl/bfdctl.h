/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bfdctl on one screen.
 */
#ifndef BFDCTL_H
#define BFDCTL_H

#include <linux/bfd.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <stdbool.h>
#include <stdint.h>

#include "../lib/args.h"
#include "../lib/print.h"
#include "../lib/tool.h"

/* keyword.c: the words after a session command */

enum keyword_id {
	KW_PEER,
	KW_LOCAL,
	KW_DEV,
	KW_VRF,
	KW_MULTIHOP,
	KW_ID,
	KW_ALL,
	KW_STATE,
	KW_TX,
	KW_RX,
	KW_MULT,
	KW_PASSIVE,
	KW_ADMIN,
	KW_MIN_TTL,
	KW_DISCRIMINATOR,
	KW_COUNT
};

/* The commands a keyword belongs to. */
#define IN_ADD		0x01
#define IN_SET		0x02
#define IN_DEL		0x04
#define IN_SHOW		0x08

struct word {
	bool given;
	union {
		struct addr addr;
		char name[IFNAMSIZ];
		uint32_t number;
	};
};

struct words {
	struct word at[KW_COUNT];
};

/* Reads all that is left, checks it for the command @in, one of IN_*. */
int words_parse(struct args *args, unsigned int in, struct words *words);

/* Puts every word that was given into the message, as the attribute it is. */
int words_put(const struct words *words, struct nl_msg *msg);

/* For struct request: the word that @attr came from. */
const char *words_keyword(const void *words, int attr);

/* session.c */
int session_main(struct tool *tool, struct args *args);

/* fetch.c: sessions as the kernel tells them */

/* One dump, filtered by @words if not NULL, in an order people can read. */
int sessions_fetch(struct channel *channel, const struct words *words, struct replies *replies);

/* Fills @tb with BFD_A_MAX + 1 attributes; false if the message is broken. */
bool bfd_parse(struct nlmsghdr *nlh, struct nlattr **tb);

/* An attribute's value; 0, or no bytes, if it is absent. */
uint64_t get_uint(const struct nlattr *nla);
struct addr get_addr(const struct nlattr *nla);
const char *get_string(const struct nlattr *nla);

const char *state_name(uint64_t state);
const char *diag_name(uint64_t diag);
const char *type_name(uint64_t type);

/* show.c: the one printer of a session */

/* peer, dev, vrf, type: what people call a session. */
void print_session_key(struct print *p, struct nlattr **tb);

/* What the user set. */
void print_session_params(struct print *p, struct nlattr **tb);

/* All but key and state: times, ids, parameters, the peer's side. */
void print_session_rest(struct print *p, struct nlattr **tb, bool statistics);

/* All of it, state first. */
void print_session(struct print *p, struct nlattr **tb, bool statistics);

/* A state in its colour. */
void print_state(struct print *p, const char *key, const char *label, uint64_t state);

/* monitor.c */
int monitor_main(struct tool *tool, struct args *args);

/* Prints one event. Returns how many the kernel lost before it. */
uint64_t monitor_event(struct tool *tool, struct nlmsghdr *nlh);

/* stats.c */
int stats_main(struct tool *tool, struct args *args);

/* save.c */
int save_main(struct tool *tool, struct args *args);

#endif /* BFDCTL_H */
