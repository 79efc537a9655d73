/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-kernels-private.h"

#include <math.h>
#include <string.h>

/* Numbers of all sizes, some of them 0, for which the order of sums matters. */
static double *
awkward_numbers (gsize n, guint32 seed)
{
  double *numbers = random_numbers (n, 1, seed);

  for (gsize i = 0; i < n; i++)
    numbers[i] = i % 11 == 5 ? 0 : ldexp (numbers[i], (int) (i * 7 % 60) - 30);

  return numbers;
}

#define SIZE_MAX_TRIED 70

typedef struct {
  double sums[SIZE_MAX_TRIED];
  double activations[SIZE_MAX_TRIED];
  double squares[SIZE_MAX_TRIED];
  double absolute[SIZE_MAX_TRIED];
  double largest[SIZE_MAX_TRIED];
  double low[SIZE_MAX_TRIED];
  double high[SIZE_MAX_TRIED];
  guint64 ranks[SIZE_MAX_TRIED];
} Results;

static void
run (const Re3Kernels *kernels, gsize n, gsize n_terms, Results *results)
{
  g_autofree double *scalars = awkward_numbers (SIZE_MAX_TRIED, 1);
  g_autofree double *vectors = awkward_numbers (SIZE_MAX_TRIED * SIZE_MAX_TRIED, 2);

  memset (results, 0, sizeof *results);
  kernels->accumulate (results->sums, n, scalars, vectors, SIZE_MAX_TRIED, n_terms);
  kernels->rectify (vectors, n, results->activations);
  kernels->measure_rows (vectors, n_terms, n, results->squares, results->absolute,
                         results->largest);
  kernels->rank (vectors, n, results->ranks);
  for (gsize i = 0; i < n; i++) {
    results->low[i] = -INFINITY;
    results->high[i] = INFINITY;
  }
  for (gsize term = 0; term < n_terms; term++)
    kernels->narrow (vectors + term * SIZE_MAX_TRIED, scalars, n, fabs (scalars[term]),
                     term % 2 == 0, results->low, results->high);
}

/* Every instruction set must give the digits that all others give. */
static void
test_same_digits (void)
{
  gsize n_kernels;
  const Re3Kernels *const *kernels = re3_kernels_list (&n_kernels);

  g_assert_true (re3_kernels_get () == kernels[0]);
  g_assert_cmpstr (kernels[n_kernels - 1]->name, ==, "portable");
  for (gsize k = 0; k < n_kernels; k++)
    g_test_message ("%s", kernels[k]->name);

  for (gsize n = 0; n <= SIZE_MAX_TRIED; n += n < 20 ? 1 : 13)
    for (gsize n_terms = 0; n_terms <= SIZE_MAX_TRIED; n_terms += n_terms < 20 ? 1 : 13) {
      Results expected;

      run (kernels[n_kernels - 1], n, n_terms, &expected);
      for (gsize k = 0; k + 1 < n_kernels; k++) {
        Results results;

        run (kernels[k], n, n_terms, &results);
        g_assert_cmpmem (&results, sizeof results, &expected, sizeof expected);
      }
    }
}

/* By hand: what moves, and what does not. */
static void
test_narrow (void)
{
  static const double gradient[] = { 2, -4, 0, 1, -1 };
  static const double input[] = { 10, 10, 10, 10, 10 };
  gsize n_kernels;
  const Re3Kernels *const *kernels = re3_kernels_list (&n_kernels);

  for (gsize k = 0; k < n_kernels; k++) {
    double low[] = { -INFINITY, -INFINITY, -INFINITY, 7, -INFINITY };
    double high[] = { INFINITY, INFINITY, INFINITY, INFINITY, 13 };
    static const double expected_low[] = { 6, -INFINITY, -INFINITY, 7, -INFINITY };
    static const double expected_high[] = { INFINITY, 12, INFINITY, INFINITY, 13 };

    kernels[k]->narrow (gradient, input, G_N_ELEMENTS (input), 8, TRUE, low, high);
    g_assert_cmpmem (low, sizeof low, expected_low, sizeof expected_low);
    g_assert_cmpmem (high, sizeof high, expected_high, sizeof expected_high);
    kernels[k]->narrow (gradient, input, 2, 0, FALSE, low, high);
    g_assert_cmpfloat (high[0], ==, 10);
    g_assert_cmpfloat (low[1], ==, 10);
  }
}

/* Equal ones in the order in which they stand. */
static void
test_rank (void)
{
  static const double magnitudes[] = { 1, 3, 0, 3, 1, 7, 0 };
  static const guint64 expected[] = { 3, 1, 5, 2, 4, 0, 6 };
  gsize n_kernels;
  const Re3Kernels *const *kernels = re3_kernels_list (&n_kernels);

  for (gsize k = 0; k < n_kernels; k++) {
    guint64 ranks[G_N_ELEMENTS (magnitudes)];

    kernels[k]->rank (magnitudes, G_N_ELEMENTS (magnitudes), ranks);
    g_assert_cmpmem (ranks, sizeof ranks, expected, sizeof expected);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernels/same-digits", test_same_digits);
  g_test_add_func ("/kernels/narrow", test_narrow);
  g_test_add_func ("/kernels/rank", test_rank);

  return g_test_run ();
}
