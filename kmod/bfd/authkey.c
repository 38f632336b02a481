// SPDX-License-Identifier: GPL-2.0
/*
 * Keys of a session as netlink attributes. What comes in is checked whole and
 * made ready to be used before anything is changed; what goes out never has a
 * secret. A list of keys replaces the one the session has: a key that comes
 * without its secret is the session's own, the first one is sent.
 */
#include <linux/random.h>
#include <linux/slab.h>
#include <net/netlink.h>
#include "bfd.h"

const struct nla_policy bfd_key_policy[BFD_KEY_MAX + 1] = {
	[BFD_KEY_TYPE] = NLA_POLICY_RANGE(NLA_U8, BFD_AUTH_SIMPLE, __BFD_AUTH_MAX - 1),
	[BFD_KEY_ID] = { .type = NLA_U8 },
	[BFD_KEY_SECRET] = { .type = NLA_BINARY, .len = BFD_SECRET_MAX },
	[BFD_KEY_FILE] = { .type = NLA_NUL_STRING, .len = BFD_KEY_FILE_MAX },
};

static int refuse(struct netlink_ext_ack *extack, const struct nlattr *attr, const char *why)
{
	NL_SET_BAD_ATTR(extack, attr);
	/* NL_SET_ERR_MSG() takes only literals */
	if (extack)
		extack->_msg = why;
	return -EINVAL;
}

/**
 * bfd_authkey_free() - forget keys, and all that is known of them
 * @auth: nobody's any more, or NULL
 *
 * Context: any.
 */
void bfd_authkey_free(struct bfd_auth *auth)
{
	if (auth)
		kfree_sensitive(auth->opt);
	kfree_sensitive(auth);
}

static int parse_secret(struct bfd_auth_key *key, struct nlattr **tb, const struct nlattr *nest,
			struct netlink_ext_ack *extack)
{
	unsigned int len = nla_len(tb[BFD_KEY_SECRET]);

	if (!len)
		return refuse(extack, nest, "a key must not be empty");
	if (len > bfd_auth_secret_max(key->type))
		return refuse(extack, nest,
			      "a password or MD5 key has 16 bytes at most, a SHA1 key 20");
	if (bfd_auth_optimizes(key->type) && len < BFD_LCI_SECRET_MIN)
		return refuse(extack, nest, "an optimized key has 8 bytes at least");
	memcpy(key->secret, nla_data(tb[BFD_KEY_SECRET]), len);
	key->len = len;
	if (tb[BFD_KEY_FILE])
		nla_strscpy(key->file, tb[BFD_KEY_FILE], sizeof(key->file));
	return 0;
}

/* What keys of a type need */
static int prepare(struct bfd_auth *auth, u8 type)
{
	if (bfd_auth_optimizes(type) && !auth->opt) {
		auth->opt = kzalloc(sizeof(*auth->opt), GFP_KERNEL_ACCOUNT);
		if (!auth->opt)
			return -ENOMEM;
		auth->opt->seed = get_random_u32();
	}
	return bfd_digest_prepare(type);
}

/* @nest is what the user's tool can name: the list */
static int parse_key(struct bfd_auth *auth, struct nlattr **tb, const struct nlattr *nest,
		     const struct bfd_auth *old, struct netlink_ext_ack *extack)
{
	struct bfd_auth_key *key = &auth->key[auth->count];
	const struct bfd_auth_key *own;
	int err;

	if (!tb[BFD_KEY_TYPE] || !tb[BFD_KEY_ID])
		return refuse(extack, nest, "a key needs a type and an id");
	key->type = nla_get_u8(tb[BFD_KEY_TYPE]);
	key->id = nla_get_u8(tb[BFD_KEY_ID]);
	if (bfd_auth_find(auth, key->id))
		return refuse(extack, nest, "two keys with the same id");
	if (key->type == BFD_AUTH_NULL) {
		if (key->id || tb[BFD_KEY_SECRET] || tb[BFD_KEY_FILE])
			return refuse(extack, nest, "null has no secret, and id 0");
	} else if (tb[BFD_KEY_SECRET]) {
		err = parse_secret(key, tb, nest, extack);
		if (err)
			return err;
	} else {
		own = bfd_auth_find(old, key->id);
		if (!own || own->type != key->type)
			return refuse(extack, nest,
				      "the session has no key of this type and id: give its secret");
		*key = *own;
	}
	err = prepare(auth, key->type);
	if (err) {
		if (err != -ENOMEM)
			refuse(extack, nest, "this kernel has no digest for keys of this type");
		return err;
	}
	auth->count++;
	return 0;
}

