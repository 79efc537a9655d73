/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counterfactual-test.h"
#include "random-network.h"
#include "re3-core-error.h"
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

  for (guint32 round = 0; round < 25; round++) {
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

/* 20,000 inputs within the constraints and nearer than the bound are predicted as before. */
static void
test_ball (void)
{
  static const gsize widths[] = { 4, 8, 4, 3 };
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 7);
  g_autoptr (Re3Model) model = model_with_scaler (network, random);

  for (gsize m = 0; m < G_N_ELEMENTS (metrics); m++) {
    Problem problem;
    gsize n_nearer = 0;
    gsize prediction;
    double bound;
    g_autoptr (Re3Counterfactual) result = NULL;

    problem_init (&problem, model, metrics[m], units[m % 2]);
    draw_values (&problem, random);
    problem.locked[1] = TRUE;
    problem.options.locked = problem.locked;
    result = solve (&problem);
    assert_sound (&problem, result);
    g_assert_true (result->found && result->proven);

    prediction = problem_predict (&problem, problem.values);
    bound = result->lower_bound;
    while (n_nearer < 20000) {
      double values[MAX_FEATURES];

      for (gsize f = 0; f < 4; f++) {
        double unit = units[m % 2] == RE3_UNITS_SCALED ? re3_model_get_scaler_scale (model, f) : 1;

        values[f] = problem.values[f];
        if (f != 1)
          values[f] += unit * g_rand_double_range (random, -bound, bound);
      }
      if (problem_measure (&problem, values) >= bound)
        continue;
      g_assert_cmpuint (problem_predict (&problem, values), ==, prediction);
      n_nearer++;
    }
  }
}

/* Whatever is asked for, it is kept to the last digit, and the answer is the same again. */
static void
test_constraints (void)
{
  static const gsize widths[] = { 4, 6, 3, 3 };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 8);
  g_autoptr (Re3Model) model = model_with_scaler (network, random);
  gsize n_found = 0;
  gsize n_impossible = 0;

  for (gsize round = 0; round < 1000; round++) {
    Problem problem;
    g_autoptr (Re3Counterfactual) result = NULL;
    g_autoptr (Re3Counterfactual) again = NULL;

    problem_init (&problem, model, metrics[round % 3], units[round % 2]);
    draw_values (&problem, random);
    problem_constrain (&problem, random);
    for (gsize f = 0; f < 4; f++)
      problem.integer[f] = g_rand_int_range (random, 0, 4) == 0;
    problem.options.integer = problem.integer;

    result = solve (&problem);
    assert_sound (&problem, result);
    n_found += result->found;
    n_impossible += !result->found && result->proven;

    again = solve (&problem);
    g_assert_cmpint (again->found, ==, result->found);
    g_assert_cmpfloat (again->distance, ==, result->distance);
    g_assert_cmpfloat (again->lower_bound, ==, result->lower_bound);
    g_assert_cmpuint (again->regions_opened, ==, result->regions_opened);
    if (result->found)
      g_assert_cmpmem (again->values, 4 * sizeof (double), result->values, 4 * sizeof (double));
  }

  /* The test has met both. */
  g_assert_cmpuint (n_found, >, 200);
  g_assert_cmpuint (n_impossible, >, 200);
}

/* Whole numbers against all of them. */
static void
test_whole_numbers (void)
{
  static const gsize widths[] = { 2, 6, 3 };
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  gsize n_found = 0;

  for (guint32 round = 0; round < 60; round++) {
    g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 10 * round);
    g_autoptr (Re3Model) model = model_with_scaler (network, random);
    g_autoptr (Re3Counterfactual) result = NULL;
    gsize prediction;
    double least = INFINITY;
    Problem problem;

    problem_init (&problem, model, metrics[round % 3], units[round % 2]);
    draw_values (&problem, random);
    for (gsize f = 0; f < 2; f++) {
      problem.values[f] = rint (problem.values[f]);
      problem.integer[f] = TRUE;
      problem.low[f] = problem.values[f] - 9;
      problem.high[f] = problem.values[f] + 9.5;
    }
    problem.options.integer = problem.integer;
    problem.options.low = problem.low;
    problem.options.high = problem.high;
    prediction = problem_predict (&problem, problem.values);

    for (gint32 i = -9; i <= 9; i++) {
      for (gint32 j = -9; j <= 9; j++) {
        const double values[] = { problem.values[0] + i, problem.values[1] + j };

        if (problem_predict (&problem, values) != prediction)
          least = MIN (least, problem_measure (&problem, values));
      }
    }

    result = solve (&problem);
    assert_sound (&problem, result);
    g_assert_true (result->proven);
    g_assert_cmpint (result->found, ==, isfinite (least));
    n_found += result->found;
    if (result->found)
      assert_near (result->distance, least, 1e-12);
  }

  g_assert_cmpuint (n_found, >, 20);
}

