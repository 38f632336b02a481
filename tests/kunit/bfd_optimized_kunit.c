// SPDX-License-Identifier: GPL-2.0
/*
 * Optimized authentication: RFC 9985's two modes and RFC 9986's streams, between two
 * ends that hear each other as far as a test lets them.
 */
#include <kunit/test.h>
#include <linux/bfd.h>
#include <linux/overflow.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <bfd/auth.h>

#define ID		9
#define MULT		3
#define TX_US		10000
#define DETECTION_US	(MULT * TX_US)
#define SECRET		"RFC5880June"
#define MCI_LEN		(BFD_PACKET_LEN + 28)
#define LCI_LEN		(BFD_PACKET_LEN + BFD_LCI_SECTION_LEN)

struct side {
	struct bfd_auth *auth;
	struct bfd_packet pkt;
	u8 state;
};

struct ends {
	struct kunit *test;
	struct side us;
	struct side him;
	u64 now;
};

static void set_key(struct bfd_auth *auth, u8 id, const char *secret)
{
	struct bfd_auth_key *key = &auth->key[auth->count++];

	key->type = BFD_AUTH_OPTIMIZED_SHA1;
	key->id = id;
	key->len = strlen(secret);
	memcpy(key->secret, secret, key->len);
}

static struct bfd_auth *make_auth(struct kunit *test, u8 id, const char *secret)
{
	struct bfd_auth *auth = kunit_kzalloc(test, struct_size(auth, key, 2), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, auth);
	auth->opt = kunit_kzalloc(test, sizeof(*auth->opt), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, auth->opt);
	KUNIT_ASSERT_EQ(test, bfd_digest_prepare(BFD_AUTH_OPTIMIZED_SHA1), 0);
	set_key(auth, id, secret);
	return auth;
}

static void set_side(struct ends *e, struct side *side, u32 my_discr, u32 your_discr)
{
	side->auth = make_auth(e->test, ID, SECRET);
	side->state = BFD_STATE_UP;
	side->pkt = (struct bfd_packet){
		.state = BFD_STATE_UP,
		.detect_mult = MULT,
		.my_discr = my_discr,
		.your_discr = your_discr,
		.desired_min_tx_us = TX_US,
		.required_min_rx_us = TX_US,
	};
}

/* What a side sends next, into @bytes; its length */
static int say(struct ends *e, struct side *side, u8 flags, u8 *bytes)
{
	struct bfd_packet pkt = side->pkt;
	int len;

	pkt.flags = flags;
	bfd_auth_announce(side->auth, &pkt);
	memset(bytes, 0, BFD_PACKET_MAX);
	bfd_packet_build(bytes, &pkt);
	len = bfd_auth_sign(side->auth, bytes, e->now, DETECTION_US);
	KUNIT_EXPECT_EQ(e->test, len, bytes[3]);
	return len;
}

static int hear(struct ends *e, struct side *side, const u8 *bytes)
{
	struct bfd_packet pkt;

	return bfd_packet_parse(&pkt, bytes, bytes[3]) ?:
	       bfd_auth_check(side->auth, &pkt, bytes, e->now, TX_US, side->state);
}

/* Said and heard; the length, or minus the reason why it was refused */
static int tell(struct ends *e, struct side *from, struct side *to, u8 flags)
{
	u8 bytes[BFD_PACKET_MAX];
	int len = say(e, from, flags, bytes);
	int drop = hear(e, to, bytes);

	e->now += TX_US * NSEC_PER_USEC;
	return drop ? -drop : len;
}

static void lose(struct ends *e, struct side *from, unsigned int count)
{
	u8 bytes[BFD_PACKET_MAX];

	while (count--) {
		say(e, from, 0, bytes);
		e->now += TX_US * NSEC_PER_USEC;
	}
}

