// SPDX-License-Identifier: GPL-2.0
/*
 * EAPOL and EAP, byte by byte and with every length: what is taken, and for
 * what reason all else is not (802.1X-2004 7.5, RFC 3748 4).
 */
#include <kunit/test.h>
#include <linux/dot1x.h>
#include <linux/string.h>
#include <dot1x/eapol.h>

#define PADDED	60	/* the shortest frame of Ethernet, and its header gone, is 46 */

static const u8 start_frame[] = { 1, 1, 0, 0 };
static const u8 logoff_frame[] = { 2, 2, 0, 0 };
/* Response/Identity "joe" */
static const u8 identity_frame[] = { 2, 0, 0, 8, 2, 0xa5, 0, 8, 1, 'j', 'o', 'e' };

/* The frame at the beginning of a longer one */
static void pad(u8 to[PADDED], const u8 *frame, size_t len)
{
	memset(to, 0xee, PADDED);
	memcpy(to, frame, len);
}

static void start_is_read(struct kunit *test)
{
	struct dot1x_eapol eapol;

	KUNIT_ASSERT_EQ(test, dot1x_eapol_parse(&eapol, start_frame, sizeof(start_frame)), 0);
	KUNIT_EXPECT_EQ(test, eapol.version, 1);
	KUNIT_EXPECT_EQ(test, eapol.type, DOT1X_EAPOL_START);
}

static void logoff_is_read(struct kunit *test)
{
	struct dot1x_eapol eapol;

	KUNIT_ASSERT_EQ(test, dot1x_eapol_parse(&eapol, logoff_frame, sizeof(logoff_frame)), 0);
	KUNIT_EXPECT_EQ(test, eapol.version, 2);
	KUNIT_EXPECT_EQ(test, eapol.type, DOT1X_EAPOL_LOGOFF);
}

static void response_is_read(struct kunit *test)
{
	struct dot1x_eapol eapol;

	memset(&eapol, 0xff, sizeof(eapol));
	KUNIT_ASSERT_EQ(test, dot1x_eapol_parse(&eapol, identity_frame, sizeof(identity_frame)), 0);
	KUNIT_EXPECT_EQ(test, eapol.version, 2);
	KUNIT_EXPECT_EQ(test, eapol.type, DOT1X_EAPOL_PACKET);
	KUNIT_EXPECT_EQ(test, eapol.eap_off, 4);
	KUNIT_EXPECT_EQ(test, eapol.eap.code, DOT1X_EAP_RESPONSE);
	KUNIT_EXPECT_EQ(test, eapol.eap.identifier, 0xa5);
	KUNIT_EXPECT_EQ(test, eapol.eap.type, DOT1X_EAP_TYPE_IDENTITY);
	KUNIT_EXPECT_EQ(test, eapol.eap.len, 8);
}

/* 802.1X-2004 7.5.7: any version but 0, and none is read differently */
static void every_version_but_zero_is_taken(struct kunit *test)
{
	unsigned int version;

	for (version = 0; version < 256; version++) {
		struct dot1x_eapol eapol;
		u8 frame[PADDED];

		pad(frame, identity_frame, sizeof(identity_frame));
		frame[0] = version;
		KUNIT_EXPECT_EQ_MSG(test, dot1x_eapol_parse(&eapol, frame, sizeof(frame)),
				    version ? 0 : DOT1X_COUNTER_DROP_EAPOL_VERSION,
				    "version %u", version);
		if (version) {
			KUNIT_EXPECT_EQ(test, eapol.version, version);
			KUNIT_EXPECT_EQ(test, eapol.eap.len, 8);
		}
	}
}

/* 802.1X-2004 7.5.4 has types 0 to 4, 802.1X-2010 11.3.2 adds 5 to 8 */
static void every_type_has_its_reason(struct kunit *test)
{
	unsigned int type;

	for (type = 0; type < 256; type++) {
		struct dot1x_eapol eapol;
		int expected = 0;
		u8 frame[PADDED];

		if (type > 2)
			expected = DOT1X_COUNTER_DROP_EAPOL_TYPE;
		if (type > 8)
			expected = DOT1X_COUNTER_INVALID_RX;
		pad(frame, identity_frame, sizeof(identity_frame));
		frame[1] = type;
		KUNIT_EXPECT_EQ_MSG(test, dot1x_eapol_parse(&eapol, frame, sizeof(frame)), expected,
				    "type %u", type);
		if (!expected)
			KUNIT_EXPECT_EQ(test, eapol.type, type);
	}
}

/* Of each frame everything that can be cut off, and nothing read beyond it: the
 * bytes lie at the end of an allocation that KASAN guards
 */
