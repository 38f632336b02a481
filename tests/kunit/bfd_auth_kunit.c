// SPDX-License-Identifier: GPL-2.0
/*
 * Authentication: RFC 5880 4.2 to 4.4 byte by byte, and the rules of 6.7. The
 * digests were computed by another program.
 */
#include <kunit/test.h>
#include <linux/bfd.h>
#include <linux/overflow.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <bfd/auth.h>

#define ID		9
#define MULT		5
#define TX_US		300000
#define RX_US		500000
#define DETECTION_NS	(MULT * RX_US * (u64)NSEC_PER_USEC)
#define NOW		(1000 * (u64)NSEC_PER_SEC)

struct sample {
	const char *name;
	u8 type;
	const char *secret;
	u32 sequence;
	u8 section[28];
	u8 section_len;
};

static const struct sample samples[] = {
	{ "Simple Password", 1, "secret", 0,
	  { 0x01, 0x09, 0x09, 0x73, 0x65, 0x63, 0x72, 0x65, 0x74 }, 9 },
	{ "Keyed MD5", 2, "secret", 0xfffffffe,
	  { 0x02, 0x18, 0x09, 0x00, 0xff, 0xff, 0xff, 0xfe,
	    0xf3, 0xd1, 0xbe, 0xd3, 0x22, 0x01, 0x88, 0x23,
	    0xe5, 0x83, 0xee, 0x79, 0xed, 0x99, 0x08, 0x5d }, 24 },
	{ "Meticulous Keyed MD5", 3, "sixteen-letters!", 0xffffffff,
	  { 0x03, 0x18, 0x09, 0x00, 0xff, 0xff, 0xff, 0xff,
	    0x33, 0xdb, 0x5c, 0x8d, 0x0a, 0x8a, 0xe7, 0xf3,
	    0xc1, 0xbb, 0x18, 0x41, 0x8b, 0xab, 0xde, 0x8e }, 24 },
	{ "Keyed SHA1", 4, "secret", 0,
	  { 0x04, 0x1c, 0x09, 0x00, 0x00, 0x00, 0x00, 0x00,
	    0x08, 0x87, 0x73, 0x7e, 0x69, 0x54, 0xe6, 0x22,
	    0x30, 0x0b, 0x28, 0xec, 0xd8, 0x86, 0xdb, 0x36,
	    0x8d, 0xaf, 0xea, 0x30 }, 28 },
	{ "Meticulous Keyed SHA1", 5, "twenty-letters-a-key", 0x12345678,
	  { 0x05, 0x1c, 0x09, 0x00, 0x12, 0x34, 0x56, 0x78,
	    0x60, 0x58, 0xd0, 0x32, 0x93, 0x08, 0x15, 0xb8,
	    0x20, 0x2e, 0xaf, 0xeb, 0x53, 0x6d, 0x9c, 0xcd,
	    0x80, 0x3f, 0xcd, 0x0f }, 28 },
};

