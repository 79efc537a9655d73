/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

/**
 * Re3HeatmapData:
 * @row_labels: n_rows texts; @column_labels: n_columns texts
 * @row_colors: (nullable): n_rows class colour indices for a small swatch by the label; -1: none
 * @values: (n_rows, n_columns), row-major; NAN cells are left empty
 * @row_items: (nullable): n_rows items that the rows stand for, where these are not 0, 1, ...
 * @row_title, @column_title: (nullable): what the rows and the columns are
 * @scale: its colours
 * @largest: the size at which they end; 0 for the largest one of the values. Charts with the same
 *   one can share a colour bar
 * @color_title: what the colours measure
 * @hide_color_bar: leaves it out, for charts that share one (see re3-color-bar-chart.h)
 * @last_apart: the last column stands apart from the others, and is never narrow: a bias beside
 *   weights
 * @compact: many rows need not all have their names
 * @numbers: (nullable): n_rows * n_columns numbers that the data behind it are, in place of @values
 * @cell_texts: (nullable): n_rows * n_columns texts to print in place of the values
 * @cell_details: (nullable): likewise, quieter texts below where there is room for both
 * @cell_tooltips: (nullable): likewise, in place of the names and the value
 *
 * Numbers as colours, with a colour bar; values are printed where cells are large enough. Small
 * cells, and very many, are one picture (see re3-cells-private.h), in which the largest number of a
 * pixel is seen. Marks: item = row, or what it stands for; series = column, or -1 for the label of
 * the row.
 */
typedef struct {
  const char *title;
  const char *description;
  const char *const *row_labels;
  const int *row_colors;
  gsize n_rows;
  const char *const *column_labels;
  gsize n_columns;
  const double *values;
  const int *row_items;
  const char *row_title;
  const char *column_title;
  Re3ColorScale scale;
  double largest;
  const char *color_title;
  gboolean hide_color_bar;
  gboolean last_apart;
  gboolean compact;
  const double *numbers;
  const char *const *cell_texts;
  const char *const *cell_details;
  const char *const *cell_tooltips;
} Re3HeatmapData;

Re3Chart *re3_heatmap_chart_new (const Re3HeatmapData *data);

G_END_DECLS
