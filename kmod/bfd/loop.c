// SPDX-License-Identifier: GPL-2.0
/*
 * The Echo function of sessions, RFC 5880 6.4 and RFC 5881 4: our echoes, which go
 * to ourselves by way of the peer, and the peer's, which we send back where they
 * came from. That is done in the receive hook: neither a source address that the
 * stack would not believe nor forwarding that is switched off keep it from being
 * done.
 *
 * An echo of ours is known by its contents, the digest above all. One of a peer's is
 * known by its destination: the peer. FRR (8.4) sends those over IPv6 to us, and
 * wants the addresses swapped; they are known by their source.
 */
#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_sched.h>
#include <linux/random.h>
#include <linux/udp.h>
#include <net/ip.h>
#include "bfd.h"
#include "reflect.h"

/* RFC 5881 5: one hop there, and back from where it was perhaps forwarded. RFC 9747 2:
 * an unaffiliated session's surely was.
 */
#define OWN_MIN_TTL	254
#define PEER_TTL	255

/* What may wait for NET_RX has this long to be received */
#define EXCUSE_NS	(2 * BFD_WHEEL_SLOT_NS)

static_assert(BFD_WHEEL_NEVER == U64_MAX);

static u64 digest(const struct bfd_session *s, const struct bfd_echo_packet *pkt)
{
	return siphash_3u64((u64)pkt->discr << 32 | pkt->seq, pkt->time_ns,
			    pkt->unaffiliated << 8 | pkt->state, &s->echo_key);
}

/**
 * bfd_loop_retime() - follow what the state machine has come to
 * @s: the session
 * @now: the present
 *
 * Context: BH disabled, @s->lock held; so for the next two.
 */
void bfd_loop_retime(struct bfd_session *s, u64 now)
{
	u32 loop_us = bfd_fsm_echo_rx_interval_us(&s->fsm);

	lockdep_assert_held(&s->lock);
	bfd_echo_retime(&s->echo, bfd_fsm_echo_tx_interval_us(&s->fsm), now);
	if (loop_us == s->loop_us)
		return;
	/* What the last echo took of a lower rate is not owed to this one */
	atomic64_set(&s->loop_allowance_ns, 0);
	/* Pairs with find_looped() */
	WRITE_ONCE(s->loop_us, loop_us);
}

static struct sk_buff *make_echo(struct bfd_session *s, u64 now)
{
	struct bfd_frame frame = {};
	struct bfd_echo_packet pkt = {
		.discr = s->local_discr,
		.seq = bfd_echo_send(&s->echo, now, s->fsm.detect_mult,
				     prandom_u32_state(&s->jitter)),
		/* Those served before it in this pass have taken time */
		.time_ns = bfd_now_ns(),
	};
	struct sk_buff *skb;

	if (s->fsm.config.unaffiliated) {
		frame = s->frame;
		pkt.unaffiliated = true;
		pkt.state = s->fsm.session_state;
	}
	pkt.digest = digest(s, &pkt);
	bfd_frame_build_echo(&frame, &pkt, s->source_port);
	skb = bfd_frame_copy(&frame);
	if (skb) {
		s->stats.echo_tx++;
	} else {
		bfd_count(s->bn, BFD_COUNTER_TX_NO_MEMORY);
		atomic64_inc(&s->stats.tx_failed);
	}
	return skb;
}

/* U64_MAX: an unaffiliated session that is Down has nothing to lose */
static u64 deadline_ns(const struct bfd_session *s, u64 now)
{
	if (s->fsm.session_state < BFD_STATE_INIT)
		return U64_MAX;
	return bfd_echo_deadline_ns(&s->echo, s->fsm.detect_mult, now);
}

/**
 * bfd_loop_serve() - the slot of a session with echoes has come
 * @s: the session
 * @now: the present
 * @todo: what is left to do
 *
 * RFC 5880 6.8.5: too many are missing? If not, and one is due, it leaves.
 *
 * Return: BFD_ACT_*.
 */
