#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Runs in the guest, see run. Sessions are at 50 ms x 3. N sessions are 2 N ends.

. "$(dirname "$0")/../timing/lib.sh"

MS=50

# Ends that are up, Down events so far: bird_ups counts transitions, so only before any
up() { "$1_up" x; }
bird_up() { for s in 0 1; do birdc -s "/tmp/$1$s.ctl" show bfd sessions; done | grep -c ' Up '; }
frr_up() { for s in 0 1; do vtysh -N "$1$s" -d bfdd -c "show bfd peers brief" 2> /dev/null; done | grep -c ' up '; }
downs() { "$1_downs" x; }

# Resident memory of the daemons, or what the kernel has taken for good, in KiB
bird_memory() { memory_of bird; }
frr_memory() { memory_of bfdd; }
ours_memory() { awk '/^(SUnreclaim|Percpu|VmallocUsed):/ { n += $2 } END { print n }' /proc/meminfo; }
memory_of() { cat $(pgrep -x "$1" | sed 's|.*|/proc/&/status|') | awk '/^VmRSS/ { n += $2 } END { print n }'; }

ours_stop() { bfdctl -n x0 session del all; bfdctl -n x1 session del all; }
frr_stop() { pkill -x bfdd; pkill -x zebra; pass_time 2; rm -rf /run/frr/x?; }

# run WHO N: sets row, flapped and memory
run()
{
	local who=$1 n=$2 before t0 t1 all=$((2 * $2)) tries=0

	pair x "$n"
	before=$("${who}_memory")
	[[ $who = ours ]] || before=0
	t0=$(date +%s%N)
	"$who" x "$n" "$MS"
	while (($(up "$who") < all && tries++ < 60)); do pass_time 0.5; done
	t1=$(date +%s%N)
	pass_time 5
	flapped=$(downs "$who")
	cost x 10
	flapped=$(($(downs "$who") - flapped))
	memory=$(($("${who}_memory") - before))
	printf '%-8s %6d %14d %10.1f %8d %10d %8d\n' "$who" "$n" "$cost" \
		"$(((t1 - t0) / 100000000))e-1" "$flapped" "$memory" "$(up "$who")"
	"${who}_stop" x
	pass_time 1
	unpair x
}

# The largest N of those tried that comes up whole and does not flap in 15 s
largest()
{
	local who=$1 n best=0
	shift

	for n; do
		run "$who" "$n"
		((flapped == 0)) || break
		best=$n
	done
	say "$who: no flap with $best sessions at $MS ms; tried $*"
}

setup_once
measure_idle
printf '%-8s %6s %14s %10s %8s %10s %8s\n' who N instructions "all up, s" flaps "memory KiB" "ends up"
largest ours 10 100 1000 3000
largest bird 10 100 400 800
largest frr 10 40 80
