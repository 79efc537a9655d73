/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-boundary.h"
#include "re3-contributions.h"
#include "re3-trace.h"
#include "reference.h"

#include <math.h>
#include <string.h>

/* Networks of every kind of activation, with several states to a neuron, against plain forward
 * passes. */

#define N_INPUTS  4
#define N_OUTPUTS 3
#define N_POINTS  100

/* A step of this share less or more than the distance stays inside or goes out. */
#define NUDGE 1e-7

static Re3Activation
zigzag (void)
{
  return (
      Re3Activation){ 3, { -0.5, 0, 0.75 }, { { 1, 1.5 }, { -2, 0 }, { 0.5, 0 }, { -1, 1.125 } } };
}

static void
for_each_network (void (*check) (const Re3Network *network, const double *points))
{
  static const gsize widths[] = { N_INPUTS, 9, 7, N_OUTPUTS };
  const Re3Activation activations[] = {
    re3_activation_rectifier (0),
    re3_activation_rectifier (0.1),
    re3_activation_rectifier (-1),
    re3_activation_rectifier (-0.5),
    re3_activation_clip (0, 0.5),
    re3_activation_clip (-1, 1),
    re3_activation_clip (0.25, INFINITY),
    re3_activation_hard_sigmoid (0.5, 0.5),
    zigzag (),
  };
  g_autofree double *points = random_numbers (N_INPUTS * N_POINTS, 2, 17);

  for (gsize i = 0; i < G_N_ELEMENTS (activations); i++) {
    g_autoptr (Re3Network) network =
        random_network_with (widths, G_N_ELEMENTS (widths), &activations[i], 40 + (guint32) i);

    check (network, points);
  }
}

static Re3Region *
region_at (const Re3Network *network, const double *input, Re3Forward **forward)
{
  g_autoptr (Re3Pattern) pattern = NULL;

  *forward = re3_network_forward (network, input, 1);
  pattern = re3_pattern_new_from_forward (*forward, network, 0);

  return re3_region_new (network, pattern);
}

static gboolean
is_inside (const Re3Network *network,
           const Re3Region *region,
           const double *input,
           const double *direction,
           double length)
{
  double moved[N_INPUTS];
  g_autoptr (Re3Forward) forward = NULL;
  g_autoptr (Re3Pattern) pattern = NULL;

  for (gsize i = 0; i < N_INPUTS; i++)
    moved[i] = input[i] + length * direction[i];
  forward = re3_network_forward (network, moved, 1);
  pattern = re3_pattern_new_from_forward (forward, network, 0);

  return re3_pattern_equal (pattern, region->pattern);
}

/* The affine map, its slopes by differences within the region. */
static void
check_maps (const Re3Network *network, const double *points)
{
  for (gsize p = 0; p < N_POINTS; p++) {
    const double *input = points + p * N_INPUTS;
    g_autoptr (Re3Forward) forward = NULL;
    g_autoptr (Re3Region) region = region_at (network, input, &forward);
    Re3Boundary boundary;
    double step;

    g_assert_cmpfloat (re3_region_residual (region, input, forward->logits), <, 1e-12);
    re3_boundary_measure (network, region, forward->pre_activations, 1, &boundary);
    step = fmin (boundary.l2 / 2, 1);
    for (gsize i = 0; i < N_INPUTS && step > 1e-4; i++) {
      double moved[N_INPUTS];
      g_autoptr (Re3Forward) there = NULL;

      memcpy (moved, input, sizeof moved);
      moved[i] += step;
      there = re3_network_forward (network, moved, 1);
      for (gsize c = 0; c < N_OUTPUTS; c++)
        g_assert_cmpfloat_with_epsilon ((there->logits[c] - forward->logits[c]) /
                                            (moved[i] - input[i]),
                                        re3_matrix_row (region->A, c)[i], 1e-9);
    }
  }
}

/* No step shorter than the distance leaves the region, and one along a gradient does behind it. */
static void
check_distances (const Re3Network *network, const double *points)
{
  for (gsize p = 0; p < N_POINTS; p++) {
    const double *input = points + p * N_INPUTS;
    g_autoptr (Re3Forward) forward = NULL;
    g_autoptr (Re3Region) region = region_at (network, input, &forward);
    Re3Boundary boundary;
    double direction[2][N_INPUTS];
    double low[N_INPUTS];
    double high[N_INPUTS];

    re3_boundary_measure (network, region, forward->pre_activations, 1, &boundary);
    g_assert_cmpuint (boundary.neuron, !=, RE3_NO_NEURON);
    for (gsize i = 0; i < N_INPUTS; i++) {
      direction[0][i] =
          re3_matrix_row (region->gradients, boundary.neuron)[i] / region->norm_l2[boundary.neuron];
      direction[1][i] = -direction[0][i];
    }
    g_assert_true (is_inside (network, region, input, direction[0], boundary.l2 * (1 - NUDGE)));
    g_assert_true (is_inside (network, region, input, direction[1], boundary.l2 * (1 - NUDGE)));
    /* The nearest hyperplane is above or below. */
    g_assert_false (is_inside (network, region, input, direction[0], boundary.l2 * (1 + NUDGE)) &&
                    is_inside (network, region, input, direction[1], boundary.l2 * (1 + NUDGE)));

    re3_feature_intervals (network, region, input, forward->pre_activations, low, high);
    for (gsize i = 0; i < N_INPUTS; i++) {
      double axis[N_INPUTS] = { 0 };

      axis[i] = 1;
      for (gsize end = 0; end < 2; end++) {
        double reach = (end == 0 ? low[i] : high[i]) - input[i];

        if (isinf (reach)) {
          g_assert_true (is_inside (network, region, input, axis, copysign (1e3, reach)));
          continue;
        }
        g_assert_true (is_inside (network, region, input, axis, reach * (1 - NUDGE)));
        g_assert_false (is_inside (network, region, input, axis, reach * (1 + NUDGE)));
      }
    }
  }
}

