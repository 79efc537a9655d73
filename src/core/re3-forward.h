/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-network.h"

G_BEGIN_DECLS

/**
 * Re3Forward:
 * @n_samples: samples in the block
 * @n_samples_max: samples that there is room for
 * @stride: from a neuron's first sample to that of the next, >= n_samples; 1 for one sample
 * @pre_activations: z, (n_neurons, stride), neuron by neuron, hidden layers in order
 * @activations: h, the same shape
 * @logits: (n_outputs, stride)
 *
 * What a forward pass of a block of samples leaves behind.
 */
typedef struct {
  gsize n_samples;
  gsize n_samples_max;
  gsize stride;
  double *pre_activations;
  double *activations;
  double *logits;
} Re3Forward;

/* Runs a block of samples. @inputs is (n_inputs, n_samples), feature by feature, in the
 * network's own units. (transfer full) */
Re3Forward *re3_network_forward (const Re3Network *network,
                                 const double     *inputs,
                                 gsize             n_samples);
/* The same in the memory of a pass of this network that is no longer needed. Fails where it is not
 * enough and there is no more. @self: (transfer full) (nullable). (transfer full) */
Re3Forward *re3_network_forward_again (const Re3Network *network,
                                 const double     *inputs,
                                 gsize             n_samples,
                                 Re3Forward       *self,
                                 GError          **error);
void        re3_forward_free    (Re3Forward       *self);

/* The index of the largest of @n numbers that stand @stride apart; the first one wins ties. */
gsize       re3_argmax          (const double     *numbers,
                                 gsize             n,
                                 gsize             stride);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Forward, re3_forward_free)

G_END_DECLS
