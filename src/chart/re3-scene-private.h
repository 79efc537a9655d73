/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-cells-private.h"
#include "re3-chart.h"
#include "re3-ribbon-private.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/**
 * Re3Paint:
 * @fill: alpha 0: none
 * @stroke: alpha 0: none
 * @stroke_width: in chart units
 * @dash: length of dashes and gaps; 0: a whole line
 * @radius: of the corners of a rectangle
 */
typedef struct {
  Re3Color fill;
  Re3Color stroke;
  double stroke_width;
  double dash;
  double radius;
} Re3Paint;

/* What a mark stands for; the tooltip is the chart's. */
typedef struct {
  int item;
  int series;
  const char *tooltip;
} Re3Datum;

typedef enum {
  RE3_PATH_MOVE,  /* to (x[0], y[0]) */
  RE3_PATH_LINE,  /* to (x[0], y[0]) */
  RE3_PATH_CURVE, /* by (x[0], y[0]) and (x[1], y[1]) to (x[2], y[2]) */
  RE3_PATH_CLOSE,
} Re3PathVerb;

typedef struct {
  Re3PathVerb verb;
  double x[3];
  double y[3];
} Re3PathElement;

/* Of the path of a ribbon: a move, a curve, a line, a curve, and the end. */
#define RE3_RIBBON_ELEMENTS 5

/* Which point of a text stands at the place it is given: along its direction. */
typedef enum {
  RE3_ANCHOR_START,
  RE3_ANCHOR_MIDDLE,
  RE3_ANCHOR_END,
} Re3Anchor;

/* How far before the anchor a text starts. */
static inline double
re3_anchor_offset (Re3Anchor anchor, double width)
{
  switch (anchor) {
  case RE3_ANCHOR_START:
    return 0;
  case RE3_ANCHOR_MIDDLE:
    return width / 2;
  case RE3_ANCHOR_END:
    return width;
  default:
    g_assert_not_reached ();
  }
}

/* @vertical: reads from below to above. */
typedef struct {
  double size;
  gboolean bold;
  gboolean vertical;
  Re3Anchor anchor;
  Re3Color color;
} Re3TextStyle;

static inline Re3TextStyle
re3_text_style (double size, const Re3Color *color, Re3Anchor anchor)
{
  return (Re3TextStyle){ .size = size, .anchor = anchor, .color = *color };
}

/**
 * Re3ScenePart:
 *
 * A mark with its paint: all that drawing it, hitting it or writing it to a file needs. @x and @y
 * are where a text is anchored: on its baseline. The path of ribbons is RE3_RIBBON_ELEMENTS for each.
 * @lit_item and @lit_series are the datum that it is
 * lit with.
 */
typedef struct {
  Re3Mark mark;
  int lit_item;
  int lit_series;
  Re3Paint paint;
  guint first_element;
  guint n_elements;
  gboolean is_ribbons;
  Re3TextStyle style;
  PangoLayout *text;
  Re3Cells *cells;
  double x;
  double y;
} Re3ScenePart;

/* @chart: (nullable): its texts are borrowed, so it is kept alive. */
Re3Scene             *re3_scene_new           (Re3Chart             *chart,
                                               const Re3Theme       *theme,
                                               double                width,
                                               double                height);
/* (nullable) */
Re3Chart             *re3_scene_get_chart     (const Re3Scene       *self);
const Re3Theme       *re3_scene_get_theme     (const Re3Scene       *self);
const Re3ScenePart   *re3_scene_get_part      (const Re3Scene       *self,
                                               gsize                 index);
const Re3PathElement *re3_scene_get_elements  (const Re3Scene       *self,
                                               const Re3ScenePart   *part);

/* Marks are added in painting order. @datum: (nullable). */
void     re3_scene_add_rectangle (Re3Scene           *self,
                                  const Re3Rect      *rectangle,
                                  const Re3Paint     *paint,
                                  const Re3Datum     *datum);
/* @cells: (transfer full) */
void     re3_scene_add_cells     (Re3Scene           *self,
                                  const Re3Rect      *rectangle,
                                  Re3Cells           *cells);
/* A path is built step by step and becomes a mark with add_path(). */
void     re3_scene_move_to       (Re3Scene           *self,
                                  double              x,
                                  double              y);
void     re3_scene_line_to       (Re3Scene           *self,
                                  double              x,
                                  double              y);
void     re3_scene_curve_to      (Re3Scene           *self,
                                  double              x1,
                                  double              y1,
                                  double              x2,
                                  double              y2,
                                  double              x3,
                                  double              y3);
void     re3_scene_close_path    (Re3Scene           *self);
void     re3_scene_add_path      (Re3Scene           *self,
                                  const Re3Paint     *paint,
                                  const Re3Datum     *datum);
/* One mark of @n_ribbons ribbons, which do not overlap. */
void     re3_scene_add_ribbons   (Re3Scene           *self,
                                  const Re3Ribbon    *ribbons,
                                  gsize               n_ribbons,
                                  const Re3Paint     *paint,
                                  const Re3Datum     *datum);
/* The mark that was added last stands for nothing, but goes with @datum: it is lit and fades with
 * it, as the edge of a shape or the ground of a text. */
void     re3_scene_light_with    (Re3Scene           *self,
                                  const Re3Datum     *datum);
/* One straight line. */
void     re3_scene_add_line      (Re3Scene           *self,
                                  double              x0,
                                  double              y0,
                                  double              x1,
                                  double              y1,
                                  const Re3Color     *color,
                                  double              stroke_width);
/* The nearest place at which an upright or level line of width 1 fills whole pixels on screen,
 * and ends before @most. */
double   re3_scene_snap          (double              position,
                                  double              most);
/* A filled circle. */
void     re3_scene_add_dot       (Re3Scene           *self,
                                  double              x,
                                  double              y,
                                  double              radius,
                                  const Re3Color     *color);
/* A filled diamond: what marks a row, told from other shapes without its colour. */
void     re3_scene_add_diamond   (Re3Scene           *self,
                                  double              x,
                                  double              y,
                                  double              radius,
                                  const Re3Color     *color,
                                  const Re3Datum     *datum);
/* A copy that lives as long as the scene, for tooltips that the chart does not hold. */
const char *re3_scene_keep_text  (Re3Scene           *self,
                                  const char         *text);
/* One line of text whose anchor is at (x, y), the middle of its height; cut with an ellipsis
 * where it is longer than @max_width (0: any length), and left out where nothing would remain.
 * Returns: its width, 0 if it was left out. */
double   re3_scene_add_text      (Re3Scene           *self,
                                  const char         *text,
                                  const Re3TextStyle *style,
                                  double              x,
                                  double              y,
                                  double              max_width,
                                  const Re3Datum     *datum);
/* Adds all marks of @scene, moved by (@x, @y): whole numbers, so that what was made to fill whole
 * pixels still does. They are in @panel then. @scene: (transfer full) */
void     re3_scene_add_scene     (Re3Scene           *self,
                                  Re3Scene           *scene,
                                  double              x,
                                  double              y,
                                  int                 panel);

G_END_DECLS
