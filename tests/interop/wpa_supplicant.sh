#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.1 icount shift=2 timeout=1200
# lab: kernel=6.12 icount shift=2 timeout=1200 full
#
# wpa_supplicant -- dot1x.ko and dot1xd -- RADIUS: FreeRADIUS, hostapd's, and one that
# lies.

INTEROP=$(cd "$(dirname "$0")" && pwd)
. "$INTEROP/../selftests/dot1x_lib.sh"
. "$INTEROP/radius_lib.sh"

# For the liar
read_by_python()
{
	python3 -c 'import sys, hashlib, hmac, selectors, socket, struct
for module in list(sys.modules.values()):
    print(getattr(module, "__file__", None) or "", getattr(module, "__cached__", None) or "")'
}

setup()
{
	if [[ ! -d $CERTS ]]; then
		# shellcheck disable=SC2046  # a list
		preload freeradius hostapd wpa_supplicant wpa_cli openssl dot1xd ss date python3 \
			$(read_by_python)
		make_certificates
	fi
	rm -rf $RAD
	bridged
	make_rad
	freeradius_start
}

agent_gone() { [[ $(counter agent) = false ]]; }

kill_agentd()
{
	kill -9 $agent_pid
	wait $agent_pid 2> /dev/null || :
	wait_for 20 agent_gone
}

agent_counted() { [[ $(agent_counter "$1") -ge $2 ]]; }

add() { ctl port add dev p1 quiet-period 5s "$@"; }

begin()
{
	agentd
	add "$@"
}

# The supplicant gets in by METHOD, and frames pass
in_by()
{
	supplicant "$1"
	await_authorized
	client_is method dot1x
	passes
	no_supplicant
	ctl port initialize dev p1
	await_unauthorized
	shuts in
}

passes() { lets in; }

on_a_bridge_port()
{
	local method

	begin
	probes
	shuts
	for method in md5 peap ttls tls; do
		in_by $method
		say "in by $method"
	done
	shuts
	same "authentications that succeeded" 4 "$(port auth-success)"
}

on_a_routed_port()
{
	local method

	no_hosts
	routed
	make_rad
	rm -f $RAD/{pid,log}
	freeradius_start
	begin
	probes
	ask flood_in set dst=$P1 saddr=10.0.0.1 daddr=192.0.2.1
	shuts in
	for method in md5 peap ttls tls; do
		in_by $method
		say "in by $method"
	done
	no_hosts
	setup
}

eapol_versions()
{
	begin
	for EAPOL_VERSION in 1 2; do
		supplicant md5
		await_authorized
		port_is auth-last-eapol-frame-version $EAPOL_VERSION
		no_supplicant
		ctl port initialize dev p1
	done
}

wrong_password()
{
	begin
	probes
	supplicant wrong
	wait_for 20 client_is auth-pae-state held
	shuts
	no_supplicant
	# Now it knows the password, but is not heard for quiet-period
	supplicant md5
	wait_for 20 counted drop-held 1
	shuts
	await_authorized
	passes
	same "authentications that failed" 1 "$(port auth-fail)"
	no_supplicant
}

certificate_of_a_stranger()
{
	begin
	probes
	supplicant stranger
	wait_for 30 client_is auth-pae-state held
	shuts
	no_supplicant
}

server_dead_then_back()
{
	begin supp-timeout 5s server-timeout 30s tx-period 5s
	probes
	freeradius_stop
	supplicant md5
	wait_for 60 counted auth-timeout 1
	shuts
	unauthorized
	freeradius_start
	wait_for 120 authorized
	passes
	no_supplicant
}

# Two seconds each way: requests are sent again, answers come twice
slow_server()
{
	begin
	tc -n rad qdisc add dev eth0 root netem delay 900ms
	supplicant peap
	wait_for 60 authorized
	tc -n rad qdisc del dev eth0 root
	[[ $(agent_counter retransmissions) -ge 1 ]]
	no_supplicant
}

# The first one is a hole
second_server()
{
	local begun

	agentd 10.99.0.77 10.99.0.2
	add
	sup
	begun=$(date +%s%N)
	ask sup login 20 user password
	say "in after $((($(date +%s%N) - begun) / 1000000)) ms by the second server"
	[[ $(($(date +%s%N) - begun)) -lt 2000000000 ]]
	[[ $(agent_counter failovers) -ge 1 ]]
	# From now on it is the first one asked
	ask sup logoff
	begun=$(date +%s%N)
	ask sup login 20 user password
	say "then after $((($(date +%s%N) - begun) / 1000000)) ms"
	[[ $(($(date +%s%N) - begun)) -lt 500000000 ]]
}

