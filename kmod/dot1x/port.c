// SPDX-License-Identifier: GPL-2.0
/*
 * The port as an object: birth, tables, death, and what holds for all of its
 * clients: the link, the controls, the gate's word. Writers of the tables hold
 * RTNL; whoever looks a port up by its device uses RCU.
 *
 * While a port has no client it asks everybody who is there, every tx-period
 * (802.1X-2004 8.2.4: CONNECTING of a client that is not known yet).
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/hashtable.h>
#include <linux/if_arp.h>
#include <linux/module.h>
#include <linux/netlink.h>
#include <linux/random.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/net_namespace.h>
#include "dot1x.h"

#define SECOND_PROBE_MS	1000	/* after link-up */

const u8 dot1x_group_address[ETH_ALEN] = { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x03 };

static DEFINE_HASHTABLE(ports, 10);
static u64 last_seq;
static struct workqueue_struct *workqueue;

/**
 * dot1x_port_lookup() - the port a device is
 * @dev: the device
 *
 * Context: RCU read side or RTNL; the result is valid as long.
 * Return: the port or NULL.
 */
struct dot1x_port *dot1x_port_lookup(const struct net_device *dev)
{
	struct dot1x_port *port;

	hash_for_each_possible_rcu(ports, port, node, (unsigned long)dev,
				   lockdep_rtnl_is_held())
		if (port->dev == dev)
			return port;
	return NULL;
}

/**
 * dot1x_port_begin() - something is about to happen to a port
 * @port: the port
 * @todo: collects what is left for dot1x_port_end()
 *
 * Context: any but hard interrupt. Takes @port->lock, disables BH, enters an
 * RCU read-side section.
 */
void dot1x_port_begin(struct dot1x_port *port, struct dot1x_todo *todo)
	__acquires(RCU)
	__acquires(&port->lock)
{
	__skb_queue_head_init(&todo->frames);
	__skb_queue_head_init(&todo->questions);
	local_bh_disable();
	rcu_read_lock();
	spin_lock(&port->lock);
	todo->dn = port->dn;
}

/**
 * dot1x_port_end() - it has happened: send, ask, tell
 * @port: the port
 * @todo: from dot1x_port_begin()
 */
void dot1x_port_end(struct dot1x_port *port, struct dot1x_todo *todo)
	__releases(&port->lock)
	__releases(RCU)
{
	spin_unlock(&port->lock);
	dot1x_output_flush(port, &todo->frames);
	dot1x_agent_flush(todo);
	dot1x_event_flush(todo->dn);
	rcu_read_unlock();
	local_bh_enable();
}

/**
 * dot1x_bucket_take() - take a token
 * @bucket: the bucket; what guards it is held
 * @per_ms: tokens that come back in a millisecond
 * @burst: tokens of a full bucket
 *
 * Return: true if there was one.
 */
bool dot1x_bucket_take(struct dot1x_bucket *bucket, u32 per_ms, u32 burst)
{
	u64 now = dot1x_now_ms();
	u64 back = (now - bucket->at_ms) * per_ms;

	bucket->used -= min_t(u64, bucket->used, back);
	bucket->at_ms = now;
	if (bucket->used >= burst)
		return false;
	bucket->used++;
	return true;
}

static u8 status_of(const struct dot1x_port *port)
{
	return port->gate == DOT1X_GATE_CLOSED ? DOT1X_PORT_UNAUTHORIZED : DOT1X_PORT_AUTHORIZED;
}

static u8 gate_of(const struct dot1x_port *port)
{
	if (port->dead || !port->enabled)
		return DOT1X_GATE_CLOSED;
	if (port->config.pacp.control != DOT1X_CONTROL_AUTO)
		return port->config.pacp.control == DOT1X_CONTROL_FORCE_AUTHORIZED ?
		       DOT1X_GATE_OPEN : DOT1X_GATE_CLOSED;
	if (!port->authorized)
		return DOT1X_GATE_CLOSED;
	switch (port->config.host_mode) {
	case DOT1X_HOST_MODE_MULTI_HOST:
		return DOT1X_GATE_OPEN;
	case DOT1X_HOST_MODE_MULTI_AUTH:
		return DOT1X_GATE_MULTI;
	default:
		return DOT1X_GATE_SINGLE;
	}
}

