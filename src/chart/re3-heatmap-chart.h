/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

/**
 * Re3HeatmapData:
 * @row_labels: n_rows texts; @column_labels: n_columns texts
 * @row_colors: (nullable): n_rows class colour indices for a small swatch by the label; -1: none
 * @values: (n_rows, n_columns), row-major; NAN cells are left empty
 * @color_title: what the colours measure
 *
 * A diverging, symmetric scale with its colour bar; values are printed where cells are large
 * enough. Marks: item = row, series = column.
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
  const char *color_title;
} Re3HeatmapData;

Re3Chart *re3_heatmap_chart_new (const Re3HeatmapData *data);

G_END_DECLS
