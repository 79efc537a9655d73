/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-analysis-private.h"
#include "re3-core-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
check_shapes (const Re3Model *model, const Re3Dataset *dataset, GError **error)
{
  if (re3_dataset_get_n_features (dataset) != re3_model_get_n_features (model)) {
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_SHAPE,
                 _ ("The data set has %zu features and the model takes %zu; open the data that "
                    "belongs to this model."),
                 re3_dataset_get_n_features (dataset), re3_model_get_n_features (model));
    return FALSE;
  }

  if (re3_dataset_has_labels (dataset) &&
      re3_dataset_get_n_classes (dataset) != re3_model_get_n_classes (model)) {
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_SHAPE,
                 _ ("The labels of the data set name %zu classes and the model knows %zu; open "
                    "the data that belongs to this model, or choose another label column."),
                 re3_dataset_get_n_classes (dataset), re3_model_get_n_classes (model));
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_values (const Re3Model *model, const Re3Dataset *dataset, GError **error)
{
  for (gsize feature = 0; feature < re3_dataset_get_n_features (dataset); feature++) {
    const double *column = re3_dataset_get_column (dataset, feature);

    for (gsize row = 0; row < re3_dataset_get_n_rows (dataset); row++)
      if (!isfinite (column[row])) {
        g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                     _ ("Row %zu of the data set (line %u of its file) has no finite number "
                        "for the feature “%s”; correct the row or leave it out."),
                     row, re3_dataset_get_line (dataset, row),
                     re3_model_get_feature_name (model, feature));
        return FALSE;
      }
  }

  return TRUE;
}

Re3Analysis *
re3_analysis_new (Re3Model *model, Re3Dataset *dataset, const Re3Monitor *monitor, GError **error)
{
  g_autoptr (Re3Analysis) self = NULL;

  g_return_val_if_fail (model != NULL && dataset != NULL, NULL);

  if (!check_shapes (model, dataset, error) || !check_values (model, dataset, error))
    return NULL;

  self = g_atomic_rc_box_new0 (Re3Analysis);
  self->model = re3_model_ref (model);
  self->dataset = re3_dataset_ref (dataset);
  if (!re3_analysis_compute (self, monitor, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
free_profiles (Re3Analysis *self)
{
  gsize n_classes = re3_model_get_n_classes (self->model);

  if (self->profiles == NULL)
    return;

  for (gsize region = 0; region < re3_region_table_get_n_regions (self->table); region++) {
    for (gsize class_index = 0; class_index < n_classes; class_index++) {
      double *profile = self->class_profiles[region * n_classes + class_index];

      if (profile != self->profiles[region])
        g_free (profile);
    }
    g_free (self->profiles[region]);
  }
}

static void
analysis_clear (gpointer data)
{
  Re3Analysis *self = data;

  free_profiles (self);
  g_free (self->profiles);
  g_free (self->class_profiles);
  g_clear_pointer (&self->table, re3_region_table_unref);
  re3_model_unref (self->model);
  re3_dataset_unref (self->dataset);
  g_free (self->predictions);
  g_free (self->confidences);
  g_free (self->distances);
  g_free (self->paper_distances);
  g_free (self->confusion);
}

Re3Analysis *
re3_analysis_ref (Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
re3_analysis_unref (Re3Analysis *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, analysis_clear);
}

Re3Model *
re3_analysis_get_model (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->model;
}

Re3Dataset *
re3_analysis_get_dataset (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->dataset;
}

const Re3RegionTable *
re3_analysis_get_region_table (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->table;
}

static gboolean
has_row (const Re3Analysis *self, gsize row)
{
  return self != NULL && row < re3_dataset_get_n_rows (self->dataset);
}

int
re3_analysis_get_prediction (const Re3Analysis *self, gsize row)
{
  g_return_val_if_fail (has_row (self, row), RE3_NO_LABEL);

  return self->predictions[row];
}

double
re3_analysis_get_confidence (const Re3Analysis *self, gsize row)
{
  g_return_val_if_fail (has_row (self, row), NAN);

  return self->confidences[row];
}

gsize
re3_analysis_get_region (const Re3Analysis *self, gsize row)
{
  g_return_val_if_fail (has_row (self, row), 0);

  return re3_region_table_get_region_of_row (self->table, row);
}

double
re3_analysis_get_distance (const Re3Analysis *self, gsize row)
{
  g_return_val_if_fail (has_row (self, row), NAN);

  return self->distances[row];
}

double
re3_analysis_get_paper_distance (const Re3Analysis *self, gsize row)
{
  g_return_val_if_fail (has_row (self, row), NAN);

  return self->paper_distances[row];
}

gboolean
re3_analysis_is_misclassified (const Re3Analysis *self, gsize row)
{
  int label;

  g_return_val_if_fail (has_row (self, row), FALSE);

  label = re3_dataset_get_label (self->dataset, row);

  return label != RE3_NO_LABEL && label != self->predictions[row];
}

const double *
re3_analysis_get_profile (const Re3Analysis *self, gsize region)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (region < re3_region_table_get_n_regions (self->table), NULL);

  return self->profiles[region];
}

const double *
re3_analysis_get_class_profile (const Re3Analysis *self, gsize region, gsize class_index)
{
  gsize n_classes;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (region < re3_region_table_get_n_regions (self->table), NULL);

  n_classes = re3_model_get_n_classes (self->model);
  g_return_val_if_fail (class_index < n_classes, NULL);

  return self->class_profiles[region * n_classes + class_index];
}

double
re3_analysis_get_train_accuracy (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return self->train_accuracy;
}

double
re3_analysis_get_test_accuracy (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return self->test_accuracy;
}

gsize
re3_analysis_get_confusion (const Re3Analysis *self, gsize actual, gsize predicted)
{
  gsize n_classes;

  g_return_val_if_fail (self != NULL, 0);

  n_classes = re3_model_get_n_classes (self->model);
  g_return_val_if_fail (actual < n_classes && predicted < n_classes, 0);

  return self->confusion[actual * n_classes + predicted];
}

double
re3_analysis_get_residual_max (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return self->residual_max;
}

void
re3_analysis_get_validity (const Re3Analysis *self, gboolean paper, Re3Validity *validity)
{
  g_return_if_fail (self != NULL && validity != NULL);

  *validity = paper ? self->paper_validity : self->validity;
}
