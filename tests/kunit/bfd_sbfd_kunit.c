// SPDX-License-Identifier: GPL-2.0
/*
 * S-BFD: the initiator's machine (RFC 7880 7.3), what a reflector answers (7.2), and
 * both together.
 */
#include <linux/string.h>
#include <bfd/reflect.h>
#include "fsm_fixture.h"

#define ASKS		(BFD_FLAG_CPI | BFD_FLAG_DEMAND)
#define POLLS		(ASKS | BFD_FLAG_POLL)
#define PORT		50123
#define SECOND_NS	1000000000ULL
#define MS_NS		1000000ULL

/* No two fields have the same value */
static const struct bfd_packet request_packet = {
	.diag = BFD_DIAG_CONTROL_EXPIRY,
	.state = BFD_STATE_DOWN,
	.flags = ASKS,
	.detect_mult = 7,
	.length = BFD_PACKET_LEN,
	.my_discr = LOCAL_DISCR,
	.your_discr = REMOTE_DISCR,
	.desired_min_tx_us = LOCAL_TX_US,
	.required_min_rx_us = 0,
	.required_min_echo_rx_us = 66000,
};

static struct bfd_fsm_config initiator_config(void)
{
	return (struct bfd_fsm_config) {
		.desired_min_tx_us = LOCAL_TX_US,
		.detect_mult = LOCAL_MULT,
		.reflector = REMOTE_DISCR,
	};
}

static void initiator_init(struct bfd_fsm *fsm)
{
	struct bfd_fsm_config config = initiator_config();

	bfd_fsm_init(fsm, &config, LOCAL_DISCR);
}

/* It asks, and gets an answer */
static unsigned int ask(struct kunit *test, struct bfd_fsm *fsm, u32 rx_us, bool admin_down)
{
	struct bfd_packet request, answer;
	unsigned int acts;

	bfd_fsm_packet(fsm, &request, false);
	bfd_fsm_sent(fsm);
	KUNIT_ASSERT_EQ(test, bfd_reflect_check(&request, PORT), 0);
	bfd_reflect_answer(&answer, &request, rx_us, admin_down);
	KUNIT_ASSERT_EQ(test, bfd_fsm_receive(fsm, &answer, &acts), 0);
	return acts;
}

/* Up, and the Poll Sequence of coming up is over */
static void initiator_settle(struct kunit *test, struct bfd_fsm *fsm)
{
	initiator_init(fsm);
	ask(test, fsm, REMOTE_RX_US, false);
	KUNIT_ASSERT_TRUE(test, fsm->poll);
	ask(test, fsm, REMOTE_RX_US, false);
	KUNIT_ASSERT_EQ(test, fsm->session_state, BFD_STATE_UP);
	KUNIT_ASSERT_FALSE(test, fsm->poll);
}

/* RFC 7880 7.3.1's figure, and what is not in it */
static void figure_of_the_standard(struct kunit *test)
{
	static const struct {
		u8 from, heard, to;
	} arrows[] = {
		{ BFD_STATE_DOWN, BFD_STATE_ADMIN_DOWN, BFD_STATE_DOWN },
		{ BFD_STATE_DOWN, BFD_STATE_UP, BFD_STATE_UP },
		{ BFD_STATE_UP, BFD_STATE_ADMIN_DOWN, BFD_STATE_DOWN },
		{ BFD_STATE_UP, BFD_STATE_UP, BFD_STATE_UP },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(arrows); i++) {
		struct bfd_fsm fsm;

		initiator_init(&fsm);
		if (arrows[i].from == BFD_STATE_UP)
			ask(test, &fsm, REMOTE_RX_US, false);
		KUNIT_ASSERT_EQ(test, fsm.session_state, arrows[i].from);
		ask(test, &fsm, REMOTE_RX_US, arrows[i].heard == BFD_STATE_ADMIN_DOWN);
		KUNIT_EXPECT_EQ_MSG(test, fsm.session_state, arrows[i].to, "arrow %u", i);
	}
}

