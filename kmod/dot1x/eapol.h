/* SPDX-License-Identifier: GPL-2.0 */
/*
 * EAPOL and EAP headers: bytes to struct and back. IEEE 802.1X-2004 7.5,
 * 802.1X-2010 11.3, RFC 3748 4. Pure: no clock, no lock, no I/O.
 */
#ifndef _DOT1X_EAPOL_H
#define _DOT1X_EAPOL_H

#include <linux/types.h>

#define DOT1X_EAPOL_HLEN	4	/* version, type, body length */
#define DOT1X_EAP_HLEN		4	/* code, identifier, length */
#define DOT1X_EAPOL_VERSION	2	/* what we send, 802.1X-2004 7.5.3 */
#define DOT1X_IDENTITY_REQUEST_LEN (DOT1X_EAPOL_HLEN + DOT1X_EAP_HLEN + 1)

/* 802.1X-2004 7.5.4, 802.1X-2010 11.3.2 */
enum dot1x_eapol_type {
	DOT1X_EAPOL_PACKET,
	DOT1X_EAPOL_START,
	DOT1X_EAPOL_LOGOFF,
	DOT1X_EAPOL_KEY,
	DOT1X_EAPOL_ASF_ALERT,
	DOT1X_EAPOL_MKA,
	DOT1X_EAPOL_ANNOUNCEMENT,
	DOT1X_EAPOL_ANNOUNCEMENT_SPECIFIC,
	DOT1X_EAPOL_ANNOUNCEMENT_REQ,

	__DOT1X_EAPOL_MAX
};

/* RFC 3748 4 */
enum dot1x_eap_code {
	DOT1X_EAP_REQUEST = 1,
	DOT1X_EAP_RESPONSE,
	DOT1X_EAP_SUCCESS,
	DOT1X_EAP_FAILURE,
};

#define DOT1X_EAP_TYPE_IDENTITY	1	/* RFC 3748 5.1 */

/**
 * struct dot1x_eap - the header of an EAP packet
 * @code: enum dot1x_eap_code
 * @identifier: matches responses to requests
 * @type: first byte of the data of a request or response, else 0
 * @len: Length field, header included
 */
struct dot1x_eap {
	u8 code;
	u8 identifier;
	u8 type;
	u16 len;
};

/**
 * struct dot1x_eapol - an EAPOL frame, after the Ethernet header
 * @version: protocol version, 1 or more; all are read alike (7.5.7)
 * @type: enum dot1x_eapol_type
 * @eap: valid when @type is DOT1X_EAPOL_PACKET
 * @eap_off: where the EAP packet begins in the frame
 */
struct dot1x_eapol {
	u8 version;
	u8 type;
	struct dot1x_eap eap;
	u16 eap_off;
};

int dot1x_eapol_parse(struct dot1x_eapol *eapol, const u8 *data, size_t len);
int dot1x_eap_parse(struct dot1x_eap *eap, const u8 *data, size_t len);
void dot1x_eapol_header(u8 *to, u8 type, u16 body_len);
void dot1x_eap_header(u8 *to, u8 code, u8 identifier, u16 len);
void dot1x_identity_request(u8 to[DOT1X_IDENTITY_REQUEST_LEN], u8 identifier);

#endif /* _DOT1X_EAPOL_H */
