/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the kernel says about a request: NLMSG_ERROR and NLMSG_DONE with their
 * extended ack. Bytes in, facts out; no socket.
 */
#ifndef TOOLS_LIB_EXTACK_H
#define TOOLS_LIB_EXTACK_H

#include <linux/netlink.h>
#include <stdint.h>

#define EXTACK_NO_ATTR	(-1)

struct extack {
	int error;		/* 0 or -errno */
	const char *text;	/* the kernel's sentence, inside the message, or NULL */
	int bad_attr;		/* type of the attribute at fault */
	int missing_attr;	/* type of the attribute that should be there */
};

/* @nlh is a whole NLMSG_ERROR or NLMSG_DONE; @request is what it answers. */
void extack_parse(const struct nlmsghdr *nlh, const struct nlmsghdr *request, struct extack *ack);

#endif /* TOOLS_LIB_EXTACK_H */
