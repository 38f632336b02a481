// SPDX-License-Identifier: GPL-2.0
/*
 * Sessions as the kernel tells them: fetched, put in order, read.
 */
#include <netlink/genl/genl.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/error.h"
#include "bfdctl.h"

/* Names of RFC 9314 and its iana-bfd-types; the standard's values are indices. */
static const char *const diag_names[] = {
	"none", "control-expiry", "echo-failed", "neighbor-down", "forwarding-reset",
	"path-down", "concatenated-path-down", "admin-down", "reverse-concatenated-path-down",
	"mis-connectivity-defect",
};

static const char *const state_names[] = { "admin-down", "down", "init", "up" };
static const char *const type_names[] = { "single-hop", "multihop" };

#define NAME(names, i)	((i) < sizeof(names) / sizeof(*(names)) ? (names)[i] : "unknown")

const char *state_name(uint64_t state)
{
	return NAME(state_names, state);
}

const char *diag_name(uint64_t diag)
{
	return NAME(diag_names, diag);
}

const char *type_name(uint64_t type)
{
	return NAME(type_names, type);
}

bool bfd_parse(struct nlmsghdr *nlh, struct nlattr **tb)
{
	return genlmsg_valid_hdr(nlh, 0) && !genlmsg_parse(nlh, 0, tb, BFD_A_MAX, NULL);
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

static int compare_strings(const struct nlattr *a, const struct nlattr *b)
{
	const char *left = get_string(a);
	const char *right = get_string(b);

	return strcmp(left ? left : "", right ? right : "");
}

static int compare_addrs(const struct nlattr *a, const struct nlattr *b)
{
	struct addr left = get_addr(a);
	struct addr right = get_addr(b);

	if (left.len != right.len)
		return left.len < right.len ? -1 : 1;
	return memcmp(left.bytes, right.bytes, left.len);
}

static int compare_uints(const struct nlattr *a, const struct nlattr *b)
{
	uint64_t left = get_uint(a);
	uint64_t right = get_uint(b);

	return left < right ? -1 : left > right;
}

/* A message and the attributes it is put in order by, found once. */
struct entry {
	struct nlmsghdr *msg;
	struct nlattr *vrf, *peer, *dev, *type, *local, *id;
};

static int compare(const void *a, const void *b)
{
	const struct entry *left = a;
	const struct entry *right = b;
	int order;

	order = compare_strings(left->vrf, right->vrf);
	if (!order)
		order = compare_addrs(left->peer, right->peer);
	if (!order)
		order = compare_strings(left->dev, right->dev);
	if (!order)
		order = compare_uints(left->type, right->type);
	if (!order)
		order = compare_addrs(left->local, right->local);
	if (!order)
		order = compare_uints(left->id, right->id);
	return order;
}

/*
 * The kernel's order is that of birth; this one is the same for the same
 * sessions, so that two outputs can be compared. Drops what cannot be read.
 */
static int put_in_order(struct replies *replies)
{
	struct nlattr *tb[BFD_A_MAX + 1];
	struct entry *entries;
	size_t count = 0;
	size_t i;

	entries = calloc(replies->count + 1, sizeof(*entries));
	if (!entries)
		return error_refused("out of memory");
	for (i = 0; i < replies->count; i++) {
		if (!bfd_parse(replies->msg[i], tb)) {
			free(replies->msg[i]);
			continue;
		}
		entries[count++] = (struct entry){
			replies->msg[i], tb[BFD_A_VRF], tb[BFD_A_PEER], tb[BFD_A_IFNAME],
			tb[BFD_A_TYPE], tb[BFD_A_LOCAL], tb[BFD_A_LOCAL_DISCRIMINATOR],
		};
	}
	qsort(entries, count, sizeof(*entries), compare);
	for (i = 0; i < count; i++)
		replies->msg[i] = entries[i].msg;
	replies->count = count;
	free(entries);
	return STATUS_OK;
}

int sessions_fetch(struct channel *channel, const struct words *words, struct replies *replies)
{
	struct request request = {
		.keyword = words ? words_keyword : NULL,
		.words = words,
	};
	int status;

	request.msg = channel_request(channel, BFD_CMD_SESSION_GET, NLM_F_DUMP);
	if (request.msg && words) {
		status = words_put(words, request.msg);
		if (status) {
			nlmsg_free(request.msg);
			return status;
		}
	}
	status = channel_talk(channel, &request, replies);
	if (status)
		return status;
	status = put_in_order(replies);
	if (status)
		replies_free(replies);
	return status;
}
