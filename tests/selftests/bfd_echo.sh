#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Echoes: what they are on the wire, whether they come back and tell that the path is
# there, and which of the peer's are looped. Between two of ours, with a peer that only
# forwards, and with one that sends what it should not.

. "$(dirname "$0")/lib.sh"

MAC=02:00:00:00:00:01
KEY="peer 10.0.0.2"
BACK="peer 10.0.0.1"

# pair A B: a session of a's and one of b's, with these words
pair()
{
	bfd a session add $KEY dev va tx 50ms rx 50ms $1
	bfd b session add $BACK dev vb tx 50ms rx 50ms $2
	up a $KEY
	up b $BACK
	wait_for 20 is a polling false $KEY
	wait_for 20 is b polling false $BACK
}

# echoing NETNS KEY...: some are back
echoing() { wait_for 20 more "$1" receive-echo-packet-count 20 "${@:2}"; }

# From one packet to the next are 7.5 to 10 ms
they_come_back_and_are_timed()
{
	local sent

	pair "echo-tx 10ms echo-rx 10ms" "echo-tx 10ms echo-rx 10ms"
	echoing a $KEY
	echoing b $BACK
	is a detection-mode async-with-echo $KEY
	is a negotiated-echo-tx-interval 10000 $KEY
	is a echo-detection-time 30000 $KEY
	is a remote-required-min-echo-rx-interval 10000 $KEY
	sent=$(field a send-echo-packet-count $KEY)
	sleep 3
	sent=$(($(field a send-echo-packet-count $KEY) - sent))
	say "echoes in 3 s and a little: $sent"
	[[ $sent -ge 290 ]]
	[[ ! ${ICOUNT:-} || $sent -le 440 ]]
	more a looped-echo-packet-count 200 $KEY
	[[ $(field a echo-rtt-min $KEY) -le $(field a echo-rtt-avg $KEY) ]]
	[[ $(field a echo-rtt-avg $KEY) -le $(field a echo-rtt-max $KEY) ]]
	[[ $(field a echo-rtt-max-time $KEY) == 20* ]]
	same "digests refused" 0 "$(counter a drop-echo-digest)"
	same "numbers refused" 0 "$(counter a drop-echo-sequence)"
	same "too many" 0 "$(counter a drop-echo-rate)"
	still a $KEY
	still b $BACK
}

over_ipv6_too()
{
	bfd a session add peer fd00::2 dev va echo-tx 20ms echo-rx 10ms
	bfd b session add peer fd00::1 dev vb echo-tx 10ms echo-rx 20ms
	up a peer fd00::2
	echoing a peer fd00::2
	echoing b peer fd00::1
	capture 8 "ip6 and udp port 3785"
	caught "hop limits on the way there" 4 "hlim 255"
	caught "hop limits on the way back" 4 "hlim 254"
	caught "checksums" 8 "udp sum ok"
	still a peer fd00::2
	still b peer fd00::1
}

control_packets_are_slow_meanwhile()
{
	pair "echo-tx 10ms" "echo-rx 10ms"
	is a negotiated-rx-interval 1000000 $KEY
	is b negotiated-tx-interval 1000000 $BACK
	is a negotiated-tx-interval 50000 $KEY
	bfd a session set $KEY echo-slow 2s
	wait_for 20 is b negotiated-tx-interval 2000000 $BACK
	bfd a session set $KEY echo-slow 0
	wait_for 20 is b negotiated-tx-interval 50000 $BACK
	bfd a session set $KEY echo-slow 1s
	wait_for 20 is b negotiated-tx-interval 1000000 $BACK
	bfd a session set $KEY echo-tx 0
	wait_for 20 is b negotiated-tx-interval 50000 $BACK
	is a detection-mode async-without-echo $KEY
	still a $KEY
	still b $BACK
}

