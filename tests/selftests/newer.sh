#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.12 icount shift=2 timeout=1800
#
# The selftests of bfd.ko that meet the kernel's own: its hooks, devices, routes, tunnels,
# LAGs and BPF, which are not the same on the newer one. All others, which see little but
# ourselves, are run there by everything.sh, where time is no matter.

cd "$(dirname "$0")" || exit
tests=(bfd_wire bfd_match bfd_netdev bfd_reroute bfd_netlink bfd_trace bfd_unsolicited
	bfd_vxlan bfd_geneve bfd_echo bfd_unaffiliated bfd_kfunc bfd_micro bfd_lag)
. ./in_one_guest.sh
