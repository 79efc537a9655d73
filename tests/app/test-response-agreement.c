/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-line-chart.h"
#include "re3-response.h"
#include "re3-session-figures.h"
#include "re3-track.h"

#include <math.h>

/* What a slider shows while it is dragged from end to end, and the response figure beside it. */

#define N_STEPS 40

static Re3Session *
open_iris (const char *model_name)
{
  Re3Session *session = re3_session_new ();
  const char *folder = g_getenv ("RE3_SAMPLES");
  g_autoptr (GFile) model = NULL;
  g_autoptr (GFile) data = NULL;

  g_assert_nonnull (folder);
  model = g_file_new_build_filename (folder, model_name, NULL);
  data = g_file_new_build_filename (folder, "iris.csv", NULL);
  re3_session_open (session, model, data);
  while (re3_worker_is_busy (re3_session_get_loader (session)) ||
         re3_worker_is_busy (re3_session_get_analyst (session)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (re3_session_get_explanation (session));
  return session;
}

/* Between the ends of the pieces of a panel is its plot: as long a track as the slider's would be.
 */
static Re3Track
find_track (const Re3Scene *scene, int panel, const Re3Response *response)
{
  const Re3Rect *first = &re3_scene_find (scene, panel, 0, 0)->bounds;
  const Re3Rect *last = &re3_scene_find (scene, panel, (int) response->n_pieces - 1, 0)->bounds;

  return (Re3Track){ response->from, response->to, first->x, last->x + last->width };
}

/* Ticks and bands are where the slider has them. */
static void
check_places (Re3Chart *chart, const Re3Response *response)
{
  g_autoptr (Re3Scene) scene = re3_chart_layout (chart, &re3_theme_light, 800, 300);

  for (int panel = 0; panel < 2; panel++) {
    Re3Track track = find_track (scene, panel, response);

    g_assert_cmpfloat (track.end - track.start, >, 100);
    for (gsize i = 0; i < response->n_pieces; i++) {
      const Re3Mark *mark = re3_scene_find (scene, panel, (int) i, 0);

      g_assert_cmpfloat_with_epsilon (mark->bounds.x,
                                      re3_track_place (&track, response->pieces[i].from), 1e-6);
    }
    g_assert_null (re3_scene_find (scene, panel, (int) response->n_pieces, 0));
    for (gsize i = 0; i < response->n_stretches; i++) {
      const Re3Rect *band = &re3_scene_find (scene, panel, (int) i, RE3_LINE_BAND)->bounds;

      g_assert_cmpfloat_with_epsilon (band->x,
                                      re3_track_place (&track, response->stretches[i].from), 1e-6);
      g_assert_cmpfloat_with_epsilon (band->x + band->width,
                                      re3_track_place (&track, response->stretches[i].to), 1e-6);
    }
    g_assert_null (re3_scene_find (scene, panel, (int) response->n_stretches, RE3_LINE_BAND));
  }
}

/* Where the slider stands, the curves are at the numbers that the window shows. */
static void
check_numbers (Re3Chart *chart, const Re3Explanation *explanation, double value)
{
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  gsize n_classes = re3_model_get_n_classes (explanation->model);
  gsize n_found = 0;

  /* Columns: panel, name, value, logit, probability. */
  for (gsize row = 0; row < re3_chart_table_get_n_rows (table); row++) {
    gboolean is_logit = g_str_equal (re3_chart_table_get_cell (table, row, 0), "Logit");
    double x = g_ascii_strtod (re3_chart_table_get_cell (table, row, 2), NULL);
    double y = g_ascii_strtod (re3_chart_table_get_cell (table, row, is_logit ? 3 : 4), NULL);

    if (fabs (x - value) > 1e-12)
      continue;
    for (gsize c = 0; c < n_classes; c++)
      if (g_str_equal (re3_chart_table_get_cell (table, row, 1),
                       re3_model_get_class_name (explanation->model, c))) {
        g_assert_cmpfloat_with_epsilon (
            y, is_logit ? explanation->forward->logits[c] : explanation->probabilities[c], 1e-10);
        n_found++;
      }
  }
  g_assert_cmpuint (n_found, >=, 2 * n_classes);
}

static void
check_value (Re3Session *session, gsize feature, double value, double low, double high)
{
  const Re3Explanation *explanation;
  g_autoptr (Re3Response) response = NULL;
  g_autoptr (Re3Chart) chart = NULL;

  g_assert_true (re3_what_if_set_value (re3_session_get_what_if (session), feature, value, NULL));
  explanation = re3_session_get_explanation (session);
  response = re3_response_new (explanation, feature, low, high);
  chart = re3_session_make_figure (session, "response");
  check_places (chart, response);
  check_numbers (chart, explanation, value);
  /* The band under the handle is of the class that is predicted; at its ends two are alike. */
  if (fabs (explanation->low[feature] - value) > 1e-9)
    g_assert_cmpuint (re3_response_get_prediction (response, value), ==, explanation->prediction);
}

static void
test_drag (gconstpointer model_name)
{
  g_autoptr (Re3Session) session = open_iris (model_name);
  const Re3FeatureReach *reach = re3_document_get_reach (re3_session_get_document (session));
  Re3ViewOptions options = *re3_session_get_view_options (session);

  options.single_response = TRUE;
  re3_session_set_view_options (session, &options);
  re3_session_select_row (session, 60);
  for (gsize feature = 0; feature < reach->n_features; feature++) {
    const Re3Explanation *original = re3_session_get_original (session);
    double low;
    double high;

    g_assert_true (re3_feature_reach_get (reach, feature, original->values[feature], &low, &high));
    re3_selection_select_feature (re3_session_get_selection (session), feature);
    for (int step = 0; step <= N_STEPS; step++)
      check_value (session, feature, low + (high - low) * step / N_STEPS, low, high);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/response-agreement/iris-8-4", "iris-8-4.re3.json", test_drag);
  g_test_add_data_func ("/response-agreement/iris-16-8-4", "iris-16-8-4.re3.json", test_drag);

  return g_test_run ();
}
