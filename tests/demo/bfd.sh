#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# BFD, as users see it. Runs in the guest, see run.

. "$(dirname "$0")/lib.sh"

# FRR's log has the time of the change, to the microsecond
frr_change()
{
	awk -v want="$1" '/state-change/ && index($0, want) { print $1, $2 }' /run/frr/frr/log | tail -n 1
}

frr_ns()
{
	local when

	when=$(frr_change "$1")
	[[ $when ]] && date -d "${when//\//-}" +%s%N
}

state() { bfdctl -n "$1" -j session show peer "$2" | jq -r '.[0]."local-state"'; }
is_up() { [[ $(state "$1" "$2") = up ]]; }
downs_of() { bfdctl -n "$1" -j -s session show peer "$2" | jq '.[0].statistics."down-count"'; }

network()
{
	setup_once
	ip netns add us
	ip netns add frr
	ip netns add other
	ip link add eth0 netns us type veth peer name eth0 netns frr
	ip link add eth1 netns us type veth peer name eth0 netns other
	ip -n us address add 10.0.1.1/24 dev eth0
	ip -n frr address add 10.0.1.2/24 dev eth0
	ip -n us address add 10.0.2.1/24 dev eth1
	ip -n other address add 10.0.2.2/24 dev eth0
	for host in us frr other; do
		ip -n "$host" link set lo up
		ip -n "$host" link set eth0 up
	done
	ip -n us link set eth1 up
	cat "$(type -P tc)" "$(type -P date)" "$(type -P jq)" "$(type -P awk)" > /dev/null
}

start_frr()
{
	mkdir -p /run/frr/frr
	cat > /run/frr/frr/bfdd.conf <<-'END'
		log file /run/frr/frr/log debugging
		log timestamp precision 6
		debug bfd peer
		bfd
		 peer 10.0.1.1 interface eth0
		  transmit-interval 10
		  receive-interval 10
	END
	: > /run/frr/frr/zebra.conf
	chown -R frr:frr /run/frr/frr
	ip netns exec frr /usr/lib/frr/zebra -d -N frr -f /run/frr/frr/zebra.conf 2> /dev/null
	ip netns exec frr /usr/lib/frr/bfdd -d -N frr -f /run/frr/frr/bfdd.conf
}

cut_the_wire()
{
	local before after ours frr

	bfdctl -n us -j monitor > /tmp/events &
	pass_time 2
	ip netns exec frr cut eth0 1 3000 1000 > /tmp/cut
	kill %bfdctl
	read -r before after < /tmp/cut
	ours=$(jq -s 'map(select(.event == "state" and .to == "down"))[0].timestamp' /tmp/events)
	frr=$(frr_ns "up -> down")
	echo
	moment 0 0 "the wire from FRR to us is cut, silently: no link goes down"
	moment "$ours" "$before" "bfd.ko calls the session Down (3 x 10 ms after the last packet)"
	[[ ! $frr ]] || moment "$frr" "$before" "FRR calls it Down: bfd.ko has told it"
	moment 3000000000 0 "the wire is healed"
	expect "ours - before >= 20000000 && ours - after <= 30500000" \
		"bfd.ko saw the cut within 20 to 30.5 ms"
}

under_load()
{
	local frr_before ours_before pid

	frr_before=$(downs_of us 10.0.1.2)
	ours_before=$(($(downs_of us 10.0.2.2) + $(downs_of other 10.0.2.1)))
	hog -f 50 4 &
	pid=$!
	pass_time 20
	kill "$pid"
	pass_time 1
	frr_flaps=$(($(downs_of us 10.0.1.2) - frr_before))
	ours_flaps=$(($(downs_of us 10.0.2.2) + $(downs_of other 10.0.2.1) - ours_before))
}

cat <<'END'

     other                      us                      frr
   +--------+   10.0.2.0/24  +--------+  10.0.1.0/24  +------+
   | bfd.ko |----------------| bfd.ko |---------------| bfdd |
   +--------+ eth0      eth1 +--------+ eth0     eth0 +------+

Three routers: two run bfd.ko, one runs FRR's bfdd. Each of the two links gets a BFD
session with a packet every 10 ms; three lost ones mean that the path is dead.
END
network
start_frr

title "A session to FRR, and one to ourselves"
show bfdctl -n us session add peer 10.0.1.2 dev eth0 tx 10 rx 10
show bfdctl -n us session add peer 10.0.2.2 dev eth1 tx 10 rx 10
show bfdctl -n other session add peer 10.0.2.1 dev eth0 tx 10 rx 10
wait_until is_up us 10.0.1.2
wait_until is_up us 10.0.2.2
pass_time 2
show bfdctl -n us session show

title "The wire to FRR is cut"
cut_the_wire
wait_until is_up us 10.0.1.2
echo "              ... and the session is Up again"

title "Twenty seconds beside four real-time processes that never let go of the CPU"
echo
under_load
echo "    session with FRR's bfdd, a process:     $frr_flaps times Down, for want of a CPU"
echo "    session between two bfd.ko:             $ours_flaps times Down"
wait_until is_up us 10.0.1.2
show bfdctl -n us -s session show peer 10.0.2.2

title "Goodbye"
echo
echo "    # rmmod bfd        (peers are told AdminDown first)"
rmmod bfd
pass_time 1
vtysh -N frr -d bfdd -c "show bfd peers" 2> /dev/null |
	grep -iE 'status|diagnostics' | sed 's/^[ \t]*/    FRR says: /'

expect "ours_flaps == 0" "no flap of ours under load"
verdict 2
