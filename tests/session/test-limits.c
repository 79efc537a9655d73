/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-core-error.h"
#include "re3-limits-check.h"
#include "re3-session.h"

#include <math.h>

static void
open_files (Re3Session *session, const char *model_name, const char *data_name)
{
  const char *folder = g_getenv ("RE3_SAMPLES");
  g_autoptr (GFile) model =
      model_name != NULL ? g_file_new_build_filename (folder, model_name, NULL) : NULL;
  g_autoptr (GFile) data =
      data_name != NULL ? g_file_new_build_filename (folder, data_name, NULL) : NULL;

  re3_session_open (session, model, data);
  while (re3_worker_is_busy (re3_session_get_loader (session)) ||
         re3_worker_is_busy (re3_session_get_analyst (session)))
    g_main_context_iteration (NULL, TRUE);
}

static Re3Session *
open_iris (void)
{
  Re3Session *session = re3_session_new ();

  open_files (session, "iris-8-4.re3.json", "iris.csv");
  return session;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_ranges (void)
{
  g_autoptr (Re3Session) session = open_iris ();
  Re3Limits *limits = re3_session_get_limits (session);
  const GArray *ranges = re3_limits_get_ranges (limits);
  guint n_changes = 0;

  g_signal_connect_swapped (limits, "changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_true (re3_limits_set_range (limits, 3, 0.5, INFINITY, NULL));
  g_assert_true (re3_limits_set_range (limits, 1, -INFINITY, -2, NULL));
  g_assert_true (re3_limits_set_range (limits, 3, 1, 1, NULL));
  g_assert_cmpuint (n_changes, ==, 3);
  g_assert_cmpuint (ranges->len, ==, 2);
  g_assert_cmpuint (g_array_index (ranges, Re3FeatureRange, 0).feature, ==, 1);
  g_assert_cmpfloat (g_array_index (ranges, Re3FeatureRange, 0).low, ==, -INFINITY);
  g_assert_cmpfloat (g_array_index (ranges, Re3FeatureRange, 1).high, ==, 1);
  g_assert_null (re3_limits_find_range (limits, 2));
  re3_limits_remove_range (limits, 2);
  g_assert_cmpuint (n_changes, ==, 3);
  re3_limits_remove_range (limits, 1);
  g_assert_null (re3_limits_find_range (limits, 1));
  g_assert_cmpuint (n_changes, ==, 4);
}

/* What makes no sense is refused with a sentence, and nothing changes. */
static void
test_refused (void)
{
  static const struct {
    gsize feature;
    double low;
    double high;
    const char *saying;
  } cases[] = {
    { 4, 0, 1, "no feature 4" },     { 0, -INFINITY, INFINITY, "one end" },
    { 0, NAN, 1, "one end" },        { 0, INFINITY, INFINITY, "one end" },
    { 0, 2, 1, "before it begins" },
  };
  static const struct {
    Re3FeatureOrder order;
    const char *saying;
  } orders[] = {
    { { 0, 4 }, "no feature 4" },
    { { 2, 2 }, "“petal length” is never larger than itself" },
    { { 0, 1 }, "already" },
  };
  g_autoptr (Re3Session) session = open_iris ();
  Re3Limits *limits = re3_session_get_limits (session);
  guint n_changes = 0;

  g_assert_true (re3_limits_add_order (limits, (Re3FeatureOrder){ 0, 1 }, NULL));
  g_signal_connect_swapped (limits, "changed", G_CALLBACK (count_cb), &n_changes);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (
        re3_limits_set_range (limits, cases[i].feature, cases[i].low, cases[i].high, &error));
    g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, cases[i].saying));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (re3_limits_add_order (limits, orders[i].order, &error));
    g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE);
    g_assert_nonnull (strstr (error->message, orders[i].saying));
  }
  g_assert_cmpuint (re3_limits_get_ranges (limits)->len, ==, 0);
  g_assert_cmpuint (re3_limits_get_orders (limits)->len, ==, 1);
  g_assert_cmpuint (n_changes, ==, 0);
}

