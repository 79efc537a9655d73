/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-region.h"

G_BEGIN_DECLS

/**
 * Re3SampleRun:
 * @region: where they lie
 * @prediction: the class that is predicted for them
 * @group: their true class and set; see re3_neuron_tally_find_group()
 * @n: number of samples
 * @stride: how far the rows of @inputs and @probabilities stand apart
 * @inputs: (n_features, n), in the network's own units
 * @probabilities: (n_classes, n)
 * @forward_stride: how far the rows of @pre_activations, @activations and @logits stand apart
 * @pre_activations: (n_neurons, n); likewise @activations
 * @logits: (n_classes, n)
 *
 * Samples that stand side by side in a block and differ in nothing but their numbers. What is
 * measured of one is measured of all of them at once, number by number.
 */
typedef struct {
  const Re3Region *region;
  gsize prediction;
  gsize group;
  gsize n;
  gsize stride;
  const double *inputs;
  const double *probabilities;
  gsize forward_stride;
  const double *pre_activations;
  const double *activations;
  const double *logits;
} Re3SampleRun;

G_END_DECLS
