/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-explanation.h"

#include <math.h>

#include "re3-softmax.h"

/* Where each feature can go alone, in original units. Scaling there and back may round past the
 * value itself, which is inside. */
static void
explanation_measure_intervals (Re3Explanation *self)
{
  gsize n_features = re3_model_get_n_features (self->model);

  self->low = g_new (double, n_features);
  self->high = g_new (double, n_features);
  re3_feature_intervals (re3_model_get_network (self->model), self->region, self->input,
                         self->forward->pre_activations, self->low, self->high);
  for (gsize i = 0; i < n_features; i++) {
    self->low[i] = MIN (re3_model_unscale (self->model, i, self->low[i]), self->values[i]);
    self->high[i] = MAX (re3_model_unscale (self->model, i, self->high[i]), self->values[i]);
  }
}

Re3Explanation *
re3_explanation_new (Re3Model *model, const double *values, Re3Region *known_region)
{
  Re3Explanation *self;
  Re3Network *network;
  g_autoptr (Re3Pattern) pattern = NULL;
  gsize n_features;
  gsize n_classes;

  g_return_val_if_fail (model != NULL && values != NULL, NULL);

  network = re3_model_get_network (model);
  n_features = re3_model_get_n_features (model);
  n_classes = re3_model_get_n_classes (model);

  self = g_atomic_rc_box_new0 (Re3Explanation);
  self->model = re3_model_ref (model);
  self->values = g_memdup2 (values, n_features * sizeof (double));
  self->input = g_new (double, n_features);
  for (gsize i = 0; i < n_features; i++)
    self->input[i] = re3_model_scale (model, i, values[i]);

  self->forward = re3_network_forward (network, self->input, 1);
  self->probabilities = g_new (double, n_classes);
  re3_softmax (self->forward->logits, n_classes, self->probabilities);
  self->prediction =
      re3_model_is_regression (model) ? 0 : re3_argmax (self->forward->logits, n_classes, 1);

  pattern = re3_pattern_new_from_forward (self->forward, network, 0);
  if (known_region != NULL && re3_pattern_equal (known_region->pattern, pattern))
    self->region = re3_region_ref (known_region);
  else
    self->region = re3_region_new (network, pattern);

  self->residual = re3_region_residual (self->region, self->input, self->forward->logits);
  re3_boundary_measure (network, self->region, self->forward->pre_activations, 1, &self->boundary);
  explanation_measure_intervals (self);

  return self;
}

static void
explanation_clear (gpointer data)
{
  Re3Explanation *self = data;

  re3_model_unref (self->model);
  g_free (self->values);
  g_free (self->input);
  re3_forward_free (self->forward);
  g_free (self->probabilities);
  re3_region_unref (self->region);
  g_free (self->low);
  g_free (self->high);
}

Re3Explanation *
re3_explanation_ref (Re3Explanation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
re3_explanation_unref (Re3Explanation *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, explanation_clear);
}

double *
re3_explanation_logit_contributions (const Re3Explanation *self, gsize class_index)
{
  double *contributions;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (class_index < re3_model_get_n_classes (self->model), NULL);

  contributions = g_new (double, re3_model_get_n_features (self->model));
  re3_logit_contributions (self->region, self->input, class_index, contributions);

  return contributions;
}

double *
re3_explanation_probability_contributions (const Re3Explanation *self, gsize class_index)
{
  double *contributions;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (class_index < re3_model_get_n_classes (self->model), NULL);

  contributions = g_new (double, re3_model_get_n_features (self->model));
  re3_probability_contributions (self->region, self->input, self->probabilities, class_index,
                                 contributions);

  return contributions;
}

/* @baseline: n_features numbers in the network's own units */
static double *
follow_path (const Re3Explanation *self,
             const double *baseline,
             gsize class_index,
             Re3ContributionOutput output)
{
  const Re3Network *network = re3_model_get_network (self->model);
  double *contributions = g_new (double, re3_model_get_n_features (self->model));

  if (output == RE3_CONTRIBUTION_LOGIT || re3_model_is_regression (self->model))
    re3_path_logit_contributions (network, baseline, self->input, class_index, contributions);
  else
    re3_path_contributions (network, baseline, self->input, class_index, contributions);

  return contributions;
}

double *
re3_explanation_path_contributions (const Re3Explanation *self, gsize class_index)
{
  g_autofree double *baseline = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (class_index < re3_model_get_n_classes (self->model), NULL);

  baseline = g_new0 (double, re3_model_get_n_features (self->model));

  return follow_path (self, baseline, class_index, RE3_CONTRIBUTION_PATH);
}

double
re3_explanation_get_output (const Re3Explanation *self,
                            gsize class_index,
                            Re3ContributionOutput output)
{
  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (class_index < re3_model_get_n_classes (self->model), NAN);

  return output == RE3_CONTRIBUTION_LOGIT || re3_model_is_regression (self->model)
             ? self->forward->logits[class_index]
             : self->probabilities[class_index];
}

double *
re3_explanation_contributions_from (const Re3Explanation *self,
                                    const Re3Explanation *baseline,
                                    gsize class_index,
                                    Re3ContributionOutput output)
{
  g_return_val_if_fail (self != NULL && baseline != NULL, NULL);
  g_return_val_if_fail (self->model == baseline->model, NULL);
  g_return_val_if_fail (class_index < re3_model_get_n_classes (self->model), NULL);

  return follow_path (self, baseline->input, class_index, output);
}

double *
re3_explanation_neuron_contributions (const Re3Explanation *self, gsize class_index)
{
  double *contributions;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (class_index < re3_model_get_n_classes (self->model), NULL);

  contributions = g_new (double, self->region->gradients->rows);
  re3_neuron_contributions (self->region, self->forward->activations, class_index, contributions);

  return contributions;
}

static gboolean
all_finite (const double *numbers, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (numbers[i]))
      return FALSE;
  return TRUE;
}

gboolean
re3_explanation_is_finite (const Re3Explanation *self)
{
  gsize n_classes;

  g_return_val_if_fail (self != NULL, FALSE);

  n_classes = self->region->A->rows;
  if (!all_finite (self->input, self->region->A->columns) ||
      !all_finite (self->forward->pre_activations, self->region->gradients->rows) ||
      !all_finite (self->forward->logits, n_classes) || !isfinite (self->residual))
    return FALSE;

  for (gsize class_index = 0; class_index < n_classes; class_index++) {
    g_autofree double *contributions = re3_explanation_logit_contributions (self, class_index);

    if (!all_finite (contributions, self->region->A->columns))
      return FALSE;
  }
  return TRUE;
}
