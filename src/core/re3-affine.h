/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Re3Affine:
 * @n_inputs: width of what goes in
 * @n_outputs: width of what comes out
 * @weight: (n_outputs, n_inputs), row-major, as in PyTorch
 * @weight_transposed: the same numbers as (n_inputs, n_outputs)
 * @bias: n_outputs numbers
 *
 * The map y = weight x + bias. Immutable once built.
 */
typedef struct {
  gsize n_inputs;
  gsize n_outputs;
  double *weight;
  double *weight_transposed;
  double *bias;
} Re3Affine;

/* All that make a map fail where there is no memory for it, and copy their arguments. */
Re3Affine *re3_affine_new     (gsize            n_inputs,
                               gsize            n_outputs,
                               const double    *weight,
                               const double    *bias,
                               GError         **error);
/* y_i = scale_i x_i + shift_i */
Re3Affine *re3_affine_new_scaling (gsize         n,
                               const double    *scale,
                               const double    *shift,
                               GError         **error);
/* The map that applies @first, then @second, with its products rounded in float64. */
Re3Affine *re3_affine_compose (const Re3Affine *second,
                               const Re3Affine *first,
                               GError         **error);
/* The map that applies @self and then such a scaling, or the scaling and then @self. */
Re3Affine *re3_affine_scale_outputs (const Re3Affine *self,
                               const double    *scale,
                               const double    *shift,
                               GError         **error);
Re3Affine *re3_affine_scale_inputs (const Re3Affine *self,
                               const double    *scale,
                               const double    *shift,
                               GError         **error);
void       re3_affine_free    (Re3Affine       *self);

/* outputs = weight inputs + bias for a block of samples: @inputs is (n_inputs, n_samples) and @outputs
 * is (n_outputs, n_samples), feature by feature.
 * Every output starts at its bias and takes its terms in the order of the inputs, whatever the
 * block: one sample alone gives the digits that it gives among a thousand. */
void       re3_affine_apply   (const Re3Affine *self,
                               const double    *inputs,
                               gsize            n_samples,
                               double          *outputs);
/* The same for some samples of a larger block, whose rows stand @input_stride and @output_stride apart.
 * @rectified: (out) (nullable): where max (0, outputs) go, as the outputs. */
void       re3_affine_apply_strided (const Re3Affine *self,
                                     const double    *inputs,
                                     gsize            input_stride,
                                     gsize            n_samples,
                                     double          *outputs,
                                     double          *rectified,
                                     gsize            output_stride);
/* outputs = weight direction, without the bias: what a step in @direction adds to the outputs. */
void       re3_affine_apply_linear (const Re3Affine *self,
                                    const double    *direction,
                                    double          *outputs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Affine, re3_affine_free)

G_END_DECLS
