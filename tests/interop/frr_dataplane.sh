#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# FRR's bfdd, as Debian has it, with bfd.ko as its data plane: bfdd and bfd-frrd on
# router "us", whose peers on "him" are sessions of bfd.ko alone.
#
#   us  p0 10.0.0.1/16 fd00::1 ---- q0 10.0.1.1 to 10.0.1.200, fd00::2, lo 10.9.0.2  him
#       p2 10.3.0.1/24 ------------ q2 10.3.0.2		p2 in VRF red
#
# Whatever is killed and restarted on "us", "him" must see none of it.

HERE=$(dirname "$0")
. "$HERE/lib.sh"

RUN=/var/run/frr
ETC=/etc/frr
MANY=200
export PATH=$HERE/../../build/selftests:$PATH

# ---------------------------------------------------------------- FRR

start_frr()
{
	mkdir -p "$RUN/us" "$ETC/us"
	echo > "$ETC/us/zebra.conf"
	echo "log file /tmp/bfdd.debug debug" > "$ETC/us/bfdd.conf"
	chown -R frr:frr "$RUN" "$ETC"
	us /usr/lib/frr/zebra -d -N us -f "$ETC/us/zebra.conf" > /tmp/zebra.log 2>&1
	start_bfdd
}

start_bfdd()
{
	us /usr/lib/frr/bfdd -d -N us -f "$ETC/us/bfdd.conf" \
		--dplaneaddr "unix:$RUN/us/dplane.sock" > /tmp/bfdd.log 2>&1
}

kill_bfdd()
{
	local pid

	pid=$(< "$RUN/us/bfdd.pid")
	kill -9 "$pid"
	wait_for [ ! -d "/proc/$pid" ]
	rm -f "$RUN"/us/bfdd.{pid,vty}
}

# tell COMMAND: what bfdd says to it
tell()
{
	local line

	echo "$RUN/us/bfdd.vty $*" >&"${bfdd_in}"
	while read -r line <&"${bfdd_out}" && [[ $line != . ]]; do
		echo "$line"
	done
}

# configure LINES...: below "bfd"; prints what FRR has to say against it
configure()
{
	local line

	for line in "configure terminal" bfd "$@" end; do
		tell "$line"
	done | grep .
}

peers_of_many() { seq -f 'peer 10.0.1.%.0f interface p0' 1 "$MANY"; }

frr_up() { [[ $(tell show bfd peers json | grep -o '"status":"up"' | wc -l) -eq $1 ]]; }

# What FRR has counted, of all peers
frr_downs()
{
	tell show bfd peers counters json | grep -o '"session-down":[0-9]*' |
		awk -F : '{ sum += $2 } END { print sum, "of", NR }'
}

# ---------------------------------------------------------------- bfd-frrd

# The stand-in of a service manager restarts it with its connections
start_keeper()
{
	us fd_keeper /tmp/notify bfd-frrd -f --socket "$RUN/us/dplane.sock" --state /tmp/table \
		> /tmp/keeper.log 2> /tmp/frrd.log &
	keeper=$!
	wait_for grep -q READY=1 /tmp/keeper.log
}

frrd_pid() { pidof bfd-frrd; }

kill_frrd()
{
	local pid ready

	pid=$(frrd_pid)
	ready=$(grep -c READY=1 /tmp/keeper.log)
	kill -9 "$pid"
	wait_for ready_again "$ready"
}

ready_again() { [[ $(grep -c READY=1 /tmp/keeper.log) -gt $1 ]]; }

# ---------------------------------------------------------------- both ends