/**
 * dot1x_port_update_gate() - bring the gate in line with the port
 * @port: the port; locked
 * @todo: where the event goes
 */
void dot1x_port_update_gate(struct dot1x_port *port, struct dot1x_todo *todo)
{
	u8 old_status = status_of(port);

	lockdep_assert_held(&port->lock);
	WRITE_ONCE(port->gate, gate_of(port));
	WRITE_ONCE(port->out_open, dot1x_oper_direction(port->config.direction, port->enabled) ==
		   DOT1X_DIRECTION_IN);
	if (status_of(port) != old_status)
		dot1x_event_port(port, DOT1X_EVENT_STATUS, old_status);
}

static void probe_again(struct dot1x_port *port, u32 ms)
{
	mod_timer(&port->timer, jiffies + msecs_to_jiffies(ms));
}

/* What we say to all while nobody is there, or nobody is asked */
static void probe(struct dot1x_port *port, struct dot1x_todo *todo)
{
	switch (port->config.pacp.control) {
	case DOT1X_CONTROL_AUTO:
		dot1x_output_identity(port, dot1x_group_address, port->probe_identifier, todo);
		probe_again(port, port->config.pacp.tx_period_ms);
		break;
	case DOT1X_CONTROL_FORCE_AUTHORIZED:
		dot1x_output_result(port, dot1x_group_address, DOT1X_EAP_SUCCESS,
				    port->probe_identifier, todo);
		break;
	case DOT1X_CONTROL_FORCE_UNAUTHORIZED:
		dot1x_output_result(port, dot1x_group_address, DOT1X_EAP_FAILURE,
				    port->probe_identifier, todo);
		break;
	}
}

static void probe_timer(struct timer_list *timer)
{
	struct dot1x_port *port = from_timer(port, timer, timer);
	struct dot1x_todo todo;

	dot1x_port_begin(port, &todo);
	if (!port->dead && port->enabled && !port->count &&
	    port->config.pacp.control == DOT1X_CONTROL_AUTO)
		probe(port, &todo);
	dot1x_port_end(port, &todo);
}

/**
 * dot1x_port_no_clients() - the last client went: everybody will be asked again
 * @port: the port; locked
 */
void dot1x_port_no_clients(struct dot1x_port *port)
{
	if (!port->dead && port->enabled)
		probe_again(port, port->config.pacp.tx_period_ms);
}

/* 802.1X-2004 8.2.4 INITIALIZE: everything is forgotten. The gate first. */
static void link_down(struct dot1x_port *port, struct dot1x_todo *todo)
{
	port->enabled = false;
	dot1x_port_update_gate(port, todo);
	dot1x_client_kill_all(port, todo);
	timer_delete(&port->timer);
}

static void link_up(struct dot1x_port *port, int carrier_down_count, struct dot1x_todo *todo)
{
	/* Pairs with dot1x_link_lost(): the gate was closed before */
	smp_store_release(&port->carrier_seen, carrier_down_count);
	port->enabled = true;
	port->probe_identifier = get_random_u32();
	dot1x_port_update_gate(port, todo);
	probe(port, todo);
	/* Two ends do not come up at once: theirs may not have heard it, and a host
	 * that has nothing to say is asked again in txPeriod only
	 */
	if (port->config.pacp.control == DOT1X_CONTROL_AUTO)
		probe_again(port, min_t(u32, port->config.pacp.tx_period_ms, SECOND_PROBE_MS));
}

/**
 * dot1x_port_check_link() - see what has become of the link
 * @port: the port; locked
 * @up: false: the device is going down, whatever it looks like
 * @todo: what is left to do
 */
