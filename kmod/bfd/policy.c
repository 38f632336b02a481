// SPDX-License-Identifier: GPL-2.0
/*
 * Commands and dumps of unsolicited policies. As in netlink.c: attributes into a struct,
 * all of it checked, and only then something done. What is allowed is replaced as a whole,
 * because packets read it meanwhile.
 */
#include <linux/slab.h>
#include <net/genetlink.h>
#include "bfd.h"
#include "compat.h"
#include "passive.h"

#define PREFIX_SIZE	(nla_total_size(0) + nla_total_size(sizeof(u8)) + \
			 nla_total_size(BFD_ADDRESS_MAX))
#define REPLY_SIZE	(256 + BFD_PREFIXES_MAX * PREFIX_SIZE)

#define SELECT_ATTRS	BIT_ULL(BFD_A_IFNAME)
#define PARAM_ATTRS	(BIT_ULL(BFD_A_PREFIXES) | BIT_ULL(BFD_A_DESIRED_MIN_TX_US) | \
			 BIT_ULL(BFD_A_REQUIRED_MIN_RX_US) | BIT_ULL(BFD_A_DETECT_MULT) | \
			 BIT_ULL(BFD_A_MAX_SESSIONS) | BIT_ULL(BFD_A_IDLE_TIME_US))

const struct nla_policy bfd_prefix_policy[BFD_PREFIX_MAX + 1] = {
	[BFD_PREFIX_ADDRESS] = { .type = NLA_BINARY, .len = BFD_ADDRESS_MAX },
	[BFD_PREFIX_LENGTH] = NLA_POLICY_MAX(NLA_U8, 8 * BFD_ADDRESS_MAX),
};

/* @list is what the user's tool can name */
static int parse_prefix(struct bfd_prefix *prefix, struct nlattr **tb, const struct nlattr *list,
			struct netlink_ext_ack *extack)
{
	const struct nlattr *address = tb[BFD_PREFIX_ADDRESS];

	if (!address || !tb[BFD_PREFIX_LENGTH])
		return bfd_attr_refuse(extack, list, "a prefix needs an address and a length");
	if (nla_len(address) != sizeof(struct in_addr) &&
	    nla_len(address) != sizeof(struct in6_addr))
		return bfd_attr_refuse(extack, list, "an address has 4 or 16 bytes");
	prefix->size = nla_len(address);
	prefix->len = nla_get_u8(tb[BFD_PREFIX_LENGTH]);
	memcpy(prefix->address, nla_data(address), prefix->size);
	if (!bfd_prefix_is_valid(prefix))
		return bfd_attr_refuse(extack, list,
				       "a prefix longer than its address, or bits beyond it");
	return 0;
}

static int parse_prefixes(struct bfd_unsolicited *rules, const struct nlattr *list,
			  struct netlink_ext_ack *extack)
{
	struct nlattr *tb[BFD_PREFIX_MAX + 1];
	const struct nlattr *attr;
	int rem, err;

	rules->prefix_count = 0;
	nla_for_each_nested(attr, list, rem) {
		if (rules->prefix_count == BFD_PREFIXES_MAX)
			return bfd_attr_refuse(extack, list, "a policy has 16 prefixes at most");
		err = nla_parse_nested(tb, BFD_PREFIX_MAX, attr, bfd_prefix_policy, extack) ?:
		      parse_prefix(&rules->prefix[rules->prefix_count], tb, list, extack);
		if (err)
			return err;
		rules->prefix_count++;
	}
	if (rem > 0 || !rules->prefix_count)
		return bfd_attr_refuse(extack, list, "no prefix, or half of one");
	return 0;
}

/* What is given replaces what is in @rules */
static int parse_rules(struct bfd_unsolicited *rules, struct genl_info *info)
{
	struct bfd_fsm_config fsm = {
		.desired_min_tx_us = rules->desired_min_tx_us,
		.required_min_rx_us = rules->required_min_rx_us,
		.detect_mult = rules->detect_mult,
	};
	struct nlattr **attrs = info->attrs;
	int err;

	err = bfd_attr_times(&fsm, attrs, info->extack);
	if (err)
		return err;
	if (!fsm.required_min_rx_us)
		return bfd_attr_refuse(info->extack, attrs[BFD_A_REQUIRED_MIN_RX_US],
				       "must be at least 1 ms, or a peer that is gone stays");
	rules->desired_min_tx_us = fsm.desired_min_tx_us;
	rules->required_min_rx_us = fsm.required_min_rx_us;
	rules->detect_mult = fsm.detect_mult;
	if (attrs[BFD_A_MAX_SESSIONS])
		rules->max_sessions = nla_get_u32(attrs[BFD_A_MAX_SESSIONS]);
	if (attrs[BFD_A_IDLE_TIME_US])
		rules->idle_us = nla_get_u32(attrs[BFD_A_IDLE_TIME_US]);
	if (attrs[BFD_A_PREFIXES])
		return parse_prefixes(rules, attrs[BFD_A_PREFIXES], info->extack);
	return 0;
}

