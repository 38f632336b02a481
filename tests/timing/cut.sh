#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.1,6.12 icount timeout=300
#
# A wire is cut a hundred times at random moments, with a session at 3 x 10 ms over it.
# The last packet left up to an interval before the cut, so Down is due 20 to 30 ms
# after it; half a millisecond more is what rounding to the wheel's slots may take.

. "$(dirname "$0")/lib.sh"

CUTS=100

pair a 1
ours a 1 10
pass_time 3
result "$(ours_up a) == 2" "the session is up"

bfdctl -n a0 -j monitor > /tmp/events &
pass_time 0.2
ip netns exec a1 cut v "$CUTS" 100 3000 > /tmp/cuts
pass_time 0.2
kill %1

detections > /tmp/latencies
count=$(wc -l < /tmp/latencies)
least=$(head -n 1 /tmp/latencies)
most=$(tail -n 1 /tmp/latencies)
median=$(sed -n "$((count / 2))p" /tmp/latencies)
say "$count detections, us after the cut: least $least, median $median, most $most"
result "count == CUTS" "each of $CUTS cuts is one Down event"
result "least >= 20000" "no Down comes before 20 ms"
result "most <= 30500" "no Down comes after 30.5 ms"
finish
