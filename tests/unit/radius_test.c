// SPDX-License-Identifier: GPL-2.0
/*
 * The RADIUS codec, byte by byte, against packets that Python made.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dot1xd/radius.h"
#include "unit.h"

#define VECTORS_MAX	64

static struct vector {
	char name[64];
	uint8_t data[RADIUS_PACKET_MAX];
	size_t len;
} vectors[VECTORS_MAX];
static size_t vector_count;

static struct radius_secret secret;
static uint8_t authenticator[RADIUS_AUTHENTICATOR_LEN];
static uint8_t eap[600];

static void read_vectors(void)
{
	const char *folder = getenv("UNIT_FOLDER");
	char command[4096], *hex;
	size_t size = 0, i;
	char *line = NULL;
	FILE *pipe;

	snprintf(command, sizeof(command), "python3 '%s/radius_vectors.py'",
		 folder ? folder : ".");
	pipe = popen(command, "r");
	while (pipe && vector_count < VECTORS_MAX && getline(&line, &size, pipe) > 0) {
		struct vector *vector = &vectors[vector_count++];

		hex = strchr(line, ' ');
		if (!hex)
			break;
		*hex++ = '\0';
		snprintf(vector->name, sizeof(vector->name), "%s", line);
		for (i = 0; i < sizeof(vector->data); i++)
			if (sscanf(hex + 2 * i, "%2hhx", &vector->data[i]) != 1)
				break;
		vector->len = i;
	}
	free(line);
	check(pipe && !pclose(pipe) && vector_count > 20, "Python makes its packets");
}

static struct vector *get(const char *name)
{
	static struct vector none;
	size_t i;

	for (i = 0; i < vector_count; i++)
		if (!strcmp(vectors[i].name, name))
			return &vectors[i];
	check(false, "there is a packet \"%s\"", name);
	return &none;
}

static void same(struct radius_request *request, uint8_t id, const char *password,
		 const char *name)
{
	const struct vector *want = get(name);

	check(radius_request_seal(request->data, request->len, id, authenticator, password,
				  &secret) && !request->overflow &&
	      request->len == want->len && !memcmp(request->data, want->data, want->len),
	      "%s is what Python makes", name);
}

static void test_requests(void)
{
	static const char mac[] = "02-00-00-00-00-2a";
	char password[RADIUS_PASSWORD_MAX + 1] = "";
	struct radius_request request;

	radius_request_begin(&request, NULL);
	radius_put(&request, RADIUS_USER_NAME, "alice", 5);
	radius_put_u32(&request, RADIUS_NAS_PORT, 7);
	radius_put_eap(&request, eap, sizeof(eap));
	radius_put(&request, RADIUS_STATE, "state", 5);
	radius_put(&request, RADIUS_STATE, "", 0);
	radius_request_seal(request.data, request.len, 0x41, eap, NULL, &secret);
	same(&request, 0x42, NULL, "request-eap");

	radius_request_begin(&request, mac);
	radius_put(&request, RADIUS_USER_NAME, mac, strlen(mac));
	same(&request, 0x43, mac, "request-mab");
	same(&request, 0x43, mac, "request-mab");

	radius_request_begin(&request, "");
	same(&request, 0x44, "", "request-empty-password");

	memset(password, 'p', sizeof(password) - 1);
	radius_request_begin(&request, password);
	same(&request, 0x45, password, "request-long-password");
}

static void test_overflow(void)
{
	char password[RADIUS_PASSWORD_MAX + 2] = "";
	static uint8_t bytes[RADIUS_PACKET_MAX];
	struct radius_request request;

	memset(password, 'p', sizeof(password) - 1);
	radius_request_begin(&request, password);
	check(request.overflow, "a password of 129 bytes is too long");

	radius_request_begin(&request, NULL);
	radius_put(&request, RADIUS_USER_NAME, bytes, RADIUS_VALUE_MAX);
	check(!request.overflow && request.len == 20 + 18 + 255, "a value of 253 bytes fits");
	radius_put(&request, RADIUS_USER_NAME, bytes, RADIUS_VALUE_MAX + 1);
	check(request.overflow, "one of 254 does not");

	radius_request_begin(&request, NULL);
	radius_put_eap(&request, bytes, 253);
	check(request.len == 20 + 18 + 255, "253 bytes of EAP are one attribute");
	radius_put_eap(&request, bytes, 254);
	check(request.len == 20 + 18 + 255 + 255 + 3, "254 are two");

	radius_request_begin(&request, NULL);
	radius_put_eap(&request, bytes, 4026);
	check(!request.overflow && request.len == RADIUS_PACKET_MAX, "4096 bytes are a packet");
	radius_put_eap(&request, bytes, 1);
	check(request.overflow && request.len == RADIUS_PACKET_MAX, "4097 are none");
}

static enum radius_drop parse(const struct vector *vector, size_t len,
			      struct radius_response *response, bool strict)
{
	/* At the end of its own memory, so that one byte too many is seen. */
	uint8_t *copy = malloc(len ? len : 1);
	static uint8_t kept[RADIUS_PACKET_MAX];
	enum radius_drop drop;

	memcpy(copy, vector->data, len);
	drop = radius_response_parse(response, copy, len, authenticator, &secret, strict);
	/* The values point into what is freed: let them point into what stays. */
	memcpy(kept, copy, len);
	if (response->user_name.len)
		response->user_name.data = kept + (response->user_name.data - copy);
	if (response->state.len)
		response->state.data = kept + (response->state.data - copy);
	if (response->class.len)
		response->class.data = kept + (response->class.data - copy);
	free(copy);
	return drop;
}

