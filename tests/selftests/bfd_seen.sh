#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What is seen of a session: a scripted peer in b, or a session of ours and netem. Where
# time is exact, so are the counts; elsewhere a busy machine may add to them.

. "$(dirname "$0")/lib.sh"

shopt -s extglob

MAC=02:00:00:00:00:01
KEY="peer 10.0.0.2"

# bucket NAME FROM: what the histogram of a's session has counted there
bucket()
{
	local all

	all=$(bfd a -j -s session show $KEY)
	all=${all#*\""$1"\":}
	all=${all%%]*}
	[[ $all =~ \"from\":$2,\"to\":[0-9a-z]+,\"count\":([0-9]+) ]] && echo "${BASH_REMATCH[1]}"
}

# total NAME [FROM]: of all its buckets, but for that one
total()
{
	local all n sum=0

	all=$(bfd a -j -s session show $KEY)
	all=${all#*\""$1"\":}
	all=${all%%]*}
	all=${all/\"from\":${2:-none},\"to\":+([0-9]),\"count\":+([0-9])}
	for n in $(grep -o '"count":[0-9]*' <<< "$all"); do
		sum=$((sum + ${n#*:}))
	done
	echo "$sum"
}

# by N WHAT BEFORE AFTER: it has grown by N, or more where time is not exact
by()
{
	if [[ ${ICOUNT:-} ]]; then
		same "$2, before $3" $(($3 + $1)) "$4"
	else
		[[ $4 -ge $(($3 + $1)) ]] || { say "$2: from $3 to $4, not by $1"; return 1; }
	fi
}

# meet RX EVERY TX MULT: a session that is Up, to a scripted peer that sends each EVERY ms
meet()
{
	bfd a session add $KEY rx "$1ms"
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell set tx="${3}000" mult="$4"
	tell every "$2"
	tell up 60
	wait_for 20 is a polling false $KEY
	is a detection-time $((($1 > $3 ? $1 : $3) * $4 * 1000)) $KEY
}

nothing_is_seen_before_there_is_a_peer()
{
	bfd a session add $KEY
	wait_for 20 not is a send-packet-count 0 $KEY
	is a rx-interval-max null $KEY
	is a detection-margin-min null $KEY
	is a detection-margin-min-time null $KEY
	is a near-miss-count 0 $KEY
	same "intervals" 0 "$(total rx-interval-histogram)"
	same "margins" 0 "$(total detection-margin-histogram)"
}

# 200 ms from packet to packet are in the bucket of 131 to 262 ms, and leave 1.3 s of 1.5
packets_count_by_interval_and_margin()
{
	local intervals margins others

	meet 300 200 200 5
	intervals=$(bucket rx-interval-histogram 131072)
	margins=$(bucket detection-margin-histogram 1048576)
	others=$(total rx-interval-histogram 131072)
	tell sleep 4
	wait_for 60 more rx-interval-histogram 131072 "$((intervals + 20))"
	wait_for 60 more detection-margin-histogram 1048576 "$((margins + 20))"
	same "near misses" 0 "$(field a near-miss-count $KEY)"
	[[ ! ${ICOUNT:-} ]] ||
		same "other intervals" "$others" "$(total rx-interval-histogram 131072)"
	tell every 0
	[[ $(field a detection-margin-min-time $KEY) == 20* ]]
	[[ $(field a rx-interval-max-time $KEY) == 20* ]]
	same "margins" "$(total rx-interval-histogram)" "$(total detection-margin-histogram)"
}

more() { [[ $(bucket "$1" "$2") -ge $3 ]]; }

not() { ! "$@"; }

# 8 s of 10 pass in silence
packet_in_the_last_quarter_is_a_near_miss()
{
	local longest

	meet 500 100 100 20
	is a near-miss-count 0 $KEY
	tell every 0
	tell sleep 8
	tell send
	wait_for 20 is a near-miss-count 1 $KEY
	is a local-state up $KEY
	is a down-count 0 $KEY
	[[ $(field a detection-margin-min $KEY) -le 2000000 ]]
	[[ $(field a detection-margin-min $KEY) -gt 0 ]]
	longest=$(field a rx-interval-max $KEY)
	[[ $longest -ge 8000000 ]]
	[[ $longest -lt 10000000 ]]
	# Both are rounded down
	[[ $((10000000 - longest - $(field a detection-margin-min $KEY))) == [01] ]]

	# 6 s are no near miss, and more than 10 are the end
	tell send
	tell sleep 6
	tell send
	tell flush
	is a near-miss-count 1 $KEY
	down a $KEY
	is a near-miss-count 1 $KEY
	# Nor is what comes after it one
	tell every 100
	tell up 60
	wait_for 20 is a polling false $KEY
	is a near-miss-count 1 $KEY
	is a rx-interval-max "$longest" $KEY
}

# A path that becomes 650 ms longer is silent once for that long: of 9 x 100 ms less than a
# quarter is left
delay_is_seen_once()
{
	local misses gaps

	bfd a session add $KEY tx 100ms rx 100ms mult 9
	bfd b session add peer 10.0.0.1 tx 100ms rx 100ms mult 9
	up a $KEY
	wait_for 20 is a polling false $KEY
	wait_for 20 is b polling false
	sleep 1
	misses=$(field a near-miss-count $KEY)
	gaps=$(bucket rx-interval-histogram 524288)
	ip netns exec b tc qdisc add dev vb root netem delay 650ms limit 1000
	sleep 5
	by 1 "near misses" "$misses" "$(field a near-miss-count $KEY)"
	by 1 "intervals of 524 ms to 1 s" "$gaps" "$(bucket rx-interval-histogram 524288)"
	[[ $(field a rx-interval-max $KEY) -ge 650000 ]]
	[[ ! ${ICOUNT:-} ]] || is a down-count 0 $KEY
	ip netns exec b tc qdisc del dev vb root
}

# A path whose packets take 0 to 200 ms: some come close together, some far apart
jitter_is_seen_as_spread()
{
	local near far

	bfd a session add $KEY tx 100ms rx 100ms mult 20
	bfd b session add peer 10.0.0.1 tx 100ms rx 100ms mult 20
	up a $KEY
	wait_for 20 is a polling false $KEY
	wait_for 20 is b polling false
	sleep 1
	near=$(bucket rx-interval-histogram 8192)
	far=$(bucket rx-interval-histogram 131072)
	ip netns exec b tc qdisc add dev vb root netem delay 100ms 100ms limit 1000
	sleep 20
	more rx-interval-histogram 8192 "$((near + 5))"
	more rx-interval-histogram 131072 "$((far + 5))"
	ip netns exec b tc qdisc del dev vb root
}

# Every periodic packet is in it, and nobody keeps one waiting
idle_machine_sends_in_time()
{
	local sent late

	bfd a session add $KEY tx 20ms rx 20ms
	bfd b session add peer 10.0.0.1 tx 20ms rx 20ms
	up a $KEY
	wait_for 20 is a polling false $KEY
	late=$(total tx-lateness-histogram)
	sent=$(field a send-packet-count $KEY)
	sleep 10
	[[ $(($(total tx-lateness-histogram) - late)) -ge 300 ]]
	[[ $(total tx-lateness-histogram) -le $(field a send-packet-count $KEY) ]]
	[[ $(field a send-packet-count $KEY) -gt $sent ]]
	[[ $(field a tx-lateness-max-time $KEY) == 20* ]]
	say "latest: $(field a tx-lateness-max $KEY) us"
	[[ ! ${ICOUNT:-} ]] || [[ $(field a tx-lateness-max $KEY) -le 1000 ]]
}

# Silence tells nothing while the peer was asked for it
demand_mode_has_no_margin()
{
	local before

	bfd a session add $KEY demand on demand-poll 0
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell every 200
	tell up 60
	wait_for 20 is a detection-mode demand-without-echo $KEY
	tell every 0
	wait_for 20 is a polling false $KEY
	before=$(total detection-margin-histogram)
	sleep 3
	bfd a session poll $KEY
	wait_for 20 is a polling false $KEY
	tell send
	sleep 1
	is a local-state up $KEY
	same "margins" "$before" "$(total detection-margin-histogram)"
	same "intervals" "$before" "$(total rx-interval-histogram)"
}

# 20 ms less a jitter of up to a quarter are 50 to 67 packets a second; a session that waits
# sends one at most, and stands first
top_tells_rates_worst_first()
{
	local table

	bfd a session add $KEY tx 20ms rx 20ms
	bfd b session add peer 10.0.0.1 tx 20ms rx 20ms
	bfd a session add peer 10.0.0.9
	up a $KEY
	wait_for 20 is a polling false $KEY
	table=$(bfd a -j top 2s count 1)
	say "$table"
	[[ $table == '[{"peer":"10.0.0.9"'*'{"peer":"10.0.0.2"'*']' ]]
	[[ $(value send-rate "$table") -le 2 ]]
	same "rate of the silent" 0 "$(value receive-rate "$table")"
	table=${table#*\"10.0.0.2\"}
	[[ $(value local-state "$table") == up ]]
	[[ $(value receive-rate "$table") -gt 0 ]]
	[[ $(value send-rate "$table") -gt 0 ]]
	if [[ ${ICOUNT:-} ]]; then
		[[ $(value receive-rate "$table") -ge 49 && $(value receive-rate "$table") -le 68 ]]
		[[ $(value send-rate "$table") -ge 49 && $(value send-rate "$table") -le 68 ]]
	fi
	same tables 2 "$(bfd a top 100ms count 2 | grep -c '^STATE ')"
}

load
# The debug kernel has it built in
modprobe -q sch_netem || :
in_memory tc
run_tests nothing_is_seen_before_there_is_a_peer packets_count_by_interval_and_margin \
	packet_in_the_last_quarter_is_a_near_miss delay_is_seen_once jitter_is_seen_as_spread \
	idle_machine_sends_in_time demand_mode_has_no_margin top_tells_rates_worst_first
