/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-theme.h"

#include <cairo.h>

G_BEGIN_DECLS

/* In this many parts of a pixel coverage is counted. */
#define RE3_COVERAGE_STEPS 256

/**
 * Re3Canvas:
 *
 * The image that a cairo_t draws on, for what is drawn pixel by pixel: pixels from (@left, @top) to
 * before (@right, @bottom) may be changed. User space is scaled, then moved by (@x, @y), to pixels.
 */
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
} Re3Canvas;

/* Returns: %FALSE where @cr does not draw upright on an image within a rectangle of whole pixels, one
 * over the other: Cairo is to draw there. */
gboolean re3_canvas_init  (Re3Canvas *self,
                           cairo_t   *cr);
/* Around all that is changed. */
void     re3_canvas_begin (Re3Canvas *self);
void     re3_canvas_end   (Re3Canvas *self);

/* The pixel at 0 of row @y. */
static inline guint32 *
re3_canvas_get_row (const Re3Canvas *self, int y)
{
  return (guint32 *) (void *) (self->data + (gssize) y * self->stride);
}

/* The integral of CLAMP (z, 0, 1) up to z: with it the parts of pixels beside an edge are exact. */
static inline double
re3_integrate_ramp (double z)
{
  return z <= 0 ? 0 : z < 1 ? z * z / 2 : z - 0.5;
}

/* Red, green, blue, premultiplied, and alpha as 16-bit numbers. */
typedef struct {
  guint32 blue;
  guint32 green;
  guint32 red;
  guint32 alpha;
} Re3Ink;

Re3Ink re3_ink_from_color (const Re3Color *color);

static inline guint32
re3_ink_blend_channel (guint32 pixel, int shift, guint32 ink, guint32 left)
{
  return (ink * 255u + (pixel >> shift & 255u) * left + G_MAXUINT16 / 2) / G_MAXUINT16 << shift;
}

/* Lays @self over the pixel; @share of RE3_COVERAGE_STEPS of which it covers. */
static inline void
re3_ink_blend (const Re3Ink *self, guint32 *pixel, guint32 share)
{
  guint32 left = G_MAXUINT16 - self->alpha * share / RE3_COVERAGE_STEPS;

  *pixel = re3_ink_blend_channel (*pixel, 0, self->blue * share / RE3_COVERAGE_STEPS, left) |
           re3_ink_blend_channel (*pixel, 8, self->green * share / RE3_COVERAGE_STEPS, left) |
           re3_ink_blend_channel (*pixel, 16, self->red * share / RE3_COVERAGE_STEPS, left) |
           re3_ink_blend_channel (*pixel, 24, self->alpha * share / RE3_COVERAGE_STEPS, left);
}

G_END_DECLS