# lied MODE COUNTER: nobody gets in by that, and it is counted; then by the truth
lied()
{
	ask liar "$1"
	ask sup start
	ask sup expect 10 code=request type=identity
	ask sup identity user
	wait_for 20 agent_counted "$2" 1
	unauthorized
	say "$1: $(agent_counter "$2") dropped as $2"
	ask liar truth
	await_authorized
	ask sup logoff
	await_unauthorized
}

lying_server()
{
	start liar rad "$INTEROP/liar" 10.99.0.3 1812 "$SECRET"
	agentd 10.99.0.3
	add
	sup
	lied bad-authenticator drop-response-authenticator
	lied missing-message-authenticator drop-no-message-authenticator
	lied bad-message-authenticator drop-message-authenticator
	lied unknown-identifier drop-identifier
	lied too-short drop-too-short
	lied wrong-length drop-length
	lied wrong-code drop-code
	lied silence retransmissions
	ask liar duplicate
	ask sup auto user password
	ask sup start
	await_authorized
	wait_for 20 agent_counted drop-duplicate 1
}

other_port()
{
	start liar rad "$INTEROP/liar" 10.99.0.3 1812 "$SECRET"
	agentd 10.99.0.3
	add
	sup
	lied other-port drop-source
}

reauthentication()
{
	begin reauth-period 1s
	probes
	supplicant md5
	await_authorized
	ask flood_in go
	wait_for 60 counted auth-success 5
	ask flood_in stop
	wait_for 20 has_passed seen_lan $IN_FLOW "${ANSWER#ok }"
	no_supplicant
}

logoff()
{
	begin
	probes
	supplicant md5
	await_authorized
	passes
	wpa logoff > /dev/null
	await_unauthorized
	shuts
	no_supplicant
}

link_flap()
{
	begin
	probes
	supplicant md5
	await_authorized
	printf 'link set eth0 down\nlink set eth0 up\n' | ip -n sup -b -
	# It is asked as soon as the link is there again, so it may be in by now
	wait_for 60 counted auth-success 2
	authorized
	passes
	no_supplicant
}

# Its successor knows nothing of the conversation, and ends it well
agent_killed_mid_authentication()
{
	begin
	probes
	tc -n rad qdisc add dev eth0 root netem delay 300ms
	supplicant tls
	wait_for 60 port_is auth-pae-state authenticating
	wait_for 60 counted auth-eapol-req-frames-tx 2
	kill_agentd
	shuts
	tc -n rad qdisc del dev eth0 root
	agentd
	wait_for 120 authorized
	passes
	# And the one who is in does not notice the next
	kill_agentd
	passes
	authorized
	agentd
	passes
	same "authentications that succeeded" 1 "$(port auth-success)"
	no_supplicant
}

session_timeout()
{
	begin
	supplicant short
	await_authorized
	client_is session-timeout 2000000
	# The supplicant is in again before anybody has looked
	dot1xctl -n aut -j monitor > "$WORK/events" &
	wait_for 60 grep -q '"object":"port".*"to":"unauthorized"' "$WORK/events"
	no_supplicant
}

termination_action()
{
	begin
	probes
	supplicant again
	await_authorized
	client_is termination-action reauthenticate
	wait_for 60 counted auth-success 3
	authorized
	passes
	no_supplicant
}

mab()
{
	begin mab first
	probes
	ask flood_in burst 1
	await_authorized
	client_is method mab
	passes
	ask flood_in set src=$OTHER
	shuts in
	ctl port del dev p1
	add mab on tx-period 1s
	ask flood_in burst 1
	wait_for 60 agent_counted rejects 1
	shuts in
}

by_hostapd()
{
	local method

	hostapd_server_start
	agentd 10.99.0.2:1645
	add
	probes
	for method in md5 peap tls; do
		in_by $method
		say "in by $method"
	done
	kill "$(< /tmp/hostapd.pid)"
}

load
run_tests on_a_bridge_port on_a_routed_port eapol_versions wrong_password \
	certificate_of_a_stranger server_dead_then_back slow_server second_server \
	lying_server other_port reauthentication logoff link_flap \
	agent_killed_mid_authentication session_timeout termination_action mab by_hostapd
