/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-scaling-check.h"

#include "re3-forward.h"
#include "re3-memory.h"
#include "re3-sample-block-private.h"
#include "re3-scaler.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

/* As many samples tell the accuracy well enough. */
#define SAMPLES_MAX 4096

/* Where a hyperplane meets the axis of a feature, and how much it depends on the feature. */
typedef struct {
  double distance;
  double weight;
} Crossing;

static int
compare_crossings (const void *a, const void *b)
{
  const Crossing *x = a;
  const Crossing *y = b;

  return (x->distance > y->distance) - (x->distance < y->distance);
}

/* INFINITY for a feature that the first layer does not look at. */
static double
measure_reach (const Re3Network *network, gsize feature)
{
  const Re3Affine *affine = re3_network_get_affine (network, 0);
  g_autofree Crossing *crossings = g_new (Crossing, affine->n_outputs);
  double total = 0;
  double passed = 0;
  gsize n = 0;

  for (gsize neuron = 0; neuron < affine->n_outputs; neuron++) {
    double weight = fabs (affine->weight[neuron * affine->n_inputs + feature]);

    if (weight > 0)
      crossings[n++] = (Crossing){ fabs (affine->bias[neuron]) / weight, weight };
    total += weight;
  }
  if (n == 0)
    return INFINITY;

  qsort (crossings, n, sizeof (Crossing), compare_crossings);
  for (gsize i = 0; i < n; i++) {
    passed += crossings[i].weight;
    if (passed >= total / 2)
      return MAX (crossings[i].distance, 1);
  }

  return MAX (crossings[n - 1].distance, 1);
}

static double
magnitude (const Re3FeatureScale *feature)
{
  return sqrt (feature->mean * feature->mean + feature->deviation * feature->deviation);
}

/* The samples that are looked at. (transfer full) (nullable): without memory for them there are
 * none */
static guint32 *
list_samples (const Re3Dataset *dataset, gboolean labelled, gsize *n)
{
  gsize n_rows = re3_dataset_get_n_rows (dataset);
  gboolean all = re3_dataset_get_n_test (dataset) == n_rows;
  guint32 *rows = re3_try_new (guint32, n_rows, 1, NULL, "%zu rows", n_rows);

  *n = 0;
  for (gsize row = 0; row < n_rows && rows != NULL; row++)
    if ((all || !re3_dataset_is_test (dataset, row)) &&
        (!labelled || re3_dataset_get_label (dataset, row) != RE3_NO_LABEL))
      rows[(*n)++] = (guint32) row;

  return rows;
}

static double
mean_of (const double *column, const guint32 *rows, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += column[rows[i]];

  return sum / (double) n;
}

static double
deviation_of (const double *column, const guint32 *rows, gsize n, double mean)
{
  double squares = 0;

  for (gsize i = 0; i < n; i++)
    squares += (column[rows[i]] - mean) * (column[rows[i]] - mean);

  return sqrt (squares / (double) n);
}

/* The share of @rows that @model classifies right, over at most SAMPLES_MAX of them, evenly chosen.
 * Without memory it is not known: NAN. */
static double
measure_accuracy (const Re3Model *model, const Re3Dataset *dataset, const guint32 *rows, gsize n)
{
  gsize n_chosen = MIN (n, SAMPLES_MAX);
  gsize n_right = 0;
  Re3SampleBlock block;
  gboolean done;

  if (n == 0)
    return NAN;

  done = re3_sample_block_init (&block, model, dataset, NULL);
  for (gsize first = 0; done && first < n_chosen; first += block.n_rows) {
    block.n_rows = MIN (block.n_rows_max, n_chosen - first);
    for (gsize i = 0; i < block.n_rows; i++)
      block.rows[i] = rows[(guint64) (first + i) * n / n_chosen];
    done = re3_sample_block_run (&block, NULL);
    for (gsize i = 0; done && i < block.n_rows; i++)
      n_right += (int) re3_argmax (block.forward->logits + i, re3_model_get_n_classes (model),
                                   block.forward->stride) ==
                 re3_dataset_get_label (dataset, block.rows[i]);
  }
  re3_sample_block_clear (&block);

  return done ? (double) n_right / (double) n_chosen : NAN;
}

