# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Three routers with FRR's daemons. What near has for far goes by mid, over a wire that is
# each protocol's own and has BFD, or else by the wire they share.
#
#	      bgp   10.0.1.0/24
#	      ospf  10.0.2.0/24
#	      ospf6 fe80::
#	      isis  10.0.4.0/24		 10.0.8.0/24
#	near ===== panel ===== mid ----------------- far  10.50.1.0/24 by BGP, 10.50.2.0
#	  \					     /	  by OSPFv2, fd00:50::/64 by OSPFv3,
#	   ------------------------------------------	  10.50.4.0 by IS-IS, and 10.50.5.0
#			  10.0.9.0/24			  by a static route of near's
#
# All numbers end in 1 at near, 2 at mid, 3 at far. A device is called what it leads to or
# carries. In panel each of the four is a bridge of two ports: what is cut there is no link
# down to anybody. FRR 8.4 has no BFD for static routes; the gateway of this one is an
# address of mid's, 10.50.6.2, that OSPF knows the way to.
#
# Sourced after frr_lib.sh.

SLOW_MS=300
PROTOCOLS=(bgp ospf ospf6 isis)
DAEMONS=(bgpd ospfd ospf6d isisd)
declare -A NUMBER=([near]=1 [mid]=2 [far]=3)
declare -A NET=([bgp]=10.0.1 [ospf]=10.0.2 [isis]=10.0.4)
declare -A DESTINATION=([bgp]=10.50.1.0/24 [ospf]=10.50.2.0/24 [ospf6]=fd00:50::/64
	[isis]=10.50.4.0/24 [static]=10.50.5.0/24)
# Which wire the route is over
declare -A WIRE=([bgp]=bgp [ospf]=ospf [ospf6]=ospf6 [isis]=isis [static]=ospf)

# ---------------------------------------------------------------- network

# panel_wire PROTOCOL
panel_wire()
{
	local ns net=${NET[$1]:-}

	ip -n panel link add "$1" type bridge mcast_snooping 0
	ip -n panel link set "$1" addrgenmode none up
	for ns in near mid; do
		wire $ns "$1" panel "$ns-$1"
		ip -n panel link set "$ns-$1" master "$1"
		number $ns "$1" ${net:+$net.${NUMBER[$ns]}/24} "fe80::${NUMBER[$ns]}/64"
	done
}

# direct_wire ROUTER ROUTER NET
direct_wire()
{
	wire "$1" "$2" "$2" "$1"
	number "$1" "$2" "$3.${NUMBER[$1]}/24" "fe80::${NUMBER[$1]}/64"
	number "$2" "$1" "$3.${NUMBER[$2]}/24" "fe80::${NUMBER[$2]}/64"
}

# stub ROUTER DEV ADDRESS...
stub()
{
	ip -n "$1" link add "$2" type dummy
	ip -n "$1" link set "$2" addrgenmode none up
	number "$@"
}

make_topology()
{
	local ns protocol address

	for ns in near mid far panel; do
		ip netns add $ns
		ip -n $ns link set lo up
	done
	for protocol in "${PROTOCOLS[@]}"; do
		panel_wire "$protocol"
	done
	direct_wire near far 10.0.9
	direct_wire mid far 10.0.8
	for protocol in "${!DESTINATION[@]}"; do
		address=${DESTINATION[$protocol]/.0\//.3\/}
		stub far "to-$protocol" "${address/::\//::3\/}" fe80::3/64
	done
	stub mid gateway 10.50.6.2/24
	ip -n mid route add "${DESTINATION[static]}" via 10.0.8.3
}

# ---------------------------------------------------------------- configuration

# per_wire FUNCTION ROUTER PROTOCOL BFD...: FUNCTION DEV COST for its devices; the wire
# between near and mid has BFD, by those lines
per_wire()
{
	local write=$1 router=$2 protocol=$3

	shift 3
	[[ $router = far ]] || { "$write" "$protocol" 10; printf ' %s\n' "$@"; }
	case $router in
	near)	"$write" far 100 ;;
	mid)	"$write" far 10 ;;
	far)	"$write" mid 10; "$write" near 100; "$write" "to-$protocol" 10 ;;
	esac
}

