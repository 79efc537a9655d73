/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counterfactual-test.h"
#include "random-network.h"
#include "reference.h"

#include <math.h>
#include <string.h>

#define TOLERANCE 1e-8

static const Re3Metric metrics[] = { RE3_METRIC_L2, RE3_METRIC_L1, RE3_METRIC_LINF };
static const Re3Units units[] = { RE3_UNITS_SCALED, RE3_UNITS_ORIGINAL };

static void
draw_values (Problem *problem, GRand *random)
{
  for (gsize f = 0; f < re3_model_get_n_features (problem->model); f++)
    problem->values[f] =
        re3_model_unscale (problem->model, f, g_rand_double_range (random, -1.5, 1.5));
}

static Re3Counterfactual *
solve (const Problem *problem)
{
  g_autoptr (GError) error = NULL;
  Re3Counterfactual *result =
      re3_counterfactual_new (problem->model, problem->values, &problem->options, NULL, &error);

  g_assert_no_error (error);

  return result;
}

/* What holds of every result. */
static void
assert_sound (const Problem *problem, const Re3Counterfactual *result)
{
  gsize n_features = re3_model_get_n_features (problem->model);
  gsize prediction = problem_predict (problem, problem->values);
  gsize n_changed = 0;

  if (!result->found) {
    g_assert_null (result->values);
    g_assert_cmpfloat (result->distance, ==, INFINITY);
    g_assert_cmpuint (result->n_changed, ==, 0);
    return;
  }

  g_assert_true (problem_allows (problem, result->values));
  g_assert_cmpuint (problem_predict (problem, result->values), ==, result->class_index);
  if (problem->options.target == RE3_ANY_OTHER_CLASS)
    g_assert_cmpuint (result->class_index, !=, prediction);
  else
    g_assert_cmpuint (result->class_index, ==, problem->options.target);
  assert_near (result->distance, problem_measure (problem, result->values), 1e-12);
  g_assert_cmpfloat (result->lower_bound, <=, result->distance);
  for (gsize f = 0; f < n_features; f++) {
    if (result->values[f] == problem->values[f])
      continue;
    g_assert_cmpuint (n_changed, <, result->n_changed);
    g_assert_cmpuint (result->changed[n_changed++], ==, f);
  }
  g_assert_cmpuint (result->n_changed, ==, n_changed);
}

static void
assert_nearest (const Problem *problem)
{
  g_autoptr (Re3Counterfactual) result = solve (problem);
  double expected = problem_enumerate (problem);

  assert_sound (problem, result);
  g_assert_true (result->proven);
  g_assert_cmpint (result->found, ==, isfinite (expected));
  if (!result->found) {
    g_assert_cmpfloat (result->lower_bound, ==, INFINITY);
    return;
  }
  assert_near (result->lower_bound, expected, TOLERANCE);
  assert_near (result->distance, expected, TOLERANCE);
}

static const struct {
  gsize n;
  gsize widths[5];
} shapes[] = {
  { 3, { 2, 6, 2 } },    { 4, { 3, 4, 4, 3 } }, { 5, { 2, 3, 3, 3, 4 } },
  { 4, { 5, 5, 3, 2 } }, { 2, { 3, 4 } },
};

/* Over all patterns, one by one, without going from one to the next. */
static void
test_all_regions (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint32 round = 0; round < 60; round++) {
    gsize shape = round % G_N_ELEMENTS (shapes);
    g_autoptr (Re3Network) network =
        random_network (shapes[shape].widths, shapes[shape].n, 100 * round);
    g_autoptr (Re3Model) model = model_with_scaler (network, random);

    for (gsize m = 0; m < G_N_ELEMENTS (metrics); m++) {
      for (gsize u = 0; u < G_N_ELEMENTS (units); u++) {
        Problem problem;

        problem_init (&problem, model, metrics[m], units[u]);
        draw_values (&problem, random);
        assert_nearest (&problem);
        problem.options.target =
            (gsize) g_rand_int_range (random, 0, (gint32) re3_model_get_n_classes (model));
        assert_nearest (&problem);
        problem_constrain (&problem, random);
        assert_nearest (&problem);
      }
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/counterfactual/all-regions", test_all_regions);

  return g_test_run ();
}
