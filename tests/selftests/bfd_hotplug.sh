#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.1,6.12 cpus=2 timeout=600
#
# CPUs that come and go under sessions that are Up.

. "$(dirname "$0")/lib.sh"

CPU=/sys/devices/system/cpu/cpu1

pairs()
{
	local i

	for i in {1..20}; do
		ip -n a addr replace "10.0.1.$i/32" dev va
		echo "session add peer 10.0.0.2 local 10.0.1.$i tx 500 rx 500 mult 20" >&8
		echo "session add peer 10.0.1.$i local 10.0.0.2 tx 500 rx 500 mult 20" >&9
	done 8> "$WORK/a" 9> "$WORK/b"
	ip -n b route replace 10.0.1.0/24 via 10.0.0.1
	bfd a -b "$WORK/a"
	bfd b -b "$WORK/b"
	wait_for 60 have a 20 up
	wait_for 60 have b 20 up
}

none_went_down()
{
	local ns

	for ns in a b; do
		have $ns 20 up
		[[ $(bfdctl -n $ns -j -s session show) != *'"down-count":'[1-9]* ]]
	done
}

sessions_survive_their_cpu()
{
	local i

	[[ -e $CPU/online ]] || skip "one CPU only"
	pairs
	for ((i = $(many 5 2); i > 0; i--)); do
		echo 0 > $CPU/online
		sleep 1
		[[ $(bfdctl -n a -j session show) != *'"cpu":1,'* ]]
		none_went_down
		echo 1 > $CPU/online
		sleep 1
	done
	none_went_down
}

made_while_cpus_come_and_go()
{
	local i storm

	[[ -e $CPU/online ]] || skip "one CPU only"
	(while :; do echo 0 > $CPU/online; echo 1 > $CPU/online; done) & storm=$!
	for ((i = $(many 3 2); i > 0; i--)); do
		pairs
		bfd a session del all
		bfd b session del all
	done
	kill $storm
	wait $storm || :
	echo 1 > $CPU/online || :
}

loaded_and_unloaded_with_a_cpu_away()
{
	[[ -e $CPU/online ]] || skip "one CPU only"
	pairs
	echo 0 > $CPU/online
	unload
	load
	pairs
	echo 1 > $CPU/online
	none_went_down
	unload
	load
}

load
run_tests sessions_survive_their_cpu made_while_cpus_come_and_go \
	loaded_and_unloaded_with_a_cpu_away