static int parse_device(char *ifname, struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, BFD_A_IFNAME)) {
		NL_SET_ERR_MSG(info->extack, "which policy? give its device");
		return -EINVAL;
	}
	return bfd_attr_name(ifname, info->attrs[BFD_A_IFNAME], info->extack);
}

/* The policy a SET, DEL or GET is about; bn->lock held */
static struct bfd_passive *select_policy(struct bfd_net *bn, const char *ifname,
					 struct netlink_ext_ack *extack)
{
	struct bfd_passive *p = bfd_passive_find(bn, ifname);

	if (p)
		return p;
	NL_SET_ERR_MSG(extack, "the device has no policy");
	return ERR_PTR(-ENOENT);
}

static int put_prefixes(struct sk_buff *skb, const struct bfd_unsolicited *rules)
{
	const struct bfd_prefix *prefix;
	struct nlattr *list, *nest;
	unsigned int i;

	list = nla_nest_start(skb, BFD_A_PREFIXES);
	if (!list)
		return -EMSGSIZE;
	for (i = 0; i < rules->prefix_count; i++) {
		prefix = &rules->prefix[i];
		nest = nla_nest_start(skb, i + 1);
		if (!nest ||
		    nla_put(skb, BFD_PREFIX_ADDRESS, prefix->size, prefix->address) ||
		    nla_put_u8(skb, BFD_PREFIX_LENGTH, prefix->len))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}
	nla_nest_end(skb, list);
	return 0;
}

/* bn->lock held */
static int fill(struct sk_buff *skb, const struct bfd_passive *p)
{
	const struct bfd_policy *policy;

	policy = rcu_dereference_protected(p->policy, lockdep_is_held(&p->bn->lock));
	if (nla_put_string(skb, BFD_A_IFNAME, p->ifname) ||
	    nla_put_u32(skb, BFD_A_IFINDEX, p->ifindex) ||
	    nla_put_u32(skb, BFD_A_DESIRED_MIN_TX_US, policy->rules.desired_min_tx_us) ||
	    nla_put_u32(skb, BFD_A_REQUIRED_MIN_RX_US, policy->rules.required_min_rx_us) ||
	    nla_put_u8(skb, BFD_A_DETECT_MULT, policy->rules.detect_mult) ||
	    nla_put_u32(skb, BFD_A_MAX_SESSIONS, policy->rules.max_sessions) ||
	    nla_put_u32(skb, BFD_A_IDLE_TIME_US, policy->rules.idle_us) ||
	    nla_put_u32(skb, BFD_A_SESSIONS, p->count))
		return -EMSGSIZE;
	return put_prefixes(skb, &policy->rules);
}

/**
 * bfd_policy_new_doit() - BFD_CMD_UNSOLICITED_NEW
 * @skb: the request
 * @info: its attributes
 *
 * Return: 0 or -errno; so for the rest.
 */
int bfd_policy_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	struct bfd_policy *policy;
	char ifname[IFNAMSIZ];
	int err;

	err = bfd_attr_only(info->attrs, SELECT_ATTRS | PARAM_ATTRS, info->extack) ?:
	      parse_device(ifname, info);
	if (err)
		return err;
	if (GENL_REQ_ATTR_CHECK(info, BFD_A_PREFIXES)) {
		NL_SET_ERR_MSG(info->extack, "a policy needs a prefix: whom does it allow?");
		return -EINVAL;
	}
	policy = kzalloc(sizeof(*policy), GFP_KERNEL_ACCOUNT);
	if (!policy)
		return -ENOMEM;
	policy->rules.desired_min_tx_us = BFD_DEFAULT_TX_US;
	policy->rules.required_min_rx_us = BFD_DEFAULT_RX_US;
	policy->rules.detect_mult = BFD_DEFAULT_MULT;
	policy->rules.max_sessions = BFD_DEFAULT_MAX_SESSIONS;
	policy->rules.idle_us = BFD_DEFAULT_IDLE_US;
	err = parse_rules(&policy->rules, info);
	if (!err) {
		mutex_lock(&bn->lock);
		err = bfd_passive_create(bn, ifname, policy, info->extack);
		mutex_unlock(&bn->lock);
	}
	if (err)
		kfree(policy);
	return err;
}

