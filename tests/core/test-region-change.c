/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-region-change.h"
#include "reference.h"

#include <math.h>

static Re3Region *
region_at (const Re3Network *network, const double *input)
{
  g_autoptr (Re3Forward) forward = re3_network_forward (network, input, 1);
  g_autoptr (Re3Pattern) pattern = re3_pattern_new_from_forward (forward, network, 0);

  return re3_region_new (network, pattern);
}

/* The changes of all neurons that switched sum to the difference of the affine maps, however far
 * apart the regions are. */
static void
test_changes_sum_to_difference (void)
{
  static const gsize shapes[][6] = {
    { 4, 12, 3 },
    { 5, 20, 10, 4 },
    { 3, 16, 8, 4, 2 },
    { 10, 70, 66, 5 },
  };
  static const gsize n_widths[] = { 3, 4, 5, 4 };
  gsize n_switched = 0;

  for (gsize s = 0; s < G_N_ELEMENTS (n_widths); s++) {
    gsize n_inputs = shapes[s][0];
    gsize n_outputs = shapes[s][n_widths[s] - 1];
    g_autoptr (Re3Network) network = random_network (shapes[s], n_widths[s], 11 + (guint32) s);
    g_autofree double *slope = g_new (double, n_inputs);

    for (guint32 pair = 0; pair < 20; pair++) {
      g_autofree double *start = random_numbers (n_inputs, 4, 100 + pair);
      g_autofree double *end = random_numbers (n_inputs, 4, 200 + pair);
      g_autoptr (Re3Region) before = region_at (network, start);
      g_autoptr (Re3Region) after = region_at (network, end);
      g_autoptr (GArray) neurons = re3_region_find_switched (network, before, after);

      n_switched += neurons->len;
      for (gsize c = 0; c < n_outputs; c++) {
        g_autofree double *sum = g_new0 (double, n_inputs);
        double offset_sum = 0;

        for (guint i = 0; i < neurons->len; i++) {
          double offset;

          re3_region_get_change (network, before, after, g_array_index (neurons, gsize, i), c,
                                 slope, &offset);
          offset_sum += offset;
          for (gsize f = 0; f < n_inputs; f++)
            sum[f] += slope[f];
        }
        for (gsize f = 0; f < n_inputs; f++)
          assert_near (re3_matrix_row (before->A, c)[f] + sum[f], re3_matrix_row (after->A, c)[f],
                       1e-12);
        assert_near (before->D[c] + offset_sum, after->D[c], 1e-12);
      }
    }
  }
  g_assert_cmpuint (n_switched, >, 100);
}

/* Across a single facet the change is the neuron's alone: it vanishes on its hyperplane, as the
 * network is continuous. */
static void
test_one_facet (void)
{
  static const gsize widths[] = { 3, 8, 6, 2 };
  g_autoptr (Re3Network) network = random_network (widths, 4, 31);
  g_autofree double *input = random_numbers (3, 1, 32);
  g_autoptr (Re3Region) before = region_at (network, input);

  for (gsize neuron = 0; neuron < 14; neuron++) {
    g_autoptr (Re3Pattern) pattern = re3_pattern_copy (before->pattern);
    g_autoptr (Re3Region) after = NULL;
    g_autoptr (GArray) neurons = NULL;
    const double *gradient = re3_matrix_row (before->gradients, neuron);
    double norm = before->norm_l2[neuron];
    double slope[3];
    double offset;
    double at_facet;

    re3_pattern_set (pattern, neuron, !re3_pattern_is_set (pattern, neuron));
    after = re3_region_new (network, pattern);
    neurons = re3_region_find_switched (network, before, after);
    g_assert_cmpuint (neurons->len, ==, 1);
    g_assert_cmpuint (g_array_index (neurons, gsize, 0), ==, neuron);
    if (norm == 0)
      continue;

    re3_region_get_change (network, before, after, neuron, 1, slope, &offset);
    /* The point of the hyperplane that is nearest to 0. */
    at_facet = offset;
    for (gsize f = 0; f < 3; f++)
      at_facet += slope[f] * -before->offsets[neuron] * gradient[f] / (norm * norm);
    assert_near (at_facet, 0, 1e-12);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/region-change/changes-sum-to-difference", test_changes_sum_to_difference);
  g_test_add_func ("/region-change/one-facet", test_one_facet);

  return g_test_run ();
}
