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

in_memory tc nft ping arping python3 conntrack
SLAB=/sys/kernel/debug/failslab
KEY4="peer 10.0.1.2 dev va1"
KEY6="peer fd01::2 dev va1"
LINK_LOCAL="peer fe80::2 dev va1"

leg()
{
	local n=$1

	ip link add "va$n" netns a address 02:00:00:00:0"$n":01 type veth \
		peer name "vb$n" netns b address 02:00:00:00:0"$n":02
	ip -n a link set "va$n" addrgenmode none up
	ip -n b link set "vb$n" addrgenmode none up
	ip -n a addr add "10.0.$n.1/24" dev "va$n"
	ip -n b addr add "10.0.$n.2/24" dev "vb$n"
	ip -n a addr add "fd0$n::1/64" dev "va$n" nodad
	ip -n b addr add "fd0$n::2/64" dev "vb$n" nodad
	ip -n a addr replace fe80::1/64 dev "va$n" nodad
	ip -n b addr replace fe80::2/64 dev "vb$n" nodad
	ip -n a nexthop add id "4$n" via "10.0.$n.2" dev "va$n"
	ip -n a nexthop add id "6$n" via "fd0$n::2" dev "va$n"
	ip -n a nexthop add id "7$n" via fe80::2 dev "va$n"
}

setup()
{
	local ns

	[[ ! -d $SLAB ]] || echo 0 > $SLAB/probability
	for ns in a b; do
		ip netns add $ns
		ip -n $ns link set lo up
	done
	leg 1
	leg 2
	ip -n a nexthop add id 40 group 41,254/42,1
	ip -n a nexthop add id 60 group 61,254/62,1
	ip -n a nexthop add id 70 group 71,254/72,1
	ip -n a route add 10.9.0.0/16 nhid 40
	ip -n a route add fd09::/64 nhid 60
	ip -n a route add fd07::/64 nhid 70
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
				iifname vb1 udp dport 5000 counter
			}
		}
	END
	meet 10.0.1.2 10.0.2.2 fd01::2 fd02::2
}

# meet ADDRESS...: these neighbours are known
meet()
{
	local address

	for address; do
		ip netns exec a ping -q -c 1 -w 20 "$address" > /dev/null
	done
}

# What b takes from a's BFD is dropped, and it says so to a, by its own silence
sever() { ip netns exec b nft add element inet cut ports "{ 3784 }"; }
mend() { ip netns exec b nft flush set inet cut ports; }

sessions()
{
	mend
	meet 10.0.1.2 10.0.2.2
	bfd a session add $KEY4 tx 50 rx 50 "$@"
	bfd b session add peer 10.0.1.1 dev vb1 tx 50 rx 50
	up a $KEY4
}

# b's packets pass, a's too but for what keeps neighbours known
keep_silent()
{
	ip netns exec b nft add table inet deaf
	ip netns exec b nft add chain inet deaf in "{ type filter hook prerouting priority 0; }"
	ip netns exec b nft add rule inet deaf in icmpv6 type nd-neighbor-solicit drop
	ip netns exec b sysctl -qw net.ipv4.conf.vb1.arp_ignore=8
}

speak_again()
{
	ip netns exec b nft delete table inet deaf
	ip netns exec b sysctl -qw net.ipv4.conf.vb1.arp_ignore=0
}

# Who still hears the other's Down is soon in Init
lost() { wait_for 60 fell "$@"; }
fell() { [[ $(field "$1" local-state "${@:2}") =~ ^(down|init)$ ]]; }

sessions6()
{
	mend
	meet fd01::2 fd02::2
	bfd a session add $KEY6 tx 50 rx 50 "$@"
	bfd b session add peer fd01::1 dev vb1 tx 50 rx 50
	up a $KEY6
}

neighbour() { ip -n a neigh show "$1" dev "${2:-va1}"; }
failed() { [[ $(neighbour "$1") == *FAILED* ]]; }
good() { [[ $(neighbour "$1") == *lladdr*02:00:00:00:01:02* && $(neighbour "$1") != *FAILED* ]]; }

# legs PREFIX: how many of 20 destinations go by the first leg
legs() { printf 'route get %s\n' "$1"{1..20} | ip -n a -b - | grep -c "dev va1" || :; }

