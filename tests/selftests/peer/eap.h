/* SPDX-License-Identifier: GPL-2.0 */
/*
 * EAP (RFC 3748) as far as the scripted supplicant and the scripted agent need it.
 */
#ifndef _PEER_EAP_H
#define _PEER_EAP_H

#include <stddef.h>
#include <stdint.h>

#define EAP_REQUEST	1
#define EAP_RESPONSE	2
#define EAP_SUCCESS	3
#define EAP_FAILURE	4

#define EAP_IDENTITY	1
#define EAP_NAK		3
#define EAP_MD5		4

#define EAP_HLEN	4
#define EAP_MAX		1500
#define EAP_MD5_LEN	16

size_t eap_build(uint8_t *to, uint8_t code, uint8_t id, const void *data, size_t len);
void eap_md5(uint8_t digest[EAP_MD5_LEN], uint8_t id, const char *password,
	     const uint8_t *challenge, size_t len);
size_t hex_read(const char *text, uint8_t *to, size_t size);

#endif /* _PEER_EAP_H */
