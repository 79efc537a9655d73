/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-dataset.h"

#include <math.h>

typedef struct {
  double low;
  double high;
} Range;

struct _Re3Dataset {
  gsize n_features;
  gsize n_rows;
  gsize n_classes;
  gsize n_test;
  gboolean has_labels;
  double *values;
  int *labels;
  guint32 *lines;
  guint8 *is_test;
  Range *ranges;
};

static void
dataset_measure (Re3Dataset *self)
{
  for (gsize row = 0; row < self->n_rows; row++) {
    self->n_test += self->is_test[row] != 0;
    if (self->labels != NULL && self->labels[row] != RE3_NO_LABEL)
      self->has_labels = TRUE;
  }

  self->ranges = g_new (Range, self->n_features);
  for (gsize feature = 0; feature < self->n_features; feature++) {
    const double *column = re3_dataset_get_column (self, feature);
    Range range = { NAN, NAN };

    for (gsize row = 0; row < self->n_rows; row++) {
      range.low = fmin (range.low, column[row]);
      range.high = fmax (range.high, column[row]);
    }
    self->ranges[feature] = range;
  }
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
  g_free (self->lines);
  g_free (self->is_test);
  g_free (self->ranges);
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

  *low = self->ranges[feature].low;
  *high = self->ranges[feature].high;
}
