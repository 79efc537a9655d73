/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-backward.h"

#include "re3-accumulate.h"

#include <string.h>

/* gradient = weight transposed * output_gradient. */
static void
pull_back (const Re3Affine *affine, const double *output_gradient, double *gradient)
{
  memset (gradient, 0, affine->n_inputs * sizeof (double));
  re3_accumulate (gradient, affine->n_inputs, output_gradient, affine->weight, affine->n_inputs,
                  affine->n_outputs);
}

void
re3_network_backward (const Re3Network *network,
                      const Re3Pattern *pattern,
                      const double *weights,
                      double *activation_gradients,
                      double *input_gradient)
{
  g_autofree double *pre_activation_gradient = NULL;
  g_autofree Re3Piece *pieces = NULL;
  const double *output_gradient = weights;
  gsize n_neurons;

  g_return_if_fail (network != NULL && pattern != NULL && weights != NULL);

  n_neurons = re3_network_get_n_neurons (network);
  g_return_if_fail (activation_gradients != NULL || n_neurons == 0);

  pieces = g_new (Re3Piece, n_neurons);
  re3_pattern_get_pieces (pattern, network, pieces);
  pre_activation_gradient = g_new (double, n_neurons);
  for (gsize layer = re3_network_get_n_hidden_layers (network); layer > 0; layer--) {
    const Re3Operation *activation = re3_network_get_activation (network, layer - 1);
    const Re3Piece *piece = pieces + activation->first_neuron;
    double *gradient = activation_gradients + activation->first_neuron;

    pull_back (re3_network_get_affine (network, layer), output_gradient, gradient);
    for (gsize i = 0; i < activation->n_outputs; i++)
      pre_activation_gradient[i] = piece[i].slope * gradient[i];
    output_gradient = pre_activation_gradient;
  }

  if (input_gradient != NULL)
    pull_back (re3_network_get_affine (network, 0), output_gradient, input_gradient);
}
