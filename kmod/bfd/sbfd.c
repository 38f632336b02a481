// SPDX-License-Identifier: GPL-2.0
/*
 * S-BFD reflectors, RFC 7880 and 7881: their table, and the requests they answer.
 * What an answer says is in reflect.c; the other end, the initiator, is a session
 * whose state machine knows that its peer only reflects (fsm.c).
 *
 * Requests are answered in softirq, where they come in, and leave nothing behind but
 * counts: no lock, no memory, no state of any initiator.
 *
 * RFC 7880 11 wants requests to be filtered by source address: that is the raw
 * table's, which packets pass before they come here.
 */
#include <linux/netlink.h>
#include <linux/slab.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/route.h>
#include "bfd.h"
#include "reflect.h"
#include "trace.h"

static const struct rhashtable_params table_params = {
	.key_len = sizeof_field(struct bfd_reflector, discr),
	.key_offset = offsetof(struct bfd_reflector, discr),
	.head_offset = offsetof(struct bfd_reflector, node),
	.automatic_shrinking = true,
};

/**
 * bfd_reflector_table_init() - make a namespace's table of reflectors
 * @bn: the namespace
 *
 * Context: may sleep.
 * Return: 0 or -errno.
 */
int bfd_reflector_table_init(struct bfd_net *bn)
{
	INIT_LIST_HEAD(&bn->reflectors);
	return rhashtable_init(&bn->by_reflector, &table_params);
}

/**
 * bfd_reflector_table_exit() - free it
 * @bn: without reflectors, and a grace period after its last one
 *
 * Context: may sleep.
 */
void bfd_reflector_table_exit(struct bfd_net *bn)
{
	WARN_ON_ONCE(!list_empty(&bn->reflectors));
	rhashtable_destroy(&bn->by_reflector);
}

/**
 * bfd_reflector_find() - the reflector with a discriminator
 * @bn: the namespace
 * @discr: of the S-BFD pool
 *
 * Context: RCU read side or @bn->lock; the result is valid as long.
 * Return: the reflector or NULL.
 */
struct bfd_reflector *bfd_reflector_find(struct bfd_net *bn, u32 discr)
{
	return rhashtable_lookup_fast(&bn->by_reflector, &discr, table_params);
}

/**
 * bfd_reflector_apply() - change parameters of a reflector
 * @r: the reflector; packets may read it at the same time
 * @config: checked
 *
 * Context: process, bfd_net.lock held.
 */
void bfd_reflector_apply(struct bfd_reflector *r, const struct bfd_reflector_config *config)
{
	/* Pairs with answer(): each by itself is right, before and after */
	WRITE_ONCE(r->config.required_min_rx_us, config->required_min_rx_us);
	WRITE_ONCE(r->config.rate, config->rate);
	WRITE_ONCE(r->config.min_ttl, config->min_ttl);
	WRITE_ONCE(r->config.admin_down, config->admin_down);
}

/**
 * bfd_reflector_create() - make a reflector
 * @bn: the namespace
 * @discr: its discriminator, not 0
 * @family: of @local
 * @local: the only address it is to answer at, or none
 * @config: checked
 * @extack: says why not
 *
 * Context: process, @bn->lock held.
 * Return: 0, -EEXIST, -ENODEV or -ENOMEM.
 */
int bfd_reflector_create(struct bfd_net *bn, u32 discr, u8 family, const union bfd_addr *local,
			 const struct bfd_reflector_config *config,
			 struct netlink_ext_ack *extack)
{
	struct bfd_reflector *r;
	int err;

	lockdep_assert_held(&bn->lock);
	if (READ_ONCE(bfd_leaving)) {
		NL_SET_ERR_MSG(extack, "the module is being removed");
		return -ENODEV;
	}
	if (bfd_reflector_find(bn, discr)) {
		NL_SET_ERR_MSG(extack, "another reflector has this discriminator");
		return -EEXIST;
	}
	r = kzalloc(sizeof(*r), GFP_KERNEL_ACCOUNT);
	if (!r)
		return -ENOMEM;
	r->discr = discr;
	r->family = family;
	r->local = *local;
	r->config = *config;
	r->create_ns = ktime_get_real_ns();
	r->seq = ++bn->seq;
	err = bfd_input_get(bn);
	if (err)
		goto err_free;
	err = rhashtable_insert_fast(&bn->by_reflector, &r->node, table_params);
	if (err)
		goto err_input;
	list_add_tail(&r->list, &bn->reflectors);
	bn->dump_seq++;
	pr_debug("reflector %u born\n", r->discr);
	return 0;

err_input:
	bfd_input_put(bn);
err_free:
	kfree(r);
	return err;
}

/**
 * bfd_reflector_kill() - end a reflector
 * @bn: the namespace
 * @r: its reflector
 *
 * Context: process, @bn->lock held.
 */