/* Two ends that have just come Up, and know it of each other */
static struct ends *make_ends(struct kunit *test)
{
	struct ends *e = kunit_kzalloc(test, sizeof(*e), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, e);
	e->test = test;
	e->now = NSEC_PER_SEC;
	set_side(e, &e->us, 0x11111111, 0x4002d15c);
	set_side(e, &e->him, 0x4002d15c, 0x11111111);
	bfd_optimized_rest(e->us.auth->opt, 0x0bfd5eed);
	bfd_optimized_rest(e->him.auth->opt, 0x22222222);
	e->us.auth->xmit_auth_seq = 0xffffff00;
	KUNIT_ASSERT_EQ(test, tell(e, &e->us, &e->him, 0), MCI_LEN);
	KUNIT_ASSERT_EQ(test, tell(e, &e->him, &e->us, 0), MCI_LEN);
	return e;
}

/* The same a Detection Time later: we send without digests */
static struct ends *optimized_ends(struct kunit *test)
{
	struct ends *e = make_ends(test);
	unsigned int i;

	for (i = 0; i < MULT; i++)
		tell(e, &e->us, &e->him, 0);
	KUNIT_ASSERT_EQ(test, tell(e, &e->us, &e->him, 0), LCI_LEN);
	return e;
}

/* The test vectors of RFC 9986 */
static void stream_is_the_rfcs(struct kunit *test)
{
	static const u32 keys[] = {
		0x9af65d83, 0x44355d56, 0x9334074e, 0xb643ef59, 0x74d659f1, 0x8966dc56,
		0xa1f6f9bc, 0x21895a46,
	};
	struct bfd_isaac *isaac = kunit_kzalloc(test, sizeof(*isaac), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, isaac);
	bfd_isaac_seed(isaac, 0x0bfd5eed, 0x4002d15c, SECRET, strlen(SECRET));
	for (i = 0; i < ARRAY_SIZE(keys); i++)
		KUNIT_EXPECT_EQ(test, isaac->page[i], keys[i]);
}

static void section_has_the_rfcs_bytes(struct kunit *test)
{
	static const u8 section[] = {
		0x08, 0x10, ID, 0x02,	0xff, 0xff, 0xff, 0x03,
		0x0b, 0xfd, 0x5e, 0xed,	0x9a, 0xf6, 0x5d, 0x83,
	};
	struct ends *e = make_ends(test);
	u8 bytes[BFD_PACKET_MAX];

	KUNIT_EXPECT_EQ(test, say(e, &e->us, 0, bytes), MCI_LEN);
	KUNIT_EXPECT_EQ(test, bytes[25], 28);
	KUNIT_EXPECT_EQ(test, bytes[27], BFD_MODE_MCI);
	e->now += DETECTION_US * NSEC_PER_USEC;
	KUNIT_EXPECT_EQ(test, say(e, &e->us, 0, bytes), LCI_LEN);
	KUNIT_EXPECT_EQ(test, memcmp(bytes + BFD_PACKET_LEN, section, sizeof(section)), 0);
}

static void digests_for_a_detection_time(struct kunit *test)
{
	struct ends *e = make_ends(test);

	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), MCI_LEN);
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), LCI_LEN);
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), LCI_LEN);
}

static void digests_until_the_peer_confirms(struct kunit *test)
{
	struct ends *e = make_ends(test);

	e->us.auth->opt->confirmed = false;
	e->now += NSEC_PER_SEC;
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), MCI_LEN);
	KUNIT_EXPECT_EQ(test, tell(e, &e->him, &e->us, BFD_FLAG_POLL), MCI_LEN);
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), LCI_LEN);
}

static void question_and_answer_have_digests(struct kunit *test)
{
	struct ends *e = optimized_ends(test);

	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, BFD_FLAG_POLL), MCI_LEN);
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, BFD_FLAG_FINAL), MCI_LEN);
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), LCI_LEN);
}

static void change_has_digests_for_a_detection_time(struct kunit *test)
{
	struct ends *e = optimized_ends(test);
	unsigned int i;

	e->us.pkt.detect_mult++;
	for (i = 0; i < MULT; i++)
		KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), MCI_LEN);
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), LCI_LEN);
}

static void down_has_digests_always(struct kunit *test)
{
	struct ends *e = optimized_ends(test);

	e->us.pkt.state = BFD_STATE_DOWN;
	e->now += NSEC_PER_SEC;
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), MCI_LEN);
	e->now += NSEC_PER_SEC;
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), MCI_LEN);
}