static void sample_describe(const struct sample *sample, char *out)
{
	strscpy(out, sample->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(sample, samples, sample_describe);

/* All but the first, which has no sequence */
static const void *keyed_gen_params(const void *prev, char *out)
{
	return sample_gen_params(prev ?: samples, out);
}

static const struct bfd_packet plain = {
	.state = BFD_STATE_UP,
	.detect_mult = MULT,
	.length = BFD_PACKET_LEN,
	.my_discr = 0x01020304,
	.your_discr = 0x11121314,
	.desired_min_tx_us = TX_US,
	.required_min_rx_us = 0x31323334,
};

static void set_key(struct bfd_auth *auth, unsigned int i, u8 type, u8 id, const char *secret)
{
	struct bfd_auth_key *key = &auth->key[i];

	memset(key, 0, sizeof(*key));
	key->type = type;
	key->id = id;
	key->len = strlen(secret);
	memcpy(key->secret, secret, key->len);
}

/* Room for two keys, one of them set */
static struct bfd_auth *make_auth(struct kunit *test, u8 type, const char *secret)
{
	struct bfd_auth *auth = kunit_kzalloc(test, struct_size(auth, key, 2), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, auth);
	KUNIT_ASSERT_EQ(test, bfd_digest_prepare(type), 0);
	auth->count = 1;
	set_key(auth, 0, type, ID, secret);
	return auth;
}

static struct bfd_auth *sample_auth(struct kunit *test)
{
	const struct sample *sample = test->param_value;

	return make_auth(test, sample->type, sample->secret);
}

/* What a sender whose last number was the one before makes of a packet */
static void make_packet(struct kunit *test, const struct bfd_auth *auth, u32 sequence,
			struct bfd_packet *pkt, u8 *bytes)
{
	struct bfd_auth *sender = kunit_kzalloc(test, struct_size(sender, key, 2), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, sender);
	sender->count = auth->count;
	memcpy(sender->key, auth->key, auth->count * sizeof(*auth->key));
	sender->xmit_auth_seq = sequence - 1;
	*pkt = plain;
	bfd_auth_announce(sender, pkt);
	memset(bytes, 0, BFD_PACKET_MAX);
	bfd_packet_build(bytes, pkt);
	KUNIT_ASSERT_EQ(test, bfd_auth_sign(sender, bytes, NOW, 0), pkt->length);
	kunit_kfree(test, sender);
}

/* The packet as its receiver parses and judges it */
static int hear_at(struct bfd_auth *auth, const u8 *bytes, u64 now)
{
	struct bfd_packet pkt;

	return bfd_packet_parse(&pkt, bytes, bytes[3]) ?:
	       bfd_auth_check(auth, &pkt, bytes, now, RX_US, BFD_STATE_UP);
}

static int hear(struct bfd_auth *auth, const u8 *bytes)
{
	return hear_at(auth, bytes, NOW);
}

static int hear_sequence(struct kunit *test, struct bfd_auth *auth, u32 sequence, u64 now)
{
	u8 bytes[BFD_PACKET_MAX];
	struct bfd_packet pkt;

	make_packet(test, auth, sequence, &pkt, bytes);
	return hear_at(auth, bytes, now);
}

static bool meticulous(const struct sample *sample)
{
	return sample->type == 3 || sample->type == 5;
}

static void packet_is_signed_as_the_rfc_has_it(struct kunit *test)
{
	const struct sample *sample = test->param_value;
	struct bfd_auth *auth = sample_auth(test);
	u8 bytes[BFD_PACKET_MAX];
	struct bfd_packet pkt;

	make_packet(test, auth, sample->sequence, &pkt, bytes);

	KUNIT_EXPECT_EQ(test, pkt.flags, BFD_FLAG_AUTH);
	KUNIT_EXPECT_EQ(test, pkt.length, BFD_PACKET_LEN + sample->section_len);
	KUNIT_EXPECT_EQ(test, bytes[3], BFD_PACKET_LEN + sample->section_len);
	KUNIT_EXPECT_EQ(test, memcmp(bytes + BFD_PACKET_LEN, sample->section,
				     sample->section_len), 0);
}

static void signed_packet_is_accepted(struct kunit *test)
{
	const struct sample *sample = test->param_value;
	struct bfd_auth *auth = sample_auth(test);
	u8 bytes[BFD_PACKET_MAX];
	struct bfd_packet pkt;

	make_packet(test, auth, sample->sequence, &pkt, bytes);

	KUNIT_EXPECT_EQ(test, hear(auth, bytes), 0);
	if (sample->type != BFD_AUTH_SIMPLE) {
		KUNIT_EXPECT_TRUE(test, auth->auth_seq_known);
		KUNIT_EXPECT_EQ(test, auth->rcv_auth_seq, sample->sequence);
	}
}

/* Of a password's packet only the section is protected */
static void any_bit_changed_is_refused(struct kunit *test)
{
	const struct sample *sample = test->param_value;
	struct bfd_auth *auth = sample_auth(test);
	struct bfd_auth *before = sample_auth(test);
	u8 bytes[BFD_PACKET_MAX];
	struct bfd_packet pkt;
	unsigned int bit;

	make_packet(test, auth, sample->sequence, &pkt, bytes);
	for (bit = sample->type == BFD_AUTH_SIMPLE ? 8 * BFD_PACKET_LEN : 0;
	     bit < 8 * pkt.length; bit++) {
		/* A Length beyond what there is would be no packet */
		if (bit / 8 == 3)
			continue;
		bytes[bit / 8] ^= 1 << bit % 8;
		KUNIT_EXPECT_NE_MSG(test, hear(auth, bytes), 0, "bit %u of byte %u", bit % 8,
				    bit / 8);
		bytes[bit / 8] ^= 1 << bit % 8;
	}
	/* Nothing of them was believed */
	KUNIT_EXPECT_EQ(test, memcmp(auth, before, struct_size(auth, key, 2)), 0);
}

static void refusal_has_its_reason(struct kunit *test)
{
	struct bfd_auth *auth = make_auth(test, BFD_AUTH_SHA1, "secret");
	u8 good[BFD_PACKET_MAX], bytes[BFD_PACKET_MAX];
	struct bfd_packet pkt;
	static const struct {
		u8 at;
		u8 value;
		int drop;
	} edits[] = {
		{ 24, 0, BFD_COUNTER_DROP_AUTH_TYPE },
		{ 24, 5, BFD_COUNTER_DROP_AUTH_TYPE },
		{ 24, 6, BFD_COUNTER_DROP_AUTH_TYPE },
		{ 26, ID + 1, BFD_COUNTER_DROP_AUTH_KEY_ID },
		{ 25, 27, BFD_COUNTER_DROP_AUTH_LENGTH },
		{ 25, 29, BFD_COUNTER_DROP_AUTH_LENGTH },
		{ 3, 51, BFD_COUNTER_DROP_AUTH_LENGTH },
		{ 3, 26, BFD_COUNTER_DROP_AUTH_LENGTH },
		{ 32, 0, BFD_COUNTER_DROP_AUTH_DIGEST },
		{ 51, 0, BFD_COUNTER_DROP_AUTH_DIGEST },
		{ 2, MULT + 1, BFD_COUNTER_DROP_AUTH_DIGEST },
		{ 28, 0x80, BFD_COUNTER_DROP_AUTH_SEQUENCE },
	};
	unsigned int i;

	KUNIT_ASSERT_EQ(test, hear_sequence(test, auth, 1000, NOW), 0);
	make_packet(test, auth, 1001, &pkt, good);
	for (i = 0; i < ARRAY_SIZE(edits); i++) {
		memcpy(bytes, good, sizeof(bytes));
		bytes[edits[i].at] = edits[i].value;
		KUNIT_EXPECT_EQ_MSG(test, hear(auth, bytes), edits[i].drop, "byte %u: %u",
				    edits[i].at, edits[i].value);
	}
	KUNIT_EXPECT_EQ(test, hear(auth, good), 0);
}

static void a_bit_says_whether_there_is_authentication(struct kunit *test)
{
	struct bfd_auth *auth = make_auth(test, BFD_AUTH_SIMPLE, "secret");
	struct bfd_packet pkt = plain;
	u8 bytes[BFD_PACKET_MAX];

	bfd_packet_build(bytes, &pkt);
	KUNIT_EXPECT_EQ(test, hear(auth, bytes), BFD_COUNTER_DROP_AUTH_MISSING);
	KUNIT_EXPECT_EQ(test, hear(NULL, bytes), 0);

	make_packet(test, auth, 0, &pkt, bytes);
	KUNIT_EXPECT_EQ(test, hear(NULL, bytes), BFD_COUNTER_DROP_AUTH_UNEXPECTED);
}

static void password_of_another_length_is_refused(struct kunit *test)
{
	struct bfd_auth *ours = make_auth(test, BFD_AUTH_SIMPLE, "secret");
	struct bfd_auth *shorter = make_auth(test, BFD_AUTH_SIMPLE, "secre");
	struct bfd_auth *longest = make_auth(test, BFD_AUTH_SIMPLE, "secretsecretsecr");
	struct bfd_auth *other = make_auth(test, BFD_AUTH_SIMPLE, "secreT");
	u8 bytes[BFD_PACKET_MAX];
	struct bfd_packet pkt;

	make_packet(test, shorter, 0, &pkt, bytes);
	KUNIT_EXPECT_EQ(test, hear(ours, bytes), BFD_COUNTER_DROP_AUTH_LENGTH);
	make_packet(test, longest, 0, &pkt, bytes);
	KUNIT_EXPECT_EQ(test, hear(ours, bytes), BFD_COUNTER_DROP_AUTH_LENGTH);
	KUNIT_EXPECT_EQ(test, hear(longest, bytes), 0);
	make_packet(test, other, 0, &pkt, bytes);
	KUNIT_EXPECT_EQ(test, hear(ours, bytes), BFD_COUNTER_DROP_AUTH_DIGEST);
}

/* RFC 5880 6.7.3: from the last number, meticulous the one after it, to three
 * times Detect Mult beyond, around the end of 32 bits
 */
static void window_is_as_wide_as_the_rfc_has_it(struct kunit *test)
{
	static const u32 starts[] = { 0, 1000, 0x7fffffff, 0xfffffff8, 0xffffffff };
	const struct sample *sample = test->param_value;
	unsigned int i;
	int ahead;

	for (i = 0; i < ARRAY_SIZE(starts); i++) {
		for (ahead = -2; ahead <= 3 * MULT + 2; ahead++) {
			struct bfd_auth *auth = sample_auth(test);
			bool in = ahead >= meticulous(sample) && ahead <= 3 * MULT;

			KUNIT_ASSERT_EQ(test, hear_sequence(test, auth, starts[i], NOW), 0);
			KUNIT_EXPECT_EQ_MSG(test,
					    hear_sequence(test, auth, starts[i] + ahead, NOW),
					    in ? 0 : BFD_COUNTER_DROP_AUTH_SEQUENCE,
					    "%u and %d", starts[i], ahead);
			KUNIT_EXPECT_EQ(test, auth->rcv_auth_seq, starts[i] + (in ? ahead : 0));
			kunit_kfree(test, auth);
		}
	}
}

/* RFC 5880 6.8.1: after twice the Detection Time without a packet, any number */
static void sequence_is_forgotten_in_silence(struct kunit *test)
{
	struct bfd_auth *auth = sample_auth(test);
	u64 end = NOW + 2 * DETECTION_NS;

	KUNIT_ASSERT_EQ(test, hear_sequence(test, auth, 5000, NOW), 0);
	KUNIT_EXPECT_EQ(test, hear_sequence(test, auth, 17, end - 1),
			BFD_COUNTER_DROP_AUTH_SEQUENCE);
	KUNIT_EXPECT_EQ(test, hear_sequence(test, auth, 17, end), 0);
	KUNIT_EXPECT_EQ(test, auth->rcv_auth_seq, 17);
	KUNIT_EXPECT_EQ(test, hear_sequence(test, auth, 5001, end),
			BFD_COUNTER_DROP_AUTH_SEQUENCE);
}

static void stranger_cannot_set_the_sequence(struct kunit *test)
{
	const struct sample *sample = test->param_value;
	struct bfd_auth *auth = sample_auth(test);
	struct bfd_auth *stranger = make_auth(test, sample->type, "guess");
	u8 bytes[BFD_PACKET_MAX];
	struct bfd_packet pkt;

	make_packet(test, stranger, 77, &pkt, bytes);
	KUNIT_EXPECT_EQ(test, hear(auth, bytes), BFD_COUNTER_DROP_AUTH_DIGEST);
	KUNIT_EXPECT_FALSE(test, auth->auth_seq_known);
	KUNIT_EXPECT_EQ(test, hear_sequence(test, auth, 5000, NOW), 0);
}

static u32 sequence_of(const u8 *bytes)
{
	return (u32)bytes[28] << 24 | bytes[29] << 16 | bytes[30] << 8 | bytes[31];
}

/* Meticulous, by one for each packet; else with what it says, and only then */
static void sequence_counts_packets_or_changes(struct kunit *test)
{
	const struct sample *sample = test->param_value;
	struct bfd_auth *auth = sample_auth(test);
	u8 bytes[BFD_PACKET_MAX] = {};
	struct bfd_packet pkt = plain;
	u32 expected = 0xfffffffe;
	unsigned int i;

	auth->xmit_auth_seq = expected;
	bfd_auth_announce(auth, &pkt);
	for (i = 0; i < 8; i++) {
		pkt.diag = i / 4;
		bfd_packet_build(bytes, &pkt);
		KUNIT_ASSERT_EQ(test, bfd_auth_sign(auth, bytes, NOW, 0), pkt.length);
		if (meticulous(sample) || i % 4 == 0)
			expected++;
		KUNIT_EXPECT_EQ(test, sequence_of(bytes), expected);
		KUNIT_EXPECT_EQ(test, hear(auth, bytes), 0);
	}
}

/* The same packet again needs no digest: it is accepted though the secret is
 * no longer the one it was made with. A meticulous one is a replay.
 */
static void same_packet_again_is_not_digested(struct kunit *test)
{
	const struct sample *sample = test->param_value;
	struct bfd_auth *auth = sample_auth(test);
	u8 bytes[BFD_PACKET_MAX];
	struct bfd_packet pkt;

	make_packet(test, auth, 1, &pkt, bytes);
	KUNIT_ASSERT_EQ(test, hear(auth, bytes), 0);
	auth->key[0].secret[0] ^= 1;
	KUNIT_EXPECT_EQ(test, hear(auth, bytes),
			meticulous(sample) ? BFD_COUNTER_DROP_AUTH_SEQUENCE : 0);
	bytes[0] ^= 1;
	KUNIT_EXPECT_NE(test, hear(auth, bytes), 0);
}

/* Keys change under the same id: what was verified with the old one was not
 * with the new
 */
static void new_keys_inherit_numbers_only(struct kunit *test)
{
	const struct sample *sample = test->param_value;
	struct bfd_auth *old = sample_auth(test);
	struct bfd_auth *new = make_auth(test, sample->type, "another");
	u8 bytes[BFD_PACKET_MAX];
	struct bfd_packet pkt;

	old->xmit_auth_seq = 4711;
	make_packet(test, old, 1, &pkt, bytes);
	KUNIT_ASSERT_EQ(test, hear(old, bytes), 0);
	bfd_auth_inherit(new, old);

	KUNIT_EXPECT_EQ(test, new->xmit_auth_seq, 4711);
	KUNIT_EXPECT_EQ(test, hear(new, bytes), meticulous(sample) ?
			BFD_COUNTER_DROP_AUTH_SEQUENCE : BFD_COUNTER_DROP_AUTH_DIGEST);
	KUNIT_EXPECT_EQ(test, hear_sequence(test, new, 3 * MULT + 2, NOW),
			BFD_COUNTER_DROP_AUTH_SEQUENCE);
	KUNIT_EXPECT_EQ(test, hear_sequence(test, new, 2, NOW), 0);
}

static void every_key_is_accepted_the_first_is_sent(struct kunit *test)
{
	const struct sample *sample = test->param_value;
	struct bfd_auth *both = sample_auth(test);
	struct bfd_auth *first = sample_auth(test);
	struct bfd_auth *second = make_auth(test, BFD_AUTH_METICULOUS_SHA1, "second");
	u8 bytes[BFD_PACKET_MAX];
	struct bfd_packet pkt;

	second->key[0].id = ID + 1;
	both->key[1] = second->key[0];
	both->count = 2;

	make_packet(test, both, 7, &pkt, bytes);
	KUNIT_EXPECT_EQ(test, bytes[24], sample->type);
	KUNIT_EXPECT_EQ(test, bytes[26], ID);
	KUNIT_EXPECT_EQ(test, hear(first, bytes), 0);
	KUNIT_EXPECT_EQ(test, hear(both, bytes), 0);
	make_packet(test, second, 8, &pkt, bytes);
	KUNIT_EXPECT_EQ(test, hear(both, bytes), 0);
	/* An id belongs to its type */
	bytes[24] = BFD_AUTH_METICULOUS_SHA1;
	bytes[26] = ID;
	KUNIT_EXPECT_NE(test, hear(both, bytes), 0);

	KUNIT_EXPECT_PTR_EQ(test, bfd_auth_find(both, ID + 1),
			    (const struct bfd_auth_key *)&both->key[1]);
	KUNIT_EXPECT_NULL(test, (void *)bfd_auth_find(both, ID + 2));
	KUNIT_EXPECT_NULL(test, (void *)bfd_auth_find(NULL, ID));
}

static void secrets_are_as_long_as_the_rfc_lets_them(struct kunit *test)
{
	static const u8 max[] = { 0, 16, 16, 16, 20, 20, 0, 16, 20, 0 };
	unsigned int type;

	for (type = 0; type < ARRAY_SIZE(max); type++)
		KUNIT_EXPECT_EQ(test, bfd_auth_secret_max(type), max[type]);
	KUNIT_EXPECT_EQ(test, bfd_auth_secret_max(255), 0);
}

static struct kunit_case bfd_auth_cases[] = {
	KUNIT_CASE_PARAM(packet_is_signed_as_the_rfc_has_it, sample_gen_params),
	KUNIT_CASE_PARAM(signed_packet_is_accepted, sample_gen_params),
	KUNIT_CASE_PARAM(any_bit_changed_is_refused, sample_gen_params),
	KUNIT_CASE(refusal_has_its_reason),
	KUNIT_CASE(a_bit_says_whether_there_is_authentication),
	KUNIT_CASE(password_of_another_length_is_refused),
	KUNIT_CASE_PARAM(window_is_as_wide_as_the_rfc_has_it, keyed_gen_params),
	KUNIT_CASE_PARAM(sequence_is_forgotten_in_silence, keyed_gen_params),
	KUNIT_CASE_PARAM(stranger_cannot_set_the_sequence, keyed_gen_params),
	KUNIT_CASE_PARAM(sequence_counts_packets_or_changes, keyed_gen_params),
	KUNIT_CASE_PARAM(same_packet_again_is_not_digested, keyed_gen_params),
	KUNIT_CASE_PARAM(new_keys_inherit_numbers_only, keyed_gen_params),
	KUNIT_CASE_PARAM(every_key_is_accepted_the_first_is_sent, sample_gen_params),
	KUNIT_CASE(secrets_are_as_long_as_the_rfc_lets_them),
	{ }
};

static struct kunit_suite bfd_auth_suite = {
	.name = "bfd_auth",
	.test_cases = bfd_auth_cases,
};

kunit_test_suite(bfd_auth_suite);
