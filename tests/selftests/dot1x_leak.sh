#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Frames of every kind are offered to a port in both directions, as fast as they go and
# without a pause, through everything that can happen to it: a million each way on a
# bridge, on a bridge with VLANs and on a routed port. While it is not authorized, the
# other side sees not one; while it is, it does, so the counting works.
#
# Three witnesses: the far host, the authenticator's other devices, and an nftables
# counter right behind the gate.

. "$(dirname "$0")/dot1x_lib.sh"

# Each way: so many at least in each phase, and while the port is shut, on each topology.
# One kernel is for the numbers; the phases are the same on all
FRAMES=$(many 1000 200) TOTAL=$(many 20000 4000)
[[ $KERNEL != 6.1 ]] || FRAMES=20000 TOTAL=1000000

setup() { :; }

# Behind the gate: whatever passes, marked or not, but EAPOL of our own going out
put_nft_behind()
{
	ip netns exec aut nft -f - <<-END
		table netdev behind {
			chain in {
				type filter hook ingress device p1 priority 0
				counter
			}
			chain out {
				type filter hook egress device p1 priority 0
				ether type != 0x888e counter
			}
		}
	END
}

look()
{
	local behind

	behind=$(nsenter --net=/run/netns/aut nft list table netdev behind)
	[[ $behind =~ packets\ ([0-9]+).*packets\ ([0-9]+) ]]
	echo "in: lan $(passed seen_lan $IN_FLOW) aut $(passed seen_aut $IN_FLOW)" \
		"nft ${BASH_REMATCH[1]} out: sup $(passed seen_sup $OUT_FLOW) nft ${BASH_REMATCH[2]}"
}

sent() { ask "$1" sent; echo "${ANSWER#ok }"; }

has_sent() { [[ $(sent "$1") -ge $2 ]]; }

# hold [FRAMES]: until so many more have been offered each way
hold()
{
	local n=${1:-$FRAMES} in_end out_end

	in_end=$(($(sent flood_in) + n))
	out_end=$(($(sent flood_out) + n))
	wait_for 300 has_sent flood_in $in_end
	wait_for 300 has_sent flood_out $out_end
}

# From here on nothing may pass: what had passed before has arrived
mark()
{
	wait_for 10 nothing_new
	in_since=$(sent flood_in) out_since=$(sent flood_out)
}

nothing_new()
{
	seen=$(look)
	sleep 0.1
	[[ $(look) = "$seen" ]]
}

still_shut()
{
	local in_now out_now

	hold "${2:-$FRAMES}"
	same "$1: seen" "$seen" "$(look)"
	in_now=$(sent flood_in) out_now=$(sent flood_out)
	shut_in=$((shut_in + in_now - in_since)) shut_out=$((shut_out + out_now - out_since))
	in_since=$in_now out_since=$out_now
}

# What is missing of the total
the_rest()
{
	local least=$((shut_in < shut_out ? shut_in : shut_out))

	[[ $least -ge $TOTAL ]] || still_shut "the rest" $((TOTAL - least))
}

# Both ways, and at each witness
passes()
{
	local before after i

	read -ra before <<< "$(look)"
	hold 1000
	read -ra after <<< "$(look)"
	for i in 2 4 6 9 11; do
		[[ ${after[i]} -gt ${before[i]} ]] ||
			{ say "$1: nothing passes: ${before[*]}, then ${after[*]}"; return 1; }
	done
}

floods() { ask flood_in "$1"; ask flood_out "$1"; }

# Down and up before anybody can say so
flap()
{
	printf 'link set %s down\nlink set %s up\n' "$2" "$2" | ip -n "$1" -b -
}

# begin: p2 is shut all the time, so what is flooded has one way only
begin()
{
	shut_in=0 shut_out=0
	agent
	sup
	counts seen_lan lan -i
	counts seen_sup sup -i
	start seen_aut aut frame_count -x p1 $IN_FLOW
	put_nft_behind
	ctl port add dev p2 control force-unauthorized
	start flood_in sup frame_flood eth0 $IN_FLOW
	floods_begin
	floods go
	passes "before anything"
}

end()
{
	floods stop
	say "offered while it was shut: $shut_in in, $shut_out out; passed: none"
	[[ $shut_in -ge $TOTAL && $shut_out -ge $TOTAL ]]
	ip netns exec aut nft delete table netdev behind
	no_hosts
}

# All that is offered in is dropped at the gate, and counted
nothing_is_lost()
{
	floods stop
	mark
	wait_for 10 no_more_lost
	floods go
	still_shut "closed"
	floods stop
	wait_for 10 all_accounted
	floods go
}

# EAPOL to the port's own address is taken before it comes to the gate
lost()
{
	local port

	port=$(ctl -j -s port show dev p1)
	echo $(($(sent flood_in) - $(value drop-in-unauthorized "$port") -
		$(value auth-eapol-frames-rx "$port")))
}

