/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-baseline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Takes @explanation, unless its numbers have overflown. */
static Re3Baseline *
take (const char *name, Re3Explanation *explanation)
{
  g_autoptr (Re3Explanation) taken = explanation;

  return re3_explanation_is_finite (taken) ? re3_baseline_new_sample (name, taken) : NULL;
}

Re3Baseline *
re3_baseline_new_mean (Re3Model *model, const Re3Dataset *dataset)
{
  g_autofree double *values = NULL;
  gsize n_features;

  g_return_val_if_fail (model != NULL && dataset != NULL, NULL);

  if (re3_dataset_get_n_rows (dataset) == re3_dataset_get_n_test (dataset))
    return NULL;
  n_features = re3_model_get_n_features (model);
  values = g_new (double, n_features);
  for (gsize i = 0; i < n_features; i++) {
    values[i] = re3_dataset_get_training_mean (dataset, i);
    if (!isfinite (values[i]))
      return NULL;
  }
  return take (_ ("training mean"), re3_explanation_new (model, values, NULL));
}

Re3Baseline *
re3_baseline_new_zero (Re3Model *model)
{
  g_autofree double *values = NULL;

  g_return_val_if_fail (model != NULL, NULL);

  values = g_new0 (double, re3_model_get_n_features (model));
  /* Translators: the input whose features are all 0. */
  return take (_ ("zero"), re3_explanation_new (model, values, NULL));
}

Re3Baseline *
re3_baseline_new_sample (const char *name, Re3Explanation *explanation)
{
  Re3Baseline *self;

  g_return_val_if_fail (name != NULL && explanation != NULL, NULL);

  self = g_new (Re3Baseline, 1);
  self->name = g_strdup (name);
  self->explanation = re3_explanation_ref (explanation);
  return self;
}

void
re3_baseline_free (Re3Baseline *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  re3_explanation_unref (self->explanation);
  g_free (self);
}
