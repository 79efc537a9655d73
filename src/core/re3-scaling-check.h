/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-model.h"

G_BEGIN_DECLS

/* A feature looks unscaled when its numbers are so many times larger than what the first layer seems
 * made for. Numbers from 0 to 1, and those of mean 0 and deviation 1, are far below. */
#define RE3_SCALING_FACTOR 4

/* Labels must bear it out: scaled, so much larger a share of the samples is classified right. A
 * network that was trained on unscaled data cannot be told by its weights, but by this. */
#define RE3_SCALING_GAIN 0.1

/**
 * Re3FeatureScale:
 * @mean: of the feature over the samples
 * @deviation: its standard deviation
 * @reach: how far from 0 the first layer's hyperplanes lie along the feature, the others being 0:
 *   the median of |b_j / w_j| over its neurons, weighted by |w_j|, and at least 1
 * @looks_unscaled: sqrt (mean^2 + deviation^2) > RE3_SCALING_FACTOR * reach
 */
typedef struct {
  double mean;
  double deviation;
  double reach;
  gboolean looks_unscaled;
} Re3FeatureScale;

/**
 * Re3ScalingCheck:
 * @n_features: number of features
 * @features: what was measured of each
 * @n_unscaled: how many look unscaled
 * @accuracy: the share of labelled samples that the model classifies right; NAN without labels, or
 *   where no feature looks unscaled
 * @accuracy_scaled: the share if each feature were scaled to mean 0 and deviation 1
 * @looks_unscaled: features look unscaled, and labels, if there are any, bear it out
 *
 * Whether data look unscaled beside a model without scaler: as if the network had been trained on
 * scaled data, and given raw ones. A suspicion, for a warning; never a reason to change anything.
 */
typedef struct {
  gsize n_features;
  Re3FeatureScale *features;
  gsize n_unscaled;
  double accuracy;
  double accuracy_scaled;
  gboolean looks_unscaled;
} Re3ScalingCheck;

/* Over the training samples, or all where there are none. (nullable): %NULL for a model with a
 * scaler, and for a data set without samples. (transfer full) */
Re3ScalingCheck *re3_scaling_check_new      (const Re3Model        *model,
                                             const Re3Dataset      *dataset);
void             re3_scaling_check_free     (Re3ScalingCheck       *self);
/* The warning, a sentence for people. (transfer full) (nullable): %NULL where there is nothing to
 * warn of */
char            *re3_scaling_check_describe (const Re3ScalingCheck *self,
                                             const Re3Model        *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3ScalingCheck, re3_scaling_check_free)

G_END_DECLS
