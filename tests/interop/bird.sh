#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# lab: kernel=6.1 icount timeout=900
# lab: kernel=6.12 icount timeout=900 full
#
# Interoperability with BIRD, both ways round; and BIRD beside bfd.ko, in one namespace.

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
		bird_neighbour "$path" "${OURS[$path]}" "${HIS[$path]}" "${HIS_DEV[$path]:-}"
	done
	echo "}"
}

bird_options()
{
	echo "min tx interval $his_tx ms; min rx interval $his_rx ms; idle tx interval 1 s;"
	echo "multiplier $his_mult; passive $his_passive;"
	[[ ! $his_auth ]] || echo "authentication $his_auth; $his_passwords"
}

# bird_neighbour PATH PEER LOCAL [DEV]
bird_neighbour()
{
	echo -n "neighbor $2"
	[[ ! ${4:-} ]] || echo -n " dev \"$4\""
	echo -n " local $3"
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

# What BIRD calls a type, and a key of the longest kind it has
his_auth='' his_passwords=''
declare -A AUTH=([simple]="simple" [md5]="keyed md5" [meticulous-md5]="meticulous keyed md5"
	[sha1]="keyed sha1" [meticulous-sha1]="meticulous keyed sha1")
declare -A SECRET=([simple]=sixteen-letters! [md5]=sixteen-letters! [meticulous-md5]=short
	[sha1]=twenty-letters-a-key [meticulous-sha1]=twenty-letters-a-key)

password() { echo "password \"$2\" { id $1; };"; }

# RFC 5880 6.7, and FRR's is not that: BIRD is the judge
authentication()
{
	local type

	for type in simple md5 meticulous-md5 sha1 meticulous-sha1; do
		peer_kill
		his_auth=${AUTH[$type]}
		his_passwords=$(password 7 "${SECRET[$type]}")
		each_session set auth "$type" key-id 7 key "${SECRET[$type]}"
		peer_start
		await both_are up
		note_downs
		sleep 5
		look
		verify steady
		finish "authenticated, $type"
	done
	roll_the_key
	his_auth='' his_passwords=''
	peer_kill
	each_session set auth none
	peer_start
	await both_are up
}

# Both ends learn the new key, then both send it, then both forget the old one
roll_the_key()
{
	local old=7 new=8 secret=${SECRET[meticulous-sha1]}

	note_downs
	his_passwords="$(password $old "$secret") $(password $new a-new-key)"
	peer_apply
	each_session set auth meticulous-sha1 key-id $old \
		auth meticulous-sha1 key-id $new key a-new-key
	sleep 3
	each_session set auth meticulous-sha1 key-id $new auth meticulous-sha1 key-id $old
	his_passwords="$(password $new a-new-key) $(password $old "$secret")"
	peer_apply
	sleep 3
	each_session set auth meticulous-sha1 key-id $new
	his_passwords=$(password $new a-new-key)
	peer_apply
	sleep 3
	look
	verify steady
	finish "the key is changed, no flap"
}

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

# ---------------------------------------------------------------- BIRD beside us

BESIDE=/tmp/beside

start_beside()
{
	local path

	{
		echo "router id 10.0.0.1;"
		echo "protocol device {}"
		echo "protocol bfd beside {"
		for path in $paths; do
			bird_neighbour "$path" "${HIS[$path]}" "${OURS[$path]}" \
				"${OUR_DEV[$path]:-}"
		done
		echo "}"
	} > $BESIDE.conf
	us bird -c $BESIDE.conf -s $BESIDE.ctl -P $BESIDE.pid
}

stop_beside()
{
	local pid

	pid=$(< $BESIDE.pid)
	kill -9 "$pid"
	wait_for [ ! -d "/proc/$pid" ]
	rm -f $BESIDE.ctl
}

# counted PREFIX: packets in bfd.ko's counters of that name
counted() { bfdctl -n us stats | awk -v of="$1" 'index($1, of) == 1 { n += $2 } END { print n }'; }

he_stays_up() { he_is "$1" up && [[ ${his[$1,downs]} = "${noted[his,$1]}" ]]; }

# Those of $paths are BIRD's, those of $kept bfd.ko's. Neither sees the other, nor its end.
live_together()
{
	local kept="v6 link-local v6-multihop vrf" others drops left

	our_del
	await both_are none down
	start_beside
	await both_are none up
	paths=$kept note_downs
	note_downs
	others=$(counted not-ours) drops=$(counted drop-)
	sleep 10
	look
	verify he_stays_up
	left=$(($(counted not-ours) - others))
	[[ $left -ge 20 && $(counted drop-) = "$drops" ]] ||
		why[v4]+="$left packets left to BIRD, dropped were $drops and $(counted drop-)"$'\n'
	finish "BIRD beside us has its packets"
	stop_beside
	await both_are none down
	paths=$kept verify steady
	paths=$kept finish "and we have ours, with BIRD and without"
	our_add
	await both_are up
	finish "what was BIRD's is ours again"
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
	he_asks
	lose_the_wire
	mark aged
	our_minimum_ttl
	[[ $KERNEL = 6.12 ]] || authentication
	paths="v4 v4-multihop" live_together
	judge_wire
}

begin
run_all
plan
