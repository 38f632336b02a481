// SPDX-License-Identifier: GPL-2.0
/*
 * Reads what the agent answers: who may say so, whether it makes sense, and a
 * copy of what is to be kept, all before anything is locked; agent.c finds out
 * whether it is still asked.
 */
#include <linux/etherdevice.h>
#include <linux/slab.h>
#include <net/genetlink.h>
#include "dot1x.h"

#define ANSWER_ATTRS	(BIT_ULL(DOT1X_A_REQUEST_ID) | BIT_ULL(DOT1X_A_IFINDEX) | \
			 BIT_ULL(DOT1X_A_MAC) | BIT_ULL(DOT1X_A_VERDICT) | \
			 BIT_ULL(DOT1X_A_EAP) | BIT_ULL(DOT1X_A_USER_NAME) | \
			 BIT_ULL(DOT1X_A_SESSION_TIMEOUT_MS) | \
			 BIT_ULL(DOT1X_A_TERMINATION_ACTION) | BIT_ULL(DOT1X_A_CLASS))

static struct dot1x_blob *blob_of(const struct nlattr *attr, unsigned int len)
{
	struct dot1x_blob *blob = kmalloc(struct_size(blob, data, len), GFP_KERNEL_ACCOUNT);

	if (blob) {
		blob->len = len;
		memcpy(blob->data, nla_data(attr), len);
	}
	return blob;
}

/* The code an EAP packet must have to go with a verdict; 0: none goes with it */
static u8 code_of(u8 verdict)
{
	switch (verdict) {
	case DOT1X_VERDICT_CHALLENGE:
		return DOT1X_EAP_REQUEST;
	case DOT1X_VERDICT_ACCEPT:
		return DOT1X_EAP_SUCCESS;
	case DOT1X_VERDICT_REJECT:
		return DOT1X_EAP_FAILURE;
	default:
		return 0;
	}
}

static int parse_eap(struct dot1x_answer *answer, struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[DOT1X_A_EAP];

	if (!attr) {
		if (answer->verdict != DOT1X_VERDICT_CHALLENGE)
			return 0;
		NL_SET_ERR_MSG(info->extack, "a challenge needs an EAP request");
		return -EINVAL;
	}
	if (dot1x_eap_parse(&answer->eap, nla_data(attr), nla_len(attr)) ||
	    answer->eap.len != nla_len(attr))
		return dot1x_refuse(info->extack, attr, "not one whole EAP packet");
	if (answer->eap.code != code_of(answer->verdict))
		return dot1x_refuse(info->extack, attr,
				    "this EAP packet does not go with the verdict");
	answer->has_eap = true;
	return 0;
}

static int parse_answer(struct dot1x_answer *answer, struct genl_info *info)
{
	static const int needed[] = { DOT1X_A_REQUEST_ID, DOT1X_A_IFINDEX, DOT1X_A_MAC,
				      DOT1X_A_VERDICT };
	struct nlattr **attrs = info->attrs;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(needed); i++)
		if (GENL_REQ_ATTR_CHECK(info, needed[i])) {
			NL_SET_ERR_MSG(info->extack,
				       "an answer needs its question's id, device, MAC, a verdict");
			return -EINVAL;
		}
	answer->request_id = nla_get_u32(attrs[DOT1X_A_REQUEST_ID]);
	answer->verdict = nla_get_u8(attrs[DOT1X_A_VERDICT]);
	if (attrs[DOT1X_A_SESSION_TIMEOUT_MS])
		answer->session_timeout_ms = nla_get_u32(attrs[DOT1X_A_SESSION_TIMEOUT_MS]);
	if (attrs[DOT1X_A_TERMINATION_ACTION])
		answer->termination = nla_get_u8(attrs[DOT1X_A_TERMINATION_ACTION]);
	if (attrs[DOT1X_A_CLASS] && !nla_len(attrs[DOT1X_A_CLASS]))
		return dot1x_refuse(info->extack, attrs[DOT1X_A_CLASS],
				    "must have 1 to 253 bytes");
	return parse_eap(answer, info);
}

/* What is kept of an answer, allocated before anything is locked */
static int copy_answer(struct dot1x_answer *answer, struct nlattr **attrs)
{
	const struct nlattr *name = attrs[DOT1X_A_USER_NAME], *class = attrs[DOT1X_A_CLASS];
	const struct nlattr *eap = attrs[DOT1X_A_EAP];

	if (answer->verdict == DOT1X_VERDICT_CHALLENGE) {
		answer->packet = blob_of(eap, nla_len(eap));
		return answer->packet ? 0 : -ENOMEM;
	}
	if (answer->verdict != DOT1X_VERDICT_ACCEPT)
		return 0;
	if (name)
		answer->user_name = blob_of(name, strnlen(nla_data(name), nla_len(name)));
	if (class)
		answer->class = blob_of(class, nla_len(class));
	return (name && !answer->user_name) || (class && !answer->class) ? -ENOMEM : 0;
}

static int give_answer(struct dot1x_answer *answer, const u8 *mac, struct genl_info *info)
{
	struct dot1x_port *port = NULL;
	struct net_device *dev;
	int err;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(genl_info_net(info),
				   nla_get_u32(info->attrs[DOT1X_A_IFINDEX]));
	if (dev)
		port = dot1x_port_lookup(dev);
	if (port) {
		err = dot1x_agent_answer(port, mac, answer, info->extack);
	} else {
		NL_SET_ERR_MSG(info->extack, "the port is gone");
		err = -ESTALE;
	}
	rcu_read_unlock();
	return err;
}

/**
 * dot1x_answer_doit() - DOT1X_CMD_AGENT_ANSWER
 * @skb: the request
 * @info: its attributes
 *
 * Context: process.
 * Return: 0, -EPERM, -EINVAL, -ENOMEM or -ESTALE.
 */
int dot1x_answer_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dot1x_answer answer = {};
	u8 mac[ETH_ALEN];
	int err;

	if (info->snd_portid != READ_ONCE(dot1x_net(genl_info_net(info))->agent)) {
		NL_SET_ERR_MSG(info->extack, "you are not the agent");
		return -EPERM;
	}
	err = dot1x_only(info->attrs, ANSWER_ATTRS, info->extack) ?:
	      parse_answer(&answer, info) ?: dot1x_need_mac(mac, info) ?:
	      copy_answer(&answer, info->attrs) ?: give_answer(&answer, mac, info);
	kfree(answer.packet);
	kfree(answer.user_name);
	kfree_sensitive(answer.class);
	return err;
}