/* "TIMER" of the figure */
static void silence_takes_it_down(struct kunit *test)
{
	struct bfd_fsm fsm;
	unsigned int acts;

	initiator_settle(test, &fsm);
	acts = bfd_fsm_expire(&fsm);
	KUNIT_EXPECT_EQ(test, acts, BFD_ACT_STATE | BFD_ACT_SEND | BFD_ACT_TIMING);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, fsm.local_diag, BFD_DIAG_CONTROL_EXPIRY);
	/* It goes on asking, and knows whom */
	KUNIT_EXPECT_TRUE(test, bfd_fsm_transmits(&fsm));
	KUNIT_EXPECT_EQ(test, fsm.remote_discr, REMOTE_DISCR);
	KUNIT_EXPECT_EQ(test, bfd_fsm_tx_interval_us(&fsm), ONE_SECOND_US);
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), 0);
}

/* 7.2.3: "MUST NOT conclude loss of reachability", "no faster than 1 second" */
static void admin_down_is_told_and_slows(struct kunit *test)
{
	struct bfd_fsm fsm;

	initiator_settle(test, &fsm);
	ask(test, &fsm, REMOTE_RX_US, true);
	KUNIT_EXPECT_EQ(test, fsm.remote_session_state, BFD_STATE_ADMIN_DOWN);
	KUNIT_EXPECT_EQ(test, fsm.local_diag, BFD_DIAG_NEIGHBOR_DOWN);
	KUNIT_EXPECT_EQ(test, bfd_fsm_tx_interval_us(&fsm), ONE_SECOND_US);
	ask(test, &fsm, REMOTE_RX_US, false);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_UP);
}

/* 7.3.2 */
static void request_is_as_the_standard_says(struct kunit *test)
{
	struct bfd_packet pkt;
	struct bfd_fsm fsm;

	initiator_init(&fsm);
	bfd_fsm_packet(&fsm, &pkt, false);
	KUNIT_EXPECT_EQ(test, pkt.flags, ASKS);
	KUNIT_EXPECT_EQ(test, pkt.state, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, pkt.detect_mult, LOCAL_MULT);
	KUNIT_EXPECT_EQ(test, pkt.my_discr, LOCAL_DISCR);
	KUNIT_EXPECT_EQ(test, pkt.your_discr, REMOTE_DISCR);
	KUNIT_EXPECT_EQ(test, pkt.desired_min_tx_us, ONE_SECOND_US);
	KUNIT_EXPECT_EQ(test, pkt.required_min_rx_us, 0);
	KUNIT_EXPECT_EQ(test, pkt.required_min_echo_rx_us, 0);
	ask(test, &fsm, REMOTE_RX_US, false);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), POLLS);
}

/* What is refused changes nothing */
static void only_answers_are_taken(struct kunit *test)
{
	static const struct {
		u32 my_discr;
		u8 flags, state;
		int drop;
	} cases[] = {
		{ REMOTE_DISCR + 1, 0, BFD_STATE_ADMIN_DOWN, BFD_COUNTER_DROP_SBFD_REFLECTOR },
		{ REMOTE_DISCR, BFD_FLAG_DEMAND, BFD_STATE_ADMIN_DOWN,
		  BFD_COUNTER_DROP_SBFD_DEMAND },
		{ REMOTE_DISCR, 0, BFD_STATE_DOWN, BFD_COUNTER_DROP_SBFD_STATE },
		{ REMOTE_DISCR, 0, BFD_STATE_INIT, BFD_COUNTER_DROP_SBFD_STATE },
	};
	unsigned int i, acts;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct bfd_packet pkt = fsm_packet(cases[i].state, cases[i].flags);
		struct bfd_fsm fsm, before;

		initiator_settle(test, &fsm);
		before = fsm;
		pkt.my_discr = cases[i].my_discr;
		acts = U32_MAX;
		KUNIT_EXPECT_EQ(test, bfd_fsm_receive(&fsm, &pkt, &acts), cases[i].drop);
		KUNIT_EXPECT_EQ(test, acts, 0);
		KUNIT_EXPECT_EQ(test, memcmp(&fsm, &before, sizeof(fsm)), 0);
	}
}

static void answers_are_not_answered(struct kunit *test)
{
	struct bfd_fsm fsm;

	initiator_settle(test, &fsm);
	KUNIT_EXPECT_FALSE(test, fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_POLL) &
			   BFD_ACT_FINAL);
}