static void
test_orders (void)
{
  g_autoptr (Re3Session) session = open_iris ();
  Re3Limits *limits = re3_session_get_limits (session);
  const GArray *orders = re3_limits_get_orders (limits);

  g_assert_true (re3_limits_add_order (limits, (Re3FeatureOrder){ 3, 1 }, NULL));
  g_assert_true (re3_limits_add_order (limits, (Re3FeatureOrder){ 1, 3 }, NULL));
  g_assert_true (re3_limits_add_order (limits, (Re3FeatureOrder){ 0, 1 }, NULL));
  re3_limits_remove_order (limits, (Re3FeatureOrder){ 1, 0 });
  g_assert_cmpuint (orders->len, ==, 3);
  re3_limits_remove_order (limits, (Re3FeatureOrder){ 3, 1 });
  g_assert_cmpuint (orders->len, ==, 2);
  g_assert_cmpuint (g_array_index (orders, Re3FeatureOrder, 0).greater, ==, 3);
}

/* The lengths of Iris are no whole numbers; the pixels of a picture are. */
static void
test_integers (void)
{
  g_autoptr (Re3Session) session = open_iris ();
  Re3Limits *limits = re3_session_get_limits (session);

  g_assert_cmpuint (re3_limits_count_integers (limits), ==, 0);
  re3_limits_set_integer (limits, 2, TRUE);
  g_assert_true (re3_limits_is_integer (limits, 2) && re3_limits_is_integer_set (limits, 2));
  g_assert_cmpuint (re3_limits_count_integers (limits), ==, 1);
  re3_limits_set_integer (limits, 2, FALSE);
  g_assert_false (re3_limits_is_integer (limits, 2) || re3_limits_is_integer_set (limits, 2));

  open_files (session, "fashion-32-16.re3.json", "fashion-images-idx3-ubyte.gz");
  g_assert_cmpuint (re3_limits_count_integers (limits), ==, 784);
  re3_limits_set_integer (limits, 400, FALSE);
  g_assert_cmpuint (re3_limits_count_integers (limits), ==, 783);
  g_assert_true (re3_limits_is_integer_set (limits, 400));
}

/* They stay with the model: over rows and other data, but not for another model. */
static void
test_documents (void)
{
  g_autoptr (Re3Session) session = open_iris ();
  Re3Limits *limits = re3_session_get_limits (session);

  g_assert_true (re3_limits_set_range (limits, 3, 0, 1, NULL));
  g_assert_true (re3_limits_add_order (limits, (Re3FeatureOrder){ 1, 0 }, NULL));
  re3_limits_set_integer (limits, 0, TRUE);
  re3_session_select_row (session, 7);
  open_files (session, NULL, "iris.csv");
  g_assert_cmpuint (re3_limits_get_ranges (limits)->len, ==, 1);
  g_assert_cmpuint (re3_limits_get_orders (limits)->len, ==, 1);
  g_assert_true (re3_limits_is_integer (limits, 0));

  open_files (session, "iris-16-8-4.re3.json", NULL);
  g_assert_cmpuint (re3_limits_get_ranges (limits)->len, ==, 0);
  g_assert_cmpuint (re3_limits_get_orders (limits)->len, ==, 0);
  g_assert_false (re3_limits_is_integer (limits, 0));
}

