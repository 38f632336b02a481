/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bfdctl on one screen.
 */
#ifndef BFDCTL_H
#define BFDCTL_H

#include <json-c/json.h>
#include <linux/bfd.h>
#include <netlink/attr.h>
#include <stdbool.h>
#include <stdint.h>

#include "../lib/args.h"
#include "../lib/keyword.h"
#include "../lib/monitor.h"
#include "../lib/print.h"
#include "../lib/tool.h"
#include "../lib/view.h"

/* keyword.c: the words after a session command */

enum keyword_id {
	KW_PEER,
	KW_LOCAL,
	KW_DEV,
	KW_VRF,
	KW_MULTIHOP,
	KW_SBFD,
	KW_VXLAN,
	KW_MICRO,
	KW_ECHO,
	KW_GENEVE,
	KW_REMOTE_DISCRIMINATOR,	/* last of the key */
	KW_ID,
	KW_ALL,
	KW_STATE,
	KW_TX,
	KW_RX,
	KW_MULT,
	KW_PASSIVE,
	KW_ADMIN,
	KW_REROUTE,
	KW_DEMAND,
	KW_DEMAND_POLL,
	KW_HOLD_UP,
	KW_HOLD_UP_MAX,
	KW_PADDED_PDU_SIZE,
	KW_ECHO_TX,
	KW_ECHO_RX,
	KW_ECHO_SLOW,
	KW_MIN_TTL,
	KW_AUTH,
	KW_DISCRIMINATOR,
	KW_COUNT
};

/* The commands a keyword belongs to. */
#define IN_ADD		0x01
#define IN_SET		0x02
#define IN_DEL		0x04
#define IN_SHOW		0x08
#define IN_REPLACE	0x10
#define IN_POLL		0x20
#define IN_LAG		0x40

/* The kernel's default, BFD_A_DEMAND_POLL_US. */
#define DEFAULT_DEMAND_POLL_US	1000000

/* The kernel's default, BFD_A_ECHO_SLOW_US. */
#define DEFAULT_ECHO_SLOW_US	1000000

/* The kernel's limit of BFD_A_PADDED_PDU_SIZE. */
#define PADDED_PDU_MAX		9216

extern const struct keywords session_keywords;
extern const struct keywords lag_keywords;	/* the same words; dev is the LAG */

/* Parameters that were not given get the value they have in a new session. */
void words_complete(struct words *words);

/* auth.c: keys, of the command line that is being worked on */

extern const struct keyword_own auth_own;

/* How many it has; 0 also for "auth none". */
unsigned int auth_count(void);

/* Whether it says what the session has: @nla or nothing. */
bool auth_same(const struct nlattr *nla);

/* There is none any more: nothing of it stays in memory. */
void auth_forget(void);

void print_authentication(struct print *p, const struct nlattr *nla);

/* session.c */

/* Adds the session of @words, or makes the one that exists what they say; completes them. */
int session_make(struct tool *tool, struct words *words);

int session_main(struct tool *tool, struct args *args);

/* show.c: the one printer of a session */

extern const struct view session_view;

/* peer, dev, vrf, type: what people call a session. */
void print_session_key(struct print *p, struct nlattr **tb);

/* What the user set. */
void print_session_params(struct print *p, struct nlattr **tb);

/* All but key and state: times, ids, parameters, the peer's side. */
void print_session_rest(struct print *p, struct nlattr **tb, bool statistics);

/* A state in its colour. */
void print_state(struct print *p, const char *key, const char *label, uint64_t state);

const char *state_name(uint64_t state);
enum colour state_colour(uint64_t state);
const char *diag_name(uint64_t diag);

/* seen.c: the histograms of a session's statistics, by enum bfd_stat */
void print_seen(struct print *p, struct nlattr **st);

/* track.c: files with a number that says how sessions are, for keepalived(8) */

/* Reads a file's name and the sessions that it is about. */
int track_words(struct args *args);

/* A session, as JSON would print it with its event. */
void track_record(struct json_object *record);

/* Sessions not told since the last time are gone. */
void track_synced(void);

/* There are no sessions. */
void track_forget(void);

/* Writes the files whose number changed. Returns false if one could not be. */
bool track_write(void);

void track_free(void);

/* reflector.c: S-BFD reflectors, and their one printer */

extern const struct view reflector_view;

void save_reflector(FILE *out, struct nlattr **tb);
int reflector_main(struct tool *tool, struct args *args);

/* unsolicited.c: policies by which sessions are made that nobody here asked for */

extern const struct view unsolicited_view;

void save_unsolicited(FILE *out, struct nlattr **tb);
int unsolicited_main(struct tool *tool, struct args *args);

/* lag.c: sessions on the members of a LAG, which are taken out while theirs is Down */
int lag_main(struct tool *tool, struct args *args);

/* monitor.c */

/* Prints one event. Returns how many the kernel lost before it. */
uint64_t print_session_event(struct tool *tool, const struct monitor_ops *ops,
			     struct nlmsghdr *nlh);

int monitor_main(struct tool *tool, struct args *args);

/* top.c */
int top_main(struct tool *tool, struct args *args);

/* stats.c */
int stats_main(struct tool *tool, struct args *args);

/* save.c */
int save_main(struct tool *tool, struct args *args);

#endif /* BFDCTL_H */
