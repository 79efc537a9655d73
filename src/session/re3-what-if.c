/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-what-if.h"

#include "re3-core-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _Re3WhatIf {
  Re3Model *model;
  Re3Dataset *dataset;
  gssize row;
  double *values;    /* of the row, as edited */
  GHashTable *edits; /* row to the values it was left with, for rows left with edits */
  Re3Explanation *explanation;
  Re3Explanation *original;
};

Re3WhatIf *
re3_what_if_new (void)
{
  Re3WhatIf *self = g_new0 (Re3WhatIf, 1);

  self->row = RE3_NO_ROW;
  self->edits = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

/* Puts the selected row down, and its edits aside. */
static void
leave_row (Re3WhatIf *self)
{
  if (re3_what_if_has_edits (self))
    g_hash_table_insert (self->edits, GSIZE_TO_POINTER (self->row),
                         g_steal_pointer (&self->values));
  else
    g_hash_table_remove (self->edits, GSIZE_TO_POINTER (self->row));

  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->explanation, re3_explanation_unref);
  g_clear_pointer (&self->original, re3_explanation_unref);
  self->row = RE3_NO_ROW;
}

static void
enter_row (Re3WhatIf *self, gsize row)
{
  gsize n_features = re3_dataset_get_n_features (self->dataset);
  const double *edited = g_hash_table_lookup (self->edits, GSIZE_TO_POINTER (row));

  self->row = (gssize) row;
  self->values = g_new (double, n_features);
  re3_dataset_get_row (self->dataset, row, self->values);
  self->original = re3_explanation_new (self->model, self->values, NULL);
  if (edited == NULL) {
    self->explanation = re3_explanation_ref (self->original);
  } else {
    memcpy (self->values, edited, n_features * sizeof *edited);
    self->explanation = re3_explanation_new (self->model, self->values, self->original->region);
  }
}

static void
set_explanation (Re3WhatIf *self, Re3Explanation *explanation)
{
  re3_explanation_unref (self->explanation);
  self->explanation = explanation;
}

void
re3_what_if_set_source (Re3WhatIf *self, Re3Model *model, Re3Dataset *dataset)
{
  g_return_if_fail (self != NULL);

  leave_row (self);
  g_hash_table_remove_all (self->edits);
  g_clear_pointer (&self->model, re3_model_unref);
  g_clear_pointer (&self->dataset, re3_dataset_unref);
  if (model != NULL)
    self->model = re3_model_ref (model);
  if (dataset != NULL)
    self->dataset = re3_dataset_ref (dataset);
}

void
re3_what_if_free (Re3WhatIf *self)
{
  if (self == NULL)
    return;

  re3_what_if_set_source (self, NULL, NULL);
  g_hash_table_unref (self->edits);
  g_free (self);
}

gboolean
re3_what_if_select_row (Re3WhatIf *self, gssize row)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (row == RE3_NO_ROW || (self->dataset != NULL &&
                                              (gsize) row < re3_dataset_get_n_rows (self->dataset)),
                        FALSE);

  if (self->row == row)
    return FALSE;

  leave_row (self);
  if (row != RE3_NO_ROW)
    enter_row (self, (gsize) row);
  return TRUE;
}

gssize
re3_what_if_get_row (const Re3WhatIf *self)
{
  g_return_val_if_fail (self != NULL, RE3_NO_ROW);

  return self->row;
}

gboolean
re3_what_if_set_value (Re3WhatIf *self, gsize feature, double value, GError **error)
{
  g_return_val_if_fail (self != NULL && self->original != NULL, FALSE);
  g_return_val_if_fail (feature < re3_model_get_n_features (self->model), FALSE);
  g_return_val_if_fail (isfinite (value), FALSE);

  g_autoptr (Re3Explanation) explanation = NULL;
  double before = self->values[feature];

  if (before == value)
    return TRUE;

  /* While a slider moves within a region the affine map of the last step serves the next one. */
  self->values[feature] = value;
  explanation = re3_explanation_new (self->model, self->values, self->explanation->region);
  if (!re3_explanation_is_finite (explanation)) {
    self->values[feature] = before;
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                 _ ("With this value of %s the network's numbers are too large for a computer; "
                    "choose one nearer to the data."),
                 re3_model_get_feature_name (self->model, feature));
    return FALSE;
  }

  set_explanation (self, g_steal_pointer (&explanation));
  return TRUE;
}

gboolean
re3_what_if_reset_all_values (Re3WhatIf *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!re3_what_if_has_edits (self))
    return FALSE;

  re3_dataset_get_row (self->dataset, (gsize) self->row, self->values);
  set_explanation (self, re3_explanation_ref (self->original));
  return TRUE;
}

gboolean
re3_what_if_is_edited (const Re3WhatIf *self, gsize feature)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->original != NULL && self->values[feature] != self->original->values[feature];
}

gboolean
re3_what_if_has_edits (const Re3WhatIf *self)
{
  gsize n_features;

  g_return_val_if_fail (self != NULL, FALSE);

  n_features = self->original != NULL ? re3_model_get_n_features (self->model) : 0;
  for (gsize i = 0; i < n_features; i++)
    if (re3_what_if_is_edited (self, i))
      return TRUE;
  return FALSE;
}

gboolean
re3_what_if_has_left_region (const Re3WhatIf *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->original != NULL &&
         !re3_pattern_equal (self->explanation->region->pattern, self->original->region->pattern);
}

const Re3Explanation *
re3_what_if_get_explanation (const Re3WhatIf *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->explanation;
}

const Re3Explanation *
re3_what_if_get_original (const Re3WhatIf *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->original;
}
