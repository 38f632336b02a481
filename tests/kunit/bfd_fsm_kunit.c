// SPDX-License-Identifier: GPL-2.0
/*
 * One machine: states, diagnostics, and what it tells its caller to do and to
 * send (RFC 5880 6.2, 6.8.1, 6.8.4, 6.8.6, 6.8.7, 6.8.16).
 */
#include <linux/string.h>
#include "fsm_fixture.h"

#define STALE_DIAG	BFD_DIAG_FORWARDING_RESET	/* nothing here ever sets it */
#define CHANGED		(BFD_ACT_STATE | BFD_ACT_SEND | BFD_ACT_TIMING)

/* RFC 5880 6.8.6, read as: what becomes of a session in @from that hears @hears.
 * KEPT: bfd.LocalDiag stays what it was.
 */
#define KEPT		0xff

struct transition_param {
	const char *about;
	u8 from;
	u8 hears;
	u8 to;
	u8 diag;
	int drop;
};

static const struct transition_param transition_params[] = {
	/* "If bfd.SessionState is AdminDown: discard the packet" */
	{ "AdminDown hears AdminDown", 0, 0, 0, KEPT, BFD_COUNTER_DROP_ADMIN_DOWN },
	{ "AdminDown hears Down", 0, 1, 0, KEPT, BFD_COUNTER_DROP_ADMIN_DOWN },
	{ "AdminDown hears Init", 0, 2, 0, KEPT, BFD_COUNTER_DROP_ADMIN_DOWN },
	{ "AdminDown hears Up", 0, 3, 0, KEPT, BFD_COUNTER_DROP_ADMIN_DOWN },
	/* "If received state is AdminDown: if bfd.SessionState is not Down, set
	 * bfd.LocalDiag to 3, set bfd.SessionState to Down"
	 */
	{ "Down hears AdminDown", 1, 0, 1, KEPT, 0 },
	{ "Init hears AdminDown", 2, 0, 1, 3, 0 },
	{ "Up hears AdminDown", 3, 0, 1, 3, 0 },
	/* "If bfd.SessionState is Down: received Down, Init; received Init, Up" */
	{ "Down hears Down", 1, 1, 2, 0, 0 },
	{ "Down hears Init", 1, 2, 3, 0, 0 },
	{ "Down hears Up", 1, 3, 1, KEPT, 0 },
	/* "If bfd.SessionState is Init: received Init or Up, Up" */
	{ "Init hears Down", 2, 1, 2, KEPT, 0 },
	{ "Init hears Init", 2, 2, 3, 0, 0 },
	{ "Init hears Up", 2, 3, 3, 0, 0 },
	/* "Else: received Down, set bfd.LocalDiag to 3, bfd.SessionState to Down" */
	{ "Up hears Down", 3, 1, 1, 3, 0 },
	{ "Up hears Init", 3, 2, 3, KEPT, 0 },
	{ "Up hears Up", 3, 3, 3, KEPT, 0 },
};

static void transition_describe(const struct transition_param *param, char *out)
{
	strscpy(out, param->about, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(transition, transition_params, transition_describe);

/* All flags the machine looks at, and C and A beside them: P, F, D */
static const u8 flag_sets[] = {
	0x00, 0x02, 0x08, 0x0a, 0x10, 0x12, 0x18, 0x1a,
	0x20, 0x22, 0x28, 0x2a, 0x30, 0x32, 0x38, 0x3a,
};

static void received_state_moves_session_state(struct kunit *test)
{
	const struct transition_param *param = test->param_value;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(flag_sets); i++) {
		u8 diag = param->diag == KEPT ? STALE_DIAG : param->diag;
		struct bfd_packet pkt = fsm_packet(param->hears, flag_sets[i]);
		struct bfd_fsm fsm;
		unsigned int acts;

		fsm_enter(test, &fsm, param->from);
		fsm.local_diag = STALE_DIAG;

		KUNIT_EXPECT_EQ(test, bfd_fsm_receive(&fsm, &pkt, &acts), param->drop);
		KUNIT_EXPECT_EQ(test, fsm.session_state, param->to);
		KUNIT_EXPECT_EQ(test, fsm.local_diag, diag);
	}
}

static void packet_tells_what_to_do(struct kunit *test)
{
	const struct transition_param *param = test->param_value;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(flag_sets); i++) {
		struct bfd_packet pkt = fsm_packet(param->hears, flag_sets[i]);
		unsigned int acts, expected = BFD_ACT_TIMING;
		struct bfd_fsm fsm;

		if (param->to != param->from)
			expected |= BFD_ACT_STATE | BFD_ACT_SEND;
		if (flag_sets[i] & 0x20 && !param->drop)
			expected |= BFD_ACT_FINAL;
		fsm_enter(test, &fsm, param->from);

		bfd_fsm_receive(&fsm, &pkt, &acts);
		KUNIT_EXPECT_EQ_MSG(test, acts, expected, "flags %#x", flag_sets[i]);
	}
}

