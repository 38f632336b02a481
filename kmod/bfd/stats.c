// SPDX-License-Identifier: GPL-2.0
/*
 * The counters of a namespace as netlink attributes.
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

	err = bfd_netlink_only(info->attrs, 0, info->extack);
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
