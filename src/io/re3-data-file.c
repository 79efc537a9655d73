/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-data-file.h"

#include "re3-array.h"
#include "re3-data-labels.h"
#include "re3-data-table.h"
#include "re3-fill.h"
#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-memory.h"
#include "re3-split.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The tables of a data set: of the data file, and perhaps of a test file. */
#define MAX_TABLES 2

typedef struct {
  Re3DataTable *tables[MAX_TABLES];
  gsize n_tables;
  Re3LabelTexts *label_texts;
  int *classes;    /* of each label text, of a classifier */
  double *targets; /* likewise, of a regression network */
  char *label_mapping;
  Re3Fill *fill; /* (nullable): of missing values */
} Loader;

static void
loader_clear (Loader *self)
{
  for (gsize t = 0; t < self->n_tables; t++)
    re3_data_table_free (self->tables[t]);
  g_clear_pointer (&self->label_texts, re3_label_texts_free);
  g_clear_pointer (&self->classes, g_free);
  g_clear_pointer (&self->targets, g_free);
  g_clear_pointer (&self->label_mapping, g_free);
  g_clear_pointer (&self->fill, re3_fill_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Loader, loader_clear)

/* What a data set is made of. */
typedef struct {
  double *values;
  int *labels;
  double *targets;
  guint32 *lines;
  guint8 *is_test;
} Columns;

static void
columns_clear (Columns *self)
{
  g_free (self->values);
  g_free (self->labels);
  g_free (self->targets);
  g_free (self->lines);
  g_free (self->is_test);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Columns, columns_clear)

/* Finds the classes or the targets that all labels of @table are, whose file is the first with
 * any. @is_known: (out): for each whether it is one */
static gboolean
read_labels (Loader *self,
             const Re3Model *model,
             const Re3DataTable *table,
             gboolean *is_known,
             GError **error)
{
  const char *const *texts = (const char *const *) self->label_texts->texts->pdata;
  gsize n_texts = self->label_texts->texts->len;
  const char *column = table->format->columns[table->columns->label];

  if (re3_model_is_regression (model)) {
    self->targets = g_new (double, MAX (n_texts, 1));
    if (!re3_targets_read (texts, n_texts, column, table->name, self->targets, error))
      return FALSE;
  } else {
    self->classes = g_new (int, MAX (n_texts, 1));
    if (!re3_labels_map (model, texts, n_texts, column, table->name, self->classes,
                         &self->label_mapping, error))
      return FALSE;
  }

  for (gsize i = 0; i < n_texts; i++)
    is_known[i] =
        self->targets != NULL ? !isnan (self->targets[i]) : self->classes[i] != RE3_NO_LABEL;

  return TRUE;
}

/* Does without labels that were found by looking, and says why. */
static void
drop_labels (Loader *self, const GError *doubt)
{
  Re3DataColumns *first = self->tables[0]->columns;

  for (gsize t = 0; t < self->n_tables; t++) {
    Re3DataTable *table = self->tables[t];

    table->columns->label = RE3_NO_COLUMN;
    for (gsize i = 0; i < re3_data_table_get_n_rows (table); i++)
      table->labels[i] = RE3_NO_LABEL_TEXT;
  }
  g_free (first->label_doubt);
  first->label_doubt = g_strdup (doubt->message);
  g_clear_pointer (&self->classes, g_free);
  g_clear_pointer (&self->targets, g_free);
}

/* Reads all labels together, and leaves out rows that have none. */
static gboolean
map_labels (Loader *self, const Re3Model *model, gboolean keep_doubts, GError **error)
{
  g_autofree gboolean *is_known = g_new0 (gboolean, MAX (self->label_texts->texts->len, 1));
  g_autoptr (GError) local_error = NULL;
  const Re3DataTable *labelled = NULL;

  for (gsize t = self->n_tables; t-- > 0;) {
    if (self->tables[t]->columns->label != RE3_NO_COLUMN)
      labelled = self->tables[t];
  }

  if (labelled != NULL && !read_labels (self, model, labelled, is_known, &local_error)) {
    if (!keep_doubts || !labelled->columns->label_guessed ||
        !g_error_matches (local_error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL)) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    drop_labels (self, local_error);
    labelled = NULL;
  }

  for (gsize t = 0; t < self->n_tables; t++) {
    if (labelled != NULL)
      re3_data_table_drop_unlabelled (self->tables[t], is_known, self->targets != NULL);
    if (!re3_data_table_check_rows (self->tables[t], error))
      return FALSE;
  }

  return TRUE;
}

static int
get_class (const Loader *self, const Re3DataTable *table, gsize row)
{
  guint32 label = table->labels[row];

  return label == RE3_NO_LABEL_TEXT ? RE3_NO_LABEL : self->classes[label];
}

static double
get_target (const Loader *self, const Re3DataTable *table, gsize row)
{
  guint32 label = table->labels[row];

  return label == RE3_NO_LABEL_TEXT ? NAN : self->targets[label];
}

static guint8 *
choose_test_rows (const Loader *self,
                  const Re3DataOptions *options,
                  const int *labels,
                  gsize n_rows,
                  GError **error)
{
  guint8 *is_test;
  gsize row = 0;

  if (options->test_file == NULL && options->split_column == NULL)
    return re3_split_stratified (labels, n_rows, options->test_fraction, options->seed, error);

  is_test = re3_try_new (guint8, n_rows, 1, error, _ ("the split of %zu rows"), n_rows);
  for (gsize t = 0; t < self->n_tables && is_test != NULL; t++) {
    const Re3DataTable *table = self->tables[t];

    for (gsize i = 0; i < re3_data_table_get_n_rows (table); i++)
      is_test[row++] = options->test_file != NULL ? t == 1 : table->is_test[i];
  }

  return is_test;
}

static const char *
get_column_name (const Loader *self, gsize feature)
{
  const Re3DataTable *first = self->tables[0];

  return first->format->columns[first->columns->features[feature]];
}

static gboolean
fill (Loader *self,
      const Re3Model *model,
      double *values,
      gsize n_rows,
      const guint8 *is_test,
      GError **error)
{
  g_autofree char *column = NULL;
  gssize failed;

  self->fill =
      re3_fill_with_means (values, re3_model_get_n_features (model), n_rows, is_test, &failed);
  if (self->fill != NULL)
    return TRUE;

  column = re3_io_quote (get_column_name (self, (gsize) failed));
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
               _ ("%s: missing values of the column “%s” cannot be filled: its training rows have "
                  "no mean. Choose another split, or let rows with missing values be skipped."),
               self->tables[0]->name, column);
  return FALSE;
}