static bool is(const struct radius_value *value, const char *text)
{
	return value->len == strlen(text) && !memcmp(value->data, text, value->len);
}

static void check_accept(const char *name, bool strict)
{
	const struct vector *vector = get(name);
	struct radius_response response;

	check(!parse(vector, vector->len, &response, strict), "%s is taken", name);
	check(response.code == RADIUS_ACCESS_ACCEPT && is(&response.user_name, "alice") &&
	      is(&response.class, "first") && response.has_session_timeout &&
	      response.session_timeout == 3600 &&
	      response.termination_action == RADIUS_TERMINATION_REQUEST &&
	      response.eap_len == 4 && !memcmp(response.eap, "\3\7\0\4", 4) &&
	      !response.state.len && !response.error_cause, "and read");
}

static void test_responses(void)
{
	const struct vector *vector;
	struct radius_response response;

	check_accept("accept", true);
	check_accept("accept-signed-last", true);
	check_accept("accept-unsigned", false);

	vector = get("challenge");
	check(!parse(vector, vector->len, &response, true) &&
	      response.code == RADIUS_ACCESS_CHALLENGE && is(&response.state, "state") &&
	      response.eap_len == sizeof(eap) && !memcmp(response.eap, eap, sizeof(eap)),
	      "EAP is joined");
	vector = get("reject");
	check(!parse(vector, vector->len, &response, true) &&
	      response.code == RADIUS_ACCESS_REJECT && response.eap_len == 4, "a reject");
	vector = get("reject-bare");
	check(!parse(vector, vector->len, &response, true) && !response.eap_len &&
	      !response.has_session_timeout, "one that says no more");
	vector = get("ignored");
	check(!parse(vector, vector->len, &response, true) &&
	      response.error_cause == RADIUS_CAUSE_EAP_IGNORED, "Error-Cause");
	vector = get("largest");
	check(vector->len == RADIUS_PACKET_MAX && !parse(vector, vector->len, &response, true) &&
	      response.eap_len == 4026, "the largest packet there can be");
}

static void test_drops(void)
{
	static const struct {
		const char *name;
		enum radius_drop drop;
	} cases[] = {
		{ "accept-unsigned", RADIUS_DROP_NO_MESSAGE_AUTHENTICATOR },
		{ "signed-wrong", RADIUS_DROP_MESSAGE_AUTHENTICATOR },
		{ "signed-twice", RADIUS_DROP_ATTRIBUTE },
		{ "signed-short", RADIUS_DROP_ATTRIBUTE },
		{ "state-twice", RADIUS_DROP_ATTRIBUTE },
		{ "state-empty", RADIUS_DROP_ATTRIBUTE },
		{ "name-twice", RADIUS_DROP_ATTRIBUTE },
		{ "timeout-short", RADIUS_DROP_ATTRIBUTE },
		{ "timeout-long", RADIUS_DROP_ATTRIBUTE },
		{ "timeout-twice", RADIUS_DROP_ATTRIBUTE },
		{ "termination-short", RADIUS_DROP_ATTRIBUTE },
		{ "attribute-0", RADIUS_DROP_ATTRIBUTE },
		{ "attribute-1", RADIUS_DROP_ATTRIBUTE },
		{ "attribute-overlong", RADIUS_DROP_ATTRIBUTE },
		{ "attribute-cut", RADIUS_DROP_ATTRIBUTE },
		{ "code-1", RADIUS_DROP_CODE },
		{ "code-5", RADIUS_DROP_CODE },
	};
	struct radius_response response;
	const struct vector *vector;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		vector = get(cases[i].name);
		check(parse(vector, vector->len, &response, true) == cases[i].drop,
		      "%s is dropped: %s", cases[i].name, radius_drop_text(cases[i].drop));
	}
	vector = get("signed-wrong");
	check(parse(vector, vector->len, &response, false) == RADIUS_DROP_MESSAGE_AUTHENTICATOR,
	      "a wrong Message-Authenticator is one, wanted or not");
}

