#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=debug icount timeout=900
#
# Loads the suites; their results are lines of the kernel's log.

dmesg -C
for module in bfd dot1x; do
	insmod "$MODULES_DIR/$module.ko" && insmod "$MODULES_DIR/${module}_kunit.ko" || exit
	rmmod "${module}_kunit" && rmmod "$module" || exit
done
dmesg | sed 's/^\[ *[0-9.]*\] *//' | tee /tmp/log
! grep -q 'not ok' /tmp/log && grep -q '^ *ok' /tmp/log
