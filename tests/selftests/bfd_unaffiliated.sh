#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Unaffiliated echo, RFC 9747: a has BFD, b only forwards. What is on the wire, that the
# session is up as long as b does forward, and that nobody but us can keep it up.

. "$(dirname "$0")/lib.sh"

KEY="peer 10.0.0.2 echo"
KEY6="peer fd00::2 echo"

setup()
{
	two_hosts
	ip netns exec b sysctl -qw net.ipv4.conf.all.send_redirects=0 \
		net.ipv4.conf.vb.send_redirects=0
	forwards 1
}

forwards() { ip netns exec b sysctl -qw net.ipv4.ip_forward="$1" net.ipv6.conf.all.forwarding="$1"; }

echoing() { wait_for 20 more a receive-echo-packet-count "$1" "${@:2}"; }

router_without_bfd_is_enough()
{
	local sent

	bfd a session add $KEY dev va tx 10ms
	up a $KEY
	echoing 20 $KEY
	is a type echo $KEY
	is a detection-mode async-with-echo $KEY
	is a negotiated-echo-tx-interval 10000 $KEY
	is a echo-detection-time 30000 $KEY
	is a negotiated-tx-interval 0 $KEY
	is a detection-time 0 $KEY
	sent=$(field a send-echo-packet-count $KEY)
	sleep 3
	sent=$(($(field a send-echo-packet-count $KEY) - sent))
	say "echoes in 3 s and a little: $sent"
	[[ $sent -ge 290 ]]
	[[ ! ${ICOUNT:-} || $sent -le 440 ]]
	[[ $(field a echo-rtt-min $KEY) -le $(field a echo-rtt-max $KEY) ]]
	is a send-packet-count 0 $KEY
	still a $KEY
}

# payload N: the bytes of the Nth packet from the UDP header on, "0102..."
payload() { sed -n "$1s/.*0x0000: *//p" <<< "$CAUGHT" | sed 's/0x[0-9a-f]*: *//g; s/[^0-9a-f]//g'; }

# says N STATE-BYTE YOUR-DISCRIMINATOR: RFC 5880 4.1 with RFC 9747 2's values, Length 24
says()
{
	local packet id

	id=$(printf %08x "$(field a local-discriminator $KEY)")
	packet=$(payload "$1")
	same "packet $1" "20${2}0318${id}${3}000f4240000f424000000000" "${packet:56:48}"
}

# Down, Init, Up: as each comes back the next one leaves
on_the_wire_are_control_packets()
{
	local id

	: > "$WORK/listening"
	timeout 120 ip netns exec b tcpdump -i vb -c 6 -Q in -nvvx "udp port 3785" \
		> "$WORK/caught" 2> "$WORK/listening" &
	CAPTURE=$!
	wait_for 20 grep -q "listening on" "$WORK/listening"
	bfd a session add $KEY dev va tx 10ms
	wait "$CAPTURE"
	CAUGHT=$(tr '\n' ' ' < "$WORK/caught" | sed 's/ [0-9:.]* IP (tos/\n&/g')
	id=$(printf %08x "$(field a local-discriminator $KEY)")
	caught "headers" 6 "tos 0xc0, ttl 255.*flags \[DF\].*10.0.0.1.[0-9]* > 10.0.0.1.3785"
	caught "checksums" 6 "udp sum ok"
	says 1 48 00000000
	says 2 88 "$id"
	says 3 c8 "$id"
	says 6 c8 "$id"
}

over_ipv6_too()
{
	bfd a session add $KEY6 dev va tx 10ms
	up a $KEY6
	echoing 20 $KEY6
	still a $KEY6
	capture 4 "ip6 and udp port 3785"
	caught "on the way there" 2 "02:00:00:00:00:01 > 02:00:00:00:00:02.*hlim 255"
	caught "on the way back" 2 "02:00:00:00:00:02 > 02:00:00:00:00:01.*hlim 254"
	# Nothing is forwarded to these
	refused bfd a session add peer fe80::2 dev va echo
	because link-local
}

# From an address that is of no network of the link, which b knows the way to
strict_router_may_know_the_source()
{
	ip -n a addr add 192.0.2.1/32 dev lo
	ip netns exec b sysctl -qw net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.vb.rp_filter=1
	ip -n b route add 192.0.2.1 via 10.0.0.1
	bfd a session add $KEY dev va tx 10ms
	up a $KEY
	capture 4 "udp port 3785"
	caught "from and to" 4 "192.0.2.1.[0-9]* > 10.0.0.1.3785"
	still a $KEY
	ip -n b route del 192.0.2.1
	down a $KEY
	ip netns exec b sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.vb.rp_filter=0
	ip -n a addr del 192.0.2.1/32 dev lo
}

