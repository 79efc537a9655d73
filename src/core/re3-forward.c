/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-forward.h"

static void
rectify (const double *pre_activations, gsize n, double negative_slope, double *activations)
{
  /* ReLU apart from leaky ones: a selection needs no branch, whose way no processor can guess. And
   * a product with a slope of 0 would turn an inactive -inf into NaN. */
  if (negative_slope == 0) {
    for (gsize i = 0; i < n; i++)
      activations[i] = pre_activations[i] > 0 ? pre_activations[i] : 0;
  } else {
    for (gsize i = 0; i < n; i++)
      activations[i] =
          pre_activations[i] > 0 ? pre_activations[i] : negative_slope * pre_activations[i];
  }
}

Re3Forward *
re3_network_forward (const Re3Network *network, const double *inputs, gsize n_samples)
{
  Re3Forward *self;
  gsize n_neurons;
  gsize n_layers;

  g_return_val_if_fail (network != NULL, NULL);
  g_return_val_if_fail (inputs != NULL || n_samples == 0, NULL);

  n_neurons = re3_network_get_n_neurons (network);
  n_layers = re3_network_get_n_hidden_layers (network);

  self = g_new (Re3Forward, 1);
  self->n_samples = n_samples;
  self->pre_activations = g_malloc_n (n_samples, n_neurons * sizeof (double));
  self->activations = g_malloc_n (n_samples, n_neurons * sizeof (double));
  self->logits = g_malloc_n (n_samples, re3_network_get_n_outputs (network) * sizeof (double));

  for (gsize layer = 0; layer < n_layers; layer++) {
    const Re3Operation *rectifier = re3_network_get_rectifier (network, layer);
    gsize offset = rectifier->first_neuron * n_samples;

    re3_affine_apply (re3_network_get_affine (network, layer), inputs, n_samples,
                      self->pre_activations + offset);
    rectify (self->pre_activations + offset, rectifier->n_outputs * n_samples,
             rectifier->negative_slope, self->activations + offset);
    inputs = self->activations + offset;
  }
  re3_affine_apply (re3_network_get_affine (network, n_layers), inputs, n_samples, self->logits);

  return self;
}

void
re3_forward_free (Re3Forward *self)
{
  if (self == NULL)
    return;

  g_free (self->pre_activations);
  g_free (self->activations);
  g_free (self->logits);
  g_free (self);
}

gsize
re3_argmax (const double *numbers, gsize n, gsize stride)
{
  gsize largest = 0;

  g_return_val_if_fail (numbers != NULL && n > 0, 0);

  for (gsize i = 1; i < n; i++)
    if (numbers[i * stride] > numbers[largest * stride])
      largest = i;

  return largest;
}
