#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# lab: kernel=6.1 icount mem=2048 timeout=900
#
# As many sessions as BGP asks for in one breath, 2000: frr_many.sh [SESSIONS]. All come
# up, and the counters of all of them are read again and again. Packets are a second
# apart, for an emulated machine has to send and receive them at both ends.

HERE=$(dirname "$0")
. "$HERE/lib.sh"
. "$HERE/frr_lib.sh"
. "$HERE/dataplane_lib.sh"

MANY=${1:-2000}
SWEEPS=20
his_pace="tx 1000 rx 1000"

# What as many neighbours take of Linux and of FRR: a table of that size, and a
# descriptor each (MAX_FDS in /etc/frr/daemons)
make_room()
{
	sysctl -qw net.ipv4.neigh.default.gc_thresh1=4096 \
		net.ipv4.neigh.default.gc_thresh2=4096 net.ipv4.neigh.default.gc_thresh3=8192
	ulimit -n 8192
}

# BFD is all that the neighbours have of BGP
start_bgpd()
{
	{
		echo "router bgp 65001"
		echo " no bgp default ipv4-unicast"
		echo " neighbor all peer-group"
		echo " neighbor all remote-as 65002"
		echo " neighbor all passive"
		echo " neighbor all update-source 10.0.0.1"
		echo " neighbor all bfd 3 1000 1000"
		his_addresses | sed 's/.*/ neighbor & peer-group all/'
	} > "$ETC/us/bgpd.conf"
	us /usr/lib/frr/bgpd -d -N us -f "$ETC/us/bgpd.conf" > /tmp/bgpd.log 2>&1
}

# What bfdd says to COMMAND, TIMES times
ask()
{
	local times=$1

	shift
	yes "$RUN/us/bfdd.vty $*" | head -n "$times" | "$HERE/bfdd"
}

# All of them, as bfd-frrd counts
all_up()
{
	kill -USR1 "$(frrd_pid)"
	sleep 1
	tail -n 1 /tmp/frrd.log |
		grep -q ": $MANY sessions, $MANY up, 0 not in the kernel, 0 without bfdd"
}

since() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f s", to - from }'; }

come_up()
{
	local began=$EPOCHREALTIME

	start_bgpd
	check "$MANY sessions that BGP wants come up" all_up
	comment "$(since "$began") after bgpd has started: $(tail -n 1 /tmp/frrd.log)"
	equal "at the peer" "$MANY" "$(count him up)"
	equal "and FRR knows" "$MANY" "$(ask 1 show bfd peers json | grep -o '"status":"up"' | wc -l)"
}

sweep_counters()
{
	local began before

	before=$(grep -c 'gone\|connected' /tmp/frrd.log)
	began=$EPOCHREALTIME
	ask $SWEEPS show bfd peers counters json |
		grep -oE '"control-packet-input":[0-9]+' > /tmp/counters
	comment "$(since "$began") for $SWEEPS times the counters of $MANY sessions"
	equal "the counters of all, $SWEEPS times" $((SWEEPS * MANY)) "$(wc -l < /tmp/counters)"
	equal "of which none is 0" 0 "$(grep -c ':0$' /tmp/counters)"
	equal "on the same connections" "$before" "$(grep -c 'gone\|connected' /tmp/frrd.log)"
	check "and all are still up" all_up
}

make_room
cat /usr/lib/frr/bgpd > /dev/null
begin_dataplane
come_up
sweep_counters
end_dataplane
