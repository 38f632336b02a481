/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Requests a family must refuse: tables of them, and the messages that are
 * wrong whatever they say. TAP, a level down.
 */
#ifndef _NETLINK_REFUSE_H
#define _NETLINK_REFUSE_H

#include <stdbool.h>
#include "genl.h"

struct bytes {
	int type;
	const char *data;
	size_t len;
};

#define A(t, s)		{ t, s, sizeof(s) - 1 }	/* bytes of a literal */
#define STR(t, s)	{ t, s, sizeof(s) }	/* with its end */
#define U8(t, v)	{ t, (const char []){ v }, 1 }
#define U32(t, v)	{ t, (const char *)(const uint32_t []){ v }, 4 }

/**
 * struct refusal - a request, and why it is refused
 * @name: what is wrong with it
 * @cmd: of the family
 * @error: errno; 0 takes any
 * @attrs: what it says, in host order
 */
struct refusal {
	const char *name;
	int cmd;
	int error;
	struct bytes attrs[6];
};

/**
 * struct refuser - what refuse_messages() must know of a family
 * @family: its name
 * @new: a command that makes something, and cannot dump
 * @del: the one that deletes it, or without attributes all
 * @get: the one that dumps
 * @unknown: two commands user space cannot give
 * @key: an attribute of @new that is right
 */
struct refuser {
	const char *family;
	int new;
	int del;
	int get;
	int unknown[2];
	struct bytes key;
};

int refuse_begin(const struct refuser *refuser);
void refuse(const struct refusal *refusals, size_t n);
void refuse_messages(void);
void refuse_dump(const char *name, int error, struct bytes attr);
int refuse_end(void);

#endif /* _NETLINK_REFUSE_H */
