#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# lab: kernel=6.1 icount timeout=300
#
# keepalived follows BFD by track files. Two routers share a virtual address; a, with
# 150, is preferred to b, with 100. Each BFD session of a that is lost takes 30 away:
# one may be, and with the second the address moves. Then the two watch each other by
# multihop BFD through up, and b takes a service address while a is lost.
#
#               up                    three wires, BFD 3 x 10 ms on each
#        .2 /   .2 |   \ .2
#   10.1.0 / 10.3.0|    \ 10.2.0.0/24
#     .1  /     .1 |     \ .1
#         a--------+      b           10.0.0.2, 10.0.0.3; one of them is 10.0.0.1 too
#         |               |
#         +------lan------+---- host  10.0.0.4, which sees who announces 10.0.0.1

. "$(dirname "$0")/../timing/lib.sh"

VIRTUAL=10.0.0.1
declare -A MAC=([a]=02:00:00:00:00:0a [b]=02:00:00:00:00:0b)

# wire NETNS DEV NETNS DEV
wire()
{
	ip link add "$2" netns "$1" type veth peer name "$4" netns "$3"
	ip -n "$1" link set "$2" up
	ip -n "$3" link set "$4" up
}

# uplink ROUTER DEV NET: a wire to up, where its end is called ROUTER-DEV
uplink()
{
	wire "$1" "$2" up "$1-$2"
	ip -n "$1" address add "$3.1/24" dev "$2"
	ip -n up address add "$3.2/24" dev "$1-$2"
	bfdctl -n up session add peer "$3.1" dev "$1-$2" tx 10 rx 10
	bfdctl -n "$1" session add peer "$3.2" dev "$2" tx 10 rx 10
}

network()
{
	local ns last=2

	for ns in up lan a b host; do
		ip netns add $ns
		ip -n $ns link set lo up
	done
	ip -n lan link add br0 type bridge
	ip -n lan link set br0 up
	for ns in a b host; do
		wire lan port-$ns $ns eth0
		ip -n lan link set port-$ns master br0
		ip -n $ns address add 10.0.0.$((last++))/24 dev eth0
	done
	for ns in a b; do
		ip -n $ns link set eth0 address ${MAC[$ns]}
	done
	uplink a eth1 10.1.0
	uplink a eth2 10.3.0
	uplink b eth1 10.2.0
}

# follow ROUTER SESSION...: its track file, and a command that writes down what it is told
follow()
{
	local router=$1

	shift
	mkdir -p /run/bfd
	TOLD=/tmp/$router.told bfdctl -n "$router" monitor track-file "/run/bfd/$router" "$@" \
		exec 'echo $BFD_EVENT $BFD_PEER $BFD_FROM $BFD_TO >> $TOLD' 2> "/tmp/$router.warnings" &
	follower=$!
}

# balance ROUTER PRIORITY
balance()
{
	cat > "/tmp/$1.conf" <<-END
		global_defs {
			router_id $1
			vrrp_version 3
		}
		track_file uplinks {
			file /run/bfd/$1
			weight 1
		}
		vrrp_instance lan {
			state BACKUP
			interface eth0
			virtual_router_id 1
			priority $2
			advert_int 0.02
			virtual_ipaddress {
				$VIRTUAL/24
			}
			track_file {
				uplinks
			}
		}
	END
	ip netns exec "$1" keepalived -n -l -D -P -f "/tmp/$1.conf" -p "/tmp/$1.pid" \
		-r "/tmp/$1.vrrp.pid" > "/tmp/$1.log" 2>&1 &
}