/* 7.2.3: the reflector says how often; 0 slows, it does not end */
static void reflector_sets_the_pace(struct kunit *test)
{
	struct bfd_fsm fsm;

	initiator_settle(test, &fsm);
	KUNIT_EXPECT_EQ(test, bfd_fsm_tx_interval_us(&fsm), LOCAL_TX_US);
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), (u64)LOCAL_MULT * LOCAL_TX_US);
	ask(test, &fsm, 5 * LOCAL_TX_US, false);
	KUNIT_EXPECT_EQ(test, bfd_fsm_tx_interval_us(&fsm), 5 * LOCAL_TX_US);
	KUNIT_EXPECT_EQ(test, bfd_fsm_rx_interval_us(&fsm), 5 * LOCAL_TX_US);
	KUNIT_EXPECT_EQ(test, bfd_fsm_detection_time_us(&fsm), (u64)LOCAL_MULT * 5 * LOCAL_TX_US);
	ask(test, &fsm, 0, false);
	KUNIT_EXPECT_TRUE(test, bfd_fsm_transmits(&fsm));
	KUNIT_EXPECT_EQ(test, bfd_fsm_tx_interval_us(&fsm), ONE_SECOND_US);
}

/* 7.5: as RFC 5880 has it. A slower interval waits for the answer */
static void change_is_polled(struct kunit *test)
{
	struct bfd_fsm_config config;
	struct bfd_fsm fsm;

	initiator_settle(test, &fsm);
	config = fsm.config;
	config.desired_min_tx_us = 3 * LOCAL_TX_US;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_TRUE(test, fsm.poll);
	KUNIT_EXPECT_EQ(test, bfd_fsm_tx_interval_us(&fsm), LOCAL_TX_US);
	ask(test, &fsm, REMOTE_RX_US, false);
	KUNIT_EXPECT_FALSE(test, fsm.poll);
	KUNIT_EXPECT_EQ(test, bfd_fsm_tx_interval_us(&fsm), 3 * LOCAL_TX_US);
	KUNIT_EXPECT_EQ(test, fsm_say(&fsm), ASKS);
}

static void admin_down_is_silent(struct kunit *test)
{
	struct bfd_packet pkt = fsm_packet(BFD_STATE_UP, 0);
	struct bfd_fsm_config config;
	struct bfd_fsm fsm;
	unsigned int acts;

	initiator_settle(test, &fsm);
	config = fsm.config;
	config.admin_down = true;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_ADMIN_DOWN);
	KUNIT_EXPECT_FALSE(test, bfd_fsm_may_speak(&fsm));
	KUNIT_EXPECT_FALSE(test, bfd_fsm_transmits(&fsm));
	KUNIT_EXPECT_EQ(test, bfd_fsm_receive(&fsm, &pkt, &acts), BFD_COUNTER_DROP_ADMIN_DOWN);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_ADMIN_DOWN);
	config.admin_down = false;
	bfd_fsm_configure(&fsm, &config);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_DOWN);
	KUNIT_EXPECT_TRUE(test, bfd_fsm_transmits(&fsm));
}

/* 7.2.2, in bytes: Diag, Sta, flags, Detect Mult, Length, My, Your, three intervals */
static void answer_is_as_the_standard_says(struct kunit *test)
{
	static const u8 up[BFD_PACKET_LEN] = {
		0x20, 0xc8, 7, 24, 0x01, 0x02, 0x03, 0x04, 0x0a, 0x0b, 0x0c, 0x0d,
		0x00, 0x01, 0xad, 0xb0, 0x00, 0x00, 0xab, 0xe0, 0, 0, 0, 0,
	};
	struct bfd_packet request = request_packet, answer;
	u8 bytes[BFD_PACKET_LEN];

	memset(&answer, 0xa5, sizeof(answer));
	bfd_reflect_answer(&answer, &request, REMOTE_RX_US, false);
	bfd_packet_build(bytes, &answer);
	KUNIT_EXPECT_EQ(test, memcmp(bytes, up, sizeof(up)), 0);

	/* Of all that it may be asked with, only a Poll makes a difference */
	request.flags = POLLS | BFD_FLAG_FINAL;
	request.state = BFD_STATE_UP;
	bfd_reflect_answer(&answer, &request, REMOTE_RX_US, true);
	bfd_packet_build(bytes, &answer);
	KUNIT_EXPECT_EQ(test, bytes[0], 0x20 | BFD_DIAG_ADMIN_DOWN);
	KUNIT_EXPECT_EQ(test, bytes[1], BFD_FLAG_CPI | BFD_FLAG_FINAL);
	KUNIT_EXPECT_EQ(test, memcmp(bytes + 2, up + 2, sizeof(up) - 2), 0);
}

