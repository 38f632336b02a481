#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What the gate costs, in instructions for a 64-byte frame that a bridge of two ports
# forwards, in by p and out by q; and beside it what others ask for less or the same.
# Both ports are under control, so the frame passes two hooks. What hooks cost by
# themselves is told by two nftables chains without a rule: the gate must cost less
# where it has but one thing to look at, and a MAC must be found for less than the
# cheapest of the others finds it.
#
#	pktgen: g ---- p :br0: q ---- s :sink

. "$(dirname "$0")/lib.sh"

FRAMES=20000
MEMBERS=65536
G=02:00:00:00:00:0a
S=02:00:00:00:00:0b

place()
{
	sysctl -qw net.ipv6.conf.default.disable_ipv6=1 net.ipv6.conf.all.disable_ipv6=1
	ip netns add sink
	ip link add g address $G type veth peer name p
	ip link add q type veth peer name s netns sink address $S
	ip link add br0 type bridge mcast_snooping 0 forward_delay 0
	ip link set p master br0
	ip link set q master br0
	for dev in g p q br0; do
		ip link set $dev up
	done
	ip -n sink link set s up
	bridge fdb replace $G dev p master static
	bridge fdb replace $S dev q master static
	modprobe pktgen || die "no pktgen"
	pass_time 3
}

pgset() { echo "$2" > "/proc/net/pktgen/$1"; }

generator()
{
	pgset kpktgend_0 "rem_device_all"
	pgset kpktgend_0 "add_device g"
	pgset g "count $FRAMES"
	pgset g "pkt_size 60"
	pgset g "delay 0"
	pgset g "dst_mac $S"
	pgset g "src_mac $G"
	pgset g "dst 192.0.2.2"
	pgset g "src_min 192.0.2.1"
	pgset g "src_max 192.0.2.1"
}

arrived() { ip netns exec sink cat /sys/class/net/s/statistics/rx_packets; }

# per_frame WHAT: sets cost, the best of three; an instruction is a nanosecond. All that
# was sent has arrived, or it says nothing about forwarding
per_frame()
{
	local i before took

	cost=0
	for i in 1 2 3; do
		before=$(arrived)
		pgset pgctrl start
		read -r took < <(sed -n 's/^Result: OK: \([0-9]*\)(.*/\1/p' /proc/net/pktgen/g)
		(($(arrived) - before >= FRAMES)) || die "$1: not all frames were forwarded"
		took=$((took * 1000 / FRAMES))
		((cost && cost <= took)) || cost=$took
	done
	printf '# %-44s %6d %+6d\n' "$1" "$cost" "$((cost - ${plain:-cost}))"
}

# ours PARAMS: both ports under control
control()
{
	dot1xctl port add dev p "$@" && dot1xctl port add dev q "$@" || die "no ports"
}

let_in()
{
	dot1xctl client authorize dev p mac $G && dot1xctl client authorize dev q mac $S ||
		die "nobody is let in"
}

members()
{
	local i

	for ((i = 1; i < MEMBERS; i++)); do
		printf 'client authorize dev p mac 02:00:00:01:%02x:%02x\n' $((i >> 8)) $((i & 255))
		printf 'client authorize dev q mac 02:00:00:02:%02x:%02x\n' $((i >> 8)) $((i & 255))
	done
}

ours()
{
	control control force-authorized
	per_frame "dot1x.ko, force-authorized"
	result "cost < chains" "a port forced open costs less than chains without a rule"
	dot1xctl port del all

	control host-mode multi-host
	let_in
	per_frame "dot1x.ko, multi-host"
	result "cost < chains" "an authorized multi-host port costs less than chains without a rule"
	dot1xctl port del all

	control
	let_in
	per_frame "dot1x.ko, single"
	result "cost < chains" "so does a single-host port, which compares a MAC and counts"
	dot1xctl port del all

	control host-mode multi-auth max-clients $MEMBERS
	let_in
	per_frame "dot1x.ko, multi-auth, 1 client"
	result "cost < flower" "multi-auth, both ways, costs less than flower, ingress only"
	one=$cost
	members > /tmp/members
	dot1xctl -b /tmp/members || die "no members"
	per_frame "dot1x.ko, multi-auth, $MEMBERS clients"
	result "cost - one <= 50" "the number of clients does not matter"
	dot1xctl port del all
}

others()
{
	nft -f - <<-END
		table netdev gate {
			chain in {
				type filter hook ingress device p priority 0
			}
			chain out {
				type filter hook egress device q priority 0
			}
		}
	END
	per_frame "nftables, two chains without a rule"
	chains=$cost
	nft delete table netdev gate

	bridge link set dev p locked on
	per_frame "bridge port locked, ingress only"
	bridge link set dev p locked off

	tc qdisc add dev p clsact
	tc filter add dev p ingress pref 1 protocol all flower src_mac $G action ok
	tc filter add dev p ingress pref 2 protocol all matchall action drop
	per_frame "tc flower by MAC, ingress only"
	flower=$cost
	tc qdisc del dev p clsact

	nft -f - <<-END
		table netdev gate {
			set members {
				type ether_addr
				elements = { $G, $S }
			}
			chain in {
				type filter hook ingress device p priority 0
				ether saddr != @members drop
			}
		}
	END
	per_frame "nftables netdev set, ingress only"
	nft delete table netdev gate

	nft -f - <<-END
		table bridge gate {
			set members {
				type ether_addr
				elements = { $G, $S }
			}
			chain in {
				type filter hook prerouting priority 0
				iifname "p" ether saddr != @members drop
			}
		}
	END
	per_frame "nftables bridge set, ingress only"
	nft delete table bridge gate
}

place
generator
insmod "$MODULES_DIR/dot1x.ko" || die "no dot1x.ko"
cat "$(type -P dot1xctl)" "$(type -P nft)" "$(type -P tc)" "$(type -P bridge)" > /dev/null
per_frame "plain bridge"
plain=$cost
others
ours
rmmod dot1x
per_frame "plain bridge, again"
result "cost - plain <= 20 && plain - cost <= 20" "nothing is left behind"
finish
