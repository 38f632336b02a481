// SPDX-License-Identifier: GPL-2.0
/*
 * dot1x_agent: an agent of dot1x.ko that answers what it is told. Each question
 * is a line on stderr. Commands, see lines.h:
 *
 *	register		be the agent
 *	close			be it no longer; "register" opens anew
 *	policy VERDICT		answer every question so, from now on; at first: hold
 *	with [ATTR=VALUE]...	say that too with accept: user, class, timeout (ms),
 *				termination (0, 1), eap (0: no EAP-Success)
 *	password TEXT		what "challenge" takes for right (secret)
 *	expect SECS COND...	ok, with the question, if one that meets all of COND was
 *				put since the last flush or expect, or is in time
 *	never SECS COND...	ok if no such question is put in all this time
 *	answer VERDICT [ID]	answer the question the last expect found; ID: another's
 *	again			give the last answer once more
 *	flush			forget what was asked
 *	asked			how many questions there were in all
 *
 *	VERDICT := accept | reject | ignore | no-server | hold | challenge
 *	COND := kind=eap|mab | mac=MAC | type=N | dev=NAME
 *
 * Hold is no answer at all. Challenge is what an EAP-MD5 server does: a challenge
 * for an identity, and for an answer to it what it deserves.
 */
#include <errno.h>
#include <linux/dot1x.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "../peer/eap.h"
#include "../peer/lines.h"
#include "genl.h"

#define QUEUE	4096
#define HOLD	(-1)
#define MD5	(-2)

/**
 * struct question - an AGENT_REQUEST
 * @id: its number
 * @kind: enum dot1x_kind
 * @ifindex: of the port
 * @dev: its name
 * @mac: the client's
 * @conversation: its number
 * @eap: the response, if it is EAP
 * @len: its length
 */
struct question {
	uint32_t id;
	uint8_t kind;
	uint32_t ifindex;
	char dev[16];
	uint8_t mac[6];
	uint32_t conversation;
	uint8_t eap[EAP_MAX];
	size_t len;
};

static const uint8_t challenge[EAP_MD5_LEN] = "sixteen bytes...";

static struct genl genl = { .fd = -1 };
static struct question queue[QUEUE], current;
static unsigned int head, count, asked;
static int policy = HOLD;
static uint8_t last_answer[MSG_MAX];
static char user[256], class[256], password[256] = "secret";
static uint32_t timeout_ms;
static int termination = -1;
static bool with_eap = true;

static const struct { const char *word; int verdict; } verdicts[] = {
	{ "challenge", MD5 }, { "accept", DOT1X_VERDICT_ACCEPT },
	{ "reject", DOT1X_VERDICT_REJECT }, { "ignore", DOT1X_VERDICT_IGNORE },
	{ "no-server", DOT1X_VERDICT_NO_SERVER }, { "hold", HOLD },
};

static bool verdict_of(const char *word, int *verdict)
{
	unsigned int i;

	for (i = 0; word && i < sizeof(verdicts) / sizeof(*verdicts); i++)
		if (!strcmp(word, verdicts[i].word))
			return *verdict = verdicts[i].verdict, true;
	return no("verdict?");
}

static const void *data_of(const struct nlattr *nla)
{
	return (const uint8_t *)nla + NLA_HDRLEN;
}

static void print(FILE *out, const char *what, const struct question *q)
{
	fprintf(out, "%s id=%u kind=%s dev=%s mac=%s conversation=%u type=%u code=%u len=%zu\n",
		what, q->id, q->kind == DOT1X_KIND_MAB ? "mab" : "eap", q->dev, text_of(q->mac),
		q->conversation, q->len > EAP_HLEN ? q->eap[4] : 0, q->len ? q->eap[0] : 0,
		q->len);
}

/* Into the queue */
static void hear(const struct nlmsghdr *hdr)
{
	const struct nlattr *dev = genl_attr(hdr, DOT1X_A_IFNAME);
	const struct nlattr *mac = genl_attr(hdr, DOT1X_A_MAC);
	const struct nlattr *eap = genl_attr(hdr, DOT1X_A_EAP);
	const struct genlmsghdr *gh = NLMSG_DATA(hdr);
	struct question q = {
		.id = genl_u32(genl_attr(hdr, DOT1X_A_REQUEST_ID)),
		.kind = genl_u8(genl_attr(hdr, DOT1X_A_KIND)),
		.ifindex = genl_u32(genl_attr(hdr, DOT1X_A_IFINDEX)),
		.conversation = genl_u32(genl_attr(hdr, DOT1X_A_CONVERSATION)),
	};

	if (hdr->nlmsg_type != genl.family || gh->cmd != DOT1X_CMD_AGENT_REQUEST)
		return;
	if (dev)
		snprintf(q.dev, sizeof(q.dev), "%s", (const char *)data_of(dev));
	if (mac)
		memcpy(q.mac, data_of(mac), sizeof(q.mac));
	if (eap) {
		q.len = eap->nla_len - NLA_HDRLEN;
		memcpy(q.eap, data_of(eap), q.len);
	}
	asked++;
	print(stderr, "asked", &q);
	if (count == QUEUE)
		return;
	queue[(head + count++) % QUEUE] = q;
}

