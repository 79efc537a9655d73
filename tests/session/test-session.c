/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-session.h"

#include "re3-core-error.h"
#include "re3-model-json.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

static GFile *
get_sample (const char *name)
{
  const char *folder = g_getenv ("RE3_SAMPLES");

  g_assert_nonnull (folder);
  return g_file_new_build_filename (folder, name, NULL);
}

static void
wait (Re3Session *session)
{
  while (re3_worker_is_busy (re3_session_get_loader (session)) ||
         re3_worker_is_busy (re3_session_get_analyst (session)))
    g_main_context_iteration (NULL, TRUE);
}

static Re3Session *
open_iris (const char *model_name)
{
  Re3Session *session = re3_session_new ();
  g_autoptr (GFile) model = get_sample (model_name);
  g_autoptr (GFile) data = get_sample ("iris.csv");

  re3_session_open (session, model, data);
  wait (session);
  g_assert_nonnull (re3_session_get_analysis (session));
  return session;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_open (void)
{
  g_autoptr (Re3Session) session = open_iris ("iris-16-8-4.re3.json");
  Re3Document *document = re3_session_get_document (session);

  g_assert_cmpstr (re3_document_get_title (document), ==, "iris-16-8-4 on iris.csv");
  g_assert_cmpuint (re3_dataset_get_n_rows (re3_session_get_dataset (session)), ==, 150);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (re3_session_get_samples (session))), ==,
                    150);
  g_assert_cmpint (re3_session_get_row (session), ==, 0);
  g_assert_nonnull (re3_session_get_explanation (session));
}

/* Pixels are known by their names, with a data set that is no array, or without any. */
static void
test_picture_shape (void)
{
  static const char *const names[] = { "sepal length", "sepal width", "petal length",
                                       "petal width" };
  g_autoptr (GFile) flowers = get_sample ("iris-8.re3.json");
  g_autofree char *folder = g_dir_make_tmp ("re3-pixels-XXXXXX", NULL);
  g_autoptr (GFile) pixels = g_file_new_build_filename (folder, "pixels.json", NULL);
  g_autoptr (Re3Document) no_picture = NULL;
  g_autoptr (Re3Document) picture = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) renamed = NULL;
  gsize n_rows, n_columns;

  g_assert_true (g_file_load_contents (flowers, NULL, &text, NULL, NULL, NULL));
  renamed = g_string_new (text);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *pixel = g_strdup_printf ("p(%u,%u)", 1 + i / 2, 1 + i % 2);

    g_assert_cmpuint (g_string_replace (renamed, names[i], pixel, 1), ==, 1);
  }
  g_assert_true (g_file_set_contents (g_file_peek_path (pixels), renamed->str, -1, NULL));

  no_picture = re3_document_open (flowers, NULL, NULL, NULL, FALSE, NULL, NULL);
  picture = re3_document_open (pixels, NULL, NULL, NULL, FALSE, NULL, NULL);
  g_assert_false (re3_document_get_picture_shape (no_picture, &n_rows, &n_columns));
  g_assert_true (re3_document_get_picture_shape (picture, &n_rows, &n_columns));
  g_assert_cmpuint (n_rows, ==, 2);
  g_assert_cmpuint (n_columns, ==, 2);
  g_assert_true (g_file_delete (pixels, NULL, NULL));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A view is told of once, and changes nothing of what is explained. */
static void
test_view_options (void)
{
  g_autoptr (Re3Session) session = open_iris ("iris-8-4.re3.json");
  const Re3Explanation *explanation = re3_session_get_explanation (session);
  Re3ViewOptions options = *re3_session_get_view_options (session);
  guint n_views = 0;
  guint n_explanations = 0;

  g_assert_false (options.paper_pathway);
  g_assert_cmpuint (options.pathway_nodes, >, 0);
  g_assert_cmpint (options.contribution_output, ==, RE3_CONTRIBUTION_LOGIT);
  g_assert_false (options.waterfall);

  g_signal_connect_swapped (session, "view-changed", G_CALLBACK (count_cb), &n_views);
  g_signal_connect_swapped (session, "explanation-changed", G_CALLBACK (count_cb), &n_explanations);
  re3_session_set_view_options (session, &options);
  g_assert_cmpuint (n_views, ==, 0);
  options.paper_pathway = TRUE;
  re3_session_set_view_options (session, &options);
  options.pathway_nodes = 3;
  re3_session_set_view_options (session, &options);
  options.contribution_output = RE3_CONTRIBUTION_PATH;
  re3_session_set_view_options (session, &options);
  options.waterfall = TRUE;
  re3_session_set_view_options (session, &options);
  re3_session_set_view_options (session, &options);
  g_assert_cmpuint (n_views, ==, 4);
  g_assert_cmpuint (n_explanations, ==, 0);
  g_assert_true (re3_session_get_explanation (session) == explanation);
  g_assert_true (re3_view_options_equal (re3_session_get_view_options (session), &options));
}

