/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-axis-private.h"
#include "re3-chart-private.h"
#include "re3-legend-private.h"
#include "re3-line-chart.h"

G_BEGIN_DECLS

/* What the parts of a line chart share: lines themselves, what is marked on them, and what stands
 * for stretches of x. */

/* Around the plot, so that dots and strokes at its borders stay on the canvas. */
#define RE3_LINE_EDGE 4.0

/* A legend of lines has at most so many lines itself. */
#define RE3_LINE_LEGEND_LINES 2

typedef struct {
  Re3Chart parent;
  Re3Line *lines;
  gsize n_lines;
  Re3LineMarker *markers;
  gsize n_markers;
  Re3LinePiece *pieces;
  gsize n_pieces;
  Re3LineBand *bands;
  gsize n_bands;
  gboolean legend_elsewhere;
  const char *x_title;
  const char *y_title;
  double low_x;
  double high_x;
  double low_y;
  double high_y;
} Re3LineChart;

/* @right, @bottom: of the plot; the strip of the bands is below it. What has no room is NAN, and the
 * strip 0. */
typedef struct {
  Re3Axis x;
  Re3Axis y;
  double legend_height;
  gsize n_marker_rows;
  double left;
  double right;
  double top;
  double bottom;
  double strip_height;
  double y_title_y;
  double x_label_y;
  double x_title_y;
  double y_label_x;
} Re3LineFrame;

/* Where a marker's label stands: to the right of its line, or to the left near the end, in a row
 * above the plot. */
typedef struct {
  double x;
  double start;
  double end;
  gboolean to_left;
  gsize row;
} Re3MarkerPlace;

/* Lines are told apart by their dashes too. */
Re3Paint re3_line_paint             (const Re3Line       *line,
                                     gsize                index,
                                     const Re3Theme      *theme);
/* (transfer full): of Re3LegendEntry, whose labels are borrowed; none for a single line. */
GArray  *re3_line_make_legend       (const Re3Line       *lines,
                                     gsize                n_lines,
                                     const Re3Theme      *theme);
/* Where a line that has points is at @x. */
double   re3_line_value_at          (const Re3Line       *line,
                                     double               x);

/* @right: where labels end at most; @places: (out): n_markers of them. Returns: the number of rows. */
gsize    re3_line_place_markers     (const Re3LineChart  *self,
                                     const Re3Theme      *theme,
                                     const Re3Axis       *axis,
                                     double               right,
                                     Re3MarkerPlace      *places);
void     re3_line_add_markers       (const Re3LineChart  *self,
                                     Re3Scene            *scene,
                                     const Re3LineFrame  *frame,
                                     const Re3MarkerPlace *places);

/* The height of the strip that shows the bands, and of what parts it from the plot. */
double   re3_line_measure_strip     (const Re3LineChart  *self,
                                     const Re3Theme      *theme);
void     re3_line_add_breaks        (const Re3LineChart  *self,
                                     Re3Scene            *scene,
                                     const Re3LineFrame  *frame);
void     re3_line_add_bands         (const Re3LineChart  *self,
                                     Re3Scene            *scene,
                                     const Re3LineFrame  *frame);
void     re3_line_add_piece_hits    (const Re3LineChart  *self,
                                     Re3Scene            *scene,
                                     const Re3LineFrame  *frame);

G_END_DECLS