static void only_requests_are_answered(struct kunit *test)
{
	struct bfd_packet pkt = request_packet, answer;

	KUNIT_EXPECT_EQ(test, bfd_reflect_check(&pkt, PORT), 0);
	KUNIT_EXPECT_EQ(test, bfd_reflect_check(&pkt, 1), 0);
	KUNIT_EXPECT_EQ(test, bfd_reflect_check(&pkt, 7784), BFD_COUNTER_DROP_SBFD_PORT);
	KUNIT_EXPECT_EQ(test, bfd_reflect_check(&pkt, 0), BFD_COUNTER_DROP_SBFD_PORT);
	pkt.flags |= BFD_FLAG_AUTH;
	KUNIT_EXPECT_EQ(test, bfd_reflect_check(&pkt, PORT), BFD_COUNTER_DROP_AUTH_UNEXPECTED);
	/* Appendix A: an answer that was led to a reflector */
	bfd_reflect_answer(&answer, &request_packet, REMOTE_RX_US, false);
	KUNIT_EXPECT_EQ(test, bfd_reflect_check(&answer, PORT), BFD_COUNTER_DROP_SBFD_DEMAND);
}

/* How many of @n at the same moment are answered */
static unsigned int admitted(u64 *allowance, u64 now, u32 rate, unsigned int n)
{
	unsigned int yes = 0;
	u64 next;

	while (n--) {
		next = bfd_reflect_admit(*allowance, now, rate);
		if (!next)
			continue;
		*allowance = next;
		yes++;
	}
	return yes;
}

static void answers_are_rationed(struct kunit *test)
{
	u64 allowance = 0, now = 77 * SECOND_NS;
	unsigned int i, sum = 0;

	/* A burst is a tenth of a second's, and one */
	KUNIT_EXPECT_EQ(test, admitted(&allowance, now, 100, 1000), 11);
	KUNIT_EXPECT_EQ(test, admitted(&allowance, now + 9 * MS_NS, 100, 10), 0);
	KUNIT_EXPECT_EQ(test, admitted(&allowance, now + 10 * MS_NS, 100, 10), 1);
	/* What was not used is kept for no longer */
	KUNIT_EXPECT_EQ(test, admitted(&allowance, now + SECOND_NS, 100, 1000), 11);
	/* In the long run it is the rate */
	for (i = 0; i < 10000; i++)
		sum += admitted(&allowance, now + (1000 + i) * MS_NS, 100, 3);
	KUNIT_EXPECT_EQ(test, sum, 999);
}

static void slowest_and_fastest_rate(struct kunit *test)
{
	u64 allowance = 0, now = 5;

	KUNIT_EXPECT_EQ(test, admitted(&allowance, now, 1, 10), 1);
	KUNIT_EXPECT_EQ(test, admitted(&allowance, now + SECOND_NS - 101 * MS_NS, 1, 10), 0);
	KUNIT_EXPECT_EQ(test, admitted(&allowance, now + SECOND_NS - 100 * MS_NS, 1, 10), 1);
	allowance = 0;
	KUNIT_EXPECT_EQ(test, admitted(&allowance, now, BFD_REFLECT_RATE_MAX, 200000), 100001);
}

static struct kunit_case bfd_sbfd_cases[] = {
	KUNIT_CASE(figure_of_the_standard),
	KUNIT_CASE(silence_takes_it_down),
	KUNIT_CASE(admin_down_is_told_and_slows),
	KUNIT_CASE(request_is_as_the_standard_says),
	KUNIT_CASE(only_answers_are_taken),
	KUNIT_CASE(answers_are_not_answered),
	KUNIT_CASE(reflector_sets_the_pace),
	KUNIT_CASE(change_is_polled),
	KUNIT_CASE(admin_down_is_silent),
	KUNIT_CASE(answer_is_as_the_standard_says),
	KUNIT_CASE(only_requests_are_answered),
	KUNIT_CASE(answers_are_rationed),
	KUNIT_CASE(slowest_and_fastest_rate),
	{ }
};

static struct kunit_suite bfd_sbfd_suite = {
	.name = "bfd_sbfd",
	.test_cases = bfd_sbfd_cases,
};

kunit_test_suite(bfd_sbfd_suite);