# By weight nearly all of them do
by_first_leg() { local n; n=$(legs "$1"); ((n >= 15)) || { say "$n of 20 by the first leg"; false; }; }
none_by_first_leg() { same "by the first leg, of 20" 0 "$(legs "$1")"; }

takes_the_other_leg()
{
	sessions reroute on
	by_first_leg 10.9.0.
	sever
	lost a $KEY4
	failed 10.0.1.2
	is a rerouted true $KEY4
	none_by_first_leg 10.9.0.
	mend
	up a $KEY4
	good 10.0.1.2
	is a rerouted false $KEY4
	by_first_leg 10.9.0.
}

takes_the_other_leg_v6()
{
	sessions6 reroute on
	by_first_leg fd09::
	sever
	lost a $KEY6
	failed fd01::2
	none_by_first_leg fd09::
	mend
	up a $KEY6
	good fd01::2
	by_first_leg fd09::
}

takes_the_other_leg_link_local()
{
	mend
	bfd a session add $LINK_LOCAL tx 50 rx 50 reroute on
	bfd b session add peer fe80::1 dev vb1 tx 50 rx 50
	up a $LINK_LOCAL
	by_first_leg fd07::
	sever
	lost a $LINK_LOCAL
	failed fe80::2
	none_by_first_leg fd07::
	[[ $(ip -n a neigh show fe80::2 dev va2) != *FAILED* ]]
	mend
	up a $LINK_LOCAL
	good fe80::2
	by_first_leg fd07::
}

# Next hops in the route itself: IPv4 if it is told to look at neighbours
classic_multipath()
{
	sessions reroute on
	ip -n a route add 10.8.0.0/16 nexthop via 10.0.1.2 dev va1 weight 250 \
		nexthop via 10.0.2.2 dev va2 weight 1
	by_first_leg 10.8.0.
	sever
	lost a $KEY4
	by_first_leg 10.8.0.
	ip netns exec a sysctl -qw net.ipv4.fib_multipath_use_neigh=1
	none_by_first_leg 10.8.0.
	mend
	up a $KEY4
	by_first_leg 10.8.0.
	ip netns exec a sysctl -qw net.ipv4.fib_multipath_use_neigh=0
	ip -n a route del 10.8.0.0/16
}

# These never look at neighbours; nor does who has no choice
resilient_group_and_single_next_hop_stay()
{
	sessions reroute on
	ip -n a nexthop add id 43 group 41,254/42,1 type resilient buckets 8
	ip -n a route add 10.7.0.0/16 nhid 43
	ip -n a route add 10.6.0.0/16 nhid 41
	by_first_leg 10.7.0.
	sever
	lost a $KEY4
	by_first_leg 10.7.0.
	by_first_leg 10.6.0.
	ip -n a route del 10.6.0.0/16
	ip -n a route del 10.7.0.0/16
	ip -n a nexthop del id 43
}

# An echo of b's at ADDRESS, port 5000
echo_at()
{
	ip -n b addr replace "$1" dev lo
	ip netns exec b python3 -c '
import socket, sys
family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
echo = socket.socket(family, socket.SOCK_DGRAM)
echo.bind((sys.argv[1], 5000))
while True:
    echo.sendto(*echo.recvfrom(9))' "$1" &
	wait_for 60 echoes "$!"
}

# The process has its socket, beside those of others
echoes() { ip netns exec b ss -Hlunp "sport = 5000" | grep -q "pid=$1,"; }

# A socket of a namespace, connected to ADDRESS
asker()
{
	# shellcheck disable=SC2016  # for another shell
	coproc ASKER {
		ip netns exec "$1" bash -c '
			exec 7<> "/dev/udp/$0/5000"
			while read -r; do
				echo -n x >&7
				read -r -t 5 -N 1 -u 7 answer
				echo "$answer"
			done' "$2"
	}
}

# Each question is answered
asks()
{
	local answer i

	for ((i = 0; i < $1; i++)); do
		echo >&"${ASKER[1]}"
		read -r -t 60 -u "${ASKER[0]}" answer
		[[ $answer = x ]]
	done
}

