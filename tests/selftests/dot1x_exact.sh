#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=debug icount shift=0 timeout=3000 full
#
# The selftests of dot1x.ko and dot1xd that lifetimes.sh does not run in the debug kernel,
# but dot1x_flood.sh, which takes minutes there: in time that is exact, where a kernel ten times
# slower than others has ten times as long.

cd "$(dirname "$0")" || exit
tests=(dot1x_eapol dot1x_hosts dot1x_holes dot1x_leak dot1xd)
. ./in_one_guest.sh
