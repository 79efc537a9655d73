/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-counterfactual-search.h"
#include "re3-session.h"

#include <glib/gstdio.h>
#include <math.h>

static Re3Session *
open_iris_with (GFile *model)
{
  Re3Session *session = re3_session_new ();
  g_autoptr (GFile) data = g_file_new_build_filename (g_getenv ("RE3_SAMPLES"), "iris.csv", NULL);

  re3_session_open (session, model, data);
  while (re3_worker_is_busy (re3_session_get_loader (session)) ||
         re3_worker_is_busy (re3_session_get_analyst (session)))
    g_main_context_iteration (NULL, TRUE);
  return session;
}

static GFile *
get_iris_model (void)
{
  return g_file_new_build_filename (g_getenv ("RE3_SAMPLES"), "iris-8-4.re3.json", NULL);
}

static Re3Session *
open_iris (void)
{
  g_autoptr (GFile) model = get_iris_model ();

  return open_iris_with (model);
}

static Re3CounterfactualSearch *
new_search (Re3Session *session)
{
  return re3_counterfactual_search_new (re3_session_get_what_if (session),
                                        re3_session_get_groups (session),
                                        re3_session_get_limits (session));
}

static void
wait_for (Re3CounterfactualSearch *search)
{
  while (re3_worker_is_busy (re3_counterfactual_search_get_worker (search)))
    g_main_context_iteration (NULL, TRUE);
}

