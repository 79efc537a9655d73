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
      re3_pattern_set (pattern, i, TRUE);
    for (gsize i = 0; i < n; i += 6)
      re3_pattern_set (pattern, i, FALSE);
    for (gsize i = 0; i < n; i++)
      g_assert_cmpint (re3_pattern_is_set (pattern, i), ==, i % 6 == 3);

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

    re3_pattern_set (one, i, TRUE);
    re3_pattern_set (next, (i + 1) % 130, TRUE);
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
      g_autoptr (Re3Pattern) pattern = re3_pattern_new_from_forward (forward, network, row);
      g_autofree char *text = re3_pattern_to_string (pattern, network);

      if (n_neurons > 0)
        g_assert_cmpstr (text, ==, reference_word (reference, "patterns", (gsize) regions[row]));
      else
        g_assert_cmpstr (text, ==, "");
    }
  }
}

/* Hidden neurons with the pre-activation x, so that their states are plain to see. */
static Re3Network *
network_of (const Re3Activation *activations, gsize n)
{
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);
  g_autoptr (GError) error = NULL;
  g_autofree double *ones = g_new (double, 2 * n);
  g_autofree double *zeros = g_new0 (double, MAX (n, 2));
  Re3Network *network;

  for (gsize i = 0; i < 2 * n; i++)
    ones[i] = 1;
  re3_network_builder_add_affine (builder, n, ones, zeros, &error);
  g_assert_no_error (error);
  re3_network_builder_add_activations (builder, activations, &error);
  g_assert_no_error (error);
  re3_network_builder_add_affine (builder, 2, ones, zeros, &error);
  g_assert_no_error (error);
  network = re3_network_builder_finish (builder, &error);
  g_assert_no_error (error);

  return network;
}

static void
test_zero_is_inactive (void)
{
  static const double z[] = { 0.0, -0.0, 4.9e-324, -4.9e-324 };
  Re3Activation rectifier = re3_activation_rectifier (0);
  g_autoptr (Re3Network) network = network_of (&rectifier, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (z); i++) {
    g_autoptr (Re3Forward) forward = re3_network_forward (network, &z[i], 1);
    g_autoptr (Re3Pattern) pattern = re3_pattern_new_from_forward (forward, network, 0);

    g_assert_cmpuint (pattern->words[0], ==, i == 2 ? 1 : 0);
  }
}

static void
test_states (void)
{
  static const struct {
    double x;
    const char *text;
    guint8 active[4];
    double slopes[4];
    double intercepts[4];
  } cases[] = {
    { -3, "0000", { 0, 0, 1, 1 }, { 0.25, 0, -1, 4 }, { 0, -1, 0, 1 } },
    { -1, "0000", { 0, 0, 1, 1 }, { 0.25, 0, -1, 4 }, { 0, -1, 0, 1 } },
    { -0.5, "0101", { 0, 1, 1, 0 }, { 0.25, 1, -1, 1 }, { 0, 0, 0, -2 } },
    { 0.5, "1112", { 1, 1, 1, 0 }, { 1, 1, 1, -2 }, { 0, 0, 0, -2 } },
    { 2, "1213", { 1, 0, 1, 1 }, { 1, 0, 1, -4 }, { 0, 1, 0, 0 } },
  };
  Re3Activation activations[] = {
    re3_activation_rectifier (0.25),
    re3_activation_clip (-1, 1),
    re3_activation_rectifier (-1),
    { 3, { -1, 0, 1 }, { { 4, 1 }, { 1, -2 }, { -2, -2 }, { -4, 0 } } },
  };
  g_autoptr (Re3Network) network = network_of (activations, 4);

  g_assert_cmpuint (re3_network_get_n_gates (network), ==, 7);
  g_assert_cmpuint (re3_network_get_first_gate (network, 2), ==, 3);
  g_assert_cmpuint (re3_network_get_gates (network)[2].neuron, ==, 1);
  g_assert_cmpfloat (re3_network_get_gates (network)[2].threshold, ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Re3Forward) forward = re3_network_forward (network, &cases[i].x, 1);
    g_autoptr (Re3Pattern) pattern = re3_pattern_new_from_forward (forward, network, 0);
    g_autofree char *text = re3_pattern_to_string (pattern, network);
    gsize n_active = 0;
    guint8 active[4];
    Re3Piece pieces[4];

    g_assert_cmpstr (text, ==, cases[i].text);
    re3_pattern_get_active (pattern, network, active);
    re3_pattern_get_pieces (pattern, network, pieces);
    for (gsize neuron = 0; neuron < 4; neuron++) {
      g_assert_cmpuint (re3_pattern_get_state (pattern, network, neuron), ==,
                        (gsize) (cases[i].text[neuron] - '0'));
      g_assert_cmpuint (active[neuron], ==, cases[i].active[neuron]);
      g_assert_cmpint (re3_pattern_is_active (pattern, network, neuron), ==, active[neuron]);
      g_assert_cmpfloat (pieces[neuron].slope, ==, cases[i].slopes[neuron]);
      g_assert_cmpfloat (pieces[neuron].intercept, ==, cases[i].intercepts[neuron]);
      g_assert_cmpfloat (re3_pattern_get_piece (pattern, network, neuron)->slope, ==,
                         pieces[neuron].slope);
      g_assert_cmpfloat (forward->activations[neuron], ==,
                         pieces[neuron].slope * cases[i].x + pieces[neuron].intercept);
      n_active += active[neuron];
    }
    g_assert_cmpuint (re3_pattern_count_active (pattern, network), ==, n_active);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pattern/bits", test_bits);
  g_test_add_func ("/pattern/compare", test_compare);
  g_test_add_func ("/pattern/reference", test_reference);
  g_test_add_func ("/pattern/zero-is-inactive", test_zero_is_inactive);
  g_test_add_func ("/pattern/states", test_states);

  return g_test_run ();
}
