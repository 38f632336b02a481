// SPDX-License-Identifier: GPL-2.0
/*
 * Commands and dumps of the generic netlink family. Each command reads its
 * attributes into a struct bfd_request, checks all of it, and only then takes
 * bfd_net.lock and acts; what is refused has changed nothing.
 */
#include <net/genetlink.h>
#include <net/ipv6.h>
#include "bfd.h"
#include "compat.h"
#include "reflect.h"

#define REPLY_SIZE	2048	/* one session with its statistics, without keys */

/**
 * struct bfd_request - a command's attributes, checked one by one
 * @key: PEER, LOCAL, IFNAME, VRF, TYPE, REMOTE_DISCRIMINATOR; family 0 when no PEER was given
 * @has_type: TYPE was given
 * @discr: LOCAL_DISCRIMINATOR or 0
 * @state: STATE, or -1
 */
struct bfd_request {
	struct bfd_key key;
	bool has_type;
	u32 discr;
	int state;
};

static struct netlink_range_validation reply_rate = {
	.min = 1,
	.max = BFD_REFLECT_RATE_MAX,
};

static struct netlink_range_validation max_sessions = {
	.min = 1,
	.max = U16_MAX,
};

static const struct nla_policy policy[BFD_A_MAX + 1] = {
	[BFD_A_LOCAL_DISCRIMINATOR] = NLA_POLICY_MIN(NLA_U32, 1),
	[BFD_A_REMOTE_DISCRIMINATOR] = NLA_POLICY_MIN(NLA_U32, 1),
	[BFD_A_TYPE] = NLA_POLICY_MAX(NLA_U8, __BFD_TYPE_MAX - 1),
	[BFD_A_PEER] = { .type = NLA_BINARY, .len = sizeof(struct in6_addr) },
	[BFD_A_LOCAL] = { .type = NLA_BINARY, .len = sizeof(struct in6_addr) },
	[BFD_A_IFNAME] = { .type = NLA_NUL_STRING, .len = IFNAMSIZ - 1 },
	[BFD_A_VRF] = { .type = NLA_NUL_STRING, .len = IFNAMSIZ - 1 },
	[BFD_A_DESIRED_MIN_TX_US] = NLA_POLICY_MIN(NLA_U32, BFD_MIN_INTERVAL_US),
	[BFD_A_REQUIRED_MIN_RX_US] = { .type = NLA_U32 },
	[BFD_A_DETECT_MULT] = NLA_POLICY_MIN(NLA_U8, 1),
	[BFD_A_PASSIVE] = NLA_POLICY_MAX(NLA_U8, 1),
	[BFD_A_ADMIN_DOWN] = NLA_POLICY_MAX(NLA_U8, 1),
	[BFD_A_MIN_TTL] = NLA_POLICY_MIN(NLA_U8, 1),
	[BFD_A_DEMAND] = NLA_POLICY_MAX(NLA_U8, 1),
	[BFD_A_DEMAND_POLL_US] = { .type = NLA_U32 },
	[BFD_A_STATE] = NLA_POLICY_MAX(NLA_U8, __BFD_STATE_MAX - 1),
	[BFD_A_REROUTE] = NLA_POLICY_MAX(NLA_U8, 1),
	[BFD_A_AUTH_KEYS] = NLA_POLICY_NESTED_ARRAY(bfd_key_policy),
	[BFD_A_OWNER] = { .type = NLA_NUL_STRING, .len = BFD_OWNER_SIZE - 1 },
	[BFD_A_HOLD_UP_US] = { .type = NLA_U32 },
	[BFD_A_HOLD_UP_MAX_US] = { .type = NLA_U32 },
	[BFD_A_PADDED_PDU_SIZE] = NLA_POLICY_MAX(NLA_U32, BFD_PADDED_PDU_MAX),
	[BFD_A_DESIRED_MIN_ECHO_TX_US] = { .type = NLA_U32 },
	[BFD_A_REQUIRED_MIN_ECHO_RX_US] = { .type = NLA_U32 },
	[BFD_A_ECHO_SLOW_US] = { .type = NLA_U32 },
	[BFD_A_REPLY_RATE] = NLA_POLICY_FULL_RANGE(NLA_U32, &reply_rate),
	[BFD_A_PREFIXES] = NLA_POLICY_NESTED_ARRAY(bfd_prefix_policy),
	[BFD_A_MAX_SESSIONS] = NLA_POLICY_FULL_RANGE(NLA_U32, &max_sessions),
	[BFD_A_IDLE_TIME_US] = { .type = NLA_U32 },
};

