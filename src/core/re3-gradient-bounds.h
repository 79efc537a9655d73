/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-boundary.h"

G_BEGIN_DECLS

/* The metrics whose distances need a norm of a gradient: all but the paper's, which come first. */
#define RE3_N_GRADIENT_METRICS 3

/**
 * Re3GradientBounds:
 * @norms: by metric, n_neurons numbers: no less than the dual norm of the gradient of z_j, in
 *   whatever region; of the first hidden layer that norm itself
 * @spans: n_neurons numbers, r_j
 * @factors: by metric, a number for each hidden layer: of any weights v of a layer's neurons, the
 *   gradient of sum_j v_j z_j has no larger a dual norm than factor * |(v_j r_j)|_2
 * @errors: a number for each hidden layer: what rounding adds to the norm of a gradient, however its
 *   sums are ordered, is no more than this share of @norms
 *
 * How large the gradients of the hidden neurons of a network can get, with respect to its inputs, so
 * that most of them need not be made to know that a hyperplane is not the nearest. Immutable.
 *
 * r_j is the norm that the gradient would have if those of the layer before had the norms that they
 * have in the bound and were orthogonal, all at their steepest pieces; what they have in common is in
 * the factors, by the largest eigenvalue of the correlation matrix of the rows. That it is no larger
 * than what is taken for it, is proved by a Cholesky factorisation.
 */
typedef struct {
  double *norms[RE3_N_GRADIENT_METRICS];
  double *spans;
  double *factors[RE3_N_GRADIENT_METRICS];
  double *errors;
} Re3GradientBounds;

/* Fails where there is no memory for it, and once @monitor stops it, which is told the layers done.
 * Takes about n_(l+1)^2 n_l / 2 products for each layer but the last hidden one. (transfer full) */
Re3GradientBounds *re3_gradient_bounds_new  (const Re3Network  *network,
                                             const Re3Monitor  *monitor,
                                             GError           **error);
void               re3_gradient_bounds_free (Re3GradientBounds *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3GradientBounds, re3_gradient_bounds_free)

G_END_DECLS
