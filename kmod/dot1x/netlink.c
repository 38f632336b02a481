// SPDX-License-Identifier: GPL-2.0
/*
 * Commands and dumps of the generic netlink family. Each command reads and
 * checks all of its attributes, and only then acts; what is refused has changed
 * nothing. What concerns a port as a whole takes RTNL; clients do not: they find
 * the port under RCU. The agent's answers are read in answer.c.
 */
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/genetlink.h>
#include <net/sock.h>
#include "dot1x.h"
#include "compat.h"

#define REPLY_SIZE	2048	/* a port with its counters */

#define MIN_PERIOD_MS	100
#define MIN_REAUTH_MS	1000
#define MAX_REQ_MAX	10

/* Not const: 6.1 does not take that */
static struct netlink_range_validation max_clients_range = {
	.min = 1,
	.max = DOT1X_MAX_CLIENTS,
};

static const struct nla_policy policy[DOT1X_A_MAX + 1] = {
	[DOT1X_A_IFINDEX] = NLA_POLICY_MIN(NLA_U32, 1),
	[DOT1X_A_IFNAME] = { .type = NLA_NUL_STRING, .len = IFNAMSIZ - 1 },
	[DOT1X_A_MAC] = NLA_POLICY_ETH_ADDR,
	[DOT1X_A_CONTROL] = NLA_POLICY_MAX(NLA_U8, __DOT1X_CONTROL_MAX - 1),
	[DOT1X_A_HOST_MODE] = NLA_POLICY_MAX(NLA_U8, __DOT1X_HOST_MODE_MAX - 1),
	[DOT1X_A_DIRECTION] = NLA_POLICY_MAX(NLA_U8, __DOT1X_DIRECTION_MAX - 1),
	[DOT1X_A_MAX_CLIENTS] = NLA_POLICY_FULL_RANGE(NLA_U32, &max_clients_range),
	[DOT1X_A_REAUTH_PERIOD_MS] = { .type = NLA_U32 },
	[DOT1X_A_QUIET_PERIOD_MS] = { .type = NLA_U32 },
	[DOT1X_A_TX_PERIOD_MS] = NLA_POLICY_MIN(NLA_U32, MIN_PERIOD_MS),
	[DOT1X_A_SUPP_TIMEOUT_MS] = NLA_POLICY_MIN(NLA_U32, MIN_PERIOD_MS),
	[DOT1X_A_SERVER_TIMEOUT_MS] = NLA_POLICY_MIN(NLA_U32, MIN_PERIOD_MS),
	[DOT1X_A_MAX_REQ] = NLA_POLICY_RANGE(NLA_U8, 1, MAX_REQ_MAX),
	[DOT1X_A_MAB] = NLA_POLICY_MAX(NLA_U8, __DOT1X_MAB_MAX - 1),
	[DOT1X_A_USER_NAME] = { .type = NLA_NUL_STRING, .len = DOT1X_NAME_MAX },
	[DOT1X_A_SESSION_TIMEOUT_MS] = { .type = NLA_U32 },
	[DOT1X_A_TERMINATION_ACTION] = NLA_POLICY_MAX(NLA_U8, __DOT1X_TERMINATION_MAX - 1),
	[DOT1X_A_CLASS] = { .type = NLA_BINARY, .len = DOT1X_NAME_MAX },
	[DOT1X_A_REQUEST_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[DOT1X_A_VERDICT] = NLA_POLICY_MAX(NLA_U8, __DOT1X_VERDICT_MAX - 1),
	[DOT1X_A_EAP] = { .type = NLA_BINARY, .len = DOT1X_EAP_MAX },
};

/**
 * dot1x_refuse() - an attribute is wrong
 * @extack: to be told so
 * @attr: the attribute
 * @why: a literal
 *
 * Return: -EINVAL.
 */
int dot1x_refuse(struct netlink_ext_ack *extack, const struct nlattr *attr, const char *why)
{
	NL_SET_BAD_ATTR(extack, attr);
	/* NL_SET_ERR_MSG() takes only literals */
	if (extack)
		extack->_msg = why;
	return -EINVAL;
}

/**
 * dot1x_only() - a command must not carry what it would ignore
 * @attrs: of the command
 * @allowed: BIT_ULL() of those it knows
 * @extack: says which one it does not
 *
 * Return: 0 or -EINVAL.
 */
int dot1x_only(struct nlattr **attrs, u64 allowed, struct netlink_ext_ack *extack)
{
	unsigned int i;

	BUILD_BUG_ON(DOT1X_A_MAX >= 64);
	for (i = 1; i <= DOT1X_A_MAX; i++)
		if (attrs[i] && !(allowed & BIT_ULL(i)))
			return dot1x_refuse(extack, attrs[i], "not for this command");
	return 0;
}

#define PARAM_ATTRS	(BIT_ULL(DOT1X_A_CONTROL) | BIT_ULL(DOT1X_A_HOST_MODE) | \
			 BIT_ULL(DOT1X_A_DIRECTION) | BIT_ULL(DOT1X_A_MAX_CLIENTS) | \
			 BIT_ULL(DOT1X_A_MAB) | BIT_ULL(DOT1X_A_REAUTH_PERIOD_MS) | \
			 BIT_ULL(DOT1X_A_QUIET_PERIOD_MS) | BIT_ULL(DOT1X_A_TX_PERIOD_MS) | \
			 BIT_ULL(DOT1X_A_SUPP_TIMEOUT_MS) | \
			 BIT_ULL(DOT1X_A_SERVER_TIMEOUT_MS) | BIT_ULL(DOT1X_A_MAX_REQ))
