/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_COUNTERFACTUAL_VIEW (re3_counterfactual_view_get_type ())
G_DECLARE_FINAL_TYPE (Re3CounterfactualView,
                      re3_counterfactual_view,
                      RE3,
                      COUNTERFACTUAL_VIEW,
                      GtkWidget)

/**
 * Re3CounterfactualView:
 *
 * Asks for the nearest input of another class, shows how near that is and whether that is proven, and
 * lays it over the sample, at once or feature by feature.
 */
void re3_counterfactual_view_set_session (Re3CounterfactualView *self,
                                          Re3Session            *session);

G_END_DECLS