/* Row 0 of Iris is 5.1, 3.5, 1.4, 0.2 cm, setosa (Fisher 1936). */
static void
test_what_if (void)
{
  g_autoptr (Re3Session) session = open_iris ("iris-8-4.re3.json");
  Re3Dataset *dataset = re3_session_get_dataset (session);
  guint n_changes = 0;

  g_assert_cmpfloat (re3_session_get_explanation (session)->values[2], ==, 1.4);
  g_assert_cmpuint (re3_session_get_explanation (session)->prediction, ==, 0);
  g_assert_false (re3_what_if_has_edits (re3_session_get_what_if (session)));

  g_signal_connect_swapped (session, "explanation-changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_true (re3_what_if_set_value (re3_session_get_what_if (session), 2, 6.0, NULL));
  g_assert_true (re3_what_if_set_value (re3_session_get_what_if (session), 3, 2.4, NULL));
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_true (re3_what_if_set_value (re3_session_get_what_if (session), 3, 2.4, NULL));
  g_assert_cmpuint (n_changes, ==, 2);

  /* A petal of 6.0 x 2.4 cm is no setosa's; the data set is as it was. */
  g_assert_cmpuint (re3_session_get_explanation (session)->prediction, !=, 0);
  g_assert_true (re3_session_has_left_region (session));
  g_assert_true (re3_what_if_is_edited (re3_session_get_what_if (session), 2));
  g_assert_false (re3_what_if_is_edited (re3_session_get_what_if (session), 0));
  g_assert_cmpfloat (re3_dataset_get_value (dataset, 0, 2), ==, 1.4);
  g_assert_cmpuint (re3_session_get_original (session)->prediction, ==, 0);

  /* What no number can hold is refused, and changes nothing: neither logits that overflow, nor an
   * input that does before an inactive neuron hides it. */
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (re3_what_if_set_value (re3_session_get_what_if (session), 3,
                                           i == 0 ? 1.7e308 : -1.7e308, &error));
    g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE);
    g_assert_nonnull (strstr (error->message, "petal width"));
    g_assert_cmpfloat (re3_session_get_explanation (session)->values[3], ==, 2.4);
  }

  /* Edits stay with their row. */
  re3_session_select_row (session, 1);
  g_assert_false (re3_what_if_has_edits (re3_session_get_what_if (session)));
  re3_session_select_row (session, 0);
  g_assert_true (re3_what_if_has_edits (re3_session_get_what_if (session)));
  g_assert_cmpfloat (re3_session_get_explanation (session)->values[2], ==, 6.0);

  re3_what_if_reset_value (re3_session_get_what_if (session), 2);
  g_assert_cmpfloat (re3_session_get_explanation (session)->values[2], ==, 1.4);
  g_assert_cmpfloat (re3_session_get_explanation (session)->values[3], ==, 2.4);
  re3_what_if_reset_all_values (re3_session_get_what_if (session));
  g_assert_false (re3_what_if_has_edits (re3_session_get_what_if (session)));
  g_assert_false (re3_session_has_left_region (session));
  re3_session_select_row (session, 1);
  re3_session_select_row (session, 0);
  g_assert_false (re3_what_if_has_edits (re3_session_get_what_if (session)));
}

/* What a slider passes on its way is what a fresh explanation says, bit for bit, although regions
 * are shared between steps. */