make_wires()
{
	local ns

	for ns in us him; do
		ip netns add $ns
		ip -n $ns link set lo up
	done
	wire us p0 him q0
	wire us p2 him q2
	ip -n us link add red type vrf table 100
	ip -n us link set red up
	ip -n us link set p2 master red
	number us p0 10.0.0.1/16 fd00::1/64
	seq -f 'addr add 10.0.1.%.0f/16 dev q0' 1 "$MANY" | ip -n him -b -
	number him q0 fd00::2/64
	number him lo 10.9.0.2/32
	number us p2 10.3.0.1/24
	number him q2 10.3.0.2/24
	ip -n us route add 10.9.0.2 via 10.0.1.1
}

his_sessions()
{
	echo session add peer fd00::1 local fd00::2 dev q0
	echo session add peer 10.0.0.1 local 10.9.0.2 multihop
	echo session add peer 10.3.0.1 local 10.3.0.2 multihop
	seq -f 'session add peer 10.0.0.1 local 10.0.1.%.0f dev q0' 1 "$MANY"
}

his_up() { [[ $(bfdctl -n him -j session show state up | grep -o '"local-state"' | wc -l) -eq $1 ]]; }
ours_are() { [[ $(bfdctl -n us -j session show | grep -o '"local-state"' | wc -l) -eq $1 ]]; }

# The session of the two first addresses, as each of us shows it
first_of_us() { bfdctl -n us session show peer 10.0.1.1 | grep -q "$1"; }
first_of_him() { bfdctl -n him session show local 10.0.1.1 | grep -q "$1"; }

# What our discriminators are, for him
identities()
{
	bfdctl -n him -j session show | grep -oE '"(local|remote-discriminator)":("[^"]*"|[0-9]+)' |
		paste - - | sort
}

watch_him()
{
	bfdctl -n him monitor > /tmp/his_events &
	watcher=$!
	wait_for him awk '$2 == 16 && $4 !~ /^0*$/ { n++ } END { exit !n }' /proc/net/netlink
}

# What he has seen since, which should be nothing
he_saw()
{
	kill "$watcher"
	wait "$watcher" 2> /dev/null
	[[ ! -s /tmp/his_events ]] || head -n 3 /tmp/his_events
}

# check NAME COMMAND...: it becomes true, within a minute
check()
{
	local name=$1 tries=300

	shift
	until "$@"; do
		if ((tries-- == 0)); then
			result "$name" "never: $*"$'\n'"$(tail -n 5 /tmp/frrd.log)"
			return
		fi
		sleep 0.2
	done
	result "$name"
}

# equal NAME WANT GOT
equal()
{
	local why=

	[[ $2 = "$3" ]] || why="want ${2:-nothing}, got ${3:-nothing}"
	result "$1" "$why"
}

# ---------------------------------------------------------------- the story

few_sessions()
{
	configure "peer 10.0.1.1 interface p0" "peer fd00::2 local-address fd00::1 interface p0" \
		"peer 10.9.0.2 multihop local-address 10.0.0.1"
	check "FRR's sessions of three kinds come up" frr_up 3
	configure "peer 10.3.0.2 multihop local-address 10.3.0.1 vrf red"
	check "and one in a VRF" frr_up 4
	check "at the peer" his_up 4
}

cut_the_wire()
{
	tc -n us qdisc add dev p0 root netem loss 100%
	tc -n him qdisc add dev q0 root netem loss 100%
	check "FRR hears of a cut wire" frr_up 1
	tc -n us qdisc del dev p0 root
	tc -n him qdisc del dev q0 root
	check "and of one that is mended" frr_up 4
}

change_and_delete()
{
	local before

	before=$(identities)
	watch_him
	configure "peer 10.0.1.1 interface p0" "detect-multiplier 5" "transmit-interval 250"
	check "a change of FRR's is one of the kernel's" first_of_us 'tx 250ms .*mult 5'
	check "negotiated with the peer" first_of_him 'remote.*tx 250ms .*mult 5'
	equal "who does not see a flap" "" "$(he_saw)"
	configure "peer 10.0.1.1 interface p0" shutdown
	check "shutdown is admin-down" first_of_us '^admin-down'
	configure "peer 10.0.1.1 interface p0" "no shutdown" "detect-multiplier 3" \
		"transmit-interval 300"
	check "and back" frr_up 4
	equal "under the same discriminator" "$before" "$(identities)"
	configure "no peer 10.0.1.1 interface p0"
	check "what FRR deletes is deleted" ours_are 3
	check "and the peer is told why" first_of_him 'diag neighbor-down'
}

