/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-boundary.h"
#include "reference.h"

#include <math.h>

/* A step of this share less or more than the distance stays inside or goes out. */
#define NUDGE 1e-7

/* A point with all that is known of it. */
typedef struct {
  Re3Network *network;
  const double *point;
  gsize n_inputs;
  Re3Forward *forward;
  Re3Region *region;
  Re3Boundary boundary;
} Sample;

static void
sample_init (Sample *self, Re3Network *network, const double *point)
{
  g_autoptr (Re3Pattern) pattern = NULL;

  self->network = network;
  self->point = point;
  self->n_inputs = re3_network_get_n_inputs (network);
  self->forward = re3_network_forward (network, point, 1);
  pattern = re3_pattern_new_from_forward (self->forward, network, 0);
  self->region = re3_region_new (network, pattern);
  re3_boundary_measure (network, self->region, self->forward->pre_activations, 1, &self->boundary);
}

static void
sample_clear (Sample *self)
{
  re3_forward_free (self->forward);
  re3_region_unref (self->region);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

/* Whether the pattern is the same at point + length * direction. */
static gboolean
sample_keeps_pattern (const Sample *self, const double *direction, double length)
{
  g_autofree double *moved = g_new (double, self->n_inputs);
  g_autoptr (Re3Forward) forward = NULL;
  g_autoptr (Re3Pattern) pattern = NULL;

  for (gsize i = 0; i < self->n_inputs; i++)
    moved[i] = self->point[i] + length * direction[i];
  forward = re3_network_forward (self->network, moved, 1);
  pattern = re3_pattern_new_from_forward (forward, self->network, 0);

  return re3_pattern_equal (pattern, self->region->pattern);
}

/* The way towards the hyperplane of @neuron. */
static double
towards (const Sample *self, gsize neuron)
{
  return re3_pattern_is_set (self->region->pattern, neuron) ? -1 : 1;
}

static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Network) network = reference_network (reference);

    for (gsize row = 0; row < reference_integer (reference, "n_explained"); row++) {
      g_auto (Sample) sample;
      const double *distances =
          reference_numbers (reference, reference_key (reference, "distances", row), 4);
      const double *neurons =
          reference_numbers (reference, reference_key (reference, "neurons", row), 4);
      g_autofree double *low = NULL;
      g_autofree double *high = NULL;

      sample_init (&sample, network, reference_point (reference, row));
      assert_near (sample.boundary.l2, distances[0], 1e-12);
      assert_near (sample.boundary.l1, distances[1], 1e-12);
      assert_near (sample.boundary.linf, distances[2], 1e-12);
      assert_near (sample.boundary.paper, distances[3], 1e-12);
      g_assert_cmpuint (sample.boundary.n_undecided, ==, 0);
      if (re3_network_get_n_neurons (network) > 0) {
        /* Twin neurons are equally near, but for rounding. */
        gsize expected = (gsize) neurons[0];
        double tie = INFINITY;

        for (gsize gate = re3_network_get_first_gate (network, expected);
             gate < re3_network_get_first_gate (network, expected + 1); gate++)
          tie = fmin (tie, fabs (sample.forward->pre_activations[expected] -
                                 re3_network_get_gates (network)[gate].threshold) /
                               sample.region->norm_l2[expected]);

        assert_near (tie, sample.boundary.l2, 1e-12);
      }

      low = g_new (double, sample.n_inputs);
      high = g_new (double, sample.n_inputs);
      re3_feature_intervals (network, sample.region, sample.point, sample.forward->pre_activations,
                             low, high);
      assert_all_near (low,
                       reference_numbers (reference, reference_key (reference, "low", row),
                                          sample.n_inputs),
                       sample.n_inputs, 1e-11);
      assert_all_near (high,
                       reference_numbers (reference, reference_key (reference, "high", row),
                                          sample.n_inputs),
                       sample.n_inputs, 1e-11);
    }
  }
}

/* A little less than the distance towards the nearest hyperplane keeps the pattern, a little more
 * changes it, in each of the three norms. */
