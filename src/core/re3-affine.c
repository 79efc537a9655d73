/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-affine.h"

#include "re3-accumulate.h"
#include "re3-kernels-private.h"

#include <string.h>

/* A map whose numbers are still to be written. */
static Re3Affine *
affine_alloc (gsize n_inputs, gsize n_outputs)
{
  Re3Affine *self = g_new (Re3Affine, 1);
  gsize n_weights;

  if (!g_size_checked_mul (&n_weights, n_inputs, n_outputs))
    g_error ("A map from %zu to %zu numbers does not fit into memory", n_inputs, n_outputs);

  self->n_inputs = n_inputs;
  self->n_outputs = n_outputs;
  self->weight = g_new0 (double, n_weights);
  self->weight_transposed = g_new (double, n_weights);
  self->bias = g_new (double, n_outputs);

  return self;
}

static void
affine_transpose (Re3Affine *self)
{
  for (gsize row = 0; row < self->n_outputs; row++)
    for (gsize column = 0; column < self->n_inputs; column++)
      self->weight_transposed[column * self->n_outputs + row] =
          self->weight[row * self->n_inputs + column];
}

Re3Affine *
re3_affine_new (gsize n_inputs, gsize n_outputs, const double *weight, const double *bias)
{
  Re3Affine *self;

  g_return_val_if_fail (n_inputs > 0 && n_outputs > 0, NULL);
  g_return_val_if_fail (weight != NULL && bias != NULL, NULL);

  self = affine_alloc (n_inputs, n_outputs);
  memcpy (self->weight, weight, n_inputs * n_outputs * sizeof (double));
  memcpy (self->bias, bias, n_outputs * sizeof (double));
  affine_transpose (self);

  return self;
}

Re3Affine *
re3_affine_compose (const Re3Affine *second, const Re3Affine *first)
{
  Re3Affine *self;

  g_return_val_if_fail (second != NULL && first != NULL, NULL);
  g_return_val_if_fail (second->n_inputs == first->n_outputs, NULL);

  self = affine_alloc (first->n_inputs, second->n_outputs);
  for (gsize row = 0; row < self->n_outputs; row++)
    re3_accumulate (self->weight + row * self->n_inputs, self->n_inputs,
                    second->weight + row * second->n_inputs, first->weight, first->n_inputs,
                    first->n_outputs);
  re3_affine_apply (second, first->bias, 1, self->bias);
  affine_transpose (self);

  return self;
}

void
re3_affine_free (Re3Affine *self)
{
  if (self == NULL)
    return;

  g_free (self->weight);
  g_free (self->weight_transposed);
  g_free (self->bias);
  g_free (self);
}

void
re3_affine_apply_strided (const Re3Affine *self,
                          const double *inputs,
                          gsize input_stride,
                          gsize n_samples,
                          double *outputs,
                          double *rectified,
                          gsize output_stride)
{
  const Re3Kernels *kernels = re3_kernels_get ();

  g_return_if_fail (self != NULL);
  g_return_if_fail (n_samples == 0 || (inputs != NULL && outputs != NULL));

  /* One sample has nothing to be worked on at once but its outputs. */
  if (n_samples == 1 && input_stride == 1 && output_stride == 1) {
    memcpy (outputs, self->bias, self->n_outputs * sizeof (double));
    kernels->accumulate (outputs, self->n_outputs, inputs, self->weight_transposed, self->n_outputs,
                         self->n_inputs);
    if (rectified != NULL)
      kernels->rectify (outputs, self->n_outputs, rectified);
  } else {
    kernels->apply_affine (self, inputs, input_stride, n_samples, outputs, rectified,
                           output_stride);
  }
}

void
re3_affine_apply (const Re3Affine *self, const double *inputs, gsize n_samples, double *outputs)
{
  re3_affine_apply_strided (self, inputs, n_samples, n_samples, outputs, NULL, n_samples);
}

void
re3_affine_apply_linear (const Re3Affine *self, const double *direction, double *outputs)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (direction != NULL && outputs != NULL);

  memset (outputs, 0, self->n_outputs * sizeof (double));
  re3_accumulate (outputs, self->n_outputs, direction, self->weight_transposed, self->n_outputs,
                  self->n_inputs);
}
