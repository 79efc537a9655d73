/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-accumulate.h"
#include "re3-affine.h"

#include <string.h>

/* One sum after the other, one term after the other: what the kernel must give to the bit. */
static void
accumulate_plainly (double *sums,
                    gsize n,
                    const double *scalars,
                    const double *vectors,
                    gsize stride,
                    gsize n_terms)
{
  for (gsize i = 0; i < n; i++)
    for (gsize term = 0; term < n_terms; term++) {
      volatile double product = scalars[term] * vectors[term * stride + i];

      sums[i] += product;
    }
}

static void
test_accumulate (void)
{
  static const gsize sizes[] = { 0, 1, 2, 3, 7, 8, 16, 33 };
  g_autofree double *scalars = random_numbers (40, 3, 1);
  g_autofree double *vectors = random_numbers (40 * 40, 3, 2);

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (gsize n_terms = 0; n_terms < 14; n_terms++) {
      g_autofree double *sums = random_numbers (40, 1, 3);
      g_autofree double *expected = random_numbers (40, 1, 3);

      re3_accumulate (sums, sizes[s], scalars, vectors, 40, n_terms);
      accumulate_plainly (expected, sizes[s], scalars, vectors, 40, n_terms);
      g_assert_cmpmem (sums, 40 * sizeof (double), expected, 40 * sizeof (double));
    }
}

static void
test_accumulate_product (void)
{
  static const double a[] = { 1, 2, 3 };
  static const double b[] = { 10, 100, 1000 };
  /* In this order only: 1e16 swallows each 1 that it meets, but not 1 + 1. */
  static const double c[] = { 1, 1, 1e16 };
  static const double ones[] = { 1, 1, 1 };

  g_assert_cmpfloat (re3_accumulate_product (4, a, b, 3), ==, 3214);
  g_assert_cmpfloat (re3_accumulate_product (4, a, b, 0), ==, 4);
  g_assert_cmpfloat (re3_accumulate_product (0, c, ones, 3), ==, 1e16 + 2);
}

static void
test_apply (void)
{
  static const double weight[] = { 1, 2, 3, 4, 5, 6 };
  static const double bias[] = { 100, 200 };
  static const double one[] = { 1, 10, 100 };
  static const double block[] = { 1, 0, -1, 10, 0, 1, 100, 0, 0 };
  static const double expected_block[] = { 421, 100, 101, 854, 200, 201 };
  double outputs[6];
  g_autoptr (Re3Affine) affine = re3_affine_new (3, 2, weight, bias, NULL);

  re3_affine_apply (affine, one, 1, outputs);
  g_assert_cmpfloat (outputs[0], ==, 421);
  g_assert_cmpfloat (outputs[1], ==, 854);

  re3_affine_apply (affine, block, 3, outputs);
  g_assert_cmpmem (outputs, sizeof outputs, expected_block, sizeof expected_block);

  re3_affine_apply_linear (affine, one, outputs);
  g_assert_cmpfloat (outputs[0], ==, 321);
  g_assert_cmpfloat (outputs[1], ==, 654);
}

/* Sample by sample, in blocks of odd sizes, or all at once: the same digits. */
static void
test_blocks (void)
{
  static const gsize blocks[] = { 1, 2, 3, 7, 64, 65, 513 };
  const gsize n_inputs = 37;
  const gsize n_outputs = 19;
  const gsize n_samples = 1000;
  g_autofree double *weight = random_numbers (n_inputs * n_outputs, 1, 11);
  g_autofree double *bias = random_numbers (n_outputs, 1, 12);
  g_autofree double *inputs = random_numbers (n_inputs * n_samples, 5, 13);
  g_autoptr (Re3Affine) affine = re3_affine_new (n_inputs, n_outputs, weight, bias, NULL);
  g_autofree double *expected = g_new (double, n_samples * affine->n_outputs);

  re3_affine_apply (affine, inputs, n_samples, expected);

  for (gsize b = 0; b < G_N_ELEMENTS (blocks); b++)
    for (gsize first = 0; first < n_samples; first += blocks[b]) {
      gsize n = MIN (blocks[b], n_samples - first);
      g_autofree double *block_inputs = g_new (double, n * affine->n_inputs);
      g_autofree double *block_outputs = g_new (double, n * affine->n_outputs);

      for (gsize i = 0; i < n_inputs; i++)
        memcpy (block_inputs + i * n, inputs + i * n_samples + first, n * sizeof (double));
      re3_affine_apply (affine, block_inputs, n, block_outputs);
      for (gsize i = 0; i < n_outputs; i++)
        g_assert_cmpmem (block_outputs + i * n, n * sizeof (double),
                         expected + i * n_samples + first, n * sizeof (double));
    }
}

static void
test_compose (void)
{
  static const double first_weight[] = { 1, 2, 3, 4, 5, 6 };
  static const double first_bias[] = { 1, -1, 2 };
  static const double second_weight[] = { 1, 0, -1, 2, 3, 1 };
  static const double second_bias[] = { 10, 20 };
  /* By hand: second * first, and second * first_bias + second_bias. */
  static const double weight[] = { -4, -4, 16, 22 };
  static const double bias[] = { 9, 21 };
  g_autoptr (Re3Affine) first = re3_affine_new (2, 3, first_weight, first_bias, NULL);
  g_autoptr (Re3Affine) second = re3_affine_new (3, 2, second_weight, second_bias, NULL);
  g_autoptr (Re3Affine) both = re3_affine_compose (second, first, NULL);

  g_assert_cmpuint (both->n_inputs, ==, 2);
  g_assert_cmpuint (both->n_outputs, ==, 2);
  g_assert_cmpmem (both->weight, sizeof weight, weight, sizeof weight);
  g_assert_cmpmem (both->bias, sizeof bias, bias, sizeof bias);
  g_assert_cmpfloat (both->weight_transposed[1], ==, 16);
  g_assert_cmpfloat (both->weight_transposed[2], ==, -4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/affine/accumulate", test_accumulate);
  g_test_add_func ("/affine/accumulate-product", test_accumulate_product);
  g_test_add_func ("/affine/apply", test_apply);
  g_test_add_func ("/affine/blocks", test_blocks);
  g_test_add_func ("/affine/compose", test_compose);

  return g_test_run ();
}
