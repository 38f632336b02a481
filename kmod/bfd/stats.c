// SPDX-License-Identifier: GPL-2.0
/*
 * The counters of a namespace and of a session as netlink attributes.
 */
#include <net/genetlink.h>
#include "bfd.h"

/* A 64-bit attribute may need padding */
#define REPLY_SIZE	(nla_total_size(0) + BFD_COUNTER_MAX * nla_total_size_64bit(sizeof(u64)))

static u64 counter_sum(const struct bfd_net *bn, unsigned int i)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu_ptr(bn->counters, cpu)->c[i]);
	return sum;
}

/**
 * bfd_stats_get_doit() - BFD_CMD_STATS_GET
 * @skb: the request
 * @info: its attributes
 *
 * Return: 0 or -errno.
 */
int bfd_stats_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	struct sk_buff *reply;
	struct nlattr *nest;
	unsigned int i;
	void *hdr;
	int err;

	err = bfd_attr_only(info->attrs, 0, info->extack);
	if (err)
		return err;
	reply = genlmsg_new(REPLY_SIZE, GFP_KERNEL);
	if (!reply)
		return -ENOMEM;
	hdr = genlmsg_put_reply(reply, info, &bfd_genl_family, 0, BFD_CMD_STATS_GET);
	nest = hdr ? nla_nest_start(reply, BFD_A_COUNTERS) : NULL;
	if (!nest)
		goto err_free;
	for (i = BFD_COUNTER_PAD + 1; i <= BFD_COUNTER_MAX; i++)
		if (nla_put_u64_64bit(reply, i, counter_sum(bn, i), BFD_COUNTER_PAD))
			goto err_free;
	nla_nest_end(reply, nest);
	genlmsg_end(reply, hdr);
	return genlmsg_reply(reply, info);

err_free:
	nlmsg_free(reply);
	return -EMSGSIZE;
}

static int put_stat(struct sk_buff *skb, int attr, u64 value)
{
	return nla_put_u64_64bit(skb, attr, value, BFD_STAT_PAD);
}

/* Of one that has counted nothing the counts alone */
static int put_histogram(struct sk_buff *skb, const struct bfd_histogram *histogram, int counts,
			 int extreme_us, int time_ns)
{
	u64 at_ns = READ_ONCE(histogram->at_ns);

	if (nla_put(skb, counts, sizeof(histogram->counts), histogram->counts))
		return -EMSGSIZE;
	if (!at_ns)
		return 0;
	/* A clock that was set since then tells the moment as it tells others now */
	return put_stat(skb, extreme_us,
			div_u64(READ_ONCE(histogram->extreme_ns), NSEC_PER_USEC)) ?:
	       put_stat(skb, time_ns, ktime_to_ns(ktime_mono_to_real(ns_to_ktime(at_ns))));
}

static int put_seen(struct sk_buff *skb, const struct bfd_seen *seen)
{
	return put_histogram(skb, &seen->rx_interval, BFD_STAT_RX_INTERVAL_HISTOGRAM,
			     BFD_STAT_RX_INTERVAL_MAX_US, BFD_STAT_RX_INTERVAL_MAX_TIME_NS) ?:
	       put_histogram(skb, &seen->tx_lateness, BFD_STAT_TX_LATENESS_HISTOGRAM,
			     BFD_STAT_TX_LATENESS_MAX_US, BFD_STAT_TX_LATENESS_MAX_TIME_NS) ?:
	       put_histogram(skb, &seen->detection_margin, BFD_STAT_DETECTION_MARGIN_HISTOGRAM,
			     BFD_STAT_DETECTION_MARGIN_MIN_US,
			     BFD_STAT_DETECTION_MARGIN_MIN_TIME_NS) ?:
	       put_stat(skb, BFD_STAT_NEAR_MISSES, READ_ONCE(seen->near_misses));
}

/* A session without echoes, which most are, has nothing to tell of them */
static int put_echo(struct sk_buff *skb, const struct bfd_stats *stats)
{
	const struct bfd_seen *seen = &stats->seen;
	u64 looped = atomic64_read(&stats->echo_looped);

	if (!stats->echo_tx && !looped)
		return 0;
	if (put_stat(skb, BFD_STAT_ECHO_TX, stats->echo_tx) ||
	    put_stat(skb, BFD_STAT_ECHO_RX, stats->echo_rx) ||
	    put_stat(skb, BFD_STAT_ECHO_LOOPED, looped) ||
	    put_histogram(skb, &seen->rtt, BFD_STAT_ECHO_RTT_HISTOGRAM,
			  BFD_STAT_ECHO_RTT_MAX_US, BFD_STAT_ECHO_RTT_MAX_TIME_NS))
		return -EMSGSIZE;
	if (!stats->echo_rx)
		return 0;
	return put_stat(skb, BFD_STAT_ECHO_RTT_MIN_US,
			div_u64(seen->rtt_min_ns, NSEC_PER_USEC)) ?:
	       put_stat(skb, BFD_STAT_ECHO_RTT_AVG_US,
			div_u64(div64_u64(seen->rtt_sum_ns, stats->echo_rx), NSEC_PER_USEC));
}

/**
 * bfd_stats_fill_session() - BFD_A_STATISTICS of a session
 * @skb: message being built
 * @stats: what it has counted
 * @auth: its keys, or NULL, and what they have
 *
 * Context: the session's lock held.
 * Return: 0 or -EMSGSIZE; the caller cancels the message.
 */
int bfd_stats_fill_session(struct sk_buff *skb, const struct bfd_stats *stats,
			   const struct bfd_auth *auth)
{
	struct nlattr *nest = nla_nest_start(skb, BFD_A_STATISTICS);

	if (!nest ||
	    put_stat(skb, BFD_STAT_CREATE_TIME_NS, stats->create_ns) ||
	    put_stat(skb, BFD_STAT_LAST_UP_TIME_NS, stats->up_ns) ||
	    put_stat(skb, BFD_STAT_LAST_DOWN_TIME_NS, stats->down_ns) ||
	    put_stat(skb, BFD_STAT_UP_COUNT, stats->up) ||
	    put_stat(skb, BFD_STAT_DOWN_COUNT, stats->down) ||
	    put_stat(skb, BFD_STAT_ADMIN_DOWN_COUNT, stats->admin_down) ||
	    put_stat(skb, BFD_STAT_RX_PACKETS, atomic64_read(&stats->rx)) ||
	    put_stat(skb, BFD_STAT_TX_PACKETS, atomic64_read(&stats->tx)) ||
	    put_stat(skb, BFD_STAT_RX_INVALID, atomic64_read(&stats->rx_invalid)) ||
	    put_stat(skb, BFD_STAT_TX_FAILED, atomic64_read(&stats->tx_failed)) ||
	    put_stat(skb, BFD_STAT_GRACE, stats->grace) ||
	    (bfd_auth_counts(auth) && put_stat(skb, BFD_STAT_LOST_PACKETS, auth->lost.count)) ||
	    put_seen(skb, &stats->seen) || put_echo(skb, stats))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}
