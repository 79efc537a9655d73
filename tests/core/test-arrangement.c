/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-trace.h"

/* Arrangements of hyperplanes whose number of regions is known from combinatorics. Random lines are
 * traced until they have met them all; meeting one more is a failure. */

/* One hidden layer of @n_neurons: its hyperplanes are the arrangement. */
static Re3Network *
arrangement_network (gsize n_inputs, gsize n_neurons, const double *normals, const double *offsets)
{
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (n_inputs);
  g_autofree double *last = g_new0 (double, 2 * n_neurons);
  static const double zeros[] = { 0, 0 };
  g_autoptr (GError) error = NULL;
  Re3Network *network;

  re3_network_builder_add_affine (builder, n_neurons, normals, offsets, &error);
  g_assert_no_error (error);
  re3_network_builder_add_rectifier (builder, 0, &error);
  g_assert_no_error (error);
  re3_network_builder_add_affine (builder, 2, last, zeros, &error);
  g_assert_no_error (error);
  network = re3_network_builder_finish (builder, &error);
  g_assert_no_error (error);

  return network;
}

/* The number of distinct patterns on @n_lines random lines between points up to @range. */
static gsize
count_regions (const Re3Network *network, double range, guint32 n_lines)
{
  gsize n_inputs = re3_network_get_n_inputs (network);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (re3_pattern_hash, re3_pattern_equal,
                                                       (GDestroyNotify) re3_pattern_free, NULL);
  g_autofree double *points = random_numbers (2 * n_inputs * n_lines, range, 1400);

  for (guint32 line = 0; line < n_lines; line++) {
    const double *start = points + 2 * n_inputs * line;
    g_autoptr (Re3Trace) trace = re3_trace_new (network, start, start + n_inputs);

    for (gsize i = 0; i < trace->n_pieces; i++)
      if (!g_hash_table_contains (seen, trace->pieces[i].pattern))
        g_hash_table_add (seen, re3_pattern_copy (trace->pieces[i].pattern));
  }

  return g_hash_table_size (seen);
}

/* The resonance arrangement: all nonzero normals of zeros and ones, through the origin. */
static void
test_resonance (void)
{
  static const gsize n_regions[] = { 2, 6, 32, 370, 11292 };
  static const guint32 n_lines[] = { 10, 100, 1000, 10000, 60000 };

  for (gsize d = 1; d <= G_N_ELEMENTS (n_regions); d++) {
    gsize n_neurons = ((gsize) 1 << d) - 1;
    gsize n_numbers = n_neurons * d;
    g_autofree double *normals = g_new (double, n_numbers);
    g_autofree double *offsets = g_new0 (double, n_neurons);
    g_autoptr (Re3Network) network = NULL;

    for (gsize neuron = 0; neuron < n_neurons; neuron++)
      for (gsize i = 0; i < d; i++)
        normals[neuron * d + i] = ((neuron + 1) >> i) & 1;
    network = arrangement_network (d, n_neurons, normals, offsets);

    g_assert_cmpuint (count_regions (network, 1, n_lines[d - 1]), ==, n_regions[d - 1]);
  }
}

/* n planes in general position in space: 1 + n + (n over 2) + (n over 3) regions. */
static void
test_general_position (void)
{
  static const double normals[] = {
    1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, -1, 0.5, -0.5, 1, 2,
  };
  static const double offsets[] = { 1, 2, -1.5, 3, -2, 0.75 };
  static const gsize n_regions[] = { 2, 4, 8, 15, 26, 42 };

  for (gsize n = 1; n <= 6; n++) {
    g_autoptr (Re3Network) network = arrangement_network (3, n, normals, offsets);

    g_assert_cmpuint (count_regions (network, 10, 20000), ==, n_regions[n - 1]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/arrangement/resonance", test_resonance);
  g_test_add_func ("/arrangement/general-position", test_general_position);

  return g_test_run ();
}
