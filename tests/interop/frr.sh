#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# lab: kernel=6.1 icount timeout=900
# lab: kernel=6.12 icount timeout=900 full
#
# Interoperability with FRR's bfdd, both ways round.

HERE=$(dirname "$0")
. "$HERE/lib.sh"
. "$HERE/scenarios.sh"
. "$HERE/frr_lib.sh"

# FRR says AdminDown, but not why; and our Demand bit is nothing to it (8.4)
his_admin_diag=none
his_demand=ignored

PEER_NAME="FRR $(/usr/lib/frr/bfdd --version | awk 'NR == 1 { print $3 }')"

# ---------------------------------------------------------------- the driver

peer_start() { start_frr him; }

# start_frr NETNS: zebra once, for it knows the interfaces, and bfdd. A passive session
# that hears of us before bfdd has heard of its interface would stay in Init and never
# say a word (FRR 8.4), so sessions come after interfaces.
start_frr()
{
	local log=/tmp/bfdd.$1.debug

	mkdir -p "$RUN/$1" "$ETC/$1"
	rm -f "$log"
	echo > "$ETC/$1/zebra.conf"
	printf '%s\n' "log file $log debug" "debug bfd zebra" > "$ETC/$1/bfdd.conf"
	chown -R frr:frr "$RUN" "$ETC"
	[[ -e $RUN/$1/zebra.pid ]] || frr_daemon "$1" zebra
	frr_daemon "$1" bfdd
	wait_for knows_interfaces "$1" "$log"
	configure_frr "$1"
}

knows_interfaces()
{
	local dev

	for dev in $(ip netns exec "$1" ls /sys/class/net); do
		grep -q "add interface $dev " "$2" || return
	done
}

peer_kill() { kill_frr him bfdd; }

peer_apply() { configure_frr him; }

configure_frr()
{
	local line

	tell "$1" configure terminal
	frr_config "$1" | while read -r line; do
		tell "$1" "$line"
	done
	tell "$1" end
}

frr_config()
{
	local path

	echo bfd
	case $1 in
	him)	for path in "${PATHS[@]}"; do frr_session "$path"; done ;;
	third)	frr_session third ;;
	us)	printf '%s\n' "peer ${HIS[third]} interface p3" exit ;;
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
	if [[ $1 != *-multihop && ${his_echo:-} ]]; then
		echo "echo transmit-interval 100"
		[[ $his_echo = on ]] || echo -n "no "
		echo "echo-mode"
	fi
	echo "exit"
}

peer_look()
{
	look_frr him
	[[ ! ${OURS[third]:-} ]] || look_frr third
}

look_frr()
{
	tell "$1" sessions | while read -r who rest; do
		echo "${PATH_OF[$who]:-$who} $rest"
	done
}

# ---------------------------------------------------------------- FRR's own stories

his_minimum_ttl()
{
	local paths="v4-multihop v6-multihop"

	age_packets rt r2 253
	his_min_ttl=254
	peer_apply
	await both_left_up
	await our_diag neighbor-down
	await his_diag control-expiry
	his_min_ttl=253
	peer_apply
	await both_are up
	rejuvenate_packets rt r2
	finish "his minimum-ttl keeps strangers out"
}

# he_has_echoes_back PATH NUMBER: as many, by his own count
he_has_echoes_back()
{
	tell him echoes | awk -v peer="${OURS[$1]}" -v least="$2" '
		$1 == peer && $2 >= least { found = 1 }
		END { exit !found }'
}

we_have_echoes_back()
{
	local count

	# shellcheck disable=SC2046  # words
	count=$(bfdctl -n us -j -s session show $(key "$1") |
		grep -o '"receive-echo-packet-count":[0-9]*')
	[[ ${count#*:} -ge $2 ]]
}

# Over IPv6 he sends his to us, not to himself. Ours he leaves to his kernel, if that
# forwards.
echoes_both_ways()
{
	local paths="v4 v6 link-local vrf"

	note_downs
	each_session set echo-rx 100ms
	his_echo=on
	peer_apply
	await he_has_echoes_back 50
	verify steady
	finish "his echoes come back from us"

	his_echo=off
	peer_apply
	each_session set echo-rx 0
	await agreed
	paths="v4 v6 vrf"
	him sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
	note_downs
	each_session set echo-tx 100ms
	await we_have_echoes_back 50
	verify steady
	finish "our echoes come back by his kernel"
	each_session set echo-tx 0
	await agreed
	him sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0
}

# Another bfdd, in our own namespace, talks to a third one, on the same ports, while our
# sessions stay as they are. Then its session becomes ours, and its own again.
share_our_namespace()
{
	make_third
	start_frr us
	start_frr third
	note_downs
	await_bfdd_up
	verify steady
	finish "FRR lives in our namespace too"

	local paths=third
	kill_frr us bfdd
	our_add
	await both_are up
	our_del
	start_frr us
	await_bfdd_up
	result "a session of FRR's becomes ours and goes back" "${why[third]:-}"
}

make_third()
{
	OURS[third]=10.0.4.1 HIS[third]=10.0.4.2 OUR_DEV[third]=p3 HIS_DEV[third]=q3
	PATH_OF[${OURS[third]}]=third PATH_OF[${HIS[third]}]=third
	ip netns add third
	ip -n third link set lo up
	wire us p3 third q3
	number us p3 10.0.4.1/24
	number third q3 10.0.4.2/24
}

# What bfdd in our namespace says
await_bfdd_up()
{
	local path deadline=$((SECONDS + 60))

	until [[ $(look_frr us) = "third up "* ]]; do
		[[ $SECONDS -lt $deadline ]] && sleep 0.1 && continue
		for path in $paths; do
			why[$path]+="FRR beside us: $(look_frr us)"$'\n'
		done
		return
	done
}

run_all()
{
	local paths="${PATHS[*]}"

	come_up
	change_parameters
	slow_receiver
	we_demand
	we_go_admin_down
	he_goes_admin_down
	we_say_goodbye
	he_dies
	he_asks
	lose_the_wire
	mark aged
	our_minimum_ttl
	his_minimum_ttl
	echoes_both_ways
	share_our_namespace
	judge_wire
}

start_teller
begin
run_all
plan
