/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-data-table.h"

#include "re3-array-table.h"
#include "re3-array.h"
#include "re3-column-head.h"
#include "re3-csv-cell.h"
#include "re3-csv-reader.h"
#include "re3-dataset.h"
#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-memory.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define BLOCK_SIZE (64 * 1024)

/* Room for so many rows at first, and for twice as many whenever they are more. */
#define N_ROWS_FIRST 64

Re3LabelTexts *
re3_label_texts_new (void)
{
  Re3LabelTexts *self = g_new0 (Re3LabelTexts, 1);

  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
re3_label_texts_free (Re3LabelTexts *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

static guint32
label_texts_add (Re3LabelTexts *self, const char *text)
{
  gpointer id;
  char *copy;

  if (g_hash_table_lookup_extended (self->ids, text, NULL, &id))
    return GPOINTER_TO_UINT (id);

  copy = g_strdup (text);
  g_ptr_array_add (self->texts, copy);
  g_hash_table_insert (self->ids, copy, GUINT_TO_POINTER (self->texts->len - 1));

  return self->texts->len - 1;
}

static void
skipped_row_free (gpointer data)
{
  Re3SkippedRow *skipped = data;

  g_free (skipped->file);
  g_free (skipped->column);
  g_free (skipped->reason);
  g_free (skipped);
}

/* @column: RE3_NO_COLUMN where it is the whole row; @reason: (transfer full) */
static void
skip_row (Re3DataTable *self, GPtrArray *skipped, guint line, gssize column, char *reason)
{
  Re3SkippedRow *row;

  self->n_skipped++;
  if (skipped->len == RE3_MAX_SKIPPED_KEPT) {
    g_free (reason);
    return;
  }

  row = g_new0 (Re3SkippedRow, 1);
  row->file = g_strdup (self->name);
  row->line = line;
  row->column = column == RE3_NO_COLUMN ? NULL : re3_io_quote (self->format->columns[column]);
  row->reason = reason;
  row->is_index = self->array != NULL;
  g_ptr_array_add (skipped, row);
}

void
re3_data_table_skip_row (Re3DataTable *self, guint line, gssize column, char *reason)
{
  g_return_if_fail (self != NULL && reason != NULL);

  skip_row (self, self->skipped, line, column, reason);
}

static gboolean
make_room (Re3DataTable *self, GError **error)
{
  gsize n = MAX (2 * self->n_rows_allocated, N_ROWS_FIRST);

  if (!re3_try_renew (double, &self->values, n, self->n_features, error,
                      _ ("the values of more than %zu rows with %zu features"), self->n_rows,
                      self->n_features) ||
      !re3_try_renew (guint32, &self->labels, n, 1, error, _ ("the labels of more than %zu rows"),
                      self->n_rows) ||
      !re3_try_renew (guint32, &self->lines, n, 1, error, _ ("the lines of more than %zu rows"),
                      self->n_rows) ||
      !re3_try_renew (guint8, &self->is_test, n, 1, error, _ ("the split of more than %zu rows"),
                      self->n_rows)) {
    g_prefix_error (error, "%s: ", self->name);
    return FALSE;
  }
  self->n_rows_allocated = n;

  return TRUE;
}

gboolean
re3_data_table_add_row (Re3DataTable *self,
                        guint line,
                        const char *label,
                        guint8 is_test,
                        GError **error)
{
  gsize row;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->n_rows == self->n_rows_allocated && !make_room (self, error))
    return FALSE;

  row = self->n_rows++;
  memcpy (self->values + row * self->n_features, self->row, self->n_features * sizeof (double));
  self->labels[row] =
      label != NULL ? label_texts_add (self->label_texts, label) : RE3_NO_LABEL_TEXT;
  self->lines[row] = line;
  self->is_test[row] = is_test;

  return TRUE;
}

static gboolean
read_split (const char *cell, guint8 *is_test)
{
  static const char *const train_words[] = { "train", "training", "0", "0.0", "false", NULL };
  static const char *const test_words[] = { "test", "testing", "1", "1.0", "true", NULL };

  *is_test = re3_csv_cell_is_one_of (cell, test_words);

  return *is_test || re3_csv_cell_is_one_of (cell, train_words);
}

/* Reads the features that have a column of numbers. @n_present: (inout): counts them.
 * @column, @reason: (out): of a cell that is no number, and none that shall be filled */
static gboolean
read_numbers (Re3DataTable *self,
              const char *const *cells,
              gsize *n_present,
              Re3CsvCell *kind,
              gssize *column,
              char **reason)
{
  for (gsize j = 0; j < self->n_features; j++) {
    gsize i = self->columns->features[j];

    if (re3_data_choices_has (self->choices, j))
      continue;

    *kind = re3_csv_cell_read (cells[i], &self->row[j]);
    if (*kind == RE3_CSV_CELL_NUMBER) {
      *n_present += 1;
    } else if (*kind == RE3_CSV_CELL_MISSING && self->keep_missing) {
      self->row[j] = NAN;
    } else {
      *column = (gssize) i;
      *reason = re3_csv_cell_refuse (cells[i], *kind);
      return FALSE;
    }
  }

  return TRUE;
}

/* Reads the features of a row. @column, @reason: (out): what is wrong if they cannot be read. */
static gboolean
read_features (Re3DataTable *self, const char *const *cells, gssize *column, char **reason)
{
  gsize n_present = re3_data_choices_get_n (self->choices);
  Re3CsvCell kind;

  if (!read_numbers (self, cells, &n_present, &kind, column, reason) ||
      !re3_data_choices_read (self->choices, cells, self->row, &kind, column, reason)) {
    self->n_missing += kind == RE3_CSV_CELL_MISSING;
    return FALSE;
  }

  /* A row of means alone would tell nothing. */
  if (n_present == 0) {
    *column = RE3_NO_COLUMN;
    *reason = g_strdup (_ ("no feature has a value"));
    self->n_missing++;
    return FALSE;
  }

  return TRUE;
}

static gboolean
take_row_cb (const char *const *cells,
             gsize n_cells,
             guint line,
             gpointer user_data,
             GError **error)
{
  Re3DataTable *self = user_data;
  gssize column = RE3_NO_COLUMN;
  guint8 is_test = FALSE;
  char *reason;

  if (self->header_is_next) {
    self->header_is_next = FALSE;
    return TRUE;
  }

  if (n_cells != self->format->n_columns) {
    reason = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "the row has %zu cell, not %zu",
                                           "the row has %zu cells, not %zu", n_cells),
                              n_cells, self->format->n_columns);
    skip_row (self, self->skipped, line, RE3_NO_COLUMN, reason);
    return TRUE;
  }
  if (!read_features (self, cells, &column, &reason)) {
    skip_row (self, self->skipped, line, column, reason);
    return TRUE;
  }
  if (self->columns->split != RE3_NO_COLUMN &&
      !read_split (cells[self->columns->split], &is_test)) {
    g_autofree char *quote = re3_io_quote (cells[self->columns->split]);

    reason = g_strdup_printf (_ ("“%s” says neither train nor test"), quote);
    skip_row (self, self->skipped, line, self->columns->split, reason);
    return TRUE;
  }

  if ((self->n_rows + 1) * self->n_features > RE3_MAX_DATA_NUMBERS) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_TOO_LARGE,
                 _ ("%s:%u: there are more rows than Re3 reads, which is %u numbers in all."),
                 self->name, line, RE3_MAX_DATA_NUMBERS);
    return FALSE;
  }

  return re3_data_table_add_row (
      self, line, self->columns->label != RE3_NO_COLUMN ? cells[self->columns->label] : NULL,
      is_test, error);
}

