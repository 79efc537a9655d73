/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-bar-chart.h"
#include "re3-scene-private.h"
#include "scene-check.h"

#include <math.h>

#define EPSILON 1e-6

static const Re3Bar signed_bars[] = {
  { "base", NULL, "tip 0", -0.5, RE3_BAR_TOTAL, 0 },
  { "petal width", "0.2 cm", "tip 1", 2.314, RE3_BAR_SIGNED, 0 },
  { "sepal width", "3.5 cm", "tip 2", -1.157, RE3_BAR_SIGNED, 0 },
  { "nothing", NULL, NULL, 0, RE3_BAR_SIGNED, 0 },
  { "logit", NULL, NULL, 0.657, RE3_BAR_TOTAL, 0 },
};

static Re3Chart *
make_chart (double low, double high)
{
  return re3_bar_chart_new (&(Re3BarData){
      .title = "Contributions",
      .description = "described",
      .axis_title = "contribution to the logit",
      .footnote = "residual = 0",
      .bars = signed_bars,
      .n_bars = G_N_ELEMENTS (signed_bars),
      .low = low,
      .high = high,
  });
}

/* A row's first rectangle is its whole area, the second the bar. */
static const Re3Mark *
get_bar (const Re3Scene *scene, int item)
{
  return scene_find (scene, RE3_MARK_RECTANGLE, item, 0, 1);
}

static gboolean
colors_equal (const Re3Color *a, const Re3Color *b)
{
  return a->red == b->red && a->green == b->green && a->blue == b->blue && a->alpha == b->alpha;
}

/* Lengths are to each other as the numbers are, from one zero line to both sides. */
static void
test_lengths (void)
{
  g_autoptr (Re3Chart) chart = make_chart (0, 0);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 220);
  const Re3Rect *up = &get_bar (scene, 1)->bounds;
  const Re3Rect *down = &get_bar (scene, 2)->bounds;
  const Re3Rect *base = &get_bar (scene, 0)->bounds;
  double zero = up->x;

  g_assert_cmpstr (re3_chart_get_title (chart), ==, "Contributions");
  g_assert_cmpstr (re3_chart_get_description (chart), ==, "described");
  g_assert_cmpfloat (up->width, >, 100);
  g_assert_cmpfloat_with_epsilon (down->width, up->width * 1.157 / 2.314, EPSILON);
  g_assert_cmpfloat_with_epsilon (base->width, up->width * 0.5 / 2.314, EPSILON);
  g_assert_cmpfloat_with_epsilon (down->x + down->width, zero, EPSILON);
  g_assert_cmpfloat_with_epsilon (base->x + base->width, zero, EPSILON);
  g_assert_cmpfloat_with_epsilon (get_bar (scene, 4)->bounds.x, zero, EPSILON);
  g_assert_null (get_bar (scene, 3));

  /* Top to bottom, equally apart. */
  for (int i = 1; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (get_bar (scene, i)->bounds.y - get_bar (scene, i - 1)->bounds.y,
                                    get_bar (scene, 1)->bounds.y - base->y, EPSILON);
}

static void
test_colors (void)
{
  g_autoptr (Re3Chart) chart = make_chart (0, 0);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_dark, 500, 220);

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3ScenePart *part = re3_scene_get_part (scene, i);

    if (&part->mark == get_bar (scene, 1))
      g_assert_true (colors_equal (&part->paint.fill, &re3_theme_dark.positive));
    if (&part->mark == get_bar (scene, 2))
      g_assert_true (colors_equal (&part->paint.fill, &re3_theme_dark.negative));
    if (&part->mark == get_bar (scene, 0)) {
      g_assert_false (colors_equal (&part->paint.fill, &re3_theme_dark.positive));
      g_assert_false (colors_equal (&part->paint.fill, &re3_theme_dark.negative));
    }
  }
}

/* Values stand beyond the ends of their bars and show their sign, so that it is told without
 * colour. */
