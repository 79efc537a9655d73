/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-forward.h"

#include "re3-kernels-private.h"
#include "re3-memory.h"

#include <glib/gi18n-lib.h>
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
forward_alloc (const Re3Network *network, gsize n_samples, GError **error)
{
  g_autoptr (Re3Forward) self = g_new0 (Re3Forward, 1);
  gsize n_neurons = re3_network_get_n_neurons (network);
  double **arrays[] = { &self->pre_activations, &self->activations, &self->logits };
  gsize widths[] = { n_neurons, n_neurons, re3_network_get_n_outputs (network) };

  self->n_samples_max = n_samples;
  for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++) {
    *arrays[i] =
        re3_try_new (double, n_samples, widths[i], error,
                     _ ("the answers of %zu neurons to %zu samples"), widths[i], n_samples);
    if (*arrays[i] == NULL)
      return NULL;
  }

  return g_steal_pointer (&self);
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
static gboolean
forward_run_tiles (Re3Forward *self,
                   const Re3Network *network,
                   const double *inputs,
                   GError **error)
{
  gsize n_samples = self->n_samples;
  gsize n_inputs = re3_network_get_n_inputs (network);
  gsize n_neurons = re3_network_get_n_neurons (network);
  gsize n_outputs = re3_network_get_n_outputs (network);
  g_autofree double *tile_inputs = NULL;
  g_autoptr (Re3Forward) tile = forward_alloc (network, TILE_SAMPLES, error);

  if (tile == NULL)
    return FALSE;
  tile_inputs =
      re3_try_new (double, n_inputs, TILE_SAMPLES, error,
                   _ ("the inputs of %d samples of %zu features"), TILE_SAMPLES, n_inputs);
  if (tile_inputs == NULL)
    return FALSE;

  for (gsize first = 0; first < n_samples; first += TILE_SAMPLES) {
    gsize n = MIN (TILE_SAMPLES, n_samples - first);

    copy_rows (tile_inputs, n, inputs + first, n_samples, n_inputs, n);
    tile->n_samples = n;
    forward_run (tile, network, tile_inputs);
    copy_rows (self->pre_activations + first, n_samples, tile->pre_activations, n, n_neurons, n);
    copy_rows (self->activations + first, n_samples, tile->activations, n, n_neurons, n);
    copy_rows (self->logits + first, n_samples, tile->logits, n, n_outputs, n);
  }

  return TRUE;
}

Re3Forward *
re3_network_forward_again (const Re3Network *network,
                           const double *inputs,
                           gsize n_samples,
                           Re3Forward *self,
                           GError **error)
{
  g_return_val_if_fail (network != NULL, NULL);
  g_return_val_if_fail (inputs != NULL || n_samples == 0, NULL);

  if (self != NULL && self->n_samples_max < n_samples)
    g_clear_pointer (&self, re3_forward_free);
  if (self == NULL)
    self = forward_alloc (network, n_samples, error);
  if (self == NULL)
    return NULL;

  self->n_samples = n_samples;
  if (n_samples <= TILE_SAMPLES)
    forward_run (self, network, inputs);
  else if (!forward_run_tiles (self, network, inputs, error))
    g_clear_pointer (&self, re3_forward_free);

  return self;
}

Re3Forward *
re3_network_forward (const Re3Network *network, const double *inputs, gsize n_samples)
{
  g_autoptr (GError) error = NULL;
  Re3Forward *self = re3_network_forward_again (network, inputs, n_samples, NULL, &error);

  if (error != NULL)
    g_error ("%s", error->message);

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
