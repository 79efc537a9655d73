/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-relaxation-private.h"
#include "reference.h"

#include <math.h>
#include <string.h>

#define N_FEATURES 4

static const Re3Metric metrics[] = { RE3_METRIC_L2, RE3_METRIC_L1, RE3_METRIC_LINF };

/* Layers of hard tanh, leaky ReLU and ReLU. */
static Re3Network *
mixed_network (guint32 seed)
{
  static const gsize widths[] = { N_FEATURES, 7, 5, 4, 3 };
  const Re3Activation activations[] = {
    re3_activation_clip (-1, 1),
    re3_activation_rectifier (0.2),
    re3_activation_rectifier (0),
  };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (N_FEATURES);
  g_autoptr (GError) error = NULL;
  Re3Network *network;

  for (gsize layer = 0; layer + 1 < G_N_ELEMENTS (widths); layer++) {
    g_autofree double *weight = random_numbers (widths[layer] * widths[layer + 1], 1, seed++);
    g_autofree double *bias = random_numbers (widths[layer + 1], 0.5, seed++);

    if (layer > 0)
      re3_network_builder_add_activation (builder, &activations[(seed + layer) % 3], &error);
    g_assert_no_error (error);
    re3_network_builder_add_affine (builder, widths[layer + 1], weight, bias, &error);
    g_assert_no_error (error);
  }
  network = re3_network_builder_finish (builder, &error);
  g_assert_no_error (error);

  return network;
}

/* An input within @radius of @values and the bounds; FALSE if the one drawn is not. */
static gboolean
draw (GRand *random,
      const Re3CounterfactualOptions *options,
      const double *values,
      double radius,
      double *y,
      double *input)
{
  for (gsize f = 0; f < N_FEATURES; f++) {
    y[f] = g_rand_double_range (random, -radius, radius);
    input[f] = values[f] + y[f];
    if (input[f] < options->low[f] || input[f] > options->high[f])
      return FALSE;
  }

  return re3_metric_length (options->metric, y, N_FEATURES) < radius;
}

static double
get_center (const Re3Relaxation *relaxation, const double *row, const double *y)
{
  double sum = row[0];

  for (gsize i = 0; i < relaxation->n; i++)
    sum += row[1 + i] * y[i];

  return sum;
}

/* What the relaxation says holds of the input: the range of every z, the sides that follow, and the
 * distance of every z and logit from its line. */
static void
assert_holds (const Re3Relaxation *relaxation,
              const Re3Network *network,
              const Re3Forward *forward,
              const double *y)
{
  const Re3Gate *gates = re3_network_get_gates (network);

  for (gsize j = 0; j < re3_network_get_n_neurons (network); j++) {
    const double *row = relaxation->pre_activations + j * relaxation->stride;
    double z = forward->pre_activations[j];

    g_assert_cmpfloat (z, >=, relaxation->low[j] - 1e-12);
    g_assert_cmpfloat (z, <=, relaxation->high[j] + 1e-12);
    g_assert_cmpfloat (fabs (z - get_center (relaxation, row, y)), <=,
                       re3_relaxation_get_error (relaxation, row) + 1e-12);
  }
  for (gsize g = 0; g < re3_network_get_n_gates (network); g++) {
    double over = forward->pre_activations[gates[g].neuron] - gates[g].threshold;

    if (relaxation->sides[g] == RE3_GATE_ABOVE)
      g_assert_cmpfloat (over, >=, -1e-12);
    else if (relaxation->sides[g] == RE3_GATE_BELOW)
      g_assert_cmpfloat (over, <=, 1e-12);
  }
  for (gsize c = 0; c < re3_network_get_n_outputs (network); c++) {
    const double *row = relaxation->logits + c * relaxation->stride;

    g_assert_cmpfloat (fabs (forward->logits[c] - get_center (relaxation, row, y)), <=,
                       re3_relaxation_get_error (relaxation, row) + 1e-12);
  }
}

static gboolean
is_on_sides (const Re3Network *network, const Re3Forward *forward, const guint8 *sides)
{
  g_autoptr (Re3Pattern) pattern = re3_pattern_new_from_forward (forward, network, 0);

  for (gsize g = 0; g < re3_network_get_n_gates (network); g++)
    if (sides[g] != RE3_GATE_OPEN &&
        sides[g] != (re3_pattern_is_set (pattern, g) ? RE3_GATE_ABOVE : RE3_GATE_BELOW))
      return FALSE;

  return TRUE;
}