/* Ten traces, each against a thousand passes. */
static void
check_traces (const Re3Network *network, const double *points)
{
  const gsize n_steps = 1000;

  for (gsize line = 0; line < 10; line++) {
    const double *start = points + 2 * line * N_INPUTS;
    const double *end = start + N_INPUTS;
    g_autoptr (Re3Trace) trace = re3_trace_new (network, start, end);

    g_assert_cmpuint (trace->n_pieces, >, 1);
    for (gsize step = 0; step <= n_steps; step++) {
      double t = (double) step / (double) n_steps;
      const Re3TracePiece *piece = &trace->pieces[re3_trace_find (trace, t)];
      double input[N_INPUTS];
      g_autoptr (Re3Forward) forward = NULL;

      for (gsize i = 0; i < N_INPUTS; i++)
        input[i] = (1 - t) * start[i] + t * end[i];
      forward = re3_network_forward (network, input, 1);
      for (gsize c = 0; c < N_OUTPUTS; c++)
        g_assert_cmpfloat_with_epsilon (piece->intercept[c] + piece->slope[c] * t,
                                        forward->logits[c], 1e-12);
    }
  }
}

/* What the neurons of a layer contribute, with the biases and intercepts behind it, is the logit.
 */
static void
check_conservation (const Re3Network *network, const double *points)
{
  gsize n_neurons = re3_network_get_n_neurons (network);
  g_autofree double *contributions = g_new (double, n_neurons);
  g_autofree Re3Piece *pieces = g_new (Re3Piece, n_neurons);

  for (gsize p = 0; p < N_POINTS; p++) {
    g_autoptr (Re3Forward) forward = NULL;
    g_autoptr (Re3Region) region = region_at (network, points + p * N_INPUTS, &forward);

    re3_pattern_get_pieces (region->pattern, network, pieces);
    for (gsize c = 0; c < N_OUTPUTS; c++) {
      const double *gradients = re3_matrix_row (region->logit_gradients, c);
      double base = re3_network_get_affine (network, 2)->bias[c];

      re3_neuron_contributions (region, forward->activations, c, contributions);
      for (gsize layer = 2; layer-- > 0;) {
        gsize first = re3_network_get_first_neuron (network, layer);
        const double *bias = re3_network_get_affine (network, layer)->bias;
        double total = base;

        for (gsize i = 0; i < re3_network_get_hidden_width (network, layer); i++) {
          const Re3Piece *piece = &pieces[first + i];

          total += contributions[first + i];
          base += (piece->slope * bias[i] + piece->intercept) * gradients[first + i];
        }
        g_assert_cmpfloat_with_epsilon (total, forward->logits[c], 1e-12);
      }
      /* All biases and intercepts together are the base of the features. */
      g_assert_cmpfloat_with_epsilon (base, region->D[c], 1e-12);
    }
  }
}

/* 2 |x - 1| - relu6 (x): by hand. */
static void
test_curve (void)
{
  static const double weight[] = { 1, 1 };
  static const double bias[] = { -1, 0 };
  static const double last_weight[] = { 2, -1 };
  static const double zero[] = { 0 };
  static const double start[] = { -2 };
  static const double end[] = { 8 };
  static const struct {
    double end;
    double slope;
    double value;
    const char *pattern;
  } pieces[] = {
    { 0.2, -2, 2, "00" },
    { 0.3, -3, -1, "01" },
    { 0.8, 1, 4, "11" },
    { 1, 2, 8, "12" },
  };
  Re3Activation activations[] = { re3_activation_rectifier (-1), re3_activation_clip (0, 6) };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3Trace) trace = NULL;

  re3_network_builder_add_affine (builder, 2, weight, bias, NULL);
  re3_network_builder_add_activations (builder, activations, NULL);
  re3_network_builder_add_affine (builder, 1, last_weight, zero, NULL);
  network = re3_network_builder_finish (builder, NULL);
  trace = re3_trace_new (network, start, end);

  g_assert_cmpuint (trace->n_pieces, ==, G_N_ELEMENTS (pieces));
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++) {
    const Re3TracePiece *piece = &trace->pieces[i];
    g_autofree char *text = re3_pattern_to_string (piece->pattern, network);

    g_assert_cmpstr (text, ==, pieces[i].pattern);
    g_assert_cmpfloat_with_epsilon (piece->to, pieces[i].end, 1e-15);
    g_assert_cmpfloat_with_epsilon (piece->slope[0], 10 * pieces[i].slope, 1e-13);
    g_assert_cmpfloat_with_epsilon (piece->intercept[0] + piece->slope[0] * piece->to,
                                    pieces[i].value, 1e-13);
  }
}

static void
test_maps (void)
{
  for_each_network (check_maps);
}

static void
test_distances (void)
{
  for_each_network (check_distances);
}

static void
test_traces (void)
{
  for_each_network (check_traces);
}

static void
test_conservation (void)
{
  for_each_network (check_conservation);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/states/maps", test_maps);
  g_test_add_func ("/states/distances", test_distances);
  g_test_add_func ("/states/traces", test_traces);
  g_test_add_func ("/states/conservation", test_conservation);
  g_test_add_func ("/states/curve", test_curve);

  return g_test_run ();
}
