/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "re3-figures.h"
#include "re3-line-chart.h"
#include "re3-response.h"
#include "re3-scene-private.h"
#include "scene-check.h"

#include <math.h>
#include <stdlib.h>

#define WIDTH  900
#define HEIGHT 420

static const gsize widths[] = { 5, 16, 8, 3 };

/* Where a panel's curves are drawn: its pieces tile the plot. */
static Re3Rect
find_plot (const Re3Scene *scene, int panel)
{
  Re3Rect plot = { INFINITY, 0, -INFINITY, 0 };

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3Mark *mark = re3_scene_get_mark (scene, i);

    if (mark->panel != panel || mark->item < 0 || mark->series != 0)
      continue;
    plot.y = mark->bounds.y;
    plot.height = mark->bounds.height;
    plot.width = MAX (plot.x + plot.width, mark->bounds.x + mark->bounds.width);
    plot.x = MIN (plot.x, mark->bounds.x);
    plot.width -= plot.x;
  }
  return plot;
}

/* The curves of a panel, by their stroke. */
static const Re3ScenePart *
find_curve (const Re3Scene *scene, int panel, gsize nth)
{
  Re3Rect plot = find_plot (scene, panel);

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3ScenePart *part = re3_scene_get_part (scene, i);

    if (part->mark.panel == panel && part->mark.kind == RE3_MARK_PATH &&
        part->paint.stroke_width == 2 && part->mark.bounds.width > 0.9 * plot.width && nth-- == 0)
      return part;
  }
  return NULL;
}

static Re3Explanation *
edit (const Re3Explanation *explanation, gsize feature, double value)
{
  gsize n_features = re3_model_get_n_features (explanation->model);
  g_autofree double *values = g_memdup2 (explanation->values, n_features * sizeof (double));

  values[feature] = value;
  return re3_explanation_new (explanation->model, values, NULL);
}

/* Every vertex is the network's own answer at its value, and what is drawn between two of them is
 * nowhere off by half a unit. */
static void
test_curves (void)
{
  static const double lows[] = { -4, -4, -4, -4, -4 };
  static const double highs[] = { 4, 4, 4, 4, 4 };

  for (guint64 seed = 1; seed <= 6; seed++) {
    g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, seed);
    g_autoptr (Re3Analysis) analysis = random_analysis_new (model, 10, seed + 50);
    g_autoptr (Re3Explanation) explanation = explain_row (analysis, seed);
    gsize feature = seed % 5;
    g_autoptr (Re3Chart) chart = re3_figure_response (explanation, NULL, lows, highs, &feature, 1);
    g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
    g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
    Re3Rect plot = find_plot (scene, 1);
    gsize n_checked = 0;

    /* Columns: panel, name, value, logit, probability. */
    for (gsize row = 0; row < re3_chart_table_get_n_rows (table); row++) {
      const char *name = re3_chart_table_get_cell (table, row, 1);
      double value = g_ascii_strtod (re3_chart_table_get_cell (table, row, 2), NULL);
      gboolean is_logit = g_str_equal (re3_chart_table_get_cell (table, row, 0), "Logit");
      double y = g_ascii_strtod (re3_chart_table_get_cell (table, row, is_logit ? 3 : 4), NULL);
      g_autoptr (Re3Explanation) edited = edit (explanation, feature, value);

      for (gsize c = 0; c < 3; c++)
        if (g_str_equal (name, re3_model_get_class_name (model, c))) {
          g_assert_cmpfloat_with_epsilon (
              y, is_logit ? edited->forward->logits[c] : edited->probabilities[c], 1e-10);
          n_checked++;
        }
    }
    g_assert_cmpuint (n_checked, >, 60);

    for (gsize c = 0; c < 3; c++) {
      const Re3ScenePart *curve = find_curve (scene, 1, c);
      const Re3PathElement *at = re3_scene_get_elements (scene, curve);

      for (guint i = 1; i < curve->n_elements; i++) {
        double x = (at[i - 1].x[0] + at[i].x[0]) / 2;
        double value = -4 + 8 * (x - plot.x) / plot.width;
        g_autoptr (Re3Explanation) edited = edit (explanation, feature, value);
        double y = plot.y + plot.height * (1 - edited->probabilities[c]);

        g_assert_cmpfloat_with_epsilon ((at[i - 1].y[0] + at[i].y[0]) / 2, y, 0.5);
      }
    }
  }
}

/* Pieces and bands end where the response itself says, on both panels, and speak of what switches
 * there. */
