/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-boundary.h"
#include "simple-network.h"

G_BEGIN_DECLS

/**
 * SimpleSample:
 * @x: of the network's inputs; @z: of all hidden neurons; @logits, @probabilities
 * @gradients: (n_neurons, n_inputs), those of z, and @A, @D: the affine map of its region
 * @distances: by metric, to the nearest change of pattern
 * @logit_contributions: (n_inputs), to the predicted class; @probability_contributions: likewise
 * @neuron_contributions: (n_neurons)
 * @order: see simple_sample_rank()
 *
 * All that is known of one sample, worked out for it alone.
 */
typedef struct {
  SimpleNetwork network;
  gsize n_inputs;
  gsize n_neurons;
  gsize n_logits;
  double *x;
  double *z;
  double *logits;
  double *probabilities;
  gsize prediction;
  double *gradients;
  double *A;
  double *D;
  double residual;
  double distances[RE3_N_METRICS];
  double *logit_gradients;
  double *logit_contributions;
  double *probability_contributions;
  double *neuron_contributions;
  double *weight_norms;
  double *magnitudes;
  gsize *order;
} SimpleSample;

void simple_sample_init    (SimpleSample     *self,
                            const Re3Network *network);
void simple_sample_clear   (SimpleSample     *self);
/* Works out everything for the @x that it holds. */
void simple_sample_explain (SimpleSample     *self);
/* Writes the order of @contributions by size, the largest first, and their sizes in @magnitudes. */
void simple_sample_rank    (SimpleSample     *self,
                            const double     *contributions,
                            gsize             n);

G_END_DECLS
