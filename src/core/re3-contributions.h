/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-region.h"

G_BEGIN_DECLS

/* Where the output of one sample comes from. @input is the sample in the network's own units. */

/* What contributions add up to. */
typedef enum {
  RE3_CONTRIBUTION_LOGIT,       /* with the base, the logit */
  RE3_CONTRIBUTION_PROBABILITY, /* the probability, linearised at the sample: to nothing */
  RE3_CONTRIBUTION_PATH,        /* with the baseline's probability, the probability */
} Re3ContributionOutput;

/* contributions_i = A[c]_i x_i. With the base D[c] they sum to the logit (design 4.2). */
void re3_logit_contributions       (const Re3Region  *region,
                                    const double     *input,
                                    gsize             class_index,
                                    double           *contributions);

/* contributions_i = sum_k J_k A[k]_i x_i, with J_k = p_c ([k = c] - p_k) row c of the softmax
 * Jacobian (paper, Algorithm 3). A linearisation at x: it does not sum to the probability. */
void re3_probability_contributions (const Re3Region  *region,
                                    const double     *input,
                                    const double     *probabilities,
                                    gsize             class_index,
                                    double           *contributions);

/* contributions_j = h_j * d logit_c / d h_j for every hidden neuron (paper, Algorithm 2,
 * lines 18-19, at any depth). Those of one layer, with what the biases behind it and the intercepts
 * of the pieces behind it contribute, sum to the logit: the intercept of a neuron's piece counts to
 * its bias, so that h_j = slope (w x + b) + intercept is all it hands on. @activations: n_neurons
 * numbers. */
void re3_neuron_contributions      (const Re3Region  *region,
                                    const double     *activations,
                                    gsize             class_index,
                                    double           *contributions);

/* The probability of class c at @input less that at @baseline, shared out to the features: the
 * softmax gradient integrated along the straight line between them over its exact affine pieces
 * (Sundararajan, Taly, Yan 2017, without their sum over steps). Sums to the difference.
 * contributions: n_inputs numbers. */
void re3_path_contributions        (const Re3Network *network,
                                    const double     *baseline,
                                    const double     *input,
                                    gsize             class_index,
                                    double           *contributions);

/* The same for the logit of class c: its gradient integrated along the line, exact integrated
 * gradients. Sums to the logit at @input less that at @baseline. */
void re3_path_logit_contributions  (const Re3Network *network,
                                    const double     *baseline,
                                    const double     *input,
                                    gsize             class_index,
                                    double           *contributions);

G_END_DECLS