#define CLIENT_ATTRS	(BIT_ULL(DOT1X_A_IFNAME) | BIT_ULL(DOT1X_A_MAC))

/* Parameters that are given replace those in @config */
static int parse_params(struct dot1x_config *config, struct nlattr **attrs,
			struct netlink_ext_ack *extack)
{
	struct dot1x_pacp_config *pacp = &config->pacp;

	if (attrs[DOT1X_A_CONTROL])
		pacp->control = nla_get_u8(attrs[DOT1X_A_CONTROL]);
	if (attrs[DOT1X_A_HOST_MODE])
		config->host_mode = nla_get_u8(attrs[DOT1X_A_HOST_MODE]);
	if (attrs[DOT1X_A_DIRECTION])
		config->direction = nla_get_u8(attrs[DOT1X_A_DIRECTION]);
	if (attrs[DOT1X_A_MAX_CLIENTS])
		config->max_clients = nla_get_u32(attrs[DOT1X_A_MAX_CLIENTS]);
	if (attrs[DOT1X_A_MAB])
		config->mab = nla_get_u8(attrs[DOT1X_A_MAB]);
	if (attrs[DOT1X_A_REAUTH_PERIOD_MS]) {
		pacp->reauth_period_ms = nla_get_u32(attrs[DOT1X_A_REAUTH_PERIOD_MS]);
		if (pacp->reauth_period_ms && pacp->reauth_period_ms < MIN_REAUTH_MS)
			return dot1x_refuse(extack, attrs[DOT1X_A_REAUTH_PERIOD_MS],
					    "must be 0 or at least 1 s");
	}
	if (attrs[DOT1X_A_QUIET_PERIOD_MS])
		pacp->quiet_period_ms = nla_get_u32(attrs[DOT1X_A_QUIET_PERIOD_MS]);
	if (attrs[DOT1X_A_TX_PERIOD_MS])
		pacp->tx_period_ms = nla_get_u32(attrs[DOT1X_A_TX_PERIOD_MS]);
	if (attrs[DOT1X_A_SUPP_TIMEOUT_MS])
		pacp->supp_timeout_ms = nla_get_u32(attrs[DOT1X_A_SUPP_TIMEOUT_MS]);
	if (attrs[DOT1X_A_SERVER_TIMEOUT_MS])
		pacp->server_timeout_ms = nla_get_u32(attrs[DOT1X_A_SERVER_TIMEOUT_MS]);
	if (attrs[DOT1X_A_MAX_REQ])
		pacp->max_req = nla_get_u8(attrs[DOT1X_A_MAX_REQ]);
	return 0;
}

/**
 * dot1x_need_mac() - read the MAC address a command must have
 * @mac: to be set
 * @info: the command
 *
 * Return: 0 or -EINVAL.
 */
int dot1x_need_mac(u8 *mac, struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, DOT1X_A_MAC)) {
		NL_SET_ERR_MSG(info->extack, "which client? give its MAC address");
		return -EINVAL;
	}
	ether_addr_copy(mac, nla_data(info->attrs[DOT1X_A_MAC]));
	if (!is_valid_ether_addr(mac))
		return dot1x_refuse(info->extack, info->attrs[DOT1X_A_MAC],
				    "not a unicast address");
	return 0;
}