ospf_wire()
{
	printf '%s\n' "interface $1" " ip ospf area 0" " ip ospf network point-to-point" \
		" ip ospf hello-interval 1" " ip ospf dead-interval 8" " ip ospf cost $2"
}

ospfd_conf()
{
	per_wire ospf_wire "$1" ospf "ip ospf bfd" "ip ospf bfd profile ospf"
	[[ $1 != mid ]] || ospf_wire gateway 10
	printf '%s\n' "router ospf" " ospf router-id 10.0.0.${NUMBER[$1]}" \
		" timers throttle spf 0 50 500" " timers throttle lsa all 0"
}

ospf6_wire()
{
	printf '%s\n' "interface $1" " ipv6 ospf6 area 0" " ipv6 ospf6 network point-to-point" \
		" ipv6 ospf6 hello-interval 1" " ipv6 ospf6 dead-interval 8" " ipv6 ospf6 cost $2"
}

ospf6d_conf()
{
	per_wire ospf6_wire "$1" ospf6 "ipv6 ospf6 bfd profile ospf6"
	printf '%s\n' "router ospf6" " ospf6 router-id 10.0.0.${NUMBER[$1]}" \
		" timers throttle spf 0 50 500" " timers lsa min-arrival 0"
}

isis_wire()
{
	printf '%s\n' "interface $1" " ip router isis lab" " isis network point-to-point" \
		" isis hello-interval 1" " isis hello-multiplier 8" " isis metric $2"
}

# First of all metrics may be more than 63
isisd_conf()
{
	printf '%s\n' "router isis lab" " is-type level-2-only" " metric-style wide" \
		" net 49.0001.0000.0000.000${NUMBER[$1]}.00" " lsp-gen-interval 1" \
		" spf-delay-ietf init-delay 0 short-delay 50 long-delay 500 holddown 1000 time-to-learn 500"
	per_wire isis_wire "$1" isis "isis bfd" "isis bfd profile isis"
}

# bgp_neighbour ROUTER ADDRESS [bfd]
bgp_neighbour()
{
	printf " neighbor $2 %s\n" "remote-as 6500${NUMBER[$1]}" "timers connect 1" \
		"advertisement-interval 0" ${3:+bfd "bfd profile bgp"}
}

# Its keepalives are FRR's usual ones: 60 s, and three minutes until it would notice
bgpd_conf()
{
	printf '%s\n' "router bgp 6500${NUMBER[$1]}" " bgp router-id 10.0.0.${NUMBER[$1]}" \
		" no bgp ebgp-requires-policy"
	case $1 in
	near)	bgp_neighbour mid 10.0.1.2 bfd
		bgp_neighbour far 10.0.9.3
		printf '%s\n' " address-family ipv4 unicast" "  neighbor 10.0.1.2 weight 100" ;;
	mid)	bgp_neighbour near 10.0.1.1 bfd
		bgp_neighbour far 10.0.8.3 ;;
	far)	bgp_neighbour near 10.0.9.1
		bgp_neighbour mid 10.0.8.2
		printf '%s\n' " address-family ipv4 unicast" "  network ${DESTINATION[bgp]}" ;;
	esac
}

staticd_conf() { echo "ip route ${DESTINATION[static]} 10.50.6.2"; }

zebra_conf() { :; }

# Nobody but the protocols asks for sessions; what pace they have is a profile's matter
bfdd_conf()
{
	local protocol

	printf '%s\n' "log timestamp precision 6" "debug bfd peer" bfd
	for protocol in "${PROTOCOLS[@]}"; do
		printf ' %s\n' "profile $protocol" " detect-multiplier 3" \
			" receive-interval $SLOW_MS" " transmit-interval $SLOW_MS" exit
	done
}

configure_routers()
{
	local ns daemon

	for ns in near mid far; do
		mkdir -p "$RUN/$ns" "$ETC/$ns"
		for daemon in zebra staticd bfdd "${DAEMONS[@]}"; do
			echo "log file /tmp/$daemon.$ns.log debugging" > "$ETC/$ns/$daemon.conf"
			"${daemon}_conf" $ns >> "$ETC/$ns/$daemon.conf"
		done
	done
	chown -R frr:frr "$RUN" "$ETC"
}
