/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-network.h"

G_BEGIN_DECLS

/**
 * SimpleNetwork:
 * @n_layers: affine layers, ReLU between two of them
 * @widths: n_layers + 1 numbers: inputs, hidden neurons, logits
 * @n_neurons: hidden neurons in all
 * @weights: of each layer, (widths[l + 1], widths[l]); @biases: likewise
 *
 * One sample at a time, as the definitions have it: what the rows of the bench are compared with.
 * No part of it is there to be fast, nor to be slow.
 */
typedef struct {
  gsize n_layers;
  gsize widths[9];
  gsize n_neurons;
  const double *weights[8];
  const double *biases[8];
} SimpleNetwork;

/* Borrows the numbers of @network, whose activations are ReLU. */
void   simple_network_init     (SimpleNetwork       *self,
                                const Re3Network    *network);
/* z of all hidden neurons; and the logits. */
void   simple_forward          (const SimpleNetwork *self,
                                const double        *x,
                                double              *z,
                                double              *logits);
/* The gradients of all z in the region of @z, (n_neurons, n_inputs), and of the logits: A, D. */
void   simple_gradients        (const SimpleNetwork *self,
                                const double        *z,
                                double              *gradients,
                                double              *A,
                                double              *D);
/* The gradients of logit c with respect to all activations, (n_logits, n_neurons). */
void   simple_logit_gradients  (const SimpleNetwork *self,
                                const double        *z,
                                double              *logit_gradients);
double simple_norm             (const double        *vector,
                                gsize                n);

G_END_DECLS
