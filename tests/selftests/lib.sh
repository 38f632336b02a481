# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the selftests share. A script defines one function for each behaviour and ends
# with "run_tests NAME...": the function's name is the test's, each runs in a subshell
# under "set -e", so every command in it must succeed, and what has to fail is written
# "refused COMMAND". Results are TAP. Waiting is for a condition, with a bound that only
# a broken kernel reaches; nothing here asserts a time on a machine whose load it does
# not know. The lab turns a run red when the kernel complained or leaked.

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
BIN=${SELFTESTS_BIN:-$HERE/../../build/selftests}
PATH=$BIN:$PATH
WORK=$(mktemp -d)
MODULE=${MODULE:-bfd}
KO=$MODULES_DIR/$MODULE.ko
export LC_ALL=C

say() { echo "# $*"; }

skip() { say "SKIP $*"; exit 4; }

# in_memory FILE|PROGRAM...: time flies in the deterministic guest while it waits for its
# host, and to open a file of the host's, or to follow a link, is such a wait. So what
# tests run comes into memory first: our programs to a folder there, all others where
# they are, for the overlay copies what is touched
in_memory()
{
	local file files=(/bin /sbin /lib /lib64 /var/run /etc/ld.so.cache)

	[[ ${ICOUNT:-} ]] || return 0
	if [[ ! -d /tmp/bin ]]; then
		mkdir /tmp/bin
		find "$BIN" -maxdepth 1 -type f -exec cp {} /tmp/bin \;
	fi
	PATH=/tmp/bin:${PATH#*:}
	: > "$WORK/libraries"
	for file; do
		[[ $file = /* ]] || file=$(type -P "$file")
		[[ ! -e /tmp/bin/.${file//\//-} ]] || continue
		: > "/tmp/bin/.${file//\//-}"
		files+=("$file")
		[[ ! -f $file || ! -x $file ]] || LD_TRACE_LOADED_OBJECTS=1 "$file" >> "$WORK/libraries"
	done
	mapfile -t -O ${#files[@]} files < <(grep -o '/[^ ]*' "$WORK/libraries" | sort -u)
	touch -ch "${files[@]}"
	touch -c "${files[@]}"
}

# The debug kernel is some ten times slower, and the proof does not need the numbers
many() { if [[ $KERNEL = debug ]]; then echo "$2"; else echo "$1"; fi; }

load() { insmod "$KO"; }

# A reference a moment old (a dump that is closing) may make the first try fail
unload() { wait_for 20 rmmod "$MODULE" 2> "$WORK/rmmod" || { cat "$WORK/rmmod"; return 1; }; }

loaded() { [[ -d /sys/module/$MODULE ]]; }

# wait_for SECONDS COMMAND...: as many tries as would fit if they took no time. In the
# deterministic guest sleep is free and a try is not, so they get rare
wait_for()
{
	local end=$((10 * $1)) waited=0 nap=1

	shift
	until "$@"; do
		if ((waited >= end)); then
			say "waited in vain for: $*"
			return 1
		fi
		[[ ! ${ICOUNT:-} ]] || nap=$((waited < 10 ? 1 : waited / 5))
		sleep $((nap / 10)).$((nap % 10))
		((waited += nap))
	done
}

# The command must fail, with its reason on stderr; the reason is left in $WORK/why
refused()
{
	if "$@" > /dev/null 2> "$WORK/why"; then
		say "was not refused: $*"
		return 1
	fi
}

because() { grep -q -- "$1" "$WORK/why" || { say "refused, but: $(< "$WORK/why")"; return 1; }; }

# same WHAT EXPECTED FOUND
same()
{
	[[ $2 == "$3" ]] || { say "$1: expected $2, found $3"; return 1; }
}

# Where tests run, unless a script says otherwise
setup() { two_hosts; }

# Two hosts, a and b, and a wire: va 10.0.0.1 fd00::1 -- 10.0.0.2 fd00::2 vb
two_hosts()
{
	local ns

	for ns in a b; do
		ip netns add $ns
		ip -n $ns link set lo up
	done
	wire
}

wire()
{
	ip link add va netns a type veth peer name vb netns b
	address a va 1
	address b vb 2
}

# Neighbours are permanent: what is lost is lost for a reason
address()
{
	local ns=$1 dev=$2 n=$3 other=$((3 - $3))

	ip -n "$ns" link set "$dev" address 02:00:00:00:00:0"$n" up
	ip -n "$ns" addr replace 10.0.0."$n"/24 dev "$dev"
	ip -n "$ns" addr replace fd00::"$n"/64 dev "$dev" nodad
	ip -n "$ns" neigh replace 10.0.0."$other" lladdr 02:00:00:00:00:0"$other" dev "$dev"
	ip -n "$ns" neigh replace fd00::"$other" lladdr 02:00:00:00:00:0"$other" dev "$dev"
}

no_hosts()
{
	local ns

	for ns in $(ip netns list | cut -d ' ' -f 1); do
		ip netns del "$ns"
	done
}

bfd() { local ns=$1; shift; bfdctl -n "$ns" "$@"; }

# Values are taken from JSON by pattern: a process less for each look
value() { [[ $2 =~ \"$1\":\"?([^\",}]*) ]] && echo "${BASH_REMATCH[1]}"; }

# field NETNS NAME KEY... : a member of the one session meant, or of its statistics
field() { value "$2" "$(bfdctl -n "$1" -j -s session show "${@:3}")"; }

is() { [[ $(field "$1" "$2" "${@:4}") == "$3" ]]; }

# up NETNS KEY... : the bound is a slow start at a busy time
up() { wait_for 60 is "$1" local-state up "${@:2}"; }

down() { wait_for 60 is "$1" local-state down "${@:2}"; }

# have NETNS NUMBER [STATE]: as many sessions
have()
{
	[[ $(bfdctl -n "$1" -j session show ${3:+state "$3"} |
		grep -o '"local-discriminator"' | wc -l) -eq $2 ]]
}

counter() { value "$2" "$(bfdctl -n "$1" -j stats)"; }

counted() { [[ $(counter "$1" "$2") -ge $3 ]]; }

# more NETNS FIELD NUMBER KEY...
more() { [[ $(field "$1" "$2" "${@:4}") -gt $3 ]]; }

# still NETNS KEY...: it is up, and never was anything else since it came up
still()
{
	is "$1" local-state up "${@:2}"
	is "$1" up-count 1 "${@:2}"
	is "$1" down-count 0 "${@:2}"
}

# capture N FILTER...: so many packets as b sees them, in $CAUGHT, a line each
capture()
{
	begin_capture "$@"
	end_capture
}

# From when the former returns on, nothing is missed
begin_capture()
{
	: > "$WORK/listening"
	timeout 120 ip netns exec b tcpdump -i vb -c "$1" -neevv "${@:2}" \
		> "$WORK/caught" 2> "$WORK/listening" &
	CAPTURE=$!
	wait_for 20 grep -q "listening on" "$WORK/listening"
}

end_capture()
{
	wait "$CAPTURE" || { say "too few packets"; return 1; }
	CAUGHT=$(sed 'N; s/\n */ /' "$WORK/caught")
}

# caught WHAT NUMBER PATTERN
caught() { same "$1" "$2" "$(grep -c -e "$3" <<< "$CAUGHT")" || { say "$CAUGHT"; return 1; }; }

# packet_in DEV [TCPDUMP WORDS...]: the next such packet that comes to b, whole, in hexadecimal
packet_in()
{
	ip netns exec b tcpdump -i "$1" -c 1 -t -xx -n --immediate-mode -Z root "${@:2}" \
		2> "$WORK/tcpdump" | sed -n 's/^\t0x[0-9a-f]*: *//p' | tr -d ' \n'
}

# bytes WHAT EXPECTED: the first bytes of $PACKET, dots for any; they are taken off
bytes()
{
	local what=$1 expected=${2// }

	[[ ${PACKET:0:${#expected}} =~ ^${expected}$ ]] ||
		{ say "$what: expected $expected, found ${PACKET:0:${#expected}}"; return 1; }
	PACKET=${PACKET:${#expected}}
}

WATCHERS=()

# watch NETNS: follow what becomes of its sessions
watch()
{
	bfdctl -n "$1" -j monitor > "$WORK/events.$1" &
	WATCHERS+=($!)
	sleep 1
}

unwatch()
{
	kill "${WATCHERS[@]}"
	wait "${WATCHERS[@]}" || :
	WATCHERS=()
}

went_down() { grep -q '"to":"down"' "$WORK/events.$1"; }
first_down() { grep -m 1 '"to":"down"' "$WORK/events.$1"; }

# peer NETNS DEV MAC SRC DST: a scripted one, see peer/bfd_peer.c; "tell" talks to it
peer()
{
	local ns=$1
	shift
	# One at a time: what the last one still sends would not be this one's
	exec 8>&- 9<&-
	[[ ! ${PEER:-} ]] || { kill "$PEER"; wait "$PEER" || :; }
	rm -f "$WORK"/peer.{in,out}
	mkfifo "$WORK"/peer.{in,out}
	ip netns exec "$ns" bfd_peer "$@" < "$WORK/peer.in" > "$WORK/peer.out" \
		2>> "$WORK/peer.log" &
	PEER=$!
	exec 8> "$WORK/peer.in" 9< "$WORK/peer.out"
}

# The answer stays in $ANSWER
tell()
{
	echo "$@" >&8
	read -r -t 300 ANSWER <&9 || ANSWER="no: the peer is gone"
	[[ $ANSWER == ok* ]] || { say "peer: $*: ${ANSWER#no: }"; return 1; }
}

# What a field had in the packet the last "tell expect" found
said() { [[ " $ANSWER " =~ \ $1=([0-9]+)\  ]] && echo "${BASH_REMATCH[1]}"; }

drops() { bfd a -j stats | grep -oE '"(drop|unsolicited)-[a-z-]*":[0-9]*'; }

# dropped COUNTER FIELD=VALUE... : such a packet is counted, under this name only
dropped()
{
	local name=$1 before after

	shift
	before=$(drops)
	tell send "$@"
	wait_for 30 counted a "$name" $(($(value "$name" "$before") + 1))
	after=$(drops)
	before=${before/\"$name\":$(value "$name" "$before")/}
	same "other drops" "$before" "${after/\"$name\":$(value "$name" "$after")/}"
}

# What the module has in a network namespace
forget()
{
	bfdctl -n "$1" unsolicited del all && bfdctl -n "$1" session del all &&
		bfdctl -n "$1" reflector del all
}

# Whatever a test leaves behind, the next one starts without sessions and helpers
clean()
{
	local ns

	loaded || return 0
	for ns in $(ip netns list | cut -d ' ' -f 1); do
		forget "$ns"
	done
}

finish()
{
	clean
	no_hosts
	! loaded || unload
	rm -rf "$WORK"
}

one_test()
{
	TEST=$1
	set -eE
	trap 'say "$TEST: line ${BASH_LINENO[*]}: $BASH_COMMAND"' ERR
	# shellcheck disable=SC2046  # they are numbers
	trap 'kill $(jobs -p) 2> /dev/null || :; wait' EXIT
	"$1"
}

run_tests()
{
	local name n=0 bad=0 rc start

	in_memory bash ip insmod rmmod bfdctl setpriv sysctl grep sed cut wc tr cat rm mkfifo seq \
		sleep kill /etc/iproute2/*
	echo "TAP version 13"
	echo "1..$#"
	setup
	for name; do
		start=$SECONDS
		# Not "if (...)": that would switch "set -e" off inside
		(one_test "$name")
		rc=$?
		((++n))
		case $rc in
		0)	echo "ok $n - $name # $((SECONDS - start)) s" ;;
		4)	echo "ok $n - $name # SKIP" ;;
		*)	echo "not ok $n - $name"; ((++bad)); no_hosts; setup ;;
		esac
		clean
	done
	finish
	[[ $bad -eq 0 ]]
	exit
}