# b is the backup, with the command of the README
watch_a()
{
	ip netns exec up sysctl -qw net.ipv4.ip_forward=1
	ip -n a route add 10.2.0.0/24 via 10.1.0.2
	ip -n b route add 10.1.0.0/24 via 10.2.0.2
	bfdctl -n b session add peer 10.1.0.1 local 10.2.0.1 multihop min-ttl 250 tx 100 rx 100
	cat > /tmp/peer <<-'END'
		#!/bin/sh
		[ "$BFD_PEER" = 10.1.0.1 ] || exit 0
		case $BFD_LOCAL_STATE/$BFD_REMOTE_STATE in
		up/*)    ip address flush dev lo to 198.51.100.1/32 ;;
		down/admin-down) ;;
		down/*)  ip address replace 198.51.100.1/32 dev lo ;;
		esac
	END
	chmod +x /tmp/peer
	ip netns exec b bfdctl monitor initial exec /tmp/peer 2> /tmp/peer.warnings &
}

# Programs and what they load, before times count
preload()
{
	local program

	for program in keepalived tcpdump ip tc sh sleep awk jq; do
		program=$(type -P $program)
		ldd "$program" | awk -v p="$program" '{ print $3 } END { print p }' | grep / |
			xargs cat > /dev/null
	done
}

has() { ip -n "$1" -o address show dev eth0 | grep -q " $VIRTUAL/"; }
serves() { ip -n "$1" -o address show dev lo | grep -q ' 198.51.100.1/32'; }
idle() { ! serves "$1"; }
only() { has "$1" && ! has "$2"; }
up_of() { bfdctl -n "$1" -j session show state up | jq length; }
is_up() { [[ $(up_of "$1") = "$2" ]]; }
value() { [[ $(< "/run/bfd/$1") = "$2" ]]; }
track_exists() { [[ -s /run/bfd/$1 ]]; }

# wait_for COMMAND...: ten seconds
wait_for()
{
	local tries=200

	until "$@"; do
		((tries--)) || return
		pass_time 0.05
	done
}

# check NAME COMMAND...
check()
{
	local name=$1

	shift
	if "$@"; then result 1 "$name"; else result 0 "$name"; fi
}

cut_wire() { tc -n up qdisc add dev "$1" root netem loss 100%; }
heal_wire() { tc -n up qdisc del dev "$1" root; }

# event PEER TO: when a last told of it, ns
event()
{
	jq -r --arg peer "$1" --arg to "$2" 'select(.event == "state" and
		.peer == $peer and .to == $to) | .timestamp' /tmp/events | tail -n 1
}

# announced ROUTER NS: when the host first heard it announce the address after then, ns.
# The nanoseconds of today are more than awk's numbers hold, so seconds go first.
announced()
{
	awk -v mac="${MAC[$1]}" -v since="$2" '
		BEGIN { s = substr(since, 1, 10); us = substr(since, 11, 6) }
		$2 == mac && /'"$VIRTUAL"'.* tell '"$VIRTUAL"'|Announcement '"$VIRTUAL"'/ {
			split($1, t, ".")
			if (t[1] > s || t[1] == s && t[2] >= us) {
				print t[1] t[2] "000"
				exit
			}
		}' /tmp/arp
}

# moved TO DOWN: it announced itself within 100 ms of that moment
moved()
{
	local heard

	heard=$(announced "$1" "$2")
	[[ $2 && $heard ]] || return
	say "$1 announces the address $(((heard - $2) / 1000)) us after the event"
	((heard - $2 < 100000000))
}

setup_once
network
preload
wait_for is_up a 2 || die "the sessions do not come up"
follow b peer 10.2.0.2 weight -30
follow a peer 10.1.0.2 dev eth1 weight -30 peer 10.3.0.2 dev eth2 weight -30
wait_for track_exists a
wait_for track_exists b
check "all sessions are up, and the track files say so" value a 0
bfdctl -n a -j monitor > /tmp/events &
ip netns exec host tcpdump -e -tt -n -l --immediate-mode -i eth0 -Z root arp \
	> /tmp/arp 2> /tmp/tcpdump.log &
balance a 150
balance b 100
wait_for only a b || die "no router has the address, or both"
check "the preferred router has the address" only a b

# A restart of the unit that restores sessions
bfdctl -n a save > /tmp/a.sessions
bfdctl -n a -b /tmp/a.sessions
check "a configuration restored over itself is no error" [ $? = 0 ]
pass_time 0.2
check "and nothing happens" [ ! -s /tmp/events ]

cut_wire a-eth1
wait_for value a -30
check "one session of two lost is told to keepalived" value a -30
pass_time 1
check "but the address stays" only a b

cut_wire a-eth2
wait_for only b a
pass_time 0.2
check "with the second it moves" only b a
check "within 100 ms of the Down event" moved b "$(event 10.3.0.2 down)"

heal_wire a-eth1
heal_wire a-eth2
wait_for is_up a 2
wait_for only a b
check "the preferred router takes it back" only a b
recovered=$(printf '%s\n' "$(event 10.1.0.2 up)" "$(event 10.3.0.2 up)" | sort | head -n 1)
check "within 100 ms of the first Up event" moved a "$recovered"

say "commands were told:"
sort /tmp/a.told | sed 's/^/#     /'
check "a command was told of each loss" [ "$(grep -c 'up down$' /tmp/a.told)" = 2 ]
check "and of each recovery" [ "$(grep -c 'up$' /tmp/a.told)" = 2 ]
check "and none failed" [ ! -s /tmp/a.warnings ]

watch_a
wait_for serves b
check "a peer that was never heard is a lost one" serves b
bfdctl -n a session add peer 10.2.0.1 local 10.1.0.1 multihop min-ttl 250 tx 100 rx 100
wait_for idle b
check "with both nodes up the backup does not serve" idle b
cut_wire a-eth1
wait_for serves b
check "it does while the other one is lost" serves b
bfdctl -n a session set peer 10.2.0.1 local 10.1.0.1 multihop admin down
heal_wire a-eth1
pass_time 2
check "also if that then says AdminDown" serves b
bfdctl -n a session set peer 10.2.0.1 local 10.1.0.1 multihop admin up
wait_for idle b
check "but not when both are up again" idle b
check "and no command failed" [ ! -s /tmp/peer.warnings ]

wait_for value a 0
kill $follower
wait $follower
check "SIGTERM ends what follows, with status 0" [ $? = 0 ]
check "and its file stays" value a 0
finish
