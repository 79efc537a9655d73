/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

/* Lays @chart out and checks what every picture must hold: all marks are inside the canvas and no
 * two texts lie on each other. (transfer full) */
Re3Scene *scene_check_layout (Re3Chart       *chart,
                              const Re3Theme *theme,
                              double          width,
                              double          height);
/* The same for sizes from 120 x 80 to 2000 x 1200 and some even smaller ones, and for the
 * chart's natural height. */
void      scene_check_sizes  (Re3Chart       *chart,
                              const Re3Theme *theme);
/* How many text marks read @text, and the first of them. */
gsize     scene_count_text   (const Re3Scene *scene,
                              const char     *text,
                              const Re3Mark **mark);
/* The mark of @kind that stands for (@item, @series); the @nth one of them, from 0. */
const Re3Mark *scene_find    (const Re3Scene *scene,
                              Re3MarkKind     kind,
                              int             item,
                              int             series,
                              gsize           nth);
/* Moves the focus from @from, to the mark of (@item, @series), which is returned. */
const Re3Mark *scene_assert_move (const Re3Scene *scene,
                              const Re3Mark  *from,
                              Re3Direction    direction,
                              int             item,
                              int             series);
/* A picture of @side by @side pixels, black where nothing is drawn. (transfer full) */
cairo_surface_t *scene_picture (const Re3Scene *scene,
                              int             side);
/* Its red, green and blue, as 0xrrggbb. */
guint     picture_get_pixel  (cairo_surface_t *surface,
                              int              x,
                              int              y);
/* (transfer full) */
cairo_surface_t *picture_parse_png (GBytes  *bytes);
/* A number in [0, 1) that is the same in every run. */
double    next_random        (guint64        *state);

G_END_DECLS
