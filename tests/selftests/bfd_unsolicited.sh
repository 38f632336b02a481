#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Unsolicited BFD (RFC 9468): a has a policy for its device va and no session. Who asks
# for one is b's bfd.ko, or a scripted peer there that can be anybody.

. "$(dirname "$0")/lib.sh"

MAC=02:00:00:00:00:01
KEY="peer 10.0.0.2"

allow() { bfd a unsolicited add dev va "$@"; }

# What peers are asked to do
ask() { bfd b session add peer 10.0.0.1 dev vb tx 100 rx 100 "$@"; }

# meet [PARAMS...]: Up by the policy
meet()
{
	allow allow 10.0.0.0/24 tx 100 rx 100 "$@"
	ask
	up b peer 10.0.0.1
	up a $KEY
}

lose() { tc -n b qdisc add dev vb root netem loss 100%; }
heal() { tc -n b qdisc del dev vb root; }

stranger()
{
	peer b vb $MAC "${1:-10.0.0.2}" "${2:-10.0.0.1}"
	tell learn 0
}

# of_policy NAME [DEV]: a member of it
of_policy() { value "$1" "$(bfd a -j unsolicited show dev "${2:-va}")"; }

none() { ! bfd a session show $KEY > /dev/null 2>&1; }

# left_alone FIELD=VALUE... : such a packet goes up the stack
left_alone()
{
	local before

	before=$(counter a not-ours)
	tell send "$@"
	wait_for 30 counted a not-ours $((before + 1))
}

# heard EVENT: when a was told, ns
heard()
{
	local line

	line=$(grep "$1" "$WORK/heard" | tail -n 1)
	[[ $line ]] && value timestamp "$line"
}

listen()
{
	bfdctl -n a -j monitor > "$WORK/heard" &
	sleep 2
}

# after FROM TO MIN MAX: TO was told so long after FROM, ms; the longest where time is
# exact, and as far as timers of the kernel are that may wait for others
after()
{
	local ms

	ms=$((($(heard "$2") - $(heard "$1")) / 1000000))
	say "$2 $ms ms after $1"
	[[ $ms -ge $3 ]]
	[[ ! ${ICOUNT:-} || $ms -le $4 ]]
}

session_is_made()
{
	meet mult 4
	have a 1
	is a unsolicited true $KEY
	is a passive true $KEY
	is a local 10.0.0.1 $KEY
	is a dev va $KEY
	is a desired-min-tx-interval 100000 $KEY
	is a required-min-rx-interval 100000 $KEY
	is a local-multiplier 4 $KEY
	is b remote-discriminator "$(field a local-discriminator $KEY)" peer 10.0.0.1
	is b down-count 0 peer 10.0.0.1
	same sessions 1 "$(of_policy sessions)"
	# Nobody asked for the peer's
	is b unsolicited false peer 10.0.0.1
}

sessions_of_ipv6()
{
	allow allow fd00::/64 allow fe80::/10
	ip -n a addr add fe80::1/64 dev va nodad
	ip -n b addr add fe80::2/64 dev vb nodad
	bfd b session add peer fd00::1 dev vb
	bfd b session add peer fe80::1 local fe80::2 dev vb
	# IPv4 is not allowed
	ask
	up b peer fd00::1
	up b peer fe80::1
	up a peer fd00::2
	is a local fe80::1 peer fe80::2
	wait_for 20 counted a unsolicited-not-allowed 1
	have a 2
}

# The first packet is the one that is answered: nobody waits for the next
answer_is_as_the_standard_says()
{
	allow allow 10.0.0.2 tx 200 rx 150 mult 7
	stranger
	tell answer 0
	tell sleep 1
	tell never 1 my!=0
	tell send state=down my=0xabcd
	tell expect 20 ttl=255 csum=good size=24 len=24 ver=1 dport=3784 state=init diag=0 p=0 f=0 \
		a=0 d=0 m=0 mult=7 your=0xabcd tx=1000000 rx=150000 my!=0
	is a receive-packet-count 1 $KEY
	tell every 100
	tell up 20
	up a $KEY
}

