#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A port as an object: made, changed, shown, released; and what befalls its device.

. "$(dirname "$0")/dot1x_lib.sh"

references() { cat /sys/module/dot1x/refcnt; }

# Shut before the command that adds it returns: the frames come right after
added_is_shut()
{
	probes
	lets
	ctl port add dev p1
	shuts
	unauthorized
	ctl port del dev p1
	lets
}

defaults()
{
	ctl port add dev p1
	port_is dev p1
	port_is auth-controlled-port-control auto
	port_is host-mode single
	port_is auth-admin-controlled-directions both
	port_is auth-quiet-period 60000000
	port_is auth-tx-period 30000000
	port_is auth-max-req 2
	port_is max-clients 32
	port_is mab off
}

set_changes_only_what_it_says()
{
	local before

	ctl port add dev p1 max-req 5 tx-period 2s
	before=$(ctl save)
	ctl port set dev p1 quiet-period 3s
	port_is auth-max-req 5
	port_is auth-tx-period 2000000
	port_is auth-quiet-period 3000000
	refused ctl port set dev p1 max-req 11
	refused ctl port set dev p1 tx-period 1ms
	ctl port set dev p1 quiet-period 60s
	same "what is saved" "$before" "$(ctl save)"
}

errors_say_why()
{
	refused ctl port add dev nothing
	refused ctl port add dev lo
	refused ctl port set dev p1 max-req 3
	refused ctl port del dev p1
	refused ctl port show dev p1
	ctl port add dev p1
	refused ctl port add dev p1
	because control
	refused ctl client show dev p1 mac $SUP
	refused ctl client del dev p1 mac $SUP
	refused ctl client authorize dev p1 mac 01:00:5e:00:00:01
	refused ctl client authorize dev p2 mac $SUP
	refused rmmod dot1x
}

saved_and_restored()
{
	local saved

	ctl port add dev p1 host-mode multi-auth max-clients 7 mab on reauth-period 600s
	ctl port add dev p2 direction in control force-unauthorized
	saved=$(ctl save)
	ctl port del all
	ctl -b - <<< "$saved"
	same "what is saved" "$saved" "$(ctl save)"
}

each_holds_the_module()
{
	local before

	before=$(references)
	ctl port add dev p1
	ctl port add dev p2
	same "references" $((before + 2)) "$(references)"
	ctl port del dev p2
	same "references" $((before + 1)) "$(references)"
	ctl port del all
	wait_for 10 same_references "$before"
}

same_references() { [[ $(references) -eq $1 ]]; }

renamed()
{
	probes
	ctl port add dev p1
	ip -n aut link set p1 down
	ip -n aut link set p1 name uplink
	ip -n aut link set uplink up
	port_is dev uplink uplink
	PORT=uplink
	shuts
	ctl client authorize dev uplink mac $SUP
	lets
	ip -n aut link set uplink down
	ip -n aut link set uplink name p1
	ip -n aut link set p1 up
	PORT=p1
	shuts
	unauthorized
}

# Who was let in to where it led is not let in to where it leads
leaves_the_bridge_and_joins()
{
	probes
	ctl port add dev p1
	ip -n aut link set p1 nomaster
	ip -n aut link set p1 master br0
	shuts
	ctl client authorize dev p1 mac $SUP
	lets
	ip -n aut link set p1 nomaster
	unauthorized
	ip -n aut link set p1 master br0
	shuts
	ctl client authorize dev p1 mac $SUP
	lets
	ip -n aut link set p1 nomaster
	ip -n aut link set p1 master br0
	shuts
}

bridge_deleted_and_made_again()
{
	probes
	ctl port add dev p1
	ip -n aut link del br0
	ip -n aut link add br0 address $BR type bridge forward_delay 0
	ip -n aut link set p1 master br0
	ip -n aut link set p2 master br0
	ip -n aut link set up1 master br0
	ip -n aut link set br0 up
	wait_for 20 forwarding
	shuts
	ctl client authorize dev p1 mac $SUP
	lets
}

other_dropped()
{
	[[ $(value drop-in-unauthorized "$(dot1xctl -n other -j -s port show dev p1)") -ge $1 ]]
}

# What was authorized there is not authorized here
moved_to_another_namespace()
{
	probes
	ctl port add dev p1
	ctl client authorize dev p1 mac $SUP
	silent other
	ip -n aut link set p1 netns other
	refused ctl port show dev p1
	dot1xctl -n other port show dev p1 > "$WORK/there"
	ip -n other link add br0 type bridge forward_delay 0
	ip -n other link set br0 up
	ip -n other link set p1 master br0
	ip -n other link set p1 up
	counts seen_other other -x p1
	ask flood_in set kinds=broadcast
	ask flood_in burst 100
	wait_for 10 other_dropped 100
	same "frames that leak" 0 "$(passed seen_other $IN_FLOW)"
	dot1xctl -n other client authorize dev p1 mac $SUP
	ask flood_in burst 100
	wait_for 10 has_passed seen_other $IN_FLOW 100
	stop seen_other
	ask flood_in set kinds=ipv4
	ip -n other link set p1 nomaster
	ip -n other link set p1 netns aut
	ip -n aut link set p1 master br0
	ip -n aut link set p1 up
	wait_for 20 forwarding
	unauthorized
	shuts
	ip netns del other
}

device_deleted()
{
	local before

	before=$(references)
	ctl port add dev p1
	ctl client authorize dev p1 mac $SUP
	ip -n aut link del p1
	refused ctl port show dev p1
	wait_for 10 same_references "$before"
	link sup eth0 $SUP aut p1 $P1
	ip -n aut link set p1 master br0
	up_all
	wait_for 20 forwarding
	# It is another device, under nobody's control
	refused ctl port show dev p1
	probes
	lets
}

# The devices of the wires that end elsewhere go with it, and the ports with them
namespace_deleted()
{
	local before i

	before=$(references)
	for i in 1 2 3; do
		ctl port add dev p1 host-mode multi-auth
		ctl port add dev p2
		ctl client authorize dev p1 mac $SUP
		sup
		ask sup start
		stop sup
		ip netns del aut
		wait_for 20 same_references "$before"
		no_hosts
		setup
	done
}

namespaces_do_not_see_each_other()
{
	ctl port add dev p1
	refused dot1xctl -n sup port show dev p1
	refused dot1xctl -n lan port del dev p1
	dot1xctl -n lan port del all
	port_is dev p1
}

# A port's life, over and over, under traffic and with people talking
over_and_over()
{
	local i

	probes
	agent
	sup
	ask sup auto user secret
	ask flood_in go
	ask flood_out go
	for ((i = 0; i < $(many 8 4); i++)); do
		ctl port add dev p1 host-mode multi-auth tx-period 100
		ask sup start
		ip -n aut link set p1 down
		ip -n aut link set p1 up
		ctl client authorize dev p1 mac $OTHER
		ctl port set dev p1 host-mode single
		ctl port del dev p1
	done
	ask flood_in stop
	ask flood_out stop
	wait_for 20 quiet
	lets
}

load
run_tests added_is_shut defaults set_changes_only_what_it_says errors_say_why \
	saved_and_restored each_holds_the_module renamed leaves_the_bridge_and_joins \
	bridge_deleted_and_made_again moved_to_another_namespace device_deleted \
	namespace_deleted namespaces_do_not_see_each_other over_and_over
