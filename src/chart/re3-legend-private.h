/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-scene-private.h"

G_BEGIN_DECLS

/* In times the theme's font size. */
#define RE3_LEGEND_LINE_HEIGHT 1.5

typedef enum {
  RE3_LEGEND_SWATCH,  /* a filled square */
  RE3_LEGEND_LINE,    /* a stroke */
  RE3_LEGEND_DIAMOND, /* a filled diamond */
  RE3_LEGEND_HEIGHT,  /* an upright bar of a given height: what a length stands for */
} Re3LegendShape;

/* @label: borrowed; @height: in chart units, for RE3_LEGEND_HEIGHT alone */
typedef struct {
  const char *label;
  Re3LegendShape shape;
  Re3Paint paint;
  double height;
} Re3LegendEntry;

/* Entries one after another, in as many lines as the width asks for but at most @most_lines; how
 * many were left out is said at the end. */

/* The height that they take. */
double re3_legend_measure (const Re3Theme       *theme,
                           const Re3LegendEntry *entries,
                           gsize                 n_entries,
                           double                width,
                           gsize                 most_lines);
void   re3_legend_add     (Re3Scene             *scene,
                           const Re3LegendEntry *entries,
                           gsize                 n_entries,
                           double                x,
                           double                y,
                           double                width,
                           gsize                 most_lines);
/* A swatch for each of @n_series, with the class colour @colors[i] or the neutral one where that is
 * negative, and a diamond for @mark_text: (nullable). (transfer full): Re3LegendEntry */
GArray *re3_legend_make_series (const Re3Theme       *theme,
                                const char *const    *names,
                                const int            *colors,
                                gsize                 n_series,
                                const char           *mark_text);

G_END_DECLS
