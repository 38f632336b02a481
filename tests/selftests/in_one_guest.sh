# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Runs the selftests that $tests names, one after the other, as TAP of two levels.
# Sourced last, in their folder.

n=0 bad=0

echo "TAP version 13"
echo "1..${#tests[@]}"
for name in "${tests[@]}"; do
	start=$SECONDS
	"./$name.sh" | sed -u 's|^|    |'
	rc=${PIPESTATUS[0]}
	((++n))
	[[ $rc = 0 ]] || { echo -n "not "; ((++bad)); }
	echo "ok $n - $name # $((SECONDS - start)) s"
done
[[ $bad = 0 ]]
