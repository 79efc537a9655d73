/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_FEATURE_SCALE (re3_feature_scale_get_type ())
G_DECLARE_FINAL_TYPE (Re3FeatureScale, re3_feature_scale, RE3, FEATURE_SCALE, GtkScale)

/**
 * Re3FeatureScale:
 *
 * A horizontal scale with, behind its trough, a band where the activation pattern stays the same,
 * and a tick where the value stood before it was edited.
 */

/* Infinite ends reach to the end of the trough; an empty band (@low > @high) is not drawn. */
void re3_feature_scale_set_interval (Re3FeatureScale *self,
                                     double           low,
                                     double           high);
void re3_feature_scale_set_original (Re3FeatureScale *self,
                                     double           value);

G_END_DECLS
