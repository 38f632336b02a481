/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The protocol between FRR's bfdd and a data plane: messages as bytes.
 *
 * Each begins with a header of 8 bytes; all numbers are in network order. What
 * comes may be longer than what we know of it, as later versions have it; what
 * is shorter is refused. No clock, no socket, no memory but the caller's.
 */
#ifndef BFD_FRRD_BFDDP_H
#define BFD_FRRD_BFDDP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BFDDP_VERSION		1
#define BFDDP_HEADER_LEN	8
#define BFDDP_MESSAGE_MAX	65535
#define BFDDP_ECHO_LEN		24
#define BFDDP_STATE_LEN		36
#define BFDDP_COUNTERS_LEN	80
#define BFDDP_IFNAME_LEN	64

enum bfddp_type {
	BFDDP_ECHO_REQUEST,
	BFDDP_ECHO_REPLY,
	BFDDP_ADD_SESSION,		/* or change it */
	BFDDP_DELETE_SESSION,
	BFDDP_STATE_CHANGE,
	BFDDP_REQUEST_COUNTERS,
	BFDDP_COUNTERS,
};

enum bfddp_flag {
	BFDDP_MULTIHOP	= 0x01,
	BFDDP_DEMAND	= 0x02,
	BFDDP_CBIT	= 0x04,
	BFDDP_ECHO	= 0x08,
	BFDDP_IPV6	= 0x10,
	BFDDP_PASSIVE	= 0x20,
	BFDDP_SHUTDOWN	= 0x40,
};

/* Of the peer, in BFDDP_STATE_CHANGE. */
enum bfddp_remote_flag {
	BFDDP_REMOTE_CPI	= 0x1,
	BFDDP_REMOTE_DEMAND	= 0x2,
};

struct bfddp_header {
	uint8_t version;
	uint16_t type;			/* enum bfddp_type, or one we do not know */
	uint16_t id;			/* 0: answers nothing and wants no answer */
	uint16_t length;		/* of the whole message */
};

/* BFDDP_ADD_SESSION and BFDDP_DELETE_SESSION. An address of IPv4 has its first 4 bytes. */
struct bfddp_session {
	uint32_t flags;
	uint8_t src[16];		/* all zero: whichever routing chooses */
	uint8_t dst[16];
	uint32_t lid;			/* bfdd's name of the session, never 0 */
	uint32_t min_tx_us;
	uint32_t min_rx_us;
	uint8_t ttl;
	uint8_t detect_mult;
	uint32_t ifindex;		/* 0: none, or not known yet */
	char ifname[BFDDP_IFNAME_LEN];	/* ends with NUL */
};

/* BFDDP_STATE_CHANGE: our state, the peer's values. */
struct bfddp_state {
	uint32_t lid;
	uint32_t remote_id;
	uint32_t remote_flags;
	uint32_t desired_tx_us;
	uint32_t required_rx_us;
	uint32_t required_echo_rx_us;
	uint8_t state;
	uint8_t diagnostic;
	uint8_t detect_mult;
};

/* BFDDP_COUNTERS; echo packets there are none. */
struct bfddp_counters {
	uint32_t lid;
	uint64_t in_bytes;
	uint64_t in_packets;
	uint64_t out_bytes;
	uint64_t out_packets;
};

enum bfddp_frame {
	BFDDP_PARTIAL,			/* more is to come */
	BFDDP_WHOLE,
	BFDDP_BROKEN,			/* and nothing after it can be trusted */
};

/* Is there a whole message in the @len bytes of @data? Its header, if so. */
enum bfddp_frame bfddp_frame(struct bfddp_header *header, const uint8_t *data, size_t len);

/* Reads the whole message @data of @len bytes; false: it makes no sense. */
bool bfddp_get_session(struct bfddp_session *session, const uint8_t *data, size_t len);
bool bfddp_get_lid(uint32_t *lid, const uint8_t *data, size_t len);

/* Each writes a message, with the numbers of @header, and returns its length. */
size_t bfddp_put_state(uint8_t *data, const struct bfddp_header *header,
		       const struct bfddp_state *state);
size_t bfddp_put_counters(uint8_t *data, const struct bfddp_header *header,
			  const struct bfddp_counters *counters);

/* To be answered after all that is on its way; its times are 0. */
size_t bfddp_put_echo_request(uint8_t *data, const struct bfddp_header *header);

/* Answers the echo request @request; NULL: none, its times are 0. */
size_t bfddp_put_echo_reply(uint8_t *data, const struct bfddp_header *header,
			    const uint8_t *request);

#endif /* BFD_FRRD_BFDDP_H */