void dot1x_port_check_link(struct dot1x_port *port, bool up, struct dot1x_todo *todo)
{
	int count = atomic_read(&port->dev->carrier_down_count);

	lockdep_assert_held(&port->lock);
	if (port->dead)
		return;
	/* The count is read before the carrier: a loss in between shows */
	smp_rmb();
	up = up && dot1x_netdev_up(port->dev);
	if (port->enabled && (!up || count != port->carrier_seen))
		link_down(port, todo);
	if (up && !port->enabled)
		link_up(port, count, todo);
}

/**
 * dot1x_port_link() - the device came up, went down, or did so in between
 * @port: the port
 * @up: false: it is going down
 *
 * Context: RTNL held, or RCU read side.
 */
void dot1x_port_link(struct dot1x_port *port, bool up)
{
	struct dot1x_todo todo;

	dot1x_port_begin(port, &todo);
	dot1x_port_check_link(port, up, &todo);
	dot1x_port_end(port, &todo);
}

static void port_free_rcu(struct rcu_head *rcu)
{
	struct dot1x_port *port = container_of(rcu, struct dot1x_port, rcu);

	netdev_put(port->dev, &port->tracker);
	xa_destroy(&port->clients);
	free_percpu(port->counters);
	kfree(port);
}

/**
 * dot1x_port_put() - let go of a port
 * @port: held by the caller
 */
void dot1x_port_put(struct dot1x_port *port)
{
	if (refcount_dec_and_test(&port->ref))
		call_rcu(&port->rcu, port_free_rcu);
}

static void port_work(struct work_struct *work)
{
	struct dot1x_port *port = container_of(work, struct dot1x_port, work);
	struct dot1x_todo todo;

	dot1x_port_begin(port, &todo);
	dot1x_port_check_link(port, true, &todo);
	if (!port->dead)
		dot1x_stranger_serve(port, &todo);
	dot1x_port_end(port, &todo);
	dot1x_port_put(port);
}

/**
 * dot1x_port_kick() - the gate has noticed something
 * @port: the port
 *
 * Context: BH disabled, RCU read side.
 */
void dot1x_port_kick(struct dot1x_port *port)
{
	if (work_pending(&port->work) || !refcount_inc_not_zero(&port->ref))
		return;
	if (!queue_work(workqueue, &port->work))
		dot1x_port_put(port);
}

static struct dot1x_port *port_alloc(struct net_device *dev, const struct dot1x_config *config)
{
	struct dot1x_port *port;

	port = kzalloc(sizeof(*port), GFP_KERNEL_ACCOUNT);
	if (!port)
		return NULL;
	port->counters = alloc_percpu_gfp(struct dot1x_counters, GFP_KERNEL_ACCOUNT);
	if (!port->counters) {
		kfree(port);
		return NULL;
	}
	port->dev = dev;
	port->dn = dot1x_net(dev_net(dev));
	port->config = *config;
	port->carrier_seen = atomic_read(&dev->carrier_down_count);
	port->gate = DOT1X_GATE_CLOSED;
	port->dead = true;
	spin_lock_init(&port->lock);
	xa_init_flags(&port->clients, XA_FLAGS_ALLOC1);
	timer_setup(&port->timer, probe_timer, 0);
	INIT_WORK(&port->work, port_work);
	refcount_set(&port->ref, 1);
	return port;
}

static int check_device(const struct net_device *dev, struct netlink_ext_ack *extack)
{
	if (dot1x_port_lookup(dev)) {
		NL_SET_ERR_MSG(extack, "the device is under control already");
		return -EEXIST;
	}
	if (dev->reg_state != NETREG_REGISTERED) {
		NL_SET_ERR_MSG(extack, "the device is going away");
		return -ENODEV;
	}
	if (dev->flags & IFF_LOOPBACK || dev->type != ARPHRD_ETHER || dev->addr_len != ETH_ALEN) {
		NL_SET_ERR_MSG(extack, "not an Ethernet device");
		return -EOPNOTSUPP;
	}
	return 0;
}

static void publish(struct dot1x_port *port)
{
	port->seq = ++last_seq;
	hash_add_rcu(ports, &port->node, (unsigned long)port->dev);
	list_add_tail_rcu(&port->list, &port->dn->ports);
	atomic_inc(&port->dn->dump_seq);
}