static void
test_printed_values (void)
{
  g_autoptr (Re3Chart) chart = make_chart (0, 0);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 220);
  Re3Bar own = { "own", NULL, NULL, 0.99999, RE3_BAR_CLASS, 0, "> 0.9999" };
  g_autoptr (Re3Chart) fixed = re3_bar_chart_new (&(Re3BarData){ .bars = &own, .n_bars = 1 });
  g_autoptr (Re3Scene) fixed_scene = scene_check_layout (fixed, &re3_theme_light, 500, 220);
  const Re3Mark *mark;

  g_assert_cmpuint (scene_count_text (scene, "+2.31", &mark), ==, 1);
  g_assert_cmpint (mark->item, ==, 1);
  g_assert_cmpfloat (mark->bounds.x, >,
                     get_bar (scene, 1)->bounds.x + get_bar (scene, 1)->bounds.width);
  g_assert_cmpuint (scene_count_text (scene, "−1.16", &mark), ==, 1);
  g_assert_cmpfloat (mark->bounds.x + mark->bounds.width, <, get_bar (scene, 2)->bounds.x);
  g_assert_cmpuint (scene_count_text (scene, "−0.5", NULL), >=, 1);
  g_assert_cmpuint (scene_count_text (scene, "0.657", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (fixed_scene, "> 0.9999", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (fixed_scene, "1", NULL), ==, 0);

  g_assert_cmpuint (scene_count_text (scene, "petal width", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "0.2 cm", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "residual = 0", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "contribution to the logit", NULL), ==, 1);
}

/* A given range is the axis, whatever the values. */
static void
test_range (void)
{
  Re3Bar bars[] = { { "a", NULL, NULL, 0.25, RE3_BAR_CLASS, 0 },
                    { "b", NULL, NULL, 0.75, RE3_BAR_CLASS, 1 } };
  g_autoptr (Re3Chart) chart = re3_bar_chart_new (
      &(Re3BarData){ .axis_title = "probability", .bars = bars, .n_bars = 2, .high = 1 });
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 120);
  const Re3Mark *zero;
  const Re3Mark *one;
  double unit;

  g_assert_cmpuint (scene_count_text (scene, "0.0", &zero), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "1.0", &one), ==, 1);
  unit = one->bounds.x + one->bounds.width / 2 - zero->bounds.x - zero->bounds.width / 2;
  g_assert_cmpfloat_with_epsilon (get_bar (scene, 0)->bounds.width, 0.25 * unit, 0.01);
  g_assert_cmpfloat_with_epsilon (get_bar (scene, 1)->bounds.width, 0.75 * unit, 0.01);
}

/* The whole row answers to the pointer. */
static void
test_pick (void)
{
  g_autoptr (Re3Chart) chart = make_chart (0, 0);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 220);

  for (int i = 0; i < (int) G_N_ELEMENTS (signed_bars); i++) {
    const Re3Rect *row = &scene_find (scene, RE3_MARK_RECTANGLE, i, 0, 0)->bounds;

    for (double x = 1; x < 500; x += 50) {
      const Re3Mark *mark = re3_scene_pick (scene, x, row->y + row->height / 2);

      g_assert_nonnull (mark);
      g_assert_cmpint (mark->item, ==, i);
      g_assert_cmpstr (mark->tooltip, ==, signed_bars[i].tooltip);
    }
  }
}

/* At the natural height nothing is left out; in less room values go before names do. */
static void
test_room (void)
{
  g_autoptr (Re3Chart) chart = make_chart (0, 0);
  double natural = re3_chart_get_natural_height (chart, &re3_theme_light, 500);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, natural);
  g_autoptr (Re3Scene) low = scene_check_layout (chart, &re3_theme_light, 500, 50);
  g_autoptr (Re3Scene) narrow = scene_check_layout (chart, &re3_theme_light, 110, natural);
  double bottom = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (signed_bars); i++)
    g_assert_cmpuint (scene_count_text (scene, signed_bars[i].label, NULL), ==, 1);
  /* ... and no height is left over. */
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++)
    bottom = MAX (bottom, re3_scene_get_mark (scene, i)->bounds.y +
                              re3_scene_get_mark (scene, i)->bounds.height);
  g_assert_cmpfloat (bottom, >, natural - 2);
  g_assert_cmpuint (scene_count_text (scene, "residual = 0", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (low, "residual = 0", NULL), ==, 0);
  g_assert_cmpuint (scene_count_text (narrow, "0.2 cm", NULL), ==, 0);
  g_assert_cmpuint (scene_count_text (narrow, "base", NULL), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bar-chart/lengths", test_lengths);
  g_test_add_func ("/bar-chart/colors", test_colors);
  g_test_add_func ("/bar-chart/printed-values", test_printed_values);
  g_test_add_func ("/bar-chart/range", test_range);
  g_test_add_func ("/bar-chart/pick", test_pick);
  g_test_add_func ("/bar-chart/room", test_room);
  return g_test_run ();
}