slower_end_rules()
{
	pair "echo-tx 10ms" "echo-rx 40ms"
	is a negotiated-echo-tx-interval 40000 $KEY
	bfd b session set $BACK echo-rx 20ms
	wait_for 20 is a negotiated-echo-tx-interval 20000 $KEY
	bfd a session set $KEY echo-tx 30ms
	is a negotiated-echo-tx-interval 30000 $KEY
	bfd b session set $BACK echo-rx 300ms
	wait_for 20 is a negotiated-echo-tx-interval 300000 $KEY
	# Withdrawn, and granted again
	bfd b session set $BACK echo-rx 0
	wait_for 20 is a negotiated-echo-tx-interval 0 $KEY
	bfd b session set $BACK echo-rx 10ms
	wait_for 20 is a negotiated-echo-tx-interval 30000 $KEY
	echoing a $KEY
	same "too many" 0 "$(counter b drop-echo-rate)"
	still a $KEY
	still b $BACK
}

# b has neither a route to where they come from nor leave to forward
nothing_of_the_stack_keeps_them_from_being_looped()
{
	ip -n a addr add 192.0.2.1/32 dev lo
	ip netns exec b sysctl -qw net.ipv4.ip_forward=0 net.ipv4.conf.all.rp_filter=1 \
		net.ipv4.conf.vb.rp_filter=1
	pair "echo-tx 10ms" "echo-rx 10ms"
	echoing a $KEY
	capture 8 "udp port 3785"
	caught "from and to" 8 "192.0.2.1.[0-9]* > 10.0.0.1.3785"
	caught "on the way there" 4 "02:00:00:00:00:01 > 02:00:00:00:00:02.*ttl 255"
	caught "on the way back" 4 "02:00:00:00:00:02 > 02:00:00:00:00:01.*ttl 254"
	caught "checksums" 8 "udp sum ok"
	still a $KEY
	ip -n a addr del 192.0.2.1/32 dev lo
	# From the link, then
	capture 4 "udp port 3785"
	caught "from and to" 4 "10.0.0.1.[0-9]* > 10.0.0.1.3785"
	still a $KEY
	ip netns exec b sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.vb.rp_filter=0
}

redirects() { ip netns exec b awk '/^Icmp: [0-9]/ { print $23 }' /proc/net/snmp; }

# A router that has no echo function, and forwards
router_need_not_know()
{
	ip -n a addr add 192.0.2.1/32 dev lo
	ip -n b route add 192.0.2.1 via 10.0.0.1
	ip netns exec b sysctl -qw net.ipv4.ip_forward=1
	bfd a session add $KEY dev va tx 50ms rx 50ms echo-tx 10ms
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell set echo=10000
	tell every 100
	tell up 60
	echoing a $KEY
	is a detection-mode async-with-echo $KEY
	tell sleep 2
	still a $KEY
	same "Redirects" 0 "$(redirects)"
	# Nothing is forwarded, nothing comes back; the peer itself is well
	ip netns exec b sysctl -qw net.ipv4.ip_forward=0
	down a $KEY
	is a local-diagnostic echo-failed $KEY
	ip -n a addr del 192.0.2.1/32 dev lo
	ip -n b route del 192.0.2.1
}

lose_echoes()
{
	ip netns exec b nft "table inet lost { chain echoes { type filter hook prerouting priority raw;
		udp dport 3785 drop; }; }"
}

missing_in_a_row_is_down()
{
	local event before

	pair "echo-tx 10ms" "echo-rx 10ms"
	echoing a $KEY
	watch a
	watch b
	lose_echoes
	wait_for 20 went_down a
	wait_for 20 went_down b
	event=$(first_down a)
	same diagnostic echo-failed "$(value local-diagnostic "$event")"
	say "latency: $(value detection-latency "$event") us"
	[[ ! ${ICOUNT:-} || $(value detection-latency "$event") -le 1000 ]]
	same "diagnostic there" neighbor-down "$(value local-diagnostic "$(first_down b)")"
	unwatch
	ip netns exec b nft delete table inet lost
	before=$(field a receive-echo-packet-count $KEY)
	wait_for 60 more a receive-echo-packet-count $((before + 20)) $KEY
	up a $KEY
}

