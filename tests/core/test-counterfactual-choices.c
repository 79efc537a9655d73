/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counterfactual-test.h"
#include "random-network.h"
#include "reference.h"

#include <math.h>

#define TOLERANCE 1e-8

static const Re3Metric metrics[] = { RE3_METRIC_L2, RE3_METRIC_L1, RE3_METRIC_LINF };
static const Re3Units units[] = { RE3_UNITS_SCALED, RE3_UNITS_ORIGINAL };

/* Of six features the second to the fourth are one choice, and the last two another one. */
#define N_FEATURES 6
static const gsize colours[] = { 1, 2, 3 };
static const gsize shapes[] = { 4, 5 };
static const char *const names[] = { "a", "b", "c" };

static GPtrArray *
make_groups (void)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) re3_feature_group_free);

  g_ptr_array_add (groups, re3_feature_group_new ("colour", colours, names, 3));
  g_ptr_array_add (groups, re3_feature_group_new ("shape", shapes, names, 2));
  return groups;
}

static Re3Model *
make_model (GRand *random, guint32 seed)
{
  static const gsize widths[][4] = { { N_FEATURES, 4, 3, 3 }, { N_FEATURES, 6, 2, 2 } };
  g_autoptr (Re3Network) network = random_network (widths[seed % 2], 4, seed);

  return model_with_scaler (network, random);
}

static void
draw_values (Problem *problem, GRand *random)
{
  gsize colour = colours[g_rand_int_range (random, 0, 3)];
  gsize shape = shapes[g_rand_int_range (random, 0, 2)];

  problem->values[0] = re3_model_unscale (problem->model, 0, g_rand_double_range (random, -1, 1));
  for (gsize f = 1; f < N_FEATURES; f++)
    problem->values[f] = f == colour || f == shape ? 1 : 0;
}

/* The least distance within the problem where the groups have these choices; -1 leaves one as it
 * is. */
static double
enumerate_choice (const Problem *problem, int colour, int shape)
{
  Problem fixed = *problem;

  for (int i = 0; i < 5; i++) {
    gsize f = (gsize) i + 1;
    int choice = i < 3 ? colour : shape;
    double value = choice < 0 ? problem->values[f] : choice == (i < 3 ? i : i - 3);

    fixed.low[f] = MAX (fixed.low[f], value);
    fixed.high[f] = MIN (fixed.high[f], value);
    if (problem->options.integer != NULL && problem->integer[f] && value != rint (value))
      return INFINITY;
  }

  return problem_enumerate (&fixed);
}

/* Over all choices, one by one, and in each over all regions. */
static double
enumerate (const Problem *problem, gboolean has_colour, gboolean has_shape)
{
  double least = INFINITY;

  for (int colour = has_colour ? 0 : -1; colour < 3; colour++)
    for (int shape = has_shape ? 0 : -1; shape < 2; shape++)
      least = MIN (least, enumerate_choice (problem, colour, shape));

  return least;
}

static gboolean
is_kept (const Problem *problem, const double *values, const Re3FeatureGroup *group)
{
  for (gsize i = 0; i < group->n_features; i++)
    if (values[group->features[i]] != problem->values[group->features[i]])
      return FALSE;

  return TRUE;
}

/* Returns: whether there is one */
static gboolean
assert_nearest (const Problem *problem)
{
  const GPtrArray *groups = problem->options.groups;
  const Re3FeatureGroup *colour = g_ptr_array_index (groups, 0);
  const Re3FeatureGroup *shape = g_ptr_array_index (groups, 1);
  gboolean has_colour = re3_feature_group_get_choice (colour, problem->values) != RE3_NO_CHOICE;
  gboolean has_shape = re3_feature_group_get_choice (shape, problem->values) != RE3_NO_CHOICE;
  double expected = enumerate (problem, has_colour, has_shape);
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Counterfactual) result =
      re3_counterfactual_new (problem->model, problem->values, &problem->options, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (result->proven);
  g_assert_false (result->groups_kept);
  g_assert_cmpint (result->found, ==, isfinite (expected));
  if (!result->found) {
    g_assert_cmpfloat (result->lower_bound, ==, INFINITY);
    return FALSE;
  }

  assert_near (result->lower_bound, expected, TOLERANCE);
  assert_near (result->distance, expected, TOLERANCE);
  assert_near (result->distance, problem_measure (problem, result->values), 1e-12);
  g_assert_true (problem_allows (problem, result->values));
  g_assert_cmpuint (problem_predict (problem, result->values), ==, result->class_index);
  g_assert_cmpuint (result->class_index, !=, problem_predict (problem, problem->values));
  for (guint i = 0; i < groups->len; i++) {
    const Re3FeatureGroup *group = g_ptr_array_index (groups, i);

    g_assert_true (re3_feature_group_get_choice (group, result->values) != RE3_NO_CHOICE ||
                   is_kept (problem, result->values, group));
  }

  return TRUE;
}

