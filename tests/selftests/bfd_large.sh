#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Large packets, RFC 9764: what is on the wire, and a wire that carries no more than small
# ones.

. "$(dirname "$0")/lib.sh"

KEY="peer 10.0.0.2"

pair()
{
	bfd a session add $KEY tx 50ms rx 50ms "$@"
	bfd b session add peer 10.0.0.1 tx 50ms rx 50ms "$@"
	up a $KEY
	up b peer 10.0.0.1
}

# capture FILTER: some packets as b gets them, in $CAUGHT
capture()
{
	CAUGHT=$(ip netns exec b tcpdump -i vb -Q in -c 3 -nvvx "$@" 2> /dev/null)
}

# sized BYTES: all that was caught has so many, is whole, and says that it is to stay so
sized()
{
	same "packets of $1 bytes" 3 "$(grep -c "length $1)" <<< "$CAUGHT")"
	same "packets with DF" 3 "$(grep -c 'flags \[DF\]' <<< "$CAUGHT")"
	same "checksums" 3 "$(grep -c 'udp sum ok' <<< "$CAUGHT")"
}

packets_are_padded_with_zeros()
{
	local bytes

	pair padded-pdu-size 1500
	capture ip and udp port 3784
	sized 1500
	bytes=$(sed -n 's/^\t0x[0-9a-f]*: *//p' <<< "$CAUGHT" | tr -d ' \n')
	same "bytes of three" $((3 * 1500 * 2)) ${#bytes}
	# It knows nothing of them
	same "Length, in hexadecimal" 18 "${bytes:62:2}"
	[[ ${bytes:104:2896} != *[^0]* ]]
	is a receive-invalid-packet-count 0 $KEY
	is b receive-invalid-packet-count 0 peer 10.0.0.1
}

ipv6_packets_are_padded()
{
	bfd a session add peer fd00::2 tx 50ms rx 50ms padded-pdu-size 1500
	bfd b session add peer fd00::1 tx 50ms rx 50ms
	up b peer fd00::1
	capture ip6 and udp port 3784
	same "packets of 1460 bytes after the header" 3 "$(grep -c 'payload length: 1460)' <<< "$CAUGHT")"
	same "checksums" 3 "$(grep -c 'udp sum ok' <<< "$CAUGHT")"
	is b receive-invalid-packet-count 0 peer fd00::1
}

larger_packets_stay_as_they_are()
{
	pair padded-pdu-size 51
	capture ip and udp port 3784
	sized 52
	bfd a session set $KEY padded-pdu-size 53
	capture ip and udp port 3784
	sized 53
	bfd a session set $KEY padded-pdu-size 1
	capture ip and udp port 3784
	sized 52
}

size_changes_without_a_flap()
{
	pair
	for size in 1500 999 1000 0; do
		bfd a session set $KEY padded-pdu-size $size
		is a padded-pdu-size $size $KEY
	done
	capture ip and udp port 3784
	sized 52
	is a up-count 1 $KEY
	is b up-count 1 peer 10.0.0.1
	is b receive-invalid-packet-count 0 peer 10.0.0.1
}

authenticated_packets_are_padded()
{
	pair padded-pdu-size 1400 auth meticulous-sha1 key-id 1 key secret
	capture ip and udp port 3784
	sized 1400
	is b receive-invalid-packet-count 0 peer 10.0.0.1
}

# Each end loses what is too big for it: b does not take in what a sends, and cannot
# send as much itself
path_that_lost_its_mtu_is_lost()
{
	pair padded-pdu-size 1500
	bfd a session add peer fd00::2 tx 50ms rx 50ms
	bfd b session add peer fd00::1 tx 50ms rx 50ms
	up a peer fd00::2
	ip -n b link set vb mtu 1400
	down a $KEY
	down b peer 10.0.0.1
	is a local-diagnostic control-expiry $KEY || is a local-diagnostic neighbor-down $KEY
	is a local-state up peer fd00::2
	is a down-count 0 peer fd00::2
	ip -n b link set vb mtu 1500
	up a $KEY
	up b peer 10.0.0.1
}

# What goes past a failed neighbour has no stack to ask whether it fits: b, which would
# take it, does not get it
rerouted_packets_must_fit()
{
	local key

	for key in "peer 10.0.0.2 dev va" "peer fd00::2 dev va"; do
		bfd a session add $key tx 50ms rx 50ms reroute on padded-pdu-size 1500
		bfd b session add ${key/2 dev va/1} tx 50ms rx 50ms
		up a $key
		ip -n a link set va mtu 1400
		wait_for 20 is a rerouted true $key
		sleep 5
		is a rerouted true $key
		is a up-count 1 $key
		is b up-count 1 ${key/2 dev va/1}
		ip -n a link set va mtu 1500
		up a $key
		is a rerouted false $key
	done
}

# A stamp of the time is all that most of them cost
padded_packets_are_predicted()
{
	local before

	pair padded-pdu-size 1500
	before=$(counter a receive-predicted-count)
	wait_for 20 counted a receive-predicted-count $((before + 10))
	# Shorter, longer: the peer's padding tells nothing
	bfd b session set peer 10.0.0.1 padded-pdu-size 1000
	before=$(counter a receive-predicted-count)
	wait_for 20 counted a receive-predicted-count $((before + 10))
}

saved_and_restored()
{
	bfd a session add $KEY padded-pdu-size 9216
	refused bfd a session set $KEY padded-pdu-size 9217
	bfd a save > "$WORK/saved"
	grep -q "padded-pdu-size 9216" "$WORK/saved"
	bfd a session del all
	bfd a -b "$WORK/saved"
	is a padded-pdu-size 9216 $KEY
	bfd a session replace $KEY
	is a padded-pdu-size 0 $KEY
}

in_memory tcpdump
load
run_tests packets_are_padded_with_zeros ipv6_packets_are_padded \
	larger_packets_stay_as_they_are size_changes_without_a_flap \
	authenticated_packets_are_padded path_that_lost_its_mtu_is_lost \
	rerouted_packets_must_fit padded_packets_are_predicted saved_and_restored
