#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# BFD between VXLAN tunnel endpoints (RFC 8971): a and b, with Linux's own devices. vx1
# and vx2 are two VNIs of the IPv4 underlay, vx6 is one of the IPv6 underlay. In b vx1 is
# a bridge's port.

. "$(dirname "$0")/lib.sh"

V4="peer 10.0.0.2 local 10.0.0.1 vxlan"
FAST="tx 50ms rx 50ms"

setup()
{
	two_hosts
	endpoints a 1
	endpoints b 2
	ip -n b link add br1 up type bridge
	ip -n b link set vx1 master br1
}

endpoints()
{
	local ns=$1 n=$2

	ip -n "$ns" link add vx1 address 02:00:00:00:01:0"$n" up type vxlan id 1 \
		local 10.0.0."$n" dstport 4789
	ip -n "$ns" link add vx2 address 02:00:00:00:02:0"$n" up type vxlan id 0x123456 \
		local 10.0.0."$n" dstport 4789
	ip -n "$ns" link add vx6 address 02:00:00:00:06:0"$n" up type vxlan id 6 \
		local fd00::"$n" dstport 4790
}

# meet DEV [FAMILY]: a session at both ends, and Up
meet()
{
	local net=10.0.0.

	[[ ${2:-4} = 4 ]] || net=fd00::
	bfd a session add peer ${net}2 local ${net}1 dev "$1" vxlan $FAST
	bfd b session add peer ${net}1 local ${net}2 dev "$1" vxlan $FAST
	up a dev "$1"
	up b dev "$1"
}

# What a device has received
received() { ip netns exec b cat /sys/class/net/"$1"/statistics/rx_packets; }

ipv4_underlay()
{
	meet vx1
	same type vxlan "$(field a type dev vx1)"
	same vni 1 "$(field a vni dev vx1)"
	wait_for 20 is a negotiated-tx-interval 50000 dev vx1
	same invalid 0 "$(field a receive-invalid-packet-count dev vx1)"
}

ipv6_underlay()
{
	meet vx6 6
	same vni 6 "$(field b vni dev vx6)"
	same invalid 0 "$(field a receive-invalid-packet-count dev vx6)"
}

# RFC 8971, RFC 7348 5; nobody answers, so it is the first packet again and again
wire_as_the_standard_says()
{
	bfd a session add $V4 dev vx2 discriminator 0x11223344
	PACKET=$(packet_in vb udp port 4789)
	bytes Ethernet "020000000002 020000000001 0800"
	bytes "outer IPv4" "45c00066 00004000 ff11 .... 0a000001 0a000002"
	bytes "outer UDP" ".... 12b5 0052 0000"
	bytes VXLAN "08000000 12345600"
	bytes "inner Ethernet" "00005e005202 020000000201 0800"
	bytes "inner IPv4" "45c00034 00004000 ff11 .... 0a000001 7f000001"
	bytes "inner UDP" ".... 0ec8 0020 ...."
	bytes BFD "20480318 11223344 00000000 000f4240 000493e0 00000000"
	same rest "" "$PACKET"
}

wire_over_ipv6()
{
	bfd a session add peer fd00::2 local fd00::1 vxlan dev vx6 discriminator 0x11223344
	PACKET=$(packet_in vb udp port 4790)
	bytes Ethernet "020000000002 020000000001 86dd"
	bytes "outer IPv6" "6c000000 0066 11 ff"
	bytes source "fd000000000000000000000000000001"
	bytes destination "fd000000000000000000000000000002"
	bytes "outer UDP" ".... 12b6 0066 ...."
	bytes VXLAN "08000000 00000600"
	bytes "inner Ethernet" "00005e005202 020000000601 86dd"
	bytes "inner IPv6" "6c000000 0020 11 ff"
	bytes source "fd000000000000000000000000000001"
	bytes destination "00000000000000000000ffff7f000001"
	bytes "inner UDP" ".... 0ec8 0020 ...."
	bytes BFD "20480318 11223344 00000000 000f4240 000493e0 00000000"
	same rest "" "$PACKET"
}

