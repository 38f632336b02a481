#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Who passes a port: host modes, controls, directions, authentication by MAC, by hand,
# and for how long.

. "$(dirname "$0")/dot1x_lib.sh"

add() { ctl port add dev p1 tx-period 60s "$@"; }

# from MAC...: the flood speaks, and is spoken to, as this one
from()
{
	ask flood_in set src="$1"
	ask flood_out set dst="$1"
}

single()
{
	probes
	agent
	sup
	add
	ask sup login 20 user secret
	lets
	from $OTHER
	shuts
	same clients 1 "$(port clients)"
}

multi_host()
{
	probes
	agent
	sup
	add host-mode multi-host
	shuts
	ask sup login 20 user secret
	lets
	from $OTHER
	lets
	ask sup logoff
	await_unauthorized
	shuts
	from $SUP
	shuts
}

multi_auth()
{
	probes
	agent
	sup
	add host-mode multi-auth
	ask sup login 20 user secret
	lets
	from $OTHER
	shuts
	ask sup mac $OTHER
	ask sup login 20 other secret
	lets
	from $SUP
	lets
	same clients 2 "$(port authorized-clients)"
	# Each for himself
	ask sup logoff
	wait_for 10 client_gone $OTHER
	lets
	from $OTHER
	shuts
	authorized
}

client_gone() { ! client_is auth-controlled-port-status authorized "$1"; }

# Group frames go out when somebody may hear them
groups_go_out()
{
	local mode

	probes
	ask flood_out set kinds=broadcast
	for mode in single multi-host multi-auth; do
		ctl port add dev p1 host-mode $mode
		shuts out
		ctl client authorize dev p1 mac $SUP
		lets out
		ctl port del dev p1
	done
}

direction_in()
{
	probes
	add direction in
	port_is auth-oper-controlled-directions in
	shuts in
	lets out
	ctl client authorize dev p1 mac $SUP
	lets
	ctl client del dev p1 mac $SUP
	shuts in
	lets out
	# Both, while the port is down
	ctl port set dev p1 direction both
	shuts
}

forced()
{
	probes
	add control force-authorized
	lets
	from $OTHER
	lets
	ctl port set dev p1 control force-unauthorized
	shuts
	refused ctl client authorize dev p1 mac $SUP || shuts
	ctl port set dev p1 control auto
	shuts
	ctl client authorize dev p1 mac $OTHER
	lets
}

by_hand()
{
	probes
	add host-mode multi-auth max-clients 2
	ctl client authorize dev p1 mac $SUP
	lets
	client_is method manual
	client_is auth-pae-state authenticated
	ctl client authorize dev p1 mac $OTHER
	refused ctl client authorize dev p1 mac $SUP2
	from $OTHER
	lets
	ctl client del dev p1 mac $OTHER
	shuts
	refused ctl client del dev p1 mac $OTHER
	from $SUP
	lets
	ctl client del dev p1 all
	shuts
	clients 0
}

by_hand_for_a_time()
{
	probes
	add
	ctl client authorize dev p1 mac $SUP session-timeout 3s
	client_is session-timeout 3000000
	authorized
	wait_for 60 unauthorized
	shuts
}

# The agent has a response of the client's, and has not said what it thinks of it
being_judged()
{
	ask sup expect 20 code=request type=identity
	ask sup identity user
	ask agent expect 20 kind=eap type=1 mac=$SUP
}

# What the agent says after the administrator comes too late
judged_in_vain()
{
	one_more agent-stale ask_refused agent answer reject
	client_is method manual
	client_is auth-pae-state authenticated
	lets
}

# The administrator's word counts at once, and who was in before loses no frame by it
by_hand_while_judged()
{
	probes
	agent
	sup
	add
	ask sup login 20 user secret
	ask agent policy hold
	ask agent flush
	ask sup flush
	ctl port reauthenticate dev p1
	being_judged
	ask flood_in go
	ctl client authorize dev p1 mac $SUP
	ask flood_in stop
	wait_for 20 quiet
	same "frames dropped" 0 "$(dropped in)"
	judged_in_vain
	ctl client del dev p1 mac $SUP
	shuts
	ask sup flush
	ask sup start
	being_judged
	ctl client authorize dev p1 mac $SUP
	lets
	judged_in_vain
}

# What the server says of time: the end, or proof anew
session_ends()
{
	probes
	agent
	sup
	add
	ask agent with timeout=3000
	ask sup login 20 user secret
	client_is session-timeout 3000000
	wait_for 60 unauthorized
	shuts
}

session_goes_on()
{
	probes
	agent
	sup
	add
	ask agent with timeout=1000 termination=1 user=somebody class=gold
	ask sup login 20 user secret
	client_is user-name somebody
	ask sup auto user secret
	ask sup expect 20 code=success
	ask sup expect 20 code=success
	authorized
	lets
	# Who does not answer is out
	ask sup auto off
	ctl port set dev p1 supp-timeout 100 tx-period 100
	await_unauthorized
	shuts
}

reauthentication()
{
	probes
	agent
	sup
	add quiet-period 100
	ask sup login 20 user secret
	ask sup auto user secret
	ctl port reauthenticate dev p1
	ask sup expect 20 code=success
	authorized
	lets
	# Now the password is another
	ask agent password changed
	ctl port reauthenticate dev p1
	ask sup expect 20 code=failure
	await_unauthorized
	shuts
}

counted_per_client()
{
	probes
	add host-mode multi-auth
	ctl client authorize dev p1 mac $SUP
	lets
	client_is rx-frames 10
	client_is tx-frames 10
	client_is rx-bytes 600
	client_is tx-bytes 600
	client_is drops 0
	from $OTHER
	shuts
	client_is rx-frames 10
}

# By its MAC, after EAPOL went unanswered; the first frame says who is there
mab_on()
{
	probes
	agent accept
	ctl port add dev p1 mab on tx-period 100 max-req 1
	ask flood_in burst 1
	ask agent expect 20 kind=mab mac=$SUP
	await_authorized
	lets
	client_is method mab
}

mab_first()
{
	probes
	agent hold
	sup
	add mab first
	ask flood_in burst 1
	ask agent expect 20 kind=mab mac=$SUP
	ask_refused agent expect 1 kind=eap
	ask agent answer accept
	await_authorized
	lets
}

# Who has a supplicant is asked by EAP, whatever is known of his MAC
mab_refused_then_eap()
{
	probes
	agent hold
	sup
	add mab first
	ask flood_in burst 1
	ask agent expect 20 kind=mab mac=$SUP
	ask agent answer reject
	shuts
	ask agent policy challenge
	ask sup login 20 user secret
	lets
	client_is method dot1x
}

mab_for_each()
{
	local n

	probes
	agent accept
	add host-mode multi-auth mab first max-clients 10
	ask flood_in set src=random kinds=broadcast
	ask flood_in burst 5
	wait_for 20 clients 5
	wait_for 20 port_is authorized-clients 5
	# A flood of strangers finds a full port
	ask flood_in burst 5000
	wait_for 20 clients 10
	lets_no_more
}

# And what the others send is dropped
lets_no_more()
{
	tries in 100
	same "frames that leak in" 0 "$ARRIVED"
	clients 10
}

mab_off()
{
	agent accept
	probes
	add
	ask flood_in burst 10
	ask_refused agent expect 1 kind=mab
	unauthorized
}

load
run_tests single multi_host multi_auth groups_go_out direction_in forced by_hand \
	by_hand_for_a_time by_hand_while_judged session_ends session_goes_on reauthentication \
	counted_per_client mab_on mab_first mab_refused_then_eap mab_for_each mab_off
