#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Holes that other ways to keep a port shut have, and this one has not.

. "$(dirname "$0")/dot1x_lib.sh"

add() { ctl port add dev p1 tx-period 60s; }

# Where the hole is, by itself: the bridge learns a MAC from its EAPOL-Start, and lets
# it in. Not with the port under control
start_of_a_stranger_on_a_locked_port()
{
	probes
	sup
	bridge -n aut link set dev p1 locked on learning on
	shuts in
	ask sup start
	wait_for 10 learned $SUP
	tries in
	say "a locked port lets $ARRIVED of 10 frames pass after an EAPOL-Start"
	[[ $ARRIVED -gt 0 ]]
	bridge -n aut fdb flush dev br0 2> /dev/null || bridge -n aut fdb del $SUP dev p1 master
	shuts in
	add
	ask sup start
	ask sup expect 10 code=request type=identity
	bridge -n aut link set dev p1 locked off
	shuts
	bridge -n aut link set dev p1 locked on
	shuts
}

learned() { bridge -n aut fdb show dev p1 | grep -q "$1"; }

# Broadcasts and unknown addresses
dropped_more() { [[ $(dropped "$1") -ge $2 ]]; }

nothing_goes_out()
{
	local before

	probes
	add
	ask flood_out set kinds=broadcast,multicast,unknown,arp,ipv4
	shuts out
	# Nor by the authenticator itself
	ip -n aut addr add 10.9.0.1/24 dev br0
	ip -n aut neigh add 10.9.0.2 lladdr $SUP dev br0
	start flood_own aut frame_flood br0 $OUT_FLOW
	ask flood_own set src=$BR dst=$SUP own=$SUP
	before=$(dropped out)
	ask flood_own burst 220
	wait_for 10 dropped_more out $((before + 100))
	same "frames that leak out" 0 "$(passed seen_sup $OUT_FLOW)"
	ctl port del dev p1
	lets out
}

vlan_device_on_the_port()
{
	local before

	probes
	ip -n aut link set p1 nomaster
	ip -n aut link add link p1 name p1.7 type vlan id 7
	ip -n aut link set p1.7 up
	counts seen_aut aut -x p1
	ask flood_in set kinds=vlan
	ask flood_in burst 10
	wait_for 10 has_passed seen_aut $IN_FLOW 10
	before=$(passed seen_aut $IN_FLOW)
	add
	ask flood_in burst 10
	start flood_vlan aut frame_flood p1.7 $OUT_FLOW
	ask flood_vlan set src=$P1 dst=$SUP own=$SUP kinds=ipv4,broadcast
	ask flood_vlan burst 10
	wait_for 10 dropped_more in 10
	wait_for 10 dropped_more out 10
	same "frames that leak in" "$before" "$(passed seen_aut $IN_FLOW)"
	same "frames that leak out" 0 "$(passed seen_sup $OUT_FLOW)"
	ctl client authorize dev p1 mac $SUP
	ask flood_in burst 10
	wait_for 10 has_passed seen_aut $IN_FLOW $((2 * before))
	ip -n aut link del p1.7
	ip -n aut link set p1 master br0
	wait_for 20 forwarding
}

# The kernel announces some of them only, and late
fast_carrier_flaps()
{
	local i

	probes
	add
	for ((i = 0; i < 5; i++)); do
		ctl client authorize dev p1 mac $SUP
		authorized
		printf 'link set eth0 down\nlink set eth0 up\n' | ip -n sup -b -
		shuts in
		await_unauthorized
	done
	# The bridge hears of the link later
	wait_for 20 forwarding
}

another_host_after_link_down()
{
	probes
	agent
	sup
	add
	ask sup login 20 user secret
	lets
	ip -n sup link set eth0 down
	await_unauthorized
	# The same MAC, on another host as it were
	ip -n sup link set eth0 up
	shuts in
	wait_for 20 forwarding
	shuts out
	clients 0
}

# An authenticator that waits for its supplicant loses two seconds; this one asks
identity_at_link_up()
{
	sup
	add
	ip -n sup link set eth0 down
	await_unauthorized
	ask sup flush
	ip -n sup link set eth0 up
	ask sup expect 1 code=request type=identity
	say "asked $(told after) ms after the supplicant had its link"
}

# They are behind the gate, whatever their priority and whenever they came
other_hooks_run_after_us()
{
	ip netns exec aut nft -f - <<-END
		table netdev before {
			chain in {
				type filter hook ingress device p1 priority -2147483648
				counter
			}
			chain out {
				type filter hook egress device p1 priority -2147483648
				ether type != 0x888e counter
			}
		}
	END
	probes
	add
	shuts
	say "the hook of the lowest number saw $(hook_saw in) frames in, $(hook_saw out) out"
	ip netns exec aut nft -f - <<-END
		table netdev after {
			chain in {
				type filter hook ingress device p1 priority -500
				counter
			}
			chain out {
				type filter hook egress device p1 priority -500
				ether type != 0x888e counter
			}
		}
	END
	shuts
	same "frames in seen by a hook" 0 "$(hook_saw in after)"
	same "frames out seen by a hook" 0 "$(hook_saw out after)"
	ctl client authorize dev p1 mac $SUP
	lets
	[[ $(hook_saw in after) -ge 10 ]]
	ip netns exec aut nft delete table netdev before
	ip netns exec aut nft delete table netdev after
}

hook_saw()
{
	local text

	text=$(ip netns exec aut nft list chain netdev "${2:-before}" "$1")
	[[ $text =~ packets\ ([0-9]+) ]] && echo "${BASH_REMATCH[1]}"
}

# A connection that a flowtable forwards does not go on when its port is shut
flowtable()
{
	no_hosts
	routed
	ip netns exec aut nft -f - <<-END
		table inet fast {
			flowtable ft {
				hook ingress priority -400
				devices = { p1, up1 }
			}
			chain forward {
				type filter hook forward priority 0
				meta l4proto udp flow add @ft
				counter
			}
		}
	END
	probes
	ask flood_in set dst=$P1 saddr=10.0.0.1 daddr=192.0.2.1
	ask flood_out set dst=$UP1 saddr=192.0.2.1 daddr=10.0.0.1
	add
	ctl client authorize dev p1 mac $SUP
	lets
	lets
	lets
	[[ $(ip netns exec aut nft list chain inet fast forward) =~ packets\ ([0-9]+) ]]
	say "${BASH_REMATCH[1]} of 60 frames went the slow way"
	ctl client del dev p1 mac $SUP
	shuts
	no_hosts
	setup
}

# While it has a port
module_stays()
{
	probes
	add
	refused rmmod dot1x
	shuts
}

load
run_tests start_of_a_stranger_on_a_locked_port nothing_goes_out vlan_device_on_the_port \
	fast_carrier_flaps another_host_after_link_down identity_at_link_up \
	other_hooks_run_after_us flowtable module_stays
