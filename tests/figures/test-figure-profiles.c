/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "re3-clustering.h"
#include "re3-figures.h"
#include "re3-scene-private.h"
#include "scene-check.h"

#include <string.h>

/* As in test-figure-regions.c: five rows with pattern 110, three with 010, one with 100. */
static const SmallRow rows[] = {
  { 5, 1, 0, FALSE },  { 7, 1, 0, FALSE },  { 9, 1, 0, TRUE },
  { 11, 1, 1, FALSE }, { 13, 1, 0, FALSE }, { 3, 4, 1, FALSE },
  { 3, 5, 0, TRUE },   { 3, 6, 1, FALSE },  { 5, -1, 1, TRUE },
};

static void
assert_cell (const Re3Scene *scene, int region, int feature, gsize panel, const char *tooltip)
{
  const Re3Mark *mark = scene_find (scene, RE3_MARK_RECTANGLE, region, feature, panel);

  g_assert_nonnull (mark);
  g_assert_cmpint (mark->panel, ==, (int) panel);
  g_assert_cmpstr (mark->tooltip, ==, tooltip);
}

/* On pattern 110 A[no] = (2, 3) and A[yes] = (-0.5, 3); x1 of the five rows is 2, 3, 4, 5, 6 with
 * mean 4, that of the yes is 5, and x2 is 1. */
static void
test_small (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (Re3Chart) chart = re3_figure_profiles (analysis, RE3_REGIONS_BY_SIZE, 0, 2);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 400);

  assert_cell (scene, 0, 0, 0, "R1, width: +8");
  assert_cell (scene, 0, 1, 0, "R1, height: +3");
  assert_cell (scene, 0, 0, 1, "R1, width: +7.5");
  assert_cell (scene, 0, 0, 2, "R1, width: \u22122.5");
  /* On 010 the majority is yes: A[yes] = (0.5, 2), x1 = 1, x2 = 4, 5, 6; A[no] = (1, 4). */
  assert_cell (scene, 1, 0, 0, "R2, width: +0.5");
  assert_cell (scene, 1, 1, 0, "R2, height: +10");
  assert_cell (scene, 1, 1, 1, "R2, height: +20");
  assert_cell (scene, 1, 1, 2, "R2, height: +10");
  g_assert_null (scene_find (scene, RE3_MARK_RECTANGLE, 2, 0, 0));
  g_assert_cmpuint (scene_count_text (scene, "height", NULL), ==, 3);
  g_assert_cmpuint (scene_count_text (scene, "Majority class", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "mean contribution to the logit of the class", NULL),
                    ==, 1);
  g_assert_cmpstr (re3_chart_get_description (chart), ==,
                   "Mean contributions to the majority class: R1 (no): width +8, height +3; R2 "
                   "(yes): height +10, width +0.5.");
}

/* A class has a panel where the regions that are shown have samples of it, and a cell where the
 * region has. */
static void
test_classes (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (Re3Chart) last = re3_figure_profiles (analysis, RE3_REGIONS_BY_SIZE, 2, 1);
  g_autoptr (Re3Chart) all = re3_figure_profiles (analysis, RE3_REGIONS_BY_SIZE, 0, 9);
  g_autoptr (Re3Scene) last_scene = scene_check_layout (last, &re3_theme_light, 600, 400);
  g_autoptr (Re3Scene) all_scene = scene_check_layout (all, &re3_theme_light, 600, 400);

  /* R3 holds one sample of yes. */
  g_assert_cmpuint (scene_count_text (last_scene, "yes", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (last_scene, "no", NULL), ==, 0);
  g_assert_nonnull (scene_find (all_scene, RE3_MARK_RECTANGLE, 2, 0, 1));
  g_assert_null (scene_find (all_scene, RE3_MARK_RECTANGLE, 2, 0, 2));
}

/* All panels show the same number in the same colour. */
static void
test_one_scale (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (Re3Chart) chart = re3_figure_profiles (analysis, RE3_REGIONS_BY_SIZE, 0, 2);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 400);
  const Re3ScenePart *majority =
      (const Re3ScenePart *) scene_find (scene, RE3_MARK_RECTANGLE, 1, 0, 0);
  const Re3ScenePart *yes = (const Re3ScenePart *) scene_find (scene, RE3_MARK_RECTANGLE, 1, 0, 2);

  g_assert_cmpmem (&majority->paint.fill, sizeof (Re3Color), &yes->paint.fill, sizeof (Re3Color));
}

/* The rows of a page from top to bottom are its regions in the order of their clusters, in all
 * panels. */
static void
test_clustered (void)
{
  static const gsize widths[] = { 4, 10, 6, 2 };
  enum { FIRST = 3, N_SHOWN = 20 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 5);
  g_autoptr (Re3Analysis) analysis = random_analysis_new (model, 300, 6);
  g_autoptr (Re3Chart) chart =
      re3_figure_profiles (analysis, RE3_REGIONS_CLUSTERED, FIRST, N_SHOWN);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 3000);
  double profiles[N_SHOWN * 4];
  g_autofree gsize *order = NULL;
  gsize n_moved = 0;

  for (gsize i = 0; i < N_SHOWN; i++)
    memcpy (profiles + 4 * i, re3_analysis_get_profile (analysis, FIRST + i), 4 * sizeof (double));
  order = re3_clustering_order (profiles, N_SHOWN, 4);
  for (gsize i = 1; i < N_SHOWN; i++) {
    int above = (int) (FIRST + order[i - 1]);
    int below = (int) (FIRST + order[i]);

    n_moved += order[i] != i;
    g_assert_cmpfloat (scene_find (scene, RE3_MARK_RECTANGLE, above, 0, 0)->bounds.y, <,
                       scene_find (scene, RE3_MARK_RECTANGLE, below, 0, 0)->bounds.y);
  }
  g_assert_cmpuint (n_moved, >, 0);
  g_assert_cmpstr (re3_chart_get_title (chart), ==, "Mean contributions per region, clustered");
  scene_check_sizes (chart, &re3_theme_print);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-profiles/small", test_small);
  g_test_add_func ("/figure-profiles/classes", test_classes);
  g_test_add_func ("/figure-profiles/one-scale", test_one_scale);
  g_test_add_func ("/figure-profiles/clustered", test_clustered);
  return g_test_run ();
}
