// SPDX-License-Identifier: GPL-2.0
/*
 * The codec: RFC 5880 4.1 byte by byte, and those discard rules of 6.8.6 that
 * need no session.
 */
#include <kunit/test.h>
#include <linux/bfd.h>
#include <linux/bitops.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <bfd/packet.h>

#define RANDOM_ROUNDS	20000

/* A packet that must be taken. No byte of it equals another, but for those the
 * protocol fixes.
 */
static const u8 good_bytes[BFD_PACKET_LEN] = {
	0x23, 0xe8, 0x05, 0x18,
	0x01, 0x02, 0x03, 0x04,
	0x11, 0x12, 0x13, 0x14,
	0x21, 0x22, 0x24, 0x25,
	0x31, 0x32, 0x33, 0x34,
	0x41, 0x42, 0x43, 0x44,
};

static const struct bfd_packet good_packet = {
	.diag = BFD_DIAG_NEIGHBOR_DOWN,
	.state = BFD_STATE_UP,
	.flags = BFD_FLAG_POLL | BFD_FLAG_CPI,
	.detect_mult = 5,
	.length = 24,
	.my_discr = 0x01020304,
	.your_discr = 0x11121314,
	.desired_min_tx_us = 0x21222425,
	.required_min_rx_us = 0x31323334,
	.required_min_echo_rx_us = 0x41424344,
};

/* What parse() must overwrite: a field it leaves alone shows */
static void stain(struct bfd_packet *pkt)
{
	memset(pkt, 0xa5, sizeof(*pkt));
}

static bool same_packet(const struct bfd_packet *a, const struct bfd_packet *b)
{
	return a->diag == b->diag && a->state == b->state && a->flags == b->flags &&
	       a->detect_mult == b->detect_mult && a->length == b->length &&
	       a->my_discr == b->my_discr && a->your_discr == b->your_discr &&
	       a->desired_min_tx_us == b->desired_min_tx_us &&
	       a->required_min_rx_us == b->required_min_rx_us &&
	       a->required_min_echo_rx_us == b->required_min_echo_rx_us;
}

static void put_field(u8 *p, u32 value)
{
	p[0] = value >> 24;
	p[1] = value >> 16;
	p[2] = value >> 8;
	p[3] = value;
}

static void parse_reads_every_field(struct kunit *test)
{
	struct bfd_packet pkt;

	stain(&pkt);
	KUNIT_ASSERT_EQ(test, bfd_packet_parse(&pkt, good_bytes, sizeof(good_bytes)), 0);

	KUNIT_EXPECT_EQ(test, pkt.diag, good_packet.diag);
	KUNIT_EXPECT_EQ(test, pkt.state, good_packet.state);
	KUNIT_EXPECT_EQ(test, pkt.flags, good_packet.flags);
	KUNIT_EXPECT_EQ(test, pkt.detect_mult, good_packet.detect_mult);
	KUNIT_EXPECT_EQ(test, pkt.length, good_packet.length);
	KUNIT_EXPECT_EQ(test, pkt.my_discr, good_packet.my_discr);
	KUNIT_EXPECT_EQ(test, pkt.your_discr, good_packet.your_discr);
	KUNIT_EXPECT_EQ(test, pkt.desired_min_tx_us, good_packet.desired_min_tx_us);
	KUNIT_EXPECT_EQ(test, pkt.required_min_rx_us, good_packet.required_min_rx_us);
	KUNIT_EXPECT_EQ(test, pkt.required_min_echo_rx_us, good_packet.required_min_echo_rx_us);
}

/* RFC 5880 4.1, third to sixth word: what the good packet says with byte @i
 * replaced by @value
 */
static void change_word(struct bfd_packet *pkt, unsigned int i, u8 value)
{
	u32 *words[] = {
		&pkt->my_discr, &pkt->your_discr, &pkt->desired_min_tx_us,
		&pkt->required_min_rx_us, &pkt->required_min_echo_rx_us,
	};
	u32 *word = words[i / 4 - 1];
	unsigned int shift = 24 - i % 4 * 8;

	*word = (*word & ~(0xffu << shift)) | (u32)value << shift;
}

