#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# How soon a supplicant is in: dot1x.ko with dot1xd beside hostapd -Dwired, whose gate is
# a locked bridge port and an action script, as anybody would build it. One
# wpa_supplicant, one FreeRADIUS, one guest; times are of packets on the wires, by
# wire_watch. See dot1x_lib.sh for the place. Part of make bench.
#
# Each EAP-Success is sent back by the supplicant's device as a frame of data to lan,
# before anything else happens: if that one arrives, the gate was open in time.

TIMING=$(cd "$(dirname "$0")" && pwd)
. "$TIMING/../selftests/dot1x_lib.sh"
. "$TIMING/../interop/radius_lib.sh"
. "$TIMING/lib.sh"

RUNS=${1:-20}
METHODS="md5 peap ttls tls"
NOBODY=10.99.0.77
GAP_US=100
SEEN=/tmp/seen
DATA=/tmp/data

# What is said to the supplicant comes back as data, if it is EAP-Success
echo_success()
{
	tc -n sup qdisc add dev eth0 clsact
	tc -n sup filter add dev eth0 ingress protocol 0x888e u32 match u8 3 0xff at 4 \
		action pedit ex munge eth dst set $LAN munge eth src set $SUP \
			munge eth type set 0x88b5 pipe \
		action mirred egress mirror dev eth0
}

make_place()
{
	preload freeradius hostapd hostapd_cli wpa_supplicant wpa_cli openssl bridge sh \
		dot1xd dot1xctl wire_watch frame_drip
	make_certificates
	bridged
	bridge -n aut fdb replace $LAN dev up1 master static
	make_rad
	# Who is not there is not found missing, either
	ip -n aut neigh add $NOBODY lladdr 02:00:00:00:03:77 dev mg
	freeradius_start || die "no FreeRADIUS"
	echo_success || die "no tc"
	start wire aut wire_watch $SEEN sup/eth0 aut/mg lan/eth0
}

# ---------------------------------------------------------------- the two

# ours_begin SERVER...
ours_begin()
{
	agentd "$@" && ctl port add dev p1 || die "no authenticator"
	pids=$agent_pid
}

ours_forget() { ctl port initialize dev p1; }

ours_end()
{
	ctl port del dev p1
	end_all
}

# Switches off what would let a stranger in: learning from link-local frames, and what was
# learned before
hostapd_begin()
{
	bridge -n aut link set dev p1 locked on learning off
	bridge -n aut fdb del $SUP dev p1 master 2> /dev/null
	hostapd_conf p1 "$@" > /tmp/hostapd.conf
	cat > /tmp/gate <<-'END'
		#!/bin/sh
		case $2 in
		AP-STA-CONNECTED)	bridge fdb replace "$3" dev p1 master static ;;
		AP-STA-DISCONNECTED)	bridge fdb del "$3" dev p1 master ;;
		esac
	END
	chmod +x /tmp/gate
	ip netns exec aut hostapd /tmp/hostapd.conf > /tmp/hostapd.log 2>&1 &
	pids=$!
	wait_for 20 hostapd_there || die "no hostapd"
	cli -a /tmp/gate > /tmp/cli.log 2>&1 &
	pids+=" $!"
	pass_time 1
}

cli() { ip netns exec aut hostapd_cli -p /tmp/hostapd -i p1 "$@"; }
hostapd_there() { cli ping 2> /dev/null | grep -q PONG; }
hostapd_shut() { ! bridge -n aut fdb show dev p1 | grep -q "^$SUP"; }

# Its script may be late
hostapd_forget()
{
	cli deauthenticate $SUP > /dev/null
	wait_for 10 hostapd_shut || die "hostapd lets nobody out"
}

hostapd_end()
{
	end_all
	pass_time 1
	bridge -n aut fdb del $SUP dev p1 master 2> /dev/null
	bridge -n aut link set dev p1 locked off learning on
}

end_all()
{
	# shellcheck disable=SC2086  # a list
	{ kill $pids; wait $pids; } 2> /dev/null
}

# ---------------------------------------------------------------- one authentication

is_in() { wpa status 2> /dev/null | grep -q '^Supplicant PAE state=AUTHENTICATED'; }

# figures: of what was seen, in ns: Start to Success, the server's part of that, Accept to
# the first frame of data, from the link to Success, and if Success came back as data
figures()
{
	sort -n $SEEN | awk '
		$3 == "up" && !up		{ up = $1 }
		$3 == "start" && !start		{ start = $1 }
		$3 == "radius-1"		{ asked[$4, $5] = $1 }
		$3 ~ /^radius-(2|3|11)$/	{ server += $1 - asked[$4, $5] }
		$3 == "radius-2"		{ accept = $1 }
		$3 == "success" && !success	{ success = $1 }
		$2 !~ /^lan/			{ next }
		$3 == "drip" && accept && !drip	{ drip = $1 }
		$3 == "echo"			{ echoed = 1 }
		END {
			print success - start, server, drip - accept, success - up, echoed + 0
		}'
}

