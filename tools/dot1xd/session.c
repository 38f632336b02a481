// SPDX-License-Identifier: GPL-2.0
/*
 * Conversations: EAP as in RFC 3579, for an Ethernet port as in RFC 3580; and
 * authentication by MAC address as PAP (RFC 2865 5.1, 5.2).
 *
 * A session is a client of a port, from the first question of a conversation
 * to the verdict; its MAC may be asked for beside its EAP. A question of
 * another conversation begins it anew. If the client goes in between, nobody
 * tells: what was idle for long is forgotten.
 *
 * Deviation: RFC 3579 2.6.3 lets the RADIUS code alone decide, even if the EAP
 * packet beside it says something else or is not there. A client that would be
 * told nothing, or a lie, is not let in: such an Accept counts as a Reject.
 */
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include <event2/event_struct.h>

#include "../lib/log.h"
#include "session.h"

#define IDLE_MS		(5 * 60 * 1000)
#define SWEEP_SEC	30
#define ACCEPT_LINES	100	/* in a second */
#define REJECT_LINES	20

#define EAP_HEADER_LEN	4	/* RFC 3748 4: code, identifier, length */
#define EAP_IDENTITY	1	/* RFC 3748 5.1 */

enum eap_code {
	EAP_REQUEST = 1,
	EAP_RESPONSE,
	EAP_SUCCESS,
	EAP_FAILURE,
};

#define STATION_ID_SIZE	(3 * MAC_LEN)

struct session {
	/* the key */
	uint32_t ifindex;
	uint8_t kind;			/* enum dot1x_kind */
	uint8_t mac[MAC_LEN];

	TAILQ_ENTRY(session) link;	/* in the order of used_ms */
	uint64_t used_ms;
	struct sessions *sessions;
	uint32_t conversation;
	uint32_t question;		/* the one to be answered */
	char ifname[IFNAMSIZ];
	char mac_text[STATION_ID_SIZE];	/* as a Calling-Station-Id */
	char mab_name[STATION_ID_SIZE];	/* the password too */
	uint8_t name[RADIUS_VALUE_MAX];	/* User-Name of the requests */
	uint8_t name_len;
	struct exchange *exchange;	/* while a server is being asked */

	/* after a challenge */
	bool begun;
	union endpoint server;
	uint8_t state[RADIUS_VALUE_MAX];
	uint8_t state_len;
};

struct sessions {
	struct pool *pool;
	struct stats *stats;
	const struct conf *conf;
	void (*answer)(void *arg, const struct answer *answer);
	void *arg;
	void *tree;			/* of tsearch() */
	TAILQ_HEAD(session_list, session) list;
	struct event sweep;
	struct log_limit limit_accept;
	struct log_limit limit_reject;
	struct log_limit limit_no_server;
};

static int compare(const void *a, const void *b)
{
	const struct session *x = a;
	const struct session *y = b;

	if (x->ifindex != y->ifindex)
		return x->ifindex < y->ifindex ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return memcmp(x->mac, y->mac, MAC_LEN);
}

/* Digits in groups of @group, with @separator between them unless it is NUL. */
static void write_mac(char text[STATION_ID_SIZE], const uint8_t mac[MAC_LEN], bool upper,
		      char separator, int group)
{
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	int i;

	for (i = 0; i < 2 * MAC_LEN; i++) {
		if (separator && i && i % group == 0)
			*text++ = separator;
		*text++ = digits[i % 2 ? mac[i / 2] & 0xf : mac[i / 2] >> 4];
	}
	*text = '\0';
}

/* RFC 3580 3.20, 3.21 */
static void write_station_id(char text[STATION_ID_SIZE], const uint8_t mac[MAC_LEN])
{
	write_mac(text, mac, true, '-', 2);
}

static void write_mab_name(char text[STATION_ID_SIZE], const uint8_t mac[MAC_LEN],
			   const struct conf *conf)
{
	static const char separators[] = {
		[MAB_NONE] = '\0', [MAB_DASH] = '-', [MAB_COLON] = ':', [MAB_DOT] = '.',
	};

	write_mac(text, mac, conf->mab_case == MAB_UPPER, separators[conf->mab_separator],
		  conf->mab_separator == MAB_DOT ? 4 : 2);
}

/*
 * What a packet of EAP with @code is worth: its length, without padding
 * (RFC 3748 4), or 0 if it is no such packet.
 */
static size_t eap_length(const uint8_t *eap, size_t size, enum eap_code code)
{
	bool has_type = code == EAP_REQUEST || code == EAP_RESPONSE;
	size_t len;

	if (size < EAP_HEADER_LEN || eap[0] != code)
		return 0;
	len = eap[2] << 8 | eap[3];
	if (len > size || len > DOT1X_EAP_MAX || (has_type && len <= EAP_HEADER_LEN) ||
	    (!has_type && len != EAP_HEADER_LEN))
		return 0;
	return len;
}

