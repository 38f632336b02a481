// SPDX-License-Identifier: GPL-2.0
/*
 * The hash call: MD5 and SHA1 by the kernel's crypto API, which has no library
 * function for the first. A transform has no state of its own, so one of each
 * serves every session; it is had when the first key needs it, where it may
 * sleep and may be refused, and kept.
 */
#include <crypto/hash.h>
#include <kunit/visibility.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/mutex.h>
#include <linux/bfd.h>
#include "digest.h"

enum { MD5, SHA1, DIGESTS };

static const char * const names[DIGESTS] = { "md5", "sha1" };
static struct crypto_shash *shash[DIGESTS];
static DEFINE_MUTEX(prepare_lock);	/* writers of shash[] */

static unsigned int digest_of(u8 type)
{
	return type == BFD_AUTH_SHA1 || type == BFD_AUTH_METICULOUS_SHA1 ||
	       type == BFD_AUTH_OPTIMIZED_SHA1 ? SHA1 : MD5;
}

/**
 * bfd_digest_prepare() - make sure that keys of a type can be used
 * @type: enum bfd_auth_type
 *
 * Context: process, may sleep.
 * Return: 0 or -errno: this kernel cannot, or does not want to.
 */
int bfd_digest_prepare(u8 type)
{
	unsigned int i = digest_of(type);
	struct crypto_shash *tfm;
	int err = 0;

	if (type == BFD_AUTH_SIMPLE || type == BFD_AUTH_NULL)
		return 0;
	mutex_lock(&prepare_lock);
	if (!shash[i]) {
		tfm = crypto_alloc_shash(names[i], 0, 0);
		if (IS_ERR(tfm))
			err = PTR_ERR(tfm);
		else
			shash[i] = tfm;
	}
	mutex_unlock(&prepare_lock);
	return err;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_digest_prepare);

/**
 * bfd_digest() - compute one
 * @type: enum bfd_auth_type, prepared; not a password
 * @data: what of
 * @len: its bytes
 * @out: BFD_MD5_LEN or BFD_SHA1_LEN bytes
 *
 * Context: any but hard irq.
 * Return: 0 or -errno, which no digest of this kernel ever gives.
 */
int bfd_digest(u8 type, const void *data, unsigned int len, u8 *out)
{
	return crypto_shash_tfm_digest(shash[digest_of(type)], data, len, out);
}
EXPORT_SYMBOL_IF_KUNIT(bfd_digest);

/**
 * bfd_digest_exit() - give the transforms back; no session is left
 *
 * Context: process.
 */
void bfd_digest_exit(void)
{
	unsigned int i;

	for (i = 0; i < DIGESTS; i++)
		crypto_free_shash(shash[i]);
}
