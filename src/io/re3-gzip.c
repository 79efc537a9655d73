/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-gzip.h"

#include "re3-io-error.h"
#include "re3-memory.h"

#include <glib/gi18n-lib.h>

#define BLOCK_SIZE (64 * 1024)

struct _Re3Gzip {
  GConverter *converter;
  const guint8 *packed;
  gsize n_left;
  gboolean finished;
  char *name;
};

gboolean
re3_gzip_is_gzip (const guint8 *head, gsize length)
{
  return length >= 2 && head[0] == 0x1f && head[1] == 0x8b;
}

Re3Gzip *
re3_gzip_new (const guint8 *packed, gsize length, const char *name)
{
  Re3Gzip *self;

  g_return_val_if_fail (packed != NULL && name != NULL, NULL);

  self = g_new0 (Re3Gzip, 1);
  self->converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  self->packed = packed;
  self->n_left = length;
  self->name = g_strdup (name);

  return self;
}

void
re3_gzip_free (Re3Gzip *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->converter);
  g_free (self->name);
  g_free (self);
}

static gboolean
take_result (Re3Gzip *self, GConverterResult result, GError *failure, GError **error)
{
  if (result == G_CONVERTER_ERROR) {
    gboolean is_cut = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);

    g_error_free (failure);
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                 is_cut ? _ ("%s: this gzip file is cut off; copy it again.")
                        : _ ("%s: this gzip file is damaged; copy it again."),
                 self->name);
    return FALSE;
  }
  if (result != G_CONVERTER_FINISHED)
    return TRUE;

  self->finished = TRUE;
  if (self->n_left == 0)
    return TRUE;
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
               _ ("%s: %zu bytes follow the end of this gzip file; pack it as one piece."),
               self->name, self->n_left);
  return FALSE;
}

gboolean
re3_gzip_unpack (Re3Gzip *self, GByteArray *bytes, gsize size, GError **error)
{
  g_return_val_if_fail (self != NULL && bytes != NULL, FALSE);
  g_return_val_if_fail (size < G_MAXUINT, FALSE);

  while (bytes->len < size && !self->finished) {
    guint start = bytes->len;
    gsize wanted = MIN (BLOCK_SIZE, size - start);
    gsize n_read = 0;
    gsize n_written = 0;
    GError *failure = NULL;
    GConverterResult result;

    if (!re3_memory_try_extend (start, start + wanted, 1, error,
                                _ ("the unpacked content of this file"))) {
      g_prefix_error (error, "%s: ", self->name);
      return FALSE;
    }
    g_byte_array_set_size (bytes, (guint) (start + wanted));
    result = g_converter_convert (self->converter, self->packed, self->n_left, bytes->data + start,
                                  wanted, G_CONVERTER_INPUT_AT_END, &n_read, &n_written, &failure);
    g_byte_array_set_size (bytes, (guint) (start + n_written));
    self->packed += n_read;
    self->n_left -= n_read;
    if (!take_result (self, result, failure, error))
      return FALSE;
  }

  return TRUE;
}
