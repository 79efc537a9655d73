/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-fill.h"

#include <math.h>

static double
mean_of_present (const double *column, gsize n_rows, const guint8 *is_test)
{
  double sum = 0;
  gsize n = 0;

  for (gsize row = 0; row < n_rows; row++) {
    if (!is_test[row] && !isnan (column[row])) {
      sum += column[row];
      n++;
    }
  }

  return n > 0 ? sum / (double) n : NAN;
}

static gsize
count_missing (const double *column, gsize n_rows)
{
  gsize n = 0;

  for (gsize row = 0; row < n_rows; row++)
    n += isnan (column[row]) != 0;

  return n;
}

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const Re3Cell *x = a;
  const Re3Cell *y = b;

  if (x->row != y->row)
    return x->row < y->row ? -1 : 1;
  return (x->feature > y->feature) - (x->feature < y->feature);
}

Re3Fill *
re3_fill_with_means (double *values,
                     gsize n_features,
                     gsize n_rows,
                     const guint8 *is_test,
                     gssize *failed)
{
  g_autoptr (Re3Fill) self = NULL;

  g_return_val_if_fail (values != NULL || n_features == 0 || n_rows == 0, NULL);
  g_return_val_if_fail (is_test != NULL || n_rows == 0, NULL);
  g_return_val_if_fail (failed != NULL, NULL);

  *failed = RE3_FILL_COMPLETE;
  self = g_new0 (Re3Fill, 1);
  self->means = g_new (double, n_features);
  self->counts = g_new (gsize, n_features);
  self->cells = g_array_new (FALSE, FALSE, sizeof (Re3Cell));

  for (gsize feature = 0; feature < n_features; feature++) {
    double *column = values + feature * n_rows;

    self->means[feature] = NAN;
    self->counts[feature] = count_missing (column, n_rows);
    if (self->counts[feature] == 0)
      continue;

    self->means[feature] = mean_of_present (column, n_rows, is_test);
    if (!isfinite (self->means[feature])) {
      *failed = (gssize) feature;
      return NULL;
    }
    for (gsize row = 0; row < n_rows; row++) {
      Re3Cell cell = { (guint32) row, (guint32) feature };

      if (!isnan (column[row]))
        continue;
      column[row] = self->means[feature];
      g_array_append_val (self->cells, cell);
    }
  }
  g_array_sort (self->cells, compare_cells);

  return g_steal_pointer (&self);
}

void
re3_fill_free (Re3Fill *self)
{
  if (self == NULL)
    return;

  g_free (self->means);
  g_free (self->counts);
  g_array_unref (self->cells);
  g_free (self);
}
