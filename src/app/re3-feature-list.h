/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_FEATURE_LIST (re3_feature_list_get_type ())
G_DECLARE_FINAL_TYPE (Re3FeatureList, re3_feature_list, RE3, FEATURE_LIST, GtkWidget)

/**
 * Re3FeatureList:
 *
 * A row with a slider for each feature. Where they are many, they can be searched, and put in order by
 * name or by importance.
 */
void re3_feature_list_set_session (Re3FeatureList *self,
                                   Re3Session     *session);

G_END_DECLS
