/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-theme.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Each letter is taken to the nearest of this many places within a pixel, across and down. */
#define RE3_GLYPH_PLACES 8

/* Draws the line of @layout from (@x, @y), where its baseline starts, to the right, or upwards if it
 * is @vertical. Letters are filled once for each of their places within a pixel and kept: the same
 * come in every frame of a drag, and filling their outlines is most of the work on a chart. Each
 * thread has its own.
 * Returns: %FALSE, and draws nothing, where @cr does not draw upright on an image within a rectangle
 * of whole pixels, or a letter is in no font */
gboolean re3_glyphs_draw (PangoLayout    *layout,
                          double          x,
                          double          y,
                          gboolean        vertical,
                          const Re3Color *color,
                          cairo_t        *cr);

G_END_DECLS