/* Of random inputs, with no gate decided, and with some decided as they are for one input. */
static void
test_inputs (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (21);
  gsize n_decided = 0;
  gsize n_tried = 0;

  for (guint32 round = 0; round < 120; round++) {
    g_autoptr (Re3Network) network = mixed_network (20 * round);
    g_autoptr (Re3Model) model = model_of_network (network);
    double radius = round % 10 == 0 ? INFINITY : g_rand_double_range (random, 0.05, 2);
    double reach = MIN (radius, 3);
    gsize n_gates = re3_network_get_n_gates (network);
    g_autofree guint8 *sides = g_malloc (n_gates);
    double values[N_FEATURES];
    double low[N_FEATURES];
    double high[N_FEATURES];
    double y[N_FEATURES];
    double input[N_FEATURES];
    Re3CounterfactualOptions options = RE3_COUNTERFACTUAL_OPTIONS_DEFAULT;
    g_autoptr (Re3CounterfactualSpace) space = NULL;
    g_autoptr (Re3Polyhedron) constraints = NULL;
    g_autoptr (Re3Relaxation) relaxation = NULL;

    for (gsize f = 0; f < N_FEATURES; f++) {
      values[f] = g_rand_double_range (random, -1, 1);
      low[f] = round % 2 == 0 ? -INFINITY : values[f] - 0.3;
      high[f] = round % 2 == 0 ? INFINITY : values[f] + 0.8;
    }
    options.metric = metrics[round % 3];
    options.low = low;
    options.high = high;
    space = re3_counterfactual_space_new (model, values, &options, NULL);
    constraints = re3_counterfactual_space_constrain (space, 0, NULL);
    relaxation = re3_relaxation_new (space, NULL);

    memset (sides, RE3_GATE_OPEN, n_gates);
    for (gsize sample = 0; sample < 300; sample++) {
      g_autoptr (Re3Forward) forward = NULL;

      if (!draw (random, &options, values, reach, y, input))
        continue;
      forward = re3_network_forward (network, input, 1);
      if (sample % 100 == 0) {
        g_autoptr (Re3Pattern) pattern = re3_pattern_new_from_forward (forward, network, 0);

        for (gsize g = 0; g < n_gates; g++)
          if (g_rand_int_range (random, 0, 4) == 0)
            sides[g] = re3_pattern_is_set (pattern, g) ? RE3_GATE_ABOVE : RE3_GATE_BELOW;
          else
            sides[g] = RE3_GATE_OPEN;
      }
      if (!is_on_sides (network, forward, sides))
        continue;

      g_assert_true (re3_relaxation_set (relaxation, space, constraints, sides, radius, NULL));
      g_assert_false (relaxation->is_empty);
      assert_holds (relaxation, network, forward, y);
      n_tried++;
      n_decided += relaxation->n_open == 0;
    }
  }

  g_assert_cmpuint (n_tried, >, 3000);
  g_assert_cmpuint (n_decided, >, 20);
}

/* With all gates decided as an input has them, nothing is left to err about. */
static void
test_exact (void)
{
  for (guint32 round = 0; round < 50; round++) {
    g_autoptr (Re3Network) network = mixed_network (20 * round);
    g_autoptr (Re3Model) model = model_of_network (network);
    g_autofree double *values = random_numbers (N_FEATURES, 1, round);
    g_autofree double *input = random_numbers (N_FEATURES, 1, round + 1000);
    const Re3CounterfactualOptions options = RE3_COUNTERFACTUAL_OPTIONS_DEFAULT;
    g_autoptr (Re3CounterfactualSpace) space =
        re3_counterfactual_space_new (model, values, &options, NULL);
    g_autoptr (Re3Polyhedron) constraints = re3_counterfactual_space_constrain (space, 0, NULL);
    g_autoptr (Re3Relaxation) relaxation = re3_relaxation_new (space, NULL);
    g_autoptr (Re3Forward) forward = re3_network_forward (network, input, 1);
    g_autoptr (Re3Pattern) pattern = re3_pattern_new_from_forward (forward, network, 0);
    gsize n_gates = re3_network_get_n_gates (network);
    g_autofree guint8 *sides = g_malloc (n_gates);
    double y[N_FEATURES];

    for (gsize g = 0; g < n_gates; g++)
      sides[g] = re3_pattern_is_set (pattern, g) ? RE3_GATE_ABOVE : RE3_GATE_BELOW;
    for (gsize f = 0; f < N_FEATURES; f++)
      y[f] = input[f] - values[f];

    g_assert_true (re3_relaxation_set (relaxation, space, constraints, sides, INFINITY, NULL));
    g_assert_cmpuint (relaxation->n_open, ==, 0);
    for (gsize c = 0; c < 3; c++) {
      const double *row = relaxation->logits + c * relaxation->stride;

      g_assert_cmpfloat (re3_relaxation_get_error (relaxation, row), ==, 0);
      assert_near (get_center (relaxation, row, y), forward->logits[c], 1e-12);
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/relaxation/inputs", test_inputs);
  g_test_add_func ("/relaxation/exact", test_exact);

  return g_test_run ();
}
