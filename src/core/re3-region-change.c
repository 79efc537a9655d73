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
    if (re3_pattern_get_state (before->pattern, network, j) !=
        re3_pattern_get_state (after->pattern, network, j))
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
  const Re3Piece *piece_before;
  const Re3Piece *piece_after;
  const double *gradient;
  double logit_gradient;
  double factor;

  g_return_if_fail (network != NULL && before != NULL && after != NULL);
  g_return_if_fail (neuron < re3_network_get_n_neurons (network));
  g_return_if_fail (class_index < re3_network_get_n_outputs (network));
  g_return_if_fail (slope != NULL && offset != NULL);

  piece_before = re3_pattern_get_piece (before->pattern, network, neuron);
  piece_after = re3_pattern_get_piece (after->pattern, network, neuron);
  gradient = re3_matrix_row (after->gradients, neuron);
  logit_gradient = re3_matrix_row (before->logit_gradients, class_index)[neuron];
  factor = (piece_after->slope - piece_before->slope) * logit_gradient;
  for (gsize i = 0; i < after->gradients->columns; i++)
    slope[i] = factor * gradient[i];
  *offset = factor * after->offsets[neuron] +
            (piece_after->intercept - piece_before->intercept) * logit_gradient;
}
