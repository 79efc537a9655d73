/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-scene-private.h"

G_BEGIN_DECLS

/**
 * Re3ColorBar:
 * @scale: its colours
 * @largest: the number at its end, and at its start with a minus sign where @scale is diverging;
 *   1 for 0
 * @whole: ticks at whole numbers only, for counts
 * @title: what the colours measure; may be empty
 *
 * What the colours of a map mean: a bar of them, with an axis and a title below.
 */
typedef struct {
  Re3ColorScale scale;
  double largest;
  gboolean whole;
  const char *title;
} Re3ColorBar;

/* The height that it takes. */
double re3_color_bar_measure (const Re3ColorBar *self,
                              const Re3Theme    *theme);
/* From (@x, @y) on, at most @width wide; its title may reach the right end of the canvas. */
void   re3_color_bar_add     (const Re3ColorBar *self,
                              Re3Scene          *scene,
                              double             x,
                              double             y,
                              double             width);

G_END_DECLS
