/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-boundary.h"
#include "re3-contributions.h"
#include "re3-model.h"
#include "re3-region.h"

G_BEGIN_DECLS

/**
 * Re3Explanation:
 * @model: the model that answers
 * @values: n_features numbers in original units
 * @input: the same in the network's own units
 * @forward: the forward pass of this one sample: z, h and logits
 * @probabilities: n_classes numbers, the softmax of the logits; without a meaning for a regression
 *   network, as are the probability contributions
 * @prediction: the class of the largest logit; 0 for a regression network, its first output
 * @region: the affine map that holds here
 * @residual: max |A x + D - logits|
 * @boundary: how far the region reaches
 * @low: n_features numbers in original units, -INFINITY where unbounded: down to where each
 *   feature can move alone within the region
 * @high: up to where
 *
 * Everything that Re3 knows about one sample, whether of the data set or edited. Immutable and
 * reference counted. What depends on a class too is computed on demand below.
 */
typedef struct {
  Re3Model *model;
  double *values;
  double *input;
  Re3Forward *forward;
  double *probabilities;
  gsize prediction;
  Re3Region *region;
  double residual;
  Re3Boundary boundary;
  double *low;
  double *high;
} Re3Explanation;

/* @values: n_features finite numbers in original units, copied
 * @known_region: (nullable): a region of this network that may be the right one; it is shared
 *   instead of made anew if the pattern is the same */
Re3Explanation *re3_explanation_new   (Re3Model       *model,
                                       const double   *values,
                                       Re3Region      *known_region);
Re3Explanation *re3_explanation_ref   (Re3Explanation *self);
void            re3_explanation_unref (Re3Explanation *self);

/* Whether every number in it is finite. Values that are too large make the network's own numbers
 * overflow, and what is left of them explains nothing. */
gboolean        re3_explanation_is_finite (const Re3Explanation *self);

/* (transfer full): n_features numbers; see re3-contributions.h. */
double         *re3_explanation_logit_contributions       (const Re3Explanation *self,
                                                           gsize                 class_index);
double         *re3_explanation_probability_contributions (const Re3Explanation *self,
                                                           gsize                 class_index);
/* From the baseline 0 in the network's own units: with a scaler, its mean. Of the probability, and
 * for a regression network of the output. */
double         *re3_explanation_path_contributions        (const Re3Explanation *self,
                                                           gsize                 class_index);
/* What contributions to @output add up to, with the base or the baseline: the logit, or else the
 * probability; of a regression network in any case the output. */
double          re3_explanation_get_output                (const Re3Explanation *self,
                                                           gsize                 class_index,
                                                           Re3ContributionOutput output);
/* Along the straight line from @baseline, another input of the same model: of the logit, or else of
 * the probability. They sum to what re3_explanation_get_output() says of @self less what it says of
 * @baseline. */
double         *re3_explanation_contributions_from        (const Re3Explanation *self,
                                                           const Re3Explanation *baseline,
                                                           gsize                 class_index,
                                                           Re3ContributionOutput output);
/* (transfer full): n_neurons numbers. */
double         *re3_explanation_neuron_contributions      (const Re3Explanation *self,
                                                           gsize                 class_index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Explanation, re3_explanation_unref)

G_END_DECLS
