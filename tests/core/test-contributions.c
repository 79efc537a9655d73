/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-contributions.h"
#include "re3-softmax.h"
#include "reference.h"

#include <math.h>

/* The lines of the reference end at its first rows, and start so many rows behind them. */
#define TRACE_FROM 20

static double
sum (const double *numbers, gsize n)
{
  double total = 0;

  for (gsize i = 0; i < n; i++)
    total += numbers[i];

  return total;
}

static double
probability (const Re3Network *network, const double *input, gsize class_index)
{
  gsize n_outputs = re3_network_get_n_outputs (network);
  g_autoptr (Re3Forward) forward = re3_network_forward (network, input, 1);
  g_autofree double *probabilities = g_new (double, n_outputs);

  re3_softmax (forward->logits, n_outputs, probabilities);

  return probabilities[class_index];
}

/* Logit contributions against layer-wise relevance, which walks through every weight instead of
 * multiplying matrices; all of them sum to what they share out. */
static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Network) network = reference_network (reference);
    gsize n_inputs = re3_network_get_n_inputs (network);
    gsize n_outputs = re3_network_get_n_outputs (network);
    gsize n_neurons = re3_network_get_n_neurons (network);
    g_autofree double *contributions = g_new (double, n_inputs);
    g_autofree double *of_neurons = g_new (double, n_neurons);
    g_autofree double *probabilities = g_new (double, n_outputs);

    for (gsize row = 0; row < reference_integer (reference, "n_explained"); row++) {
      const double *input = reference_point (reference, row);
      g_autoptr (Re3Forward) forward = re3_network_forward (network, input, 1);
      g_autoptr (Re3Pattern) pattern = re3_pattern_new_from_forward (forward, network, 0);
      g_autoptr (Re3Region) region = re3_region_new (network, pattern);
      const double *relevance = reference_numbers (reference, reference_key (reference, "lrp", row),
                                                   n_outputs * n_inputs);
      const double *linearised = reference_numbers (
          reference, reference_key (reference, "probability", row), n_outputs * n_inputs);

      re3_softmax (forward->logits, n_outputs, probabilities);
      for (gsize c = 0; c < n_outputs; c++) {
        re3_logit_contributions (region, input, c, contributions);
        assert_all_near (contributions, relevance + c * n_inputs, n_inputs, 1e-11);
        assert_near (sum (contributions, n_inputs) + region->D[c], forward->logits[c], 1e-13);

        re3_probability_contributions (region, input, probabilities, c, contributions);
        assert_all_near (contributions, linearised + c * n_inputs, n_inputs, 1e-13);

        if (row > 0)
          continue;
        re3_neuron_contributions (region, forward->activations, c, of_neurons);
        assert_all_near (of_neurons,
                         reference_numbers (reference, "contributions.0", n_outputs * n_neurons) +
                             c * n_neurons,
                         n_neurons, 1e-13);
      }
    }
  }
}

/* Against the reference, which finds the pieces by bisection and multiplies whole matrices. */
static void
test_path_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Network) network = reference_network (reference);
    gsize n_inputs = re3_network_get_n_inputs (network);
    g_autofree double *contributions = g_new (double, n_inputs);

    for (gsize row = 0; row < reference_integer (reference, "n_traces"); row++) {
      const double *baseline = reference_point (reference, row + TRACE_FROM);

      re3_path_contributions (network, baseline, reference_point (reference, row), 1,
                              contributions);
      assert_all_near (contributions,
                       reference_numbers (reference, reference_key (reference, "path", row),
                                          n_inputs),
                       n_inputs, 1e-9);
    }
  }
}

/* The sum is the difference of probabilities: for all classes, and from any baseline. */
static void
test_path_is_complete (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Network) network = reference_network (reference);
    gsize n_inputs = re3_network_get_n_inputs (network);
    g_autofree double *contributions = g_new (double, n_inputs);

    for (gsize row = 0; row < 20 && row + 20 < reference_n_rows (reference); row++) {
      const double *input = reference_point (reference, row);
      const double *baseline = reference_point (reference, row + 20);

      for (gsize c = 0; c < re3_network_get_n_outputs (network); c++) {
        re3_path_contributions (network, baseline, input, c, contributions);
        assert_near (sum (contributions, n_inputs),
                     probability (network, input, c) - probability (network, baseline, c), 1e-12);
      }
    }
  }
}

