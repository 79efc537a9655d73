/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-limits-check.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
is_locked (Re3WhatIf *what_if, gsize feature)
{
  return re3_what_if_get_original (what_if) != NULL && re3_what_if_is_locked (what_if, feature);
}

/* Without the orders. */
static void
find_own_bounds (Re3Limits *self, Re3WhatIf *what_if, gsize feature, double *low, double *high)
{
  const Re3FeatureRange *range = re3_limits_find_range (self, feature);

  *low = range != NULL ? range->low : -INFINITY;
  *high = range != NULL ? range->high : INFINITY;
  if (is_locked (what_if, feature)) {
    *low = MAX (*low, re3_what_if_get_value (what_if, feature));
    *high = MIN (*high, re3_what_if_get_value (what_if, feature));
  }
  if (re3_limits_is_integer (self, feature)) {
    *low = ceil (*low);
    *high = floor (*high);
  }
}

/* Returns: whether it moved */
static gboolean
tighten (Re3Limits *self, Re3FeatureOrder order, double *low, double *high)
{
  double least =
      re3_limits_is_integer (self, order.greater) ? ceil (low[order.lesser]) : low[order.lesser];
  double most = re3_limits_is_integer (self, order.lesser) ? floor (high[order.greater])
                                                           : high[order.greater];
  gboolean moves = low[order.greater] < least || high[order.lesser] > most;

  low[order.greater] = MAX (low[order.greater], least);
  high[order.lesser] = MIN (high[order.lesser], most);
  return moves;
}

/* What all of it leaves of each feature: nothing where low is larger than high. */
static void
find_bounds (Re3Limits *self, Re3WhatIf *what_if, double *low, double *high)
{
  const GArray *orders = re3_limits_get_orders (self);
  gsize n_features = re3_model_get_n_features (re3_limits_get_model (self));
  gboolean moves = TRUE;

  for (gsize f = 0; f < n_features; f++)
    find_own_bounds (self, what_if, f, &low[f], &high[f]);
  /* A bound comes through as many orders as there are features. */
  for (gsize round = 0; moves && round < n_features; round++) {
    moves = FALSE;
    for (guint i = 0; i < orders->len; i++)
      moves = tighten (self, g_array_index (orders, Re3FeatureOrder, i), low, high) || moves;
  }
}

char *
re3_limits_check_range (Re3Limits *self, Re3WhatIf *what_if, gsize feature)
{
  g_return_val_if_fail (RE3_IS_LIMITS (self) && RE3_IS_WHAT_IF (what_if), NULL);

  const Re3FeatureRange *range = re3_limits_find_range (self, feature);
  double low, high;

  find_own_bounds (self, what_if, feature, &low, &high);
  if (range == NULL || low <= high)
    return NULL;
  if (is_locked (what_if, feature) && (re3_what_if_get_value (what_if, feature) < range->low ||
                                       re3_what_if_get_value (what_if, feature) > range->high))
    return g_strdup (_ ("It is locked at a value outside this range: nothing can be found until "
                        "one of the two goes."));
  return g_strdup (
      _ ("It is to stay a whole number, and none is left: nothing can be found until that "
         "changes."));
}

char *
re3_limits_check_order (Re3Limits *self, Re3WhatIf *what_if, Re3FeatureOrder order)
{
  g_return_val_if_fail (RE3_IS_LIMITS (self) && re3_limits_get_model (self) != NULL, NULL);

  gsize n_features = re3_model_get_n_features (re3_limits_get_model (self));
  g_autofree double *low = g_new (double, n_features);
  g_autofree double *high = g_new (double, n_features);

  g_return_val_if_fail (MAX (order.lesser, order.greater) < n_features, NULL);

  find_bounds (self, what_if, low, high);
  if (low[order.lesser] <= high[order.greater])
    return NULL;
  return g_strdup (_ ("Locks and the other limits keep them in the other order: nothing can be "
                      "found until one of these goes."));
}

char *
re3_limits_check (Re3Limits *self, Re3WhatIf *what_if)
{
  g_return_val_if_fail (RE3_IS_LIMITS (self) && re3_limits_get_model (self) != NULL, NULL);

  Re3Model *model = re3_limits_get_model (self);
  gsize n_features = re3_model_get_n_features (model);
  g_autofree double *low = g_new (double, n_features);
  g_autofree double *high = g_new (double, n_features);

  find_bounds (self, what_if, low, high);
  for (gsize f = 0; f < n_features; f++)
    if (low[f] > high[f])
      return g_strdup_printf (_ ("Limits and locks leave no value for “%s”."),
                              re3_model_get_feature_name (model, f));
  return NULL;
}