/* What is found can be laid over the sample, and the network then predicts the class. */
static void
test_apply (void)
{
  g_autoptr (Re3Session) session = open_iris ();
  Re3WhatIf *what_if = re3_session_get_what_if (session);
  g_autoptr (Re3CounterfactualSearch) search = new_search (session);
  const Re3CounterfactualQuestion question = { .target = 2, .within_data = TRUE };
  const Re3Counterfactual *result;
  double sum = 0;

  re3_session_select_row (session, 60);
  re3_what_if_set_locked (what_if, 3, TRUE);
  re3_counterfactual_search_start (search, &question);
  g_assert_null (re3_counterfactual_search_get_result (search));
  wait_for (search);
  result = re3_counterfactual_search_get_result (search);
  g_assert_nonnull (result);
  g_assert_no_error (re3_counterfactual_search_get_error (search));
  g_assert_true (result->found && result->proven);
  g_assert_cmpfloat (result->values[3], ==, re3_what_if_get_value (what_if, 3));
  for (gsize i = 0; i < 4; i++) {
    double low, high;
    double step = (result->values[i] - re3_counterfactual_search_get_start (search)[i]) /
                  re3_model_get_scaler_scale (re3_session_get_model (session), i);

    re3_dataset_get_range (re3_session_get_dataset (session), i, &low, &high);
    g_assert_cmpfloat (result->values[i], >=, low);
    g_assert_cmpfloat (result->values[i], <=, high);
    sum += step * step;
  }
  g_assert_cmpfloat_with_epsilon (sqrt (sum), result->distance, 1e-9);

  g_assert_true (re3_what_if_set_values (what_if, result->values, NULL));
  g_assert_cmpuint (re3_session_get_explanation (session)->prediction, ==, 2);
  g_assert_true (re3_what_if_undo (what_if));
  g_assert_false (re3_what_if_has_edits (what_if));
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* Another row forgets what was found for the last one, and what is still looked for. */
static void
test_row_changes (void)
{
  g_autoptr (Re3Session) session = open_iris ();
  g_autoptr (Re3CounterfactualSearch) search = new_search (session);
  const Re3CounterfactualQuestion question = { .target = RE3_ANY_OTHER_CLASS };
  guint n_changes = 0;

  g_signal_connect_swapped (search, "changed", G_CALLBACK (count_cb), &n_changes);
  re3_counterfactual_search_start (search, &question);
  wait_for (search);
  g_assert_cmpuint (n_changes, ==, 2);
  re3_session_select_row (session, 3);
  g_assert_null (re3_counterfactual_search_get_result (search));
  g_assert_cmpuint (n_changes, ==, 3);

  re3_counterfactual_search_start (search, &question);
  re3_session_select_row (session, 4);
  g_assert_false (re3_worker_is_busy (re3_counterfactual_search_get_worker (search)));
  for (int i = 0; i < 50; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
  g_assert_null (re3_counterfactual_search_get_result (search));
}

/* Where all is locked there is nothing to find, and that is known. */
static void
test_all_locked (void)
{
  g_autoptr (Re3Session) session = open_iris ();
  Re3WhatIf *what_if = re3_session_get_what_if (session);
  g_autoptr (Re3CounterfactualSearch) search = new_search (session);
  const Re3CounterfactualQuestion question = { .target = RE3_ANY_OTHER_CLASS };
  const Re3Counterfactual *result;

  for (gsize i = 0; i < 4; i++)
    re3_what_if_set_locked (what_if, i, TRUE);
  re3_counterfactual_search_start (search, &question);
  wait_for (search);
  result = re3_counterfactual_search_get_result (search);
  g_assert_nonnull (result);
  g_assert_false (result->found);
  g_assert_true (result->proven);
}

/* What the model declares to be one choice is not taken apart. */
static void
test_groups (void)
{
  g_autoptr (GFile) iris = get_iris_model ();
  g_autofree char *folder = g_dir_make_tmp ("re3-XXXXXX", NULL);
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "grouped.re3.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) grouped = NULL;
  g_autoptr (Re3Session) session = NULL;
  g_autoptr (Re3CounterfactualSearch) search = NULL;
  const Re3CounterfactualQuestion question = { .target = RE3_ANY_OTHER_CLASS };
  const Re3Counterfactual *result;
  const Re3FeatureGroup *group;

  g_assert_true (g_file_load_contents (iris, NULL, &text, NULL, NULL, NULL));
  grouped = g_string_new (text);
  g_assert_cmpuint (g_string_replace (grouped, "\"classes\":",
                                      "\"groups\": [{\"name\": \"sepal\", \"features\": "
                                      "[\"sepal length\", \"sepal width\"]}], \"classes\":",
                                      1),
                    ==, 1);
  g_assert_true (
      g_file_replace_contents (file, grouped->str, grouped->len, NULL, FALSE, 0, NULL, NULL, NULL));

  session = open_iris_with (file);
  re3_session_select_row (session, 60);
  search = new_search (session);
  re3_counterfactual_search_start (search, &question);
  wait_for (search);
  result = re3_counterfactual_search_get_result (search);
  g_assert_nonnull (result);
  g_assert_true (result->found && result->proven);
  g_assert_cmpuint (result->n_changed, >, 0);
  /* The lengths are no choice; where they have changed, they are one. */
  group = g_ptr_array_index (re3_counterfactual_search_get_groups (search), 0);
  if (result->changed[0] < 2)
    g_assert_cmpint (re3_feature_group_get_choice (group, result->values), !=, RE3_NO_CHOICE);

  re3_group_choices_set_locked (re3_session_get_groups (session), group, TRUE);
  re3_counterfactual_search_start (search, &question);
  wait_for (search);
  result = re3_counterfactual_search_get_result (search);
  g_assert_true (result->found && result->proven);
  for (gsize i = 0; i < result->n_changed; i++)
    g_assert_cmpuint (result->changed[i], >=, 2);

  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A search that is stopped has a result all the same: what it has found so far, if anything. */
static void
test_stop (void)
{
  g_autoptr (Re3Session) session = open_iris ();
  g_autoptr (Re3CounterfactualSearch) search = new_search (session);
  const Re3CounterfactualQuestion question = { .target = RE3_ANY_OTHER_CLASS };
  const Re3Counterfactual *result;

  re3_counterfactual_search_start (search, &question);
  re3_counterfactual_search_stop (search);
  wait_for (search);
  result = re3_counterfactual_search_get_result (search);
  g_assert_no_error (re3_counterfactual_search_get_error (search));
  g_assert_nonnull (result);
  g_assert_true (result->proven != result->stopped);
  if (result->found)
    g_assert_cmpfloat (result->lower_bound, <=, result->distance);
}

/* Draws limits for the four features of Iris, sets them and writes them to @options. */
static void
draw_limits (Re3Session *session, Re3CounterfactualOptions *options)
{
  Re3Limits *limits = re3_session_get_limits (session);
  double *low = (double *) options->low;
  double *high = (double *) options->high;
  Re3FeatureOrder *orders = (Re3FeatureOrder *) options->orders;
  guint8 *integer = (guint8 *) options->integer;

  re3_limits_clear (limits);
  for (gsize f = 0; f < 4; f++) {
    double end = g_test_rand_double_range (-1, 8);
    double other = end + g_test_rand_double_range (1, 4);

    integer[f] = g_test_rand_int_range (0, 4) == 0;
    low[f] = g_test_rand_bit () ? end : -INFINITY;
    high[f] = g_test_rand_bit () ? other : INFINITY;
    re3_limits_set_integer (limits, f, integer[f]);
    if (isfinite (low[f]) || isfinite (high[f]))
      g_assert_true (re3_limits_set_range (limits, f, low[f], high[f], NULL));
  }
  options->n_orders = 0;
  for (gsize i = 0; i < 2; i++) {
    Re3FeatureOrder order = { (gsize) g_test_rand_int_range (0, 4),
                              (gsize) g_test_rand_int_range (0, 4) };

    if (re3_limits_add_order (limits, order, NULL))
      orders[options->n_orders++] = order;
  }
}

static void
assert_within (const double *values, const Re3CounterfactualOptions *options)
{
  for (gsize f = 0; f < 4; f++) {
    g_assert_cmpfloat (values[f], >=, options->low[f]);
    g_assert_cmpfloat (values[f], <=, options->high[f]);
    if (options->integer[f])
      g_assert_cmpfloat (values[f], ==, floor (values[f]));
  }
  for (gsize i = 0; i < options->n_orders; i++)
    g_assert_cmpfloat (values[options->orders[i].lesser], <=, values[options->orders[i].greater]);
}

/* Whatever the limits, the search asks the core for them, and what it finds respects them to the
 * last digit, whether the sample does or not. */
static void
test_limits (void)
{
  g_autoptr (Re3Session) session = open_iris ();
  Re3WhatIf *what_if = re3_session_get_what_if (session);
  g_autoptr (Re3CounterfactualSearch) search = new_search (session);
  gsize n_found = 0;
  gsize n_outside = 0;

  for (int trial = 0; trial < 60; trial++) {
    double low[4], high[4], values[4];
    guint8 integer[4], locked[4] = { 0 };
    Re3FeatureOrder orders[2];
    Re3CounterfactualOptions options = RE3_COUNTERFACTUAL_OPTIONS_DEFAULT;
    Re3CounterfactualQuestion question = { .target = RE3_ANY_OTHER_CLASS,
                                           .metric = (Re3Metric) (trial % 3),
                                           .within_data = FALSE };
    gsize row = (gsize) g_test_rand_int_range (0, 150);
    gsize lock = (gsize) g_test_rand_int_range (0, 4);
    g_autoptr (Re3Counterfactual) expected = NULL;
    const Re3Counterfactual *result;

    options.low = low;
    options.high = high;
    options.integer = integer;
    options.locked = locked;
    options.orders = orders;
    options.metric = question.metric;
    draw_limits (session, &options);
    re3_session_select_row (session, (gssize) row);
    locked[lock] = g_test_rand_bit ();
    re3_what_if_set_locked (what_if, lock, locked[lock]);
    re3_what_if_copy_row (what_if, row, values);

    re3_counterfactual_search_start (search, &question);
    wait_for (search);
    g_assert_no_error (re3_counterfactual_search_get_error (search));
    result = re3_counterfactual_search_get_result (search);
    g_assert_nonnull (result);
    expected =
        re3_counterfactual_new (re3_session_get_model (session), values, &options, NULL, NULL);
    g_assert_cmpint (result->found, ==, expected->found);
    g_assert_cmpint (result->proven, ==, expected->proven);
    g_assert_cmpfloat (result->lower_bound, ==, expected->lower_bound);
    if (result->found) {
      assert_within (result->values, &options);
      if (locked[lock])
        g_assert_cmpfloat (result->values[lock], ==, values[lock]);
      g_assert_true (re3_limits_hold (re3_session_get_limits (session), result->values));
      g_assert_cmpmem (result->values, sizeof values, expected->values, sizeof values);
      n_found++;
      n_outside += re3_limits_hold (re3_session_get_limits (session), values) ? 0 : 1;
    }
    re3_what_if_set_locked (what_if, lock, FALSE);
  }
  g_assert_cmpuint (n_found, >, 10);
  g_assert_cmpuint (n_outside, >, 5);
}

/* A range narrows that of the data, and does not widen it. */
static void
test_range_within_data (void)
{
  g_autoptr (Re3Session) session = open_iris ();
  Re3Limits *limits = re3_session_get_limits (session);
  g_autoptr (Re3CounterfactualSearch) search = new_search (session);
  const Re3CounterfactualQuestion question = { .target = 2, .within_data = TRUE };
  const Re3Counterfactual *result;

  /* The petals of Iris are 0.1 cm to 2.5 cm wide (Fisher 1936). */
  re3_session_select_row (session, 60);
  g_assert_true (re3_limits_set_range (limits, 3, 2.25, 9, NULL));
  re3_counterfactual_search_start (search, &question);
  wait_for (search);
  result = re3_counterfactual_search_get_result (search);
  g_assert_true (result->found);
  g_assert_cmpfloat (result->values[3], >=, 2.25);
  g_assert_cmpfloat (result->values[3], <=, 2.5);

  /* With other limits it would be another answer. */
  re3_limits_remove_range (limits, 3);
  g_assert_null (re3_counterfactual_search_get_result (search));
  g_assert_true (re3_limits_set_range (limits, 3, 2.75, 9, NULL));
  re3_counterfactual_search_start (search, &question);
  wait_for (search);
  result = re3_counterfactual_search_get_result (search);
  g_assert_false (result->found);
  g_assert_true (result->proven);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/counterfactual-search/apply", test_apply);
  g_test_add_func ("/counterfactual-search/row-changes", test_row_changes);
  g_test_add_func ("/counterfactual-search/all-locked", test_all_locked);
  g_test_add_func ("/counterfactual-search/groups", test_groups);
  g_test_add_func ("/counterfactual-search/stop", test_stop);
  g_test_add_func ("/counterfactual-search/limits", test_limits);
  g_test_add_func ("/counterfactual-search/range-within-data", test_range_within_data);
  return g_test_run ();
}
