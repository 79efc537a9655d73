/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * Re3FigureActions:
 *
 * What can be done with a figure of what a window shows: export it, copy it, save its data. Each
 * ends in a toast, or in a message that says why not.
 */
typedef struct _Re3FigureActions Re3FigureActions;

/* Adds to @window, an action map, "export", "copy", "export-figure", "copy-figure" and
 * "save-figure-data". The last three are of the figure that their parameter names (re3-figures.h),
 * the others of the one that is looked at. @window, @toasts and @pages own what is returned, and
 * outlive it. */
Re3FigureActions *re3_figure_actions_new  (GtkWindow        *window,
                                           AdwToastOverlay  *toasts,
                                           AdwViewStack     *pages,
                                           Re3Session       *session);
void              re3_figure_actions_free (Re3FigureActions *self);

G_END_DECLS