# What b got by the first leg for its echo
came() { [[ $(ip netns exec b nft list chain inet cut in) =~ packets\ ([0-9]+) ]] &&
	echo "${BASH_REMATCH[1]}"; }

# changes_over NETNS PREFIX KEY: what goes from one to an address of the other, with a route
# that is kept from packet to packet. It has to be an address whose hash is for the first leg
changes_over()
{
	local from=$1 prefix=$2 before i

	shift 2
	for i in 5 6 7; do
		echo_at "$prefix$i"
		asker "$from" "$prefix$i"
		before=$(came)
		asks 4
		(($(came) < before + 4)) || break
		kill "$ASKER_PID"
		wait "$ASKER_PID" || :
	done
	same "by the first leg" $((before + 4)) "$(came)"
	[[ $from != c ]] || ip netns exec a conntrack -L 2>&1 | grep -q OFFLOAD
	sever
	lost a "$@"
	asks 4
	same "by the first leg" $((before + 4)) "$(came)"
	mend
	up a "$@"
	asks 4
	same "by the first leg" $((before + 8)) "$(came)"
}

socket_changes_over() { sessions reroute on; changes_over a 10.9.0. $KEY4; }
socket_changes_over_v6() { sessions6 reroute on; changes_over a fd09:: $KEY6; }

# c behind a, which forwards by a flowtable
third_host()
{
	ip netns add c
	ip link add va0 netns a type veth peer name vc netns c
	ip -n a link set va0 up
	ip -n c link set vc up
	ip -n a addr add 10.0.0.1/24 dev va0
	ip -n a addr add fd00::1/64 dev va0 nodad
	ip -n c addr add 10.0.0.2/24 dev vc
	ip -n c addr add fd00::2/64 dev vc nodad
	ip -n c route add default via 10.0.0.1
	ip -n c route add default via fd00::1
	ip -n b route add 10.0.0.0/24 via 10.0.1.1
	ip -n b route add fd00::/64 via fd01::1
	ip netns exec a sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
	ip netns exec a nft -f - <<-END
		table inet fast {
			flowtable f {
				hook ingress priority 0
				devices = { va0, va1, va2 }
			}
			chain forward {
				type filter hook forward priority 0
				udp dport 5000 flow add @f
			}
		}
	END
}

flow_changes_over()
{
	third_host
	sessions reroute on
	changes_over c 10.9.0. $KEY4
	ip netns del c
	ip netns exec a nft delete table inet fast
	ip netns exec a conntrack -F 2> /dev/null
	ip -n b route del 10.0.0.0/24
	ip -n b route del fd00::/64
}

flow_changes_over_v6()
{
	third_host
	sessions6 reroute on
	changes_over c fd09:: $KEY6
}

without_the_word_nothing_happens()
{
	sessions
	sever
	lost a $KEY4
	good 10.0.1.2
	by_first_leg 10.9.0.
}

# Everything but BFD still passes the wire: ARP, ND, a user, and who sends to the
# neighbour itself make the entry valid. For a moment
nothing_revives_it()
{
	sessions reroute on
	sessions6 reroute on
	sever
	lost a $KEY4
	lost a $KEY6
	! ip netns exec a ping -q -c 2 -W 1 10.0.1.2 > /dev/null || :
	! ip netns exec a ping -q -c 2 -W 1 fd01::2 > /dev/null || :
	ip netns exec b ping -q -c 2 -W 1 10.0.1.1 > /dev/null || :
	ip netns exec b ping -q -c 2 -W 1 fd01::1 > /dev/null || :
	ip -n a neigh replace 10.0.1.2 lladdr 02:00:00:00:01:02 dev va1 nud reachable
	failed 10.0.1.2
	failed fd01::2
	none_by_first_leg 10.9.0.
	none_by_first_leg fd09::
	mend
	up a $KEY4
	up a $KEY6
	good 10.0.1.2
	good fd01::2
}

# Our packets find the peer though nobody tells where it is
own_packets_need_no_neighbour()
{
	sessions reroute on
	sessions6 reroute on
	sever
	lost a $KEY4
	lost a $KEY6
	keep_silent
	mend
	up a $KEY4
	up a $KEY6
	speak_again
	good 10.0.1.2
	good fd01::2
}