/* Room for what is known of all rows. */
static gboolean
make_room (const Loader *self, gsize n_features, gsize n_rows, Columns *columns, GError **error)
{
  columns->values =
      re3_try_new (double, n_features, n_rows, error,
                   _ ("the values of %zu rows with %zu features"), n_rows, n_features);
  if (columns->values == NULL)
    return FALSE;
  columns->lines = re3_try_new (guint32, n_rows, 1, error, _ ("the lines of %zu rows"), n_rows);
  if (columns->lines == NULL)
    return FALSE;
  if (self->classes != NULL) {
    columns->labels = re3_try_new (int, n_rows, 1, error, _ ("the labels of %zu rows"), n_rows);
    return columns->labels != NULL;
  }
  if (self->targets != NULL) {
    columns->targets =
        re3_try_new (double, n_rows, 1, error, _ ("the targets of %zu rows"), n_rows);
    return columns->targets != NULL;
  }

  return TRUE;
}

static Re3Dataset *
make_dataset (Loader *self, const Re3Model *model, const Re3DataOptions *options, GError **error)
{
  gsize n_features = re3_model_get_n_features (model);
  gsize n_rows = 0;
  gsize row = 0;
  g_auto (Columns) columns = { 0 };
  Re3Dataset *dataset;

  for (gsize t = 0; t < self->n_tables; t++)
    n_rows += re3_data_table_get_n_rows (self->tables[t]);

  if (!make_room (self, n_features, n_rows, &columns, error)) {
    g_prefix_error (error, "%s: ", self->tables[0]->name);
    return NULL;
  }

  for (gsize t = 0; t < self->n_tables; t++) {
    const Re3DataTable *table = self->tables[t];

    for (gsize i = 0; i < re3_data_table_get_n_rows (table); i++) {
      for (gsize j = 0; j < n_features; j++)
        columns.values[j * n_rows + row] = table->values[i * n_features + j];
      columns.lines[row] = table->array == NULL ? table->lines[i] : 0;
      if (columns.labels != NULL)
        columns.labels[row] = get_class (self, table, i);
      if (columns.targets != NULL)
        columns.targets[row] = get_target (self, table, i);
      row++;
    }
  }

  columns.is_test = choose_test_rows (self, options, columns.labels, n_rows, error);
  if (columns.is_test == NULL) {
    g_prefix_error (error, "%s: ", self->tables[0]->name);
    return NULL;
  }
  if (options->fill == RE3_DATA_FILL_MEAN &&
      !fill (self, model, columns.values, n_rows, columns.is_test, error))
    return NULL;

  if (re3_model_is_regression (model))
    dataset = re3_dataset_new_with_targets (n_features, n_rows, re3_model_get_n_classes (model),
                                            g_steal_pointer (&columns.values),
                                            g_steal_pointer (&columns.targets),
                                            g_steal_pointer (&columns.lines),
                                            g_steal_pointer (&columns.is_test));
  else
    dataset =
        re3_dataset_new (n_features, n_rows, re3_model_get_n_classes (model),
                         g_steal_pointer (&columns.values), g_steal_pointer (&columns.labels),
                         g_steal_pointer (&columns.lines), g_steal_pointer (&columns.is_test));
  if (self->fill != NULL)
    re3_dataset_set_filled (dataset, self->fill->cells);
  if (self->tables[0]->picture_rows > 0)
    re3_dataset_set_picture (dataset, self->tables[0]->picture_rows,
                             self->tables[0]->picture_columns);

  return dataset;
}