/* RFC 5880 4.1 and 6.8.6: the same for any byte, and why it may be refused */
static int change_byte(struct bfd_packet *pkt, unsigned int i, u8 value)
{
	switch (i) {
	case 0:
		pkt->diag = value % 32;
		return value / 32 == 1 ? 0 : BFD_COUNTER_DROP_VERSION;
	case 1:
		pkt->state = value / 64;
		pkt->flags = value % 64;
		if (value & 0x04)
			return BFD_COUNTER_DROP_LENGTH;
		return value & 0x01 ? BFD_COUNTER_DROP_MULTIPOINT : 0;
	case 2:
		pkt->detect_mult = value;
		return value ? 0 : BFD_COUNTER_DROP_MULT_ZERO;
	case 3:
		pkt->length = value;
		return value == 24 ? 0 : BFD_COUNTER_DROP_LENGTH;
	default:
		change_word(pkt, i, value);
		return 0;
	}
}

struct byte_param {
	u8 i;
	const char *holds;
};

static const struct byte_param byte_params[] = {
	{ 0, "Vers and Diag" }, { 1, "Sta and the flags" }, { 2, "Detect Mult" }, { 3, "Length" },
	{ 4, "My Discriminator" }, { 5, "My Discriminator" },
	{ 6, "My Discriminator" }, { 7, "My Discriminator" },
	{ 8, "Your Discriminator" }, { 9, "Your Discriminator" },
	{ 10, "Your Discriminator" }, { 11, "Your Discriminator" },
	{ 12, "Desired Min TX" }, { 13, "Desired Min TX" },
	{ 14, "Desired Min TX" }, { 15, "Desired Min TX" },
	{ 16, "Required Min RX" }, { 17, "Required Min RX" },
	{ 18, "Required Min RX" }, { 19, "Required Min RX" },
	{ 20, "Required Min Echo RX" }, { 21, "Required Min Echo RX" },
	{ 22, "Required Min Echo RX" }, { 23, "Required Min Echo RX" },
};

static void byte_describe(const struct byte_param *param, char *out)
{
	snprintf(out, KUNIT_PARAM_DESC_SIZE, "byte %u: %s", param->i, param->holds);
}

KUNIT_ARRAY_PARAM(byte, byte_params, byte_describe);

static void byte_changes_its_field_alone(struct kunit *test)
{
	const struct byte_param *param = test->param_value;
	unsigned int value;

	for (value = 0; value < 256; value++) {
		struct bfd_packet pkt, expected = good_packet;
		u8 bytes[BFD_PACKET_LEN];
		int drop;

		memcpy(bytes, good_bytes, sizeof(bytes));
		bytes[param->i] = value;
		drop = change_byte(&expected, param->i, value);
		stain(&pkt);

		KUNIT_ASSERT_EQ_MSG(test, bfd_packet_parse(&pkt, bytes, sizeof(bytes)), drop,
				    "value %#x", value);
		if (!drop)
			KUNIT_ASSERT_TRUE_MSG(test, same_packet(&pkt, &expected), "value %#x",
					      value);
	}
}

struct edit_param {
	const char *about;
	u8 at;
	u8 bytes;
	u8 value[4];
	u8 payload;
	int drop;
};

