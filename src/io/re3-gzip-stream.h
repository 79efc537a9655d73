/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What unpacks to more than RE3_GZIP_SIZE_IN_DOUBT and to RE3_GZIP_MAX_RATIO times its size was made to
 * fill the memory: deflate reaches 1032 where one byte is repeated, tables of mostly zeros 100 to 300. */
#define RE3_GZIP_MAX_RATIO     500
#define RE3_GZIP_SIZE_IN_DOUBT (64u * 1024 * 1024)

#define RE3_TYPE_GZIP_STREAM (re3_gzip_stream_get_type ())
G_DECLARE_FINAL_TYPE (Re3GzipStream, re3_gzip_stream, RE3, GZIP_STREAM, GFilterInputStream)

/**
 * Re3GzipStream:
 *
 * What a file holds: its bytes, or what they unpack to where they start as those of a gzip file do (RFC
 * 1952), of one member or several. No more is unpacked than is asked for. Reading fails where the file
 * is damaged or cut, goes on behind its end, or unpacks to what is far too much for its size; the message
 * is a sentence that does not name the file.
 */

/* (transfer full) */
GInputStream *re3_gzip_stream_new (GInputStream *base);

G_END_DECLS
