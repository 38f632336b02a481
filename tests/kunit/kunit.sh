#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# lab: kernel=debug icount timeout=400
#
# Loads the suites; their results are lines of the kernel's log.

dmesg -C
insmod "$MODULES_DIR/bfd.ko" && insmod "$MODULES_DIR/bfd_kunit.ko" || exit
rmmod bfd_kunit && rmmod bfd || exit
dmesg | sed 's/^\[ *[0-9.]*\] *//' | tee /tmp/log
! grep -q 'not ok' /tmp/log && grep -q '^ *ok' /tmp/log