static void cut_frames_are_refused(struct kunit *test)
{
	static const struct {
		const u8 *data;
		size_t len;
	} frames[] = {
		{ start_frame, sizeof(start_frame) },
		{ logoff_frame, sizeof(logoff_frame) },
		{ identity_frame, sizeof(identity_frame) },
	};
	unsigned int i, len;

	for (i = 0; i < ARRAY_SIZE(frames); i++) {
		for (len = 1; len <= frames[i].len; len++) {
			u8 *copy = kunit_kzalloc(test, len, GFP_KERNEL);
			struct dot1x_eapol eapol;
			int expected = 0;

			KUNIT_ASSERT_NOT_NULL(test, copy);
			memcpy(copy, frames[i].data, len);
			if (len < frames[i].len)
				expected = DOT1X_COUNTER_LENGTH_ERROR_RX;
			KUNIT_EXPECT_EQ_MSG(test, dot1x_eapol_parse(&eapol, copy, len), expected,
					    "%u of %zu bytes", len, frames[i].len);
		}
	}
	KUNIT_EXPECT_EQ(test, dot1x_eapol_parse(NULL, NULL, 0), DOT1X_COUNTER_LENGTH_ERROR_RX);
}

/* Padding follows the body: its bytes are not looked at */
static void padding_is_ignored(struct kunit *test)
{
	unsigned int len;

	for (len = sizeof(identity_frame); len <= PADDED; len++) {
		struct dot1x_eapol eapol;
		u8 frame[PADDED];

		pad(frame, identity_frame, sizeof(identity_frame));
		KUNIT_EXPECT_EQ(test, dot1x_eapol_parse(&eapol, frame, len), 0);
		KUNIT_EXPECT_EQ(test, eapol.eap.len, 8);
	}
}

/* Start and Logoff: whatever body there is must be within the frame */
static void body_is_within_the_frame(struct kunit *test)
{
	unsigned int body_len;

	for (body_len = 0; body_len < 65536; body_len++) {
		struct dot1x_eapol eapol;
		u8 frame[PADDED];
		int expected = 0;

		if (body_len > PADDED - 4)
			expected = DOT1X_COUNTER_LENGTH_ERROR_RX;
		pad(frame, start_frame, sizeof(start_frame));
		frame[2] = body_len >> 8;
		frame[3] = body_len;
		if (dot1x_eapol_parse(&eapol, frame, sizeof(frame)) != expected) {
			KUNIT_FAIL(test, "body of %u bytes", body_len);
			return;
		}
	}
}

/* Every Packet Body Length a frame may have, with every Length an EAP packet in
 * it may have: 802.1X-2004 7.5.5, RFC 3748 4.1
 */
static void eap_is_within_the_body(struct kunit *test)
{
	unsigned int body_len, eap_len;

	for (body_len = 0; body_len < PADDED + 4; body_len++) {
		for (eap_len = 0; eap_len < PADDED + 4; eap_len++) {
			bool fits = body_len <= PADDED - 4 && eap_len >= 5 && eap_len <= body_len;
			struct dot1x_eapol eapol;
			u8 frame[PADDED];
			int drop;

			pad(frame, identity_frame, sizeof(identity_frame));
			frame[3] = body_len;
			frame[7] = eap_len;
			drop = dot1x_eapol_parse(&eapol, frame, sizeof(frame));
			KUNIT_EXPECT_EQ_MSG(test, drop, fits ? 0 : DOT1X_COUNTER_LENGTH_ERROR_RX,
					    "body %u EAP %u", body_len, eap_len);
			if (fits)
				KUNIT_EXPECT_EQ(test, eapol.eap.len, eap_len);
		}
	}
}

/* A long packet: both bytes of both lengths, and what the agent can be given */
static void long_packets_end_at_the_maximum(struct kunit *test)
{
	unsigned int room = 4 + DOT1X_EAP_MAX + 1, len;
	u8 *frame = kunit_kzalloc(test, room, GFP_KERNEL);
	struct dot1x_eapol eapol;

	KUNIT_ASSERT_NOT_NULL(test, frame);
	for (len = 250; len <= DOT1X_EAP_MAX + 1; len++) {
		int expected = len > DOT1X_EAP_MAX ? DOT1X_COUNTER_LENGTH_ERROR_RX : 0;

		memcpy(frame, identity_frame, 9);
		frame[2] = len >> 8;
		frame[3] = len;
		frame[6] = len >> 8;
		frame[7] = len;
		KUNIT_EXPECT_EQ_MSG(test, dot1x_eapol_parse(&eapol, frame, room), expected,
				    "EAP of %u bytes", len);
		KUNIT_EXPECT_EQ_MSG(test, dot1x_eapol_parse(&eapol, frame, 4 + len - 1),
				    DOT1X_COUNTER_LENGTH_ERROR_RX, "a byte less than %u", len);
	}
}