void bfd_reflector_kill(struct bfd_net *bn, struct bfd_reflector *r)
{
	lockdep_assert_held(&bn->lock);
	rhashtable_remove_fast(&bn->by_reflector, &r->node, table_params);
	list_del(&r->list);
	bn->dump_seq++;
	bfd_input_put(bn);
	pr_debug("reflector %u dead\n", r->discr);
	kfree_rcu(r, rcu);
}

/**
 * bfd_reflector_kill_all() - end every reflector of a namespace
 * @bn: the namespace
 *
 * Context: process, takes @bn->lock.
 */
void bfd_reflector_kill_all(struct bfd_net *bn)
{
	struct bfd_reflector *r, *next;

	mutex_lock(&bn->lock);
	list_for_each_entry_safe(r, next, &bn->reflectors, list)
		bfd_reflector_kill(bn, r);
	mutex_unlock(&bn->lock);
}

/* Is it for this reflector? A router also forwards requests to others. */
static bool is_addressed(const struct bfd_net *bn, const struct bfd_reflector *r,
			 const struct bfd_rx *rx)
{
	if (!bfd_addr_none(&r->local) &&
	    (r->family != rx->from.family || !bfd_addr_equal(&r->local, &rx->to)))
		return false;
	return bfd_input_is_local(bn, rx);
}

/**
 * bfd_reflector_admit() - may one more packet be sent back now?
 * @allowance_ns: see bfd_reflect_admit()
 * @rate: so many a second may
 *
 * Context: any.
 */
bool bfd_reflector_admit(atomic64_t *allowance_ns, u32 rate)
{
	s64 old = atomic64_read(allowance_ns);
	u64 new;

	do {
		new = bfd_reflect_admit(old, bfd_now_ns(), rate);
		if (!new)
			return false;
	} while (!atomic64_try_cmpxchg(allowance_ns, &old, new));
	return true;
}

/* May it be answered? The cheapest questions first; who has been refused takes
 * nothing from the rate of others.
 */
static int check(struct bfd_net *bn, struct bfd_reflector *r, struct bfd_packet *request,
		 const struct bfd_rx *rx, const struct nf_hook_state *state)
{
	int drop;

	if (rx->ttl < READ_ONCE(r->config.min_ttl))
		return BFD_COUNTER_DROP_TTL;
	if (!bfd_input_checksum_ok(rx, state))
		return BFD_COUNTER_DROP_CHECKSUM;
	drop = bfd_packet_parse(request, rx->raw, rx->len) ?: bfd_reflect_check(request, rx->sport);
	if (drop)
		return drop;
	/* RFC 7880 11: no Martian is answered */
	if (!bfd_input_source_ok(bn, rx))
		return BFD_COUNTER_DROP_SBFD_SOURCE;
	if (!bfd_reflector_admit(&r->allowance_ns, READ_ONCE(r->config.rate)))
		return BFD_COUNTER_DROP_SBFD_RATE;
	return 0;
}

/* RFC 7881: to the port the request came from, from the one it went to */
static void answer(struct bfd_net *bn, struct bfd_reflector *r, const struct bfd_packet *request,
		   const struct bfd_rx *rx)
{
	struct bfd_frame frame = {};
	struct bfd_packet pkt;
	int failed;

	bfd_reflect_answer(&pkt, request, READ_ONCE(r->config.required_min_rx_us),
			   READ_ONCE(r->config.admin_down));
	bfd_frame_build(&frame, &pkt, 0, BFD_PORT_SBFD, rx->sport);
	failed = bfd_output_answer(bn, rx, bfd_frame_copy(&frame));
	bfd_count(bn, failed ?: BFD_COUNTER_TX);
	atomic64_inc(failed ? &r->tx_failed : &r->tx);
}

/**
 * bfd_reflector_request() - a packet to the S-BFD port
 * @bn: the namespace
 * @rx: the packet; the caller's
 * @state: of the hook
 *
 * Context: BH disabled, RCU read side.
 * Return: false if it is for no reflector of ours.
 */
bool bfd_reflector_request(struct bfd_net *bn, const struct bfd_rx *rx,
			   const struct nf_hook_state *state)
{
	struct bfd_reflector *r = bfd_reflector_find(bn, rx->your_discr);
	struct bfd_packet request;
	int drop;

	if (!r || !is_addressed(bn, r, rx))
		return false;
	drop = check(bn, r, &request, rx, state);
	trace_bfd_request(r, rx->raw, rx->len, drop);
	bfd_count(bn, drop ?: BFD_COUNTER_RX);
	atomic64_inc(drop ? &r->rx_invalid : &r->rx);
	if (!drop)
		answer(bn, r, &request, rx);
	return true;
}
