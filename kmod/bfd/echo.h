/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The Echo function, RFC 5880 6.4: what our echoes say, when they leave, and when
 * too many of them have not come back. Pure: no clock, no lock, no I/O, no
 * allocation; the caller holds what guards the struct, and times are arguments.
 *
 * Only who sent an echo reads it (RFC 5880 5), so its format is our own:
 *
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                    Format, BFD_ECHO_FORMAT                    |
 * |                         Discriminator                         |
 * |                        Sequence Number                        |
 * +                             Time                              +
 * |                     ns, on a clock of ours                    |
 * +                       Digest of these three                   +
 * |                       under a key of ours                     |
 * +---------------------------------------------------------------+
 *
 * An unaffiliated session's are control packets (RFC 9747 2), whose state counts when
 * they come back; all this follows them, like padding, and its digest is of the state
 * also.
 */
#ifndef _BFD_ECHO_H
#define _BFD_ECHO_H

#include <linux/types.h>
#include "packet.h"

/* Read as a control packet it would be of version 0, which nobody takes */
#define BFD_ECHO_FORMAT		0x00454348
#define BFD_ECHO_LEN		28
#define BFD_ECHO_MAX		(BFD_PACKET_LEN + BFD_ECHO_LEN)

/**
 * struct bfd_echo_packet - an echo of ours in host order
 * @discr: bfd.LocalDiscr of the session
 * @seq: goes up by one with each echo of it
 * @time_ns: when it left
 * @unaffiliated: it is a control packet
 * @state: if so, the session's when it left; else 0
 * @digest: of all these, by whoever has the key
 */
struct bfd_echo_packet {
	u32 discr;
	u32 seq;
	u64 time_ns;
	bool unaffiliated;
	u8 state;
	u64 digest;
};

/**
 * struct bfd_echo - the echoes of one session
 * @interval_us: from one to the next, before jitter; 0: there are none
 * @sent: sequence number of the last that left
 * @received: of the last that came back, or of the last that need not
 * @since_ns: what silence counts from: when that came back, moved on by all the
 *	time in which none that was due had left
 * @last_tx_ns: when the last one left
 * @next_tx_ns: when the next one is due; U64_MAX
 * @grace: silence was overlooked once, see bfd_echo_excuse()
 */
struct bfd_echo {
	u32 interval_us;
	u32 sent;
	u32 received;
	u64 since_ns;
	u64 last_tx_ns;
	u64 next_tx_ns;
	bool grace;
};

bool bfd_echo_parse(struct bfd_echo_packet *pkt, const void *data, unsigned int len);
void bfd_echo_build(void *data, const struct bfd_echo_packet *pkt);
void bfd_echo_init(struct bfd_echo *echo);
void bfd_echo_retime(struct bfd_echo *echo, u32 interval_us, u64 now);
void bfd_echo_hasten(struct bfd_echo *echo, u64 now);
u32 bfd_echo_send(struct bfd_echo *echo, u64 now, u8 detect_mult, u32 random);
bool bfd_echo_receive(struct bfd_echo *echo, u32 seq, u64 now);
u64 bfd_echo_deadline_ns(const struct bfd_echo *echo, u8 detect_mult, u64 now);
bool bfd_echo_excuse(struct bfd_echo *echo, u64 ns);
u32 bfd_echo_rate(u32 interval_us);

#endif /* _BFD_ECHO_H */