static int parse_addrs(struct bfd_key *key, struct nlattr **attrs, struct netlink_ext_ack *extack)
{
	u8 local_family;
	int err;

	if (attrs[BFD_A_PEER]) {
		err = bfd_attr_addr(&key->peer, &key->family, attrs[BFD_A_PEER], extack);
		if (err)
			return err;
	}
	if (attrs[BFD_A_LOCAL]) {
		err = bfd_attr_addr(&key->local, &local_family, attrs[BFD_A_LOCAL], extack);
		if (err)
			return err;
		if (key->family && key->family != local_family)
			return bfd_attr_refuse(extack, attrs[BFD_A_LOCAL],
					       "local and peer address are of different families");
	}
	return 0;
}

static int parse_request(struct bfd_request *req, struct nlattr **attrs,
			 struct netlink_ext_ack *extack)
{
	int err;

	memset(req, 0, sizeof(*req));
	req->state = -1;
	err = parse_addrs(&req->key, attrs, extack);
	if (err)
		return err;
	if (attrs[BFD_A_IFNAME]) {
		err = bfd_attr_name(req->key.ifname, attrs[BFD_A_IFNAME], extack);
		if (err)
			return err;
	}
	if (attrs[BFD_A_VRF]) {
		err = bfd_attr_name(req->key.vrf, attrs[BFD_A_VRF], extack);
		if (err)
			return err;
	}
	if (attrs[BFD_A_TYPE]) {
		req->key.type = nla_get_u8(attrs[BFD_A_TYPE]);
		req->has_type = true;
	}
	if (attrs[BFD_A_REMOTE_DISCRIMINATOR]) {
		if (req->key.type != BFD_TYPE_SBFD)
			return bfd_attr_refuse(extack, attrs[BFD_A_REMOTE_DISCRIMINATOR],
					       "only S-BFD is told its peer's discriminator");
		req->key.reflector = nla_get_u32(attrs[BFD_A_REMOTE_DISCRIMINATOR]);
	}
	if (attrs[BFD_A_LOCAL_DISCRIMINATOR])
		req->discr = nla_get_u32(attrs[BFD_A_LOCAL_DISCRIMINATOR]);
	if (attrs[BFD_A_STATE])
		req->state = nla_get_u8(attrs[BFD_A_STATE]);
	return 0;
}

#define KEY_ATTRS	(BIT_ULL(BFD_A_PEER) | BIT_ULL(BFD_A_LOCAL) | BIT_ULL(BFD_A_IFNAME) | \
			 BIT_ULL(BFD_A_VRF) | BIT_ULL(BFD_A_TYPE) | \
			 BIT_ULL(BFD_A_REMOTE_DISCRIMINATOR))
#define SELECT_ATTRS	(KEY_ATTRS | BIT_ULL(BFD_A_LOCAL_DISCRIMINATOR))
#define PARAM_ATTRS	(BIT_ULL(BFD_A_DESIRED_MIN_TX_US) | BIT_ULL(BFD_A_REQUIRED_MIN_RX_US) | \
			 BIT_ULL(BFD_A_DETECT_MULT) | BIT_ULL(BFD_A_PASSIVE) | \
			 BIT_ULL(BFD_A_ADMIN_DOWN) | BIT_ULL(BFD_A_MIN_TTL) | \
			 BIT_ULL(BFD_A_REROUTE) | BIT_ULL(BFD_A_DEMAND) | \
			 BIT_ULL(BFD_A_DEMAND_POLL_US) | BIT_ULL(BFD_A_AUTH_KEYS) | \
			 BIT_ULL(BFD_A_HOLD_UP_US) | BIT_ULL(BFD_A_HOLD_UP_MAX_US) | \
			 BIT_ULL(BFD_A_PADDED_PDU_SIZE) | \
			 BIT_ULL(BFD_A_DESIRED_MIN_ECHO_TX_US) | \
			 BIT_ULL(BFD_A_REQUIRED_MIN_ECHO_RX_US) | BIT_ULL(BFD_A_ECHO_SLOW_US))