static void set_name(struct session *session, const void *name, size_t len)
{
	memcpy(session->name, name, len);
	session->name_len = len;
}

/* RFC 3579 2.1: the identity the client gave, else who it is by its address */
static bool take_name(struct session *session, const struct question *question, size_t len)
{
	const uint8_t *eap = question->eap;

	if (!session->name_len)
		set_name(session, session->mac_text, strlen(session->mac_text));
	if (eap[EAP_HEADER_LEN] != EAP_IDENTITY)
		return true;
	len -= EAP_HEADER_LEN + 1;
	if (len > RADIUS_VALUE_MAX)
		return false;
	if (len)
		set_name(session, eap + EAP_HEADER_LEN + 1, len);
	return true;
}

static void put_who_asks(struct radius_request *request, const struct session *session,
			 const struct question *question, const struct conf *conf)
{
	const struct addr *addr = &conf->nas_address;
	char text[STATION_ID_SIZE];

	radius_put(request, RADIUS_USER_NAME, session->name, session->name_len);
	radius_put(request, RADIUS_NAS_IDENTIFIER, conf->nas_identifier,
		   strlen(conf->nas_identifier));
	radius_put(request, addr->len == 4 ? RADIUS_NAS_IP_ADDRESS : RADIUS_NAS_IPV6_ADDRESS,
		   addr->bytes, addr->len);
	radius_put_u32(request, RADIUS_NAS_PORT, question->ifindex);
	radius_put_u32(request, RADIUS_NAS_PORT_TYPE, RADIUS_PORT_ETHERNET);
	radius_put(request, RADIUS_NAS_PORT_ID, question->ifname, strlen(question->ifname));
	write_station_id(text, question->port_mac);
	radius_put(request, RADIUS_CALLED_STATION_ID, text, strlen(text));
	radius_put(request, RADIUS_CALLING_STATION_ID, session->mac_text,
		   strlen(session->mac_text));
}

static void detach(struct session *session)
{
	if (session->exchange)
		exchange_cancel(session->exchange);
	session->exchange = NULL;
}

static void forget(struct session *session)
{
	struct sessions *sessions = session->sessions;

	detach(session);
	tdelete(session, &sessions->tree, compare);
	TAILQ_REMOVE(&sessions->list, session, link);
	free(session);
}

static void count(struct sessions *sessions, enum stat stat)
{
	sessions->stats->at[stat]++;
}

/* An answer that has nothing but its verdict, so far. */
static struct answer verdict(const struct session *session, enum dot1x_verdict verdict)
{
	struct answer answer = {
		.id = session->question,
		.ifindex = session->ifindex,
		.verdict = verdict,
	};

	memcpy(answer.mac, session->mac, MAC_LEN);
	return answer;
}

static void tell(struct session *session, const struct answer *answer)
{
	session->sessions->answer(session->sessions->arg, answer);
}

static void no_server(struct session *session, const char *why)
{
	struct answer answer = verdict(session, DOT1X_VERDICT_NO_SERVER);
	struct sessions *sessions = session->sessions;

	count(sessions, STAT_NO_SERVER);
	log_limited(&sessions->limit_no_server, REJECT_LINES, LOG_WARNING, "%s %s: %s",
		    session->ifname, session->mac_text, why);
	tell(session, &answer);
	forget(session);
}

/* @from: the server that said so; NULL: it was us. @why: NULL, it just did. */
static void reject(struct session *session, const struct radius_response *response,
		   const union endpoint *from, const char *why)
{
	struct answer answer = verdict(session, DOT1X_VERDICT_REJECT);
	struct sessions *sessions = session->sessions;
	char name[4 * RADIUS_VALUE_MAX + 1], server[ENDPOINT_TEXT_SIZE];

	if (response && session->kind == DOT1X_KIND_EAP) {
		answer.eap = response->eap;
		answer.eap_len = eap_length(response->eap, response->eap_len, EAP_FAILURE);
	}
	count(sessions, STAT_REJECTS);
	log_escape(session->name, session->name_len, name, sizeof(name));
	log_limited(&sessions->limit_reject, REJECT_LINES, LOG_NOTICE,
		    "%s %s: rejected \"%s\"%s%s%s%s", session->ifname, session->mac_text, name,
		    from ? " by " : "", from ? endpoint_text(from, server) : "",
		    why ? ": " : "", why ? why : "");
	tell(session, &answer);
	forget(session);
}

