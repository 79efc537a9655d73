/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-explanation.h"
#include "reference.h"

#include <math.h>

/* What holds for every network and every point, tried on random ones: 1 to 5 hidden layers, 1 to 70
 * neurons in each, 1 to 10 inputs, 2 to 10 classes. */
#define N_NETWORKS 60
#define N_POINTS   8

/* A step so much shorter than a distance stays inside, and one so much longer goes out; both are
 * far from where rounding decides. */
static double
nudge (double distance)
{
  return MAX (1e-7 * distance, 1e-10);
}

typedef void (*PropertyFunc) (Re3Model *model, const Re3Explanation *explanation);

static void
for_random_samples (PropertyFunc check)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5000);

  for (guint32 i = 0; i < N_NETWORKS; i++) {
    gsize widths[7];
    gsize n_widths = 3 + i % 5;
    g_autoptr (Re3Network) network = NULL;
    g_autoptr (Re3Model) model = NULL;
    g_autofree double *points = NULL;

    for (gsize layer = 1; layer + 1 < n_widths; layer++)
      widths[layer] = (gsize) g_rand_int_range (random, 1, i % 4 == 0 ? 71 : 13);
    widths[0] = (gsize) g_rand_int_range (random, 1, 11);
    widths[n_widths - 1] = (gsize) g_rand_int_range (random, 2, 11);
    network = random_network (widths, n_widths, 5001 + 100 * i);
    model = model_of_network (network);
    points = random_numbers (widths[0] * N_POINTS, 2, 5050 + 100 * i);

    for (gsize p = 0; p < N_POINTS; p++) {
      g_autoptr (Re3Explanation) explanation =
          re3_explanation_new (model, points + p * widths[0], NULL);

      check (model, explanation);
    }
  }
}

/* The explanation of the sample moved by @length along @direction. (transfer full) */
static Re3Explanation *
moved (Re3Model *model, const Re3Explanation *from, const double *direction, double length)
{
  gsize n_inputs = re3_model_get_n_features (model);
  g_autofree double *values = g_new (double, n_inputs);

  for (gsize i = 0; i < n_inputs; i++)
    values[i] = from->values[i] + length * direction[i];

  return re3_explanation_new (model, values, NULL);
}

static gboolean
keeps_pattern (Re3Model *model, const Re3Explanation *from, const double *direction, double length)
{
  g_autoptr (Re3Explanation) to = moved (model, from, direction, length);

  return re3_pattern_equal (from->region->pattern, to->region->pattern);
}

/* (to - from) / step is the slope; both ends lie within the region, where f is affine, so that
 * nothing but rounding is between them. */
static void
check_finite_differences (Re3Model *model, const Re3Explanation *explanation)
{
  const Re3Region *region = explanation->region;
  gsize n_inputs = re3_model_get_n_features (model);

  for (gsize i = 0; i < n_inputs; i++) {
    double room = MIN (explanation->high[i] - explanation->values[i],
                       explanation->values[i] - explanation->low[i]);
    double step = MIN (room / 2, 0.5);
    g_autofree double *direction = g_new0 (double, n_inputs);
    g_autoptr (Re3Explanation) below = NULL;
    g_autoptr (Re3Explanation) above = NULL;
    double run;

    /* A sample beside a hyperplane leaves no room for a step. */
    if (step < 1e-6)
      continue;

    direction[i] = 1;
    below = moved (model, explanation, direction, -step);
    above = moved (model, explanation, direction, step);
    run = above->values[i] - below->values[i];
    for (gsize c = 0; c < region->A->rows; c++) {
      double rise = above->forward->logits[c] - below->forward->logits[c];

      g_assert_cmpfloat (fabs (rise - run * re3_matrix_row (region->A, c)[i]), <, 1e-12);
    }
    for (gsize neuron = 0; neuron < region->gradients->rows; neuron++) {
      double rise =
          above->forward->pre_activations[neuron] - below->forward->pre_activations[neuron];

      g_assert_cmpfloat (fabs (rise - run * re3_matrix_row (region->gradients, neuron)[i]), <,
                         1e-12);
    }
  }
}

