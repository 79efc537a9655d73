/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-forward.h"
#include "re3-model-private.h"
#include "re3-statistics.h"

#include <math.h>
#include <string.h>

static void
model_clear (gpointer data)
{
  Re3Model *self = data;

  re3_network_unref (self->network);
  g_free (self->name);
  g_ptr_array_unref (self->feature_names);
  g_ptr_array_unref (self->feature_units);
  g_clear_pointer (&self->feature_index, re3_name_index_free);
  g_clear_pointer (&self->column_index, re3_name_index_free);
  g_clear_pointer (&self->class_index, re3_name_index_free);
  g_strfreev (self->feature_columns);
  g_ptr_array_unref (self->class_names);
  g_ptr_array_unref (self->output_units);
  g_free (self->mean);
  g_free (self->scale);
  g_ptr_array_unref (self->groups);
  g_array_unref (self->tests);
  g_ptr_array_unref (self->notes);
}

Re3Model *
re3_model_ref (Re3Model *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
re3_model_unref (Re3Model *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, model_clear);
}

const char *
re3_model_get_name (const Re3Model *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

Re3Network *
re3_model_get_network (const Re3Model *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->network;
}

gsize
re3_model_get_n_features (const Re3Model *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return re3_network_get_n_inputs (self->network);
}

gsize
re3_model_get_n_classes (const Re3Model *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return re3_network_get_n_outputs (self->network);
}

gboolean
re3_model_is_regression (const Re3Model *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_regression;
}

const char *
re3_model_get_feature_name (const Re3Model *self, gsize feature)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (feature < self->feature_names->len, NULL);

  return g_ptr_array_index (self->feature_names, feature);
}

const char *
re3_model_get_feature_unit (const Re3Model *self, gsize feature)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (feature < self->feature_units->len, NULL);

  return g_ptr_array_index (self->feature_units, feature);
}

const char *
re3_model_get_feature_column (const Re3Model *self, gsize feature)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (feature < re3_model_get_n_features (self), NULL);

  return self->feature_columns != NULL && self->feature_columns[feature][0] != '\0'
             ? self->feature_columns[feature]
             : NULL;
}

const char *
re3_model_get_class_name (const Re3Model *self, gsize class_index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (class_index < self->class_names->len, NULL);

  return g_ptr_array_index (self->class_names, class_index);
}

const char *
re3_model_get_output_unit (const Re3Model *self, gsize output)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (output < re3_model_get_n_classes (self), NULL);

  return output < self->output_units->len ? g_ptr_array_index (self->output_units, output) : NULL;
}

gboolean
re3_model_has_feature_names (const Re3Model *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_feature_names;
}

gboolean
re3_model_has_class_names (const Re3Model *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_class_names;
}

gboolean
re3_model_has_scaler (const Re3Model *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->scale != NULL;
}

double
re3_model_get_scaler_mean (const Re3Model *self, gsize feature)
{
  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (feature < re3_model_get_n_features (self), NAN);

  return self->mean != NULL ? self->mean[feature] : 0;
}

double
re3_model_get_scaler_scale (const Re3Model *self, gsize feature)
{
  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (feature < re3_model_get_n_features (self), NAN);

  return self->scale != NULL ? self->scale[feature] : 1;
}

const GPtrArray *
re3_model_get_groups (const Re3Model *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->groups;
}

const Re3FeatureGroup *
re3_model_find_group_of (const Re3Model *self, gsize feature)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (feature < re3_model_get_n_features (self), NULL);

  return re3_feature_groups_find (self->groups, feature);
}

gsize
re3_model_get_n_tests (const Re3Model *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->tests->len;
}

const Re3ModelTest *
re3_model_get_test (const Re3Model *self, gsize index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->tests->len, NULL);

  return &g_array_index (self->tests, Re3ModelTest, index);
}

gsize
re3_model_get_n_notes (const Re3Model *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->notes->len;
}

const char *
re3_model_get_note (const Re3Model *self, gsize index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->notes->len, NULL);

  return g_ptr_array_index (self->notes, index);
}

