/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-scene-private.h"
#include "re3-stacked-bar-chart.h"
#include "scene-check.h"

#include <math.h>

static const char *const classes[] = { "setosa", "versicolor", "virginica" };
static const double values[][3] = { { 40, 0, 0 }, { 3, 10, 7 }, { 0, 20, 2 } };

static Re3Chart *
make_chart (const int *colors)
{
  Re3StackedBar bars[] = { { "R1", "100 %", "tip 0", FALSE, values[0], FALSE },
                           { "R2", "50 %", "tip 1", TRUE, values[1], FALSE },
                           { "R3", "91 %", "tip 2", FALSE, values[2], FALSE } };

  return re3_stacked_bar_chart_new (&(Re3StackedBarData){
      .title = "Samples per region",
      .axis_title = "samples",
      .series_names = classes,
      .series_colors = colors,
      .n_series = G_N_ELEMENTS (classes),
      .bars = bars,
      .n_bars = G_N_ELEMENTS (bars),
      .mark_text = "purity below 70 %",
  });
}

static const Re3Mark *
get_segment (const Re3Scene *scene, int row, int series)
{
  return scene_find (scene, RE3_MARK_RECTANGLE, row, series, 0);
}

/* Segments follow each other in the order of the series; the gap between them is part of the
 * earlier one. */
static void
test_segments (void)
{
  g_autoptr (Re3Chart) chart = make_chart (NULL);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 180);
  double unit = get_segment (scene, 0, 0)->bounds.width / 40;
  double left = get_segment (scene, 0, 0)->bounds.x;

  for (int row = 0; row < 3; row++) {
    double before = 0;

    for (int series = 0; series < 3; series++) {
      double value = values[row][series];
      const Re3Mark *segment = get_segment (scene, row, series);

      if (value == 0) {
        g_assert_null (segment);
        continue;
      }
      g_assert_cmpfloat_with_epsilon (segment->bounds.x, left + before * unit, 1e-6);
      g_assert_cmpfloat (segment->bounds.width, <=, value * unit + 1e-6);
      g_assert_cmpfloat (segment->bounds.width, >=, value * unit - 1 - 1e-6);
      before += value;
    }
  }
}

static void
test_colors (void)
{
  static const int chosen[] = { 5, -1, 0 };
  g_autoptr (Re3Chart) chart = make_chart (chosen);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 180);

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3ScenePart *part = re3_scene_get_part (scene, i);
    Re3Color expected;

    if (part->mark.kind != RE3_MARK_RECTANGLE || part->mark.item != 1 || part->mark.series < 0)
      continue;
    expected = chosen[part->mark.series] < 0
                   ? re3_theme_light.surface
                   : re3_theme_class_color (&re3_theme_light, (gsize) chosen[part->mark.series]);
    g_assert_cmpmem (&part->paint.fill, sizeof expected, &expected, sizeof expected);
  }
}

/* What is marked carries a shape of its own, which the legend explains. */
static void
test_marks (void)
{
  g_autoptr (Re3Chart) chart = make_chart (NULL);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 180);

  g_assert_null (scene_find (scene, RE3_MARK_PATH, 0, -1, 0));
  g_assert_nonnull (scene_find (scene, RE3_MARK_PATH, 1, -1, 0));
  g_assert_null (scene_find (scene, RE3_MARK_PATH, 2, -1, 0));
  g_assert_cmpuint (scene_count_text (scene, "purity below 70 %", NULL), ==, 1);
}

static void
test_texts (void)
{
  g_autoptr (Re3Chart) chart = make_chart (NULL);
  double natural = re3_chart_get_natural_height (chart, &re3_theme_light, 600);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, natural);
  const Re3Mark *mark;

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    g_assert_cmpuint (scene_count_text (scene, classes[i], NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "R2", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "91 %", NULL), ==, 1);
  /* Counts stand in their segments. */
  g_assert_cmpuint (scene_count_text (scene, "7", &mark), ==, 1);
  g_assert_cmpint (mark->item, ==, 1);
  g_assert_cmpint (mark->series, ==, 2);
}

