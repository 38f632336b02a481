#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Authentication, RFC 5880 6.7: two of our own, then a scripted peer in b that knows the
# key, or says so.
#
#	a: va 10.0.0.1 fd00::1 ---- vb 10.0.0.2 fd00::2 :b

. "$(dirname "$0")/lib.sh"

MAC=02:00:00:00:00:01
KEY="peer 10.0.0.2"
SECRET=twenty-letters-a-key
TYPES=(simple md5 meticulous-md5 sha1 meticulous-sha1)

SECRET2=sixteen-letters!

# both PARAMS...: the same at both ends; that takes less than a Detection Time
both()
{
	bfd a session set peer 10.0.0.2 "$@"
	bfd b session set peer 10.0.0.1 "$@"
}

# pair PARAMS...
pair()
{
	bfd a session add peer 10.0.0.2 mult 50 "$@"
	bfd b session add peer 10.0.0.1 mult 50 "$@"
	up a peer 10.0.0.2
	up b peer 10.0.0.1
}

# As long as it has been Up, nothing was refused
undisturbed()
{
	local ns

	for ns in a b; do
		same "down-count in $ns" 0 "$(field $ns down-count)"
		same "rx-invalid in $ns" 0 "$(field $ns receive-invalid-packet-count)"
	done
}

# From each type and key to the next: learnt by both, sent by both, the old one forgotten
keys_and_types_roll_without_a_flap()
{
	local old="auth simple key-id 0" new type n=0

	pair $old key first
	for type in "${TYPES[@]}"; do
		new="auth $type key-id $((++n))"
		both $old $new key "secret-$n"
		sleep 1
		both $new $old
		sleep 1
		[[ $(bfd a -j session show) == *"\"authentication\":{\"type\":\"$type\""* ]]
		both $new
		sleep 1
		old=$new
	done
	undisturbed
}

ipv6_too()
{
	bfd a session add peer fd00::2 auth meticulous-sha1 key-id 1 key "$SECRET"
	bfd b session add peer fd00::1 auth meticulous-sha1 key-id 1 key "$SECRET"
	up a peer fd00::2
	up b peer fd00::1
	undisturbed
}

# On a live session, within a Detection Time
turned_on_and_off()
{
	local before

	pair
	both auth md5 key-id 1 key "$SECRET2"
	sleep 2
	[[ $(bfd a -j session show) == *'"authentication":{"type":"md5"'* ]]
	both auth none
	sleep 2
	[[ $(bfd a -j session show) == *'"authentication":null'* ]]
	up a peer 10.0.0.2
	same down-count 0 "$(field a down-count)"
	before=$(counter a receive-predicted-count)
	wait_for 20 counted a receive-predicted-count $((before + 3))
}

