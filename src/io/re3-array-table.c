/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-array-table.h"

#include "re3-array.h"
#include "re3-csv-cell.h"
#include "re3-io-error.h"
#include "re3-io-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Rows between two looks at whether somebody waits no more. */
#define ROWS_AT_ONCE 1024

/* --- Names ---------------------------------------------------------------------------------- */

/* Whether @text stands alone in @name: X in X_train.npy, but not in MAX.npy. */
static gboolean
is_word (const char *name, const char *found, const char *text)
{
  const char *end = found + strlen (text);

  return (found == name || !g_ascii_isalpha (found[-1])) && !g_ascii_isalpha (*end);
}

static void
add_replaced (GPtrArray *names, const char *name, const char *text, const char *with)
{
  const char *found = strstr (name, text);

  while (found != NULL && !is_word (name, found, text))
    found = strstr (found + 1, text);
  if (found != NULL)
    g_ptr_array_add (names, g_strdup_printf ("%.*s%s%s", (int) (found - name), name, with,
                                             found + strlen (text)));
}

GPtrArray *
re3_array_table_name_labels (const char *name)
{
  static const char *const words[][2] = {
    { "X", "y" },
    { "x", "y" },
    { "images", "labels" },
    { "features", "labels" },
  };
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  guint n_names;

  g_return_val_if_fail (name != NULL, names);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    add_replaced (names, name, words[i][0], words[i][1]);

  /* MNIST's names tell the number of dimensions too; and one of the two may be packed. */
  n_names = names->len;
  for (guint i = 0; i < n_names; i++) {
    char *candidate = g_ptr_array_index (names, i);
    char *dimensions = strstr (candidate, "idx3");

    if (dimensions != NULL)
      dimensions[strlen ("idx")] = '1';
    if (g_str_has_suffix (candidate, ".gz"))
      g_ptr_array_add (names, g_strndup (candidate, strlen (candidate) - strlen (".gz")));
    else
      g_ptr_array_add (names, g_strconcat (candidate, ".gz", NULL));
  }

  return names;
}

/* (transfer full) (nullable) */
static GFile *
find_labels (GFile *file, GCancellable *cancellable)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GPtrArray) names = NULL;

  if (name == NULL || folder == NULL)
    return NULL;

  names = re3_array_table_name_labels (name);
  for (guint i = 0; i < names->len; i++) {
    g_autoptr (GFile) candidate = g_file_get_child (folder, g_ptr_array_index (names, i));

    if (g_file_query_exists (candidate, cancellable))
      return g_steal_pointer (&candidate);
  }

  return NULL;
}

/* --- Labels --------------------------------------------------------------------------------- */

static Re3Array *
read_labels (Re3DataTable *self,
             GFile *file,
             const Re3Array *values,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *name = re3_io_file_get_name (file);
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GInputStream) stream = re3_io_file_open (file, cancellable, error);
  g_autoptr (Re3Array) labels = NULL;

  if (stream == NULL)
    return NULL;
  labels = re3_array_read (stream, head, name, cancellable, error);
  if (labels == NULL)
    return NULL;

  if (re3_array_get_n_rows (labels) != re3_array_get_n_rows (values) ||
      re3_array_get_n_columns (labels) != 1) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL,
                 _ ("%s: it holds %zu rows of %zu labels, but %s has %zu rows; put the labels of "
                    "these rows there, or open the data without labels."),
                 name, re3_array_get_n_rows (labels), re3_array_get_n_columns (labels), self->name,
                 re3_array_get_n_rows (values));
    return NULL;
  }

  self->labels_name = g_steal_pointer (&name);
  return g_steal_pointer (&labels);
}

static char *
refuse_inexact (double value)
{
  return g_strdup_printf (_ ("%.0f is too large for double precision to hold exactly"), value);
}

/* As a text file would hold it. @is_exact: (out): whether it is that number (transfer full) */
static char *
format_label (const Re3Array *labels, gsize row, gboolean *is_exact)
{
  double value = re3_array_get_value (labels, row, 0, is_exact);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (labels->header.kind != RE3_ARRAY_FLOAT)
    return g_strdup_printf ("%.0f", value);

  return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, value));
}

/* --- Rows ----------------------------------------------------------------------------------- */

static gboolean
is_picture (const Re3Array *array)
{
  const Re3ArrayHeader *header = &array->header;

  return header->n_dimensions == 3 && header->shape[1] > 1 && header->shape[2] > 1;
}

/* The array's columns, and that of the labels behind them. */
static Re3CsvFormat *
make_format (const Re3Array *values, const char *labels_name)
{
  gsize n_columns = re3_array_get_n_columns (values);
  Re3CsvFormat *format = g_new0 (Re3CsvFormat, 1);

  format->n_columns = n_columns + (labels_name != NULL ? 1 : 0);
  format->columns = g_new0 (char *, format->n_columns + 1);
  format->is_numeric = g_new (gboolean, format->n_columns);
  format->is_utf8 = TRUE;
  for (gsize i = 0; i < n_columns; i++)
    format->columns[i] = is_picture (values)
                             ? g_strdup_printf ("p(%zu,%zu)", i / values->header.shape[2] + 1,
                                                i % values->header.shape[2] + 1)
                             : g_strdup_printf (_ ("column %zu"), i + 1);
  if (labels_name != NULL)
    format->columns[n_columns] = g_strdup (labels_name);
  for (gsize i = 0; i < format->n_columns; i++)
    format->is_numeric[i] = TRUE;

  return format;
}

