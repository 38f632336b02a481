#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# lab: kernel=6.1 icount shift=0 timeout=900
#
# What BFD is for: a wire is cut, silently, and routes move to another one. BGP, OSPFv2,
# OSPFv3, IS-IS and a static route of FRR's ask for sessions, first of FRR's own bfdd, then
# of bfd.ko by bfd-frrd, with the same daemons in the same guest; idle, and beside
# processes that want the CPU. The network is in topology_lib.sh.

HERE=$(dirname "$0")
. "$HERE/lib.sh"
. "$HERE/frr_lib.sh"
. "$HERE/topology_lib.sh"
PATH=$HERE/../../build/timing:$PATH

CUTS=${CUTS:-3}
FAST_MS=10
DEAD_MS=2500
HOGGED=${HOGGED:-30}
HOGS=(nice -n -20 hog 4)
ROWS=(bgp ospf ospf6 isis static)
declare -A WORDS=([down]=Down [route]="route moved")
declare -A TITLE=([bgp]=BGP [ospf]=OSPFv2 [ospf6]=OSPFv3 [isis]=IS-IS [static]="static, by OSPFv2")

# Let SECONDS pass without executing a program
exec {never}<> <(:)
pass_time() { read -r -t "$1" -u "$never" || true; }

# ---------------------------------------------------------------- the two stacks

# start_stack {bfdd|bfd.ko}
start_stack()
{
	local ns dplane

	stack=$1
	for ns in near mid; do
		dplane=()
		if [[ $stack = bfd.ko ]]; then
			dplane=(--dplaneaddr "unix:$RUN/$ns/dplane.sock")
			bfd-frrd -f -n $ns --socket "$RUN/$ns/dplane.sock" \
				--state /tmp/table.$ns 2> /tmp/frrd.$ns.log &
		fi
		frr_daemon $ns bfdd "${dplane[@]}"
	done
}

# pace PROTOCOL MS: of its session, by its profile, at both ends
pace()
{
	local ns line

	for ns in near mid; do
		for line in "configure terminal" bfd "profile $1" "receive-interval $2" \
			    "transmit-interval $2" end; do
			tell $ns "$line"
		done
	done | grep .
}

# Lines of the sessions of a router that are up: detection time in ms. A data plane has
# no words for a peer's new intervals, so of ours FRR does not know it.
up_within()
{
	case $stack in
	bfdd)	tell "$1" sessions | awk '$2 == "up" { print $6 }' ;;
	bfd.ko)	bfdctl -n "$1" -j session show state up |
			grep -o '"detection-time":[0-9]*' | awk -F : '{ print $2 / 1000 }' ;;
	esac
}

# As FRR has it
sessions_up()
{
	[[ $(tell near show bfd peers json | grep -c '"status":"up"') = "${#PROTOCOLS[@]}" ]]
}

one_is_fast() { up_within near | grep -qx 30 && up_within mid | grep -qx 30; }

# Every route of near's is over the wire that it should be over
settled()
{
	local routes row

	routes=$'\n'$(ip -n near route; ip -n near -6 route)
	for row in "${ROWS[@]}"; do
		[[ $routes =~ $'\n'"${DESTINATION[$row]} "[^$'\n']*" dev ${WIRE[$row]} " ]] || return
	done
	sessions_up
}

# await COMMAND...: looking is work, so once a second
await()
{
	local tries=120

	until "$@"; do
		if ((tries-- == 0)); then
			echo "Bail out! never: $*"
			comment "$(ip -n near route; ip -n near -6 route; tell near sessions)"
			exit 1
		fi
		pass_time 1
	done
}

# The devices of our sessions say who asked for them
not_all_ours()
{
	local devs

	devs=$(bfdctl -n near -j session show state up | grep -o '"dev":"[^"]*"' | sort)
	[[ $devs = "$(printf '"dev":"%s"\n' "${PROTOCOLS[@]}" | sort)" ]] || echo "$devs"
}

# ---------------------------------------------------------------- what happened when, in ns

routes_moved() { awk -v to="$1" '$2 == "add" && $3 == to && $4 == "far" { print $1 }' /tmp/routes; }

