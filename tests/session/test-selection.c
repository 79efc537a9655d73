/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-selection.h"

typedef struct {
  Re3Selection *selection;
  guint n_filters;
  guint n_units;
} Fixture;

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->selection = re3_selection_new ();
  g_signal_connect_swapped (fixture->selection, "filters-changed", G_CALLBACK (count_cb),
                            &fixture->n_filters);
  g_signal_connect_swapped (fixture->selection, "unit-changed", G_CALLBACK (count_cb),
                            &fixture->n_units);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->selection);
}

static void
assert_kinds (Fixture *fixture, gsize n, ...)
{
  gsize n_filters;
  const Re3SampleFilter *const *filters =
      re3_selection_get_filters (fixture->selection, &n_filters);
  va_list kinds;

  g_assert_cmpuint (n_filters, ==, n);
  va_start (kinds, n);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpint (filters[i]->kind, ==, va_arg (kinds, int));
  va_end (kinds);
}

/* One of each kind, in the order in which they came; a new one takes the old one's place. */
static void
test_filters (Fixture *fixture, gconstpointer data)
{
  Re3Selection *selection = fixture->selection;

  assert_kinds (fixture, 0);
  re3_selection_add_filter (selection, re3_sample_filter_new_misclassified ());
  re3_selection_add_filter (selection, re3_sample_filter_new_region (4));
  assert_kinds (fixture, 2, RE3_FILTER_MISCLASSIFIED, RE3_FILTER_REGION);
  g_assert_cmpuint (fixture->n_filters, ==, 2);

  re3_selection_add_filter (selection, re3_sample_filter_new_misclassified ());
  g_assert_cmpuint (fixture->n_filters, ==, 2);

  re3_selection_add_filter (selection, re3_sample_filter_new_search ("rose"));
  re3_selection_add_filter (selection, re3_sample_filter_new_region (7));
  assert_kinds (fixture, 3, RE3_FILTER_MISCLASSIFIED, RE3_FILTER_REGION, RE3_FILTER_SEARCH);
  g_assert_cmpuint (re3_selection_get_filter (selection, RE3_FILTER_REGION)->region, ==, 7);
  g_assert_null (re3_selection_get_filter (selection, RE3_FILTER_DISTANCE));

  re3_selection_remove_filter (selection, RE3_FILTER_MISCLASSIFIED);
  assert_kinds (fixture, 2, RE3_FILTER_REGION, RE3_FILTER_SEARCH);
  g_assert_cmpuint (fixture->n_filters, ==, 5);
  re3_selection_remove_filter (selection, RE3_FILTER_MISCLASSIFIED);
  g_assert_cmpuint (fixture->n_filters, ==, 5);
}

static void
test_toggle (Fixture *fixture, gconstpointer data)
{
  Re3Selection *selection = fixture->selection;

  re3_selection_toggle_filter (selection, re3_sample_filter_new_region (1));
  assert_kinds (fixture, 1, RE3_FILTER_REGION);
  re3_selection_toggle_filter (selection, re3_sample_filter_new_region (2));
  g_assert_cmpuint (re3_selection_get_filter (selection, RE3_FILTER_REGION)->region, ==, 2);
  re3_selection_toggle_filter (selection, re3_sample_filter_new_region (2));
  assert_kinds (fixture, 0);
  g_assert_cmpuint (fixture->n_filters, ==, 3);
}

/* A feature and a neuron can be selected side by side. Each change is told once; clearing tells of
 * what there was. */
static void
test_units (Fixture *fixture, gconstpointer data)
{
  Re3Selection *selection = fixture->selection;

  g_assert_cmpuint (re3_selection_get_feature (selection), ==, RE3_NO_FEATURE);
  g_assert_cmpuint (re3_selection_get_neuron (selection), ==, RE3_NO_NEURON);
  re3_selection_clear (selection);
  g_assert_cmpuint (fixture->n_units, ==, 0);

  re3_selection_select_feature (selection, 3);
  re3_selection_select_feature (selection, 3);
  re3_selection_select_neuron (selection, 0);
  g_assert_cmpuint (fixture->n_units, ==, 2);
  g_assert_cmpuint (re3_selection_get_feature (selection), ==, 3);
  g_assert_cmpuint (re3_selection_get_neuron (selection), ==, 0);

  re3_selection_clear (selection);
  g_assert_cmpuint (fixture->n_units, ==, 3);
  g_assert_cmpuint (fixture->n_filters, ==, 0);
  g_assert_cmpuint (re3_selection_get_feature (selection), ==, RE3_NO_FEATURE);
  g_assert_cmpuint (re3_selection_get_neuron (selection), ==, RE3_NO_NEURON);

  re3_selection_add_filter (selection, re3_sample_filter_new_misclassified ());
  re3_selection_clear (selection);
  assert_kinds (fixture, 0);
  g_assert_cmpuint (fixture->n_filters, ==, 2);
  g_assert_cmpuint (fixture->n_units, ==, 3);
}

static void
add (const char *name, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (name, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/selection/filters", test_filters);
  add ("/selection/toggle", test_toggle);
  add ("/selection/units", test_units);
  return g_test_run ();
}
