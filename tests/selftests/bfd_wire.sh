#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The wire as RFC 5880, 5881 and 5883 want it: a scripted peer in b sends what no sane
# one would to a session in a.
#
#	a: va 10.0.0.1 fd00::1 ---- vb 10.0.0.2 fd00::2 :b (the peer)

. "$(dirname "$0")/lib.sh"

MAC=02:00:00:00:00:01
KEY="peer 10.0.0.2"

# meet [PARAMS...]: a session in a and a peer that brings it Up
meet()
{
	bfd a session add $KEY "$@"
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell every 200
	tell up 60
}

# Is it still Up, has never been Down, and does it speak?
unharmed()
{
	local all

	all=$(bfd a -j -s session show $KEY)
	same state up "$(value local-state "$all")"
	same down-count 0 "$(value down-count "$all")"
	tell flush
	tell expect 30 state=up
}

malformed_packets_are_dropped()
{
	meet
	dropped drop-too-short size=23
	dropped drop-too-short size=0
	dropped drop-version ver=0
	dropped drop-version ver=2
	dropped drop-length len=23
	dropped drop-length len=25
	dropped drop-length len=25 a=1 size=26
	dropped drop-detect-mult-zero mult=0
	dropped drop-multipoint m=1
	dropped drop-my-discriminator-zero my=0
	dropped drop-your-discriminator-zero your=0 state=up
	dropped drop-your-discriminator-zero your=0 state=init
	unharmed
}

forged_packets_are_dropped()
{
	local your

	meet
	tell expect 20 state=up
	your=$(said my)
	dropped drop-unknown-discriminator your=$((your ^ 1)) state=down
	dropped drop-wrong-peer src=10.0.0.77 state=down
	dropped drop-ttl ttl=254 state=down
	dropped drop-ttl ttl=1 state=admin-down
	dropped drop-ttl ttl=254 your=0 state=down
	dropped drop-checksum csum=bad state=down
	dropped drop-checksum udplen=7 state=down
	dropped drop-checksum udplen=200 state=down
	dropped drop-auth-unexpected a=1 len=28 size=28 state=down
	unharmed
}

# RFC 768: over IPv4 a sender may leave the checksum out
zero_checksum_is_no_checksum()
{
	meet
	tell every 0
	tell flush
	tell send csum=zero p=1
	tell expect 20 f=1
}

wrong_device_is_dropped()
{
	local before

	ip link add va2 netns a type veth peer name vb2 netns b
	ip -n a link set va2 up address 02:00:00:00:00:03
	ip -n b link set vb2 up
	ip netns exec a sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.va2.rp_filter=0
	meet dev va
	tell expect 20 state=up
	your=$(said my)
	before=$(counter a drop-wrong-device)
	ip netns exec b bfd_peer vb2 02:00:00:00:00:03 10.0.0.2 10.0.0.1 \
		<<< "send your=$your state=down" > "$WORK/out" 2> "$WORK/peer2.log"
	same answer ok "$(< "$WORK/out")"
	wait_for 20 counted a drop-wrong-device $((before + 1))
	unharmed
	ip -n a link del va2
}

# Neither of them makes more of a flood than the packets it has
no_flood_harms()
{
	meet
	tell burst 2000 ttl=254 state=down
	tell burst 2000 ver=3
	tell burst 2000 your=12345 my=7
	tell burst 2000 dport=3785
	unharmed
}

# Not ours: an address no session is with, a discriminator nobody has
others_get_their_packets()
{
	local heard=$WORK/heard

	meet
	ip netns exec a bfd_listen 3784 20 > "$heard" &
	wait_for 20 grep -q listening "$heard"
	tell send src=10.0.0.99 your=0 state=down my=4711
	tell send src=10.0.0.98 your=99 state=up my=4712
	tell send src=10.0.0.97 your=0 ver=7 my=4713
	wait_for 30 grep -q "my=4711" "$heard"
	wait_for 30 grep -q "my=4712" "$heard"
	wait_for 30 grep -q "my=4713" "$heard"
	# The session's own went nowhere else
	! grep -q "my=4097" "$heard"
	unharmed
}

