#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# While the path to a neighbour is lost, traffic takes another one.
#
#	     va1 10.0.1.1 ---- 10.0.1.2 vb1
#	a    va2 10.0.2.1 ---- 10.0.2.2 vb2    b    lo 10.9.0.0/16 fd09::/64
#
# The next hops are a group; the sessions are on the first wire. It is cut for BFD
# only, or for all.

. "$(dirname "$0")/lib.sh"

in_memory tc nft ping
KEY4="peer 10.0.1.2 dev va1"
KEY6="peer fd01::2 dev va1"

leg()
{
	local n=$1

	ip link add "va$n" netns a address 02:00:00:00:0"$n":01 type veth \
		peer name "vb$n" netns b address 02:00:00:00:0"$n":02
	ip -n a link set "va$n" up
	ip -n b link set "vb$n" up
	ip -n a addr add "10.0.$n.1/24" dev "va$n"
	ip -n b addr add "10.0.$n.2/24" dev "vb$n"
	ip -n a addr add "fd0$n::1/64" dev "va$n" nodad
	ip -n b addr add "fd0$n::2/64" dev "vb$n" nodad
	ip -n a nexthop add id "4$n" via "10.0.$n.2" dev "va$n"
	ip -n a nexthop add id "6$n" via "fd0$n::2" dev "va$n"
}

setup()
{
	local ns

	for ns in a b; do
		ip netns add $ns
		ip -n $ns link set lo up
	done
	leg 1
	leg 2
	ip -n a nexthop add id 40 group 41,254/42,1
	ip -n a nexthop add id 60 group 61,254/62,1
	ip -n a route add 10.9.0.0/16 nhid 40
	ip -n a route add fd09::/64 nhid 60
	ip -n b route add local 10.9.0.0/16 dev lo
	ip -n b route add local fd09::/64 dev lo
	ip netns exec b nft -f - <<-END
		table inet cut {
			set ports {
				type inet_service
			}
			chain in {
				type filter hook prerouting priority -500
				udp dport @ports drop
			}
		}
	END
	meet
}

# The neighbours of both legs are known
meet()
{
	ip netns exec a ping -q -c 1 -w 20 10.0.1.2 > /dev/null
	ip netns exec a ping -q -c 1 -w 20 10.0.2.2 > /dev/null
	ip netns exec a ping -q -c 1 -w 20 fd01::2 > /dev/null
	ip netns exec a ping -q -c 1 -w 20 fd02::2 > /dev/null
}

# What b takes from a's BFD is dropped, and it says so to a, by its own silence
sever() { ip netns exec b nft add element inet cut ports "{ 3784 }"; }
mend() { ip netns exec b nft flush set inet cut ports; }

sessions()
{
	mend
	meet
	bfd a session add $KEY4 tx 50 rx 50 "$@"
	bfd b session add peer 10.0.1.1 dev vb1 tx 50 rx 50
	up a $KEY4
}

sessions6()
{
	mend
	meet
	bfd a session add $KEY6 tx 50 rx 50 "$@"
	bfd b session add peer fd01::1 dev vb1 tx 50 rx 50
	up a $KEY6
}

neighbour() { ip -n a neigh show "$1" dev "${2:-va1}"; }
failed() { [[ $(neighbour "$1") == *FAILED* ]]; }
good() { [[ $(neighbour "$1") == *lladdr*02:00:00:00:01:02* && $(neighbour "$1") != *FAILED* ]]; }

# legs PREFIX: how many of 20 destinations go by the first leg
legs()
{
	local i n=0

	for i in {1..20}; do
		[[ $(ip -n a route get "$1$i") != *"dev va1"* ]] || ((++n))
	done
	echo "$n"
}

takes_the_other_leg()
{
	sessions reroute on
	same "by the first leg, of 20" 20 "$(legs 10.9.0.)"
	sever
	down a $KEY4
	failed 10.0.1.2
	is a rerouted true $KEY4
	same "by the first leg, of 20" 0 "$(legs 10.9.0.)"
	mend
	up a $KEY4
	good 10.0.1.2
	is a rerouted false $KEY4
	same "by the first leg, of 20" 20 "$(legs 10.9.0.)"
}

takes_the_other_leg_v6()
{
	sessions6 reroute on
	same "by the first leg, of 20" 20 "$(legs fd09::)"
	sever
	down a $KEY6
	failed fd01::2
	same "by the first leg, of 20" 0 "$(legs fd09::)"
	mend
	up a $KEY6
	good fd01::2
	same "by the first leg, of 20" 20 "$(legs fd09::)"
}

without_the_word_nothing_happens()
{
	sessions
	sever
	down a $KEY4
	good 10.0.1.2
	same "by the first leg, of 20" 20 "$(legs 10.9.0.)"
}