static void
test_pick (void)
{
  g_autoptr (Re3Chart) chart = make_chart (NULL);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 180);

  for (int row = 0; row < 3; row++) {
    const Re3Rect *area = &scene_find (scene, RE3_MARK_RECTANGLE, row, -1, 0)->bounds;
    double y = area->y + area->height / 2;

    g_assert_cmpint (re3_scene_pick (scene, 595, y)->item, ==, row);
    g_assert_cmpint (re3_scene_pick (scene, 595, y)->series, ==, -1);
    for (int series = 0; series < 3; series++)
      if (values[row][series] > 0) {
        const Re3Rect *segment = &get_segment (scene, row, series)->bounds;
        const Re3Mark *mark = re3_scene_pick (scene, segment->x + segment->width / 2, y);

        g_assert_cmpint (mark->item, ==, row);
        g_assert_cmpint (mark->series, ==, series);
      }
  }
}

/* More classes than the legend has room for: how many are missing is said. */
static void
test_long_legend (void)
{
  enum { N = 60 };
  const char *names[N];
  double row[N];
  Re3StackedBar bar = { "R1", NULL, NULL, FALSE, row, FALSE };
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (Re3Scene) scene = NULL;
  gsize n_shown = 0;
  g_autofree char *more = NULL;

  for (gsize i = 0; i < N; i++) {
    names[i] = "digit";
    row[i] = 1;
  }
  chart = re3_stacked_bar_chart_new (
      &(Re3StackedBarData){ .series_names = names, .n_series = N, .bars = &bar, .n_bars = 1 });
  scene = scene_check_layout (chart, &re3_theme_light, 600, 300);
  n_shown = scene_count_text (scene, "digit", NULL);
  g_assert_cmpuint (n_shown, >, 20);
  g_assert_cmpuint (n_shown, <, N);
  more = g_strdup_printf ("+%zu", N - n_shown);
  g_assert_cmpuint (scene_count_text (scene, more, NULL), ==, 1);
}

/* A sum of the rest that would dwarf the bars is broken and fills the axis; its parts keep their
 * shares. One that is not much longer is drawn as it is. */
static void
test_rest (void)
{
  for (int times = 1; times <= 10; times += 9) {
    const double own[] = { 20, 10, 0 };
    const double rest[] = { 20.0 * times, 0, 20.0 * times };
    Re3StackedBar bars[] = { { "R1", NULL, NULL, FALSE, own, FALSE },
                             { "others", NULL, NULL, FALSE, rest, TRUE } };
    g_autoptr (Re3Chart) chart = re3_stacked_bar_chart_new (
        &(Re3StackedBarData){ .series_names = classes, .n_series = 3, .bars = bars, .n_bars = 2 });
    g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 180);
    double unit = get_segment (scene, 0, 1)->bounds.width / 10;
    double expected = times == 1 ? 20 : 15;
    gsize n_breaks = 0;

    g_assert_cmpfloat_with_epsilon (get_segment (scene, 1, 2)->bounds.width, expected * unit, 1e-6);
    for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++)
      n_breaks += re3_scene_get_part (scene, i)->mark.kind == RE3_MARK_PATH &&
                  re3_scene_get_part (scene, i)->n_elements == 5;
    g_assert_cmpuint (n_breaks, ==, times == 1 ? 0 : 1);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stacked-bar-chart/segments", test_segments);
  g_test_add_func ("/stacked-bar-chart/colors", test_colors);
  g_test_add_func ("/stacked-bar-chart/marks", test_marks);
  g_test_add_func ("/stacked-bar-chart/texts", test_texts);
  g_test_add_func ("/stacked-bar-chart/pick", test_pick);
  g_test_add_func ("/stacked-bar-chart/rest", test_rest);
  g_test_add_func ("/stacked-bar-chart/long-legend", test_long_legend);
  return g_test_run ();
}
