#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The agent: one for a namespace, which dies, comes back, is slow, is wrong.

. "$(dirname "$0")/dot1x_lib.sh"

add() { ctl port add dev p1 tx-period 60s "$@"; }

# Begin, up to the question about the identity
ask_for_user()
{
	ask sup start
	ask sup expect 10 code=request type=identity
	ask sup identity user
}

there_is_one() { [[ $(counter agent) = true ]]; }

only_one()
{
	agent
	wait_for 10 there_is_one
	start second aut dot1x_agent
	ask_refused second register
	ask agent close
	ask second register
	ask_refused agent register
	# Another namespace has its own
	start elsewhere lan dot1x_agent
	ask elsewhere register
}

nobody_but_the_administrator()
{
	start agent aut setpriv --reuid 65534 --clear-groups --inh-caps=-all "$(type -P dot1x_agent)"
	ask_refused agent register
	[[ $(counter agent) = false ]]
}

# A question says all the agent needs
question()
{
	agent hold
	sup
	add
	ask_for_user
	ask agent expect 10 kind=eap dev=p1 mac=$SUP type=1
	same code 2 "$(told code)"
	same "bytes of EAP" 9 "$(told len)"
	[[ $(told id) -gt 0 && $(told conversation) -gt 0 ]]
	ask agent answer accept
	ask sup expect 10 code=success
	client_is user-name user
}

# The conversation is one, its questions are many, the next conversation is another
conversations()
{
	local first

	agent hold
	sup
	add
	ask_for_user
	ask agent expect 10 type=1
	first=$(told conversation)
	ask agent answer challenge
	ask sup expect 10 code=request type=md5
	ask sup md5 secret
	ask agent expect 10 type=4
	same conversation "$first" "$(told conversation)"
	ask agent answer challenge
	ask sup expect 10 code=success
	ask_for_user
	ask agent expect 10 type=1
	[[ $(told conversation) != "$first" ]]
}

stale_answers()
{
	agent hold
	sup
	add
	ask_for_user
	ask agent expect 10 mac=$SUP
	one_more agent-stale ask_refused agent answer accept 12345
	[[ $ANSWER == *Stale* ]]
	unauthorized
	# It began anew meanwhile
	ask_for_user
	one_more agent-stale ask_refused agent answer accept
	unauthorized
	ask agent expect 10 mac=$SUP
	ask agent answer accept
	ask sup expect 10 code=success
	authorized
	one_more agent-stale ask_refused agent again
	# Nobody is asked about one who is gone
	ask_for_user
	ask agent expect 10 mac=$SUP
	ctl client del dev p1 mac $SUP
	one_more agent-stale ask_refused agent answer accept
	await_unauthorized
}

nobody_else_answers()
{
	agent hold
	sup
	add
	ask_for_user
	ask agent expect 10 mac=$SUP
	start other aut dot1x_agent
	ask_refused other register
	ask_refused other answer accept 1
	unauthorized
}

ignored_response()
{
	agent hold
	sup
	add
	ask_for_user
	ask agent expect 10 type=1
	ask agent answer ignore
	# The request still stands
	ask sup identity better
	ask agent expect 10 type=1
	ask agent answer accept
	ask sup expect 10 code=success
	client_is user-name better
}

no_server()
{
	agent hold
	sup
	add
	ask_for_user
	ask agent expect 10 mac=$SUP
	ask agent answer no-server
	wait_for 10 counted auth-timeout 1
	unauthorized
	# It is no refusal: he need not wait
	ask agent policy challenge
	ask sup login 20 user secret
	authorized
}

dies_mid_conversation()
{
	agent hold
	sup
	add
	ask_for_user
	ask agent expect 10 mac=$SUP
	ask sup auto user secret
	die_agent agent
	wait_for 10 nobody_there
	unauthorized
	# It begins anew, for another one
	agent
	ask sup expect 20 code=success
	await_authorized
}

nobody_there() { ! there_is_one; }

dies_after_a_challenge()
{
	agent hold
	sup
	add
	ask_for_user
	ask agent expect 10 type=1
	ask agent answer challenge
	ask sup expect 10 code=request type=md5
	ask sup auto user secret
	die_agent agent
	agent
	ask sup expect 20 code=success
	await_authorized
}

# What was there stays; what is new waits, and nobody is asked twice for it
authorized_stay()
{
	probes
	agent
	sup
	add host-mode multi-auth
	ask sup login 20 user secret
	lets
	die_agent agent
	wait_for 10 nobody_there
	lets
	ask sup mac $OTHER
	ask sup auto newcomer secret
	one_more agent-absent ask sup start
	wait_for 10 clients 2
	client_is auth-controlled-port-status unauthorized $OTHER
	lets
	agent
	ask sup expect 20 code=success to=$OTHER
	client_is auth-controlled-port-status authorized $OTHER
	ask agent asked
	same "questions to the new agent" "ok 2" "$ANSWER"
	client_is auth-pae-state authenticated
	lets
}

# A reauthentication without an agent takes nothing away
reauthentication_waits()
{
	probes
	agent
	sup
	add reauth-period 1s supp-timeout 100 server-timeout 100
	ask sup auto user secret
	ask sup start
	ask sup expect 20 code=success
	ask sup expect 20 code=success
	die_agent agent
	wait_for 20 counted agent-absent 1
	lets
	authorized
	agent
	ask sup expect 20 code=success
	authorized
	lets
	ask sup auto off
}

# Killed, back, killed, under load: whatever happens, it ends well
over_and_over()
{
	local i

	sup
	add host-mode multi-auth quiet-period 100 supp-timeout 100 server-timeout 200
	ask sup auto user secret
	for ((i = 0; i < 10; i++)); do
		agent
		ask sup start
		die_agent agent
	done
	agent
	ask sup start
	wait_for 30 client_is auth-controlled-port-status authorized
}

load
run_tests only_one nobody_but_the_administrator question conversations stale_answers \
	nobody_else_answers ignored_response no_server dies_mid_conversation \
	dies_after_a_challenge authorized_stay reauthentication_waits over_and_over
