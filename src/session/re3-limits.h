/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-counterfactual.h"
#include "re3-dataset.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * Re3FeatureRange:
 * @feature: a feature
 * @low: the least that it may be, in original units, or -INFINITY
 * @high: the most, or INFINITY
 */
typedef struct {
  gsize feature;
  double low;
  double high;
} Re3FeatureRange;

#define RE3_TYPE_LIMITS (re3_limits_get_type ())
G_DECLARE_FINAL_TYPE (Re3Limits, re3_limits, RE3, LIMITS, GObject)

/**
 * Re3Limits:
 *
 * What a person knows of the features and a counterfactual has to respect: ranges, pairs of which one
 * is never larger than the other, whole numbers. They are of the features, not of a sample, and none
 * of them keeps a person from editing a sample beyond it.
 *
 * Signals:
 *  - changed: other limits
 */
Re3Limits    *re3_limits_new           (void);
/* Forgets all limits if @model is another one. @model, @dataset: (nullable) */
void          re3_limits_set_source    (Re3Limits             *self,
                                        Re3Model              *model,
                                        Re3Dataset            *dataset);
void          re3_limits_clear         (Re3Limits             *self);
/* (nullable) */
Re3Model     *re3_limits_get_model     (Re3Limits             *self);

/* In place of the range that @feature has. Fails with RE3_CORE_ERROR_VALUE, and changes nothing, where
 * there is no such feature, no end, or nothing between both; but for whole numbers, which may be set
 * at any time. */
gboolean      re3_limits_set_range     (Re3Limits             *self,
                                        gsize                  feature,
                                        double                 low,
                                        double                 high,
                                        GError               **error);
void          re3_limits_remove_range  (Re3Limits             *self,
                                        gsize                  feature);
/* (nullable): borrowed until they change. */
const Re3FeatureRange *re3_limits_find_range (Re3Limits       *self,
                                        gsize                  feature);
/* (element-type Re3FeatureRange): in the order of features; borrowed likewise */
const GArray *re3_limits_get_ranges    (Re3Limits             *self);

/* Fails as above, where there are no two such features, or this is a limit already. */
gboolean      re3_limits_add_order     (Re3Limits             *self,
                                        Re3FeatureOrder        order,
                                        GError               **error);
void          re3_limits_remove_order  (Re3Limits             *self,
                                        Re3FeatureOrder        order);
/* (element-type Re3FeatureOrder): in the order in which they were added; borrowed likewise */
const GArray *re3_limits_get_orders    (Re3Limits             *self);

/* Whether a feature stays a whole number: as in the data set, unless something else was set. */
void          re3_limits_set_integer   (Re3Limits             *self,
                                        gsize                  feature,
                                        gboolean               is_integer);
gboolean      re3_limits_is_integer    (Re3Limits             *self,
                                        gsize                  feature);
/* Whether it was set otherwise than the data set shows. */
gboolean      re3_limits_is_integer_set (Re3Limits            *self,
                                        gsize                  feature);
gsize         re3_limits_count_integers (Re3Limits            *self);

/* Whether a sample respects them all. @values: n_features numbers in original units */
gboolean      re3_limits_hold          (Re3Limits             *self,
                                        const double          *values);

G_END_DECLS
