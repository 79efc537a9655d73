/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-csv-format.h"
#include "re3-data-choices.h"
#include "re3-data-columns.h"
#include "re3-data-file.h"

G_BEGIN_DECLS

/**
 * Re3LabelTexts:
 * @texts: (element-type utf8): the different labels, in order
 * @ids: from a text to its index in @texts
 *
 * The different labels of all files of a data set. Which classes they are is known only once all
 * are there.
 */
typedef struct {
  GPtrArray *texts;
  GHashTable *ids;
} Re3LabelTexts;

Re3LabelTexts *re3_label_texts_new  (void);
void           re3_label_texts_free (Re3LabelTexts *self);

/* How much of a file is looked at before its rows are read. */
#define RE3_DATA_HEAD_SIZE (1024 * 1024)

/* The label of a row in a file without label column. */
#define RE3_NO_LABEL_TEXT G_MAXUINT32

/**
 * Re3DataTable:
 * @name: the file's
 * @format: its form
 * @columns: which column is what
 * @n_rows: the rows that were read
 * @values: n_features numbers for each row, row after row; NAN for what is missing and shall be filled
 * @labels: for each row the index of its label in @label_texts
 * @lines: for each row its line
 * @is_test: for each row, where a column says so
 * @skipped: (element-type Re3SkippedRow): rows left out, at most RE3_MAX_SKIPPED_KEPT
 * @n_skipped: their number
 * @n_missing: how many of them for a value that is missing, by its cell or by name
 * @array: (nullable): of an array file "IDX, 300 × 28 × 28"; its lines are rows from 1
 * @labels_name: (nullable): of an array file the name of the file with its labels
 * @picture_rows, @picture_columns: of an array of pictures their shape, else 0
 *
 * The rows of one file, as far as they could be read.
 */
typedef struct {
  char *name;
  Re3CsvFormat *format;
  Re3DataColumns *columns;
  gsize n_features;
  gsize n_rows;
  double *values;
  guint32 *labels;
  guint32 *lines;
  guint8 *is_test;
  GPtrArray *skipped;
  gsize n_skipped;
  gsize n_missing;
  char *array;
  char *labels_name;
  gsize picture_rows;
  gsize picture_columns;
  /*< private >*/
  gsize n_rows_allocated;
  Re3LabelTexts *label_texts;
  Re3DataChoices *choices;
  gboolean keep_missing;
  double *row;
  gboolean header_is_next;
} Re3DataTable;

/* Reads @file. @training: (nullable): the table of the training file, for a test file, whose label
 * column is then the same one, and none where that file has none. @label_texts: outlives the table.
 * (transfer full) */
Re3DataTable *re3_data_table_read        (GFile                *file,
                                          const Re3Model       *model,
                                          const Re3DataOptions *options,
                                          const Re3DataTable   *training,
                                          Re3LabelTexts        *label_texts,
                                          GCancellable         *cancellable,
                                          GError              **error);
void          re3_data_table_free        (Re3DataTable         *self);
gsize         re3_data_table_get_n_rows  (const Re3DataTable   *self);

/* For the readers: adds the row that is in row, with the label @label (nullable), or leaves one out, of
 * which @column (or RE3_NO_COLUMN for all of it) is at fault. There may be no memory to add one. @reason: (transfer full) */
gboolean      re3_data_table_add_row     (Re3DataTable         *self,
                                          guint                 line,
                                          const char           *label,
                                          guint8                is_test,
                                          GError              **error);
void          re3_data_table_skip_row    (Re3DataTable         *self,
                                          guint                 line,
                                          gssize                column,
                                          char                 *reason);

/* Leaves out the rows whose label is no class, or no number where labels are targets.
 * @is_known: for each label text whether it is */
void          re3_data_table_drop_unlabelled (Re3DataTable   *self,
                                              const gboolean *is_known,
                                              gboolean        are_targets);
/* Fails where no row is left, with what was wrong with the first one. */
gboolean      re3_data_table_check_rows  (const Re3DataTable   *self,
                                          GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3LabelTexts, re3_label_texts_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3DataTable, re3_data_table_free)

G_END_DECLS
