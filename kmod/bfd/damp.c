// SPDX-License-Identifier: GPL-2.0
/*
 * Flap damping; see damp.h.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/time64.h>
#include "damp.h"

static u32 longest_us(const struct bfd_damp_config *config)
{
	return max(config->hold_up_us, config->hold_up_max_us);
}

/**
 * bfd_damp_configure() - take what the administrator chose
 * @damp: zeroed, or in use
 * @config: checked: hold_up_max_us is 0, or not less than hold_up_us, which is not 0
 *
 * What flaps have cost so far is kept within the new bounds.
 */
void bfd_damp_configure(struct bfd_damp *damp, const struct bfd_damp_config *config)
{
	damp->config = *config;
	damp->hold_us = clamp(damp->hold_us, config->hold_up_us, longest_us(config));
}
EXPORT_SYMBOL_IF_KUNIT(bfd_damp_configure);

/**
 * bfd_damp_up() - the session has come Up
 * @damp: its damping
 * @now: the present
 */
void bfd_damp_up(struct bfd_damp *damp, u64 now)
{
	damp->up_ns = now;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_damp_up);

/**
 * bfd_damp_flap() - the path of a session that was Up is lost
 * @damp: its damping
 * @now: the present
 *
 * Who was Up for the longest time is forgiven what was before. Not to be called for
 * AdminDown, of either end: that is no flap.
 */
void bfd_damp_flap(struct bfd_damp *damp, u64 now)
{
	u64 longest_ns = (u64)longest_us(&damp->config) * NSEC_PER_USEC;

	if (now - damp->up_ns >= longest_ns)
		damp->hold_us = damp->config.hold_up_us;
	else
		damp->hold_us = min_t(u64, 2ULL * damp->hold_us, longest_us(&damp->config));
}
EXPORT_SYMBOL_IF_KUNIT(bfd_damp_flap);

/**
 * bfd_damp_until_ns() - when it may be told that the session is Up
 * @damp: of a session that is
 *
 * Return: a time that may be past.
 */
u64 bfd_damp_until_ns(const struct bfd_damp *damp)
{
	return damp->up_ns + (u64)damp->hold_us * NSEC_PER_USEC;
}
EXPORT_SYMBOL_IF_KUNIT(bfd_damp_until_ns);