static void change_without_a_digest_is_refused(struct kunit *test)
{
	struct ends *e = optimized_ends(test);
	u8 good[BFD_PACKET_MAX], bytes[BFD_PACKET_MAX];
	unsigned int bit;

	say(e, &e->us, 0, good);
	for (bit = 0; bit < 8 * BFD_PACKET_LEN; bit++) {
		memcpy(bytes, good, sizeof(bytes));
		bytes[bit / 8] ^= 1 << bit % 8;
		KUNIT_EXPECT_NE(test, hear(e, &e->him, bytes), 0);
	}
	KUNIT_EXPECT_EQ(test, hear(e, &e->him, good), 0);
}

static void session_that_is_not_up_wants_digests(struct kunit *test)
{
	struct ends *e = optimized_ends(test);

	e->him.state = BFD_STATE_DOWN;
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), -BFD_COUNTER_DROP_AUTH_MODE);
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, BFD_FLAG_POLL), MCI_LEN);
}

static void there_are_two_modes(struct kunit *test)
{
	struct ends *e = optimized_ends(test);
	u8 bytes[BFD_PACKET_MAX];
	unsigned int mode;

	say(e, &e->us, 0, bytes);
	for (mode = 0; mode < 256; mode++) {
		bytes[27] = mode;
		KUNIT_EXPECT_EQ(test, hear(e, &e->him, bytes),
				mode == BFD_MODE_MCI ? BFD_COUNTER_DROP_AUTH_LENGTH :
				mode == BFD_MODE_LCI ? 0 : BFD_COUNTER_DROP_AUTH_MODE);
	}
}

/* Through some pages, across the end of the sequence numbers, with losses */
static void stream_survives_loss(struct kunit *test)
{
	struct ends *e = optimized_ends(test);
	unsigned int i;

	for (i = 0; i < 600; i++) {
		lose(e, &e->us, i % (3 * MULT));
		if (i % 50 == 0)
			KUNIT_ASSERT_EQ(test, tell(e, &e->us, &e->him, BFD_FLAG_POLL),
					MCI_LEN);
		else
			KUNIT_ASSERT_EQ(test, tell(e, &e->us, &e->him, 0), LCI_LEN);
	}
}

static void first_of_the_stream_may_be_lost(struct kunit *test)
{
	struct ends *e;
	unsigned int lost;

	for (lost = 1; lost < 3 * MULT; lost++) {
		e = make_ends(test);
		lose(e, &e->us, lost);
		e->now += NSEC_PER_SEC;
		KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), LCI_LEN);
		lose(e, &e->us, 2);
		KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), LCI_LEN);
	}
}

/* Right before, at and after the turn of a page */
static void forger_changes_nothing(struct kunit *test)
{
	struct ends *e = optimized_ends(test);
	u8 good[BFD_PACKET_MAX], bytes[BFD_PACKET_MAX];
	unsigned int i, bit;

	for (i = 0; i < 2 * BFD_ISAAC_SIZE; i++) {
		say(e, &e->us, 0, good);
		for (bit = 8 * 32; bit < 8 * 40; bit += 7) {
			memcpy(bytes, good, sizeof(bytes));
			bytes[bit / 8] ^= 1 << bit % 8;
			KUNIT_ASSERT_EQ(test, hear(e, &e->him, bytes),
					BFD_COUNTER_DROP_AUTH_DIGEST);
		}
		KUNIT_ASSERT_EQ(test, hear(e, &e->him, good), 0);
		KUNIT_ASSERT_EQ(test, hear(e, &e->him, good), BFD_COUNTER_DROP_AUTH_SEQUENCE);
	}
}

/* Nor does he keep us busy: nothing bounds a sequence number after a long silence */
static void number_from_afar_is_not_sought(struct kunit *test)
{
	struct ends *e = optimized_ends(test);
	u8 bytes[BFD_PACKET_MAX];
	u32 base = e->him.auth->opt->rcv.base;

	say(e, &e->us, 0, bytes);
	e->now += 10 * DETECTION_US * NSEC_PER_USEC;
	memset(bytes + 28, 0x7f, 4);
	KUNIT_EXPECT_EQ(test, hear(e, &e->him, bytes), BFD_COUNTER_DROP_AUTH_DIGEST);
	bfd_optimized_heard(e->him.auth->opt, bytes, base - 1);
	KUNIT_EXPECT_EQ(test, e->him.auth->opt->rcv.base, base);
	KUNIT_EXPECT_TRUE(test, e->him.auth->opt->rcv.known);
}

