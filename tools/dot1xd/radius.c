// SPDX-License-Identifier: GPL-2.0
/*
 * RADIUS packets <-> structs: RFC 2865, with EAP as in RFC 3579.
 */
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include "radius.h"

#define ATTRIBUTE_HEADER	2	/* type, length */
#define ID_OFFSET		1
#define LENGTH_OFFSET		2
#define AUTHENTICATOR_OFFSET	4
#define SIGNATURE_LEN		16	/* of a Message-Authenticator's value */
#define SIGNATURE_OFFSET	(RADIUS_HEADER_LEN + ATTRIBUTE_HEADER)
#define PASSWORD_OFFSET		(SIGNATURE_OFFSET + SIGNATURE_LEN)
#define MD5_LEN			16

static void put_be16(uint8_t *p, uint16_t value)
{
	p[0] = value >> 8;
	p[1] = value;
}

static uint16_t get_be16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

static uint32_t get_be32(const uint8_t *p)
{
	return (uint32_t)get_be16(p) << 16 | get_be16(p + 2);
}

static bool md5(const void *data, size_t len, uint8_t digest[MD5_LEN])
{
	return EVP_Digest(data, len, digest, NULL, EVP_md5(), NULL) == 1;
}

static bool hmac_md5(const struct radius_secret *secret, const void *data, size_t len,
		     uint8_t digest[MD5_LEN])
{
	return HMAC(EVP_md5(), secret->data, secret->len, data, len, digest, NULL);
}

bool radius_is_possible(void)
{
	static const struct radius_secret secret = { .data = "secret", .len = 6 };
	uint8_t digest[MD5_LEN];

	return md5("", 0, digest) && hmac_md5(&secret, "", 0, digest);
}

void radius_put(struct radius_request *request, uint8_t type, const void *value, size_t len)
{
	uint8_t *p = request->data + request->len;

	if (!len)
		return;
	if (len > RADIUS_VALUE_MAX ||
	    request->len + ATTRIBUTE_HEADER + len > sizeof(request->data)) {
		request->overflow = true;
		return;
	}
	p[0] = type;
	p[1] = ATTRIBUTE_HEADER + len;
	memcpy(p + ATTRIBUTE_HEADER, value, len);
	request->len += p[1];
}

void radius_put_u32(struct radius_request *request, uint8_t type, uint32_t value)
{
	uint8_t bytes[4];

	put_be16(bytes, value >> 16);
	put_be16(bytes + 2, value);
	radius_put(request, type, bytes, sizeof(bytes));
}

/* RFC 3579 3.1: in order, and next to each other */
void radius_put_eap(struct radius_request *request, const uint8_t *eap, size_t len)
{
	size_t part;

	for (; len; eap += part, len -= part) {
		part = len < RADIUS_VALUE_MAX ? len : RADIUS_VALUE_MAX;
		radius_put(request, RADIUS_EAP_MESSAGE, eap, part);
	}
}

void radius_request_begin(struct radius_request *request, const char *password)
{
	static const uint8_t zeros[RADIUS_PASSWORD_MAX];
	size_t len;

	memset(request->data, 0, RADIUS_HEADER_LEN);
	request->data[0] = RADIUS_ACCESS_REQUEST;
	request->len = RADIUS_HEADER_LEN;
	request->overflow = false;
	radius_put(request, RADIUS_MESSAGE_AUTHENTICATOR, zeros, SIGNATURE_LEN);
	if (!password)
		return;

	/* RFC 2865 5.2: padded to whole blocks, at least one */
	len = (strlen(password) + MD5_LEN - 1) / MD5_LEN * MD5_LEN;
	if (!len)
		len = MD5_LEN;
	if (len <= RADIUS_PASSWORD_MAX)
		radius_put(request, RADIUS_USER_PASSWORD, zeros, len);
	else
		request->overflow = true;
}

/* RFC 2865 5.2: each block is masked with a digest of the one before */
static bool hide_password(uint8_t *hidden, size_t len, const uint8_t *authenticator,
			  const char *password, const struct radius_secret *secret)
{
	uint8_t key[RADIUS_SECRET_MAX + MD5_LEN], mask[MD5_LEN];
	const uint8_t *before = authenticator;
	size_t at, i;
	bool ok = true;

	memset(hidden, 0, len);
	memcpy(hidden, password, strlen(password));
	memcpy(key, secret->data, secret->len);
	for (at = 0; ok && at < len; at += MD5_LEN) {
		memcpy(key + secret->len, before, MD5_LEN);
		ok = md5(key, secret->len + MD5_LEN, mask);
		for (i = 0; i < MD5_LEN; i++)
			hidden[at + i] ^= mask[i];
		before = hidden + at;
	}
	OPENSSL_cleanse(key, sizeof(key));
	return ok;
}

bool radius_request_seal(uint8_t *packet, size_t len, uint8_t id,
			 const uint8_t authenticator[RADIUS_AUTHENTICATOR_LEN],
			 const char *password, const struct radius_secret *secret)
{
	uint8_t *value = packet + PASSWORD_OFFSET + ATTRIBUTE_HEADER;

	packet[ID_OFFSET] = id;
	put_be16(packet + LENGTH_OFFSET, len);
	memcpy(packet + AUTHENTICATOR_OFFSET, authenticator, RADIUS_AUTHENTICATOR_LEN);
	if (password && !hide_password(value, packet[PASSWORD_OFFSET + 1] - ATTRIBUTE_HEADER,
				       authenticator, password, secret))
		return false;

	/* RFC 3579 3.2: over the whole packet, with zeros in its own place */
	memset(packet + SIGNATURE_OFFSET, 0, SIGNATURE_LEN);
	return hmac_md5(secret, packet, len, packet + SIGNATURE_OFFSET);
}

