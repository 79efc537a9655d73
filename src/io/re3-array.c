/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-array.h"

#include "re3-data-file.h"
#include "re3-float-bits.h"
#include "re3-gzip-stream.h"
#include "re3-idx.h"
#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-npy.h"

#include <glib/gi18n-lib.h>

/* Enough for every header. */
#define HEAD_SIZE (RE3_NPY_MAX_HEADER + 4096)

/* Whole numbers up to here are all exact. */
#define MAX_EXACT ((guint64) 1 << 53)

gboolean
re3_array_header_check (Re3ArrayHeader *self, const char *name, GError **error)
{
  gsize n_values = 1;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  for (gsize i = 0; i < self->n_dimensions; i++) {
    if (self->shape[i] == 0) {
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT, _ ("%s: this array is empty."), name);
      return FALSE;
    }
    if (!g_size_checked_mul (&n_values, n_values, self->shape[i]) ||
        n_values > RE3_MAX_DATA_NUMBERS) {
      g_set_error (
          error, RE3_IO_ERROR, RE3_IO_ERROR_TOO_LARGE,
          _ ("%s: this array says to hold more than the %u numbers that Re3 reads in all."), name,
          RE3_MAX_DATA_NUMBERS);
      return FALSE;
    }
  }
  self->n_values = n_values;

  return TRUE;
}

gboolean
re3_array_is_array (const guint8 *head, gsize length)
{
  g_return_val_if_fail (head != NULL || length == 0, FALSE);

  return re3_idx_is_idx (head, length) || re3_npy_is_npy (head, length);
}

static gboolean
read_header (const GByteArray *bytes, const char *name, Re3ArrayHeader *header, GError **error)
{
  if (re3_idx_is_idx (bytes->data, bytes->len))
    return re3_idx_read_header (bytes->data, bytes->len, name, header, error);
  if (re3_npy_is_npy (bytes->data, bytes->len))
    return re3_npy_read_header (bytes->data, bytes->len, name, header, error);

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
               _ ("%s: this is neither an IDX nor a NumPy file."), name);
  return FALSE;
}

Re3Array *
re3_array_read (GInputStream *stream,
                GByteArray *head,
                const char *name,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (Re3Array) self = NULL;
  gsize size;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (head != NULL && name != NULL, NULL);

  self = g_new0 (Re3Array, 1);
  self->bytes = g_byte_array_ref (head);
  if (!re3_io_stream_read (stream, head, HEAD_SIZE, name, cancellable, error) ||
      !read_header (head, name, &self->header, error))
    return NULL;

  /* What the header says, and one byte more to see that there is none. No overflow: at most 2^28
   * numbers of 8 bytes. */
  size = self->header.offset + self->header.n_values * self->header.width;
  if (!re3_io_stream_read (stream, head, size + 1, name, cancellable, error))
    return NULL;

  if (head->len < size) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                 _ ("%s: this file is cut off: it says to be %zu bytes long and has %u; copy it "
                    "again."),
                 name, size, head->len);
    return NULL;
  }
  if (head->len > size) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                 _ ("%s: this file goes on behind the %zu bytes that it says to be long; save it "
                    "again."),
                 name, size);
    return NULL;
  }

  return g_steal_pointer (&self);
}

Re3Array *
re3_array_parse (const guint8 *bytes, gsize length, const char *name, GError **error)
{
  g_autoptr (GInputStream) memory = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GByteArray) head = g_byte_array_new ();

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);
  g_return_val_if_fail (length < G_MAXUINT, NULL);

  memory = g_memory_input_stream_new_from_data (bytes, (gssize) length, NULL);
  stream = re3_gzip_stream_new (memory);
  return re3_array_read (stream, head, name, NULL, error);
}

void
re3_array_free (Re3Array *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_free (self);
}

gsize
re3_array_get_n_rows (const Re3Array *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->header.shape[0];
}

gsize
re3_array_get_n_columns (const Re3Array *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->header.n_values / self->header.shape[0];
}

const char *
re3_array_get_format_name (const Re3Array *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return re3_npy_is_npy (self->bytes->data, self->bytes->len) ? "NumPy" : "IDX";
}

/* Where the number is among all of them as they stand in the file. */
static gsize
find_value (const Re3ArrayHeader *header, gsize row, gsize column)
{
  gsize n_columns = header->n_values / header->shape[0];
  gsize place = 0;
  gsize stride;

  if (!header->fortran)
    return row * n_columns + column;

  /* From the last index to the second: the last is the fastest of @column, and the slowest here. */
  stride = header->n_values;
  for (gsize i = header->n_dimensions; i-- > 1;) {
    stride /= header->shape[i];
    place += column % header->shape[i] * stride;
    column /= header->shape[i];
  }

  return place + row;
}

static guint64
read_bits (const Re3Array *self, gsize place)
{
  const Re3ArrayHeader *header = &self->header;
  const guint8 *bytes = self->bytes->data + header->offset + place * header->width;
  guint64 bits = 0;

  for (gsize i = 0; i < header->width; i++)
    bits = bits << 8 | bytes[header->big_endian ? i : header->width - 1 - i];

  return bits;
}

double
re3_array_get_value (const Re3Array *self, gsize row, gsize column, gboolean *is_exact)
{
  const Re3ArrayHeader *header;
  guint64 bits;

  g_return_val_if_fail (self != NULL && is_exact != NULL, NAN);
  g_return_val_if_fail (row < re3_array_get_n_rows (self), NAN);
  g_return_val_if_fail (column < re3_array_get_n_columns (self), NAN);

  header = &self->header;
  bits = read_bits (self, find_value (header, row, column));
  *is_exact = TRUE;

  switch (header->kind) {
  case RE3_ARRAY_FLOAT:
    return header->width == 4 ? re3_float32_from_bits ((guint32) bits)
                              : re3_float64_from_bits (bits);
  case RE3_ARRAY_BOOLEAN:
    return bits != 0;
  case RE3_ARRAY_SIGNED: {
    gboolean is_negative = bits >> (8 * header->width - 1) != 0;
    /* Its size, from two's complement of any width. */
    guint64 size = is_negative ? (~bits + 1) & (G_MAXUINT64 >> (64 - 8 * header->width)) : bits;

    *is_exact = size <= MAX_EXACT;
    return is_negative ? -(double) size : (double) size;
  }
  case RE3_ARRAY_UNSIGNED:
    *is_exact = bits <= MAX_EXACT;
    return (double) bits;
  default:
    g_assert_not_reached ();
  }
}
