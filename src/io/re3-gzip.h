/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Re3Gzip:
 *
 * Unpacks a gzip file that is in memory, and no more of it than is asked for: what a small file grows
 * to is not for it to say.
 */
typedef struct _Re3Gzip Re3Gzip;

gboolean re3_gzip_is_gzip (const guint8 *head,
                           gsize         length);
/* @packed: outlives it. (transfer full) */
Re3Gzip *re3_gzip_new     (const guint8 *packed,
                           gsize         length,
                           const char   *name);
void     re3_gzip_free    (Re3Gzip      *self);
/* Appends to @bytes until it has @size bytes, or all is unpacked. Fails where the file is damaged or
 * cut, or goes on behind its end. */
gboolean re3_gzip_unpack  (Re3Gzip      *self,
                           GByteArray   *bytes,
                           gsize         size,
                           GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Gzip, re3_gzip_free)

G_END_DECLS