# One knows better than the other, or thinks so: nobody comes Up
disagreement_is_no_session()
{
	local one other what

	while read -r what one other; do
		forget a
		forget b
		bfd a session add peer 10.0.0.2 auth ${one//,/ }
		bfd b session add peer 10.0.0.1 auth ${other//,/ }
		wait_for 30 counted a "${what%/*}" 1
		wait_for 30 counted b "${what#*/}" 1
		is a local-state down
		is b local-state down
		is a up-count 0
	done <<-END
		drop-auth-digest/drop-auth-digest sha1,key-id,1,key,one sha1,key-id,1,key,other
		drop-auth-key-id/drop-auth-key-id sha1,key-id,1,key,one sha1,key-id,2,key,one
		drop-auth-type/drop-auth-type sha1,key-id,1,key,one md5,key-id,1,key,one
		drop-auth-length/drop-auth-length simple,key-id,1,key,one simple,key-id,1,key,other
		drop-auth-missing/drop-auth-unexpected meticulous-sha1,key-id,1,key,one none
	END
}

# meet TYPE [PARAMS...]: a session in a and a peer that has its key; number of TYPE in TYPES
meet()
{
	local type=$1 i

	for i in "${!TYPES[@]}"; do
		[[ ${TYPES[i]} != "$type" ]] || break
	done
	bfd a session add $KEY auth "$type" key-id 7 key "$SECRET" "${@:2}"
	peer b vb $MAC 10.0.0.2 10.0.0.1
	tell set a=1 atype=$((i + 1)) kid=7 secret="$SECRET" seq=900
	[[ $type != meticulous-* ]] || tell set step=1
	tell every 200
	tell up 60
}

# Is it still Up, has never been Down, and does it speak?
unharmed()
{
	local all

	all=$(bfd a -j -s session show $KEY)
	same state up "$(value local-state "$all")"
	same down-count 0 "$(value down-count "$all")"
	tell flush
	tell expect 30 state=up digest=good
}

# Each would take the session Down. What is sent now and then does not count as one of
# the peer's: its numbers go on
lies_are_dropped()
{
	meet meticulous-sha1
	tell set diag=0
	dropped drop-auth-missing state=down a=0 atype=0 step=0
	dropped drop-auth-type state=down atype=4 step=0
	dropped drop-auth-type state=down atype=1 step=0
	dropped drop-auth-key-id state=down kid=8 step=0
	dropped drop-auth-length state=down alen=27 step=0
	dropped drop-auth-length state=down alen=255 step=0
	dropped drop-auth-digest state=down digest=bad step=0
	dropped drop-auth-digest state=down secret=twenty-letters-a-kez step=0
	dropped drop-auth-sequence state=down seq=0xffffff00 step=0
	dropped drop-auth-sequence state=down seq=0x7fffffff step=0
	dropped drop-auth-length state=down len=0 step=0
	dropped drop-length state=down len=25 step=0
	tell burst 2000 state=down digest=bad step=0
	unharmed
}

# A packet of the peer's own, word for word: meticulous it is taken once, else as often
# as it comes, until the peer says something else
replays_are_dropped()
{
	local before

	meet meticulous-sha1
	tell every 0
	tell send seq=1000 diag=3
	wait_for 20 is a remote-diagnostic neighbor-down $KEY
	dropped drop-auth-sequence seq=1000 diag=3
	dropped drop-auth-sequence seq=999 state=down
	tell set seq=1001
	tell every 200
	unharmed
	forget a

	meet sha1
	before=$(field a receive-invalid-packet-count $KEY)
	# Each of them counts as heard
	tell every 0
	tell burst 20
	tell every 200
	same invalid "$before" "$(field a receive-invalid-packet-count $KEY)"
	# What it says once the peer goes on: those of before are old
	tell set seq=905
	tell sleep 1
	dropped drop-auth-sequence seq=900 state=down
	dropped drop-auth-sequence seq=904 state=admin-down
	unharmed
}

# RFC 5880 6.8.1: twice a Detection Time after it fell silent, any number is new
restarted_peer_comes_up_again()
{
	SECRET=$SECRET2
	meet meticulous-md5
	tell set mult=3
	tell sleep 1
	tell every 0
	wait_for 30 is a local-diagnostic control-expiry $KEY
	tell sleep 2
	tell set seq=4711 my=0x2002 mult=100
	tell every 200
	tell up 60
	is a remote-discriminator $((0x2002)) $KEY
}

# Meticulous: each packet has the next number; else the number changes with what is said
numbers_on_the_wire()
{
	local first

	meet meticulous-sha1
	for _ in 1 2 3; do
		tell flush
		tell expect 20 f=0
		first=$(said seq)
		tell expect 20 seq=$(((first + 1) & 0xffffffff)) digest=good
	done
	unharmed
	forget a

	meet sha1
	tell sleep 2
	tell flush
	tell expect 20 p=0 f=0 digest=good
	first=$(said seq)
	tell never 3 seq!="$first"
	tell send p=1
	tell expect 20 f=1 seq=$(((first + 1) & 0xffffffff)) digest=good
	unharmed
}

# SHA1's section is the longest, a short password's the shortest
wire_format()
{
	meet sha1
	tell expect 20 a=1 atype=4 alen=28 kid=7 len=52 size=52 digest=good csum=good ttl=255
	forget a
	SECRET=x
	meet simple
	tell expect 20 a=1 atype=1 alen=4 kid=7 len=28 size=28 digest=good csum=good ttl=255
}

# Neither replies nor events nor a saved configuration have them
secrets_stay_in_the_kernel()
{
	local heard=$WORK/heard

	bfdctl -n a -j monitor > "$heard" &
	sleep 2
	bfd a session add $KEY auth sha1 key-id 1 key "$SECRET" auth simple key-id 2 key "$SECRET2"
	bfd a session set $KEY mult 5
	wait_for 20 grep -q '"event":"set"' "$heard"
	{ bfd a -j -s session show; bfd a session show; bfd a save; cat "$heard"; } > "$WORK/said"
	grep -q '"key-id":2' "$WORK/said"
	same "lines with secrets" "" "$(grep -E "$SECRET|$SECRET2" "$WORK/said" || :)"
	ip netns exec a bfd_watch secret "$SECRET" "$SECRET2"
}

configuration_is_saved_and_restored()
{
	local saved=$WORK/saved file=$WORK/key

	echo "$SECRET" > "$file"
	bfd a session add $KEY auth meticulous-sha1 key-id 3 key-file "$file" \
		auth md5 key-id 4 key "$SECRET2"
	bfd a save > "$saved"
	grep -q " auth meticulous-sha1 key-id 3 key-file $file auth md5 key-id 4 " "$saved"
	# Over what is there
	bfd a -b "$saved"
	same configuration "$(< "$saved")" "$(bfd a save)"
	# Where the key that came without a file is not there, nothing is done without it
	forget a
	refused bfd a -b "$saved"
	because "give its secret"
	have a 0
	sed -i 's/ auth md5 key-id 4//' "$saved"
	bfd a -b "$saved"
	bfd b session add peer 10.0.0.1 auth meticulous-sha1 key-id 3 key "$SECRET"
	up a $KEY
}

# What cannot be is refused, and the session keeps the keys it has
nothing_runs_without_its_key()
{
	local keys

	pair auth sha1 key-id 1 key "$SECRET"
	refused bfd a session set $KEY auth sha1 key-id 2
	because "give its secret"
	refused bfd a session set $KEY auth md5 key-id 1
	because "give its secret"
	refused bfd a session set $KEY tx 10 auth sha1 key-id 1 auth sha1 key-id 2
	refused bfd a session add peer 10.0.0.9 auth sha1 key-id 1
	keys=$(bfd a -j session show | grep -o '"authentication":{[^]]*]')
	same keys '"authentication":{"type":"sha1","key-id":1,"keys":[{"type":"sha1","key-id":1,"key-file":null}]' \
		"$keys"
	is a desired-min-tx-interval 300000
	sleep 2
	undisturbed
}

load
run_tests keys_and_types_roll_without_a_flap ipv6_too turned_on_and_off \
	disagreement_is_no_session lies_are_dropped replays_are_dropped \
	restarted_peer_comes_up_again numbers_on_the_wire wire_format \
	secrets_stay_in_the_kernel configuration_is_saved_and_restored \
	nothing_runs_without_its_key
