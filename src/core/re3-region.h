/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-matrix.h"
#include "re3-monitor.h"
#include "re3-pattern.h"

G_BEGIN_DECLS

/**
 * Re3Region:
 * @pattern: the pattern that its inputs share
 * @A: (n_outputs, n_inputs), the slope of the affine map
 * @D: n_outputs numbers, its offset: f(x) = A x + D on the region
 * @gradients: (n_neurons, n_inputs), row j the gradient of z_j with respect to x
 * @offsets: n_neurons numbers: z_j = gradients[j] x + offsets[j] on the region
 * @norm_l2: L2 norm of each row of @gradients; likewise @norm_l1 and @norm_linf
 * @logit_gradients: (n_outputs, n_neurons): the gradient of logit c with respect to h_j
 *
 * All that depends on the pattern alone: the affine map of the network on the region (paper,
 * Algorithm 2; A_r = W_L S_{L-1} W_{L-1} ... S_1 W_1, S the slopes of the pieces that the neurons
 * are on, and D_r gathers the biases, and the intercepts of the pieces, under the same masks) and
 * the hyperplanes of the gates, whose facets bound it: gradients[j] x + offsets[j] = threshold, j
 * the neuron of the gate. Immutable and reference counted, made once and shared by all samples of
 * the region.
 */
typedef struct {
  Re3Pattern *pattern;
  Re3Matrix *A;
  double *D;
  Re3Matrix *gradients;
  double *offsets;
  double *norm_l2;
  double *norm_l1;
  double *norm_linf;
  Re3Matrix *logit_gradients;
} Re3Region;

Re3Region *re3_region_new   (const Re3Network *network,
                             const Re3Pattern *pattern);
/* The same, which fails once @monitor stops it, for on a wide network one region takes long, or where
 * there is no memory for it. @monitor is told the hidden neurons done. */
Re3Region *re3_region_new_watched (const Re3Network *network,
                             const Re3Pattern *pattern,
                             const Re3Monitor *monitor,
                             GError          **error);
/* The same without @gradients, @offsets and the norms, which are %NULL: on a wide network most of the
 * time and memory. @A and @D are the same but for rounding. */
Re3Region *re3_region_new_without_gradients (const Re3Network *network,
                             const Re3Pattern *pattern,
                             const Re3Monitor *monitor,
                             GError          **error);
Re3Region *re3_region_ref   (Re3Region        *self);
void       re3_region_unref (Re3Region        *self);
/* The memory that a region of @network takes, in bytes; G_MAXSIZE where that is too much to say. */
gsize      re3_region_get_size (const Re3Network *network);

/* max over the outputs of |A x + D - logits|: how far the affine map is from the forward pass.
 * @input and @logits are one sample's. */
double     re3_region_residual (const Re3Region *self,
                                const double    *input,
                                const double    *logits);
/* The largest of those of @n samples: @inputs (n_inputs, n), its rows @input_stride apart, and @logits
 * (n_outputs, n). */
double     re3_region_residual_of_block (const Re3Region *self,
                                const double    *inputs,
                                gsize            input_stride,
                                const double    *logits,
                                gsize            logit_stride,
                                gsize            n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Region, re3_region_unref)

G_END_DECLS
