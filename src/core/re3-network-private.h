/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-network.h"

G_BEGIN_DECLS

/* Operations alternate: affine l stands at 2 l, the activation of hidden layer l at 2 l + 1, and
 * the last affine one leads into the logits.
 *
 * What all neurons are made of stands here once more, side by side for the inner loops: neuron j has
 * the gates from first_gates[j] up to first_gates[j + 1], and so its pieces, one more, start at
 * first_gates[j] + j. */
struct _Re3Network {
  GArray *operations;
  gsize n_neurons;
  gsize n_gates;
  gsize n_parameters;
  Re3Gate *gates;
  gsize *first_gates; /* n_neurons + 1 */
  Re3Piece *pieces;
  guint8 *active; /* of each piece: re3_activation_is_active() */
  double *weight_norms;
};

/* @operations: (transfer full) (element-type Re3Operation): affine, activation, ..., affine, with
 * widths that fit. For the builder only. (nullable): %NULL where there is no memory for it */
Re3Network *re3_network_new_take (GArray  *operations,
                                  GError **error);

/* Frees what an Re3Operation owns: clear function of such an array. */
void        re3_operation_clear  (gpointer operation);

G_END_DECLS
