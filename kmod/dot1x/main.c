// SPDX-License-Identifier: GPL-2.0
/*
 * dot1x.ko: wiring only. What is made in a list is unmade in the reverse order.
 * Each port holds the module: unless it is torn out, no port is left when it goes.
 */
#include <linux/module.h>
#include <net/genetlink.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>
#include "dot1x.h"

static unsigned int dot1x_net_id;

/**
 * dot1x_net() - 802.1X's part of a network namespace
 * @net: the namespace
 *
 * Context: any, while @net is alive.
 */
struct dot1x_net *dot1x_net(const struct net *net)
{
	return net_generic(net, dot1x_net_id);
}

static int __net_init net_init(struct net *net)
{
	struct dot1x_net *dn = dot1x_net(net);

	dn->net = net;
	INIT_LIST_HEAD(&dn->ports);
	skb_queue_head_init(&dn->events);
	spin_lock_init(&dn->event_lock);
	dn->counters = alloc_percpu(struct dot1x_counters);
	return dn->counters ? 0 : -ENOMEM;
}

/* Its devices have died or moved before, and the ports with them */
static void __net_exit net_exit(struct net *net)
{
	struct dot1x_net *dn = dot1x_net(net);

	WARN_ON_ONCE(!list_empty(&dn->ports));
	/* A frame or answer that found a port here may still count something */
	synchronize_net();
	skb_queue_purge(&dn->events);
	free_percpu(dn->counters);
}

static struct pernet_operations net_ops = {
	.init = net_init,
	.exit = net_exit,
	.id = &dot1x_net_id,
	.size = sizeof(struct dot1x_net),
};

static int __init mod_init(void)
{
	int err;

	err = dot1x_client_init();
	if (err)
		return err;
	err = dot1x_port_init();
	if (err)
		goto err_client;
	err = register_pernet_subsys(&net_ops);
	if (err)
		goto err_port;
	err = dot1x_netdev_init();
	if (err)
		goto err_pernet;
	err = dot1x_agent_init();
	if (err)
		goto err_netdev;
	err = dot1x_netlink_init();
	if (err)
		goto err_agent;
	return 0;

err_agent:
	dot1x_agent_exit();
err_netdev:
	dot1x_netdev_exit();
err_pernet:
	unregister_pernet_subsys(&net_ops);
err_port:
	dot1x_port_exit();
err_client:
	dot1x_client_exit();
	return err;
}

static void __exit mod_exit(void)
{
	dot1x_netlink_exit();
	dot1x_port_abandon();
	dot1x_agent_exit();
	dot1x_netdev_exit();
	/* Ports that were released just now are freed, and their clients */
	dot1x_port_exit();
	rcu_barrier();
	unregister_pernet_subsys(&net_ops);
	dot1x_client_exit();
}

module_init(mod_init);
module_exit(mod_exit);

MODULE_DESCRIPTION("Port-based network access control: authenticator (IEEE 802.1X)");
MODULE_LICENSE("GPL");
MODULE_ALIAS_GENL_FAMILY(DOT1X_GENL_NAME);
