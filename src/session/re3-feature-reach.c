/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-feature-reach.h"

#include <math.h>

/* Beyond the data, by this share of their range. */
#define MARGIN_SHARE 0.06

static void
find_reach (const Re3Dataset *dataset, gsize feature, double *low, double *high)
{
  Re3ColumnKind kind = re3_dataset_get_column_kind (dataset, feature);
  double margin;

  /* A binary column may hold but one of the two. */
  if (kind == RE3_COLUMN_BINARY) {
    *low = 0.0;
    *high = 1.0;
    return;
  }
  re3_dataset_get_range (dataset, feature, low, high);
  margin = *high > *low ? MARGIN_SHARE * (*high - *low) : MAX (1.0, fabs (*low));
  if (kind == RE3_COLUMN_INTEGER)
    margin = ceil (margin);
  *low -= margin;
  *high += margin;
}

Re3FeatureReach *
re3_feature_reach_new (const Re3Dataset *dataset)
{
  Re3FeatureReach *self;

  g_return_val_if_fail (dataset != NULL, NULL);

  self = g_new (Re3FeatureReach, 1);
  self->n_features = re3_dataset_get_n_features (dataset);
  self->lows = g_new (double, self->n_features);
  self->highs = g_new (double, self->n_features);
  for (gsize i = 0; i < self->n_features; i++)
    find_reach (dataset, i, &self->lows[i], &self->highs[i]);
  return self;
}

void
re3_feature_reach_free (Re3FeatureReach *self)
{
  if (self == NULL)
    return;

  g_free (self->lows);
  g_free (self->highs);
  g_free (self);
}

gboolean
re3_feature_reach_get (const Re3FeatureReach *self,
                       gsize feature,
                       double value,
                       double *low,
                       double *high)
{
  g_return_val_if_fail (self != NULL && low != NULL && high != NULL, FALSE);
  g_return_val_if_fail (feature < self->n_features, FALSE);

  *low = MIN (self->lows[feature], value);
  *high = MAX (self->highs[feature], value);
  return isfinite (*high - *low);
}
