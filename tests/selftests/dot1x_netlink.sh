#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The contract of family dot1x: bad input, rights, events.

. "$(dirname "$0")/dot1x_lib.sh"

some_ports()
{
	ctl port add dev p1 host-mode multi-auth
	ctl client authorize dev p1 mac $SUP
}

bad_input_is_refused()
{
	local before rc=0

	some_ports
	before=$(ctl save; ctl -j client show | sed 's/"session-time":[0-9]*//g')
	ip netns exec aut dot1x_refuse || rc=$?
	same configuration "$before" "$(ctl save; ctl -j client show |
		sed 's/"session-time":[0-9]*//g')"
	return $rc
}

only_the_administrator_changes()
{
	local nobody="ip netns exec aut setpriv --reuid 65534 --clear-groups --inh-caps=-all"

	some_ports
	refused $nobody dot1xctl port add dev p2
	because CAP_NET_ADMIN
	refused $nobody dot1xctl port set dev p1 max-req 3
	refused $nobody dot1xctl port del dev p1
	refused $nobody dot1xctl port del all
	refused $nobody dot1xctl port reauthenticate dev p1
	refused $nobody dot1xctl port initialize dev p1
	refused $nobody dot1xctl client authorize dev p1 mac $OTHER
	refused $nobody dot1xctl client del dev p1 mac $SUP
	[[ $($nobody dot1xctl -j port show) == *'"p1"'* ]]
	[[ $($nobody dot1xctl -j client show) == *"$SUP"* ]]
	$nobody dot1xctl stats > "$WORK/stats"
	clients 1
}

# Root of a user namespace rules a network namespace of its own, and no other
user_namespace()
{
	# shellcheck disable=SC2016  # expanded inside
	setpriv --reuid 65534 --regid 65534 --clear-groups unshare -Urn bash -e -c '
		ip link add p1 type veth peer name eth0
		ip link set eth0 up
		ip link set p1 up
		dot1xctl port add dev p1
		dot1xctl client authorize dev p1 mac 02:00:00:00:01:01
		[[ $(dot1xctl save) == *"dev p1"* ]]
		dot1xctl port del dev p1
		dot1xctl port add dev p1'
	refused ctl port show dev p1
}

# heard TEXT...: each is in a line of what the monitor said
heard()
{
	local text

	for text; do
		grep -q -- "$text" "$WORK/events" || { say "not heard: $text"; return 1; }
	done
}

events_tell_everything()
{
	dot1xctl -n aut -j monitor > "$WORK/events" &
	dot1xctl -n lan -j monitor > "$WORK/foreign" &
	wait_for 10 somebody_listens
	agent
	sup
	ctl port add dev p1 quiet-period 100
	ctl port set dev p1 max-req 3
	ask sup login 20 user secret
	await_authorized
	ask sup logoff
	await_unauthorized
	ask agent policy reject
	ask_refused sup login 20 user secret
	ctl port del dev p1
	wait_for 10 heard '"event":"del"'
	wait_for 10 heard "$SUP" '"p1"' authorized held
	[[ ! -s $WORK/foreign ]]
}

somebody_listens()
{
	ip netns exec aut awk '$2 == 16 && $4 !~ /^0*$/ { n++ } END { exit !n }' /proc/net/netlink
}

# A dump of many, while they come and go
dumps()
{
	local n

	ctl port add dev p1 host-mode multi-auth max-clients 1000
	for ((n = 0; n < 200; n++)); do
		printf 'client authorize dev p1 mac 02:00:00:01:%02x:%02x\n' $((n / 256)) $((n % 256))
	done > "$WORK/add"
	ctl -b "$WORK/add"
	clients 200
	(for n in 1 2 3; do
		for ((i = 0; i < 50; i++)); do
			printf 'client del dev p1 mac 02:00:00:01:00:%02x\n' $i
		done
		head -n 50 "$WORK/add"
	done) > "$WORK/churn"
	ctl -b "$WORK/churn" &
	while kill -0 $! 2> /dev/null; do
		[[ $(ctl -j client show | grep -o '"02:00:00:01:00:[c-f]' | wc -l) -ge 8 ]]
	done
	wait $!
	clients 200
	ctl client del dev p1 all
	clients 0
}

load
run_tests bad_input_is_refused only_the_administrator_changes user_namespace \
	events_tell_everything dumps
