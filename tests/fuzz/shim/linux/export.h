/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHIM_EXPORT_H
#define _SHIM_EXPORT_H

/* Nothing is exported here */

#endif /* _SHIM_EXPORT_H */
