# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the laboratory's scripts share: where things lie, and which kernels "6.1"
# and "6.12" mean today. Sourced, never run. Everything that takes minutes to make
# is kept in one cache folder outside the tree, under a name that holds a hash of
# all it was made from: what changed is made anew, what did not is found.

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck disable=SC2034  # used by those who source this
VM=$TOP/tests/vm
CACHE=${BFD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/linux-bfd-dot1x}

export LC_ALL=C

die() { echo "${0##*/}: $*" >&2; exit 1; }
say() { [[ ${QUIET:-} ]] || echo "${0##*/}: $*" >&2; }

# The newest version Debian has both a signed image and headers for; it comes from
# apt's lists, so it changes only by an apt-get update.
stock_release()
{
	comm -12 <(stock_packages linux-image "$1") <(stock_packages linux-headers "$1") |
		sort -V | tail -n 1
}

# stock_packages linux-image 6.1: releases, as uname -r says them
stock_packages()
{
	apt-cache pkgnames "$1-$2." | sed "s/^$1-//" |
		grep -E '^[0-9.]+(-[0-9]+|\+deb[0-9]+)-amd64$' | sort -u
}

# The folder modules of kernel 6.1, 6.12 or debug are built against.
kernel_dir()
{
	case $1 in
	debug)	echo "$CACHE/kernel-$(kernel_key)" ;;
	*)	echo "/lib/modules/$(stock_release "$1")/build" ;;
	esac
}

source_version() { dpkg-query -W -f '${Version}' linux-source-6.1; }

kernel_key() { { cat "$VM"/{kernel,debug}.config; source_version; } | key; }

key() { sha256sum | cut -c 1-12; }

# make_once PATH COMMAND...: run COMMAND with a temporary folder and rename that to
# PATH, unless PATH exists. Two runs at once wait for each other; an interrupted one
# leaves nothing that could be taken for a whole.
make_once()
{
	local path=$1 tmp=$1.tmp
	shift
	[[ -d $path ]] && return
	mkdir -p "$CACHE"
	(
		flock 9
		[[ -d $path ]] && exit
		rm -rf "$tmp"
		mkdir -p "$tmp"
		"$@" "$tmp" && mv "$tmp" "$path"
	) 9> "${path%-*}.lock" || die "could not make $path"
}
