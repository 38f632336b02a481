// SPDX-License-Identifier: GPL-2.0
/*
 * Two machines that hear each other: what RFC 5880 6.2 promises of a pair.
 */
#include "fsm_fixture.h"

/* Enough for any handshake: each end speaks once in a round */
#define ROUNDS	6

struct pair {
	struct bfd_fsm a;
	struct bfd_fsm b;
};

static void pair_init(struct pair *pair)
{
	struct bfd_fsm_config config = fsm_config();

	bfd_fsm_init(&pair->a, &config, LOCAL_DISCR);
	bfd_fsm_init(&pair->b, &config, REMOTE_DISCR);
}

/* One packet and, if it asks for one, its answer. A packet that is refused was
 * heard all the same: only AdminDown refuses here.
 */
static void speak(struct bfd_fsm *from, struct bfd_fsm *to)
{
	struct bfd_packet pkt;
	unsigned int acts;

	if (!bfd_fsm_may_speak(from))
		return;
	bfd_fsm_packet(from, &pkt, false);
	bfd_fsm_sent(from);
	bfd_fsm_receive(to, &pkt, &acts);
	if (!(acts & BFD_ACT_FINAL))
		return;
	bfd_fsm_packet(to, &pkt, true);
	bfd_fsm_receive(from, &pkt, &acts);
}

static void converse(struct pair *pair)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		speak(&pair->a, &pair->b);
		speak(&pair->b, &pair->a);
	}
}

static void expect_states(struct kunit *test, const struct pair *pair, u8 a, u8 b)
{
	KUNIT_EXPECT_EQ(test, pair->a.session_state, a);
	KUNIT_EXPECT_EQ(test, pair->b.session_state, b);
}

/* RFC 5880 6.2: three packets bring both ends up */
static void handshake_takes_three_packets(struct kunit *test)
{
	struct pair pair;

	pair_init(&pair);
	speak(&pair.a, &pair.b);
	expect_states(test, &pair, BFD_STATE_DOWN, BFD_STATE_INIT);
	speak(&pair.b, &pair.a);
	expect_states(test, &pair, BFD_STATE_UP, BFD_STATE_INIT);
	speak(&pair.a, &pair.b);
	expect_states(test, &pair, BFD_STATE_UP, BFD_STATE_UP);
}

/* Both spoke before either heard */
static void crossing_packets_come_up(struct kunit *test)
{
	struct bfd_packet from_a, from_b;
	struct pair pair;
	unsigned int acts;

	pair_init(&pair);
	bfd_fsm_packet(&pair.a, &from_a, false);
	bfd_fsm_packet(&pair.b, &from_b, false);
	bfd_fsm_receive(&pair.a, &from_b, &acts);
	bfd_fsm_receive(&pair.b, &from_a, &acts);
	expect_states(test, &pair, BFD_STATE_INIT, BFD_STATE_INIT);

	converse(&pair);
	expect_states(test, &pair, BFD_STATE_UP, BFD_STATE_UP);
}

static void pair_learns_each_other(struct kunit *test)
{
	struct pair pair;

	pair_init(&pair);
	converse(&pair);

	KUNIT_EXPECT_EQ(test, pair.a.remote_discr, REMOTE_DISCR);
	KUNIT_EXPECT_EQ(test, pair.b.remote_discr, LOCAL_DISCR);
}

static void pair_ends_its_polls(struct kunit *test)
{
	struct pair pair;

	pair_init(&pair);
	converse(&pair);

	KUNIT_EXPECT_FALSE(test, pair.a.poll);
	KUNIT_EXPECT_FALSE(test, pair.b.poll);
}

/* What one sends at is what the other expects */
static void pair_agrees_on_intervals(struct kunit *test)
{
	struct pair pair;

	pair_init(&pair);
	converse(&pair);
	fsm_set_intervals(&pair.a, 50000, 70000);
	fsm_set_intervals(&pair.b, 90000, 20000);
	converse(&pair);

	KUNIT_EXPECT_EQ(test, bfd_fsm_tx_interval_us(&pair.a), 50000);
	KUNIT_EXPECT_EQ(test, bfd_fsm_rx_interval_us(&pair.b), 50000);
	KUNIT_EXPECT_EQ(test, bfd_fsm_tx_interval_us(&pair.b), 90000);
	KUNIT_EXPECT_EQ(test, bfd_fsm_rx_interval_us(&pair.a), 90000);
}

