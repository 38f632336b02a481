#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A thousand sessions at once, and namespaces and the module that go with sessions Up.
#
#	a: lo 10.1.n.n ---- va vb ---- lo 10.2.0.1 :b

. "$(dirname "$0")/lib.sh"

PAIRS=100

# Addresses are on lo and routed: one neighbour on each side serves them all
setup()
{
	two_hosts
	seq 1 $PAIRS | sed 's/.*/addr add 10.1.0.&\/32 dev lo/' > "$WORK/addrs"
	ip -n a -b "$WORK/addrs"
	ip -n b addr add 10.2.0.1/32 dev lo
	routes
}

routes()
{
	ip -n a route replace 10.2.0.0/16 via 10.0.0.2
	ip -n b route replace 10.1.0.0/24 via 10.0.0.1
}

# batch a|b COUNT TX: that side's half of COUNT pairs
batch()
{
	local key='local 10.1.0.& peer 10.2.0.1'

	[[ $1 = a ]] || key='peer 10.1.0.& local 10.2.0.1'
	seq 1 "$2" | sed "s/.*/session add $key tx $3 rx $3/"
}

pairs()
{
	batch a "$1" "$2" | bfd a -b -
	batch b "$1" "$2" | bfd b -b -
}

all_up()
{
	wait_for 120 have a "$1" up
	wait_for 120 have b "$1" up
}

# A thousand that speak, one by one and all together, twice. The debug kernel takes a
# millisecond for each packet: a packet a second of each would leave it no time
created_and_deleted_in_a_storm()
{
	local tx=100

	[[ $KERNEL != debug ]] || tx=10s
	seq 0 999 | awk -v tx=$tx '{ printf "session add peer 10.2.%d.%d discriminator %d tx %s\n",
				     $1 / 250 + 1, $1 % 250 + 1, $1 + 1, tx }' > "$WORK/add"
	seq 1 1000 | sed 's/.*/session del id &/' > "$WORK/del"
	bfd a -b "$WORK/add"
	have a 1000
	bfd a session del all
	have a 0
	bfd a -b "$WORK/add"
	bfd a -b "$WORK/del"
	have a 0
}

# Two who add, delete and look at the same sessions, with their peers talking
everybody_at_once()
{
	local n=50 jobs=() again looks

	again=$(many 5 2)
	looks=$(many 20 8)

	pairs $n 300
	for side in a b; do
		(for ((i = 0; i < again; i++)); do
			batch $side $n 100
			batch $side $n 100 | sed 's/ add / del /; s/ tx.*//'
			batch $side $n 100 | sed 's/ add / set /'
		done) > "$WORK/storm.$side"
		bfdctl -n $side -force -b "$WORK/storm.$side" > /dev/null 2>&1 & jobs+=($!)
		bfdctl -n $side -force -b "$WORK/storm.$side" > /dev/null 2>&1 & jobs+=($!)
		(for ((i = 0; i < looks; i++)); do bfdctl -n $side -j -s session show; done) > /dev/null & jobs+=($!)
	done
	wait "${jobs[@]}" || :
	bfd a session del all
	bfd b session del all
	have a 0
	have b 0
}

a_hundred_pairs_come_up()
{
	pairs 100 300
	all_up 100
}

# What is in the namespace goes with it; the other side finds out
namespace_deleted_with_live_sessions()
{
	local i n

	n=$(many 100 40)
	for i in 1 2; do
		pairs "$n" 300
		all_up "$n"
		ip netns del b
		wait_for 60 have a 0 up
		bfd a session del all
		ip netns del a
		wait_for 60 cleaned_up
		setup
	done
}

# A namespace is gone when what it held is
cleaned_up() { ! ip netns list | grep -q .; }

# Both ends go at once
both_namespaces_deleted()
{
	local n

	n=$(many 100 40)
	pairs "$n" 300
	all_up "$n"
	ip netns del a &
	ip netns del b &
	wait
	setup
}

unloaded_while_namespaces_go()
{
	local i

	for ((i = $(many 3 2); i > 0; i--)); do
		pairs 50 300
		ip netns del a &
		unload &
		ip netns del b &
		wait
		! loaded || unload
		load
		setup
	done
}

unloaded_while_devices_go()
{
	local i

	for ((i = $(many 3 2); i > 0; i--)); do
		pairs 50 300
		ip -n a link del va &
		unload
		wait
		load
		wire
		routes
	done
}

load
run_tests created_and_deleted_in_a_storm everybody_at_once a_hundred_pairs_come_up \
	namespace_deleted_with_live_sessions both_namespaces_deleted \
	unloaded_while_namespaces_go unloaded_while_devices_go
