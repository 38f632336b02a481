// SPDX-License-Identifier: GPL-2.0
/*
 * Commands and dumps of S-BFD reflectors. As in netlink.c: attributes into a struct,
 * all of it checked, and only then bfd_net.lock is taken and something done.
 */
#include <net/genetlink.h>
#include "bfd.h"
#include "compat.h"

#define MIN_INTERVAL_US	1000	/* RFC 7880 7.2.3: 0 would end what it asks for */

#define REPLY_SIZE	256

#define SELECT_ATTRS	BIT_ULL(BFD_A_LOCAL_DISCRIMINATOR)
#define PARAM_ATTRS	(BIT_ULL(BFD_A_REQUIRED_MIN_RX_US) | BIT_ULL(BFD_A_REPLY_RATE) | \
			 BIT_ULL(BFD_A_MIN_TTL) | BIT_ULL(BFD_A_ADMIN_DOWN))

/* Parameters that are given replace those in @config */
static int parse_config(struct bfd_reflector_config *config, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;

	if (attrs[BFD_A_REQUIRED_MIN_RX_US]) {
		config->required_min_rx_us = nla_get_u32(attrs[BFD_A_REQUIRED_MIN_RX_US]);
		if (config->required_min_rx_us < MIN_INTERVAL_US) {
			NL_SET_ERR_MSG_ATTR(info->extack, attrs[BFD_A_REQUIRED_MIN_RX_US],
					    "must be at least 1 ms");
			return -EINVAL;
		}
	}
	if (attrs[BFD_A_REPLY_RATE])
		config->rate = nla_get_u32(attrs[BFD_A_REPLY_RATE]);
	if (attrs[BFD_A_MIN_TTL])
		config->min_ttl = nla_get_u8(attrs[BFD_A_MIN_TTL]);
	if (attrs[BFD_A_ADMIN_DOWN])
		config->admin_down = nla_get_u8(attrs[BFD_A_ADMIN_DOWN]);
	return 0;
}

static int parse_discr(u32 *discr, struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, BFD_A_LOCAL_DISCRIMINATOR)) {
		NL_SET_ERR_MSG(info->extack, "which reflector? give its discriminator");
		return -EINVAL;
	}
	*discr = nla_get_u32(info->attrs[BFD_A_LOCAL_DISCRIMINATOR]);
	return 0;
}

/* The reflector a SET, DEL or GET is about; bn->lock held */
static struct bfd_reflector *select_reflector(struct bfd_net *bn, u32 discr,
					      struct netlink_ext_ack *extack)
{
	struct bfd_reflector *r = bfd_reflector_find(bn, discr);

	if (r)
		return r;
	NL_SET_ERR_MSG(extack, "no such reflector");
	return ERR_PTR(-ENOENT);
}

static int put_statistics(struct sk_buff *skb, const struct bfd_reflector *r)
{
	const struct {
		int attr;
		u64 value;
	} stats[] = {
		{ BFD_STAT_CREATE_TIME_NS, r->create_ns },
		{ BFD_STAT_RX_PACKETS, atomic64_read(&r->rx) },
		{ BFD_STAT_TX_PACKETS, atomic64_read(&r->tx) },
		{ BFD_STAT_RX_INVALID, atomic64_read(&r->rx_invalid) },
		{ BFD_STAT_TX_FAILED, atomic64_read(&r->tx_failed) },
	};
	struct nlattr *nest;
	unsigned int i;

	nest = nla_nest_start(skb, BFD_A_STATISTICS);
	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < ARRAY_SIZE(stats); i++)
		if (nla_put_u64_64bit(skb, stats[i].attr, stats[i].value, BFD_STAT_PAD))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/* bn->lock held */
static int fill(struct sk_buff *skb, const struct bfd_reflector *r)
{
	const struct bfd_reflector_config *config = &r->config;

	if (nla_put_u32(skb, BFD_A_LOCAL_DISCRIMINATOR, r->discr) ||
	    nla_put_u32(skb, BFD_A_REQUIRED_MIN_RX_US, config->required_min_rx_us) ||
	    nla_put_u32(skb, BFD_A_REPLY_RATE, config->rate) ||
	    nla_put_u8(skb, BFD_A_MIN_TTL, config->min_ttl) ||
	    nla_put_u8(skb, BFD_A_ADMIN_DOWN, config->admin_down))
		return -EMSGSIZE;
	if (!bfd_addr_none(&r->local) &&
	    nla_put(skb, BFD_A_LOCAL, r->family == AF_INET ? sizeof(r->local.v4) :
							     sizeof(r->local.v6), &r->local))
		return -EMSGSIZE;
	return put_statistics(skb, r);
}

/**
 * bfd_reflector_new_doit() - BFD_CMD_REFLECTOR_NEW
 * @skb: the request
 * @info: its attributes
 *
 * Return: 0 or -errno; so for the rest.
 */