what_is_wrong_is_refused_by_reason()
{
	# All of IPv4: what is refused is not for its prefix
	allow allow 0.0.0.0/0
	stranger
	dropped drop-ttl ttl=254
	dropped drop-checksum csum=bad
	dropped drop-version ver=2
	dropped drop-length len=23
	dropped drop-too-short size=16
	dropped drop-detect-mult-zero mult=0
	dropped drop-multipoint m=1
	dropped drop-my-discriminator-zero my=0
	dropped drop-your-discriminator-zero state=init
	dropped drop-your-discriminator-zero state=up
	dropped drop-auth-unexpected a=1 len=28 size=28
	dropped drop-unsolicited-state state=admin-down
	dropped drop-unsolicited-source src=192.0.2.9
	dropped drop-unsolicited-source src=10.0.1.2
	dropped drop-unsolicited-source src=10.0.0.1
	dropped drop-unsolicited-source src=10.0.0.255
	dropped drop-unsolicited-source src=127.0.0.1
	dropped drop-unsolicited-source src=224.0.0.1
	have a 0
	bfd a unsolicited set dev va allow ::/0
	dropped unsolicited-not-allowed
	stranger 2001:db8::2 fd00::1
	dropped drop-unsolicited-source
	dropped drop-unsolicited-source src=fd00::1
	dropped drop-checksum csum=zero
	have a 0
}

# Another daemon's neighbours may be on the same device
what_is_not_ours_is_left_alone()
{
	allow allow 10.0.0.2/32
	stranger
	left_alone src=10.0.0.3
	left_alone your=77
	left_alone dport=4784
	left_alone dst=10.0.0.77
	left_alone dport=7784
	bfd a unsolicited del dev va
	bfd a unsolicited add dev lo allow 10.0.0.2/32
	left_alone
	have a 0
}

# sum COUNTER...
sum()
{
	local name n=0

	for name; do
		((n += $(counter a "$name"))) || :
	done
	echo $n
}

ALL_OF_IT="receive-packet-count drop-unsolicited-limit drop-unsolicited-queue"

all_counted() { [[ $(sum $ALL_OF_IT) -ge $1 ]]; }

room() { [[ $(of_policy sessions) -le $1 ]]; }

# Forged sources take what they are allowed to and not more, and nobody's session
limits_hold_in_a_flood()
{
	local before i

	allow allow 10.0.0.0/24 max-sessions 4 tx 100 rx 100
	bfd a session add peer 10.0.0.250 dev va
	ask
	up b peer 10.0.0.1
	stranger 10.0.0.9
	tell set mult=3 tx=1000000
	before=$(sum $ALL_OF_IT)
	for i in 1 2 3 4 5; do
		tell sweep 200
	done
	wait_for 30 all_counted $((before + 1000))
	sleep 1
	same sessions 4 "$(of_policy sessions)"
	have a 5
	[[ $(counter a drop-unsolicited-limit) -gt 500 ]]
	is a unsolicited false peer 10.0.0.250
	is a down-count 0 $KEY
	is b down-count 0 peer 10.0.0.1
	# They never were Up: 3 s, and 3 s more
	wait_for 30 room 1
	is b down-count 0 peer 10.0.0.1
	tell send src=10.0.0.99
	wait_for 20 have a 3
}

# More than can wait at a time are refused, and counted
queue_is_bounded()
{
	local before limit queue all

	allow allow 10.0.0.0/24 max-sessions 1000
	stranger 10.0.0.9
	before=$(sum $ALL_OF_IT)
	limit=$(counter a drop-unsolicited-limit)
	queue=$(counter a drop-unsolicited-queue)
	tell sweep 200
	wait_for 30 all_counted $((before + 200))
	all=$(of_policy sessions)
	queue=$(($(counter a drop-unsolicited-queue) - queue))
	say "$all sessions of 200, $queue had no room to wait"
	[[ $all -ge 32 ]]
	same sessions 200 $((all + queue))
	same limit "$limit" "$(counter a drop-unsolicited-limit)"
	[[ ! ${ICOUNT:-} || $queue -gt 0 ]]
	# Those who had none ask again
	tell sweep 30
	bfd a unsolicited del all
	have a 0
}

goes_when_it_is_idle()
{
	listen
	meet idle 5s
	lose
	down a $KEY
	is a local-diagnostic control-expiry $KEY
	wait_for 20 none
	after '"to":"down"' '"event":"del"' 5000 5300
	same sessions 0 "$(of_policy sessions)"
	heal
	up b peer 10.0.0.1
	up a $KEY
}

