/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-scene-private.h"
#include "re3-violin-chart.h"
#include "scene-check.h"

#include <math.h>

static const double densities[] = { 1, 4, 2, 1, 0 };

static Re3Chart *
make_chart (void)
{
  const Re3Violin violins[] = {
    { "wide", "n = 9", 0, { 0, 1, 2, 4, 8 }, densities, 5, 1, { "a", "b", "c", "d" } },
    { "equal", "n = 2", 1, { 3, 3, 3, 3, 3 }, NULL, 0, 0, { NULL } },
    { "none", "n = 0", -1, { NAN, NAN, NAN, NAN, NAN }, NULL, 0, 4, { NULL } },
  };

  return re3_violin_chart_new (&(Re3ViolinData){
      .title = "distances",
      .axis_title = "distance",
      .violins = violins,
      .n_violins = G_N_ELEMENTS (violins),
  });
}

static const Re3ScenePart *
find_band (const Re3Scene *scene, int item, int band)
{
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3ScenePart *part = re3_scene_get_part (scene, i);

    if (part->mark.kind == RE3_MARK_PATH && part->mark.item == item && part->mark.series == band)
      return part;
  }
  return NULL;
}

/* Bands reach from quantile to quantile, side by side, and are as high as the density. */
static void
test_bands (void)
{
  static const double quantiles[] = { 0, 1, 2, 4, 8 };
  /* The largest density in each band, by lines between the points at 0, 2, 4, 6 and 8. */
  static const double largest[] = { 2.5, 4, 4, 2 };
  static const char *const tooltips[] = { "a", "b", "c", "d" };
  g_autoptr (Re3Chart) chart = make_chart ();
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 240);
  double left = find_band (scene, 0, 0)->mark.bounds.x;
  double unit = find_band (scene, 0, 0)->mark.bounds.width;
  double high = find_band (scene, 0, 1)->mark.bounds.height;

  for (int band = 0; band < RE3_VIOLIN_BANDS; band++) {
    const Re3Mark *mark = &find_band (scene, 0, band)->mark;

    g_assert_cmpfloat_with_epsilon (mark->bounds.x, left + quantiles[band] * unit, 1e-6);
    g_assert_cmpfloat_with_epsilon (mark->bounds.width,
                                    (quantiles[band + 1] - quantiles[band]) * unit, 1e-6);
    g_assert_cmpfloat_with_epsilon (mark->bounds.height, largest[band] / 4 * high, 1e-6);
    g_assert_cmpstr (mark->tooltip, ==, tooltips[band]);
  }
  g_assert_null (find_band (scene, 1, 0));
  g_assert_null (find_band (scene, 2, 0));
  g_assert_cmpuint (scene_count_text (scene, "none", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "n = 0", NULL), ==, 1);
}

static void
test_pick (void)
{
  g_autoptr (Re3Chart) chart = make_chart ();
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 240);

  for (int band = 0; band < RE3_VIOLIN_BANDS - 1; band++) {
    const Re3Rect *bounds = &find_band (scene, 0, band)->mark.bounds;
    const Re3Mark *mark =
        re3_scene_pick (scene, bounds->x + bounds->width / 2, bounds->y + bounds->height / 2);

    g_assert_cmpint (mark->item, ==, 0);
    g_assert_cmpint (mark->series, ==, band);
  }
}

static void
test_table (void)
{
  g_autoptr (Re3Chart) chart = make_chart ();
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  g_autofree char *csv = re3_chart_table_to_csv (table);

  g_assert_cmpstr (csv, ==,
                   "name,distance,density,least,first quartile,median,third quartile,largest,"
                   "infinite\n"
                   "wide,0,1,0,1,2,4,8,1\nwide,2,4,0,1,2,4,8,1\nwide,4,2,0,1,2,4,8,1\n"
                   "wide,6,1,0,1,2,4,8,1\nwide,8,0,0,1,2,4,8,1\n"
                   "equal,,,3,3,3,3,3,0\nnone,,,,,,,,4\n");
}

static void
test_sizes (void)
{
  static const gsize counts[] = { 0, 1, 7, 40 };
  guint64 state = 12;

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++) {
    g_autofree Re3Violin *violins = g_new0 (Re3Violin, counts[i]);
    g_autoptr (Re3Chart) chart = NULL;

    for (gsize j = 0; j < counts[i]; j++) {
      violins[j] = (Re3Violin){ "a class with a long name",
                                "n = 12 + 3 infinite",
                                (int) j - 1,
                                { 0 },
                                j % 3 == 2 ? NULL : densities,
                                5,
                                0,
                                { NULL } };
      for (gsize q = 1; q <= RE3_VIOLIN_BANDS; q++)
        violins[j].quantiles[q] = violins[j].quantiles[q - 1] + next_random (&state);
    }
    chart = re3_violin_chart_new (&(Re3ViolinData){
        .title = "violins", .axis_title = "distance", .violins = violins, .n_violins = counts[i] });
    scene_check_sizes (chart, &re3_theme_light);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/violin-chart/bands", test_bands);
  g_test_add_func ("/violin-chart/pick", test_pick);
  g_test_add_func ("/violin-chart/table", test_table);
  g_test_add_func ("/violin-chart/sizes", test_sizes);
  return g_test_run ();
}
