# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the interoperability tests share: the network, both ends of the sessions on
# it, ways to wait, TAP. Sourced by a script that is a driver of one peer. It sets
# PEER_NAME and defines
#
#	peer_start	run the daemon with the configuration below
#	peer_apply	make a running daemon follow it
#	peer_kill	kill -9
#	peer_look	print "PATH state diag remote-diag tx-ms detection-ms downs
#			remote-discriminator" for each session, "-" for what it
#			does not tell
#
#   us (bfd.ko)             rt                       him (the peer)
#   p0 .1 ------------- 10.0.0.0/24 fd00::/64 -------------- q0 .2
#   p1 .1 -- 10.0.1.0/24 -- r1 r2 -- 10.0.2.0/24 ----------- q1 .2	multihop
#   p2 .1 ------------- 10.0.3.0/24 ------------------------ q2 .2	p2 in VRF red

export LC_ALL=C

PATHS=(v4 v6 link-local v4-multihop v6-multihop vrf)
declare -A OURS=([v4]=10.0.0.1 [v6]=fd00::1 [link-local]=fe80::1 [vrf]=10.0.3.1
	[v4-multihop]=10.0.1.1 [v6-multihop]=fd00:1::1)
declare -A HIS=([v4]=10.0.0.2 [v6]=fd00::2 [link-local]=fe80::2 [vrf]=10.0.3.2
	[v4-multihop]=10.0.2.2 [v6-multihop]=fd00:2::2)
declare -A OUR_DEV=([v4]=p0 [v6]=p0 [link-local]=p0 [vrf]=p2)
declare -A HIS_DEV=([v4]=q0 [v6]=q0 [link-local]=q0 [vrf]=q2)
declare -A PATH_OF
for path in "${PATHS[@]}"; do
	PATH_OF[${OURS[$path]}]=$path
	PATH_OF[${HIS[$path]}]=$path
done

# The configuration of both ends, the same for each path; milliseconds. Times are
# such that an emulated machine on a busy host keeps them without effort.
our_tx=300 our_rx=300 our_mult=3 our_passive=off our_min_ttl=254
his_tx=300 his_rx=300 his_mult=3 his_passive=off his_admin=up

# What look() last saw: our[PATH,state], his[PATH,state] and so on
declare -A our his

# ---------------------------------------------------------------- TAP

tests=0 failures=0
declare -A matrix why
features=()

comment() { echo "# ${*//$'\n'/$'\n'# }"; }

# finish FEATURE: one result for each of $paths, and their row of the matrix
finish()
{
	local path

	features+=("$1")
	for path in $paths; do
		matrix[$1,$path]=ok
		[[ ! ${why[$path]:-} ]] || matrix[$1,$path]=FAIL
		result "$1 ($path)" "${why[$path]:-}"
	done
	why=()
}

# result NAME [WHY NOT]
result()
{
	tests=$((tests + 1))
	if [[ ! $2 ]]; then
		echo "ok $tests $1"
		return
	fi
	failures=$((failures + 1))
	echo "not ok $tests $1"
	comment "${2%$'\n'}"
}

# skip FEATURE REASON: the peer cannot do it
skip()
{
	local path

	features+=("$1")
	for path in $paths; do
		matrix[$1,$path]=-
	done
	tests=$((tests + 1))
	echo "ok $tests $1 # SKIP $2"
}

print_matrix()
{
	local feature path

	printf '# | %s |' "$PEER_NAME" "${PATHS[@]}" | sed 's/|# |/|/g'
	printf '\n# |---|'
	printf -- '---|%.0s' "${PATHS[@]}"
	echo
	for feature in "${features[@]}"; do
		printf '# | %s |' "$feature"
		for path in "${PATHS[@]}"; do
			printf ' %s |' "${matrix[$feature,$path]:-}"
		done
		echo
	done
}

begin()
{
	load_module
	# Where time may fly while the host reads a file, it is to be read before
	modprobe -q sch_netem
	tc qdisc show dev lo > /dev/null
	make_network
	start_capture
	start_monitor
	mark start
	started=$SECONDS
}

plan()
{
	print_matrix
	echo "1..$tests"
	comment "$((tests - failures)) of $tests passed, $((SECONDS - started)) s of the guest's time"
	[[ $failures = 0 ]]
}

