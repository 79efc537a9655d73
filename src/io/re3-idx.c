/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-idx.h"

#include "re3-io-error.h"

#include <glib/gi18n-lib.h>

#define PREAMBLE_SIZE 4
#define SIZE_SIZE     4

static const struct {
  guint8 code;
  Re3ArrayKind kind;
  gsize width;
} types[] = {
  { 0x08, RE3_ARRAY_UNSIGNED, 1 }, { 0x09, RE3_ARRAY_SIGNED, 1 }, { 0x0b, RE3_ARRAY_SIGNED, 2 },
  { 0x0c, RE3_ARRAY_SIGNED, 4 },   { 0x0d, RE3_ARRAY_FLOAT, 4 },  { 0x0e, RE3_ARRAY_FLOAT, 8 },
};

static gsize
find_type (guint8 code)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (types) && types[i].code != code)
    i++;

  return i;
}

gboolean
re3_idx_is_idx (const guint8 *head, gsize length)
{
  return length >= PREAMBLE_SIZE && head[0] == 0 && head[1] == 0 &&
         find_type (head[2]) < G_N_ELEMENTS (types);
}

gboolean
re3_idx_read_header (const guint8 *bytes,
                     gsize length,
                     const char *name,
                     Re3ArrayHeader *header,
                     GError **error)
{
  gsize type;

  g_return_val_if_fail (re3_idx_is_idx (bytes, length), FALSE);
  g_return_val_if_fail (header != NULL, FALSE);

  type = find_type (bytes[2]);
  *header = (Re3ArrayHeader){
    .n_dimensions = bytes[3],
    .kind = types[type].kind,
    .width = types[type].width,
    .big_endian = TRUE,
  };
  if (header->n_dimensions == 0 || header->n_dimensions > RE3_ARRAY_MAX_DIMENSIONS) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: this IDX file has %zu dimensions; one with 1 to %d is a data set."), name,
                 header->n_dimensions, RE3_ARRAY_MAX_DIMENSIONS);
    return FALSE;
  }

  header->offset = PREAMBLE_SIZE + SIZE_SIZE * header->n_dimensions;
  if (length < header->offset) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                 _ ("%s: this IDX file ends within its header; copy it again."), name);
    return FALSE;
  }
  for (gsize i = 0; i < header->n_dimensions; i++) {
    const guint8 *size = bytes + PREAMBLE_SIZE + SIZE_SIZE * i;

    header->shape[i] =
        (gsize) size[0] << 24 | (gsize) size[1] << 16 | (gsize) size[2] << 8 | size[3];
  }

  return re3_array_header_check (header, name, error);
}
