/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "re3-figures.h"
#include "scene-check.h"

#include <math.h>
#include <stdlib.h>

#define N_FEATURES 30
#define N_ROWS     90
#define N_SHOWN    6
#define N_RANKS    12

/* The same numbers, sample by sample from their explanations. */
typedef struct {
  double logit[N_FEATURES];
  double logit_signed[N_FEATURES];
  double probability[N_FEATURES];
  gsize ranks[N_FEATURES][N_FEATURES];
  gsize n;
} Expected;

static void
add_sample (Expected *expected, const double *logit, const double *probability)
{
  for (gsize i = 0; i < N_FEATURES; i++) {
    gsize rank = 0;

    for (gsize j = 0; j < N_FEATURES; j++)
      rank += fabs (logit[j]) > fabs (logit[i]) || (fabs (logit[j]) == fabs (logit[i]) && j < i);
    expected->ranks[i][rank] += logit[i] != 0;
    expected->logit[i] += fabs (logit[i]);
    expected->logit_signed[i] += logit[i];
    expected->probability[i] += fabs (probability[i]);
  }
  expected->n++;
}

static void
collect (const Re3Analysis *analysis, Expected *expected)
{
  for (gsize row = 0; row < N_ROWS; row++) {
    g_autoptr (Re3Explanation) explanation = NULL;
    g_autofree double *logit = NULL;
    g_autofree double *probability = NULL;

    if (!re3_dataset_is_test (re3_analysis_get_dataset (analysis), row))
      continue;
    explanation = explain_row (analysis, row);
    logit = re3_explanation_logit_contributions (explanation, explanation->prediction);
    probability = re3_explanation_probability_contributions (explanation, explanation->prediction);
    add_sample (expected, logit, probability);
  }
  for (gsize i = 0; i < N_FEATURES; i++) {
    expected->logit[i] /= (double) expected->n;
    expected->logit_signed[i] /= (double) expected->n;
    expected->probability[i] /= (double) expected->n;
  }
}

static Re3Analysis *
make_analysis (void)
{
  static const gsize widths[] = { N_FEATURES, 10, 3 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 5);

  return random_analysis_new (model, N_ROWS, 6);
}

static gsize
find_feature (const char *name)
{
  return (gsize) atoi (name + 1) - 1;
}

static double
number_at (const Re3ChartTable *table, gsize row, gsize column)
{
  return g_ascii_strtod (re3_chart_table_get_cell (table, row, column), NULL);
}

/* Rows: the logit's bars, then the probability's, then the ranks. Columns: panel, name, logit,
 * probability, and the ranks. */
static void
test_numbers (void)
{
  g_autoptr (Re3Analysis) analysis = make_analysis ();
  g_autoptr (Re3Chart) chart = re3_figure_importance (analysis, RE3_SAMPLES_TEST, FALSE, N_SHOWN);
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  gboolean is_shown[N_FEATURES] = { 0 };
  Expected expected = { 0 };
  double rest = 0;
  double least = INFINITY;

  collect (analysis, &expected);
  g_assert_cmpuint (re3_chart_table_get_n_rows (table), ==, 2 * (N_SHOWN + 1) + N_SHOWN);
  for (gsize row = 0; row < N_SHOWN; row++) {
    const char *name = re3_chart_table_get_cell (table, row, 1);
    gsize feature = find_feature (name);
    gsize n_first = 0;

    is_shown[feature] = TRUE;
    g_assert_cmpfloat (expected.logit[feature], <=, least);
    least = expected.logit[feature];
    g_assert_cmpfloat_with_epsilon (number_at (table, row, 2), expected.logit[feature], 1e-12);
    g_assert_cmpstr (re3_chart_table_get_cell (table, N_SHOWN + 1 + row, 1), ==, name);
    g_assert_cmpfloat_with_epsilon (number_at (table, N_SHOWN + 1 + row, 3),
                                    expected.probability[feature], 1e-12);
    for (gsize rank = 0; rank <= N_RANKS; rank++) {
      double share = number_at (table, 2 * (N_SHOWN + 1) + row, 5 + rank);

      if (rank < N_RANKS)
        g_assert_cmpfloat_with_epsilon (
            share, (double) expected.ranks[feature][rank] / (double) expected.n, 1e-12);
      else
        g_assert_cmpfloat_with_epsilon (
            share, (double) (expected.n - n_first) / (double) expected.n, 1e-12);
      n_first += rank < N_RANKS ? expected.ranks[feature][rank] : 0;
    }
  }
  for (gsize i = 0; i < N_FEATURES; i++) {
    rest += is_shown[i] ? 0 : expected.logit[i];
    if (!is_shown[i])
      g_assert_cmpfloat (expected.logit[i], <=, least);
  }
  g_assert_cmpstr (re3_chart_table_get_cell (table, N_SHOWN, 1), ==, "24 others, mean");
  g_assert_cmpfloat_with_epsilon (number_at (table, N_SHOWN, 2), rest / 24, 1e-12);
}

/* Signed means, in the order of the absolute ones. */
static void
test_signed (void)
{
  g_autoptr (Re3Analysis) analysis = make_analysis ();
  g_autoptr (Re3Chart) chart = re3_figure_importance (analysis, RE3_SAMPLES_TEST, TRUE, N_FEATURES);
  g_autoptr (Re3Chart) absolute =
      re3_figure_importance (analysis, RE3_SAMPLES_TEST, FALSE, N_FEATURES);
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  g_autoptr (Re3ChartTable) absolute_table = re3_chart_get_data (absolute);
  Expected expected = { 0 };

  collect (analysis, &expected);
  for (gsize row = 0; row < N_FEATURES; row++) {
    const char *name = re3_chart_table_get_cell (table, row, 1);

    g_assert_cmpstr (name, ==, re3_chart_table_get_cell (absolute_table, row, 1));
    g_assert_cmpfloat_with_epsilon (number_at (table, row, 2),
                                    expected.logit_signed[find_feature (name)], 1e-12);
  }
}

/* The same item is the same feature in all panels. */
static void
test_marks (void)
{
  g_autoptr (Re3Analysis) analysis = make_analysis ();
  g_autoptr (Re3Chart) chart = re3_figure_importance (analysis, RE3_SAMPLES_TEST, FALSE, N_SHOWN);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 800, 600);
  gsize n_named[3] = { 0 };

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3Mark *mark = re3_scene_get_mark (scene, i);
    const char *text = re3_scene_get_text (scene, i);

    if (mark->item == RE3_NO_ITEM)
      continue;
    g_assert_cmpint (mark->item, <=, N_FEATURES);
    if (text == NULL || *text != 'x')
      continue;
    g_assert_cmpint ((int) find_feature (text), ==, mark->item);
    n_named[mark->panel]++;
  }
  for (gsize panel = 0; panel < 3; panel++)
    g_assert_cmpuint (n_named[panel], ==, N_SHOWN);
  scene_check_sizes (chart, &re3_theme_print);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-importance/numbers", test_numbers);
  g_test_add_func ("/figure-importance/signed", test_signed);
  g_test_add_func ("/figure-importance/marks", test_marks);
  return g_test_run ();
}
