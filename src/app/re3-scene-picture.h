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

G_END_DECLS
