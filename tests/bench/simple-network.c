/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simple-network.h"

#include "re3-affine.h"

#include <math.h>
#include <string.h>

void
simple_network_init (SimpleNetwork *self, const Re3Network *network)
{
  self->n_layers = re3_network_get_n_hidden_layers (network) + 1;
  self->n_neurons = re3_network_get_n_neurons (network);
  g_assert (self->n_layers <= G_N_ELEMENTS (self->weights));

  self->widths[0] = re3_network_get_n_inputs (network);
  for (gsize layer = 0; layer < self->n_layers; layer++) {
    const Re3Affine *affine = re3_network_get_affine (network, layer);

    self->widths[layer + 1] = affine->n_outputs;
    self->weights[layer] = affine->weight;
    self->biases[layer] = affine->bias;
  }
}

static double
relu (double z)
{
  return z > 0 ? z : 0;
}

void
simple_forward (const SimpleNetwork *self, const double *x, double *z, double *logits)
{
  const double *before = NULL; /* z of the layer before */

  for (gsize layer = 0; layer < self->n_layers; layer++) {
    double *out = layer + 1 < self->n_layers ? z : logits;
    gsize n_in = self->widths[layer];

    for (gsize row = 0; row < self->widths[layer + 1]; row++) {
      const double *weight = self->weights[layer] + row * n_in;
      double sum = self->biases[layer][row];

      for (gsize i = 0; i < n_in; i++)
        sum += weight[i] * (before != NULL ? relu (before[i]) : x[i]);
      out[row] = sum;
    }
    before = out;
    z += self->widths[layer + 1];
  }
}

void
simple_gradients (const SimpleNetwork *self,
                  const double *z,
                  double *gradients,
                  double *A,
                  double *D)
{
  gsize n_inputs = self->widths[0];
  g_autofree double *offsets = g_new (double, self->n_neurons);
  const double *before = NULL; /* gradients of the layer before, */
  const double *offsets_before = NULL;
  const double *z_before = NULL;
  double *offset = offsets;

  for (gsize layer = 0; layer < self->n_layers; layer++) {
    gboolean is_last = layer + 1 == self->n_layers;
    double *to = is_last ? A : gradients;
    double *offset_to = is_last ? D : offset;
    gsize n_in = self->widths[layer];
    gsize n_out = self->widths[layer + 1];

    for (gsize row = 0; row < n_out; row++) {
      const double *weight = self->weights[layer] + row * n_in;
      double *sums = to + row * n_inputs;

      if (layer == 0)
        memcpy (sums, weight, n_inputs * sizeof (double));
      else
        memset (sums, 0, n_inputs * sizeof (double));
      offset_to[row] = self->biases[layer][row];
      for (gsize i = 0; layer > 0 && i < n_in; i++) {
        if (!(z_before[i] > 0))
          continue;
        offset_to[row] += weight[i] * offsets_before[i];
        for (gsize feature = 0; feature < n_inputs; feature++)
          sums[feature] += weight[i] * before[i * n_inputs + feature];
      }
    }

    before = gradients;
    offsets_before = offset;
    z_before = z;
    gradients += n_out * n_inputs;
    offset += n_out;
    z += n_out;
  }
}

void
simple_logit_gradients (const SimpleNetwork *self, const double *z, double *logit_gradients)
{
  gsize n_logits = self->widths[self->n_layers];

  for (gsize logit = 0; logit < n_logits; logit++) {
    double *gradient = logit_gradients + logit * self->n_neurons;
    gsize first = self->n_neurons;

    for (gsize layer = self->n_layers - 1; layer > 0; layer--) {
      gsize n_in = self->widths[layer];
      gsize n_out = self->widths[layer + 1];
      gsize after = first;

      first -= n_in;
      for (gsize i = 0; i < n_in; i++) {
        double sum = 0;

        if (layer + 1 == self->n_layers)
          sum = self->weights[layer][logit * n_in + i];
        else
          for (gsize row = 0; row < n_out; row++)
            if (z[after + row] > 0)
              sum += self->weights[layer][row * n_in + i] * gradient[after + row];
        gradient[first + i] = sum;
      }
    }
  }
}

double
simple_norm (const double *vector, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += vector[i] * vector[i];

  return sqrt (sum);
}