static void
test_all_choices (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) groups = make_groups ();
  gsize n_found = 0;
  gsize n_constrained = 0;

  for (guint32 round = 0; round < 40; round++) {
    g_autoptr (Re3Model) model = make_model (random, round);
    Problem problem;

    problem_init (&problem, model, metrics[round % 3], units[round / 3 % 2]);
    problem.options.groups = groups;
    draw_values (&problem, random);
    n_found += assert_nearest (&problem);

    /* With locks, ranges and orders, of members too. */
    problem_constrain (&problem, random);
    n_constrained += assert_nearest (&problem);
  }
  g_assert_cmpuint (n_found, >, 15);
  g_assert_cmpuint (n_constrained, >, 5);
  g_assert_cmpuint (n_constrained, <, 40);
}

/* A sample that has no choice may keep what it has, or take one. */
static void
test_no_choice (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autoptr (GPtrArray) groups = make_groups ();
  gsize n_kept = 0;
  gsize n_found = 0;

  for (guint32 round = 0; round < 12; round++) {
    g_autoptr (Re3Model) model = make_model (random, 50 + round);
    g_autoptr (Re3Counterfactual) result = NULL;
    Problem problem;

    problem_init (&problem, model, metrics[round % 3], units[round / 3 % 2]);
    problem.options.groups = groups;
    draw_values (&problem, random);
    problem.values[1] = 0.3;
    problem.values[2] = 0.7;
    problem.values[3] = round % 4 == 0 ? 1 : 0;
    n_found += assert_nearest (&problem);

    result = re3_counterfactual_new (model, problem.values, &problem.options, NULL, NULL);
    n_kept += result->found && is_kept (&problem, result->values, g_ptr_array_index (groups, 0));

    /* As whole numbers, 0.3 and 0.7 cannot stay. */
    problem.integer[1] = problem.integer[2] = problem.integer[3] = TRUE;
    problem.options.integer = problem.integer;
    assert_nearest (&problem);
  }
  g_assert_cmpuint (n_kept, >, 1);
  g_assert_cmpuint (n_kept, <, n_found);
}

/* Locked groups stay, and so does one with the chosen member locked. */
static void
test_locks (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (GPtrArray) groups = make_groups ();
  gsize n_found = 0;

  for (guint32 round = 0; round < 20; round++) {
    g_autoptr (Re3Model) model = make_model (random, 100 + round);
    g_autoptr (Re3Counterfactual) result = NULL;
    Problem problem;

    problem_init (&problem, model, metrics[round % 3], RE3_UNITS_SCALED);
    problem.options.groups = groups;
    problem.options.locked = problem.locked;
    draw_values (&problem, random);
    problem.locked[1] = problem.locked[2] = problem.locked[3] = TRUE;
    problem.locked[problem.values[4] == 1 ? 4 : 5] = TRUE;
    result = re3_counterfactual_new (model, problem.values, &problem.options, NULL, NULL);
    n_found += assert_nearest (&problem);
    for (gsize i = 0; i < result->n_changed; i++)
      g_assert_cmpuint (result->changed[i], ==, 0);
  }
  g_assert_cmpuint (n_found, >, 3);
}

static gboolean
stop_after (gsize done, gsize total, gpointer user_data)
{
  gint *n_left = user_data;

  return --*n_left >= 0;
}