static uint32_t session_timeout_ms(const struct radius_response *response)
{
	if (response->session_timeout > UINT32_MAX / 1000)
		return UINT32_MAX;
	return response->session_timeout * 1000;
}

static void log_accept(struct session *session, const struct radius_response *response,
		       const union endpoint *from, const char *name)
{
	char escaped[4 * RADIUS_VALUE_MAX + 1], server[ENDPOINT_TEXT_SIZE], timeout[64] = "";

	if (response->session_timeout)
		snprintf(timeout, sizeof(timeout), "%s%u s",
			 response->termination_action == RADIUS_TERMINATION_REQUEST ?
			 ", to authenticate again after " : ", for ", response->session_timeout);
	log_escape(name, strlen(name), escaped, sizeof(escaped));
	log_limited(&session->sessions->limit_accept, ACCEPT_LINES, LOG_INFO,
		    "%s %s: accepted \"%s\" by %s%s", session->ifname, session->mac_text, escaped,
		    endpoint_text(from, server), timeout);
}

static void accept_client(struct session *session, const struct radius_response *response,
			  const union endpoint *from)
{
	struct answer answer = verdict(session, DOT1X_VERDICT_ACCEPT);
	const struct radius_value own = { session->name, session->name_len };
	const struct radius_value *value = &own;
	char name[RADIUS_VALUE_MAX + 1] = "";

	if (session->kind == DOT1X_KIND_EAP) {
		answer.eap = response->eap;
		answer.eap_len = eap_length(response->eap, response->eap_len, EAP_SUCCESS);
		if (!answer.eap_len) {
			reject(session, NULL, from, "its Access-Accept has no EAP-Success");
			return;
		}
	}
	/* RFC 2865 5.1: the server may call the user by another name */
	if (response->user_name.len)
		value = &response->user_name;
	memcpy(name, value->data, value->len);
	if (*name)
		answer.user_name = name;
	answer.session_timeout_ms = session_timeout_ms(response);
	answer.termination = response->termination_action == RADIUS_TERMINATION_REQUEST ?
			     DOT1X_TERMINATION_REAUTHENTICATE : DOT1X_TERMINATION_DEFAULT;
	answer.class = response->class.data;
	answer.class_len = response->class.len;

	count(session->sessions, STAT_ACCEPTS);
	log_accept(session, response, from, name);
	tell(session, &answer);
	forget(session);
}

static void challenge(struct session *session, const struct radius_response *response,
		      const union endpoint *from)
{
	struct answer answer = verdict(session, DOT1X_VERDICT_CHALLENGE);

	/* RFC 2865 4.4: who cannot take a challenge takes it as a reject */
	if (session->kind != DOT1X_KIND_EAP) {
		reject(session, NULL, from, "it sent a challenge, which MAB cannot answer");
		return;
	}
	session->begun = true;
	session->server = *from;
	session->state_len = response->state.len;
	if (response->state.len)
		memcpy(session->state, response->state.data, response->state.len);

	/* RFC 3579 2.2: the client's packet was of no use; it may send another */
	if (response->error_cause == RADIUS_CAUSE_EAP_IGNORED) {
		answer.verdict = DOT1X_VERDICT_IGNORE;
		count(session->sessions, STAT_IGNORES);
		tell(session, &answer);
		return;
	}
	answer.eap = response->eap;
	answer.eap_len = eap_length(response->eap, response->eap_len, EAP_REQUEST);
	if (!answer.eap_len) {
		reject(session, NULL, from, "its Access-Challenge has no EAP request");
		return;
	}
	count(session->sessions, STAT_CHALLENGES);
	tell(session, &answer);
}

static void on_done(void *arg, const struct radius_response *response, const union endpoint *from)
{
	struct session *session = arg;

	session->exchange = NULL;
	if (!response)
		no_server(session, session->begun ?
			  "its server keeps silent: the conversation is given up" :
			  "no server answers");
	else if (response->code == RADIUS_ACCESS_ACCEPT)
		accept_client(session, response, from);
	else if (response->code == RADIUS_ACCESS_CHALLENGE)
		challenge(session, response, from);
	else
		reject(session, response, from, NULL);
}

static void begin(struct session *session, const struct question *question)
{
	session->conversation = question->conversation;
	session->name_len = 0;
	session->state_len = 0;
	session->begun = false;
}

/* The session of a question; NULL: no memory. */
static struct session *get(struct sessions *sessions, const struct question *question)
{
	struct session key = { .ifindex = question->ifindex, .kind = question->kind };
	struct session *session, **found;

