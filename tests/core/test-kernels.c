/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-kernels-private.h"

#include <float.h>
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
  double exponentials[SIZE_MAX_TRIED];
  double row_sums[SIZE_MAX_TRIED];
  double row_sizes[SIZE_MAX_TRIED];
  double weighted_sums[SIZE_MAX_TRIED];
  double weighted_sizes[SIZE_MAX_TRIED];
  guint64 ranks[RE3_SAMPLE_KERNELS_RANKED_MAX * SIZE_MAX_TRIED];
  guint32 tops[RE3_SAMPLE_KERNELS_RANKED_MAX * RE3_N_TOPS];
  guint64 patterns[(SIZE_MAX_TRIED / RE3_PATTERN_WORD_BITS + 1) * SIZE_MAX_TRIED];
  double nearest[SIZE_MAX_TRIED];
  guint64 gates[SIZE_MAX_TRIED];
} Results;

/* The kernels of an analysis, which go over @n samples. */
static void
run_over_samples (const Re3Kernels *kernels,
                  const double *matrix,
                  gsize n_rows,
                  gsize n,
                  Results *results)
{
  gsize n_ranked = MIN (n_rows, RE3_SAMPLE_KERNELS_RANKED_MAX);
  g_autofree double *scalars = awkward_numbers (3 * SIZE_MAX_TRIED, 4);
  g_autofree double *weights = awkward_numbers (3 * SIZE_MAX_TRIED, 5);
  Re3Gate gates[SIZE_MAX_TRIED];

  for (gsize i = 0; i < n; i++)
    results->exponentials[i] = matrix[i] / 16;
  kernels->samples->exponentiate (results->exponentials, n);
  kernels->samples->sum_rows (matrix, SIZE_MAX_TRIED, n_rows, n, results->row_sums,
                              results->row_sizes);
  kernels->samples->sum_weighted_rows (matrix, SIZE_MAX_TRIED, n_rows, n, weights, 3, scalars,
                                       results->weighted_sums, results->weighted_sizes);
  kernels->samples->rank_products (matrix, SIZE_MAX_TRIED, n_ranked, n, scalars, results->ranks);
  kernels->samples->count_tops (matrix, SIZE_MAX_TRIED, n_ranked, n, scalars, results->tops);
  for (gsize gate = 0; gate < n_rows; gate++)
    gates[gate] = (Re3Gate){ .neuron = gate, .threshold = scalars[gate] };
  kernels->samples->write_patterns (matrix, SIZE_MAX_TRIED, n, gates, n_rows,
                                    re3_pattern_n_words (n_rows), results->patterns);
  kernels->samples->approach (matrix, SIZE_MAX_TRIED, n, gates, n_rows, weights, results->nearest,
                              results->gates);
}

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
  run_over_samples (kernels, vectors, n_terms, n, results);
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
          re3_affine_new (n_inputs[i], n_outputs[o], numbers + 7, numbers, NULL);

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

/* What is tried with the kernels of every instruction set. */
typedef void (*KernelTest) (const Re3Kernels *kernels);

static void
test_all (gconstpointer data)
{
  KernelTest test = *(const KernelTest *) data;
  gsize n_kernels;
  const Re3Kernels *const *kernels = re3_kernels_list (&n_kernels);

  for (gsize k = 0; k < n_kernels; k++)
    test (kernels[k]);
}

/* Against the C library in long double, all over the range, and the last digits at its ends. */
static void
test_exponentiate (const Re3Kernels *kernels)
{
  const gsize n = 200000;
  g_autofree double *numbers = random_numbers (n, 750, 6);
  g_autofree double *exponentials = NULL;
  double ends[] = { 0, -0.0, 709.78, 709.79, -745.13, -745.14, INFINITY, -INFINITY, NAN };
  static const double expected[] = { 1, 1, 0, INFINITY, 0x1p-1074, 0, INFINITY, 0 };

  for (gsize i = 0; i < n / 2; i++)
    numbers[i] /= 1000;
  exponentials = g_memdup2 (numbers, n * sizeof (double));
  kernels->samples->exponentiate (exponentials, n);
  for (gsize i = 0; i < n; i++) {
    long double exact = expl ((long double) numbers[i]);
    double rounded = (double) exact;

    if (rounded < DBL_MIN || isinf (rounded))
      g_assert_true (fabs (exponentials[i] - rounded) <= 0x1p-1074 || exponentials[i] == rounded);
    else
      g_assert_true (fabsl (exponentials[i] - exact) <
                     2.0L / 3 * (nextafter (rounded, INFINITY) - rounded));
  }

  kernels->samples->exponentiate (ends, G_N_ELEMENTS (ends));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_true (i == 2 ? isfinite (ends[i]) && ends[i] > 1e308 : ends[i] == expected[i]);
  g_assert_true (isnan (ends[G_N_ELEMENTS (ends) - 1]));
}

