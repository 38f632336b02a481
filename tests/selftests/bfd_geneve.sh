#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# BFD between Geneve tunnel endpoints (RFC 9521): a and b, with Linux's own devices. gn1
# and gn2 are two VNIs of the IPv4 underlay, gn6 is one of the IPv6 underlay. In b gn1 is
# a bridge's port. What no peer of ours would send comes from b byte by byte.

. "$(dirname "$0")/lib.sh"

V4="peer 10.0.0.2 local 10.0.0.1 geneve"
FAST="tx 50ms rx 50ms"

setup()
{
	two_hosts
	endpoints a 1
	endpoints b 2
	ip -n b link add br1 up type bridge
	ip -n b link set gn1 master br1
}

endpoints()
{
	local ns=$1 n=$2 other=$((3 - $2))

	# They would say hello by themselves
	ip netns exec "$ns" bash -c 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6'
	ip -n "$ns" link add gn1 address 02:00:00:00:01:0"$n" up type geneve id 1 \
		remote 10.0.0."$other" dstport 6081
	ip -n "$ns" link add gn2 address 02:00:00:00:02:0"$n" up type geneve id 0x123456 \
		remote 10.0.0."$other" dstport 6081
	ip -n "$ns" link add gn6 address 02:00:00:00:06:0"$n" up type geneve id 6 \
		remote fd00::"$other" dstport 6082
}

# meet DEV [FAMILY]: a session at both ends, and Up
meet()
{
	local net=10.0.0.

	[[ ${2:-4} = 4 ]] || net=fd00::
	bfd a session add peer ${net}2 local ${net}1 dev "$1" geneve $FAST
	bfd b session add peer ${net}1 local ${net}2 dev "$1" geneve $FAST
	up a dev "$1"
	up b dev "$1"
}

# What a device has received
received() { ip netns exec "$1" cat /sys/class/net/"$2"/statistics/rx_packets; }

# forged [HEADER [MAC [TTL]]]: b sends a's gn2 a packet of a peer that is down
forged()
{
	local header=${1:-00806558 12345600} mac=${2:-020000000201} ttl=${3:-ff} hex sum

	# The checksum of an IPv4 header that is else always the same
	sum=$(printf %04x $(((0x39f5 + ((0xff - 0x$ttl) << 8)) % 0x10000)))
	hex="$header $mac 020000000202 0800
	     45c00034 00004000 ${ttl}11 $sum c0000202 7f000001 c0000ec8 00200000
	     20400318 00000055 00000000 000f4240 000f4240 00000000"
	# shellcheck disable=SC2059  # what is printed is a format
	printf "$(tr -d ' \n\t' <<< "$hex" | sed 's/../\\x&/g')" > "$WORK/packet"
	ip netns exec b bash -c 'cat "$1" > /dev/udp/10.0.0.1/6081' - "$WORK/packet"
}

# counted RECEIVED INVALID: by the session of a's gn2
counted() { is a receive-packet-count "$1" dev gn2 && is a receive-invalid-packet-count "$2" dev gn2; }

ipv4_underlay()
{
	meet gn1
	same type geneve "$(field a type dev gn1)"
	same vni 1 "$(field a vni dev gn1)"
	wait_for 20 is a negotiated-tx-interval 50000 dev gn1
	same invalid 0 "$(field a receive-invalid-packet-count dev gn1)"
}

ipv6_underlay()
{
	meet gn6 6
	same vni 6 "$(field b vni dev gn6)"
	same invalid 0 "$(field a receive-invalid-packet-count dev gn6)"
}

# RFC 9521, RFC 8926 3.4; nobody answers, so it is the first packet again and again
wire_as_the_standard_says()
{
	bfd a session add $V4 dev gn2 discriminator 0x11223344
	PACKET=$(packet_in vb udp port 6081 and src host 10.0.0.1)
	bytes Ethernet "020000000002 020000000001 0800"
	bytes "outer IPv4" "45c00066 00004000 ff11 .... 0a000001 0a000002"
	bytes "outer UDP" ".... 17c1 0052 ...."
	bytes Geneve "00806558 12345600"
	bytes "inner Ethernet" "00005e005202 020000000201 0800"
	bytes "inner IPv4" "45c00034 00004000 ff11 .... 0a000001 7f000001"
	bytes "inner UDP" ".... 0ec8 0020 ...."
	bytes BFD "20480318 11223344 00000000 000f4240 000493e0 00000000"
	same rest "" "$PACKET"
}

