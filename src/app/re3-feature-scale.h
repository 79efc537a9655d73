/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-response.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_FEATURE_SCALE (re3_feature_scale_get_type ())
G_DECLARE_FINAL_TYPE (Re3FeatureScale, re3_feature_scale, RE3, FEATURE_SCALE, GtkScale)

/**
 * Re3FeatureScale:
 *
 * A horizontal scale over all that is known of a feature: a histogram of the data; the track in the
 * colours of the class that is predicted at each value; a tick at every breakpoint; a band where
 * the activation pattern stays the same; hatching beyond the range of the data; and a ring where
 * the value stood before it was edited.
 */

/* What is in the data: their range, and how many values are in each of @n_bins equal parts of it.
 * @counts: copied */
void   re3_feature_scale_set_data     (Re3FeatureScale   *self,
                                       double             low,
                                       double             high,
                                       const guint32     *counts,
                                       gsize              n_bins);
/* Infinite ends reach to the end of the track; an empty band (@low > @high) is not drawn. */
void   re3_feature_scale_set_interval (Re3FeatureScale   *self,
                                       double             low,
                                       double             high);
void   re3_feature_scale_set_original (Re3FeatureScale   *self,
                                       double             value);
/* @response: (transfer full) (nullable): over the whole track */
void   re3_feature_scale_set_response (Re3FeatureScale   *self,
                                       Re3Response       *response);

G_END_DECLS
