/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "finer-check.h"
#include "re3-glyphs-private.h"
#include "re3-text-private.h"
#include "scene-check.h"

#include <math.h>

/* Of 255: a letter stands up to half of 1/RE3_GLYPH_PLACES beside its place, across and down. One
 * that is a quarter of a pixel off differs by 64. */
#define MOST_DIFFERENCE 48
#define MOST_MEAN       0.65

static const char *const texts[] = {
  "petal width (cm)", "\u22120.1234", "59.8 %", "Ågränd", "WAVAW.,|", "\u2192 L2\u00b73 ✓", "i",
};

static void
leave (cairo_t *cr)
{
}

static void
scale_and_move (cairo_t *cr)
{
  cairo_translate (cr, 3.3, -2.6);
  cairo_scale (cr, 1.5, 1.5);
}

static void
clip (cairo_t *cr)
{
  cairo_rectangle (cr, 20, 11, 50, 60);
  cairo_clip (cr);
}

typedef void (*PrepareFunc) (cairo_t *cr);

/* What is drawn by hand, as Cairo fills its outlines. */
static void
fill_by_cairo (PangoLayout *layout,
               double x,
               double y,
               gboolean vertical,
               const Re3Color *color,
               cairo_t *cr)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  if (vertical)
    cairo_rotate (cr, -G_PI_2);
  cairo_move_to (cr, 0, -(double) pango_layout_get_baseline (layout) / PANGO_SCALE);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
  pango_cairo_layout_path (cr, layout);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
compare (PangoLayout *layout,
         double x,
         double y,
         gboolean vertical,
         const Re3Color *color,
         PrepareFunc prepare)
{
  cairo_t *cr;
  cairo_t *expected_cr;
  cairo_surface_t *picture = finer_check_begin (1, &cr);
  cairo_surface_t *expected = finer_check_begin (FINER_CHECK_PIXELS, &expected_cr);

  prepare (cr);
  prepare (expected_cr);
  g_assert_true (re3_glyphs_draw (layout, x, y, vertical, color, cr));
  fill_by_cairo (layout, x, y, vertical, color, expected_cr);
  finer_check_same (picture, expected, MOST_DIFFERENCE, MOST_MEAN);
  cairo_destroy (cr);
  cairo_destroy (expected_cr);
  cairo_surface_destroy (picture);
  cairo_surface_destroy (expected);
}

/* Anywhere, partly outside of the picture too; several times, so that most letters are kept ones.
 */
static void
test_like_cairo (gconstpointer data)
{
  PrepareFunc prepare = *(const PrepareFunc *) data;
  guint64 state = 9;

  for (int i = 0; i < 20 * (int) G_N_ELEMENTS (texts); i++) {
    gboolean vertical = i % 3 == 0;
    Re3Color color = { next_random (&state), next_random (&state), next_random (&state),
                       i % 4 == 0 ? 1 : next_random (&state) };
    g_autoptr (PangoLayout) layout =
        re3_text_shape (&re3_theme_light, texts[i % (int) G_N_ELEMENTS (texts)],
                        i % 5 == 0 ? 12 : 15, i % 2 == 0, 0);

    compare (layout, 90 * next_random (&state) - 10, 100 * next_random (&state), vertical, &color,
             prepare);
  }
}

static gboolean
draws (cairo_t *cr)
{
  g_autoptr (PangoLayout) layout = re3_text_shape (&re3_theme_light, "text", 12, FALSE, 0);

  return re3_glyphs_draw (layout, 10, 30, FALSE, &re3_theme_light.foreground, cr);
}

/* What is no plain image, or is turned, is left to Cairo. */
static void
test_left_to_cairo (void)
{
  cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (recording);
  cairo_surface_t *picture;

  g_assert_false (draws (cr));
  cairo_destroy (cr);
  cairo_surface_destroy (recording);

  picture = finer_check_begin (1, &cr);
  g_assert_true (draws (cr));
  cairo_rotate (cr, 0.1);
  g_assert_false (draws (cr));
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

  g_test_add_data_func ("/glyphs/like-cairo/plain", &plain, test_like_cairo);
  g_test_add_data_func ("/glyphs/like-cairo/scaled", &scaled, test_like_cairo);
  g_test_add_data_func ("/glyphs/like-cairo/clipped", &clipped, test_like_cairo);
  g_test_add_func ("/glyphs/left-to-cairo", test_left_to_cairo);

  return g_test_run ();
}