static void
test_distances_are_exact (void)
{
  static const gsize widths[] = { 6, 20, 12, 8, 3 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 41);
  g_autofree double *points = random_numbers (6 * 200, 3, 42);

  for (gsize p = 0; p < 200; p++) {
    g_auto (Sample) sample;
    const double *gradient;
    double l2[6];
    double l1[6] = { 0 };
    double linf[6];
    gsize steepest = 0;

    sample_init (&sample, network, points + 6 * p);

    gradient = re3_matrix_row (sample.region->gradients, sample.boundary.neuron);
    for (gsize i = 0; i < 6; i++)
      l2[i] = towards (&sample, sample.boundary.neuron) * gradient[i] /
              sample.region->norm_l2[sample.boundary.neuron];
    g_assert_true (sample_keeps_pattern (&sample, l2, sample.boundary.l2 * (1 - NUDGE)));
    g_assert_false (sample_keeps_pattern (&sample, l2, sample.boundary.l2 * (1 + NUDGE)));

    gradient = re3_matrix_row (sample.region->gradients, sample.boundary.neuron_l1);
    for (gsize i = 1; i < 6; i++)
      if (fabs (gradient[i]) > fabs (gradient[steepest]))
        steepest = i;
    l1[steepest] = copysign (1, towards (&sample, sample.boundary.neuron_l1) * gradient[steepest]);
    g_assert_true (sample_keeps_pattern (&sample, l1, sample.boundary.l1 * (1 - NUDGE)));
    g_assert_false (sample_keeps_pattern (&sample, l1, sample.boundary.l1 * (1 + NUDGE)));

    gradient = re3_matrix_row (sample.region->gradients, sample.boundary.neuron_linf);
    for (gsize i = 0; i < 6; i++)
      linf[i] = copysign (1, towards (&sample, sample.boundary.neuron_linf) * gradient[i]);
    g_assert_true (sample_keeps_pattern (&sample, linf, sample.boundary.linf * (1 - NUDGE)));
    g_assert_false (sample_keeps_pattern (&sample, linf, sample.boundary.linf * (1 + NUDGE)));
  }
}

/* No direction leaves the region before the distance. */
static void
test_distance_bounds_every_direction (void)
{
  static const gsize widths[] = { 4, 16, 8, 3 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 51);
  g_autofree double *points = random_numbers (4 * 20, 2, 52);
  g_autofree double *directions = random_numbers (4 * 200, 1, 53);

  for (gsize p = 0; p < 20; p++) {
    g_auto (Sample) sample;

    sample_init (&sample, network, points + 4 * p);
    for (gsize d = 0; d < 200; d++) {
      const double *direction = directions + 4 * d;
      double squares = 0;

      for (gsize i = 0; i < 4; i++)
        squares += direction[i] * direction[i];
      g_assert_true (sample_keeps_pattern (&sample, direction,
                                           sample.boundary.l2 * (1 - NUDGE) / sqrt (squares)));
    }
  }
}

static void
assert_interval_end (const Sample *sample, gsize feature, double end)
{
  double direction[8] = { 0 };
  double reach = fabs (end - sample->point[feature]);

  direction[feature] = end < sample->point[feature] ? -1 : 1;
  if (isinf (end)) {
    g_assert_true (sample_keeps_pattern (sample, direction, 1e6));
    return;
  }

  g_assert_true (sample_keeps_pattern (sample, direction, reach * (1 - NUDGE)));
  g_assert_false (sample_keeps_pattern (sample, direction, reach * (1 + NUDGE)));
}

static void
test_intervals_are_exact (void)
{
  static const gsize widths[] = { 8, 12, 6, 3 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 61);
  g_autofree double *points = random_numbers (8 * 200, 3, 62);
  gsize n_infinite = 0;

  for (gsize p = 0; p < 200; p++) {
    g_auto (Sample) sample;
    double low[8];
    double high[8];

    sample_init (&sample, network, points + 8 * p);
    re3_feature_intervals (network, sample.region, sample.point, sample.forward->pre_activations,
                           low, high);
    for (gsize feature = 0; feature < 8; feature++) {
      g_assert_cmpfloat (low[feature], <=, sample.point[feature]);
      g_assert_cmpfloat (high[feature], >=, sample.point[feature]);
      assert_interval_end (&sample, feature, low[feature]);
      assert_interval_end (&sample, feature, high[feature]);
      n_infinite += isinf (low[feature]) + isinf (high[feature]);
    }
  }

  /* The test has met ends of both kinds. */
  g_assert_cmpuint (n_infinite, >, 0);
  g_assert_cmpuint (n_infinite, <, 2 * 8 * 200);
}

/* z1 = x, z2 = -x, z3 = 1 whatever x: at x = 0 two neurons stand on their hyperplane. */
static Re3Network *
network_on_zero (void)
{
  static const double weight[] = { 1, -1, 0 };
  static const double bias[] = { 0, 0, 1 };
  static const double sum[] = { 1, 1, 1, 1, 1, 1 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);

  re3_network_builder_add_affine (builder, 3, weight, bias, NULL);
  re3_network_builder_add_rectifier (builder, 0, NULL);
  re3_network_builder_add_affine (builder, 2, sum, bias, NULL);

  return re3_network_builder_finish (builder, NULL);
}

