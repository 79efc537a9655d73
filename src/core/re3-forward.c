/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-forward.h"

#include "re3-memory.h"

#include <glib/gi18n-lib.h>

/* So many samples of a layer of some tens of neurons stay in the first cache. It changes the speed
 * and no digit. */
#define TILE_SAMPLES 64

/* Of doubles: 64 bytes on all processors that matter. */
#define CACHE_LINE 8

/* Rows that stand a power of two apart would drive each other out of the cache; an odd number of
 * lines never does. What fits into a tile needs no such gaps. */
static gsize
get_stride (gsize n_samples)
{
  gsize n_lines = (n_samples + CACHE_LINE - 1) / CACHE_LINE;

  return n_samples <= TILE_SAMPLES ? n_samples : (n_lines | 1) * CACHE_LINE;
}

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
        re3_try_new (double, get_stride (n_samples), widths[i], error,
                     _ ("the answers of %zu neurons to %zu samples"), widths[i], n_samples);
    if (*arrays[i] == NULL)
      return NULL;
  }

  return g_steal_pointer (&self);
}

/* Runs @n samples from @first on through all layers, whose numbers meanwhile stay in the cache. */
static void
run_tile (Re3Forward *self, const Re3Network *network, const double *inputs, gsize first, gsize n)
{
  gsize n_layers = re3_network_get_n_hidden_layers (network);
  gsize input_stride = self->n_samples;
  gsize stride = self->stride;

  inputs += first;
  for (gsize layer = 0; layer < n_layers; layer++) {
    const Re3Operation *activation = re3_network_get_activation (network, layer);
    double *z = self->pre_activations + activation->first_neuron * stride + first;
    double *h = self->activations + activation->first_neuron * stride + first;

    re3_affine_apply_strided (re3_network_get_affine (network, layer), inputs, input_stride, n, z,
                              activation->is_rectifier ? h : NULL, stride);
    for (gsize i = 0; i < activation->n_outputs && !activation->is_rectifier; i++)
      activate (&activation->activations[i], z + i * stride, n, h + i * stride);
    inputs = h;
    input_stride = stride;
  }
  re3_affine_apply_strided (re3_network_get_affine (network, n_layers), inputs, input_stride, n,
                            self->logits + first, NULL, stride);
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
  self->stride = get_stride (n_samples);
  for (gsize first = 0; first < n_samples; first += TILE_SAMPLES)
    run_tile (self, network, inputs, first, MIN (TILE_SAMPLES, n_samples - first));

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
