// SPDX-License-Identifier: GPL-2.0
/*
 * Attributes of commands, one by one: what each may be by itself, and a session's
 * parameters with what does not go together. Nothing here takes a lock or knows a
 * session; what is wrong is said in the extended ack.
 */
#include <linux/ctype.h>
#include <linux/inet.h>
#include <linux/netdevice.h>
#include <net/ipv6.h>
#include <net/netlink.h>
#include "bfd.h"

/**
 * bfd_attr_refuse() - say what is wrong with an attribute
 * @extack: to say it in
 * @attr: the attribute, or NULL
 * @why: of static storage
 *
 * Return: -EINVAL.
 */
int bfd_attr_refuse(struct netlink_ext_ack *extack, const struct nlattr *attr, const char *why)
{
	NL_SET_BAD_ATTR(extack, attr);
	/* NL_SET_ERR_MSG() takes only literals */
	if (extack)
		extack->_msg = why;
	return -EINVAL;
}

/**
 * bfd_attr_addr() - an address a session may have: unicast, not in disguise
 * @addr: result
 * @family: AF_INET or AF_INET6
 * @attr: the attribute
 * @extack: says why not
 *
 * Return: 0 or -EINVAL.
 */
int bfd_attr_addr(union bfd_addr *addr, u8 *family, const struct nlattr *attr,
		  struct netlink_ext_ack *extack)
{
	memset(addr, 0, sizeof(*addr));
	switch (nla_len(attr)) {
	case sizeof(addr->v4):
		*family = AF_INET;
		addr->v4 = nla_get_in_addr(attr);
		if (ipv4_is_multicast(addr->v4) || ipv4_is_lbcast(addr->v4) ||
		    ipv4_is_zeronet(addr->v4))
			return bfd_attr_refuse(extack, attr, "not a unicast address");
		return 0;
	case sizeof(addr->v6):
		*family = AF_INET6;
		addr->v6 = nla_get_in6_addr(attr);
		if (!ipv6_mod_enabled())
			return bfd_attr_refuse(extack, attr, "this kernel has no IPv6");
		if (ipv6_addr_is_multicast(&addr->v6) || ipv6_addr_any(&addr->v6))
			return bfd_attr_refuse(extack, attr, "not a unicast address");
		if (ipv6_addr_v4mapped(&addr->v6))
			return bfd_attr_refuse(extack, attr, "an IPv4-mapped address: use IPv4");
		return 0;
	default:
		return bfd_attr_refuse(extack, attr, "an address has 4 or 16 bytes");
	}
}

static int without(struct nlattr **attrs, u64 forbidden, const char *why,
		   struct netlink_ext_ack *extack)
{
	unsigned int i;

	BUILD_BUG_ON(BFD_A_MAX >= 64);
	for (i = 1; i <= BFD_A_MAX; i++)
		if (attrs[i] && (forbidden & BIT_ULL(i)))
			return bfd_attr_refuse(extack, attrs[i], why);
	return 0;
}

/**
 * bfd_attr_only() - a command must not carry what it would ignore
 * @attrs: what it carries
 * @allowed: bit n: attribute n may be there
 * @extack: says why not
 *
 * Return: 0 or -EINVAL.
 */
int bfd_attr_only(struct nlattr **attrs, u64 allowed, struct netlink_ext_ack *extack)
{
	return without(attrs, ~allowed, "not for this command", extack);
}

/**
 * bfd_attr_name() - the name that a device may have
 * @name: result, IFNAMSIZ bytes
 * @attr: the attribute
 * @extack: says why not
 *
 * Return: 0 or -EINVAL.
 */
int bfd_attr_name(char *name, const struct nlattr *attr, struct netlink_ext_ack *extack)
{
	nla_strscpy(name, attr, IFNAMSIZ);
	if (!dev_valid_name(name))
		return bfd_attr_refuse(extack, attr, "not a valid device name");
	return 0;
}