#define N_SAMPLES 11
#define STRIDE    13

/* Whole numbers, whose sums are exact. */
static void
test_sums (const Re3Kernels *kernels)
{
  double matrix[2 * STRIDE] = { 0 };
  double weights[2 * N_SAMPLES];
  static const double scalars[] = { 1, 2, -3, 5 };
  double sums[2];
  double sizes[2];
  double expected[2][2] = { { 0 } };

  for (gsize i = 0; i < N_SAMPLES; i++) {
    matrix[i] = (double) i - 5;
    matrix[STRIDE + i] = 3 - 2 * (double) i;
    weights[i] = (double) (i % 3) - 1;
    weights[N_SAMPLES + i] = (double) (i % 4);
  }
  kernels->samples->sum_rows (matrix, STRIDE, 2, N_SAMPLES, sums, sizes);
  g_assert_cmpfloat (sums[0], ==, 0);
  g_assert_cmpfloat (sizes[0], ==, 30);
  g_assert_cmpfloat (sums[1], ==, 33 - 110);
  g_assert_cmpfloat (sizes[1], ==, 3 + 1 + 1 + 3 + 5 + 7 + 9 + 11 + 13 + 15 + 17);

  for (gsize row = 0; row < 2; row++)
    for (gsize i = 0; i < N_SAMPLES; i++) {
      double product = matrix[row * STRIDE + i] *
                       (scalars[row] * weights[i] + scalars[2 + row] * weights[N_SAMPLES + i]);

      expected[row][0] += product;
      expected[row][1] += fabs (product);
    }
  kernels->samples->sum_weighted_rows (matrix, STRIDE, 2, N_SAMPLES, weights, 2, scalars, sums,
                                       sizes);
  for (gsize row = 0; row < 2; row++) {
    g_assert_cmpfloat (sums[row], ==, expected[row][0]);
    g_assert_cmpfloat (sizes[row], ==, expected[row][1]);
  }
}

/* Equal ones in the order in which they stand, and last all that are 0; and on the first places
 * those that are not 0, which of the samples with @n_some rows are some. */
static void
assert_ranks (const Re3Kernels *kernels, gsize n_some, const guint64 *expected, gsize n_samples)
{
  static const double products[] = { 1, -3, 0, 3, -1, 7, 0 };
  static const double scalars[] = { 1, -0.5, 8, 2, 1, 1, 1 };
  const gsize n_rows = G_N_ELEMENTS (products);
  double matrix[G_N_ELEMENTS (products) * STRIDE];
  guint64 ranks[G_N_ELEMENTS (products) * N_SAMPLES];
  guint32 tops[G_N_ELEMENTS (products) * RE3_N_TOPS];

  /* Every other sample is the other way round in sign, which changes no size. */
  for (gsize row = 0; row < n_rows; row++)
    for (gsize i = 0; i < STRIDE; i++)
      matrix[row * STRIDE + i] =
          row < n_some ? (i % 2 == 0 ? 1 : -1) * products[row] / scalars[row] : 0;
  kernels->samples->rank_products (matrix, STRIDE, n_rows, n_samples, scalars, ranks);
  kernels->samples->count_tops (matrix, STRIDE, n_rows, n_samples, scalars, tops);
  for (gsize row = 0; row < n_rows; row++) {
    gboolean is_some = row < n_some && products[row] != 0;

    for (gsize i = 0; i < n_samples; i++)
      g_assert_cmpuint (ranks[row * n_samples + i], ==, expected[row]);
    for (gsize place = 0; place < RE3_N_TOPS; place++)
      g_assert_cmpuint (tops[row * RE3_N_TOPS + place], ==,
                        is_some && expected[row] == place ? n_samples : 0);
  }
}

