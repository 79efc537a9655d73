/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-affine.h"

#include "re3-accumulate.h"
#include "re3-kernels-private.h"
#include "re3-memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A map whose numbers are still to be written. (nullable) */
static Re3Affine *
affine_alloc (gsize n_inputs, gsize n_outputs, GError **error)
{
  g_autoptr (Re3Affine) self = g_new0 (Re3Affine, 1);

  self->n_inputs = n_inputs;
  self->n_outputs = n_outputs;
  self->weight = re3_try_new (double, n_inputs, n_outputs, error,
                              _ ("the weights of %zu connections"), n_inputs *n_outputs);
  if (self->weight == NULL)
    return NULL;
  self->weight_transposed = re3_try_new (double, n_inputs, n_outputs, error,
                                         _ ("the weights of %zu connections"), n_inputs *n_outputs);
  if (self->weight_transposed == NULL)
    return NULL;
  self->bias =
      re3_try_new (double, n_outputs, 1, error, _ ("the weights of %zu connections"), n_outputs);
  if (self->bias == NULL)
    return NULL;

  return g_steal_pointer (&self);
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
re3_affine_new (gsize n_inputs,
                gsize n_outputs,
                const double *weight,
                const double *bias,
                GError **error)
{
  Re3Affine *self;

  g_return_val_if_fail (n_inputs > 0 && n_outputs > 0, NULL);
  g_return_val_if_fail (weight != NULL && bias != NULL, NULL);

  self = affine_alloc (n_inputs, n_outputs, error);
  if (self == NULL)
    return NULL;

  memcpy (self->weight, weight, n_inputs * n_outputs * sizeof (double));
  memcpy (self->bias, bias, n_outputs * sizeof (double));
  affine_transpose (self);

  return self;
}

Re3Affine *
re3_affine_new_scaling (gsize n, const double *scale, const double *shift, GError **error)
{
  Re3Affine *self;

  g_return_val_if_fail (n > 0 && scale != NULL && shift != NULL, NULL);

  self = affine_alloc (n, n, error);
  if (self == NULL)
    return NULL;

  memset (self->weight, 0, n * n * sizeof (double));
  for (gsize i = 0; i < n; i++)
    self->weight[i * n + i] = scale[i];
  memcpy (self->bias, shift, n * sizeof (double));
  affine_transpose (self);

  return self;
}

Re3Affine *
re3_affine_scale_outputs (const Re3Affine *self,
                          const double *scale,
                          const double *shift,
                          GError **error)
{
  Re3Affine *scaled;

  g_return_val_if_fail (self != NULL && scale != NULL && shift != NULL, NULL);

  scaled = affine_alloc (self->n_inputs, self->n_outputs, error);
  if (scaled == NULL)
    return NULL;

  for (gsize row = 0; row < self->n_outputs; row++) {
    const double *weight = self->weight + row * self->n_inputs;

    for (gsize column = 0; column < self->n_inputs; column++)
      scaled->weight[row * self->n_inputs + column] = scale[row] * weight[column];
    scaled->bias[row] = shift[row] + scale[row] * self->bias[row];
  }
  affine_transpose (scaled);

  return scaled;
}

Re3Affine *
re3_affine_scale_inputs (const Re3Affine *self,
                         const double *scale,
                         const double *shift,
                         GError **error)
{
  Re3Affine *scaled;

  g_return_val_if_fail (self != NULL && scale != NULL && shift != NULL, NULL);

  scaled = affine_alloc (self->n_inputs, self->n_outputs, error);
  if (scaled == NULL)
    return NULL;

  for (gsize row = 0; row < self->n_outputs; row++) {
    const double *weight = self->weight + row * self->n_inputs;

    for (gsize column = 0; column < self->n_inputs; column++)
      scaled->weight[row * self->n_inputs + column] = weight[column] * scale[column];
  }
  re3_affine_apply (self, shift, 1, scaled->bias);
  affine_transpose (scaled);

  return scaled;
}

Re3Affine *
re3_affine_compose (const Re3Affine *second, const Re3Affine *first, GError **error)
{
  Re3Affine *self;

  g_return_val_if_fail (second != NULL && first != NULL, NULL);
  g_return_val_if_fail (second->n_inputs == first->n_outputs, NULL);

  self = affine_alloc (first->n_inputs, second->n_outputs, error);
  if (self == NULL)
    return NULL;

  memset (self->weight, 0, self->n_inputs * self->n_outputs * sizeof (double));
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
