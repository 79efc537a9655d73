/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-theme.h"

#include <cairo.h>

G_BEGIN_DECLS

/**
 * Re3Ribbon:
 *
 * A band from (x0, y0), its upper edge at the source, to (x1, y1), with x1 right of x0. It is as wide
 * as @width upright, everywhere; both edges are Bézier curves that leave and arrive level and bend in
 * the middle.
 */
typedef struct {
  double x0;
  double y0;
  double x1;
  double y1;
  double width;
} Re3Ribbon;

/* The part of it between two distances from its upper edge. */
Re3Ribbon re3_ribbon_get_part (const Re3Ribbon *self,
                               double           from,
                               double           to);
/* Fills it pixel by pixel: a Sankey has hundreds, and Cairo takes several times as long for the same
 * picture. Returns: %FALSE, and draws nothing, where @cr does not draw upright on an image within a
 * rectangle of whole pixels */
gboolean  re3_ribbon_fill     (const Re3Ribbon *self,
                               const Re3Color  *color,
                               cairo_t         *cr);

G_END_DECLS
