/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-dataset.h"

#include <math.h>
#include <string.h>

/* What is known of a column. */
typedef struct {
  double low;
  double high;
  Re3ColumnKind kind;
} Column;

struct _Re3Dataset {
  gsize n_features;
  gsize n_rows;
  gsize n_classes;
  gsize n_test;
  gboolean has_labels;
  double *values;
  int *labels;
  double *targets;
  guint32 *lines;
  guint8 *is_test;
  Column *columns;
  GArray *filled; /* (nullable): of Re3Cell */
  gsize picture_rows;
  gsize picture_columns;
};

static void
column_measure (Column *self, const double *values, gsize n_rows)
{
  gboolean is_binary = n_rows > 0;
  gboolean is_whole = n_rows > 0;
  double low = INFINITY;
  double high = -INFINITY;

  /* Comparisons pass over a NaN. */
  for (gsize row = 0; row < n_rows; row++) {
    double value = values[row];

    low = value < low ? value : low;
    high = value > high ? value : high;
    is_binary = is_binary && (value == 0 || value == 1);
    is_whole = is_whole && value == rint (value);
  }
  self->low = low <= high ? low : NAN;
  self->high = low <= high ? high : NAN;
  self->kind = is_binary ? RE3_COLUMN_BINARY : is_whole ? RE3_COLUMN_INTEGER : RE3_COLUMN_REAL;
}

static void
dataset_measure (Re3Dataset *self)
{
  for (gsize row = 0; row < self->n_rows; row++) {
    self->n_test += self->is_test[row] != 0;
    if (self->labels != NULL && self->labels[row] != RE3_NO_LABEL)
      self->has_labels = TRUE;
  }

  self->columns = g_new (Column, self->n_features);
  for (gsize feature = 0; feature < self->n_features; feature++)
    column_measure (&self->columns[feature], re3_dataset_get_column (self, feature), self->n_rows);
}

static gboolean
labels_are_valid (const int *labels, gsize n_rows, gsize n_classes)
{
  for (gsize row = 0; row < n_rows && labels != NULL; row++)
    if (labels[row] != RE3_NO_LABEL && (labels[row] < 0 || (gsize) labels[row] >= n_classes))
      return FALSE;

  return TRUE;
}

Re3Dataset *
re3_dataset_new (gsize n_features,
                 gsize n_rows,
                 gsize n_classes,
                 double *values,
                 int *labels,
                 guint32 *lines,
                 guint8 *is_test)
{
  Re3Dataset *self;

  g_return_val_if_fail (values != NULL || n_features == 0 || n_rows == 0, NULL);
  g_return_val_if_fail (is_test != NULL || n_rows == 0, NULL);
  g_return_val_if_fail (n_rows <= RE3_DATASET_ROWS_MAX, NULL);
  g_return_val_if_fail (labels_are_valid (labels, n_rows, n_classes), NULL);

  self = g_atomic_rc_box_new0 (Re3Dataset);
  self->n_features = n_features;
  self->n_rows = n_rows;
  self->n_classes = n_classes;
  self->values = values;
  self->labels = labels;
  self->lines = lines;
  self->is_test = is_test;
  dataset_measure (self);

  return self;
}

Re3Dataset *
re3_dataset_new_with_targets (gsize n_features,
                              gsize n_rows,
                              gsize n_outputs,
                              double *values,
                              double *targets,
                              guint32 *lines,
                              guint8 *is_test)
{
  Re3Dataset *self = re3_dataset_new (n_features, n_rows, n_outputs, values, NULL, lines, is_test);

  if (self != NULL)
    self->targets = targets;

  return self;
}

void
re3_dataset_set_filled (Re3Dataset *self, GArray *cells)
{
  g_return_if_fail (self != NULL && cells != NULL);
  g_return_if_fail (self->filled == NULL);

  self->filled = g_array_ref (cells);
}

void
re3_dataset_set_picture (Re3Dataset *self, gsize n_rows, gsize n_columns)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (n_rows > 0 && n_rows * n_columns == self->n_features);

  self->picture_rows = n_rows;
  self->picture_columns = n_columns;
}

gboolean
re3_dataset_get_picture (const Re3Dataset *self, gsize *n_rows, gsize *n_columns)
{
  g_return_val_if_fail (self != NULL && n_rows != NULL && n_columns != NULL, FALSE);

  *n_rows = self->picture_rows;
  *n_columns = self->picture_columns;

  return self->picture_rows > 0;
}

double
re3_dataset_get_target (const Re3Dataset *self, gsize row)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows, NAN);

  return self->targets != NULL ? self->targets[row] : NAN;
}

gboolean
re3_dataset_has_targets (const Re3Dataset *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (gsize row = 0; row < self->n_rows; row++)
    if (!isnan (re3_dataset_get_target (self, row)))
      return TRUE;

  return FALSE;
}

Re3Dataset *
re3_dataset_ref (Re3Dataset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
dataset_clear (gpointer data)
{
  Re3Dataset *self = data;

  g_free (self->values);
  g_free (self->labels);
  g_free (self->targets);
  g_free (self->lines);
  g_free (self->is_test);
  g_free (self->columns);
  g_clear_pointer (&self->filled, g_array_unref);
}

void
re3_dataset_unref (Re3Dataset *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, dataset_clear);
}

gsize
re3_dataset_get_n_features (const Re3Dataset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_features;
}

