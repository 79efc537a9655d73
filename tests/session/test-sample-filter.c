/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sample-filter.h"

#include "two-regions.h"

#include <math.h>

/* The rows that @filters let through, as bits: row 0 is the lowest. @filters: (transfer full),
 * ended by %NULL. */
static guint
find_rows (Re3Analysis *analysis, gboolean is_analysed, Re3SampleFilter *first, ...)
{
  g_autoptr (GPtrArray) filters =
      g_ptr_array_new_with_free_func ((GDestroyNotify) re3_sample_filter_free);
  g_autoptr (Re3SamplePredicate) predicate = NULL;
  guint rows = 0;
  va_list list;

  va_start (list, first);
  for (Re3SampleFilter *filter = first; filter != NULL; filter = va_arg (list, Re3SampleFilter *))
    g_ptr_array_add (filters, filter);
  va_end (list);

  predicate =
      re3_sample_predicate_new ((const Re3SampleFilter *const *) filters->pdata, filters->len,
                                re3_analysis_get_dataset (analysis), is_analysed ? analysis : NULL);
  for (gsize row = 0; row < TWO_REGIONS_ROWS; row++)
    if (re3_sample_predicate_matches (predicate, row))
      rows |= 1u << row;
  return rows;
}

static guint
make_rows (guint n, ...)
{
  guint rows = 0;
  va_list list;

  va_start (list, n);
  for (guint i = 0; i < n; i++)
    rows |= 1u << va_arg (list, guint);
  va_end (list);
  return rows;
}

#define ALL_ROWS make_rows (6, 0, 1, 2, 3, 4, 5)

static void
test_one (void)
{
  g_autoptr (Re3Analysis) analysis = two_regions_analyse ();

  g_assert_cmpuint (find_rows (analysis, TRUE, NULL), ==, ALL_ROWS);
  g_assert_cmpuint (find_rows (analysis, TRUE, re3_sample_filter_new_region (0), NULL), ==,
                    make_rows (4, 0, 2, 3, 5));
  g_assert_cmpuint (find_rows (analysis, TRUE, re3_sample_filter_new_region (1), NULL), ==,
                    make_rows (2, 1, 4));
  /* Every prediction is class 0. */
  g_assert_cmpuint (find_rows (analysis, TRUE, re3_sample_filter_new_misclassified (), NULL), ==,
                    make_rows (3, 2, 4, 5));
}

static guint
find_classes (Re3Analysis *analysis, int actual, int predicted, Re3SampleSet set)
{
  return find_rows (analysis, TRUE, re3_sample_filter_new_classes (actual, predicted, set), NULL);
}

/* A cell of the confusion matrix, a row or a column of it, over all samples or the test samples. */
static void
test_classes (void)
{
  g_autoptr (Re3Analysis) analysis = two_regions_analyse ();

  g_assert_cmpuint (find_classes (analysis, 1, 0, RE3_SAMPLES_ALL), ==, make_rows (3, 2, 4, 5));
  g_assert_cmpuint (find_classes (analysis, 1, 0, RE3_SAMPLES_TEST), ==, make_rows (2, 4, 5));
  g_assert_cmpuint (find_classes (analysis, 1, 0, RE3_SAMPLES_TRAIN), ==, make_rows (1, 2));
  g_assert_cmpuint (find_classes (analysis, 1, 1, RE3_SAMPLES_ALL), ==, 0);
  g_assert_cmpuint (find_classes (analysis, 0, RE3_ALL_CLASSES, RE3_SAMPLES_ALL), ==,
                    make_rows (3, 0, 1, 3));
  g_assert_cmpuint (find_classes (analysis, RE3_ALL_CLASSES, 0, RE3_SAMPLES_ALL), ==, ALL_ROWS);
  g_assert_cmpuint (find_classes (analysis, RE3_ALL_CLASSES, 1, RE3_SAMPLES_ALL), ==, 0);
  g_assert_cmpuint (find_classes (analysis, RE3_NO_LABEL, RE3_ALL_CLASSES, RE3_SAMPLES_ALL), ==, 0);
}

static guint
find_distances (Re3Analysis *analysis, double low, double high)
{
  return find_rows (analysis, TRUE,
                    re3_sample_filter_new_distance (RE3_METRIC_L2, low, high, RE3_SAMPLES_ALL),
                    NULL);
}

