/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-boundary.h"

#include "re3-kernels-private.h"

#include <math.h>

static gboolean
is_undecided (double reserve, double norm)
{
  return fabs (reserve) < RE3_UNDECIDED_DISTANCE * norm;
}

/* What the distance to the hyperplane of each neuron is divided by: the distance in a norm is
 * measured with the dual norm of the gradient. */
static const double *
find_norms (const Re3Network *network, const Re3Region *region, Re3Metric metric)
{
  switch (metric) {
  case RE3_METRIC_L1:
    return region->norm_linf;
  case RE3_METRIC_LINF:
    return region->norm_l1;
  case RE3_METRIC_PAPER:
    return re3_network_get_weight_norms (network);
  case RE3_METRIC_L2:
  default:
    return region->norm_l2;
  }
}

void
re3_boundary_measure_block (const Re3Network *network,
                            const Re3Region *region,
                            Re3Metric metric,
                            const double *pre_activations,
                            gsize stride,
                            gsize n,
                            double *distances,
                            guint64 *neurons)
{
  const Re3Gate *gates;

  g_return_if_fail (network != NULL && region != NULL && metric < RE3_N_METRICS);
  g_return_if_fail (n == 0 || (distances != NULL && neurons != NULL));

  gates = re3_network_get_gates (network);
  re3_sample_kernels_get ()->approach (pre_activations, stride, n, gates,
                                       re3_network_get_n_gates (network),
                                       find_norms (network, region, metric), distances, neurons);
  for (gsize i = 0; i < n; i++)
    neurons[i] = neurons[i] == G_MAXUINT64 ? RE3_NO_NEURON : gates[neurons[i]].neuron;
}

static gsize
count_undecided (const Re3Network *network,
                 const Re3Region *region,
                 const double *pre_activations,
                 gsize stride)
{
  const Re3Gate *gates = re3_network_get_gates (network);
  gsize count = 0;

  for (gsize gate = 0; gate < re3_network_get_n_gates (network); gate++) {
    gsize neuron = gates[gate].neuron;

    count += is_undecided (pre_activations[neuron * stride] - gates[gate].threshold,
                           region->norm_l2[neuron]);
  }

  return count;
}

void
re3_boundary_measure (const Re3Network *network,
                      const Re3Region *region,
                      const double *pre_activations,
                      gsize stride,
                      Re3Boundary *boundary)
{
  double *distances[RE3_N_METRICS];
  gsize *neurons[RE3_N_METRICS];

  g_return_if_fail (network != NULL && region != NULL && boundary != NULL);

  distances[RE3_METRIC_L2] = &boundary->l2;
  distances[RE3_METRIC_L1] = &boundary->l1;
  distances[RE3_METRIC_LINF] = &boundary->linf;
  distances[RE3_METRIC_PAPER] = &boundary->paper;
  neurons[RE3_METRIC_L2] = &boundary->neuron;
  neurons[RE3_METRIC_L1] = &boundary->neuron_l1;
  neurons[RE3_METRIC_LINF] = &boundary->neuron_linf;
  neurons[RE3_METRIC_PAPER] = &boundary->neuron_paper;
  for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++) {
    guint64 neuron;

    re3_boundary_measure_block (network, region, metric, pre_activations, stride, 1,
                                distances[metric], &neuron);
    *neurons[metric] = (gsize) neuron;
  }
  boundary->n_undecided = count_undecided (network, region, pre_activations, stride);
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
