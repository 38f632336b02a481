// SPDX-License-Identifier: GPL-2.0
/*
 * bfd.ko: wiring only. What is made in a list is unmade in the reverse order.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <net/genetlink.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>
#include "bfd.h"

static unsigned int bfd_net_id;

/* No session, reflector or policy may be born any more. Set before each namespace's lock is taken
 * to kill those it has.
 */
bool bfd_leaving;

/**
 * bfd_net() - BFD's part of a network namespace
 * @net: the namespace
 *
 * Context: any, while @net is alive.
 */
struct bfd_net *bfd_net(const struct net *net)
{
	return net_generic(net, bfd_net_id);
}

static int __net_init net_init(struct net *net)
{
	struct bfd_net *bn = bfd_net(net);
	int err;

	bn->net = net;
	mutex_init(&bn->lock);
	skb_queue_head_init(&bn->events);
	spin_lock_init(&bn->event_lock);
	bfd_passive_init(bn);
	bn->counters = alloc_percpu(struct bfd_counters);
	if (!bn->counters)
		return -ENOMEM;
	err = bfd_session_tables_init(bn);
	if (err)
		goto err_counters;
	err = bfd_reflector_table_init(bn);
	if (err)
		goto err_sessions;
	return 0;

err_sessions:
	bfd_session_tables_exit(bn);
err_counters:
	free_percpu(bn->counters);
	return err;
}

/* Devices still exist: peers are told. A grace period follows before exit. */
static void __net_exit net_pre_exit(struct net *net)
{
	bfd_passive_kill_all(bfd_net(net));
	bfd_session_kill_all(bfd_net(net));
	bfd_reflector_kill_all(bfd_net(net));
}

static void __net_exit net_exit(struct net *net)
{
	struct bfd_net *bn = bfd_net(net);

	bfd_passive_exit(bn);
	skb_queue_purge(&bn->events);
	bfd_reflector_table_exit(bn);
	bfd_session_tables_exit(bn);
	free_percpu(bn->counters);
}

static struct pernet_operations net_ops = {
	.init = net_init,
	.pre_exit = net_pre_exit,
	.exit = net_exit,
	.id = &bfd_net_id,
	.size = sizeof(struct bfd_net),
};

static int __init mod_init(void)
{
	int err;

	err = bfd_session_init();
	if (err)
		return err;
	err = bfd_pacer_init();
	if (err)
		goto err_session;
	err = register_pernet_subsys(&net_ops);
	if (err)
		goto err_pacer;
	err = bfd_netdev_init();
	if (err)
		goto err_pernet;
	err = bfd_reroute_init();
	if (err)
		goto err_netdev;
	err = bfd_netlink_init();
	if (err)
		goto err_reroute;
	bfd_kfunc_init();
	return 0;

err_reroute:
	bfd_reroute_exit();
err_netdev:
	bfd_netdev_exit();
err_pernet:
	unregister_pernet_subsys(&net_ops);
err_pacer:
	bfd_pacer_exit();
err_session:
	rcu_barrier();
	bfd_session_exit();
	return err;
}

/* While there still is a family to tell listeners by. A namespace that is just
 * being cleaned up is not found here; it kills its own, and tells nobody.
 */
static void kill_everywhere(void)
{
	struct net *net;

	WRITE_ONCE(bfd_leaving, true);
	down_read(&net_rwsem);
	for_each_net(net) {
		bfd_passive_kill_all(bfd_net(net));
		bfd_session_kill_all(bfd_net(net));
		bfd_reflector_kill_all(bfd_net(net));
	}
	up_read(&net_rwsem);
}

static void __exit mod_exit(void)
{
	kill_everywhere();
	bfd_netlink_exit();
	bfd_reroute_exit();
	bfd_netdev_exit();
	/* Waits for a grace period: no packet is in the receive hooks */
	unregister_pernet_subsys(&net_ops);
	bfd_pacer_exit();
	rcu_barrier();
	bfd_session_exit();
	bfd_digest_exit();
}

module_init(mod_init);
module_exit(mod_exit);

MODULE_DESCRIPTION("Bidirectional Forwarding Detection (RFC 5880, 5881, 5883, 7130, 7880, 9468)");
MODULE_LICENSE("GPL");
MODULE_ALIAS_GENL_FAMILY(BFD_GENL_NAME);
