#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# ROUNDS (5) times: load, 500 sessions Up, unload under traffic. Half of them are in
# a, their peers in b; a scripted peer floods what is being taken down. They send once
# a second: the debug kernel takes a millisecond for each packet.

. "$(dirname "$0")/lib.sh"

PAIRS=250

# One neighbour on each side; the addresses are on lo and routed
setup()
{
	two_hosts
	seq 1 $PAIRS | sed 's/.*/addr add 10.1.0.&\/32 dev lo/' > "$WORK/addrs"
	ip -n a -b "$WORK/addrs"
	ip -n a route add 10.2.0.1 via 10.0.0.2
	ip -n b addr add 10.2.0.1/32 dev lo
	ip -n b route add 10.1.0.0/24 via 10.0.0.1
	seq 1 $PAIRS | sed 's/.*/session add local 10.1.0.& peer 10.2.0.1 tx 1s rx 1s mult 20/' > "$WORK/a"
	seq 1 $PAIRS | sed 's/.*/session add peer 10.1.0.& local 10.2.0.1 tx 1s rx 1s mult 20/' > "$WORK/b"
}

flood()
{
	while loaded; do
		tell burst 50 src=10.2.0.1 dst=10.1.0."$((RANDOM % PAIRS + 1))" \
			your="$((RANDOM % 2))" state=down ttl="$((254 + RANDOM % 2))"
	done
}

one_round()
{
	load
	bfd a -b "$WORK/a" &
	bfd b -b "$WORK/b"
	wait $!
	wait_for 120 have a $PAIRS up
	wait_for 120 have b $PAIRS up
	flood &
	unload
	wait $!
}

load_500_up_unload()
{
	local i

	peer b vb 02:00:00:00:00:01 10.0.0.2 10.0.0.1
	for ((i = 1; i <= ${ROUNDS:-5}; i++)); do
		one_round
		((i % 10)) || say "round $i after $SECONDS s"
	done
}

run_tests load_500_up_unload