unsigned int bfd_loop_serve(struct bfd_session *s, u64 now, struct bfd_todo *todo)
{
	u64 deadline = deadline_ns(s, now);

	lockdep_assert_held(&s->lock);
	if (now >= deadline) {
		if (!bfd_pacer_backlog() || !bfd_echo_excuse(&s->echo, EXCUSE_NS)) {
			todo->latency_us = div_u64(now - deadline, NSEC_PER_USEC);
			return bfd_fsm_echo_failed(&s->fsm);
		}
		s->stats.grace++;
		bfd_count(s->bn, BFD_COUNTER_GRACE);
	}
	if (s->echo.next_tx_ns <= now)
		todo->echo = make_echo(s, now);
	return 0;
}

/**
 * bfd_loop_due_ns() - when a session with echoes is to be served for them
 * @s: the session
 *
 * Return: ns.
 */
u64 bfd_loop_due_ns(const struct bfd_session *s)
{
	u64 deadline = deadline_ns(s, 0);

	lockdep_assert_held(&s->lock);
	/* Echoes leave up to a slot early, detection never is */
	if (deadline != U64_MAX)
		deadline += BFD_WHEEL_SLOT_NS - 1;
	return min(s->echo.next_tx_ns, deadline);
}

static void refuse(struct bfd_session *s, const struct bfd_rx *rx, int drop)
{
	bfd_count(s->bn, drop);
	atomic64_inc(&s->stats.rx_invalid);
	kfree_skb(rx->skb);
}

/* The session that an echo in our format names; NULL: it is none */
static struct bfd_session *find_own(struct bfd_net *bn, const struct bfd_rx *rx,
				    struct bfd_echo_packet *pkt)
{
	unsigned int len = min_t(unsigned int, rx->len, BFD_ECHO_MAX);
	u8 raw[BFD_ECHO_MAX];
	struct bfd_session *s;

	if (skb_copy_bits(rx->skb, rx->udp_off + sizeof(struct udphdr), raw, len) ||
	    !bfd_echo_parse(pkt, raw, len))
		return NULL;
	s = bfd_session_find_discr(bn, pkt->discr);
	return s && s->addr_key.family == rx->from.family &&
	       pkt->unaffiliated == (s->addr_key.type == BFD_TYPE_ECHO) ? s : NULL;
}

/**
 * bfd_loop_take() - an echo of ours has come back
 * @s: the session
 * @pkt: its digest is right
 * @now: the present
 *
 * Context: BH disabled, @s->lock held.
 * Return: 0, or the enum bfd_counter that says why it does not tell that the path is there.
 */
int bfd_loop_take(struct bfd_session *s, const struct bfd_echo_packet *pkt, u64 now)
{
	lockdep_assert_held(&s->lock);
	if (!bfd_echo_receive(&s->echo, pkt->seq, now))
		return BFD_COUNTER_DROP_ECHO_SEQUENCE;
	s->stats.echo_rx++;
	bfd_seen_echo(&s->stats.seen, now, pkt->time_ns);
	return 0;
}

static int take(struct bfd_session *s, const struct bfd_rx *rx,
		const struct bfd_echo_packet *pkt)
{
	if (rx->ttl < OWN_MIN_TTL || (pkt->unaffiliated && rx->ttl != OWN_MIN_TTL))
		return BFD_COUNTER_DROP_TTL;
	if (!bfd_input_by_right_device(s, rx))
		return BFD_COUNTER_DROP_WRONG_DEVICE;
	return bfd_session_looped(s, pkt, bfd_now_ns());
}

/* Our own, as its digest has proven */
static void receive(struct bfd_session *s, const struct bfd_rx *rx,
		    const struct bfd_echo_packet *pkt)
{
	int drop = take(s, rx, pkt);

	if (drop) {
		refuse(s, rx, drop);
		return;
	}
	bfd_count(s->bn, BFD_COUNTER_ECHO_RX);
	consume_skb(rx->skb);
}

/* The session with the peer at @peer, if it was told that its echoes are looped */
static struct bfd_session *find_looped(struct bfd_net *bn, const struct bfd_rx *rx,
				       const union bfd_addr *peer)
{
	const struct bfd_addr_key key = {
		.peer = *peer,
		.family = rx->from.family,
		.type = BFD_TYPE_SINGLE_HOP,
	};
	struct rhlist_head *list, *pos;
	struct bfd_session *s;

	list = bfd_session_lookup_addr_rcu(bn, &key);
	rhl_for_each_entry_rcu(s, pos, list, addr_node)
		if (READ_ONCE(s->loop_us) && bfd_input_by_right_device(s, rx))
			return s;
	return NULL;
}