who_returns_in_time_is_known()
{
	local id

	meet idle 20s
	id=$(field a local-discriminator $KEY)
	lose
	down a $KEY
	heal
	up a $KEY
	is a local-discriminator "$id" $KEY
	is a down-count 1 $KEY
	# ... and stays
	sleep 25
	is a local-state up $KEY
}

# A peer that holds it AdminDown is there: it has not gone
silence_is_what_counts()
{
	allow allow 10.0.0.2 idle 3s tx 100 rx 100
	listen
	stranger
	tell learn 1
	tell set tx=100000
	tell every 100
	tell up 20
	tell set state=admin-down
	down a $KEY
	sleep 8
	is a remote-state admin-down $KEY
	tell every 0
	wait_for 20 none
}

# Down before it ever was Up
who_never_was_up_goes_soon()
{
	listen
	allow allow 10.0.0.2 idle 60s
	stranger
	tell set mult=2 tx=1000000
	tell send
	wait_for 20 is a local-state init $KEY
	down a $KEY
	wait_for 20 none
	after '"to":"down"' '"event":"del"' 3000 3300
}

# as_asked KEY... : an administrator's session takes the place of the one that was made
as_asked()
{
	meet
	bfdctl -n b -j monitor > "$WORK/theirs" &
	sleep 2
	bfd a session add "$@" tx 100 rx 100 mult 9
	have a 1
	is a unsolicited false "$@"
	is a local-multiplier 9 "$@"
	same sessions 0 "$(of_policy sessions)"
	wait_for 20 grep -q '"from":"up"' "$WORK/theirs"
	grep '"from":"up"' "$WORK/theirs" | grep -q '"local-diagnostic":"neighbor-down"'
	up b peer 10.0.0.1
	up a "$@"
	sleep 3
	have a 1
	is b down-count 1 peer 10.0.0.1
}

administrator_asks_for_the_same() { as_asked $KEY local 10.0.0.1 dev va; }
administrator_asks_for_more() { as_asked $KEY; }

administrator_asks_for_another()
{
	meet
	bfd a session add $KEY local 10.0.0.1 dev vx
	bfd a session add $KEY vrf red
	bfd a session add $KEY local 10.0.0.9
	bfd a session add $KEY multihop
	have a 5
	is b down-count 0 peer 10.0.0.1
	same sessions 1 "$(of_policy sessions)"
	# One that finds its device later yields to nobody, and nobody to it, until it does
	ip -n a link set va down
	ip -n a link set va name vx
	address a vx 1
	wait_for 30 up a $KEY local 10.0.0.1 dev vx
	is a unsolicited false $KEY local 10.0.0.1 dev vx
	same sessions 0 "$(of_policy sessions vx)"
	ip -n a link set vx down
	ip -n a link set vx name va
	address a va 1
}

what_was_made_is_not_for_sessions_commands()
{
	meet
	refused bfd a session set $KEY mult 5
	because "unsolicited"
	bfd a session poll $KEY
	is b down-count 0 peer 10.0.0.1
	# Deleted, and made again because the peer asks again
	bfd a session del $KEY
	wait_for 20 is b down-count 1 peer 10.0.0.1
	up b peer 10.0.0.1
	is a unsolicited true $KEY
	# replace makes it the administrator's
	bfd a session replace $KEY local 10.0.0.1 dev va
	is a unsolicited false $KEY
	have a 1
}

policy_is_changed_under_its_sessions()
{
	meet
	bfd a unsolicited set dev va tx 50 rx 60 mult 8
	is a desired-min-tx-interval 50000 $KEY
	is a required-min-rx-interval 60000 $KEY
	is a local-multiplier 8 $KEY
	wait_for 20 is a polling false $KEY
	bfd a unsolicited set dev va max-sessions 1 idle 10s
	sleep 2
	is b down-count 0 peer 10.0.0.1
	bfd a unsolicited set dev va allow 10.0.0.128/25
	have a 0
	down b peer 10.0.0.1
	is b local-diagnostic neighbor-down peer 10.0.0.1
	bfd a unsolicited set dev va allow 10.0.0.128/25 allow 10.0.0.2
	up b peer 10.0.0.1
	bfd a unsolicited del dev va
	have a 0
	wait_for 30 is b down-count 2 peer 10.0.0.1
	sleep 5
	have a 0
}

