#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# 50,000 EAPOL-Starts, each from another MAC, while one client is authorized and sends,
# and another one authenticates.

. "$(dirname "$0")/dot1x_lib.sh"

STARTS=$(many 50000 5000)
FRAMES=$(many 20000 2000)

# flooded host-mode MODE [PARAMS]
flooded()
{
	local before

	probes
	agent
	sup
	start mob sup eapol_peer eth0 $OTHER
	start late sup eapol_peer eth0 $SUP2
	ctl port add dev p1 tx-period 60s "$@"
	ask sup login 20 user secret
	lets
	before=$(passed seen_lan $IN_FLOW)
	echo "starts $STARTS" >&"${IN[mob]}"
	echo "burst $FRAMES" >&"${IN[flood_in]}"
	[[ $2 = single ]] || ask late login 60 late secret
	read -r -t 300 ANSWER <&"${OUT[flood_in]}"
	same "frames offered" "ok $FRAMES" "$ANSWER"
	read -r -t 300 ANSWER <&"${OUT[mob]}"
	same "the mob" ok "$ANSWER"
	wait_for 10 has_passed seen_lan $IN_FLOW $((before + FRAMES))
	client_is auth-controlled-port-status authorized
	[[ $2 = single ]] || client_is auth-controlled-port-status authorized $SUP2
	say "$(port clients) clients, $(port drop-eapol-rate) dropped for their rate," \
		"$(port drop-port-full) for want of room, $(port drop-other-host) for" \
		"another host"
	ask sup logoff
}

multi_auth()
{
	flooded host-mode multi-auth max-clients 64
	[[ $(port clients) -le 64 ]]
}

single_host()
{
	flooded host-mode single
	[[ $(port clients) -le 1 ]]
}

# Strangers that log off, and whose responses nobody has asked for
other_floods()
{
	local i

	probes
	agent
	sup
	start mob sup eapol_peer eth0 $OTHER
	ctl port add dev p1 tx-period 60s host-mode multi-auth
	ask sup login 20 user secret
	for ((i = 0; i < $(many 300 100); i++)); do
		ask mob mac "02:00:00:01:00:$(printf %02x $((i % 256)))"
		ask mob logoff
		ask mob eap id=$((i % 256)) data=0161
		ask mob frame type=0 length=9999
	done
	lets
	[[ $(port clients) -le 32 ]]
}

load
run_tests multi_auth single_host other_floods