static int need_ifname(struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, DOT1X_A_IFNAME)) {
		NL_SET_ERR_MSG(info->extack, "which port? give its device");
		return -EINVAL;
	}
	if (!dev_valid_name(nla_data(info->attrs[DOT1X_A_IFNAME])))
		return dot1x_refuse(info->extack, info->attrs[DOT1X_A_IFNAME],
				    "not a valid device name");
	return 0;
}

/* The device a command names; RTNL or RCU */
static struct net_device *find_device(struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[DOT1X_A_IFNAME];
	struct net_device *dev;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(genl_info_net(info), nla_data(attr));
	rcu_read_unlock();
	if (dev)
		return dev;
	dot1x_refuse(info->extack, attr, "no such device");
	return ERR_PTR(-ENODEV);
}

/* The port a command names; RTNL or RCU */
static struct dot1x_port *find_port(struct genl_info *info)
{
	struct net_device *dev = find_device(info);
	struct dot1x_port *port;

	if (IS_ERR(dev))
		return ERR_CAST(dev);
	port = dot1x_port_lookup(dev);
	if (port)
		return port;
	dot1x_refuse(info->extack, info->attrs[DOT1X_A_IFNAME], "the device is not under control");
	return ERR_PTR(-ENOENT);
}

static int port_new(struct sk_buff *skb, struct genl_info *info)
{
	struct dot1x_config config = {
		.pacp = {
			.control = DOT1X_CONTROL_AUTO,
			.max_req = DOT1X_DEFAULT_MAX_REQ,
			.quiet_period_ms = DOT1X_DEFAULT_QUIET_MS,
			.tx_period_ms = DOT1X_DEFAULT_PERIOD_MS,
			.supp_timeout_ms = DOT1X_DEFAULT_PERIOD_MS,
			.server_timeout_ms = DOT1X_DEFAULT_PERIOD_MS,
		},
		.max_clients = DOT1X_DEFAULT_MAX_CLIENTS,
	};
	struct net_device *dev;
	int err;

	err = dot1x_only(info->attrs, BIT_ULL(DOT1X_A_IFNAME) | PARAM_ATTRS, info->extack) ?:
	      need_ifname(info) ?:
	      parse_params(&config, info->attrs, info->extack);
	if (err)
		return err;
	rtnl_lock();
	dev = find_device(info);
	err = PTR_ERR_OR_ZERO(dev);
	if (!err)
		err = PTR_ERR_OR_ZERO(dot1x_port_create(dev, &config, info->extack));
	rtnl_unlock();
	if (err)
		NL_SET_BAD_ATTR(info->extack, info->attrs[DOT1X_A_IFNAME]);
	return err;
}

static int need_params(struct genl_info *info)
{
	unsigned int i;

	for (i = 1; i <= DOT1X_A_MAX; i++)
		if (info->attrs[i] && (PARAM_ATTRS & BIT_ULL(i)))
			return 0;
	NL_SET_ERR_MSG(info->extack, "nothing to change");
	return -EINVAL;
}

static int port_set(struct sk_buff *skb, struct genl_info *info)
{
	struct dot1x_config config;
	struct dot1x_port *port;
	int err;

	err = dot1x_only(info->attrs, BIT_ULL(DOT1X_A_IFNAME) | PARAM_ATTRS, info->extack) ?:
	      need_ifname(info) ?: need_params(info);
	if (err)
		return err;
	rtnl_lock();
	port = find_port(info);
	err = PTR_ERR_OR_ZERO(port);
	if (err)
		goto unlock;
	config = port->config;
	err = parse_params(&config, info->attrs, info->extack);
	if (!err)
		dot1x_port_set(port, &config);
unlock:
	rtnl_unlock();
	return err;
}

static void release_all(struct dot1x_net *dn)
{
	struct dot1x_port *port, *next;

	list_for_each_entry_safe(port, next, &dn->ports, list)
		dot1x_port_release(port);
}

static int port_del(struct sk_buff *skb, struct genl_info *info)
{
	struct dot1x_port *port;
	int err;

	err = dot1x_only(info->attrs, BIT_ULL(DOT1X_A_IFNAME), info->extack);
	if (!err && info->attrs[DOT1X_A_IFNAME])
		err = need_ifname(info);
	if (err)
		return err;
	rtnl_lock();
	if (!info->attrs[DOT1X_A_IFNAME]) {
		release_all(dot1x_net(genl_info_net(info)));
		goto unlock;
	}
	port = find_port(info);
	err = PTR_ERR_OR_ZERO(port);
	if (!err)
		dot1x_port_release(port);
unlock:
	rtnl_unlock();
	return err;
}

