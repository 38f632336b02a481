#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=debug cpus=2 timeout=3000
#
# The selftests of both modules that allocate, free, fail to, unload and let others die
# most, where the debug kernel sees it, on two CPUs, in one guest: to boot it and to look
# for leaks afterwards takes two minutes. Its other selftests are in everything.sh and
# dot1x_exact.sh.

cd "$(dirname "$0")" || exit
tests=(bfd_netlink bfd_storm bfd_hotplug bfd_trace bfd_failnth bfd_unload dot1x_netlink
	dot1x_port dot1x_agent dot1x_failnth)
. ./in_one_guest.sh
