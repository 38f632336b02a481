#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# S-BFD (RFC 7880, 7881): a reflector of ours in a and a scripted initiator in b, an
# initiator of ours in a and a scripted reflector in b, and ours against ours. Packets
# are compared whole: what RFC 7880 7.2.2 and 7.3.2 say of each field, and nothing else.

. "$(dirname "$0")/lib.sh"

MAC=02:00:00:00:00:01
KEY="peer 10.0.0.2 sbfd"
REFLECTOR=4660		# 0x1234
HERE_AND_THERE="ttl=255 tos=192 csum=good size=24 len=24 ver=1"

# asker [SRC DST]: a scripted initiator; nothing is sent but when told
asker()
{
	peer b vb $MAC "${1:-10.0.0.2}" "${2:-10.0.0.1}"
	tell learn 0
	tell answer 0
	tell set dport=7784 sport=50123 d=1 my=0xabcd your=$REFLECTOR mult=7 tx=123456 rx=0
}

# A scripted reflector
mirror()
{
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell learn 0
	tell set sport=7784 my=$REFLECTOR state=up rx=20000 c=1
	tell reflect 1
}

# meet [PARAMS...]: a session in a that is Up by the answers of a scripted reflector
meet()
{
	mirror
	bfd a session add $KEY remote-discriminator $REFLECTOR "$@"
	up a $KEY
	wait_for 20 is a polling false $KEY
}

# Of the reflector: a member of the one in a
of_reflector() { value "$1" "$(bfd a -j reflector show discriminator $REFLECTOR)"; }
reflected() { [[ $(of_reflector "$1") -ge $2 ]]; }

drops() { bfd a -j stats | grep -o '"drop-[a-z-]*":[0-9]*'; }

