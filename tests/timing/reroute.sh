#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.1 icount shift=0 timeout=900
#
# A router with two legs to a network, one of which carries a flow of 100,000 packets a
# second and is lost silently:
#
#	s  vs 10.0.0.2 -- 10.0.0.1 v0  r  v1 10.0.1.1 -- 10.0.1.2 w1  d  net 10.9.0.1/16
#	                                  v2 10.0.2.1 -- 10.0.2.2 w2
#
# First with bfd.ko and reroute on a nexthop group, then with FRR: bfdd tells ospfd,
# which tells zebra, which tells the kernel. Both at 3 x 10 ms. One core of 10^9
# instructions a second. The sender's thread gives way to everybody, as forwarding in
# softirq would not.

. "$(dirname "$0")/lib.sh"

CUTS=${CUTS:-5}
PPS=100000

link()
{
	local ns1=$1 dev1=$2 ns2=$3 dev2=$4 net=$5 first=$6 second=$7

	ip link add "$dev1" netns "$ns1" type veth peer name "$dev2" netns "$ns2"
	ip -n "$ns1" link set "$dev1" up
	ip -n "$ns2" link set "$dev2" up
	ip -n "$ns1" addr add "10.0.$net.$first/24" dev "$dev1"
	ip -n "$ns2" addr add "10.0.$net.$second/24" dev "$dev2"
}

network()
{
	local ns

	for ns in s r d; do
		ip netns add $ns
		ip -n $ns link set lo up
	done
	link s vs r v0 0 2 1
	link r v1 d w1 1 1 2
	link r v2 d w2 2 1 2
	ip netns exec r sysctl -qw net.ipv4.ip_forward=1
	ip -n d link add net type dummy
	ip -n d link set net up
	ip -n d addr add 10.9.0.1/16 dev net
	# Which has no use for the packets
	ip netns exec d nft -f - <<-END
		table ip unused {
			chain in {
				type filter hook prerouting priority -500
				udp dport 9 drop
			}
		}
	END
}

no_network()
{
	ip netns del s
	ip netns del r
	ip netns del d
}

# A destination of the first leg
destination()
{
	local i

	for i in {2..99}; do
		[[ $(ip -n r route get "10.9.0.$i" from 10.0.0.2 iif v0) != *"dev v1"* ]] ||
			{ echo "10.9.0.$i"; return; }
	done
	die "the first leg has no share of the network"
}

# The sender is ready: what "send PACKETS" does then is wake it
sender()
{
	local pktgen=/proc/net/pktgen word mac

	mac=$(ip netns exec r cat /sys/class/net/v0/address)
	ip netns exec s sh -c "echo add_device vs > $pktgen/kpktgend_0" || die "no pktgen"
	for word in "pkt_size 60" "delay $((1000000000 / PPS))" "dst_mac $mac" "src_min 10.0.0.2" \
		    "src_max 10.0.0.2" "dst $(destination)" "udp_dst_min 9" "udp_dst_max 9"; do
		ip netns exec s sh -c "echo $word > $pktgen/vs"
	done
	# Each namespace has such a thread
	pgrep kpktgend_0 | xargs -n 1 chrt -i -p 0
}

# send PACKETS
send()
{
	ip netns exec s sh -c "echo count $1 > /proc/net/pktgen/vs"
	ip netns exec s sh -c "echo start > /proc/net/pktgen/pgctrl"
}

# What has left the sender; "there" is a process of its namespace, for no program is to be
# started while packets flow
sent()
{
	local word

	while read -r -a word; do
		[[ ${word[0]} != vs: ]] || echo "${word[10]}"
	done < "/proc/$there/net/dev"
}

# cuts MS COMMAND...: cut the first leg, with the flow on it for MS after; COMMAND
# tells that the leg has come back. Packets to /tmp/packets, moments to /tmp/cuts
cuts()
{
	local ms=$1 before i watching sending there

	shift
	ip netns exec s sleep inf &
	there=$!
	# Both programs have run once before it matters
	ip netns exec d cut w1 0 "$ms" 20
	send 1
	: > /tmp/cuts
	: > /tmp/packets
	for ((i = 0; i < CUTS; i++)); do
		ip netns exec r legs 9 v1 v2 > /tmp/legs &
		watching=$!
		pass_time 0.2
		before=$(sent)
		send $(((ms + 100) * PPS / 1000)) &
		sending=$!
		until (($(sent) > before)); do pass_time 0.01; done
		ip netns exec d cut w1 1 "$ms" 20 >> /tmp/cuts
		wait "$sending"
		kill "$watching"
		wait "$watching" || die "packets went unseen"
		cat /tmp/legs >> /tmp/packets
		until "$@"; do pass_time 1; done
	done
	kill "$there"
}