int bfd_reflector_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_reflector_config config = {
		.required_min_rx_us = BFD_REFLECTOR_RX_US,
		.rate = BFD_REFLECTOR_RATE,
		.min_ttl = BFD_SBFD_MIN_TTL,
	};
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	const struct nlattr *attr = info->attrs[BFD_A_LOCAL];
	union bfd_addr local = {};
	u8 family = 0;
	u32 discr;
	int err;

	err = bfd_attr_only(info->attrs, SELECT_ATTRS | PARAM_ATTRS | BIT_ULL(BFD_A_LOCAL),
			    info->extack) ?:
	      parse_discr(&discr, info) ?:
	      (attr ? bfd_attr_addr(&local, &family, attr, info->extack) : 0) ?:
	      parse_config(&config, info);
	if (err)
		return err;

	mutex_lock(&bn->lock);
	err = bfd_reflector_create(bn, discr, family, &local, &config, info->extack);
	mutex_unlock(&bn->lock);
	return err;
}

/**
 * bfd_reflector_set_doit() - BFD_CMD_REFLECTOR_SET
 * @skb: the request
 * @info: its attributes
 */
int bfd_reflector_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	struct bfd_reflector_config config;
	struct bfd_reflector *r;
	u32 discr;
	int err;

	err = bfd_attr_only(info->attrs, SELECT_ATTRS | PARAM_ATTRS, info->extack) ?:
	      parse_discr(&discr, info);
	if (err)
		return err;

	mutex_lock(&bn->lock);
	r = select_reflector(bn, discr, info->extack);
	err = PTR_ERR_OR_ZERO(r);
	if (err)
		goto unlock;
	config = r->config;
	err = parse_config(&config, info);
	if (!err)
		bfd_reflector_apply(r, &config);
unlock:
	mutex_unlock(&bn->lock);
	return err;
}

/**
 * bfd_reflector_del_doit() - BFD_CMD_REFLECTOR_DEL
 * @skb: the request
 * @info: its attributes
 */
int bfd_reflector_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	struct bfd_reflector *r;
	u32 discr;
	int err;

	err = bfd_attr_only(info->attrs, SELECT_ATTRS, info->extack);
	if (err)
		return err;
	if (!info->attrs[BFD_A_LOCAL_DISCRIMINATOR]) {
		bfd_reflector_kill_all(bn);
		return 0;
	}
	err = parse_discr(&discr, info);
	if (err)
		return err;

	mutex_lock(&bn->lock);
	r = select_reflector(bn, discr, info->extack);
	err = PTR_ERR_OR_ZERO(r);
	if (!err)
		bfd_reflector_kill(bn, r);
	mutex_unlock(&bn->lock);
	return err;
}

/**
 * bfd_reflector_get_doit() - BFD_CMD_REFLECTOR_GET of one
 * @skb: the request
 * @info: its attributes
 */
int bfd_reflector_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	struct bfd_reflector *r;
	struct sk_buff *reply;
	u32 discr;
	void *hdr;
	int err;

	err = bfd_attr_only(info->attrs, SELECT_ATTRS, info->extack) ?:
	      parse_discr(&discr, info);
	if (err)
		return err;
	reply = genlmsg_new(REPLY_SIZE, GFP_KERNEL);
	if (!reply)
		return -ENOMEM;

	mutex_lock(&bn->lock);
	r = select_reflector(bn, discr, info->extack);
	err = PTR_ERR_OR_ZERO(r);
	if (!err) {
		hdr = genlmsg_put_reply(reply, info, &bfd_genl_family, 0, BFD_CMD_REFLECTOR_GET);
		err = hdr ? fill(reply, r) : -EMSGSIZE;
	}
	mutex_unlock(&bn->lock);
	if (err) {
		nlmsg_free(reply);
		return err;
	}
	genlmsg_end(reply, hdr);
	return genlmsg_reply(reply, info);
}

static int dump_one(struct sk_buff *skb, struct netlink_callback *cb,
		    const struct bfd_reflector *r)
{
	void *hdr = bfd_netlink_begin(skb, cb, BFD_CMD_REFLECTOR_GET);

	return hdr ? bfd_netlink_end(skb, hdr, fill(skb, r)) : -EMSGSIZE;
}

/**
 * bfd_reflector_get_dumpit() - BFD_CMD_REFLECTOR_GET of all
 * @skb: message being filled
 * @cb: of the dump; goes on after the birth number in args[0]
 *
 * Return: bytes filled, 0 at the end, or -errno.
 */
int bfd_reflector_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct bfd_net *bn = bfd_net(sock_net(skb->sk));
	struct bfd_reflector *r;
	int err;

	err = bfd_attr_only(compat_genl_dump_attrs(cb), 0, cb->extack);
	if (err)
		return err;

	mutex_lock(&bn->lock);
	cb->seq = bn->dump_seq + 1;
	list_for_each_entry(r, &bn->reflectors, list) {
		if (r->seq <= cb->args[0])
			continue;
		err = dump_one(skb, cb, r);
		if (err)
			break;
		cb->args[0] = r->seq;
	}
	mutex_unlock(&bn->lock);
	return skb->len ?: err;
}