static gboolean
read_rows (Re3DataTable *self,
           GInputStream *stream,
           const GByteArray *head,
           gboolean head_only,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (Re3CsvReader) reader =
      re3_csv_reader_new (self->format->delimiter, self->name, take_row_cb, self);
  g_autofree char *block = g_malloc (BLOCK_SIZE);
  gssize n_read;

  self->header_is_next = self->format->has_header;

  for (gsize start = 0; start < head->len; start += BLOCK_SIZE) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !re3_csv_reader_feed (reader, (const char *) head->data + start,
                              MIN (BLOCK_SIZE, head->len - start), error))
      return FALSE;
  }

  /* The last line of a head may be cut. */
  if (head_only && head->len == RE3_DATA_HEAD_SIZE)
    return TRUE;

  do {
    n_read = g_input_stream_read (stream, block, BLOCK_SIZE, cancellable, error);
    if (n_read < 0) {
      g_prefix_error (error, "%s: ", self->name);
      return FALSE;
    }
    if (!re3_csv_reader_feed (reader, block, (gsize) n_read, error))
      return FALSE;
  } while (n_read > 0);

  return re3_csv_reader_finish (reader, error);
}

/* What is asked for where nobody says: the column that is called as the output of a regression
 * network is. With several outputs none, for a row has one target. */