static void
test_zero_is_undecided (void)
{
  static const double zero[] = { 0 };
  static const double near[] = { 0.9e-10 };
  static const double far[] = { 1.1e-10 };
  g_autoptr (Re3Network) network = network_on_zero ();
  g_auto (Sample) on = { 0 };
  g_auto (Sample) beside = { 0 };
  g_auto (Sample) off = { 0 };
  double low;
  double high;

  sample_init (&on, network, zero);
  g_assert_false (re3_pattern_is_set (on.region->pattern, 0));
  g_assert_false (re3_pattern_is_set (on.region->pattern, 1));
  g_assert_true (re3_pattern_is_set (on.region->pattern, 2));
  g_assert_cmpfloat (on.boundary.l2, ==, 0);
  g_assert_cmpuint (on.boundary.neuron, ==, 0);
  g_assert_cmpuint (on.boundary.n_undecided, ==, 2);
  g_assert_true (re3_boundary_is_undecided (network, on.region, on.forward->pre_activations, 0));
  g_assert_true (re3_boundary_is_undecided (network, on.region, on.forward->pre_activations, 1));
  g_assert_false (re3_boundary_is_undecided (network, on.region, on.forward->pre_activations, 2));
  re3_feature_intervals (network, on.region, zero, on.forward->pre_activations, &low, &high);
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, 0);

  sample_init (&beside, network, near);
  g_assert_cmpuint (beside.boundary.n_undecided, ==, 2);

  sample_init (&off, network, far);
  g_assert_cmpuint (off.boundary.n_undecided, ==, 0);
  re3_feature_intervals (network, off.region, far, off.forward->pre_activations, &low, &high);
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, INFINITY);
}

static void
test_no_neurons (void)
{
  static const gsize widths[] = { 2, 3 };
  static const double point[] = { 1, 2 };
  g_autoptr (Re3Network) network = random_network (widths, 2, 71);
  g_auto (Sample) sample;
  double low[2];
  double high[2];

  sample_init (&sample, network, point);
  g_assert_cmpfloat (sample.boundary.l2, ==, INFINITY);
  g_assert_cmpfloat (sample.boundary.paper, ==, INFINITY);
  g_assert_cmpuint (sample.boundary.neuron, ==, RE3_NO_NEURON);
  g_assert_cmpuint (sample.boundary.neuron_paper, ==, RE3_NO_NEURON);
  re3_feature_intervals (network, sample.region, point, NULL, low, high);
  g_assert_cmpfloat (low[1], ==, -INFINITY);
  g_assert_cmpfloat (high[1], ==, INFINITY);
}

/* The paper's rho is in the space of the neuron's own layer, here ten times x. */
static void
test_paper_distance (void)
{
  static const double ten[] = { 10 };
  static const double one[] = { 1 };
  static const double minus_one[] = { -1 };
  static const double both[] = { 1, 1 };
  static const double zeros[] = { 0, 0 };
  static const double point[] = { 0.5 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);
  g_autoptr (Re3Network) network = NULL;
  g_auto (Sample) sample = { 0 };

  /* z1 = 10 x = 5; z2 = h1 - 1 = 4: in x, 0.5 and 0.4 away; by their own weights, 0.5 and 4. */
  re3_network_builder_add_affine (builder, 1, ten, zeros, NULL);
  re3_network_builder_add_rectifier (builder, 0, NULL);
  re3_network_builder_add_affine (builder, 1, one, minus_one, NULL);
  re3_network_builder_add_rectifier (builder, 0, NULL);
  re3_network_builder_add_affine (builder, 2, both, zeros, NULL);
  network = re3_network_builder_finish (builder, NULL);

  sample_init (&sample, network, point);
  assert_near (sample.boundary.l2, 0.4, 1e-15);
  g_assert_cmpuint (sample.boundary.neuron, ==, 1);
  assert_near (sample.boundary.paper, 0.5, 1e-15);
  g_assert_cmpuint (sample.boundary.neuron_paper, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/boundary/reference", test_reference);
  g_test_add_func ("/boundary/distances-are-exact", test_distances_are_exact);
  g_test_add_func ("/boundary/distance-bounds-every-direction",
                   test_distance_bounds_every_direction);
  g_test_add_func ("/boundary/intervals-are-exact", test_intervals_are_exact);
  g_test_add_func ("/boundary/zero-is-undecided", test_zero_is_undecided);
  g_test_add_func ("/boundary/no-neurons", test_no_neurons);
  g_test_add_func ("/boundary/paper-distance", test_paper_distance);

  return g_test_run ();
}
