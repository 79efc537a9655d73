/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-pattern.h"
#include "reference.h"

static void
test_bits (void)
{
  static const gsize sizes[] = { 0, 1, 63, 64, 65, 128, 200 };

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++) {
    gsize n = sizes[s];
    g_autoptr (Re3Pattern) pattern = re3_pattern_new (n);
    g_autoptr (Re3Pattern) copy = NULL;

    g_assert_cmpuint (re3_pattern_n_words (n), ==, (n + 63) / 64);
    for (gsize i = 0; i < n; i += 3)
      re3_pattern_set_active (pattern, i, TRUE);
    for (gsize i = 0; i < n; i += 6)
      re3_pattern_set_active (pattern, i, FALSE);
    for (gsize i = 0; i < n; i++)
      g_assert_cmpint (re3_pattern_is_active (pattern, i), ==, i % 6 == 3);
    g_assert_cmpuint (re3_pattern_count_active (pattern), ==, (n + 2) / 6);

    copy = re3_pattern_copy (pattern);
    g_assert_true (re3_pattern_equal (pattern, copy));
    g_assert_cmpuint (re3_pattern_hash (pattern), ==, re3_pattern_hash (copy));
    g_assert_cmpint (re3_pattern_compare (pattern, copy), ==, 0);
  }
}

/* Every single bit counts, in whichever word, and tells the order. */
static void
test_compare (void)
{
  g_autoptr (Re3Pattern) none = re3_pattern_new (130);
  g_autoptr (GHashTable) hashes = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < 130; i++) {
    g_autoptr (Re3Pattern) one = re3_pattern_new (130);
    g_autoptr (Re3Pattern) next = re3_pattern_new (130);

    re3_pattern_set_active (one, i, TRUE);
    re3_pattern_set_active (next, (i + 1) % 130, TRUE);
    g_assert_false (re3_pattern_equal (one, none));
    g_assert_cmpint (re3_pattern_compare (none, one), ==, -1);
    g_assert_cmpint (re3_pattern_compare (one, none), ==, 1);
    g_assert_cmpint (re3_pattern_compare (one, next), ==, i + 1 < 130 ? 1 : -1);
    g_hash_table_add (hashes, GUINT_TO_POINTER (re3_pattern_hash (one)));
  }

  g_assert_cmpuint (g_hash_table_size (hashes), ==, 130);
}

/* Patterns of a whole block against the texts of the reference. */
static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Network) network = reference_network (reference);
    gsize n_inputs = re3_network_get_n_inputs (network);
    gsize n_neurons = re3_network_get_n_neurons (network);
    gsize n_rows = reference_n_rows (reference);
    const double *regions = reference_numbers (reference, "regions", n_rows);
    gsize n_values = n_inputs * n_rows;
    g_autofree double *inputs = g_new (double, n_values);
    g_autoptr (Re3Forward) forward = NULL;

    for (gsize row = 0; row < n_rows; row++)
      for (gsize feature = 0; feature < n_inputs; feature++)
        inputs[feature * n_rows + row] = reference_point (reference, row)[feature];
    forward = re3_network_forward (network, inputs, n_rows);

    for (gsize row = 0; row < n_rows; row++) {
      g_autoptr (Re3Pattern) pattern = re3_pattern_new_from_forward (forward, n_neurons, row);
      g_autofree char *text = re3_pattern_to_string (pattern, network);

      if (n_neurons > 0)
        g_assert_cmpstr (text, ==, reference_word (reference, "patterns", (gsize) regions[row]));
      else
        g_assert_cmpstr (text, ==, "");
    }
  }
}

static void
test_zero_is_inactive (void)
{
  double z[] = { 0.0, -0.0, 4.9e-324, -4.9e-324 };
  Re3Forward forward = { .n_samples = 1, .pre_activations = z };
  g_autoptr (Re3Pattern) pattern = re3_pattern_new_from_forward (&forward, 4, 0);

  g_assert_cmpuint (pattern->words[0], ==, 4);
}

static void
test_mask (void)
{
  Re3Operation rectifier = { .n_outputs = 2, .negative_slope = 0.25, .first_neuron = 64 };
  g_autoptr (Re3Pattern) pattern = re3_pattern_new (66);

  re3_pattern_set_active (pattern, 65, TRUE);
  g_assert_cmpfloat (re3_pattern_mask (pattern, &rectifier, 0), ==, 0.25);
  g_assert_cmpfloat (re3_pattern_mask (pattern, &rectifier, 1), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pattern/bits", test_bits);
  g_test_add_func ("/pattern/compare", test_compare);
  g_test_add_func ("/pattern/reference", test_reference);
  g_test_add_func ("/pattern/zero-is-inactive", test_zero_is_inactive);
  g_test_add_func ("/pattern/mask", test_mask);

  return g_test_run ();
}