static Re3Model *
build (const gsize *sizes, gsize n_sizes, const double *const *weights, const double *const *biases)
{
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (sizes[0]);
  g_autoptr (Re3Network) network = NULL;

  for (gsize layer = 1; layer < n_sizes; layer++) {
    if (layer > 1)
      re3_network_builder_add_rectifier (builder, 0, NULL);
    g_assert_true (re3_network_builder_add_affine (builder, sizes[layer], weights[layer - 1],
                                                   biases[layer - 1], NULL));
  }
  network = re3_network_builder_finish (builder, NULL);

  return model_of_network (network);
}

/* Twin neurons, one turned around, one that is never active, and second-layer neurons that share
 * the hyperplane of a first-layer one, on one side of it or on both. */
static void
test_degenerate (void)
{
  static const gsize sizes[] = { 2, 5, 4, 2 };
  static const double first[] = { 1, 0.5, 1, 0.5, -2, -1, 0, 0, 0.3, -1 };
  static const double first_bias[] = { 0.5, 0.5, -1, -1, 0 };
  static const double second[] = { 1, 0, 0, 0, 0, 1, 0, 0.5, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1 };
  static const double second_bias[] = { 0, 0, 0, -0.1 };
  static const double third[] = { 1, -0.5, 0.2, 0.7, -1, 0.5, 0.4, 0.1 };
  static const double third_bias[] = { 0, 0.3 };
  static const double *const weights[] = { first, second, third };
  static const double *const biases[] = { first_bias, second_bias, third_bias };
  g_autoptr (Re3Model) model = build (sizes, 4, weights, biases);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (gsize round = 0; round < 30; round++) {
    Problem problem;

    problem_init (&problem, model, metrics[round % 3], RE3_UNITS_SCALED);
    draw_values (&problem, random);
    /* On the hyperplane itself, for some. */
    if (round % 5 == 0)
      problem.values[0] = -0.5 - 0.5 * problem.values[1];
    assert_nearest (&problem);
    problem_constrain (&problem, random);
    assert_nearest (&problem);
  }
}

/* Orders that make two features equal leave nothing with an inside. */
static void
test_equal_features (void)
{
  static const gsize widths[] = { 3, 5, 4, 2 };
  g_autoptr (GRand) random = g_rand_new_with_seed (6);

  for (guint32 round = 0; round < 20; round++) {
    g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 10 * round);
    g_autoptr (Re3Model) model = model_with_scaler (network, random);
    Problem problem;

    problem_init (&problem, model, metrics[round % 3], units[round % 2]);
    draw_values (&problem, random);
    problem.orders[0] = (Re3FeatureOrder){ 0, 2 };
    problem.orders[1] = (Re3FeatureOrder){ 2, 0 };
    problem.options.orders = problem.orders;
    problem.options.n_orders = 2;
    assert_nearest (&problem);
  }
}

