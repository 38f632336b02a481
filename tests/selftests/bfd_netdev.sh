#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Interfaces, addresses, routes and VRFs that vanish and come back. A session waits,
# Down, and recovers by itself.
#
#	a: va 10.0.0.1 fd00::1 ---- vb 10.0.0.2 fd00::2 :b
#	   lo 10.9.0.1              lo 10.9.0.2

. "$(dirname "$0")/lib.sh"

MULTIHOP="peer 10.9.0.2 local 10.9.0.1 multihop"

pair()
{
	bfd a session add peer 10.0.0.2 dev va
	bfd b session add peer 10.0.0.1 dev vb
	up a peer 10.0.0.2
}

pair6()
{
	bfd a session add peer fd00::2 local fd00::1
	bfd b session add peer fd00::1 dev vb
	up a peer fd00::2
}

pair_multihop()
{
	ip -n a addr replace 10.9.0.1/32 dev lo
	ip -n b addr replace 10.9.0.2/32 dev lo
	ip -n a route replace 10.9.0.2 via 10.0.0.2
	ip -n b route replace 10.9.0.1 via 10.0.0.1
	bfd a session add $MULTIHOP
	bfd b session add peer 10.9.0.1 local 10.9.0.2 multihop
	up a $MULTIHOP
}

link_down_and_up()
{
	pair
	pair6
	ip -n a link set va down
	down a peer 10.0.0.2
	is a local-diagnostic path-down peer 10.0.0.2
	down b peer 10.0.0.1
	address a va 1
	up a peer 10.0.0.2
	up a peer fd00::2
	up b peer 10.0.0.1
}

# A bound session says at once that its path is gone, whoever deletes the other end
device_deleted_and_made_again()
{
	pair
	pair6
	ip -n b link del vb
	down a peer 10.0.0.2
	is a ifindex 0 peer 10.0.0.2
	is a local-diagnostic path-down peer 10.0.0.2
	[[ $(counter a send-failed-no-device) -gt 0 ]] || sleep 3
	[[ $(counter a send-failed-no-device) -gt 0 ]]
	wire
	up a peer 10.0.0.2
	up b peer 10.0.0.1
	up a peer fd00::2
}

device_that_does_not_exist_yet()
{
	bfd a session add peer 10.7.0.2 dev late
	bfd b session add peer 10.7.0.1 dev late
	is a ifindex 0 peer 10.7.0.2
	ip link add late netns a type veth peer name late netns b
	ip -n a addr add 10.7.0.1/24 dev late
	ip -n b addr add 10.7.0.2/24 dev late
	ip -n a link set late up
	ip -n b link set late up
	up a peer 10.7.0.2
	ip -n a link del late
	is a ifindex 0 peer 10.7.0.2
}

rename_is_followed()
{
	pair
	ip -n a link set va name elsewhere ||
		{ ip -n a link set va down; ip -n a link set va name elsewhere; }
	is a dev elsewhere peer 10.0.0.2
	address a elsewhere 1
	up a peer 10.0.0.2
	# The old name is free for another session
	bfd a session add peer 10.0.0.2 dev va
	bfd a session del peer 10.0.0.2 dev va
	ip -n a link set elsewhere down
	ip -n a link set elsewhere name va
	address a va 1
	is a dev va peer 10.0.0.2
	up a peer 10.0.0.2
}

moved_to_another_namespace_and_back()
{
	pair
	ip netns add c
	ip -n a link set va netns c
	down a peer 10.0.0.2
	is a ifindex 0 peer 10.0.0.2
	ip -n c link set va netns a
	address a va 1
	up a peer 10.0.0.2
	# And with a name of its own on the way
	ip -n a link set va netns c name other
	down a peer 10.0.0.2
	ip -n c link set other netns a name va
	address a va 1
	up a peer 10.0.0.2
	ip netns del c
}

address_removed_and_added()
{
	pair
	pair6
	ip -n a addr del 10.0.0.1/24 dev va
	ip -n a addr del fd00::1/64 dev va
	down b peer 10.0.0.1
	down b peer fd00::1
	[[ $(counter a send-failed-no-route) -gt 0 ]]
	address a va 1
	up b peer 10.0.0.1
	up a peer 10.0.0.2
	up b peer fd00::1
	up a peer fd00::2
}

