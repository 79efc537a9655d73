/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-boundary-search.h"
#include "re3-core-error.h"

#include <math.h>
#include <string.h>

#define N_SAMPLES 40

static void
assert_same_distance (double distance, double expected, gboolean is_shallow)
{
  if (is_shallow || isinf (expected))
    g_assert_cmpfloat (distance, ==, expected);
  else
    g_assert_cmpfloat (fabs (distance - expected), <=, 1e-11 * expected);
}

/* What the search finds of samples of @network is what their regions tell. */
static void
assert_as_regions (Re3Network *network, double range, guint32 seed)
{
  gsize n_inputs = re3_network_get_n_inputs (network);
  gboolean is_shallow = re3_network_get_n_hidden_layers (network) <= 2;
  g_autoptr (Re3GradientBounds) bounds = re3_gradient_bounds_new (network, NULL, NULL);
  g_autoptr (Re3BoundarySearch) search = re3_boundary_search_new (network, bounds, NULL);
  g_autofree double *inputs = random_numbers (n_inputs * N_SAMPLES, range, seed);
  g_autoptr (Re3Forward) forward = NULL;

  /* At the origin networks without biases have all their hyperplanes. */
  for (gsize i = 0; i < n_inputs; i++)
    inputs[i * N_SAMPLES] = 0;
  forward = re3_network_forward (network, inputs, N_SAMPLES);

  for (gsize s = 0; s < N_SAMPLES; s++) {
    const double *z = forward->pre_activations + s;
    g_autoptr (Re3Pattern) pattern = re3_pattern_new_from_forward (forward, network, s);
    g_autoptr (Re3Region) region = re3_region_new (network, pattern);
    Re3Boundary expected;
    Re3Boundary boundary;

    re3_boundary_measure (network, region, z, forward->stride, &expected);
    g_assert_true (
        re3_boundary_search_measure (search, z, forward->stride, RE3_METRICS_ALL, &boundary, NULL));
    g_assert_cmpuint (boundary.n_undecided, ==, expected.n_undecided);
    for (gsize metric = 0; metric < RE3_N_METRICS; metric++) {
      gsize neuron;
      gsize expected_neuron;
      double distance = re3_boundary_get_distance (&boundary, metric, &neuron);

      assert_same_distance (
          distance, re3_boundary_get_distance (&expected, metric, &expected_neuron), is_shallow);
      g_assert_cmpuint (neuron, ==, expected_neuron);
    }

    /* Asked for one metric alone it tells the same. */
    g_assert_true (
        re3_boundary_search_measure (search, z, forward->stride, RE3_METRICS_L2, &boundary, NULL));
    assert_same_distance (boundary.l2, expected.l2, is_shallow);
    g_assert_cmpuint (boundary.neuron, ==, expected.neuron);
    g_assert_cmpuint (boundary.n_undecided, ==, expected.n_undecided);
  }
}

static void
test_random (void)
{
  static const gsize shapes[][6] = {
    { 3, 2 },          { 4, 12, 3 },       { 100, 40, 3 },        { 5, 20, 10, 4 },
    { 90, 60, 50, 4 }, { 3, 16, 8, 4, 2 }, { 50, 40, 30, 20, 2 }, { 8, 70, 66, 5, 30, 2 },
  };
  static const gsize n_widths[] = { 2, 3, 3, 4, 4, 5, 5, 6 };
  const Re3Activation activations[] = {
    re3_activation_rectifier (0),  re3_activation_rectifier (0.1),
    re3_activation_rectifier (-1), re3_activation_clip (0, 1),
    re3_activation_clip (-1, 1),   re3_activation_hard_sigmoid (0.2, 0.5),
    re3_activation_rectifier (2),
  };

  for (guint32 s = 0; s < G_N_ELEMENTS (n_widths); s++)
    for (guint32 a = 0; a < G_N_ELEMENTS (activations); a++) {
      g_autoptr (Re3Network) network =
          random_network_with (shapes[s], n_widths[s], &activations[a], 100 * s + a);

      assert_as_regions (network, 2, 1000 + s);
    }
}

