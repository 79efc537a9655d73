/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "re3-figures.h"
#include "scene-check.h"

#include <math.h>
#include <string.h>

/* What the bar at @place from the top stands for. */
static int
get_item (const Re3Scene *scene, int place)
{
  int item = RE3_NO_ITEM;
  int n_bars = 0;

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3Mark *mark = re3_scene_get_mark (scene, i);

    if (mark->item == RE3_NO_ITEM || mark->item == item)
      continue;
    item = mark->item;
    if (n_bars++ == place)
      return item;
  }
  g_assert_not_reached ();
}

static const char *
get_tooltip (const Re3Scene *scene, int place)
{
  return scene_find (scene, RE3_MARK_RECTANGLE, get_item (scene, place), 0, 0)->tooltip;
}

/* On the small network A = (2, 3) for class no and D = -1.25: 2 x 2 + 3 x 1 - 1.25 = 5.75. */
static void
test_small (void)
{
  g_autoptr (Re3Explanation) explanation = small_explanation_new ();
  g_autoptr (Re3Chart) chart =
      re3_figure_contributions (explanation, NULL, NULL, 0, RE3_CONTRIBUTION_LOGIT, FALSE, 10);
  double natural = re3_chart_get_natural_height (chart, &re3_theme_light, 600);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, natural);

  g_assert_cmpstr (re3_chart_get_title (chart), ==, "Contributions to no");
  g_assert_cmpstr (re3_chart_get_description (chart), ==,
                   "Contributions to no: width +4, height +3; with the base −1.25 they sum to the "
                   "logit 5.75.");
  g_assert_cmpuint (scene_count_text (scene, "base", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "−1.25", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "5.75", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "5\u00a0cm", NULL), ==, 1);
  g_assert_cmpstr (get_tooltip (scene, 1), ==, "width = 5\u00a0cm\nA\u2009x = 2 × 2 = +4");
  g_assert_cmpstr (get_tooltip (scene, 2), ==, "height = 1\nA\u2009x = 3 × 1 = +3");
  g_assert_cmpuint (scene_count_text (scene, "residual |A x + D − f(x)| = 0", NULL), ==, 1);
}

/* Features come by the size of what they give; the rest is one bar, and nothing is lost. */
static void
test_others (void)
{
  static const gsize widths[] = { 30, 8, 3 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 5);
  g_autoptr (Re3Explanation) explanation = NULL;
  g_autofree double *contributions = NULL;
  double values[30];
  guint64 state = 6;

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 4 * next_random (&state) - 2;
  explanation = re3_explanation_new (model, values, NULL);
  contributions = re3_explanation_logit_contributions (explanation, 1);

  for (gsize most = 0; most < 32; most += 7) {
    g_autoptr (Re3Chart) chart =
        re3_figure_contributions (explanation, NULL, NULL, 1, RE3_CONTRIBUTION_LOGIT, FALSE, most);
    g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 700, 1000);
    gsize n_own = MIN (most, 30);
    g_autofree char *others = g_strdup_printf ("%zu other features", 30 - n_own);
    double last = INFINITY;
    double sum = 0;

    for (gsize i = 0; i < n_own; i++) {
      const char *tooltip = get_tooltip (scene, (int) i + 1);
      gsize feature = (gsize) g_ascii_strtoull (tooltip + 1, NULL, 10) - 1;

      g_assert_cmpint (get_item (scene, (int) i + 1), ==, (int) feature);
      g_assert_cmpfloat (fabs (contributions[feature]), <=, last);
      last = fabs (contributions[feature]);
      sum += contributions[feature];
    }
    g_assert_cmpuint (scene_count_text (scene, others, NULL), ==, n_own < 30 ? 1 : 0);
    if (n_own < 30) {
      const Re3Rect *base =
          &scene_find (scene, RE3_MARK_RECTANGLE, get_item (scene, 0), 0, 1)->bounds;
      const Re3Rect *rest =
          &scene_find (scene, RE3_MARK_RECTANGLE, get_item (scene, (int) n_own + 1), 0, 1)->bounds;
      double expected = explanation->forward->logits[1] - explanation->region->D[1] - sum;

      g_assert_cmpfloat_with_epsilon (rest->width / base->width,
                                      fabs (expected / explanation->region->D[1]), 1e-6);
    }
  }
}