static bool has_key(const struct bfd_request *req)
{
	return req->key.family || !bfd_addr_none(&req->key.local) || req->key.ifname[0] ||
	       req->key.vrf[0] || req->has_type;
}

/* The session a SET, DEL or GET is about; bn->lock held */
static struct bfd_session *select_session(struct bfd_net *bn, const struct bfd_request *req,
					  struct netlink_ext_ack *extack)
{
	struct bfd_session *s;

	if (req->discr && has_key(req)) {
		NL_SET_ERR_MSG(extack, "give a discriminator or a peer, not both");
		return ERR_PTR(-EINVAL);
	}
	if (!req->discr && !req->key.family) {
		NL_SET_ERR_MSG(extack, "which session? give its peer or its discriminator");
		return ERR_PTR(-EINVAL);
	}
	s = req->discr ? bfd_session_find_discr(bn, req->discr) :
			 bfd_session_find_key(bn, &req->key);
	if (!s) {
		NL_SET_ERR_MSG(extack, "no such session");
		return ERR_PTR(-ENOENT);
	}
	if (IS_ERR(s))
		NL_SET_ERR_MSG(extack, "several sessions match: say local, device, VRF or id");
	return s;
}

static struct sk_buff *session_reply(struct bfd_session *s, struct genl_info *info, u8 cmd)
{
	struct sk_buff *skb;
	void *hdr;

	/* Keys change under bn->lock only */
	skb = genlmsg_new(REPLY_SIZE + bfd_authkey_size(s->auth), GFP_KERNEL);
	if (!skb)
		return ERR_PTR(-ENOMEM);
	hdr = genlmsg_put_reply(skb, info, &bfd_genl_family, 0, cmd);
	if (!hdr || bfd_event_fill_session(skb, s)) {
		nlmsg_free(skb);
		return ERR_PTR(-EMSGSIZE);
	}
	genlmsg_end(skb, hdr);
	return skb;
}

/* May what is sent to our end be to a link-local address? */
static bool is_link_local(const struct bfd_key *key)
{
	const union bfd_addr *end = bfd_addr_none(&key->local) ? &key->peer : &key->local;

	return key->family == AF_INET6 && (ipv6_addr_type(&end->v6) & IPV6_ADDR_LINKLOCAL);
}

static int check_new(const struct bfd_request *req, struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, BFD_A_PEER)) {
		NL_SET_ERR_MSG(info->extack, "a session needs a peer");
		return -EINVAL;
	}
	if (req->key.family == AF_INET6 && !req->key.ifname[0] &&
	    (ipv6_addr_type(&req->key.peer.v6) & IPV6_ADDR_LINKLOCAL))
		return bfd_attr_refuse(info->extack, info->attrs[BFD_A_PEER],
				       "a link-local peer needs a device");
	if (bfd_addr_equal(&req->key.peer, &req->key.local))
		return bfd_attr_refuse(info->extack, info->attrs[BFD_A_LOCAL],
				       "local and peer address are the same");
	if (req->key.type == BFD_TYPE_ECHO && is_link_local(&req->key))
		return bfd_attr_refuse(info->extack, info->attrs[BFD_A_PEER],
				       "nothing is forwarded to a link-local address: say local");
	if (req->key.type == BFD_TYPE_SBFD && !req->key.reflector) {
		NL_SET_ERR_ATTR_MISS(info->extack, NULL, BFD_A_REMOTE_DISCRIMINATOR);
		NL_SET_ERR_MSG(info->extack, "S-BFD needs the reflector's discriminator");
		return -EINVAL;
	}
	return 0;
}

