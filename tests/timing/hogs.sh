#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.1 icount shift=2 timeout=1500
#
# hogs.sh [SECONDS]: so many seconds (120) at 3 x 10 ms on a CPU that is never idle: beside
# four ordinary busy loops, then beside four of SCHED_FIFO 50. Our session must not flap;
# those of FRR and BIRD run beside it, and what becomes of them is told. Then the wire is
# cut, under the hogs.

. "$(dirname "$0")/lib.sh"

SECONDS_EACH=${1:-120}
CUTS=20

start_all()
{
	pair a 1
	pair b 1
	pair c 1
	ours a 1 10
	bird b 1 10
	frr c 1 10
	pass_time 20
	result "$(ours_up a) == 2" "our session is up before any load"
}

# with_hogs NAME ARGS...: SECONDS_EACH of it
with_hogs()
{
	local name=$1 ours_before bird_before frr_before pid
	shift

	ours_before=$(ours_downs a)
	bird_before=$(bird_downs b)
	frr_before=$(frr_downs c)
	hog "$@" &
	pid=$!
	pass_time "$SECONDS_EACH"
	kill "$pid"
	pass_time 1
	result "$(ours_downs a) == ours_before" "no flap in $SECONDS_EACH s beside $name"
	say "beside $name, Down events at both ends: bfd.ko $(($(ours_downs a) - ours_before))," \
		"BIRD $(($(bird_downs b) - bird_before)), FRR $(($(frr_downs c) - frr_before))"
	pass_time 10
}

# The hogs leave 5 % to others; the one who cuts stands above them
cuts_under_hogs()
{
	local pid

	bfdctl -n a0 -j monitor > /tmp/events &
	pass_time 0.2
	hog -f 50 4 &
	pid=$!
	chrt -f 60 ip netns exec a1 cut v "$CUTS" 100 3000 > /tmp/cuts
	kill "$pid"
	pass_time 1
	kill %bfdctl
	detections > /tmp/latencies
	say "$(wc -l < /tmp/latencies) cuts under SCHED_FIFO hogs, us to Down: least" \
		"$(head -n 1 /tmp/latencies), most $(tail -n 1 /tmp/latencies)"
	result "$(wc -l < /tmp/latencies) == CUTS" "each of $CUTS cuts under SCHED_FIFO hogs is found"
	result "$(tail -n 1 /tmp/latencies) <= 31000" "within 31 ms"
}

start_all
with_hogs "4 busy loops" 4
with_hogs "4 SCHED_FIFO hogs" -f 50 4
cuts_under_hogs
finish
