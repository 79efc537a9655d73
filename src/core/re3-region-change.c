/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-region-change.h"

GArray *
re3_region_find_switched (const Re3Network *network,
                          const Re3Region *before,
                          const Re3Region *after)
{
  GArray *neurons;

  g_return_val_if_fail (network != NULL && before != NULL && after != NULL, NULL);

  neurons = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (gsize j = 0; j < re3_network_get_n_neurons (network); j++)
    if (re3_pattern_is_active (before->pattern, j) != re3_pattern_is_active (after->pattern, j))
      g_array_append_val (neurons, j);
  return neurons;
}

void
re3_region_get_change (const Re3Network *network,
                       const Re3Region *before,
                       const Re3Region *after,
                       gsize neuron,
                       gsize class_index,
                       double *slope,
                       double *offset)
{
  const Re3Operation *rectifier;
  const double *gradient;
  double factor;
  gsize layer;
  gsize index;

  g_return_if_fail (network != NULL && before != NULL && after != NULL);
  g_return_if_fail (neuron < re3_network_get_n_neurons (network));
  g_return_if_fail (class_index < re3_network_get_n_outputs (network));
  g_return_if_fail (slope != NULL && offset != NULL);

  re3_network_locate_neuron (network, neuron, &layer, &index);
  rectifier = re3_network_get_rectifier (network, layer);
  gradient = re3_matrix_row (after->gradients, neuron);
  factor = (re3_pattern_mask (after->pattern, rectifier, index) -
            re3_pattern_mask (before->pattern, rectifier, index)) *
           re3_matrix_row (before->logit_gradients, class_index)[neuron];
  for (gsize i = 0; i < after->gradients->columns; i++)
    slope[i] = factor * gradient[i];
  *offset = factor * after->offsets[neuron];
}
