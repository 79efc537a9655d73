/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

/**
 * Re3LegendData:
 * @title: what the chart is called where it is read aloud
 * @series_names: n_series texts
 * @series_colors: their class colour indices, -1 for the neutral one
 * @mark_text: (nullable): what a diamond means
 *
 * A legend alone, for several charts that share it. It has no data, and its marks no items.
 */
typedef struct {
  const char *title;
  const char *const *series_names;
  const int *series_colors;
  gsize n_series;
  const char *mark_text;
} Re3LegendData;

Re3Chart *re3_legend_chart_new (const Re3LegendData *data);

G_END_DECLS