# wait_for COMMAND...: without it there is no point in going on
wait_for()
{
	local tries=600

	until "$@" 2> /dev/null; do
		if [[ $((tries--)) = 0 ]]; then
			echo "Bail out! never: $*"
			exit 1
		fi
		sleep 0.1
	done
}

# ---------------------------------------------------------------- network

us() { ip netns exec us "$@"; }
him() { ip netns exec him "$@"; }

# wire NETNS DEV NETNS DEV
wire()
{
	ip link add "$2" netns "$1" type veth peer name "$4" netns "$3"
	ip -n "$1" link set "$2" addrgenmode none up
	ip -n "$3" link set "$4" addrgenmode none up
}

# introduce NETNS DEV NETNS DEV: each knows the other's link addresses for good, so that
# a cut wire is all that a cut wire cuts
introduce()
{
	know "$1" "$2" "$3" "$4"
	know "$3" "$4" "$1" "$2"
}

know()
{
	local mac address

	mac=$(ip netns exec "$3" cat "/sys/class/net/$4/address")
	for address in $(ip -n "$3" -o addr show dev "$4" | awk '{ sub("/.*", "", $4); print $4 }'); do
		ip -n "$1" neigh replace "$address" lladdr "$mac" dev "$2" nud permanent
	done
}

# number NETNS DEV ADDRESS...
number()
{
	local ns=$1 dev=$2 address

	shift 2
	for address; do
		case $address in
		*:*)	ip -n "$ns" addr add "$address" dev "$dev" nodad ;;
		*)	ip -n "$ns" addr add "$address" dev "$dev" ;;
		esac
	done
}

make_network()
{
	local ns

	for ns in us rt him; do
		ip netns add $ns
		ip -n $ns link set lo up
	done
	wire us p0 him q0
	wire us p1 rt r1
	wire rt r2 him q1
	wire us p2 him q2
	ip -n us link add red type vrf table 100
	ip -n us link set red up
	ip -n us link set p2 master red

	number us p0 10.0.0.1/24 fd00::1/64 fe80::1/64
	number him q0 10.0.0.2/24 fd00::2/64 fe80::2/64
	number us p1 10.0.1.1/24 fd00:1::1/64 fe80::1/64
	number rt r1 10.0.1.254/24 fd00:1::fe/64 fe80::fe/64
	number rt r2 10.0.2.254/24 fd00:2::fe/64 fe80::fe/64
	number him q1 10.0.2.2/24 fd00:2::2/64 fe80::2/64
	number us p2 10.0.3.1/24
	number him q2 10.0.3.2/24
	introduce us p0 him q0
	introduce us p1 rt r1
	introduce rt r2 him q1
	introduce us p2 him q2

	ip netns exec rt sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
	ip -n us route add 10.0.2.0/24 via 10.0.1.254
	ip -n us route add fd00:2::/64 via fd00:1::fe
	ip -n him route add 10.0.1.0/24 via 10.0.2.254
	ip -n him route add fd00:1::/64 via fd00:2::fe
}

# age_packets NETNS DEV TTL: what leaves there has seen that many routers, it seems
age_packets()
{
	tc -n "$1" qdisc add dev "$2" clsact
	tc -n "$1" filter add dev "$2" egress protocol ip u32 match u32 0 0 \
		action pedit ex munge ip ttl set "$3" pipe action csum ip
	tc -n "$1" filter add dev "$2" egress protocol ipv6 u32 match u32 0 0 \
		action pedit ex munge ip6 hoplimit set "$3"
}

rejuvenate_packets() { tc -n "$1" qdisc del dev "$2" clsact; }

# cut_wires {us|him}: what that end sends is lost
cut_wires()
{
	local ns=$1 dev

	for dev in $(devices "$ns"); do
		tc -n "$ns" qdisc add dev "$dev" root netem loss 100%
	done
}

heal_wires()
{
	local ns=$1 dev

	for dev in $(devices "$ns"); do
		tc -n "$ns" qdisc del dev "$dev" root
	done
}

devices()
{
	case $1 in
	us)	echo p0 p1 p2 ;;
	him)	echo q0 q1 q2 ;;
	esac
}

# ---------------------------------------------------------------- our end

load_module() { insmod "$MODULES_DIR/bfd.ko"; }

# key PATH: what bfdctl calls it
key()
{
	local key="peer ${HIS[$1]} local ${OURS[$1]}"

	[[ ! ${OUR_DEV[$1]:-} ]] || key+=" dev ${OUR_DEV[$1]}"
	[[ $1 != vrf ]] || key+=" vrf red"
	[[ $1 != *-multihop ]] || key+=" multihop"
	echo "$key"
}