/* The same for logits: exact integrated gradients. */
static void
test_logit_path_is_complete (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Network) network = reference_network (reference);
    gsize n_inputs = re3_network_get_n_inputs (network);
    g_autofree double *contributions = g_new (double, n_inputs);

    for (gsize row = 0; row < 20 && row + 20 < reference_n_rows (reference); row++) {
      const double *input = reference_point (reference, row);
      const double *baseline = reference_point (reference, row + 20);
      g_autoptr (Re3Forward) at_input = re3_network_forward (network, input, 1);
      g_autoptr (Re3Forward) at_baseline = re3_network_forward (network, baseline, 1);

      for (gsize c = 0; c < re3_network_get_n_outputs (network); c++) {
        re3_path_logit_contributions (network, baseline, input, c, contributions);
        assert_near (sum (contributions, n_inputs), at_input->logits[c] - at_baseline->logits[c],
                     1e-12);
      }
    }
  }
}

/* f (x, y) = relu (x - 1) along (t, t) * 2: x counts for the half of the way on which it counts, y
 * for nothing. */
static void
test_logit_path_by_hand (void)
{
  static const double weight[] = { 1, 0 };
  static const double bias[] = { -1 };
  static const double last[] = { 1, 0 };
  static const double zeros[] = { 0, 0 };
  static const double end[] = { 2, 2 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (2);
  g_autoptr (Re3Network) network = NULL;
  double contributions[2];

  re3_network_builder_add_affine (builder, 1, weight, bias, NULL);
  re3_network_builder_add_rectifier (builder, 0, NULL);
  re3_network_builder_add_affine (builder, 2, last, zeros, NULL);
  network = re3_network_builder_finish (builder, NULL);
  re3_path_logit_contributions (network, zeros, end, 0, contributions);

  assert_near (contributions[0], 1, 1e-15);
  g_assert_cmpfloat (contributions[1], ==, 0);
}

/* Steep logits make the softmax a step somewhere along the way, which must not be missed. */
static void
test_path_of_steep_logits (void)
{
  static const gsize widths[] = { 4, 10, 6, 3 };
  static const double lengths[] = { 1e2, 1e4, 1e6 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 81);
  g_autofree double *directions = random_numbers (4 * 10, 1, 82);
  gsize n_steps = 0;

  for (gsize l = 0; l < G_N_ELEMENTS (lengths); l++)
    for (gsize d = 0; d < 10; d++) {
      double baseline[4];
      double input[4];
      double contributions[4];

      for (gsize i = 0; i < 4; i++) {
        input[i] = lengths[l] * directions[4 * d + i];
        baseline[i] = -lengths[l] * directions[(4 * d + i + 7) % 40];
      }
      for (gsize c = 0; c < 3; c++) {
        double difference;

        re3_path_contributions (network, baseline, input, c, contributions);
        difference = probability (network, input, c) - probability (network, baseline, c);
        /* The logits themselves are rounded, by a share of the length. */
        assert_near (sum (contributions, 4), difference, MAX (1e-12, 1e-15 * lengths[l]));
        n_steps += fabs (difference) > 0.999;
      }
    }

  g_assert_cmpuint (n_steps, >, 0);
}

/* In one dimension, two classes without hidden layers: p is the logistic function, and the
 * contribution of the only feature is the whole difference. */
static void
test_path_of_logistic (void)
{
  static const double weight[] = { 0, 3 };
  static const double bias[] = { 0, 1 };
  static const double baseline[] = { -2 };
  static const double input[] = { 1.5 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);
  g_autoptr (Re3Network) network = NULL;
  double contribution;

  re3_network_builder_add_affine (builder, 2, weight, bias, NULL);
  network = re3_network_builder_finish (builder, NULL);
  re3_path_contributions (network, baseline, input, 1, &contribution);

  assert_near (contribution, 1 / (1 + exp (-5.5)) - 1 / (1 + exp (5.0)), 1e-15);
}

static void
test_path_without_length (void)
{
  static const gsize widths[] = { 3, 5, 2 };
  static const double point[] = { 1, -2, 3 };
  g_autoptr (Re3Network) network = random_network (widths, 3, 91);
  double contributions[3];

  re3_path_contributions (network, point, point, 0, contributions);
  for (gsize i = 0; i < 3; i++)
    g_assert_cmpfloat (contributions[i], ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/contributions/reference", test_reference);
  g_test_add_func ("/contributions/path-reference", test_path_reference);
  g_test_add_func ("/contributions/path-is-complete", test_path_is_complete);
  g_test_add_func ("/contributions/logit-path-is-complete", test_logit_path_is_complete);
  g_test_add_func ("/contributions/logit-path-by-hand", test_logit_path_by_hand);
  g_test_add_func ("/contributions/path-of-steep-logits", test_path_of_steep_logits);
  g_test_add_func ("/contributions/path-of-logistic", test_path_of_logistic);
  g_test_add_func ("/contributions/path-without-length", test_path_without_length);

  return g_test_run ();
}