static void
test_steps_are_fresh (void)
{
  g_autoptr (Re3Session) session = open_iris ("iris-16-8-4.re3.json");
  Re3Model *model = re3_session_get_model (session);
  guint n_regions = 1;

  for (guint step = 0; step <= 200; step++) {
    Re3Region *before = re3_session_get_explanation (session)->region;

    g_assert_true (re3_what_if_set_value (re3_session_get_what_if (session), 3,
                                          0.1 + 2.4 * step / 200.0, NULL));

    const Re3Explanation *now = re3_session_get_explanation (session);
    g_autoptr (Re3Explanation) fresh = re3_explanation_new (model, now->values, NULL);

    n_regions += now->region != before;
    g_assert_true (re3_pattern_equal (fresh->region->pattern, now->region->pattern));
    for (gsize c = 0; c < 3; c++)
      g_assert_cmpfloat (fresh->probabilities[c], ==, now->probabilities[c]);
    g_assert_cmpfloat (fresh->residual, ==, now->residual);
    g_assert_cmpfloat (fresh->boundary.l2, ==, now->boundary.l2);
    g_assert_cmpfloat (fresh->low[3], ==, now->low[3]);
  }
  g_assert_cmpuint (n_regions, >, 1);
  g_assert_cmpuint (n_regions, <, 100);
}

static void
test_region_filter (void)
{
  g_autoptr (Re3Session) session = open_iris ("iris-8-4.re3.json");
  const Re3RegionTable *table = re3_analysis_get_region_table (re3_session_get_analysis (session));
  const Re3RegionRow *largest = re3_region_table_get_region (table, 0);
  GListModel *samples = G_LIST_MODEL (re3_session_get_samples (session));
  Re3Selection *selection = re3_session_get_selection (session);

  re3_selection_add_filter (selection, re3_sample_filter_new_region (0));
  g_assert_cmpuint (g_list_model_get_n_items (samples), ==, largest->n_train + largest->n_test);
  for (guint i = 0; i < g_list_model_get_n_items (samples); i++) {
    gsize row = re3_sample_list_get_row (re3_session_get_samples (session), i);

    re3_session_select_row (session, row);
    g_assert_cmpint (re3_session_get_current_region (session), ==, 0);
  }
  re3_selection_clear (selection);
  g_assert_cmpuint (g_list_model_get_n_items (samples), ==, 150);
}

static void
failed_cb (Re3Session *session, const GError *error, char **message)
{
  g_free (*message);
  *message = g_strdup (error->message);
}

/* What cannot be opened is told in a sentence that names the file, and leaves all as it was. */
static void
test_failure_keeps_document (void)
{
  g_autoptr (Re3Session) session = open_iris ("iris-8-4.re3.json");
  Re3Document *document = re3_session_get_document (session);
  Re3Analysis *analysis = re3_session_get_analysis (session);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "re3-broken-XXXXXX", NULL);
  int descriptor = g_mkstemp (path);
  g_autoptr (GFile) broken = g_file_new_for_path (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *message = NULL;

  g_assert_cmpint (descriptor, >=, 0);
  g_assert_true (g_close (descriptor, NULL));
  g_assert_true (
      g_file_set_contents (path, "{\"format\": \"re3-model\",\n \"layers\": [", -1, NULL));

  g_assert_true (re3_what_if_set_value (re3_session_get_what_if (session), 0, 7.0, NULL));
  g_signal_connect (session, "failed", G_CALLBACK (failed_cb), &message);
  re3_session_open (session, broken, NULL);
  wait (session);

  g_assert_nonnull (message);
  g_assert_nonnull (strstr (message, name));
  g_assert_true (re3_session_get_document (session) == document);
  g_assert_true (re3_session_get_analysis (session) == analysis);
  g_assert_cmpfloat (re3_session_get_explanation (session)->values[0], ==, 7.0);
  g_assert_true (g_file_delete (broken, NULL, NULL));
}