# It says so to all, and our packets follow: the old address is nobody's
peer_moves()
{
	sessions reroute on
	sever
	lost a $KEY4
	ip -n b link set vb1 address 02:00:00:00:01:03
	ip netns exec b arping -q -A -c 1 -I vb1 10.0.1.2
	failed 10.0.1.2
	keep_silent
	mend
	up a $KEY4
	speak_again
	[[ $(neighbour 10.0.1.2) == *02:00:00:00:01:03* && $(neighbour 10.0.1.2) != *FAILED* ]]
	ip -n b link set vb1 address 02:00:00:00:01:02
	ip -n a neigh flush dev va1
}

# An administrator's rules, for whom these are packets like all others
hooks_see_own_packets()
{
	sessions reroute on
	sessions6 reroute on
	sever
	lost a $KEY4
	lost a $KEY6
	ip netns exec a nft -f - <<-END
		table inet seen {
			chain out {
				type filter hook output priority 0
				meta nfproto ipv4 udp dport 3784 drop
				meta nfproto ipv6 udp dport 3784 accept
			}
			chain post {
				type filter hook postrouting priority 0
				meta nfproto ipv6 udp dport 3784 drop
			}
		}
	END
	mend
	sleep 5
	is a local-state init $KEY4
	is a local-state init $KEY6
	ip netns exec a nft delete table inet seen
	up a $KEY4
	up a $KEY6
}

# Without an entry a neighbour counts as good
nobody_deletes_it()
{
	sessions reroute on
	sessions6 reroute on
	sever
	lost a $KEY4
	lost a $KEY6
	ip -n a neigh del 10.0.1.2 dev va1
	wait_for 5 failed 10.0.1.2
	ip -n a neigh del fd01::2 dev va1
	wait_for 5 failed fd01::2
	# Which bails out: there always is one more
	ip -n a neigh flush dev va1 > /dev/null 2>&1 || :
	wait_for 5 failed 10.0.1.2
	wait_for 5 failed fd01::2
	ip -n b link set vb1 down
	ip -n b link set vb1 up
	wait_for 5 failed 10.0.1.2
	wait_for 5 failed fd01::2
	ip -n a link set va1 down
	ip -n a link set va1 up
	wait_for 5 failed 10.0.1.2
	wait_for 5 failed fd01::2
	leg_up
	mend
	up a $KEY4
	up a $KEY6
	good 10.0.1.2
	good fd01::2
}

# What devices that went down have lost
leg_up()
{
	ip -n a addr replace fd01::1/64 dev va1 nodad
	ip -n b addr replace fd01::2/64 dev vb1 nodad
	ip -n a addr replace fe80::1/64 dev va1 nodad
	ip -n b addr replace fe80::2/64 dev vb1 nodad
	ip -n a nexthop replace id 41 via 10.0.1.2 dev va1
	ip -n a nexthop replace id 61 via fd01::2 dev va1
	ip -n a nexthop replace id 71 via fe80::2 dev va1
	ip -n a nexthop replace id 40 group 41,254/42,1
	ip -n a nexthop replace id 60 group 61,254/62,1
	ip -n a nexthop replace id 70 group 71,254/72,1
	ip -n a route replace 10.9.0.0/16 nhid 40
	ip -n a route replace fd09::/64 nhid 60
	ip -n a route replace fd07::/64 nhid 70
}

# There is no room for the entry; when there is, the session's next slot makes it
full_table()
{
	sessions reroute on
	sever
	lost a $KEY4
	sysctl -qw net.ipv4.neigh.default.gc_thresh3=0
	ip -n a neigh del 10.0.1.2 dev va1
	sleep 3
	! failed 10.0.1.2
	sysctl -qw net.ipv4.neigh.default.gc_thresh3=1024
	wait_for 5 failed 10.0.1.2
}