watch_from_now()
{
	: > $SEEN
	ask wire forget || die "no wire_watch"
}

# authentication WHO METHOD WHAT: of a supplicant that is begun with, and speaks first, for the
# port has asked twice already; after that of a stranger
authentication()
{
	"$1_forget"
	pass_time 1.5
	watch_from_now
	supplicant "$2"
	pass_time 2.5
	note "$@"
	no_supplicant
}

# note WHO METHOD WHAT: what was seen, when it is in
note()
{
	wait_for 300 is_in || die "$1: $2 is not let in"
	pass_time 0.3
	ask wire look || die "not all was seen"
	echo "$*" "$(figures)" >> $DATA
}

# series WHO METHOD WHAT: as often as wanted, after one that does not count
series()
{
	local i

	authentication "$1" "$2" first
	for ((i = 0; i < RUNS; i++)); do
		authentication "$@"
	done
}

# The supplicant is there, unauthenticated, when its link comes up: who speaks first?
link_series()
{
	local i

	supplicant md5
	wait_for 10 is_in || die "$1: md5 is not let in"
	for ((i = 0; i < RUNS; i++)); do
		wpa logoff > /dev/null
		ip -n sup link set eth0 down
		pass_time 1
		"$1_forget"
		pass_time 0.5
		watch_from_now
		wpa logon > /dev/null
		ask wire up sup/eth0 || die "no link"
		pass_time 2.5
		note "$1" md5 link
	done
	no_supplicant
}

drip_series()
{
	local drip

	ip netns exec sup frame_drip eth0 $LAN $GAP_US 200 &
	drip=$!
	series "$1" md5 drip
	kill $drip
}

failover()
{
	"$1_begin" $NOBODY 10.99.0.2
	authentication "$1" md5 failover
	"$1_end"
}

race()
{
	local who=$1 method

	"${who}_begin" 10.99.0.2
	for method in $METHODS; do
		series "$who" "$method" plain
	done
	drip_series "$who"
	link_series "$who"
	"${who}_end"
	failover "$who"
}

# ---------------------------------------------------------------- the table

# median WHO METHOD WHAT FIELD: in us. FIELDs: figures' after those three words
median()
{
	awk -v who="$1" -v method="$2" -v what="$3" -v field="$4" \
		'$1 == who && $2 == method && $3 == what { print int($field / 1000) }' $DATA |
		sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# worst WHO WHAT FIELD
worst()
{
	awk -v who="$1" -v what="$2" -v field="$3" \
		'$1 == who && $3 == what { print int($field / 1000) }' $DATA | sort -n | tail -n 1
}

# echoes WHO: how many Successes came after the gate was open, of all
echoes() { awk -v who="$1" '$1 == who { n++; e += $8 } END { print e " of " n }' $DATA; }

row() { printf '# %-52s %12s %12s\n' "$@"; }

table()
{
	local method

	row "us, medians of $RUNS" dot1x.ko hostapd
	for method in $METHODS; do
		row "$method: EAPOL-Start to EAP-Success" \
			"$(median ours $method plain 4)" "$(median hostapd $method plain 4)"
		row "$method: of it, waiting for RADIUS" \
			"$(median ours $method plain 5)" "$(median hostapd $method plain 5)"
	done
	row "Access-Accept to first of frames $GAP_US us apart" \
		"$(median ours md5 drip 6)" "$(median hostapd md5 drip 6)"
	row "the same, at worst" "$(worst ours drip 6)" "$(worst hostapd drip 6)"
	row "link up to EAP-Success, md5" "$(median ours md5 link 7)" "$(median hostapd md5 link 7)"
	row "of it, waiting for RADIUS" "$(median ours md5 link 5)" "$(median hostapd md5 link 5)"
	row "Start to Success, first server silent, once" \
		"$(median ours md5 failover 4)" "$(median hostapd md5 failover 4)"
	row "gate open before EAP-Success left" "$(echoes ours)" "$(echoes hostapd)"
}

verdict()
{
	local method own

	for method in $METHODS; do
		result "$(median ours $method plain 4) <= $(median hostapd $method plain 4)" \
			"$method: no slower than hostapd from Start to Success"
	done
	result "$(worst ours drip 6) > 0 && $(worst ours drip 6) <= 1000" \
		"the first frame passes within 1 ms of the Access-Accept, at worst"
	own=$(awk '$1 == "ours" && $3 == "link" { print int(($7 - $5) / 1000) }' $DATA |
		sort -n | tail -n 1)
	result "$own > 0 && $own <= 10000" \
		"link up to authorized: 10 ms and the server's time, at worst $own us"
	result "$(worst ours failover 4) < 2000000" "a silent server costs less than 2 s"
	result "$(echoes ours | awk '{ print ($1 == $3 && $1) }')" \
		"the gate is open before EAP-Success leaves, each time"
}

load || die "no dot1x.ko"
make_place
race ours
race hostapd
table
verdict
finish