/* The numbers of a row are the features in order; those of a picture may even be called so. */
static Re3DataColumns *
make_columns (const Re3Model *model,
              const Re3CsvFormat *format,
              gsize n_columns,
              gboolean has_labels,
              gboolean guessed)
{
  Re3DataColumns *columns = re3_data_columns_new (model);

  columns->matched_by_name = TRUE;
  for (gsize i = 0; i < n_columns; i++) {
    columns->features[i] = i;
    columns->matched_by_name =
        columns->matched_by_name &&
        g_str_equal (format->columns[i], re3_model_get_feature_name (model, i));
  }
  if (has_labels)
    columns->label = (gssize) n_columns;
  columns->label_guessed = guessed;

  return columns;
}

/* "IDX, 300 × 28 × 28" */
static char *
describe_shape (const Re3Array *array, const char *format)
{
  GString *text = g_string_new (format);

  for (gsize i = 0; i < array->header.n_dimensions; i++)
    g_string_append_printf (text, "%s%zu", i == 0 ? ", " : " × ", array->header.shape[i]);

  return g_string_free (text, FALSE);
}

/* @kind: (out): what the number at fault is; @column, @reason: (out): it, and why it is none */
static gboolean
read_row (Re3DataTable *self,
          const Re3Array *values,
          gsize row,
          Re3CsvCell *kind,
          gssize *column,
          char **reason)
{
  gsize n_present = 0;

  for (gsize i = 0; i < self->n_features; i++) {
    gboolean is_exact;
    double value = re3_array_get_value (values, row, i, &is_exact);

    self->row[i] = value;
    *column = (gssize) i;
    if (isnan (value) && !self->keep_missing) {
      *kind = RE3_CSV_CELL_MISSING;
      *reason = re3_csv_cell_refuse ("NaN", *kind);
      return FALSE;
    }
    if (isinf (value)) {
      *kind = RE3_CSV_CELL_INFINITE;
      *reason = re3_csv_cell_refuse (value > 0 ? "inf" : "-inf", *kind);
      return FALSE;
    }
    if (!is_exact) {
      *kind = RE3_CSV_CELL_TEXT;
      *reason = refuse_inexact (value);
      return FALSE;
    }
    n_present += !isnan (value);
  }
  if (n_present > 0)
    return TRUE;

  *kind = RE3_CSV_CELL_MISSING;
  *column = RE3_NO_COLUMN;
  *reason = g_strdup (_ ("no feature has a value"));
  return FALSE;
}

static gboolean
read_rows (Re3DataTable *self,
           const Re3Array *values,
           const Re3Array *labels,
           GCancellable *cancellable,
           GError **error)
{
  for (gsize row = 0; row < re3_array_get_n_rows (values); row++) {
    gboolean is_exact = TRUE;
    g_autofree char *label = labels != NULL ? format_label (labels, row, &is_exact) : NULL;
    Re3CsvCell kind;
    gssize column;
    char *reason;

    if (row % ROWS_AT_ONCE == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;

    if (!is_exact) {
      re3_data_table_skip_row (self, (guint) row + 1, self->columns->label,
                               refuse_inexact (re3_array_get_value (labels, row, 0, &is_exact)));
    } else if (read_row (self, values, row, &kind, &column, &reason)) {
      if (!re3_data_table_add_row (self, (guint) row + 1, label, FALSE, error))
        return FALSE;
    } else {
      self->n_missing += kind == RE3_CSV_CELL_MISSING;
      re3_data_table_skip_row (self, (guint) row + 1, column, reason);
    }
  }

  return TRUE;
}

/* An array has no columns by name. */
static gboolean
check_options (const Re3DataTable *self, const Re3DataOptions *options, GError **error)
{
  if (options->split_column != NULL) {
    g_set_error (
        error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
        _ ("%s: an array has no columns with names, so none can say train or test; put the "
           "test samples in a file of their own."),
        self->name);
    return FALSE;
  }
  if (options->label != NULL && options->label[0] != '\0') {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL,
                 _ ("%s: an array has no columns with names, so none can be the label; its labels "
                    "are in a file of their own."),
                 self->name);
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_size (const Re3DataTable *self, const Re3Array *values, GError **error)
{
  gsize n_columns = re3_array_get_n_columns (values);

  if (n_columns == self->n_features)
    return TRUE;

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
               _ ("%s: its rows have %zu numbers, but the model takes %zu features."), self->name,
               n_columns, self->n_features);
  return FALSE;
}

gboolean
re3_array_table_read (Re3DataTable *self,
                      GFile *file,
                      GInputStream *stream,
                      GByteArray *head,
                      const Re3Model *model,
                      const Re3DataOptions *options,
                      GFile *labels_file,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (Re3Array) values = NULL;
  g_autoptr (Re3Array) labels = NULL;
  g_autoptr (GFile) beside = NULL;

  g_return_val_if_fail (self != NULL && G_IS_FILE (file) && model != NULL, FALSE);

  if (!check_options (self, options, error))
    return FALSE;
  values = re3_array_read (stream, head, self->name, cancellable, error);
  if (values == NULL || !check_size (self, values, error))
    return FALSE;

  if (labels_file == NULL && options->label == NULL)
    labels_file = beside = find_labels (file, cancellable);
  if (labels_file != NULL) {
    labels = read_labels (self, labels_file, values, cancellable, error);
    if (labels == NULL)
      return FALSE;
  }

  self->array = describe_shape (values, re3_array_get_format_name (values));
  self->format = make_format (values, self->labels_name);
  self->columns =
      make_columns (model, self->format, self->n_features, labels != NULL, beside != NULL);
  if (is_picture (values)) {
    self->picture_rows = values->header.shape[1];
    self->picture_columns = values->header.shape[2];
  }

  return read_rows (self, values, labels, cancellable, error);
}