static void
check_accuracy (Re3ScalingCheck *self, const Re3Model *model, const Re3Dataset *dataset)
{
  g_autofree double *mean = g_new (double, self->n_features);
  g_autofree double *scale = g_new (double, self->n_features);
  g_autofree guint32 *rows = NULL;
  g_autoptr (Re3Model) scaled = NULL;
  gsize n;

  for (gsize i = 0; i < self->n_features; i++) {
    mean[i] = self->features[i].mean;
    scale[i] = self->features[i].deviation > 0 ? self->features[i].deviation : 1;
  }
  scaled = re3_model_new_with_scaler (model, mean, scale, NULL);
  if (scaled == NULL)
    return;

  rows = list_samples (dataset, TRUE, &n);
  self->accuracy = measure_accuracy (model, dataset, rows, n);
  self->accuracy_scaled = measure_accuracy (scaled, dataset, rows, n);
}

Re3ScalingCheck *
re3_scaling_check_new (const Re3Model *model, const Re3Dataset *dataset)
{
  g_autofree guint32 *rows = NULL;
  Re3ScalingCheck *self;
  gsize n;

  g_return_val_if_fail (model != NULL && dataset != NULL, NULL);
  g_return_val_if_fail (re3_model_get_n_features (model) == re3_dataset_get_n_features (dataset),
                        NULL);

  if (re3_model_has_scaler (model) || re3_dataset_get_n_rows (dataset) == 0)
    return NULL;

  rows = list_samples (dataset, FALSE, &n);
  if (rows == NULL)
    return NULL;

  self = g_new0 (Re3ScalingCheck, 1);
  self->n_features = re3_model_get_n_features (model);
  self->features = g_new (Re3FeatureScale, self->n_features);
  self->accuracy = NAN;
  self->accuracy_scaled = NAN;

  for (gsize i = 0; i < self->n_features; i++) {
    const double *column = re3_dataset_get_column (dataset, i);
    Re3FeatureScale *feature = &self->features[i];

    feature->mean = mean_of (column, rows, n);
    feature->deviation = deviation_of (column, rows, n, feature->mean);
    feature->reach = measure_reach (re3_model_get_network (model), i);
    feature->looks_unscaled = magnitude (feature) > RE3_SCALING_FACTOR * feature->reach;
    self->n_unscaled += feature->looks_unscaled;
  }

  if (self->n_unscaled > 0)
    check_accuracy (self, model, dataset);
  self->looks_unscaled =
      self->n_unscaled > 0 &&
      (isnan (self->accuracy) || self->accuracy_scaled >= self->accuracy + RE3_SCALING_GAIN);

  return self;
}

void
re3_scaling_check_free (Re3ScalingCheck *self)
{
  if (self == NULL)
    return;

  g_free (self->features);
  g_free (self);
}

/* How many times what the first layer seems made for. */
static double
excess (const Re3FeatureScale *feature)
{
  return magnitude (feature) / feature->reach;
}

char *
re3_scaling_check_describe (const Re3ScalingCheck *self, const Re3Model *model)
{
  g_autofree char *features = NULL;
  const Re3FeatureScale *worst;
  gsize worst_index = 0;

  g_return_val_if_fail (self != NULL && model != NULL, NULL);

  if (!self->looks_unscaled)
    return NULL;

  for (gsize i = 1; i < self->n_features; i++)
    if (excess (&self->features[i]) > excess (&self->features[worst_index]))
      worst_index = i;
  worst = &self->features[worst_index];

  features = g_strdup_printf (
      _ ("The model has no scaler, and the data look unscaled beside it: %zu of %zu features lie "
         "far "
         "beyond what its first layer seems made for, such as “%s” with mean %.3g and standard "
         "deviation %.3g."),
      self->n_unscaled, self->n_features, re3_model_get_feature_name (model, worst_index),
      worst->mean, worst->deviation);
  if (isnan (self->accuracy))
    return g_steal_pointer (&features);

  return g_strdup_printf (
      _ ("%s It classifies %.1f of 100 training samples right, and would %.1f if "
         "the features were scaled to mean 0 and standard deviation 1."),
      features, 100 * self->accuracy, 100 * self->accuracy_scaled);
}
