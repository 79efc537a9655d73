/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

/* Between the quantiles of a violin. */
#define RE3_VIOLIN_BANDS 4

/**
 * Re3Violin:
 * @label: its name
 * @detail: (nullable): quieter text at its end, such as the number of samples
 * @color_index: class colour, or -1 for the neutral one
 * @quantiles: the least number, the quartiles and the largest number; not finite where there are no
 *   numbers: then only the names are shown
 * @densities: (nullable): n_points numbers, evenly from the first quantile to the last; %NULL where
 *   all numbers are equal
 * @n_infinite: how many more numbers are infinite, for the data behind the chart
 * @tooltips: (nullable): of the bands between the quantiles
 */
typedef struct {
  const char *label;
  const char *detail;
  int color_index;
  double quantiles[RE3_VIOLIN_BANDS + 1];
  const double *densities;
  gsize n_points;
  gsize n_infinite;
  const char *tooltips[RE3_VIOLIN_BANDS];
} Re3Violin;

/**
 * Re3ViolinData:
 * @axis_title: what the numbers are
 *
 * How numbers are spread: shapes as wide as the density, from top to bottom, on an axis that holds
 * zero; each is as wide as its row at its own largest density. A bar goes from the first to the third
 * quartile, and a dot marks the median. Marks: item = violin; series = the band between two
 * quantiles, from 0 to 3, or -1 for the rest of the row.
 */
typedef struct {
  const char *title;
  const char *description;
  const char *axis_title;
  const Re3Violin *violins;
  gsize n_violins;
} Re3ViolinData;

Re3Chart *re3_violin_chart_new (const Re3ViolinData *data);
/* The range of @band of the violin @item of a chart of this kind.
 * Returns: %FALSE where there is no such band */
gboolean  re3_violin_chart_get_band (Re3Chart *chart,
                                     int       item,
                                     int       band,
                                     double   *low,
                                     double   *high);

G_END_DECLS