/* The distance to the only hyperplane, x = 0, is |x|. Ranges that go on from each other share no
 * sample and lose none. */
static void
test_distance (void)
{
  g_autoptr (Re3Analysis) analysis = two_regions_analyse ();

  g_assert_cmpuint (find_distances (analysis, 1.0, 2.0), ==, make_rows (3, 1, 2, 5));
  g_assert_cmpuint (find_distances (analysis, 2.0, INFINITY), ==, make_rows (3, 0, 3, 4));
  g_assert_cmpuint (find_distances (analysis, 0.0, 1.0), ==, 0);
  g_assert_cmpuint (
      find_rows (analysis, TRUE,
                 re3_sample_filter_new_distance (RE3_METRIC_PAPER, 1.5, INFINITY, RE3_SAMPLES_TEST),
                 NULL),
      ==, make_rows (1, 4));
}

static guint
search (Re3Analysis *analysis, const char *text)
{
  return find_rows (analysis, TRUE, re3_sample_filter_new_search (text), NULL);
}

static void
test_search (void)
{
  g_autoptr (Re3Analysis) analysis = two_regions_analyse ();

  g_assert_cmpuint (search (analysis, "R1"), ==, make_rows (4, 0, 2, 3, 5));
  g_assert_cmpuint (search (analysis, "3"), ==, make_rows (1, 3));
  g_assert_cmpuint (search (analysis, "  UPRIGHT "), ==, ALL_ROWS);
  g_assert_cmpuint (search (analysis, "upright r2"), ==, make_rows (2, 1, 4));
  g_assert_cmpuint (search (analysis, "r0"), ==, 0);
  g_assert_cmpuint (search (analysis, "nothing"), ==, 0);
  g_assert_cmpuint (search (analysis, ""), ==, ALL_ROWS);
}

/* A sample must get through all of them; what is not known yet hides none. */
static void
test_together (void)
{
  g_autoptr (Re3Analysis) analysis = two_regions_analyse ();

  g_assert_cmpuint (
      find_rows (analysis, TRUE, re3_sample_filter_new_region (0),
                 re3_sample_filter_new_misclassified (),
                 re3_sample_filter_new_distance (RE3_METRIC_L2, 0.5, 1.5, RE3_SAMPLES_TEST), NULL),
      ==, make_rows (1, 5));
  g_assert_cmpuint (
      find_rows (analysis, FALSE, re3_sample_filter_new_region (0),
                 re3_sample_filter_new_misclassified (),
                 re3_sample_filter_new_distance (RE3_METRIC_L2, 0.5, 1.5, RE3_SAMPLES_TEST), NULL),
      ==, make_rows (2, 4, 5));
  g_assert_cmpuint (find_rows (analysis, FALSE,
                               re3_sample_filter_new_classes (1, 1, RE3_SAMPLES_ALL), NULL),
                    ==, make_rows (3, 2, 4, 5));
}

static void
test_equal (void)
{
  Re3SampleFilter *filters[] = {
    re3_sample_filter_new_region (1),
    re3_sample_filter_new_region (2),
    re3_sample_filter_new_classes (1, 2, RE3_SAMPLES_TEST),
    re3_sample_filter_new_classes (1, 2, RE3_SAMPLES_ALL),
    re3_sample_filter_new_distance (RE3_METRIC_L1, 0.0, INFINITY, RE3_SAMPLES_ALL),
    re3_sample_filter_new_distance (RE3_METRIC_L2, 0.0, INFINITY, RE3_SAMPLES_ALL),
    re3_sample_filter_new_misclassified (),
    re3_sample_filter_new_search ("a"),
    re3_sample_filter_new_search ("b"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++) {
    g_autoptr (Re3SampleFilter) copy = re3_sample_filter_copy (filters[i]);

    for (gsize j = 0; j < G_N_ELEMENTS (filters); j++)
      g_assert_true (re3_sample_filter_equal (copy, filters[j]) == (i == j));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    re3_sample_filter_free (filters[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample-filter/one", test_one);
  g_test_add_func ("/sample-filter/classes", test_classes);
  g_test_add_func ("/sample-filter/distance", test_distance);
  g_test_add_func ("/sample-filter/search", test_search);
  g_test_add_func ("/sample-filter/together", test_together);
  g_test_add_func ("/sample-filter/equal", test_equal);
  return g_test_run ();
}
