// SPDX-License-Identifier: GPL-2.0
/*
 * Any response: bytes are taken only if they are signed, and what is signed is
 * taken only if it is well-formed. The first byte says how much of the work of
 * a server is done: from nothing, over the length and the Response
 * Authenticator, to a Message-Authenticator in front of whatever follows.
 */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "radius.h"

#define must(condition) do {						\
	if (!(condition)) {						\
		fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
		abort();						\
	}								\
} while (0)

enum work {
	WORK_NONE,
	WORK_LENGTH,
	WORK_AUTHENTICATOR,
	WORK_SIGNATURE,
	WORK_COUNT
};

static const struct radius_secret secret = { .data = "secret", .len = 6 };
static const uint8_t authenticator[RADIUS_AUTHENTICATOR_LEN] = "authenticator";

/* Finishes the @len bytes of a response as an honest server would. */
static size_t finish(uint8_t *packet, size_t len, enum work work)
{
	uint8_t copy[RADIUS_PACKET_MAX + 6];

	if (work == WORK_NONE || len < RADIUS_HEADER_LEN)
		return len;
	if (work == WORK_SIGNATURE && len + 18 <= RADIUS_PACKET_MAX) {
		memmove(packet + 38, packet + 20, len - 20);
		memset(packet + 20, 0, 18);
		packet[20] = RADIUS_MESSAGE_AUTHENTICATOR;
		packet[21] = 18;
		len += 18;
	}
	packet[2] = len >> 8;
	packet[3] = len;
	if (work == WORK_LENGTH)
		return len;
	memcpy(packet + 4, authenticator, sizeof(authenticator));
	if (work == WORK_SIGNATURE && packet[21] == 18)
		HMAC(EVP_md5(), secret.data, secret.len, packet, len, packet + 22, NULL);
	memcpy(copy, packet, len);
	memcpy(copy + len, secret.data, secret.len);
	EVP_Digest(copy, len + secret.len, packet + 4, NULL, EVP_md5(), NULL);
	return len;
}

static void check_value(const struct radius_value *value, const uint8_t *packet, size_t len)
{
	if (!value->len)
		return;
	must(value->data >= packet + RADIUS_HEADER_LEN);
	must(value->data + value->len <= packet + len);
}

/* The sum of what the attributes of one type hold; -1 if they do not add up. */
static long sum(const uint8_t *packet, size_t len, uint8_t type)
{
	long total = 0;
	size_t at;

	for (at = RADIUS_HEADER_LEN; at < len; at += packet[at + 1]) {
		if (len - at < 2 || packet[at + 1] < 2 || packet[at + 1] > len - at)
			return -1;
		if (packet[at] == type)
			total += packet[at + 1] - 2;
	}
	return total;
}

/* Whatever came can be carried in a request, too. */
static void carry(const struct radius_response *response, size_t size)
{
	struct radius_request request;

	radius_request_begin(&request, size % 2 ? "password" : NULL);
	radius_put(&request, RADIUS_STATE, response->state.data, response->state.len);
	radius_put_eap(&request, response->eap, response->eap_len);
	must(request.len <= RADIUS_PACKET_MAX);
	must(radius_request_seal(request.data, request.len, 1, authenticator,
				 size % 2 ? "password" : NULL, &secret));
	must(request.overflow ||
	     sum(request.data, request.len, RADIUS_EAP_MESSAGE) == (long)response->eap_len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct radius_response strict, relaxed;
	enum radius_drop drop, drop_relaxed;
	enum work work;
	uint8_t *packet;
	size_t len;

	if (!size || size > RADIUS_PACKET_MAX)
		return 0;
	work = data[0] % WORK_COUNT;
	size--;
	packet = malloc(RADIUS_PACKET_MAX);
	memcpy(packet, data + 1, size);
	len = finish(packet, size, work);
	packet = realloc(packet, len ? len : 1);

	drop = radius_response_parse(&strict, packet, len, authenticator, &secret, true);
	drop_relaxed = radius_response_parse(&relaxed, packet, len, authenticator, &secret, false);
	must(radius_drop_text(drop) && radius_drop_text(drop_relaxed));
	must((drop == RADIUS_DROP_TOO_SHORT) == (len < RADIUS_HEADER_LEN));
	if (!drop) {
		must(work == WORK_SIGNATURE);
		must(!drop_relaxed);
	} else {
		must(drop == drop_relaxed || drop == RADIUS_DROP_NO_MESSAGE_AUTHENTICATOR);
	}
	if (!drop_relaxed) {
		must(work >= WORK_AUTHENTICATOR);
		must(sum(packet, len, RADIUS_EAP_MESSAGE) == (long)relaxed.eap_len);
		check_value(&relaxed.state, packet, len);
		check_value(&relaxed.user_name, packet, len);
		check_value(&relaxed.class, packet, len);
		carry(&relaxed, size);
	}
	free(packet);
	return 0;
}
