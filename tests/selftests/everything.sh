#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.1 icount shift=2 timeout=1800
# lab: kernel=6.12 icount shift=2 timeout=1800 full
# lab: kernel=debug cpus=2 timeout=3300 full
#
# Every selftest of bfd.ko but bfd_unload.sh, in one guest: booting takes longer than
# some of them. On the stock kernels time is exact, so waiting is free, and there is one
# CPU; bfd_hotplug.sh has guests of its own there. Here in the debug kernel is what
# lifetimes.sh has not got, and newer.sh has those that 6.12 must see. Each can be run
# alone:
#
#	tests/vm/run --kernel debug tests/selftests/bfd_wire.sh

cd "$(dirname "$0")" || exit
tests=(bfd_wire bfd_auth bfd_match bfd_netdev bfd_reroute)
# What is all about times is too short for a slow kernel, or takes minutes there
[[ $KERNEL = debug ]] || tests+=(bfd_netlink bfd_storm bfd_hotplug bfd_trace bfd_optimized
	bfd_demand bfd_sbfd bfd_unsolicited bfd_seen bfd_damp bfd_large bfd_vxlan bfd_geneve
	bfd_lost bfd_echo bfd_unaffiliated bfd_kfunc bfd_micro bfd_lag)
. ./in_one_guest.sh
