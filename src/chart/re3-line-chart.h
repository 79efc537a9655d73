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

/* A value of x to mark with a vertical line, its name and a dot on every line; of a ghost, which
 * shows where something was, there are only outlines. */
typedef struct {
  const char *label;
  double x;
  gboolean is_ghost;
} Re3LineMarker;

/* A stretch of x on which lines are of one piece; it is told from the next one by a light line. */
typedef struct {
  double from;
  double to;
  const char *tooltip;
} Re3LinePiece;

/* A stretch of x whose class colour is shown in a strip along the axis. */
typedef struct {
  double from;
  double to;
  int color_index;
  const char *tooltip;
} Re3LineBand;

/**
 * Re3LineData:
 * @pieces: n_pieces of them, in order and without gaps
 * @bands: n_bands of them, likewise
 * @low_y, @high_y: the ends of the vertical axis; where they are equal, those of the lines
 * @legend_elsewhere: what lines are called is said in a legend that several charts share
 *
 * Marks: item = point index, series = line index; with pieces instead item = piece, series = 0.
 * Those of bands: item = band, series = RE3_LINE_BAND.
 */
typedef struct {
  const char *title;
  const char *description;
  const char *x_title;
  const char *y_title;
  const Re3Line *lines;
  gsize n_lines;
  const Re3LineMarker *markers;
  gsize n_markers;
  const Re3LinePiece *pieces;
  gsize n_pieces;
  const Re3LineBand *bands;
  gsize n_bands;
  double low_y;
  double high_y;
  gboolean legend_elsewhere;
} Re3LineData;

/* The series of marks that stand for bands. */
#define RE3_LINE_BAND G_MAXINT

Re3Chart *re3_line_chart_new  (const Re3LineData *data);
/* What @lines are called, for charts that share a legend: nothing but names is taken of them. */
Re3Chart *re3_line_legend_new (const Re3Line     *lines,
                               gsize              n_lines);

G_END_DECLS
