/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-limits.h"

#include "re3-core-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _Re3Limits {
  GObject parent_instance;

  Re3Model *model;
  Re3Dataset *dataset;
  GArray *ranges;       /* of Re3FeatureRange */
  GArray *orders;       /* of Re3FeatureOrder */
  GHashTable *integers; /* of features; what was set otherwise than the data set shows */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (Re3Limits, re3_limits, G_TYPE_OBJECT)

static void
forget (Re3Limits *self)
{
  g_array_set_size (self->ranges, 0);
  g_array_set_size (self->orders, 0);
  g_hash_table_remove_all (self->integers);
}

void
re3_limits_set_source (Re3Limits *self, Re3Model *model, Re3Dataset *dataset)
{
  g_return_if_fail (RE3_IS_LIMITS (self));

  if (model != self->model) {
    forget (self);
    g_clear_pointer (&self->model, re3_model_unref);
    self->model = model != NULL ? re3_model_ref (model) : NULL;
  }
  g_clear_pointer (&self->dataset, re3_dataset_unref);
  self->dataset = dataset != NULL ? re3_dataset_ref (dataset) : NULL;
  g_signal_emit (self, changed_signal, 0);
}

void
re3_limits_clear (Re3Limits *self)
{
  g_return_if_fail (RE3_IS_LIMITS (self));

  forget (self);
  g_signal_emit (self, changed_signal, 0);
}

Re3Model *
re3_limits_get_model (Re3Limits *self)
{
  g_return_val_if_fail (RE3_IS_LIMITS (self), NULL);

  return self->model;
}

static gboolean
check_feature (Re3Limits *self, gsize feature, GError **error)
{
  gsize n_features = re3_model_get_n_features (self->model);

  if (feature < n_features)
    return TRUE;

  g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
               _ ("There is no feature %zu to be limited; the features are 0 to %zu."), feature,
               n_features - 1);
  return FALSE;
}

/* --- Ranges --------------------------------------------------------------------------------- */

/* The place of the range of @feature, or of the first one behind it. */
static guint
find_place (Re3Limits *self, gsize feature)
{
  guint place = 0;

  while (place < self->ranges->len &&
         g_array_index (self->ranges, Re3FeatureRange, place).feature < feature)
    place++;
  return place;
}

const Re3FeatureRange *
re3_limits_find_range (Re3Limits *self, gsize feature)
{
  g_return_val_if_fail (RE3_IS_LIMITS (self), NULL);

  guint place = find_place (self, feature);
  const Re3FeatureRange *range;

  if (place == self->ranges->len)
    return NULL;
  range = &g_array_index (self->ranges, Re3FeatureRange, place);
  return range->feature == feature ? range : NULL;
}

static gboolean
check_ends (double low, double high, GError **error)
{
  if (isnan (low) || isnan (high) || low == INFINITY || high == -INFINITY ||
      (isinf (low) && isinf (high))) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                         _ ("Give the range one end at least, as a number."));
    return FALSE;
  }
  if (low > high) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                         _ ("The range would end before it begins: its first number is larger than "
                            "its second."));
    return FALSE;
  }

  return TRUE;
}

gboolean
re3_limits_set_range (Re3Limits *self, gsize feature, double low, double high, GError **error)
{
  g_return_val_if_fail (RE3_IS_LIMITS (self) && self->model != NULL, FALSE);

  const Re3FeatureRange range = { feature, low, high };
  guint place = find_place (self, feature);

  if (!check_feature (self, feature, error) || !check_ends (low, high, error))
    return FALSE;

  if (re3_limits_find_range (self, feature) != NULL)
    g_array_index (self->ranges, Re3FeatureRange, place) = range;
  else
    g_array_insert_val (self->ranges, place, range);
  g_signal_emit (self, changed_signal, 0);
  return TRUE;
}

void
re3_limits_remove_range (Re3Limits *self, gsize feature)
{
  g_return_if_fail (RE3_IS_LIMITS (self));

  if (re3_limits_find_range (self, feature) == NULL)
    return;
  g_array_remove_index (self->ranges, find_place (self, feature));
  g_signal_emit (self, changed_signal, 0);
}

const GArray *
re3_limits_get_ranges (Re3Limits *self)
{
  g_return_val_if_fail (RE3_IS_LIMITS (self), NULL);

  return self->ranges;
}

/* --- Orders --------------------------------------------------------------------------------- */

/* @place: (out) */
static gboolean
find_order (Re3Limits *self, Re3FeatureOrder order, guint *place)
{
  for (*place = 0; *place < self->orders->len; (*place)++) {
    const Re3FeatureOrder *other = &g_array_index (self->orders, Re3FeatureOrder, *place);

    if (other->lesser == order.lesser && other->greater == order.greater)
      return TRUE;
  }

  return FALSE;
}

