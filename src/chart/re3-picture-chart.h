/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

/**
 * Re3PictureData:
 * @values: (n_rows, n_columns), row-major
 * @labels: n_rows * n_columns names of the pixels
 * @tooltips: (nullable): likewise, in place of the name and the value
 * @scale: its colours
 * @largest: the size at which they end; 0 for the largest one of the values
 * @color_title: what the colours measure
 *
 * A picture of numbers, in square pixels, with a colour bar below. It is one mark (see
 * re3-cells-private.h) whose cells are those that are looked at: item = row, series = column.
 */
typedef struct {
  const char *title;
  const char *description;
  const double *values;
  gsize n_rows;
  gsize n_columns;
  const char *const *labels;
  const char *const *tooltips;
  Re3ColorScale scale;
  double largest;
  const char *color_title;
} Re3PictureData;

Re3Chart *re3_picture_chart_new (const Re3PictureData *data);

G_END_DECLS
