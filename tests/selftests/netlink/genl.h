/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Generic netlink by hand: these tests send what no library would, so none
 * stands between them and the kernel.
 */
#ifndef _NETLINK_GENL_H
#define _NETLINK_GENL_H

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <stddef.h>
#include <stdint.h>

#define MSG_MAX		4096
#define GENL_VERSION	1	/* of our families */

/**
 * struct genl - a socket and what is being said on it
 * @fd: the socket
 * @family: its number
 * @group: number of its group "state"
 * @seq: of the last request
 * @error: of the last acknowledgement, 0 or -errno
 * @why: its text, or ""
 * @bad_attr: it pointed at an attribute
 * @unanswered: there was none: the socket said @error
 * @msg: request being built
 */
struct genl {
	int fd;
	int family;
	uint32_t group;
	uint32_t seq;
	int error;
	char why[256];
	int bad_attr;
	int unanswered;
	union {
		struct nlmsghdr hdr;
		uint8_t bytes[MSG_MAX];
	} msg;
};

union genl_reply {
	struct nlmsghdr hdr;
	uint8_t bytes[4096];
};

int genl_open(struct genl *g, const char *family);
void genl_request(struct genl *g, int cmd, int flags);
void genl_put(struct genl *g, int type, const void *data, size_t len);
void genl_put8(struct genl *g, int type, uint8_t value);
void genl_put32(struct genl *g, int type, uint32_t value);
int genl_send(struct genl *g);
int genl_ack(struct genl *g);
int genl_talk(struct genl *g);
int genl_reply(struct genl *g, union genl_reply *reply);

const struct nlattr *genl_attr(const struct nlmsghdr *hdr, int type);
uint8_t genl_u8(const struct nlattr *nla);
uint32_t genl_u32(const struct nlattr *nla);

#endif /* _NETLINK_GENL_H */
