/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "re3-figures.h"
#include "scene-check.h"

#include <math.h>
#include <string.h>

#define N_ROWS 200

/* Every band holds a quarter of the samples that it is about, and all bands hold all of them. */
static void
test_counts (void)
{
  static const gsize widths[] = { 5, 12, 3 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 3);
  g_autoptr (Re3Analysis) analysis = random_analysis_new (model, N_ROWS, 4);
  const Re3Dataset *dataset = re3_analysis_get_dataset (analysis);
  g_autoptr (Re3Chart) chart = re3_figure_violin (analysis, RE3_METRIC_LINF, RE3_SAMPLES_TRAIN);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 300);

  for (int item = 0; item < 4; item++) {
    gsize expected = 0;
    gsize found = 0;

    for (gsize row = 0; row < N_ROWS; row++)
      expected += !re3_dataset_is_test (dataset, row) &&
                  (item == 0 || re3_dataset_get_label (dataset, row) == item - 1);
    for (int band = 0; band < 4; band++) {
      const Re3Mark *mark = scene_find (scene, RE3_MARK_PATH, item, band, 0);
      const char *number = strchr (mark->tooltip, ':') + 2;
      guint64 n = g_ascii_strtoull (number, NULL, 10);

      g_assert_cmpfloat_with_epsilon ((double) n, (double) expected / 4, 1.01);
      found += (gsize) n;
    }
    g_assert_cmpuint (found, ==, expected);
  }
  g_assert_cmpstr (re3_chart_get_title (chart), ==,
                   "Boundary distances by class: training samples");
  scene_check_sizes (chart, &re3_theme_print);
}

/* A network without hidden neurons has no boundary. */
static void
test_infinite (void)
{
  static const gsize widths[] = { 4, 3 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 9);
  g_autoptr (Re3Analysis) analysis = random_analysis_new (model, 30, 10);
  g_autoptr (Re3Chart) chart = re3_figure_violin (analysis, RE3_METRIC_L2, RE3_SAMPLES_ALL);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 300);

  g_assert_cmpuint (scene_count_text (scene, "n\u2009=\u20090 + 30 infinite", NULL), ==, 1);
  g_assert_null (scene_find (scene, RE3_MARK_PATH, 0, 0, 0));
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/* Each curve falls by one sample at the distance of every sample, from the start at (0, 1).
 * Returns: the first row after it. */
static gsize
check_curve (const Re3ChartTable *table, gsize row, const Re3Analysis *analysis, Re3Metric metric)
{
  double distances[N_ROWS];

  for (gsize i = 0; i < N_ROWS; i++)
    distances[i] = re3_analysis_get_boundary (analysis, i, metric, NULL);
  qsort (distances, N_ROWS, sizeof (double), compare_numbers);
  for (gsize i = 0; i <= N_ROWS; i++) {
    double x = g_ascii_strtod (re3_chart_table_get_cell (table, row + i, 1), NULL);
    double y = g_ascii_strtod (re3_chart_table_get_cell (table, row + i, 2), NULL);

    g_assert_cmpfloat (x, ==, i == 0 ? 0 : distances[i - 1]);
    g_assert_cmpfloat_with_epsilon (y, (double) (N_ROWS - i) / N_ROWS, 1e-12);
  }
  return row + N_ROWS + 1;
}

/* The curves in two metrics are those that the distances make; the marks are those of the first. */
static void
test_both_metrics (void)
{
  static const gsize widths[] = { 5, 12, 6, 3 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 3);
  g_autoptr (Re3Analysis) analysis = random_analysis_new (model, N_ROWS, 4);
  g_autoptr (Re3Chart) chart =
      re3_figure_validity (analysis, RE3_METRIC_L2, RE3_METRIC_PAPER, RE3_SAMPLES_ALL);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 400);
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  Re3Validity validity;
  gsize row = check_curve (table, 0, analysis, RE3_METRIC_L2);

  g_assert_cmpstr (re3_chart_table_get_cell (table, row - 1, 0), ==, "L2 distance");
  g_assert_cmpstr (re3_chart_table_get_cell (table, row, 0), ==, "ρ, the paper's distance");
  row = check_curve (table, row, analysis, RE3_METRIC_PAPER);
  re3_analysis_get_boundary_summary (analysis, RE3_METRIC_L2, RE3_SAMPLES_ALL, &validity);
  g_assert_cmpfloat (g_ascii_strtod (re3_chart_table_get_cell (table, row, 1), NULL), ==,
                     validity.eps90);

  g_assert_cmpuint (scene_count_text (scene, "L2 distance", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "ρ, the paper's distance", NULL), ==, 1);
  g_assert_nonnull (scene_find (scene, RE3_MARK_RECTANGLE, 0, 0, 0));
  g_assert_nonnull (scene_find (scene, RE3_MARK_RECTANGLE, 0, 1, 0));
  scene_check_sizes (chart, &re3_theme_print);
}

/* The data behind violins: the quartiles are in every row, and what has no shape has one row. */
static void
test_data (void)
{
  static const gsize widths[] = { 4, 3 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 9);
  g_autoptr (Re3Analysis) analysis = random_analysis_new (model, 30, 10);
  g_autoptr (Re3Chart) chart = re3_figure_violin (analysis, RE3_METRIC_L2, RE3_SAMPLES_ALL);
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);

  g_assert_cmpuint (re3_chart_table_get_n_rows (table), ==, 4);
  g_assert_cmpstr (re3_chart_table_get_head (table, 8), ==, "infinite");
  g_assert_cmpstr (re3_chart_table_get_cell (table, 0, 8), ==, "30");
  g_assert_cmpstr (re3_chart_table_get_cell (table, 0, 5), ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-violin/counts", test_counts);
  g_test_add_func ("/figure-violin/infinite", test_infinite);
  g_test_add_func ("/figure-violin/both-metrics", test_both_metrics);
  g_test_add_func ("/figure-violin/data", test_data);
  return g_test_run ();
}
