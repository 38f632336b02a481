#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.1 icount shift=0 timeout=600
#
# What a packet costs, sent and received, in instructions, with both ends on one CPU:
# with 10 sessions at 50 ms, where the wake-up is the price, and with 1,000; then with 10
# at 10 ms, with and without a digest.

. "$(dirname "$0")/lib.sh"

setup_once
measure_idle
pair a 10
ours a 10 50
pass_time 5
cost a 10
say "10 sessions: $cost instructions a packet, $packets packets"
result "$(ours_up a) == 20" "10 sessions are up"
result "cost <= 13000" "10 sessions cost at most 13,000 instructions a packet"
unpair a

pair b 1000
ours b 1000 50
pass_time 5
cost b 5
say "1000 sessions: $cost instructions a packet, $packets packets"
result "$(ours_up b) == 2000" "1,000 sessions are up"
result "$(ours_downs b) == 0" "none of them flapped"
result "cost <= 6000" "1,000 sessions cost at most 6,000 instructions a packet"
unpair b

for auth in none "simple key-id 1 key sixteen-letters!" "sha1 key-id 1 key twenty-letters-a-key" \
	"meticulous-md5 key-id 1 key sixteen-letters!" \
	"meticulous-sha1 key-id 1 key twenty-letters-a-key"; do
	pair c 10
	ours c 10 10 auth "$auth"
	pass_time 5
	cost c 5
	[[ $auth != none ]] || plain=$cost
	say "10 sessions at 10 ms, auth ${auth%% *}: $cost instructions a packet"
	result "$(ours_up c) == 20 && $(ours_downs c) == 0" "auth ${auth%% *}: 10 sessions are up"
	unpair c
done
result "cost <= 3 * plain" "a digest for each packet costs at most two packets without"
finish
