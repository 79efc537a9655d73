/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* More dimensions than this no data set has. */
#define RE3_ARRAY_MAX_DIMENSIONS 8

/* What one number of an array is. */
typedef enum {
  RE3_ARRAY_UNSIGNED,
  RE3_ARRAY_SIGNED,
  RE3_ARRAY_FLOAT,
  RE3_ARRAY_BOOLEAN,
} Re3ArrayKind;

/**
 * Re3ArrayHeader:
 * @shape: n_dimensions sizes, the first of which counts the rows of a data set
 * @kind: what its numbers are
 * @width: the bytes of one: 1, 2, 4 or 8
 * @big_endian: in which order they stand
 * @fortran: the first index changes fastest, not the last
 * @offset: where the numbers start in the file
 * @n_values: how many there are, the product of @shape; at most RE3_MAX_DATA_NUMBERS
 *
 * What an array file says of itself before its numbers.
 */
typedef struct {
  gsize n_dimensions;
  gsize shape[RE3_ARRAY_MAX_DIMENSIONS];
  Re3ArrayKind kind;
  gsize width;
  gboolean big_endian;
  gboolean fortran;
  gsize offset;
  gsize n_values;
} Re3ArrayHeader;

/**
 * Re3Array:
 * @bytes: the whole file, unpacked
 *
 * An array of numbers from a file, of which @bytes holds as many as @header says.
 */
typedef struct {
  Re3ArrayHeader header;
  GByteArray *bytes;
} Re3Array;

/* Whether a file that starts with these bytes is an IDX or NumPy file. */
gboolean  re3_array_is_array   (const guint8   *head,
                                gsize           length);
/* Reads IDX and NumPy's .npy. The size that the file says is checked against
 * the bounds before anything of it is made room for, and against what is there: neither fewer nor more
 * bytes.
 * @head: (transfer none): what has been read of @stream so far. (transfer full) */
Re3Array *re3_array_read       (GInputStream   *stream,
                                GByteArray     *head,
                                const char     *name,
                                GCancellable   *cancellable,
                                GError        **error);
/* The same of all bytes of a file, packed with gzip or not. (transfer full) */
Re3Array *re3_array_parse      (const guint8   *bytes,
                                gsize           length,
                                const char     *name,
                                GError        **error);
void      re3_array_free       (Re3Array       *self);
/* How many rows there are, and how many numbers each has: one where there is one dimension. */
gsize     re3_array_get_n_rows (const Re3Array *self);
gsize     re3_array_get_n_columns (const Re3Array *self);
/* "IDX" or "NumPy". */
const char *re3_array_get_format_name (const Re3Array *self);
/* A number: @column counts those of a row with its last index the fastest, whatever the file does.
 * @is_exact: (out): %FALSE for a whole number that double precision rounds. */
double    re3_array_get_value  (const Re3Array *self,
                                gsize           row,
                                gsize           column,
                                gboolean       *is_exact);

/* For the readers of headers: fills in n_values from the shape. Fails where it is beyond the bounds. */
gboolean  re3_array_header_check (Re3ArrayHeader *self,
                                  const char     *name,
                                  GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Array, re3_array_free)

G_END_DECLS
