// SPDX-License-Identifier: GPL-2.0
/*
 * Any frame after its Ethernet header: it is taken if and only if 802.1X-2004
 * 7.5 and RFC 3748 4 let it, and nothing beyond what it says is looked at.
 */
#include <linux/dot1x.h>
#include <dot1x/eapol.h>
#include <string.h>
#include "fuzz.h"

static unsigned int be16(const u8 *p)
{
	return p[0] * 256 + p[1];
}

/* The standards' sentences, in bytes */
static bool eap_fits(const u8 *p, size_t size)
{
	unsigned int len;

	if (size < 4)
		return false;
	len = be16(p + 2);
	if (len < 4 || len > size || len > 1500)
		return false;
	if (p[0] == 1 || p[0] == 2)
		return len > 4;
	return (p[0] != 3 && p[0] != 4) || len == 4;
}

static int expected(const u8 *p, size_t size)
{
	if (size < 4)
		return DOT1X_COUNTER_LENGTH_ERROR_RX;
	if (!p[0])
		return DOT1X_COUNTER_DROP_EAPOL_VERSION;
	if (p[1] > 8)
		return DOT1X_COUNTER_INVALID_RX;
	if (p[1] > 2)
		return DOT1X_COUNTER_DROP_EAPOL_TYPE;
	if (be16(p + 2) > size - 4)
		return DOT1X_COUNTER_LENGTH_ERROR_RX;
	if (p[1])
		return 0;
	if (!eap_fits(p + 4, be16(p + 2)))
		return DOT1X_COUNTER_LENGTH_ERROR_RX;
	return p[4] == 2 ? 0 : DOT1X_COUNTER_DROP_EAP_CODE;
}

/* What was taken can be written back */
static void must_be_written_alike(const struct dot1x_eapol *eapol, const u8 *data)
{
	u8 again[DOT1X_EAPOL_HLEN + DOT1X_EAP_HLEN];

	dot1x_eapol_header(again, eapol->type, be16(data + 2));
	must(again[0] == DOT1X_EAPOL_VERSION);
	must(!memcmp(again + 1, data + 1, DOT1X_EAPOL_HLEN - 1));
	if (eapol->type != DOT1X_EAPOL_PACKET)
		return;
	must(eapol->eap_off == DOT1X_EAPOL_HLEN);
	must(eapol->eap.type == data[DOT1X_EAPOL_HLEN + DOT1X_EAP_HLEN]);
	dot1x_eap_header(again + DOT1X_EAPOL_HLEN, eapol->eap.code, eapol->eap.identifier,
			 eapol->eap.len);
	must(!memcmp(again + DOT1X_EAPOL_HLEN, data + eapol->eap_off, DOT1X_EAP_HLEN));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct dot1x_eapol eapol;
	struct dot1x_eap eap;
	int drop;

	drop = dot1x_eapol_parse(&eapol, data, size);
	must(drop == expected(data, size));
	if (!drop) {
		must(eapol.version == data[0]);
		must_be_written_alike(&eapol, data);
	}

	/* An agent's packet, bare */
	drop = dot1x_eap_parse(&eap, data, size);
	must(!drop == (eap_fits(data, size) && data[0] >= 1 && data[0] <= 4));
	must(drop || eap.len <= size);
	return 0;
}
