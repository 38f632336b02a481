// SPDX-License-Identifier: GPL-2.0
/*
 * Any stream that bfdd could send: what is taken for a message is inside of what
 * came, what is read of it is what was put there, and what is written is read back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bfddp.h"

#define must(condition) do {						\
	if (!(condition)) {						\
		fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
		abort();						\
	}								\
} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t number(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3];
}

/* In memory of its own, so that a byte too far is seen. */
static void take_session(const uint8_t *data, size_t len)
{
	struct bfddp_session session;

	if (!bfddp_get_session(&session, data, len)) {
		must(len < 140 || !number(data + 44) || !data[69] || !memchr(data + 76, 0, 64));
		return;
	}
	must(len >= 140 && session.lid && session.detect_mult);
	must(session.lid == number(data + 44) && session.flags == number(data + 8));
	must(!memcmp(session.src, data + 12, 16) && !memcmp(session.dst, data + 28, 16));
	must(strlen(session.ifname) < sizeof(session.ifname));
}

static void check_written(const struct bfddp_header *header, const uint8_t *data, size_t len,
			  uint16_t type, uint16_t id)
{
	struct bfddp_header again;

	must(bfddp_frame(&again, data, len - 1) == BFDDP_PARTIAL);
	must(bfddp_frame(&again, data, len) == BFDDP_WHOLE && again.length == len);
	must(again.version == header->version && again.type == type && again.id == id);
}

static void answer(const struct bfddp_header *header, const uint8_t *data)
{
	uint8_t *reply = malloc(BFDDP_COUNTERS_LEN);
	struct bfddp_counters counters = { 0 };
	struct bfddp_state state = { 0 };
	size_t len;

	if (bfddp_get_lid(&counters.lid, data, header->length)) {
		must(header->length >= 12 && counters.lid == number(data + 8));
		len = bfddp_put_counters(reply, header, &counters);
		check_written(header, reply, len, BFDDP_COUNTERS, header->id);
		must(number(reply + 8) == counters.lid);
	} else {
		must(header->length < 12);
	}
	state.lid = counters.lid;
	len = bfddp_put_state(reply, header, &state);
	check_written(header, reply, len, BFDDP_STATE_CHANGE, header->id);
	if (header->length >= BFDDP_ECHO_LEN) {
		len = bfddp_put_echo_reply(reply, header, data);
		check_written(header, reply, len, BFDDP_ECHO_REPLY, header->id);
		must(!memcmp(reply + 8, data + 8, len - 8));
	}
	free(reply);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bfddp_header header;
	enum bfddp_frame frame;
	uint8_t *message;
	size_t at = 0;

	while (at < size) {
		frame = bfddp_frame(&header, data + at, size - at);
		if (frame == BFDDP_PARTIAL)
			must(size - at < 8 || size - at < header.length);
		if (frame != BFDDP_WHOLE)
			break;
		must(header.length >= 8 && header.length <= size - at);
		message = malloc(header.length);
		memcpy(message, data + at, header.length);
		take_session(message, header.length);
		answer(&header, message);
		free(message);
		at += header.length;
	}
	return 0;
}