# The first of stdin after that moment
first_after() { awk -v moment="$1" '$1 > moment { print; exit }'; }

# went_down PROTOCOL: when near's session did, each time. What a protocol that starves has
# deleted at the other end is no Down of BFD's finding
went_down()
{
	local date='^(....)/(..)/(..) (..):(..):(..)\.([0-9]*) .*'
	local down="\"dev\":\"$1\".*\"from\":\"up\",\"to\":\"down\".*\"control-expiry\""

	case $stack in
	bfdd)	sed -nE "/ifname:$1\] up -> down/s|$date|\1 \2 \3 \4 \5 \6;\7000|p" \
			/tmp/bfdd.near.log | awk -F ';' '{ print mktime($1) $2 }' ;;
	bfd.ko)	sed -nE "/$down/s/.*\"timestamp\":([0-9]*).*/\1/p" /tmp/events ;;
	esac
}

# ---------------------------------------------------------------- the cuts

# What was measured: us[STACK,LOAD,WHAT,ROW], one number a cut
declare -A us

# with_load COMMAND...
with_load()
{
	local pid

	[[ $load = hogs ]] || { "$@"; return; }
	"${HOGS[@]}" &
	pid=$!
	pass_time 1
	"$@"
	kill $pid
	wait $pid 2> /dev/null
}

# note WHAT ROW BEGIN END
note()
{
	local late=-

	[[ ! $4 ]] || late=$((($4 - $3) / 1000))
	us[$stack,$load,$1,$2]+=" $late"
}

cut_wire()
{
	local protocol=$1 row moment rest

	with_load chrt -f 60 ip netns exec panel \
		cut "near-$protocol,mid-$protocol" 1 $DEAD_MS 0 > /tmp/cuts
	read -r moment rest < /tmp/cuts
	note down "$protocol" "$moment" "$(went_down "$protocol" | first_after "$moment")"
	for row in "${ROWS[@]}"; do
		[[ ${WIRE[$row]} = "$protocol" ]] || continue
		note route "$row" "$moment" "$(routes_moved "${DESTINATION[$row]}" | first_after "$moment")"
	done
}

cut_wires()
{
	local protocol i

	for protocol in "${PROTOCOLS[@]}"; do
		pace "$protocol" $FAST_MS
		await one_is_fast
		for ((i = 0; i < CUTS; i++)); do
			await settled
			cut_wire "$protocol"
		done
		await settled
		pace "$protocol" $SLOW_MS
	done
	await settled
}

# stay PROTOCOL: nothing is cut for a while; what went down and moved nevertheless
stay()
{
	local downs moves

	downs=$(went_down "$1" | wc -l)
	moves=$(routes_moved "${DESTINATION[$1]}" | wc -l)
	with_load pass_time "$HOGGED"
	us[$stack,$load,false,down]=$(($(went_down "$1" | wc -l) - downs))
	us[$stack,$load,false,route]=$(($(routes_moved "${DESTINATION[$1]}" | wc -l) - moves))
}

stay_up()
{
	await settled
	pace bgp $FAST_MS
	await one_is_fast
	stay bgp
	await settled
	pace bgp $SLOW_MS
}

measure()
{
	for load in idle hogs; do
		cut_wires
		stay_up
	done
}

# ---------------------------------------------------------------- what is asked of them