# each_session VERB [PARAMS]: for all of $paths, in one batch
each_session()
{
	local verb=$1 path min_ttl

	shift
	for path in $paths; do
		min_ttl=
		[[ $verb != add || $path != *-multihop ]] || min_ttl="min-ttl $our_min_ttl"
		echo "session $verb $(key "$path") $* $min_ttl"
	done | bfdctl -n us -b -
}

our_add()
{
	each_session add tx "$our_tx" rx "$our_rx" mult "$our_mult" passive "$our_passive"
}

our_set() { each_session set tx "$our_tx" rx "$our_rx" mult "$our_mult"; }
our_del() { each_session del; }

start_monitor()
{
	if [[ ${monitor:-} ]]; then
		kill "$monitor" 2> /dev/null
		wait "$monitor"
	fi
	bfdctl -n us -j monitor >> /tmp/monitor &
	monitor=$!
	wait_for somebody_listens
}

# A generic netlink socket in a multicast group
somebody_listens() { us awk '$2 == 16 && $4 !~ /^0*$/ { n++ } END { exit !n }' /proc/net/netlink; }

# A line a session. jq would take half a second of an emulated machine; indented JSON
# has one key a line.
our_look()
{
	bfdctl -n us -j -p -s session show | awk -F '": ' '
		{ sub(/^ *"/, "", $1); gsub(/[",]/, "", $2); value[$1] = $2 }
		/^  }/ {
			print value["peer"], value["local-state"], value["local-diagnostic"],
				value["remote-diagnostic"], value["negotiated-tx-interval"] / 1000,
				value["negotiated-rx-interval"] / 1000,
				value["detection-time"] / 1000, value["down-count"],
				value["local-discriminator"], value["remote-discriminator"]
			delete value
			value["remote-diagnostic"] = "-"
		}
		BEGIN { value["remote-diagnostic"] = "-" }'
}

# ---------------------------------------------------------------- both ends

look()
{
	local who path state diag rdiag tx rx detect downs discr rdiscr

	our=() his=()
	while read -r who state diag rdiag tx rx detect downs discr rdiscr; do
		path=${PATH_OF[$who]:-$who}
		remember our state diag rdiag tx rx detect downs discr rdiscr
	done < <(our_look 2> /dev/null)
	while read -r path state diag rdiag tx detect downs rdiscr; do
		remember his state diag rdiag tx detect downs rdiscr
	done < <(peer_look 2> /dev/null)
}

# remember ARRAY FIELD...: what variables named FIELD hold, for $path of look()
remember()
{
	local -n array=$1
	local field

	shift
	for field; do
		array[$path,$field]=${!field}
	done
}

# await CONDITION [ARGS...]: CONDITION PATH ARGS holds for all of $paths at once; what
# does not within a minute fails its path. A minute of the guest's, and forty looks: time
# may fly in a guest that waits for its host.
await()
{
	local condition=$1 path deadline=$((SECONDS + 60)) looks=0 left

	shift
	while
		left=
		look
		for path in $paths; do
			"$condition" "$path" "$@" || left+=" $path"
		done
		looks=$((looks + 1))
		[[ $left ]] && [[ $SECONDS -lt $deadline || $looks -lt 40 ]]
	do
		sleep $((looks > 10)).1
	done
	for path in $left; do
		why[$path]+="never $condition $*: we $(seen our "$path"); he $(seen his "$path")"$'\n'
	done
}

# verify CONDITION [ARGS...]: it holds now, by what look() last saw
verify()
{
	local condition=$1 path

	shift
	for path in $paths; do
		"$condition" "$path" "$@" ||
			why[$path]+="not $condition $*: we $(seen our "$path"); he $(seen his "$path")"$'\n'
	done
}

seen()
{
	local -n array=$1
	local field

	for field in state diag rdiag tx rx detect downs; do
		printf '%s %s ' $field "${array[$2,$field]:--}"
	done
}

# Conditions. PATH comes first.

we_are() { [[ ${our[$1,state]:-none} = "$2" ]]; }
he_is() { [[ ${his[$1,state]:-none} = "$2" ]]; }
both_are() { we_are "$1" "$2" && he_is "$1" "${3:-$2}"; }
left_up() { [[ $1 = down || $1 = init ]]; }
both_left_up() { left_up "${our[$1,state]:-}" && left_up "${his[$1,state]:-}"; }

