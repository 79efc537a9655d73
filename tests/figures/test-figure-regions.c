/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "re3-figures.h"
#include "scene-check.h"

#include <math.h>
#include <string.h>

/* With x1 = (width - 1) / 2 and x2 = height: patterns 110, 010 and 100 (see fixture.h). Five rows
 * in the first region, three in the second, one in the third. */
static const SmallRow rows[] = {
  { 5, 1, 0, FALSE },  { 7, 1, 0, FALSE },  { 9, 1, 0, TRUE },
  { 11, 1, 1, FALSE }, { 13, 1, 0, FALSE }, { 3, 4, 1, FALSE },
  { 3, 5, 0, TRUE },   { 3, 6, 1, FALSE },  { 5, -1, 1, TRUE },
};

static const Re3Mark *
get_row (const Re3Scene *scene, int row)
{
  return scene_find (scene, RE3_MARK_RECTANGLE, row, -1, 0);
}

/* Of the panel of the training samples, 0, or the test samples, 1; 0 where there is none. */
static double
segment_width (const Re3Scene *scene, int panel, int row, int series)
{
  const Re3Mark *mark;

  for (gsize i = 0; (mark = scene_find (scene, RE3_MARK_RECTANGLE, row, series, i)) != NULL; i++)
    if (mark->panel == panel)
      return mark->bounds.width;
  return 0;
}

static void
test_regions (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (Re3Chart) chart = re3_figure_regions (analysis, 0.7, 0, 10);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 240);

  g_assert_cmpstr (re3_chart_get_title (chart), ==, "Samples per region by class");
  g_assert_cmpstr (get_row (scene, 0)->tooltip, ==,
                   "R1: 4 no, 1 yes\ntrain 4, test 1\npattern 110");
  g_assert_cmpstr (get_row (scene, 1)->tooltip, ==,
                   "R2: 1 no, 2 yes\ntrain 2, test 1\npattern 010");
  g_assert_cmpstr (get_row (scene, 2)->tooltip, ==, "R3: 1 yes\ntrain 0, test 1\npattern 100");
  g_assert_null (get_row (scene, 3));

  /* Widths to a unit, which gaps between segments take. Training samples: 3 no and 1 yes in R1, 2
   * yes in R2; test samples: one in each. */
  {
    double unit = segment_width (scene, 0, 0, 1);
    double test_unit = segment_width (scene, 1, 0, 0);

    g_assert_cmpfloat (unit, >, 0);
    g_assert_cmpfloat_with_epsilon (segment_width (scene, 0, 0, 0), 3 * unit, 1.01);
    g_assert_cmpfloat_with_epsilon (segment_width (scene, 0, 1, 1), 2 * unit, 0.01);
    g_assert_cmpfloat (segment_width (scene, 0, 1, 0), ==, 0);
    g_assert_cmpfloat (segment_width (scene, 0, 2, 1), ==, 0);
    g_assert_cmpfloat (test_unit, >, 0);
    g_assert_cmpfloat_with_epsilon (segment_width (scene, 1, 1, 0), test_unit, 0.01);
    g_assert_cmpfloat_with_epsilon (segment_width (scene, 1, 2, 1), test_unit, 0.01);
    g_assert_cmpfloat (segment_width (scene, 1, 0, 1), ==, 0);
  }

  g_assert_cmpuint (scene_count_text (scene, "Training samples (6)", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "Test samples (3)", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "80\u00a0%", NULL), ==, 2);
  g_assert_cmpuint (scene_count_text (scene, "67\u00a0%", NULL), ==, 2);
  g_assert_cmpuint (scene_count_text (scene, "100\u00a0%", NULL), ==, 2);
  g_assert_cmpuint (scene_count_text (scene, "purity below 70\u00a0%", NULL), ==, 1);
  g_assert_null (scene_find (scene, RE3_MARK_PATH, 0, -1, 0));
  g_assert_nonnull (scene_find (scene, RE3_MARK_PATH, 1, -1, 0));
  g_assert_cmpstr (re3_chart_get_description (chart), ==,
                   "Samples in 3 regions by class: R1: 4 no, 1 yes; R2: 1 no, 2 yes; R3: 1 yes. "
                   "1 region is below the purity threshold.");
}

