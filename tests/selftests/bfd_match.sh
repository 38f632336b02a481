#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Rules of iptables and ip6tables that ask whether a session is up: what they let
# through, what they look like, what is refused.

. "$(dirname "$0")/lib.sh"

export XTABLES_LIBDIR=$HERE/../../tools/xtables:/usr/lib/x86_64-linux-gnu/xtables
ID=77

# The match goes first
unload()
{
	rmmod xt_bfd
	wait_for 20 rmmod bfd
}

rule() { ip netns exec a iptables "$@"; }
rule6() { ip netns exec a ip6tables "$@"; }

pings() { ip netns exec a ping -q -c 1 -W 2 "$1" > /dev/null; }

starts()
{
	bfd a session add peer 10.0.0.2 discriminator $ID
	bfd b session add peer 10.0.0.1
	up a peer 10.0.0.2
}

falls() { bfd b session set peer 10.0.0.1 admin down; down a peer 10.0.0.2; }

rises() { bfd b session set peer 10.0.0.1 admin up; up a peer 10.0.0.2; }

passes_while_up()
{
	rule -A OUTPUT -p icmp -m bfd ! --session-up $ID -j DROP
	rule6 -A OUTPUT -p icmpv6 --icmpv6-type echo-request -m bfd ! --session-up $ID -j DROP
	# Nobody's session is not up
	refused pings 10.0.0.2
	refused pings fd00::2
	starts
	pings 10.0.0.2
	pings fd00::2
	falls
	refused pings 10.0.0.2
	refused pings fd00::2
	rises
	pings 10.0.0.2
	forget a
	refused pings 10.0.0.2
	rule -F
	rule6 -F
	pings 10.0.0.2
}

drops_while_up()
{
	rule -A OUTPUT -p icmp -m bfd --session-up $ID -j DROP
	pings 10.0.0.2
	starts
	refused pings 10.0.0.2
	falls
	pings 10.0.0.2
	rule -F
}

# A session of another network namespace is none
namespaces_are_apart()
{
	bfd b session add peer 10.0.0.1 discriminator $ID
	bfd a session add peer 10.0.0.2 discriminator 78
	up b peer 10.0.0.1
	rule -A OUTPUT -p icmp -m bfd --session-up $ID -j DROP
	pings 10.0.0.2
	rule -F
}

rules_are_shown_as_they_were_typed()
{
	rule -A OUTPUT -m bfd --session-up 0x4d -j ACCEPT
	rule -A OUTPUT -m bfd ! --session-up 4294967295 -j ACCEPT
	rule -S OUTPUT > "$WORK/shown"
	grep -qx -- "-A OUTPUT -m bfd --session-up 77 -j ACCEPT" "$WORK/shown"
	grep -qx -- "-A OUTPUT -m bfd ! --session-up 4294967295 -j ACCEPT" "$WORK/shown"
	rule -L -n > "$WORK/shown"
	grep -q "bfd session 77 up" "$WORK/shown"
	grep -q "bfd session 4294967295 not up" "$WORK/shown"
	rule -D OUTPUT -m bfd --session-up 77 -j ACCEPT
	rule -F
	rule -m bfd --help | grep -q "session-up ID"
}

bad_rules_are_refused()
{
	refused rule -A OUTPUT -m bfd -j DROP
	refused rule -A OUTPUT -m bfd --session-up 0 -j DROP
	refused rule -A OUTPUT -m bfd --session-up 4294967296 -j DROP
	refused rule -A OUTPUT -m bfd --session-up eth0 -j DROP
	rule -S OUTPUT > "$WORK/shown"
	! grep -q bfd "$WORK/shown"
}

# A rule keeps the match, and the match keeps bfd.ko
rule_keeps_the_modules()
{
	rule -A OUTPUT -m bfd --session-up $ID -j ACCEPT
	refused rmmod xt_bfd
	refused rmmod bfd
	rule -F
	wait_for 20 rmmod xt_bfd 2> /dev/null
	refused rule -A OUTPUT -m bfd --session-up $ID -j ACCEPT
	insmod "$MODULES_DIR/xt_bfd.ko"
}

namespace_may_go_with_its_rules()
{
	rule -A OUTPUT -m bfd --session-up $ID -j DROP
	starts
	no_hosts
	setup
}

in_memory iptables ip6tables ping /usr/lib/x86_64-linux-gnu/xtables/libxt_standard.so
modprobe x_tables
load
insmod "$MODULES_DIR/xt_bfd.ko"
run_tests passes_while_up drops_while_up namespaces_are_apart \
	rules_are_shown_as_they_were_typed bad_rules_are_refused rule_keeps_the_modules \
	namespace_may_go_with_its_rules