# Everything but BFD still passes the wire: ARP, ND, a user, and who sends to the
# neighbour itself make the entry valid. For a moment
nothing_revives_it()
{
	sessions reroute on
	sessions6 reroute on
	sever
	down a $KEY4
	down a $KEY6
	! ip netns exec a ping -q -c 2 -W 1 10.0.1.2 > /dev/null || :
	! ip netns exec a ping -q -c 2 -W 1 fd01::2 > /dev/null || :
	ip netns exec b ping -q -c 2 -W 1 10.0.1.1 > /dev/null || :
	ip netns exec b ping -q -c 2 -W 1 fd01::1 > /dev/null || :
	ip -n a neigh replace 10.0.1.2 lladdr 02:00:00:00:01:02 dev va1 nud reachable
	failed 10.0.1.2
	failed fd01::2
	same "by the first leg, of 20" 0 "$(legs 10.9.0.)"
	same "by the first leg, of 20" 0 "$(legs fd09::)"
	mend
	up a $KEY4
	up a $KEY6
	good 10.0.1.2
	good fd01::2
}

# Without an entry a neighbour counts as good
no_garbage_collector_takes_it()
{
	sessions reroute on
	sysctl -qw net.ipv4.neigh.default.gc_thresh1=0
	sever
	down a $KEY4
	sleep 60
	failed 10.0.1.2
	sysctl -qw net.ipv4.neigh.default.gc_thresh1=128
}

given_back_as_it_was()
{
	ip -n a neigh replace 10.0.1.2 lladdr 02:00:00:00:01:02 dev va1 nud permanent
	sessions reroute on
	sever
	down a $KEY4
	failed 10.0.1.2
	mend
	up a $KEY4
	[[ $(neighbour 10.0.1.2) == *02:00:00:00:01:02*PERMANENT* ]]
	[[ $(neighbour 10.0.1.2) != *extern_learn* ]]
	ip -n a neigh del 10.0.1.2 dev va1
}

# RFC 5882 4.2
admin_down_is_no_lost_path()
{
	sessions reroute on
	bfd b session set peer 10.0.1.1 admin down
	down a $KEY4
	good 10.0.1.2
	bfd b session set peer 10.0.1.1 admin up
	up a $KEY4
	sever
	down a $KEY4
	failed 10.0.1.2
	bfd a session set $KEY4 admin down
	good 10.0.1.2
}

# The peer's operator gives up a path that is lost already
peer_takes_its_session_down()
{
	sessions reroute on
	sever
	down a $KEY4
	failed 10.0.1.2
	bfd b session set peer 10.0.1.1 admin down
	wait_for 20 good 10.0.1.2
}

switched_off_or_deleted()
{
	sessions reroute on
	sever
	down a $KEY4
	failed 10.0.1.2
	bfd a session set $KEY4 reroute off
	good 10.0.1.2
	bfd a session set $KEY4 reroute on
	good 10.0.1.2
	mend
	up a $KEY4
	sever
	down a $KEY4
	failed 10.0.1.2
	bfd a session del $KEY4
	good 10.0.1.2
}

unloaded_meanwhile()
{
	sessions reroute on
	sever
	down a $KEY4
	failed 10.0.1.2
	unload
	good 10.0.1.2
	load
}

# Another session to the same neighbour has its own word
two_sessions()
{
	ip -n a addr add 10.0.1.3/24 dev va1
	sessions reroute on
	bfd a session add $KEY4 local 10.0.1.3 tx 50 rx 50 reroute on
	bfd b session add peer 10.0.1.3 dev vb1 tx 50 rx 50
	up a $KEY4 local 10.0.1.3
	sever
	down a $KEY4 local 10.0.1.3
	failed 10.0.1.2
	bfd a session del $KEY4 local 10.0.1.3
	failed 10.0.1.2
	mend
	wait_for 20 good 10.0.1.2
	ip -n a addr del 10.0.1.3/24 dev va1
}

nothing_holds_the_device()
{
	sessions reroute on
	sever
	down a $KEY4
	failed 10.0.1.2
	ip -n a link del va1
	is a rerouted true $KEY4
	leg 1
	mend
	up a $KEY4
	good 10.0.1.2
	ip -n a nexthop replace id 40 group 41,254/42,1
	ip -n a nexthop replace id 60 group 61,254/62,1
}

wrong_words()
{
	refused bfd a session add peer 10.0.1.2 reroute on
	refused bfd a session add $KEY4 multihop reroute on
	bfd a session add peer 10.0.2.2
	refused bfd a session set peer 10.0.2.2 reroute on
	because "needs a session with a device"
}

load
run_tests takes_the_other_leg takes_the_other_leg_v6 without_the_word_nothing_happens \
	nothing_revives_it no_garbage_collector_takes_it given_back_as_it_was \
	admin_down_is_no_lost_path peer_takes_its_session_down switched_off_or_deleted \
	unloaded_meanwhile two_sessions nothing_holds_the_device wrong_words
