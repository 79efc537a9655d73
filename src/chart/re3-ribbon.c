/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-ribbon-private.h"

#include "re3-canvas-private.h"

#include <math.h>

/* Of a pixel: an edge that drops by less is level. */
#define LEVEL_EPSILON 1e-6

/* Of the width of a ribbon. */
#define CURVE_EPSILON 1e-6

Re3Ribbon
re3_ribbon_get_part (const Re3Ribbon *self, double from, double to)
{
  return (Re3Ribbon){ self->x0, self->y0 + from, self->x1, self->y1 + from, to - from };
}

/* --- The shape ------------------------------------------------------------------------------ */

/* How far from y0 to y1 an edge has got at @along, both from 0 to 1: x and y of the Bézier curve
 * are 1.5 t (1 - t) + t^3 and t^2 (3 - 2 t), and the t of the first is found by Newton's method,
 * whose slope is 0.75 at least.
 * @t: (inout): near it, such as that of the column before */
static inline double
rise (double along, double *t)
{
  double step;

  do {
    step = (along - *t * (1.5 - *t * (1.5 - *t))) / (1.5 - 3 * *t * (1 - *t));
    *t += step;
  } while (fabs (step) > CURVE_EPSILON);
  return *t * *t * (3 - 2 * *t);
}

/* An edge in a column of pixels: a line from the height @from on the left to @to on the right. */
typedef struct {
  double from;
  double to;
  double per_drop; /* 1 / (to - from), or 0 where it is level */
} Edge;

/* How much of a pixel with its lower side at @bottom lies below the edge moved down by @down. */
static inline double
cover_below (const Edge *edge, double bottom, double down)
{
  double left = bottom - edge->from - down;

  if (edge->per_drop == 0)
    return CLAMP (left, 0, 1);
  return (re3_integrate_ramp (left) - re3_integrate_ramp (bottom - edge->to - down)) *
         edge->per_drop;
}

/* In the column of pixels at @x the ribbon has @part of the width. @edge: the upper one */
static void
fill_column (const Re3Canvas *canvas,
             const Re3Ink *ink,
             int x,
             double part,
             const Edge *edge,
             double width)
{
  double highest = MIN (edge->from, edge->to);
  double lowest = MAX (edge->from, edge->to);
  int top = (int) floor (CLAMP (highest, canvas->top, canvas->bottom));
  int bottom = (int) ceil (CLAMP (lowest + width, canvas->top, canvas->bottom));

  for (int y = top; y < bottom; y++) {
    double covered = 1;

    if (y < lowest || y + 1 > highest + width)
      covered = cover_below (edge, y + 1, 0) - cover_below (edge, y + 1, width);
    re3_ink_blend (ink, re3_canvas_get_row (canvas, y) + x,
                   (guint32) (covered * part * RE3_COVERAGE_STEPS + 0.5));
  }
}

gboolean
re3_ribbon_fill (const Re3Ribbon *self, const Re3Color *color, cairo_t *cr)
{
  Re3Ink ink = re3_ink_from_color (color);
  Re3Canvas canvas;
  double left, right, from, drop, width;
  double t = 0;
  Edge edge;
  int x;

  if (!re3_canvas_init (&canvas, cr))
    return FALSE;

  left = canvas.x + canvas.scale_x * self->x0;
  right = canvas.x + canvas.scale_x * self->x1;
  from = canvas.y + canvas.scale_y * self->y0;
  drop = canvas.scale_y * (self->y1 - self->y0);
  width = canvas.scale_y * self->width;
  if (!(left < right))
    return FALSE;

  re3_canvas_begin (&canvas);
  x = (int) floor (MAX (left, canvas.left));
  edge.to = from + drop * rise ((MAX (x, left) - left) / (right - left), &t);
  for (; x < MIN (right, canvas.right); x++) {
    double stop = MIN (x + 1, right);

    edge.from = edge.to;
    edge.to = from + drop * rise ((stop - left) / (right - left), &t);
    edge.per_drop = fabs (edge.to - edge.from) < LEVEL_EPSILON ? 0 : 1 / (edge.to - edge.from);
    fill_column (&canvas, &ink, x, stop - MAX (x, left), &edge, width);
  }
  re3_canvas_end (&canvas);
  return TRUE;
}
