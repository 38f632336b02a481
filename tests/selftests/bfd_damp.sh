#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Flap damping: a's session comes Up for its peer and not yet for its listeners. Where
# time is exact, so is when they hear of it. It flies there while a command begins, so
# what is to be seen of a hold lasts a minute.

. "$(dirname "$0")/lib.sh"

KEY="peer 10.0.0.2 dev va"

pair()
{
	bfd a session add $KEY tx 50ms rx 50ms "$@"
	bfd b session add peer 10.0.0.1 tx 50ms rx 50ms
}

lose() { tc -n b qdisc add dev vb root netem loss 100%; }
heal() { tc -n b qdisc del dev vb root; }

reported() { wait_for "${2:-20}" is a reported-state "$1" $KEY; }

# flap: Up, whether it is told or not, and lost
flap()
{
	up a $KEY
	lose
	down a $KEY
	heal
}

listen()
{
	bfdctl -n a -j monitor > "$WORK/heard" &
	sleep 2
}

# heard FROM TO: how often
heard() { grep -c "\"from\":\"$1\",\"to\":\"$2\"" "$WORK/heard" || :; }

up_is_told_late_and_down_at_once()
{
	local told seen

	listen
	pair hold-up 60s
	up a $KEY
	up b peer 10.0.0.1
	[[ $(field a reported-state $KEY) == @(down|init) ]]
	[[ $(field a held-time-left $KEY) -gt 0 ]]
	is a hold-up-current 60000000 $KEY
	reported up 600
	is a held-time-left 0 $KEY
	wait_for 20 grep -q '"to":"up"' "$WORK/heard"
	same "Up events" 1 "$(grep -c '"to":"up"' "$WORK/heard")"
	told=$(grep '"to":"up"' "$WORK/heard" | grep -o '"timestamp":[0-9]*')
	told=${told#*:}
	seen=$(date -d "$(field a last-up-time $KEY)" +%s%N)
	say "told $(((told - seen) / 1000)) us after it was Up"
	[[ $((told - seen)) -ge 60000000000 ]]
	[[ ! ${ICOUNT:-} || $((told - seen)) -lt 60001000000 ]]

	lose
	wait_for 20 is a reported-state down $KEY
	wait_for 20 grep -q '"from":"up","to":"down"' "$WORK/heard"
	is b up-count 1 peer 10.0.0.1
}

lost_while_held_is_never_told()
{
	listen
	pair hold-up 4000s
	flap
	flap
	is a up-count 2 $KEY
	is a down-count 2 $KEY
	same "Up events" 0 "$(grep -c '"to":"up"' "$WORK/heard" || :)"
	same "Down events from Up" 0 "$(grep -c '"from":"up"' "$WORK/heard" || :)"
}

flaps_back_off_and_are_forgiven()
{
	pair hold-up 60s hold-up-max 240s
	is a hold-up-current 60000000 $KEY
	flap
	is a hold-up-current 120000000 $KEY
	flap
	is a hold-up-current 240000000 $KEY
	flap
	is a hold-up-current 240000000 $KEY
	reported up 2000
	flap
	is a hold-up-current 60000000 $KEY
}

admin_down_is_no_flap()
{
	pair hold-up 1s hold-up-max 60s
	up a $KEY
	bfd b session set peer 10.0.0.1 admin down
	down a $KEY
	bfd b session set peer 10.0.0.1 admin up
	up a $KEY
	bfd a session set $KEY admin down
	bfd a session set $KEY admin up
	up a $KEY
	is a hold-up-current 1000000 $KEY
	# What is asked of a held one is told at once
	bfd a session set $KEY admin down
	reported admin-down
}

changed_while_held()
{
	pair hold-up 4000s
	up a $KEY
	is a reported-state up $KEY && return 1
	bfd a session set $KEY hold-up 2000s
	is a reported-state up $KEY && return 1
	[[ $(field a held-time-left $KEY) -le 2000000000 ]]
	bfd a session set $KEY hold-up 0
	is a reported-state up $KEY
	is a held-time-left 0 $KEY
	is a up-count 1 $KEY
}

# A session that is Up for its listeners stays so, whatever the next hold will be
changed_while_told()
{
	pair
	up a $KEY
	bfd a session set $KEY hold-up 4000s
	is a reported-state up $KEY
	is a held-time-left 0 $KEY
	refused bfd a session set $KEY hold-up-max 5s
	because "less than hold-up"
	refused bfd a session set $KEY hold-up 0 hold-up-max 5s
	bfd a session set $KEY hold-up 1s hold-up-max 5s
	refused bfd a session set $KEY hold-up 0
	because "no hold-up"
}

reroute_waits()
{
	pair reroute on hold-up 60s
	reported up 600
	lose
	wait_for 20 is a rerouted true $KEY
	heal
	up a $KEY
	is a rerouted true $KEY
	reported up 600
	is a rerouted false $KEY
}

track_file_waits()
{
	bfdctl -n a monitor track-file "$WORK/track" $KEY &
	wait_for 20 test -s "$WORK/track"
	pair hold-up 60s
	up a $KEY
	sleep 2
	same "weight" -254 "$(< "$WORK/track")"
	reported up 600
	wait_for 20 grep -qx 0 "$WORK/track"
	# One that comes to a held session finds it as the others do
	bfd a session set $KEY hold-up 4000s
	lose
	wait_for 20 grep -qx -- -254 "$WORK/track"
	heal
	up a $KEY
	bfdctl -n a monitor track-file "$WORK/second" $KEY &
	wait_for 20 test -s "$WORK/second"
	same "weight" -254 "$(< "$WORK/second")"
}

saved_and_restored()
{
	bfd a session add $KEY hold-up 5s hold-up-max 300s
	bfd a save > "$WORK/saved"
	grep -q "hold-up 5s hold-up-max 300s" "$WORK/saved"
	bfd a session del all
	bfd a -b "$WORK/saved"
	is a hold-up 5000000 $KEY
	is a hold-up-max 300000000 $KEY
	bfd a session replace $KEY
	is a hold-up 0 $KEY
}

clean()
{
	tc -n b qdisc del dev vb root 2> /dev/null || :
	forget a
	forget b
}

in_memory tc date
load
run_tests up_is_told_late_and_down_at_once lost_while_held_is_never_told \
	flaps_back_off_and_are_forgiven admin_down_is_no_flap changed_while_held \
	changed_while_told reroute_waits track_file_waits saved_and_restored