static void
test_breakpoints (void)
{
  static const double lows[] = { -4, -4, -4, -4, -4 };
  static const double highs[] = { 4, 4, 4, 4, 4 };
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 3);
  g_autoptr (Re3Analysis) analysis = random_analysis_new (model, 10, 53);
  g_autoptr (Re3Explanation) explanation = explain_row (analysis, 3);

  for (gsize feature = 0; feature < 5; feature++) {
    g_autoptr (Re3Chart) chart = re3_figure_response (explanation, NULL, lows, highs, &feature, 1);
    g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
    g_autoptr (Re3Response) response = re3_response_new (explanation, feature, -4, 4);

    g_assert_cmpuint (response->n_pieces, >, 2);
    for (int panel = 0; panel < 2; panel++) {
      Re3Rect plot = find_plot (scene, panel);

      for (gsize i = 0; i < response->n_pieces; i++) {
        const Re3ResponsePiece *piece = &response->pieces[i];
        const Re3Mark *mark = re3_scene_find (scene, panel, (int) i, 0);
        g_autofree char *names = i > 0 ? re3_name_switches (re3_model_get_network (model),
                                                            piece[-1].pattern, piece->pattern, 6)
                                       : NULL;

        g_assert_cmpfloat_with_epsilon (mark->bounds.x, plot.x + plot.width * (piece->from + 4) / 8,
                                        1e-9);
        g_assert_cmpfloat_with_epsilon (mark->bounds.x + mark->bounds.width,
                                        plot.x + plot.width * (piece->to + 4) / 8, 1e-9);
        g_assert_true (names == NULL || strstr (mark->tooltip, names) != NULL);
      }
      for (gsize i = 0; i < response->n_stretches; i++) {
        const Re3Mark *mark = re3_scene_find (scene, panel, (int) i, RE3_LINE_BAND);

        g_assert_cmpfloat_with_epsilon (
            mark->bounds.x, plot.x + plot.width * (response->stretches[i].from + 4) / 8, 1e-9);
      }
    }
  }
}

/* By hand: with width = w and height 1, x1 = (w - 1) / 2; z1 = x1 - 0.5 is on from w = 2, z2 =
 * x1 / 2 + 1 from w = -3, z3 = -x1 - 1 up to w = -1. */
static void
test_small (void)
{
  static const double lows[] = { -5, 0 };
  static const double highs[] = { 5, 1 };
  const gsize feature = 0;
  g_autoptr (Re3Explanation) original = small_explanation_new ();
  g_autoptr (Re3Explanation) explanation = edit (original, 0, 0.5);
  g_autoptr (Re3Chart) chart =
      re3_figure_response (explanation, original, lows, highs, &feature, 1);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
  const Re3Mark *mark = NULL;
  gsize n_dots;

  g_assert_cmpstr (re3_chart_get_title (chart), ==, "Response to width");
  g_assert_cmpstr (re3_chart_get_description (chart), ==,
                   "width from \u22125 to 5\u00a0cm: no; 4 pieces.");
  g_assert_cmpstr (re3_scene_find (scene, 0, 0, 0)->tooltip, ==,
                   "width \u22125 to \u22123\u00a0cm\n"
                   "logit of no: \u22121.5 per cm\nlogit of yes: 0 per cm\n"
                   "at \u22123\u00a0cm: L1·2 on");
  g_assert_cmpstr (re3_scene_find (scene, 1, 3, 0)->tooltip, ==,
                   "width 2 to 5\u00a0cm\n"
                   "logit of no: +1 per cm\nlogit of yes: \u22120.25 per cm\n"
                   "at 2\u00a0cm: L1·1 on");
  g_assert_null (re3_scene_find (scene, 0, 4, 0));
  g_assert_cmpstr (re3_scene_find (scene, 1, 0, RE3_LINE_BAND)->tooltip, ==,
                   "no is predicted from \u22125 to 5");
  n_dots = scene_count_text (scene, "0.5\u00a0cm", &mark);
  g_assert_cmpuint (n_dots, ==, 2);
  g_assert_cmpuint (scene_count_text (scene, "originally 5\u00a0cm", NULL), ==, 2);
  g_assert_cmpuint (scene_count_text (scene, "width (cm)", NULL), ==, 2);
  scene_check_sizes (chart, &re3_theme_dark);
}

/* Several features: those with the largest contributions, each a panel that stands for it. */
static void
test_several (void)
{
  const Re3Figure *figure = re3_figures_find ("response");
  g_autoptr (Re3Model) model = random_model_new (widths, G_N_ELEMENTS (widths), 0, 3);
  g_autoptr (Re3Analysis) analysis = random_analysis_new (model, 10, 53);
  g_autoptr (Re3Explanation) explanation = explain_row (analysis, 3);
  g_autofree double *contributions = re3_explanation_logit_contributions (explanation, 1);
  Re3FigureInput input = { .explanation = explanation, .class_index = 1, .max_features = 3 };
  g_autoptr (Re3Chart) chart = figure->create (&input);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
  double last = INFINITY;

  g_assert_cmpstr (re3_chart_get_title (chart), ==, "Responses to 3 features");
  for (int panel = 0; panel < 3; panel++) {
    Re3FigureDatum datum = { chart, panel, 0, 0 };
    Re3FigureSubject subject = re3_figure_get_subject (figure, &input, &datum);

    g_assert_cmpuint (subject.feature, <, 5);
    g_assert_cmpfloat (fabs (contributions[subject.feature]), <=, last);
    last = fabs (contributions[subject.feature]);
    g_assert_cmpuint (
        scene_count_text (scene, re3_model_get_feature_name (model, subject.feature), NULL), ==, 1);
    /* Without a range a feature moves around its value. */
    g_assert_cmpfloat (find_plot (scene, panel).width, >, 100);
  }
  for (gsize i = 0; i < 5; i++)
    if (fabs (contributions[i]) < last)
      g_assert_cmpuint (scene_count_text (scene, re3_model_get_feature_name (model, i), NULL), ==,
                        0);
  scene_check_sizes (chart, &re3_theme_light);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figure-response/curves", test_curves);
  g_test_add_func ("/figure-response/breakpoints", test_breakpoints);
  g_test_add_func ("/figure-response/small", test_small);
  g_test_add_func ("/figure-response/several", test_several);

  return g_test_run ();
}
