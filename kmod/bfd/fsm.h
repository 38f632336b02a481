/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The state machine of one session: RFC 5880 6.8, or RFC 7880 7.3 where the peer
 * only reflects; event in, actions out. Pure:
 * no clock, no lock, no I/O, no allocation; the caller holds what guards the
 * struct. Times are intervals; the one who knows the time adds them to it.
 */
#ifndef _BFD_FSM_H
#define _BFD_FSM_H

#include <linux/bits.h>
#include <linux/types.h>

struct bfd_packet;

#define BFD_SLOW_TX_US		1000000		/* RFC 5880 6.8.3: not Up */
#define BFD_DEFAULT_TX_US	300000
#define BFD_DEFAULT_RX_US	300000
#define BFD_DEFAULT_MULT	3
#define BFD_DEFAULT_DEMAND_POLL_US	1000000
#define BFD_DEFAULT_ECHO_SLOW_US	1000000	/* RFC 5880 6.8.3 */
#define BFD_UNAFFILIATED_US	1000000	/* RFC 9747 2: told, and of no effect */
#define BFD_TX_GRID_SHIFT	17		/* 131 us, a slot of the wheel */

/* What the caller has to do after an event */
#define BFD_ACT_STATE		BIT(0)	/* session_state changed: tell the listeners */
#define BFD_ACT_SEND		BIT(1)	/* contents changed: send at once (6.8.7) */
#define BFD_ACT_FINAL		BIT(2)	/* answer a Poll at once with F set */
#define BFD_ACT_TIMING		BIT(3)	/* an interval may have changed: reschedule */

/**
 * struct bfd_fsm_config - what the administrator chose
 * @desired_min_tx_us: wanted transmit interval, us
 * @required_min_rx_us: fastest receive interval, us; 0 = nothing periodic
 * @detect_mult: bfd.DetectMult
 * @passive: role of RFC 5880 6.1
 * @admin_down: hold AdminDown
 * @demand: bfd.DemandMode: ask the peer to be silent while both are Up
 * @demand_poll_us: in Demand mode, Polls verify the path this often; 0 = only
 *	when asked to
 * @reflector: discriminator of the S-BFD reflector whose answers tell that the
 *	path is there (RFC 7880); 0 = the peer has a session of its own. With it
 *	@required_min_rx_us is 0, @passive and @demand are not set
 * @unaffiliated: the peer has no BFD, and forwards to us what is for us: our own
 *	packets are all that is heard (RFC 9747). With it @required_min_rx_us is 0, and
 *	nothing below and neither @passive nor @demand is set
 * @desired_min_echo_tx_us: interval of our echoes, us; 0 = none
 * @required_min_echo_rx_us: bfd.RequiredMinEchoRxInterval, the fastest the peer's
 *	are looped, us; 0 = they are not
 * @echo_slow_us: while our echoes tell of the path, the peer's periodic packets
 *	need not come faster than this, us
 */
struct bfd_fsm_config {
	u32 desired_min_tx_us;
	u32 required_min_rx_us;
	u8 detect_mult;
	bool passive;
	bool admin_down;
	bool demand;
	u32 demand_poll_us;
	u32 reflector;
	bool unaffiliated;
	u32 desired_min_echo_tx_us;
	u32 required_min_echo_rx_us;
	u32 echo_slow_us;
};