# each STACK LOAD WHAT ROW MOST: as many times as there were cuts, and as soon, in ms
each()
{
	local values value why=

	read -ra values <<< "${us[$1,$2,$3,$4]:-}"
	[[ ${#values[@]} = "$CUTS" ]] || why="${#values[@]} cuts"
	for value in "${values[@]}"; do
		[[ $value != - && $value -le $(($5 * 1000)) ]] || why="us: ${values[*]}"
	done
	result "$1, $2: ${TITLE[$4]}, ${WORDS[$3]} within $5 ms of each cut" "$why"
}

# none STACK LOAD
none()
{
	local downs=${us[$1,$2,false,down]} moves=${us[$1,$2,false,route]} why=

	[[ $downs,$moves = 0,0 ]] || why="$downs Downs, $moves moves"
	result "$1, $2: no false Down in $HOGGED s" "$why"
}

# As many Downs in all as there were cuts
no_more_downs()
{
	local protocol why=

	for protocol in "${PROTOCOLS[@]}"; do
		[[ $(went_down "$protocol" | wc -l) = $((2 * CUTS)) ]] ||
			why+="$protocol: $(went_down "$protocol" | wc -l) "
	done
	[[ ! $why ]] || why+=$'\n'$(grep '"from":"up"' /tmp/events)
	result "$stack: no Down without a cut" "$why"
}

judge()
{
	local row

	for row in "${ROWS[@]}"; do
		each bfdd idle route "$row" "$DEAD_MS"
		each bfd.ko idle route "$row" "$DEAD_MS"
		each bfd.ko hogs route "$row" "$DEAD_MS"
	done
	for row in "${PROTOCOLS[@]}"; do
		each bfd.ko idle down "$row" $((3 * FAST_MS + 1))
		each bfd.ko hogs down "$row" $((3 * FAST_MS + 1))
	done
	none bfd.ko idle
	none bfd.ko hogs
	no_more_downs
}

# cell STACK LOAD WHAT ROW: median and most in ms, and of how many if not of all
cell()
{
	printf '%s\n' ${us[$1,$2,$3,$4]} | sort -n | awk '
		$1 != "-" { v[++n] = $1 / 1000 }
		END { if (n) printf "%.1f / %.1f", v[int((n + 1) / 2)], v[n]
		      if (n < NR) printf "%s%d of %d", n ? ", " : "", n, NR }'
}

# line WHAT ROW
line()
{
	local load stack

	printf '# | %s, %s |' "${TITLE[$2]}" "${WORDS[$1]}"
	for load in idle hogs; do
		for stack in bfdd bfd.ko; do
			printf ' %s |' "$(cell $stack $load "$1" "$2")"
		done
	done
	echo
}

print_table()
{
	local row

	comment "ms from a cut, median / most of $CUTS"
	comment "| | bfdd | bfd.ko | bfdd, hogs | bfd.ko, hogs |"
	comment "|---|---|---|---|---|"
	for row in "${ROWS[@]}"; do
		[[ $row = static ]] || line down "$row"
		line route "$row"
	done
	for row in down route; do
		printf '# | without a cut, in %s s: %s |' "$HOGGED" "${WORDS[$row]}"
		printf ' %s |' "${us[bfdd,idle,false,$row]}" "${us[bfd.ko,idle,false,$row]}" \
			"${us[bfdd,hogs,false,$row]}" "${us[bfd.ko,hogs,false,$row]}"
		echo
	done
}

# ---------------------------------------------------------------- the run

prepare()
{
	load_module
	modprobe -a sch_netem bridge dummy
	make_topology
	configure_routers
	start_teller
	# Time may fly while the host reads a program
	cat "$(type -P cut)" "$(type -P hog)" "$(type -P routes)" "$(type -P bfd-frrd)" \
		"$(type -P chrt)" "$(type -P bfdctl)" /usr/lib/frr/*d > /dev/null
	chrt -f 60 ip netns exec near routes > /tmp/routes &
	watchers+=($!)
}

start_routers()
{
	local ns daemon

	for ns in near mid far; do
		frr_daemon $ns zebra
	done
	start_stack bfdd
	for ns in near mid far; do
		for daemon in "${DAEMONS[@]}"; do
			frr_daemon $ns "$daemon"
		done
	done
	frr_daemon near staticd
}

# The same routers, their bfdd another
change_stack()
{
	local ns

	for ns in near mid; do
		kill_frr $ns bfdd
	done
	bfdctl -n near -j monitor > /tmp/events &
	watchers+=($!)
	start_stack bfd.ko
}

started=$SECONDS
watchers=()
prepare
start_routers
await settled
result "FRR's bfdd has a session of each protocol"
measure
change_stack
await settled
result "so has bfd.ko, from the same daemons" "$(not_all_ours)"
measure
judge
print_table
kill "${watchers[@]}"
echo "1..$tests"
comment "$((tests - failures)) of $tests passed, $((SECONDS - started)) s of the guest's time"
[[ $failures = 0 ]]
