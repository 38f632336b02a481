#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Interoperability with FRR's bfdd, both ways round.

HERE=$(dirname "$0")
. "$HERE/lib.sh"
. "$HERE/scenarios.sh"

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

peer_apply() { frr_config him | "$HERE/bfdd" "$RUN/him/bfdd.vty" config; }

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
	"$HERE/bfdd" "$RUN/$1/bfdd.vty" show | while read -r who rest; do
		echo "${PATH_OF[$who]:-$who} $rest"
	done
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
