#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.1 icount shift=0 timeout=600
#
# Many at once: 1,000 ports in one module, one dot1xd, one FreeRADIUS, and 2,000
# supplicants that come in by EAP-MD5, 128 of them at any time. The server is 50 ms away,
# so nearly all of these have a request in flight. What one costs, in instructions and in
# the kernel's memory. With "hostapd" for an argument, as in make bench, hostapd is given
# as many, behind one port, as it does not take so many ports.
#
#	sup: e0 ... e999 ---- p0 ... p999 :aut: mg ---- eth0 :rad

TIMING=$(cd "$(dirname "$0")" && pwd)
. "$TIMING/../selftests/dot1x_lib.sh"
. "$TIMING/../interop/radius_lib.sh"
. "$TIMING/lib.sh"

PORTS=1000
CLIENTS=2000
WINDOW=128
SILENCE=10

# each TEXT: a line for each port, N is its number
each()
{
	local i

	for ((i = 0; i < PORTS; i++)); do
		echo "${1//N/$i}"
	done
}

make_place()
{
	preload freeradius hostapd openssl dot1xd dot1xctl eapol_load
	make_certificates
	silent sup aut
	# A batch of ip keeps the namespaces open that it names
	ulimit -n $((4 * PORTS))
	each "link add eN netns sup type veth peer name pN netns aut" | ip -b - &&
	each "link set eN up" | ip -n sup -b - &&
	each "link set pN up" | ip -n aut -b - || die "no ports"
	make_rad
	tc -n rad qdisc add dev eth0 root netem delay 50ms limit 10000
	freeradius_start || die "no FreeRADIUS"
}

# What the kernel has taken, in bytes; nodes of its trees count as reclaimable
memory() { awk '/^(Slab|Percpu|VmallocUsed):/ { n += $2 } END { print n * 1024 }' /proc/meminfo; }

# spent PID: what it has executed, in ns, all threads
spent() { cat "/proc/$1/task/"*/schedstat | awk '{ n += $1 } END { printf "%.0f", n }'; }

# What this guest has executed, in us, but when it was idle
busy()
{
	local idle

	read -r _ idle < /proc/uptime
	echo $((${EPOCHREALTIME/./} - ${idle/./} * 10000))
}

# load_on PORTS WINDOW PID: sets LOAD to what eapol_load says, and all, server, daemon and
# own to the instructions that an authentication cost in all, FreeRADIUS, the process PID
# and the supplicants
load_on()
{
	local radius

	radius=$(< $RAD/pid)
	server=$(spent "$radius") daemon=$(spent "$3") all=$(busy)
	LOAD=$(ip netns exec sup eapol_load e "$1" $CLIENTS "$2" $SILENCE user password)
	all=$((($(busy) - all) * 1000 / CLIENTS))
	server=$((($(spent "$radius") - server) / CLIENTS))
	daemon=$((($(spent "$3") - daemon) / CLIENTS))
	own=$(($(of_load own_ns) / CLIENTS))
}

of_load() { [[ " $LOAD " =~ \ $1=([0-9]+)\  ]] && echo "${BASH_REMATCH[1]}"; }

row() { printf '# %-34s %9s %9s %9s %9s %9s %6s\n' "$@"; }

head_row()
{
	say "instructions for an authentication: of all, of FreeRADIUS, of the daemon, of the"
	say "supplicants, among them what the kernel did at once with their frames"
	row "" all radius daemon supplic. in lost
}

load_row() { row "$1" $all $server $daemon $own "$(of_load in)" "$(of_load lost)"; }

clients_in()
{
	ctl -j client show |
		jq '[.[] | select(."auth-controlled-port-status" == "authorized")] | length'
}

ours()
{
	local before bytes

	load && agentd || die "no authenticator"
	before=$(memory)
	each "port add dev pN host-mode multi-auth" | dot1xctl -n aut -b - || die "no ports"
	pass_time 1
	say "a port takes $((($(memory) - before) / PORTS)) bytes of the kernel"
	before=$(memory)
	{ pass_time 0.5; agent_counter in-flight > /tmp/in-flight; } &
	load_on $PORTS $WINDOW $agent_pid
	pass_time 1
	bytes=$((($(memory) - before) / CLIENTS))
	ours=$all
	load_row "dot1x.ko and dot1xd, $PORTS ports, $WINDOW"
	say "a client takes $bytes bytes of the kernel"
	say "of a moment: $(< /tmp/in-flight) requests in flight"
	result "$(< /tmp/in-flight) >= WINDOW * 3 / 4" "most of $WINDOW wait for RADIUS at once"
	result "$(of_load in) == CLIENTS" "$CLIENTS supplicants are in by $PORTS ports"
	result "$(of_load lost) == 0 && $(of_load refused) == 0" "none is lost or refused"
	result "$(clients_in) == CLIENTS" "the module has let in as many"
	result "$(agent_counter questions) == 2 * CLIENTS" "one agent was asked, twice for each"
	result "$(agent_counter retransmissions) == 0" "no request was sent to RADIUS again"
	result "ours <= 600000" \
		"an authentication costs at most 600,000 instructions, FreeRADIUS's among them"
	result "bytes > 0 && bytes <= 1024" "a client takes at most 1 KiB of the kernel"
	ctl port del all
	kill $agent_pid
	wait $agent_pid 2> /dev/null
}

# beside WINDOW: as many behind one port, and how it was
beside()
{
	local pid

	hostapd_conf p0 10.99.0.2 > /tmp/beside.conf
	ip netns exec aut hostapd /tmp/beside.conf > /tmp/beside.log 2>&1 &
	pid=$!
	pass_time 1
	load_on 1 "$1" $pid
	load_row "hostapd, 1 port, $1"
	(($(of_load lost))) || result "ours <= all" "it costs no less than dot1x.ko and dot1xd"
	kill $pid
	wait $pid 2> /dev/null
}

# ports_of_hostapd N: does it live with so many?
ports_of_hostapd()
{
	local i pid confs=()

	for ((i = 0; i < $1; i++)); do
		hostapd_conf "p$i" 10.99.0.2 > "/tmp/p$i.conf"
		confs+=("/tmp/p$i.conf")
	done
	ip netns exec aut hostapd "${confs[@]}" > /tmp/ports.log 2>&1 &
	pid=$!
	pass_time 10
	if kill $pid 2> /dev/null; then
		say "hostapd with $1 ports: it lives"
	else
		say "hostapd with $1 ports: $(tail -n 1 /tmp/ports.log)"
	fi
	wait $pid
}

make_place
head_row
ours
if [[ ${1:-} = hostapd ]]; then
	beside 8
	beside $WINDOW
	ports_of_hostapd 170
	ports_of_hostapd 171
fi
finish
