/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What failnth.c must know of a family to make its commands fail.
 */
#ifndef _NETLINK_FAILNTH_H
#define _NETLINK_FAILNTH_H

#include "genl.h"

/**
 * struct subject - a family and its commands
 * @family: its name
 * @prepare: makes what command @what begins with
 * @request: builds the request, for genl_send()
 * @verdict: why what is there does not agree with @err, the answer, or NULL
 */
struct subject {
	const char *family;
	void (*prepare)(struct genl *genl, const char *what);
	void (*request)(struct genl *genl, const char *what);
	const char *(*verdict)(struct genl *genl, const char *what, int err);
};

extern const struct subject bfd_subject;
extern const struct subject dot1x_subject;
extern const struct subject answer_subject;

#endif /* _NETLINK_FAILNTH_H */