# our_diag PATH DIAG: why we last left Up, as we told the world then
our_diag()
{
	grep '"from": *"up"' /tmp/monitor | grep "\"peer\": *\"${HIS[$1]}\"" | tail -n 1 |
		grep -q "\"local-diagnostic\": *\"$2\""
}

# His diagnostic: as it came over the wire, and as he shows it if he does
his_diag()
{
	[[ ${his[$1,diag]:--} = - || ${his[$1,diag]} = "$2" ]] &&
		[[ ${our[$1,rdiag]:-$2} = "$2" ]]
}

# RFC 5880 6.8.4 and 6.8.7, at both ends
agreed()
{
	local tx rx

	tx=$((our_tx > his_rx ? our_tx : his_rx))
	rx=$((his_tx > our_rx ? his_tx : our_rx))
	both_are "$1" up &&
		[[ ${our[$1,tx]} = "$tx" && ${our[$1,rx]} = "$rx" ]] &&
		[[ ${our[$1,detect]} = $((his_mult * rx)) ]] &&
		[[ ${his[$1,tx]} = "$rx" && ${his[$1,detect]} = $((our_mult * tx)) ]]
}

# steady DOWNS: neither end left Up since note_downs
declare -A noted
note_downs()
{
	local path

	look
	for path in $paths; do
		noted[our,$path]=${our[$path,downs]:-} noted[his,$path]=${his[$path,downs]:-}
	done
}

steady()
{
	both_are "$1" up && [[ ${our[$1,downs]} = "${noted[our,$1]}" ]] &&
		[[ ${his[$1,downs]} = "${noted[his,$1]}" ]]
}

# ---------------------------------------------------------------- the wire

# Everything is recorded at his end and judged at the end of the run: tshark is slow to
# start. mark NAME remembers when.
declare -A marks
mark() { marks[$1]=$EPOCHREALTIME; }

start_capture()
{
	# Each slot of its ring has the size of the longest packet it may take: ask for
	# short ones, or there are but eight
	ip netns exec him tcpdump -i any -s 160 -B 8192 -U --immediate-mode -w /tmp/wire.pcap -Z root \
		'udp port 3784 or udp port 4784' 2> /tmp/tcpdump.log &
	capture=$!
	wait_for [ -s /tmp/wire.pcap ]
}

# Columns of wire.tsv
COLUMNS_OF_WIRE=(frame.time_epoch ip.src ipv6.src bfd.sta bfd.diag bfd.flags.p bfd.flags.f
	bfd.my_discriminator ip.ttl ipv6.hlim ip.dsfield.dscp ipv6.tclass.dscp
	udp.srcport udp.checksum.status ip.checksum.status _ws.expert.message _ws.malformed)

stop_capture()
{
	local column fields=()

	kill "$capture"
	wait "$capture"
	grep -q '^0 packets dropped by kernel' /tmp/tcpdump.log ||
		result "the capture is whole" "$(< /tmp/tcpdump.log)"
	for column in "${COLUMNS_OF_WIRE[@]}"; do
		fields+=(-e "$column")
	done
	HOME=/tmp tshark -n -r /tmp/wire.pcap -o udp.check_checksum:TRUE \
		-o ip.check_checksum:TRUE -T fields -E separator=';' -E occurrence=f \
		"${fields[@]}" > /tmp/wire.tsv 2> /tmp/tshark.log
}

# on_wire ADDRESS FROM TO AWK...: runs AWK on what ADDRESS sent between two marks. Column
# names are variables holding their number, dots as underscores.
on_wire()
{
	local address=$1 from=${marks[$2]} to=${marks[$3]} i assign=()

	shift 3
	for i in "${!COLUMNS_OF_WIRE[@]}"; do
		assign+=(-v "${COLUMNS_OF_WIRE[i]//./_}=$((i + 1))")
	done
	awk -F ';' "${assign[@]}" -v address="$address" -v from="$from" -v to="$to" '
		function hex(s) { sub(/^0x0*/, "", s); return s == "" ? "0" : s }
		function flag(s) { return s == 1 || s == "True" }
		$frame_time_epoch < from || $frame_time_epoch > to { next }
		address != "" && $ip_src != address && $ipv6_src != address { next }
		'"$1" /tmp/wire.tsv
}
