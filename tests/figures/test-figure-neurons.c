/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "re3-figures.h"
#include "re3-names.h"
#include "scene-check.h"

#include <math.h>

#define N_ROWS 120

static double
number_at (const Re3ChartTable *table, gsize row, gsize column)
{
  return g_ascii_strtod (re3_chart_table_get_cell (table, row, column), NULL);
}

/* z1, z2 > 0 > z3 in the first three rows, z1 < 0 in the last; see fixture.h. */
static void
test_small (void)
{
  static const SmallRow rows[] = {
    { 5, 1, 0, TRUE }, { 7, 1, 0, TRUE }, { 9, 1, 1, TRUE }, { 3, 4, 1, TRUE }
  };
  g_autoptr (Re3Analysis) analysis = small_analysis_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (Re3Chart) chart = re3_figure_neurons (analysis, RE3_SAMPLES_TEST, 10);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 240);

  g_assert_cmpuint (
      scene_count_text (scene, "Layer 1: 3 neurons, 1 always active, 1 never active", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "always", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "never", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "75\u00a0%", NULL), >=, 1);
  g_assert_nonnull (scene_find (scene, RE3_MARK_RECTANGLE, 2, 0, 0));
  g_assert_null (scene_find (scene, RE3_MARK_RECTANGLE, 3, 0, 0));
}

/* Columns of the table: panel, neuron, active, top 1 to 3, contribution. */
static void
test_numbers (void)
{
  static const gsize widths[] = { 4, 9, 6, 3 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 7);
  Re3Network *network = re3_model_get_network (model);
  g_autoptr (Re3Analysis) analysis = random_analysis_new (model, N_ROWS, 8);
  g_autoptr (Re3Chart) chart = re3_figure_neurons (analysis, RE3_SAMPLES_ALL, 20);
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  double active[15] = { 0 };
  double contribution[15] = { 0 };
  double first[15] = { 0 };
  double least = INFINITY;

  for (gsize row = 0; row < N_ROWS; row++) {
    g_autoptr (Re3Explanation) explanation = explain_row (analysis, row);
    g_autofree double *neurons =
        re3_explanation_neuron_contributions (explanation, explanation->prediction);
    gsize best[] = { 0, 9 };

    for (gsize i = 0; i < 15; i++) {
      gsize layer = i < 9 ? 0 : 1;

      active[i] += explanation->forward->pre_activations[i] > 0 ? 1.0 / N_ROWS : 0;
      contribution[i] += fabs (neurons[i]) / N_ROWS;
      if (fabs (neurons[i]) > fabs (neurons[best[layer]]))
        best[layer] = i;
    }
    for (gsize layer = 0; layer < 2; layer++)
      first[best[layer]] += neurons[best[layer]] != 0 ? 1.0 / N_ROWS : 0;
  }

  g_assert_cmpuint (re3_chart_table_get_n_rows (table), ==, 15);
  for (gsize row = 0; row < 15; row++) {
    gsize neuron;

    for (neuron = 0; neuron < 15; neuron++) {
      g_autofree char *name = re3_name_neuron (network, neuron);

      if (g_str_equal (name, re3_chart_table_get_cell (table, row, 1)))
        break;
    }
    g_assert_cmpuint (neuron, <, 15);
    g_assert_cmpfloat_with_epsilon (number_at (table, row, 2), active[neuron], 1e-12);
    g_assert_cmpfloat_with_epsilon (number_at (table, row, 3), first[neuron], 1e-12);
    g_assert_cmpfloat_with_epsilon (number_at (table, row, 6), contribution[neuron], 1e-12);
    least = row == 9 ? INFINITY : least;
    g_assert_cmpfloat (contribution[neuron], <=, least + 1e-12);
    least = contribution[neuron];
  }
  scene_check_sizes (chart, &re3_theme_print);
}

/* A wide layer shows the neurons that contribute most, and the mean of the others. */
static void
test_wide (void)
{
  static const gsize widths[] = { 4, 1000, 8, 3 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 9);
  g_autoptr (Re3Analysis) analysis = random_analysis_new (model, N_ROWS, 10);
  g_autoptr (Re3Chart) chart = re3_figure_neurons (analysis, RE3_SAMPLES_ALL, 12);
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  double rest = 0;
  double shown = 0;
  double all = 0;

  g_assert_cmpuint (re3_chart_table_get_n_rows (table), ==, 12 + 1 + 8);
  g_assert_cmpstr (re3_chart_table_get_cell (table, 12, 1), ==, "988 others, mean");
  for (gsize i = 0; i < 1000; i++) {
    Re3NeuronStatistics statistics;

    re3_analysis_get_neuron (analysis, RE3_SAMPLES_ALL, RE3_ALL_CLASSES, i, &statistics);
    all += statistics.mean_absolute_contribution;
  }
  for (gsize row = 0; row < 12; row++)
    shown += number_at (table, row, 6);
  rest = number_at (table, 12, 6);
  g_assert_cmpfloat_with_epsilon (shown + 988 * rest, all, 1e-9 * all);
  scene_check_sizes (chart, &re3_theme_light);
}

static void
test_no_neurons (void)
{
  static const gsize widths[] = { 4, 3 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 9);
  g_autoptr (Re3Analysis) analysis = random_analysis_new (model, N_ROWS, 10);
  g_autoptr (Re3Chart) chart = re3_figure_neurons (analysis, RE3_SAMPLES_ALL, 12);

  g_assert_cmpstr (re3_chart_get_description (chart), ==, "The network has no hidden neurons.");
  re3_scene_free (scene_check_layout (chart, &re3_theme_light, 300, 200));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-neurons/small", test_small);
  g_test_add_func ("/figure-neurons/numbers", test_numbers);
  g_test_add_func ("/figure-neurons/wide", test_wide);
  g_test_add_func ("/figure-neurons/no-neurons", test_no_neurons);
  return g_test_run ();
}