/* Which entry of the neighbour table is the peer's? */
static int check_reroute(const struct bfd_key *key, const struct nlattr *attr,
			 struct netlink_ext_ack *extack)
{
	if (key->type == BFD_TYPE_MULTIHOP)
		return bfd_attr_refuse(extack, attr, "a peer several hops away is no neighbour");
	if (!key->ifname[0])
		return bfd_attr_refuse(extack, attr, "needs a session with a device");
	return 0;
}

static int parse_damp(struct bfd_damp_config *damp, struct nlattr **attrs,
		      struct netlink_ext_ack *extack)
{
	if (attrs[BFD_A_HOLD_UP_US])
		damp->hold_up_us = nla_get_u32(attrs[BFD_A_HOLD_UP_US]);
	if (attrs[BFD_A_HOLD_UP_MAX_US])
		damp->hold_up_max_us = nla_get_u32(attrs[BFD_A_HOLD_UP_MAX_US]);
	if (damp->hold_up_max_us && !damp->hold_up_us)
		return bfd_attr_refuse(extack, attrs[BFD_A_HOLD_UP_MAX_US],
				       "nothing to grow: no hold-up");
	if (damp->hold_up_max_us && damp->hold_up_max_us < damp->hold_up_us)
		return bfd_attr_refuse(extack, attrs[BFD_A_HOLD_UP_MAX_US], "less than hold-up");
	return 0;
}

/* What only a peer with a session of its own has to do with */
#define PEER_ATTRS	(BIT_ULL(BFD_A_REQUIRED_MIN_RX_US) | BIT_ULL(BFD_A_PASSIVE) | \
			 BIT_ULL(BFD_A_REROUTE) | BIT_ULL(BFD_A_DEMAND) | \
			 BIT_ULL(BFD_A_DEMAND_POLL_US) | BIT_ULL(BFD_A_AUTH_KEYS))

/* RFC 5883 3: "The BFD Echo function is not used in this application" */
#define ECHO_ATTRS	(BIT_ULL(BFD_A_DESIRED_MIN_ECHO_TX_US) | \
			 BIT_ULL(BFD_A_REQUIRED_MIN_ECHO_RX_US) | BIT_ULL(BFD_A_ECHO_SLOW_US))

static int check_peerless(const struct bfd_key *key, struct nlattr **attrs,
			  struct netlink_ext_ack *extack)
{
	switch (key->type) {
	case BFD_TYPE_SBFD:
		return without(attrs, PEER_ATTRS, "not for S-BFD: the peer only reflects", extack);
	case BFD_TYPE_ECHO:
		return without(attrs, PEER_ATTRS | ECHO_ATTRS,
			       "not for unaffiliated echo: the peer has no BFD", extack);
	default:
		return 0;
	}
}

/* What is not given stays as it is */
static int parse_interval(u32 *interval_us, const struct nlattr *attr,
			  struct netlink_ext_ack *extack)
{
	if (!attr)
		return 0;
	*interval_us = nla_get_u32(attr);
	if (*interval_us && *interval_us < BFD_MIN_INTERVAL_US)
		return bfd_attr_refuse(extack, attr, "must be 0 or at least 1 ms");
	return 0;
}

static int parse_echo(struct bfd_fsm_config *fsm, const struct bfd_key *key,
		      struct nlattr **attrs, struct netlink_ext_ack *extack)
{
	int err = key->type == BFD_TYPE_SINGLE_HOP ? 0 :
		  without(attrs, ECHO_ATTRS, "echoes go over a single hop only", extack);

	return err ?: parse_interval(&fsm->desired_min_echo_tx_us,
				     attrs[BFD_A_DESIRED_MIN_ECHO_TX_US], extack) ?:
	       parse_interval(&fsm->required_min_echo_rx_us,
			      attrs[BFD_A_REQUIRED_MIN_ECHO_RX_US], extack) ?:
	       parse_interval(&fsm->echo_slow_us, attrs[BFD_A_ECHO_SLOW_US], extack);
}

/**
 * bfd_attr_times() - how often, and how many may be missed
 * @fsm: those that are given replace what is here
 * @attrs: of the command
 * @extack: says why not
 *
 * Return: 0 or -EINVAL.
 */