# As many in a row: of those that are lost now and then none takes it down
some_lost_are_no_lost_path()
{
	pair "echo-tx 10ms mult 30" "echo-rx 10ms mult 30"
	ip netns exec b tc qdisc add dev vb root netem loss 20%
	sleep 5
	[[ $(field a send-echo-packet-count $KEY) -gt $(($(field a receive-echo-packet-count $KEY) + 20)) ]]
	still a $KEY
	ip netns exec b tc qdisc del dev vb root
}

# What is on its way for longer than the detection time is not missing
long_way_is_no_lost_way()
{
	bfd a session add $KEY dev va tx 50ms rx 50ms mult 20 echo-rx 10ms
	bfd b session add $BACK dev vb tx 50ms rx 50ms mult 20 echo-rx 10ms
	ip netns exec b tc qdisc add dev vb root netem delay 150ms limit 10000
	up a $KEY
	bfd a session set $KEY echo-tx 10ms
	echoing a $KEY
	more a echo-rtt-min 149000 $KEY
	bfd a session set $KEY mult 3
	sleep 2
	still a $KEY
	ip netns exec b tc qdisc del dev vb root
}

duplicates_do_not_count()
{
	local before

	pair "echo-tx 10ms" "echo-rx 1ms"
	echoing a $KEY
	ip netns exec b tc qdisc add dev vb root netem duplicate 100%
	before=$(counter a drop-echo-sequence)
	wait_for 20 counted a drop-echo-sequence $((before + 20))
	[[ $(field a receive-echo-packet-count $KEY) -le $(field a send-echo-packet-count $KEY) ]]
	still a $KEY
	ip netns exec b tc qdisc del dev vb root
}

# meet WORDS...: a session of a's, and a scripted peer in b
meet()
{
	bfd a session add $KEY dev va tx 100ms rx 100ms "$@"
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell every 100
	tell up 60
	wait_for 20 is a polling false $KEY
}

# dropped REASON FIELD=VALUE...: one more for that reason
dropped()
{
	local before

	before=$(counter a "$1")
	tell send dport=3785 "${@:2}"
	wait_for 20 counted a "$1" $((before + 1))
	same "$1" $((before + 1)) "$(counter a "$1")"
}

# An echo in our format is a packet of version 0
OURS="dst=10.0.0.1 ver=0 diag=0 state=down a=1 m=1 c=0 mult=67 len=72 size=28"

forged_ones_are_dropped()
{
	local id

	meet echo-tx 10ms
	id=$(field a local-discriminator $KEY)
	dropped drop-echo-digest $OURS src=10.0.0.1 my=$id your=1
	dropped drop-echo-digest $OURS src=10.0.0.2 my=$id your=1 ttl=254
	dropped not-ours $OURS src=10.0.0.1 my=$((id ^ 1)) your=1
	dropped not-ours src=10.0.0.1 dst=10.0.0.1
	still a $KEY
}

only_those_of_a_peer_that_was_told_are_looped()
{
	meet
	dropped not-ours dst=10.0.0.2
	is a looped-echo-packet-count 0 $KEY
	bfd a session set $KEY echo-rx 100ms
	tell expect 20 echo=100000
	tell send dport=3785 dst=10.0.0.2
	wait_for 20 is a looped-echo-packet-count 1 $KEY
	dropped not-ours dst=10.0.0.3 src=10.0.0.3
	dropped drop-ttl dst=10.0.0.2 ttl=254
	is a looped-echo-packet-count 1 $KEY
	still a $KEY
}

