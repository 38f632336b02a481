/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where a session lives. bfdd names at most a device, which can be a VRF's own,
 * and says nothing of the VRF of a multihop session: that of the device that has
 * its local address must do.
 */
#ifndef BFD_FRRD_PLACE_H
#define BFD_FRRD_PLACE_H

#include <net/if.h>
#include <stdbool.h>

#include "kernel.h"

/* What bfd.ko is to be told; "": none. */
struct place {
	char ifname[IFNAMSIZ];
	char vrf[IFNAMSIZ];
};

/* False: not to be known yet, because no device has the local address. */
bool place_find(const struct session_key *key, struct place *place);

#endif /* BFD_FRRD_PLACE_H */