# A fragment has no ports: it goes to whom it may concern, put together
fragments_are_left_alone()
{
	local heard=$WORK/heard before

	ip netns exec a bfd_listen 3784 30 > "$heard" &
	meet
	before=$(field a receive-invalid-packet-count $KEY)
	wait_for 20 grep -q listening "$heard"
	tell send frag=1 state=down diag=5
	wait_for 30 grep -q "diag=5" "$heard"
	unharmed
	same invalid "$before" "$(field a receive-invalid-packet-count $KEY)"
}

options_are_no_obstacle()
{
	meet
	tell every 0
	for n in 1 5 10; do
		tell flush
		tell send opts=$n p=1
		tell expect 20 f=1
	done
}

# What a router forwards is not for it, whatever discriminator it carries
transit_passes()
{
	local seen=$WORK/seen your

	ip netns add c
	ip link add vc netns c type veth peer name va3 netns a
	ip -n a addr add 10.0.3.1/24 dev va3
	ip -n a link set va3 up
	ip -n c addr add 10.0.3.2/24 dev vc
	ip -n c link set vc up
	ip netns exec a sysctl -qw net.ipv4.ip_forward=1
	meet
	tell expect 20 state=up
	your=$(said my)
	ip netns exec c bfd_listen 3784 30 > "$seen" &
	wait_for 20 grep -q listening "$seen"
	tell send dst=10.0.3.2 your="$your" state=down my=815
	wait_for 30 grep -q "my=815" "$seen"
	tell send dst=10.0.3.2 your=0 state=down my=816
	wait_for 30 grep -q "my=816" "$seen"
	unharmed
	ip netns del c
	ip netns exec a sysctl -qw net.ipv4.ip_forward=0
}

polls_are_answered_at_once()
{
	meet
	tell set tx=10000000 rx=10000000
	tell every 0
	tell sleep 1
	tell flush
	# Nothing periodic is due for seconds: what comes is the answer
	tell send p=1
	tell expect 20 f=1 p=0
	tell flush
	tell send p=1
	tell expect 20 f=1 p=0
}

# RFC 5880 6.5: P and F never together, though both sides poll
poll_in_poll()
{
	meet
	tell answer 0
	bfd a session set peer 10.0.0.2 tx 400 rx 400
	tell flush
	tell expect 20 p=1
	tell send p=1
	tell expect 20 f=1 p=0
	tell never 3 p=1 f=1
	# Ours is still open, until it is answered
	tell expect 20 p=1
	wait_for 5 is a polling true $KEY
	tell send f=1
	wait_for 20 is a polling false $KEY
	is a negotiated-tx-interval 400000 $KEY
	unharmed
}

# RFC 5880 6.8.3: not Up, at least a second, with its jitter; told as well
slow_start()
{
	bfd a session add $KEY tx 10ms rx 10ms
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell flush
	tell expect 20 state=down tx=1000000 rx=10000
	: > "$WORK/peer.log"
	# A late reader may see two together: only the sum is certain
	tell never 8 tx!=1000000
	[[ $(grep -c '^rx' "$WORK/peer.log") -le 13 ]]
}

# RFC 5880 6.8.7: it asked for silence; Polls are answered all the same
required_min_rx_zero()
{
	meet
	tell set rx=0
	tell sleep 2
	tell never 4 f=0
	tell send p=1
	tell expect 20 f=1
	tell set rx=300000
	tell expect 20 state=up f=0
	unharmed
}

# Ours is 0: the peer may be silent for ever
own_required_min_rx_zero()
{
	bfd a session add $KEY rx 0
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell set mult=1
	tell every 200
	tell up 60
	tell expect 20 rx=0 state=up
	tell every 0
	tell sleep 5
	unharmed
}

passive_waits_to_be_spoken_to()
{
	bfd a session add $KEY passive on
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell never 4 ver=1
	tell every 200
	tell up 60
}

# RFC 5880 6.6: a peer in Demand mode wants nothing periodic while both are Up
demand_stops_periodic_packets()
{
	meet
	tell set d=1
	tell sleep 2
	tell never 4 f=0
	is a remote-demand true $KEY
	tell send p=1
	tell expect 20 f=1
	# It needs a Poll: that is sent
	bfd a session set peer 10.0.0.2 tx 400
	tell expect 20 p=1 tx=400000
	tell set d=0
	tell expect 20 p=0 f=0
	unharmed
}

