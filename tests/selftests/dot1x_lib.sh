# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the selftests of dot1x.ko share, on top of lib.sh. The place:
#
#	sup: eth0 01:01 ---- p1 a:1 :aut: up1 a:9 ---- eth0 2:1 :lan
#	sup: eth1 01:02 ---- p2 a:2 :aut
#
# all 02:00:00:00:x. By "bridged" the three of aut are ports of br0 (b:0); by
# "routed" p1 is 10.0.0.254 (sup 10.0.0.1), p2 10.0.2.254 and up1 192.0.2.254 (lan
# 192.0.2.1). Programs that are talked to have names: "start NAME NETNS COMMAND..."
# runs one, "ask NAME WORDS..." tells it something, its answer stays in $ANSWER.

MODULE=dot1x
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

SUP=02:00:00:00:01:01 SUP2=02:00:00:00:01:02 OTHER=02:00:00:00:01:99
LAN=02:00:00:00:02:01 BR=02:00:00:00:0b:00
P1=02:00:00:00:0a:01 P2=02:00:00:00:0a:02 UP1=02:00:00:00:0a:09
declare -A IN OUT PID
IN_FLOW=1 OUT_FLOW=2 OTHER_FLOW=3

in_memory bash ip bridge nft tc sysctl nsenter setpriv insmod rmmod modprobe awk grep sed cut tr \
	wc cat head rm mkdir mkfifo sleep kill dot1xctl eapol_peer /usr/lib/ssl/openssl.cnf \
	/etc/iproute2/* /lib/modprobe.d/* /lib/modules/"$(uname -r)"/modules.*

# No other namespace has ports when its test is over
clean() { ! loaded || ctl port del all 2> /dev/null || :; }

# No neighbour discovery and no router solicitation: what is heard was sent by a test
silent()
{
	local ns

	for ns; do
		ip netns add "$ns"
		ip netns exec "$ns" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 \
			net.ipv6.conf.default.disable_ipv6=1
		ip -n "$ns" link set lo up
	done
}

# link NETNS DEV MAC NETNS DEV MAC
link()
{
	ip link add "$2" netns "$1" address "$3" type veth peer name "$5" netns "$4" address "$6"
}

up_all()
{
	printf 'link set %s up\n' p1 p2 up1 | ip -n aut -b -
	printf 'link set %s up\n' eth0 eth1 | ip -n sup -b -
	ip -n lan link set eth0 up
}

# The kernel patches its code when the first hook of a kind comes and when the last one
# goes. Under a flood an emulator with a thread for each CPU may then execute for ever
# what was there before (QEMU 7.2), so there always is a hook of each kind, on a device
# of its own
keep_hooks()
{
	ip -n aut link add keep type dummy
	ip netns exec aut nft -f - <<-END
		table netdev keep {
			chain in {
				type filter hook ingress device keep priority 0
			}
			chain out {
				type filter hook egress device keep priority 0
			}
		}
	END
}

place()
{
	silent sup aut lan
	keep_hooks
	link sup eth0 $SUP aut p1 $P1
	link sup eth1 $SUP2 aut p2 $P2
	link lan eth0 $LAN aut up1 $UP1
}

# bridged [ARGUMENTS of the bridge]
# shellcheck disable=SC2120  # who sources this may give some
bridged()
{
	place
	ip -n aut -b - <<-END
		link add br0 address $BR type bridge forward_delay 0 mcast_snooping 0 $*
		link set p1 master br0
		link set p2 master br0
		link set up1 master br0
		link set br0 up
	END
	up_all
	wait_for 20 forwarding
}

forwarding() { [[ $(bridge -n aut link | grep -c 'state forwarding') -eq 3 ]]; }

routed()
{
	place
	up_all
	ip netns exec aut sysctl -qw net.ipv4.ip_forward=1
	ip -n aut -b - <<-END
		addr add 10.0.0.254/24 dev p1
		addr add 10.0.2.254/24 dev p2
		addr add 192.0.2.254/24 dev up1
		neigh add 10.0.0.1 lladdr $SUP dev p1
		neigh add 192.0.2.1 lladdr $LAN dev up1
	END
	ip -n sup -b - <<-END
		addr add 10.0.0.1/24 dev eth0
		route add default via 10.0.0.254
		neigh add 10.0.0.254 lladdr $P1 dev eth0
	END
	ip -n lan -b - <<-END
		addr add 192.0.2.1/24 dev eth0
		route add default via 192.0.2.254
		neigh add 192.0.2.254 lladdr $UP1 dev eth0
	END
}

setup() { bridged; }

# ---------------------------------------------------------------- programs

# run NAME COMMAND...: with a fifo for each way, which stays for the next test. Its stderr
# is in a log, or in $ERRORS
STARTED=0
run()
{
	local name=$1 fifo=$WORK/fifo.$((++STARTED)) in out
	shift

	[[ -p $fifo.in ]] || mkfifo "$fifo".{in,out}
	"$@" < "$fifo.in" > "$fifo.out" 2>> "${ERRORS:-$WORK/$name.log}" &
	PID[$name]=$!
	exec {in}> "$fifo.in" {out}< "$fifo.out"
	IN[$name]=$in OUT[$name]=$out
}

# start NAME NETNS COMMAND...
start()
{
	run "$1" nsenter --net="/run/netns/$2" "${@:3}"
	ask "$1" hello
}

ask()
{
	local name=$1
	shift

	ANSWER="no: $name is gone"
	echo "$@" >&"${IN[$name]}" && read -r -t 300 ANSWER <&"${OUT[$name]}" || :
	[[ $ANSWER == ok* ]] || { say "$name: $*: ${ANSWER#no: }"; return 1; }
}

# ask_refused NAME WORDS...: it answers "no", with that reason in $ANSWER
ask_refused()
{
	local name=$1

	echo "${@:2}" >&"${IN[$name]}"
	read -r -t 300 ANSWER <&"${OUT[$name]}"
	[[ $ANSWER == no:* ]] || { say "$name: ${*:2}: was not refused"; return 1; }
}

# What a field had in the last answer
told() { [[ " $ANSWER " =~ \ $1=([^ ]*)\  ]] && echo "${BASH_REMATCH[1]}"; }

stop()
{
	eval "exec ${IN[$1]}>&- ${OUT[$1]}<&-"
	wait "${PID[$1]}" 2> /dev/null || :
	unset "IN[$1]" "OUT[$1]" "PID[$1]"
}

# The agent, as kill -9 leaves it
die_agent()
{
	{ kill -9 "${PID[$1]}"; wait "${PID[$1]}" || :; } 2> /dev/null
	stop "$1"
}

agent()
{
	start agent aut dot1x_agent
	ask agent policy "${1:-challenge}"
	ask agent register
}

# An answer means that it listens: what comes from now on is heard
sup()
{
	start "${3:-sup}" sup eapol_peer "${1:-eth0}" "${2:-$SUP}"
	ask "${3:-sup}" flush
}

# ---------------------------------------------------------------- what the module says

ctl() { dot1xctl -n aut "$@"; }

# port NAME [DEV], client NAME [MAC [DEV]]: a member of the JSON
port() { value "$1" "$(ctl -j -s port show dev "${2:-p1}")"; }
client() { value "$1" "$(ctl -j -s client show dev "${3:-p1}" mac "${2:-$SUP}" 2> /dev/null)"; }

port_is() { [[ $(port "$1" "${3:-p1}") == "$2" ]]; }
client_is() { [[ $(client "$1" "${3:-$SUP}" "${4:-p1}") == "$2" ]]; }

authorized() { port_is auth-controlled-port-status authorized "${1:-p1}"; }
unauthorized() { port_is auth-controlled-port-status unauthorized "${1:-p1}"; }
await_authorized() { wait_for 20 authorized "$@"; }
await_unauthorized() { wait_for 20 unauthorized "$@"; }

# clients NUMBER [DEV]
clients() { [[ $(ctl -j client show dev "${2:-p1}" | grep -o '"mac"' | wc -l) -eq $1 ]]; }

# Of the namespace, since it came up; of a port, since it was added
counter() { value "$1" "$(ctl -j stats)"; }
counter_is() { [[ $(counter "$1") == "$2" ]]; }
counted() { [[ $(port "$1") -ge $2 ]]; }

# one_more COUNTER COMMAND...: the command makes it grow by one, and nothing less
one_more()
{
	local name=$1 before

	before=$(counter "$name")
	"${@:2}"
	wait_for 10 counter_is "$name" $((before + 1)) || :
	same "$name" $((before + 1)) "$(counter "$name")"
}

# ---------------------------------------------------------------- what passes

# counts NAME NETNS [-i] [-x DEV]: from now on
counts() { start "$1" "$2" frame_count "${@:3}" $IN_FLOW $OUT_FLOW $OTHER_FLOW; }

# passed NAME FLOW: how many the counter has seen; see: the same, in $SEEN
passed() { see "$@" && echo "$SEEN"; }

see()
{
	local answer

	ask "$1" count
	read -ra answer <<< "$ANSWER"
	SEEN=${answer[$2]}
}

# Ready for "lets" and "shuts"
probes()
{
	local src=${1:-$SUP}

	start flood_in sup frame_flood eth0 $IN_FLOW
	start flood_out lan frame_flood eth0 $OUT_FLOW
	ask flood_in set src="$src" dst=$LAN own=$BR kinds=ipv4
	ask flood_out set src=$LAN dst="$src" own=$BR kinds=ipv4
	counts seen_lan lan -i
	counts seen_sup sup -i -x eth1
	ERRORS=/proc/self/fd/1 run look dot1xctl -n aut -j -s -force -b -
}

# has_passed NAME FLOW COUNT
has_passed() { see "$1" "$2" && [[ $SEEN -ge $3 ]]; }

# No frame is on its way any more
quiet()
{
	local before

	before=$(passed seen_lan $IN_FLOW) before+=" $(passed seen_sup $OUT_FLOW)"
	sleep 0.1
	[[ "$(passed seen_lan $IN_FLOW) $(passed seen_sup $OUT_FLOW)" = "$before" ]]
}

# What port $PORT has dropped, one way; drops: the same, in $DROPS. It is asked so often
# that a dot1xctl stands by for it
PORT=p1
dropped() { drops "$@" && echo "$DROPS"; }

drops()
{
	local port

	DROPS=0
	echo "port show dev $PORT" >&"${IN[look]}"
	read -r -t 300 port <&"${OUT[look]}"
	[[ $port != Error* ]] || return 0
	[[ $port =~ \"drop-$1-unauthorized\":([0-9]+) ]]
	DROPS=${BASH_REMATCH[1]}
	[[ $port =~ \"drop-link-lost\":([0-9]+) ]]
	((DROPS += BASH_REMATCH[1])) || :
}

# Each of so many frames has arrived, or was dropped at the gate
accounted()
{
	see "$1" "$2"
	ARRIVED=$((SEEN - $4))
	[[ $ARRIVED -lt $3 ]] || return 0
	drops "$5"
	[[ $((DROPS - $6 + ARRIVED)) -ge $3 ]]
}

# tries in|out [NUMBER]: ten frames; how many arrived, in $ARRIVED
tries()
{
	local at=seen_lan flow=$IN_FLOW n=${2:-10} before

	[[ $1 = in ]] || at=seen_sup flow=$OUT_FLOW
	see $at $flow
	before=$SEEN
	drops "$1"
	ask "flood_$1" burst "$n"
	wait_for 3 accounted $at $flow "$n" "$before" "$1" "$DROPS" > /dev/null || :
}

# lets [in|out]..., shuts [in|out]...: all of ten frames pass, none does
lets()
{
	local way

	[[ $# -gt 0 ]] || set -- in out
	for way; do
		tries "$way"
		same "frames that pass $way" 10 "$ARRIVED"
	done
}

shuts()
{
	local way

	[[ $# -gt 0 ]] || set -- in out
	for way; do
		tries "$way"
		same "frames that leak $way" 0 "$ARRIVED"
	done
}