/* Nobody writes into it: reading would wait for ever, and could not be stopped. */
static void
test_pipe (void)
{
  g_autofree char *folder = g_dir_make_tmp ("re3-pipe-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "pipe.csv", NULL);
  g_autoptr (GFile) pipe = g_file_new_for_path (path);
  g_autoptr (GFile) model = get_sample ("iris-8.re3.json");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_null (re3_document_open (model, pipe, NULL, NULL, FALSE, NULL, &error));
  g_assert_nonnull (strstr (error->message, "pipe.csv: this is a pipe or a device; save"));
  g_clear_error (&error);
  g_assert_null (re3_document_open (pipe, NULL, NULL, NULL, FALSE, NULL, &error));
  g_assert_nonnull (strstr (error->message, "pipe.csv: this is a pipe"));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Another model of the same data keeps the data open, but nothing selected: it has other regions
 * and neurons. */
static void
test_change_model (void)
{
  g_autoptr (Re3Session) session = open_iris ("iris-8-4.re3.json");
  Re3Selection *selection = re3_session_get_selection (session);
  g_autoptr (GFile) other = get_sample ("iris-8.re3.json");

  re3_selection_add_filter (selection, re3_sample_filter_new_region (0));
  re3_selection_select_neuron (selection, 11);
  re3_session_open (session, other, NULL);
  wait (session);
  g_assert_cmpstr (re3_document_get_title (re3_session_get_document (session)), ==,
                   "iris-8 on iris.csv");
  g_assert_null (re3_selection_get_filter (selection, RE3_FILTER_REGION));
  g_assert_cmpuint (re3_selection_get_neuron (selection), ==, RE3_NO_NEURON);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (re3_session_get_samples (session))), ==,
                    150);
  g_assert_null (re3_document_get_notice (re3_session_get_document (session)));
  g_assert_nonnull (re3_session_get_analysis (session));
}

static void
test_data_without_model (void)
{
  g_autoptr (Re3Session) session = re3_session_new ();
  g_autoptr (GFile) data = get_sample ("iris.csv");
  g_autofree char *message = NULL;

  g_signal_connect (session, "failed", G_CALLBACK (failed_cb), &message);
  re3_session_open (session, NULL, data);
  wait (session);
  g_assert_nonnull (message);
  g_assert_nonnull (strstr (message, "open the model first"));
  g_assert_null (re3_session_get_document (session));
}