/* RFC 5880 6.8.6 stores all this before it looks at bfd.SessionState */
static void packet_is_remembered(struct kunit *test)
{
	const struct transition_param *param = test->param_value;
	struct bfd_packet pkt = fsm_packet(param->hears, BFD_FLAG_DEMAND);
	struct bfd_fsm fsm;
	unsigned int acts;

	fsm_enter(test, &fsm, param->from);
	pkt.my_discr = 0xfeedface;
	pkt.detect_mult = 255;
	pkt.diag = 31;
	pkt.desired_min_tx_us = 0xfffffff1;
	pkt.required_min_rx_us = 0xfffffff2;
	pkt.required_min_echo_rx_us = 0xfffffff3;
	bfd_fsm_receive(&fsm, &pkt, &acts);

	KUNIT_EXPECT_EQ(test, fsm.remote_discr, 0xfeedface);
	KUNIT_EXPECT_EQ(test, fsm.remote_session_state, param->hears);
	KUNIT_EXPECT_TRUE(test, fsm.remote_demand_mode);
	KUNIT_EXPECT_EQ(test, fsm.remote_detect_mult, 255);
	KUNIT_EXPECT_EQ(test, fsm.remote_diag, 31);
	KUNIT_EXPECT_EQ(test, fsm.remote_desired_min_tx_us, 0xfffffff1);
	KUNIT_EXPECT_EQ(test, fsm.remote_min_rx_us, 0xfffffff2);
	KUNIT_EXPECT_EQ(test, fsm.remote_min_echo_rx_us, 0xfffffff3);
}

static void demand_mode_ends_with_its_bit(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, BFD_STATE_UP);
	fsm_hear(test, &fsm, BFD_STATE_UP, BFD_FLAG_DEMAND);
	fsm_hear(test, &fsm, BFD_STATE_UP, 0);

	KUNIT_EXPECT_FALSE(test, fsm.remote_demand_mode);
}

/* RFC 5880 6.8.1 */
static void machine_starts_with_initial_values(struct kunit *test)
{
	struct bfd_fsm_config config = fsm_config();
	struct bfd_fsm fsm;

	memset(&fsm, 0xa5, sizeof(fsm));
	bfd_fsm_init(&fsm, &config, LOCAL_DISCR);

	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, fsm.local_discr, LOCAL_DISCR);
	KUNIT_EXPECT_EQ(test, fsm.local_diag, BFD_DIAG_NONE);
	KUNIT_EXPECT_EQ(test, fsm.remote_session_state, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, fsm.remote_discr, 0);
	KUNIT_EXPECT_EQ(test, fsm.remote_diag, 0);
	KUNIT_EXPECT_EQ(test, fsm.remote_detect_mult, 0);
	KUNIT_EXPECT_EQ(test, fsm.remote_min_rx_us, 1);
	KUNIT_EXPECT_FALSE(test, fsm.remote_demand_mode);
	KUNIT_EXPECT_FALSE(test, fsm.poll);
}

static void machine_starts_admin_down_if_told(struct kunit *test)
{
	struct bfd_fsm_config config = fsm_config();
	struct bfd_fsm fsm;

	config.admin_down = true;
	bfd_fsm_init(&fsm, &config, LOCAL_DISCR);

	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_ADMIN_DOWN);
	KUNIT_EXPECT_EQ(test, fsm.local_diag, BFD_DIAG_ADMIN_DOWN);
}

