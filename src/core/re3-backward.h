/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-pattern.h"

G_BEGIN_DECLS

/* Gradients within the region of @pattern of the weighted sum of the logits, sum_c weights_c
 * logit_c: with respect to the activation h_j of every hidden neuron, and to the input.
 * @weights: n_outputs numbers
 * @activation_gradients: n_neurons numbers
 * @input_gradient: (nullable): n_inputs numbers */
void re3_network_backward (const Re3Network *network,
                           const Re3Pattern *pattern,
                           const double     *weights,
                           double           *activation_gradients,
                           double           *input_gradient);

G_END_DECLS
