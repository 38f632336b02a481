# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# FRR's daemons, as Debian has them, one set of them in each network namespace that wants
# one: sockets in $RUN/NETNS, configuration in $ETC/NETNS.
#
# Sourced after lib.sh.

RUN=/var/run/frr
ETC=/etc/frr

# frr_daemon NETNS DAEMON [ARGS...]
frr_daemon()
{
	local ns=$1 daemon=$2

	shift 2
	ip netns exec "$ns" "/usr/lib/frr/$daemon" -d -N "$ns" -f "$ETC/$ns/$daemon.conf" "$@" \
		> "/tmp/$daemon.$ns.out" 2>&1
}

# kill_frr NETNS DAEMON
kill_frr()
{
	local pid

	pid=$(< "$RUN/$1/$2.pid")
	kill -9 "$pid"
	wait_for [ ! -d "/proc/$pid" ]
	rm -f "$RUN/$1/$2".*
}

start_teller()
{
	coproc bfdd { "$HERE/bfdd"; }
	exec {bfdd_out}<&"${bfdd[0]}" {bfdd_in}>&"${bfdd[1]}"
}

# tell NETNS COMMAND: what bfdd says to it
tell()
{
	local ns=$1 line

	shift
	echo "$RUN/$ns/bfdd.vty $*" >&"${bfdd_in}"
	while read -r line <&"${bfdd_out}" && [[ $line != . ]]; do
		echo "$line"
	done
}
