/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-statistics.h"
#include "reference.h"

#include <math.h>
#include <stdlib.h>

/* To the digit what numpy.percentile gives. */
static void
test_quantiles (void)
{
  static const gsize sizes[] = { 1, 2, 3, 10, 101 };
  g_autoptr (Reference) reference = reference_open ("statistics");
  gsize n_shares = reference_size (reference, "shares");
  const double *shares = reference_numbers (reference, "shares", n_shares);

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++) {
    gsize n = sizes[s];
    const double *numbers =
        reference_numbers (reference, reference_key (reference, "numbers", n), n);
    const double *quantiles =
        reference_numbers (reference, reference_key (reference, "quantiles", n), n_shares);
    g_autofree double *sorted = g_memdup2 (numbers, n * sizeof (double));

    qsort (sorted, n, sizeof (double), re3_compare_doubles);
    for (gsize q = 0; q < n_shares; q++)
      assert_near (re3_quantile_sorted (sorted, n, shares[q]), quantiles[q], 1e-15);
  }
}

/* A sample in a region without boundary is infinitely far from it. */
static void
test_infinities (void)
{
  static const double some[] = { 1, 3, INFINITY, INFINITY };
  static const double all[] = { INFINITY, INFINITY };

  g_assert_cmpfloat (re3_quantile_sorted (some, 4, 0), ==, 1);
  g_assert_cmpfloat (re3_quantile_sorted (some, 4, 0.25), ==, 2.5);
  g_assert_cmpfloat (re3_quantile_sorted (some, 4, 1.0 / 3), ==, 3);
  g_assert_cmpfloat (re3_quantile_sorted (some, 4, 0.4), ==, INFINITY);
  g_assert_cmpfloat (re3_quantile_sorted (some, 4, 0.6), ==, INFINITY);
  g_assert_cmpfloat (re3_quantile_sorted (some, 4, 0.9), ==, INFINITY);
  g_assert_cmpfloat (re3_quantile_sorted (all, 2, 0.5), ==, INFINITY);
  g_assert_true (isnan (re3_quantile_sorted (NULL, 0, 0.5)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/statistics/quantiles", test_quantiles);
  g_test_add_func ("/statistics/infinities", test_infinities);

  return g_test_run ();
}
