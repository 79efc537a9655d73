/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-gzip-stream.h"

#include "re3-io-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BLOCK_SIZE (64 * 1024)

/* With what every member of a gzip file starts. */
static const guint8 magic[] = { 0x1f, 0x8b };

/**
 * Re3GzipStream:
 * @block: BLOCK_SIZE bytes; what has been read of the file and not been taken is from @start to
 * @end
 * @at_end: whether nothing follows it
 * @is_known: whether the file has been looked at
 * @converter: (nullable): of a gzip file
 * @is_between: whether a member has ended, and no other has started
 * @n_packed, @n_unpacked: bytes so far
 */
struct _Re3GzipStream {
  GFilterInputStream parent_instance;

  guint8 *block;
  gsize start;
  gsize end;
  gboolean at_end;
  gboolean is_known;
  GConverter *converter;
  gboolean is_between;
  guint64 n_packed;
  guint64 n_unpacked;
};

G_DEFINE_FINAL_TYPE (Re3GzipStream, re3_gzip_stream, G_TYPE_FILTER_INPUT_STREAM)

/* Reads on into the block, which is not full. */
static gboolean
read_block (Re3GzipStream *self, GCancellable *cancellable, GError **error)
{
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
  gssize n_read;

  memmove (self->block, self->block + self->start, self->end - self->start);
  self->end -= self->start;
  self->start = 0;
  n_read = g_input_stream_read (base, self->block + self->end, BLOCK_SIZE - self->end, cancellable,
                                error);
  if (n_read < 0)
    return FALSE;
  self->end += (gsize) n_read;
  self->at_end = n_read == 0;

  return TRUE;
}

/* Reads until the block has as many bytes as the magic, if there are so many. */
static gboolean
look_at_magic (Re3GzipStream *self, gboolean *is_gzip, GCancellable *cancellable, GError **error)
{
  while (self->end - self->start < sizeof magic && !self->at_end) {
    if (!read_block (self, cancellable, error))
      return FALSE;
  }
  *is_gzip = self->end - self->start >= sizeof magic &&
             memcmp (self->block + self->start, magic, sizeof magic) == 0;

  return TRUE;
}

static gssize
read_plain (Re3GzipStream *self,
            void *buffer,
            gsize count,
            GCancellable *cancellable,
            GError **error)
{
  gsize n_bytes = MIN (count, self->end - self->start);

  if (n_bytes == 0)
    return g_input_stream_read (
        g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self)), buffer, count,
        cancellable, error);
  memcpy (buffer, self->block + self->start, n_bytes);
  self->start += n_bytes;

  return (gssize) n_bytes;
}

/* Unpacks what is in the block. Nothing of it may be enough for a byte. */
static gboolean
convert (Re3GzipStream *self, void *buffer, gsize count, gsize *n_written, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gsize n_read = 0;
  GConverterResult result = g_converter_convert (
      self->converter, self->block + self->start, self->end - self->start, buffer, count,
      self->at_end ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &n_read, n_written, &failure);
  gboolean is_partial = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);

  if (is_partial && !self->at_end)
    return TRUE;
  if (result == G_CONVERTER_ERROR) {
    g_set_error_literal (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                         is_partial ? _ ("this gzip file is cut off; copy it again.")
                                    : _ ("this gzip file is damaged; copy it again."));
    return FALSE;
  }

  self->start += n_read;
  self->n_packed += n_read;
  self->n_unpacked += *n_written;
  self->is_between = result == G_CONVERTER_FINISHED;
  if (self->n_unpacked > RE3_GZIP_SIZE_IN_DOUBT &&
      self->n_unpacked / RE3_GZIP_MAX_RATIO > self->n_packed) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_TOO_LARGE,
                 _ ("this gzip file unpacks to more than %d times its size, as no data set does; "
                    "if it is one, unpack it first."),
                 RE3_GZIP_MAX_RATIO);
    return FALSE;
  }

  return TRUE;
}

static gssize
read_packed (Re3GzipStream *self,
             void *buffer,
             gsize count,
             GCancellable *cancellable,
             GError **error)
{
  gsize n_written = 0;

  while (n_written == 0) {
    if (self->start == self->end && !self->at_end && !read_block (self, cancellable, error))
      return -1;
    if (self->is_between) {
      gboolean is_gzip;

      if (!look_at_magic (self, &is_gzip, cancellable, error))
        return -1;
      if (self->start == self->end)
        return 0;
      if (!is_gzip) {
        g_set_error_literal (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                             _ ("something follows the end of this gzip file that is no part of "
                                "it; pack it again."));
        return -1;
      }
      g_converter_reset (self->converter);
      self->is_between = FALSE;
    }
    if (!convert (self, buffer, count, &n_written, error))
      return -1;
  }

  return (gssize) n_written;
}

static gssize
re3_gzip_stream_read (GInputStream *stream,
                      void *buffer,
                      gsize count,
                      GCancellable *cancellable,
                      GError **error)
{
  Re3GzipStream *self = RE3_GZIP_STREAM (stream);

  if (!self->is_known) {
    gboolean is_gzip;

    if (!look_at_magic (self, &is_gzip, cancellable, error))
      return -1;
    self->is_known = TRUE;
    if (is_gzip)
      self->converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  }

  return self->converter != NULL ? read_packed (self, buffer, count, cancellable, error)
                                 : read_plain (self, buffer, count, cancellable, error);
}

static void
re3_gzip_stream_finalize (GObject *object)
{
  Re3GzipStream *self = RE3_GZIP_STREAM (object);

  g_clear_object (&self->converter);
  g_free (self->block);

  G_OBJECT_CLASS (re3_gzip_stream_parent_class)->finalize (object);
}

static void
re3_gzip_stream_class_init (Re3GzipStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = re3_gzip_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = re3_gzip_stream_read;
}

static void
re3_gzip_stream_init (Re3GzipStream *self)
{
  self->block = g_malloc (BLOCK_SIZE);
}

GInputStream *
re3_gzip_stream_new (GInputStream *base)
{
  g_return_val_if_fail (G_IS_INPUT_STREAM (base), NULL);

  return g_object_new (RE3_TYPE_GZIP_STREAM, "base-stream", base, NULL);
}
