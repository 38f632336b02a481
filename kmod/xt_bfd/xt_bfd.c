// SPDX-License-Identifier: GPL-2.0
/*
 * The match "bfd": a rule of iptables may ask whether a session is Up. A module of
 * its own, so that bfd.ko does without x_tables; it keeps bfd.ko from being removed
 * under a rule, and takes no lock: a packet costs one look-up.
 */
#include <linux/bfd.h>
#include <linux/module.h>
#include <linux/netfilter/x_tables.h>
#include <linux/netfilter/xt_bfd.h>
#include <bfd/export.h>

/* In a hook of netfilter, which is an RCU read-side section */
static bool bfd_mt(const struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_bfd_mtinfo *info = par->matchinfo;
	bool up = bfd_session_reported_state(xt_net(par), info->discriminator) == BFD_STATE_UP;

	return up != !!(info->flags & XT_BFD_INVERT);
}

static int bfd_mt_check(const struct xt_mtchk_param *par)
{
	const struct xt_bfd_mtinfo *info = par->matchinfo;

	if (!info->discriminator || info->flags & ~XT_BFD_FLAGS) {
		pr_info_ratelimited("xt_bfd: no discriminator, or unknown flags\n");
		return -EINVAL;
	}
	return 0;
}

static struct xt_match bfd_mt_reg __read_mostly = {
	.name = "bfd",
	.revision = 0,
	.family = NFPROTO_UNSPEC,
	.match = bfd_mt,
	.checkentry = bfd_mt_check,
	.matchsize = sizeof(struct xt_bfd_mtinfo),
	.me = THIS_MODULE,
};

static int __init bfd_mt_init(void)
{
	return xt_register_match(&bfd_mt_reg);
}

static void __exit bfd_mt_exit(void)
{
	xt_unregister_match(&bfd_mt_reg);
}

module_init(bfd_mt_init);
module_exit(bfd_mt_exit);
MODULE_DESCRIPTION("Netfilter: match while a BFD session is Up");
MODULE_LICENSE("GPL");
MODULE_ALIAS("ipt_bfd");
MODULE_ALIAS("ip6t_bfd");
