/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-model.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define RE3_TYPE_FEATURE_ITEM (re3_feature_item_get_type ())
G_DECLARE_FINAL_TYPE (Re3FeatureItem, re3_feature_item, RE3, FEATURE_ITEM, GObject)

/**
 * Re3FeatureItem:
 *
 * What one row of the what-if panel edits: a feature, or a one-hot group of features as one choice.
 * Immutable.
 */
Re3FeatureItem        *re3_feature_item_new            (Re3Model              *model,
                                                        gsize                  feature);
/* @group: of @model's features; copied */
Re3FeatureItem        *re3_feature_item_new_group      (Re3Model              *model,
                                                        const Re3FeatureGroup *group);

/* The feature, or the first of the group. */
gsize                  re3_feature_item_get_feature    (Re3FeatureItem        *self);
/* (nullable): for a feature by itself */
const Re3FeatureGroup *re3_feature_item_get_group      (Re3FeatureItem        *self);
/* The feature's, or the group's. */
const char            *re3_feature_item_get_name       (Re3FeatureItem        *self);
gboolean               re3_feature_item_has            (Re3FeatureItem        *self,
                                                        gsize                  feature);

/* Whether a search for @text finds it: it is part of the name, or of that of a feature of the group,
 * in whatever case. */
gboolean               re3_feature_item_matches        (Re3FeatureItem        *self,
                                                        const char            *text);
/* As people order names.
 * Returns: less than, equal to or greater than 0 */
int                    re3_feature_item_compare_names  (Re3FeatureItem        *self,
                                                        Re3FeatureItem        *other);
/* The sum over its features. @importance: n_features numbers */
double                 re3_feature_item_get_importance (Re3FeatureItem        *self,
                                                        const double          *importance);

G_END_DECLS