static void born(struct dot1x_port *port)
{
	struct dot1x_todo todo;

	dot1x_port_begin(port, &todo);
	port->dead = false;
	dot1x_event_port(port, DOT1X_EVENT_NEW, 0);
	dot1x_port_check_link(port, true, &todo);
	dot1x_port_end(port, &todo);
}

/**
 * dot1x_port_create() - put a device under control
 * @dev: the device
 * @config: checked
 * @extack: says why not
 *
 * When it returns no frame passes any more that has not been allowed to.
 *
 * Context: process, RTNL held.
 * Return: the port or ERR_PTR(): -EEXIST, -ENODEV, -EOPNOTSUPP, -ENOMEM.
 */
struct dot1x_port *dot1x_port_create(struct net_device *dev, const struct dot1x_config *config,
				     struct netlink_ext_ack *extack)
{
	struct dot1x_port *port;
	int err;

	ASSERT_RTNL();
	err = check_device(dev, extack);
	if (err)
		return ERR_PTR(err);
	if (!try_module_get(THIS_MODULE)) {
		NL_SET_ERR_MSG(extack, "the module is being removed");
		return ERR_PTR(-ENODEV);
	}
	port = port_alloc(dev, config);
	if (!port) {
		err = -ENOMEM;
		goto err_module;
	}
	err = dev_mc_add(dev, dot1x_group_address);
	if (err)
		goto err_free;
	netdev_hold(dev, &port->tracker, GFP_KERNEL);
	err = dot1x_gate_register(port);
	if (err)
		goto err_mc;
	publish(port);
	synchronize_net();
	born(port);
	pr_debug("port %s born\n", dev->name);
	return port;

err_mc:
	dev_mc_del(dev, dot1x_group_address);
	/* One of the hooks may have been there, and a frame in it */
	dot1x_port_put(port);
	module_put(THIS_MODULE);
	return ERR_PTR(err);
err_free:
	free_percpu(port->counters);
	kfree(port);
err_module:
	module_put(THIS_MODULE);
	return ERR_PTR(err);
}

/**
 * dot1x_port_release() - end control; the device is as it was before
 * @port: alive
 *
 * Context: process, RTNL held.
 */
void dot1x_port_release(struct dot1x_port *port)
{
	struct dot1x_todo todo;

	ASSERT_RTNL();
	dot1x_port_begin(port, &todo);
	link_down(port, &todo);
	dot1x_event_port(port, DOT1X_EVENT_DEL, 0);
	port->dead = true;
	dot1x_port_end(port, &todo);

	hash_del_rcu(&port->node);
	list_del_rcu(&port->list);
	atomic_inc(&port->dn->dump_seq);
	dot1x_gate_unregister(port);
	dev_mc_del(port->dev, dot1x_group_address);
	timer_delete_sync(&port->timer);
	pr_debug("port %s dead\n", port->dev->name);
	dot1x_port_put(port);
	module_put(THIS_MODULE);
}

/**
 * dot1x_port_leave() - the device is about to leave its namespace
 * @port: alive; the device is down and unlisted
 *
 * Context: process, RTNL held.
 */
void dot1x_port_leave(struct dot1x_port *port)
{
	struct dot1x_todo todo;

	dot1x_port_begin(port, &todo);
	if (port->enabled)
		link_down(port, &todo);
	dot1x_event_port(port, DOT1X_EVENT_DEL, 0);
	port->dead = true;
	dot1x_port_end(port, &todo);
	list_del_rcu(&port->list);
	atomic_inc(&port->dn->dump_seq);
	/* A dump that stands on the port gets to the end of the old list */
	synchronize_net();
}

/**
 * dot1x_port_enter() - the device is in another namespace
 * @port: after dot1x_port_leave()
 *
 * Context: process, RTNL held.
 */
