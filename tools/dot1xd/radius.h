/* SPDX-License-Identifier: GPL-2.0 */
/*
 * RADIUS packets <-> structs: RFC 2865, with EAP as in RFC 3579.
 *
 * Pure: no I/O, no clock, no state, no memory but the caller's. MD5 and
 * HMAC-MD5 are libcrypto's.
 */
#ifndef DOT1XD_RADIUS_H
#define DOT1XD_RADIUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RADIUS_HEADER_LEN		20
#define RADIUS_PACKET_MAX		4096	/* RFC 2865 3 */
#define RADIUS_AUTHENTICATOR_LEN	16
#define RADIUS_VALUE_MAX		253	/* of one attribute, RFC 2865 5 */
#define RADIUS_PASSWORD_MAX		128	/* RFC 2865 5.2 */
#define RADIUS_SECRET_MAX		255

enum radius_code {
	RADIUS_ACCESS_REQUEST	= 1,
	RADIUS_ACCESS_ACCEPT	= 2,
	RADIUS_ACCESS_REJECT	= 3,
	RADIUS_ACCESS_CHALLENGE	= 11,
};

enum radius_type {
	RADIUS_USER_NAME		= 1,
	RADIUS_USER_PASSWORD		= 2,
	RADIUS_NAS_IP_ADDRESS		= 4,
	RADIUS_NAS_PORT			= 5,
	RADIUS_SERVICE_TYPE		= 6,
	RADIUS_FRAMED_MTU		= 12,
	RADIUS_STATE			= 24,
	RADIUS_CLASS			= 25,
	RADIUS_SESSION_TIMEOUT		= 27,
	RADIUS_TERMINATION_ACTION	= 29,
	RADIUS_CALLED_STATION_ID	= 30,
	RADIUS_CALLING_STATION_ID	= 31,
	RADIUS_NAS_IDENTIFIER		= 32,
	RADIUS_NAS_PORT_TYPE		= 61,
	RADIUS_EAP_MESSAGE		= 79,	/* RFC 3579 3.1 */
	RADIUS_MESSAGE_AUTHENTICATOR	= 80,	/* RFC 3579 3.2 */
	RADIUS_NAS_PORT_ID		= 87,	/* RFC 2869 5.17 */
	RADIUS_NAS_IPV6_ADDRESS		= 95,	/* RFC 3162 2.1 */
	RADIUS_ERROR_CAUSE		= 101,	/* RFC 5176 3.5, for RFC 3579 2.2 */
};

#define RADIUS_SERVICE_FRAMED		2
#define RADIUS_SERVICE_CALL_CHECK	10
#define RADIUS_PORT_ETHERNET		15
#define RADIUS_TERMINATION_REQUEST	1
#define RADIUS_CAUSE_EAP_IGNORED	202	/* RFC 3579 2.2 */

/* Why a response was not taken: X(NAME, "json-name", "text"). */
#define RADIUS_DROPS(X)							\
	X(TOO_SHORT, "drop-too-short", "it is shorter than a RADIUS packet") \
	X(LENGTH, "drop-length", "its length field does not fit what came") \
	X(CODE, "drop-code", "it answers no Access-Request")		\
	X(ATTRIBUTE, "drop-attribute",					\
	  "an attribute has a wrong length, or is there twice")		\
	X(RESPONSE_AUTHENTICATOR, "drop-response-authenticator",	\
	  "its Response Authenticator is wrong (is the secret the same there?)") \
	X(NO_MESSAGE_AUTHENTICATOR, "drop-no-message-authenticator",	\
	  "it has no Message-Authenticator (CVE-2024-3596); update or configure the server") \
	X(MESSAGE_AUTHENTICATOR, "drop-message-authenticator",		\
	  "its Message-Authenticator is wrong")

/* 0 is none. */
enum radius_drop {
	RADIUS_DROP_NONE,
#define RADIUS_DROP_ENUM(name, json, text) RADIUS_DROP_##name,
	RADIUS_DROPS(RADIUS_DROP_ENUM)
#undef RADIUS_DROP_ENUM
};

struct radius_secret {
	uint8_t data[RADIUS_SECRET_MAX];
	uint8_t len;
};

/*
 * An Access-Request being written. Sealed, it is a packet for one server; it
 * can be sealed again for another.
 */
struct radius_request {
	uint8_t data[RADIUS_PACKET_MAX];
	size_t len;
	bool overflow;		/* something did not fit: the request is of no use */
};

/* A value inside a packet; no bytes: it is absent. */
struct radius_value {
	const uint8_t *data;
	uint8_t len;
};

/* A response that was verified. Values point into the packet it came from. */
struct radius_response {
	uint8_t code;
	struct radius_value user_name;
	struct radius_value state;
	struct radius_value class;	/* the first of them */
	bool has_session_timeout;
	uint32_t session_timeout;	/* seconds */
	uint32_t termination_action;
	uint32_t error_cause;
	size_t eap_len;			/* 0: no EAP, or nothing in it */
	uint8_t eap[RADIUS_PACKET_MAX];
};

/* False if libcrypto will not do MD5, without which there is no RADIUS. */
bool radius_is_possible(void);

/*
 * Begins a request: the header, room for the Message-Authenticator, which is
 * first so that no prefix of the packet can be chosen (CVE-2024-3596), and,
 * unless NULL, for @password.
 */
void radius_request_begin(struct radius_request *request, const char *password);

/* Appends an attribute. No bytes, no attribute. */
void radius_put(struct radius_request *request, uint8_t type, const void *value, size_t len);
void radius_put_u32(struct radius_request *request, uint8_t type, uint32_t value);

/* Appends an EAP packet, in as many attributes as it needs. */
void radius_put_eap(struct radius_request *request, const uint8_t *eap, size_t len);

/*
 * Makes @packet, the @len bytes of a request, one for the server that has
 * @secret: identifier, authenticator, the password of its beginning hidden,
 * and signed. False if libcrypto has no MD5.
 */
bool radius_request_seal(uint8_t *packet, size_t len, uint8_t id,
			 const uint8_t authenticator[RADIUS_AUTHENTICATOR_LEN],
			 const char *password, const struct radius_secret *secret);

/*
 * Reads and verifies what came in answer to the request with @authenticator.
 * @strict: it must have a Message-Authenticator; one that is there must be
 * right in any case.
 */
enum radius_drop radius_response_parse(struct radius_response *response, const uint8_t *packet,
				       size_t size,
				       const uint8_t authenticator[RADIUS_AUTHENTICATOR_LEN],
				       const struct radius_secret *secret, bool strict);

const char *radius_drop_text(enum radius_drop drop);

#endif /* DOT1XD_RADIUS_H */