/* RFC 7880 6.2: an initiator asks for nothing but answers; RFC 9747: there is nobody to
 * ask
 */
static void preset(struct bfd_config *config, const struct bfd_key *key)
{
	config->min_ttl = key->type == BFD_TYPE_MULTIHOP ? BFD_DEFAULT_MIN_TTL :
			  key->type == BFD_TYPE_SBFD ? BFD_SBFD_MIN_TTL : 255;
	config->fsm.reflector = key->reflector;
	config->fsm.unaffiliated = key->type == BFD_TYPE_ECHO;
	if (key->type == BFD_TYPE_SBFD || key->type == BFD_TYPE_ECHO)
		config->fsm.required_min_rx_us = 0;
}

static int session_new(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_config config = {
		.fsm = {
			.desired_min_tx_us = BFD_DEFAULT_TX_US,
			.required_min_rx_us = BFD_DEFAULT_RX_US,
			.detect_mult = BFD_DEFAULT_MULT,
			.demand_poll_us = BFD_DEFAULT_DEMAND_POLL_US,
			.echo_slow_us = BFD_DEFAULT_ECHO_SLOW_US,
		},
	};
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	struct sk_buff *reply = NULL;
	struct bfd_request req;
	struct bfd_session *s;
	int err;

	err = bfd_attr_only(info->attrs, SELECT_ATTRS | PARAM_ATTRS | BIT_ULL(BFD_A_OWNER),
			    info->extack) ?:
	      parse_request(&req, info->attrs, info->extack) ?:
	      check_new(&req, info);
	if (err)
		return err;
	preset(&config, &req.key);
	err = bfd_attr_owner(config.owner, info->attrs[BFD_A_OWNER], info->extack) ?:
	      bfd_attr_config(&config, &req.key, NULL, info->attrs, info->extack);
	if (err)
		return err;

	mutex_lock(&bn->lock);
	s = bfd_session_create(bn, &req.key, &config, req.discr, info->extack);
	if (!IS_ERR(s) && (info->nlhdr->nlmsg_flags & NLM_F_ECHO))
		reply = session_reply(s, info, BFD_CMD_SESSION_NEW);
	mutex_unlock(&bn->lock);
	bfd_authkey_forget(info->attrs[BFD_A_AUTH_KEYS]);
	bfd_authkey_free(config.auth);
	if (IS_ERR(s))
		return PTR_ERR(s);
	/* The session lives; that its echo found no memory or no room in the
	 * asker's socket does not undo it.
	 */
	if (!IS_ERR_OR_NULL(reply))
		genlmsg_reply(reply, info);
	return 0;
}

static int session_set(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	struct bfd_config config = {};
	struct bfd_request req;
	struct bfd_session *s;
	int err;

	err = bfd_attr_only(info->attrs, SELECT_ATTRS | PARAM_ATTRS, info->extack) ?:
	      parse_request(&req, info->attrs, info->extack);
	if (err)
		return err;

	mutex_lock(&bn->lock);
	s = select_session(bn, &req, info->extack);
	err = PTR_ERR_OR_ZERO(s);
	if (err)
		goto unlock;
	if (s->made_by) {
		NL_SET_ERR_MSG(info->extack,
			       "the session is unsolicited: set the policy of its device, or add it");
		err = -EBUSY;
		goto unlock;
	}
	bfd_session_config(s, &config);
	err = bfd_attr_config(&config, &s->key, s->auth, info->attrs, info->extack);
	if (err)
		goto unlock;
	bfd_session_apply(s, &config);
	bfd_event_config(s, BFD_EVENT_SET);
unlock:
	mutex_unlock(&bn->lock);
	bfd_authkey_forget(info->attrs[BFD_A_AUTH_KEYS]);
	bfd_authkey_free(config.auth);
	return err;
}