# For each cut, from /tmp/downs (ns): us from Down to the first packet on the other leg,
# packets on the lost one after Down, us from the cut to that first packet
judge()
{
	awk 'FILENAME == "/tmp/cuts" { cut[++cuts] = $1; next }
	     FILENAME == "/tmp/downs" {
		for (i = cuts; i && cut[i] > $1; i--)
			;
		if (i && !down[i]) down[i] = $1
		next
	     }
	     {
		for (i = cuts; i && cut[i] > $1; i--)
			;
		if (!i) next
		if ($2 == 2 && !(first[i] && first[i] < $1)) first[i] = $1
		if ($2 == 1) { n[i]++; at[i, n[i]] = $1 }
	     }
	     END {
		for (i = 1; i <= cuts; i++) {
			lost = before = 0
			for (j = 1; j <= n[i]; j++) {
				if (at[i, j] < down[i]) before++
				else if (at[i, j] < first[i]) lost++
			}
			if (before && first[i])
				printf "%d %d %d\n", (first[i] - down[i]) / 1000, lost,
					(first[i] - cut[i]) / 1000
		}
	     }' /tmp/cuts /tmp/downs /tmp/packets
}

# column N: sets least, median and most of that number of all cuts
column()
{
	local sorted

	mapfile -t sorted < <(cut_column "$1")
	least=${sorted[0]} median=${sorted[${#sorted[@]} / 2]} most=${sorted[-1]}
}

cut_column() { awk -v n="$1" '{ print $n }' /tmp/judged | sort -n; }

# tell WHO
tell()
{
	judge > /tmp/judged
	count=$(wc -l < /tmp/judged)
	((count)) || die "$1: no cut was seen"
	column 3
	say "$1: $count cuts, us to the first packet on the other leg: from the cut $least," \
		"$median, $most (least, median, most)"
	column 2
	lost=$most
	column 1
	say "$1: from Down $least, $median, $most; at most $lost packets lost in that time"
}

# ---------------------------------------------------------------- bfd.ko

ours_are_up() { [[ $(bfdctl -n r -j session show state up | grep -o '"peer"' | wc -l) = 2 ]]; }

# When the session was last Down: to listen would take the sender's time
note_ours()
{
	ours_are_up || return
	date -d "$(bfdctl -n r -j -s session show dev v1 |
		jq -r '.[0].statistics."last-down-time"')" +%s%N >> /tmp/downs
}

with_bfd_ko()
{
	local n

	network
	for n in 1 2; do
		ip -n r nexthop add id $n via 10.0.$n.2 dev v$n
		bfdctl -n r session add peer 10.0.$n.2 dev v$n tx 10 rx 10 reroute on
		bfdctl -n d session add peer 10.0.$n.1 dev w$n tx 10 rx 10
	done
	ip -n r nexthop add id 3 group 1/2
	ip -n r route add 10.9.0.0/16 nhid 3
	until ours_are_up; do pass_time 1; done
	sender
	: > /tmp/downs
	cuts 100 note_ours
	tell bfd.ko
	result "count == CUTS" "each of $CUTS cuts moves the flow"
	result "most < 50" "within 50 us of the Down event"
	result "lost * 1000000 / PPS < 50" "packets lost after it are less than 50 us of the flow"
	no_network
}

# ---------------------------------------------------------------- FRR

frr_router()
{
	local ns=$1 dir=/run/frr/$1 id=$2 daemon dev

	shift 2
	mkdir -p "$dir"
	: > "$dir/zebra.conf"
	printf '%s\n' "log file $dir/log debugging" "log timestamp precision 6" "debug bfd peer" \
		bfd " profile fast" "  detect-multiplier 3" "  receive-interval 10" \
		"  transmit-interval 10" > "$dir/bfdd.conf"
	{
		for dev; do
			printf '%s\n' "interface $dev" " ip ospf area 0" \
				" ip ospf network point-to-point" " ip ospf bfd" \
				" ip ospf bfd profile fast"
		done
		printf '%s\n' "interface net" " ip ospf area 0" " ip ospf passive" \
			"router ospf" " ospf router-id $id"
	} > "$dir/ospfd.conf"
	chown -R frr:frr "$dir"
	for daemon in zebra bfdd ospfd; do
		ip netns exec "$ns" /usr/lib/frr/$daemon -d -N "$ns" -f "$dir/$daemon.conf" ||
			die "no $daemon"
	done
}

# Both legs lead to the network, and are watched
frr_is_up()
{
	[[ $(ip -n r route show 10.9.0.0/16 | grep -c "nexthop via") = 2 ]] &&
		[[ $(vtysh -N r -d bfdd -c "show bfd peers brief" 2> /dev/null | grep -c ' up ') = 2 ]]
}

# "2026/11/25 03:44:54.123456 BFD: [...] state-change: [...] up -> down ..."
frr_downs()
{
	grep -i 'state-change.*up -> down' /run/frr/r/log | while read -r day time rest; do
		date -d "${day//\//-} $time" +%s%N
	done
}

with_frr()
{
	network
	frr_router r 10.0.0.1 v1 v2
	frr_router d 10.0.0.9 w1 w2
	until frr_is_up; do pass_time 1; done
	sender
	cuts 300 frr_is_up
	frr_downs > /tmp/downs
	tell FRR
	pkill -x 'ospfd|bfdd|zebra'
	pass_time 2
	no_network
}

setup_once
modprobe pktgen
cat /usr/lib/frr/{zebra,bfdd,ospfd} "$(type -P legs)" "$(type -P tc)" > /dev/null
mkdir -p /run/frr
with_bfd_ko
with_frr
finish
