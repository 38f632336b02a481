#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Micro sessions on the members of a LAG (RFC 7130): a and b have two wires, 1 and 2,
# which are a bond's or a team's. What is checked is that each member is judged by its
# own packets, whether its LAG uses it or not.
#
#	a: lag 10.1.0.1 { m1, m2 } == { m1, m2 } lag 10.1.0.2 :b

. "$(dirname "$0")/lib.sh"

FAST="tx 50ms rx 50ms"

setup()
{
	local ns n

	two_hosts
	for n in 1 2; do
		ip link add m$n netns a type veth peer name m$n netns b
	done
	for ns in a b; do
		bond $ns
	done
}

# bond NETNS: active-backup, so one member is inactive
bond()
{
	ip -n "$1" link add lag type bond mode active-backup miimon 100
	join "$1"
}

team()
{
	ip -n "$1" link add lag type team
	join "$1"
}

join()
{
	local ns=$1 n=1 m

	[[ $ns = a ]] || n=2
	for m in m1 m2; do
		ip -n "$ns" link set $m down
		ip -n "$ns" link set $m master lag
		ip -n "$ns" link set $m up
	done
	ip -n "$ns" link set lag up
	ip -n "$ns" addr replace 10.1.0.$n/24 dev lag
	ip -n "$ns" addr replace fd01::$n/64 dev lag nodad
}

# lag KIND: make both of that kind
lag()
{
	local ns

	for ns in a b; do
		ip -n $ns link del lag
		"$1" $ns
	done
}

# meet [MEMBER...]: a session at both ends of each, and Up
meet()
{
	local m

	for m in "${@:-m1}"; do
		bfd a session add peer 10.1.0.2 local 10.1.0.1 dev "$m" micro $FAST
		bfd b session add peer 10.1.0.1 local 10.1.0.2 dev "$m" micro $FAST
	done
	for m in "${@:-m1}"; do
		up a dev "$m"
		up b dev "$m"
	done
}

# The same two addresses twice, and each has its own discriminators
each_member_has_its_own()
{
	meet m1 m2
	same type micro "$(field a type dev m1)"
	same source 10.1.0.1 "$(field a source dev m1)"
	[[ $(field a local-discriminator dev m1) != $(field a local-discriminator dev m2) ]]
	same "remote end of m2" "$(field b local-discriminator dev m2)" \
		"$(field a remote-discriminator dev m2)"
	same invalid 0 "$(field a receive-invalid-packet-count dev m1)"
	same invalid 0 "$(field a receive-invalid-packet-count dev m2)"
}

# A cut wire, while the other goes on; it is seen by nobody's carrier
silent_member_fails_alone()
{
	meet m1 m2
	tc -n b qdisc add dev m2 root netem loss 100%
	down a dev m2
	same diag control-expiry "$(field a local-diagnostic dev m2)"
	is a local-state up dev m1
	tc -n b qdisc del dev m2 root
	up a dev m2
	same "the other's flaps" 0 "$(field a down-count dev m1)"
}

# Taken out of its LAG and put back, as who has seen it fail will do
survives_leaving_and_joining()
{
	FAST="tx 1s rx 1s mult 200"
	meet m2
	ip -n a link set m2 nomaster
	ip -n a link set m2 up
	ip -n a link set m2 down
	ip -n a link set m2 master lag
	ip -n a link set m2 up
	sleep 300
	is a local-state up dev m2
	is b local-state up dev m2
	same flaps 0 "$(field a down-count dev m2)"
	same "the other end's flaps" 0 "$(field b down-count dev m2)"
}

team_members()
{
	lag team
	meet m1 m2
	lag bond
	up a dev m1
	up a dev m2
}

ipv6()
{
	bfd a session add peer fd01::2 local fd01::1 dev m2 micro $FAST
	bfd b session add peer fd01::1 local fd01::2 dev m2 micro $FAST
	up a dev m2
	up b dev m2
	same invalid 0 "$(field a receive-invalid-packet-count dev m2)"
}