who_forwards_no_more_is_lost()
{
	local event

	bfd a session add $KEY dev va tx 10ms
	up a $KEY
	watch a
	forwards 0
	wait_for 20 went_down a
	event=$(first_down a)
	same diagnostic echo-failed "$(value local-diagnostic "$event")"
	say "latency: $(value detection-latency "$event") us"
	[[ ! ${ICOUNT:-} || $(value detection-latency "$event") -le 1000 ]]
	unwatch
	# Slowly again, and up as soon as one comes back
	is a negotiated-echo-tx-interval 1000000 $KEY
	forwards 1
	up a $KEY
	is a negotiated-echo-tx-interval 10000 $KEY
	is a down-count 1 $KEY
}

each_loss_has_its_diagnostic()
{
	bfd a session add $KEY dev va tx 50ms
	up a $KEY
	ip -n a link set va down
	wait_for 20 is a local-diagnostic path-down $KEY
	address a va 1
	up a $KEY
	bfd a session set $KEY admin down
	is a local-state admin-down $KEY
	is a negotiated-echo-tx-interval 0 $KEY
	bfd a session set $KEY admin up
	up a $KEY
	ip netns exec b nft "table inet lost { chain echoes { type filter hook prerouting priority raw;
		udp dport 3785 drop; }; }"
	wait_for 20 is a local-diagnostic echo-failed $KEY
	ip netns exec b nft delete table inet lost
	up a $KEY
}

changed_while_up()
{
	bfd a session add $KEY dev va tx 50ms
	up a $KEY
	bfd a session set $KEY tx 10ms mult 5
	is a negotiated-echo-tx-interval 10000 $KEY
	is a echo-detection-time 50000 $KEY
	bfd a session set $KEY tx 100ms
	is a negotiated-echo-tx-interval 100000 $KEY
	echoing 40 $KEY
	still a $KEY
	refused bfd a session poll $KEY
	because "no BFD"
	refused bfd a session set $KEY rx 10ms
	because "no BFD"
}

# Larger than the path lets through
padded_ones_find_a_small_mtu()
{
	bfd a session add $KEY dev va tx 50ms padded-pdu-size 1400
	up a $KEY
	capture 2 "udp port 3785 and ip[2:2] = 1400"
	ip -n b link set vb mtu 1300
	down a $KEY
	ip -n b link set vb mtu 1500
	up a $KEY
}

# Of what comes back only what went one hop is the peer's answer, and only ours is ours
none_but_ours_count()
{
	local id before

	bfd a session add $KEY dev va tx 100ms
	up a $KEY
	peer b vb 02:00:00:00:00:01 10.0.0.2 10.0.0.1
	id=$(field a local-discriminator $KEY)
	before=$(counter a not-ours)
	# A control packet, but nothing of ours after it
	tell send dport=3785 src=10.0.0.1 dst=10.0.0.1 state=up my="$id" your="$id" size=52 ttl=254
	tell send dport=3785 src=10.0.0.1 dst=10.0.0.1 state=up my="$id" your="$id" ttl=254
	wait_for 20 counted a not-ours $((before + 2))
	# One of a session with BFD there is not one of a session without
	tell send dport=3784 src=10.0.0.2 dst=10.0.0.1 state=down my=7 your="$id"
	wait_for 20 counted a not-ours $((before + 3))
	still a $KEY
	ip netns exec b nft "table inet far { chain echoes { type filter hook postrouting priority 0;
		udp dport 3785 ip ttl set 253; }; }"
	down a $KEY
	is a local-diagnostic echo-failed $KEY
	wait_for 20 counted a drop-ttl 3
	ip netns exec b nft delete table inet far
	up a $KEY
}

beside_one_that_has_bfd()
{
	bfd a session add $KEY dev va tx 50ms
	bfd a session add peer 10.0.0.2 dev va tx 50ms rx 50ms discriminator 7
	bfd b session add peer 10.0.0.1 dev vb tx 50ms rx 50ms
	up a $KEY
	up a id 7
	echoing 20 $KEY
	still a $KEY
	bfd b session del all
	echoing 60 $KEY
	still a $KEY
}

saved_and_restored()
{
	bfd a session add $KEY dev va tx 70ms mult 4
	bfd a save > "$WORK/saved"
	grep -q "echo .*tx 70ms mult 4" "$WORK/saved"
	refused grep -qE ' (rx|demand|auth|passive|min-ttl|echo-tx) ' "$WORK/saved"
	bfd a session del all
	bfd a -b "$WORK/saved"
	is a desired-min-tx-interval 70000 $KEY
	is a local-multiplier 4 $KEY
	bfd a session replace $KEY dev va
	is a desired-min-tx-interval 300000 $KEY
	up a $KEY
}

load
in_memory tcpdump nft
run_tests router_without_bfd_is_enough on_the_wire_are_control_packets over_ipv6_too \
	strict_router_may_know_the_source who_forwards_no_more_is_lost \
	each_loss_has_its_diagnostic changed_while_up padded_ones_find_a_small_mtu \
	none_but_ours_count beside_one_that_has_bfd saved_and_restored