static const struct edit_param edit_params[] = {
	{ "nothing is wrong", 0, 1, { 0x23 }, 24, 0 },
	{ "version 0", 0, 1, { 0x03 }, 24, BFD_COUNTER_DROP_VERSION },
	{ "version 2", 0, 1, { 0x43 }, 24, BFD_COUNTER_DROP_VERSION },
	{ "version 3, the bit of version 1 set", 0, 1, { 0x63 }, 24, BFD_COUNTER_DROP_VERSION },
	{ "version 5, the bit of version 1 set", 0, 1, { 0xa3 }, 24, BFD_COUNTER_DROP_VERSION },
	{ "version 7", 0, 1, { 0xe3 }, 24, BFD_COUNTER_DROP_VERSION },
	{ "payload of 23", 0, 1, { 0x23 }, 23, BFD_COUNTER_DROP_TOO_SHORT },
	{ "payload of 25", 0, 1, { 0x23 }, 25, 0 },
	{ "Length 23", 3, 1, { 23 }, 24, BFD_COUNTER_DROP_LENGTH },
	{ "Length 25 of 24", 3, 1, { 25 }, 24, BFD_COUNTER_DROP_LENGTH },
	{ "Length 25 of 25", 3, 1, { 25 }, 25, 0 },
	{ "A with Length 24", 1, 3, { 0xec, 5, 24 }, 26, BFD_COUNTER_DROP_LENGTH },
	{ "A with Length 25", 1, 3, { 0xec, 5, 25 }, 26, BFD_COUNTER_DROP_LENGTH },
	{ "A with Length 26", 1, 3, { 0xec, 5, 26 }, 26, 0 },
	{ "A with Length 26 of 25", 1, 3, { 0xec, 5, 26 }, 25, BFD_COUNTER_DROP_LENGTH },
	{ "Detect Mult 0", 2, 1, { 0 }, 24, BFD_COUNTER_DROP_MULT_ZERO },
	{ "Detect Mult 1", 2, 1, { 1 }, 24, 0 },
	{ "M", 1, 1, { 0xe9 }, 24, BFD_COUNTER_DROP_MULTIPOINT },
	{ "F", 1, 1, { 0xd8 }, 24, 0 },
	{ "D", 1, 1, { 0xea }, 24, 0 },
	{ "no flag", 1, 1, { 0xc0 }, 24, 0 },
	{ "My Discriminator 0", 4, 4, { 0 }, 24, BFD_COUNTER_DROP_MY_DISCR_ZERO },
	{ "My Discriminator in its first byte", 4, 4, { 1 }, 24, 0 },
	{ "My Discriminator in its last byte", 4, 4, { 0, 0, 0, 1 }, 24, 0 },
	{ "Your Discriminator in its first byte", 8, 4, { 1 }, 24, 0 },
	{ "Your Discriminator in its last byte", 8, 4, { 0, 0, 0, 1 }, 24, 0 },
	{ "Desired Min TX 0", 12, 4, { 0 }, 24, 0 },
	{ "Required Min RX 0", 16, 4, { 0 }, 24, 0 },
	{ "Required Min Echo RX 0", 20, 4, { 0 }, 24, 0 },
};