static void
test_threshold (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (Re3Chart) strict = re3_figure_regions (analysis, 0.9, 0, 10);
  g_autoptr (Re3Chart) lax = re3_figure_regions (analysis, 0.5, 0, 10);
  g_autoptr (Re3Scene) strict_scene = scene_check_layout (strict, &re3_theme_light, 600, 200);
  g_autoptr (Re3Scene) lax_scene = scene_check_layout (lax, &re3_theme_light, 600, 200);

  g_assert_nonnull (scene_find (strict_scene, RE3_MARK_PATH, 0, -1, 0));
  g_assert_nonnull (scene_find (strict_scene, RE3_MARK_PATH, 1, -1, 0));
  g_assert_null (scene_find (strict_scene, RE3_MARK_PATH, 2, -1, 0));
  g_assert_null (scene_find (lax_scene, RE3_MARK_PATH, 1, -1, 0));
  g_assert_cmpuint (scene_count_text (lax_scene, "purity below 50\u00a0%", NULL), ==, 0);
}

static void
test_others (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (Re3Chart) chart = re3_figure_regions (analysis, 0.7, 0, 1);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 240);

  g_assert_cmpuint (scene_count_text (scene, "others", NULL), ==, 2);
  g_assert_cmpuint (scene_count_text (scene, "one sample", NULL), ==, 2);
  g_assert_cmpuint (scene_count_text (scene, "1 region", NULL), ==, 4);
  g_assert_cmpstr (get_row (scene, 3)->tooltip, ==, "others (1 region, 3 samples): 1 no, 2 yes");
  g_assert_cmpstr (get_row (scene, 4)->tooltip, ==, "one sample (1 region, 1 sample): 1 yes");
  g_assert_null (get_row (scene, 1));
}

/* One set alone needs no panels, and has its legend beside its bars. */
static void
test_one_set (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, 2);
  g_autoptr (Re3Chart) chart = re3_figure_regions (analysis, 0.7, 0, 10);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 240);

  g_assert_cmpuint (scene_count_text (scene, "Training samples (2)", NULL), ==, 0);
  g_assert_cmpuint (scene_count_text (scene, "yes", NULL), ==, 1);
  g_assert_cmpfloat (segment_width (scene, 0, 0, 0), >, 0);
}

/* A page from the middle: regions keep their names and items, and all others are summed up. */
static void
test_page (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (Re3Chart) regions = re3_figure_regions (analysis, 0.7, 1, 1);
  g_autoptr (Re3Chart) profiles = re3_figure_profiles (analysis, RE3_REGIONS_BY_SIZE, 1, 1);
  g_autoptr (Re3Chart) beyond = re3_figure_regions (analysis, 0.7, 99, 10);
  g_autoptr (Re3Scene) scene = scene_check_layout (regions, &re3_theme_light, 600, 200);
  g_autoptr (Re3Scene) profile_scene = scene_check_layout (profiles, &re3_theme_light, 600, 200);
  g_autoptr (Re3Scene) beyond_scene = scene_check_layout (beyond, &re3_theme_light, 600, 200);

  g_assert_null (get_row (scene, 0));
  g_assert_cmpstr (get_row (scene, 1)->tooltip, ==,
                   "R2: 1 no, 2 yes\ntrain 2, test 1\npattern 010");
  g_assert_null (get_row (scene, 2));
  g_assert_cmpstr (get_row (scene, 3)->tooltip, ==, "others (1 region, 5 samples): 4 no, 1 yes");
  g_assert_cmpstr (get_row (scene, 4)->tooltip, ==, "one sample (1 region, 1 sample): 1 yes");
  g_assert_null (scene_find (profile_scene, RE3_MARK_RECTANGLE, 0, 0, 0));
  g_assert_cmpstr (scene_find (profile_scene, RE3_MARK_RECTANGLE, 1, 0, 0)->tooltip, ==,
                   "R2, width: +0.5");
  g_assert_cmpstr (get_row (beyond_scene, 3)->tooltip, ==,
                   "others (2 regions, 8 samples): 5 no, 3 yes");
}

/* Without labels samples are counted by prediction, and the figure says so. */
static void
test_without_labels (void)
{
  SmallRow unlabelled[G_N_ELEMENTS (rows)];
  g_autoptr (Re3Analysis) analysis = NULL;
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (Re3Scene) scene = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    unlabelled[i] = rows[i];
    unlabelled[i].label = RE3_NO_LABEL;
  }
  analysis = small_analysis_new (unlabelled, G_N_ELEMENTS (rows));
  chart = re3_figure_regions (analysis, 0.7, 0, 10);
  scene = scene_check_layout (chart, &re3_theme_light, 600, 240);
  g_assert_cmpstr (re3_chart_get_title (chart), ==, "Samples per region by predicted class");
  /* The logit of no is the larger one on all of them. */
  g_assert_cmpstr (get_row (scene, 0)->tooltip, ==, "R1: 5 no\ntrain 4, test 1\npattern 110");
  g_assert_cmpuint (scene_count_text (scene, "100\u00a0%", NULL), ==, 0);
}

