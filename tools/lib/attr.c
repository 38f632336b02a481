// SPDX-License-Identifier: GPL-2.0
/*
 * Messages and attributes as the kernel sends them.
 */
#include <netlink/genl/genl.h>
#include <string.h>

#include "attr.h"

bool message_parse(struct nlmsghdr *nlh, struct nlattr **tb)
{
	return genlmsg_valid_hdr(nlh, 0) && !genlmsg_parse(nlh, 0, tb, ATTRS - 1, NULL);
}

void nest_parse(const struct nlattr *nest, struct nlattr **tb)
{
	if (!nest || nla_parse_nested(tb, ATTRS - 1, (struct nlattr *)nest, NULL))
		memset(tb, 0, ATTRS * sizeof(*tb));
}

uint64_t get_uint(const struct nlattr *nla)
{
	if (!nla)
		return 0;
	switch (nla_len(nla)) {
	case 1:
		return nla_get_u8(nla);
	case 2:
		return nla_get_u16(nla);
	case 4:
		return nla_get_u32(nla);
	case 8:
		return nla_get_u64(nla);
	default:
		return 0;
	}
}

struct addr get_addr(const struct nlattr *nla)
{
	struct addr addr = { 0 };

	if (nla && (nla_len(nla) == 4 || nla_len(nla) == 16)) {
		addr.len = nla_len(nla);
		memcpy(addr.bytes, nla_data(nla), addr.len);
	}
	return addr;
}

const char *get_string(const struct nlattr *nla)
{
	const char *text = nla ? nla_data(nla) : NULL;

	return text && memchr(text, '\0', nla_len(nla)) && *text ? text : NULL;
}

size_t get_string_len(const struct nlattr *nla)
{
	int len = nla ? nla_len(nla) : 0;

	return len && !((const char *)nla_data(nla))[len - 1] ? len - 1 : len;
}

int compare_strings(const struct nlattr *a, const struct nlattr *b)
{
	const char *left = get_string(a);
	const char *right = get_string(b);

	return strcmp(left ? left : "", right ? right : "");
}

int compare_bytes(const struct nlattr *a, const struct nlattr *b)
{
	int left = a ? nla_len(a) : 0;
	int right = b ? nla_len(b) : 0;

	if (left != right)
		return left < right ? -1 : 1;
	return left ? memcmp(nla_data(a), nla_data(b), left) : 0;
}

int compare_uints(const struct nlattr *a, const struct nlattr *b)
{
	uint64_t left = get_uint(a);
	uint64_t right = get_uint(b);

	return left < right ? -1 : left > right;
}
