/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sample-list.h"

#include "two-regions.h"

#define N_ROWS TWO_REGIONS_ROWS

static Re3SampleList *
make_list (void)
{
  g_autoptr (Re3Analysis) analysis = two_regions_analyse ();
  Re3SampleList *list = re3_sample_list_new ();

  re3_sample_list_set_source (list, re3_analysis_get_dataset (analysis), analysis);
  return list;
}

static void
assert_rows (Re3SampleList *list, guint n, ...)
{
  gboolean shown[N_ROWS] = { FALSE };
  va_list rows;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n);
  va_start (rows, n);
  for (guint i = 0; i < n; i++) {
    guint row = va_arg (rows, guint);
    g_autoptr (Re3Sample) sample = g_list_model_get_item (G_LIST_MODEL (list), i);

    g_assert_cmpuint (re3_sample_get_row (sample), ==, row);
    g_assert_cmpuint (re3_sample_list_get_row (list, i), ==, row);
    g_assert_cmpuint (re3_sample_list_find_row (list, row), ==, i);
    shown[row] = TRUE;
  }
  va_end (rows);

  for (guint row = 0; row < N_ROWS; row++)
    if (!shown[row])
      g_assert_cmpuint (re3_sample_list_find_row (list, row), ==, G_MAXUINT);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), n));
}

static void
test_order (void)
{
  g_autoptr (Re3SampleList) list = make_list ();

  assert_rows (list, 6, 0, 1, 2, 3, 4, 5);
  re3_sample_list_set_order (list, RE3_SAMPLE_ROW, TRUE);
  assert_rows (list, 6, 5, 4, 3, 2, 1, 0);
  /* The distance to the only hyperplane, x = 0, is |x|; rows 1, 2 and 5 are tied. */
  re3_sample_list_set_order (list, RE3_SAMPLE_DISTANCE, FALSE);
  assert_rows (list, 6, 1, 2, 5, 3, 4, 0);
  re3_sample_list_set_order (list, RE3_SAMPLE_DISTANCE, TRUE);
  assert_rows (list, 6, 0, 3, 4, 1, 2, 5);
  re3_sample_list_set_order (list, RE3_SAMPLE_LABEL, FALSE);
  assert_rows (list, 6, 0, 1, 3, 2, 4, 5);
  /* The region with x > 0 holds four samples and comes first. */
  re3_sample_list_set_order (list, RE3_SAMPLE_REGION, FALSE);
  assert_rows (list, 6, 0, 2, 3, 5, 1, 4);
}

static void
filter_region (Re3SampleList *list, gsize region)
{
  g_autoptr (Re3SampleFilter) filter = re3_sample_filter_new_region (region);
  const Re3SampleFilter *filters[] = { filter };

  re3_sample_list_set_filters (list, filters, G_N_ELEMENTS (filters));
}

/* Filters hold whatever the order, and outlive a change of the source. */
static void
test_filters (void)
{
  g_autoptr (Re3SampleList) list = make_list ();
  g_autoptr (Re3Analysis) analysis = two_regions_analyse ();

  re3_sample_list_set_order (list, RE3_SAMPLE_DISTANCE, TRUE);
  filter_region (list, 0);
  assert_rows (list, 4, 0, 3, 2, 5);
  filter_region (list, 1);
  assert_rows (list, 2, 4, 1);
  re3_sample_list_set_order (list, RE3_SAMPLE_ROW, FALSE);
  assert_rows (list, 2, 1, 4);
  re3_sample_list_set_source (list, re3_analysis_get_dataset (analysis), NULL);
  assert_rows (list, 6, 0, 1, 2, 3, 4, 5);
  re3_sample_list_set_source (list, re3_analysis_get_dataset (analysis), analysis);
  assert_rows (list, 2, 1, 4);
  re3_sample_list_set_filters (list, NULL, 0);
  assert_rows (list, 6, 0, 1, 2, 3, 4, 5);
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, guint *n_items)
{
  g_assert_cmpuint (position, ==, 0);
  g_assert_cmpuint (removed, ==, *n_items);
  *n_items = added;
}

/* What the list says of its changes adds up. */
static void
test_changes (void)
{
  g_autoptr (Re3SampleList) list = make_list ();
  guint n_items = N_ROWS;

  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), &n_items);
  filter_region (list, 0);
  g_assert_cmpuint (n_items, ==, 4);
  re3_sample_list_set_order (list, RE3_SAMPLE_CONFIDENCE, TRUE);
  g_assert_cmpuint (n_items, ==, 4);
  re3_sample_list_set_source (list, NULL, NULL);
  g_assert_cmpuint (n_items, ==, 0);
  g_assert_cmpuint (re3_sample_list_find_row (list, 0), ==, G_MAXUINT);
}

static void
count_cb (GListModel *model, guint position, guint removed, guint added, guint *n_changes)
{
  ++*n_changes;
}

/* Nothing is said where the same rows stay where they are, whatever is known of them; of other data
 * it is, though the rows have the same numbers. */
static void
test_same_rows (void)
{
  g_autoptr (Re3Analysis) analysis = two_regions_analyse ();
  g_autoptr (Re3Analysis) other = two_regions_analyse ();
  g_autoptr (Re3SampleList) list = re3_sample_list_new ();
  guint n_changes = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &n_changes);
  re3_sample_list_set_source (list, re3_analysis_get_dataset (analysis), NULL);
  g_assert_cmpuint (n_changes, ==, 1);
  re3_sample_list_set_source (list, re3_analysis_get_dataset (analysis), analysis);
  g_assert_cmpuint (n_changes, ==, 1);
  re3_sample_list_set_order (list, RE3_SAMPLE_DISTANCE, FALSE);
  g_assert_cmpuint (n_changes, ==, 2);
  re3_sample_list_set_source (list, re3_analysis_get_dataset (analysis), NULL);
  g_assert_cmpuint (n_changes, ==, 3);
  re3_sample_list_set_source (list, re3_analysis_get_dataset (other), NULL);
  g_assert_cmpuint (n_changes, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample-list/order", test_order);
  g_test_add_func ("/sample-list/filters", test_filters);
  g_test_add_func ("/sample-list/changes", test_changes);
  g_test_add_func ("/sample-list/same-rows", test_same_rows);
  return g_test_run ();
}
