#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# "bfdctl lag": sessions on the members of a LAG, which are taken out of it while theirs
# is Down (RFC 7130). a and b have two wires, or three, each through a bridge of its own
# in w, so that nobody's carrier sees one cut. "bfdctl lag" runs at both ends.
#
#	a: lag 10.1.0.1 { m1, m2 } == w: { a1 br1 b1, a2 br2 b2 } == { m1, m2 } lag :b
#	                                                     10.1.0.2 to 10.1.0.5

. "$(dirname "$0")/lib.sh"

FAST="tx 10ms rx 10ms mult 3"
BOUND_MS=1000	# from a cut to the last frame by it: of which 30 ms are BFD's

setup()
{
	local ns

	for ns in a b w; do
		ip netns add $ns
		ip -n $ns link set lo up
		ip netns exec $ns sysctl -qw net.ipv6.conf.default.disable_ipv6=1
	done
	wire 1
	wire 2
	wire 3
}

# wire N: between m$N and m$N
wire()
{
	local n=$1 side

	ip -n w link add "br$n" type bridge mcast_snooping 0
	ip -n w link set "br$n" up
	for side in a b; do
		ip link add "m$n" netns $side type veth peer name "$side$n" netns w
		ip -n w link set "$side$n" master "br$n" up
	done
}

sever() { ip -n w link set "a$1" nomaster; }

mend() { ip -n w link set "a$1" master "br$1"; }

# lag KIND: with two members at both ends
lag()
{
	local ns

	for ns in a b; do
		"$1" $ns
		join $ns m1
		join $ns m2
		ip -n $ns link set lag up
	done
	addresses
}

bond() { ip -n "$1" link add lag type bond mode balance-xor xmit_hash_policy layer2+3 miimon 100; }

team()
{
	ip -n "$1" link add lag type team
	ip netns exec "$1" team_mode lag roundrobin
}

join()
{
	ip -n "$1" link set "$2" down
	ip -n "$1" link set "$2" master lag
	ip -n "$1" link set "$2" up
}

leave() { ip -n "$1" link set "$2" nomaster; }

# Four at b, so that a hash of addresses uses both members
addresses()
{
	local i

	ip -n a addr add 10.1.0.1/24 dev lag
	for i in {2..5}; do
		ip -n b addr add "10.1.0.$i/24" dev lag
	done
}

no_lag()
{
	local ns

	for ns in a b; do
		ip -n $ns link del lag
	done
}

# start NETNS: follow, with what it says in a file
start()
{
	local n=1

	[[ $1 = a ]] || n=2
	ip netns exec "$1" bfdctl lag dev lag peer 10.1.0.$((3 - n)) local 10.1.0.$n $FAST \
		> "$WORK/lag.$1" 2>&1 &
	declare -g "LAG_$1=$!"
}

stop()
{
	local pid=LAG_$1

	kill "${!pid}"
	wait "${!pid}"
}

# follow KIND: both ends, and both members Up
follow()
{
	lag "$1"
	start a
	start b
	for m in m1 m2; do
		up a dev $m
		up b dev $m
	done
}

# What a has a port for
members() { ip -n a -o link show master lag | grep -o 'm[0-9]@' | tr '@\n' ' '; }

members_are()
{
	local now

	now=$(members)
	same members "$*" "$(echo $now)" > /dev/null
}

said_lines() { [[ $(grep -c -- "$2" "$WORK/lag.$1" || :) -eq $3 ]]; }

# To all addresses, 100 packets a second each
flows()
{
	local i

	for i in {2..5}; do
		ip netns exec a ping -q -i 0.01 "10.1.0.$i" > /dev/null &
		FLOWS+=($!)
	done
}

no_flows()
{
	kill "${FLOWS[@]}"
	FLOWS=()
}

# tap NETNS: what of the flows passes by its m2
tap()
{
	ip netns exec "$1" tcpdump -i m2 -n -tt -l --immediate-mode -Z root -Q "$2" icmp \
		> "$WORK/m2.$1" 2> "$WORK/tcpdump.$1" &
	TAPS+=($!)
	wait_for 60 grep -q "listening on" "$WORK/tcpdump.$1"
}

no_taps()
{
	kill "${TAPS[@]}"
	wait "${TAPS[@]}"
	TAPS=()
}

frames() { wc -l < "$WORK/m2.$1"; }

# The last one that b had before it was cut, and the last one that a sent by it
measured()
{
	local cut last us

	cut=$(tail -n 1 "$WORK/m2.b")
	last=$(tail -n 1 "$WORK/m2.a")
	cut=${cut%% *} last=${last%% *}
	us=$((${last/./} - ${cut/./}))
	say "$KERNEL, $1: from the cut to the last frame $((us / 1000)).$((us / 100 % 10)) ms"
	((us > 0 && us < 1000 * BOUND_MS))
}