/* Activations with several thresholds: each is a hyperplane of its own. */
static void
test_states (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  const Re3Activation activations[] = {
    re3_activation_clip (-1, 1),
    re3_activation_rectifier (0.1),
    re3_activation_rectifier (-1),
    re3_activation_clip (0, 6),
  };

  for (guint32 round = 0; round < 24; round++) {
    g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (3);
    g_autofree double *first = random_numbers (3 * 3, 2, 10 * round);
    g_autofree double *second = random_numbers (2 * 3, 2, 10 * round + 1);
    g_autofree double *third = random_numbers (3 * 2, 2, 10 * round + 2);
    g_autofree double *biases = random_numbers (8, 1, 10 * round + 3);
    g_autoptr (Re3Network) network = NULL;
    g_autoptr (Re3Model) model = NULL;
    Problem problem;

    re3_network_builder_add_affine (builder, 3, first, biases, NULL);
    re3_network_builder_add_activation (builder, &activations[round % 4], NULL);
    re3_network_builder_add_affine (builder, 2, second, biases + 3, NULL);
    re3_network_builder_add_activation (builder, &activations[round / 4 % 4], NULL);
    re3_network_builder_add_affine (builder, 3, third, biases + 5, NULL);
    network = re3_network_builder_finish (builder, NULL);
    model = model_with_scaler (network, random);

    problem_init (&problem, model, metrics[round % 3], units[round % 2]);
    draw_values (&problem, random);
    assert_nearest (&problem);
    problem_constrain (&problem, random);
    assert_nearest (&problem);
  }
}

/* Of two classes with the same logit the first is predicted, and the second never; a class that is
 * below another everywhere is not there to be found. */
static void
test_classes (void)
{
  static const gsize sizes[] = { 1, 3 };
  static const double slopes[] = { 1, 1, -1 };
  static const double zeros[] = { 0, 0, 0 };
  static const double below[] = { 0, -1, 0 };
  static const double *const weights[] = { slopes };
  static const double *const equal_biases[] = { zeros };
  static const double *const lower_biases[] = { below };
  g_autoptr (Re3Model) twins = build (sizes, 2, weights, equal_biases);
  g_autoptr (Re3Model) lower = build (sizes, 2, weights, lower_biases);
  Problem problem;

  for (gsize m = 0; m < G_N_ELEMENTS (metrics); m++) {
    g_autoptr (Re3Counterfactual) first = NULL;
    g_autoptr (Re3Counterfactual) second = NULL;
    g_autoptr (Re3Counterfactual) never = NULL;
    g_autoptr (Re3Counterfactual) same = NULL;

    problem_init (&problem, twins, metrics[m], RE3_UNITS_SCALED);
    problem.values[0] = -2;
    first = solve (&problem);
    assert_sound (&problem, first);
    g_assert_cmpuint (first->class_index, ==, 0);
    assert_near (first->distance, 2, 1e-12);
    g_assert_cmpfloat (first->lower_bound, <=, first->distance);
    assert_near (first->lower_bound, 2, 1e-9);

    problem.options.target = 1;
    second = solve (&problem);
    g_assert_false (second->found);
    g_assert_true (second->proven);
    g_assert_cmpfloat (second->lower_bound, ==, INFINITY);

    problem.model = lower;
    never = solve (&problem);
    g_assert_false (never->found);
    g_assert_true (never->proven);

    /* What is predicted already is not far. */
    problem.options.target = 2;
    same = solve (&problem);
    g_assert_cmpfloat (same->distance, ==, 0);
    g_assert_cmpuint (same->n_changed, ==, 0);
    g_assert_true (same->proven);
  }
}

/* Without anything to move, and with constraints that contradict each other. */
static void
test_impossible (void)
{
  static const gsize widths[] = { 3, 4, 2 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 9);
  g_autoptr (Re3Model) model = model_of_network (network);
  Problem problem;

  for (gsize kind = 0; kind < 4; kind++) {
    g_autoptr (Re3Counterfactual) result = NULL;

    problem_init (&problem, model, RE3_METRIC_L2, RE3_UNITS_SCALED);
    problem.values[0] = 0.25;
    problem.options.locked = problem.locked;
    problem.options.integer = problem.integer;
    problem.options.low = problem.low;
    problem.options.high = problem.high;
    if (kind == 0) {
      memset (problem.locked, TRUE, 3);
    } else if (kind == 1) {
      problem.low[1] = 2;
      problem.high[1] = 1;
    } else if (kind == 2) {
      problem.locked[0] = TRUE;
      problem.integer[0] = TRUE;
    } else {
      problem.low[0] = 5;
      problem.high[1] = 4;
      problem.orders[0] = (Re3FeatureOrder){ 0, 1 };
      problem.options.orders = problem.orders;
      problem.options.n_orders = 1;
    }

    result = solve (&problem);
    assert_sound (&problem, result);
    g_assert_false (result->found);
    g_assert_true (result->proven);
    g_assert_cmpfloat (result->lower_bound, ==, INFINITY);
  }
}