static int session_del(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	struct bfd_request req;
	struct bfd_session *s;
	int err;

	err = bfd_attr_only(info->attrs, SELECT_ATTRS, info->extack);
	if (err)
		return err;
	if (!memchr_inv(info->attrs, 0, (BFD_A_MAX + 1) * sizeof(*info->attrs))) {
		bfd_session_kill_all(bn);
		return 0;
	}
	err = parse_request(&req, info->attrs, info->extack);
	if (err)
		return err;

	mutex_lock(&bn->lock);
	s = select_session(bn, &req, info->extack);
	err = PTR_ERR_OR_ZERO(s);
	if (!err)
		bfd_session_bury(s);
	mutex_unlock(&bn->lock);
	return err;
}

/* RFC 5880 6.6: verify the path now */
static int session_poll(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	struct bfd_request req;
	struct bfd_session *s;
	int err;

	err = bfd_attr_only(info->attrs, SELECT_ATTRS, info->extack) ?:
	      parse_request(&req, info->attrs, info->extack);
	if (err)
		return err;

	mutex_lock(&bn->lock);
	s = select_session(bn, &req, info->extack);
	err = PTR_ERR_OR_ZERO(s);
	if (err)
		goto unlock;
	if (s->key.type == BFD_TYPE_ECHO) {
		NL_SET_ERR_MSG(info->extack, "nobody to be polled: the peer has no BFD");
		err = -EOPNOTSUPP;
	} else if (READ_ONCE(s->fsm.session_state) == BFD_STATE_UP) {
		bfd_session_verify(s);
	} else {
		NL_SET_ERR_MSG(info->extack, "the session is not up: there is nothing to verify");
		err = -ENOTCONN;
	}
unlock:
	mutex_unlock(&bn->lock);
	return err;
}

static int session_get(struct sk_buff *skb, struct genl_info *info)
{
	struct bfd_net *bn = bfd_net(genl_info_net(info));
	struct sk_buff *reply = NULL;
	struct bfd_request req;
	struct bfd_session *s;
	int err;

	err = bfd_attr_only(info->attrs, SELECT_ATTRS, info->extack) ?:
	      parse_request(&req, info->attrs, info->extack);
	if (err)
		return err;

	mutex_lock(&bn->lock);
	s = select_session(bn, &req, info->extack);
	err = PTR_ERR_OR_ZERO(s);
	if (!err) {
		reply = session_reply(s, info, BFD_CMD_SESSION_GET);
		err = PTR_ERR_OR_ZERO(reply);
	}
	mutex_unlock(&bn->lock);
	return err ?: genlmsg_reply(reply, info);
}

/* What a dump does not say fits everything; names are as they are now */
static bool passes(const struct bfd_request *req, const struct bfd_session *s)
{
	const struct bfd_key *key = &req->key;

	return (!key->family || (key->family == s->key.family &&
				 bfd_addr_equal(&key->peer, &s->key.peer))) &&
	       (bfd_addr_none(&key->local) || bfd_addr_equal(&key->local, &s->key.local)) &&
	       (!key->ifname[0] || !strcmp(key->ifname, s->key.ifname)) &&
	       (!key->vrf[0] || !strcmp(key->vrf, s->key.vrf)) &&
	       (!req->has_type || key->type == s->key.type) &&
	       (!key->reflector || key->reflector == s->key.reflector) &&
	       (!req->discr || req->discr == s->local_discr) &&
	       (req->state < 0 || req->state == READ_ONCE(s->fsm.session_state));
}

/**
 * bfd_netlink_begin() - the next object of a dump
 * @skb: message being filled
 * @cb: of the dump
 * @cmd: enum bfd_cmd
 *
 * Return: what bfd_netlink_end() is to be given, or NULL if there is no room.
 */
void *bfd_netlink_begin(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd)
{
	void *hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
				&bfd_genl_family, NLM_F_MULTI, cmd);

	if (hdr)
		genl_dump_check_consistent(cb, hdr);
	return hdr;
}