/* A layer of @n neurons, whose weights are made by @fill. */
typedef void (*FillFunc) (double *weight, double *bias, gsize n_inputs, gsize n);

static void
add_layer (Re3NetworkBuilder *builder, gsize n, FillFunc fill)
{
  gsize n_inputs = re3_network_builder_get_width (builder);
  g_autofree double *weight = random_numbers (n_inputs * n, 2 / sqrt ((double) n_inputs), 7);
  g_autofree double *bias = random_numbers (n, 0.5, 8);

  fill (weight, bias, n_inputs, n);
  g_assert_true (re3_network_builder_add_affine (builder, n, weight, bias, NULL));
}

static void
fill_plain (double *weight, double *bias, gsize n_inputs, gsize n)
{
}

static void
fill_identity (double *weight, double *bias, gsize n_inputs, gsize n)
{
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n_inputs; j++)
      weight[i * n_inputs + j] = i == j;
  memset (bias, 0, n * sizeof (double));
}

/* Every neuron twice, the second time in other units. */
static void
fill_twins (double *weight, double *bias, gsize n_inputs, gsize n)
{
  for (gsize i = 1; i < n; i += 2) {
    for (gsize j = 0; j < n_inputs; j++)
      weight[i * n_inputs + j] = 3 * weight[(i - 1) * n_inputs + j];
    bias[i] = 3 * bias[i - 1];
  }
}

/* Half of the rows have no weights, and some of these no bias either. */
static void
fill_zeros (double *weight, double *bias, gsize n_inputs, gsize n)
{
  for (gsize i = 0; i < n; i += 2) {
    memset (weight + i * n_inputs, 0, n_inputs * sizeof (double));
    if (i % 4 == 0)
      bias[i] = 0;
  }
}

/* None is ever active. */
static void
fill_dead (double *weight, double *bias, gsize n_inputs, gsize n)
{
  for (gsize i = 0; i < n; i++)
    bias[i] = -1000;
}

static void
fill_without_bias (double *weight, double *bias, gsize n_inputs, gsize n)
{
  memset (bias, 0, n * sizeof (double));
}

/* Rows that are all alike but for little, so that differences of them cancel. */
static void
fill_alike (double *weight, double *bias, gsize n_inputs, gsize n)
{
  for (gsize i = 1; i < n; i++)
    for (gsize j = 0; j < n_inputs; j++)
      weight[i * n_inputs + j] =
          (i % 2 == 0 ? 1 : -1) * (weight[j] + 1e-9 * weight[i * n_inputs + j]);
}

static void
fill_tiny (double *weight, double *bias, gsize n_inputs, gsize n)
{
  for (gsize i = 0; i < n * n_inputs; i++)
    weight[i] *= 1e-180;
}

/* Each kind of layer in front of, between and behind plain ones: dead ends, ties and cancellation.
 */
static void
test_degenerate (void)
{
  static const FillFunc fills[] = { fill_identity,     fill_twins, fill_zeros, fill_dead,
                                    fill_without_bias, fill_alike, fill_tiny };

  for (guint32 f = 0; f < G_N_ELEMENTS (fills); f++)
    for (gsize place = 0; place < 4; place++)
      for (gsize n_layers = 1; n_layers <= 4; n_layers++) {
        g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (20);
        g_autoptr (Re3Network) network = NULL;

        for (gsize layer = 0; layer < n_layers; layer++) {
          /* Three times the same kind at @place = 3. */
          add_layer (builder, 20, layer == place || place == 3 ? fills[f] : fill_plain);
          re3_network_builder_add_rectifier (builder, 0, NULL);
        }
        add_layer (builder, 2, fill_plain);
        network = re3_network_builder_finish (builder, NULL);
        assert_as_regions (network, 2, 500 + f);
      }
}

