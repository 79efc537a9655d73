/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-session-opener.h"

typedef struct {
  Re3Session *session;
  Re3SessionOpener *opener;
  guint n_restored;
  guint n_finished;
  guint n_left_out;
  gssize row_when_restored;
  char *failure;
} Fixture;

static GFile *
get_sample (const char *name)
{
  return g_file_new_build_filename (g_getenv ("RE3_SAMPLES"), name, NULL);
}

static void
restored_cb (Fixture *fixture)
{
  fixture->n_restored++;
  fixture->row_when_restored = re3_session_get_row (fixture->session);
}

static void
finished_cb (Fixture *fixture, guint n_left_out)
{
  fixture->n_finished++;
  fixture->n_left_out = n_left_out;
}

static void
failed_cb (Fixture *fixture, const GError *error)
{
  g_free (fixture->failure);
  fixture->failure = g_strdup (error->message);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = re3_session_new ();
  fixture->opener = re3_session_opener_new (fixture->session);
  g_signal_connect_swapped (fixture->opener, "restored", G_CALLBACK (restored_cb), fixture);
  g_signal_connect_swapped (fixture->opener, "finished", G_CALLBACK (finished_cb), fixture);
  g_signal_connect_swapped (fixture->session, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->opener);
  g_object_unref (fixture->session);
  g_free (fixture->failure);
}

static void
wait_for (Re3Session *session)
{
  while (re3_worker_is_busy (re3_session_get_loader (session)) ||
         re3_worker_is_busy (re3_session_get_analyst (session)))
    g_main_context_iteration (NULL, TRUE);
}

/* Row 60, which is a versicolor, edited, among those of its own region, on a page of Iris. */
static Re3SessionFile *
make_saved (void)
{
  g_autoptr (Re3Session) session = re3_session_new ();
  g_autoptr (GFile) model = get_sample ("iris-16-8-4.re3.json");
  g_autoptr (GFile) data = get_sample ("iris.csv");

  re3_session_open_anew (session, model, data, NULL, FALSE);
  wait_for (session);
  re3_session_select_row (session, 60);
  g_assert_true (re3_what_if_set_value (re3_session_get_what_if (session), 2, 3.75, NULL));
  re3_what_if_set_locked (re3_session_get_what_if (session), 1, TRUE);
  re3_session_set_class_choice (session, 2);
  re3_selection_add_filter (
      re3_session_get_selection (session),
      re3_sample_filter_new_region ((gsize) re3_session_get_current_region (session)));
  return re3_session_file_capture (session, "validity");
}

static void
assert_is_saved (Re3Session *session)
{
  Re3WhatIf *what_if = re3_session_get_what_if (session);
  const Re3SampleFilter *filter =
      re3_selection_get_filter (re3_session_get_selection (session), RE3_FILTER_REGION);
  double values[4];

  g_assert_cmpint (re3_session_get_row (session), ==, 60);
  g_assert_cmpint (re3_session_get_class_choice (session), ==, 2);
  /* Row 60 of Iris is 5.0, 2.0, 3.5, 1.0 cm (Fisher 1936). */
  re3_what_if_copy_row (what_if, 60, values);
  g_assert_cmpfloat (values[1], ==, 2.0);
  g_assert_cmpfloat (values[2], ==, 3.75);
  g_assert_true (re3_what_if_is_locked (what_if, 1));
  g_assert_nonnull (filter);
  g_assert_cmpint ((gssize) filter->region, ==, re3_session_get_current_region (session));
}

static void
test_opens (Fixture *fixture, gconstpointer data)
{
  re3_session_opener_open (fixture->opener, make_saved ());
  wait_for (fixture->session);

  g_assert_cmpuint (fixture->n_restored, ==, 1);
  g_assert_cmpint (fixture->row_when_restored, ==, 60);
  g_assert_cmpuint (fixture->n_finished, ==, 1);
  g_assert_cmpuint (fixture->n_left_out, ==, 0);
  assert_is_saved (fixture->session);
}

/* The analysis is taken again later on; what the person has done since stays. */
static void
test_puts_back_once (Fixture *fixture, gconstpointer data)
{
  re3_session_opener_open (fixture->opener, make_saved ());
  wait_for (fixture->session);
  re3_selection_clear (re3_session_get_selection (fixture->session));
  re3_session_select_row (fixture->session, 7);
  re3_session_analyse (fixture->session);
  wait_for (fixture->session);

  g_assert_cmpuint (fixture->n_finished, ==, 1);
  g_assert_cmpint (re3_session_get_row (fixture->session), ==, 7);
  g_assert_null (
      re3_selection_get_filter (re3_session_get_selection (fixture->session), RE3_FILTER_REGION));
}

static void
test_something_else_is_opened (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) model = get_sample ("iris-16-8-4.re3.json");
  g_autoptr (GFile) iris = get_sample ("iris.csv");

  re3_session_opener_open (fixture->opener, make_saved ());
  re3_session_open (fixture->session, model, iris);
  wait_for (fixture->session);

  g_assert_cmpuint (fixture->n_restored, ==, 0);
  g_assert_cmpint (re3_session_get_row (fixture->session), ==, 0);
}