static void forger_begins_no_stream(struct kunit *test)
{
	struct ends *e = make_ends(test);
	u8 bytes[BFD_PACKET_MAX];

	lose(e, &e->us, MULT);
	say(e, &e->us, 0, bytes);
	bytes[32] ^= 1;
	KUNIT_EXPECT_EQ(test, hear(e, &e->him, bytes), BFD_COUNTER_DROP_AUTH_DIGEST);
	KUNIT_EXPECT_FALSE(test, e->him.auth->opt->rcv.known);
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), LCI_LEN);
}

/* RFC 9986: another Seed each time the session comes Up, and only then */
static void coming_up_anew_begins_another_stream(struct kunit *test)
{
	struct ends *e = optimized_ends(test);
	u8 old[BFD_PACKET_MAX];
	unsigned int i;

	say(e, &e->us, 0, old);
	bfd_optimized_rest(e->us.auth->opt, 0x33333333);
	e->us.pkt.state = BFD_STATE_INIT;
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), MCI_LEN);
	e->us.pkt.state = BFD_STATE_UP;
	KUNIT_EXPECT_EQ(test, tell(e, &e->him, &e->us, BFD_FLAG_POLL), MCI_LEN);
	for (i = 0; i < MULT; i++)
		KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), MCI_LEN);
	KUNIT_EXPECT_EQ(test, hear(e, &e->him, old), BFD_COUNTER_DROP_AUTH_SEQUENCE);
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), LCI_LEN);
	KUNIT_EXPECT_EQ(test, e->him.auth->opt->rcv.seed, 0x33333333);
}

static void another_key_goes_on_with_digests(struct kunit *test)
{
	struct ends *e = optimized_ends(test);
	struct bfd_auth *both = make_auth(test, ID, SECRET);
	struct bfd_auth *new = make_auth(test, ID + 1, "another one");

	set_key(both, ID + 1, "another one");
	set_key(new, ID, SECRET);
	bfd_auth_inherit(both, e->him.auth);
	e->him.auth = both;
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), LCI_LEN);
	bfd_auth_inherit(new, e->us.auth);
	e->us.auth = new;
	e->now += NSEC_PER_SEC;
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), MCI_LEN);
	e->now += NSEC_PER_SEC;
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), MCI_LEN);
	bfd_optimized_rest(e->us.auth->opt, 4);
	bfd_optimized_rest(e->him.auth->opt, 5);
	KUNIT_EXPECT_EQ(test, tell(e, &e->him, &e->us, BFD_FLAG_POLL), MCI_LEN);
	e->now += NSEC_PER_SEC;
	KUNIT_EXPECT_EQ(test, tell(e, &e->us, &e->him, 0), LCI_LEN);
}

static struct kunit_case bfd_optimized_cases[] = {
	KUNIT_CASE(stream_is_the_rfcs),
	KUNIT_CASE(section_has_the_rfcs_bytes),
	KUNIT_CASE(digests_for_a_detection_time),
	KUNIT_CASE(digests_until_the_peer_confirms),
	KUNIT_CASE(question_and_answer_have_digests),
	KUNIT_CASE(change_has_digests_for_a_detection_time),
	KUNIT_CASE(down_has_digests_always),
	KUNIT_CASE(change_without_a_digest_is_refused),
	KUNIT_CASE(session_that_is_not_up_wants_digests),
	KUNIT_CASE(there_are_two_modes),
	KUNIT_CASE(stream_survives_loss),
	KUNIT_CASE(first_of_the_stream_may_be_lost),
	KUNIT_CASE(forger_changes_nothing),
	KUNIT_CASE(number_from_afar_is_not_sought),
	KUNIT_CASE(forger_begins_no_stream),
	KUNIT_CASE(coming_up_anew_begins_another_stream),
	KUNIT_CASE(another_key_goes_on_with_digests),
	{ }
};

static struct kunit_suite bfd_optimized_suite = {
	.name = "bfd_optimized",
	.test_cases = bfd_optimized_cases,
};

kunit_test_suite(bfd_optimized_suite);