/* Where some samples have no label they are a part of their own. */
static void
test_some_labels (void)
{
  SmallRow some[G_N_ELEMENTS (rows)];
  g_autoptr (Re3Analysis) analysis = NULL;
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (Re3Scene) scene = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    some[i] = rows[i];
  some[0].label = some[1].label = RE3_NO_LABEL;
  analysis = small_analysis_new (some, G_N_ELEMENTS (rows));
  chart = re3_figure_regions (analysis, 0.7, 0, 10);
  scene = scene_check_layout (chart, &re3_theme_light, 600, 240);
  g_assert_cmpstr (get_row (scene, 0)->tooltip, ==,
                   "R1: 2 no, 1 yes, 2 without label\ntrain 4, test 1\npattern 110");
  g_assert_cmpuint (scene_count_text (scene, "without label", NULL), ==, 1);
}

/* The three test samples have x = (4, 1), (1, 5) and (2, -1), and so z = (3.5, 3, -5),
 * (-3.5, 9.5, -6) and (3.5, -2, -1). Over the norms of the gradients, the roots of 2, 4.25 and 2,
 * the least are 3 / 2.062 = 1.455, 3.5 / 1.414 = 2.475 and 1 / 1.414 = 0.7071. */
static void
test_validity (void)
{
  static const char *const points[] = { "0",     "1",      "0.7071", "0.6667",
                                        "1.455", "0.3333", "2.475",  "0" };
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (Re3Chart) chart =
      re3_figure_validity (analysis, RE3_METRIC_L2, RE3_METRIC_L2, RE3_SAMPLES_TEST);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 400);

  for (int i = 0; i < 4; i++) {
    g_autofree char *tooltip =
        g_strdup_printf ("L2 distance in scaled units: %s\nshare of samples that keep their "
                         "region: %s",
                         points[2 * i], points[2 * i + 1]);

    g_assert_cmpstr (scene_find (scene, RE3_MARK_RECTANGLE, i, 0, 0)->tooltip, ==, tooltip);
  }
  g_assert_null (scene_find (scene, RE3_MARK_RECTANGLE, 4, 0, 0));

  /* Percentiles 10, 25 and 50 of the three. */
  g_assert_cmpuint (scene_count_text (scene, "ε₉₀ = 0.857", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "ε₇₅ = 1.08", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "ε₅₀ = 1.46", NULL), ==, 1);
  g_assert_cmpstr (re3_chart_get_description (chart), ==,
                   "Share of 3 samples that keep their region up to a distance: 90 of 100 up to "
                   "0.857, 75 of 100 up to 1.08, half up to 1.46.");
}

static void
test_list (void)
{
  static const char *const names[] = { "sankey",   "contributions", "response",   "probabilities",
                                       "compare",  "picture",       "regions",    "profiles",
                                       "validity", "violin",        "importance", "neurons",
                                       "weights",  "confusion" };
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (Re3Explanation) explanation = small_explanation_new ();
  g_autoptr (Re3Baseline) pinned = re3_baseline_new_zero (explanation->model);
  gsize n_figures;
  const Re3Figure *figures = re3_figures_list (&n_figures);

  g_assert_cmpuint (n_figures, ==, G_N_ELEMENTS (names));
  for (gsize i = 0; i < n_figures; i++) {
    const Re3Figure *figure = re3_figures_find (names[i]);
    Re3FigureInput input = { .analysis = figure->needs_sample ? NULL : analysis,
                             .explanation = figure->needs_sample ? explanation : NULL,
                             .pinned = figure->needs_pin ? pinned : NULL,
                             .class_index = 1,
                             .picture_rows = 1,
                             .picture_columns = 2 };
    g_autoptr (Re3Chart) chart = NULL;

    g_assert_true (figure == &figures[i]);
    chart = figure->create (&input);
    g_assert_cmpuint (strlen (re3_chart_get_title (chart)), >, 5);
    g_assert_cmpuint (strlen (re3_chart_get_description (chart)), >, 20);
    scene_check_sizes (chart, &re3_theme_print);
  }
  g_assert_null (re3_figures_find ("pie"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-regions/regions", test_regions);
  g_test_add_func ("/figure-regions/threshold", test_threshold);
  g_test_add_func ("/figure-regions/others", test_others);
  g_test_add_func ("/figure-regions/one-set", test_one_set);
  g_test_add_func ("/figure-regions/page", test_page);
  g_test_add_func ("/figure-regions/without-labels", test_without_labels);
  g_test_add_func ("/figure-regions/some-labels", test_some_labels);
  g_test_add_func ("/figure-validity/small", test_validity);
  g_test_add_func ("/figures/list", test_list);
  return g_test_run ();
}