int bfd_attr_times(struct bfd_fsm_config *fsm, struct nlattr **attrs,
		   struct netlink_ext_ack *extack)
{
	if (attrs[BFD_A_DESIRED_MIN_TX_US])
		fsm->desired_min_tx_us = nla_get_u32(attrs[BFD_A_DESIRED_MIN_TX_US]);
	if (attrs[BFD_A_DETECT_MULT])
		fsm->detect_mult = nla_get_u8(attrs[BFD_A_DETECT_MULT]);
	return parse_interval(&fsm->required_min_rx_us, attrs[BFD_A_REQUIRED_MIN_RX_US], extack);
}

/**
 * bfd_attr_config() - the parameters of a session
 * @config: those that are given replace what is here. When this succeeds,
 *	whatever may come next, its keys are to be freed
 * @key: of the session
 * @auth: keys that it has
 * @attrs: of the command
 * @extack: says why not
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int bfd_attr_config(struct bfd_config *config, const struct bfd_key *key,
		    const struct bfd_auth *auth, struct nlattr **attrs,
		    struct netlink_ext_ack *extack)
{
	struct bfd_fsm_config *fsm = &config->fsm;
	int err;

	err = check_peerless(key, attrs, extack) ?: bfd_tunnel_check(key, attrs, extack) ?:
	      bfd_micro_check(key, attrs, extack) ?:
	      parse_damp(&config->damp, attrs, extack) ?:
	      bfd_attr_times(fsm, attrs, extack) ?:
	      parse_interval(&fsm->demand_poll_us, attrs[BFD_A_DEMAND_POLL_US], extack) ?:
	      parse_echo(fsm, key, attrs, extack);
	if (err)
		return err;
	if (attrs[BFD_A_PASSIVE])
		fsm->passive = nla_get_u8(attrs[BFD_A_PASSIVE]);
	if (attrs[BFD_A_ADMIN_DOWN])
		fsm->admin_down = nla_get_u8(attrs[BFD_A_ADMIN_DOWN]);
	if (attrs[BFD_A_DEMAND])
		fsm->demand = nla_get_u8(attrs[BFD_A_DEMAND]);
	if (attrs[BFD_A_MIN_TTL]) {
		if (key->type == BFD_TYPE_SINGLE_HOP || key->type == BFD_TYPE_ECHO)
			return bfd_attr_refuse(extack, attrs[BFD_A_MIN_TTL],
					       "single hop always requires 255: only multihop may choose");
		config->min_ttl = nla_get_u8(attrs[BFD_A_MIN_TTL]);
	}
	if (attrs[BFD_A_PADDED_PDU_SIZE])
		config->padded_pdu_size = nla_get_u32(attrs[BFD_A_PADDED_PDU_SIZE]);
	if (attrs[BFD_A_REROUTE])
		config->reroute = nla_get_u8(attrs[BFD_A_REROUTE]);
	if (config->reroute) {
		err = check_reroute(key, attrs[BFD_A_REROUTE], extack);
		if (err)
			return err;
	}
	if (attrs[BFD_A_AUTH_KEYS])
		return bfd_authkey_parse(config, attrs[BFD_A_AUTH_KEYS], auth, extack);
	return 0;
}

/**
 * bfd_attr_owner() - a word that tools can print
 * @owner: result, BFD_OWNER_SIZE bytes; left alone without the attribute
 * @attr: the attribute, or NULL
 * @extack: says why not
 *
 * Return: 0 or -EINVAL.
 */
int bfd_attr_owner(char *owner, const struct nlattr *attr, struct netlink_ext_ack *extack)
{
	const char *c;

	if (!attr)
		return 0;
	nla_strscpy(owner, attr, BFD_OWNER_SIZE);
	for (c = owner; isascii(*c) && (isalnum(*c) || *c == '-'); c++)
		;
	if (*c || c == owner)
		return bfd_attr_refuse(extack, attr, "not a word of letters, digits and hyphens");
	return 0;
}
