// SPDX-License-Identifier: GPL-2.0
/*
 * EAPOL and EAP headers: bytes <-> struct. The rules that need no client are
 * here: 802.1X-2004 7.5, RFC 3748 4; those that do are in pacp.c.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/types.h>
#include <linux/dot1x.h>
#include "compat.h"
#include "eapol.h"

/**
 * dot1x_eap_parse() - read and check the header of an EAP packet
 * @eap: result, valid when 0 is returned
 * @data: the packet
 * @len: of @data in bytes; may exceed the packet's own Length
 *
 * Context: any.
 * Return: 0, or the enum dot1x_counter that says why it must be discarded.
 */
int dot1x_eap_parse(struct dot1x_eap *eap, const u8 *data, size_t len)
{
	if (len < DOT1X_EAP_HLEN)
		return DOT1X_COUNTER_LENGTH_ERROR_RX;
	eap->code = data[0];
	eap->identifier = data[1];
	eap->len = get_unaligned_be16(data + 2);
	eap->type = 0;

	/* RFC 3748 4.1: what goes beyond Length is padding; a packet that is
	 * shorter must be discarded.
	 */
	if (eap->len < DOT1X_EAP_HLEN || eap->len > len || eap->len > DOT1X_EAP_MAX)
		return DOT1X_COUNTER_LENGTH_ERROR_RX;

	switch (eap->code) {
	case DOT1X_EAP_REQUEST:
	case DOT1X_EAP_RESPONSE:
		/* RFC 3748 4.1: Type is always there */
		if (eap->len == DOT1X_EAP_HLEN)
			return DOT1X_COUNTER_LENGTH_ERROR_RX;
		eap->type = data[DOT1X_EAP_HLEN];
		return 0;
	case DOT1X_EAP_SUCCESS:
	case DOT1X_EAP_FAILURE:
		/* RFC 3748 4.2: "Length: 4" */
		return eap->len == DOT1X_EAP_HLEN ? 0 : DOT1X_COUNTER_LENGTH_ERROR_RX;
	default:
		/* RFC 3748 4: "packets with other codes MUST be silently discarded" */
		return DOT1X_COUNTER_DROP_EAP_CODE;
	}
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_eap_parse);

/**
 * dot1x_eapol_parse() - read and check a supplicant's frame
 * @eapol: result, valid when 0 is returned
 * @data: what follows the Ethernet header
 * @len: its length in bytes, padding included
 *
 * Context: any.
 * Return: 0, or the enum dot1x_counter that says why it must be discarded.
 */
int dot1x_eapol_parse(struct dot1x_eapol *eapol, const u8 *data, size_t len)
{
	unsigned int body_len;
	int drop;

	if (len < DOT1X_EAPOL_HLEN)
		return DOT1X_COUNTER_LENGTH_ERROR_RX;
	/* 802.1X-2004 7.5.7: versions above ours are read like ours */
	if (!data[0])
		return DOT1X_COUNTER_DROP_EAPOL_VERSION;
	/* 802.1X-2004 7.5.7: Packet Types a port of our role does not take */
	if (data[1] >= __DOT1X_EAPOL_MAX)
		return DOT1X_COUNTER_INVALID_RX;
	if (data[1] > DOT1X_EAPOL_LOGOFF)
		return DOT1X_COUNTER_DROP_EAPOL_TYPE;
	/* 802.1X-2004 7.5.5: the body is within the frame; padding follows */
	body_len = get_unaligned_be16(data + 2);
	if (body_len > len - DOT1X_EAPOL_HLEN)
		return DOT1X_COUNTER_LENGTH_ERROR_RX;

	eapol->version = data[0];
	eapol->type = data[1];
	eapol->eap_off = DOT1X_EAPOL_HLEN;
	if (eapol->type != DOT1X_EAPOL_PACKET)
		return 0;
	drop = dot1x_eap_parse(&eapol->eap, data + DOT1X_EAPOL_HLEN, body_len);
	if (drop)
		return drop;
	/* RFC 3748 2.3: a pass-through authenticator takes Responses only */
	return eapol->eap.code == DOT1X_EAP_RESPONSE ? 0 : DOT1X_COUNTER_DROP_EAP_CODE;
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_eapol_parse);

/**
 * dot1x_eapol_header() - write an EAPOL header, 802.1X-2004 7.5
 * @to: room for DOT1X_EAPOL_HLEN bytes
 * @type: enum dot1x_eapol_type
 * @body_len: Packet Body Length
 *
 * Context: any.
 */
void dot1x_eapol_header(u8 *to, u8 type, u16 body_len)
{
	to[0] = DOT1X_EAPOL_VERSION;
	to[1] = type;
	put_unaligned_be16(body_len, to + 2);
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_eapol_header);

/**
 * dot1x_eap_header() - write an EAP header, RFC 3748 4
 * @to: room for DOT1X_EAP_HLEN bytes
 * @code: enum dot1x_eap_code
 * @identifier: Identifier
 * @len: Length, header included
 *
 * Context: any.
 */
void dot1x_eap_header(u8 *to, u8 code, u8 identifier, u16 len)
{
	to[0] = code;
	to[1] = identifier;
	put_unaligned_be16(len, to + 2);
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_eap_header);

/**
 * dot1x_identity_request() - write an EAP-Request/Identity, RFC 3748 5.1
 * @to: the frame, after the Ethernet header
 * @identifier: Identifier
 *
 * Context: any.
 */
void dot1x_identity_request(u8 to[DOT1X_IDENTITY_REQUEST_LEN], u8 identifier)
{
	u16 len = DOT1X_IDENTITY_REQUEST_LEN - DOT1X_EAPOL_HLEN;

	dot1x_eapol_header(to, DOT1X_EAPOL_PACKET, len);
	dot1x_eap_header(to + DOT1X_EAPOL_HLEN, DOT1X_EAP_REQUEST, identifier, len);
	to[DOT1X_EAPOL_HLEN + DOT1X_EAP_HLEN] = DOT1X_EAP_TYPE_IDENTITY;
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_identity_request);