gboolean
re3_limits_add_order (Re3Limits *self, Re3FeatureOrder order, GError **error)
{
  g_return_val_if_fail (RE3_IS_LIMITS (self) && self->model != NULL, FALSE);

  guint place;

  if (!check_feature (self, order.lesser, error) || !check_feature (self, order.greater, error))
    return FALSE;
  if (order.lesser == order.greater) {
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                 _ ("“%s” is never larger than itself: choose two features."),
                 re3_model_get_feature_name (self->model, order.lesser));
    return FALSE;
  }
  if (find_order (self, order, &place)) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                         _ ("These two are in this order already."));
    return FALSE;
  }

  g_array_append_val (self->orders, order);
  g_signal_emit (self, changed_signal, 0);
  return TRUE;
}

void
re3_limits_remove_order (Re3Limits *self, Re3FeatureOrder order)
{
  g_return_if_fail (RE3_IS_LIMITS (self));

  guint place;

  if (!find_order (self, order, &place))
    return;
  g_array_remove_index (self->orders, place);
  g_signal_emit (self, changed_signal, 0);
}

const GArray *
re3_limits_get_orders (Re3Limits *self)
{
  g_return_val_if_fail (RE3_IS_LIMITS (self), NULL);

  return self->orders;
}

/* --- Whole numbers -------------------------------------------------------------------------- */

static gboolean
is_integer_in_data (Re3Limits *self, gsize feature)
{
  return self->dataset != NULL &&
         re3_dataset_get_column_kind (self->dataset, feature) != RE3_COLUMN_REAL;
}

gboolean
re3_limits_is_integer (Re3Limits *self, gsize feature)
{
  g_return_val_if_fail (RE3_IS_LIMITS (self), FALSE);

  gpointer is_integer;

  return g_hash_table_lookup_extended (self->integers, GSIZE_TO_POINTER (feature), NULL,
                                       &is_integer)
             ? GPOINTER_TO_INT (is_integer)
             : is_integer_in_data (self, feature);
}

gboolean
re3_limits_is_integer_set (Re3Limits *self, gsize feature)
{
  g_return_val_if_fail (RE3_IS_LIMITS (self), FALSE);

  return re3_limits_is_integer (self, feature) != is_integer_in_data (self, feature);
}

void
re3_limits_set_integer (Re3Limits *self, gsize feature, gboolean is_integer)
{
  g_return_if_fail (RE3_IS_LIMITS (self) && self->model != NULL);
  g_return_if_fail (feature < re3_model_get_n_features (self->model));

  is_integer = is_integer != FALSE;
  if (is_integer == re3_limits_is_integer (self, feature))
    return;
  if (is_integer == is_integer_in_data (self, feature))
    g_hash_table_remove (self->integers, GSIZE_TO_POINTER (feature));
  else
    g_hash_table_insert (self->integers, GSIZE_TO_POINTER (feature), GINT_TO_POINTER (is_integer));
  g_signal_emit (self, changed_signal, 0);
}

gsize
re3_limits_count_integers (Re3Limits *self)
{
  g_return_val_if_fail (RE3_IS_LIMITS (self), 0);

  gsize n_features = self->model != NULL ? re3_model_get_n_features (self->model) : 0;
  gsize n_integers = 0;

  for (gsize f = 0; f < n_features; f++)
    n_integers += re3_limits_is_integer (self, f) ? 1 : 0;
  return n_integers;
}

/* --- A sample ------------------------------------------------------------------------------- */

gboolean
re3_limits_hold (Re3Limits *self, const double *values)
{
  g_return_val_if_fail (RE3_IS_LIMITS (self) && self->model != NULL, FALSE);
  g_return_val_if_fail (values != NULL, FALSE);

  for (guint i = 0; i < self->ranges->len; i++) {
    const Re3FeatureRange *range = &g_array_index (self->ranges, Re3FeatureRange, i);

    if (values[range->feature] < range->low || values[range->feature] > range->high)
      return FALSE;
  }
  for (guint i = 0; i < self->orders->len; i++) {
    const Re3FeatureOrder *order = &g_array_index (self->orders, Re3FeatureOrder, i);

    if (values[order->lesser] > values[order->greater])
      return FALSE;
  }
  for (gsize f = 0; f < re3_model_get_n_features (self->model); f++)
    if (re3_limits_is_integer (self, f) && values[f] != floor (values[f]))
      return FALSE;

  return TRUE;
}

/* --- Life ----------------------------------------------------------------------------------- */

static void
re3_limits_finalize (GObject *object)
{
  Re3Limits *self = RE3_LIMITS (object);

  g_clear_pointer (&self->model, re3_model_unref);
  g_clear_pointer (&self->dataset, re3_dataset_unref);
  g_array_unref (self->ranges);
  g_array_unref (self->orders);
  g_hash_table_unref (self->integers);

  G_OBJECT_CLASS (re3_limits_parent_class)->finalize (object);
}

static void
re3_limits_class_init (Re3LimitsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = re3_limits_finalize;

  changed_signal = g_signal_new ("changed", RE3_TYPE_LIMITS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
re3_limits_init (Re3Limits *self)
{
  self->ranges = g_array_new (FALSE, FALSE, sizeof (Re3FeatureRange));
  self->orders = g_array_new (FALSE, FALSE, sizeof (Re3FeatureOrder));
  self->integers = g_hash_table_new (NULL, NULL);
}

Re3Limits *
re3_limits_new (void)
{
  return g_object_new (RE3_TYPE_LIMITS, NULL);
}