gsize
re3_dataset_get_n_rows (const Re3Dataset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

gsize
re3_dataset_get_n_classes (const Re3Dataset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_classes;
}

gsize
re3_dataset_get_n_test (const Re3Dataset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_test;
}

gboolean
re3_dataset_has_labels (const Re3Dataset *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_labels;
}

const double *
re3_dataset_get_column (const Re3Dataset *self, gsize feature)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (feature < self->n_features, NULL);

  return self->values + feature * self->n_rows;
}

double
re3_dataset_get_training_mean (const Re3Dataset *self, gsize feature)
{
  const double *column = re3_dataset_get_column (self, feature);
  double sum = 0;

  g_return_val_if_fail (column != NULL, NAN);

  for (gsize row = 0; row < self->n_rows; row++)
    if (!re3_dataset_is_test (self, row))
      sum += column[row];
  return sum / (double) (self->n_rows - re3_dataset_get_n_test (self));
}

double
re3_dataset_get_value (const Re3Dataset *self, gsize row, gsize feature)
{
  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (row < self->n_rows && feature < self->n_features, NAN);

  return self->values[feature * self->n_rows + row];
}

void
re3_dataset_get_row (const Re3Dataset *self, gsize row, double *values)
{
  g_return_if_fail (self != NULL && values != NULL);
  g_return_if_fail (row < self->n_rows);

  for (gsize feature = 0; feature < self->n_features; feature++)
    values[feature] = self->values[feature * self->n_rows + row];
}

int
re3_dataset_get_label (const Re3Dataset *self, gsize row)
{
  g_return_val_if_fail (self != NULL, RE3_NO_LABEL);
  g_return_val_if_fail (row < self->n_rows, RE3_NO_LABEL);

  return self->labels != NULL ? self->labels[row] : RE3_NO_LABEL;
}

gboolean
re3_dataset_is_test (const Re3Dataset *self, gsize row)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (row < self->n_rows, FALSE);

  return self->is_test[row] != 0;
}

const int *
re3_dataset_get_labels (const Re3Dataset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->labels;
}

const guint8 *
re3_dataset_get_test_flags (const Re3Dataset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->is_test;
}

gsize
re3_dataset_get_n_filled (const Re3Dataset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->filled != NULL ? self->filled->len : 0;
}

gsize
re3_dataset_get_n_filled_rows (const Re3Dataset *self)
{
  gsize n_filled = re3_dataset_get_n_filled (self);
  gsize n_rows = 0;

  for (guint i = 0; i < n_filled; i++)
    n_rows += i == 0 || g_array_index (self->filled, Re3Cell, i).row !=
                            g_array_index (self->filled, Re3Cell, i - 1).row;

  return n_rows;
}

/* The first filled cell of @row or of a row after it. */
static guint
find_filled (const GArray *filled, gsize row)
{
  guint low = 0;
  guint high = filled->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (filled, Re3Cell, middle).row < row)
      low = middle + 1;
    else
      high = middle;
  }

  return low;
}

const Re3Cell *
re3_dataset_get_filled (const Re3Dataset *self, gsize row, gsize *n_filled)
{
  guint first;

  g_return_val_if_fail (self != NULL && n_filled != NULL, NULL);
  g_return_val_if_fail (row < self->n_rows, NULL);

  *n_filled = 0;
  if (self->filled == NULL)
    return NULL;

  first = find_filled (self->filled, row);
  *n_filled = find_filled (self->filled, row + 1) - first;

  return *n_filled > 0 ? &g_array_index (self->filled, Re3Cell, first) : NULL;
}

gboolean
re3_dataset_is_filled (const Re3Dataset *self, gsize row, gsize feature)
{
  gsize n_filled;
  const Re3Cell *filled = re3_dataset_get_filled (self, row, &n_filled);

  for (gsize i = 0; i < n_filled; i++) {
    if (filled[i].feature == feature)
      return TRUE;
  }

  return FALSE;
}

guint
re3_dataset_get_line (const Re3Dataset *self, gsize row)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < self->n_rows, 0);

  return self->lines != NULL ? self->lines[row] : 0;
}

void
re3_dataset_get_range (const Re3Dataset *self, gsize feature, double *low, double *high)
{
  g_return_if_fail (self != NULL && low != NULL && high != NULL);
  g_return_if_fail (feature < self->n_features);

  *low = self->columns[feature].low;
  *high = self->columns[feature].high;
}

Re3ColumnKind
re3_dataset_get_column_kind (const Re3Dataset *self, gsize feature)
{
  g_return_val_if_fail (self != NULL, RE3_COLUMN_REAL);
  g_return_val_if_fail (feature < self->n_features, RE3_COLUMN_REAL);

  return self->columns[feature].kind;
}

void
re3_dataset_count_values (const Re3Dataset *self,
                          gsize feature,
                          double low,
                          double high,
                          gsize n_bins,
                          guint32 *counts)
{
  const double *values;

  g_return_if_fail (self != NULL && counts != NULL);
  g_return_if_fail (feature < self->n_features);
  g_return_if_fail (low < high && n_bins > 0);

  values = re3_dataset_get_column (self, feature);
  memset (counts, 0, n_bins * sizeof *counts);
  for (gsize row = 0; row < self->n_rows; row++) {
    /* Halves first: the whole range may be too wide for a number. */
    double share = (values[row] / 2 - low / 2) / (high / 2 - low / 2);

    if (share >= 0 && share <= 1)
      counts[MIN ((gsize) (share * (double) n_bins), n_bins - 1)]++;
  }
}
