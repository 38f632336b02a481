// SPDX-License-Identifier: GPL-2.0
/*
 * The Reauthentication Timer machine, 802.1X-2004 8.2.8, and Controlled
 * Directions, 8.2.10. Pure; see pacp.h.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/types.h>
#include <linux/dot1x.h>
#include "pacp.h"

/**
 * dot1x_reauth_step() - at most one transition of the Reauthentication Timer
 * @p: the client's machines
 * @config: the port's configuration
 * @now: ms
 *
 * INITIALIZE holds reAuthWhen at reAuthPeriod while there is nothing to renew:
 * here it does not run then. REAUTHENTICATE lasts no time.
 *
 * Return: true if anything changed.
 */
bool dot1x_reauth_step(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now)
{
	bool runs = p->reauth_when != DOT1X_NEVER;

	if (config->control != DOT1X_CONTROL_AUTO || p->initialize ||
	    p->port_status == DOT1X_PORT_UNAUTHORIZED || !config->reauth_period_ms) {
		p->reauth_when = DOT1X_NEVER;
		return runs;
	}
	if (runs && now < p->reauth_when)
		return false;
	if (runs)
		p->reauthenticate = true;
	p->reauth_when = now + config->reauth_period_ms;
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_reauth_step);

/**
 * dot1x_oper_direction() - operControlledDirections, 802.1X-2004 8.2.10
 * @admin_direction: adminControlledDirections, enum dot1x_direction
 * @port_enabled: portEnabled
 *
 * Deviation: a port that goes to a bridge is not found out (bridgeDetected);
 * who sets "in" on one answers for it.
 *
 * Return: enum dot1x_direction; FORCE_BOTH while the port is not enabled.
 */
u8 dot1x_oper_direction(u8 admin_direction, bool port_enabled)
{
	return port_enabled ? admin_direction : DOT1X_DIRECTION_BOTH;
}
EXPORT_SYMBOL_IF_KUNIT(dot1x_oper_direction);