static const char *
guess_target (const Re3CsvFormat *format, const Re3Model *model)
{
  const char *output = re3_model_get_class_name (model, 0);

  if (re3_model_get_n_classes (model) > 1)
    return "";

  return format->has_header && re3_model_has_class_names (model) &&
                 re3_data_columns_find (format, output) != RE3_NO_COLUMN
             ? output
             : NULL;
}

/* Whether what @training tells of its columns can be looked up in @self. */
static gboolean
has_same_form (const Re3DataTable *self, const Re3DataTable *training)
{
  if (training->array != NULL || self->format->has_header != training->format->has_header)
    return FALSE;

  return self->format->has_header || self->format->n_columns == training->format->n_columns;
}

/* The label column that is asked for. A test file has that of the training file: guessing once more
 * could take another one for it. */
static const char *
get_label_option (const Re3DataTable *self,
                  const Re3Model *model,
                  const Re3DataOptions *options,
                  const Re3DataTable *training)
{
  const char *name;

  if (options->label != NULL)
    return options->label;
  if (training == NULL)
    return re3_model_is_regression (model) ? guess_target (self->format, model) : NULL;
  if (training->columns->label == RE3_NO_COLUMN)
    return "";
  if (!has_same_form (self, training))
    return NULL;

  name = training->format->columns[training->columns->label];
  return re3_data_columns_find (self->format, name) != RE3_NO_COLUMN ? name : "";
}

/* A test file without the label that the training file has: its rows have none, unless a column is
 * left that might be it, by another name. */
static gboolean
check_test_label (Re3DataTable *self,
                  const Re3DataOptions *options,
                  const Re3DataTable *training,
                  GError **error)
{
  g_autofree char *label = NULL;
  g_autoptr (GArray) left_out = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *list = NULL;

  if (training == NULL || options->label != NULL || training->columns->label == RE3_NO_COLUMN ||
      self->columns->label != RE3_NO_COLUMN || self->columns->label_doubt != NULL)
    return TRUE;

  label = re3_io_quote (training->format->columns[training->columns->label]);
  left_out = re3_data_columns_list_left_out (self->columns, self->format, self->n_features);
  if (left_out->len == 0) {
    self->columns->label_doubt =
        g_strdup_printf (_ ("%s: there is no label, which in %s is “%s”; these rows have none."),
                         self->name, training->name, label);
    return TRUE;
  }

  names = g_ptr_array_new ();
  for (guint i = 0; i < left_out->len; i++)
    g_ptr_array_add (names, self->format->columns[g_array_index (left_out, gsize, i)]);
  list = re3_io_join_names ((const char *const *) names->pdata, names->len);
  self->columns->label_doubt = g_strdup_printf (
      _ ("%s: there is no column “%s”, the label in %s, but it might be one of these by another "
         "name: %s; give it the same name, or take them out of the file."),
      self->name, label, training->name, list);
  if (options->keep_doubts)
    return TRUE;

  g_set_error_literal (error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL, self->columns->label_doubt);
  return FALSE;
}