/* The bars of an edited sample stay where they are without the edit, whatever their lengths. */
static void
test_order_is_kept (void)
{
  g_autoptr (Re3Explanation) original = small_explanation_new ();
  g_autofree double *before = re3_explanation_logit_contributions (original, 1);
  gsize larger = fabs (before[0]) > fabs (before[1]) ? 0 : 1;
  double values[] = { original->values[0], original->values[1] };
  g_autoptr (Re3Explanation) edited = NULL;
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (Re3Chart) own = NULL;
  g_autoptr (Re3Scene) scene = NULL;
  g_autoptr (Re3Scene) own_scene = NULL;
  g_autofree double *after = NULL;

  values[larger] *= 1e-3;
  edited = re3_explanation_new (original->model, values, NULL);
  after = re3_explanation_logit_contributions (edited, 1);
  g_assert_cmpfloat (fabs (after[larger]), <, fabs (after[1 - larger]));

  chart = re3_figure_contributions (edited, original, NULL, 1, RE3_CONTRIBUTION_LOGIT, FALSE, 10);
  own = re3_figure_contributions (edited, NULL, NULL, 1, RE3_CONTRIBUTION_LOGIT, FALSE, 10);
  scene = scene_check_layout (chart, &re3_theme_light, 600, 200);
  own_scene = scene_check_layout (own, &re3_theme_light, 600, 200);
  g_assert_true (g_str_has_prefix (get_tooltip (scene, 1),
                                   re3_model_get_feature_name (edited->model, larger)));
  g_assert_true (g_str_has_prefix (get_tooltip (own_scene, 1),
                                   re3_model_get_feature_name (edited->model, 1 - larger)));
}

/* One feature more than there are bars is shown, not called "1 other feature". */
static void
test_one_more (void)
{
  g_autoptr (Re3Explanation) explanation = small_explanation_new ();
  g_autoptr (Re3Chart) chart =
      re3_figure_contributions (explanation, NULL, NULL, 1, RE3_CONTRIBUTION_LOGIT, FALSE, 1);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 600, 200);

  g_assert_cmpuint (scene_count_text (scene, "height", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "width", NULL), ==, 1);
}

/* Each bar starts where the one before it ends; the last feature ends where the output does. The
 * linearised probability starts at zero, since it has no base. */
static void
test_waterfall (void)
{
  static const gsize widths[] = { 9, 8, 3 };
  static const double values[] = { 1, -2, 0.5, 1, 2, -1, 0.3, 0.7, -0.2 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 5);
  g_autoptr (Re3Explanation) explanation = re3_explanation_new (model, values, NULL);

  for (int output = RE3_CONTRIBUTION_LOGIT; output <= RE3_CONTRIBUTION_PATH; output++) {
    g_autoptr (Re3Chart) chart = re3_figure_contributions (explanation, NULL, NULL, 1,
                                                           (Re3ContributionOutput) output, TRUE, 6);
    g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 700, 400);
    const Re3Mark *row = NULL;
    gsize n_bars = 0;
    double left = NAN;
    double right = NAN;

    scene_check_sizes (chart, &re3_theme_light);
    for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
      const Re3Mark *bar = re3_scene_get_mark (scene, i);

      /* Of each bar the row comes first, which answers to the pointer. */
      if (bar->kind != RE3_MARK_RECTANGLE || bar->item == RE3_NO_ITEM)
        continue;
      if (row == NULL || bar->item != row->item) {
        row = bar;
        continue;
      }
      if (n_bars++ > 0)
        g_assert_true (fabs (bar->bounds.x - left) < 1e-6 || fabs (bar->bounds.x - right) < 1e-6 ||
                       fabs (bar->bounds.x + bar->bounds.width - left) < 1e-6 ||
                       fabs (bar->bounds.x + bar->bounds.width - right) < 1e-6);
      left = bar->bounds.x;
      right = bar->bounds.x + bar->bounds.width;
    }
    g_assert_cmpuint (n_bars, ==, output == RE3_CONTRIBUTION_PROBABILITY ? 8 : 9);
  }
}

/* The small network by hand: p = 0.9968273, and p (1 - p) = 0.0031626. The linearised contribution
 * of width is 0.0031626 (A no - A yes) x = 0.0031626 (2 + 0.5) 2; the path's start at x = 0, where
 * z = (0.5, -1, 0), the logits are 0.75 and -1, and p = 0.8519528. */