/* The first 90 flowers of Iris. (transfer full) */
static GFile *
write_part_of_iris (void)
{
  g_autofree char *from = g_build_filename (g_getenv ("RE3_SAMPLES"), "iris.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *part = NULL;
  g_autoptr (GFileIOStream) stream = NULL;
  GFile *file = g_file_new_tmp ("re3-part-XXXXXX.csv", &stream, NULL);

  g_assert_true (g_file_get_contents (from, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", 92);
  g_clear_pointer (&lines[91], g_free);
  part = g_strjoinv ("\n", lines);
  g_assert_true (g_file_set_contents (g_file_peek_path (file), part, -1, NULL));
  return file;
}

/* Iris in centimetres for a network that was trained on scaled inputs, and whose file has lost its
 * scaler: the document warns, and on request a scaler is fitted. The shipped one was fitted to the
 * same training samples, so the answers are the shipped model's. Another data set has other
 * training samples: it is shown as a session with both files is when it is opened again, and what a
 * person knows of the features holds there too. */
static void
test_fit_scaler (void)
{
  g_autoptr (Re3Session) whole = open_iris ("iris-16-8-4.re3.json");
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "re3-bare-XXXXXX", NULL);
  int descriptor = g_mkstemp (path);
  g_autoptr (GFile) bare = g_file_new_for_path (path);
  g_autoptr (Re3Session) session = re3_session_new ();
  g_autoptr (GFile) data = get_sample ("iris.csv");
  g_autoptr (GFile) part = write_part_of_iris ();
  g_autofree double *confidence = NULL;
  gsize n_rows;
  Re3Model *model = re3_session_get_model (whole);
  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (re3_model_get_network (model));
  g_autoptr (Re3Model) bare_model = NULL;
  const char *features[5] = { NULL };
  const char *classes[4] = { NULL };

  for (gsize i = 0; i < 4; i++)
    features[i] = re3_model_get_feature_name (model, i);
  for (gsize c = 0; c < 3; c++)
    classes[c] = re3_model_get_class_name (model, c);
  g_assert_true (re3_model_builder_set_features (builder, features, NULL, NULL));
  g_assert_true (re3_model_builder_set_classes (builder, classes, NULL));
  bare_model = re3_model_builder_finish (builder);
  g_assert_true (g_close (descriptor, NULL));
  g_assert_true (re3_model_json_write (bare_model, bare, NULL));

  re3_session_open (session, bare, data);
  wait (session);
  g_assert_nonnull (re3_document_get_warning (re3_session_get_document (session)));
  g_assert_null (re3_document_get_warning (re3_session_get_document (whole)));

  re3_session_open_anew (session, bare, data, NULL, TRUE);
  wait (session);
  g_assert_null (re3_document_get_warning (re3_session_get_document (session)));
  g_assert_true (re3_document_has_fitted_scaler (re3_session_get_document (session)));
  for (gsize row = 0; row < 150; row++)
    g_assert_cmpfloat_with_epsilon (
        re3_analysis_get_confidence (re3_session_get_analysis (session), row),
        re3_analysis_get_confidence (re3_session_get_analysis (whole), row), 1e-9);

  g_assert_true (re3_limits_set_range (re3_session_get_limits (session), 2, 1, 5, NULL));
  re3_session_open (session, NULL, part);
  wait (session);
  g_assert_true (re3_document_has_fitted_scaler (re3_session_get_document (session)));
  g_assert_nonnull (re3_limits_find_range (re3_session_get_limits (session), 2));
  n_rows = re3_dataset_get_n_rows (re3_session_get_dataset (session));
  g_assert_cmpuint (n_rows, ==, 90);
  confidence = g_new (double, n_rows);
  for (gsize row = 0; row < n_rows; row++)
    confidence[row] = re3_analysis_get_confidence (re3_session_get_analysis (session), row);
  re3_session_open_anew (session, bare, part, NULL, TRUE);
  wait (session);
  for (gsize row = 0; row < n_rows; row++)
    g_assert_cmpfloat (re3_analysis_get_confidence (re3_session_get_analysis (session), row), ==,
                       confidence[row]);
  g_assert_true (g_file_delete (bare, NULL, NULL));
  g_assert_true (g_file_delete (part, NULL, NULL));
}

#define N_INPUTS 8
#define N_HIDDEN 64
#define N_ROWS   40000

static void
append_layer (GString *text, GRand *random, guint n_in, guint n_out)
{
  g_string_append (text, "{\"type\": \"linear\", \"weight\": [");
  for (guint i = 0; i < n_out; i++) {
    for (guint j = 0; j < n_in; j++)
      g_string_append_printf (text, "%s%.3f",
                              j > 0   ? ", "
                              : i > 0 ? "], ["
                                      : "[",
                              g_rand_double_range (random, -1, 1));
  }
  g_string_append (text, "]], \"bias\": [");
  for (guint i = 0; i < n_out; i++)
    g_string_append_printf (text, "%s%.3f", i > 0 ? ", " : "", g_rand_double_range (random, -1, 1));
  g_string_append (text, "]}");
}

/* A network with about as many regions as there are samples, so that their maps take a while. */
static void
write_slow_files (const char *folder)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GString) model = g_string_new ("{\"format\": \"re3-model\", \"version\": 1, "
                                            "\"layers\": [");
  g_autoptr (GString) data = g_string_new (NULL);
  g_autofree char *model_path = g_build_filename (folder, "slow.re3.json", NULL);
  g_autofree char *data_path = g_build_filename (folder, "slow.csv", NULL);

  append_layer (model, random, N_INPUTS, N_HIDDEN);
  g_string_append (model, ", {\"type\": \"relu\"}, ");
  append_layer (model, random, N_HIDDEN, N_HIDDEN);
  g_string_append (model, ", {\"type\": \"relu\"}, ");
  append_layer (model, random, N_HIDDEN, 2);
  g_string_append (model, "]}");
  for (guint row = 0; row < N_ROWS; row++) {
    for (guint i = 0; i < N_INPUTS; i++)
      g_string_append_printf (data, "%.4f,", g_rand_double_range (random, -3, 3));
    g_string_append (data, row % 2 == 0 ? "0\n" : "1\n");
  }
  g_assert_true (g_file_set_contents (model_path, model->str, model->len, NULL));
  g_assert_true (g_file_set_contents (data_path, data->str, data->len, NULL));
}

static void
cancel_first_cb (Re3Session *session, guint *n_first)
{
  Re3Analysis *analysis = re3_session_get_analysis (session);

  if (analysis == NULL || re3_analysis_is_complete (analysis))
    return;
  (*n_first)++;
  re3_worker_cancel (re3_session_get_analyst (session));
}

