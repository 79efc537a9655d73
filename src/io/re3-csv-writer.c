/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-csv-writer.h"

#include "re3-json-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What anybody may do with a new file, less what the umask takes away. */
#define FILE_MODE 0666

struct _Re3CsvWriter {
  char *path;
  char *temporary_path;
  FILE *file; /* %NULL when finished */
  gboolean row_is_empty;
  int first_errno;
};

static void
set_error (GError **error, const char *path, int code)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _ ("%s: this file cannot be written: %s."), shown, g_strerror (code));
}

static void
note_errno (Re3CsvWriter *self)
{
  if (self->first_errno == 0)
    self->first_errno = errno != 0 ? errno : EIO;
}

Re3CsvWriter *
re3_csv_writer_new (const char *path, GError **error)
{
  g_autofree char *temporary_path = NULL;
  Re3CsvWriter *self;
  FILE *file;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  temporary_path = g_strconcat (path, ".XXXXXX", NULL);
  fd = g_mkstemp_full (temporary_path, O_WRONLY | O_CLOEXEC, FILE_MODE);
  if (fd < 0) {
    set_error (error, path, errno);
    return NULL;
  }
  file = fdopen (fd, "w");
  if (file == NULL) {
    set_error (error, path, errno);
    close (fd);
    g_unlink (temporary_path);
    return NULL;
  }

  self = g_new0 (Re3CsvWriter, 1);
  self->path = g_strdup (path);
  self->temporary_path = g_steal_pointer (&temporary_path);
  self->file = file;
  self->row_is_empty = TRUE;

  return self;
}

void
re3_csv_writer_free (Re3CsvWriter *self)
{
  if (self == NULL)
    return;

  if (self->file != NULL)
    fclose (self->file);
  if (self->temporary_path != NULL)
    g_unlink (self->temporary_path);
  g_free (self->temporary_path);
  g_free (self->path);
  g_free (self);
}

static void
put (Re3CsvWriter *self, const char *text)
{
  if (fputs (text, self->file) == EOF)
    note_errno (self);
}

static void
begin_cell (Re3CsvWriter *self)
{
  if (!self->row_is_empty)
    put (self, ",");
  self->row_is_empty = FALSE;
}

/* Many readers take white space from the ends of a cell that is not quoted. */
static gboolean
needs_quotes (const char *text)
{
  gsize length = strlen (text);

  return strpbrk (text, ",\"\r\n") != NULL ||
         (length > 0 && (g_ascii_isspace (text[0]) || g_ascii_isspace (text[length - 1])));
}

void
re3_csv_writer_add_text (Re3CsvWriter *self, const char *text)
{
  g_return_if_fail (self != NULL && self->file != NULL);

  begin_cell (self);
  if (text == NULL)
    return;

  if (needs_quotes (text)) {
    g_auto (GStrv) parts = g_strsplit (text, "\"", -1);
    g_autofree char *doubled = g_strjoinv ("\"\"", parts);

    put (self, "\"");
    put (self, doubled);
    put (self, "\"");
  } else {
    put (self, text);
  }
}

void
re3_csv_writer_add_heading (Re3CsvWriter *self, const char *text, const char *unit)
{
  g_autofree char *heading = NULL;

  g_return_if_fail (text != NULL);

  heading =
      unit != NULL && *unit != '\0' ? g_strdup_printf ("%s (%s)", text, unit) : g_strdup (text);
  re3_csv_writer_add_text (self, heading);
}

void
re3_csv_writer_add_number (Re3CsvWriter *self, double number)
{
  char buffer[RE3_JSON_NUMBER_SIZE];

  g_return_if_fail (self != NULL && self->file != NULL);

  begin_cell (self);
  if (isnan (number))
    return;
  if (isinf (number)) {
    put (self, number > 0 ? "inf" : "-inf");
    return;
  }

  re3_json_format_number (number, buffer);
  put (self, buffer);
}

void
re3_csv_writer_add_count (Re3CsvWriter *self, gsize count)
{
  char buffer[24];

  g_return_if_fail (self != NULL && self->file != NULL);

  begin_cell (self);
  g_snprintf (buffer, sizeof buffer, "%zu", count);
  put (self, buffer);
}

void
re3_csv_writer_add_boolean (Re3CsvWriter *self, gboolean value)
{
  re3_csv_writer_add_text (self, value ? "yes" : "no");
}

void
re3_csv_writer_end_row (Re3CsvWriter *self)
{
  g_return_if_fail (self != NULL && self->file != NULL);

  put (self, "\n");
  self->row_is_empty = TRUE;
}

gboolean
re3_csv_writer_finish (Re3CsvWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->file != NULL, FALSE);

  /* The content is on the disk before the name is: after a power cut too there is a whole file. */
  if (fflush (self->file) != 0 || fsync (fileno (self->file)) != 0)
    note_errno (self);
  if (fclose (g_steal_pointer (&self->file)) != 0)
    note_errno (self);
  if (self->first_errno == 0)
    return TRUE;

  set_error (error, self->path, self->first_errno);
  return FALSE;
}

gboolean
re3_csv_writer_commit (Re3CsvWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->file == NULL, FALSE);
  g_return_val_if_fail (self->temporary_path != NULL && self->first_errno == 0, FALSE);

  if (g_rename (self->temporary_path, self->path) != 0) {
    set_error (error, self->path, errno);
    return FALSE;
  }
  g_clear_pointer (&self->temporary_path, g_free);

  return TRUE;
}