# 14 a second, and what 0.1 s of them were saved up
no_more_than_was_told()
{
	local before after

	meet echo-rx 100ms
	tell expect 20 echo=100000
	before=$(counter a drop-echo-rate)
	tell burst 200 dport=3785 dst=10.0.0.2
	wait_for 20 counted a drop-echo-rate $((before + 100))
	after=$(field a looped-echo-packet-count $KEY)
	[[ $after -ge 1 ]]
	[[ ! ${ICOUNT:-} || $after -le 5 ]]
	# The session has not suffered
	tell sleep 1
	still a $KEY
}

# FRR over IPv6
those_to_us_are_looped_too()
{
	bfd a session add peer fd00::2 dev va echo-rx 10ms
	peer b vb $MAC fd00::2 fd00::1
	tell every 300
	tell up 60
	wait_for 20 is a polling false peer fd00::2
	begin_capture 6 "ip6 and udp port 3785"
	for i in 1 2 3; do
		tell send dport=3785
		tell sleep 0.3
	done
	end_capture
	caught "to us" 3 "hlim 255.*fd00::2.[0-9]* > fd00::1.3785"
	caught "back" 3 "hlim 254.*fd00::1.[0-9]* > fd00::2.3785"
	caught "checksums" 6 "udp sum ok"
}

# Only one end sends any: of two, either may be the first to miss them
silent_but_for_echoes()
{
	pair "demand on demand-poll 0 echo-tx 10ms" "demand on demand-poll 0 echo-rx 10ms"
	wait_for 20 is a detection-mode demand-with-echo $KEY
	wait_for 20 is b detection-mode demand-without-echo $BACK
	echoing a $KEY
	still a $KEY
	watch a
	lose_echoes
	wait_for 20 went_down a
	same diagnostic echo-failed "$(value local-diagnostic "$(first_down a)")"
	unwatch
	ip netns exec b nft delete table inet lost
}

in_a_vrf_they_are_the_vrfs()
{
	ip -n b link add red type vrf table 10
	ip -n b link set red up
	ip -n b link set vb master red
	address b vb 2
	bfd a session add $KEY dev va echo-tx 10ms echo-rx 10ms
	bfd b session add $BACK dev vb vrf red echo-tx 10ms echo-rx 10ms
	up b $BACK
	ip -n b addr add 192.0.2.2/32 dev red
	echoing a $KEY
	echoing b $BACK
	capture 4 "udp port 3785 and dst 10.0.0.2"
	caught "from the VRF" 4 "192.0.2.2.[0-9]* > 10.0.0.2.3785"
	still a $KEY
	still b $BACK
	bfd b session del all
	ip -n b link del red
	address b vb 2
}

saved_and_restored()
{
	bfd a session add $KEY echo-tx 10ms echo-rx 20ms echo-slow 3s
	bfd a save > "$WORK/saved"
	grep -q "echo-tx 10ms echo-rx 20ms echo-slow 3s" "$WORK/saved"
	bfd a session del all
	bfd a -b "$WORK/saved"
	is a desired-min-echo-tx-interval 10000 $KEY
	is a required-min-echo-rx-interval 20000 $KEY
	is a echo-slow-interval 3000000 $KEY
	bfd a session replace $KEY
	is a desired-min-echo-tx-interval 0 $KEY
	is a required-min-echo-rx-interval 0 $KEY
	is a echo-slow-interval 1000000 $KEY
	refused bfd a session set $KEY echo-tx 999us
}

load
# The debug kernel has it built in
modprobe -q sch_netem || :
in_memory tcpdump nft tc awk
run_tests they_come_back_and_are_timed over_ipv6_too control_packets_are_slow_meanwhile \
	slower_end_rules nothing_of_the_stack_keeps_them_from_being_looped \
	router_need_not_know missing_in_a_row_is_down some_lost_are_no_lost_path \
	long_way_is_no_lost_way duplicates_do_not_count forged_ones_are_dropped \
	only_those_of_a_peer_that_was_told_are_looped no_more_than_was_told \
	those_to_us_are_looped_too silent_but_for_echoes in_a_vrf_they_are_the_vrfs \
	saved_and_restored
