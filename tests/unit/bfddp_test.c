// SPDX-License-Identifier: GPL-2.0
/*
 * The codec of bfdd's protocol, byte by byte.
 */
#include <string.h>

#include "bfd-frrd/bfddp.h"
#include "unit.h"

static void test_frame(void)
{
	static const uint8_t data[] = { 1, 0, 0x12, 0x34, 0x56, 0x78, 0, 12, 9, 9, 9, 9 };
	static const uint8_t empty[] = { 1, 0, 0, 5, 0, 0, 0, 0 };
	static const uint8_t short_one[] = { 1, 0, 0, 5, 0, 0, 0, 7 };
	static const uint8_t no_version[] = { 0, 0, 0, 5, 0, 0, 0, 8 };
	struct bfddp_header header;
	size_t len;

	for (len = 0; len < sizeof(data); len++)
		if (bfddp_frame(&header, data, len) != BFDDP_PARTIAL)
			break;
	check(len == sizeof(data), "a part of a message is not taken for a whole");
	check(bfddp_frame(&header, data, sizeof(data)) == BFDDP_WHOLE, "a whole one is");
	check(header.version == 1 && header.type == 0x1234 && header.id == 0x5678 &&
	      header.length == 12, "its header is read, whatever its type");
	check(bfddp_frame(&header, empty, 8) == BFDDP_BROKEN &&
	      bfddp_frame(&header, short_one, 8) == BFDDP_BROKEN,
	      "a length below the header's is nonsense");
	check(bfddp_frame(&header, no_version, 8) == BFDDP_BROKEN, "and so is version 0");
}

static void make_session(uint8_t data[140])
{
	int i;

	for (i = 0; i < 140; i++)
		data[i] = i;
	memset(data + 76, 0, 64);
	strcpy((char *)data + 76, "eth0.100");
}

static void test_session(void)
{
	struct bfddp_session session;
	uint8_t data[300] = { 0 };
	size_t len;

	make_session(data);
	check(bfddp_get_session(&session, data, 140), "a session");
	check(session.flags == 0x08090a0b, "flags");
	check(session.src[0] == 12 && session.src[15] == 27, "source");
	check(session.dst[0] == 28 && session.dst[15] == 43, "destination");
	check(session.lid == 0x2c2d2e2f, "its number");
	check(session.min_tx_us == 0x30313233 && session.min_rx_us == 0x34353637, "intervals");
	check(session.ttl == 68 && session.detect_mult == 69, "TTL and multiplier");
	check(session.ifindex == 0x48494a4b, "index of the device");
	check_text(session.ifname, "eth0.100", "name of the device");
	check(bfddp_get_session(&session, data, sizeof(data)), "a longer one is the same");

	for (len = 8; len < 140; len++)
		if (bfddp_get_session(&session, data, len))
			break;
	check(len == 140, "a shorter one is none");
	memset(data + 76, 'x', 64);
	check(!bfddp_get_session(&session, data, 140), "a name without an end");
	make_session(data);
	memset(data + 44, 0, 4);
	check(!bfddp_get_session(&session, data, 140), "no number");
	make_session(data);
	data[69] = 0;
	check(!bfddp_get_session(&session, data, 140), "a multiplier of 0");
}

static void test_lid(void)
{
	static const uint8_t data[12] = { 1, 0, 0, 5, 0, 7, 0, 12, 0xde, 0xad, 0xbe, 0xef };
	uint32_t lid = 0;

	check(bfddp_get_lid(&lid, data, 12) && lid == 0xdeadbeef, "a request for counters");
	check(!bfddp_get_lid(&lid, data, 11), "which is too short");
}

static void test_state(void)
{
	static const struct bfddp_header header = { .version = 2 };
	static const struct bfddp_state state = {
		.lid = 0x01020304,
		.remote_id = 0x05060708,
		.remote_flags = BFDDP_REMOTE_DEMAND,
		.desired_tx_us = 0x11121314,
		.required_rx_us = 0x15161718,
		.required_echo_rx_us = 0x191a1b1c,
		.state = 3,
		.diagnostic = 7,
		.detect_mult = 5,
	};
	static const uint8_t want[BFDDP_STATE_LEN] = {
		2, 0, 0, 4, 0, 0, 0, 36,
		1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 2,
		0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c,
		3, 7, 5, 0,
	};
	uint8_t data[BFDDP_STATE_LEN];

	memset(data, 0xff, sizeof(data));
	check(bfddp_put_state(data, &header, &state) == sizeof(want) &&
	      !memcmp(data, want, sizeof(want)), "a change of state, in the version asked for");
}

static void test_counters(void)
{
	static const struct bfddp_header header = { .version = 1, .id = 0x0102 };
	static const struct bfddp_counters counters = {
		.lid = 9,
		.in_bytes = 0x0102030405060708,
		.in_packets = 2,
		.out_bytes = 3,
		.out_packets = 4,
	};
	static const uint8_t want[BFDDP_COUNTERS_LEN] = {
		1, 0, 0, 6, 1, 2, 0, 80, 0, 0, 0, 9, 0, 0, 0, 0,
		1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 2,
		0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4,
	};
	uint8_t data[BFDDP_COUNTERS_LEN];

	memset(data, 0xff, sizeof(data));
	check(bfddp_put_counters(data, &header, &counters) == sizeof(want) &&
	      !memcmp(data, want, sizeof(want)), "counters, with the request's id");
}

static void test_echo(void)
{
	static const struct bfddp_header header = { .version = 1, .id = 3 };
	static const uint8_t want[8] = { 1, 0, 0, 1, 0, 3, 0, 24 };
	static const uint8_t asked[8] = { 1, 0, 0, 0, 0, 3, 0, 24 };
	uint8_t request[BFDDP_ECHO_LEN], data[BFDDP_ECHO_LEN];

	memset(request, 0xab, sizeof(request));
	check(bfddp_put_echo_reply(data, &header, request) == 24 && !memcmp(data, want, 8) &&
	      !memcmp(data + 8, request + 8, 16), "an echo reply has the request's times");
	memset(request, 0, sizeof(request));
	bfddp_put_echo_reply(data, &header, NULL);
	check(!memcmp(data + 8, request + 8, 16), "or none");
	memset(data, 0xab, sizeof(data));
	check(bfddp_put_echo_request(data, &header) == 24 && !memcmp(data, asked, 8) &&
	      !memcmp(data + 8, request + 8, 16), "an echo request has none");
}

int main(void)
{
	test_frame();
	test_session();
	test_lid();
	test_state();
	test_counters();
	test_echo();
	return unit_done();
}
