/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the suites of the state machine share: a machine brought into any state
 * by packets alone, and packets as its peer would send them.
 */
#ifndef _FSM_FIXTURE_H
#define _FSM_FIXTURE_H

#include <kunit/test.h>
#include <linux/bfd.h>
#include <bfd/fsm.h>
#include <bfd/packet.h>

#define LOCAL_DISCR	0x0a0b0c0d
#define REMOTE_DISCR	0x01020304

/* Intervals that tell who they are when they turn up */
#define LOCAL_TX_US	110000
#define LOCAL_RX_US	220000
#define LOCAL_MULT	7
#define REMOTE_TX_US	330000
#define REMOTE_RX_US	44000
#define REMOTE_ECHO_US	55000
#define REMOTE_MULT	5

/* RFC 5880 6.8.3, not read from the code under test */
#define ONE_SECOND_US	1000000

/**
 * struct fsm_state_param - one of the four states, for cases run in each
 * @state: enum bfd_state
 * @name: the RFC's
 */
struct fsm_state_param {
	u8 state;
	const char *name;
};

const void *fsm_state_gen_params(const void *prev, char *out);
const void *fsm_not_up_gen_params(const void *prev, char *out);

struct bfd_fsm_config fsm_config(void);
struct bfd_packet fsm_packet(u8 state, u8 flags);
unsigned int fsm_hear(struct kunit *test, struct bfd_fsm *fsm, u8 state, u8 flags);
u8 fsm_say(struct bfd_fsm *fsm);
void fsm_enter(struct kunit *test, struct bfd_fsm *fsm, u8 state);
void fsm_settle(struct kunit *test, struct bfd_fsm *fsm);
unsigned int fsm_set_intervals(struct bfd_fsm *fsm, u32 tx_us, u32 rx_us);

#endif /* _FSM_FIXTURE_H */
