/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "re3-figures.h"
#include "scene-check.h"

/* x = ((width - 1) / 2, height). Where all of z1, z2 are large and z3 negative, no wins; with
 * x = (-3, 0), z = (-2.5, -2.5, 3), no = 9.25 and yes = -0.5; with x = (-0.4, -0.05),
 * z = (0.15, -1.3, 0.45), no = 1.75. "Yes" is never predicted. */
static const SmallRow rows[] = {
  { 5, 1, 0, TRUE }, { 7, 1, 0, TRUE },   { 9, 1, 1, TRUE },        { -5, 0, 0, TRUE },
  { 5, 1, 1, TRUE }, { 11, 1, 0, FALSE }, { 0.2, -0.05, -1, TRUE },
};

static const Re3Mark *
get_cell (const Re3Scene *scene, int actual, int predicted)
{
  return scene_find (scene, RE3_MARK_RECTANGLE, actual, predicted, 0);
}

static void
test_small (void)
{
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (Re3Chart) chart = re3_figure_confusion (analysis, RE3_SAMPLES_TEST);
  g_autoptr (Re3Chart) train = re3_figure_confusion (analysis, RE3_SAMPLES_TRAIN);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 240);
  g_autoptr (Re3Scene) train_scene = scene_check_layout (train, &re3_theme_light, 500, 240);
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  g_autofree char *csv = re3_chart_table_to_csv (table);

  g_assert_cmpstr (re3_chart_get_title (chart), ==, "Confusion matrix: test samples");
  g_assert_cmpstr (get_cell (scene, 0, 0)->tooltip, ==, "no taken for no: 3 (100\u00a0%)");
  g_assert_cmpstr (get_cell (scene, 1, 0)->tooltip, ==, "yes taken for no: 2 (100\u00a0%)");
  g_assert_cmpstr (get_cell (scene, 1, 1)->tooltip, ==, "yes taken for yes: 0 (0\u00a0%)");
  g_assert_cmpuint (scene_count_text (scene, "3", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "true class", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "predicted class", NULL), ==, 1);
  g_assert_cmpstr (re3_chart_get_description (chart), ==,
                   "Of 5 samples with a label 60.0\u00a0% are predicted right. 2 of yes taken for "
                   "no.");
  g_assert_cmpstr (csv, ==, "true class,no,yes\nno,3,0\nyes,2,0\n");

  /* A class without samples has no shares. */
  g_assert_cmpstr (get_cell (train_scene, 0, 0)->tooltip, ==, "no taken for no: 1 (100\u00a0%)");
  g_assert_null (get_cell (train_scene, 1, 0));
  g_assert_cmpstr (re3_chart_get_title (train), ==, "Confusion matrix: training samples");
}

/* Every cell counts the samples that it says, of many classes. */
static void
test_counts (void)
{
  static const gsize widths[] = { 5, 12, 7 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 3);
  g_autoptr (Re3Analysis) analysis = random_analysis_new (model, 600, 4);
  const Re3Dataset *dataset = re3_analysis_get_dataset (analysis);
  g_autoptr (Re3Chart) chart = re3_figure_confusion (analysis, RE3_SAMPLES_ALL);
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  gsize counts[7][7] = { { 0 } };

  for (gsize row = 0; row < 600; row++)
    counts[re3_dataset_get_label (dataset, row)][re3_analysis_get_prediction (analysis, row)]++;
  for (gsize actual = 0; actual < 7; actual++)
    for (gsize predicted = 0; predicted < 7; predicted++) {
      g_autofree char *expected = g_strdup_printf ("%zu", counts[actual][predicted]);

      g_assert_cmpstr (re3_chart_table_get_cell (table, actual, predicted + 1), ==, expected);
    }
  scene_check_sizes (chart, &re3_theme_print);
}

static void
test_without_labels (void)
{
  static const SmallRow unknown[] = { { 5, 1, -1, FALSE }, { 3, 4, -1, TRUE } };
  g_autoptr (Re3Analysis) analysis = small_analysis_new (unknown, G_N_ELEMENTS (unknown));
  g_autoptr (Re3Chart) chart = re3_figure_confusion (analysis, RE3_SAMPLES_ALL);

  g_assert_cmpstr (re3_chart_get_description (chart), ==,
                   "No sample has a label, so none can be compared with its prediction.");
  scene_check_sizes (chart, &re3_theme_light);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-confusion/small", test_small);
  g_test_add_func ("/figure-confusion/counts", test_counts);
  g_test_add_func ("/figure-confusion/without-labels", test_without_labels);
  return g_test_run ();
}
