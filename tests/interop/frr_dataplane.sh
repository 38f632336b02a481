#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# lab: kernel=6.1 icount timeout=900
#
# bfd-frrd between FRR's bfdd and bfd.ko: sessions of all kinds, more of them than one
# connection takes, counters; whatever is killed and restarted on "us", "him" must see
# none of it. The network is in dataplane_lib.sh.

HERE=$(dirname "$0")
. "$HERE/lib.sh"
. "$HERE/frr_lib.sh"
. "$HERE/dataplane_lib.sh"

MANY=200

few_sessions()
{
	configure "peer 10.0.1.1 interface p0" "peer fd00::2 local-address fd00::1 interface p0" \
		"peer 10.9.0.2 multihop local-address 10.0.0.1"
	check "FRR's sessions of three kinds come up" frr_up 3
	configure "peer 10.3.0.2 multihop local-address 10.3.0.1 vrf red"
	check "and one in a VRF" frr_up 4
	check "at the peer" his_up 4
	equal "what is FRR's is not saved" "" "$(bfdctl -n us save)"
}

cut_the_wire()
{
	tc -n us qdisc add dev p0 root netem loss 100%
	tc -n him qdisc add dev q0 root netem loss 100%
	check "FRR hears of a cut wire" frr_up 1
	tc -n us qdisc del dev p0 root
	tc -n him qdisc del dev q0 root
	check "and of one that is mended" frr_up 4
}

change_and_delete()
{
	local before

	before=$(identities)
	watch_him
	configure "peer 10.0.1.1 interface p0" "detect-multiplier 5" "transmit-interval 250"
	check "a change of FRR's is one of the kernel's" first_of_us 'tx 250ms .*mult 5'
	check "negotiated with the peer" first_of_him 'remote.*tx 250ms .*mult 5'
	equal "who does not see a flap" "" "$(he_saw)"
	configure "peer 10.0.1.1 interface p0" shutdown
	check "shutdown is admin-down" first_of_us '^admin-down'
	configure "peer 10.0.1.1 interface p0" "no shutdown" "detect-multiplier 3" \
		"transmit-interval 300"
	check "and back" frr_up 4
	equal "under the same discriminator" "$before" "$(identities)"
	configure "no peer 10.0.1.1 interface p0"
	check "what FRR deletes is deleted" ours_are 3
	check "and the peer is told why" first_of_him 'diag neighbor-down'
}

many_sessions()
{
	local lines

	mapfile -t lines < <(peers_of_many)
	configure "${lines[@]}"
	check "$MANY more come up" his_up $((MANY + 3))
	check "FRR knows" frr_up $((MANY + 3))
}

sweep_counters()
{
	local i before said

	before=$(grep -c 'gone\|connected' /tmp/frrd.log)
	for ((i = 0; i < 20; i++)); do
		said=$(tell us show bfd peers counters json)
	done
	equal "20 times the counters of all, on the same connections" "$before" \
		"$(grep -c 'gone\|connected' /tmp/frrd.log)"
	equal "of which none is 0" 0 \
		"$(grep -oE '"control-packet-(in|out)put":0' <<< "$said" | wc -l)"
	equal "and all are there" $((MANY + 3)) \
		"$(grep -o '"control-packet-input":' <<< "$said" | wc -l)"
}

restart_bfdd()
{
	local before

	before=$(identities)
	equal "the peer knows a discriminator of each" $((MANY + 3)) "$(known "$before")"
	{
		echo bfd
		peers_of_many | sed 's/^/ /'
		echo " peer fd00::2 local-address fd00::1 interface p0"
		echo " peer 10.9.0.2 multihop local-address 10.0.0.1"
		echo " peer 10.3.0.2 multihop local-address 10.3.0.1 vrf red"
	} > "$ETC/us/bfdd.conf"
	watch_him
	kill_frr us bfdd
	sleep 2
	start_bfdd
	check "bfdd, killed and started again, has all of its $((MANY + 3)) sessions" \
		frr_up $((MANY + 3))
	sleep 12
	equal "of which the peer saw nothing" "" "$(he_saw)"
	equal "not even another discriminator" "$before" "$(identities)"
	check "and there is no session more" ours_are $((MANY + 3))
}

restart_frrd()
{
	local before downs i

	before=$(identities)
	downs=$(frr_downs)
	watch_him
	for i in 1 2 3 4 5; do
		kill_frrd
	done
	sleep 5
	equal "bfd-frrd, killed 5 times: bfdd saw nothing" "$downs" "$(frr_downs)"
	equal "nor did the peer" "" "$(he_saw)"
	equal "there are the same discriminators" "$before" "$(identities)"
	equal "and each of them took up the connections" 5 \
		"$(grep -c 'took up [0-9]* connections' /tmp/frrd.log)"
	cut_again
}

# The one that took over knows what it does
cut_again()
{
	tc -n him qdisc add dev q0 root netem loss 100%
	check "the last of them tells of a cut wire" frr_up 1
	tc -n him qdisc del dev q0 root
	check "and of one that is mended" frr_up $((MANY + 3))
}

begin_dataplane
few_sessions
cut_the_wire
change_and_delete
many_sessions
sweep_counters
restart_bfdd
restart_frrd
end_dataplane
