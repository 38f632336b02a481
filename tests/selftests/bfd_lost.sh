#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# BFD Stability, RFC 9978: the peer's packets that did not come. A scripted peer in b
# leaves numbers out; then two of our own have a wire that does.
#
#	a: va 10.0.0.1 fd00::1 ---- vb 10.0.0.2 fd00::2 :b (the peer)

. "$(dirname "$0")/lib.sh"

MAC=02:00:00:00:00:01
KEY="peer 10.0.0.2"

lost() { is a lost-packet-count "$1" $KEY; }

# meet: a session in a, and a peer without a key that numbers its packets from 1000 on,
# falls silent once it is Up, and is waited for
meet()
{
	bfd a session add $KEY auth null
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell set a=1 atype=6 kid=0 seq=1000 step=1 mult=200
	tell every 200
	tell up 60
	tell every 0
	tell send seq=2000
	LOST=$(field a lost-packet-count $KEY)
	RX=$(field a receive-packet-count $KEY)
}

# sends NUMBER LOST: such a packet is accepted, and then so many more are lost than before
sends()
{
	tell send seq="$1" step=0
	wait_for 20 is a receive-packet-count $((++RX)) $KEY
	same "lost after $1" $((LOST + $2)) "$(field a lost-packet-count $KEY)"
}

gaps_are_counted()
{
	meet
	sends 2001 0
	sends 2002 0
	sends 2004 1
	sends 2010 6
	# Overtaken, and there again
	sends 2003 5
	sends 2009 4
	sends 2009 4
	sends 2011 4
	# From afar: where it began anew is not known
	sends 77 5
	sends 78 5
	sends 80 6
	sends 79 5
	is a local-state up $KEY
	is a receive-invalid-packet-count 0 $KEY
}

# RFC 9978: not for a number is a packet refused
numbers_prove_nothing()
{
	meet
	tell send seq=5 state=down
	down a $KEY
	is a local-diagnostic neighbor-down $KEY
	is a receive-invalid-packet-count 0 $KEY
}

wire_format()
{
	local first

	meet
	tell flush
	tell expect 20 a=1 atype=6 alen=8 kid=0 len=32 size=32 csum=good ttl=255
	first=$(said seq)
	tell expect 20 seq=$(((first + 1) & 0xffffffff))
	# An answer to a Poll is a packet as others are
	tell send p=1
	tell expect 20 f=1 atype=6 len=32
}

# pair PARAMS...: with a Detection Time that a good many losses do not fill
pair()
{
	bfd a session add peer 10.0.0.2 tx 50ms rx 50ms mult 40 "$@"
	bfd b session add peer 10.0.0.1 tx 50ms rx 50ms mult 40 "$@"
	up a peer 10.0.0.2
	up b peer 10.0.0.1
	sleep 3
}

lose() { tc -n b qdisc add dev vb root netem loss 100%; }
heal() { tc -n b qdisc del dev vb root; }

# What b has sent, less what a has got: one that is on its way may be there or not
missing()
{
	echo $(($(field b send-packet-count) - $(field a receive-packet-count)))
}

# As many as the wire has, whoever proves what
losses_of_the_wire_are_counted()
{
	local before found sum

	while read -r auth; do
		pair $auth
		is a lost-packet-count 0
		before=$(missing)
		lose
		sleep 1
		lost 0
		heal
		sleep 1
		found=$(field a lost-packet-count)
		sum=$(($(missing) - before))
		say "$auth: $found of $sum"
		[[ $found -ge 15 && $((found - sum)) -ge -2 && $((found - sum)) -le 2 ]]
		is a down-count 0
		is b lost-packet-count 0
		forget a
		forget b
	done <<-END
		auth null
		auth meticulous-sha1 key-id 1 key secret
		auth optimized-sha1 key-id 1 key a-secret
	END
}

# RFC 9978: what brings the session Down is seen as that
what_went_down_is_not_counted()
{
	pair auth null
	bfd b session set peer 10.0.0.1 mult 3
	sleep 1
	lose
	down a $KEY
	heal
	up a $KEY
	sleep 2
	is a down-count 1 $KEY
	lost 0
}

# Without numbers there is nothing to tell by
others_have_no_count()
{
	pair
	lost null
	[[ $(bfdctl -n a -s session show) != *" lost "* ]]
	forget a
	forget b
	pair auth sha1 key-id 1 key secret
	lost null
	bfd a session set peer 10.0.0.2 auth sha1 key-id 1 auth meticulous-sha1 key-id 2 key secret
	lost 0
	[[ $(bfdctl -n a -s session show) == *" lost 0"* ]]
}

# From each to the next without a flap or a packet refused
turned_on_and_off()
{
	local old=null new ns

	pair auth null
	for new in "sha1 key-id 1 key secret" "meticulous-sha1 key-id 2 key secret" null; do
		for ns in "a 10.0.0.2" "b 10.0.0.1"; do
			bfd ${ns% *} session set peer ${ns#* } auth $old auth $new
		done
		sleep 1
		new=${new% key secret}
		for ns in "a 10.0.0.2" "b 10.0.0.1"; do
			bfd ${ns% *} session set peer ${ns#* } auth $new auth $old
		done
		sleep 1
		for ns in "a 10.0.0.2" "b 10.0.0.1"; do
			bfd ${ns% *} session set peer ${ns#* } auth $new
		done
		old=$new
	done
	for ns in "a 10.0.0.2" "b 10.0.0.1"; do
		bfd ${ns% *} session set peer ${ns#* } auth none
	done
	sleep 1
	for ns in a b; do
		is $ns down-count 0
		is $ns lost-packet-count null
	done
}

ipv6_too()
{
	bfd a session add peer fd00::2 auth null
	bfd b session add peer fd00::1 auth null
	up a peer fd00::2
	up b peer fd00::1
	is a lost-packet-count 0 peer fd00::2
}

saved_and_restored()
{
	bfd a session add $KEY auth null auth sha1 key-id 1 key secret
	bfd a save > "$WORK/saved"
	grep -q " auth null auth sha1 key-id 1 " "$WORK/saved"
	[[ $(bfd a -j session show) == *'"authentication":{"type":"null","key-id":0,'* ]]
	bfd a -b "$WORK/saved"
	same configuration "$(< "$WORK/saved")" "$(bfd a save)"
	bfd a session set $KEY auth null
	bfd a save > "$WORK/saved"
	forget a
	bfd a -b "$WORK/saved"
	[[ $(bfd a session show) == *" auth null"* ]]
	refused bfd a session set $KEY auth null auth sha1 key-id 0 key secret
	because "twice"
}

clean()
{
	tc -n b qdisc del dev vb root 2> /dev/null || :
	forget a
	forget b
}

in_memory tc
load
run_tests gaps_are_counted numbers_prove_nothing wire_format losses_of_the_wire_are_counted \
	what_went_down_is_not_counted others_have_no_count turned_on_and_off ipv6_too \
	saved_and_restored
