// SPDX-License-Identifier: GPL-2.0
/*
 * Devices that come up, go down, get another name, address, master or
 * namespace, or go. Notifiers hold RTNL. What they miss, a link that was lost
 * only for a moment, the gate notices.
 */
#include <linux/netdevice.h>
#include "dot1x.h"

/**
 * dot1x_netdev_up() - can a device carry data
 * @dev: the device
 *
 * Context: any.
 */
bool dot1x_netdev_up(const struct net_device *dev)
{
	return netif_running(dev) && netif_carrier_ok(dev);
}

static void told_only(struct dot1x_port *port)
{
	struct dot1x_todo todo;

	dot1x_port_begin(port, &todo);
	dot1x_event_port(port, DOT1X_EVENT_SET, 0);
	dot1x_port_end(port, &todo);
}

/* Moving to another namespace looks like going, but for this */
static void device_went(struct dot1x_port *port)
{
	if (port->dev->reg_state == NETREG_REGISTERED)
		dot1x_port_leave(port);
	else
		dot1x_port_release(port);
}

static void upper_changed(struct dot1x_port *port,
			  const struct netdev_notifier_changeupper_info *info)
{
	/* What it was authorized for was another network */
	if (info->master)
		dot1x_port_initialize(port);
}

static int netdev_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct dot1x_port *port = dot1x_port_lookup(dev);

	if (!port)
		return NOTIFY_DONE;
	switch (event) {
	case NETDEV_UP:
	case NETDEV_CHANGE:
	case NETDEV_DOWN:
		dot1x_port_link(port, true);
		break;
	case NETDEV_GOING_DOWN:
		dot1x_port_link(port, false);
		break;
	case NETDEV_CHANGENAME:
	case NETDEV_CHANGEADDR:
		told_only(port);
		break;
	case NETDEV_CHANGEUPPER:
		upper_changed(port, ptr);
		break;
	case NETDEV_UNREGISTER:
		device_went(port);
		break;
	case NETDEV_REGISTER:
		dot1x_port_enter(port);
		break;
	}
	return NOTIFY_DONE;
}

/* First of all, so that a port is closed before anybody else acts */
static struct notifier_block netdev_nb = {
	.notifier_call = netdev_event,
	.priority = INT_MAX,
};

/**
 * dot1x_netdev_init() - begin to watch devices
 *
 * Context: process, after the namespaces' state exists.
 * Return: 0 or -errno.
 */
int dot1x_netdev_init(void)
{
	return register_netdevice_notifier(&netdev_nb);
}

/**
 * dot1x_netdev_exit() - watch no more
 */
void dot1x_netdev_exit(void)
{
	unregister_netdevice_notifier(&netdev_nb);
}