static int port_command(struct genl_info *info, void (*fn)(struct dot1x_port *port))
{
	struct dot1x_port *port;
	int err;

	err = dot1x_only(info->attrs, BIT_ULL(DOT1X_A_IFNAME), info->extack) ?: need_ifname(info);
	if (err)
		return err;
	rtnl_lock();
	port = find_port(info);
	err = PTR_ERR_OR_ZERO(port);
	if (!err)
		fn(port);
	rtnl_unlock();
	return err;
}

static int port_reauthenticate(struct sk_buff *skb, struct genl_info *info)
{
	return port_command(info, dot1x_port_reauthenticate);
}

static int port_initialize(struct sk_buff *skb, struct genl_info *info)
{
	return port_command(info, dot1x_port_initialize);
}

static int port_get(struct sk_buff *skb, struct genl_info *info)
{
	struct dot1x_port *port;
	struct sk_buff *reply;
	void *hdr;
	int err;

	err = dot1x_only(info->attrs, BIT_ULL(DOT1X_A_IFNAME), info->extack) ?: need_ifname(info);
	if (err)
		return err;
	reply = genlmsg_new(REPLY_SIZE, GFP_KERNEL);
	if (!reply)
		return -ENOMEM;
	hdr = genlmsg_put_reply(reply, info, &dot1x_genl_family, 0, DOT1X_CMD_PORT_GET);
	rcu_read_lock();
	port = find_port(info);
	err = PTR_ERR_OR_ZERO(port);
	if (!err)
		err = hdr ? dot1x_event_fill_port(reply, port) : -EMSGSIZE;
	rcu_read_unlock();
	if (err) {
		nlmsg_free(reply);
		return err;
	}
	genlmsg_end(reply, hdr);
	return genlmsg_reply(reply, info);
}

static void *dump_begin(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd)
{
	void *hdr;

	hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
			  &dot1x_genl_family, NLM_F_MULTI, cmd);
	if (hdr)
		genl_dump_check_consistent(cb, hdr);
	return hdr;
}

/* @err: of filling the message. Return: as @err, but what has just gone is left out */
static int dump_end(struct sk_buff *skb, void *hdr, int err)
{
	if (err)
		genlmsg_cancel(skb, hdr);
	else
		genlmsg_end(skb, hdr);
	return err == -ENOENT ? 0 : err;
}

/* Goes on after the number in cb->args[0]: ports are listed by it */
static int port_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct dot1x_net *dn = dot1x_net(sock_net(skb->sk));
	struct dot1x_port *port;
	void *hdr;
	int err;

	err = dot1x_only(compat_genl_dump_attrs(cb), 0, cb->extack);
	if (err)
		return err;
	rcu_read_lock();
	cb->seq = atomic_read(&dn->dump_seq) + 1;
	list_for_each_entry_rcu(port, &dn->ports, list) {
		if (port->seq <= cb->args[0])
			continue;
		hdr = dump_begin(skb, cb, DOT1X_CMD_PORT_GET);
		err = hdr ? dump_end(skb, hdr, dot1x_event_fill_port(skb, port)) : -EMSGSIZE;
		if (err)
			break;
		cb->args[0] = port->seq;
	}
	rcu_read_unlock();
	return skb->len ?: err;
}

static int client_get(struct sk_buff *skb, struct genl_info *info)
{
	struct net *net = genl_info_net(info);
	struct dot1x_client *c = NULL;
	struct dot1x_port *port;
	struct sk_buff *reply;
	u8 mac[ETH_ALEN];
	void *hdr;
	int err;

	err = dot1x_only(info->attrs, CLIENT_ATTRS, info->extack) ?:
	      need_ifname(info) ?: dot1x_need_mac(mac, info);
	if (err)
		return err;
	reply = genlmsg_new(REPLY_SIZE, GFP_KERNEL);
	if (!reply)
		return -ENOMEM;
	hdr = genlmsg_put_reply(reply, info, &dot1x_genl_family, 0, DOT1X_CMD_CLIENT_GET);
	rcu_read_lock();
	port = find_port(info);
	err = PTR_ERR_OR_ZERO(port);
	if (!err) {
		c = dot1x_client_lookup(port, mac);
		err = -ENOENT;
	}
	if (c)
		err = hdr ? dot1x_event_fill_client(reply, c, netlink_ns_capable(skb, net->user_ns,
										 CAP_NET_ADMIN)) :
			    -EMSGSIZE;
	rcu_read_unlock();
	if (err) {
		nlmsg_free(reply);
		if (!IS_ERR(port) && err == -ENOENT)
			dot1x_refuse(info->extack, info->attrs[DOT1X_A_MAC], "no such client");
		return err;
	}
	genlmsg_end(reply, hdr);
	return genlmsg_reply(reply, info);
}

