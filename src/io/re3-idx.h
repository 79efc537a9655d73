/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-array.h"

G_BEGIN_DECLS

/* IDX, the format of MNIST (LeCun, Cortes, Burges): two bytes 0, a byte for the type, one for the
 * number of dimensions, a size of four bytes for each, and the numbers, all with the largest byte
 * first. */

gboolean re3_idx_is_idx      (const guint8   *head,
                              gsize           length);
/* @bytes: the first @length of the file, at least the header. */
gboolean re3_idx_read_header (const guint8   *bytes,
                              gsize           length,
                              const char     *name,
                              Re3ArrayHeader *header,
                              GError        **error);

G_END_DECLS
