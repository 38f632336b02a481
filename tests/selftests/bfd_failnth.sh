#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every allocation of a command fails once, of the module's init and of making a
# namespace the last. Needs a kernel with fault injection.

. "$(dirname "$0")/lib.sh"

setup()
{
	local dir

	[[ -e /proc/self/fail-nth ]] || { echo "1..0 # SKIP no fault injection"; exit; }
	for dir in /sys/kernel/debug/{failslab,fail_page_alloc}; do
		[[ -d $dir ]] || continue
		echo N > $dir/ignore-gfp-wait
		echo 0 > $dir/verbose
	done
	two_hosts
}

# In a namespace with nothing, so that the first session brings the hooks
new_fails() { ip netns exec a failnth bfd new; }
micro_fails() { ip netns exec a failnth bfd micro; }
set_fails() { ip netns exec a failnth bfd set; ip netns exec a failnth bfd auth; }
del_fails() { ip netns exec a failnth bfd del; }
get_fails() { ip netns exec a failnth bfd get; ip netns exec a failnth bfd dump; }
reflectors_fail()
{
	local what

	for what in new set del get dump; do
		ip netns exec a failnth bfd reflector-$what
	done
}
policies_fail()
{
	local what

	for what in new set del get dump; do
		ip netns exec a failnth bfd policy-$what
	done
}
stats_fail() { ip netns exec a failnth bfd stats; }

# An event that found no memory is counted, and the next one says so
events_fail()
{
	local lost

	bfdctl -n a -j monitor > "$WORK/events" &
	sleep 2
	ip netns exec a failnth bfd new
	ip netns exec a failnth bfd set
	ip netns exec a failnth bfd del
	lost=$(counter a event-lost)
	say "$lost events lost"
	[[ $lost -gt 0 ]]
}

namespaces_fail() { failnth netns "${LAST:-50}"; }

loading_fails()
{
	unload
	failnth load "$KO" "${LAST:-50}"
}

load
run_tests new_fails micro_fails set_fails del_fails get_fails reflectors_fail policies_fail stats_fail events_fail \
	namespaces_fail loading_fails
