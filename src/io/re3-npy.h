/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-array.h"

G_BEGIN_DECLS

/* NumPy's .npy, versions 1 to 3 (numpy.lib.format): a magic, the version, the length of the header, and
 * the header, a Python dictionary of literals with the keys descr, fortran_order and shape. Only arrays
 * of numbers: what holds Python objects is a pickle, which can run code. */

/* More is no header. NumPy's own bound is 10000. */
#define RE3_NPY_MAX_HEADER 65536

gboolean re3_npy_is_npy      (const guint8   *head,
                              gsize           length);
/* @bytes: the first @length of the file, at least RE3_NPY_MAX_HEADER and a few or all of them. */
gboolean re3_npy_read_header (const guint8   *bytes,
                              gsize           length,
                              const char     *name,
                              Re3ArrayHeader *header,
                              GError        **error);

G_END_DECLS
