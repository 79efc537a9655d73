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
  double listed[SIZE_MAX_TRIED];
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

  gsize list[SIZE_MAX_TRIED];

  for (gsize term = 0; term < n_terms; term++)
    list[term] = term * 17 % SIZE_MAX_TRIED;
  memset (results, 0, sizeof *results);
  kernels->accumulate (results->sums, n, scalars, vectors, SIZE_MAX_TRIED, n_terms);
  kernels->accumulate_listed (results->listed, n, scalars, vectors, SIZE_MAX_TRIED, list, n_terms);
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

/* Rows that stand further apart than the block is wide, and what must stay as it is between them.
 */
#define GAP       3
#define UNTOUCHED 12345

static double *
untouched_rows (gsize n_rows, gsize stride)
{
  double *rows = g_new (double, n_rows *stride);

  for (gsize i = 0; i < n_rows * stride; i++)
    rows[i] = UNTOUCHED;

  return rows;
}

/* Term after term, as the header of re3-affine promises it. */
static void
apply_plainly (const Re3Affine *affine,
               const double *inputs,
               gsize n_samples,
               double *outputs,
               double *rectified)
{
  gsize stride = n_samples + GAP;

  for (gsize row = 0; row < affine->n_outputs; row++)
    for (gsize sample = 0; sample < n_samples; sample++) {
      double sum = affine->bias[row];

      for (gsize i = 0; i < affine->n_inputs; i++)
        sum += affine->weight[row * affine->n_inputs + i] * inputs[i * stride + sample];
      outputs[row * stride + sample] = sum;
      rectified[row * stride + sample] = sum > 0 ? sum : 0;
    }
}

static void
assert_applies (const Re3Kernels *kernels,
                const Re3Affine *affine,
                const double *inputs,
                gsize n_samples)
{
  gsize stride = n_samples + GAP;
  gsize n_bytes = affine->n_outputs * stride * sizeof (double);
  g_autofree double *outputs = untouched_rows (affine->n_outputs, stride);
  g_autofree double *rectified = untouched_rows (affine->n_outputs, stride);
  g_autofree double *expected = untouched_rows (affine->n_outputs, stride);
  g_autofree double *expected_rectified = untouched_rows (affine->n_outputs, stride);

  apply_plainly (affine, inputs, n_samples, expected, expected_rectified);
  kernels->apply_affine (affine, inputs, stride, n_samples, outputs, rectified, stride);
  g_assert_cmpmem (outputs, n_bytes, expected, n_bytes);
  g_assert_cmpmem (rectified, n_bytes, expected_rectified, n_bytes);
  kernels->apply_affine (affine, inputs, stride, n_samples, rectified, NULL, stride);
  g_assert_cmpmem (rectified, n_bytes, expected, n_bytes);
}

/* Widths and blocks on both sides of what is worked on at once. */
static void
test_apply_affine (void)
{
  static const gsize n_inputs[] = { 1, 16, 63, 64, 65, 150 };
  static const gsize n_outputs[] = { 1, 2, 3, 4, 9 };
  static const gsize n_samples[] = { 0, 1, 7, 8, 13, 64, 71, 136 };
  g_autofree double *numbers = awkward_numbers (150 * 150, 3);
  gsize n_kernels;
  const Re3Kernels *const *kernels = re3_kernels_list (&n_kernels);

  /* The second output starts at -0, and has samples in which it stays there. */
  numbers[1] = -0.0;
  numbers[8] = -1;
  for (gsize i = 0; i < G_N_ELEMENTS (n_inputs); i++)
    for (gsize o = 0; o < G_N_ELEMENTS (n_outputs); o++) {
      g_autoptr (Re3Affine) affine =
          re3_affine_new (n_inputs[i], n_outputs[o], numbers + 7, numbers);

      for (gsize s = 0; s < G_N_ELEMENTS (n_samples); s++)
        for (gsize k = 0; k < n_kernels; k++)
          assert_applies (kernels[k], affine, numbers + 31, n_samples[s]);
    }
}

/* The listed vectors, as if they stood side by side. */
static void
test_listed (void)
{
  enum { n = 13, n_terms = 21 };
  static const gsize stride = n + 2;
  g_autofree double *scalars = awkward_numbers (n_terms, 3);
  g_autofree double *vectors = awkward_numbers (2 * n_terms * stride, 4);
  g_autofree double *packed = g_new (double, n_terms *n);
  gsize list[n_terms];
  gsize n_kernels;
  const Re3Kernels *const *kernels = re3_kernels_list (&n_kernels);

  for (gsize term = 0; term < n_terms; term++) {
    list[term] = 2 * term + term % 2;
    memcpy (packed + term * n, vectors + list[term] * stride, n * sizeof (double));
  }
  for (gsize k = 0; k < n_kernels; k++) {
    double sums[n] = { 1, 2, 3 };
    double expected[n] = { 1, 2, 3 };

    kernels[k]->accumulate_listed (sums, n, scalars, vectors, stride, list, n_terms);
    kernels[k]->accumulate (expected, n, scalars, packed, n, n_terms);
    g_assert_cmpmem (sums, sizeof sums, expected, sizeof expected);
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
  g_test_add_func ("/kernels/apply-affine", test_apply_affine);
  g_test_add_func ("/kernels/listed", test_listed);
  g_test_add_func ("/kernels/narrow", test_narrow);
  g_test_add_func ("/kernels/rank", test_rank);

  return g_test_run ();
}
