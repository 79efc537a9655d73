/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-bar-chart.h"
#include "re3-length.h"
#include "re3-page.h"

#include <string.h>

static Re3Chart *
make_chart (const char *title)
{
  static const Re3Bar bars[] = { { "petal width", "0.2 cm", NULL, 2.3, RE3_BAR_SIGNED, 0 },
                                 { "petal length", "1.4 cm", NULL, 1.1, RE3_BAR_SIGNED, 0 },
                                 { "sepal width", NULL, NULL, -1, RE3_BAR_SIGNED, 0 } };

  return re3_bar_chart_new (&(Re3BarData){
      .title = title,
      .axis_title = "contribution",
      .bars = bars,
      .n_bars = G_N_ELEMENTS (bars),
  });
}

static Re3Page *
make_page (const char *title, const Re3ExportOptions *options)
{
  g_autoptr (Re3Chart) chart = make_chart (title);
  g_autoptr (GError) error = NULL;
  Re3Page *page = re3_page_new (chart, options, &error);

  g_assert_no_error (error);
  g_assert_nonnull (page);
  return page;
}

/* A widget lays a chart out with re3_chart_layout() for its size and theme. A page's chart is the
 * same, mark by mark. */
static void
test_as_on_screen (void)
{
  static const double sizes[][2] = { { 480, 240 }, { 1000, 300 }, { 200, 500 } };
  g_autoptr (Re3Chart) chart = make_chart ("Contributions");

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    Re3ExportOptions options = { &re3_theme_dark, sizes[i][0], sizes[i][1], 96 };
    g_autoptr (Re3Page) page = make_page ("Contributions", &options);
    g_autoptr (Re3Scene) screen = NULL;
    const Re3Scene *scene;
    double x;
    double y;

    scene = re3_page_get_chart (page, &x, &y);
    g_assert_cmpfloat (x + re3_scene_get_width (scene) + x, ==, sizes[i][0]);
    g_assert_cmpfloat (y + re3_scene_get_height (scene) + x, ==, sizes[i][1]);
    screen = re3_chart_layout (chart, &re3_theme_dark, re3_scene_get_width (scene),
                               re3_scene_get_height (scene));
    g_assert_cmpuint (re3_scene_get_n_marks (scene), ==, re3_scene_get_n_marks (screen));
    g_assert_cmpuint (re3_scene_get_n_marks (scene), >, 6);
    for (gsize m = 0; m < re3_scene_get_n_marks (scene); m++) {
      const Re3Mark *mark = re3_scene_get_mark (scene, m);
      const Re3Mark *on_screen = re3_scene_get_mark (screen, m);

      g_assert_cmpint (mark->kind, ==, on_screen->kind);
      g_assert_cmpmem (&mark->bounds, sizeof (Re3Rect), &on_screen->bounds, sizeof (Re3Rect));
      g_assert_cmpint (mark->item, ==, on_screen->item);
      g_assert_cmpint (mark->series, ==, on_screen->series);
      g_assert_cmpstr (re3_scene_get_text (scene, m), ==, re3_scene_get_text (screen, m));
    }
  }
}

/* The title stands above the chart, and in a page that is too low for both it gives way. */
static void
test_title (void)
{
  Re3ExportOptions options = { &re3_theme_print, 320, 240, 96 };
  g_autoptr (Re3Page) page = make_page ("Contributions to versicolor", &options);
  g_autoptr (Re3Page) untitled = make_page ("", &options);
  g_autoptr (Re3Page) low = NULL;
  const Re3Scene *title;
  double title_x;
  double title_y;
  double x;
  double y;
  double untitled_y;

  title = re3_page_get_title (page, &title_x, &title_y);
  re3_page_get_chart (page, &x, &y);
  g_assert_cmpuint (re3_scene_get_n_marks (title), ==, 1);
  g_assert_cmpstr (re3_scene_get_text (title, 0), ==, "Contributions to versicolor");
  g_assert_cmpfloat (title_x, ==, x);
  g_assert_cmpfloat (title_y + re3_scene_get_mark (title, 0)->bounds.height, <=, y);

  re3_page_get_chart (untitled, &x, &untitled_y);
  g_assert_cmpfloat (untitled_y, ==, title_y);

  options.height = 48;
  low = make_page ("Contributions to versicolor", &options);
  g_assert_null (re3_page_get_title (low, &title_x, &title_y));
}

