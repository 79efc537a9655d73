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

/* @window and @toasts own what is returned, and outlive it. */
Re3FigureActions *re3_figure_actions_new       (GtkWindow        *window,
                                                AdwToastOverlay  *toasts,
                                                Re3Session       *session);
void              re3_figure_actions_free      (Re3FigureActions *self);
/* @figure: its name, of re3-figures.h */
void              re3_figure_actions_export    (Re3FigureActions *self,
                                                const char       *figure);
/* What is copied is the page that would be exported: size and look are those of the last export. */
void              re3_figure_actions_copy      (Re3FigureActions *self,
                                                const char       *figure);
void              re3_figure_actions_save_data (Re3FigureActions *self,
                                                const char       *figure);

G_END_DECLS