/* Goes on after the client whose number is in cb->args[1] */
static int dump_clients(struct sk_buff *skb, struct netlink_callback *cb,
			struct dot1x_port *port, const struct nlattr *mac)
{
	bool secrets = netlink_net_capable(cb->skb, CAP_NET_ADMIN);
	struct dot1x_client *c;
	unsigned long id;
	void *hdr;
	int err;

	xa_for_each_start(&port->clients, id, c, cb->args[1] + 1) {
		if (mac && !ether_addr_equal(c->key.mac, nla_data(mac)))
			continue;
		hdr = dump_begin(skb, cb, DOT1X_CMD_CLIENT_GET);
		err = hdr ? dump_end(skb, hdr, dot1x_event_fill_client(skb, c, secrets)) :
			    -EMSGSIZE;
		if (err)
			return err;
		cb->args[1] = id;
	}
	return 0;
}

/* Goes on with the port whose number is in cb->args[2] or, if it went, the next */
static int client_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct dot1x_net *dn = dot1x_net(sock_net(skb->sk));
	struct nlattr **attrs = compat_genl_dump_attrs(cb);
	struct dot1x_port *port;
	int err;

	err = dot1x_only(attrs, CLIENT_ATTRS, cb->extack);
	if (err)
		return err;
	rcu_read_lock();
	cb->seq = atomic_read(&dn->dump_seq) + 1;
	list_for_each_entry_rcu(port, &dn->ports, list) {
		if (port->seq < cb->args[2])
			continue;
		if (attrs[DOT1X_A_IFNAME] && nla_strcmp(attrs[DOT1X_A_IFNAME], port->dev->name))
			continue;
		if (port->seq != cb->args[2]) {
			cb->args[2] = port->seq;
			cb->args[1] = 0;
		}
		err = dump_clients(skb, cb, port, attrs[DOT1X_A_MAC]);
		if (err)
			break;
	}
	rcu_read_unlock();
	return skb->len ?: err;
}

static int authorize(struct dot1x_port *port, const u8 *mac, struct dot1x_answer *answer,
		     struct netlink_ext_ack *extack)
{
	struct dot1x_todo todo;
	int err;

	dot1x_port_begin(port, &todo);
	dot1x_port_check_link(port, true, &todo);
	err = dot1x_engine_authorize(port, mac, answer, extack, &todo);
	dot1x_port_end(port, &todo);
	return err;
}

static int client_authorize(struct sk_buff *skb, struct genl_info *info)
{
	struct dot1x_answer answer = {};
	struct dot1x_port *port;
	u8 mac[ETH_ALEN];
	int err;

	err = dot1x_only(info->attrs, CLIENT_ATTRS | BIT_ULL(DOT1X_A_SESSION_TIMEOUT_MS),
			 info->extack) ?:
	      need_ifname(info) ?: dot1x_need_mac(mac, info);
	if (err)
		return err;
	if (info->attrs[DOT1X_A_SESSION_TIMEOUT_MS])
		answer.session_timeout_ms =
			nla_get_u32(info->attrs[DOT1X_A_SESSION_TIMEOUT_MS]);
	rcu_read_lock();
	port = find_port(info);
	err = PTR_ERR_OR_ZERO(port) ?: authorize(port, mac, &answer, info->extack);
	rcu_read_unlock();
	if (err)
		NL_SET_BAD_ATTR(info->extack, info->attrs[DOT1X_A_IFNAME]);
	/* What it was before may have been kept */
	kfree(answer.user_name);
	kfree_sensitive(answer.class);
	return err;
}

