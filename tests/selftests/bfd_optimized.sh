#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Optimized authentication, RFC 9985 and 9986, between two of our own; what is on the wire
# is counted by its length: of a UDP datagram with a SHA1 digest 60 bytes, with an Auth Key
# of ISAAC 48.
#
#	a: va 10.0.0.1 ---- vb 10.0.0.2 :b

. "$(dirname "$0")/lib.sh"

KEY="peer 10.0.0.2"
AUTH="auth optimized-sha1 key-id 1"
SECRET=twenty-letters-a-key
DIGEST='udp[4:2] == 60'
STREAM='udp[4:2] == 48'
UP='udp[9] & 0xc0 == 0xc0'
ASKS='udp[9] & 0x30 != 0'

# record: what both say, until recorded
record()
{
	in_memory tcpdump
	: > "$WORK/tcpdump"
	ip netns exec b tcpdump -i vb -s 128 -B 8192 -U --immediate-mode -Z root \
		-w "$WORK/wire" 'udp port 3784' 2> "$WORK/tcpdump" &
	recorder=$!
	wait_for 20 grep -q listening "$WORK/tcpdump"
}

recorded() { kill -INT "$recorder"; wait "$recorder" || true; }

# seen FILTER: packets of the record
seen() { tcpdump -nr "$WORK/wire" "$*" 2> /dev/null | wc -l; }

pair()
{
	bfd a session add $KEY $AUTH key "$SECRET" "$@"
	bfd b session add peer 10.0.0.1 $AUTH key "$SECRET" "$@"
	up a $KEY
	up b peer 10.0.0.1
}

undisturbed()
{
	local ns

	for ns in a b; do
		same "down-count in $ns" 0 "$(field $ns down-count)"
		same "rx-invalid in $ns" 0 "$(field $ns receive-invalid-packet-count)"
	done
}

# lose WHICH: of those to a
lose()
{
	ip netns exec a nft -f - <<-END
		add table ip cut
		add chain ip cut in { type filter hook prerouting priority -300; }
		add rule ip cut in udp dport 3784 $1 drop
	END
}

digests_until_all_is_said_then_streams()
{
	record
	pair tx 20ms rx 20ms
	sleep 3
	recorded
	undisturbed
	say "$(seen "$DIGEST") digests, $(seen "$STREAM") Auth Keys"
	[[ $(seen "$STREAM and src 10.0.0.1") -gt 100 ]]
	[[ $(seen "$STREAM and src 10.0.0.2") -gt 100 ]]
	same "others" 0 "$(seen "not ($DIGEST or $STREAM)")"
	same "not Up, without a digest" 0 "$(seen "$STREAM and not ($UP)")"
	same "a question without a digest" 0 "$(seen "$STREAM and $ASKS")"
	same "of another type" 0 "$(seen "udp[32] != 8")"
	same "of another mode" 0 "$(seen "not (($DIGEST and udp[35] == 1) or ($STREAM and udp[35] == 2))")"
	# Most of them are what makes it worth while
	[[ $(seen "$DIGEST and $UP") -lt $(seen "$STREAM") ]]
}

# And goes back to streams
change_is_said_with_digests()
{
	pair tx 20ms rx 20ms
	sleep 2
	record
	bfd a session set $KEY mult 5
	sleep 2
	recorded
	undisturbed
	say "$(seen "$DIGEST") digests, $(seen "$STREAM") Auth Keys"
	[[ $(seen "$DIGEST and src 10.0.0.1 and udp[10] == 5") -ge 3 ]]
	[[ $(seen "$STREAM and src 10.0.0.1 and udp[10] == 5") -gt 50 ]]
	same "with a digest from b" 0 "$(seen "$DIGEST and src 10.0.0.2 and not ($ASKS)")"
}

# RFC 9985: "for example every one minute"
digest_is_asked_for_each_minute()
{
	pair tx 200ms rx 200ms
	sleep 5
	record
	sleep 125
	recorded
	undisturbed
	[[ $(seen "$DIGEST and src 10.0.0.1 and udp[9] & 0x20 != 0") -ge 2 ]]
	[[ $(seen "$DIGEST and src 10.0.0.2 and udp[9] & 0x10 != 0") -ge 2 ]]
}

# Whoever forges the stream has no answer. It comes Up again, and down again: all but the
# answers still come through
peer_without_digests_is_none()
{
	pair tx 100ms rx 100ms mult 3
	bfd a -j monitor > "$WORK/events" &
	sleep 3
	lose '@th,72,8 & 0x10 != 0'
	sleep 1
	is a down-count 0 $KEY
	bfd a session poll $KEY
	wait_for 20 grep -q '"to":"down".*"control-expiry"' "$WORK/events"
	ip netns exec a nft delete table ip cut
	kill %%
	up a $KEY
	sleep 5
	is a local-state up $KEY
}

lost_packets_do_no_harm()
{
	ip -n a link set va txqueuelen 1000
	tc -n a qdisc add dev va root netem loss 20%
	tc -n b qdisc add dev vb root netem loss 20%
	pair tx 20ms rx 20ms mult 12
	sleep 30
	undisturbed
}

# What one says before it has heard of the other's end may be refused, for it has no digest
flaps_begin_new_streams()
{
	local ns refused

	pair tx 20ms rx 20ms
	for _ in 1 2 3; do
		sleep 1
		bfd a session set $KEY admin down
		wait_for 20 is b remote-state admin-down peer 10.0.0.1
		bfd a session set $KEY admin up
		up a $KEY
		up b peer 10.0.0.1
	done
	sleep 2
	for ns in a b; do
		refused=$(field $ns receive-invalid-packet-count)
		say "$refused refused in $ns, of them $(counter $ns drop-auth-mode) for the mode"
	done
	same "refused in a for the digest" 0 "$(counter a drop-auth-digest)"
	up a $KEY
	up b peer 10.0.0.1
}

# From one key to the next, of any type, and none is refused
keys_roll_without_a_flap()
{
	local old="$AUTH" new n=1 type

	pair tx 50ms rx 50ms mult 10
	sleep 2
	for type in optimized-sha1 optimized-md5 meticulous-sha1 optimized-md5; do
		new="auth $type key-id $((++n))"
		bfd a session set $KEY $old $new key "secret-$n"
		bfd b session set peer 10.0.0.1 $old $new key "secret-$n"
		sleep 1
		bfd a session set $KEY $new $old
		bfd b session set peer 10.0.0.1 $new $old
		sleep 1
		bfd a session set $KEY $new
		bfd b session set peer 10.0.0.1 $new
		sleep 1
		old=$new
	done
	undisturbed
}

short_keys_are_refused()
{
	refused bfd a session add $KEY $AUTH key seven77
	because "8 bytes at least"
}

load
run_tests digests_until_all_is_said_then_streams change_is_said_with_digests \
	digest_is_asked_for_each_minute peer_without_digests_is_none lost_packets_do_no_harm \
	flaps_begin_new_streams keys_roll_without_a_flap short_keys_are_refused