static void
test_ranks (const Re3Kernels *kernels)
{
  static const guint64 of_all[] = { 3, 1, 7, 2, 4, 0, 7 };
  static const guint64 of_two[] = { 1, 0, 7, 7, 7, 7, 7 };

  for (gsize n = 1; n <= N_SAMPLES; n++) {
    assert_ranks (kernels, G_N_ELEMENTS (of_all), of_all, n);
    assert_ranks (kernels, 2, of_two, n);
  }
}

/* Bits of several words, the last of which is not full; at a threshold a gate is off. */
static void
test_patterns (const Re3Kernels *kernels)
{
  const gsize n_gates = 2 * RE3_PATTERN_WORD_BITS + 5;
  const gsize n_words = 3;
  g_autofree Re3Gate *gates = g_new (Re3Gate, n_gates);
  double z[2 * STRIDE];
  guint64 patterns[3 * N_SAMPLES];

  for (gsize i = 0; i < 2 * STRIDE; i++)
    z[i] = (double) (i * 37 % 11) - 5;
  for (gsize gate = 0; gate < n_gates; gate++)
    gates[gate] = (Re3Gate){ .neuron = gate % 2, .threshold = (double) (gate * 7 % 13) - 6 };
  memset (patterns, 0xff, sizeof patterns);
  kernels->samples->write_patterns (z, STRIDE, N_SAMPLES, gates, n_gates, n_words, patterns);

  for (gsize i = 0; i < N_SAMPLES; i++)
    for (gsize bit = 0; bit < n_words * RE3_PATTERN_WORD_BITS; bit++) {
      guint64 word = patterns[i * n_words + bit / RE3_PATTERN_WORD_BITS];
      gboolean is_above = bit < n_gates && z[gates[bit].neuron * STRIDE + i] > gates[bit].threshold;

      g_assert_cmpuint (word >> (bit % RE3_PATTERN_WORD_BITS) & 1, ==, (guint64) is_above);
    }
}

/* The first gate at a tie, and none where there is no gradient. */
static void
test_approach (const Re3Kernels *kernels)
{
  static const Re3Gate gates[] = { { 0, 0 }, { 1, 0 }, { 1, 6 }, { 2, 0 } };
  static const double norms[] = { 1, 2, 0 };
  double z[3 * STRIDE] = { 0 };
  double nearest[N_SAMPLES];
  guint64 which[N_SAMPLES];

  for (gsize i = 0; i < N_SAMPLES; i++) {
    z[i] = 2;
    z[STRIDE + i] = (double) i - 2;
  }
  kernels->samples->approach (z, STRIDE, N_SAMPLES, gates, 4, norms, nearest, which);
  for (gsize i = 0; i < N_SAMPLES; i++) {
    double first = fabs ((double) i - 2) / 2;
    double second = fabs ((double) i - 8) / 2;
    double least = MIN (2, MIN (first, second));

    g_assert_cmpfloat (nearest[i], ==, least);
    g_assert_cmpuint (which[i], ==, least == 2 ? 0 : first <= second ? 1 : 2);
  }

  kernels->samples->approach (z, STRIDE, N_SAMPLES, gates + 3, 1, norms, nearest, which);
  for (gsize i = 0; i < N_SAMPLES; i++) {
    g_assert_cmpfloat (nearest[i], ==, INFINITY);
    g_assert_cmpuint (which[i], ==, G_MAXUINT64);
  }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    KernelTest test;
  } tests[] = {
    { "/kernels/exponentiate", test_exponentiate },
    { "/kernels/sums", test_sums },
    { "/kernels/ranks", test_ranks },
    { "/kernels/patterns", test_patterns },
    { "/kernels/approach", test_approach },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernels/same-digits", test_same_digits);
  g_test_add_func ("/kernels/apply-affine", test_apply_affine);
  g_test_add_func ("/kernels/listed", test_listed);
  g_test_add_func ("/kernels/narrow", test_narrow);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, &tests[i].test, test_all);

  return g_test_run ();
}
