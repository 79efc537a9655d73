/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-scaler.h"

#include "re3-core-error.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* Mean, and mean square of the distances from it, of the training samples. */
static void
measure_column (const Re3Dataset *dataset, gsize feature, gsize n, double *mean, double *variance)
{
  const double *column = re3_dataset_get_column (dataset, feature);
  gsize n_rows = re3_dataset_get_n_rows (dataset);
  double rest = 0;
  double squares = 0;

  *mean = re3_dataset_get_training_mean (dataset, feature);

  /* The distances would sum to 0, but for the rounding of the mean. */
  for (gsize row = 0; row < n_rows; row++)
    if (!re3_dataset_is_test (dataset, row)) {
      double distance = column[row] - *mean;

      rest += distance;
      squares += distance * distance;
    }
  *variance = (squares - rest * rest / (double) n) / (double) n;
}

/* As scikit-learn tells a constant feature: what its numbers differ by may come from rounding. */
static gboolean
is_constant (double mean, double variance, gsize n)
{
  double rounding = (double) n * mean * DBL_EPSILON;

  return variance <= (double) n * DBL_EPSILON * variance + rounding * rounding;
}

gboolean
re3_scaler_fit (const Re3Dataset *dataset, double *mean, double *scale, GError **error)
{
  gsize n;

  g_return_val_if_fail (dataset != NULL && mean != NULL && scale != NULL, FALSE);

  n = re3_dataset_get_n_rows (dataset) - re3_dataset_get_n_test (dataset);
  if (n == 0) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                         _ ("A scaler is fitted to the training samples, and the data set has "
                            "none; choose another split."));
    return FALSE;
  }

  for (gsize feature = 0; feature < re3_dataset_get_n_features (dataset); feature++) {
    double variance;

    measure_column (dataset, feature, n, &mean[feature], &variance);
    if (!isfinite (mean[feature]) || !isfinite (variance)) {
      g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                   _ ("Feature %zu of the training samples has no finite mean and standard "
                      "deviation, so that no scaler fits it; look for numbers that are too large."),
                   feature + 1);
      return FALSE;
    }
    scale[feature] = is_constant (mean[feature], variance, n) ? 1 : sqrt (variance);
  }

  return TRUE;
}

/* What @get gives for each of @n features or classes, and %NULL. (transfer container) */
static GPtrArray *
list_texts (const Re3Model *model, gsize n, const char *(*get) (const Re3Model *model, gsize index))
{
  GPtrArray *texts = g_ptr_array_new ();

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (texts, (gpointer) get (model, i));
  g_ptr_array_add (texts, NULL);

  return texts;
}

static gboolean
copy_group (const Re3Model *model,
            const Re3FeatureGroup *group,
            Re3ModelBuilder *builder,
            GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();

  for (gsize i = 0; i < group->n_features; i++)
    g_ptr_array_add (members, (gpointer) re3_model_get_feature_name (model, group->features[i]));
  g_ptr_array_add (members, NULL);

  return re3_model_builder_add_group (builder, group->name, (const char *const *) members->pdata,
                                      error);
}

static gboolean
copy_columns (const Re3Model *model, Re3ModelBuilder *builder, GError **error)
{
  gsize n_features = re3_model_get_n_features (model);
  g_autofree const char **columns = g_new0 (const char *, n_features + 1);

  for (gsize i = 0; i < n_features; i++) {
    columns[i] = re3_model_get_feature_column (model, i);
    if (columns[i] == NULL)
      columns[i] = "";
  }

  return re3_model_builder_set_columns (builder, columns, error);
}

/* Or outputs. */
static gboolean
copy_classes (const Re3Model *model, Re3ModelBuilder *builder, GError **error)
{
  gsize n_classes = re3_model_get_n_classes (model);
  g_autoptr (GPtrArray) names = list_texts (model, n_classes, re3_model_get_class_name);
  const char *const *texts = (const char *const *) names->pdata;

  if (re3_model_is_regression (model)) {
    g_autoptr (GPtrArray) units = list_texts (model, n_classes, re3_model_get_output_unit);

    return re3_model_builder_set_outputs (builder, re3_model_has_class_names (model) ? texts : NULL,
                                          (const char *const *) units->pdata, error);
  }

  return !re3_model_has_class_names (model) ||
         re3_model_builder_set_classes (builder, texts, error);
}

Re3Model *
re3_model_new_with_scaler (const Re3Model *model,
                           const double *mean,
                           const double *scale,
                           GError **error)
{
  g_autoptr (Re3ModelBuilder) builder = NULL;
  const GPtrArray *groups;

  g_return_val_if_fail (model != NULL && mean != NULL && scale != NULL, NULL);

  groups = re3_model_get_groups (model);
  if (re3_model_has_scaler (model)) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_STRUCTURE,
                         _ ("The model has a scaler of its own; leave it as it is."));
    return NULL;
  }

  builder = re3_model_builder_new (re3_model_get_network (model));
  re3_model_builder_set_name (builder, re3_model_get_name (model));
  if (re3_model_has_feature_names (model)) {
    gsize n_features = re3_model_get_n_features (model);
    g_autoptr (GPtrArray) names = list_texts (model, n_features, re3_model_get_feature_name);
    g_autoptr (GPtrArray) units = list_texts (model, n_features, re3_model_get_feature_unit);

    if (!re3_model_builder_set_features (builder, (const char *const *) names->pdata,
                                         (const char *const *) units->pdata, error))
      return NULL;
  }
  if (!copy_columns (model, builder, error))
    return NULL;
  for (guint i = 0; i < groups->len; i++)
    if (!copy_group (model, g_ptr_array_index (groups, i), builder, error))
      return NULL;
  if (!copy_classes (model, builder, error))
    return NULL;
  if (!re3_model_builder_set_scaler (builder, mean, scale, error))
    return NULL;
  for (gsize i = 0; i < re3_model_get_n_notes (model); i++)
    re3_model_builder_add_note (builder, re3_model_get_note (model, i));

  return re3_model_builder_finish (builder);
}