Re3DataTable *
re3_data_table_read (GFile *file,
                     const Re3Model *model,
                     const Re3DataOptions *options,
                     const Re3DataTable *training,
                     Re3LabelTexts *label_texts,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (Re3DataTable) self = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GPtrArray) column_heads = NULL;
  const char *bytes;
  gboolean whole;

  g_return_val_if_fail (G_IS_FILE (file) && model != NULL && options != NULL, NULL);

  self = g_new0 (Re3DataTable, 1);
  self->name = re3_io_file_get_name (file);
  self->n_features = re3_model_get_n_features (model);
  self->skipped = g_ptr_array_new_with_free_func (skipped_row_free);
  self->label_texts = label_texts;
  self->row = g_new (double, self->n_features);

  stream = re3_io_file_open (file, cancellable, error);
  if (stream == NULL ||
      !re3_io_stream_read (stream, head, RE3_DATA_HEAD_SIZE, self->name, cancellable, error))
    return NULL;

  self->keep_missing = options->fill == RE3_DATA_FILL_MEAN;
  if (re3_array_is_array (head->data, head->len))
    return re3_array_table_read (self, file, stream, head, model, options,
                                 training == NULL ? options->labels_file : NULL, cancellable,
                                 error) &&
                   check_test_label (self, options, training, error)
               ? g_steal_pointer (&self)
               : NULL;

  if (options->labels_file != NULL && training == NULL) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL,
                 _ ("%s: this is no array, so its labels are in a column, not in a file of their "
                    "own."),
                 self->name);
    return NULL;
  }

  bytes = (const char *) head->data;
  whole = head->len < RE3_DATA_HEAD_SIZE;
  self->format = re3_csv_format_detect (bytes, head->len, whole, options->delimiter,
                                        options->header, self->name, error);
  if (self->format == NULL)
    return NULL;

  column_heads = re3_column_heads_read (self->format, bytes, head->len, whole, self->name, error);
  if (column_heads == NULL)
    return NULL;

  self->columns = re3_data_columns_resolve (self->format, column_heads, model,
                                            get_label_option (self, model, options, training),
                                            options->split_column, options->left_out,
                                            options->keep_doubts, self->name, error);
  if (self->columns == NULL || !check_test_label (self, options, training, error))
    return NULL;

  self->choices = re3_data_choices_new (model, self->columns);
  if (!read_rows (self, stream, head, options->head_only, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
re3_data_table_free (Re3DataTable *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_clear_pointer (&self->format, re3_csv_format_free);
  g_clear_pointer (&self->columns, re3_data_columns_free);
  g_free (self->values);
  g_free (self->labels);
  g_free (self->lines);
  g_free (self->is_test);
  g_ptr_array_unref (self->skipped);
  g_clear_pointer (&self->choices, re3_data_choices_free);
  g_free (self->array);
  g_free (self->labels_name);
  g_free (self->row);
  g_free (self);
}

gsize
re3_data_table_get_n_rows (const Re3DataTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

static char *
refuse_label (const char *text, gboolean is_target)
{
  g_autofree char *quote = NULL;
  double number;

  Re3CsvCell kind = re3_csv_cell_read (text, &number);

  if (is_target || kind == RE3_CSV_CELL_MISSING)
    return re3_csv_cell_refuse (text, kind);

  quote = re3_io_quote (text);
  if (!g_utf8_validate (text, -1, NULL))
    return g_strdup_printf (_ ("the label “%s” is not UTF-8; save the file as UTF-8"), quote);
  return g_strdup_printf (_ ("the label “%s” is no class of the model"), quote);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const Re3SkippedRow *row_a = *(const Re3SkippedRow *const *) a;
  const Re3SkippedRow *row_b = *(const Re3SkippedRow *const *) b;

  return (row_a->line > row_b->line) - (row_a->line < row_b->line);
}

void
re3_data_table_drop_unlabelled (Re3DataTable *self, const gboolean *is_known, gboolean are_targets)
{
  g_autoptr (GPtrArray) dropped = NULL;
  gsize n_kept = 0;

  g_return_if_fail (self != NULL && is_known != NULL);

  if (self->columns->label == RE3_NO_COLUMN)
    return;

  dropped = g_ptr_array_new ();
  for (gsize i = 0; i < self->n_rows; i++) {
    guint32 label = self->labels[i];

    if (!is_known[label]) {
      const char *text = g_ptr_array_index (self->label_texts->texts, label);
      double number;

      self->n_missing += re3_csv_cell_read (text, &number) == RE3_CSV_CELL_MISSING;
      skip_row (self, dropped, self->lines[i], self->columns->label,
                refuse_label (text, are_targets));
      continue;
    }
    if (n_kept < i)
      memcpy (self->values + n_kept * self->n_features, self->values + i * self->n_features,
              self->n_features * sizeof (double));
    self->labels[n_kept] = label;
    self->lines[n_kept] = self->lines[i];
    self->is_test[n_kept] = self->is_test[i];
    n_kept++;
  }

  self->n_rows = n_kept;

  /* Both lists hold the first ones of their kind, so together they hold the first ones of all. */
  g_ptr_array_extend_and_steal (self->skipped, g_steal_pointer (&dropped));
  g_ptr_array_sort (self->skipped, compare_lines);
  if (self->skipped->len > RE3_MAX_SKIPPED_KEPT)
    g_ptr_array_set_size (self->skipped, RE3_MAX_SKIPPED_KEPT);
}

gboolean
re3_data_table_check_rows (const Re3DataTable *self, GError **error)
{
  g_autofree char *first = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->n_rows > 0)
    return TRUE;

  g_assert (self->skipped->len > 0);
  first = re3_skipped_row_describe (g_ptr_array_index (self->skipped, 0));
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
               _ ("%s; none of the %zu rows could be read."), first, self->n_skipped);
  return FALSE;
}