/**
 * bfd_netlink_end() - an object of a dump is written, or does not fit
 * @skb: message being filled
 * @hdr: from bfd_netlink_begin()
 * @err: of what was to write it; then nothing of it stays
 *
 * Return: 0 or -EMSGSIZE.
 */
int bfd_netlink_end(struct sk_buff *skb, void *hdr, int err)
{
	if (err) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

static int dump_one(struct sk_buff *skb, struct netlink_callback *cb, struct bfd_session *s)
{
	void *hdr = bfd_netlink_begin(skb, cb, BFD_CMD_SESSION_GET);

	return hdr ? bfd_netlink_end(skb, hdr, bfd_event_fill_session(skb, s)) : -EMSGSIZE;
}

/* Goes on after the birth number in cb->args[0]: sessions are listed by it */
static int session_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct bfd_net *bn = bfd_net(sock_net(skb->sk));
	struct nlattr **attrs = compat_genl_dump_attrs(cb);
	struct bfd_request req;
	struct bfd_session *s;
	int err;

	err = bfd_attr_only(attrs, SELECT_ATTRS | BIT_ULL(BFD_A_STATE), cb->extack) ?:
	      parse_request(&req, attrs, cb->extack);
	if (err)
		return err;

	mutex_lock(&bn->lock);
	cb->seq = bn->dump_seq + 1;
	list_for_each_entry(s, &bn->sessions, list) {
		if (s->seq <= cb->args[0])
			continue;
		err = passes(&req, s) ? dump_one(skb, cb, s) : 0;
		if (err)
			break;
		cb->args[0] = s->seq;
	}
	mutex_unlock(&bn->lock);
	return skb->len ?: err;
}

static const struct genl_ops ops[] = {
	{
		.cmd = BFD_CMD_SESSION_NEW,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = session_new,
	},
	{
		.cmd = BFD_CMD_SESSION_SET,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = session_set,
	},
	{
		.cmd = BFD_CMD_SESSION_DEL,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = session_del,
	},
	{
		.cmd = BFD_CMD_SESSION_GET,
		.doit = session_get,
		.dumpit = session_dump,
	},
	{
		.cmd = BFD_CMD_SESSION_POLL,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = session_poll,
	},
	{
		.cmd = BFD_CMD_REFLECTOR_NEW,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = bfd_reflector_new_doit,
	},
	{
		.cmd = BFD_CMD_REFLECTOR_SET,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = bfd_reflector_set_doit,
	},
	{
		.cmd = BFD_CMD_REFLECTOR_DEL,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = bfd_reflector_del_doit,
	},
	{
		.cmd = BFD_CMD_REFLECTOR_GET,
		.doit = bfd_reflector_get_doit,
		.dumpit = bfd_reflector_get_dumpit,
	},
	{
		.cmd = BFD_CMD_UNSOLICITED_NEW,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = bfd_policy_new_doit,
	},
	{
		.cmd = BFD_CMD_UNSOLICITED_SET,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = bfd_policy_set_doit,
	},
	{
		.cmd = BFD_CMD_UNSOLICITED_DEL,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = bfd_policy_del_doit,
	},
	{
		.cmd = BFD_CMD_UNSOLICITED_GET,
		.doit = bfd_policy_get_doit,
		.dumpit = bfd_policy_get_dumpit,
	},
	{
		.cmd = BFD_CMD_STATS_GET,
		.doit = bfd_stats_get_doit,
	},
};

static const struct genl_multicast_group groups[] = {
	{ .name = BFD_GENL_GROUP_STATE },
};

struct genl_family bfd_genl_family __ro_after_init = {
	.name = BFD_GENL_NAME,
	.version = BFD_GENL_VERSION,
	.maxattr = BFD_A_MAX,
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
 * bfd_netlink_init() - open for commands
 *
 * Return: 0 or -errno.
 */
int __init bfd_netlink_init(void)
{
	return genl_register_family(&bfd_genl_family);
}

/**
 * bfd_netlink_exit() - take no more commands; those under way are over
 */
void bfd_netlink_exit(void)
{
	bfd_event_stop();
	genl_unregister_family(&bfd_genl_family);
}
