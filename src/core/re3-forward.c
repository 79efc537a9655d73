/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-forward.h"

#include "re3-kernels-private.h"

#include <string.h>

/* So many samples of a layer of some tens of neurons stay in the first cache. It changes the speed
 * and no digit. */
#define TILE_SAMPLES 64

/* Writes what @piece makes of those pre-activations that are above @threshold. */
static void
apply_piece (const Re3Piece *piece,
             double threshold,
             const double *pre_activations,
             gsize n,
             double *activations)
{
  double slope = piece->slope;
  double intercept = piece->intercept;

  /* A product with a slope of 0 would turn an infinite z into NaN. */
  if (slope == 0) {
    for (gsize i = 0; i < n; i++)
      activations[i] = pre_activations[i] > threshold ? intercept : activations[i];
  } else {
    for (gsize i = 0; i < n; i++)
      activations[i] =
          pre_activations[i] > threshold ? slope * pre_activations[i] + intercept : activations[i];
  }
}

/* One neuron over all samples: its pieces from the lowest on, each over the one before. */
static void
activate (const Re3Activation *activation,
          const double *pre_activations,
          gsize n,
          double *activations)
{
  const Re3Piece *lowest = &activation->pieces[0];

  for (gsize i = 0; i < n; i++)
    activations[i] = lowest->slope == 0 ? lowest->intercept
                                        : lowest->slope * pre_activations[i] + lowest->intercept;
  for (gsize state = 1; state <= activation->n_thresholds; state++)
    apply_piece (&activation->pieces[state], activation->thresholds[state - 1], pre_activations, n,
                 activations);
}

/* Applies a hidden layer to a block of samples, neuron by neuron. */
static void
activate_layer (const Re3Operation *operation,
                const double *pre_activations,
                gsize n_samples,
                double *activations)
{
  if (operation->is_rectifier)
    re3_kernels_get ()->rectify (pre_activations, operation->n_outputs * n_samples, activations);
  else
    for (gsize i = 0; i < operation->n_outputs; i++)
      activate (&operation->activations[i], pre_activations + i * n_samples, n_samples,
                activations + i * n_samples);
}

static Re3Forward *
forward_alloc (const Re3Network *network, gsize n_samples)
{
  Re3Forward *self = g_new (Re3Forward, 1);
  gsize n_neurons = re3_network_get_n_neurons (network);

  self->n_samples_max = n_samples;
  self->pre_activations = g_malloc_n (n_samples, n_neurons * sizeof (double));
  self->activations = g_malloc_n (n_samples, n_neurons * sizeof (double));
  self->logits = g_malloc_n (n_samples, re3_network_get_n_outputs (network) * sizeof (double));

  return self;
}

/* Runs all samples of @self, whose numbers stand close together. */
static void
forward_run (Re3Forward *self, const Re3Network *network, const double *inputs)
{
  gsize n_samples = self->n_samples;
  gsize n_layers = re3_network_get_n_hidden_layers (network);

  for (gsize layer = 0; layer < n_layers; layer++) {
    const Re3Operation *activation = re3_network_get_activation (network, layer);
    gsize offset = activation->first_neuron * n_samples;

    re3_affine_apply (re3_network_get_affine (network, layer), inputs, n_samples,
                      self->pre_activations + offset);
    activate_layer (activation, self->pre_activations + offset, n_samples,
                    self->activations + offset);
    inputs = self->activations + offset;
  }
  re3_affine_apply (re3_network_get_affine (network, n_layers), inputs, n_samples, self->logits);
}

/* Copies (n_rows, n) numbers, whose rows may stand further apart. */
static void
copy_rows (double *to,
           gsize to_stride,
           const double *from,
           gsize from_stride,
           gsize n_rows,
           gsize n)
{
  for (gsize row = 0; row < n_rows; row++)
    memcpy (to + row * to_stride, from + row * from_stride, n * sizeof (double));
}

/* Runs a tile of samples after the other: through all layers while it is in the first cache, and
 * then to where it belongs. */
static void
forward_run_tiles (Re3Forward *self, const Re3Network *network, const double *inputs)
{
  gsize n_samples = self->n_samples;
  gsize n_inputs = re3_network_get_n_inputs (network);
  gsize n_neurons = re3_network_get_n_neurons (network);
  gsize n_outputs = re3_network_get_n_outputs (network);
  g_autofree double *tile_inputs = g_malloc_n (n_inputs, TILE_SAMPLES * sizeof (double));
  g_autoptr (Re3Forward) tile = forward_alloc (network, TILE_SAMPLES);

  for (gsize first = 0; first < n_samples; first += TILE_SAMPLES) {
    gsize n = MIN (TILE_SAMPLES, n_samples - first);

    copy_rows (tile_inputs, n, inputs + first, n_samples, n_inputs, n);
    tile->n_samples = n;
    forward_run (tile, network, tile_inputs);
    copy_rows (self->pre_activations + first, n_samples, tile->pre_activations, n, n_neurons, n);
    copy_rows (self->activations + first, n_samples, tile->activations, n, n_neurons, n);
    copy_rows (self->logits + first, n_samples, tile->logits, n, n_outputs, n);
  }
}

Re3Forward *
re3_network_forward_again (const Re3Network *network,
                           const double *inputs,
                           gsize n_samples,
                           Re3Forward *self)
{
  g_return_val_if_fail (network != NULL, NULL);
  g_return_val_if_fail (inputs != NULL || n_samples == 0, NULL);

  if (self != NULL && self->n_samples_max < n_samples)
    g_clear_pointer (&self, re3_forward_free);
  if (self == NULL)
    self = forward_alloc (network, n_samples);

  self->n_samples = n_samples;
  if (n_samples <= TILE_SAMPLES)
    forward_run (self, network, inputs);
  else
    forward_run_tiles (self, network, inputs);

  return self;
}

Re3Forward *
re3_network_forward (const Re3Network *network, const double *inputs, gsize n_samples)
{
  return re3_network_forward_again (network, inputs, n_samples, NULL);
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
