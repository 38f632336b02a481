#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every selftest of dot1x.ko in one guest, as everything.sh is for bfd.ko. Each can be
# run alone:
#
#	tests/vm/run --kernel debug tests/selftests/dot1x_port.sh

cd "$(dirname "$0")" || exit
tests=(dot1x_netlink dot1x_port dot1x_eapol dot1x_agent dot1x_hosts dot1x_holes dot1x_flood
	dot1x_leak dot1x_failnth)
. ./in_one_guest.sh