static void
test_probability_outputs (void)
{
  g_autoptr (Re3Explanation) explanation = small_explanation_new ();
  g_autoptr (Re3Chart) linearised = re3_figure_contributions (
      explanation, NULL, NULL, 0, RE3_CONTRIBUTION_PROBABILITY, FALSE, 10);
  g_autoptr (Re3Chart) path =
      re3_figure_contributions (explanation, NULL, NULL, 0, RE3_CONTRIBUTION_PATH, FALSE, 10);
  g_autoptr (Re3Scene) linearised_scene =
      scene_check_layout (linearised, &re3_theme_light, 600, 200);
  g_autoptr (Re3Scene) path_scene = scene_check_layout (path, &re3_theme_light, 600, 200);

  g_assert_cmpuint (scene_count_text (linearised_scene,
                                      "contribution to the probability, linearised", NULL),
                    ==, 1);
  g_assert_cmpuint (scene_count_text (linearised_scene, "base", NULL), ==, 0);
  g_assert_cmpuint (scene_count_text (linearised_scene, "+0.0158", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (path_scene, "0.852", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (path_scene, "0.997", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (path_scene, "contribution to the probability", NULL), ==, 1);
  g_assert_nonnull (strstr (re3_chart_get_description (path), "they sum to 0.997."));
}

/* Both columns have the features in the same order. From width 3 and height 1, where x = (1, 1) and
 * z = (0.5, 1.5, -2): the logit of no is 3.75 there, and, in the same region, 5.75 here. */
static void
test_baseline (void)
{
  static const double values[] = { 3, 1 };
  g_autoptr (Re3Explanation) explanation = small_explanation_new ();
  g_autoptr (Re3Explanation) start = re3_explanation_new (explanation->model, values, NULL);
  g_autoptr (Re3Baseline) baseline = re3_baseline_new_sample ("row 7", start);
  g_autoptr (Re3Chart) chart =
      re3_figure_contributions (explanation, NULL, baseline, 0, RE3_CONTRIBUTION_LOGIT, FALSE, 10);
  g_autoptr (Re3Chart) path =
      re3_figure_contributions (explanation, NULL, baseline, 0, RE3_CONTRIBUTION_PATH, FALSE, 10);
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 800, 300);
  double sum = 0;
  gsize n_rows = re3_chart_table_get_n_rows (table);

  g_assert_cmpstr (re3_chart_get_title (chart), ==, "Contributions to no");
  g_assert_cmpuint (scene_count_text (scene, "From row 7", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "from 3\u00a0cm", NULL), ==, 1);
  g_assert_cmpuint (n_rows, ==, 8);
  for (gsize row = 0; row < 4; row++) {
    gboolean is_feature = row == 1 || row == 2;
    const char *name = re3_chart_table_get_cell (table, row, 1);

    if (is_feature)
      g_assert_cmpstr (name, ==, re3_chart_table_get_cell (table, row + 4, 1));
    if (is_feature)
      sum += g_ascii_strtod (re3_chart_table_get_cell (table, row + 4, 3), NULL);
  }
  g_assert_cmpfloat_with_epsilon (sum, explanation->forward->logits[0] - start->forward->logits[0],
                                  1e-12);
  g_assert_cmpfloat (g_ascii_strtod (re3_chart_table_get_cell (table, 4, 3), NULL), ==, 3.75);
  g_assert_cmpfloat (g_ascii_strtod (re3_chart_table_get_cell (table, 7, 3), NULL), ==, 5.75);
  g_assert_nonnull (strstr (re3_chart_get_description (chart), "From row 7, contributions to"));
  scene_check_sizes (chart, &re3_theme_dark);

  /* What is taken along a path anyway has but another beginning. */
  {
    g_autoptr (Re3ChartTable) own = re3_chart_get_data (path);

    g_assert_cmpuint (re3_chart_table_get_n_rows (own), ==, 4);
    g_assert_cmpstr (re3_chart_table_get_cell (own, 0, 0), ==, "row 7");
    g_assert_cmpfloat (g_ascii_strtod (re3_chart_table_get_cell (own, 0, 2), NULL), ==,
                       start->probabilities[0]);
  }
}

static void
test_probabilities (void)
{
  g_autoptr (Re3Explanation) explanation = small_explanation_new ();
  g_autoptr (Re3Chart) chart = re3_figure_probabilities (explanation);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 150);
  const Re3Mark *no;
  const Re3Mark *predicted;

  /* 1 / (1 + exp (-5.75)) = 0.9968273 */
  g_assert_cmpuint (scene_count_text (scene, "0.9968", &no), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "0.003173", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "predicted", &predicted), ==, 1);
  g_assert_cmpint (predicted->item, ==, no->item);
  g_assert_cmpstr (re3_chart_get_description (chart), ==,
                   "Class probabilities: no 99.7\u00a0%, yes 0.3\u00a0%. Predicted: no.");
}

/* Of very many classes the likeliest are shown, and the rest together. */
static void
test_many_classes (void)
{
  static const gsize widths[] = { 3, 8, 100 };
  static const double values[] = { 1, 2, 3 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 5);
  g_autoptr (Re3Explanation) explanation = re3_explanation_new (model, values, NULL);
  g_autoptr (Re3Chart) chart = re3_figure_probabilities (explanation);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 500, 800);

  g_assert_cmpuint (scene_count_text (scene, "80 other classes", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "predicted", NULL), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-contributions/order-is-kept", test_order_is_kept);
  g_test_add_func ("/figure-contributions/small", test_small);
  g_test_add_func ("/figure-contributions/others", test_others);
  g_test_add_func ("/figure-contributions/one-more", test_one_more);
  g_test_add_func ("/figure-contributions/waterfall", test_waterfall);
  g_test_add_func ("/figure-contributions/probability-outputs", test_probability_outputs);
  g_test_add_func ("/figure-contributions/baseline", test_baseline);
  g_test_add_func ("/figure-probabilities/small", test_probabilities);
  g_test_add_func ("/figure-probabilities/many-classes", test_many_classes);
  return g_test_run ();
}
