/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A channel to one generic netlink family, or to rtnetlink.
 */
#ifndef TOOLS_LIB_GENL_H
#define TOOLS_LIB_GENL_H

#include <netlink/msg.h>
#include <stddef.h>
#include <stdint.h>

struct channel;

/* Who is at the other end. */
struct family {
	const char *name;
	const char *module;
	const char *group;	/* of the events */
	uint8_t version;
	uint32_t route_group;	/* not 0: rtnetlink it is, and of its events */
};

/* Copies of the messages that answered a request. */
struct replies {
	struct nlmsghdr **msg;
	size_t count;
	size_t size;
};

#define REFUSAL_SIZE	256

/*
 * A request and the words it was made of: @keyword names the one that put
 * attribute @attr there, or would have; NULL if none does. A refusal of the
 * kernel is said, unless there is a @refusal to put its text in; @error is its
 * -errno, or 0.
 */
struct request {
	struct nl_msg *msg;
	const char *(*keyword)(const void *words, int attr);
	const void *words;
	char *refusal;		/* REFUSAL_SIZE bytes, or NULL */
	int error;
};

/* What became of the events of a channel. */
enum events {
	EVENTS_READ,		/* all there were */
	EVENTS_LOST,		/* some did not fit in the socket's buffer */
	EVENTS_ENDED,		/* the family is gone */
	EVENTS_FAILED,		/* reading failed; errno says why */
};

int channel_open(const struct family *family, struct channel **channel);
void channel_close(struct channel *channel);

/* A request for command @cmd; with NLM_F_DUMP in @flags, for a dump. */
struct nl_msg *channel_request(struct channel *channel, uint8_t cmd, int flags);

/* A request of rtnetlink, of @type and with its @header of @size bytes. */
struct nl_msg *channel_route_request(uint16_t type, int flags, const void *header, size_t size);

/*
 * Sends @request, waits for its end and frees its message. On success the
 * answers are in @replies, unless that is NULL; a dump that changed meanwhile
 * is taken again. Says what went wrong and returns an enum status.
 */
int channel_talk(struct channel *channel, struct request *request, struct replies *replies);

void replies_free(struct replies *replies);

/* Events: join, then read whenever the descriptor is readable. */
int channel_join(struct channel *channel);
int channel_fd(const struct channel *channel);
enum events channel_events(struct channel *channel,
			   void (*event)(void *arg, struct nlmsghdr *nlh), void *arg);

#endif /* TOOLS_LIB_GENL_H */
