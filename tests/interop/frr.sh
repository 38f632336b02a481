#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Interoperability with FRR's bfdd, both ways round.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/scenarios.sh"

RUN=/var/run/frr
ETC=/etc/frr

PEER_NAME="FRR $(/usr/lib/frr/bfdd --version | awk 'NR == 1 { print $3 }')"

# ---------------------------------------------------------------- the driver

peer_start() { start_frr him; }

# start_frr NETNS: zebra once, for it knows the interfaces, and bfdd
start_frr()
{
	mkdir -p "$RUN/$1" "$ETC/$1"
	touch "$ETC/$1"/{vtysh,zebra}.conf
	frr_config "$1" > "$ETC/$1/bfdd.conf"
	chown -R frr:frr "$RUN" "$ETC"
	[[ -e $RUN/$1/zebra.pid ]] || frr_daemon "$1" zebra
	frr_daemon "$1" bfdd
}

frr_daemon()
{
	ip netns exec "$1" "/usr/lib/frr/$2" -d -N "$1" -f "$ETC/$1/$2.conf" > "/tmp/$2.$1.log" 2>&1
}

peer_kill() { kill_bfdd him; }

kill_bfdd()
{
	local pid

	pid=$(< "$RUN/$1/bfdd.pid")
	kill -9 "$pid"
	while [[ -d /proc/$pid ]]; do sleep 0.05; done
	rm -f "$RUN/$1"/bfdd.*
}

peer_apply()
{
	local args=() line

	while read -r line; do
		args+=(-c "$line")
	done < <(frr_config him)
	vtysh -N him -d bfdd -c 'configure terminal' "${args[@]}" > /tmp/vtysh.log
}

# Of us in the same namespace there is one session only, to somebody else
frr_config()
{
	local path

	echo bfd
	case $1 in
	him)	for path in "${PATHS[@]}"; do frr_session "$path"; done ;;
	us)	frr_neighbour 10.0.0.3 ;;
	third)	frr_neighbour 10.0.0.1 ;;
	esac
}

frr_session()
{
	local key="peer ${OURS[$1]}"

	[[ $1 != *-multihop ]] || key+=" multihop"
	key+=" local-address ${HIS[$1]}"
	[[ ! ${HIS_DEV[$1]:-} ]] || key+=" interface ${HIS_DEV[$1]}"
	echo "$key"
	echo "transmit-interval $his_tx"
	echo "receive-interval $his_rx"
	echo "detect-multiplier $his_mult"
	[[ $his_passive = on ]] || echo -n "no "
	echo "passive-mode"
	[[ $1 != *-multihop ]] || echo "minimum-ttl ${his_min_ttl:-250}"
	[[ $his_admin = down ]] || echo -n "no "
	echo "shutdown"
	echo "exit"
}

frr_neighbour()
{
	echo "peer $1"
	echo "transmit-interval 300"
	echo "receive-interval 300"
	echo "exit"
}

peer_look() { look_frr him; }

look_frr()
{
	frr_sessions "$1" | while read -r who rest; do
		echo "${PATH_OF[$who]:-$who} $rest"
	done
}

frr_sessions()
{
	vtysh -N "$1" -d bfdd -c 'show bfd peers json' -c 'show bfd peers counters json' |
		jq -rs '
		def state: {shutdown: "admin-down"}[.] // .;
		def diag: {
			ok: "none", "control detection time expired": "control-expiry",
			"neighbor signaled session down": "neighbor-down",
			"administratively down": "admin-down", "path down": "path-down"}[.] // .;
		(.[1] | map({key: .peer, value: ."session-down"}) | from_entries) as $downs
		| .[0][] | [.peer, (.status | state), (.diagnostic | diag),
			(."remote-diagnostic" | diag),
			([."transmit-interval", ."remote-receive-interval"] | max),
			."remote-detect-multiplier" *
				([."receive-interval", ."remote-transmit-interval"] | max),
			$downs[.peer], ."remote-id"] | @tsv'
}

# ---------------------------------------------------------------- FRR's own stories

# One router between us: TTL 254 arrives, unless somebody pretends there were more
minimum_ttl()
{
	local paths="v4-multihop v6-multihop"

	his_min_ttl=254
	peer_apply
	sleep 2
	await both_are up
	finish "his minimum-ttl lets us in"
}

run_all()
{
	local paths="${PATHS[*]}"

	come_up
	change_parameters
	slow_receiver
	we_go_admin_down
	he_goes_admin_down
	we_say_goodbye
	he_dies
	lose_the_wire
	minimum_ttl
	our_del
	judge_wire
}

started=$SECONDS
load_module
make_network
start_capture
mark start
run_all
mark end
plan