static void
filled_column_free (gpointer data)
{
  Re3FilledColumn *filled = data;

  g_free (filled->column);
  g_free (filled);
}

static void
choice_column_free (gpointer data)
{
  Re3ChoiceColumn *choice = data;

  g_free (choice->column);
  g_free (choice->group);
  g_strfreev (choice->choices);
  g_free (choice);
}

static void
report_filled (const Loader *self,
               const Re3Model *model,
               const Re3Dataset *dataset,
               Re3DataReport *report)
{
  report->n_filled = re3_dataset_get_n_filled (dataset);
  report->n_filled_rows = re3_dataset_get_n_filled_rows (dataset);

  for (gsize j = 0; j < re3_model_get_n_features (model) && self->fill != NULL; j++) {
    Re3FilledColumn *filled;

    if (self->fill->counts[j] == 0)
      continue;
    filled = g_new0 (Re3FilledColumn, 1);
    filled->column = g_strdup (report->feature_columns[j]);
    filled->n_cells = self->fill->counts[j];
    filled->mean = self->fill->means[j];
    g_ptr_array_add (report->filled, filled);
  }
}

static void
report_choices (const Re3DataTable *table, const Re3Model *model, Re3DataReport *report)
{
  for (gsize i = 0; i < re3_model_get_groups (model)->len; i++) {
    const Re3FeatureGroup *group = g_ptr_array_index (re3_model_get_groups (model), i);
    Re3ChoiceColumn *choice;

    if (table->columns->groups[i] == RE3_NO_COLUMN)
      continue;
    choice = g_new0 (Re3ChoiceColumn, 1);
    choice->column = g_strdup (table->format->columns[table->columns->groups[i]]);
    choice->group = g_strdup (group->name);
    choice->choices = g_strdupv (group->choices);
    g_ptr_array_add (report->choice_columns, choice);
  }
}