# Neither the device nor the bridge it is a port of, once there is a session: before it,
# a's first packets are nobody's
tenants_see_nothing()
{
	local device bridge table

	meet vx1
	for table in self master; do
		ip netns exec b bridge fdb del 02:00:00:00:01:01 dev vx1 $table 2> /dev/null || :
	done
	device=$(received vx1)
	bridge=$(received br1)
	wait_for 20 eval '[[ $(field b receive-packet-count dev vx1) -ge 50 ]]'
	same device "$device" "$(received vx1)"
	same bridge "$bridge" "$(received br1)"
	refused grep -q 02:00:00:00:01:01 <(ip netns exec b bridge fdb show)
}

# ... and keep what is theirs, in the same VNI
tenants_are_left_alone()
{
	local before

	meet vx1
	ip netns exec a bridge fdb append 00:00:00:00:00:00 dev vx1 dst 10.0.0.2
	ip -n a addr add 192.168.1.1/24 dev vx1
	ip -n a neigh replace 192.168.1.2 lladdr 02:00:00:00:01:02 dev vx1
	before=$(received vx1)
	# To the port of BFD, at that
	ip netns exec a bash -c 'echo tenant > /dev/udp/192.168.1.2/3784'
	wait_for 20 eval '[[ $(received vx1) -gt '"$before"' ]]'
	ip -n a addr del 192.168.1.1/24 dev vx1
	ip netns exec a bridge fdb del 00:00:00:00:00:00 dev vx1 dst 10.0.0.2
	is a local-state up dev vx1
}

two_vnis()
{
	meet vx1
	meet vx2
	same vni $((0x123456)) "$(field a vni dev vx2)"
	ip -n b link set vx2 down
	down a dev vx2
	same diag control-expiry "$(field a local-diagnostic dev vx2)"
	same diag path-down "$(field b local-diagnostic dev vx2)"
	is a local-state up dev vx1
	is b local-state up dev vx1
	ip -n b link set vx2 up
	up a dev vx2
	same "the other's flaps" 0 "$(field a down-count dev vx1)"
}

lost_path_is_detected()
{
	meet vx1
	tc -n b qdisc add dev vb root netem loss 100%
	down a dev vx1
	same diag control-expiry "$(field a local-diagnostic dev vx1)"
	tc -n b qdisc del dev vb root
	up a dev vx1
}

# One that a session is bound to comes, goes, and comes as something else
devices_come_and_go()
{
	bfd a session add $V4 dev vx9 $FAST
	bfd b session add peer 10.0.0.1 local 10.0.0.2 dev vx2 vxlan $FAST
	refused grep '"vni"' <(bfd a -j session show dev vx9)
	ip -n a link del vx2
	ip -n a link add vx9 up type vxlan id 0x123456 local 10.0.0.1 dstport 4789
	up a dev vx9
	ip -n a link set vx9 down
	down b dev vx2
	ip -n a link set vx9 name vx2 up
	up a dev vx2
	ip -n a link del vx2
	down b dev vx2
	ip -n a link add vx2 up type bridge
	sleep 2
	refused up_soon a dev vx2
	ip -n a link del vx2
	ip -n a link add vx2 address 02:00:00:00:02:01 up type vxlan id 0x123456 \
		local 10.0.0.1 dstport 4789
	up a dev vx2
}

up_soon() { wait_for 3 is "$1" local-state up "${@:2}"; }

unfit_devices_are_refused()
{
	refused bfd a session add $V4 dev va
	because "not a VXLAN device with a VNI of its own"
	ip -n a link add ext type vxlan external dstport 4791
	refused bfd a session add $V4 dev ext
	because "not a VXLAN device with a VNI of its own"
	ip -n a link del ext
	have a 0
}

authenticated()
{
	meet vx1
	bfd a session set dev vx1 peer 10.0.0.2 vxlan auth sha1 key-id 1 key secret
	bfd b session set dev vx1 peer 10.0.0.1 vxlan auth sha1 key-id 1 key secret
	up a dev vx1
	wait_for 20 eval 'bfd a -j session show dev vx1 | grep -q "\"type\":\"sha1\""'
	up b dev vx1
	sleep 1
	is a local-state up dev vx1
}

load
modprobe -q -a vxlan bridge sch_netem || :
in_memory tcpdump tc bridge modprobe
run_tests ipv4_underlay ipv6_underlay wire_as_the_standard_says wire_over_ipv6 \
	tenants_see_nothing tenants_are_left_alone two_vnis lost_path_is_detected \
	devices_come_and_go unfit_devices_are_refused authenticated
