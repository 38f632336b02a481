/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHIM_VISIBILITY_H
#define _SHIM_VISIBILITY_H

/* A declaration, so that the semicolon after it is not stray */
#define EXPORT_SYMBOL_IF_KUNIT(symbol)	struct shim_no_export

#endif /* _SHIM_VISIBILITY_H */