void dot1x_port_enter(struct dot1x_port *port)
{
	struct dot1x_net *dn = dot1x_net(dev_net(port->dev));
	int err;

	spin_lock_bh(&port->lock);
	WRITE_ONCE(port->dn, dn);
	spin_unlock_bh(&port->lock);
	port->seq = ++last_seq;
	list_add_tail_rcu(&port->list, &dn->ports);
	atomic_inc(&dn->dump_seq);
	/* The core has emptied the device's list of addresses */
	err = dev_mc_add(port->dev, dot1x_group_address);
	if (err)
		pr_warn("%s: cannot join the PAE group address: %d\n", port->dev->name, err);
	born(port);
}

static void start_over(struct dot1x_port *port, struct dot1x_todo *todo)
{
	if (!port->enabled)
		return;
	link_down(port, todo);
	dot1x_port_check_link(port, true, todo);
}

static void configure_clients(struct dot1x_port *port, struct dot1x_todo *todo)
{
	struct dot1x_client *c;
	unsigned long id;

	xa_for_each(&port->clients, id, c)
		dot1x_engine_configure(c, todo);
	if (!port->count)
		dot1x_port_no_clients(port);
}

/**
 * dot1x_port_set() - change a live port
 * @port: alive
 * @config: checked
 *
 * Another control or host mode lets it start over; nobody is disturbed by any
 * other change.
 *
 * Context: process, RTNL held.
 */
void dot1x_port_set(struct dot1x_port *port, const struct dot1x_config *config)
{
	struct dot1x_todo todo;
	bool anew;

	dot1x_port_begin(port, &todo);
	anew = config->pacp.control != port->config.pacp.control ||
	       config->host_mode != port->config.host_mode;
	if (anew && port->enabled) {
		port->enabled = false;
		dot1x_port_update_gate(port, &todo);
		dot1x_client_kill_all(port, &todo);
	}
	port->config = *config;
	dot1x_port_update_gate(port, &todo);
	if (anew)
		dot1x_port_check_link(port, true, &todo);
	else
		configure_clients(port, &todo);
	dot1x_event_port(port, DOT1X_EVENT_SET, 0);
	dot1x_port_end(port, &todo);
	synchronize_net();
}

/**
 * dot1x_port_initialize() - forget all state and start over
 * @port: alive
 *
 * Context: process, RTNL held.
 */
void dot1x_port_initialize(struct dot1x_port *port)
{
	struct dot1x_todo todo;

	dot1x_port_begin(port, &todo);
	start_over(port, &todo);
	dot1x_port_end(port, &todo);
	synchronize_net();
}

/**
 * dot1x_port_reauthenticate() - let each client prove itself anew
 * @port: alive
 *
 * Context: process, RTNL held or RCU read side.
 */
void dot1x_port_reauthenticate(struct dot1x_port *port)
{
	struct dot1x_client *c;
	struct dot1x_todo todo;
	unsigned long id;

	dot1x_port_begin(port, &todo);
	xa_for_each(&port->clients, id, c)
		dot1x_engine_reauthenticate(c, &todo);
	dot1x_port_end(port, &todo);
}

/**
 * dot1x_port_abandon() - the module is going although ports hold it
 *
 * Only rmmod -f does that. A gate cannot stay without its code, so what is left
 * closed is the device: it goes down.
 *
 * Context: process.
 */
void dot1x_port_abandon(void)
{
	struct dot1x_port *port;
	struct hlist_node *next;
	unsigned int i;

	rtnl_lock();
	hash_for_each_safe(ports, i, next, port, node) {
		pr_warn("%s: taken down, the module is removed by force\n", port->dev->name);
		dev_close(port->dev);
		dot1x_port_release(port);
	}
	rtnl_unlock();
}

/**
 * dot1x_port_init() - make what all ports share
 *
 * Return: 0 or -ENOMEM.
 */
int dot1x_port_init(void)
{
	workqueue = alloc_workqueue("dot1x", WQ_UNBOUND | WQ_HIGHPRI, 0);
	return workqueue ? 0 : -ENOMEM;
}

/**
 * dot1x_port_exit() - free it; no port is left
 */
void dot1x_port_exit(void)
{
	destroy_workqueue(workqueue);
}
