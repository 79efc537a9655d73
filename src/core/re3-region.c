/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-region.h"

#include "re3-accumulate.h"
#include "re3-backward.h"
#include "re3-norm.h"
#include "re3-statistics.h"

#include <math.h>
#include <string.h>

/* The activations of one layer as affine functions of x, without those that are 0 on the region:
 * which ones they are, and what the mask (1, or a slope) makes of their gradients and offsets. */
typedef struct {
  gsize n;
  gsize *index;
  double *gradients;
  double *offsets;
} Activations;

static void
activations_clear (Activations *self)
{
  g_free (self->index);
  g_free (self->gradients);
  g_free (self->offsets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Activations, activations_clear)

/* Masks the pre-activations of hidden layer @rectifier. */
static void
activations_init (Activations *self, const Re3Region *region, const Re3Operation *rectifier)
{
  gsize n_inputs = region->gradients->columns;
  gsize n_numbers = rectifier->n_outputs * n_inputs;

  self->n = 0;
  self->index = g_new (gsize, rectifier->n_outputs);
  self->gradients = g_new (double, n_numbers);
  self->offsets = g_new (double, rectifier->n_outputs);

  for (gsize i = 0; i < rectifier->n_outputs; i++) {
    gsize neuron = rectifier->first_neuron + i;
    const double *gradient = re3_matrix_row (region->gradients, neuron);
    double *masked = self->gradients + self->n * n_inputs;
    double mask = re3_pattern_mask (region->pattern, rectifier, i);

    if (mask == 0)
      continue;

    for (gsize column = 0; column < n_inputs; column++)
      masked[column] = mask * gradient[column];
    self->offsets[self->n] = mask * region->offsets[neuron];
    self->index[self->n] = i;
    self->n++;
  }
}

/* Writes affine (activations) as a function of x: a row of @gradients and one of @offsets for each
 * output. @activations: (nullable): %NULL is x itself. */
static void
push_through (const Re3Affine *affine,
              const Activations *activations,
              gsize n_inputs,
              double *gradients,
              double *offsets)
{
  g_autofree double *weights = NULL;

  if (activations == NULL) {
    memcpy (gradients, affine->weight, affine->n_outputs * n_inputs * sizeof (double));
    memcpy (offsets, affine->bias, affine->n_outputs * sizeof (double));
    return;
  }

  weights = g_new (double, activations->n);
  for (gsize row = 0; row < affine->n_outputs; row++) {
    for (gsize i = 0; i < activations->n; i++)
      weights[i] = affine->weight[row * affine->n_inputs + activations->index[i]];

    re3_accumulate (gradients + row * n_inputs, n_inputs, weights, activations->gradients, n_inputs,
                    activations->n);
    offsets[row] =
        re3_accumulate_product (affine->bias[row], weights, activations->offsets, activations->n);
  }
}

/* Algorithm 2 of the paper, for all rows at once: from the input to the logits. */
static void
region_accumulate_gradients (Re3Region *self, const Re3Network *network)
{
  gsize n_inputs = re3_network_get_n_inputs (network);
  gsize n_layers = re3_network_get_n_hidden_layers (network);
  g_auto (Activations) activations = { 0 };

  for (gsize layer = 0; layer < n_layers; layer++) {
    const Re3Operation *rectifier = re3_network_get_rectifier (network, layer);

    push_through (re3_network_get_affine (network, layer), layer == 0 ? NULL : &activations,
                  n_inputs, re3_matrix_row (self->gradients, rectifier->first_neuron),
                  self->offsets + rectifier->first_neuron);
    activations_clear (&activations);
    activations_init (&activations, self, rectifier);
  }
  push_through (re3_network_get_affine (network, n_layers), n_layers == 0 ? NULL : &activations,
                n_inputs, self->A->data, self->D);
}

static void
region_accumulate_logit_gradients (Re3Region *self, const Re3Network *network)
{
  g_autofree double *unit = g_new0 (double, self->A->rows);

  for (gsize class_index = 0; class_index < self->A->rows; class_index++) {
    unit[class_index] = 1;
    re3_network_backward (network, self->pattern, unit,
                          re3_matrix_row (self->logit_gradients, class_index), NULL);
    unit[class_index] = 0;
  }
}

static void
region_measure_gradients (Re3Region *self)
{
  for (gsize neuron = 0; neuron < self->gradients->rows; neuron++) {
    const double *gradient = re3_matrix_row (self->gradients, neuron);

    self->norm_l2[neuron] = re3_norm_l2 (gradient, self->gradients->columns);
    self->norm_l1[neuron] = re3_norm_l1 (gradient, self->gradients->columns);
    self->norm_linf[neuron] = re3_norm_linf (gradient, self->gradients->columns);
  }
}

Re3Region *
re3_region_new (const Re3Network *network, const Re3Pattern *pattern)
{
  Re3Region *self;
  gsize n_inputs;
  gsize n_outputs;
  gsize n_neurons;

  g_return_val_if_fail (network != NULL && pattern != NULL, NULL);
  g_return_val_if_fail (pattern->n_neurons == re3_network_get_n_neurons (network), NULL);

  n_inputs = re3_network_get_n_inputs (network);
  n_outputs = re3_network_get_n_outputs (network);
  n_neurons = pattern->n_neurons;

  self = g_atomic_rc_box_new0 (Re3Region);
  self->pattern = re3_pattern_copy (pattern);
  self->A = re3_matrix_new (n_outputs, n_inputs);
  self->D = g_new (double, n_outputs);
  self->gradients = re3_matrix_new (n_neurons, n_inputs);
  self->offsets = g_new (double, n_neurons);
  self->norm_l2 = g_new (double, n_neurons);
  self->norm_l1 = g_new (double, n_neurons);
  self->norm_linf = g_new (double, n_neurons);
  self->logit_gradients = re3_matrix_new (n_outputs, n_neurons);

  region_accumulate_gradients (self, network);
  region_accumulate_logit_gradients (self, network);
  region_measure_gradients (self);

  return self;
}

static void
region_clear (gpointer data)
{
  Re3Region *self = data;

  re3_pattern_free (self->pattern);
  re3_matrix_free (self->A);
  g_free (self->D);
  re3_matrix_free (self->gradients);
  g_free (self->offsets);
  g_free (self->norm_l2);
  g_free (self->norm_l1);
  g_free (self->norm_linf);
  re3_matrix_free (self->logit_gradients);
}

Re3Region *
re3_region_ref (Re3Region *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
re3_region_unref (Re3Region *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, region_clear);
}

double
re3_region_residual (const Re3Region *self, const double *input, const double *logits)
{
  double largest = 0;

  g_return_val_if_fail (self != NULL && input != NULL && logits != NULL, NAN);

  for (gsize row = 0; row < self->A->rows; row++) {
    double logit = re3_accumulate_product (self->D[row], re3_matrix_row (self->A, row), input,
                                           self->A->columns);

    largest = re3_larger (largest, fabs (logit - logits[row]));
  }

  return largest;
}