typedef struct {
  gsize left;
  gsize done;
} Patience;

static gboolean
lose_patience (gsize done, gsize total, gpointer user_data)
{
  Patience *self = user_data;

  g_assert_cmpuint (done, >=, self->done);
  g_assert_cmpuint (done, <=, total);
  self->done = done;

  return self->left > 0 && self->left-- > 0;
}

/* Stopped at any time, it gives what it has, and a bound that holds. */
static void
test_stop (void)
{
  static const gsize widths[] = { 4, 10, 6, 3 };
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 11);
  g_autoptr (Re3Model) model = model_of_network (network);
  gsize n_stopped = 0;

  for (gsize m = 0; m < G_N_ELEMENTS (metrics); m++) {
    Problem problem;
    g_autoptr (Re3Counterfactual) whole = NULL;
    double bound = 0;

    problem_init (&problem, model, metrics[m], RE3_UNITS_SCALED);
    draw_values (&problem, random);
    whole = solve (&problem);
    g_assert_true (whole->proven);
    for (gsize polls = 0; polls < 3000; polls += 1 + polls / 4) {
      Patience patience = { .left = polls };
      const Re3Monitor monitor = { .report = lose_patience, .user_data = &patience };
      g_autoptr (Re3Counterfactual) part =
          re3_counterfactual_new (model, problem.values, &problem.options, &monitor, NULL);

      assert_sound (&problem, part);
      g_assert_cmpfloat (part->lower_bound, >=, bound);
      g_assert_cmpfloat (part->lower_bound, <=, whole->lower_bound);
      g_assert_cmpfloat (part->distance, >=, whole->lower_bound);
      g_assert_cmpint (part->stopped, ==, !part->proven);
      bound = part->lower_bound;
      n_stopped += part->stopped;
    }

    for (gsize n = 1; n < 4; n++) {
      g_autoptr (Re3Counterfactual) part = NULL;

      problem.options.max_regions = n;
      part = solve (&problem);
      assert_sound (&problem, part);
      g_assert_cmpuint (part->regions_opened, <=, n);
      g_assert_cmpfloat (part->lower_bound, <=, whole->lower_bound);
      g_assert_false (part->stopped);
    }
  }

  g_assert_cmpuint (n_stopped, >, 3);
}

static void
test_errors (void)
{
  static const gsize widths[] = { 2, 3, 2 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 12);
  g_autoptr (Re3Model) model = model_of_network (network);

  for (gsize kind = 0; kind < 5; kind++) {
    g_autoptr (GError) error = NULL;
    Problem problem;

    problem_init (&problem, model, RE3_METRIC_L2, RE3_UNITS_SCALED);
    problem.options.low = problem.low;
    problem.options.orders = problem.orders;
    if (kind == 0)
      problem.values[1] = NAN;
    else if (kind == 1)
      problem.options.target = 2;
    else if (kind == 2)
      problem.options.metric = RE3_METRIC_PAPER;
    else if (kind == 3)
      problem.low[0] = NAN;
    else
      problem.orders[problem.options.n_orders++] = (Re3FeatureOrder){ 0, 2 };

    g_assert_null (re3_counterfactual_new (model, problem.values, &problem.options, NULL, &error));
    g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/counterfactual/all-regions", test_all_regions);
  g_test_add_func ("/counterfactual/ball", test_ball);
  g_test_add_func ("/counterfactual/constraints", test_constraints);
  g_test_add_func ("/counterfactual/whole-numbers", test_whole_numbers);
  g_test_add_func ("/counterfactual/degenerate", test_degenerate);
  g_test_add_func ("/counterfactual/equal-features", test_equal_features);
  g_test_add_func ("/counterfactual/states", test_states);
  g_test_add_func ("/counterfactual/classes", test_classes);
  g_test_add_func ("/counterfactual/impossible", test_impossible);
  g_test_add_func ("/counterfactual/stop", test_stop);
  g_test_add_func ("/counterfactual/errors", test_errors);

  return g_test_run ();
}
