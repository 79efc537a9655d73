/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-boundary.h"
#include "re3-norm.h"
#include "re3-region.h"
#include "reference.h"

#include <math.h>
#include <string.h>

static Re3Region *
region_of_point (const Re3Network *network, const double *point, Re3Forward **forward)
{
  g_autoptr (Re3Pattern) pattern = NULL;

  *forward = re3_network_forward (network, point, 1);
  pattern = re3_pattern_new_from_forward (*forward, network, 0);

  return re3_region_new (network, pattern);
}

static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Network) network = reference_network (reference);
    gsize n_inputs = re3_network_get_n_inputs (network);
    gsize n_outputs = re3_network_get_n_outputs (network);
    gsize n_neurons = re3_network_get_n_neurons (network);

    for (gsize row = 0; row < reference_integer (reference, "n_explained"); row++) {
      const double *point = reference_point (reference, row);
      g_autoptr (Re3Forward) forward = NULL;
      g_autoptr (Re3Region) region = region_of_point (network, point, &forward);
      const char *A = reference_key (reference, "A", row);
      const char *D = reference_key (reference, "D", row);

      g_assert_cmpuint (region->A->rows, ==, n_outputs);
      g_assert_cmpuint (region->A->columns, ==, n_inputs);
      assert_all_near (region->A->data, reference_numbers (reference, A, n_outputs * n_inputs),
                       n_outputs * n_inputs, 1e-13);
      assert_all_near (region->D, reference_numbers (reference, D, n_outputs), n_outputs, 1e-13);
      g_assert_cmpfloat (re3_region_residual (region, point, forward->logits), <, 1e-13);

      if (row > 0)
        continue;
      assert_all_near (region->gradients->data,
                       reference_numbers (reference, "gradients.0", n_neurons * n_inputs),
                       n_neurons * n_inputs, 1e-13);
      assert_all_near (region->offsets, reference_numbers (reference, "offsets.0", n_neurons),
                       n_neurons, 1e-13);
      assert_all_near (region->logit_gradients->data,
                       reference_numbers (reference, "backward.0", n_outputs * n_neurons),
                       n_outputs * n_neurons, 1e-13);
      for (gsize neuron = 0; neuron < n_neurons; neuron++) {
        const double *gradient = re3_matrix_row (region->gradients, neuron);

        g_assert_cmpfloat (region->norm_l2[neuron], ==, re3_norm_l2 (gradient, n_inputs));
        g_assert_cmpfloat (region->norm_l1[neuron], ==, re3_norm_l1 (gradient, n_inputs));
        g_assert_cmpfloat (region->norm_linf[neuron], ==, re3_norm_linf (gradient, n_inputs));
      }
    }
  }
}

/* What is made without the gradients of the neurons is the same map. */
static void
test_without_gradients (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Network) network = reference_network (reference);

    for (gsize row = 0; row < MIN (30, reference_n_rows (reference)); row++) {
      g_autoptr (Re3Forward) forward = NULL;
      g_autoptr (Re3Region) region =
          region_of_point (network, reference_point (reference, row), &forward);
      g_autoptr (Re3Region) map =
          re3_region_new_without_gradients (network, region->pattern, NULL, NULL);

      g_assert_null (map->gradients);
      g_assert_true (re3_pattern_equal (map->pattern, region->pattern));
      assert_all_near (map->A->data, region->A->data, region->A->rows * region->A->columns, 1e-13);
      assert_all_near (map->D, region->D, region->A->rows, 1e-13);
      assert_all_near (map->logit_gradients->data, region->logit_gradients->data,
                       region->A->rows * re3_network_get_n_neurons (network), 0);
      g_assert_cmpfloat (
          re3_region_residual (map, reference_point (reference, row), forward->logits), <, 1e-13);
    }
  }
}

/* Inside the region the network is affine: a central difference is A, however wide. */
static void
test_finite_difference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Network) network = reference_network (reference);
    gsize n_inputs = re3_network_get_n_inputs (network);
    gsize n_outputs = re3_network_get_n_outputs (network);

    for (gsize row = 0; row < MIN (30, reference_n_rows (reference)); row++) {
      const double *point = reference_point (reference, row);
      g_autofree double *moved = g_memdup2 (point, n_inputs * sizeof (double));
      g_autoptr (Re3Forward) forward = NULL;
      g_autoptr (Re3Region) region = region_of_point (network, point, &forward);
      Re3Boundary boundary;
      double step;

      re3_boundary_measure (network, region, forward->pre_activations, 1, &boundary);
      step = MIN (0.5 * boundary.linf, 1);
      if (step == 0)
        continue;

      for (gsize feature = 0; feature < n_inputs; feature++) {
        g_autoptr (Re3Forward) above = NULL;
        g_autoptr (Re3Forward) below = NULL;

        moved[feature] = point[feature] + step;
        above = re3_network_forward (network, moved, 1);
        moved[feature] = point[feature] - step;
        below = re3_network_forward (network, moved, 1);
        moved[feature] = point[feature];

        for (gsize c = 0; c < n_outputs; c++)
          assert_near ((above->logits[c] - below->logits[c]) / (2 * step),
                       re3_matrix_row (region->A, c)[feature], 1e-13 / step);
      }
    }
  }
}

