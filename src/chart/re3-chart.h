/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart-table.h"
#include "re3-highlight.h"
#include "re3-scene.h"

G_BEGIN_DECLS

/**
 * Re3Chart:
 *
 * Numbers and names with a way to draw them. It knows no network and no widget: a figure makes it
 * from results, a widget or a file writer lays it out. Immutable and reference counted. Each kind
 * has a constructor in its own header that copies what it is given.
 */
typedef struct _Re3Chart Re3Chart;

/**
 * Re3DatumKey:
 *
 * One datum, whatever its index: the same in charts that a figure makes of different samples.
 */
typedef struct {
  int series;
  guint first;
  guint second;
} Re3DatumKey;

Re3Chart   *re3_chart_ref            (Re3Chart       *self);
void        re3_chart_unref          (Re3Chart       *self);
/* "Contributions to versicolor" */
const char *re3_chart_get_title      (const Re3Chart *self);
/* What a person who cannot see it is told: the kind, the sizes, the largest parts. */
const char *re3_chart_get_description (const Re3Chart *self);
/* The height at which everything reads well at @width; the chart also draws in less. */
double      re3_chart_get_natural_height (Re3Chart       *self,
                                          const Re3Theme *theme,
                                          double          width);
/* Lays out for a size in chart units (1/96 inch). (transfer full) */
Re3Scene   *re3_chart_layout         (Re3Chart       *self,
                                      const Re3Theme *theme,
                                      double          width,
                                      double          height);
/* What is lit while the rest fades when (@item, @series) is looked at. (nullable): nothing fades.
 * (transfer full) */
Re3Highlight *re3_chart_get_highlight (Re3Chart      *self,
                                       int            item,
                                       int            series);
/* What (@item, @series) is called in every chart of the figure. */
Re3DatumKey re3_chart_get_key        (Re3Chart       *self,
                                      int             item,
                                      int             series);
/* Returns: whether this chart has it; then @item and @series are set. */
gboolean    re3_chart_find_key       (Re3Chart          *self,
                                      const Re3DatumKey *key,
                                      int               *item,
                                      int               *series);
/* The data behind it: the numbers that it was made from. (transfer full) */
Re3ChartTable *re3_chart_get_data    (Re3Chart       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Chart, re3_chart_unref)

G_END_DECLS