/* Reads once. True if the acknowledgement of the last request was there */
static bool receive(int flags, int *error)
{
	static union {
		struct nlmsghdr hdr;
		uint8_t bytes[65536];
	} buf;
	const struct nlmsghdr *hdr;
	bool acknowledged = false;
	ssize_t got;
	size_t left;

	got = recv(genl.fd, &buf, sizeof(buf), flags);
	if (got < 0)
		return false;
	left = got;
	for (hdr = &buf.hdr; NLMSG_OK(hdr, left); hdr = NLMSG_NEXT(hdr, left)) {
		if (hdr->nlmsg_type == NLMSG_ERROR && hdr->nlmsg_seq == genl.seq) {
			*error = ((const struct nlmsgerr *)NLMSG_DATA(hdr))->error;
			acknowledged = true;
		} else {
			hear(hdr);
		}
	}
	return acknowledged;
}

/* Questions may come before the acknowledgement. 0 or -errno */
static int talk(void)
{
	int error = genl_send(&genl);

	while (!error && !receive(0, &error))
		;
	return error;
}

static void put_eap(const struct question *q, uint8_t code, const void *data, size_t len)
{
	uint8_t eap[EAP_MAX];
	uint8_t id = q->eap[1] + (code == EAP_REQUEST);

	if (q->kind == DOT1X_KIND_EAP && with_eap)
		genl_put(&genl, DOT1X_A_EAP, eap, eap_build(eap, code, id, data, len));
}

static void put_accept(const struct question *q)
{
	put_eap(q, EAP_SUCCESS, NULL, 0);
	if (user[0])
		genl_put(&genl, DOT1X_A_USER_NAME, user, strlen(user) + 1);
	if (class[0])
		genl_put(&genl, DOT1X_A_CLASS, class, strlen(class));
	if (timeout_ms)
		genl_put32(&genl, DOT1X_A_SESSION_TIMEOUT_MS, timeout_ms);
	if (termination >= 0)
		genl_put8(&genl, DOT1X_A_TERMINATION_ACTION, termination);
}

static void put_challenge(const struct question *q)
{
	uint8_t data[2 + EAP_MD5_LEN] = { EAP_MD5, EAP_MD5_LEN };

	memcpy(data + 2, challenge, EAP_MD5_LEN);
	put_eap(q, EAP_REQUEST, data, sizeof(data));
}

/* What an EAP-MD5 server would say */
static int judge(const struct question *q)
{
	uint8_t digest[EAP_MD5_LEN];

	if (q->kind == DOT1X_KIND_MAB)
		return DOT1X_VERDICT_ACCEPT;
	if (q->len <= EAP_HLEN || q->eap[4] == EAP_IDENTITY)
		return DOT1X_VERDICT_CHALLENGE;
	eap_md5(digest, q->eap[1], password, challenge, sizeof(challenge));
	return q->len >= EAP_HLEN + 2 + EAP_MD5_LEN && q->eap[4] == EAP_MD5 &&
	       !memcmp(q->eap + EAP_HLEN + 2, digest, EAP_MD5_LEN) ?
	       DOT1X_VERDICT_ACCEPT : DOT1X_VERDICT_REJECT;
}

/* 0 or -errno */
static int answer(const struct question *q, int verdict)
{
	if (verdict == MD5)
		verdict = judge(q);
	genl_request(&genl, DOT1X_CMD_AGENT_ANSWER, NLM_F_ACK);
	genl_put32(&genl, DOT1X_A_REQUEST_ID, q->id);
	genl_put32(&genl, DOT1X_A_IFINDEX, q->ifindex);
	genl_put(&genl, DOT1X_A_MAC, q->mac, sizeof(q->mac));
	genl_put8(&genl, DOT1X_A_VERDICT, verdict);
	if (verdict == DOT1X_VERDICT_ACCEPT)
		put_accept(q);
	else if (verdict == DOT1X_VERDICT_REJECT)
		put_eap(q, EAP_FAILURE, NULL, 0);
	else if (verdict == DOT1X_VERDICT_CHALLENGE)
		put_challenge(q);
	memcpy(last_answer, &genl.msg, sizeof(last_answer));
	return talk();
}

/* By policy, what the queue gained from @from on; answering may make it longer */
static void follow_policy(unsigned int *answered)
{
	while (*answered < asked) {
		unsigned int behind = asked - *answered;
		int error;

		++*answered;
		if (policy == HOLD || behind > count)
			continue;
		error = answer(&queue[(head + count - behind) % QUEUE], policy);
		if (error)
			fprintf(stderr, "refused: %s\n", strerror(-error));
	}
}

static unsigned int answered;

static struct question *next(long until)
{
	struct pollfd pfd = { .fd = genl.fd, .events = POLLIN };
	struct question *q;
	int error;
	long now;

	while (!count) {
		now = now_ms();
		if (now >= until)
			return NULL;
		if (poll(&pfd, 1, until - now) > 0)
			receive(MSG_DONTWAIT, &error);
		follow_policy(&answered);
	}
	q = &queue[head];
	head = (head + 1) % QUEUE;
	count--;
	return q;
}