static int client_del(struct sk_buff *skb, struct genl_info *info)
{
	struct dot1x_client *c = NULL;
	struct dot1x_port *port;
	struct dot1x_todo todo;
	u8 mac[ETH_ALEN];
	int err;

	err = dot1x_only(info->attrs, CLIENT_ATTRS, info->extack) ?: need_ifname(info);
	if (!err && info->attrs[DOT1X_A_MAC])
		err = dot1x_need_mac(mac, info);
	if (err)
		return err;
	rcu_read_lock();
	port = find_port(info);
	err = PTR_ERR_OR_ZERO(port);
	if (err)
		goto unlock;
	dot1x_port_begin(port, &todo);
	if (!info->attrs[DOT1X_A_MAC])
		dot1x_client_kill_all(port, &todo);
	else
		c = dot1x_client_lookup(port, mac);
	if (c)
		dot1x_client_kill(c, &todo);
	else if (info->attrs[DOT1X_A_MAC])
		err = -ENOENT;
	dot1x_port_end(port, &todo);
unlock:
	rcu_read_unlock();
	if (!err)
		synchronize_net();
	else if (!IS_ERR(port))
		dot1x_refuse(info->extack, info->attrs[DOT1X_A_MAC], "no such client");
	return err;
}

static int agent_register(struct sk_buff *skb, struct genl_info *info)
{
	return dot1x_only(info->attrs, 0, info->extack) ?:
	       dot1x_agent_register(dot1x_net(genl_info_net(info)), info->snd_portid,
				    info->extack);
}

static int stats_get(struct sk_buff *skb, struct genl_info *info)
{
	struct dot1x_net *dn = dot1x_net(genl_info_net(info));
	struct sk_buff *reply;
	void *hdr;
	int err;

	err = dot1x_only(info->attrs, 0, info->extack);
	if (err)
		return err;
	reply = genlmsg_new(REPLY_SIZE, GFP_KERNEL);
	if (!reply)
		return -ENOMEM;
	hdr = genlmsg_put_reply(reply, info, &dot1x_genl_family, 0, DOT1X_CMD_STATS_GET);
	if (!hdr || nla_put_u8(reply, DOT1X_A_AGENT, !!READ_ONCE(dn->agent)) ||
	    dot1x_event_fill_counters(reply, dn->counters)) {
		nlmsg_free(reply);
		return -EMSGSIZE;
	}
	genlmsg_end(reply, hdr);
	return genlmsg_reply(reply, info);
}

static const struct genl_ops ops[] = {
	{
		.cmd = DOT1X_CMD_PORT_NEW,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = port_new,
	},
	{
		.cmd = DOT1X_CMD_PORT_SET,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = port_set,
	},
	{
		.cmd = DOT1X_CMD_PORT_DEL,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = port_del,
	},
	{
		.cmd = DOT1X_CMD_PORT_GET,
		.doit = port_get,
		.dumpit = port_dump,
	},
	{
		.cmd = DOT1X_CMD_PORT_REAUTHENTICATE,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = port_reauthenticate,
	},
	{
		.cmd = DOT1X_CMD_PORT_INITIALIZE,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = port_initialize,
	},
	{
		.cmd = DOT1X_CMD_CLIENT_GET,
		.doit = client_get,
		.dumpit = client_dump,
	},
	{
		.cmd = DOT1X_CMD_CLIENT_AUTHORIZE,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = client_authorize,
	},
	{
		.cmd = DOT1X_CMD_CLIENT_DEL,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = client_del,
	},
	{
		.cmd = DOT1X_CMD_AGENT_REGISTER,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = agent_register,
	},
	{
		.cmd = DOT1X_CMD_AGENT_ANSWER,
		.doit = dot1x_answer_doit,
	},
	{
		.cmd = DOT1X_CMD_STATS_GET,
		.doit = stats_get,
	},
};

static const struct genl_multicast_group groups[] = {
	{ .name = DOT1X_GENL_GROUP_STATE },
};

struct genl_family dot1x_genl_family __ro_after_init = {
	.name = DOT1X_GENL_NAME,
	.version = DOT1X_GENL_VERSION,
	.maxattr = DOT1X_A_MAX,
	.policy = policy,
	.netnsok = true,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.ops = ops,
	.n_ops = ARRAY_SIZE(ops),
	.mcgrps = groups,
	.n_mcgrps = ARRAY_SIZE(groups),
};

/**
 * dot1x_netlink_init() - open for commands
 *
 * Return: 0 or -errno.
 */
int __init dot1x_netlink_init(void)
{
	return genl_register_family(&dot1x_genl_family);
}

/**
 * dot1x_netlink_exit() - take no more commands; those under way are over
 */
void dot1x_netlink_exit(void)
{
	dot1x_event_stop();
	genl_unregister_family(&dot1x_genl_family);
}
