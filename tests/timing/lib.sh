# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the timing tests and the bench share. They run in the deterministic guest of
# tests/vm/run --icount, where a nanosecond is a number of instructions and nobody
# else's load exists, so they may assert times.
#
#	pair NAME N	two hosts NAME0 and NAME1, a wire between their devices v,
#			and N addresses each, 10.1.x.y and 10.2.x.y
#	ours, bird, frr	NAME N MS: start N sessions between them, MS ms apart, x 3;
#			ours with more words of bfdctl's, if given
#	bird_downs, frr_downs NAME
#			how often their sessions went down
#
#	detections	how long each cut took to be seen
#
# Daemons write to /tmp, which is memory: reading a file of the host costs time.

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PATH=${TIMING_BIN:-$HERE/../../build/timing}:$PATH
export LC_ALL=C

say() { echo "# $*"; }

die() { echo "Bail out! $*"; exit 1; }

tests=0
failed=0

# result CONDITION NAME: one line of TAP; CONDITION is arithmetic
result()
{
	tests=$((tests + 1))
	if (($1)); then
		echo "ok $tests - $2"
	else
		echo "not ok $tests - $2"
		failed=$((failed + 1))
	fi
}

finish()
{
	echo "1..$tests"
	((!failed))
	exit
}

# Let SECONDS pass without executing a program
pass_time() { read -r -t "$1" -u "$never" || true; }

exec {never}<> <(:)

setup_once()
{
	[[ -d /sys/module/bfd ]] && return
	sysctl -qw net.ipv6.conf.default.disable_ipv6=1
	insmod "$MODULES_DIR/bfd.ko" || die "no bfd.ko"
	modprobe sch_netem || die "no netem"
	# What runs in a timed phase has been read before
	cat "$(type -P busy)" "$(type -P cut)" "$(type -P hog)" "$(type -P bfdctl)" > /dev/null ||
		die "no programs: make -C tests/timing"
}

# address SIDE I
address() { echo "10.$(($1 + 1)).$(($2 / 250)).$(($2 % 250 + 1))"; }

# Names and addresses in the order of a batch of ip
host_batch()
{
	local side=$1 peer_mac=$2 n=$3 i

	echo "link set lo up"
	echo "link set v up"
	for ((i = 0; i < n; i++)); do
		echo "address add $(address "$side" "$i")/8 dev v"
	done
	for ((i = 0; i < n; i++)); do
		echo "neighbour add $(address $((1 - side)) "$i") lladdr $peer_mac dev v nud permanent"
	done
}

pair()
{
	local name=$1 n=$2 side

	setup_once
	ip netns add "${name}0"
	ip netns add "${name}1"
	ip link add v netns "${name}0" address 02:00:00:00:00:00 type veth \
		peer name v netns "${name}1" address 02:00:00:00:00:01
	for side in 0 1; do
		host_batch "$side" "02:00:00:00:00:0$((1 - side))" "$n" |
			ip -n "$name$side" -b - || die "no host $name$side"
	done
}

# unpair NAME
unpair()
{
	ip netns del "${1}0"
	ip netns del "${1}1"
}

ours()
{
	local name=$1 n=$2 ms=$3 side i

	for side in 0 1; do
		for ((i = 0; i < n; i++)); do
			echo "session add peer $(address $((1 - side)) "$i")" \
				"local $(address "$side" "$i") dev v tx $ms rx $ms ${*:4}"
		done > "/tmp/$name$side.sessions"
	done
	for side in 0 1; do
		bfdctl -n "$name$side" -b "/tmp/$name$side.sessions" || die "no sessions"
	done
}

# How many of our sessions are up, and how often they went down. By pattern, not by jq,
# which takes a slow CPU for seconds to read what a thousand sessions say.
ours_say()
{
	local side

	for side in 0 1; do
		bfdctl -n "$1$side" -j "${@:3}" session show
	done | grep -o "\"$2"
}

ours_up() { ours_say "$1" 'local-state":"up"' | wc -l; }
ours_downs() { ours_say "$1" 'down-count":[0-9]*' -s | awk -F: '{ n += $2 } END { print n + 0 }'; }