# RFC 7130 2.2, 2.3; m2 is the inactive one
wire_as_the_standard_says()
{
	bfd a session add peer 10.1.0.2 local 10.1.0.1 dev m2 micro discriminator 0x11223344
	PACKET=$(packet_in m2 udp port 6784)
	bytes Ethernet "01005e900001 ............ 0800"
	bytes IPv4 "45c00034 00004000 ff11 .... 0a010001 0a010002"
	bytes UDP ".... 1a80 0020 ...."
	bytes BFD "20480318 11223344 00000000 000f4240 000493e0 00000000"
	same rest "" "$PACKET"
}

# forged SRC DST: to port 6784 of m2, at which a has a session with SRC, which stays Up
forged()
{
	bfd a session add peer "$1" local "$2" dev m2 micro
	peer b m2 01:00:5e:90:00:01 "$1" "$2"
	tell set dport=6784
	tell every 200
	tell up 60
	dropped drop-ttl ttl=254 state=down
	dropped drop-ttl ttl=1 state=admin-down
	dropped drop-ttl ttl=254 your=0 state=down
	dropped drop-checksum csum=bad state=down
	dropped drop-checksum csum=bad your=0 state=down
	dropped drop-checksum udplen=7 state=down
	dropped drop-unknown-discriminator your=77 state=down
	is a local-state up dev m2 peer "$1" micro
	same down-count 0 "$(field a down-count dev m2 peer "$1" micro)"
	tell flush
	tell expect 30 state=up
}

# RFC 5881 5; IP has not seen these packets, so what it would refuse is refused here
forged_packets_are_dropped()
{
	ip -n b link set m2 nomaster
	ip -n b link set m2 up
	forged 10.1.0.2 10.1.0.1
	dropped drop-checksum udplen=200 state=down
	forged fd01::2 fd01::1
	dropped drop-checksum csum=zero state=down
	tell every 0
	ip -n b link set m2 down
	ip -n b link set m2 master lag
}

# A device listens to the RFC's MAC address while a session is on it, and no longer
group_is_left()
{
	meet m1
	bfd a session add peer fd01::2 local fd01::1 dev m1 micro
	ip -n a maddr show dev m1 | grep -q 01:00:5e:90:00:01
	bfd a session del dev m1 peer fd01::2 micro
	ip -n a maddr show dev m1 | grep -q 01:00:5e:90:00:01
	bfd a session del dev m1 peer 10.1.0.2 micro
	refused grep -q 01:00:5e:90:00:01 <(ip -n a maddr show dev m1)
}

devices_come_and_go()
{
	bfd a session add peer 10.1.0.2 local 10.1.0.1 dev m3 micro $FAST
	bfd b session add peer 10.1.0.1 local 10.1.0.2 dev m3 micro $FAST
	ip link add m3 netns a up type veth peer name m3 netns b
	ip -n b link set m3 up
	up a dev m3
	ip -n b link set m3 down
	ip -n b link set m3 name m4 up
	up b dev m4
	ip -n a link del m3
	refused is b local-state up dev m4
	ip link add m3 netns a up type veth peer name m4 netns b
	ip -n b link set m4 up
	up a dev m3
	up b dev m4
	ip -n a link del m3
}

unfit_devices_are_refused()
{
	refused bfd a session add peer 10.1.0.2 local 10.1.0.1 dev lag micro
	because "not a device that can be a LAG's member"
	refused bfd a session add peer 10.1.0.2 local 10.1.0.1 dev lo micro
	because "not a device that can be a LAG's member"
	have a 0
}

authenticated()
{
	meet m2
	bfd a session set dev m2 peer 10.1.0.2 micro auth sha1 key-id 1 key secret
	bfd b session set dev m2 peer 10.1.0.1 micro auth sha1 key-id 1 key secret
	up a dev m2
	up b dev m2
	sleep 1
	is a local-state up dev m2
}

load
modprobe -q -a bonding team veth sch_netem || :
in_memory tcpdump tc modprobe
run_tests each_member_has_its_own silent_member_fails_alone survives_leaving_and_joining \
	team_members ipv6 wire_as_the_standard_says forged_packets_are_dropped group_is_left devices_come_and_go \
	unfit_devices_are_refused authenticated
