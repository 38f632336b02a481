#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# dot1xd as the agent of a namespace: one of them, with the privilege it takes, whether
# the module is there, comes or goes. What the two say to each other is tested
# elsewhere.

. "$(dirname "$0")/lib.sh"

setup()
{
	local ns

	for ns in a b; do
		ip netns add $ns
	done
	echo secret > "$WORK/secret"
	chmod 600 "$WORK/secret"
	echo "radius 192.0.2.1 secret-file $WORK/secret" > "$WORK/conf"
}

load_it() { insmod "$MODULES_DIR/dot1x.ko"; }

unload_it() { wait_for 20 rmmod dot1x 2> "$WORK/rmmod" || { cat "$WORK/rmmod"; return 1; }; }

# agent NETNS: in the foreground of this shell's background; its log is its own
agent()
{
	: > "$WORK/log.$1"
	dot1xd -f -n "$1" -c "$WORK/conf" 2> "$WORK/log.$1" &
	PID=$!
}

# said NETNS TIMES TEXT: its log has it that often
said() { [[ $(grep -cF -- "$3" "$WORK/log.$1") -eq $2 ]]; }

registered() { wait_for 20 said "$1" "${2:-1}" 'ready: the agent of this network namespace'; }

# ended STATUS: the agent has, like that
ended()
{
	local status=0

	wait "$PID" || status=$?
	same "exit status" "$1" "$status"
}

is_the_agent()
{
	load_it
	agent a
	registered a
	kill $PID
	ended 0
	unload_it
}

one_in_a_namespace()
{
	local first

	load_it
	agent a
	registered a
	first=$PID
	refused dot1xd -f -n a -c "$WORK/conf"
	because 'Error: cannot be the agent: .*\.$'
	refused dot1xd -n a -c "$WORK/conf"
	because 'Error: cannot be the agent: .*\.$'
	agent b
	registered b
	kill $PID $first
	ended 0
	unload_it
}

successor_of_one_that_was_killed()
{
	local i

	load_it
	for i in 1 2 3 4 5; do
		agent a
		registered a
		kill -9 $PID
		ended 137 2> /dev/null
	done
	agent a
	registered a
	kill $PID
	ended 0
	unload_it
}

without_the_privilege()
{
	load_it
	refused setpriv --bounding-set -net_admin --inh-caps -all dot1xd -f -c "$WORK/conf"
	because 'Error: cannot be the agent: .*CAP_NET_ADMIN.*\.$'
	unload_it
}

before_the_module()
{
	agent a
	wait_for 20 said a 1 'dot1x.ko is not loaded'
	load_it
	registered a
	unload_it
	wait_for 20 said a 1 'dot1x.ko was unloaded; waiting for it'
	load_it
	registered a 2
	kill $PID
	ended 0
	unload_it
}

module_comes_and_goes()
{
	local i

	agent a
	wait_for 20 said a 1 'dot1x.ko is not loaded'
	for i in 1 2 3 4 5 6 7 8 9 10; do
		load_it
		unload_it
	done
	wait_for 20 said a 10 'dot1x.ko was unloaded; waiting for it'
	load_it
	registered a 11
	kill -HUP $PID
	wait_for 20 said a 1 'read anew: 1 servers'
	kill $PID
	ended 0
	unload_it
}

# Whoever waits is the agent once the other one is gone
waits_for_the_other()
{
	local waiting other

	agent a
	waiting=$PID
	wait_for 20 said a 1 'dot1x.ko is not loaded'
	cp "$WORK/conf" "$WORK/other"
	dot1xd -f -n a -c "$WORK/other" 2> "$WORK/log.other" &
	other=$!
	wait_for 20 said other 1 'dot1x.ko is not loaded'
	load_it
	wait_for 20 grep -q 'cannot be the agent yet' "$WORK/log.a" "$WORK/log.other"
	if said a 1 'cannot be the agent yet'; then
		kill $other
		registered a
	else
		kill $waiting
		registered other
	fi
	kill $waiting $other 2> /dev/null || :
	wait $waiting $other || :
	unload_it
}

in_the_background()
{
	local pid

	load_it
	dot1xd -n a -c "$WORK/conf" > "$WORK/said" 2>&1
	same "what it says" "" "$(< "$WORK/said")"
	pid=$(pidof dot1xd)
	# It is ready when it lets go: another one is refused at once
	refused dot1xd -f -n a -c "$WORK/conf"
	kill "$pid"
	wait_for 20 gone "$pid"
	unload_it
}

gone() { [[ ! -d /proc/$1 ]]; }

# Who asks for the module makes the kernel call modprobe, and that waits for the host
[[ ! ${ICOUNT:-} ]] || echo > /proc/sys/kernel/modprobe
in_memory bash grep sleep kill insmod rmmod setpriv pidof dot1xd /usr/lib/ssl/openssl.cnf
run_tests is_the_agent one_in_a_namespace successor_of_one_that_was_killed \
	without_the_privilege before_the_module module_comes_and_goes waits_for_the_other \
	in_the_background
