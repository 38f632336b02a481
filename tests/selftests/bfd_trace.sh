#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Tracepoints fire, print, and are gone with the module.

. "$(dirname "$0")/lib.sh"

TRACING=/sys/kernel/tracing

setup()
{
	[[ -d $TRACING/events/bfd ]] || { echo "1..0 # SKIP no tracefs"; exit; }
	two_hosts
}

traced() { grep -q "$1" $TRACING/trace; }

every_event_prints()
{
	local digits='[0-9]*'

	echo 1 > $TRACING/events/bfd/enable
	echo > $TRACING/trace
	bfd a session add peer 10.0.0.2 discriminator 77
	bfd b session add peer 10.0.0.1 discriminator 78
	up a id 77
	wait_for 20 traced "bfd_state: discriminator=77 from=[a-z]* to=up diag=0"
	wait_for 20 traced "bfd_state: discriminator=78 from=[a-z]* to=up diag=0"
	wait_for 20 traced "bfd_tx: discriminator=77 packet=20 [0-9a-f ]* 00 00 00 4d "
	wait_for 20 traced "bfd_rx: discriminator=77 len=24 drop=0 packet=20 [0-9a-f ]* 00 00 00 4e "
	bfd b session del all
	wait_for 20 traced "bfd_state: discriminator=77 from=up to=down diag=3"
}

# A long line on the console keeps a CPU from its interrupts
late()
{
	traced "bfd_late: discriminator=77 late=[0-9]*ns" && return
	printf '<1>%0900d\n' {1..9} > /dev/kmsg
	return 1
}

lateness_is_traced()
{
	[[ -c /dev/ttyS0 ]] || skip "no console to be slow"
	[[ ! ${ICOUNT:-} ]] || skip "nothing is late where time is exact"
	echo 1 > $TRACING/events/bfd/bfd_late/enable
	echo > $TRACING/trace
	bfd a session add peer 10.0.0.2 discriminator 77 rx 0
	bfd b session add peer 10.0.0.1 discriminator 78 tx 2 rx 2
	bfd a session set id 77 tx 2 rx 2
	wait_for 60 late
	[[ $(counter a late-slot) -gt 0 ]]
}

unloaded_while_traced()
{
	echo 1 > $TRACING/events/bfd/enable
	bfd a session add peer 10.0.0.2
	bfd b session add peer 10.0.0.1
	up a peer 10.0.0.2
	cat $TRACING/trace_pipe > "$WORK/pipe" &
	unload
	[[ ! -d $TRACING/events/bfd ]]
	cat $TRACING/trace > "$WORK/trace"
	load
}

load
run_tests every_event_prints lateness_is_traced unloaded_while_traced
