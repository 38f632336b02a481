/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dot1xctl on one screen.
 */
#ifndef DOT1XCTL_H
#define DOT1XCTL_H

#include <linux/dot1x.h>
#include <netlink/attr.h>
#include <stdbool.h>
#include <stdint.h>

#include "../lib/args.h"
#include "../lib/keyword.h"
#include "../lib/print.h"
#include "../lib/stats.h"
#include "../lib/tool.h"
#include "../lib/view.h"

/* keyword.c: the words after a command of port or client */

enum port_keyword {
	PORT_DEV,
	PORT_ALL,
	PORT_CONTROL,
	PORT_HOST_MODE,
	PORT_MAX_CLIENTS,
	PORT_DIRECTION,
	PORT_MAB,
	PORT_REAUTH_PERIOD,
	PORT_QUIET_PERIOD,
	PORT_TX_PERIOD,
	PORT_SUPP_TIMEOUT,
	PORT_SERVER_TIMEOUT,
	PORT_MAX_REQ,
	PORT_COUNT
};

enum client_keyword {
	CLIENT_DEV,
	CLIENT_MAC,
	CLIENT_ALL,
	CLIENT_SESSION_TIMEOUT,
	CLIENT_COUNT
};

/* The commands a keyword belongs to. */
#define IN_ADD			0x01
#define IN_SET			0x02
#define IN_DEL			0x04
#define IN_SHOW			0x08
#define IN_REAUTHENTICATE	0x10
#define IN_INITIALIZE		0x20
#define IN_AUTHORIZE		0x40

extern const struct keywords port_keywords;
extern const struct keywords client_keywords;

/* port.c */
int port_main(struct tool *tool, struct args *args);

/* client.c */
int client_main(struct tool *tool, struct args *args);

/* show.c: the one printer of ports and of clients */

extern const struct view port_view;
extern const struct view client_view;

/* What people call them: dev, and mac. */
void print_port_key(struct print *p, struct nlattr **tb);
void print_client_key(struct print *p, struct nlattr **tb);

/* Where the machines stand. */
void print_pae(struct print *p, struct nlattr **tb);

/* What the user set. */
void print_port_params(struct print *p, struct nlattr **tb);
void print_port_timers(struct print *p, struct nlattr **tb);

/* All but key and status. */
void print_port_rest(struct print *p, struct nlattr **tb, bool statistics);
void print_client_rest(struct print *p, struct nlattr **tb, bool statistics);

/* Authorized or not, in its colour. */
void print_status(struct print *p, const char *key, const char *label, const struct nlattr *nla);

/* monitor.c */
int monitor_main(struct tool *tool, struct args *args);

/* stats.c */
extern const struct counters dot1x_counters;
int stats_main(struct tool *tool, struct args *args);

/* save.c */
int save_main(struct tool *tool, struct args *args);

#endif /* DOT1XCTL_H */