static void one_passive_end_comes_up(struct kunit *test)
{
	struct pair pair;

	pair_init(&pair);
	pair.a.config.passive = true;
	converse(&pair);

	expect_states(test, &pair, BFD_STATE_UP, BFD_STATE_UP);
}

static void two_passive_ends_stay_down(struct kunit *test)
{
	struct pair pair;

	pair_init(&pair);
	pair.a.config.passive = true;
	pair.b.config.passive = true;
	converse(&pair);

	expect_states(test, &pair, BFD_STATE_DOWN, BFD_STATE_DOWN);
}

static void admin_down_takes_the_peer_down(struct kunit *test)
{
	struct bfd_fsm_config config = fsm_config();
	struct pair pair;

	pair_init(&pair);
	converse(&pair);
	config.admin_down = true;
	bfd_fsm_configure(&pair.a, &config);
	converse(&pair);

	expect_states(test, &pair, BFD_STATE_ADMIN_DOWN, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, pair.b.local_diag, BFD_DIAG_NEIGHBOR_DOWN);
	KUNIT_EXPECT_EQ(test, pair.b.remote_diag, BFD_DIAG_ADMIN_DOWN);
}

static void end_of_admin_down_comes_up(struct kunit *test)
{
	struct bfd_fsm_config config = fsm_config();
	struct pair pair;

	pair_init(&pair);
	config.admin_down = true;
	bfd_fsm_configure(&pair.a, &config);
	converse(&pair);
	config.admin_down = false;
	bfd_fsm_configure(&pair.a, &config);
	converse(&pair);

	expect_states(test, &pair, BFD_STATE_UP, BFD_STATE_UP);
}

/* One end heard nothing for a Detection Time; the other does not know yet */
static void one_sided_expiry_takes_both_down_and_up(struct kunit *test)
{
	struct pair pair;

	pair_init(&pair);
	converse(&pair);
	bfd_fsm_expire(&pair.a);
	expect_states(test, &pair, BFD_STATE_DOWN, BFD_STATE_UP);

	speak(&pair.a, &pair.b);
	expect_states(test, &pair, BFD_STATE_DOWN, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, pair.b.local_diag, BFD_DIAG_NEIGHBOR_DOWN);
	KUNIT_EXPECT_EQ(test, pair.b.remote_diag, BFD_DIAG_CONTROL_EXPIRY);

	converse(&pair);
	expect_states(test, &pair, BFD_STATE_UP, BFD_STATE_UP);
}

/* A peer that restarted begins in Down, with a new discriminator */
static void restarted_peer_comes_up_again(struct kunit *test)
{
	struct bfd_fsm_config config = fsm_config();
	struct pair pair;

	pair_init(&pair);
	converse(&pair);
	bfd_fsm_init(&pair.b, &config, REMOTE_DISCR + 1);
	speak(&pair.b, &pair.a);
	expect_states(test, &pair, BFD_STATE_DOWN, BFD_STATE_DOWN);

	converse(&pair);
	expect_states(test, &pair, BFD_STATE_UP, BFD_STATE_UP);
	KUNIT_EXPECT_EQ(test, pair.a.remote_discr, REMOTE_DISCR + 1);
}

static struct kunit_case bfd_peer_cases[] = {
	KUNIT_CASE(handshake_takes_three_packets),
	KUNIT_CASE(crossing_packets_come_up),
	KUNIT_CASE(pair_learns_each_other),
	KUNIT_CASE(pair_ends_its_polls),
	KUNIT_CASE(pair_agrees_on_intervals),
	KUNIT_CASE(one_passive_end_comes_up),
	KUNIT_CASE(two_passive_ends_stay_down),
	KUNIT_CASE(admin_down_takes_the_peer_down),
	KUNIT_CASE(end_of_admin_down_comes_up),
	KUNIT_CASE(one_sided_expiry_takes_both_down_and_up),
	KUNIT_CASE(restarted_peer_comes_up_again),
	{ }
};

static struct kunit_suite bfd_peer_suite = {
	.name = "bfd_peer",
	.test_cases = bfd_peer_cases,
};

kunit_test_suite(bfd_peer_suite);