# The policy waits for its device, the sessions go with it
device_goes_and_comes()
{
	meet
	ip -n a link del va
	have a 0
	same device 0 "$(of_policy ifindex)"
	wire
	up b peer 10.0.0.1
	is a unsolicited true $KEY
	# To another namespace
	ip netns add c
	ip -n a link set va netns c
	have a 0
	ip -n c link set va netns a
	address a va 1
	up b peer 10.0.0.1
	up a $KEY
	ip netns del c
}

device_is_renamed()
{
	local id

	meet
	id=$(field a local-discriminator $KEY)
	ip -n a link set va down
	ip -n a link set va name vz
	address a vz 1
	up a $KEY
	is a local-discriminator "$id" $KEY
	is a dev vz $KEY
	same sessions 1 "$(of_policy sessions vz)"
	# A policy that waits for the name gets the device
	bfd a unsolicited add dev va allow 10.0.0.0/24 mult 9
	ip -n a link set vz down
	ip -n a link set vz name va
	have a 0
	address a va 1
	up a $KEY
	is a local-multiplier 9 $KEY
	same device 0 "$(of_policy ifindex vz)"
}

device_is_down_for_a_while()
{
	meet idle 30s
	ip -n a link set va down
	down a $KEY
	is a local-diagnostic path-down $KEY
	address a va 1
	up a $KEY
	is a down-count 1 $KEY
}

port_of_a_vrf()
{
	ip -n a link add red type vrf table 100
	ip -n a link set red up
	ip -n a link set va master red
	address a va 1
	refused bfd a unsolicited add dev red allow ::/0
	because VRF
	meet
	is a unsolicited true $KEY
	# The administrator's, by the VRF
	bfd a session add $KEY vrf red
	have a 1
	is a unsolicited false $KEY
	up b peer 10.0.0.1
	ip -n a link del red
	address a va 1
}

# Two that are both passive never meet
nobody_speaks_first()
{
	allow allow 10.0.0.0/24
	bfd b unsolicited add dev vb allow 10.0.0.0/24
	ask passive on
	sleep 5
	have a 0
	have b 1
}

policies_are_saved_and_sessions_are_not()
{
	meet max-sessions 7 idle 90s
	bfd a unsolicited add dev "eth9" allow fe80::/10 allow 192.0.2.0/24 rx 1s
	bfd a save > "$WORK/saved"
	same lines 2 "$(wc -l < "$WORK/saved")"
	# Over itself it changes nothing
	bfd a -b "$WORK/saved"
	is b down-count 0 peer 10.0.0.1
	forget a
	bfd a -b "$WORK/saved"
	same configuration "$(< "$WORK/saved")" "$(bfd a save)"
	up b peer 10.0.0.1
}

bad_commands_are_refused()
{
	allow allow ::/0
	refused bfd a unsolicited add dev va allow ::/0
	because "the device has a policy"
	refused bfd a unsolicited set dev vb mult 4
	because "the device has no policy"
	refused bfd a unsolicited del dev vb
	refused bfd a unsolicited show dev vb
	bfd a unsolicited del dev va
	same policies "[]" "$(bfd a -j unsolicited show | tr -d ' \n')"
}

# The last of a namespace takes the hooks with it; namespaces and the module go with
# policies, their sessions and what still waits
policies_go_with_their_namespace()
{
	ip netns add c
	ip link add vc netns c type veth peer name vd netns b
	address c vc 1
	bfd c unsolicited add dev vc allow ::/0 allow 0.0.0.0/0 max-sessions 1000
	ip -n b link set vd up
	peer b vd $MAC 10.0.0.9 10.0.0.1
	tell sweep 100
	ip netns del c
	meet
	stranger 10.0.0.9
	tell sweep 100
	unload
	load
	same policies "[]" "$(bfd a -j unsolicited show | tr -d ' \n')"
	have a 0
}

load
run_tests session_is_made sessions_of_ipv6 answer_is_as_the_standard_says \
	what_is_wrong_is_refused_by_reason what_is_not_ours_is_left_alone \
	limits_hold_in_a_flood queue_is_bounded goes_when_it_is_idle \
	who_returns_in_time_is_known silence_is_what_counts who_never_was_up_goes_soon \
	administrator_asks_for_the_same administrator_asks_for_more \
	administrator_asks_for_another what_was_made_is_not_for_sessions_commands \
	policy_is_changed_under_its_sessions device_goes_and_comes device_is_renamed \
	device_is_down_for_a_while port_of_a_vrf nobody_speaks_first \
	policies_are_saved_and_sessions_are_not bad_commands_are_refused \
	policies_go_with_their_namespace
