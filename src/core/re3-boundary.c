/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-boundary.h"

#include "re3-kernels-private.h"

#include <math.h>

/* Keeps the nearest hyperplane seen so far; without a gradient there is none. */
static void
keep_nearest (double *nearest, gsize *nearest_neuron, double reserve, double norm, gsize neuron)
{
  double distance;

  if (norm == 0)
    return;

  distance = fabs (reserve) / norm;
  if (distance < *nearest) {
    *nearest = distance;
    *nearest_neuron = neuron;
  }
}

static gboolean
is_undecided (double reserve, double norm)
{
  return fabs (reserve) < RE3_UNDECIDED_DISTANCE * norm;
}

void
re3_boundary_measure (const Re3Network *network,
                      const Re3Region *region,
                      const double *pre_activations,
                      gsize stride,
                      Re3Boundary *boundary)
{
  const double *weight_norms;
  const Re3Gate *gates;
  gsize n_gates;

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

  n_gates = re3_network_get_n_gates (network);
  gates = re3_network_get_gates (network);
  weight_norms = re3_network_get_weight_norms (network);
  for (gsize gate = 0; gate < n_gates; gate++) {
    gsize neuron = gates[gate].neuron;
    double reserve = pre_activations[neuron * stride] - gates[gate].threshold;

    keep_nearest (&boundary->l2, &boundary->neuron, reserve, region->norm_l2[neuron], neuron);
    /* The distance in a norm is measured with the dual norm of the gradient. */
    keep_nearest (&boundary->l1, &boundary->neuron_l1, reserve, region->norm_linf[neuron], neuron);
    keep_nearest (&boundary->linf, &boundary->neuron_linf, reserve, region->norm_l1[neuron],
                  neuron);
    keep_nearest (&boundary->paper, &boundary->neuron_paper, reserve, weight_norms[neuron], neuron);
    boundary->n_undecided += is_undecided (reserve, region->norm_l2[neuron]);
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
re3_boundary_is_undecided (const Re3Network *network,
                           const Re3Region *region,
                           const double *pre_activations,
                           gsize neuron)
{
  const Re3Gate *gates;

  g_return_val_if_fail (network != NULL && region != NULL && pre_activations != NULL, FALSE);
  g_return_val_if_fail (neuron < re3_network_get_n_neurons (network), FALSE);

  gates = re3_network_get_gates (network);
  for (gsize gate = re3_network_get_first_gate (network, neuron);
       gate < re3_network_get_first_gate (network, neuron + 1); gate++)
    if (is_undecided (pre_activations[neuron] - gates[gate].threshold, region->norm_l2[neuron]))
      return TRUE;

  return FALSE;
}

void
re3_feature_intervals (const Re3Network *network,
                       const Re3Region *region,
                       const double *input,
                       const double *pre_activations,
                       double *low,
                       double *high)
{
  const Re3Kernels *kernels = re3_kernels_get ();
  const Re3Gate *gates;
  gsize n_inputs;

  g_return_if_fail (network != NULL && region != NULL);
  g_return_if_fail (input != NULL && low != NULL && high != NULL);
  g_return_if_fail (pre_activations != NULL || re3_network_get_n_neurons (network) == 0);

  n_inputs = region->A->columns;
  for (gsize feature = 0; feature < n_inputs; feature++) {
    low[feature] = -INFINITY;
    high[feature] = INFINITY;
  }

  gates = re3_network_get_gates (network);
  for (gsize gate = 0; gate < re3_network_get_n_gates (network); gate++) {
    gsize neuron = gates[gate].neuron;
    const double *gradient = re3_matrix_row (region->gradients, neuron);
    gboolean is_above = re3_pattern_is_set (region->pattern, gate);
    double reserve = fabs (pre_activations[neuron] - gates[gate].threshold);

    /* A neuron above a threshold is limited where moving lowers its z, one below where it raises
     * it. The distance is never negative, so that the input is inside whatever the rounding. */
    kernels->narrow (gradient, input, n_inputs, reserve, is_above, low, high);
  }
}
