/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-io-file.h"

#include "re3-gzip-stream.h"
#include "re3-io-error.h"
#include "re3-memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BLOCK_SIZE      (64 * 1024)
#define MAX_QUOTE_CHARS 40
#define MAX_NAMES       12

char *
re3_io_file_get_name (GFile *file)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  base = g_file_get_basename (file);

  return base != NULL ? g_filename_display_name (base) : g_file_get_parse_name (file);
}

GInputStream *
re3_io_file_open (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFileInputStream) stream = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  stream = g_file_read (file, cancellable, &local_error);
  if (stream != NULL)
    return re3_gzip_stream_new (G_INPUT_STREAM (stream));

  path = g_file_get_parse_name (file);

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("%s: there is no such file."), path);
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                 _ ("%s: this is a folder; give a file in it."), path);
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _ ("%s: you may not read this file; change its permissions."), path);
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s: ", path);

  return NULL;
}

char *
re3_io_get_unpacked_name (const char *name)
{
  static const char suffix[] = ".gz";
  gsize length;

  g_return_val_if_fail (name != NULL, NULL);

  length = strlen (name);
  if (length > strlen (suffix) && g_ascii_strcasecmp (name + length - strlen (suffix), suffix) == 0)
    length -= strlen (suffix);

  return g_strndup (name, length);
}

gboolean
re3_io_stream_read (GInputStream *stream,
                    GByteArray *bytes,
                    gsize size,
                    const char *name,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), FALSE);
  g_return_val_if_fail (bytes != NULL && size < G_MAXUINT, FALSE);

  while (bytes->len < size) {
    gsize start = bytes->len;
    gsize wanted = MIN (BLOCK_SIZE, size - start);
    gssize n_read;

    if (!re3_memory_try_extend (start, start + wanted, 1, error, _ ("the content of this file"))) {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
    g_byte_array_set_size (bytes, start + wanted);
    n_read = g_input_stream_read (stream, bytes->data + start, wanted, cancellable, error);
    g_byte_array_set_size (bytes, start + MAX (n_read, 0));
    if (n_read < 0)
      g_prefix_error (error, "%s: ", name);
    if (n_read <= 0)
      return n_read == 0;
  }

  return TRUE;
}

gboolean
re3_io_stream_load (GInputStream *stream,
                    GByteArray *bytes,
                    gsize max_size,
                    const char *name,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (bytes != NULL && max_size < G_MAXUINT - 1, FALSE);

  if (!re3_io_stream_read (stream, bytes, max_size + 1, name, cancellable, error))
    return FALSE;

  if (bytes->len > max_size) {
    g_autofree char *bound = g_format_size_full (max_size, G_FORMAT_SIZE_IEC_UNITS);

    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_TOO_LARGE,
                 _ ("%s: this file is larger than %s, which is more than Re3 reads of its kind."),
                 name, bound);
    return FALSE;
  }

  g_byte_array_append (bytes, (const guint8 *) "", 1);
  g_byte_array_set_size (bytes, bytes->len - 1);

  return TRUE;
}

/* The stream writes another file first, and renames it when it is closed: also, in
 * g_file_replace_contents(), after a failure, and so what was there would give way to a part of
 * what was to come. Closed as if somebody had stopped it, it takes the other file away. */
static gboolean
replace_contents (GFile *file, const char *content, gsize length, GError **error)
{
  g_autoptr (GFileOutputStream) stream =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
  g_autoptr (GCancellable) stopped = NULL;

  if (stream == NULL)
    return FALSE;
  if (g_output_stream_write_all (G_OUTPUT_STREAM (stream), content, length, NULL, NULL, error))
    return g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);

  stopped = g_cancellable_new ();
  g_cancellable_cancel (stopped);
  g_output_stream_close (G_OUTPUT_STREAM (stream), stopped, NULL);

  return FALSE;
}

gboolean
re3_io_file_replace (GFile *file, const char *content, gsize length, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (content != NULL, FALSE);

  if (replace_contents (file, content, length, &local_error))
    return TRUE;

  path = g_file_get_parse_name (file);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("%s: there is no such folder to write to."), path);
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                 _ ("%s: a folder has this name; rename it."), path);
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _ ("%s: you may not write this file; change the permissions of its folder, or use "
                    "another one."),
                 path);
  else
    g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s: ", path);

  return FALSE;
}

char *
re3_io_quote (const char *text)
{
  g_autofree char *valid = NULL;
  GString *quote;
  gsize n_chars = 0;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  quote = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (n_chars++ == MAX_QUOTE_CHARS) {
      g_string_append (quote, "…");
      break;
    }
    g_string_append_unichar (quote, g_unichar_isprint (c) ? c : ' ');
  }

  return g_string_free (quote, FALSE);
}

char *
re3_io_join_names (const char *const *names, gsize n_names)
{
  GString *list = g_string_new (NULL);

  for (gsize i = 0; i < MIN (n_names, MAX_NAMES); i++) {
    g_autofree char *name = re3_io_quote (names[i]);

    g_string_append_printf (list, "%s%s", i == 0 ? "" : ", ", name);
  }
  if (n_names > MAX_NAMES) {
    g_string_append (list, ", ");
    g_string_append_printf (list, _ ("and %zu more"), n_names - MAX_NAMES);
  }

  return g_string_free (list, FALSE);
}