wire_over_ipv6()
{
	bfd a session add peer fd00::2 local fd00::1 geneve dev gn6 discriminator 0x11223344
	PACKET=$(packet_in vb udp port 6082)
	bytes Ethernet "020000000002 020000000001 86dd"
	bytes "outer IPv6" "6c000000 0066 11 ff"
	bytes source "fd000000000000000000000000000001"
	bytes destination "fd000000000000000000000000000002"
	bytes "outer UDP" ".... 17c2 0066 ...."
	bytes Geneve "00806558 00000600"
	bytes "inner Ethernet" "00005e005202 020000000601 86dd"
	bytes "inner IPv6" "6c000000 0020 11 ff"
	bytes source "fd000000000000000000000000000001"
	bytes destination "00000000000000000000000000000001"
	bytes "inner UDP" ".... 0ec8 0020 ...."
	bytes BFD "20480318 11223344 00000000 000f4240 000493e0 00000000"
	same rest "" "$PACKET"
}

# Once heard of, it is whom packets are for
peers_mac_address_is_learnt()
{
	meet gn2
	PACKET=$(packet_in vb udp port 6081 and src host 10.0.0.1)
	PACKET=${PACKET:84}
	bytes Geneve "00806558 12345600"
	bytes "inner Ethernet" "020000000202 020000000201 0800"
}

# To our MAC address or to the one of the first packets, with options or without
good_packets_are_taken()
{
	bfd a session add $V4 dev gn2
	forged
	wait_for 20 counted 1 0
	forged "" 00005e005202
	wait_for 20 counted 2 0
	forged "02806558 12345600 01020301 00000000"
	wait_for 20 counted 3 0
	forged "00bf6558 123456ff"
	wait_for 20 counted 4 0
}

wrong_ttl_is_counted()
{
	bfd a session add $V4 dev gn2
	forged "" "" fe
	wait_for 20 counted 0 1
	forged
	wait_for 20 counted 1 1
}

# What is not for a session, a good one after it shows
others_are_left_alone()
{
	local device

	bfd a session add $V4 dev gn2
	device=$(received a gn2)
	forged "00806558 12345700"			# another VNI
	forged "00c06558 12345600"			# a critical option
	forged "40806558 12345600"			# another version
	forged "00800800 12345600"			# IP inside
	same device "$device" "$(received a gn2)"
	forged "" 020000000203				# another MAC address
	forged "00006558 12345600"			# a tenant's
	forged
	wait_for 20 counted 1 0
	wait_for 20 eval '[[ $(received a gn2) = '$((device + 2))' ]]'
}

# Neither the device nor the bridge it is a port of, once there is a session: before it,
# a's first packets are nobody's
tenants_see_nothing()
{
	local device bridge

	meet gn1
	ip netns exec b bridge fdb del 02:00:00:00:01:01 dev gn1 master 2> /dev/null || :
	device=$(received b gn1)
	bridge=$(received b br1)
	wait_for 20 eval '[[ $(field b receive-packet-count dev gn1) -ge 50 ]]'
	same device "$device" "$(received b gn1)"
	same bridge "$bridge" "$(received b br1)"
	refused grep -q 02:00:00:00:01:01 <(ip netns exec b bridge fdb show)
}

# ... and keep what is theirs, in the same VNI
tenants_are_left_alone()
{
	local before

	meet gn1
	ip -n a addr add 192.168.1.1/24 dev gn1
	ip -n a neigh replace 192.168.1.2 lladdr 02:00:00:00:01:02 dev gn1
	before=$(received b gn1)
	# To the port of BFD, at that
	ip netns exec a bash -c 'echo tenant > /dev/udp/192.168.1.2/3784'
	wait_for 20 eval '[[ $(received b gn1) -gt '"$before"' ]]'
	ip -n a addr del 192.168.1.1/24 dev gn1
	is a local-state up dev gn1
}

two_vnis()
{
	meet gn1
	meet gn2
	same vni $((0x123456)) "$(field a vni dev gn2)"
	ip -n b link set gn2 down
	down a dev gn2
	same diag control-expiry "$(field a local-diagnostic dev gn2)"
	same diag path-down "$(field b local-diagnostic dev gn2)"
	is a local-state up dev gn1
	is b local-state up dev gn1
	ip -n b link set gn2 up
	up a dev gn2
	same "the other's flaps" 0 "$(field a down-count dev gn1)"
}