bird_conf()
{
	local name=$1 side=$2 n=$3 ms=$4 i

	echo "router id 10.0.0.$((side + 1));"
	echo "log \"/tmp/$name$side.bird\" all;"
	echo "timeformat log iso long ms;"
	echo "protocol device { }"
	echo "protocol bfd { debug { events };"
	echo "interface \"v\" { min rx interval $ms ms; min tx interval $ms ms; multiplier 3; };"
	for ((i = 0; i < n; i++)); do
		echo "neighbor $(address $((1 - side)) "$i") dev \"v\" local $(address "$side" "$i");"
	done
	echo "}"
}

bird()
{
	local name=$1 side

	for side in 0 1; do
		bird_conf "$name" "$side" "${@:2}" > "/tmp/$name$side.conf"
		: > "/tmp/$name$side.bird"
		ip netns exec "$name$side" bird -c "/tmp/$name$side.conf" -s "/tmp/$name$side.ctl" \
			-P "/tmp/$name$side.pid" || die "no bird"
	done
}

# BIRD says "... changed state from Up to Down"
bird_downs() { cat "/tmp/${1}"[01].bird | grep -c 'from Up to Down'; }
bird_ups() { cat "/tmp/${1}"[01].bird | grep -c 'to Up$'; }
bird_stop() { kill "$(< "/tmp/${1}0.pid")" "$(< "/tmp/${1}1.pid")"; }

frr_conf()
{
	local name=$1 side=$2 n=$3 ms=$4 i

	echo "log file /run/frr/$name$side/log debugging"
	echo "log timestamp precision 3"
	echo "debug bfd peer"
	echo "bfd"
	for ((i = 0; i < n; i++)); do
		echo " peer $(address $((1 - side)) "$i") local-address $(address "$side" "$i") interface v"
		echo "  detect-multiplier 3"
		echo "  receive-interval $ms"
		echo "  transmit-interval $ms"
		echo " exit"
	done
}

frr()
{
	local name=$1 side dir

	for side in 0 1; do
		dir=/run/frr/$name$side
		mkdir -p "$dir"
		frr_conf "$name" "$side" "${@:2}" > "$dir/bfdd.conf"
		: > "$dir/zebra.conf"
		chown -R frr:frr "$dir"
		ip netns exec "$name$side" /usr/lib/frr/zebra -d -N "$name$side" \
			-f "$dir/zebra.conf" || die "no zebra"
		ip netns exec "$name$side" /usr/lib/frr/bfdd -d -N "$name$side" \
			-f "$dir/bfdd.conf" || die "no bfdd"
	done
}


# Down events of both ends, as bfdd counts them
frr_downs()
{
	local side

	for side in 0 1; do
		vtysh -N "$1$side" -d bfdd -c "show bfd peers counters json" 2> /dev/null
	done | jq -s 'flatten | map(."session-down") | add'
}

# Times from each cut in /tmp/cuts to the Down event after it in /tmp/events, in us,
# sorted
detections()
{
	jq -r 'select(.event == "state" and .from == "up" and .to == "down") | .timestamp' \
		/tmp/events > /tmp/downs
	awk 'NR == FNR { before[NR] = $1; n = NR; next }
	     { while (i < n && before[i + 1] < $1) i++
	       if (i) printf "%d\n", ($1 - before[i]) / 1000 }' /tmp/cuts /tmp/downs | sort -n
}

# Sets cost to the instructions per packet, sent and received, of what runs between
# the hosts of NAME, and packets to the packets in SECONDS, where an instruction is a
# nanosecond (shift=0). What an idle guest does is left out: measured once, without.
cost()
{
	local name=$1 seconds=$2 elapsed busy_ns

	read -r elapsed busy_ns packets < <(ip netns exec "${name}0" busy "$seconds" v)
	cost=$(((busy_ns - idle_per_s * (elapsed / 1000000000)) / packets))
}

# Before any session exists
measure_idle()
{
	local elapsed busy_ns rest

	read -r elapsed busy_ns rest < <(busy 10)
	idle_per_s=$((busy_ns * 1000 / (elapsed / 1000000)))
	say "the idle guest executes $idle_per_s instructions a second"
}