# Every third allocation of the packet path fails
no_memory()
{
	local i

	[[ -d $SLAB ]] || skip "no fault injection"
	sessions reroute on
	sessions6 reroute on
	echo 0 > $SLAB/verbose
	echo Y > $SLAB/ignore-gfp-wait
	echo -1 > $SLAB/times
	for i in {1..3}; do
		echo 30 > $SLAB/probability
		# Commands find no memory either
		wait_for 20 sever
		lost a $KEY4
		lost a $KEY6
		ip -n a neigh flush dev va1 > /dev/null 2>&1 || :
		sleep 2
		wait_for 20 mend
		sleep 2
		wait_for 20 sever
		sleep 1
		echo 0 > $SLAB/probability
		# A session that found no way up in all this is not Down for a lost path
		! is a rerouted true $KEY4 || wait_for 5 failed 10.0.1.2
		! is a rerouted true $KEY6 || wait_for 5 failed fd01::2
		mend
		up a $KEY4
		up a $KEY6
		wait_for 5 good 10.0.1.2
		wait_for 5 good fd01::2
	done
}

no_garbage_collector_takes_it()
{
	sessions reroute on
	sysctl -qw net.ipv4.neigh.default.gc_thresh1=0
	sever
	lost a $KEY4
	sleep 60
	failed 10.0.1.2
	sysctl -qw net.ipv4.neigh.default.gc_thresh1=128
}

given_back_as_it_was()
{
	ip -n a neigh replace 10.0.1.2 lladdr 02:00:00:00:01:02 dev va1 nud permanent
	sessions reroute on
	sever
	lost a $KEY4
	failed 10.0.1.2
	mend
	up a $KEY4
	[[ $(neighbour 10.0.1.2) == *02:00:00:00:01:02*PERMANENT* ]]
	[[ $(neighbour 10.0.1.2) != *extern_learn* ]]
	ip -n a neigh replace 10.0.1.2 dev va1 managed
	sever
	lost a $KEY4
	[[ $(neighbour 10.0.1.2) != *managed* ]]
	mend
	up a $KEY4
	[[ $(neighbour 10.0.1.2) == *02:00:00:00:01:02*managed* ]]
	ip -n a neigh del 10.0.1.2 dev va1
}

# RFC 5882 4.2
admin_down_is_no_lost_path()
{
	sessions reroute on
	bfd b session set peer 10.0.1.1 admin down
	lost a $KEY4
	good 10.0.1.2
	bfd b session set peer 10.0.1.1 admin up
	up a $KEY4
	sever
	lost a $KEY4
	failed 10.0.1.2
	bfd a session set $KEY4 admin down
	good 10.0.1.2
}

# The peer's operator gives up a path that is lost already
peer_takes_its_session_down()
{
	sessions reroute on
	sever
	lost a $KEY4
	failed 10.0.1.2
	bfd b session set peer 10.0.1.1 admin down
	wait_for 20 good 10.0.1.2
}

switched_off_or_deleted()
{
	sessions reroute on
	sever
	lost a $KEY4
	failed 10.0.1.2
	bfd a session set $KEY4 reroute off
	good 10.0.1.2
	bfd a session set $KEY4 reroute on
	good 10.0.1.2
	mend
	up a $KEY4
	sever
	lost a $KEY4
	failed 10.0.1.2
	bfd a session del $KEY4
	good 10.0.1.2
}

unloaded_meanwhile()
{
	sessions reroute on
	sever
	lost a $KEY4
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
	lost a $KEY4 local 10.0.1.3
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
	lost a $KEY4
	failed 10.0.1.2
	ip -n a link del va1
	is a rerouted true $KEY4
	leg 1
	leg_up
	mend
	up a $KEY4
	good 10.0.1.2
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
tests=(takes_the_other_leg takes_the_other_leg_v6 takes_the_other_leg_link_local
	classic_multipath resilient_group_and_single_next_hop_stay
	without_the_word_nothing_happens socket_changes_over socket_changes_over_v6
	nothing_revives_it own_packets_need_no_neighbour peer_moves hooks_see_own_packets
	nobody_deletes_it full_table no_memory no_garbage_collector_takes_it
	given_back_as_it_was admin_down_is_no_lost_path peer_takes_its_session_down
	switched_off_or_deleted unloaded_meanwhile two_sessions nothing_holds_the_device
	wrong_words flow_changes_over flow_changes_over_v6)
# Where each takes ten times as long, those that hurry, race or find no memory
[[ $KERNEL != debug ]] || tests=(takes_the_other_leg takes_the_other_leg_v6 nothing_revives_it
	nobody_deletes_it no_memory unloaded_meanwhile nothing_holds_the_device)
run_tests "${tests[@]}"
