/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "finer-check.h"

#include <math.h>

cairo_surface_t *
finer_check_begin (int finer, cairo_t **cr)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, FINER_CHECK_SIDE * finer, FINER_CHECK_SIDE * finer);

  cairo_surface_set_device_scale (surface, finer, finer);
  *cr = cairo_create (surface);
  cairo_set_source_rgb (*cr, 0.9, 0.8, 0.2);
  cairo_rectangle (*cr, 0, 0, FINER_CHECK_SIDE, FINER_CHECK_SIDE / 2);
  cairo_fill (*cr);
  return surface;
}

static double
average (cairo_surface_t *surface, int x, int y, int channel)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int sum = 0;

  for (int row = y * FINER_CHECK_PIXELS; row < (y + 1) * FINER_CHECK_PIXELS; row++)
    for (int column = x * FINER_CHECK_PIXELS; column < (x + 1) * FINER_CHECK_PIXELS; column++)
      sum += data[row * stride + 4 * column + channel];
  return (double) sum / (FINER_CHECK_PIXELS * FINER_CHECK_PIXELS);
}

void
finer_check_same (cairo_surface_t *picture,
                  cairo_surface_t *finer,
                  double most_difference,
                  double most_mean)
{
  const guchar *data = cairo_image_surface_get_data (picture);
  int stride = cairo_image_surface_get_stride (picture);
  double sum = 0;

  for (int y = 0; y < FINER_CHECK_SIDE; y++)
    for (int x = 0; x < FINER_CHECK_SIDE; x++)
      for (int channel = 0; channel < 4; channel++) {
        double difference =
            fabs (data[y * stride + 4 * x + channel] - average (finer, x, y, channel));

        g_assert_cmpfloat (difference, <=, most_difference);
        sum += difference;
      }
  g_assert_cmpfloat (sum / (4.0 * FINER_CHECK_SIDE * FINER_CHECK_SIDE), <=, most_mean);
}
