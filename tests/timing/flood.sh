#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.1 icount shift=2 timeout=900
#
# flood.sh [SECONDS]: so many seconds (2) of packets that should not be, as fast as one
# generator can, while 64 sessions at 3 x 10 ms live on the same slow CPU: single hop, then
# multihop, then in a VRF. No session goes down, and what is refused is counted to the last
# packet. Told is what it costs to refuse one: in instructions, and how much of them is
# bfd.ko's, for a frame that is dropped before IP, because it is to another MAC, costs some
# as well.

. "$(dirname "$0")/lib.sh"

PATH=${SELFTESTS_BIN:-$HERE/../../build/selftests}:$PATH
SECONDS_EACH=${1:-2}
N=64
BURST=2000
NS_PER_INSTRUCTION=4	# shift=2
MAC=02:00:00:00:00:00
ELSEWHERE=02:00:00:00:00:77

# WHAT COUNTER FIELDS...; "-" is counted nowhere
kinds=(
	"too short|drop-too-short|size=20"
	"version 7|drop-version|ver=7"
	"Length over the payload|drop-length|len=60"
	"Detect Mult 0|drop-detect-mult-zero|mult=0"
	"multipoint|drop-multipoint|m=1"
	"My Discriminator 0|drop-my-discriminator-zero|my=0"
	"Your Discriminator 0|drop-your-discriminator-zero|your=0 state=up"
	"unknown discriminator|drop-unknown-discriminator|your=77"
	"spoofed peer|drop-wrong-peer|src=10.2.250.250"
	"TTL|drop-ttl|ttl=9"
	"checksum|drop-checksum|csum=bad"
	"authentication unexpected|drop-auth-unexpected|a=1 size=28 len=28"
	"unknown pair|not-ours|src=10.2.250.251 your=0"
	"echo port|-|dport=3785"
	"LAG port|-|dport=6784"
	"S-BFD port|-|dport=7784"
)

# sessions NAME SIDE WORDS: N of them, at that end
sessions()
{
	local side=$2 i

	for ((i = 0; i < N; i++)); do
		echo "session add peer $(address $((1 - side)) "$i")" \
			"local $(address "$side" "$i") tx 10ms rx 10ms $3"
	done | bfdctl -n "$1$side" -b - || die "no sessions"
}

into_vrf()
{
	ip -n "${1}0" link add red type vrf table 100
	ip -n "${1}0" link set red up
	# Neighbours and addresses go with a device that changes its master
	ip -n "${1}0" link set v master red
	host_batch 0 02:00:00:00:00:01 $N | ip -n "${1}0" -force -b - 2> /dev/null
}

tell()
{
	echo "$@" >&8
	read -r -t 300 answer <&9
	[[ $answer == ok* ]] || die "the generator: $*: $answer"
}

# generator NAME MAC
generator()
{
	rm -f /tmp/to /tmp/from
	mkfifo /tmp/to /tmp/from
	ip netns exec "${1}1" bfd_peer v "$2" 10.2.0.1 10.1.0.1 < /tmp/to > /tmp/from 2> /dev/null &
	generator=$!
	exec 8> /tmp/to 9< /tmp/from
	tell answer 0
	tell learn 0
}

no_generator()
{
	exec 8>&- 9<&-
	wait "$generator"
}

# shower MS FIELDS...: sets sent, and each to the instructions of one frame
shower()
{
	local us=$(($1 * 1000)) start=${EPOCHREALTIME/./} elapsed=0
	shift

	sent=0
	while ((elapsed < us)); do
		tell burst $BURST "$@"
		((sent += BURST))
		elapsed=$((${EPOCHREALTIME/./} - start))
	done
	each=$((elapsed * 1000 / NS_PER_INSTRUCTION * (1000 - background) / 1000 / sent))
}

# Values by pattern: it takes jq half a second of this CPU to begin
value() { grep -o "\"$1\":[0-9]*" | grep -o '[0-9]*$'; }

counter() { bfdctl -n "${1}0" -j stats | value "$2"; }

# flood NAME PORT TTL: all of it against the sessions of NAME
flood()
{
	local name=$1 port=$2 ttl=$3 line what counter more before discr base total=0

	discr=$(bfdctl -n "${name}0" -j session show peer 10.2.0.1 | value local-discriminator)
	read -r elapsed busy_ns packets < <(ip netns exec "${name}0" busy 2 v)
	background=$((busy_ns * 1000 / elapsed))
	say "$name: the sessions alone keep the CPU busy for $((background / 10)) % of the time"

	generator "$name" $ELSEWHERE
	tell set "your=$discr" state=down dport="$port" ttl="$ttl"
	shower 1000
	no_generator
	base=$each
	say "$name: a frame that is dropped before IP: $base instructions"

	generator "$name" $MAC
	tell set "your=$discr" state=down dport="$port" ttl="$ttl"
	for line in "${kinds[@]}"; do
		IFS='|' read -r what counter more <<< "$line"
		before=$(counter "$name" "$counter")
		# shellcheck disable=SC2086 # words
		shower $((SECONDS_EACH * 1000 / ${#kinds[@]})) $more
		((total += sent))
		say "$name: $what: $each instructions, $((each - base)) of them for BFD's sake"
		[[ $counter = - ]] ||
			result "$(counter "$name" "$counter") - before == sent" \
				"$name: $sent packets, $what, are counted"
	done
	no_generator
	pass_time 1
	result "$(ours_downs "$name") == 0" "$name: no session went down, $total packets"
	result "$(ours_up "$name") == 2 * N" "$name: all are up"
}

# around NAME PORT TTL WORDS WORDS: sessions, made with these words at their ends
around()
{
	local name=$1

	pair "$name" $N
	[[ $name != vrf ]] || into_vrf "$name"
	sessions "$name" 0 "$4"
	sessions "$name" 1 "$5"
	pass_time 8
	result "$(ours_up "$name") == 2 * N" "$name: $((2 * N)) ends of sessions are up"
	flood "$name" "$2" "$3"
	unpair "$name"
}

around single 3784 255 "dev v" "dev v"
around multihop 4784 255 multihop multihop
around vrf 3784 255 "vrf red" "dev v"
finish