/* The gradient of no region has a larger norm than its bound; and the bound is not much larger than
 * need be: for orthogonal rows it is their norm, and for equal ones their sum. */
static void
test_bounds (void)
{
  static const gsize widths[] = { 30, 25, 20, 15, 3 };
  const Re3Activation activations[] = { re3_activation_rectifier (0), re3_activation_rectifier (-2),
                                        re3_activation_clip (-1, 1) };

  for (guint32 a = 0; a < G_N_ELEMENTS (activations); a++) {
    g_autoptr (Re3Network) network =
        random_network_with (widths, G_N_ELEMENTS (widths), &activations[a], 10 * a);
    g_autoptr (Re3GradientBounds) bounds = re3_gradient_bounds_new (network, NULL, NULL);
    g_autofree double *inputs = random_numbers (30 * N_SAMPLES, 3, 77);
    g_autoptr (Re3Forward) forward = re3_network_forward (network, inputs, N_SAMPLES);

    for (gsize s = 0; s < N_SAMPLES; s++) {
      g_autoptr (Re3Pattern) pattern = re3_pattern_new_from_forward (forward, network, s);
      g_autoptr (Re3Region) region = re3_region_new (network, pattern);

      for (gsize neuron = 0; neuron < re3_network_get_n_neurons (network); neuron++) {
        g_assert_cmpfloat (region->norm_l2[neuron], <=, bounds->norms[RE3_METRIC_L2][neuron]);
        g_assert_cmpfloat (region->norm_linf[neuron], <=, bounds->norms[RE3_METRIC_L1][neuron]);
        g_assert_cmpfloat (region->norm_l1[neuron], <=, bounds->norms[RE3_METRIC_LINF][neuron]);
      }
    }
  }
}

static void
test_bounds_are_tight (void)
{
  static const double orthogonal[] = { 3, 0, 0, 0, -2, 0 };
  static const double equal[] = { 1, 2, 2, 1, 2, 2 };
  static const double both[] = { 1, 1, 1, 1 };
  static const double zeros[] = { 0, 0 };
  const double *first[] = { orthogonal, equal };
  const double expected[] = { sqrt (13), 6 };

  for (gsize i = 0; i < 2; i++) {
    g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (3);
    g_autoptr (Re3Network) network = NULL;
    g_autoptr (Re3GradientBounds) bounds = NULL;

    re3_network_builder_add_affine (builder, 2, first[i], zeros, NULL);
    re3_network_builder_add_rectifier (builder, 0, NULL);
    re3_network_builder_add_affine (builder, 2, both, zeros, NULL);
    re3_network_builder_add_rectifier (builder, 0, NULL);
    re3_network_builder_add_affine (builder, 2, both, zeros, NULL);
    network = re3_network_builder_finish (builder, NULL);
    bounds = re3_gradient_bounds_new (network, NULL, NULL);

    g_assert_cmpfloat (bounds->norms[RE3_METRIC_L2][2], >=, expected[i]);
    g_assert_cmpfloat (bounds->norms[RE3_METRIC_L2][2], <=, 1.02 * expected[i]);
  }
}

static gboolean
stop (gsize done, gsize total, gpointer user_data)
{
  return FALSE;
}

static void
test_stopped (void)
{
  static const gsize widths[] = { 5, 8, 8, 2 };
  const Re3Monitor monitor = { stop, NULL };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 5);
  g_autoptr (GError) error = NULL;

  g_assert_null (re3_gradient_bounds_new (network, &monitor, &error));
  g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/boundary-search/random", test_random);
  g_test_add_func ("/boundary-search/degenerate", test_degenerate);
  g_test_add_func ("/boundary-search/bounds", test_bounds);
  g_test_add_func ("/boundary-search/bounds-are-tight", test_bounds_are_tight);
  g_test_add_func ("/boundary-search/stopped", test_stopped);

  return g_test_run ();
}