deletion_says_goodbye()
{
	meet
	tell flush
	bfd a session del peer 10.0.0.2
	tell expect 20 state=admin-down diag=7
	have a 0
}

unloading_says_goodbye()
{
	meet
	tell flush
	unload
	tell expect 20 state=admin-down diag=7
	load
}

admin_down_is_told_and_held()
{
	meet
	tell flush
	bfd a session set peer 10.0.0.2 admin down
	tell expect 20 state=admin-down diag=7
	# It says so for as long as it is, and takes no notice of ours
	tell expect 20 state=admin-down
	is a local-state admin-down $KEY
	[[ $(counter a drop-admin-down) -gt 0 ]]
	bfd a session set peer 10.0.0.2 admin up
	tell up 60
}

# RFC 5880 6.8.6: a peer that is AdminDown takes us Down, and not to Init
peers_admin_down()
{
	meet
	tell set state=admin-down diag=7
	down a $KEY
	is a local-diagnostic neighbor-down $KEY
	is a remote-diagnostic admin-down $KEY
	tell never 3 state!=down
	tell set diag=0
	tell up 60
}

restarted_peer_comes_up_again()
{
	meet
	tell expect 20 state=up
	tell set my=0x2002
	tell up 60
	is a remote-discriminator $((0x2002)) $KEY
	is a down-count 1 $KEY
}

silence_is_detected()
{
	meet
	tell set mult=3
	tell sleep 1
	tell every 0
	wait_for 30 is a local-diagnostic control-expiry $KEY
	tell expect 20 state=down diag=1
	# RFC 5880 6.8.1: and the discriminator forgotten a Detection Time later
	tell expect 60 state=down your=0
}

# TTL 255, CS6, a source port of RFC 5881 4 that never changes, a checksum
packets_are_well_formed()
{
	local port

	meet
	tell expect 20 ttl=255 tos=192 sport\>=49152 csum=good size=24 len=24 c=1
	port=$(said sport)
	tell never 3 sport!="$port"
	tell never 3 csum!=good
}

ipv6()
{
	KEY="peer fd00::2"
	bfd a session add $KEY dev va
	peer b vb $MAC fd00::2 fd00::1
	tell every 200
	tell up 60
	tell expect 20 ttl=255 tos=192 sport\>=49152 csum=good
	dropped drop-ttl ttl=254 state=down
	dropped drop-checksum csum=bad state=down
	dropped drop-checksum csum=zero state=down
	dropped drop-version ver=2
	dropped drop-wrong-peer src=fd00::77 state=down
	dropped drop-too-short size=11
	tell every 0
	for n in 1 3; do
		tell flush
		tell send opts=$n p=1
		tell expect 20 f=1
	done
	tell every 200
	tell send frag=1 state=down
	unharmed
}

# RFC 5883: TTL is policy, ports are 4784's
multihop()
{
	KEY="peer 10.0.0.2 multihop"
	bfd a session add $KEY local 10.0.0.1 min-ttl 250
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell set dport=4784 ttl=250
	tell every 200
	tell up 60
	dropped drop-ttl ttl=249 state=down
	bfd a session set $KEY min-ttl 200
	tell set ttl=200
	tell sleep 1
	dropped drop-ttl ttl=199 state=down
	# A single-hop packet is none of its
	before=$(counter a not-ours)
	tell send dport=3784 state=down
	wait_for 20 counted a not-ours $((before + 1))
	unharmed
}

load
run_tests malformed_packets_are_dropped forged_packets_are_dropped \
	zero_checksum_is_no_checksum wrong_device_is_dropped no_flood_harms \
	others_get_their_packets fragments_are_left_alone options_are_no_obstacle \
	transit_passes polls_are_answered_at_once poll_in_poll slow_start \
	required_min_rx_zero own_required_min_rx_zero passive_waits_to_be_spoken_to \
	demand_stops_periodic_packets deletion_says_goodbye unloading_says_goodbye \
	admin_down_is_told_and_held peers_admin_down restarted_peer_comes_up_again \
	silence_is_detected packets_are_well_formed ipv6 multihop