/* Whatever is changed in a good packet, it is good no more. */
static void test_changes(void)
{
	struct radius_response response;
	struct radius_secret good;
	struct vector changed;
	size_t i, bad = 0;

	for (i = 0; i < 8 * get("accept")->len; i++) {
		changed = *get("accept");
		changed.data[i / 8] ^= 1 << i % 8;
		/* The identifier is the socket's to compare, but signed, too. */
		if (!parse(&changed, changed.len, &response, true) ||
		    !parse(&changed, changed.len, &response, false))
			bad++;
	}
	check(!bad, "no bit of a response can be changed");

	for (i = 0; i < 8 * sizeof(authenticator); i++) {
		authenticator[i / 8] ^= 1 << i % 8;
		if (parse(get("accept"), get("accept")->len, &response, false) !=
		    RADIUS_DROP_RESPONSE_AUTHENTICATOR)
			bad++;
		authenticator[i / 8] ^= 1 << i % 8;
	}
	check(!bad, "nor does it answer another request");

	good = secret;
	secret.data[0] ^= 1;
	check(parse(get("accept"), get("accept")->len, &response, true) ==
	      RADIUS_DROP_RESPONSE_AUTHENTICATOR, "another secret");
	secret = good;
	secret.len--;
	check(parse(get("accept"), get("accept")->len, &response, true) ==
	      RADIUS_DROP_RESPONSE_AUTHENTICATOR, "and a shorter one");
	secret = good;
}

static void test_lengths(void)
{
	struct vector vector = *get("accept");
	struct radius_response response;
	size_t len, bad = 0;

	for (len = 0; len < vector.len; len++)
		if (parse(&vector, len, &response, true) !=
		    (len < RADIUS_HEADER_LEN ? RADIUS_DROP_TOO_SHORT : RADIUS_DROP_LENGTH))
			bad++;
	check(!bad, "a packet that is cut off anywhere");
	check(!parse(&vector, vector.len + 7, &response, true), "padding is none of the packet");

	vector.data[2] = 0;
	vector.data[3] = RADIUS_HEADER_LEN - 1;
	check(parse(&vector, vector.len, &response, true) == RADIUS_DROP_LENGTH,
	      "a length below the header's");
	vector.data[2] = RADIUS_PACKET_MAX >> 8;
	vector.data[3] = 1;
	check(parse(&vector, RADIUS_PACKET_MAX, &response, true) == RADIUS_DROP_LENGTH,
	      "a length above what can be");
	vector.data[3] = 0;
	check(parse(&vector, RADIUS_PACKET_MAX - 1, &response, true) == RADIUS_DROP_LENGTH,
	      "a length above what came");
}

int main(void)
{
	static const char text[] = "s3cret, and not a short one";
	size_t i;

	secret.len = strlen(text);
	memcpy(secret.data, text, secret.len);
	for (i = 0; i < sizeof(authenticator); i++)
		authenticator[i] = 0x10 + i;
	eap[0] = 2;
	eap[1] = 7;
	eap[2] = sizeof(eap) >> 8;
	eap[3] = sizeof(eap) & 0xff;
	for (i = 4; i < sizeof(eap); i++)
		eap[i] = (i - 4) % 251;

	read_vectors();
	test_requests();
	test_overflow();
	test_responses();
	test_drops();
	test_changes();
	test_lengths();
	return unit_done();
}