/* RFC 5880 6.8.16 */
static void command_takes_any_state_to_admin_down(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_fsm_config config = fsm_config();
	unsigned int expected = CHANGED;
	struct bfd_fsm fsm;

	if (param->state == BFD_STATE_ADMIN_DOWN)
		expected = BFD_ACT_TIMING;
	fsm_enter(test, &fsm, param->state);
	config.admin_down = true;

	KUNIT_EXPECT_EQ(test, bfd_fsm_configure(&fsm, &config), expected);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_ADMIN_DOWN);
	KUNIT_EXPECT_EQ(test, fsm.local_diag, BFD_DIAG_ADMIN_DOWN);
}

static void command_ends_admin_down(struct kunit *test)
{
	struct bfd_fsm_config config = fsm_config();
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, BFD_STATE_ADMIN_DOWN);

	KUNIT_EXPECT_EQ(test, bfd_fsm_configure(&fsm, &config), CHANGED);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, fsm.local_diag, BFD_DIAG_NONE);
}

static void admin_down_outlives_other_changes(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, BFD_STATE_ADMIN_DOWN);

	KUNIT_EXPECT_EQ(test, fsm_set_intervals(&fsm, 1000, 1000), BFD_ACT_TIMING);
	KUNIT_EXPECT_EQ(test, fsm.session_state, BFD_STATE_ADMIN_DOWN);
	KUNIT_EXPECT_EQ(test, fsm.local_diag, BFD_DIAG_ADMIN_DOWN);
}

static void command_is_told_to_a_peer_that_wants_silence(struct kunit *test)
{
	struct bfd_fsm_config config;
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, BFD_STATE_UP);
	fsm.remote_min_rx_us = 0;
	config = fsm.config;
	config.detect_mult++;

	KUNIT_EXPECT_EQ(test, bfd_fsm_configure(&fsm, &config), BFD_ACT_SEND | BFD_ACT_TIMING);
}

static void command_never_flaps(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_fsm_config config;
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, param->state);
	config = fsm.config;
	config.desired_min_tx_us = 5000000;
	config.required_min_rx_us = 0;
	config.detect_mult = 1;
	config.passive = true;

	KUNIT_EXPECT_EQ(test, bfd_fsm_configure(&fsm, &config), BFD_ACT_TIMING);
	KUNIT_EXPECT_EQ(test, fsm.session_state, param->state);
}

/* RFC 5880 6.8.4 */
static void expiry_takes_init_and_up_down(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	bool heard = param->state == BFD_STATE_INIT || param->state == BFD_STATE_UP;
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, param->state);
	fsm.local_diag = STALE_DIAG;

	KUNIT_EXPECT_EQ(test, bfd_fsm_expire(&fsm), heard ? CHANGED : BFD_ACT_TIMING);
	KUNIT_EXPECT_EQ(test, fsm.session_state, heard ? BFD_STATE_DOWN : param->state);
	KUNIT_EXPECT_EQ(test, fsm.local_diag, heard ? BFD_DIAG_CONTROL_EXPIRY : STALE_DIAG);
}

/* RFC 5880 6.8.1: "MUST be set to zero" for bfd.RemoteDiscr, in any state; what
 * else was learnt goes back to where it began
 */
static void expiry_forgets_the_peer(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_packet pkt = fsm_packet(BFD_STATE_ADMIN_DOWN, BFD_FLAG_DEMAND);
	struct bfd_fsm fsm;
	unsigned int acts;

	fsm_enter(test, &fsm, param->state);
	bfd_fsm_receive(&fsm, &pkt, &acts);
	bfd_fsm_expire(&fsm);

	KUNIT_EXPECT_EQ(test, fsm.remote_discr, 0);
	KUNIT_EXPECT_EQ(test, fsm.remote_session_state, BFD_STATE_DOWN);
	KUNIT_EXPECT_EQ(test, fsm.remote_detect_mult, 0);
	KUNIT_EXPECT_EQ(test, fsm.remote_min_rx_us, 1);
	KUNIT_EXPECT_EQ(test, fsm.remote_desired_min_tx_us, 0);
	KUNIT_EXPECT_EQ(test, fsm.remote_min_echo_rx_us, 0);
	KUNIT_EXPECT_FALSE(test, fsm.remote_demand_mode);
}

