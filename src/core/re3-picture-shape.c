/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-picture-shape.h"

#include <stdio.h>

/* Enough for the name of a pixel. */
#define NAME_SIZE 64

/* The numbers of a pixel's name, and nothing behind them. */
static gboolean
read_name (const char *name, gsize *row, gsize *column)
{
  char written[NAME_SIZE];

  if (sscanf (name, "p(%zu,%zu)", row, column) != 2)
    return FALSE;

  g_snprintf (written, sizeof written, "p(%zu,%zu)", *row, *column);
  return g_str_equal (name, written);
}

gboolean
re3_picture_shape_find (const Re3Model *model,
                        const Re3Dataset *dataset,
                        gsize *n_rows,
                        gsize *n_columns)
{
  gsize n_features;
  gsize first_row;
  gsize first_column;
  gsize row;
  gsize column;

  g_return_val_if_fail (model != NULL && n_rows != NULL && n_columns != NULL, FALSE);

  if (dataset != NULL && re3_dataset_get_picture (dataset, n_rows, n_columns))
    return TRUE;

  n_features = re3_model_get_n_features (model);
  if (!read_name (re3_model_get_feature_name (model, 0), &first_row, &first_column) ||
      !read_name (re3_model_get_feature_name (model, n_features - 1), &row, &column) ||
      first_row > 1 || first_column != first_row || row >= n_features + 1 ||
      column >= n_features + 1)
    return FALSE;

  *n_rows = row + 1 - first_row;
  *n_columns = column + 1 - first_column;
  if (*n_columns == 0 || *n_rows != n_features / *n_columns || n_features % *n_columns != 0)
    return FALSE;

  for (gsize i = 0; i < n_features; i++) {
    if (!read_name (re3_model_get_feature_name (model, i), &row, &column) ||
        row != first_row + i / *n_columns || column != first_column + i % *n_columns)
      return FALSE;
  }

  return TRUE;
}
