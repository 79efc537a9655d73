/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "finer-check.h"
#include "re3-ribbon-private.h"
#include "scene-check.h"

#include <math.h>

/* Of 255: within a column of pixels an edge is taken for straight, of the steepest ones too. */
#define MOST_DIFFERENCE 16
#define MOST_MEAN       0.35

/* What is filled by hand, as Cairo fills it. */
static void
fill_by_cairo (const Re3Ribbon *ribbon, const Re3Color *color, cairo_t *cr)
{
  double bend = (ribbon->x0 + ribbon->x1) / 2;

  cairo_set_antialias (cr, CAIRO_ANTIALIAS_GOOD);
  cairo_set_tolerance (cr, 0.01);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
  cairo_move_to (cr, ribbon->x0, ribbon->y0);
  cairo_curve_to (cr, bend, ribbon->y0, bend, ribbon->y1, ribbon->x1, ribbon->y1);
  cairo_line_to (cr, ribbon->x1, ribbon->y1 + ribbon->width);
  cairo_curve_to (cr, bend, ribbon->y1 + ribbon->width, bend, ribbon->y0 + ribbon->width,
                  ribbon->x0, ribbon->y0 + ribbon->width);
  cairo_close_path (cr);
  cairo_fill (cr);
}

typedef void (*PrepareFunc) (cairo_t *cr);

static void
compare (const Re3Ribbon *ribbon, const Re3Color *color, PrepareFunc prepare)
{
  cairo_t *cr;
  cairo_t *expected_cr;
  cairo_surface_t *picture = finer_check_begin (1, &cr);
  cairo_surface_t *expected = finer_check_begin (FINER_CHECK_PIXELS, &expected_cr);

  prepare (cr);
  prepare (expected_cr);
  g_assert_true (re3_ribbon_fill (ribbon, color, cr));
  fill_by_cairo (ribbon, color, expected_cr);
  finer_check_same (picture, expected, MOST_DIFFERENCE, MOST_MEAN);
  cairo_destroy (cr);
  cairo_destroy (expected_cr);
  cairo_surface_destroy (picture);
  cairo_surface_destroy (expected);
}

static void
leave (cairo_t *cr)
{
}

static void
scale_and_move (cairo_t *cr)
{
  cairo_translate (cr, 3.25, -2.5);
  cairo_scale (cr, 0.8, 1.6);
}

static void
clip (cairo_t *cr)
{
  cairo_rectangle (cr, 20, 11, 50, 60);
  cairo_clip (cr);
}

/* Thin and wide ones, level and steep ones, some of them partly outside the picture. */
static void
test_like_cairo (gconstpointer data)
{
  PrepareFunc prepare = *(const PrepareFunc *) data;
  guint64 state = 4;

  for (int i = 0; i < 60; i++) {
    Re3Ribbon ribbon = { .x0 = 60 * next_random (&state) - 10 };
    Re3Color color = { next_random (&state), next_random (&state), next_random (&state),
                       next_random (&state) };

    ribbon.x1 = ribbon.x0 + 20 + 60 * next_random (&state);
    ribbon.y0 = 120 * next_random (&state) - 20;
    ribbon.y1 = i % 5 == 0 ? ribbon.y0 : 120 * next_random (&state) - 20;
    ribbon.width = i % 2 == 0 ? 2 * next_random (&state) : 40 * next_random (&state);
    compare (&ribbon, &color, prepare);
  }
}

/* Parts that lie against each other are as much as the whole. */
static void
test_parts (void)
{
  Re3Ribbon whole = { 10.3, 12.7, 80.6, 55.2, 18.9 };
  Re3Ribbon upper = re3_ribbon_get_part (&whole, 0, 7.4);
  Re3Ribbon lower = re3_ribbon_get_part (&whole, 7.4, whole.width);
  Re3Color opaque = { 0.2, 0.4, 0.6, 1 };
  double sums[2] = { 0 };

  for (int split = 0; split < 2; split++) {
    cairo_surface_t *picture =
        cairo_image_surface_create (CAIRO_FORMAT_ARGB32, FINER_CHECK_SIDE, FINER_CHECK_SIDE);
    cairo_t *cr = cairo_create (picture);

    cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
    g_assert_true (re3_ribbon_fill (split ? &upper : &whole, &opaque, cr));
    if (split)
      g_assert_true (re3_ribbon_fill (&lower, &opaque, cr));
    for (int y = 0; y < FINER_CHECK_SIDE; y++)
      for (int x = 0; x < FINER_CHECK_SIDE; x++)
        sums[split] += picture_get_pixel (picture, x, y) & 255;
    cairo_destroy (cr);
    cairo_surface_destroy (picture);
  }
  g_assert_cmpfloat (sums[0], >, 100000);
  g_assert_cmpfloat (fabs (sums[1] / sums[0] - 1), <, 0.02);
}

/* What is no plain image, or is turned, is left to Cairo. */
static void
test_left_to_cairo (void)
{
  Re3Ribbon ribbon = { 10, 10, 60, 40, 10 };
  Re3Color color = { 1, 0, 0, 0.5 };
  cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (recording);
  cairo_surface_t *picture;

  g_assert_false (re3_ribbon_fill (&ribbon, &color, cr));
  cairo_destroy (cr);
  cairo_surface_destroy (recording);

  picture = finer_check_begin (1, &cr);
  cairo_save (cr);
  cairo_rotate (cr, 0.1);
  g_assert_false (re3_ribbon_fill (&ribbon, &color, cr));
  cairo_restore (cr);
  cairo_push_group (cr);
  g_assert_false (re3_ribbon_fill (&ribbon, &color, cr));
  cairo_pattern_destroy (cairo_pop_group (cr));
  cairo_rectangle (cr, 2.5, 2, 50, 50);
  cairo_clip (cr);
  g_assert_false (re3_ribbon_fill (&ribbon, &color, cr));
  cairo_destroy (cr);
  cairo_surface_destroy (picture);
}

int
main (int argc, char **argv)
{
  static const PrepareFunc plain = leave;
  static const PrepareFunc scaled = scale_and_move;
  static const PrepareFunc clipped = clip;

  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/ribbon/like-cairo/plain", &plain, test_like_cairo);
  g_test_add_data_func ("/ribbon/like-cairo/scaled", &scaled, test_like_cairo);
  g_test_add_data_func ("/ribbon/like-cairo/clipped", &clipped, test_like_cairo);
  g_test_add_func ("/ribbon/parts", test_parts);
  g_test_add_func ("/ribbon/left-to-cairo", test_left_to_cairo);

  return g_test_run ();
}