# An address that is ours no longer is none of our sessions'
address_changed()
{
	pair
	ip -n a addr del 10.0.0.1/24 dev va
	ip -n a addr add 10.0.0.11/24 dev va
	down b peer 10.0.0.1
	ip -n b neigh replace 10.0.0.11 lladdr 02:00:00:00:00:01 dev vb
	bfd b session add peer 10.0.0.11 dev vb
	up b peer 10.0.0.11
	up a peer 10.0.0.2
	is a source 10.0.0.11 peer 10.0.0.2
	ip -n a addr flush dev va
	address a va 1
}

route_removed_and_added()
{
	pair_multihop
	ip -n a route del 10.9.0.2
	down b peer 10.9.0.1
	ip -n a route add 10.9.0.2 via 10.0.0.2
	up a $MULTIHOP
	up b peer 10.9.0.1 multihop
	# The other way of losing it
	ip -n a route add blackhole 10.9.0.2 metric 0 2> /dev/null ||
		ip -n a route replace unreachable 10.9.0.2
	down b peer 10.9.0.1
	ip -n a route flush 10.9.0.2
	ip -n a route replace 10.9.0.2 via 10.0.0.2
	up b peer 10.9.0.1 multihop
}

enslaved_to_a_vrf_and_back()
{
	pair
	ip -n a link add red type vrf table 100
	ip -n a link set red up
	ip -n a link set va master red
	address a va 1
	up a peer 10.0.0.2
	up b peer 10.0.0.1
	ip -n a link set va nomaster
	address a va 1
	up a peer 10.0.0.2
	up b peer 10.0.0.1
	ip -n a link del red
}

vrf_that_appears_later()
{
	bfd a session add peer 10.0.0.2 vrf blue
	bfd b session add peer 10.0.0.1 dev vb
	sleep 2
	is a local-state down peer 10.0.0.2
	ip -n a link add blue type vrf table 101
	ip -n a link set blue up
	ip -n a link set va master blue
	address a va 1
	up a peer 10.0.0.2 vrf blue
	up b peer 10.0.0.1
	# A VRF that goes takes the path with it, and gives it back
	ip -n a link del blue
	down a peer 10.0.0.2 vrf blue
	ip -n a link add blue type vrf table 101
	ip -n a link set blue up
	ip -n a link set va master blue
	address a va 1
	up a peer 10.0.0.2 vrf blue
	ip -n a link del blue
	address a va 1
}

# Sessions of one key, one inside and one outside
vrf_and_default_apart()
{
	ip -n a link add green type vrf table 102
	ip -n a link set green up
	ip link add ga netns a type veth peer name gb netns b
	ip -n a link set ga master green
	ip -n a addr add 10.0.0.1/24 dev ga
	ip -n a link set ga up
	ip netns add c
	ip -n b link set gb netns c
	ip -n c addr add 10.0.0.2/24 dev gb
	ip -n c link set gb up
	bfd a session add peer 10.0.0.2 dev va discriminator 1
	bfd a session add peer 10.0.0.2 vrf green discriminator 2
	bfd b session add peer 10.0.0.1 discriminator 11
	bfd c session add peer 10.0.0.1 discriminator 12
	up a id 1
	up a id 2
	is a remote-discriminator 11 id 1
	is a remote-discriminator 12 id 2
	ip netns del c
	ip -n a link del green
}

# Whoever waits in it may not hold the device
nothing_holds_a_device()
{
	pair
	pair6
	pair_multihop
	ip -n b link del vb
	wait_for 30 gone va
	wire
}

gone() { ! ip -n a link show "$1" > /dev/null 2>&1; }

# All at once, over and over, under traffic
everything_flaps()
{
	local i

	pair
	pair6
	pair_multihop
	for i in 1 2 3 4 5; do
		ip -n a link set va down
		ip -n a link set va name vx
		ip -n a link set vx name va
		address a va 1
		ip -n a addr flush dev va
		ip -n a link add red type vrf table 100
		ip -n a link set va master red
		address a va 1
		ip -n a link del red
		ip -n b link del vb
		wire
		bfd a session set peer 10.0.0.2 tx $((200 + i)) rx $((100 + i))
	done
	ip -n a route replace 10.9.0.2 via 10.0.0.2
	ip -n b route replace 10.9.0.1 via 10.0.0.1
	up a peer 10.0.0.2
	up a peer fd00::2
	up a $MULTIHOP
}

load
run_tests link_down_and_up device_deleted_and_made_again device_that_does_not_exist_yet \
	rename_is_followed moved_to_another_namespace_and_back address_removed_and_added \
	address_changed route_removed_and_added enslaved_to_a_vrf_and_back \
	vrf_that_appears_later vrf_and_default_apart nothing_holds_a_device everything_flaps
