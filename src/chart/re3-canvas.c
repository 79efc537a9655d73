/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-canvas-private.h"

#include <math.h>

/* Of a pixel; nearer to the grid than this is on it. */
#define GRID_EPSILON 1e-6

static gboolean
is_whole (double number)
{
  return fabs (number - round (number)) < GRID_EPSILON;
}

static gboolean
take_clip (Re3Canvas *self, cairo_t *cr)
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

gboolean
re3_canvas_init (Re3Canvas *self, cairo_t *cr)
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
  return take_clip (self, cr);
}

void
re3_canvas_begin (Re3Canvas *self)
{
  cairo_surface_flush (self->surface);
  self->data = cairo_image_surface_get_data (self->surface);
  self->stride = cairo_image_surface_get_stride (self->surface);
}

void
re3_canvas_end (Re3Canvas *self)
{
  cairo_surface_mark_dirty (self->surface);
}

Re3Ink
re3_ink_from_color (const Re3Color *color)
{
  double alpha = CLAMP (color->alpha, 0, 1) * G_MAXUINT16;

  return (Re3Ink){ (guint32) round (color->blue * alpha), (guint32) round (color->green * alpha),
                   (guint32) round (color->red * alpha), (guint32) round (alpha) };
}
