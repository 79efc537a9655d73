/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "re3-figures.h"
#include "re3-scene-private.h"
#include "scene-check.h"

#include <math.h>
#include <string.h>

#define ROWS       4
#define COLUMNS    6
#define N_FEATURES (ROWS * COLUMNS)

/* Pixels of 10, 20, ... of a random network. */
static Re3Explanation *
make_explanation (double first)
{
  static const gsize widths[] = { N_FEATURES, 8, 3 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 11);
  double values[N_FEATURES];

  for (gsize i = 0; i < N_FEATURES; i++)
    values[i] = 10 * (double) i;
  values[0] = first;
  return re3_explanation_new (model, values, NULL);
}

/* The picture in @panel. */
static const Re3ScenePart *
find_picture (const Re3Scene *scene, int panel)
{
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3ScenePart *part = re3_scene_get_part (scene, i);

    if (part->cells != NULL && part->mark.panel == panel)
      return part;
  }
  return NULL;
}

static guint
as_pixel (Re3Color color)
{
  return (guint) round (255 * color.red) << 16 | (guint) round (255 * color.green) << 8 |
         (guint) round (255 * color.blue);
}

/* Both pictures, pixel by pixel: greys up to 255, and A x in the colours of its largest size. */
static void
test_pixels (void)
{
  g_autoptr (Re3Explanation) explanation = make_explanation (0);
  const Re3Figure *figure = re3_figures_find ("picture");
  Re3FigureInput input = {
    .explanation = explanation, .class_index = 2, .picture_rows = ROWS, .picture_columns = COLUMNS
  };
  g_autoptr (Re3Chart) chart = figure->create (&input);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 320);
  const double *a = re3_matrix_row (explanation->region->A, 2);
  cairo_surface_t *surface = scene_picture (scene, 700);
  double largest = 0;

  for (gsize i = 0; i < N_FEATURES; i++)
    largest = MAX (largest, fabs (a[i] * explanation->input[i]));

  for (int panel = 0; panel < 2; panel++) {
    const Re3Rect *bounds = &find_picture (scene, panel)->mark.bounds;
    double side = bounds->width / COLUMNS;

    g_assert_cmpfloat (bounds->height, ==, side * ROWS);
    for (gsize i = 0; i < N_FEATURES; i++) {
      double x = bounds->x + ((double) (i % COLUMNS) + 0.5) * side;
      double y = bounds->y + ((double) (i / COLUMNS) + 0.5) * side;
      const Re3Mark *mark = re3_scene_pick (scene, x, y);
      Re3FigureDatum datum = { chart, mark->panel, mark->item, mark->series };
      double value = explanation->values[i];
      guint grey = (guint) round (value);
      guint expected = panel == 0 ? grey << 16 | grey << 8 | grey
                                  : as_pixel (re3_theme_diverging (
                                        &re3_theme_light, a[i] * explanation->input[i] / largest));

      g_assert_cmphex (picture_get_pixel (surface, (int) x, (int) y), ==, expected);
      g_assert_cmpuint (re3_figure_get_subject (figure, &input, &datum).feature, ==, i);
    }
  }
  cairo_surface_destroy (surface);
}

/* Those of the picture of the figure, and those that its greys say of signed numbers and of none.
 */
static void
test_get_pixels (void)
{
  static const double signed_values[] = { -2, 0, 1 };
  static const double zeros[] = { 0, 0, 0 };
  g_autoptr (Re3Explanation) explanation = make_explanation (0);
  g_autoptr (Re3Chart) chart = re3_figure_picture (explanation, 1, ROWS, COLUMNS);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_dark, 600, 320);
  const Re3Rect *bounds = &find_picture (scene, 0)->mark.bounds;
  cairo_surface_t *surface = scene_picture (scene, 700);
  guint32 pixels[N_FEATURES];

  re3_figure_picture_get_pixels (explanation->values, N_FEATURES, pixels);
  for (gsize i = 0; i < N_FEATURES; i++) {
    double x = bounds->x + ((double) (i % COLUMNS) + 0.5) * bounds->width / COLUMNS;
    double y = bounds->y + ((double) (i / COLUMNS) + 0.5) * bounds->height / ROWS;

    g_assert_cmphex (pixels[i] >> 24, ==, 0xff);
    g_assert_cmphex (pixels[i] & 0xffffff, ==, picture_get_pixel (surface, (int) x, (int) y));
  }
  cairo_surface_destroy (surface);

  re3_figure_picture_get_pixels (signed_values, 3, pixels);
  g_assert_cmphex (pixels[0], ==, 0xff000000);
  g_assert_cmphex (pixels[1], ==, 0xff808080);
  g_assert_cmphex (pixels[2], ==, 0xffbfbfbf);
  re3_figure_picture_get_pixels (zeros, 3, pixels);
  g_assert_cmphex (pixels[1], ==, 0xff000000);
}

static void
test_texts (void)
{
  g_autoptr (Re3Explanation) explanation = make_explanation (0);
  g_autoptr (Re3Explanation) negative = make_explanation (-300);
  g_autoptr (Re3Chart) chart = re3_figure_picture (explanation, 1, ROWS, COLUMNS);
  g_autoptr (Re3Chart) signed_chart = re3_figure_picture (negative, 1, ROWS, COLUMNS);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_print, 600, 320);
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  const Re3Rect *bounds = &find_picture (scene, 1)->mark.bounds;
  const Re3Mark *mark = re3_scene_pick (scene, bounds->x + bounds->width / COLUMNS * 1.5,
                                        bounds->y + bounds->height / ROWS * 2.5);

  g_assert_nonnull (strstr (mark->tooltip, "x14 (row 3, column 2) = 130, contribution "));
  g_assert_cmpuint (scene_count_text (scene, "The sample", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "Contributions to 1", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "255", NULL) + scene_count_text (scene, "250", NULL) +
                        scene_count_text (scene, "200", NULL),
                    >=, 1);
  g_assert_nonnull (strstr (re3_chart_get_description (chart), "4\u2009×\u20096 pixels"));
  /* Every pixel twice: its value and its contribution. */
  g_assert_cmpuint (re3_chart_table_get_n_rows (table), ==, 2 * N_FEATURES);

  scene_check_sizes (chart, &re3_theme_dark);
  scene_check_sizes (signed_chart, &re3_theme_light);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-picture/pixels", test_pixels);
  g_test_add_func ("/figure-picture/get-pixels", test_get_pixels);
  g_test_add_func ("/figure-picture/texts", test_texts);
  return g_test_run ();
}
