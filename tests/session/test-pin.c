/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-session.h"

static Re3Session *
open_iris (const char *model_name)
{
  Re3Session *session = re3_session_new ();
  g_autoptr (GFile) model = g_file_new_build_filename (g_getenv ("RE3_SAMPLES"), model_name, NULL);
  g_autoptr (GFile) data = g_file_new_build_filename (g_getenv ("RE3_SAMPLES"), "iris.csv", NULL);

  re3_session_open (session, model, data);
  while (re3_worker_is_busy (re3_session_get_loader (session)) ||
         re3_worker_is_busy (re3_session_get_analyst (session)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (re3_session_get_analysis (session));
  return session;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* What is pinned stays as it was, whatever becomes of its row. Row 50 of Iris is 7.0, 3.2, 4.7, 1.4
 * cm (Fisher 1936). */
static void
test_stays (void)
{
  g_autoptr (Re3Session) session = open_iris ("iris-8-4.re3.json");
  Re3WhatIf *what_if = re3_session_get_what_if (session);
  Re3Pin *pin = re3_session_get_pin (session);
  const Re3Baseline *pinned;
  guint n_changes = 0;

  g_assert_null (re3_pin_get_baseline (pin));
  g_assert_cmpint (re3_pin_get_row (pin), ==, RE3_NO_ROW);
  g_signal_connect_swapped (session, "pin-changed", G_CALLBACK (count_cb), &n_changes);
  re3_session_select_row (session, 50);
  re3_pin_take (pin, what_if);
  pinned = re3_pin_get_baseline (pin);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpstr (pinned->name, ==, "pinned row 50");
  g_assert_false (re3_pin_is_edited (pin));

  g_assert_true (re3_what_if_set_value (what_if, 2, 6.0, NULL));
  re3_selection_add_filter (re3_session_get_selection (session),
                            re3_sample_filter_new_misclassified ());
  re3_session_select_row (session, 3);
  g_assert_true (re3_pin_get_baseline (pin) == pinned);
  g_assert_cmpint (re3_pin_get_row (pin), ==, 50);
  g_assert_cmpfloat (pinned->explanation->values[0], ==, 7.0);
  g_assert_cmpfloat (pinned->explanation->values[2], ==, 4.7);
  g_assert_cmpuint (n_changes, ==, 1);

  re3_session_select_row (session, 50);
  re3_pin_take (pin, what_if);
  g_assert_cmpstr (re3_pin_get_baseline (pin)->name, ==, "pinned row 50, edited");
  g_assert_cmpfloat (re3_pin_get_baseline (pin)->explanation->values[2], ==, 6.0);
  re3_session_select_row (session, RE3_NO_ROW);
  re3_pin_take (pin, what_if);
  g_assert_cmpuint (n_changes, ==, 2);
  re3_pin_clear (pin);
  re3_pin_clear (pin);
  g_assert_cmpuint (n_changes, ==, 3);
  g_assert_null (re3_pin_get_baseline (pin));
}

/* Another model would answer otherwise. */
static void
test_new_document (void)
{
  g_autoptr (Re3Session) session = open_iris ("iris-8-4.re3.json");
  g_autoptr (GFile) other =
      g_file_new_build_filename (g_getenv ("RE3_SAMPLES"), "iris-16-8-4.re3.json", NULL);
  Re3Pin *pin = re3_session_get_pin (session);

  re3_pin_take (pin, re3_session_get_what_if (session));
  g_assert_nonnull (re3_pin_get_baseline (pin));
  re3_session_open (session, other, NULL);
  while (re3_worker_is_busy (re3_session_get_loader (session)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (re3_pin_get_baseline (pin));
}

static void
test_set (void)
{
  static const double values[] = { 7.0, 3.2, 4.7, 1.4 };
  static const double large[] = { 1.7e308, 3.2, 4.7, 1.4 };
  g_autoptr (Re3Session) session = open_iris ("iris-8-4.re3.json");
  Re3Model *model = re3_session_get_model (session);
  Re3Dataset *dataset = re3_session_get_dataset (session);
  Re3Pin *pin = re3_session_get_pin (session);

  g_assert_true (re3_pin_set (pin, model, dataset, 50, values));
  g_assert_false (re3_pin_is_edited (pin));
  g_assert_false (re3_pin_set (pin, model, dataset, 51, large));
  g_assert_cmpint (re3_pin_get_row (pin), ==, 50);
  g_assert_true (re3_pin_set (pin, model, dataset, 51, values));
  g_assert_true (re3_pin_is_edited (pin));
}

/* The baseline is the one that was chosen; of a pin, the mean as long as nothing is pinned. */
static void
test_baseline (void)
{
  g_autoptr (Re3Session) session = open_iris ("iris-8-4.re3.json");
  Re3Dataset *dataset = re3_session_get_dataset (session);
  Re3ViewOptions view = *re3_session_get_view_options (session);
  double sum = 0;
  gsize n_train = 150 - re3_dataset_get_n_test (dataset);

  g_assert_null (re3_session_get_baseline (session));
  view.baseline = RE3_BASELINE_ZERO;
  re3_session_set_view_options (session, &view);
  g_assert_cmpfloat (re3_session_get_baseline (session)->explanation->values[1], ==, 0);

  view.baseline = RE3_BASELINE_SAMPLE;
  re3_session_set_view_options (session, &view);
  for (gsize row = 0; row < 150; row++)
    sum += re3_dataset_is_test (dataset, row) ? 0 : re3_dataset_get_value (dataset, row, 1);
  g_assert_cmpfloat_with_epsilon (re3_session_get_baseline (session)->explanation->values[1],
                                  sum / (double) n_train, 1e-12);
  g_assert_cmpstr (re3_session_get_baseline (session)->name, ==, "training mean");
  re3_pin_take (re3_session_get_pin (session), re3_session_get_what_if (session));
  g_assert_cmpstr (re3_session_get_baseline (session)->name, ==, "pinned row 0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pin/stays", test_stays);
  g_test_add_func ("/pin/new-document", test_new_document);
  g_test_add_func ("/pin/set", test_set);
  g_test_add_func ("/pin/baseline", test_baseline);
  return g_test_run ();
}