static void path_down_takes_init_and_up_down(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	bool heard = param->state == BFD_STATE_INIT || param->state == BFD_STATE_UP;
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, param->state);
	fsm.local_diag = STALE_DIAG;

	KUNIT_EXPECT_EQ(test, bfd_fsm_path_down(&fsm), heard ? CHANGED : 0);
	KUNIT_EXPECT_EQ(test, fsm.session_state, heard ? BFD_STATE_DOWN : param->state);
	KUNIT_EXPECT_EQ(test, fsm.local_diag, heard ? BFD_DIAG_PATH_DOWN : STALE_DIAG);
}

/* RFC 5880 6.8.1: for at least a Detection Time after the last packet */
static void path_down_remembers_the_peer(struct kunit *test)
{
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, BFD_STATE_UP);
	bfd_fsm_path_down(&fsm);

	KUNIT_EXPECT_EQ(test, fsm.remote_discr, REMOTE_DISCR);
	KUNIT_EXPECT_EQ(test, fsm.remote_detect_mult, REMOTE_MULT);
}

/* RFC 5880 6.8.7 */
static void packet_says_what_the_rfc_wants(struct kunit *test)
{
	struct bfd_packet pkt;
	struct bfd_fsm fsm;

	fsm_settle(test, &fsm);
	memset(&pkt, 0xa5, sizeof(pkt));
	fsm.local_diag = STALE_DIAG;
	bfd_fsm_packet(&fsm, &pkt, false);

	KUNIT_EXPECT_EQ(test, pkt.diag, STALE_DIAG);
	KUNIT_EXPECT_EQ(test, pkt.state, BFD_STATE_UP);
	KUNIT_EXPECT_EQ(test, pkt.flags, BFD_FLAG_CPI);
	KUNIT_EXPECT_EQ(test, pkt.detect_mult, LOCAL_MULT);
	KUNIT_EXPECT_EQ(test, pkt.length, 24);
	KUNIT_EXPECT_EQ(test, pkt.my_discr, LOCAL_DISCR);
	KUNIT_EXPECT_EQ(test, pkt.your_discr, REMOTE_DISCR);
	KUNIT_EXPECT_EQ(test, pkt.desired_min_tx_us, LOCAL_TX_US);
	KUNIT_EXPECT_EQ(test, pkt.required_min_rx_us, LOCAL_RX_US);
	KUNIT_EXPECT_EQ(test, pkt.required_min_echo_rx_us, 0);
}

static void packet_shows_the_state(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_packet pkt;
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, param->state);
	bfd_fsm_packet(&fsm, &pkt, false);

	KUNIT_EXPECT_EQ(test, pkt.state, param->state);
}

static void answer_has_final_and_not_poll(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_packet pkt;
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, param->state);
	bfd_fsm_packet(&fsm, &pkt, true);

	KUNIT_EXPECT_EQ(test, pkt.flags, BFD_FLAG_CPI | BFD_FLAG_FINAL);
}

static void passive_machine_waits_to_be_spoken_to(struct kunit *test)
{
	struct bfd_fsm_config config = fsm_config();
	struct bfd_fsm fsm;

	config.passive = true;
	bfd_fsm_init(&fsm, &config, LOCAL_DISCR);
	KUNIT_EXPECT_FALSE(test, bfd_fsm_may_speak(&fsm));
	KUNIT_EXPECT_FALSE(test, bfd_fsm_transmits(&fsm));

	fsm_hear(test, &fsm, BFD_STATE_DOWN, 0);
	KUNIT_EXPECT_TRUE(test, bfd_fsm_may_speak(&fsm));
	KUNIT_EXPECT_TRUE(test, bfd_fsm_transmits(&fsm));
}

static void passive_machine_falls_silent_with_its_peer(struct kunit *test)
{
	struct bfd_fsm_config config = fsm_config();
	struct bfd_fsm fsm;

	config.passive = true;
	bfd_fsm_init(&fsm, &config, LOCAL_DISCR);
	fsm_hear(test, &fsm, BFD_STATE_DOWN, 0);
	bfd_fsm_expire(&fsm);

	KUNIT_EXPECT_FALSE(test, bfd_fsm_may_speak(&fsm));
	KUNIT_EXPECT_FALSE(test, bfd_fsm_transmits(&fsm));
}

static void active_machine_speaks_first(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_fsm fsm;

	fsm_enter(test, &fsm, param->state);
	bfd_fsm_expire(&fsm);

	KUNIT_EXPECT_TRUE(test, bfd_fsm_may_speak(&fsm));
	KUNIT_EXPECT_TRUE(test, bfd_fsm_transmits(&fsm));
}

