// SPDX-License-Identifier: GPL-2.0
/*
 * EAP packets. Nothing here knows what is right but the digest.
 */
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include "eap.h"

/* The packet's length */
size_t eap_build(uint8_t *to, uint8_t code, uint8_t id, const void *data, size_t len)
{
	size_t total = EAP_HLEN + len;

	to[0] = code;
	to[1] = id;
	to[2] = total >> 8;
	to[3] = total;
	memcpy(to + EAP_HLEN, data, len);
	return total;
}

/* RFC 3748 5.4, RFC 1994 4.1: the digest of identifier, secret and challenge */
void eap_md5(uint8_t digest[EAP_MD5_LEN], uint8_t id, const char *password,
	     const uint8_t *challenge, size_t len)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	EVP_DigestInit_ex(ctx, EVP_md5(), NULL);
	EVP_DigestUpdate(ctx, &id, 1);
	EVP_DigestUpdate(ctx, password, strlen(password));
	EVP_DigestUpdate(ctx, challenge, len);
	EVP_DigestFinal_ex(ctx, digest, NULL);
	EVP_MD_CTX_free(ctx);
}

/* How many bytes; what is no pair of digits ends it */
size_t hex_read(const char *text, uint8_t *to, size_t size)
{
	size_t n;

	for (n = 0; n < size && sscanf(text + 2 * n, "%2hhx", to + n) == 1; n++)
		if (!text[2 * n + 1])
			break;
	return n;
}