/* Wherever a search is ended, the bound holds and what is found is what was asked for. */
static void
test_limits (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autoptr (GPtrArray) groups = make_groups ();
  gsize n_open = 0;

  for (guint32 round = 0; round < 12; round++) {
    g_autoptr (Re3Model) model = make_model (random, 150 + round);
    double expected;
    Problem problem;

    problem_init (&problem, model, metrics[round % 3], RE3_UNITS_SCALED);
    problem.options.groups = groups;
    draw_values (&problem, random);
    expected = enumerate (&problem, TRUE, TRUE);
    for (gint n = 0; n < 12; n++) {
      gint n_left = n / 2 * n;
      const Re3Monitor monitor = { .report = stop_after, .user_data = &n_left };
      g_autoptr (Re3Counterfactual) result = NULL;

      problem.options.max_regions = n % 2 == 0 ? 0 : (gsize) n;
      result = re3_counterfactual_new (model, problem.values, &problem.options,
                                       n % 2 == 0 ? &monitor : NULL, NULL);
      g_assert_cmpfloat (result->lower_bound, <=, expected * (1 + TOLERANCE));
      if (n % 2 != 0)
        g_assert_false (result->stopped);
      if (result->proven)
        assert_near (result->distance, expected, TOLERANCE);
      if (result->found) {
        g_assert_cmpfloat (result->distance, >=, expected * (1 - TOLERANCE));
        g_assert_cmpuint (problem_predict (&problem, result->values), ==, result->class_index);
      }
      n_open += !result->proven;
    }
  }
  g_assert_cmpuint (n_open, >, 10);
}

/* Seven groups of two have 128 joint choices: too many, until one of them is locked. */
static void
test_too_many (void)
{
  static const gsize widths[] = { 15, 6, 3 };
  g_autoptr (Re3Network) network = random_network (widths, 3, 5);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (GPtrArray) groups =
      g_ptr_array_new_with_free_func ((GDestroyNotify) re3_feature_group_free);
  Re3CounterfactualOptions options = RE3_COUNTERFACTUAL_OPTIONS_DEFAULT;
  double values[15] = { 0 };
  guint8 locked[15] = { 0 };
  g_autoptr (Re3Counterfactual) kept = NULL;
  g_autoptr (Re3Counterfactual) searched = NULL;
  g_autoptr (Re3Counterfactual) all_locked = NULL;

  for (gsize i = 1; i < 15; i += 2) {
    const gsize members[] = { i, i + 1 };

    g_ptr_array_add (groups, re3_feature_group_new ("pair", members, names, 2));
    values[i] = 1;
  }
  options.groups = groups;
  options.locked = locked;
  kept = re3_counterfactual_new (model, values, &options, NULL, NULL);
  g_assert_true (kept->groups_kept);
  for (gsize i = 0; i < kept->n_changed; i++)
    g_assert_cmpuint (kept->changed[i], ==, 0);

  locked[1] = locked[2] = TRUE;
  searched = re3_counterfactual_new (model, values, &options, NULL, NULL);
  g_assert_false (searched->groups_kept);
  g_assert_true (searched->found && searched->proven);
  g_assert_cmpfloat (searched->distance, <=, kept->distance);

  /* Nothing but the groups, of which nothing may move: as if they were kept. */
  for (gsize i = 1; i < 15; i++)
    locked[i] = TRUE;
  all_locked = re3_counterfactual_new (model, values, &options, NULL, NULL);
  g_assert_false (all_locked->groups_kept);
  g_assert_cmpint (all_locked->found, ==, kept->found);
  g_assert_cmpfloat (all_locked->distance, ==, kept->distance);
}

/* A group is one change, where its first changed member stands. */
static void
test_changes (void)
{
  g_autoptr (GPtrArray) groups = make_groups ();
  gsize changed[] = { 0, 2, 3, 4, 5 };
  const Re3Counterfactual result = { .found = TRUE, .changed = changed, .n_changed = 5 };
  g_autoptr (GArray) changes = re3_counterfactual_list_changes (&result, groups);
  g_autoptr (GArray) apart = re3_counterfactual_list_changes (&result, NULL);

  g_assert_cmpuint (changes->len, ==, 3);
  g_assert_null (g_array_index (changes, Re3CounterfactualChange, 0).group);
  g_assert_cmpuint (g_array_index (changes, Re3CounterfactualChange, 1).feature, ==, 2);
  g_assert_true (g_array_index (changes, Re3CounterfactualChange, 1).group ==
                 g_ptr_array_index (groups, 0));
  g_assert_true (g_array_index (changes, Re3CounterfactualChange, 2).group ==
                 g_ptr_array_index (groups, 1));
  g_assert_cmpuint (apart->len, ==, 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/counterfactual-choices/all-choices", test_all_choices);
  g_test_add_func ("/counterfactual-choices/no-choice", test_no_choice);
  g_test_add_func ("/counterfactual-choices/locks", test_locks);
  g_test_add_func ("/counterfactual-choices/limits", test_limits);
  g_test_add_func ("/counterfactual-choices/too-many", test_too_many);
  g_test_add_func ("/counterfactual-choices/changes", test_changes);

  return g_test_run ();
}