/**
 * bfd_policy_set_doit() - BFD_CMD_UNSOLICITED_SET
 * @skb: the request
 * @info: its attributes
 */
int bfd_policy_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	struct bfd_policy *policy;
	struct bfd_passive *p;
	char ifname[IFNAMSIZ];
	int err;

	err = bfd_attr_only(info->attrs, SELECT_ATTRS | PARAM_ATTRS, info->extack) ?:
	      parse_device(ifname, info);
	if (err)
		return err;
	policy = kzalloc(sizeof(*policy), GFP_KERNEL_ACCOUNT);
	if (!policy)
		return -ENOMEM;

	mutex_lock(&bn->lock);
	p = select_policy(bn, ifname, info->extack);
	err = PTR_ERR_OR_ZERO(p);
	if (err)
		goto unlock;
	policy->rules = rcu_dereference_protected(p->policy, lockdep_is_held(&bn->lock))->rules;
	err = parse_rules(&policy->rules, info);
	if (!err)
		bfd_passive_apply(p, policy);
unlock:
	mutex_unlock(&bn->lock);
	if (err)
		kfree(policy);
	return err;
}

/**
 * bfd_policy_del_doit() - BFD_CMD_UNSOLICITED_DEL
 * @skb: the request
 * @info: its attributes
 */
int bfd_policy_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	struct bfd_passive *p;
	char ifname[IFNAMSIZ];
	int err;

	err = bfd_attr_only(info->attrs, SELECT_ATTRS, info->extack);
	if (err)
		return err;
	if (!info->attrs[BFD_A_IFNAME]) {
		bfd_passive_kill_all(bn);
		return 0;
	}
	err = parse_device(ifname, info);
	if (err)
		return err;

	mutex_lock(&bn->lock);
	p = select_policy(bn, ifname, info->extack);
	err = PTR_ERR_OR_ZERO(p);
	if (!err)
		bfd_passive_kill(p);
	mutex_unlock(&bn->lock);
	return err;
}

/**
 * bfd_policy_get_doit() - BFD_CMD_UNSOLICITED_GET of one
 * @skb: the request
 * @info: its attributes
 */
int bfd_policy_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	struct bfd_passive *p;
	struct sk_buff *reply;
	char ifname[IFNAMSIZ];
	void *hdr;
	int err;

	err = bfd_attr_only(info->attrs, SELECT_ATTRS, info->extack) ?:
	      parse_device(ifname, info);
	if (err)
		return err;
	reply = genlmsg_new(REPLY_SIZE, GFP_KERNEL);
	if (!reply)
		return -ENOMEM;

	mutex_lock(&bn->lock);
	p = select_policy(bn, ifname, info->extack);
	err = PTR_ERR_OR_ZERO(p);
	if (!err) {
		hdr = genlmsg_put_reply(reply, info, &bfd_genl_family, 0,
					BFD_CMD_UNSOLICITED_GET);
		err = hdr ? fill(reply, p) : -EMSGSIZE;
	}
	mutex_unlock(&bn->lock);
	if (err) {
		nlmsg_free(reply);
		return err;
	}
	genlmsg_end(reply, hdr);
	return genlmsg_reply(reply, info);
}

static int dump_one(struct sk_buff *skb, struct netlink_callback *cb, const struct bfd_passive *p)
{
	void *hdr = bfd_netlink_begin(skb, cb, BFD_CMD_UNSOLICITED_GET);

	return hdr ? bfd_netlink_end(skb, hdr, fill(skb, p)) : -EMSGSIZE;
}

/**
 * bfd_policy_get_dumpit() - BFD_CMD_UNSOLICITED_GET of all
 * @skb: message being filled
 * @cb: of the dump; goes on after the birth number in args[0]
 *
 * Return: bytes filled, 0 at the end, or -errno.
 */
int bfd_policy_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct bfd_net *bn = bfd_net(sock_net(skb->sk));
	struct bfd_passive *p;
	int err;

	err = bfd_attr_only(compat_genl_dump_attrs(cb), 0, cb->extack);
	if (err)
		return err;

	mutex_lock(&bn->lock);
	cb->seq = bn->dump_seq + 1;
	list_for_each_entry(p, &bn->passives, list) {
		if (p->seq <= cb->args[0])
			continue;
		err = dump_one(skb, cb, p);
		if (err)
			break;
		cb->args[0] = p->seq;
	}
	mutex_unlock(&bn->lock);
	return skb->len ?: err;
}