static bool meets(const struct question *q, char **conds)
{
	uint8_t mac[6];

	for (; *conds; conds++) {
		if (!strcmp(*conds, "kind=eap") && q->kind != DOT1X_KIND_EAP)
			return false;
		if (!strcmp(*conds, "kind=mab") && q->kind != DOT1X_KIND_MAB)
			return false;
		if (!strncmp(*conds, "mac=", 4) &&
		    (!mac_of(*conds + 4, mac) || memcmp(mac, q->mac, sizeof(mac))))
			return false;
		if (!strncmp(*conds, "type=", 5) &&
		    (q->len <= EAP_HLEN || q->eap[4] != atoi(*conds + 5)))
			return false;
		if (!strncmp(*conds, "dev=", 4) && strcmp(*conds + 4, q->dev))
			return false;
	}
	return true;
}

static bool told(int error)
{
	return error ? no(strerror(-error)) : true;
}

static bool cmd_register(char **words)
{
	int size = 8 << 20;
	int error;

	(void)words;
	if (genl.fd < 0) {
		error = genl_open(&genl, DOT1X_GENL_NAME);
		if (error)
			return told(error);
		setsockopt(genl.fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	}
	genl_request(&genl, DOT1X_CMD_AGENT_REGISTER, NLM_F_ACK);
	return told(talk());
}

static bool cmd_close(char **words)
{
	(void)words;
	if (genl.fd >= 0)
		close(genl.fd);
	genl.fd = -1;
	return true;
}

static bool cmd_policy(char **words)
{
	return verdict_of(*words, &policy);
}

static bool cmd_with(char **words)
{
	user[0] = '\0';
	class[0] = '\0';
	timeout_ms = 0;
	termination = -1;
	with_eap = true;
	for (; *words; words++) {
		const char *value = strchr(*words, '=');

		if (!value++)
			return no(*words);
		if (!strncmp(*words, "user=", 5))
			snprintf(user, sizeof(user), "%s", value);
		else if (!strncmp(*words, "class=", 6))
			snprintf(class, sizeof(class), "%s", value);
		else if (!strncmp(*words, "timeout=", 8))
			timeout_ms = strtoul(value, NULL, 0);
		else if (!strncmp(*words, "termination=", 12))
			termination = atoi(value);
		else if (!strncmp(*words, "eap=", 4))
			with_eap = atoi(value);
		else
			return no(*words);
	}
	return true;
}

static bool cmd_password(char **words)
{
	snprintf(password, sizeof(password), "%s", *words ? *words : "");
	return true;
}

static bool cmd_expect(char **words)
{
	long until = in(*words);
	struct question *q;

	if (!*words)
		return no("how long?");
	while ((q = next(until)))
		if (meets(q, words + 1)) {
			current = *q;
			print(stdout, "ok", q);
			return false;
		}
	return no("was not asked");
}

static bool cmd_flush(char **words)
{
	int error;

	(void)words;
	while (genl.fd >= 0 && poll(&(struct pollfd){ .fd = genl.fd, .events = POLLIN }, 1, 0) > 0)
		receive(MSG_DONTWAIT, &error);
	follow_policy(&answered);
	count = 0;
	return true;
}

static bool cmd_never(char **words)
{
	long until = in(*words);
	struct question *q;

	cmd_flush(NULL);
	while (*words && (q = next(until)))
		if (meets(q, words + 1))
			return no("was asked");
	return true;
}

static bool cmd_answer(char **words)
{
	struct question q = current;
	int verdict;

	if (!verdict_of(*words, &verdict))
		return false;
	if (words[1])
		q.id = strtoul(words[1], NULL, 0);
	return told(verdict == HOLD ? 0 : answer(&q, verdict));
}

static bool cmd_again(char **words)
{
	(void)words;
	memcpy(&genl.msg, last_answer, sizeof(last_answer));
	genl.msg.hdr.nlmsg_seq = ++genl.seq;
	return told(talk());
}

static bool cmd_asked(char **words)
{
	(void)words;
	printf("ok %u\n", asked);
	return false;
}

static const struct command commands[] = {
	{ "register", cmd_register }, { "close", cmd_close }, { "policy", cmd_policy },
	{ "with", cmd_with }, { "password", cmd_password }, { "expect", cmd_expect },
	{ "never", cmd_never }, { "answer", cmd_answer }, { "again", cmd_again },
	{ "flush", cmd_flush }, { "asked", cmd_asked },
};

int main(void)
{
	struct pollfd pfds[2] = { { .events = POLLIN }, { .events = POLLIN } };
	int error;

	for (;;) {
		/* Something may have been asked while a command waited for its answer */
		follow_policy(&answered);
		pfds[1].fd = genl.fd;	/* -1 is not looked at */
		poll(pfds, 2, -1);
		if (pfds[1].revents)
			receive(MSG_DONTWAIT, &error);
		if (pfds[0].revents &&
		    !lines_obey(commands, sizeof(commands) / sizeof(*commands)))
			return 0;
	}
}