/**
 * struct bfd_fsm - RFC 5880 6.8.1's variables, under their names
 * @config: what was asked for; what is advertised follows from it and the state
 * @session_state: bfd.SessionState
 * @remote_session_state: bfd.RemoteSessionState
 * @local_diag: bfd.LocalDiag
 * @remote_diag: Diag of the last packet
 * @remote_detect_mult: Detect Mult of the last packet, 0 if none
 * @remote_demand_mode: bfd.RemoteDemandMode
 * @local_discr: bfd.LocalDiscr
 * @remote_discr: bfd.RemoteDiscr
 * @desired_min_tx_us: bfd.DesiredMinTxInterval, as advertised
 * @required_min_rx_us: bfd.RequiredMinRxInterval, as advertised
 * @required_min_echo_rx_us: bfd.RequiredMinEchoRxInterval, as advertised
 * @remote_min_rx_us: bfd.RemoteMinRxInterval
 * @remote_desired_min_tx_us: Desired Min TX Interval of the last packet
 * @remote_min_echo_rx_us: Required Min Echo RX Interval of the last packet
 * @demand: the Demand bit, as advertised
 * @detect_mult: bfd.DetectMult, as advertised
 * @eff_desired_min_tx_us: in use; lags behind an increase until the peer has
 *	answered our Poll (RFC 5880 6.8.3)
 * @eff_required_min_rx_us: in use; lags behind a decrease likewise
 * @eff_required_min_echo_rx_us: the peer's echoes are looped as fast; lags behind an
 *	increase likewise, so that no echo is refused that it had leave to send
 * @eff_demand: Demand mode is in use by us; lags behind its end until the peer
 *	has answered our Poll, and speaks again
 * @poll: a Poll Sequence of ours is in progress
 * @poll_sent: a packet with P has left in it, so an F may end it
 * @poll_again: parameters changed meanwhile: start another when it ends
 */
struct bfd_fsm {
	struct bfd_fsm_config config;
	u8 session_state;
	u8 remote_session_state;
	u8 local_diag;
	u8 remote_diag;
	u8 remote_detect_mult;
	bool remote_demand_mode;
	u32 local_discr;
	u32 remote_discr;
	u32 desired_min_tx_us;
	u32 required_min_rx_us;
	u32 required_min_echo_rx_us;
	u32 remote_min_rx_us;
	u32 remote_desired_min_tx_us;
	u32 remote_min_echo_rx_us;
	bool demand;
	u8 detect_mult;
	u32 eff_desired_min_tx_us;
	u32 eff_required_min_rx_us;
	u32 eff_required_min_echo_rx_us;
	bool eff_demand;
	bool poll;
	bool poll_sent;
	bool poll_again;
};

void bfd_fsm_init(struct bfd_fsm *fsm, const struct bfd_fsm_config *config, u32 local_discr);
unsigned int bfd_fsm_configure(struct bfd_fsm *fsm, const struct bfd_fsm_config *config);
unsigned int bfd_fsm_looped(struct bfd_fsm *fsm, u8 state);
int bfd_fsm_receive(struct bfd_fsm *fsm, const struct bfd_packet *pkt, unsigned int *acts);
unsigned int bfd_fsm_expire(struct bfd_fsm *fsm);
unsigned int bfd_fsm_path_down(struct bfd_fsm *fsm);
unsigned int bfd_fsm_echo_failed(struct bfd_fsm *fsm);
unsigned int bfd_fsm_verify(struct bfd_fsm *fsm);
void bfd_fsm_packet(const struct bfd_fsm *fsm, struct bfd_packet *pkt, bool final);
void bfd_fsm_sent(struct bfd_fsm *fsm);
bool bfd_fsm_may_speak(const struct bfd_fsm *fsm);
bool bfd_fsm_transmits(const struct bfd_fsm *fsm);
bool bfd_fsm_demand_active(const struct bfd_fsm *fsm);
u32 bfd_fsm_tx_interval_us(const struct bfd_fsm *fsm);
u32 bfd_fsm_rx_interval_us(const struct bfd_fsm *fsm);
u32 bfd_fsm_echo_tx_interval_us(const struct bfd_fsm *fsm);
u32 bfd_fsm_echo_rx_interval_us(const struct bfd_fsm *fsm);
u64 bfd_fsm_detection_time_us(const struct bfd_fsm *fsm);
u64 bfd_fsm_next_tx_ns(u64 last_ns, u32 interval_us, u8 detect_mult, u32 random);

#endif /* _BFD_FSM_H */
