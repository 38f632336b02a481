#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The family's contract: bad input, rights, events, dumps while things change.

. "$(dirname "$0")/lib.sh"

# Peers are nobody: sessions that wait
some_sessions()
{
	bfd a -b - <<-END
		session add peer 10.0.0.2 discriminator 77 tx 50 mult 5
		session add peer 10.0.0.3 multihop discriminator 78 passive on
		session add peer 10.0.0.4 local 10.0.0.1
		session add peer 10.0.0.4 local 10.0.0.9 dev va
		reflector add discriminator 77 rx 50
		unsolicited add dev va allow 10.0.0.128/25 max-sessions 7
	END
}

bad_input_is_refused()
{
	local before rc=0

	some_sessions
	before=$(bfd a save)
	ip netns exec a bfd_refuse || rc=$?
	same configuration "$before" "$(bfd a save)"
	return $rc
}

only_the_administrator_changes()
{
	local nobody="ip netns exec a setpriv --reuid 65534 --clear-groups --inh-caps=-all"

	some_sessions
	refused $nobody bfdctl session add peer 192.0.2.1
	because CAP_NET_ADMIN
	refused $nobody bfdctl session set id 77 tx 60
	refused $nobody bfdctl session del id 77
	refused $nobody bfdctl session del all
	refused $nobody bfdctl reflector add discriminator 78
	refused $nobody bfdctl reflector set discriminator 77 admin down
	refused $nobody bfdctl reflector del all
	refused $nobody bfdctl unsolicited add dev vb allow ::/0
	refused $nobody bfdctl unsolicited set dev va mult 5
	refused $nobody bfdctl unsolicited del all
	have a 4
	# There are no secrets in it
	[[ $($nobody bfdctl -j session show) == *'"local-discriminator":77'* ]]
	$nobody bfdctl stats > "$WORK/stats"
}

# Root of a user namespace rules a network namespace of its own, and no other
user_namespace()
{
	# shellcheck disable=SC2016  # expanded inside
	setpriv --reuid 65534 --regid 65534 --clear-groups unshare -Urn bash -e -c '
		bfdctl session add peer 192.0.2.1 discriminator 5
		bfdctl session set id 5 tx 60
		[[ $(bfdctl save) == *"peer 192.0.2.1"* ]]
		bfdctl session del id 5
		bfdctl session add peer 192.0.2.2'
	have a 0
}

namespaces_do_not_see_each_other()
{
	some_sessions
	have a 4
	have b 0
	refused bfd b session show id 77
	refused bfd b session del id 77
	bfd b session del all
	have a 4
	# The same discriminator and key once more, elsewhere
	bfd b session add peer 10.0.0.2 discriminator 77
}

events_tell_everything()
{
	local heard=$WORK/events foreign=$WORK/foreign

	bfdctl -n a -j monitor > "$heard" &
	bfdctl -n b -j monitor > "$foreign" &
	sleep 2
	bfd a session add peer 10.0.0.2 discriminator 77
	bfd a session set id 77 tx 50
	bfd a session set id 77 admin down
	bfd a session del id 77
	wait_for 20 grep -q '"event":"del"' "$heard"
	say "$(cut -c 1-60 "$heard")"
	same order "add set state set del" \
		"$(sed 's/.*"event":"\([a-z]*\)".*/\1/' "$heard" | xargs)"
	grep -q '"from":"down","to":"admin-down"' "$heard"
	[[ ! -s $foreign ]]
}

up_and_down_are_events()
{
	local heard=$WORK/states

	bfdctl -n a -j monitor > "$heard" &
	sleep 2
	bfd a session add peer 10.0.0.2
	bfd b session add peer 10.0.0.1
	up a peer 10.0.0.2
	up b peer 10.0.0.1
	bfd b session del all
	wait_for 20 grep -q '"from":"up","to":"down"' "$heard"
	grep -q '"to":"up"' "$heard"
	grep '"from":"up"' "$heard" | grep -q '"local-diagnostic":"neighbor-down"'
}

an_overrun_listener_is_told()
{
	ip netns exec a bfd_watch overrun
}

churn()
{
	local i

	while :; do
		for i in {9001..9040}; do
			echo "session add peer 10.2.0.$((i - 9000)) discriminator $i passive on"
		done
		for i in {9001..9040}; do
			echo "session del id $i"
		done
	done | bfdctl -n a -b - 2> /dev/null
}

# A thousand stay, forty come and go
dumps_are_whole_while_sessions_come_and_go()
{
	seq 0 999 | awk '{ printf "session add peer 10.1.%d.%d discriminator %d passive on\n",
			   $1 / 250, $1 % 250 + 1, 1000 + $1 }' | bfd a -b -
	have a 1000
	churn &
	ip netns exec a bfd_watch dumps 1000 1000 20
}

load
run_tests bad_input_is_refused only_the_administrator_changes user_namespace \
	namespaces_do_not_see_each_other events_tell_everything up_and_down_are_events \
	an_overrun_listener_is_told dumps_are_whole_while_sessions_come_and_go