static void turn_v4(struct sk_buff *skb, bool to_us)
{
	struct iphdr *iph = ip_hdr(skb);

	if (to_us)
		swap(iph->saddr, iph->daddr);
	ip_decrease_ttl(iph);
}

static void turn_v6(struct sk_buff *skb, bool to_us)
{
	struct ipv6hdr *ip6h = ipv6_hdr(skb);

	if (to_us)
		swap(ip6h->saddr, ip6h->daddr);
	ip6h->hop_limit--;
}

/* Make it one that leaves by the device that it came in by, to whoever on the link
 * it is from. No route and no neighbour is asked: neither need know the addresses.
 */
static int turn(const struct bfd_rx *rx, bool to_us)
{
	bool v4 = rx->from.family == AF_INET, ethernet = rx->dev->type == ARPHRD_ETHER;
	unsigned char lladdr[ETH_ALEN];
	struct sk_buff *skb = rx->skb;

	/* A broadcast is nobody's echo, and of other links we know no addresses */
	if (skb->pkt_type != PACKET_HOST || (rx->dev->header_ops && !ethernet))
		return BFD_COUNTER_TX_REFUSED;
	if (ethernet)
		ether_addr_copy(lladdr, eth_hdr(skb)->h_source);
	if (skb_cow(skb, LL_RESERVED_SPACE(rx->dev)))
		return BFD_COUNTER_TX_NO_MEMORY;
	if (v4)
		turn_v4(skb, to_us);
	else
		turn_v6(skb, to_us);
	skb_forward_csum(skb);
	skb_scrub_packet(skb, true);
	skb->priority = TC_PRIO_CONTROL;
	if (ethernet && dev_hard_header(skb, rx->dev, v4 ? ETH_P_IP : ETH_P_IPV6, lladdr, NULL,
					skb->len) < 0)
		return BFD_COUNTER_TX_REFUSED;
	return 0;
}

/* May it go back, and can it? */
static int check(struct bfd_session *s, const struct bfd_rx *rx, bool to_us)
{
	u32 interval_us = READ_ONCE(s->loop_us);

	if (rx->ttl != PEER_TTL)
		return BFD_COUNTER_DROP_TTL;
	if (!interval_us ||
	    !bfd_reflector_admit(&s->loop_allowance_ns, bfd_echo_rate(interval_us)))
		return BFD_COUNTER_DROP_ECHO_RATE;
	return turn(rx, to_us);
}

static void loop(struct bfd_session *s, const struct bfd_rx *rx, bool to_us)
{
	int drop = check(s, rx, to_us), err;

	if (drop) {
		refuse(s, rx, drop);
		return;
	}
	err = dev_queue_xmit(rx->skb);
	if (net_xmit_eval(err)) {
		bfd_count(s->bn, BFD_COUNTER_TX_REFUSED);
		atomic64_inc(&s->stats.tx_failed);
		return;
	}
	bfd_count(s->bn, BFD_COUNTER_ECHO_LOOPED);
	atomic64_inc(&s->stats.echo_looped);
}

/**
 * bfd_loop_input() - a packet to the echo port
 * @bn: the namespace
 * @rx: the packet
 *
 * Context: BH disabled, RCU read side.
 * Return: false if it has nothing to do with us; else it was taken.
 */
bool bfd_loop_input(struct bfd_net *bn, const struct bfd_rx *rx)
{
	struct bfd_session *own, *s;
	struct bfd_echo_packet pkt;

	own = find_own(bn, rx, &pkt);
	if (own && pkt.digest == digest(own, &pkt)) {
		receive(own, rx, &pkt);
		return true;
	}
	s = find_looped(bn, rx, &rx->to);
	if (s) {
		loop(s, rx, false);
		return true;
	}
	s = find_looped(bn, rx, &rx->from.peer);
	if (s && bfd_input_to_local_end(s, rx)) {
		loop(s, rx, true);
		return true;
	}
	/* Nobody but us makes those, and to us */
	if (own && bfd_input_to_local_end(own, rx)) {
		refuse(own, rx, BFD_COUNTER_DROP_ECHO_DIGEST);
		return true;
	}
	return false;
}
