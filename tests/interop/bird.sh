#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# lab: kernel=6.1,6.12 icount timeout=900
#
# Interoperability with BIRD, both ways round.

HERE=$(dirname "$0")
. "$HERE/lib.sh"
. "$HERE/scenarios.sh"

CONF=/tmp/bird.conf
CTL=/tmp/bird.ctl
LOG=/tmp/bird.log

# BIRD sends what goes over several hops with the usual TTL of 64
our_min_ttl=63

PEER_NAME="BIRD $(bird --version 2>&1 | awk '{ print $3 }')"

# ---------------------------------------------------------------- the driver

peer_start()
{
	bird_config > $CONF
	rm -f $LOG
	him bird -c $CONF -s $CTL -P /tmp/bird.pid
}

peer_apply()
{
	bird_config > $CONF
	birdc -s $CTL configure > /tmp/birdc.log
}

peer_kill()
{
	local pid

	pid=$(< /tmp/bird.pid)
	kill -9 "$pid"
	wait_for [ ! -d "/proc/$pid" ]
	rm -f $CTL
}

bird_config()
{
	local path

	echo "log \"$LOG\" { trace };"
	echo "router id 10.0.0.2;"
	echo "protocol device {}"
	echo "protocol bfd lab {"
	echo "debug { states, events };"
	echo "interface \"q*\" { $(bird_options) };"
	echo "multihop { $(bird_options) };"
	for path in "${PATHS[@]}"; do
		bird_neighbour "$path"
	done
	echo "}"
}

bird_options()
{
	echo "min tx interval $his_tx ms; min rx interval $his_rx ms; idle tx interval 1 s;"
	echo "multiplier $his_mult; passive $his_passive;"
}

bird_neighbour()
{
	echo -n "neighbor ${OURS[$1]}"
	[[ ! ${HIS_DEV[$1]:-} ]] || echo -n " dev \"${HIS_DEV[$1]}\""
	echo -n " local ${HIS[$1]}"
	[[ $1 != *-multihop ]] || echo -n " multihop on"
	echo ";"
}

# BIRD tells no diagnostics and no discriminators. How often a session left Up is in its
# log.
peer_look()
{
	birdc -s $CTL show bfd sessions | while read -r who _ state _ tx timeout; do
		[[ ${PATH_OF[$who]:-} ]] || continue
		echo "${PATH_OF[$who]} ${state,,} - - $((10#${tx/./})) $((10#${timeout/./}))" \
			"$(grep -c "Session to $who changed state from Up" $LOG) -"
	done
}

# ---------------------------------------------------------------- BIRD's own stories

# BIRD has no AdminDown: a protocol that is disabled just falls silent
he_is_disabled()
{
	birdc -s $CTL disable lab > /tmp/birdc.log
	await we_are down
	await our_diag control-expiry
	birdc -s $CTL enable lab > /tmp/birdc.log
	await both_are up
	finish "he is disabled and enabled"
}

run_all()
{
	local paths="${PATHS[*]}"

	come_up
	change_parameters
	slow_receiver
	we_demand
	we_go_admin_down
	he_is_disabled
	we_say_goodbye
	he_dies
	lose_the_wire
	mark aged
	our_minimum_ttl
	judge_wire
}

begin
run_all
plan
