/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-boundary.h"

#include <math.h>

/* Keeps the nearest hyperplane seen so far; without a gradient there is none. */
static void
keep_nearest (double *nearest, gsize *nearest_neuron, double z, double norm, gsize neuron)
{
  double distance;

  if (norm == 0)
    return;

  distance = fabs (z) / norm;
  if (distance < *nearest) {
    *nearest = distance;
    *nearest_neuron = neuron;
  }
}

static gboolean
is_undecided (double z, double norm)
{
  return fabs (z) < RE3_UNDECIDED_DISTANCE * norm;
}

void
re3_boundary_measure (const Re3Network *network,
                      const Re3Region *region,
                      const double *pre_activations,
                      gsize stride,
                      Re3Boundary *boundary)
{
  const double *weight_norms;
  gsize n_neurons;

  g_return_if_fail (network != NULL && region != NULL && boundary != NULL);

  *boundary = (Re3Boundary){
    .l2 = INFINITY,
    .l1 = INFINITY,
    .linf = INFINITY,
    .paper = INFINITY,
    .neuron = RE3_NO_NEURON,
    .neuron_l1 = RE3_NO_NEURON,
    .neuron_linf = RE3_NO_NEURON,
    .neuron_paper = RE3_NO_NEURON,
  };

  n_neurons = re3_network_get_n_neurons (network);
  weight_norms = re3_network_get_weight_norms (network);
  for (gsize neuron = 0; neuron < n_neurons; neuron++) {
    double z = pre_activations[neuron * stride];

    keep_nearest (&boundary->l2, &boundary->neuron, z, region->norm_l2[neuron], neuron);
    /* The distance in a norm is measured with the dual norm of the gradient. */
    keep_nearest (&boundary->l1, &boundary->neuron_l1, z, region->norm_linf[neuron], neuron);
    keep_nearest (&boundary->linf, &boundary->neuron_linf, z, region->norm_l1[neuron], neuron);
    keep_nearest (&boundary->paper, &boundary->neuron_paper, z, weight_norms[neuron], neuron);
    boundary->n_undecided += is_undecided (z, region->norm_l2[neuron]);
  }
}

double
re3_boundary_get_distance (const Re3Boundary *self, Re3Metric metric, gsize *neuron)
{
  double distances[RE3_N_METRICS];
  gsize neurons[RE3_N_METRICS];

  g_return_val_if_fail (self != NULL && metric < RE3_N_METRICS, NAN);

  distances[RE3_METRIC_L2] = self->l2;
  distances[RE3_METRIC_L1] = self->l1;
  distances[RE3_METRIC_LINF] = self->linf;
  distances[RE3_METRIC_PAPER] = self->paper;
  neurons[RE3_METRIC_L2] = self->neuron;
  neurons[RE3_METRIC_L1] = self->neuron_l1;
  neurons[RE3_METRIC_LINF] = self->neuron_linf;
  neurons[RE3_METRIC_PAPER] = self->neuron_paper;
  if (neuron != NULL)
    *neuron = neurons[metric];

  return distances[metric];
}

const char *
re3_metric_get_name (Re3Metric metric)
{
  static const char *const names[RE3_N_METRICS] = { "l2", "l1", "linf", "paper" };

  g_return_val_if_fail (metric < RE3_N_METRICS, NULL);

  return names[metric];
}

gboolean
re3_boundary_is_undecided (const Re3Region *region, const double *pre_activations, gsize neuron)
{
  g_return_val_if_fail (region != NULL && pre_activations != NULL, FALSE);
  g_return_val_if_fail (neuron < region->pattern->n_neurons, FALSE);

  return is_undecided (pre_activations[neuron], region->norm_l2[neuron]);
}

void
re3_feature_intervals (const Re3Region *region,
                       const double *input,
                       const double *pre_activations,
                       double *low,
                       double *high)
{
  gsize n_inputs;

  g_return_if_fail (region != NULL && input != NULL && low != NULL && high != NULL);
  g_return_if_fail (pre_activations != NULL || region->pattern->n_neurons == 0);

  n_inputs = region->A->columns;
  for (gsize feature = 0; feature < n_inputs; feature++) {
    low[feature] = -INFINITY;
    high[feature] = INFINITY;
  }

  for (gsize neuron = 0; neuron < region->pattern->n_neurons; neuron++) {
    const double *gradient = re3_matrix_row (region->gradients, neuron);
    gboolean active = re3_pattern_is_active (region->pattern, neuron);
    double reserve = fabs (pre_activations[neuron]);

    /* An active neuron is limited where moving lowers its z, an inactive one where it raises
     * it. The distance is never negative, so that the input is inside whatever the rounding. */
    for (gsize feature = 0; feature < n_inputs; feature++) {
      double slope = active ? gradient[feature] : -gradient[feature];

      if (slope > 0)
        low[feature] = MAX (low[feature], input[feature] - reserve / slope);
      else if (slope < 0)
        high[feature] = MIN (high[feature], input[feature] - reserve / slope);
    }
  }
}