many_sessions()
{
	local lines

	mapfile -t lines < <(peers_of_many)
	configure "${lines[@]}"
	check "$MANY more come up" his_up $((MANY + 3))
	check "FRR knows" frr_up $((MANY + 3))
}

sweep_counters()
{
	local i before said

	before=$(grep -c 'gone\|connected' /tmp/frrd.log)
	for ((i = 0; i < 20; i++)); do
		said=$(tell show bfd peers counters json)
	done
	equal "20 times the counters of all, on the same connections" "$before" \
		"$(grep -c 'gone\|connected' /tmp/frrd.log)"
	equal "of which none is 0" 0 "$(grep -oE '"control-packet-(in|out)put":0' <<< "$said" | wc -l)"
	equal "and all are there" $((MANY + 3)) "$(grep -o '"control-packet-input":' <<< "$said" | wc -l)"
}

restart_bfdd()
{
	local before

	before=$(identities)
	{
		echo "log file /tmp/bfdd.debug debug"
		echo bfd
		peers_of_many | sed 's/^/ /'
		echo " peer fd00::2 local-address fd00::1 interface p0"
		echo " peer 10.9.0.2 multihop local-address 10.0.0.1"
		echo " peer 10.3.0.2 multihop local-address 10.3.0.1 vrf red"
	} > "$ETC/us/bfdd.conf"
	watch_him
	kill_bfdd
	sleep 2
	start_bfdd
	check "bfdd, killed and started again, has all of its $((MANY + 3)) sessions" \
		frr_up $((MANY + 3))
	sleep 12
	equal "of which the peer saw nothing" "" "$(he_saw)"
	equal "not even another discriminator" "$before" "$(identities)"
	check "and there is no session more" ours_are $((MANY + 3))
}

restart_frrd()
{
	local before downs i

	before=$(identities)
	downs=$(frr_downs)
	watch_him
	for i in 1 2 3 4 5; do
		kill_frrd
	done
	sleep 5
	equal "bfd-frrd, killed 5 times: bfdd saw nothing" "$downs" "$(frr_downs)"
	equal "nor did the peer" "" "$(he_saw)"
	equal "there are the same discriminators" "$before" "$(identities)"
	equal "and each of them took up the connections" 5 "$(grep -c 'took up . connections' /tmp/frrd.log)"
	cut_again
}

# The one that took over knows what it does
cut_again()
{
	tc -n him qdisc add dev q0 root netem loss 100%
	check "the last of them tells of a cut wire" frr_up 1
	tc -n him qdisc del dev q0 root
	check "and of one that is mended" frr_up $((MANY + 3))
}

load_module
modprobe -q sch_netem
for program in bfdd zebra; do cat /usr/lib/frr/$program; done > /dev/null
cat "$(type -P bfd-frrd)" "$(type -P fd_keeper)" "$(type -P bfdctl)" > /dev/null
make_wires
his_sessions | bfdctl -n him -b -
coproc bfdd { "$HERE/bfdd"; }
exec {bfdd_out}<&"${bfdd[0]}" {bfdd_in}>&"${bfdd[1]}"
start_keeper
start_frr
started=$SECONDS

few_sessions
cut_the_wire
change_and_delete
many_sessions
sweep_counters
restart_bfdd
restart_frrd

kill "$keeper"
echo "1..$tests"
comment "$((tests - failures)) of $tests passed, $((SECONDS - started)) s of the guest's time"
[[ $failures = 0 ]] || { comment "$(tail -n 40 /tmp/frrd.log)"; false; }
