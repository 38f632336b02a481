// SPDX-License-Identifier: GPL-2.0
/*
 * Answers of the agent of family dot1x: challenge, accept. We are the agent; who is
 * asked about is whoever answers the port p1 when it asks who is there.
 *
 * An answer that was refused has not been heard: it is asked still. One that was
 * taken, is not.
 */
#include <errno.h>
#include <linux/dot1x.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include "../peer/eap.h"
#include "failnth.h"

#define DEV	"p1"
#define USER	"somebody"
#define CLASS	"gold"

/**
 * struct question - what an answer must repeat of it
 * @id: its number; 0: there was none
 * @ifindex: of the port
 * @mac: the client's
 * @identifier: of the response it is about
 */
struct question {
	uint32_t id;
	uint32_t ifindex;
	uint8_t mac[6];
	uint8_t identifier;
};

/* The administrator's; the other one is the agent's, on which questions come */
static struct genl admin;
static struct question question;

static const uint8_t *data_of(const struct nlattr *nla)
{
	return (const uint8_t *)nla + NLA_HDRLEN;
}

static void talk_of_port(int cmd)
{
	genl_request(&admin, cmd, NLM_F_ACK);
	genl_put(&admin, DOT1X_A_IFNAME, DEV, sizeof(DEV));
	genl_talk(&admin);
}

/* The identity of the client: what a conversation begins with. False: nothing came */
static bool hear(struct genl *genl, int flags)
{
	const struct nlattr *mac, *eap;
	const struct genlmsghdr *gh;
	union genl_reply msg;

	gh = NLMSG_DATA(&msg.hdr);
	do {
		if (recv(genl->fd, &msg, sizeof(msg), flags) < 0)
			return false;
		mac = genl_attr(&msg.hdr, DOT1X_A_MAC);
		eap = genl_attr(&msg.hdr, DOT1X_A_EAP);
	} while (msg.hdr.nlmsg_type != genl->family || gh->cmd != DOT1X_CMD_AGENT_REQUEST ||
		 !mac || !eap || eap->nla_len <= NLA_HDRLEN + EAP_HLEN ||
		 data_of(eap)[EAP_HLEN] != EAP_IDENTITY);
	question.id = genl_u32(genl_attr(&msg.hdr, DOT1X_A_REQUEST_ID));
	question.ifindex = genl_u32(genl_attr(&msg.hdr, DOT1X_A_IFINDEX));
	memcpy(question.mac, data_of(mac), sizeof(question.mac));
	question.identifier = data_of(eap)[1];
	return true;
}

/* Without the port nobody is asked about, so what comes after it is back is new */
static void prepare(struct genl *genl, const char *what)
{
	(void)what;
	if (!admin.family && genl_open(&admin, DOT1X_GENL_NAME))
		return;
	talk_of_port(DOT1X_CMD_PORT_DEL);
	genl_request(genl, DOT1X_CMD_AGENT_REGISTER, NLM_F_ACK);
	genl_talk(genl);
	while (hear(genl, MSG_DONTWAIT))
		;
	talk_of_port(DOT1X_CMD_PORT_NEW);
	if (!hear(genl, 0))
		question.id = 0;
}

static void request(struct genl *genl, const char *what)
{
	static const uint8_t md5[1 + EAP_MD5_LEN] = { EAP_MD5_LEN };
	uint8_t eap[EAP_HLEN + 1 + sizeof(md5)] = { 0, question.identifier };

	genl_request(genl, DOT1X_CMD_AGENT_ANSWER, NLM_F_ACK);
	genl_put32(genl, DOT1X_A_REQUEST_ID, question.id);
	genl_put32(genl, DOT1X_A_IFINDEX, question.ifindex);
	genl_put(genl, DOT1X_A_MAC, question.mac, sizeof(question.mac));
	if (!strcmp(what, "challenge")) {
		eap[0] = EAP_REQUEST;
		eap[1]++;
		eap[3] = sizeof(eap);
		eap[EAP_HLEN] = EAP_MD5;
		memcpy(eap + EAP_HLEN + 1, md5, sizeof(md5));
		genl_put8(genl, DOT1X_A_VERDICT, DOT1X_VERDICT_CHALLENGE);
	} else {
		eap[0] = EAP_SUCCESS;
		eap[3] = EAP_HLEN;
		genl_put8(genl, DOT1X_A_VERDICT, DOT1X_VERDICT_ACCEPT);
		genl_put(genl, DOT1X_A_USER_NAME, USER, sizeof(USER));
		genl_put(genl, DOT1X_A_CLASS, CLASS, sizeof(CLASS) - 1);
	}
	genl_put(genl, DOT1X_A_EAP, eap, eap[3]);
}

static const char *verdict(struct genl *genl, const char *what, int err)
{
	request(genl, what);
	return genl_talk(genl) == (err ? 0 : -ESTALE) ? NULL :
	       "refused, but heard; or taken, but asked still";
}

const struct subject answer_subject = { DOT1X_GENL_NAME, prepare, request, verdict };