/* Takes a value that may be there once. */
static bool take_once(struct radius_value *value, const uint8_t *data, uint8_t len)
{
	if (value->len || !len)
		return false;
	value->data = data;
	value->len = len;
	return true;
}

static bool take_u32(uint32_t *value, const uint8_t *data, uint8_t len)
{
	if (len != sizeof(*value))
		return false;
	*value = get_be32(data);
	return true;
}

/* Takes one attribute; false if it cannot be what it says. */
static bool take(struct radius_response *response, struct radius_value *signature, uint8_t type,
		 const uint8_t *data, uint8_t len)
{
	switch (type) {
	case RADIUS_MESSAGE_AUTHENTICATOR:
		return len == SIGNATURE_LEN && take_once(signature, data, len);
	case RADIUS_STATE:
		return take_once(&response->state, data, len);
	case RADIUS_USER_NAME:
		return take_once(&response->user_name, data, len);
	case RADIUS_CLASS:
		if (!response->class.len)
			take_once(&response->class, data, len);
		return true;
	case RADIUS_SESSION_TIMEOUT:
		if (response->has_session_timeout)
			return false;
		response->has_session_timeout = true;
		return take_u32(&response->session_timeout, data, len);
	case RADIUS_TERMINATION_ACTION:
		return take_u32(&response->termination_action, data, len);
	case RADIUS_ERROR_CAUSE:
		return take_u32(&response->error_cause, data, len);
	case RADIUS_EAP_MESSAGE:
		/* It all came in one packet: it fits. */
		memcpy(response->eap + response->eap_len, data, len);
		response->eap_len += len;
		return true;
	default:
		return true;
	}
}

static bool take_all(struct radius_response *response, struct radius_value *signature,
		     const uint8_t *packet, size_t len)
{
	size_t at;

	for (at = RADIUS_HEADER_LEN; at < len; at += packet[at + 1]) {
		if (len - at < ATTRIBUTE_HEADER || packet[at + 1] < ATTRIBUTE_HEADER ||
		    packet[at + 1] > len - at)
			return false;
		if (!take(response, signature, packet[at], packet + at + ATTRIBUTE_HEADER,
			  packet[at + 1] - ATTRIBUTE_HEADER))
			return false;
	}
	return true;
}

/*
 * Both digests are over the packet with the request's authenticator in place
 * of its own: RFC 2865 3 and RFC 3579 3.2.
 */
static enum radius_drop verify(const uint8_t *packet, size_t len,
			       const uint8_t authenticator[RADIUS_AUTHENTICATOR_LEN],
			       const struct radius_value *signature,
			       const struct radius_secret *secret, bool strict)
{
	uint8_t copy[RADIUS_PACKET_MAX + RADIUS_SECRET_MAX], digest[MD5_LEN];
	bool right;

	memcpy(copy, packet, len);
	memcpy(copy + AUTHENTICATOR_OFFSET, authenticator, RADIUS_AUTHENTICATOR_LEN);
	memcpy(copy + len, secret->data, secret->len);
	right = md5(copy, len + secret->len, digest) &&
		!CRYPTO_memcmp(digest, packet + AUTHENTICATOR_OFFSET, MD5_LEN);
	OPENSSL_cleanse(copy + len, secret->len);
	if (!right)
		return RADIUS_DROP_RESPONSE_AUTHENTICATOR;

	if (!signature->len)
		return strict ? RADIUS_DROP_NO_MESSAGE_AUTHENTICATOR : RADIUS_DROP_NONE;
	memset(copy + (signature->data - packet), 0, SIGNATURE_LEN);
	if (!hmac_md5(secret, copy, len, digest) ||
	    CRYPTO_memcmp(digest, signature->data, SIGNATURE_LEN))
		return RADIUS_DROP_MESSAGE_AUTHENTICATOR;
	return RADIUS_DROP_NONE;
}

enum radius_drop radius_response_parse(struct radius_response *response, const uint8_t *packet,
				       size_t size,
				       const uint8_t authenticator[RADIUS_AUTHENTICATOR_LEN],
				       const struct radius_secret *secret, bool strict)
{
	struct radius_value signature = { 0 };
	size_t len;

	/* All but the room for EAP, of which eap_len tells what counts. */
	memset(response, 0, offsetof(struct radius_response, eap));

	if (size < RADIUS_HEADER_LEN)
		return RADIUS_DROP_TOO_SHORT;
	/* RFC 2865 3: what is beyond the length is padding */
	len = get_be16(packet + LENGTH_OFFSET);
	if (len < RADIUS_HEADER_LEN || len > RADIUS_PACKET_MAX || len > size)
		return RADIUS_DROP_LENGTH;

	response->code = packet[0];
	if (response->code != RADIUS_ACCESS_ACCEPT && response->code != RADIUS_ACCESS_REJECT &&
	    response->code != RADIUS_ACCESS_CHALLENGE)
		return RADIUS_DROP_CODE;
	if (!take_all(response, &signature, packet, len))
		return RADIUS_DROP_ATTRIBUTE;
	return verify(packet, len, authenticator, &signature, secret, strict);
}

const char *radius_drop_text(enum radius_drop drop)
{
	static const char *const texts[] = {
		[RADIUS_DROP_NONE] = "it is good",
#define RADIUS_DROP_TEXT(name, json, text) [RADIUS_DROP_##name] = text,
		RADIUS_DROPS(RADIUS_DROP_TEXT)
#undef RADIUS_DROP_TEXT
	};

	return texts[drop];
}
