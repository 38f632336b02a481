#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=6.1 icount timeout=7200 full
#
# bfdd, bfd-frrd and zebra are killed again and again, with 100 sessions at 3 x 10 ms:
# frr_torture.sh [ROUNDS]. No peer may see it, which in 30 ms would notice anything.

HERE=$(dirname "$0")
. "$HERE/lib.sh"
. "$HERE/frr_lib.sh"
. "$HERE/dataplane_lib.sh"

ROUNDS=${1:-50}
MANY=100
his_pace="tx 10 rx 10 mult 3"
frr_pace="|transmit-interval 10|receive-interval 10"

# rounds WHAT COMMAND...: killed and there again, ROUNDS times
rounds()
{
	local what=$1 round

	shift
	watch_him
	for ((round = 1; round <= ROUNDS; round++)); do
		"$@"
		wait_for frr_up "$MANY"
		sleep 0.$((RANDOM % 10))
	done
	equal "$what, killed $ROUNDS times: no peer goes down" "" "$(he_saw)"
	equal "and none has seen another discriminator" "$before" "$(identities)"
}

restart_bfdd()
{
	kill_frr us bfdd
	start_bfdd
}

restart_zebra()
{
	kill_frr us zebra
	start_zebra
}

mkdir -p "$ETC/us"
{ echo bfd; peers_of_many | sed 's/^/ /'; } > "$ETC/us/bfdd.conf"
begin_dataplane
check "$MANY sessions at 3 x 10 ms" frr_up "$MANY"
before=$(identities)
equal "the peer knows a discriminator of each" "$MANY" "$(known "$before")"
rounds bfdd restart_bfdd
rounds bfd-frrd kill_frrd
rounds zebra restart_zebra
sleep 12
check "and there are as many sessions as ever" ours_are "$MANY"
end_dataplane
