/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-ribbon-private.h"

#include <math.h>

/* Of a pixel; nearer to the grid than this is on it. */
#define GRID_EPSILON 1e-6

/* Of the width of a ribbon. */
#define CURVE_EPSILON 1e-6

/* In this many parts of a pixel coverage is counted. */
#define COVERAGE_STEPS 256

Re3Ribbon
re3_ribbon_get_part (const Re3Ribbon *self, double from, double to)
{
  return (Re3Ribbon){ self->x0, self->y0 + from, self->x1, self->y1 + from, to - from };
}

/* --- The image ------------------------------------------------------------------------------ */

/* Pixels from (left, top) to before (right, bottom) may be drawn on; user space is scaled and then
 * moved to pixels. */
typedef struct {
  cairo_surface_t *surface;
  guchar *data;
  int stride;
  int left;
  int top;
  int right;
  int bottom;
  double scale_x;
  double scale_y;
  double x;
  double y;
} Canvas;

static gboolean
is_whole (double number)
{
  return fabs (number - round (number)) < GRID_EPSILON;
}

static gboolean
clip_canvas (Canvas *self, cairo_t *cr)
{
  cairo_rectangle_list_t *list = cairo_copy_clip_rectangle_list (cr);
  gboolean is_plain = list->status == CAIRO_STATUS_SUCCESS && list->num_rectangles == 1;

  if (is_plain) {
    const cairo_rectangle_t *clip = list->rectangles;
    double left = self->x + self->scale_x * clip->x;
    double top = self->y + self->scale_y * clip->y;
    double right = left + self->scale_x * clip->width;
    double bottom = top + self->scale_y * clip->height;

    self->left = (int) round (MAX (left, 0));
    self->top = (int) round (MAX (top, 0));
    self->right = (int) round (MIN (right, cairo_image_surface_get_width (self->surface)));
    self->bottom = (int) round (MIN (bottom, cairo_image_surface_get_height (self->surface)));
    is_plain = is_whole (left) && is_whole (top) && is_whole (right) && is_whole (bottom);
  }
  cairo_rectangle_list_destroy (list);
  return is_plain;
}

static gboolean
canvas_init (Canvas *self, cairo_t *cr)
{
  cairo_matrix_t matrix;
  cairo_format_t format;
  double scale_x, scale_y, offset_x, offset_y;

  self->surface = cairo_get_target (cr);
  if (cairo_surface_get_type (self->surface) != CAIRO_SURFACE_TYPE_IMAGE ||
      cairo_get_group_target (cr) != self->surface ||
      cairo_get_operator (cr) != CAIRO_OPERATOR_OVER)
    return FALSE;
  format = cairo_image_surface_get_format (self->surface);
  cairo_get_matrix (cr, &matrix);
  if ((format != CAIRO_FORMAT_ARGB32 && format != CAIRO_FORMAT_RGB24) || matrix.xy != 0 ||
      matrix.yx != 0 || matrix.xx <= 0 || matrix.yy <= 0)
    return FALSE;

  cairo_surface_get_device_scale (self->surface, &scale_x, &scale_y);
  cairo_surface_get_device_offset (self->surface, &offset_x, &offset_y);
  self->scale_x = scale_x * matrix.xx;
  self->scale_y = scale_y * matrix.yy;
  self->x = scale_x * matrix.x0 + offset_x;
  self->y = scale_y * matrix.y0 + offset_y;
  return clip_canvas (self, cr);
}

/* --- Pixels --------------------------------------------------------------------------------- */

/* Red, green, blue, premultiplied, and alpha as 16-bit numbers. */
typedef struct {
  guint32 blue;
  guint32 green;
  guint32 red;
  guint32 alpha;
} Ink;

static Ink
ink_from_color (const Re3Color *color)
{
  double alpha = CLAMP (color->alpha, 0, 1) * G_MAXUINT16;

  return (Ink){ (guint32) round (color->blue * alpha), (guint32) round (color->green * alpha),
                (guint32) round (color->red * alpha), (guint32) round (alpha) };
}

static inline guint32
blend_channel (guint32 pixel, int shift, guint32 ink, guint32 left)
{
  return (ink * 255u + (pixel >> shift & 255u) * left + G_MAXUINT16 / 2) / G_MAXUINT16 << shift;
}

/* Lays @ink over the pixel; @share of COVERAGE_STEPS of which it covers. */
static inline void
blend (guint32 *pixel, const Ink *ink, guint32 share)
{
  guint32 left = G_MAXUINT16 - ink->alpha * share / COVERAGE_STEPS;

  *pixel = blend_channel (*pixel, 0, ink->blue * share / COVERAGE_STEPS, left) |
           blend_channel (*pixel, 8, ink->green * share / COVERAGE_STEPS, left) |
           blend_channel (*pixel, 16, ink->red * share / COVERAGE_STEPS, left) |
           blend_channel (*pixel, 24, ink->alpha * share / COVERAGE_STEPS, left);
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

/* The integral of CLAMP (z, 0, 1) up to z. */
static inline double
integrate_ramp (double z)
{
  return z <= 0 ? 0 : z < 1 ? z * z / 2 : z - 0.5;
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
  return (integrate_ramp (left) - integrate_ramp (bottom - edge->to - down)) * edge->per_drop;
}

/* In the column of pixels at @x the ribbon has @part of the width. @edge: the upper one */
static void
fill_column (const Canvas *canvas,
             const Ink *ink,
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
    guint32 *pixel = (guint32 *) (void *) (canvas->data + (gssize) y * canvas->stride) + x;
    double covered = 1;

    if (y < lowest || y + 1 > highest + width)
      covered = cover_below (edge, y + 1, 0) - cover_below (edge, y + 1, width);
    blend (pixel, ink, (guint32) (covered * part * COVERAGE_STEPS + 0.5));
  }
}

gboolean
re3_ribbon_fill (const Re3Ribbon *self, const Re3Color *color, cairo_t *cr)
{
  Ink ink = ink_from_color (color);
  Canvas canvas;
  double left, right, from, drop, width;
  double t = 0;
  Edge edge;
  int x;

  if (!canvas_init (&canvas, cr))
    return FALSE;

  left = canvas.x + canvas.scale_x * self->x0;
  right = canvas.x + canvas.scale_x * self->x1;
  from = canvas.y + canvas.scale_y * self->y0;
  drop = canvas.scale_y * (self->y1 - self->y0);
  width = canvas.scale_y * self->width;
  if (!(left < right))
    return FALSE;

  cairo_surface_flush (canvas.surface);
  canvas.data = cairo_image_surface_get_data (canvas.surface);
  canvas.stride = cairo_image_surface_get_stride (canvas.surface);
  x = (int) floor (MAX (left, canvas.left));
  edge.to = from + drop * rise ((MAX (x, left) - left) / (right - left), &t);
  for (; x < MIN (right, canvas.right); x++) {
    double stop = MIN (x + 1, right);

    edge.from = edge.to;
    edge.to = from + drop * rise ((stop - left) / (right - left), &t);
    edge.per_drop = fabs (edge.to - edge.from) < GRID_EPSILON ? 0 : 1 / (edge.to - edge.from);
    fill_column (&canvas, &ink, x, stop - MAX (x, left), &edge, width);
  }
  cairo_surface_mark_dirty (canvas.surface);
  return TRUE;
}