static inline double
scale_number (double number, double mean, double scale)
{
  return (number - mean) / scale;
}

double
re3_model_scale (const Re3Model *self, gsize feature, double value)
{
  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (feature < re3_model_get_n_features (self), NAN);

  return self->scale != NULL ? scale_number (value, self->mean[feature], self->scale[feature])
                             : value;
}

void
re3_model_scale_rows (const Re3Model *self,
                      gsize feature,
                      const double *column,
                      const guint32 *rows,
                      gsize n_rows,
                      double *inputs)
{
  double mean = re3_model_get_scaler_mean (self, feature);
  double scale = re3_model_get_scaler_scale (self, feature);

  g_return_if_fail (n_rows == 0 || (column != NULL && rows != NULL && inputs != NULL));

  if (re3_model_has_scaler (self)) {
    for (gsize i = 0; i < n_rows; i++)
      inputs[i] = scale_number (column[rows[i]], mean, scale);
  } else {
    for (gsize i = 0; i < n_rows; i++)
      inputs[i] = column[rows[i]];
  }
}

void
re3_model_scale_stretch (const Re3Model *self,
                         gsize feature,
                         const double *values,
                         gsize n,
                         double *inputs)
{
  double mean = re3_model_get_scaler_mean (self, feature);
  double scale = re3_model_get_scaler_scale (self, feature);

  g_return_if_fail (n == 0 || (values != NULL && inputs != NULL));

  if (re3_model_has_scaler (self)) {
    for (gsize i = 0; i < n; i++)
      inputs[i] = scale_number (values[i], mean, scale);
  } else {
    memcpy (inputs, values, n * sizeof (double));
  }
}

double
re3_model_unscale (const Re3Model *self, gsize feature, double input)
{
  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (feature < re3_model_get_n_features (self), NAN);

  return self->scale != NULL ? self->mean[feature] + input * self->scale[feature] : input;
}

gssize
re3_model_find_feature (const Re3Model *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, RE3_NAME_NOT_FOUND);

  return re3_name_index_find (self->feature_index, name);
}

gssize
re3_model_find_column (const Re3Model *self, const char *column)
{
  gssize found = RE3_NAME_NOT_FOUND;

  g_return_val_if_fail (self != NULL && column != NULL, RE3_NAME_NOT_FOUND);

  if (self->column_index != NULL)
    found = re3_name_index_find (self->column_index, column);

  return found == RE3_NAME_NOT_FOUND ? re3_model_find_feature (self, column) : found;
}

gssize
re3_model_find_class (const Re3Model *self, const char *name)
{
  gssize found;

  g_return_val_if_fail (self != NULL && name != NULL, RE3_NAME_NOT_FOUND);

  found = re3_name_index_find (self->class_index, name);

  return found >= 0 ? found : RE3_NAME_NOT_FOUND;
}

gboolean
re3_model_reproduces_tests (const Re3Model *self, double *worst)
{
  gsize n_features;
  gsize n_classes;
  g_autofree double *input = NULL;
  gboolean reproduced = TRUE;
  double largest = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  n_features = re3_model_get_n_features (self);
  n_classes = re3_model_get_n_classes (self);
  input = g_new (double, n_features);
  for (gsize i = 0; i < self->tests->len; i++) {
    const Re3ModelTest *test = re3_model_get_test (self, i);
    g_autoptr (Re3Forward) forward = NULL;

    for (gsize feature = 0; feature < n_features; feature++)
      input[feature] = re3_model_scale (self, feature, test->input[feature]);
    forward = re3_network_forward (self->network, input, 1);

    for (gsize class_index = 0; class_index < n_classes; class_index++) {
      double difference = fabs (forward->logits[class_index] - test->logits[class_index]);

      /* Written so that a NaN fails. */
      if (!(difference <= test->tolerance))
        reproduced = FALSE;
      largest = re3_larger (largest, difference);
    }
  }

  if (worst != NULL)
    *worst = largest;

  return reproduced;
}
