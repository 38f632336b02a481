#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Demand mode, asked for by us (RFC 5880 6.6): a scripted peer in b, or a session of ours.
# What a peer may ask of us is in bfd_wire.sh.

. "$(dirname "$0")/lib.sh"

MAC=02:00:00:00:00:01
KEY="peer 10.0.0.2"

# ask [PARAMS...]: a session in Demand mode, to a peer that speaks only when polled
ask()
{
	bfd a session add $KEY demand on "$@"
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell every 200
	tell up 60
	wait_for 20 is a detection-mode demand-without-echo $KEY
	tell every 0
	wait_for 20 is a polling false $KEY
}

still_up()
{
	is a local-state up $KEY
	is a down-count 0 $KEY
}

# Not before both ends are Up; and with a Poll, as every change of the bit
demand_is_asked_for_when_both_are_up()
{
	bfd a session add $KEY demand on
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell never 3 d=1
	tell every 200
	tell up 60
	tell expect 20 d=1 p=0 state=up
	is a demand true $KEY
	is a demand-poll-interval 1000000 $KEY
}

silence_is_no_fault()
{
	ask demand-poll 0
	tell sleep 10
	still_up
	is a detection-mode demand-without-echo $KEY
	is a negotiated-rx-interval 0 $KEY
}

# Left to itself it asks once a second
path_is_verified_now_and_then()
{
	ask
	for n in 1 2 3; do
		tell flush
		tell expect 20 p=1 d=1
		wait_for 20 is a polling false $KEY
	done
	still_up
}

unanswered_poll_takes_it_down()
{
	ask tx 100ms mult 4
	# RFC 5880 6.8.4: by what we send, not by what the peer would
	tell set rx=50000 tx=700000 mult=9
	wait_for 20 is a detection-time 400000 $KEY
	tell answer 0
	down a $KEY
	is a local-diagnostic control-expiry $KEY
	# Down speaks again, and no longer asks for silence
	tell flush
	tell expect 20 state=down d=0 p=0 diag=1
	tell answer 1
	tell every 200
	tell up 60
	tell expect 20 d=1
}

path_is_verified_on_command()
{
	bfd a session add $KEY demand on demand-poll 0
	refused bfd a session poll $KEY
	because "not up"
	forget a
	ask demand-poll 0
	tell flush
	tell never 5 p=1
	bfd a session poll $KEY
	tell expect 20 p=1 d=1
	wait_for 20 is a polling false $KEY
	still_up
	tell answer 0
	bfd a session poll $KEY
	down a $KEY
}

# In Asynchronous mode it only asks
poll_without_demand()
{
	bfd a session add $KEY
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell every 200
	tell up 60
	wait_for 20 is a polling false $KEY
	tell flush
	bfd a session poll $KEY
	tell expect 20 p=1 d=0
	wait_for 20 is a polling false $KEY
	still_up
}

# The mode lasts until the peer has heard of its end, and only then silence counts
demand_ends_without_a_flap()
{
	ask tx 100ms rx 100ms demand-poll 0
	tell answer 0
	tell flush
	bfd a session set $KEY demand off
	tell expect 20 p=1 d=0
	is a detection-mode demand-without-echo $KEY
	tell send f=1
	tell every 50
	wait_for 20 is a detection-mode async-without-echo $KEY
	tell sleep 3
	still_up
	tell every 0
	down a $KEY
	is a local-diagnostic control-expiry $KEY
}

demand_begins_while_up()
{
	bfd a session add $KEY
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell every 200
	tell up 60
	bfd a session set $KEY demand on demand-poll 2s
	tell expect 20 p=1 d=1
	tell every 0
	tell sleep 5
	still_up
	bfd a save > "$WORK/saved"
	grep -q "demand on demand-poll 2s" "$WORK/saved"
}

# RFC 5880 6.6: in Demand mode a Poll tells every change
change_is_polled()
{
	ask demand-poll 0
	tell set d=1
	tell send p=1
	tell sleep 2
	tell flush
	tell never 3 p=1
	bfd a session set $KEY mult 9
	tell expect 20 p=1 mult=9
	wait_for 20 is a polling false $KEY
	still_up
}

two_silent_ends()
{
	local before

	bfd a session add $KEY tx 50ms rx 50ms demand on demand-poll 0
	bfd b session add peer 10.0.0.1 tx 50ms rx 50ms demand on demand-poll 0
	up a $KEY
	wait_for 20 is a remote-demand true $KEY
	wait_for 20 is b remote-demand true
	wait_for 20 is b polling false
	wait_for 20 is a polling false $KEY
	before=$(field a send-packet-count $KEY)
	sleep 5
	same "packets sent" "$before" "$(field a send-packet-count $KEY)"

	bfd a session set $KEY tx 70ms mult 6
	wait_for 20 is b remote-multiplier 6
	is b remote-desired-min-tx-interval 70000
	bfd b session poll peer 10.0.0.1
	wait_for 20 is b polling false

	# What b sends goes astray: it is silent, and only a Poll can tell
	ip -n b neigh replace 10.0.0.1 lladdr 02:00:00:00:00:99 dev vb
	sleep 5
	still_up
	bfd a session poll $KEY
	down a $KEY
	ip -n b neigh replace 10.0.0.1 lladdr 02:00:00:00:00:01 dev vb
	up a $KEY
}

load
run_tests demand_is_asked_for_when_both_are_up silence_is_no_fault \
	path_is_verified_now_and_then unanswered_poll_takes_it_down \
	path_is_verified_on_command poll_without_demand demand_ends_without_a_flap \
	demand_begins_while_up change_is_polled two_silent_ends
