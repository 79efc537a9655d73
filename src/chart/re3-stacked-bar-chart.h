/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

/**
 * Re3StackedBar:
 * @label: its name, such as "R1"
 * @detail: (nullable): quieter text at its end, such as the purity
 * @marked: shown with a mark that says @mark_text of the data
 * @values: n_series lengths
 * @tooltip: (nullable)
 * @is_rest: a sum of all that has no bar of its own. Where it is far longer than the others, it is
 *   drawn broken, in a scale of its own, instead of dwarfing them
 */
typedef struct {
  const char *label;
  const char *detail;
  const char *tooltip;
  gboolean marked;
  const double *values;
  gboolean is_rest;
} Re3StackedBar;

/**
 * Re3StackedBarData:
 * @series_names: n_series texts, for the legend; the colours are the classes'
 * @series_colors: (nullable): n_series class colour indices, -1 for the neutral one; else 0, 1, ...
 * @mark_text: (nullable): what a mark means, for the legend
 * @hide_legend: leaves it out, for charts that share one (see re3-legend-chart.h)
 * @items: (nullable): n_bars items that the bars stand for, where these are not 0, 1, ...
 *
 * Horizontal bars of stacked segments, top to bottom. Marks: item = bar index, or what the bar stands
 * for; series = segment, or -1 for the rest of the row.
 */
typedef struct {
  const char *title;
  const char *description;
  const char *axis_title;
  const char *const *series_names;
  const int *series_colors;
  gsize n_series;
  const Re3StackedBar *bars;
  gsize n_bars;
  const char *mark_text;
  gboolean hide_legend;
  const int *items;
} Re3StackedBarData;

Re3Chart *re3_stacked_bar_chart_new (const Re3StackedBarData *data);

G_END_DECLS