static void
test_natural_height (void)
{
  Re3ExportOptions options = { &re3_theme_print, 320, 0, 96 };
  g_autoptr (Re3Chart) chart = make_chart ("Contributions");
  g_autoptr (Re3Page) page = make_page ("Contributions", &options);
  const Re3Scene *scene;
  double x;
  double y;

  scene = re3_page_get_chart (page, &x, &y);
  g_assert_cmpfloat_with_epsilon (
      re3_scene_get_height (scene),
      re3_chart_get_natural_height (chart, &re3_theme_print, re3_scene_get_width (scene)), 1e-9);
  g_assert_cmpfloat_with_epsilon (re3_page_get_height (page), y + re3_scene_get_height (scene) + x,
                                  1e-9);
}

/* A font comes before those of the theme, which stand in for the letters that it lacks. */
static void
test_font (void)
{
  Re3ExportOptions options = { &re3_theme_print, 480, 240, 96, "DejaVu Sans" };
  Re3ExportOptions unnamed = { &re3_theme_print, 480, 240, 96, "" };
  g_autoptr (Re3Page) page = make_page ("Contributions", &options);
  g_autoptr (Re3Page) plain = make_page ("Contributions", &unnamed);
  const Re3Scene *wide;
  const Re3Scene *narrow;
  double x;
  double y;

  g_assert_true (g_str_has_prefix (re3_page_get_theme (page)->font_family, "DejaVu Sans, "));
  g_assert_true (
      g_str_has_suffix (re3_page_get_theme (page)->font_family, re3_theme_print.font_family));
  g_assert_cmpstr (re3_page_get_theme (plain)->font_family, ==, re3_theme_print.font_family);

  /* DejaVu is a wide design. */
  wide = re3_page_get_title (page, &x, &y);
  narrow = re3_page_get_title (plain, &x, &y);
  g_assert_cmpfloat (re3_scene_get_mark (wide, 0)->bounds.width, >,
                     re3_scene_get_mark (narrow, 0)->bounds.width);
}

static void
test_pixel_size (void)
{
  Re3ExportOptions options = { .theme = &re3_theme_print,
                               .width = re3_length_to_units (85, RE3_LENGTH_MM),
                               .height = re3_length_to_units (50, RE3_LENGTH_MM) };
  g_autoptr (Re3Page) page = make_page ("Contributions", &options);
  g_autoptr (GError) error = NULL;
  double width;
  double height;

  /* 85 / 25.4 * 300 = 1003.9; 50 / 25.4 * 300 = 590.6 */
  g_assert_true (re3_page_get_pixel_size (page, 300, &width, &height, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (width, ==, 1004);
  g_assert_cmpfloat (height, ==, 591);

  g_assert_false (re3_page_get_pixel_size (page, 20000, &width, &height, &error));
  g_assert_error (error, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_SIZE);
  g_assert_cmpfloat (width, ==, 66929);
  g_assert_nonnull (strstr (error->message, "66929"));
}

/* All of the page is painted, and nothing beside it. */
static void
test_draw (void)
{
  Re3ExportOptions options = { &re3_theme_dark, 100, 60, 96 };
  g_autoptr (Re3Page) page = make_page ("Contributions", &options);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 140, 90);
  cairo_t *cr = cairo_create (surface);
  const guint32 *pixels;

  cairo_translate (cr, 20, 10);
  re3_page_draw (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  pixels = (const guint32 *) (const void *) cairo_image_surface_get_data (surface);
  for (int y = 0; y < 90; y++)
    for (int x = 0; x < 140; x++) {
      gboolean inside = x >= 20 && x < 120 && y >= 10 && y < 70;

      g_assert_cmphex (pixels[140 * y + x] >> 24, ==, inside ? 0xff : 0);
    }
  g_assert_cmphex (pixels[140 * 10 + 20], ==, 0xff1e1e1e);
  cairo_surface_destroy (surface);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page/as-on-screen", test_as_on_screen);
  g_test_add_func ("/page/title", test_title);
  g_test_add_func ("/page/natural-height", test_natural_height);
  g_test_add_func ("/page/font", test_font);
  g_test_add_func ("/page/pixel-size", test_pixel_size);
  g_test_add_func ("/page/draw", test_draw);
  return g_test_run ();
}
