#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.1,6.12,debug cpus=2 timeout=2700
#
# Every selftest but bfd_unload.sh, in one guest: booting, and looking for leaks
# afterwards, takes longer than most of them. Each can be run alone:
#
#	tests/vm/run --kernel debug tests/selftests/bfd_wire.sh

cd "$(dirname "$0")" || exit
tests=(bfd_netlink bfd_wire bfd_netdev bfd_storm bfd_hotplug bfd_trace bfd_failnth)
n=0 bad=0

echo "TAP version 13"
echo "1..${#tests[@]}"
for name in "${tests[@]}"; do
	start=$SECONDS
	"./$name.sh" | sed 's/^/    /'
	rc=${PIPESTATUS[0]}
	((++n))
	[[ $rc = 0 ]] || { echo -n "not "; ((++bad)); }
	echo "ok $n - $name # $((SECONDS - start)) s"
done
[[ $bad = 0 ]]