static void
test_hold (void)
{
  g_autoptr (Re3Session) session = open_iris ();
  Re3Limits *limits = re3_session_get_limits (session);
  const double values[] = { 5, 3.5, 1.5, 0.25 };

  g_assert_true (re3_limits_hold (limits, values));
  g_assert_true (re3_limits_set_range (limits, 3, 0.25, 0.25, NULL));
  g_assert_true (re3_limits_add_order (limits, (Re3FeatureOrder){ 2, 1 }, NULL));
  re3_limits_set_integer (limits, 0, TRUE);
  g_assert_true (re3_limits_hold (limits, values));
  re3_limits_set_integer (limits, 1, TRUE);
  g_assert_false (re3_limits_hold (limits, values));
  re3_limits_set_integer (limits, 1, FALSE);
  g_assert_true (re3_limits_set_range (limits, 3, nextafter (0.25, 1), INFINITY, NULL));
  g_assert_false (re3_limits_hold (limits, values));
  re3_limits_remove_range (limits, 3);
  g_assert_true (re3_limits_add_order (limits, (Re3FeatureOrder){ 0, 1 }, NULL));
  g_assert_false (re3_limits_hold (limits, values));
}

static void
assert_says (char *text, const char *saying)
{
  if (saying == NULL)
    g_assert_null (text);
  else
    g_assert_nonnull (strstr (text != NULL ? text : "", saying));
  g_free (text);
}

/* Row 0 of Iris is 5.1, 3.5, 1.4, 0.2 cm (Fisher 1936). */
static void
test_check (void)
{
  g_autoptr (Re3Session) session = open_iris ();
  Re3Limits *limits = re3_session_get_limits (session);
  Re3WhatIf *what_if = re3_session_get_what_if (session);
  const Re3FeatureOrder first = { 0, 2 };
  const Re3FeatureOrder second = { 2, 1 };

  re3_session_select_row (session, 0);
  assert_says (re3_limits_check (limits, what_if), NULL);

  g_assert_true (re3_limits_set_range (limits, 3, 0.5, 1, NULL));
  assert_says (re3_limits_check_range (limits, what_if, 3), NULL);
  re3_what_if_set_locked (what_if, 3, TRUE);
  assert_says (re3_limits_check_range (limits, what_if, 3), "locked");
  assert_says (re3_limits_check (limits, what_if), "“petal width”");
  re3_what_if_set_value (what_if, 3, 0.5, NULL);
  re3_what_if_set_locked (what_if, 3, FALSE);
  re3_what_if_set_value (what_if, 3, 0.75, NULL);
  re3_what_if_set_locked (what_if, 3, TRUE);
  assert_says (re3_limits_check_range (limits, what_if, 3), NULL);
  re3_limits_set_integer (limits, 3, TRUE);
  assert_says (re3_limits_check_range (limits, what_if, 3), "whole number");
  re3_what_if_set_locked (what_if, 3, FALSE);
  assert_says (re3_limits_check (limits, what_if), NULL);
  g_assert_true (re3_limits_set_range (limits, 3, 1.25, 1.75, NULL));
  assert_says (re3_limits_check_range (limits, what_if, 3), "whole number");
  re3_limits_remove_range (limits, 3);

  /* 5.1 <= petal length <= 3.5, through two orders. */
  g_assert_true (re3_limits_add_order (limits, first, NULL));
  g_assert_true (re3_limits_add_order (limits, second, NULL));
  assert_says (re3_limits_check_order (limits, what_if, first), NULL);
  re3_what_if_set_locked (what_if, 0, TRUE);
  assert_says (re3_limits_check_order (limits, what_if, first), NULL);
  re3_what_if_set_locked (what_if, 1, TRUE);
  assert_says (re3_limits_check_order (limits, what_if, first), "other order");
  assert_says (re3_limits_check_order (limits, what_if, second), "other order");
  assert_says (re3_limits_check (limits, what_if), "“sepal length”");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/ranges", test_ranges);
  g_test_add_func ("/limits/refused", test_refused);
  g_test_add_func ("/limits/orders", test_orders);
  g_test_add_func ("/limits/integers", test_integers);
  g_test_add_func ("/limits/documents", test_documents);
  g_test_add_func ("/limits/hold", test_hold);
  g_test_add_func ("/limits/check", test_check);
  return g_test_run ();
}
