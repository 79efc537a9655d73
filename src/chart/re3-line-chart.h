/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

/**
 * Re3Line:
 * @name: for the legend
 * @x: n_points numbers, not decreasing; @y: n_points numbers
 * @color_index: class colour, or -1 for the accent
 * @is_step: a step function: y[i] holds from x[i] up to x[i + 1]
 */
typedef struct {
  const char *name;
  const double *x;
  const double *y;
  gsize n_points;
  int color_index;
  gboolean is_step;
} Re3Line;

/* A value of x to mark with a vertical line and its name. */
typedef struct {
  const char *label;
  double x;
} Re3LineMarker;

/* Marks: item = point index, series = line index. */
typedef struct {
  const char *title;
  const char *description;
  const char *x_title;
  const char *y_title;
  const Re3Line *lines;
  gsize n_lines;
  const Re3LineMarker *markers;
  gsize n_markers;
} Re3LineData;

Re3Chart *re3_line_chart_new (const Re3LineData *data);

G_END_DECLS
