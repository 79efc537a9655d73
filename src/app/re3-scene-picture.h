/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is @seen of a scene, in its units, with its upper left corner at (0, 0), drawn once in the pixels
 * of the screen: @scale of them to a unit. @highlight: (nullable). (transfer full) */
GskRenderNode *re3_scene_picture_new (const Re3Scene     *scene,
                                      const Re3Highlight *highlight,
                                      Re3Rect             seen,
                                      int                 scale);
/* An outline around all of it that @is_in says yes to, which is asked for every mark. (transfer full) */
GskRenderNode *re3_scene_outlines_new (const Re3Scene    *scene,
                                      Re3MarkFunc         is_in,
                                      gpointer            user_data,
                                      Re3Rect             seen);
/* Something to lie above it, drawn on with @cr in the units of the scene. @cr: (out) (transfer full).
 * (transfer full) */
GskRenderNode *re3_scene_layer_new   (Re3Rect             seen,
                                      cairo_t           **cr);

G_END_DECLS
