/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-split.h"
#include "reference.h"

#include <string.h>

static void
test_reference (void)
{
  g_autoptr (Reference) reference = reference_open ("split");

  for (gsize i = 0; i < reference_integer (reference, "n_cases"); i++) {
    const char *key = reference_key (reference, "labels", i);
    gsize n_rows = reference_size (reference, key);
    const double *numbers = reference_numbers (reference, key, n_rows);
    double fraction = *reference_numbers (reference, reference_key (reference, "fraction", i), 1);
    guint64 seed = reference_integer (reference, reference_key (reference, "seed", i));
    const char *test = reference_key (reference, "test", i);
    g_autofree int *labels = g_new (int, n_rows);
    g_autofree guint8 *expected = g_new0 (guint8, n_rows);
    g_autofree guint8 *is_test = NULL;

    for (gsize row = 0; row < n_rows; row++)
      labels[row] = (int) numbers[row];
    for (gsize j = 0; j < reference_size (reference, test); j++)
      expected[(gsize) reference_numbers (reference, test, 0)[j]] = TRUE;

    is_test = re3_split_stratified (labels, n_rows, fraction, seed, NULL);
    g_assert_cmpmem (is_test, n_rows, expected, n_rows);
  }
}

static void
test_counts (void)
{
  int labels[150];
  gsize counts[3] = { 0 };
  g_autofree guint8 *is_test = NULL;

  for (gsize row = 0; row < 150; row++)
    labels[row] = (int) (row / 50);
  is_test = re3_split_stratified (labels, 150, RE3_DEFAULT_TEST_FRACTION, RE3_DEFAULT_SEED, NULL);
  for (gsize row = 0; row < 150; row++)
    counts[labels[row]] += is_test[row];

  g_assert_cmpuint (counts[0], ==, 10);
  g_assert_cmpuint (counts[1], ==, 10);
  g_assert_cmpuint (counts[2], ==, 10);
}

static gsize
count_tests (const int *labels, gsize n_rows, double fraction)
{
  g_autofree guint8 *is_test = re3_split_stratified (labels, n_rows, fraction, 1, NULL);
  gsize count = 0;

  for (gsize row = 0; row < n_rows; row++)
    count += is_test[row];

  return count;
}

/* round (fraction * n), halves up, whatever the classes. */
static void
test_total (void)
{
  static const int labels[] = { 0, 1, 2, 3, 0, 1, 2, 0, 1, 0 };

  for (gsize n = 0; n <= G_N_ELEMENTS (labels); n++) {
    g_assert_cmpuint (count_tests (labels, n, 0.5), ==, (n + 1) / 2);
    g_assert_cmpuint (count_tests (NULL, n, 0.25), ==, (n + 2) / 4);
    g_assert_cmpuint (count_tests (labels, n, 1), ==, n);
    g_assert_cmpuint (count_tests (labels, n, 0), ==, 0);
  }
}

/* Seeds matter, and only they do. */
static void
test_seeds (void)
{
  g_autofree guint8 *one = re3_split_stratified (NULL, 100, 0.3, 1, NULL);
  g_autofree guint8 *again = re3_split_stratified (NULL, 100, 0.3, 1, NULL);
  g_autofree guint8 *two = re3_split_stratified (NULL, 100, 0.3, 2, NULL);

  g_assert_cmpmem (one, 100, again, 100);
  g_assert_cmpint (memcmp (one, two, 100), !=, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/split/reference", test_reference);
  g_test_add_func ("/split/counts", test_counts);
  g_test_add_func ("/split/total", test_total);
  g_test_add_func ("/split/seeds", test_seeds);

  return g_test_run ();
}
