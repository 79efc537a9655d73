/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What every reader does with a file before it looks at the content. */

/* The name of @file in messages: its last part, as UTF-8. (transfer full) */
char         *re3_io_file_get_name  (GFile        *file);

/* Opens @file, for what it holds where it is packed with gzip, whatever its name; what stands in the way
 * is a sentence that names the whole path. (transfer full) */
GInputStream *re3_io_file_open      (GFile        *file,
                                     GCancellable *cancellable,
                                     GError      **error);

/* @name without the “.gz” of a packed file: what tells the kind of what it holds. (transfer full) */
char         *re3_io_get_unpacked_name (const char *name);

/* Appends to @bytes from @stream until it has @size bytes or the stream ends. @name: for messages. */
gboolean      re3_io_stream_read    (GInputStream *stream,
                                     GByteArray   *bytes,
                                     gsize         size,
                                     const char   *name,
                                     GCancellable *cancellable,
                                     GError      **error);

/* Appends all of @stream, and a NUL after it that does not count. Fails with
 * RE3_IO_ERROR_TOO_LARGE where @bytes would grow over @max_size. */
gboolean      re3_io_stream_load    (GInputStream *stream,
                                     GByteArray   *bytes,
                                     gsize         max_size,
                                     const char   *name,
                                     GCancellable *cancellable,
                                     GError      **error);

/* Puts @length bytes of @content in the place of @file, whole or not at all. */
gboolean      re3_io_file_replace   (GFile        *file,
                                     const char   *content,
                                     gsize         length,
                                     GError      **error);

/* A piece of a file as it can stand in a message: valid UTF-8, on one line, not too long.
 * (transfer full) */
char         *re3_io_quote          (const char   *text);

/* "a, b, c": the first of @names, and how many more there are. (transfer full) */
char         *re3_io_join_names     (const char *const *names,
                                     gsize              n_names);

G_END_DECLS