	memcpy(key.mac, question->mac, MAC_LEN);
	found = tfind(&key, &sessions->tree, compare);
	if (found) {
		session = *found;
		TAILQ_REMOVE(&sessions->list, session, link);
	} else {
		session = calloc(1, sizeof(*session));
		if (!session)
			return NULL;
		session->ifindex = key.ifindex;
		session->kind = key.kind;
		memcpy(session->mac, key.mac, MAC_LEN);
		session->sessions = sessions;
		write_station_id(session->mac_text, session->mac);
		if (!tsearch(session, &sessions->tree, compare)) {
			free(session);
			return NULL;
		}
		begin(session, question);
	}
	TAILQ_INSERT_TAIL(&sessions->list, session, link);
	session->used_ms = now_ms();
	return session;
}

static void ask_server(struct session *session, const struct radius_request *request,
		       const char *password)
{
	session->exchange = pool_send(session->sessions->pool, request, password,
				      session->begun ? &session->server : NULL, on_done, session);
	if (!session->exchange)
		no_server(session, "the request cannot be sent: no room, or its server was removed");
}

static void ask_eap(struct session *session, const struct question *question)
{
	size_t len = eap_length(question->eap, question->eap_len, EAP_RESPONSE);
	const struct conf *conf = session->sessions->conf;
	struct radius_request request;

	if (!len) {
		struct answer answer = verdict(session, DOT1X_VERDICT_IGNORE);

		count(session->sessions, STAT_QUESTIONS_BAD);
		tell(session, &answer);
		return;
	}
	if (!take_name(session, question, len)) {
		reject(session, NULL, NULL, "its identity is longer than RADIUS can carry");
		return;
	}
	radius_request_begin(&request, NULL);
	put_who_asks(&request, session, question, conf);
	radius_put_u32(&request, RADIUS_SERVICE_TYPE, RADIUS_SERVICE_FRAMED);
	radius_put_u32(&request, RADIUS_FRAMED_MTU, conf->framed_mtu);
	radius_put_eap(&request, question->eap, len);
	radius_put(&request, RADIUS_STATE, session->state, session->state_len);
	ask_server(session, &request, NULL);
}

static void ask_mab(struct session *session, const struct question *question)
{
	const struct conf *conf = session->sessions->conf;
	struct radius_request request;

	write_mab_name(session->mab_name, session->mac, conf);
	set_name(session, session->mab_name, strlen(session->mab_name));
	radius_request_begin(&request, session->mab_name);
	put_who_asks(&request, session, question, conf);
	radius_put_u32(&request, RADIUS_SERVICE_TYPE, RADIUS_SERVICE_CALL_CHECK);
	ask_server(session, &request, session->mab_name);
}

void sessions_ask(struct sessions *sessions, const struct question *question)
{
	struct session *session = get(sessions, question);

	/* The kernel's server-timeout is the answer then. */
	if (!session)
		return;
	if (session->exchange)
		count(sessions, STAT_ABANDONED);
	detach(session);
	if (session->conversation != question->conversation)
		begin(session, question);
	session->question = question->id;
	memcpy(session->ifname, question->ifname, sizeof(session->ifname));
	if (question->kind == DOT1X_KIND_EAP)
		ask_eap(session, question);
	else
		ask_mab(session, question);
}

void sessions_forget(struct sessions *sessions)
{
	struct session *session;

	while ((session = TAILQ_FIRST(&sessions->list)))
		forget(session);
}

/* Clients that went in the middle of a conversation. */
static void on_sweep(evutil_socket_t fd, short what, void *arg)
{
	struct sessions *sessions = arg;
	struct session *session;
	uint64_t now = now_ms();

	(void)fd;
	(void)what;
	while ((session = TAILQ_FIRST(&sessions->list)) && now - session->used_ms >= IDLE_MS)
		forget(session);
}

void sessions_configure(struct sessions *sessions, const struct conf *conf)
{
	sessions->conf = conf;
}

struct sessions *sessions_new(struct event_base *base, struct pool *pool, struct stats *stats,
			      void (*answer)(void *arg, const struct answer *answer), void *arg)
{
	const struct timeval period = { .tv_sec = SWEEP_SEC };
	struct sessions *sessions = calloc(1, sizeof(*sessions));

	if (!sessions)
		return NULL;
	sessions->pool = pool;
	sessions->stats = stats;
	sessions->answer = answer;
	sessions->arg = arg;
	TAILQ_INIT(&sessions->list);
	event_assign(&sessions->sweep, base, -1, EV_PERSIST, on_sweep, sessions);
	evtimer_add(&sessions->sweep, &period);
	return sessions;
}

void sessions_free(struct sessions *sessions)
{
	if (!sessions)
		return;
	sessions_forget(sessions);
	event_del(&sessions->sweep);
	free(sessions);
}