/* "MUST NOT periodically transmit if bfd.RemoteMinRxInterval is zero" */
static void peer_may_ask_for_silence(struct kunit *test)
{
	const struct fsm_state_param *param = test->param_value;
	struct bfd_packet pkt = fsm_packet(BFD_STATE_UP, 0);
	struct bfd_fsm fsm;
	unsigned int acts;

	fsm_enter(test, &fsm, param->state);
	pkt.required_min_rx_us = 0;
	bfd_fsm_receive(&fsm, &pkt, &acts);
	KUNIT_EXPECT_FALSE(test, bfd_fsm_transmits(&fsm));
	KUNIT_EXPECT_TRUE(test, bfd_fsm_may_speak(&fsm));

	pkt.required_min_rx_us = 1;
	bfd_fsm_receive(&fsm, &pkt, &acts);
	KUNIT_EXPECT_TRUE(test, bfd_fsm_transmits(&fsm));
}

/* RFC 5880 6.8.7: silent if bfd.RemoteDemandMode is 1, both ends are Up, and no
 * Poll Sequence is being transmitted. Every combination.
 */
static void demand_mode_silences(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < 2 * 2 * 4 * 4; i++) {
		struct bfd_fsm fsm;
		bool silent;

		fsm_settle(test, &fsm);
		fsm.remote_demand_mode = i & 1;
		fsm.poll = i & 2;
		fsm.session_state = i / 4 % 4;
		fsm.remote_session_state = i / 16;
		silent = (i & 1) && !(i & 2) && fsm.session_state == BFD_STATE_UP &&
			 fsm.remote_session_state == BFD_STATE_UP;

		KUNIT_EXPECT_EQ_MSG(test, bfd_fsm_transmits(&fsm), !silent,
				    "demand %u poll %u local %u remote %u", i & 1, i >> 1 & 1,
				    fsm.session_state, fsm.remote_session_state);
	}
}

static struct kunit_case bfd_fsm_cases[] = {
	KUNIT_CASE_PARAM(received_state_moves_session_state, transition_gen_params),
	KUNIT_CASE_PARAM(packet_tells_what_to_do, transition_gen_params),
	KUNIT_CASE_PARAM(packet_is_remembered, transition_gen_params),
	KUNIT_CASE(demand_mode_ends_with_its_bit),
	KUNIT_CASE(machine_starts_with_initial_values),
	KUNIT_CASE(machine_starts_admin_down_if_told),
	KUNIT_CASE_PARAM(command_takes_any_state_to_admin_down, fsm_state_gen_params),
	KUNIT_CASE(command_ends_admin_down),
	KUNIT_CASE(admin_down_outlives_other_changes),
	KUNIT_CASE(command_is_told_to_a_peer_that_wants_silence),
	KUNIT_CASE_PARAM(command_never_flaps, fsm_state_gen_params),
	KUNIT_CASE_PARAM(expiry_takes_init_and_up_down, fsm_state_gen_params),
	KUNIT_CASE_PARAM(expiry_forgets_the_peer, fsm_state_gen_params),
	KUNIT_CASE_PARAM(path_down_takes_init_and_up_down, fsm_state_gen_params),
	KUNIT_CASE(path_down_remembers_the_peer),
	KUNIT_CASE(packet_says_what_the_rfc_wants),
	KUNIT_CASE_PARAM(packet_shows_the_state, fsm_state_gen_params),
	KUNIT_CASE_PARAM(answer_has_final_and_not_poll, fsm_state_gen_params),
	KUNIT_CASE(passive_machine_waits_to_be_spoken_to),
	KUNIT_CASE(passive_machine_falls_silent_with_its_peer),
	KUNIT_CASE_PARAM(active_machine_speaks_first, fsm_state_gen_params),
	KUNIT_CASE_PARAM(peer_may_ask_for_silence, fsm_state_gen_params),
	KUNIT_CASE(demand_mode_silences),
	{ }
};

static struct kunit_suite bfd_fsm_suite = {
	.name = "bfd_fsm",
	.test_cases = bfd_fsm_cases,
};

kunit_test_suite(bfd_fsm_suite);