/* From a supplicant a Response only; RFC 3748 4 knows 1 to 4 */
static void every_code_has_its_reason(struct kunit *test)
{
	unsigned int code, len;

	for (code = 0; code < 256; code++) {
		for (len = 4; len <= 8; len++) {
			int expected = code == 2 ? 0 : DOT1X_COUNTER_DROP_EAP_CODE;
			struct dot1x_eapol eapol;
			u8 frame[PADDED];

			/* A Request or Response has a Type, the others have nothing */
			if ((code == 1 || code == 2) && len == 4)
				expected = DOT1X_COUNTER_LENGTH_ERROR_RX;
			if ((code == 3 || code == 4) && len > 4)
				expected = DOT1X_COUNTER_LENGTH_ERROR_RX;
			pad(frame, identity_frame, sizeof(identity_frame));
			frame[4] = code;
			frame[7] = len;
			KUNIT_EXPECT_EQ_MSG(test, dot1x_eapol_parse(&eapol, frame, sizeof(frame)),
					    expected, "code %u length %u", code, len);
		}
	}
}

/* What an agent says: all four codes */
static void eap_of_an_agent_is_read(struct kunit *test)
{
	static const u8 request[] = { 1, 9, 0, 6, 4, 1, 0xee };
	static const u8 success[] = { 3, 10, 0, 4, 0xee };
	static const u8 failure[] = { 4, 11, 0, 4 };
	struct dot1x_eap eap;

	KUNIT_EXPECT_EQ(test, dot1x_eap_parse(&eap, request, sizeof(request)), 0);
	KUNIT_EXPECT_EQ(test, eap.code, DOT1X_EAP_REQUEST);
	KUNIT_EXPECT_EQ(test, eap.identifier, 9);
	KUNIT_EXPECT_EQ(test, eap.len, 6);
	KUNIT_EXPECT_EQ(test, eap.type, 4);

	KUNIT_EXPECT_EQ(test, dot1x_eap_parse(&eap, success, sizeof(success)), 0);
	KUNIT_EXPECT_EQ(test, eap.code, DOT1X_EAP_SUCCESS);
	KUNIT_EXPECT_EQ(test, eap.identifier, 10);
	KUNIT_EXPECT_EQ(test, eap.type, 0);

	KUNIT_EXPECT_EQ(test, dot1x_eap_parse(&eap, failure, sizeof(failure)), 0);
	KUNIT_EXPECT_EQ(test, eap.code, DOT1X_EAP_FAILURE);
	KUNIT_EXPECT_EQ(test, eap.identifier, 11);
}

static void headers_are_written(struct kunit *test)
{
	static const u8 expected[] = { 0xee, 2, 0, 0x12, 0x34, 3, 0x9a, 0x56, 0x78, 0xee };
	u8 bytes[sizeof(expected)];

	memset(bytes, 0xee, sizeof(bytes));
	dot1x_eapol_header(bytes + 1, DOT1X_EAPOL_PACKET, 0x1234);
	dot1x_eap_header(bytes + 5, DOT1X_EAP_SUCCESS, 0x9a, 0x5678);
	KUNIT_EXPECT_EQ(test, memcmp(bytes, expected, sizeof(bytes)), 0);
}

static void identity_request_is_written(struct kunit *test)
{
	unsigned int identifier;

	for (identifier = 0; identifier < 256; identifier++) {
		const u8 expected[] = { 2, 0, 0, 5, 1, identifier, 0, 5, 1, 0xee };
		u8 bytes[sizeof(expected)];

		memset(bytes, 0xee, sizeof(bytes));
		dot1x_identity_request(bytes, identifier);
		KUNIT_EXPECT_EQ(test, memcmp(bytes, expected, sizeof(bytes)), 0);
	}
}

static struct kunit_case dot1x_eapol_cases[] = {
	KUNIT_CASE(start_is_read),
	KUNIT_CASE(logoff_is_read),
	KUNIT_CASE(response_is_read),
	KUNIT_CASE(every_version_but_zero_is_taken),
	KUNIT_CASE(every_type_has_its_reason),
	KUNIT_CASE(cut_frames_are_refused),
	KUNIT_CASE(padding_is_ignored),
	KUNIT_CASE(body_is_within_the_frame),
	KUNIT_CASE(eap_is_within_the_body),
	KUNIT_CASE(long_packets_end_at_the_maximum),
	KUNIT_CASE(every_code_has_its_reason),
	KUNIT_CASE(eap_of_an_agent_is_read),
	KUNIT_CASE(headers_are_written),
	KUNIT_CASE(identity_request_is_written),
	{ }
};

static struct kunit_suite dot1x_eapol_suite = {
	.name = "dot1x_eapol",
	.test_cases = dot1x_eapol_cases,
};

kunit_test_suite(dot1x_eapol_suite);
