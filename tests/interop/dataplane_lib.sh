# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# FRR's bfdd, as Debian has it, with bfd.ko as its data plane: bfdd and bfd-frrd on
# router "us", whose peers on "him" are $MANY sessions of bfd.ko alone, and some more.
#
#   us  p0 10.0.0.1/16 fd00::1 ---- q0 10.0.1.1 to 10.0.8.250, fd00::2, lo 10.9.0.2  him
#       p2 10.3.0.1/24 ------------ q2 10.3.0.2		p2 in VRF red
#
# Sourced after lib.sh and frr_lib.sh.

# What is said of the intervals of each, by him and, with | for a new line, by FRR
his_pace='' frr_pace=''
export PATH=$HERE/../../build/selftests:$PATH

# ---------------------------------------------------------------- FRR

start_frr()
{
	mkdir -p "$RUN/us" "$ETC/us"
	echo > "$ETC/us/zebra.conf"
	[[ -e $ETC/us/bfdd.conf ]] || echo > "$ETC/us/bfdd.conf"
	chown -R frr:frr "$RUN" "$ETC"
	start_zebra
	start_bfdd
}

start_zebra() { frr_daemon us zebra; }
start_bfdd() { frr_daemon us bfdd --dplaneaddr "unix:$RUN/us/dplane.sock"; }

# configure LINES...: below "bfd"; prints what FRR has to say against it
configure()
{
	local line

	for line in "configure terminal" bfd "$@" end; do
		tell us "$line"
	done | grep .
}

peers_of_many() { his_addresses | sed "s/.*/peer & interface p0${frr_pace//|/\\n }/"; }

frr_up() { [[ $(tell us show bfd peers json | grep -o '"status":"up"' | wc -l) -eq $1 ]]; }

# What FRR has counted, of all peers
frr_downs()
{
	tell us show bfd peers counters json | grep -o '"session-down":[0-9]*' |
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
	his_addresses | sed 's|.*|addr add &/16 dev q0|' | ip -n him -b -
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
	his_addresses | sed "s/.*/session add peer 10.0.0.1 local & dev q0 $his_pace/"
}

# count NETNS [STATE]: its sessions
count() { bfdctl -n "$1" -j session show ${2:+state "$2"} | grep -o '"local-state"' | wc -l; }
his_up() { [[ $(count him up) -eq $1 ]]; }
ours_are() { [[ $(count us) -eq $1 ]]; }

# The session of the two first addresses, as each of us shows it
first_of_us() { bfdctl -n us session show peer 10.0.1.1 | grep -q "$1"; }
first_of_him() { bfdctl -n him session show local 10.0.1.1 | grep -q "$1"; }

# What our discriminators are, for him
identities()
{
	bfdctl -n him -j session show | grep -oE '"(local|remote-discriminator)":("[^"]*"|[0-9]+)' |
		paste - - | sort
}

# known IDENTITIES: how many of them
known() { grep -c 'discriminator":[1-9]' <<< "$1"; }

watch_him()
{
	bfdctl -n him monitor > /tmp/his_events &
	watcher=$!
	wait_for he_is_watched
}

# A generic netlink socket in a multicast group
he_is_watched()
{
	him awk '$2 == 16 && $4 !~ /^0*$/ { n++ } END { exit !n }' /proc/net/netlink
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

# his_addresses: $MANY of them, 250 to a byte
his_addresses()
{
	local i

	for ((i = 0; i < MANY; i++)); do
		echo "10.0.$((i / 250 + 1)).$((i % 250 + 1))"
	done
}

begin_dataplane()
{
	load_module
	modprobe -q sch_netem
	cat /usr/lib/frr/{bfdd,zebra} $(type -P bfd-frrd fd_keeper bfdctl) > /dev/null
	make_wires
	his_sessions | bfdctl -n him -b -
	start_teller
	start_keeper
	start_frr
	started=$SECONDS
}

end_dataplane()
{
	kill "$keeper"
	echo "1..$tests"
	comment "$((tests - failures)) of $tests passed, $((SECONDS - started)) s"
	[[ $failures = 0 ]] || { comment "$(tail -n 40 /tmp/frrd.log)"; false; }
}
