// SPDX-License-Identifier: GPL-2.0
/*
 * The protocol between FRR's bfdd and a data plane: messages as bytes.
 *
 *	header		0 version  1 zero  2 type  4 id  6 length
 *	echo		8 our time  16 bfdd's time
 *	session		8 flags  12 source  28 destination  44 lid  48 min-tx
 *			52 min-rx  56 min-echo-tx  60 min-echo-rx  64 hold time
 *			68 ttl  69 mult  70 zero  72 ifindex  76 ifname
 *	state		8 lid  12 remote id  16 remote flags  20 desired tx
 *			24 required rx  28 required echo rx  32 state  33 diag
 *			34 mult  35 zero
 *	counters	8 lid  12 zero  16 in: bytes, packets  32 out: bytes,
 *			packets  48 the same four of echo
 *	request		8 lid
 */
#include <string.h>

#include "bfddp.h"

#define SESSION_LEN	140
#define REQUEST_LEN	12

static uint16_t get16(const uint8_t *at)
{
	return at[0] << 8 | at[1];
}

static uint32_t get32(const uint8_t *at)
{
	return (uint32_t)get16(at) << 16 | get16(at + 2);
}

static void put16(uint8_t *at, uint16_t value)
{
	at[0] = value >> 8;
	at[1] = value;
}

static void put32(uint8_t *at, uint32_t value)
{
	put16(at, value >> 16);
	put16(at + 2, value);
}

static void put64(uint8_t *at, uint64_t value)
{
	put32(at, value >> 32);
	put32(at + 4, value);
}

enum bfddp_frame bfddp_frame(struct bfddp_header *header, const uint8_t *data, size_t len)
{
	if (len < BFDDP_HEADER_LEN)
		return BFDDP_PARTIAL;
	*header = (struct bfddp_header){
		.version = data[0],
		.type = get16(data + 2),
		.id = get16(data + 4),
		.length = get16(data + 6),
	};
	if (!header->version || header->length < BFDDP_HEADER_LEN)
		return BFDDP_BROKEN;
	return header->length <= len ? BFDDP_WHOLE : BFDDP_PARTIAL;
}

bool bfddp_get_session(struct bfddp_session *session, const uint8_t *data, size_t len)
{
	if (len < SESSION_LEN)
		return false;
	*session = (struct bfddp_session){
		.flags = get32(data + 8),
		.lid = get32(data + 44),
		.min_tx_us = get32(data + 48),
		.min_rx_us = get32(data + 52),
		.ttl = data[68],
		.detect_mult = data[69],
		.ifindex = get32(data + 72),
	};
	memcpy(session->src, data + 12, sizeof(session->src));
	memcpy(session->dst, data + 28, sizeof(session->dst));
	memcpy(session->ifname, data + 76, sizeof(session->ifname));
	return session->lid && session->detect_mult &&
	       memchr(session->ifname, '\0', sizeof(session->ifname));
}

bool bfddp_get_lid(uint32_t *lid, const uint8_t *data, size_t len)
{
	if (len < REQUEST_LEN)
		return false;
	*lid = get32(data + 8);
	return true;
}

static void put_header(uint8_t *data, const struct bfddp_header *header, uint16_t type,
		       uint16_t length)
{
	memset(data, 0, length);
	data[0] = header->version;
	put16(data + 2, type);
	put16(data + 4, header->id);
	put16(data + 6, length);
}

size_t bfddp_put_state(uint8_t *data, const struct bfddp_header *header,
		       const struct bfddp_state *state)
{
	put_header(data, header, BFDDP_STATE_CHANGE, BFDDP_STATE_LEN);
	put32(data + 8, state->lid);
	put32(data + 12, state->remote_id);
	put32(data + 16, state->remote_flags);
	put32(data + 20, state->desired_tx_us);
	put32(data + 24, state->required_rx_us);
	put32(data + 28, state->required_echo_rx_us);
	data[32] = state->state;
	data[33] = state->diagnostic;
	data[34] = state->detect_mult;
	return BFDDP_STATE_LEN;
}

size_t bfddp_put_counters(uint8_t *data, const struct bfddp_header *header,
			  const struct bfddp_counters *counters)
{
	put_header(data, header, BFDDP_COUNTERS, BFDDP_COUNTERS_LEN);
	put32(data + 8, counters->lid);
	put64(data + 16, counters->in_bytes);
	put64(data + 24, counters->in_packets);
	put64(data + 32, counters->out_bytes);
	put64(data + 40, counters->out_packets);
	return BFDDP_COUNTERS_LEN;
}

size_t bfddp_put_echo_request(uint8_t *data, const struct bfddp_header *header)
{
	put_header(data, header, BFDDP_ECHO_REQUEST, BFDDP_ECHO_LEN);
	return BFDDP_ECHO_LEN;
}

size_t bfddp_put_echo_reply(uint8_t *data, const struct bfddp_header *header,
			    const uint8_t *request)
{
	put_header(data, header, BFDDP_ECHO_REPLY, BFDDP_ECHO_LEN);
	if (request)
		memcpy(data + BFDDP_HEADER_LEN, request + BFDDP_HEADER_LEN,
		       BFDDP_ECHO_LEN - BFDDP_HEADER_LEN);
	return BFDDP_ECHO_LEN;
}
