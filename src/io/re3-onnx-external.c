/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-onnx-external.h"

#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-memory.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/**
 * Location:
 * @path: relative to the model's folder
 * @offset: of the first byte
 * @length: -1 where it is all up to the end
 */
typedef struct {
  const char *path;
  guint64 offset;
  gint64 length;
} Location;

static gboolean
read_location (const Onnx__TensorProto *proto,
               const char *place,
               Location *location,
               GError **error)
{
  *location = (Location){ NULL, 0, -1 };

  for (gsize i = 0; i < proto->n_external_data; i++) {
    const char *key = proto->external_data[i]->key;
    const char *value = proto->external_data[i]->value;
    guint64 number = 0;

    if (g_strcmp0 (key, "location") == 0 && value != NULL && value[0] != '\0') {
      location->path = value;
      continue;
    }
    if (g_strcmp0 (key, "offset") != 0 && g_strcmp0 (key, "length") != 0)
      continue;

    if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &number, NULL)) {
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                   _ ("%s: the %s of its external data is no number of bytes."), place, key);
      return FALSE;
    }
    if (g_str_equal (key, "offset"))
      location->offset = number;
    else
      location->length = (gint64) number;
  }

  if (location->path != NULL)
    return TRUE;

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
               _ ("%s: its numbers are in another file, but it does not say in which."), place);
  return FALSE;
}

/* No step up, and none from the root. */
static gboolean
is_path_within (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  if (g_path_is_absolute (path) || strchr (path, '\\') != NULL)
    return FALSE;

  return !g_strv_contains ((const char *const *) parts, "..");
}

/* The path of the file with all links followed, if that is still in the folder. */
static char *
resolve (const Location *location, GFile *folder, const char *place, GError **error)
{
  g_autofree char *quote = re3_io_quote (location->path);
  g_autofree char *folder_path = folder != NULL ? g_file_get_path (folder) : NULL;
  g_autofree char *joined = NULL;
  g_autofree char *prefix = NULL;
  char *real_folder = NULL;
  char *real_path = NULL;
  char *result = NULL;
  int problem;

  if (folder_path == NULL) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                 _ ("%s: its numbers are in “%s” beside the model; copy both to a folder of this "
                    "computer and open the model there."),
                 place, quote);
    return NULL;
  }

  joined = g_build_filename (folder_path, location->path, NULL);
  real_folder = realpath (folder_path, NULL);
  real_path = is_path_within (location->path) ? realpath (joined, NULL) : NULL;
  problem = errno;
  if (real_folder != NULL)
    prefix = g_str_has_suffix (real_folder, "/") ? g_strdup (real_folder)
                                                 : g_strconcat (real_folder, "/", NULL);

  if (!is_path_within (location->path) ||
      (real_path != NULL && prefix != NULL && !g_str_has_prefix (real_path, prefix)))
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: its numbers are said to be in “%s”, which is outside the folder of the "
                    "model; Re3 does not read there."),
                 place, quote);
  else if (real_path == NULL || prefix == NULL)
    g_set_error (
        error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
        _ ("%s: its numbers are in “%s”, which is not beside the model: %s. Put both files "
           "in one folder."),
        place, quote, g_strerror (problem));
  else
    result = g_strdup (real_path);

  free (real_folder);
  free (real_path);

  return result;
}

static gboolean
read_at (int fd, guint8 *bytes, gsize size, guint64 offset)
{
  gsize n_read = 0;

  while (n_read < size) {
    ssize_t n = pread (fd, bytes + n_read, size - n_read, (off_t) (offset + n_read));

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    n_read += (gsize) n;
  }

  return TRUE;
}

/* What stands at @location of the open file @fd. */
static guint8 *
read_bytes (int fd, const Location *location, gsize size, const char *place, GError **error)
{
  g_autofree char *quote = re3_io_quote (location->path);
  g_autofree guint8 *bytes = NULL;
  struct stat status;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: its numbers are said to be in “%s”, which is no regular file."), place,
                 quote);
    return NULL;
  }

  if (location->length >= 0 && (guint64) location->length != size) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: its shape takes %zu bytes, but its external data are %lld."), place, size,
                 (long long) location->length);
    return NULL;
  }

  if (location->offset > (guint64) status.st_size ||
      size > (guint64) status.st_size - location->offset) {
    g_set_error (
        error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
        _ ("%s: its numbers are said to be behind the end of “%s”; was that file cut off?"), place,
        quote);
    return NULL;
  }

  /* No larger than the file. */
  bytes = re3_try_new (guint8, size, 1, error, _ ("its %zu bytes"), size);
  if (bytes == NULL) {
    g_prefix_error (error, "%s: ", place);
    return NULL;
  }
  if (!read_at (fd, bytes, size, location->offset)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: its numbers in “%s” cannot be read."), place, quote);
    return NULL;
  }

  return g_steal_pointer (&bytes);
}

guint8 *
re3_onnx_external_read (const Onnx__TensorProto *proto,
                        GFile *folder,
                        gsize size,
                        const char *place,
                        GError **error)
{
  g_autofree char *path = NULL;
  guint8 *bytes;
  Location location;
  int fd;

  g_return_val_if_fail (proto != NULL && place != NULL, NULL);

  if (!read_location (proto, place, &location, error))
    return NULL;
  path = resolve (&location, folder, place, error);
  if (path == NULL)
    return NULL;

  /* A FIFO would otherwise keep us waiting for a writer. */
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: the file that its numbers are in cannot be opened: %s."), place,
                 g_strerror (errno));
    return NULL;
  }
  bytes = read_bytes (fd, &location, size, place, error);
  close (fd);

  return bytes;
}
