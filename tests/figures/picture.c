/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture.h"

#include <math.h>
#include <string.h>

#define MOST_MEAN  0.5
#define MOST_WORST 40.0

/* Between pictures that are shown together, in pixels. */
#define GAP 8

typedef struct {
  const guchar *data;
  gsize size;
  gsize position;
} Reader;

static cairo_status_t
read_bytes (void *closure, unsigned char *data, unsigned int length)
{
  Reader *reader = closure;

  if (length > reader->size - reader->position)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, reader->data + reader->position, length);
  reader->position += length;
  return CAIRO_STATUS_SUCCESS;
}

cairo_surface_t *
picture_from_png (GBytes *png)
{
  Reader reader = { 0 };
  cairo_surface_t *surface;

  reader.data = g_bytes_get_data (png, &reader.size);
  surface = cairo_image_surface_create_from_png_stream (read_bytes, &reader);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  return surface;
}

/* Red, green or blue of a pixel; figures have a background without holes. */
static int
color_at (cairo_surface_t *picture, int x, int y, int channel)
{
  const guchar *row = cairo_image_surface_get_data (picture) +
                      (gsize) y * (gsize) cairo_image_surface_get_stride (picture);

  return (int) (((const guint32 *) (const void *) row)[x] >> (8 * channel) & 0xff);
}

/* Of the mean over 3 x 3 pixels in the middle of which (@x, @y) is. */
static double
difference_around (cairo_surface_t *a, cairo_surface_t *b, int x, int y, int channel)
{
  int sum = 0;

  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++)
      sum += color_at (a, x + dx, y + dy, channel) - color_at (b, x + dx, y + dy, channel);
  return abs (sum) / 9.0;
}

PictureDifference
picture_compare (cairo_surface_t *a, cairo_surface_t *b)
{
  int width = cairo_image_surface_get_width (a);
  int height = cairo_image_surface_get_height (a);
  PictureDifference difference = { 0 };

  if (width != cairo_image_surface_get_width (b) || height != cairo_image_surface_get_height (b))
    return (PictureDifference){ INFINITY, INFINITY };

  cairo_surface_flush (a);
  cairo_surface_flush (b);
  for (int channel = 0; channel < 3; channel++)
    for (int y = 0; y < height; y++)
      for (int x = 0; x < width; x++) {
        difference.mean += abs (color_at (a, x, y, channel) - color_at (b, x, y, channel));
        if (x > 0 && y > 0 && x + 1 < width && y + 1 < height)
          difference.worst = MAX (difference.worst, difference_around (a, b, x, y, channel));
      }
  difference.mean /= 3.0 * width * height;
  return difference;
}

gboolean
picture_is_same (PictureDifference difference)
{
  return difference.mean <= MOST_MEAN && difference.worst <= MOST_WORST;
}

gboolean
picture_write_comparison (cairo_surface_t *before, cairo_surface_t *after, const char *path)
{
  int first = cairo_image_surface_get_width (before) + GAP;
  int second = first + cairo_image_surface_get_width (after) + GAP;
  int width = second + cairo_image_surface_get_width (after);
  int height =
      MAX (cairo_image_surface_get_height (before), cairo_image_surface_get_height (after));
  g_autoptr (cairo_surface_t) sheet =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (sheet);
  cairo_status_t status;

  cairo_set_source_rgb (cr, 0.5, 0.5, 0.5);
  cairo_paint (cr);
  cairo_set_source_surface (cr, before, 0, 0);
  cairo_paint (cr);
  cairo_set_source_surface (cr, after, first, 0);
  cairo_paint (cr);
  cairo_set_source_surface (cr, after, second, 0);
  cairo_paint (cr);
  cairo_rectangle (cr, second, 0, width - second, height);
  cairo_clip (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_DIFFERENCE);
  cairo_set_source_surface (cr, before, second, 0);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_destroy (cr);
  status = cairo_surface_write_to_png (sheet, path);
  return status == CAIRO_STATUS_SUCCESS;
}