# dropped COUNTER FIELD=VALUE... : such a packet is counted, under this name only, and
# nothing answers it
dropped()
{
	local name=$1 before after

	shift
	before=$(drops)
	tell flush
	tell send "$@"
	wait_for 30 counted a "$name" $(($(value "$name" "$before") + 1))
	after=$(drops)
	before=${before/\"$name\":$(value "$name" "$before")/}
	same "other drops" "$before" "${after/\"$name\":$(value "$name" "$after")/}"
}

# left_alone FIELD=VALUE... : such a packet goes up the stack
left_alone()
{
	local before

	before=$(counter a not-ours)
	tell flush
	tell send "$@"
	wait_for 30 counted a not-ours $((before + 1))
}

# RFC 7880 7.2.2, field by field
answer_is_as_the_standard_says()
{
	bfd a reflector add discriminator $REFLECTOR rx 5ms
	asker
	tell send state=down diag=5 echo=77
	tell expect 20 $HERE_AND_THERE sport=7784 dport=50123 state=up diag=0 p=0 f=0 c=1 a=0 \
		d=0 m=0 mult=7 my=$REFLECTOR your=0xabcd tx=123456 rx=5000 echo=0
	tell set sport=1024
	tell send state=up p=1 mult=3 tx=1000 my=1
	tell expect 20 $HERE_AND_THERE sport=7784 dport=1024 state=up diag=0 p=0 f=1 c=1 a=0 \
		d=0 m=0 mult=3 my=$REFLECTOR your=1 tx=1000 rx=5000 echo=0
	wait_for 20 reflected send-packet-count 2
	same received 2 "$(of_reflector receive-packet-count)"
	same invalid 0 "$(of_reflector receive-invalid-packet-count)"
}

answer_over_ipv6()
{
	bfd a reflector add discriminator $REFLECTOR local fd00::1
	asker fd00::2 fd00::1
	tell send
	tell expect 20 $HERE_AND_THERE sport=7784 dport=50123 state=up f=0 c=1 d=0 mult=7 \
		my=$REFLECTOR your=0xabcd tx=123456 rx=10000 echo=0
	# By an address that needs the device to be understood
	asker fe80::2 fd00::1
	ip -n a neigh replace fe80::2 lladdr 02:00:00:00:00:02 dev va
	tell send
	tell expect 20 $HERE_AND_THERE my=$REFLECTOR your=0xabcd
	# Not the address it has: nobody's
	asker 10.0.0.2 10.0.0.1
	left_alone
	tell never 1 sport=7784
}

# RFC 7880 7.2.3: out of service is not unreachable
reflector_tells_admin_down()
{
	bfd a reflector add discriminator $REFLECTOR admin down
	asker
	tell send
	tell expect 20 state=admin-down diag=7 d=0 my=$REFLECTOR your=0xabcd
	bfd a reflector set discriminator $REFLECTOR admin up rx 300ms
	tell send
	tell expect 20 state=up diag=0 rx=300000
}

# RFC 7880 7.2.3, 11 and Appendix A; RFC 7881
what_must_not_be_answered_is_dropped()
{
	bfd a reflector add discriminator $REFLECTOR
	asker
	dropped drop-sbfd-demand d=0
	dropped drop-sbfd-port sport=7784
	dropped drop-sbfd-port sport=0
	dropped drop-sbfd-source src=10.0.0.1
	dropped drop-sbfd-source src=127.0.0.1
	dropped drop-sbfd-source src=224.0.0.1
	dropped drop-sbfd-source src=255.255.255.255
	dropped drop-sbfd-source src=10.0.0.255
	dropped drop-sbfd-source src=0.0.0.0
	dropped drop-checksum csum=bad
	dropped drop-version ver=2
	dropped drop-length len=23
	dropped drop-too-short size=16
	dropped drop-detect-mult-zero mult=0
	dropped drop-multipoint m=1
	dropped drop-my-discriminator-zero my=0
	dropped drop-auth-unexpected a=1 len=28 size=28
	bfd a reflector set discriminator $REFLECTOR min-ttl 255
	dropped drop-ttl ttl=254
	tell never 1 sport=7784
	same answers 0 "$(of_reflector send-packet-count)"
	same refused 18 "$(of_reflector receive-invalid-packet-count)"

	bfd a reflector add discriminator 1
	asker fd00::2 fd00::1
	tell set your=1
	dropped drop-sbfd-source src=fd00::1
	dropped drop-sbfd-source src=::
	dropped drop-checksum csum=zero
	tell never 1 sport=7784
	same answers 0 "$(value send-packet-count "$(bfd a -j reflector show discriminator 1)")"
}

# Another's reflector may live beside ours, and other routers' requests pass
what_is_not_ours_is_left_alone()
{
	bfd a reflector add discriminator $REFLECTOR
	bfd a reflector add discriminator 7 local 10.0.0.9
	asker
	left_alone your=0x1235
	left_alone your=0
	left_alone your=7
	left_alone udplen=200
	left_alone dst=10.0.0.77
	tell never 1 sport=7784
}

# More than the rate is not answered, and the bucket fills again
answers_are_rationed()
{
	local answers

	bfd a reflector add discriminator $REFLECTOR rate 2
	asker
	tell burst 200
	wait_for 20 counted a drop-sbfd-rate 1
	wait_for 20 all_seen 200
	answers=$(of_reflector send-packet-count)
	say "$answers answers to a burst"
	# One, and what the burst itself took
	((answers >= 1 && answers < 100))
	sleep 1
	tell flush
	tell send
	tell expect 20 sport=7784
}

all_seen()
{
	local all

	all=$(bfd a -j reflector show discriminator $REFLECTOR)
	(($(value receive-packet-count "$all") + $(value receive-invalid-packet-count "$all") >= $1))
}

# RFC 7880 7.3.2, field by field
request_is_as_the_standard_says()
{
	local port

	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell learn 0
	tell set sport=7784
	tell answer 0
	bfd a session add $KEY remote-discriminator $REFLECTOR tx 50ms mult 5 discriminator 99
	tell expect 20 $HERE_AND_THERE dport=7784 state=down diag=0 p=0 f=0 c=1 a=0 d=1 m=0 \
		mult=5 my=99 your=$REFLECTOR tx=1000000 rx=0 echo=0
	port=$(said sport)
	((port >= 49152))
	same port "$port" "$(field a source-port $KEY)"
	# No faster than once a second until it is Up
	tell expect 20 'gap>=750' sport=$port

	tell set my=$REFLECTOR state=up rx=1000 c=1
	tell reflect 1
	tell expect 20 $HERE_AND_THERE sport=$port dport=7784 state=up diag=0 p=1 f=0 c=1 d=1 \
		mult=5 my=99 your=$REFLECTOR tx=50000 rx=0 echo=0
	tell expect 20 $HERE_AND_THERE sport=$port dport=7784 state=up p=0 f=0 c=1 d=1 mult=5 \
		my=99 your=$REFLECTOR tx=50000 rx=0 echo=0
	is a type sbfd $KEY
	is a remote-discriminator $REFLECTOR $KEY
	is a detection-mode demand-without-echo $KEY
	is a detection-time 250000 $KEY
	is a required-min-rx-interval 0 $KEY
}

# RFC 7880 7.3.1: AdminDown takes it Down, says so, and it asks slowly
initiator_hears_admin_down()
{
	meet tx 50ms mult 20
	tell set state=admin-down diag=7
	down a $KEY
	is a local-diagnostic neighbor-down $KEY
	is a remote-state admin-down $KEY
	tell flush
	tell expect 20 state=down d=1
	tell never 3 'gap<=740'
	is a local-state down $KEY
	tell set state=up diag=0
	up a $KEY
	is a down-count 1 $KEY
}

initiator_notices_silence()
{
	meet tx 50ms mult 4
	is a detection-time 200000 $KEY
	tell reflect 0
	tell answer 0
	down a $KEY
	is a local-diagnostic control-expiry $KEY
	is a remote-discriminator $REFLECTOR $KEY
	tell flush
	tell expect 20 state=down diag=1 your=$REFLECTOR d=1
	tell reflect 1
	up a $KEY
}

# The reflector decides how often it is asked (RFC 7880 7.2.3), also with 0
initiator_is_as_slow_as_asked()
{
	meet tx 50ms mult 20
	is a negotiated-tx-interval 50000 $KEY
	tell set rx=400000
	wait_for 20 is a negotiated-tx-interval 400000 $KEY
	is a detection-time 8000000 $KEY
	tell flush
	tell never 2 'gap<=250'
	tell set rx=0
	wait_for 20 is a negotiated-tx-interval 1000000 $KEY
	is a detection-time 20000000 $KEY
	tell sleep 5
	tell set rx=1000
	wait_for 20 is a negotiated-tx-interval 50000 $KEY
	is a local-state up $KEY
	is a down-count 0 $KEY
}

forged_answers_are_dropped()
{
	local my port

	meet tx 50ms mult 20
	tell expect 20 state=up
	my=$(said my)
	port=$(said sport)
	tell set dport=$port your=$my
	dropped drop-sbfd-reflector my=4661 state=admin-down
	dropped drop-sbfd-demand d=1 state=admin-down
	dropped drop-sbfd-state state=down
	dropped drop-sbfd-state state=init
	dropped drop-unknown-discriminator your=$((my ^ 1)) state=admin-down
	dropped drop-unknown-discriminator your=0 state=admin-down
	dropped drop-wrong-peer src=10.0.0.77 state=admin-down
	dropped drop-checksum csum=bad state=admin-down
	dropped drop-auth-unexpected a=1 len=28 size=28 state=admin-down
	bfd a session set $KEY min-ttl 255
	dropped drop-ttl ttl=254 state=admin-down
	# To another port, as those are that somebody else asked for
	left_alone dport=$((port - 1)) state=admin-down
	# A Poll by an answer is not answered
	tell flush
	tell send p=1 your=$my dport=$port
	tell never 2 f=1
	is a local-state up $KEY
	is a down-count 0 $KEY
}

changes_are_polled()
{
	meet tx 50ms mult 20
	tell flush
	bfd a session set $KEY tx 80ms
	tell expect 20 p=1 tx=80000
	wait_for 20 is a polling false $KEY
	is a negotiated-tx-interval 80000 $KEY
	bfd a session poll $KEY
	tell expect 20 p=1
	wait_for 20 is a polling false $KEY
	is a down-count 0 $KEY
}

# An initiator has nobody to say goodbye to
admin_down_is_silent()
{
	meet tx 50ms
	tell flush
	bfd a session set $KEY admin down
	tell sleep 1
	tell flush
	tell never 3 dport=7784
	is a local-state admin-down $KEY
	bfd a session set $KEY admin up
	up a $KEY
	tell flush
	tell never 1 state=admin-down
	bfd a session del $KEY
	tell sleep 1
	tell flush
	tell never 2 dport=7784
}

ours_against_ours()
{
	bfd b reflector add discriminator 70000
	bfd b reflector add discriminator 80000 rx 200ms
	bfd a session add peer 10.0.0.2 sbfd remote-discriminator 70000 tx 100ms mult 5
	bfd a session add peer 10.0.0.2 sbfd remote-discriminator 80000 tx 100ms mult 5
	bfd a session add peer fd00::2 sbfd remote-discriminator 70000 tx 100ms mult 5
	# The same number in the other pool
	bfd b session add peer 10.0.0.1 discriminator 70000
	bfd a session add peer 10.0.0.2
	wait_for 60 have a 4 up
	is a negotiated-tx-interval 200000 peer 10.0.0.2 sbfd remote-discriminator 80000
	sleep 5
	have a 4 up

	bfd b reflector set discriminator 70000 admin down
	wait_for 60 have a 2 up
	is a remote-state admin-down peer fd00::2 sbfd
	bfd b reflector set discriminator 70000 admin up
	wait_for 60 have a 4 up
	bfd b reflector del discriminator 70000
	wait_for 60 have a 2 up
	is a local-diagnostic control-expiry peer fd00::2 sbfd
}

# Into a VRF and back, two reflectors' worth of addresses apart
reflector_in_a_vrf()
{
	ip -n b link add blue type vrf table 100
	ip -n b link set blue up
	ip link add va2 netns a type veth peer name vb2 netns b
	ip -n a link set va2 up address 02:00:00:00:00:11
	ip -n b link set vb2 up address 02:00:00:00:00:12 master blue
	ip -n a addr add 10.1.0.1/24 dev va2
	ip -n b addr add 10.1.0.2/24 dev vb2
	bfd b reflector add discriminator $REFLECTOR
	bfd a session add peer 10.1.0.2 dev va2 sbfd remote-discriminator $REFLECTOR tx 50ms
	up a peer 10.1.0.2 sbfd
	# ... and an initiator that lives in one
	bfd a reflector add discriminator 5
	bfd b session add peer 10.1.0.1 vrf blue sbfd remote-discriminator 5 tx 50ms
	up b peer 10.1.0.1 sbfd
	ip -n a link del va2
	down a peer 10.1.0.2 sbfd
	is a local-diagnostic path-down peer 10.1.0.2 sbfd
	ip -n b link del blue
}

# Over the loopback device nothing goes round
reflector_of_ones_own()
{
	bfd a reflector add discriminator 5
	bfd a session add peer 127.0.0.1 local 127.0.0.2 sbfd remote-discriminator 5 tx 50ms
	up a peer 127.0.0.1 sbfd
	is a remote-state up peer 127.0.0.1 sbfd
}

bad_commands_are_refused()
{
	bfd a reflector add discriminator 5
	refused bfd a reflector add discriminator 5
	because "another reflector has this discriminator"
	refused bfd a reflector set discriminator 6 rx 50ms
	because "no such reflector"
	refused bfd a reflector show discriminator 6
	refused bfd a reflector del discriminator 6
	refused bfd a reflector add discriminator 6 local 224.0.0.1
	bfd a reflector del discriminator 5
	same reflectors "[]" "$(bfd a -j reflector show | tr -d ' \n')"
	bfd a session add $KEY remote-discriminator 1
	bfd a session add $KEY remote-discriminator 2
	refused bfd a session add $KEY remote-discriminator 2
	refused bfd a session set $KEY mult 4
	because "several sessions match"
	bfd a session set $KEY remote-discriminator 2 mult 4
	is a local-multiplier 4 $KEY remote-discriminator 2
}

configuration_is_saved()
{
	bfd a reflector add discriminator 5 local fd00::1 rx 50ms rate 77 min-ttl 250 admin down
	bfd a reflector add discriminator 6
	bfd a session add $KEY remote-discriminator 9 tx 40ms mult 4 min-ttl 250
	bfd a save > "$WORK/saved"
	forget a
	bfd a -b "$WORK/saved"
	bfd a -b "$WORK/saved"
	same configuration "$(< "$WORK/saved")" "$(bfd a save)"
	have a 1
}

# The first reflector of a namespace brings the hooks, the last one takes them
reflector_needs_no_session()
{
	bfd a reflector add discriminator $REFLECTOR
	bfd a session add peer 10.0.0.2
	bfd a session del all
	asker
	tell send
	tell expect 20 sport=7784
	bfd a reflector del all
	tell flush
	tell send
	tell never 1 sport=7784
}

# Namespaces and the module go with reflectors in them
reflectors_go_with_their_namespace()
{
	ip netns add c
	bfd c reflector add discriminator 5
	bfd c session add peer 10.0.0.2 sbfd remote-discriminator 5
	ip netns del c
	bfd a reflector add discriminator 5
	bfd b session add peer 10.0.0.1 sbfd remote-discriminator 5 tx 20ms
	up b peer 10.0.0.1 sbfd
	unload
	load
	same reflectors "[]" "$(bfd a -j reflector show | tr -d ' \n')"
}

load
run_tests answer_is_as_the_standard_says answer_over_ipv6 reflector_tells_admin_down \
	what_must_not_be_answered_is_dropped what_is_not_ours_is_left_alone \
	answers_are_rationed request_is_as_the_standard_says initiator_hears_admin_down \
	initiator_notices_silence initiator_is_as_slow_as_asked forged_answers_are_dropped \
	changes_are_polled admin_down_is_silent ours_against_ours reflector_in_a_vrf \
	reflector_of_ones_own bad_commands_are_refused configuration_is_saved \
	reflector_needs_no_session reflectors_go_with_their_namespace