# Both kinds in one namespace, by the same hooks
beside_vxlan()
{
	local n

	for n in 1 2; do
		ip -n "$( ((n == 1)) && echo a || echo b)" link add vx1 up type vxlan id 1 \
			local 10.0.0.$n dstport 4789
	done
	meet gn1
	bfd a session add peer 10.0.0.2 local 10.0.0.1 dev vx1 vxlan $FAST
	bfd b session add peer 10.0.0.1 local 10.0.0.2 dev vx1 vxlan $FAST
	up a dev vx1
	bfd a session del dev vx1 peer 10.0.0.2 local 10.0.0.1 vxlan
	down b dev vx1
	is a local-state up dev gn1
	ip -n a link del vx1
	ip -n b link del vx1
}

lost_path_is_detected()
{
	meet gn1
	tc -n b qdisc add dev vb root netem loss 100%
	down a dev gn1
	same diag control-expiry "$(field a local-diagnostic dev gn1)"
	tc -n b qdisc del dev vb root
	up a dev gn1
}

# One that a session is bound to comes, goes, and comes as something else
devices_come_and_go()
{
	bfd a session add $V4 dev gn9 $FAST
	bfd b session add peer 10.0.0.1 local 10.0.0.2 dev gn2 geneve $FAST
	refused grep '"vni"' <(bfd a -j session show dev gn9)
	ip -n a link del gn2
	ip -n a link add gn9 up type geneve id 0x123456 remote 10.0.0.2 dstport 6081
	up a dev gn9
	ip -n a link set gn9 down
	down b dev gn2
	ip -n a link set gn9 name gn2 up
	up a dev gn2
	ip -n a link del gn2
	down b dev gn2
	ip -n a link add gn2 up type bridge
	sleep 2
	refused up_soon a dev gn2
	ip -n a link del gn2
	ip -n a link add gn2 address 02:00:00:00:02:01 up type geneve id 0x123456 \
		remote 10.0.0.2 dstport 6081
	up a dev gn2
}

# again BYTE: gn2 at both ends, with other MAC addresses than the last
again()
{
	local ns n=1

	for ns in a b; do
		ip -n $ns link del gn2
	done
	for ns in a b; do
		ip -n $ns link add gn2 address 02:00:00:00:"$1":0$n up type geneve id 0x123456 \
			remote 10.0.0.$((3 - n)) dstport 6081
		n=2
	done
}

# What an end has learnt of the other's MAC address is of one life
both_devices_are_made_anew()
{
	meet gn2
	again 07
	up a dev gn2
	up b dev gn2
	again 02
	up a dev gn2
	up b dev gn2
}

changed_mac_address_costs_nothing()
{
	meet gn2
	wait_for 20 is a polling false dev gn2
	wait_for 20 is b polling false dev gn2
	ip -n b link set gn2 address 02:00:00:00:08:02
	sleep 2
	for ns in a b; do
		is $ns local-state up dev gn2
		is $ns down-count 0 dev gn2
	done
	ip -n b link set gn2 address 02:00:00:00:02:02
}

up_soon() { wait_for 3 is "$1" local-state up "${@:2}"; }

unfit_devices_are_refused()
{
	local why="not a Geneve device with a VNI of its own, for Ethernet"

	refused bfd a session add $V4 dev va
	because "$why"
	ip -n a link add ext type geneve external dstport 6085
	refused bfd a session add $V4 dev ext
	because "$why"
	ip -n a link del ext
	ip -n a link add l3 type geneve id 7 remote 10.0.0.2 dstport 6086 innerprotoinherit
	refused bfd a session add $V4 dev l3
	because "$why"
	ip -n a link del l3
	refused bfd a session add peer 10.0.0.2 local 10.0.0.1 vxlan dev gn1
	because "not a VXLAN device"
	have a 0
}

authenticated()
{
	meet gn1
	bfd a session set dev gn1 peer 10.0.0.2 geneve auth sha1 key-id 1 key secret
	bfd b session set dev gn1 peer 10.0.0.1 geneve auth sha1 key-id 1 key secret
	up a dev gn1
	wait_for 20 eval 'bfd a -j session show dev gn1 | grep -q "\"type\":\"sha1\""'
	up b dev gn1
	sleep 1
	is a local-state up dev gn1
}

load
modprobe -q -a geneve vxlan bridge sch_netem || :
in_memory tcpdump tc bridge modprobe cat
run_tests ipv4_underlay ipv6_underlay wire_as_the_standard_says wire_over_ipv6 \
	peers_mac_address_is_learnt good_packets_are_taken wrong_ttl_is_counted \
	others_are_left_alone tenants_see_nothing tenants_are_left_alone two_vnis \
	beside_vxlan lost_path_is_detected devices_come_and_go \
	both_devices_are_made_anew changed_mac_address_costs_nothing unfit_devices_are_refused \
	authenticated
