#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# BPF programs of XDP and tc that ask for a session: what they hear, that packets pass or
# not by it, and that the module does all else when it has no BTF. See bpf/bfd_state.c: a
# ping says what the answer is to be, so it is answered only if it is.

. "$(dirname "$0")/lib.sh"

OBJECT=$WORK/bfd_state.o
cp "$BIN/bpf/bfd_state.o" "$OBJECT" || exit
ID=77
declare -A WANTS=([admin-down]=0 [down]=1 [init]=2 [up]=3 [none]=8)

pings() { ip netns exec a ping -q -c 1 -W 1 -Q $((WANTS[$1] << 2)) 10.0.0.2 > /dev/null; }

# It is STATE, and not another one
answer()
{
	local other=up

	[[ $1 != up ]] || other=down
	pings "$1"
	refused pings "$other"
}

admin() { bfd "$1" session set peer "$2" admin "$3"; }

# A session of a's from its birth to its end
life()
{
	answer none
	bfd a session add peer 10.0.0.2 discriminator $ID
	answer down
	bfd b session add peer 10.0.0.1
	up a peer 10.0.0.2
	answer up
	admin b 10.0.0.1 down
	down a peer 10.0.0.2
	answer down
	admin a 10.0.0.2 down
	answer admin-down
	admin a 10.0.0.2 up
	admin b 10.0.0.1 up
	up a peer 10.0.0.2
	answer up
	forget a
	answer none
	forget b
}

# Only its best time and what is left of it
up_and_gone()
{
	bfd a session add peer 10.0.0.2 discriminator $ID
	bfd b session add peer 10.0.0.1
	up a peer 10.0.0.2
	answer up
	forget a
	answer none
	forget b
}

# xdp native|generic
xdp() { ip -n a link set va "xdp${1/native/drv}" obj "$OBJECT" sec xdp; }

no_xdp() { ip -n a link set va "xdp${1/native/drv}" off; }

# tc ingress|egress WHAT...: a filter, or one that passes all to an action
tc_bpf()
{
	tc -n a qdisc replace dev va clsact
	tc -n a filter add dev va "$1" "${@:2}"
}

no_tc() { tc -n a qdisc del dev va clsact; }

xdp_native() { xdp native; life; no_xdp native; pings init; }

xdp_generic() { xdp generic; up_and_gone; no_xdp generic; }

tc_ingress() { tc_bpf ingress bpf da obj "$OBJECT" sec tc; life; no_tc; pings init; }

tc_egress() { tc_bpf egress bpf da obj "$OBJECT" sec tc; up_and_gone; no_tc; }

# Only 6.4 lets them
tc_action()
{
	if [[ $KERNEL = 6.1 ]]; then
		refused tc_bpf ingress matchall action bpf obj "$OBJECT" sec action
		no_tc
		return
	fi
	tc_bpf ingress matchall action bpf obj "$OBJECT" sec action
	up_and_gone
	no_tc
}

# While Up is kept back from listeners, programs hear what they do
up_is_told_late()
{
	xdp native
	bfd a session add peer 10.0.0.2 discriminator $ID hold-up 3600s
	bfd b session add peer 10.0.0.1
	up a peer 10.0.0.2
	up b peer 10.0.0.1
	answer "$(field a reported-state peer 10.0.0.2)"
	no_xdp native
}

# What another network namespace has is not told
namespaces_are_apart()
{
	xdp native
	bfd b session add peer 10.0.0.1 discriminator $ID
	bfd a session add peer 10.0.0.2 discriminator 78
	up b peer 10.0.0.1
	answer none
	no_xdp native
	tc_bpf egress bpf da obj "$OBJECT" sec tc
	answer none
	no_tc
}

# A program that makes its context up would have the kernel follow any pointer
context_is_the_programs_own()
{
	refused tc_bpf ingress bpf da obj "$OBJECT" sec forged/tc
	because "bfd_xdp_session_state is not allowed"
	no_tc
	refused ip -n a link set va xdp obj "$OBJECT" sec forged/xdp
	because "bfd_skb_session_state is not allowed"
}

program_keeps_the_module()
{
	xdp native
	refused rmmod bfd
	no_xdp native
	unload
	refused xdp native
	load
	xdp native
	no_xdp native
}

# works_from FILE: but no program can ask
works_without()
{
	unload
	! cmp -s "$KO" "$1"
	insmod "$1"
	refused xdp native
	because "_session_state': not found in kernel or module BTFs"
	bfd a session add peer 10.0.0.2 discriminator $ID
	bfd b session add peer 10.0.0.1
	up a peer 10.0.0.2
	forget a
	forget b
	unload
	load
}

# As it is built where there is no pahole, or no vmlinux
module_without_btf_works()
{
	sed 's/\x00\.BTF\x00/\x00.NIX\x00/' "$KO" > "$WORK/without.ko"
	works_without "$WORK/without.ko"
}

# As it is when the kernel has another one than it was built for
module_whose_btf_does_not_fit_works()
{
	sed 's/\x9f\xeb\x01\x00\x18\x00\x00\x00/\x9f\xeb\x02\x00\x18\x00\x00\x00/' "$KO" > \
		"$WORK/unfit.ko"
	works_without "$WORK/unfit.ko"
}

namespace_may_go_with_its_programs()
{
	xdp native
	tc_bpf egress bpf da obj "$OBJECT" sec tc
	bfd a session add peer 10.0.0.2 discriminator $ID
	no_hosts
	setup
}

in_memory ping tc cmp
load
run_tests xdp_native xdp_generic tc_ingress tc_egress tc_action up_is_told_late \
	namespaces_are_apart context_is_the_programs_own program_keeps_the_module \
	module_without_btf_works module_whose_btf_does_not_fit_works \
	namespace_may_go_with_its_programs