static void
report_columns (const Re3DataTable *table, gsize n_features, Re3DataReport *report)
{
  g_autoptr (GArray) left_out =
      re3_data_columns_list_left_out (table->columns, table->format, n_features);

  report->feature_columns = g_new0 (char *, n_features + 1);
  for (gsize j = 0; j < n_features; j++)
    report->feature_columns[j] = g_strdup (table->format->columns[table->columns->features[j]]);

  report->left_out = g_new0 (char *, left_out->len + 1);
  for (guint i = 0; i < left_out->len; i++)
    report->left_out[i] = g_strdup (table->format->columns[g_array_index (left_out, gsize, i)]);
}

/* What is said of @table by itself; takes its format. */
static Re3DataReport *
report_table (Re3DataTable *table, const Re3Model *model)
{
  Re3DataReport *report = g_new0 (Re3DataReport, 1);
  const Re3DataColumns *columns = table->columns;

  report->file = g_strdup (table->name);
  report->array = g_strdup (table->array);
  report->label_guessed = columns->label_guessed;
  report->label_doubt = g_strdup (columns->label_doubt);
  report->matched_by_name = columns->matched_by_name;
  if (columns->label != RE3_NO_COLUMN)
    report->label_column = g_strdup (table->format->columns[columns->label]);
  report->choice_columns = g_ptr_array_new_with_free_func (choice_column_free);
  report->filled = g_ptr_array_new_with_free_func (filled_column_free);
  report->skipped = g_ptr_array_new ();
  report_columns (table, re3_model_get_n_features (model), report);
  report_choices (table, model, report);
  report->format = g_steal_pointer (&table->format);

  return report;
}

static Re3DataReport *
make_report (Loader *self, const Re3Model *model, const Re3Dataset *dataset)
{
  Re3DataReport *report = report_table (self->tables[0], model);

  report->label_mapping = g_strdup (self->label_mapping);
  if (self->n_tables > 1)
    report->test = report_table (self->tables[1], model);

  report_filled (self, model, dataset, report);
  g_ptr_array_unref (report->skipped);
  report->skipped = g_ptr_array_ref (self->tables[0]->skipped);
  for (gsize t = 0; t < self->n_tables; t++) {
    report->n_skipped += self->tables[t]->n_skipped;
    report->n_missing += self->tables[t]->n_missing;
    if (t == 0)
      continue;
    g_ptr_array_extend_and_steal (report->skipped, g_steal_pointer (&self->tables[t]->skipped));
    self->tables[t]->skipped = g_ptr_array_new ();
  }
  if (report->skipped->len > RE3_MAX_SKIPPED_KEPT)
    g_ptr_array_set_size (report->skipped, RE3_MAX_SKIPPED_KEPT);

  return report;
}

Re3Dataset *
re3_data_file_read (GFile *file,
                    Re3Model *model,
                    const Re3DataOptions *options,
                    GCancellable *cancellable,
                    Re3DataReport **report,
                    GError **error)
{
  g_auto (Loader) loader = { 0 };
  g_autoptr (Re3Dataset) dataset = NULL;
  GFile *files[MAX_TABLES];

  g_return_val_if_fail (G_IS_FILE (file) && model != NULL && options != NULL, NULL);
  g_return_val_if_fail (options->test_file == NULL || options->split_column == NULL, NULL);
  g_return_val_if_fail (options->test_fraction >= 0 && options->test_fraction <= 1, NULL);

  files[0] = file;
  files[1] = options->test_file;
  loader.label_texts = re3_label_texts_new ();

  for (gsize t = 0; t < MAX_TABLES && files[t] != NULL; t++) {
    loader.tables[t] =
        re3_data_table_read (files[t], model, options, t > 0 ? loader.tables[0] : NULL,
                             loader.label_texts, cancellable, error);
    if (loader.tables[t] == NULL)
      return NULL;
    loader.n_tables++;
  }

  if (!map_labels (&loader, model, options->keep_doubts, error))
    return NULL;

  dataset = make_dataset (&loader, model, options, error);
  if (dataset == NULL)
    return NULL;
  if (report != NULL)
    *report = make_report (&loader, model, dataset);

  return g_steal_pointer (&dataset);
}