/* Predictions and regions come first. Stopping leaves them, and tells nobody of a failure; another
 * run starts from there, and also when it is stopped the last good analysis stays. */
static void
test_cancel_and_run_again (void)
{
  g_autofree char *folder = g_dir_make_tmp ("re3-slow-XXXXXX", NULL);
  g_autoptr (GFile) model = g_file_new_build_filename (folder, "slow.re3.json", NULL);
  g_autoptr (GFile) data = g_file_new_build_filename (folder, "slow.csv", NULL);
  g_autoptr (Re3Session) session = re3_session_new ();
  g_autofree char *message = NULL;
  Re3Analysis *first;
  guint n_first = 0;

  write_slow_files (folder);
  g_signal_connect (session, "failed", G_CALLBACK (failed_cb), &message);
  g_signal_connect (session, "analysis-changed", G_CALLBACK (cancel_first_cb), &n_first);
  re3_session_open (session, model, data);
  wait (session);

  first = re3_session_get_analysis (session);
  g_assert_null (message);
  g_assert_cmpuint (n_first, ==, 1);
  g_assert_nonnull (first);
  g_assert_false (re3_analysis_is_complete (first));
  g_assert_cmpuint (re3_region_table_get_n_regions (re3_analysis_get_region_table (first)), >,
                    1000);
  re3_sample_list_set_order (re3_session_get_samples (session), RE3_SAMPLE_DISTANCE, TRUE);

  re3_session_analyse (session);
  re3_worker_cancel (re3_session_get_analyst (session));
  wait (session);
  g_assert_true (re3_session_get_analysis (session) == first);

  re3_session_analyse (session);
  wait (session);
  g_assert_null (message);
  g_assert_true (re3_analysis_is_complete (re3_session_get_analysis (session)));
  g_assert_cmpuint (n_first, ==, 1);

  g_assert_true (g_file_delete (model, NULL, NULL));
  g_assert_true (g_file_delete (data, NULL, NULL));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A session that goes away while it works leaves nothing behind. */
static void
test_dispose_while_busy (void)
{
  Re3Session *session = re3_session_new ();
  g_autoptr (GFile) model = get_sample ("iris-8-4.re3.json");
  g_autoptr (GFile) data = get_sample ("iris.csv");

  re3_session_open (session, model, data);
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  g_object_unref (session);
  g_assert_null (session);
  for (guint i = 0; i < 50; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

/* There are 17 regions. */
static void
test_regions_in_view (void)
{
  g_autoptr (Re3Session) session = open_iris ("iris-16-8-4.re3.json");
  Re3ViewOptions options = *re3_session_get_view_options (session);
  guint n_told = 0;

  options.first_region = 16;
  re3_session_set_view_options (session, &options);
  g_signal_connect_swapped (session, "view-changed", G_CALLBACK (count_cb), &n_told);
  re3_session_analyse (session);
  wait (session);
  g_assert_cmpuint (re3_session_get_view_options (session)->first_region, ==, 16);
  g_assert_cmpuint (n_told, ==, 0);

  options.first_region = 200;
  re3_session_set_view_options (session, &options);
  re3_session_analyse (session);
  wait (session);
  g_assert_cmpuint (re3_session_get_view_options (session)->first_region, ==, 0);
  g_assert_cmpuint (n_told, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/pipe", test_pipe);
  g_test_add_func ("/session/open", test_open);
  g_test_add_func ("/session/picture-shape", test_picture_shape);
  g_test_add_func ("/session/what-if", test_what_if);
  g_test_add_func ("/session/view-options", test_view_options);
  g_test_add_func ("/session/steps-are-fresh", test_steps_are_fresh);
  g_test_add_func ("/session/region-filter", test_region_filter);
  g_test_add_func ("/session/regions-in-view", test_regions_in_view);
  g_test_add_func ("/session/failure-keeps-document", test_failure_keeps_document);
  g_test_add_func ("/session/change-model", test_change_model);
  g_test_add_func ("/session/data-without-model", test_data_without_model);
  g_test_add_func ("/session/fit-scaler", test_fit_scaler);
  g_test_add_func ("/session/cancel-and-run-again", test_cancel_and_run_again);
  g_test_add_func ("/session/dispose-while-busy", test_dispose_while_busy);
  return g_test_run ();
}
