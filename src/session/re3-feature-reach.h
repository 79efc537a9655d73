/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"

G_BEGIN_DECLS

/**
 * Re3FeatureReach:
 * @lows, @highs: n_features numbers in original units
 *
 * How far features are moved to see what comes of it: over the values of the data and somewhat
 * beyond; a column of whole numbers by whole numbers, and a binary one from 0 to 1. Immutable.
 */
typedef struct {
  gsize n_features;
  double *lows;
  double *highs;
} Re3FeatureReach;

Re3FeatureReach *re3_feature_reach_new  (const Re3Dataset      *dataset);
void             re3_feature_reach_free (Re3FeatureReach       *self);
/* How far @feature reaches with @value, which may lie beyond: nothing is clamped. Returns: %FALSE if
 * that is too far for numbers to say */
gboolean         re3_feature_reach_get  (const Re3FeatureReach *self,
                                         gsize                  feature,
                                         double                 value,
                                         double                *low,
                                         double                *high);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3FeatureReach, re3_feature_reach_free)

G_END_DECLS
