# SPDX-License-Identifier: GPL-2.0
#
# What people type. The modules are built by the kernel's build system (Kbuild), the
# tools by tools/Makefile, the tests run by tests/check.

newest = $(lastword $(shell ls -d $(1) 2>/dev/null | sort -V))
KDIR ?= $(or $(wildcard /lib/modules/$(shell uname -r)/build),\
	     $(call newest,/lib/modules/*/build),$(call newest,/usr/src/linux-headers-*-amd64))

DESTDIR	?=
PREFIX	?= /usr/local
export DESTDIR PREFIX

# BTF is our own step, for Debian's headers come without what the kernel's needs
KMAKE = $(MAKE) -C $(KDIR) M=$(CURDIR) CONFIG_DEBUG_INFO_BTF_MODULES=

.DEFAULT_GOAL := all

all: modules tools		## build the modules and the tools (default)

modules:			## build bfd.ko, xt_bfd.ko, dot1x.ko for KDIR, by default the running or newest kernel
	@test -n "$(KDIR)" || { echo "no kernel headers found: say KDIR=" >&2; exit 1; }
	+$(KMAKE) modules
	@$(if $(filter n,$(BTF)),,tools/btf/add "$(KDIR)" kmod/bfd/bfd.ko $(VMLINUX))

tools:				## build bfdctl, dot1xctl, dot1xd, bfd-frrd and the plug-in of iptables
	+$(MAKE) -C tools

install: tools			## install the tools, their man pages and completions (PREFIX, DESTDIR)
	+$(MAKE) -C tools install

modules_install: modules	## install the modules for the kernel of KDIR
	+$(KMAKE) INSTALL_MOD_PATH=$(DESTDIR) INSTALL_MOD_DIR=updates modules_install

uninstall:			## remove what install and modules_install have installed
	+$(MAKE) -C tools uninstall
	rm -f $(patsubst %,$(DESTDIR)/lib/modules/$(shell $(MAKE) -s -C $(KDIR) kernelrelease)/updates/kmod/%,\
		bfd/bfd.ko xt_bfd/xt_bfd.ko dot1x/dot1x.ko)

check:				## run every test; installs what it needs (Debian 12, root)
	tests/check

check-full:			## every test on every kernel, and what takes hours
	tests/check --full

lint:				## style, static checks, the dependency rule
	tests/check lint

kunit:				## the KUnit suites, in the debug kernel
	tests/check kunit

selftests:			## the module against scripted peers, bad input and faults
	tests/check selftests

interop:			## against FRR and BIRD; wpa_supplicant and FreeRADIUS
	tests/check interop

bench:				## what it costs, beside what others cost
	tests/vm/deps
	tests/bench/run

demo:				## see it work: a cut wire; a port that shuts, and who is let in
	tests/vm/deps
	tests/demo/run

clean:				## remove what was built here; the cache outside the tree stays
	+$(if $(KDIR),$(KMAKE) clean)
	+$(MAKE) -C tools clean
	rm -rf build

help:				## this list
	@sed -n 's/^\([a-z_-]*\):[^#]*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

.PHONY: all modules tools install modules_install uninstall check check-full lint kunit selftests interop \
	bench demo clean help
