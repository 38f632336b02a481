#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every allocation of a command and of an answer fails once, of the module's init and of
# making a namespace the last. Needs a kernel with fault injection.

. "$(dirname "$0")/dot1x_lib.sh"

setup()
{
	local dir

	[[ -e /proc/self/fail-nth ]] || { echo "1..0 # SKIP no fault injection"; finish; exit; }
	for dir in /sys/kernel/debug/{failslab,fail_page_alloc}; do
		[[ -d $dir ]] || continue
		echo N > $dir/ignore-gfp-wait
		echo 0 > $dir/verbose
	done
	bridged
}

fails() { ip netns exec aut failnth dot1x "$1"; }

port_add_fails() { fails port-new; }
port_set_fails() { fails port-set; }
port_del_fails() { fails port-del; }
port_show_fails() { fails port-get; fails port-dump; }
authorize_fails() { fails authorize; }
client_del_fails() { fails client-del; }
client_show_fails() { fails client-get; fails client-dump; }
stats_fail() { fails stats; }

# The agent's; it is asked because somebody answers
answers_fail()
{
	sup
	ask sup auto user secret
	ip netns exec aut failnth answer challenge
	ip netns exec aut failnth answer accept
}

namespaces_fail() { failnth netns "${LAST:-50}"; }

loading_fails()
{
	unload
	failnth load "$KO" "${LAST:-50}"
}

load
run_tests port_add_fails port_set_fails port_del_fails port_show_fails authorize_fails \
	client_del_fails client_show_fails stats_fail answers_fail namespaces_fail loading_fails
