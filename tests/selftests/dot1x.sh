#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.1,6.12 icount shift=2 timeout=1800
#
# The selftests of dot1x.ko and dot1xd in one guest, as everything.sh is for bfd.ko, in
# time that is exact. In the debug kernel lifetimes.sh and dot1x_exact.sh run them. Each
# can be run alone:
#
#	tests/vm/run --kernel debug tests/selftests/dot1x_port.sh

cd "$(dirname "$0")" || exit
tests=(dot1x_netlink dot1x_port dot1x_eapol dot1x_agent dot1x_hosts dot1x_holes dot1x_flood
	dot1x_leak dot1x_failnth dot1xd)
. ./in_one_guest.sh