# silent_failure KIND: m2 is cut, carries nothing after that, and carries again once mended
silent_failure()
{
	local before

	follow "$1"
	flows
	tap a out
	tap b in
	sleep 1
	[[ $(frames a) -gt 50 ]]
	sever 2
	wait_for 30 said_lines a "m2 failed" 1
	wait_for 30 said_lines b "m2 failed" 1
	sleep 1
	before=$(frames a)
	sleep 2
	same "frames by a member that failed" "$before" "$(frames a)"
	measured "$1"
	is a local-state up dev m1
	ip netns exec a ping -q -c 20 -i 0.01 10.1.0.2 | grep -q " 0% packet loss"
	mend 2
	wait_for 60 said_lines a "m2 is up" 1
	wait_for 60 said_lines b "m2 is up" 1
	sleep 1
	no_taps
	no_flows
	[[ $(frames a) -gt $((before + 50)) ]]
	same "the other's flaps" 0 "$(field a down-count dev m1)"
	said_lines a "m2 failed" 1
	ip netns exec a ping -q -c 20 -i 0.01 10.1.0.2 | grep -q " 0% packet loss"
	stop a
	stop b
	no_lag
}

bond_member_fails() { silent_failure bond; }

team_member_fails() { silent_failure team; }

bond_lets_it_go()
{
	follow bond
	sever 2
	wait_for 30 members_are m1
	mend 2
	wait_for 60 members_are m1 m2
	stop a
	stop b
	no_lag
}

# Who joins gets a session, who leaves loses it, and so with the whole LAG
members_come_and_go()
{
	start a
	start b
	lag bond
	up a dev m1
	up a dev m2
	for ns in a b; do
		join $ns m3
	done
	up a dev m3
	up b dev m3
	have a 3
	# b sees a silent peer; what it has taken out cannot leave, but lose its session
	leave a m3
	wait_for 30 have a 2
	wait_for 30 said_lines b "m3 failed" 1
	bfd b session del dev m3 peer 10.1.0.1 micro
	have b 2
	bfd a session del dev m1 peer 10.1.0.2 micro
	up a dev m1
	no_lag
	wait_for 30 have a 0
	wait_for 30 have b 0
	lag bond
	up a dev m1
	up b dev m2
	stop a
	stop b
	no_lag
}

# Nothing changes when it ends or begins, and it finds what it had done
found_again_after_a_restart()
{
	local kind

	for kind in bond team; do
		follow $kind
		sever 2
		wait_for 30 said_lines a "m2 failed" 1
		wait_for 30 said_lines b "m2 failed" 1
		stop a
		sleep 5
		have a 2
		is a local-state down dev m2
		[[ $kind = team ]] || members_are m1
		start a
		sleep 5
		have a 2
		[[ $kind = team ]] || members_are m1
		same flaps 0 "$(field a down-count dev m1)"
		mend 2
		wait_for 60 said_lines a "m2 is up" 1
		up a dev m2
		sleep 10
		members_are m1 m2
		stop a
		start a
		sleep 10
		members_are m1 m2
		same flaps 0 "$(field a down-count dev m1)"
		said_lines a "m" 0
		stop a
		stop b
		no_lag
		bfd a session del all
		bfd b session del all
	done
}

# What fails while nobody is there to see it, is seen then
failed_meanwhile()
{
	follow bond
	stop a
	sever 2
	down a dev m2
	start a
	wait_for 30 members_are m1
	mend 2
	wait_for 60 members_are m1 m2
	stop a
	stop b
	no_lag
}

# The last member, too; the LAG has no carrier then, and its MAC address is what it was
last_member_fails()
{
	local mac

	follow bond
	mac=$(ip netns exec a cat /sys/class/net/lag/address)
	sever 1
	sever 2
	wait_for 30 members_are ""
	ip -n a link show dev lag | grep -q NO-CARRIER
	same MAC "$mac" "$(ip netns exec a cat /sys/class/net/lag/address)"
	mend 2
	wait_for 60 members_are m2
	same MAC "$mac" "$(ip netns exec a cat /sys/class/net/lag/address)"
	mend 1
	wait_for 60 members_are m1 m2
	same MAC "$mac" "$(ip netns exec a cat /sys/class/net/lag/address)"
	wait_for 60 ip netns exec a ping -q -c 1 -W 1 10.1.0.2 > /dev/null
	stop a
	stop b
	no_lag
}

# An administrator's word, at either end, says nothing about the path
administrators_are_left_alone()
{
	follow bond
	bfd a session set dev m2 peer 10.1.0.2 micro admin down
	bfd b session set dev m1 peer 10.1.0.1 micro admin down
	wait_for 30 is a local-state admin-down dev m2
	down a dev m1
	ip -n a link set m2 down
	sleep 20
	members_are m1 m2
	said_lines a failed 0
	ip -n a link set m2 up
	bfd a session set dev m2 peer 10.1.0.2 micro admin up
	bfd b session set dev m1 peer 10.1.0.1 micro admin up
	up a dev m1
	up a dev m2
	ip -n a link set m2 down
	down a dev m2
	ip -n a link set m2 up
	up a dev m2
	said_lines a failed 0
	stop a
	stop b
	no_lag
}

parameters_are_set()
{
	local id

	lag bond
	bfd a session add peer 10.1.0.2 local 10.1.0.1 dev m1 micro tx 1s
	id=$(field a local-discriminator dev m1)
	start a
	wait_for 30 have a 2
	wait_for 30 is a desired-min-tx-interval 10000 dev m1
	same id "$id" "$(field a local-discriminator dev m1)"
	stop a
	no_lag
}

load
modprobe -q -a bonding team team_mode_roundrobin veth bridge || :
in_memory tcpdump tc modprobe ping tail team_mode
run_tests bond_member_fails team_member_fails bond_lets_it_go members_come_and_go \
	found_again_after_a_restart failed_meanwhile last_member_fails \
	administrators_are_left_alone parameters_are_set