no_more_lost()
{
	unaccounted=$(lost)
	sleep 0.1
	all_accounted
}

all_accounted() { [[ $(lost) -eq $unaccounted ]]; }

closed_from_the_first()
{
	ctl port add dev p1 host-mode "$1" quiet-period 100 tx-period 1000
	mark
	nothing_is_lost
	refused rmmod dot1x
	still_shut "after rmmod"
	ask sup start
	ask sup frame src=$OTHER type=0
	flap aut p1
	flap sup eth0
	flap aut p1
	still_shut "flaps"
	ask agent policy reject
	ask_refused sup login 20 user secret
	ask agent policy challenge
	still_shut "rejected"
	ask_refused sup login 20 user wrong
	still_shut "wrong password"
}

# Nobody has answered yet, nobody will
agent_comes_and_goes()
{
	ask agent policy hold
	ask sup start
	ask sup auto user secret
	ask agent expect 20 mac=$SUP
	die_agent agent
	ask sup auto off
	still_shut "agent killed"
	agent
	still_shut "agent restarted"
}

open_then_closed()
{
	ask sup login 20 user secret
	await_authorized
	passes "authorized"
	ask sup auto user secret
	ctl port reauthenticate dev p1
	ask sup expect 20 code=success
	passes "reauthenticated"
	die_agent agent
	passes "agent killed, but authorized"
	agent
	ask sup auto off
	ask sup logoff
	await_unauthorized
	mark
	still_shut "logged off"
}

# The first frame after a flap is one too many
flapped_while_open()
{
	local ns=$1 dev=$2

	ask sup login 20 user secret
	await_authorized
	floods stop
	mark
	flap "$ns" "$dev"
	floods go
	still_shut "link of $ns lost while authorized"
}

# No other MAC by the way of an authorized one, and not its MAC by another port
strangers_beside_a_member()
{
	local before

	ask sup login 20 user secret
	await_authorized
	floods stop
	ask flood_in set src=random
	mark
	before=${seen%% out*}
	ask flood_in go
	start flood_p2 sup frame_flood eth1 $OTHER_FLOW
	ask flood_p2 set src=$SUP dst=$LAN own=$BR
	ask flood_p2 burst "$FRAMES"
	ask flood_in stop
	stop flood_p2
	mark
	same "strangers: seen" "$before" "${seen%% out*}"
	same "its MAC on another port: seen" 0 "$(passed seen_lan $OTHER_FLOW)"
	ask flood_in set src=$SUP
	floods go
	passes "authorized, again"
}

closed_by_command()
{
	ask sup login 20 user secret
	await_authorized
	ctl client del dev p1 mac $SUP
	mark
	still_shut "client deleted"
	ask sup login 20 user secret
	await_authorized
	ctl port set dev p1 control force-unauthorized
	mark
	still_shut "forced"
	ctl port set dev p1 control auto
	ask sup login 20 user secret
	await_authorized
	ctl port initialize dev p1
	mark
	still_shut "initialized"
	the_rest
}

# "port del" is the word that opens
opened()
{
	ctl port del dev p1
	passes "released"
	refused rmmod dot1x	# there is p2
}

story()
{
	begin
	closed_from_the_first "$1"
	agent_comes_and_goes
	open_then_closed
	flapped_while_open aut p1
	flapped_while_open sup eth0
	[[ $1 = multi-host ]] || strangers_beside_a_member
	closed_by_command
	opened
	end
}

by_the_bridge()
{
	start flood_out lan frame_flood eth0 $OUT_FLOW
	ask flood_in set src=$SUP dst=$LAN own=$BR
	ask flood_out set src=$LAN dst=$SUP own=$BR
}

# Not all that is offered is routed, so out of p1 it goes from the authenticator itself
by_the_router()
{
	start flood_out aut frame_flood p1 $OUT_FLOW
	ask flood_in set src=$SUP dst=$P1 own=$P1 saddr=10.0.0.1 daddr=192.0.2.1
	ask flood_out set src=$P1 dst=$SUP own=$SUP saddr=192.0.2.1 daddr=10.0.0.1
}

on_a_bridge()
{
	bridged
	floods_begin() { by_the_bridge; }
	story single
}

on_a_vlan_filtering_bridge()
{
	bridged vlan_filtering 1
	bridge -n aut vlan add vid 7 dev p1
	bridge -n aut vlan add vid 7 dev up1
	floods_begin() { by_the_bridge; }
	story multi-auth
}

on_a_routed_port()
{
	routed
	floods_begin() { by_the_router; }
	story multi-host
}

load
tests=(on_a_bridge on_a_vlan_filtering_bridge on_a_routed_port)
# Where each phase takes ten times as long, the one with most between two ports
[[ $KERNEL != debug ]] || tests=(on_a_vlan_filtering_bridge)
run_tests "${tests[@]}"