static void edit_describe(const struct edit_param *param, char *out)
{
	strscpy(out, param->about, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(edit, edit_params, edit_describe);

static void one_difference_decides(struct kunit *test)
{
	const struct edit_param *param = test->param_value;
	u8 bytes[26] = { };
	struct bfd_packet pkt;

	memcpy(bytes, good_bytes, sizeof(good_bytes));
	memcpy(bytes + param->at, param->value, param->bytes);

	KUNIT_EXPECT_EQ(test, bfd_packet_parse(&pkt, bytes, param->payload), param->drop);
}

struct state_param {
	const char *name;
	u8 state;
	int drop;
};

static const struct state_param state_params[] = {
	{ "AdminDown", BFD_STATE_ADMIN_DOWN, 0 },
	{ "Down", BFD_STATE_DOWN, 0 },
	{ "Init", BFD_STATE_INIT, BFD_COUNTER_DROP_YOUR_DISCR_ZERO },
	{ "Up", BFD_STATE_UP, BFD_COUNTER_DROP_YOUR_DISCR_ZERO },
};

static void state_describe(const struct state_param *param, char *out)
{
	strscpy(out, param->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(state, state_params, state_describe);

static void your_discr_zero_is_for_down(struct kunit *test)
{
	const struct state_param *param = test->param_value;
	u8 bytes[BFD_PACKET_LEN];
	struct bfd_packet pkt;

	memcpy(bytes, good_bytes, sizeof(bytes));
	bytes[1] = param->state << 6;
	put_field(bytes + 8, 0);

	KUNIT_EXPECT_EQ(test, bfd_packet_parse(&pkt, bytes, sizeof(bytes)), param->drop);
}

/* Every payload up to 255 bytes, in memory of just that size so that reading
 * past it is seen; every Length; A set and clear
 */
static void every_length(struct kunit *test)
{
	unsigned int payload, length, auth;
	struct bfd_packet pkt;

	for (payload = 0; payload < 256; payload++) {
		u8 *bytes = kunit_kmalloc(test, payload, GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, bytes);
		if (payload)
			memset(bytes, 0, payload);
		memcpy(bytes, good_bytes, min_t(size_t, payload, sizeof(good_bytes)));
		for (length = 0; length < 256; length++) {
			for (auth = 0; auth < 2; auth++) {
				int drop = 0;

				if (payload < 24)
					drop = BFD_COUNTER_DROP_TOO_SHORT;
				else if (length < 24 + 2 * auth || length > payload)
					drop = BFD_COUNTER_DROP_LENGTH;
				if (payload > 3) {
					bytes[1] = auth ? 0xc4 : 0xc0;
					bytes[3] = length;
				}
				KUNIT_ASSERT_EQ_MSG(test, bfd_packet_parse(&pkt, bytes, payload),
						    drop, "Length %u of %u, A %u", length,
						    payload, auth);
			}
		}
		kunit_kfree(test, bytes);
	}
}

static void long_payload_is_no_fault(struct kunit *test)
{
	static const unsigned int payloads[] = { 256, 280, 1472, 65507, 65536 + 24 };
	u8 *bytes = kunit_kzalloc(test, 65536 + 24, GFP_KERNEL);
	struct bfd_packet pkt;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	memcpy(bytes, good_bytes, sizeof(good_bytes));

	for (i = 0; i < ARRAY_SIZE(payloads); i++)
		KUNIT_EXPECT_EQ(test, bfd_packet_parse(&pkt, bytes, payloads[i]), 0);
}

/* The rules in the order RFC 5880 6.8.6 has them, each with what breaks it */
static void break_rule(u8 *bytes, unsigned int *payload, unsigned int rule)
{
	switch (rule) {
	case 0:
		*payload = 23;
		break;
	case 1:
		bytes[0] = 0x43;
		break;
	case 2:
		bytes[3] = 23;
		break;
	case 3:
		bytes[2] = 0;
		break;
	case 4:
		bytes[1] |= 0x01;
		break;
	case 5:
		put_field(bytes + 4, 0);
		break;
	case 6:
		put_field(bytes + 8, 0);
		break;
	}
}

static void first_broken_rule_decides(struct kunit *test)
{
	static const int drops[] = {
		BFD_COUNTER_DROP_TOO_SHORT, BFD_COUNTER_DROP_VERSION, BFD_COUNTER_DROP_LENGTH,
		BFD_COUNTER_DROP_MULT_ZERO, BFD_COUNTER_DROP_MULTIPOINT,
		BFD_COUNTER_DROP_MY_DISCR_ZERO, BFD_COUNTER_DROP_YOUR_DISCR_ZERO,
	};
	unsigned long broken;
	unsigned int rule;

	for (broken = 1; broken < BIT(ARRAY_SIZE(drops)); broken++) {
		unsigned int payload = BFD_PACKET_LEN;
		u8 bytes[BFD_PACKET_LEN];
		struct bfd_packet pkt;

		memcpy(bytes, good_bytes, sizeof(bytes));
		for_each_set_bit(rule, &broken, ARRAY_SIZE(drops))
			break_rule(bytes, &payload, rule);

		KUNIT_EXPECT_EQ_MSG(test, bfd_packet_parse(&pkt, bytes, payload),
				    drops[__ffs(broken)], "broken rules %#lx", broken);
	}
}

static void build_writes_every_byte(struct kunit *test)
{
	u8 bytes[BFD_PACKET_LEN];

	memset(bytes, 0xa5, sizeof(bytes));
	bfd_packet_build(bytes, &good_packet);

	KUNIT_EXPECT_EQ(test, memcmp(bytes, good_bytes, sizeof(bytes)), 0);
}

static void build_writes_no_byte_more(struct kunit *test)
{
	u8 bytes[BFD_PACKET_LEN + 2];

	memset(bytes, 0xa5, sizeof(bytes));
	bfd_packet_build(bytes + 1, &good_packet);

	KUNIT_EXPECT_EQ(test, bytes[0], 0xa5);
	KUNIT_EXPECT_EQ(test, bytes[BFD_PACKET_LEN + 1], 0xa5);
}

/* Any value of any field; only what the rules forbid is mended */
static void random_packet(struct rnd_state *rnd, struct bfd_packet *pkt)
{
	prandom_bytes_state(rnd, pkt, sizeof(*pkt));
	pkt->diag %= 32;
	pkt->state %= 4;
	pkt->flags &= BFD_FLAGS & ~BFD_FLAG_MULTIPOINT;
	pkt->length = pkt->flags & BFD_FLAG_AUTH ? 26 : 24;
	pkt->detect_mult = pkt->detect_mult ?: 1;
	pkt->my_discr = pkt->my_discr ?: 1;
	pkt->your_discr = pkt->your_discr ?: 1;
}

static void parse_undoes_build(struct kunit *test)
{
	u8 bytes[BFD_PACKET_AUTH_LEN] = { };
	struct rnd_state rnd;
	unsigned int i;

	prandom_seed_state(&rnd, 5880);
	for (i = 0; i < RANDOM_ROUNDS; i++) {
		struct bfd_packet built, parsed;

		random_packet(&rnd, &built);
		bfd_packet_build(bytes, &built);
		stain(&parsed);

		KUNIT_ASSERT_EQ_MSG(test, bfd_packet_parse(&parsed, bytes, built.length), 0,
				    "round %u", i);
		KUNIT_ASSERT_TRUE_MSG(test, same_packet(&parsed, &built), "round %u", i);
	}
}

static void build_undoes_parse(struct kunit *test)
{
	u8 bytes[BFD_PACKET_LEN], again[BFD_PACKET_LEN];
	unsigned int i, taken = 0;
	struct bfd_packet pkt;
	struct rnd_state rnd;

	prandom_seed_state(&rnd, 5881);
	for (i = 0; i < RANDOM_ROUNDS; i++) {
		prandom_bytes_state(&rnd, bytes, sizeof(bytes));
		bytes[0] = 0x20 | bytes[0] % 32;
		bytes[3] = 24;
		if (bfd_packet_parse(&pkt, bytes, sizeof(bytes)))
			continue;
		taken++;
		bfd_packet_build(again, &pkt);

		KUNIT_ASSERT_EQ_MSG(test, memcmp(again, bytes, sizeof(bytes)), 0, "round %u", i);
	}
	/* A and M are clear in one of four */
	KUNIT_EXPECT_GT(test, taken, RANDOM_ROUNDS / 5);
}

static struct kunit_case bfd_packet_cases[] = {
	KUNIT_CASE(parse_reads_every_field),
	KUNIT_CASE_PARAM(byte_changes_its_field_alone, byte_gen_params),
	KUNIT_CASE_PARAM(one_difference_decides, edit_gen_params),
	KUNIT_CASE_PARAM(your_discr_zero_is_for_down, state_gen_params),
	KUNIT_CASE(every_length),
	KUNIT_CASE(long_payload_is_no_fault),
	KUNIT_CASE(first_broken_rule_decides),
	KUNIT_CASE(build_writes_every_byte),
	KUNIT_CASE(build_writes_no_byte_more),
	KUNIT_CASE(parse_undoes_build),
	KUNIT_CASE(build_undoes_parse),
	{ }
};

static struct kunit_suite bfd_packet_suite = {
	.name = "bfd_packet",
	.test_cases = bfd_packet_cases,
};

kunit_test_suite(bfd_packet_suite);