typedef struct {
  gsize n_reports;
  gsize stop_at;
} Watch;

static gboolean
watch_report (gsize done, gsize total, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_cmpuint (done, <=, total);

  return ++watch->n_reports != watch->stop_at;
}

/* A wide network's region asks on its way whether it is still wanted. */
static void
test_watched (void)
{
  static const gsize widths[] = { 100, 700, 700, 5 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 25);
  g_autofree double *point = random_numbers (100, 1, 26);
  g_autoptr (Re3Forward) forward = NULL;
  g_autoptr (Re3Region) region = region_of_point (network, point, &forward);
  Watch watch = { 0 };
  const Re3Monitor monitor = { watch_report, &watch };
  g_autoptr (Re3Region) watched = re3_region_new_watched (network, region->pattern, &monitor, NULL);
  gsize n_reports = watch.n_reports;

  g_assert_cmpuint (n_reports, >=, 4);
  g_assert_cmpmem (watched->gradients->data, 1400 * 100 * sizeof (double), region->gradients->data,
                   1400 * 100 * sizeof (double));
  for (gsize stop_at = 1; stop_at <= n_reports; stop_at++) {
    watch = (Watch){ .stop_at = stop_at };
    g_assert_null (re3_region_new_watched (network, region->pattern, &monitor, NULL));
    g_assert_cmpuint (watch.n_reports, ==, stop_at);
  }
}

/* What a region says it takes holds its numbers: A, D, gradients, offsets, three norms, the logit
 * gradients. */
static void
test_size (void)
{
  static const gsize widths[] = { 21, 16, 8, 4, 2 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 27);
  gsize n_numbers = 2 * 21 + 2 + 28 * 21 + 28 + 3 * 28 + 2 * 28;

  g_assert_cmpuint (re3_region_get_size (network), >=, n_numbers * sizeof (double));
  g_assert_cmpuint (re3_region_get_size (network), <, n_numbers * sizeof (double) + 300);
}

/* z = gradient x + offset for every hidden neuron. */
static void
test_hyperplanes (void)
{
  static const gsize widths[] = { 7, 20, 70, 30, 4 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 21);
  g_autofree double *points = random_numbers (7 * 50, 3, 22);

  for (gsize p = 0; p < 50; p++) {
    const double *point = points + 7 * p;
    g_autoptr (Re3Forward) forward = NULL;
    g_autoptr (Re3Region) region = region_of_point (network, point, &forward);

    for (gsize neuron = 0; neuron < 120; neuron++) {
      double z = region->offsets[neuron];

      for (gsize feature = 0; feature < 7; feature++)
        z += re3_matrix_row (region->gradients, neuron)[feature] * point[feature];
      assert_near (z, forward->pre_activations[neuron], 1e-12);
    }
  }
}

/* Far from the origin f(x) - A x has no digits left of D; the accumulated D has them all. */
static void
test_offset_does_not_cancel (void)
{
  static const double weight[] = { 1, 1 };
  static const double bias[] = { 0.001, 0.002 };
  static const double identity[] = { 1, 0, 0, 1 };
  static const double no_bias[] = { 0, 0 };
  static const double point[] = { 1e15 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3Forward) forward = NULL;
  g_autoptr (Re3Region) region = NULL;

  re3_network_builder_add_affine (builder, 2, weight, bias, NULL);
  re3_network_builder_add_rectifier (builder, 0, NULL);
  re3_network_builder_add_affine (builder, 2, identity, no_bias, NULL);
  network = re3_network_builder_finish (builder, NULL);
  region = region_of_point (network, point, &forward);

  g_assert_cmpfloat (forward->logits[0] - point[0], !=, 0.001);
  g_assert_cmpfloat (region->D[0], ==, 0.001);
  g_assert_cmpfloat (region->D[1], ==, 0.002);
}

/* The largest over the outputs, and a NaN is not overlooked. */
static void
test_residual (void)
{
  static const gsize widths[] = { 2, 3 };
  static const double point[] = { 0, 0 };
  g_autoptr (Re3Network) network = random_network (widths, 2, 31);
  g_autoptr (Re3Forward) forward = NULL;
  g_autoptr (Re3Region) region = region_of_point (network, point, &forward);
  const double wrong[] = { region->D[0] + 0.25, region->D[1] - 0.5, region->D[2] };
  const double nan_last[] = { region->D[0], region->D[1] + 1, NAN };
  const double nan_first[] = { NAN, region->D[1], region->D[2] };

  g_assert_cmpfloat (re3_region_residual (region, point, region->D), ==, 0);
  assert_near (re3_region_residual (region, point, wrong), 0.5, 1e-15);
  g_assert_true (isnan (re3_region_residual (region, point, nan_last)));
  g_assert_true (isnan (re3_region_residual (region, point, nan_first)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/region/reference", test_reference);
  g_test_add_func ("/region/without-gradients", test_without_gradients);
  g_test_add_func ("/region/finite-difference", test_finite_difference);
  g_test_add_func ("/region/watched", test_watched);
  g_test_add_func ("/region/size", test_size);
  g_test_add_func ("/region/hyperplanes", test_hyperplanes);
  g_test_add_func ("/region/offset-does-not-cancel", test_offset_does_not_cancel);
  g_test_add_func ("/region/residual", test_residual);

  return g_test_run ();
}
