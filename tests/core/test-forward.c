/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-forward.h"
#include "reference.h"

#include <string.h>

static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Network) network = reference_network (reference);
    gsize n_neurons = re3_network_get_n_neurons (network);
    gsize n_outputs = re3_network_get_n_outputs (network);

    for (gsize row = 0; row < reference_integer (reference, "n_explained"); row++) {
      g_autoptr (Re3Forward) forward =
          re3_network_forward (network, reference_point (reference, row), 1);
      const char *z = reference_key (reference, "z", row);
      const char *h = reference_key (reference, "h", row);
      const char *logits = reference_key (reference, "logits", row);

      g_assert_cmpuint (forward->n_samples, ==, 1);
      assert_all_near (forward->pre_activations, reference_numbers (reference, z, n_neurons),
                       n_neurons, 1e-13);
      assert_all_near (forward->activations, reference_numbers (reference, h, n_neurons), n_neurons,
                       1e-13);
      assert_all_near (forward->logits, reference_numbers (reference, logits, n_outputs), n_outputs,
                       1e-13);
    }
  }
}

static void
assert_rows_equal (const double *block,
                   gsize stride,
                   gsize sample,
                   const double *alone,
                   gsize n_rows)
{
  for (gsize row = 0; row < n_rows; row++)
    g_assert_cmpmem (block + row * stride + sample, sizeof (double), alone + row, sizeof (double));
}

static void
assert_samples_equal (const double *a, const double *b, const Re3Forward *forward, gsize n_rows)
{
  gsize n_bytes = forward->n_samples * sizeof (double);

  for (gsize row = 0; row < n_rows; row++)
    g_assert_cmpmem (a + row * forward->stride, n_bytes, b + row * forward->stride, n_bytes);
}

/* A pass in the memory of another gives the same, whether there is room or not. */
static void
test_again (void)
{
  static const gsize widths[] = { 9, 31, 3 };
  static const gsize sizes[] = { 100, 1, 70, 300 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 5);
  g_autofree double *inputs = random_numbers (9 * 300, 4, 6);
  g_autoptr (Re3Forward) again = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    gsize n = sizes[i];
    g_autoptr (Re3Forward) fresh = re3_network_forward (network, inputs, n);

    again = re3_network_forward_again (network, inputs, n, g_steal_pointer (&again), NULL);
    g_assert_cmpuint (again->n_samples, ==, n);
    g_assert_cmpuint (again->stride, ==, fresh->stride);
    assert_samples_equal (again->pre_activations, fresh->pre_activations, again, 31);
    assert_samples_equal (again->activations, fresh->activations, again, 31);
    assert_samples_equal (again->logits, fresh->logits, again, 3);
  }
}

/* One sample alone gives the digits that it gives among others. */
static void
test_blocks (void)
{
  static const gsize widths[] = { 9, 31, 16, 8, 3 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 5);
  const gsize n_samples = 700;
  g_autofree double *inputs = random_numbers (9 * n_samples, 4, 6);
  g_autoptr (Re3Forward) block = re3_network_forward (network, inputs, n_samples);
  double input[9];

  for (gsize sample = 0; sample < n_samples; sample++) {
    g_autoptr (Re3Forward) alone = NULL;

    for (gsize i = 0; i < 9; i++)
      input[i] = inputs[i * n_samples + sample];
    alone = re3_network_forward (network, input, 1);
    assert_rows_equal (block->pre_activations, block->stride, sample, alone->pre_activations, 55);
    assert_rows_equal (block->activations, block->stride, sample, alone->activations, 55);
    assert_rows_equal (block->logits, block->stride, sample, alone->logits, 3);
  }
}

/* h = z above zero; at zero and below, slope z. */
static void
test_rectifier (void)
{
  static const double weight[] = { 1, 1 };
  static const double identity[] = { 1, 0, 0, 1 };
  static const double bias[] = { 0, 0 };
  static const double inputs[] = { -2, -0.0, 0, 3 };
  static const double slopes[] = { 0, 0.5 };

  for (gsize i = 0; i < G_N_ELEMENTS (slopes); i++) {
    g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);
    g_autoptr (Re3Network) network = NULL;
    g_autoptr (Re3Forward) forward = NULL;

    re3_network_builder_add_affine (builder, 2, weight, bias, NULL);
    re3_network_builder_add_rectifier (builder, slopes[i], NULL);
    re3_network_builder_add_affine (builder, 2, identity, bias, NULL);
    network = re3_network_builder_finish (builder, NULL);
    forward = re3_network_forward (network, inputs, 4);

    g_assert_cmpfloat (forward->activations[0], ==, -2 * slopes[i]);
    g_assert_cmpfloat (forward->activations[1], ==, 0);
    g_assert_cmpfloat (forward->activations[2], ==, 0);
    g_assert_cmpfloat (forward->activations[3], ==, 3);
  }
}

static void
test_argmax (void)
{
  static const double numbers[] = { 1, 9, 5, 0, 5, 7 };

  g_assert_cmpuint (re3_argmax (numbers, 6, 1), ==, 1);
  g_assert_cmpuint (re3_argmax (numbers + 2, 3, 1), ==, 0); /* the first of equals */
  g_assert_cmpuint (re3_argmax (numbers, 3, 2), ==, 1);
  g_assert_cmpuint (re3_argmax (numbers, 1, 1), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/forward/reference", test_reference);
  g_test_add_func ("/forward/blocks", test_blocks);
  g_test_add_func ("/forward/again", test_again);
  g_test_add_func ("/forward/rectifier", test_rectifier);
  g_test_add_func ("/forward/argmax", test_argmax);

  return g_test_run ();
}