static void
test_stopped_or_failed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) model = get_sample ("iris-16-8-4.re3.json");
  g_autoptr (GFile) iris = get_sample ("iris.csv");
  g_autoptr (GFile) gone = get_sample ("gone.csv");
  Re3SessionFile *file = make_saved ();

  re3_session_opener_open (fixture->opener, make_saved ());
  re3_worker_cancel (re3_session_get_loader (fixture->session));
  wait_for (fixture->session);
  g_assert_null (fixture->failure);

  g_set_object (&file->data_file, gone);
  re3_session_opener_open (fixture->opener, file);
  wait_for (fixture->session);
  g_assert_nonnull (fixture->failure);
  g_assert_nonnull (strstr (fixture->failure, "gone.csv"));

  /* What is opened afterwards is not taken for it. */
  re3_session_open (fixture->session, model, iris);
  wait_for (fixture->session);
  g_assert_cmpuint (fixture->n_restored, ==, 0);
  g_assert_cmpint (re3_session_get_row (fixture->session), ==, 0);
}

/* A session that had no data has none, whatever is open. */
static void
test_without_data (Fixture *fixture, gconstpointer data)
{
  Re3SessionFile *file = make_saved ();

  re3_session_opener_open (fixture->opener, make_saved ());
  wait_for (fixture->session);
  g_clear_object (&file->data_file);
  g_clear_pointer (&file->region, g_free);
  re3_session_opener_open (fixture->opener, file);
  wait_for (fixture->session);

  g_assert_cmpuint (fixture->n_finished, ==, 2);
  g_assert_null (re3_session_get_dataset (fixture->session));
  g_assert_true (re3_what_if_is_locked (re3_session_get_what_if (fixture->session), 1));
}

static void
test_region_that_is_gone (Fixture *fixture, gconstpointer data)
{
  Re3SessionFile *file = make_saved ();

  g_free (file->region);
  file->region = g_strdup ("1|1");
  re3_session_opener_open (fixture->opener, file);
  wait_for (fixture->session);

  g_assert_cmpuint (fixture->n_finished, ==, 1);
  g_assert_cmpuint (fixture->n_left_out, ==, 1);
  g_assert_cmpint (re3_session_get_row (fixture->session), ==, 60);
}

/* Its samples are explained in scaled units again. */
static void
test_fitted_scaler (Fixture *fixture, gconstpointer data)
{
  static const char text[] =
      "{\"format\": \"re3-model\", \"version\": 1, \"classes\": "
      "[\"setosa\", \"versicolor\", \"virginica\"], \"layers\": [{\"type\": \"linear\", "
      "\"weight\": [[1, 0, 0, 1], [0, 1, 1, 0]], \"bias\": [0, 0]}, {\"type\": \"relu\"}, "
      "{\"type\": \"linear\", \"weight\": [[1, 0], [0, 1], [1, 1]], \"bias\": [0, 0, 0]}]}";
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) model = g_file_new_tmp ("re3-opener-XXXXXX.json", &stream, NULL);
  g_autoptr (GFile) iris = get_sample ("iris.csv");
  Re3WhatIf *what_if = re3_session_get_what_if (fixture->session);
  Re3Limits *limits = re3_session_get_limits (fixture->session);
  Re3SessionFile *file;

  g_assert_true (g_file_set_contents (g_file_peek_path (model), text, -1, NULL));
  re3_session_open (fixture->session, model, iris);
  wait_for (fixture->session);

  /* Nothing else is lost with the model that it stands before. */
  re3_session_select_row (fixture->session, 60);
  re3_what_if_set_locked (what_if, 1, TRUE);
  g_assert_true (re3_limits_set_range (limits, 3, 0, 2, NULL));
  re3_selection_add_filter (re3_session_get_selection (fixture->session),
                            re3_sample_filter_new_misclassified ());
  re3_session_opener_reopen (fixture->opener, NULL, TRUE);
  g_assert_true (re3_what_if_set_value (what_if, 2, 3.75, NULL));
  wait_for (fixture->session);
  g_assert_cmpuint (fixture->n_finished, ==, 1);
  g_assert_cmpuint (fixture->n_left_out, ==, 0);
  g_assert_true (re3_document_has_fitted_scaler (re3_session_get_document (fixture->session)));
  g_assert_cmpint (re3_session_get_row (fixture->session), ==, 60);
  g_assert_cmpfloat (re3_what_if_get_value (what_if, 2), ==, 3.75);
  g_assert_true (re3_what_if_is_locked (what_if, 1));
  g_assert_nonnull (re3_limits_find_range (limits, 3));
  g_assert_nonnull (re3_selection_get_filter (re3_session_get_selection (fixture->session),
                                              RE3_FILTER_MISCLASSIFIED));

  file = re3_session_file_capture (fixture->session, NULL);
  re3_session_open (fixture->session, model, iris);
  wait_for (fixture->session);
  g_assert_false (re3_model_has_scaler (re3_session_get_model (fixture->session)));

  re3_session_opener_open (fixture->opener, file);
  wait_for (fixture->session);
  g_assert_cmpuint (fixture->n_finished, ==, 2);
  g_assert_true (re3_document_has_fitted_scaler (re3_session_get_document (fixture->session)));
  g_assert_true (g_file_delete (model, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/session-opener/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("opens", test_opens);
  ADD ("puts-back-once", test_puts_back_once);
  ADD ("something-else-is-opened", test_something_else_is_opened);
  ADD ("stopped-or-failed", test_stopped_or_failed);
  ADD ("without-data", test_without_data);
  ADD ("fitted-scaler", test_fitted_scaler);
  ADD ("region-that-is-gone", test_region_that_is_gone);
  return g_test_run ();
}