static int parse_list(struct bfd_auth *auth, const struct nlattr *nest,
		      const struct bfd_auth *old, struct netlink_ext_ack *extack)
{
	struct nlattr *tb[BFD_KEY_MAX + 1];
	const struct nlattr *attr;
	int rem, err;

	nla_for_each_nested(attr, nest, rem) {
		err = nla_parse_nested(tb, BFD_KEY_MAX, attr, bfd_key_policy, extack) ?:
		      parse_key(auth, tb, nest, old, extack);
		if (err)
			return err;
	}
	return 0;
}

/**
 * bfd_authkey_parse() - BFD_A_AUTH_KEYS into a configuration
 * @config: gets them; the caller frees what no session took
 * @nest: the attribute
 * @old: the session's keys, or NULL
 * @extack: says why not
 *
 * Context: process, bfd_net.lock held if there is a session.
 * Return: 0 or -errno.
 */
int bfd_authkey_parse(struct bfd_config *config, const struct nlattr *nest,
		      const struct bfd_auth *old, struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	unsigned int count = 0;
	struct bfd_auth *auth;
	int rem, err;

	nla_for_each_nested(attr, nest, rem)
		count++;
	/* Nor may what is no attribute pass for an empty list */
	if (rem > 0)
		return refuse(extack, nest, "what is not a whole key is no key");
	if (count > BFD_KEYS_MAX)
		return refuse(extack, nest, "a session has 8 keys at most");
	config->new_auth = true;
	config->auth = NULL;
	if (!count)
		return 0;
	auth = kzalloc(struct_size(auth, key, count), GFP_KERNEL_ACCOUNT);
	if (!auth)
		return -ENOMEM;
	err = parse_list(auth, nest, old, extack);
	if (err) {
		bfd_authkey_free(auth);
		return err;
	}
	/* RFC 5880 6.8.1 */
	auth->xmit_auth_seq = get_random_u32();
	config->auth = auth;
	return 0;
}

/**
 * bfd_authkey_forget() - overwrite the secrets of a message that was read
 * @nest: BFD_A_AUTH_KEYS, or NULL
 */
void bfd_authkey_forget(const struct nlattr *nest)
{
	struct nlattr *attr;
	int rem;

	if (nest)
		nla_for_each_nested(attr, nest, rem)
			memzero_explicit(nla_data(attr), nla_len(attr));
}

/**
 * bfd_authkey_size() - room that bfd_authkey_fill() needs
 * @auth: the session's, or NULL
 *
 * Context: any in which @auth stays.
 * Return: bytes at most.
 */
size_t bfd_authkey_size(const struct bfd_auth *auth)
{
	size_t one = nla_total_size(0) + 2 * nla_total_size(sizeof(u8)) +
		     nla_total_size(BFD_KEY_FILE_MAX + 1);

	return auth ? nla_total_size(0) + auth->count * one : 0;
}

/**
 * bfd_authkey_fill() - what may be told of the keys
 * @skb: message being built
 * @auth: the session's, or NULL
 *
 * Context: any in which @auth stays.
 * Return: 0 or -EMSGSIZE; the caller cancels the message.
 */
int bfd_authkey_fill(struct sk_buff *skb, const struct bfd_auth *auth)
{
	const struct bfd_auth_key *key;
	struct nlattr *list, *nest;
	unsigned int i;

	if (!auth)
		return 0;
	list = nla_nest_start(skb, BFD_A_AUTH_KEYS);
	if (!list)
		return -EMSGSIZE;
	for (i = 0; i < auth->count; i++) {
		key = &auth->key[i];
		nest = nla_nest_start(skb, i + 1);
		if (!nest || nla_put_u8(skb, BFD_KEY_TYPE, key->type) ||
		    nla_put_u8(skb, BFD_KEY_ID, key->id) ||
		    (key->file[0] && nla_put_string(skb, BFD_KEY_FILE, key->file)))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}
	nla_nest_end(skb, list);
	return 0;
}
