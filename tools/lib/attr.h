/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Messages and attributes as the kernel sends them, read without trust.
 */
#ifndef TOOLS_LIB_ATTR_H
#define TOOLS_LIB_ATTR_H

#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdbool.h>
#include <stdint.h>

#include "args.h"

/* The name of value @i; the kernel may know more of them than we do. */
#define NAME_OF(names, i)							\
	((i) < sizeof(names) / sizeof(*(names)) ? (names)[i] : "unknown")

/* Room for the attributes of any family, by their type; more are passed over. */
#define ATTRS	128

/* Fills @tb, which has ATTRS elements; false if the message is broken. */
bool message_parse(struct nlmsghdr *nlh, struct nlattr **tb);

/* Likewise with those inside @nest; none if it is absent or broken. */
void nest_parse(const struct nlattr *nest, struct nlattr **tb);

/* An attribute's value; 0, or no bytes, if it is absent. */
uint64_t get_uint(const struct nlattr *nla);
struct addr get_addr(const struct nlattr *nla);
const char *get_string(const struct nlattr *nla);

/* How long a string is that may hold anything, without the NUL that ends it. */
size_t get_string_len(const struct nlattr *nla);

/* Which comes first, as strcmp() has it; of bytes, the shorter. */
int compare_strings(const struct nlattr *a, const struct nlattr *b);
int compare_bytes(const struct nlattr *a, const struct nlattr *b);
int compare_uints(const struct nlattr *a, const struct nlattr *b);

#endif /* TOOLS_LIB_ATTR_H */
