#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.1 icount shift=2 timeout=900
#
# A slow CPU that BFD alone keeps busy for most of its time, and four processes that
# want the rest: softirqs are interrupted by the next slot's timer all the time, and end
# early because the scheduler waits. Still every slot is served in time.

. "$(dirname "$0")/lib.sh"

N=650

# Slots that were late
late()
{
	for side in 0 1; do
		bfdctl -n "a$side" -j stats
	done | grep -o '"late-slot":[0-9]*' | awk -F: '{ n += $2 } END { print n + 0 }'
}

# Packets that found the backlog of the one CPU full
lost()
{
	local dropped rest

	read -r rest dropped rest < /proc/net/softnet_stat
	echo $((0x$dropped))
}

pair a $N
ours a $N 50
pass_time 10
result "$(ours_up a) == 2 * N" "$N sessions are up"
late_before=$(late)
lost_before=$(lost)
downs_before=$(ours_downs a)
read -r elapsed busy_ns packets < <(ip netns exec a0 busy 5 v)
say "$packets packets in 5 s take $((busy_ns * 100 / elapsed)) % of the CPU"
hog 4 &
pass_time 10
kill %hog
pass_time 1
result "$(late) == late_before" "no slot is served late"
result "$(lost) == lost_before" "no packet is lost"
result "$(ours_downs a) == downs_before" "none of them flapped"
finish
