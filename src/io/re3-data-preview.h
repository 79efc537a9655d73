/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-data-file.h"

G_BEGIN_DECLS

/* A person looks at no more. */
#define RE3_MAX_PREVIEW_ROWS 100

/**
 * Re3PreviewRow:
 * @line: its line, from 1
 * @cells: as they stand in the file, but as UTF-8 without line breaks
 * @reason: (nullable): why it is skipped
 */
typedef struct {
  guint line;
  GStrv cells;
  char *reason;
} Re3PreviewRow;

/**
 * Re3DataPreview:
 * @format: (nullable): the form of the file, or %NULL where it is no table of text
 * @rows: (element-type Re3PreviewRow): its first rows, without that of the names
 * @report: (nullable): what would be decided, as far as the head of the file shows
 * @n_rows: how many rows of the head would be read
 * @whole: whether the head is all of the file
 * @error: (nullable): why it cannot be read so; there is a report or an error
 *
 * How a data set would be read, shown by its beginning.
 */
typedef struct {
  Re3CsvFormat *format;
  GPtrArray *rows;
  Re3DataReport *report;
  gsize n_rows;
  gboolean whole;
  GError *error;
} Re3DataPreview;

/* Looks at the head of @file, however large it is. Fails only where there is nothing to look at: it
 * cannot be opened, or the work was stopped. (transfer full) */
Re3DataPreview *re3_data_preview_new  (GFile                *file,
                                       Re3Model             *model,
                                       const Re3DataOptions *options,
                                       GCancellable         *cancellable,
                                       GError              **error);
void            re3_data_preview_free (Re3DataPreview       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3DataPreview, re3_data_preview_free)

G_END_DECLS
