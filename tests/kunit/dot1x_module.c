// SPDX-License-Identifier: GPL-2.0
/*
 * One module for all suites of dot1x.ko: loading it runs them.
 */
#include <linux/module.h>

MODULE_DESCRIPTION("KUnit suites of dot1x.ko");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