static void
check_distance (Re3Model *model,
                const Re3Explanation *explanation,
                double distance,
                gsize neuron,
                const double *direction)
{
  g_autofree double *away = NULL;
  gsize n_inputs = re3_model_get_n_features (model);

  if (neuron == RE3_NO_NEURON) {
    g_assert_cmpfloat (distance, ==, INFINITY);
    return;
  }

  g_assert_true (keeps_pattern (model, explanation, direction, distance - nudge (distance)) ||
                 distance < 1e-9);
  g_assert_false (keeps_pattern (model, explanation, direction, distance + nudge (distance)));

  /* The way back is free at least as far. */
  away = g_new (double, n_inputs);
  for (gsize i = 0; i < n_inputs; i++)
    away[i] = -direction[i];
  g_assert_true (keeps_pattern (model, explanation, away, distance - nudge (distance)) ||
                 distance < 1e-9);
}

/* Towards the neuron that limits it, the pattern changes at the distance and not before. */
static void
check_distances (Re3Model *model, const Re3Explanation *explanation)
{
  const Re3Region *region = explanation->region;
  const Re3Boundary *boundary = &explanation->boundary;
  gsize n_inputs = re3_model_get_n_features (model);

  for (Re3Metric metric = RE3_METRIC_L2; metric <= RE3_METRIC_LINF; metric++) {
    g_autofree double *direction = g_new0 (double, n_inputs);
    gsize steepest = 0;
    gsize neuron;
    double distance = re3_boundary_get_distance (boundary, metric, &neuron);

    if (neuron != RE3_NO_NEURON) {
      const double *gradient = re3_matrix_row (region->gradients, neuron);
      double side = re3_pattern_is_set (region->pattern, neuron) ? -1 : 1;

      for (gsize i = 0; i < n_inputs; i++) {
        if (fabs (gradient[i]) > fabs (gradient[steepest]))
          steepest = i;
        if (metric == RE3_METRIC_L2)
          direction[i] = side * gradient[i] / region->norm_l2[neuron];
        else if (metric == RE3_METRIC_LINF && gradient[i] != 0)
          direction[i] = copysign (1, side * gradient[i]);
      }
      if (metric == RE3_METRIC_L1)
        direction[steepest] = copysign (1, side * gradient[steepest]);
    }
    check_distance (model, explanation, distance, neuron, direction);
  }

  /* A step of one length is at most as long in L2 and Linf as it is in L1. */
  g_assert_cmpfloat (boundary->linf, <=, boundary->l2 * (1 + 1e-12));
  g_assert_cmpfloat (boundary->l2, <=, boundary->l1 * (1 + 1e-12));
}

static void
check_interval_end (Re3Model *model, const Re3Explanation *explanation, gsize feature, double end)
{
  gsize n_inputs = re3_model_get_n_features (model);
  g_autofree double *direction = g_new0 (double, n_inputs);
  double reach = fabs (end - explanation->values[feature]);

  direction[feature] = end < explanation->values[feature] ? -1 : 1;
  if (isinf (end)) {
    g_assert_true (keeps_pattern (model, explanation, direction, 1e6));
    return;
  }

  g_assert_true (keeps_pattern (model, explanation, direction, reach - nudge (reach)) ||
                 reach < 1e-9);
  g_assert_false (keeps_pattern (model, explanation, direction, reach + nudge (reach)));
}

static void
check_intervals (Re3Model *model, const Re3Explanation *explanation)
{
  for (gsize feature = 0; feature < re3_model_get_n_features (model); feature++) {
    g_assert_cmpfloat (explanation->low[feature], <=, explanation->values[feature]);
    g_assert_cmpfloat (explanation->high[feature], >=, explanation->values[feature]);
    check_interval_end (model, explanation, feature, explanation->low[feature]);
    check_interval_end (model, explanation, feature, explanation->high[feature]);
  }
}

static void
test_finite_differences (void)
{
  for_random_samples (check_finite_differences);
}

static void
test_distances (void)
{
  for_random_samples (check_distances);
}

static void
test_intervals (void)
{
  for_random_samples (check_intervals);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/properties/finite-differences", test_finite_differences);
  g_test_add_func ("/properties/distances", test_distances);
  g_test_add_func ("/properties/intervals", test_intervals);

  return g_test_run ();
}
