# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the demos share, on top of the timing tests' lib.sh: how a command, a moment and
# the verdict are shown.

. "$(dirname "${BASH_SOURCE[0]}")/../timing/lib.sh"

title() { printf '\n=== %s\n' "$*"; }

# show COMMAND...: as one would type it, and what it says
show()
{
	printf '\n    # %s\n' "$*"
	"$@" | sed 's/^/    /'
}

# moment NS ZERO TEXT: what happened then, counted from ZERO
moment()
{
	local us=$(((${1:-0} - ${2:-0}) / 1000))

	printf '%6d.%02d ms  %s\n' $((us / 1000)) $((us / 10 % 100)) "$3"
}

wait_until()
{
	local tries=0

	until "$@"; do
		((tries++ < 60)) || die "this did not happen: $*"
		pass_time 0.5
	done
}

# expect CONDITION NAME: a result that verdict tells
expect() { result "$@" >> /tmp/verdict; }

# verdict NUMBER: of results there must be, or something did not come so far
verdict()
{
	title "Verdict"
	echo
	cat /tmp/verdict
	((tests == $1)) || die "$tests results of $1"
	finish
}
