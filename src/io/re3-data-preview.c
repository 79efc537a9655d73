/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-data-preview.h"

#include "re3-array.h"
#include "re3-csv-reader.h"
#include "re3-data-table.h"
#include "re3-io-error.h"
#include "re3-io-file.h"

typedef struct {
  Re3DataPreview *preview;
  gboolean header_is_next;
} Look;

static void
row_free (gpointer data)
{
  Re3PreviewRow *row = data;

  g_strfreev (row->cells);
  g_free (row->reason);
  g_free (row);
}

static gboolean
take_row_cb (const char *const *cells,
             gsize n_cells,
             guint line,
             gpointer user_data,
             GError **error)
{
  Look *look = user_data;
  Re3PreviewRow *row;

  if (look->header_is_next) {
    look->header_is_next = FALSE;
    return TRUE;
  }
  if (look->preview->rows->len == RE3_MAX_PREVIEW_ROWS)
    return TRUE;

  row = g_new0 (Re3PreviewRow, 1);
  row->line = line;
  row->cells = g_new0 (char *, n_cells + 1);
  for (gsize i = 0; i < n_cells; i++)
    row->cells[i] = re3_io_quote (cells[i]);
  g_ptr_array_add (look->preview->rows, row);
  return TRUE;
}

static void
read_rows (Re3DataPreview *self, const GByteArray *head, const char *name)
{
  Look look = { self, self->format->has_header };
  g_autoptr (Re3CsvReader) reader =
      re3_csv_reader_new (self->format->delimiter, name, take_row_cb, &look);

  /* What is wrong further down is what reading the data set tells. */
  if (re3_csv_reader_feed (reader, (const char *) head->data, head->len, NULL) && self->whole)
    re3_csv_reader_finish (reader, NULL);
}

/* Both lists are in the order of the lines. */
static void
mark_skipped (Re3DataPreview *self)
{
  guint next = 0;

  for (guint i = 0; i < self->rows->len; i++) {
    Re3PreviewRow *row = g_ptr_array_index (self->rows, i);

    for (; next < self->report->skipped->len; next++) {
      const Re3SkippedRow *skipped = g_ptr_array_index (self->report->skipped, next);

      if (skipped->line > row->line)
        break;
      if (skipped->line == row->line)
        row->reason = skipped->column != NULL
                          ? g_strdup_printf ("%s: %s", skipped->column, skipped->reason)
                          : g_strdup (skipped->reason);
    }
  }
}

Re3DataPreview *
re3_data_preview_new (GFile *file,
                      Re3Model *model,
                      const Re3DataOptions *options,
                      GCancellable *cancellable,
                      GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file) && model != NULL && options != NULL, NULL);

  g_autoptr (Re3DataPreview) self = g_new0 (Re3DataPreview, 1);
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autofree char *name = re3_io_file_get_name (file);
  Re3DataOptions head_options = *options;

  self->rows = g_ptr_array_new_with_free_func (row_free);
  stream = re3_io_file_open (file, cancellable, error);
  if (stream == NULL ||
      !re3_io_stream_read (stream, head, RE3_DATA_HEAD_SIZE, name, cancellable, error))
    return NULL;

  self->whole = head->len < RE3_DATA_HEAD_SIZE;
  if (!re3_array_is_array (head->data, head->len)) {
    self->format = re3_csv_format_detect ((const char *) head->data, head->len, self->whole,
                                          options->delimiter, options->header, name, &self->error);
    if (self->format == NULL)
      return g_steal_pointer (&self);
    read_rows (self, head, name);
  }
  head_options.head_only = TRUE;
  dataset =
      re3_data_file_read (file, model, &head_options, cancellable, &self->report, &self->error);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (dataset != NULL) {
    self->n_rows = re3_dataset_get_n_rows (dataset);
    mark_skipped (self);
  }
  return g_steal_pointer (&self);
}

void
re3_data_preview_free (Re3DataPreview *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->format, re3_csv_format_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->report, re3_data_report_free);
  g_clear_error (&self->error);
  g_free (self);
}
