/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "re3-figures.h"
#include "re3-line-chart.h"
#include "re3-scene-private.h"
#include "re3-trace.h"
#include "scene-check.h"

#include <math.h>

#define WIDTH  900
#define HEIGHT 420

static const gsize widths[] = { 6, 16, 8, 3 };

/* The network's own answer on the way from @from to @to, which has no scaler. */
static Re3Explanation *
answer (const Re3Explanation *from, const Re3Explanation *to, double share)
{
  double values[6];

  for (gsize i = 0; i < 6; i++)
    values[i] = (1 - share) * from->values[i] + share * to->values[i];
  return re3_explanation_new (from->model, values, NULL);
}

/* Every vertex of the curves is the network's own answer there; each piece has one pattern, and
 * what its tooltip says to switch at its end does so; the bands are the predicted classes. */
static void
test_line (void)
{
  for (guint64 seed = 1; seed <= 6; seed++) {
    g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, seed);
    g_autoptr (Re3Analysis) analysis = random_analysis_new (model, 10, seed + 50);
    g_autoptr (Re3Explanation) from = explain_row (analysis, seed);
    g_autoptr (Re3Explanation) to = explain_row (analysis, seed + 1);
    g_autoptr (Re3Baseline) pinned = re3_baseline_new_sample ("pinned row 3", from);
    g_autoptr (Re3Chart) chart = re3_figure_compare (to, pinned);
    g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
    g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
    g_autoptr (Re3Trace) trace =
        re3_trace_new (re3_model_get_network (model), from->input, to->input);
    gsize n_checked = 0;

    /* Columns: panel, name, share, logit, probability. */
    for (gsize row = 0; row < re3_chart_table_get_n_rows (table); row++) {
      const char *name = re3_chart_table_get_cell (table, row, 1);
      double share = g_ascii_strtod (re3_chart_table_get_cell (table, row, 2), NULL);
      gboolean is_logit = g_str_equal (re3_chart_table_get_cell (table, row, 0), "Logit");
      double y = g_ascii_strtod (re3_chart_table_get_cell (table, row, is_logit ? 3 : 4), NULL);
      g_autoptr (Re3Explanation) there = answer (from, to, share);

      for (gsize c = 0; c < 3; c++)
        if (g_str_equal (name, re3_model_get_class_name (model, c))) {
          g_assert_cmpfloat_with_epsilon (
              y, is_logit ? there->forward->logits[c] : there->probabilities[c], 1e-10);
          n_checked++;
        }
    }
    g_assert_cmpuint (n_checked, >, 12);

    for (gsize i = 0; i < trace->n_pieces; i++) {
      const Re3TracePiece *piece = &trace->pieces[i];
      const Re3Mark *first = re3_scene_find (scene, 1, 0, 0);
      const Re3Mark *mark = re3_scene_find (scene, 1, (int) i, 0);
      g_autoptr (Re3Explanation) middle = answer (from, to, (piece->from + piece->to) / 2);

      g_assert_true (re3_pattern_equal (middle->region->pattern, piece->pattern));
      g_assert_cmpfloat_with_epsilon ((mark->bounds.x - first->bounds.x) * trace->pieces[0].to,
                                      first->bounds.width * piece->from, 1e-6);
      if (i > 0) {
        g_autofree char *names =
            re3_name_switches (re3_model_get_network (model), piece[-1].pattern, piece->pattern, 6);

        g_assert_nonnull (strstr (mark->tooltip, names));
      }
    }
    g_assert_null (re3_scene_find (scene, 1, (int) trace->n_pieces, 0));
    for (int band = 0;; band++) {
      const Re3Mark *mark = re3_scene_find (scene, 1, band, RE3_LINE_BAND);
      const Re3Mark *first = re3_scene_find (scene, 1, 0, 0);
      g_autoptr (Re3Explanation) middle = NULL;

      if (mark == NULL)
        break;
      middle = answer (from, to,
                       (mark->bounds.x + mark->bounds.width / 2 - first->bounds.x) /
                           first->bounds.width * trace->pieces[0].to);
      g_assert_true (
          g_str_has_prefix (mark->tooltip, re3_model_get_class_name (model, middle->prediction)));
    }
  }
}

/* By hand: from width 3 and height 1, where x = (1, 1), to x = (2, 1). Of the hidden neurons
 * z1 = x1 - x2 + 0.5 and z2 = x1 / 2 + 2 x2 - 1 are on all along, z3 = -x1 - x2 is off. */
static void
test_small (void)
{
  static const double values[] = { 3, 1 };
  g_autoptr (Re3Explanation) explanation = small_explanation_new ();
  g_autoptr (Re3Explanation) start = re3_explanation_new (explanation->model, values, NULL);
  g_autoptr (Re3Baseline) pinned = re3_baseline_new_sample ("pinned row 3", start);
  g_autoptr (Re3Chart) chart = re3_figure_compare (explanation, pinned);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
  g_autoptr (Re3Chart) still = NULL;
  g_autoptr (Re3Baseline) same = re3_baseline_new_sample ("pinned row 4", explanation);
  g_autoptr (Re3Scene) still_scene = NULL;

  g_assert_cmpstr (re3_chart_get_title (chart), ==, "From pinned row 3 to the sample");
  g_assert_cmpstr (re3_chart_get_description (chart), ==,
                   "From pinned row 3 to the sample: no; 1 piece.");
  g_assert_cmpstr (re3_scene_find (scene, 0, 0, 0)->tooltip, ==,
                   "0 to 1 of the way\nlogit of no: 3.75 → 5.75\nlogit of yes: 0.5 → 0");
  g_assert_cmpuint (scene_count_text (scene, "pinned row 3", NULL), ==, 2);
  g_assert_cmpuint (scene_count_text (scene, "the sample", NULL), ==, 2);
  scene_check_sizes (chart, &re3_theme_dark);

  /* Compared with itself, a sample has the same answer all along. */
  still = re3_figure_compare (explanation, same);
  still_scene = scene_check_layout (still, &re3_theme_light, WIDTH, HEIGHT);
  g_assert_cmpstr (re3_scene_find (still_scene, 0, 0, 0)->tooltip, ==,
                   "0 to 1 of the way\nlogit of no: 5.75 → 5.75\nlogit of yes: 0 → 0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figure-compare/line", test_line);
  g_test_add_func ("/figure-compare/small", test_small);

  return g_test_run ();
}
